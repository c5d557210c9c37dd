"""What follows from an event: the thread as it will be, what to write down, what to say, and why."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.core.events import Filed
from bot.core.hearing import TranscriptAsked
from bot.core.ledger import Entry, Fact
from bot.core.lessons import Lesson
from bot.core.notices import Notice
from bot.core.thread import Thread
from bot.core.verdict import Because


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision about one client, built step by step: every method returns a new one."""

    thread: Thread
    because: tuple[Because, ...] = ()
    entries: tuple[Entry, ...] = ()
    notices: tuple[Notice, ...] = ()
    filed: tuple[Filed, ...] = ()
    lesson: Lesson | None = None
    errands: tuple[TranscriptAsked, ...] = ()

    def turn(self, **changes: Any) -> "Decision":
        """The thread changes."""
        return replace(self, thread=replace(self.thread, **changes))

    def say(self, *notices: Notice) -> "Decision":
        """Something is said."""
        return replace(self, notices=self.notices + notices)

    def note(
        self, fact: Fact, at: datetime, *, item: int = 0, due: datetime | None = None, detail: str = ""
    ) -> "Decision":
        """Something is written into the ledger."""
        return replace(self, entries=(*self.entries, Entry(fact, at, item, due, detail)))

    def file(self, filed: Filed) -> "Decision":
        """A message goes into the folder, or takes the place of its earlier form."""
        return replace(self, filed=(*self.filed, filed))

    def learn(self, lesson: Lesson) -> "Decision":
        """The owner's tap taught something."""
        return replace(self, lesson=lesson)

    def send(self, *errands: TranscriptAsked) -> "Decision":
        """Something is to be fetched from outside, and comes back as an event."""
        return replace(self, errands=self.errands + errands)

    def why(self, code: str, detail: str = "") -> "Decision":
        """A reason is given."""
        return replace(self, because=(*self.because, Because(code, detail)))
