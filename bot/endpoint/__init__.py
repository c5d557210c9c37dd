"""OpenAI-compatible endpoints that the owner runs or pays for: off unless configured, and never needed."""
