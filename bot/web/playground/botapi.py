"""The Bot API over HTTP: `/bot<TOKEN>/<method>` and `/file/bot<TOKEN>/<path>`, answered from the stand-in's state.

Reads what a real client sends (query, urlencoded, multipart, JSON), long-polls getUpdates, and fails on order. Real
Telegram is the measure: one poll at a time (an older one ends with 409), none beside a webhook, names of methods in any
case, 404 for what does not exist.
"""

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.web_request import FileField

from bot.web.playground.asking import ASKING
from bot.web.playground.changing import CHANGING
from bot.web.playground.faults import Fault, Faults
from bot.web.playground.sending import SENDING, Method
from bot.web.playground.state import Telegram
from bot.web.playground.wire import ApiError, Call, Json, Upload, bad

METHODS: dict[str, Method] = {**ASKING, **SENDING, **CHANGING}
NAMES = {name.lower(): name for name in (*METHODS, "getUpdates", "close", "logOut")}
UPLOAD_LIMIT = 50 * 1024 * 1024  # bots may send files up to 50 MB
POLL_LIMIT = 100  # updates in one answer
POLL_SECONDS = 50  # the longest Telegram holds a poll
CALLS_REMEMBERED = 20_000
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(slots=True)
class BotApi:
    """The HTTP side of one bot. `calls` are the latest calls that arrived, whether they succeeded or not."""

    telegram: Telegram
    faults: Faults
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=CALLS_REMEMBERED))
    closing: bool = False
    _poll: int = 0

    def add_to(self, app: web.Application) -> None:
        app.router.add_route("*", "/bot{token}/{method}", self.answer)
        app.router.add_get("/file/bot{token}/{path:.+}", self.download)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request)
            call = await read_call(request)
        except ApiError as refusal:
            return _json(refusal.code, refusal.wire())
        self.calls.append(call)
        self.telegram.bell.ring()
        fault = self.faults.next_for(call)
        if fault is None:
            return await self._carry_out(call, request)
        return await self._fail(fault, call, request)

    async def download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request)
        except ApiError as refusal:
            return _json(refusal.code, refusal.wire())
        stored = self.telegram.files.at(request.match_info["path"])
        if stored is None:
            return _json(404, ApiError(404, "Not Found").wire())
        return web.Response(body=stored.data, content_type="application/octet-stream")

    def close(self) -> None:
        """Ends every open poll, so that the server can stop."""
        self.closing = True
        self.telegram.bell.ring()

    def _check_token(self, request: web.Request) -> None:
        if request.match_info["token"] != self.telegram.token:
            raise ApiError(401, "Unauthorized")

    async def _carry_out(self, call: Call, request: web.Request) -> web.StreamResponse:
        try:
            if call.method == "getUpdates":
                return _json(200, {"ok": True, "result": await self._get_updates(call)})
            method = METHODS.get(call.method)
            if method is None:
                raise ApiError(404, "Not Found: method not found")
            return _json(200, {"ok": True, "result": method(self.telegram, call)})
        except ApiError as refusal:
            return _json(refusal.code, refusal.wire())
        except ConnectionAbortedError:
            return _hang_up(request)

    async def _fail(self, fault: Fault, call: Call, request: web.Request) -> web.StreamResponse:
        if fault.gate is not None:
            await fault.gate.pass_through()
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.passes:
            return await self._carry_out(call, request)
        if fault.applied:
            await self._carry_out(call, request)
        if fault.cut:
            return _hang_up(request)
        if fault.body:
            return web.Response(status=fault.status, text=fault.body, content_type="text/html")
        return _json(fault.status, fault.error().wire())

    async def _get_updates(self, call: Call) -> list[Json]:
        if self.telegram.webhook:
            raise ApiError(409, WEBHOOK_ACTIVE)
        updates = self.telegram.updates
        updates.allow(call.words("allowed_updates"))
        updates.confirm(call.whole("offset"), self.telegram.now())
        limit = min(max(call.whole("limit", POLL_LIMIT), 1), POLL_LIMIT)
        self._poll += 1
        mine = self._poll
        self.telegram.bell.ring()
        loop = asyncio.get_running_loop()
        until = loop.time() + min(call.whole("timeout"), POLL_SECONDS)
        while len(updates) == 0 and not self.closing:
            try:
                async with asyncio.timeout_at(until):
                    await self.telegram.bell.heard()
            except TimeoutError:
                break
            if mine != self._poll:
                raise ApiError(409, OTHER_POLL)
            if self.faults.is_cut():
                raise ConnectionAbortedError
        return updates.pending(limit)


async def read_call(request: web.Request) -> Call:
    """The call in a request, whatever form the client chose. Raises ApiError for an unreadable body."""
    method = request.match_info["method"]
    fields: dict[str, object] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json" and request.can_read_body:
        try:
            body = await request.json()
        except ValueError:
            raise bad("can't parse JSON object") from None
        if isinstance(body, dict):
            fields |= body
    elif request.method == "POST":
        for name, value in (await request.post()).items():
            if isinstance(value, FileField):
                uploads[name] = Upload(value.filename, value.content_type, value.file.read())
            elif isinstance(value, bytes | bytearray):
                uploads[name] = Upload(name, "", bytes(value))
            else:
                fields[name] = value
    return Call(NAMES.get(method.lower(), method), fields, uploads)


def _json(status: int, body: Json) -> web.Response:
    return web.Response(
        status=status, text=json.dumps(body, ensure_ascii=False), content_type="application/json", charset="utf-8"
    )


def _hang_up(request: web.Request) -> web.Response:
    """Drops the connection without a word: the client learns nothing, not even whether it was heard."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
