"""The line to the Bot API: one request out, the raw JSON of its result back, or one of our errors.

aiogram's methods make the request, its session carries it; the answer is read here and not through aiogram's types. A
result that tomorrow's Telegram words differently would fail their validation after the message was sent, and would be
sent again. The token is part of every URL: it is struck from all that an error may say.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import GetMe, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.utils.token import TokenValidationError
from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientResponse,
    ClientTimeout,
    ConnectionTimeoutError,
    InvalidURL,
)

from bot.channels.telegram.fields import number, part, words
from bot.ports import TryLater, Undeliverable, Unsure

PUBLIC_API = "https://api.telegram.org"
# Seconds: to get a connection, and from the first byte out to the last one in, beyond what a method waits by itself.
CONNECT = 10.0
ANSWER = 30.0
# Seconds to be patient where everything is refused, and nothing is lost by waiting.
REFUSED_FOR = 60.0
# An error's words go to logs and dead letters: no more of them than says what is wrong.
WORDS_LENGTH = 200

# The request never left: the connection was not made.
_NOT_SENT = (ClientConnectorError, ConnectionTimeoutError, InvalidURL)
# Where an answer is not Telegram's own, these statuses are believed; a proxy's 403 says nothing about the client.
_TOLD_BY_STATUS = frozenset({413, 429})
# Telegram's words, in a 400, for a person who cannot be reached at all.
_GONE = ("chat not found", "user not found", "user is deactivated", "user_is_blocked", "input_user_deactivated",
         "peer_id_invalid", "bot was blocked")  # fmt: skip


class TokenRefused(TryLater):
    """Telegram does not know this token, or no more. For the courier a reason to wait, at start-up to give up."""

    def __init__(self) -> None:
        super().__init__(REFUSED_FOR)
        self.args = ("Telegram does not accept the bot token",)


class PolledElsewhere(TryLater):
    """Another process takes this bot's updates, or a webhook is set."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who the bot is on Telegram; `username` without the @."""

    id: int
    username: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that is not `ok`. `code` is Telegram's, or else the HTTP status; `retry_after` in seconds."""

    code: int
    words: str
    retry_after: float


