"""Outside machines that the owner runs or pays for, on the OpenAI protocol: off until their settings are given."""
