"""What travels over the Bot API's wire: JSON objects, the parameters of one call, and the refusal of one.

A call's parameters arrive as a query, as urlencoded or multipart fields, or as JSON; everything nested may come as a
JSON string. `Call` reads them all the same way.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Json: TypeAlias = dict[str, object]

# Limits of the Bot API, in UTF-16 code units and bytes (core.telegram.org/bots/api#sendmessage, #inlinekeyboardbutton).
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
BUTTON_DATA_LIMIT = 64


class ApiError(Exception):
    """Telegram says no. `retry_after` is in seconds, 0 where there is nothing to wait for."""

    def __init__(self, code: int, description: str, retry_after: int = 0) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def wire(self) -> Json:
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad(reason: str) -> ApiError:
    """The everyday refusal: 400 with Telegram's own words."""
    return ApiError(400, f"Bad Request: {reason}")


def utf16_length(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units, so that most emoji count two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """One call of one method, as the client meant it."""

    method: str
    fields: Mapping[str, object] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return self.fields.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        value = self.fields.get(name, default)
        return value if isinstance(value, str) else default if value is None else str(value)

    def whole(self, name: str, default: int = 0) -> int:
        value = self.fields.get(name)
        if value is None or value == "":
            return default
        try:
            return int(str(value))
        except ValueError:
            raise bad(f"invalid {name} specified") from None

    def number(self, name: str, default: float = 0.0) -> float:
        value = self.fields.get(name)
        try:
            return default if value is None else float(str(value))
        except ValueError:
            raise bad(f"invalid {name} specified") from None

    def flag(self, name: str) -> bool:
        return str(self.fields.get(name, "")).lower() in {"true", "1", "yes"}

    def nested(self, name: str) -> object:
        """A field that is JSON inside, whether it was sent as a JSON string or as JSON proper; None when absent."""
        value = self.fields.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            decoded: object = json.loads(value)
        except ValueError:
            raise bad(f"can't parse {name} JSON object") from None
        return decoded

    def thing(self, name: str) -> Json | None:
        """A nested JSON object; None when absent."""
        value = self.nested(name)
        if value is not None and not isinstance(value, dict):
            raise bad(f"object expected as {name}")
        return value

    def things(self, name: str) -> list[Json]:
        """A nested JSON array of objects; empty when absent."""
        return [item for item in self._array(name) if isinstance(item, dict)]

    def wholes(self, name: str) -> list[int]:
        return [int(str(item)) for item in self._array(name)]

    def words(self, name: str) -> list[str] | None:
        """A nested JSON array of strings; None when absent, which Telegram tells from an empty one."""
        return None if self.nested(name) is None else [str(item) for item in self._array(name)]

    def _array(self, name: str) -> list[object]:
        value = self.nested(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise bad(f"array expected as {name}")
        return value
