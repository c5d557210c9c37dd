"""The way out: lease an outgoing, word it, send it, settle or postpone it. Chats and the whole bot are paced."""

import asyncio
import logging
import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.bell import Bell
from bot.core.events import BoardLost, BoardPosted, SendFailed, Transcribed
from bot.core.hearing import TranscriptAsked
from bot.core.notices import SAID_ONCE, TO_BACKUP, TO_OWNER, Notice, Outgoing
from bot.core.owner_notices import BoardShown
from bot.drawing import Figure, draw
from bot.gatekeeper import Gatekeeper
from bot.ports import (
    Channel,
    Clock,
    Delivery,
    Ear,
    Leased,
    Say,
    Show,
    Store,
    StoreDown,
    TryLater,
    Undeliverable,
    Unsure,
)
from bot.wording import figure, word

log = logging.getLogger(__name__)

# Telegram's limit for a bot as a whole (TELEGRAM.md): about 30 messages a second.
PER_SECOND = 30
# Sent at the same time, so that one slow answer of the channel holds up nobody else.
IN_FLIGHT = 16
GLANCE = timedelta(seconds=1)
# After an unknown result what is said once is tried once more, better twice than never; the rest until it arrives.
TRIES_IF_ONCE = 2
# Our own fault (a notice that cannot be worded, say) is not repeated for ever.
TRIES_IF_FAULTY = 5
# Whoever listens may stumble over a recording again and again, and the next ones wait behind it. A lease that runs out
# while the machine is still at it counts as well.
TRIES_TO_HEAR = 5
LONGEST_BACKOFF = 60.0


