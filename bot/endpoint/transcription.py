"""Speech → words, by an endpoint that speaks OpenAI's protocol for audio (whisper.cpp, faster-whisper, a paid one).

One POST a recording; nothing of it, nor the key, reaches a log. What comes back is a stranger's text like a client's.
"""

import json
import re
from collections.abc import Mapping

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    FormData,
    InvalidURL,
)

from bot.endpoint.body import read_bounded
from bot.ports import TryLater, Undeliverable, Unsure

# Seconds: to get a connection, and for everything. A machine without a graphics card takes about as long as one speaks.
CONNECT = 10.0
BUDGET = 60.0
# Bytes: what a recording may have, and an answer; ten minutes of speech are some ten thousand letters.
LARGEST = 20 * 1024 * 1024
LONGEST_ANSWER = 256 * 1024
TRANSCRIPT_KEPT = 20_000

# The request never left: the connection was not made.
_NOT_SENT = (ClientConnectorError, ConnectionTimeoutError)
# Busy, and the server says so.
_BUSY = frozenset({408, 425, 429, 503})
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]+")


class Transcription:
    """`ports.Transcriber` over the endpoint at `url` (the part before `/audio/transcriptions`)."""

    def __init__(self, url: str, model: str, key: str = "", *, budget: float = BUDGET) -> None:
        self._url = f"{url.rstrip('/')}/audio/transcriptions"
        self._model = model
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._timeout = ClientTimeout(total=budget, connect=min(CONNECT, budget))

    async def transcribe(self, sound: bytes, name: str) -> str:
        """The words on one line, empty where there are none; `name` is the file's, whose ending tells the format.

        Raises `TryLater` (nobody there, or busy), `Unsure` (it stumbled, or took too long) or `Undeliverable`.
        """
        if len(sound) > LARGEST:
            raise Undeliverable(f"a recording of {len(sound)} bytes")
        form = FormData()
        form.add_field("file", sound, filename=name, content_type="application/octet-stream")
        form.add_field("model", self._model)
        form.add_field("response_format", "json")
        try:
            # No redirects: the recording and the key go to nobody else.
            async with (
                ClientSession(timeout=self._timeout, headers=self._headers) as session,
                session.post(self._url, data=form, allow_redirects=False) as response,
            ):
                return _words(await _body(response))
        except _NOT_SENT as error:
            raise TryLater from error
        except InvalidURL as error:
            raise Undeliverable(type(error).__name__) from error
        except (ClientError, OSError) as error:  # a timeout is an OSError
            raise Unsure(type(error).__name__) from error


async def _body(response: ClientResponse) -> bytes:
    """What a success says; its absence raises what the status means."""
    status = response.status
    if status in _BUSY:
        asked = response.headers.get("Retry-After", "")
        raise TryLater(float(asked) if asked.isascii() and asked.isdecimal() else 0.0)
    if status >= 500:
        raise Unsure(f"HTTP {status}")
    if status != 200:
        # A wrong key or model refuses every recording: trying again helps none of them.
        raise Undeliverable(f"HTTP {status}")
    body = await read_bounded(response.content, LONGEST_ANSWER)
    if body is None:
        raise Undeliverable("an answer without end")
    return body


def _words(body: bytes) -> str:
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise Unsure("an answer that is no JSON") from error
    text = answer.get("text") if isinstance(answer, Mapping) else None
    if not isinstance(text, str):
        raise Unsure("an answer without text")
    # Half a surrogate pair can be told in JSON and sent nowhere.
    readable = _UNPRINTABLE.sub(" ", text.encode(errors="replace").decode())
    return " ".join(readable.split())[:TRANSCRIPT_KEPT]
