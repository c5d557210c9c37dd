"""The path of every event: load, judge, decide, commit, and again if the thread moved meanwhile."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.bell import Bell
from bot.core.aside import is_asked
from bot.core.bursts import text_to_judge
from bot.core.calendar import next_window, window_at
from bot.core.changes import apply_changes
from bot.core.decide import decide
from bot.core.decision import Decision
from bot.core.desk import Desk
from bot.core.digest import waiting
from bot.core.events import (
    CommandGiven,
    DeskEvent,
    GateOpened,
    MessageEdited,
    MessageReceived,
    OwnerCommanded,
    OwnerTapped,
    StatisticsAsked,
    ThreadEvent,
    TimePassed,
)
from bot.core.kinds import kinds_of
from bot.core.notices import TO_BACKUP, TO_OWNER, Notice, Outgoing
from bot.core.oversee import Oversight, desk_wakes_at, oversee
from bot.core.owner_notices import AsideShown, DigestShown, Waiting
from bot.core.spans import Misread
from bot.core.statistics import read_asked
from bot.core.strangers import may_go_aside
from bot.core.thread import Thread, wakes_at
from bot.core.verdict import Because, Label, Verdict
from bot.core.watch import BOARD_REST
from bot.ports import Clock, Commit, Conflict, DeskCommit, Store, Triage
from bot.triage.spam import find_spam
from bot.triage.topics import topics
from bot.wording.places import find_zone

log = logging.getLogger(__name__)

# Each conflict means that somebody else's decision was committed: so many in a row are not chance but a fault.
ATTEMPTS = 50


class Gatekeeper:
    """Leads events to decisions and decisions into the store, for one desk."""

    def __init__(self, desk: Desk, store: Store, triage: Triage, clock: Clock, bells: Sequence[Bell] = ()) -> None:
        self._desk = desk
        self._store = store
        self._triage = triage
        self._clock = clock
        self._bells = tuple(bells)

    async def desk(self) -> Desk:
        """The desk as it stands now."""
        return apply_changes(self._desk, await self._store.changes(self._desk.id))

    async def handle(self, client: str, event: ThreadEvent) -> None:
        """Decide what follows from `event` for this client, and commit it. Returns when it is safe in the store."""
        for _ in range(ATTEMPTS):
            changes, thread = await self._store.standing(self._desk.id, client)
            desk = apply_changes(self._desk, changes)
            desk = await self._with_full_windows(desk, thread)
            now = self._clock.now()
            seen = await self._look(desk, thread, event, now)
            decision = decide(desk, thread, seen, now)
            try:
                if await self._store.commit(_commit(desk, thread, event.id, decision, now)):
                    _log(desk.id, event, decision.because)
            except Conflict:
                continue
            self._ring()
            return
        raise RuntimeError(f"{event.id} met {ATTEMPTS} conflicts in a row")

    async def oversee(self, event: DeskEvent) -> None:
        """Decide what follows from `event` for the desk as a whole, and commit it."""
        for _ in range(ATTEMPTS):
            changes = await self._store.changes(self._desk.id)
            desk = apply_changes(self._desk, changes)
            board = await self._store.board(desk.id)
            now = self._clock.now()
            seen = await self._look_over(desk, event, now)
            aside = await self._store.aside(desk.id) if is_asked(desk, changes, seen, now) else ()
            oversight = oversee(desk, changes, board, seen, now, aside)
            try:
                await self._store.commit_desk(_commit_desk(self._desk, board, event.id, oversight, now))
            except Conflict:
                continue
            _log(desk.id, event, oversight.because)
            self._ring()
            return
        raise RuntimeError(f"{event.id} met {ATTEMPTS} conflicts in a row")

    async def wake(self, client: str) -> None:
        """A wake-up fell due: time passing is an event like any other, named by the version that it finds."""
        if client:
            thread = await self._store.thread(self._desk.id, client)
            await self.handle(client, TimePassed(f"wake:{self._desk.id}:{client}:{thread.version}"))
        else:
            changes = await self._store.changes(self._desk.id)
            await self.oversee(TimePassed(f"wake:{self._desk.id}:{changes.version}"))

    async def open(self) -> None:
        """At start: the desk wakes for its windows, and every open thread looks at its promise again."""
        await self.oversee(GateOpened(f"open:{self._desk.id}:{self._clock.now().isoformat()}"))

    async def _with_full_windows(self, desk: Desk, thread: Thread) -> Desk:
        """The desk with the windows in which nobody else can be promised an answer, if that is limited.

        Two decisions about two clients that race for the last place may both get it: one answer more in a window is a
        smaller harm than a lock for all clients of a desk.
        """
        if not desk.rules.window_capacity:
            return desk
        full = await self._store.full(desk.id, desk.rules.window_capacity)
        # Their own place is not taken from them.
        return replace(desk, full=full - {thread.promise.due} if thread.promise else full)

    def _ring(self) -> None:
        for bell in self._bells:
            bell.ring()

    async def _look(self, desk: Desk, thread: Thread, event: ThreadEvent, now: datetime) -> ThreadEvent:
        """The event with what the decision needs to see beside it: the verdict, the folder."""
        match event:
            case MessageReceived() | MessageEdited():
                return replace(event, verdict=await self._judge(desk, thread, event, now))
            case CommandGiven(command="timezone", argument=place) if place:
                return replace(event, zone=find_zone(place) or "")
            case OwnerTapped(action="open"):
                first = thread.held.first or thread.items
                return replace(event, folder=await self._store.folder(desk.id, thread.client, first, thread.items))
            case _:
                return event

    async def _look_over(self, desk: Desk, event: DeskEvent, now: datetime) -> DeskEvent:
        """The event with what the decision about the desk needs to see beside the board: for statistics, ledgers."""
        if not isinstance(event, OwnerCommanded) or event.command != "stats":
            return event
        asked = read_asked(event.argument, await self._store.clients(desk.id))
        if isinstance(asked, Misread):
            return StatisticsAsked(event.id, asked, {})
        ledgers = await self._store.ledgers_between(desk.id, tuple(asked.names), asked.since(now), now)
        return StatisticsAsked(event.id, asked, ledgers)

    async def _judge(
        self, desk: Desk, thread: Thread, event: MessageReceived | MessageEdited, now: datetime
    ) -> Verdict:
        text = text_to_judge(desk, thread, event, now)
        window = window_at(desk, now) or next_window(desk, now)
        sent_at = event.message.sent_at.astimezone(ZoneInfo(desk.owner.zone))
        try:
            # Milliseconds as a rule, but a long odd text may take longer: nobody else waits for it.
            verdict = await asyncio.to_thread(
                self._triage.judge, text, sent_at=sent_at, next_window_end=window.end if window else None
            )
        except Exception:
            # A text that triage stumbles over is kept and answered like any other: nothing is dropped.
            log.exception("triage failed event=%s desk=%s", event.id, desk.id)
            return Verdict(Label.ROUTINE, 0.0, because=(Because("unjudged"),))
        deadline = verdict.deadline.astimezone(UTC) if verdict.deadline else None
        about = kinds_of(event.message.kind, text) | topics(text)
        spam = await asyncio.to_thread(find_spam, text) if may_go_aside(desk, thread) else None
        return replace(verdict, deadline=deadline, topics=tuple(sorted(about)), spam=spam)


def _commit(desk: Desk, before: Thread, event: str, decision: Decision, now: datetime) -> Commit:
    thread = decision.thread
    row = waiting(thread)
    return Commit(
        event=event,
        thread=thread,
        entries=decision.entries,
        filed=decision.filed,
        outgoings=_outgoings(desk, event, thread.client, decision.notices, blocked=thread.blocked),
        waiting=row,
        wakes_at=wakes_at(desk, thread),
        at=now,
        desk_wakes_at=now + BOARD_REST if row != waiting(before) else None,
    )


def _commit_desk(
    file_desk: Desk, board: Sequence[Waiting], event: str, oversight: Oversight, now: datetime
) -> DeskCommit:  # fmt: skip
    desk = apply_changes(file_desk, oversight.changes)
    return DeskCommit(
        event=event,
        desk=desk.id,
        changes=oversight.changes,
        outgoings=_outgoings(desk, event, "", oversight.notices),
        wakes_at=desk_wakes_at(desk, oversight.changes, board, now),
        rouses=oversight.rouses,
        at=now,
    )


def _outgoings(
    desk: Desk, event: str, client: str, notices: tuple[Notice, ...], *, blocked: bool = False
) -> tuple[Outgoing, ...]:
    """The notices with their ids and addresses; nothing is sent to a client who shut the door."""
    outgoings = []
    for number, notice in enumerate(notices):
        to = _address(desk, client, notice)
        if blocked and to == client:
            continue
        # A digest of one client can be answered by a reply, like anything about that client.
        about = (
            notice.rows[0].client if isinstance(notice, DigestShown | AsideShown) and len(notice.rows) == 1 else client
        )
        outgoings.append(Outgoing(f"{event}:{number}", desk.id, to, notice, about))
    return tuple(outgoings)


def _address(desk: Desk, client: str, notice: Notice) -> str:
    if isinstance(notice, TO_OWNER):
        return desk.owner.address
    return desk.owner.backup if isinstance(notice, TO_BACKUP) else client


def _log(desk: str, event: ThreadEvent | DeskEvent, because: tuple[Because, ...]) -> None:
    codes = ",".join(reason.code for reason in because)
    log.info("decided event=%s desk=%s kind=%s because=%s", event.id, desk, type(event).__name__, codes)
