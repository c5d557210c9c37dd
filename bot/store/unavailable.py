"""The one error of the embedded store."""


class StoreUnavailable(RuntimeError):
    """The store cannot be started, or not safely. The message is one line in English that says what to do about it."""
