"""The queue of updates: kept until confirmed by an offset, 24 h at most (core.telegram.org/bots/api#getupdates)."""

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.web.playground.wire import Json

KEPT = timedelta(hours=24)
# What a bot gets without asking: everything but these.
ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
# How many past updates can be delivered again by a test.
REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Update:
    """One update as it goes over the wire, and when it came. `kind` is empty for a raw one, which always goes out."""

    id: int
    kind: str
    at: datetime
    wire: Json


class Updates:
    """The bot's queue. Ids only grow. `allowed` is None until the bot has said, by its first poll, what it wants."""

    def __init__(self, first_id: int) -> None:
        self._next_id = first_id
        self._pending: deque[Update] = deque()
        self._past: deque[Update] = deque(maxlen=REMEMBERED)
        self._allowed: frozenset[str] | None = None
        self._asked = False

    def __len__(self) -> int:
        return len(self._pending)

    def append(self, kind: str, body: Json, at: datetime) -> int:
        """Queues an update unless the bot did not ask for its kind; returns its id, 0 where it was not queued."""
        if self._asked and not self._wanted(kind):
            return 0
        update_id = self._next_id
        self._queue(Update(update_id, kind, at, {"update_id": update_id, kind: body}))
        return update_id

    def append_raw(self, wire: Json, at: datetime) -> int:
        """Queues any object, asked for or not; gives it the next id unless it brings one."""
        update_id = int(str(wire.get("update_id", self._next_id)))
        self._queue(Update(update_id, "", at, {"update_id": update_id, **wire}))
        return update_id

    def repeat(self, update_id: int) -> None:
        """Delivers a past update once more under its old id, as Telegram does when a confirmation is lost.

        It stands at the head of the queue. Raises LookupError when there was no such update.
        """
        update = next((each for each in self._past if each.id == update_id), None)
        if update is None:
            raise LookupError(f"no update {update_id}")
        self._pending.appendleft(update)

    def allow(self, kinds: Collection[str] | None) -> None:
        """What the bot wants from now on; None leaves the last choice in force, an empty choice means the default."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or None
        if not self._asked:
            self._asked = True
            self._pending = deque(each for each in self._pending if self._wanted(each.kind))

    def confirm(self, offset: int, now: datetime) -> None:
        """Forgets what lies before `offset` and what is older than 24 h; a negative offset keeps the last -offset."""
        while self._pending and now - self._pending[0].at > KEPT:
            self._pending.popleft()
        if offset < 0:
            self._pending = deque(list(self._pending)[offset:])
        else:
            while self._pending and self._pending[0].id < offset:
                self._pending.popleft()

    def pending(self, limit: int) -> list[Json]:
        return [self._pending[place].wire for place in range(min(limit, len(self._pending)))]

    def clear(self) -> None:
        self._pending.clear()

    @property
    def last_id(self) -> int:
        """The id of the newest update ever queued; 0 before the first."""
        return self._past[-1].id if self._past else 0

    def _queue(self, update: Update) -> None:
        self._next_id = max(self._next_id, update.id + 1)
        self._pending.append(update)
        self._past.append(update)

    def _wanted(self, kind: str) -> bool:
        if not kind:
            return True
        return kind in self._allowed if self._allowed is not None else kind not in ONLY_ON_REQUEST
