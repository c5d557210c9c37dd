"""Small true fakes: a Bot API over real HTTP that can refuse, stumble and hang up, and what intake asks the store."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiogram import Bot
from aiohttp import web

from bot.channels.telegram.line import make_bot
from tests.serving import serving_app

TOKEN = "7000001:AAE-a_secret-that_nobody-may_see"
SECRET = TOKEN.partition(":")[2]
Json = dict[str, object]

UPDATES: dict[str, Json] = {
    line["case"]: line["update"]
    for line in map(json.loads, (Path(__file__).parent / "updates.jsonl").read_text().splitlines())
}
"""Updates as Telegram sends them, by name of the case."""


@dataclass(frozen=True)
class Reply:
    """What the API answers with: JSON, or a text that is none; `cut` hangs up, `hang` never answers."""

    status: int = 200
    body: str = ""
    cut: bool = False
    hang: bool = False


CUT = Reply(cut=True)
HANG = Reply(hang=True)
HTML = Reply(502, "<html><head><title>502 Bad Gateway</title></head></html>")


def ok(result: object) -> Reply:
    return Reply(200, json.dumps({"ok": True, "result": result}))


def no(code: int, description: str, retry_after: int = 0) -> Reply:
    body: Json = {"ok": False, "error_code": code, "description": description}
    if retry_after:
        body["parameters"] = {"retry_after": retry_after}
    return Reply(code, json.dumps(body))


@dataclass
class BotApi:
    """Records every call and answers with what was put in its mouth, or else as Telegram does when all is well."""

    calls: list[tuple[str, Json]] = field(default_factory=list)
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    updates: list[object] = field(default_factory=list)
    last_id: int = 500
    fresh: asyncio.Event = field(default_factory=asyncio.Event)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    def answer(self, method: str, *replies: Reply) -> None:
        """The next answers to `method`, one a call."""
        self.replies.setdefault(method, []).extend(replies)

    def said(self, method: str) -> list[Json]:
        return [fields for name, fields in self.calls if name == method]

    async def serve_one(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        form = await request.post()
        fields = {key: _decoded(key, str(value)) for key, value in form.items()}
        self.calls.append((method, fields))
        queue = self.replies.get(method)
        reply = queue.pop(0) if queue else await self._all_is_well(method, fields)
        if reply.cut and request.transport is not None:
            request.transport.abort()
        if reply.hang:
            await self.closing.wait()
        kind = "application/json" if reply.body.startswith("{") else "text/html"
        return web.Response(status=reply.status, text=reply.body, content_type=kind)

    async def _all_is_well(self, method: str, fields: Json) -> Reply:
        match method:
            case "sendMessage" | "sendPhoto" | "copyMessage":
                return ok({"message_id": self._next_id()})
            case "copyMessages":
                asked = fields["message_ids"]
                assert isinstance(asked, list)
                return ok([{"message_id": self._next_id()} for _ in asked])
            case "getUpdates":
                return await self._fresh_updates(fields)
            case _:
                return ok(result=True)

    async def _fresh_updates(self, fields: Json) -> Reply:
        offset = fields.get("offset", 0)
        assert isinstance(offset, int)
        while True:
            batch = [each for each in self.updates if not isinstance(each, dict) or each.get("update_id", 0) >= offset]
            if batch or self.closing.is_set():
                return ok(batch[:100])
            self.fresh.clear()
            await self.fresh.wait()

    def _next_id(self) -> int:
        self.last_id += 1
        return self.last_id


@asynccontextmanager
async def serving(api: BotApi) -> AsyncIterator[str]:
    """The API's URL, while it is up."""
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", api.serve_one)
    async with serving_app(app) as url:
        try:
            yield url
        finally:
            api.closing.set()
            api.fresh.set()


@asynccontextmanager
async def bot_at(url: str) -> AsyncIterator[Bot]:
    """A real aiogram bot for the API at `url`."""
    bot = make_bot(TOKEN, url)
    try:
        yield bot
    finally:
        # Not bot.session.close(), which sleeps a quarter of a second for TLS connections that are not there.
        session = bot.session
        await (await session.create_session()).close()  # type: ignore[attr-defined]


class Folders:
    """The store, as far as intake asks it. Message 50 of the owner's chat is about tg:1001."""

    def __init__(self, shown: Mapping[str, str] | None = None, items: Mapping[tuple[str, str], int] | None = None):
        self._shown = {"50": "tg:1001"} if shown is None else shown
        self._items = {("tg:1001", "41"): 3} if items is None else items

    async def item_of(self, desk: str, client: str, message: str) -> int:
        return self._items.get((client, message), 0)

    async def shown(self, desk: str, message: str) -> str:
        return self._shown.get(message, "")


def _decoded(key: str, value: str) -> object:
    if key in {"text", "caption", "callback_query_id"}:
        return value
    try:
        decoded: object = json.loads(value)
    except ValueError:
        return value
    return decoded
