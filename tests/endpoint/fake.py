"""A small true endpoint over real HTTP: it records what it is asked and answers what was put in its mouth."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from tests.serving import serving_app

Json = dict[str, object]


@dataclass(frozen=True)
class Reply:
    """An answer; `cut` hangs up in the middle of it, `held` keeps it back until the endpoint closes."""

    status: int = 200
    body: bytes = b""
    location: str = ""
    cut: bool = False
    held: bool = False


def says(content: object) -> Reply:
    """A completion whose one choice says `content`: a JSON value, or a text as it is."""
    text = content if isinstance(content, str) else json.dumps(content)
    choice: Json = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return Reply(body=json.dumps({"id": "c1", "object": "chat.completion", "choices": [choice]}).encode())


def opinion(label: str, reason: str = "model", confidence: float = 0.9) -> Reply:
    return says({"label": label, "confidence": confidence, "reason": reason})


@dataclass
class Endpoint:
    """`asked` are the questions' bodies in order, `headers` what came with them; the last reply is given again."""

    replies: list[Reply] = field(default_factory=lambda: [opinion("routine")])
    asked: list[Json] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.paths.append(request.path)
        self.headers.append(dict(request.headers))
        self.asked.append(await request.json())
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if reply.held:
            await self.closing.wait()
        headers = {"Location": reply.location} if reply.location else {}
        response = web.StreamResponse(status=reply.status, headers=headers)
        response.content_length = len(reply.body)
        await response.prepare(request)
        await response.write(reply.body[:10] if reply.cut else reply.body)
        if reply.cut and request.transport is not None:
            request.transport.abort()
        return response


@asynccontextmanager
async def serving(endpoint: Endpoint) -> AsyncIterator[str]:
    """The endpoint's base URL, while it is up."""
    app = web.Application()
    app.router.add_post("/{path:.*}", endpoint.answer)
    async with serving_app(app) as url:
        try:
            yield f"{url}/v1"
        finally:
            endpoint.closing.set()
