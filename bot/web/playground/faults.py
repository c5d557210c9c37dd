"""Failures on order: the next calls of a method fail in a chosen way, or the whole of Telegram is away for a while.

A fault says what the client gets to see and whether Telegram carried the call out all the same: after a cut line or a
502 one cannot know, and that is what has to be tried.
"""

import asyncio
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus

from bot.web.playground.wire import ApiError, Call

# What a proxy in front of Telegram really answers: HTML where a client expects JSON.
BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n"
    "<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One failure. `status` 0 means: no failure but a delay. `delay` is in seconds of the real clock."""

    status: int = 0
    description: str = ""
    body: str = ""
    retry_after: int = 0
    cut: bool = False
    applied: bool = False
    delay: float = 0.0
    gate: "Hold | None" = None

    @property
    def passes(self) -> bool:
        """Whether the call is carried out and answered as usual, if late."""
        return not (self.status or self.cut)

    def error(self) -> ApiError:
        phrase = HTTPStatus(self.status).phrase if self.status in set(HTTPStatus) else "Error"
        return ApiError(self.status, self.description or phrase, self.retry_after)


class Hold:
    """Holds one call at the door until released, so that a test can look, or write, in between."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.released = asyncio.Event()

    def release(self) -> None:
        self.released.set()

    async def pass_through(self) -> None:
        self.reached.set()
        await self.released.wait()


class Outage(StrEnum):
    """Failures that last: Telegram asks to slow down, or the line is dead."""

    FLOOD = "flood"
    CUT = "cut"


# What a flood does not touch: reading, and the answer to a tap.
FREE = frozenset({"getUpdates", "getMe", "getFile", "getWebhookInfo", "answerCallbackQuery", "sendChatAction"})


@dataclass(frozen=True, slots=True)
class _Ordered:
    method: str
    chat_id: int | None
    fault: Fault


@dataclass(slots=True)
class Faults:
    """What is ordered and not yet used up. `clock` counts real seconds, as an event loop's time does."""

    clock: Callable[[], float]
    _ordered: list[_Ordered] = field(default_factory=list)
    _outage: Outage | None = None
    _until: float = 0.0

    def order(self, method: str, fault: Fault, *, times: int = 1, chat_id: int | None = None) -> None:
        self._ordered.extend([_Ordered(method, chat_id, fault)] * times)

    def begin(self, outage: Outage, seconds: float) -> None:
        self._outage, self._until = outage, self.clock() + seconds

    def end(self) -> None:
        self._outage = None
        self._ordered.clear()

    def outage(self) -> tuple[Outage, float] | None:
        """The outage in force and the seconds it still lasts."""
        left = self._until - self.clock()
        if self._outage is None or left <= 0:
            return None
        return self._outage, left

    def is_cut(self) -> bool:
        running = self.outage()
        return running is not None and running[0] is Outage.CUT

    def next_for(self, call: Call) -> Fault | None:
        """Takes the fault that this call meets, if any: first an outage, then what was ordered for its method."""
        if running := self.outage():
            outage, left = running
            if outage is Outage.CUT:
                return Fault(cut=True)
            if call.method not in FREE:
                seconds = max(1, math.ceil(left))
                return Fault(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        for place, ordered in enumerate(self._ordered):
            if ordered.method == call.method and ordered.chat_id in (None, _chat(call)):
                return self._ordered.pop(place).fault
        return None


def _chat(call: Call) -> int | None:
    text = call.text("chat_id")
    return int(text) if text.lstrip("-").isdigit() else None
