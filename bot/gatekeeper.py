"""The path of every event: load, judge, decide, commit, and again if the thread moved meanwhile."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.bell import Bell
from bot.core.bursts import text_to_judge
from bot.core.calendar import next_window, window_at
from bot.core.decide import decide
from bot.core.decision import Decision
from bot.core.desk import Desk
from bot.core.digest import waiting
from bot.core.events import (
    DeskEvent,
    MessageEdited,
    MessageReceived,
    OwnerTapped,
    ThreadEvent,
    TimePassed,
)
from bot.core.notices import TO_OWNER, DigestShown, Notice, Outgoing
from bot.core.oversee import Oversight, apply_changes, desk_wakes_at, oversee
from bot.core.thread import Thread, wakes_at
from bot.core.verdict import Because, Label, Verdict
from bot.ports import Clock, Commit, Conflict, DeskCommit, Store, Triage

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
            if await self._store.handled(self._desk.id, event.id):
                return
            desk = await self.desk()
            thread = await self._store.thread(desk.id, client)
            now = self._clock.now()
            seen = await self._look(desk, thread, event, now)
            decision = decide(desk, thread, seen, now)
            try:
                await self._store.commit(_commit(desk, event.id, decision, now))
            except Conflict:
                continue
            _log(desk.id, event, decision.because)
            self._ring()
            return
        raise RuntimeError(f"{event.id} met {ATTEMPTS} conflicts in a row")

    async def oversee(self, event: DeskEvent) -> None:
        """Decide what follows from `event` for the desk as a whole, and commit it."""
        for _ in range(ATTEMPTS):
            if await self._store.handled(self._desk.id, event.id):
                return
            changes = await self._store.changes(self._desk.id)
            desk = apply_changes(self._desk, changes)
            board = await self._store.board(desk.id)
            now = self._clock.now()
            oversight = oversee(desk, changes, board, event, now)
            try:
                await self._store.commit_desk(_commit_desk(self._desk, event.id, oversight, now))
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
        """At start: the desk wakes for its windows, and every open thread looks at its promise again.

        The desk file may have changed while the gate was down.
        """
        changes = await self._store.changes(self._desk.id)
        now = self._clock.now()
        opened = Oversight(changes, because=(Because("gate_opened"),), rouses=True)
        await self._store.commit_desk(
            _commit_desk(self._desk, f"open:{self._desk.id}:{changes.version}:{now.isoformat()}", opened, now)
        )
        self._ring()

    def _ring(self) -> None:
        for bell in self._bells:
            bell.ring()

    async def _look(self, desk: Desk, thread: Thread, event: ThreadEvent, now: datetime) -> ThreadEvent:
        """The event with what the decision needs to see beside it: the verdict, the place, the folder."""
        match event:
            case MessageReceived():
                return replace(event, verdict=self._judge(desk, thread, event, now))
            case MessageEdited():
                item = await self._store.item_of(desk.id, thread.client, event.message.id)
                placed = replace(event, item=item)
                return replace(placed, verdict=self._judge(desk, thread, placed, now))
            case OwnerTapped(action="open"):
                first = thread.held.first or thread.items
                return replace(event, folder=await self._store.folder(desk.id, thread.client, first, thread.items))
            case _:
                return event

    def _judge(self, desk: Desk, thread: Thread, event: MessageReceived | MessageEdited, now: datetime) -> Verdict:
        text = text_to_judge(desk, thread, event, now)
        window = window_at(desk, now) or next_window(desk, now)
        sent_at = event.message.sent_at.astimezone(ZoneInfo(desk.owner.zone))
        try:
            verdict = self._triage.judge(text, sent_at=sent_at, next_window_end=window.end if window else None)
        except Exception:
            # A text that triage stumbles over is kept and answered like any other: nothing is dropped.
            log.exception("triage failed event=%s desk=%s", event.id, desk.id)
            return Verdict(Label.ROUTINE, 0.0, because=(Because("unjudged"),))
        deadline = verdict.deadline.astimezone(UTC) if verdict.deadline else None
        return replace(verdict, deadline=deadline)


def _commit(desk: Desk, event: str, decision: Decision, now: datetime) -> Commit:
    thread = decision.thread
    return Commit(
        event=event,
        thread=thread,
        entries=decision.entries,
        filed=decision.filed,
        outgoings=_outgoings(desk, event, thread.client, decision.notices, blocked=thread.blocked),
        waiting=waiting(thread),
        wakes_at=wakes_at(desk, thread),
        at=now,
    )


def _commit_desk(file_desk: Desk, event: str, oversight: Oversight, now: datetime) -> DeskCommit:
    desk = apply_changes(file_desk, oversight.changes)
    return DeskCommit(
        event=event,
        desk=desk.id,
        changes=oversight.changes,
        outgoings=_outgoings(desk, event, "", oversight.notices),
        wakes_at=desk_wakes_at(desk, now),
        rouses=oversight.rouses,
        at=now,
    )


def _outgoings(
    desk: Desk, event: str, client: str, notices: tuple[Notice, ...], *, blocked: bool = False
) -> tuple[Outgoing, ...]:
    """The notices with their ids and addresses; nothing is sent to a client who shut the door."""
    outgoings = []
    for number, notice in enumerate(notices):
        to_owner = isinstance(notice, TO_OWNER)
        if blocked and not to_owner:
            continue
        # A digest of one client can be answered by a reply, like anything about that client.
        about = notice.rows[0].client if isinstance(notice, DigestShown) and len(notice.rows) == 1 else client
        outgoings.append(
            Outgoing(f"{event}:{number}", desk.id, desk.owner.address if to_owner else client, notice, about)
        )
    return tuple(outgoings)


def _log(desk: str, event: ThreadEvent | DeskEvent, because: tuple[Because, ...]) -> None:
    codes = ",".join(reason.code for reason in because)
    log.info("decided event=%s desk=%s kind=%s because=%s", event.id, desk, type(event).__name__, codes)
