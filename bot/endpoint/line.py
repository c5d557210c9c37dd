"""The line to an OpenAI-compatible endpoint: one POST within a budget of seconds, the answer's bytes or `NoAnswer`.

Nobody has to wait for an endpoint that is down: after a few failures in a row it is left in peace for a while. Neither
the address nor the key nor anything that was said gets into an error or a log.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar

from bot.endpoint.body import read_bounded
from bot.ports import Clock, NoAnswer

# Seconds for everything: the connection, the question, the answer.
BUDGET = 3.0
# Bytes; an answer in the asked form has a few hundred.
LONGEST_ANSWER = 64 * 1024
FAILURES = 3
REST = timedelta(minutes=1)
_OK = 200

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Breaker:
    """Opens after `FAILURES` in a row; once in every `REST` one question may then try whether there is an answer."""

    failures: int = 0
    rests_until: datetime | None = None

    def lets_pass(self, now: datetime) -> bool:
        """Whether to ask now. Whoever may try after a rest is alone with it: the others go on resting."""
        if self.rests_until is None:
            return True
        if now < self.rests_until:
            return False
        self.rests_until = now + REST
        return True

    def fail(self, now: datetime) -> bool:
        """Count a failure; whether it is the one that begins a rest."""
        self.failures += 1
        if self.failures < FAILURES:
            return False
        begins, self.rests_until = self.rests_until is None, now + REST
        return begins

    def succeed(self) -> None:
        """There was an answer: everything is forgiven."""
        self.failures, self.rests_until = 0, None


class Line:
    """Asks the endpoint at `url` (its base, like http://127.0.0.1:11434/v1). `budget` is in seconds, all in all."""

    def __init__(
        self, session: ClientSession, url: str, clock: Clock, *, key: str = "", budget: float = BUDGET
    ) -> None:
        self._session = session
        self._url = url.rstrip("/")
        self._clock = clock
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._budget = budget
        self._breaker = Breaker()

    async def post(self, path: str, body: bytes, content_type: str = "application/json") -> bytes:
        """The answer's body where it came in time with status 200; raises `NoAnswer` for everything else."""
        if not self._breaker.lets_pass(self._clock.now()):
            raise NoAnswer("resting")
        try:
            answer = await self._post(path, body, {**self._headers, "Content-Type": content_type})
        except NoAnswer as error:
            if self._breaker.fail(self._clock.now()):
                log.warning("the endpoint failed %d times in a row (%s): it rests", FAILURES, error)
            raise
        self._breaker.succeed()
        return answer

    async def _post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        try:
            # No redirects: what a client wrote goes to nobody whom the owner has not named.
            async with (
                asyncio.timeout(self._budget),
                self._session.post(
                    f"{self._url}/{path}", data=body, headers=headers, allow_redirects=False
                ) as response,
            ):
                if response.status != _OK:
                    raise NoAnswer(f"status_{response.status}")
                answer = await read_bounded(response.content, LONGEST_ANSWER)
        except TimeoutError as error:
            raise NoAnswer("timeout") from error
        except (ClientError, OSError) as error:
            raise NoAnswer("unreachable") from error
        if answer is None:
            raise NoAnswer("too_long")
        return answer


@asynccontextmanager
async def open_line(url: str, clock: Clock, *, key: str = "", budget: float = BUDGET) -> AsyncIterator[Line]:
    """A line with its own connections, closed at the end. It keeps no cookies and uses no proxy of the environment."""
    async with ClientSession(cookie_jar=DummyCookieJar(), timeout=ClientTimeout(total=None)) as session:
        yield Line(session, url, clock, key=key, budget=budget)
