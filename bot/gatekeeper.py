"""The path of every event: load, judge, decide, commit, and again if the thread moved meanwhile."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.bell import Bell
from bot.consultation import Consultation
from bot.core.answers import item_meant
from bot.core.aside import is_asked
from bot.core.bursts import UNJUDGED, text_to_judge, was_passed_on
from bot.core.calendar import next_window, window_at
from bot.core.changes import apply_changes
from bot.core.decide import decide
from bot.core.decision import Decision
from bot.core.desk import Desk
from bot.core.digest import waiting
from bot.core.events import (
    CommandGiven,
    DeskEvent,
    DeskTapped,
    Filed,
    GateOpened,
    MessageEdited,
    MessageReceived,
    OwnerCommanded,
    OwnerTapped,
    StatisticsAsked,
    ThreadEvent,
    TimePassed,
    Transcribed,
)
from bot.core.hearing import TranscriptAsked
from bot.core.kinds import kinds_of
from bot.core.lessons import UNKNOWN, Matter, is_open, lean
from bot.core.notices import TO_BACKUP, TO_OWNER, Notice, Outgoing
from bot.core.opinion import Outside
from bot.core.oversee import Oversight, desk_wakes_at, oversee
from bot.core.owner_notices import AsideShown, DigestShown, Waiting
from bot.core.spans import Misread
from bot.core.statistics import read_asked
from bot.core.strangers import may_go_aside
from bot.core.thread import Thread, joined, wakes_at
from bot.core.verdict import Because, Verdict
from bot.core.watch import BOARD_REST
from bot.ports import Clock, Commit, Conflict, DeskCommit, SecondOpinion, Store, Triage
from bot.triage.matters import matter_of
from bot.wording.places import find_zone

log = logging.getLogger(__name__)

# Each conflict means that somebody else's decision was committed: so many in a row are not chance but a fault.
ATTEMPTS = 50


class Gatekeeper:
    """Leads events to decisions and decisions into the store, for one desk.

    Without somebody who `hears` recordings nobody is asked to, and without an `adviser` what is unsure stays so.
    """

    def __init__(
        self,
        desk: Desk,
        store: Store,
        triage: Triage,
        clock: Clock,
        bells: Sequence[Bell] = (),
        *,
        adviser: SecondOpinion | None = None,
        hears: bool = False,
    ) -> None:
        self._desk = desk
        self._store = store
        self._triage = triage
        self._clock = clock
        self._bells = tuple(bells)
        self._adviser = adviser
        self._hears = hears
        # What clients are told of in `/privacy`.
        offered = {Outside.OPINION: adviser is not None, Outside.TRANSCRIPTION: hears}
        self._outside = tuple(service for service, offers in offered.items() if offers)

    async def desk(self) -> Desk:
        """The desk as it stands now."""
        return apply_changes(self._desk, await self._store.changes(self._desk.id))

    async def handle(self, client: str, event: ThreadEvent) -> None:
        """Decide what follows from `event` for this client, and commit it. Returns when it is safe in the store."""
        consultation = Consultation(self._adviser, event.id)
        for _ in range(ATTEMPTS):
            changes, thread = await self._store.standing(self._desk.id, client)
            desk = apply_changes(self._desk, changes)
            desk = await self._with_full_windows(desk, thread)
            now = self._clock.now()
            seen = await self._look(desk, thread, event, now, consultation)
            decision = decide(desk, thread, seen, now)
            if not self._hears:
                decision = replace(decision, errands=())
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

    async def _look(
        self, desk: Desk, thread: Thread, event: ThreadEvent, now: datetime, consultation: Consultation
    ) -> ThreadEvent:
        """The event with what the decision needs to see beside it: the verdict, the folder."""
        match event:
            case MessageReceived():
                return replace(event, verdict=await self._judge(desk, thread, event, now, consultation))
            case MessageEdited():
                edited = await self._still_heard(desk, thread, event)
                return replace(edited, verdict=await self._judge(desk, thread, edited, now, consultation))
            case Transcribed(item=item):
                heard = _in_folder(event, await self._store.folder(desk.id, thread.client, item, item))
                return replace(heard, verdict=await self._judge(desk, thread, heard, now, consultation))
            case CommandGiven(command="privacy"):
                return replace(event, outside=self._outside)
            case CommandGiven(command="timezone", argument=place) if place:
                return replace(event, zone=find_zone(place) or "")
            case OwnerTapped(action="open"):
                first = thread.held.first or thread.items
                return replace(event, folder=await self._store.folder(desk.id, thread.client, first, thread.items))
            case OwnerTapped(action="urgent" | "not_urgent"):
                return replace(event, matter=await self._matter_tapped(desk, thread, event.action))
            case _:
                return event

    async def _look_over(self, desk: Desk, event: DeskEvent, now: datetime) -> DeskEvent:
        """The event with what the decision about the desk needs to see beside the board: ledgers, lessons."""
        match event:
            case OwnerCommanded(command="urgent") | DeskTapped(action="forget"):
                return replace(event, lessons=await self._store.lessons(desk.id))
            case OwnerCommanded(command="stats"):
                return await self._statistics(desk, event, now)
            case _:
                return event

    async def _statistics(self, desk: Desk, event: OwnerCommanded, now: datetime) -> StatisticsAsked:
        asked = read_asked(event.argument, await self._store.clients(desk.id))
        if isinstance(asked, Misread):
            return StatisticsAsked(event.id, asked, {})
        ledgers = await self._store.ledgers_between(desk.id, tuple(asked.names), asked.since(now), now)
        return StatisticsAsked(event.id, asked, ledgers)

    async def _still_heard(self, desk: Desk, thread: Thread, event: MessageEdited) -> MessageEdited:
        """The event with what was heard in its recording before: another caption does not change it."""
        if event.message.recording is None or event.item == 0:
            return event
        folder = await self._store.folder(desk.id, thread.client, event.item, event.item)
        heard = next((filed.message.transcript for filed in folder if filed.message.id == event.message.id), "")
        return replace(event, message=replace(event.message, transcript=heard))

    async def _judge(
        self,
        desk: Desk,
        thread: Thread,
        event: MessageReceived | MessageEdited | Transcribed,
        now: datetime,
        consultation: Consultation,
    ) -> Verdict:
        text = text_to_judge(desk, thread, event, now)
        window = window_at(desk, now) or next_window(desk, now)
        window_end = window.end if window else None
        sent_at = event.message.sent_at.astimezone(ZoneInfo(desk.owner.zone))
        try:
            # Milliseconds as a rule, but a long odd text may take longer: nobody else waits for it.
            verdict = await asyncio.to_thread(self._triage.judge, text, sent_at=sent_at, next_window_end=window_end)
        except Exception:
            # A text that triage stumbles over is kept and answered like any other: nothing is dropped.
            log.exception("triage failed event=%s desk=%s", event.id, desk.id)
            return UNJUDGED
        spam = await asyncio.to_thread(self._triage.find_spam, text) if may_go_aside(desk, thread) else None
        if spam is None and not was_passed_on(desk, thread, now):
            verdict = await consultation.review(verdict, text, sent_at=sent_at, next_window_end=window_end)
        deadline = verdict.deadline.astimezone(UTC) if verdict.deadline else None
        about = kinds_of(event.message.kind, text) | {*verdict.topics}
        verdict = replace(verdict, deadline=deadline, topics=tuple(sorted(about)), spam=spam)
        return await self._leaned(desk, thread, verdict, text, now)

    async def _leaned(self, desk: Desk, thread: Thread, verdict: Verdict, text: str, now: datetime) -> Verdict:
        """The verdict as the owner's taps would have it."""
        lessons = await self._store.lessons(desk.id) if is_open(verdict) else ()
        if not lessons:
            return verdict
        matter = await asyncio.to_thread(matter_of, text, owner=desk.owner.name)
        return lean(verdict, matter, thread.client, lessons, now)

    async def _matter_tapped(self, desk: Desk, thread: Thread, action: str) -> Matter:
        """What the item is about that the owner has just called urgent or not."""
        item = item_meant(thread, action)
        if not item:
            return UNKNOWN
        folder = await self._store.folder(desk.id, thread.client, item, item)
        text = joined(filed.message.text for filed in folder)
        return await asyncio.to_thread(matter_of, text, owner=desk.owner.name)


