"""Asking for a second opinion on one event: only of what is in doubt, once, and never to anybody's harm."""

import logging
from datetime import datetime

from bot.core.opinion import Opinion, is_unsure, weigh
from bot.core.verdict import Verdict
from bot.ports import NoAnswer, SecondOpinion

log = logging.getLogger(__name__)


class Consultation:
    """One event's question. A decision that has to be made again hears the same opinion again."""

    def __init__(self, adviser: SecondOpinion | None, event: str) -> None:
        self._adviser = adviser
        self._event = event
        self._asked: str | None = None
        self._opinion: Opinion | None = None

    async def review(
        self, verdict: Verdict, text: str, *, sent_at: datetime, next_window_end: datetime | None
    ) -> Verdict:
        """The verdict after a second opinion where one was worth asking for and came; else the verdict as it is."""
        if self._adviser is None or not text.strip() or not is_unsure(verdict):
            return verdict
        if self._asked is None:
            self._asked = text
            self._opinion = await self._ask(self._adviser, verdict, text, sent_at, next_window_end)
        # Where the burst has grown meanwhile, the opinion was on another text.
        return weigh(verdict, self._opinion) if self._opinion and text == self._asked else verdict

    async def _ask(
        self, adviser: SecondOpinion, verdict: Verdict, text: str, sent_at: datetime, next_window_end: datetime | None
    ) -> Opinion | None:
        try:
            return await adviser.ask(text, sent_at=sent_at, next_window_end=next_window_end, deadline=verdict.deadline)
        except NoAnswer as error:
            log.info("no second opinion event=%s because=%s", self._event, error)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the first verdict stands
            # A traceback might quote what the client wrote.
            log.error("the second opinion stumbled event=%s error=%s", self._event, type(error).__name__)
        return None