def make_bot(token: str, api_url: str = PUBLIC_API) -> Bot:
    """An aiogram bot for the API at `api_url`. Raises `TokenRefused` for what cannot be a token."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(api_url), timeout=ANSWER)
    try:
        return Bot(token, session=session)
    except TokenValidationError as error:
        raise TokenRefused from error


class Line:
    """Asks the Bot API. `connect` and `answer` are timeouts in seconds."""

    def __init__(self, bot: Bot, *, connect: float = CONNECT, answer: float = ANSWER) -> None:
        if not isinstance(bot.session, AiohttpSession):
            raise TypeError("the line needs a bot with an AiohttpSession")
        self._bot = bot
        self._session = bot.session
        self._connect = connect
        self._answer = answer

    async def ask(self, method: TelegramMethod[TelegramType], *, wait: float = 0.0) -> object:
        """The result of `method`, as JSON; `wait` seconds are what the method itself takes (long polling).

        Raises `TryLater` (with its kinds `TokenRefused` and `PolledElsewhere`), `Unsure` or `Undeliverable`.
        """
        status, body = await self._post(method, wait)
        try:
            answer = json.loads(body)
        except ValueError:  # a proxy's page in HTML
            answer = None
        if not isinstance(answer, Mapping):
            raise meaning(Refusal(status if status in _TOLD_BY_STATUS else 502, f"HTTP {status} without JSON", 0.0))
        if answer.get("ok") is True:
            return answer.get("result")
        description = words(answer, "description").replace(_secret(self._bot.token), "…")
        retry_after = number(part(answer, "parameters"), "retry_after") or 0
        raise meaning(Refusal(number(answer, "error_code") or status, description[:WORDS_LENGTH], float(retry_after)))

    async def fetch(self, path: str, limit: int) -> bytes:
        """The file that getFile named, of at most `limit` bytes. Raises what `ask` does."""
        session = await self._session.create_session()
        url = self._session.api.file_url(self._bot.token, path)
        timeout = ClientTimeout(total=self._answer, connect=self._connect)
        trouble: TryLater | Unsure
        try:
            async with session.get(url, timeout=timeout, allow_redirects=False) as response:
                if response.status == 200:
                    return await _read(response, limit)
                refusal = Refusal(response.status, f"HTTP {response.status} for a file", 0.0)
                # A 404 is about the file: of the token getFile would have told.
                raise Undeliverable(refusal.words) if refusal.code == 404 else meaning(refusal)
        except _NOT_SENT as error:
            trouble, cause = TryLater(), scrubbed(error, self._bot.token)
        except (ClientError, OSError) as error:
            trouble, cause = Unsure(type(error).__name__), scrubbed(error, self._bot.token)
        raise trouble from cause

    async def _post(self, method: TelegramMethod[TelegramType], wait: float) -> tuple[int, str]:
        session = await self._session.create_session()
        url = self._session.api.api_url(self._bot.token, method.__api_method__)
        form = self._session.build_form_data(self._bot, method)
        timeout = ClientTimeout(total=self._answer + wait, connect=self._connect)
        trouble: TryLater | Unsure
        try:
            # No redirects: the token goes to nobody else.
            async with session.post(url, data=form, timeout=timeout, allow_redirects=False) as response:
                return response.status, (await response.read()).decode(errors="replace")
        except _NOT_SENT as error:
            trouble, cause = TryLater(), scrubbed(error, self._bot.token)
        except (ClientError, OSError) as error:
            trouble, cause = Unsure(type(error).__name__), scrubbed(error, self._bot.token)
        # Raised out here, so that the error as it was, URL and all, is not dragged along as the context.
        raise trouble from cause

    async def identify(self) -> Account:
        """Who the bot is. Raises what `ask` does; `TokenRefused` where Telegram does not know it."""
        me = await self.ask(GetMe())
        account = me if isinstance(me, Mapping) else {}
        id_ = number(account, "id")
        if id_ is None:
            raise Unsure("getMe told nothing")
        return Account(id_, words(account, "username"))


async def _read(response: ClientResponse, limit: int) -> bytes:
    body = b""
    async for chunk in response.content.iter_chunked(65_536):
        body += chunk
        if len(body) > limit:
            raise Undeliverable(f"a file of more than {limit} bytes")
    return body


def meaning(refusal: Refusal) -> Exception:
    """What a refusal means for what was to be delivered."""
    if refusal.retry_after > 0:
        return TryLater(refusal.retry_after)
    if refusal.code >= 500 or refusal.code < 400:
        return Unsure(refusal.words)
    return _MEANINGS.get(refusal.code, _undeliverable)(refusal)


def scrubbed(error: BaseException, token: str) -> BaseException:
    """The error itself, or, where it or one of its causes tells the token, a stand-in that does not."""
    secret = _secret(token)
    link: BaseException | None = error
    while link is not None:
        if secret in f"{link} {link!r}":
            return ConnectionError(f"{type(error).__name__}: {str(error).replace(secret, '…')}")
        link = link.__cause__ or link.__context__
    return error


def _secret(token: str) -> str:
    """The part of a token that opens doors: what stands before the colon is the bot's public id."""
    return token.partition(":")[2]


def _undeliverable(refusal: Refusal) -> Exception:
    told = refusal.words.lower()
    return Undeliverable(refusal.words, blocked=any(gone in told for gone in _GONE))


def _not_found(refusal: Refusal) -> Exception:
    # A bare "Not Found" is the answer to an unknown token; an unknown method is named.
    return _undeliverable(refusal) if "method" in refusal.words.lower() else TokenRefused()


_MEANINGS: dict[int, Callable[[Refusal], Exception]] = {
    400: _undeliverable,
    401: lambda refusal: TokenRefused(),
    403: lambda refusal: Undeliverable(refusal.words, blocked=True),
    404: _not_found,
    409: lambda refusal: PolledElsewhere(),
    413: _undeliverable,
    429: lambda refusal: TryLater(),
}