def _commit(desk: Desk, before: Thread, event: str, decision: Decision, now: datetime) -> Commit:
    thread = decision.thread
    row = waiting(thread)
    return Commit(
        event=event,
        thread=thread,
        entries=decision.entries,
        filed=decision.filed,
        outgoings=_outgoings(
            desk, event, thread.client, (*decision.notices, *decision.errands), blocked=thread.blocked
        ),
        waiting=row,
        wakes_at=wakes_at(desk, thread),
        at=now,
        lesson=decision.lesson,
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
        forgotten=oversight.forgotten,
    )


def _outgoings(
    desk: Desk, event: str, client: str, notices: tuple[Notice | TranscriptAsked, ...], *, blocked: bool = False
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


def _in_folder(event: Transcribed, folder: tuple[Filed, ...]) -> Transcribed:
    """The event with its item as the folder has it now: its caption may have changed while the machine listened."""
    now = next((filed.message for filed in folder if filed.message.id == event.message.id), event.message)
    return replace(event, message=replace(now, transcript=event.message.transcript), folder=folder)


def _address(desk: Desk, client: str, notice: Notice | TranscriptAsked) -> str:
    if isinstance(notice, TranscriptAsked):
        # A lane of its own: however long the machine listens, no chat waits for it.
        return f"ear:{desk.id}"
    if isinstance(notice, TO_OWNER):
        return desk.owner.address
    return desk.owner.backup if isinstance(notice, TO_BACKUP) else client


def _log(desk: str, event: ThreadEvent | DeskEvent, because: tuple[Because, ...]) -> None:
    codes = ",".join(reason.code for reason in because)
    log.info("decided event=%s desk=%s kind=%s because=%s", event.id, desk, type(event).__name__, codes)
