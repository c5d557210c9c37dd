"""The door: a raw update comes in and is led to where it is decided. It returns only when the update is safe."""

import json
import logging
from collections.abc import Mapping

from bot.channels.telegram.groups import Groups
from bot.channels.telegram.intake import ForDesk, ForGroup, ForThread, Ignored, Intake, Unreadable
from bot.core.events import MessageBuried
from bot.gatekeeper import Gatekeeper
from bot.ports import Clock, Store, StoreDown

log = logging.getLogger(__name__)

# An update over which our own code stumbles so often is set aside, so that the others flow on.
STUMBLES = 3


class Door:
    """Admits raw updates of one bot for one desk."""

    def __init__(
        self, intake: Intake, gatekeeper: Gatekeeper, store: Store, groups: Groups, clock: Clock, desk: str
    ) -> None:  # fmt: skip
        self._intake = intake
        self._gatekeeper = gatekeeper
        self._store = store
        self._groups = groups
        self._clock = clock
        self._desk = desk

    async def admit(self, raw: Mapping[str, object]) -> None:
        """Lead the update to its decision, or bury it. Raises `StoreDown` alone: then it has to come again."""
        for stumble in range(1, STUMBLES + 1):
            try:
                await self._lead(raw)
            except StoreDown:
                raise
            except Unreadable as error:
                await self._bury(raw, error)
            except Exception as error:
                log.exception("update failed update=%s try=%d", raw.get("update_id"), stumble)
                if stumble < STUMBLES:
                    continue
                await self._bury(raw, error)
            return

    async def _lead(self, raw: Mapping[str, object]) -> None:
        incoming = await self._intake.read(raw)
        match incoming:
            case ForThread(client, event):
                await self._gatekeeper.handle(client, event)
            case ForDesk(event):
                await self._gatekeeper.oversee(event)
            case ForGroup():
                await self._groups.leave(incoming)
            case Ignored(id_, reason):
                log.info("ignored event=%s because=%s", id_, reason)

    async def _bury(self, raw: Mapping[str, object], error: Exception) -> None:
        event = f"dead:{raw.get('update_id')}"
        text = json.dumps(raw)
        await self._store.bury(self._desk, event, text, type(error).__name__, self._clock.now())
        await self._gatekeeper.oversee(MessageBuried(event))
        log.error("buried event=%s because=%s", event, type(error).__name__)
