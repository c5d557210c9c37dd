"""A small true machine that listens: OpenAI's protocol for audio over real HTTP, with answers put in its mouth."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.web_request import FileField

from tests.serving import serving_app


@dataclass(frozen=True)
class Answer:
    """What it answers with; `cut` hangs up, `hang` never answers."""

    status: int = 200
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    hang: bool = False


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    key: str
    model: str
    form: str
    name: str
    sound: bytes


@dataclass
class Listener:
    """Gives its answers one after the other, the last one for ever; without any it hears nothing."""

    answers: list[Answer] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        file = form["file"]
        assert isinstance(file, FileField)
        key = request.headers.get("Authorization", "")
        told = (str(form["model"]), str(form["response_format"]), file.filename, file.file.read())
        self.asked.append(Asked(request.path, key, *told))
        self.heard.set()
        answer = saying("") if not self.answers else self.answers[0]
        if len(self.answers) > 1:
            self.answers.pop(0)
        if answer.cut and request.transport is not None:
            request.transport.abort()
        if answer.hang:
            await self.closing.wait()
        return web.Response(status=answer.status, text=answer.body, headers=dict(answer.headers))


def saying(words: str) -> Answer:
    return Answer(body=json.dumps({"text": words}, ensure_ascii=False))


@asynccontextmanager
async def listening(listener: Listener) -> AsyncIterator[str]:
    """The URL of the machine, while it is up."""
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_post("/v1/audio/transcriptions", listener.answer)
    async with serving_app(app) as url:
        try:
            yield url
        finally:
            listener.closing.set()