class Courier:
    """Carries outgoings to the channel, urgent ones first, one at a time for each chat."""

    def __init__(
        self,
        store: Store,
        channel: Channel,
        gatekeeper: Gatekeeper,
        clock: Clock,
        bell: Bell,
        ear: Ear | None = None,
    ) -> None:  # fmt: skip
        self._store = store
        self._channel = channel
        self._gatekeeper = gatekeeper
        self._clock = clock
        self._bell = bell
        self._ear = ear
        self._free = IN_FLIGHT
        self._carried: set[str] = set()
        self._next_slot = 0.0

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                until = self._clock.now() + GLANCE
                try:
                    leased = await self._store.lease(self._clock.now(), self._free) if self._free else ()
                    ready = None if leased else await self._store.next_outgoing()
                except StoreDown as error:
                    log.warning("the store does not answer, messages wait: %s", error)
                    await self._bell.wait(self._clock, until)
                    continue
                # A clock that is turned forward ends leases before their time: what is under way here stays so.
                fresh = [each for each in leased if each.place not in self._carried]
                self._free -= len(fresh)
                for each in fresh:
                    self._carried.add(each.place)
                    group.create_task(self._carry(each))
                if self._free == 0:
                    await self._bell.wait(self._clock, until)
                elif not leased:
                    await self._bell.wait(self._clock, min(until, ready) if ready else until)

    async def _carry(self, leased: Leased) -> None:
        try:
            await self._try(leased)
        except StoreDown as error:
            # The lease runs out and the outgoing is sent again: at worst one repetition.
            log.warning("the store does not answer, %s stays in the outbox: %s", leased.outgoing.id, error)
        finally:
            self._carried.discard(leased.place)
            self._free += 1
            self._bell.ring()

    async def _try(self, leased: Leased) -> None:
        out = leased.outgoing
        try:
            if isinstance(out.notice, TranscriptAsked):
                sent = await self._hear(out, out.notice)
            else:
                sent = await self._send(out, out.notice)
        except TryLater as later:
            await self._postpone(leased, later.seconds, later)
        except Unsure as error:
            if leased.tries + 1 >= _tries(out):
                await self._give_up(leased, error)
            else:
                await self._postpone(leased, 0.0, error)
        except Undeliverable as error:
            await self._give_up(leased, error)
        except StoreDown:
            raise
        except Exception as error:
            log.exception("could not send outgoing=%s kind=%s", out.id, type(out.notice).__name__)
            if leased.tries + 1 >= TRIES_IF_FAULTY:
                await self._give_up(leased, error)
            else:
                await self._postpone(leased, 0.0, error)
        else:
            await self._settle(leased, sent)
            if isinstance(out.notice, BoardShown) and not out.notice.edits and sent:
                await self._gatekeeper.oversee(BoardPosted(f"posted:{out.id}", sent[0]))

    async def _send(self, out: Outgoing, notice: Notice) -> Sequence[str]:
        """Word the notice in its reader's language, and deliver it."""
        desk = await self._gatekeeper.desk()
        now = self._clock.now()
        if isinstance(notice, TO_OWNER + TO_BACKUP):
            language, zone = desk.owner.language, ""
        else:
            thread = await self._store.thread(out.desk, out.client)
            language, zone = thread.speaks(desk), thread.zone
        delivery = word(notice, desk=desk, language=language, now=now, zone=zone or None)
        if (picture := figure(notice, desk=desk, language=language, now=now)) is not None:
            delivery = await _illustrated(delivery, picture)
        await self._slot()
        return await self._channel.deliver(out.to, delivery)

    async def _hear(self, out: Outgoing, asked: TranscriptAsked) -> Sequence[str]:
        """Have a recording written down; what it says comes back to the gate as an event."""
        recording = asked.message.recording
        if self._ear is None or recording is None or self._clock.now() >= asked.until:
            raise Undeliverable("nobody listens any more")
        words = await self._ear.hear(recording)
        if not words:
            raise Undeliverable("no words were heard")
        heard = Transcribed(f"heard:{out.id}", asked.item, replace(asked.message, transcript=words))
        await self._gatekeeper.handle(out.client, heard)
        return ()

    async def _settle(self, leased: Leased, sent: Sequence[str]) -> None:
        """It was sent: the store has to hear it, however long it is down, or it would be sent again."""
        while True:
            try:
                return await self._store.settle(leased, self._clock.now(), sent)
            except StoreDown as error:
                log.warning("the store does not answer, %s was sent and is not settled: %s", leased.outgoing.id, error)
                await self._clock.sleep_until(self._clock.now() + GLANCE)

    async def _postpone(self, leased: Leased, seconds: float, error: Exception) -> None:
        wait = seconds or min(LONGEST_BACKOFF, 2.0 ** min(leased.tries, 6))
        log.warning("postponed outgoing=%s for %.0f s: %s", leased.outgoing.id, wait, type(error).__name__)
        await self._store.postpone(leased, self._clock.now() + timedelta(seconds=wait))

    async def _give_up(self, leased: Leased, error: Exception) -> None:
        """It will not arrive: the owner hears of what a client did not get, and it leaves the outbox."""
        out = leased.outgoing
        if isinstance(out.notice, TranscriptAsked):
            # The recording is in the folder as it came: the owner has ears.
            reason = str(error) if isinstance(error, Undeliverable | Unsure) else type(error).__name__
            log.warning("not transcribed outgoing=%s: %s", out.id, reason)
            await self._store.settle(leased, self._clock.now(), ())
            return
        log.error("undelivered outgoing=%s kind=%s: %s", out.id, type(out.notice).__name__, type(error).__name__)
        if not isinstance(out.notice, TO_OWNER + TO_BACKUP):
            blocked = isinstance(error, Undeliverable) and error.blocked
            await self._gatekeeper.handle(out.client, SendFailed(f"failed:{out.id}", out.id, blocked=blocked))
        elif isinstance(out.notice, BoardShown) and out.notice.edits:
            await self._gatekeeper.oversee(BoardLost(f"lost:{out.id}"))
        await self._store.settle(leased, self._clock.now(), ())

    async def _slot(self) -> None:
        """Wait for this bot's turn: `PER_SECOND` in all."""
        loop = asyncio.get_running_loop()
        turn = max(loop.time(), self._next_slot)
        self._next_slot = turn + 1 / PER_SECOND
        await asyncio.sleep(turn - loop.time())


def _tries(out: Outgoing) -> float:
    """After how many unknown results it is given up."""
    if isinstance(out.notice, TranscriptAsked):
        return TRIES_TO_HEAR
    return TRIES_IF_ONCE if isinstance(out.notice, SAID_ONCE) else math.inf


async def _illustrated(delivery: Delivery, picture: Figure) -> Delivery:
    """The words with their picture; one that cannot be drawn does not keep the words back."""
    if not isinstance(delivery, Say):
        return delivery
    try:
        image = await asyncio.to_thread(draw, picture)
    except Exception:
        log.exception("could not draw a picture")
        return delivery
    return Show(image, delivery.text, delivery.rows)
