"""What the playground asks of the rest of the app, and nothing more: a clock to turn, and reasons to read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Turnable(Protocol):
    """The clock the whole bot lives by. It runs by itself and can be turned forward, never back."""

    def now(self) -> datetime:
        """The bot's time, aware UTC."""
        ...

    def turn_to(self, moment: datetime) -> None:
        """Makes it `moment` (aware). The playground never asks for a moment that has passed."""
        ...


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the gate did what it did with a client's last item, in the owner's words.

    `label` is a verdict of `bot.core.verdict.Label`; `score` the probability of urgent, 0..1; `language` ru or bg;
    `deadline` and `promise` are ready to be read, None where there is none; `reasons` are those of the verdict,
    `decision` those of what was then done.
    """

    label: str
    score: float
    language: str | None
    deadline: str | None
    reasons: tuple[str, ...]
    promise: str | None
    decision: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Landmark:
    """A moment worth turning the clock to. `key`: window, holiday or anything new; `label` names it."""

    key: str
    at: datetime
    label: str


class Explainer(Protocol):
    """The gate's own account of itself."""

    async def explain(self, client_chat_id: int) -> Explanation | None:
        """Of the client's last item; None while there is none, or while it is not judged yet."""
        ...

    async def landmarks(self) -> tuple[Landmark, ...]:
        """Moments ahead of now that depend on the desk: its next window, its next public holiday."""
        ...
