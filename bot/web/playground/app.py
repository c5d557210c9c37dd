"""The playground as a web app: the page, its JSON under /play/, and the Bot API stand-in, all on one port.

    app = create_app(standin, clock, explainer, owner=anna, clients=(maria, pavel), zone="Europe/Moscow")

The caller binds it to 127.0.0.1 and points the bot at the same port (TELEGRAM_API_URL).
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from aiohttp import web
from aiohttp.typedefs import Handler
from aiohttp.web_request import FileField

from bot.web.playground.botapi import UPLOAD_LIMIT
from bot.web.playground.chats import Person
from bot.web.playground.guard import guard, harden
from bot.web.playground.moments import PastError
from bot.web.playground.play import Act, Asked, Play
from bot.web.playground.ports import Explainer, Turnable
from bot.web.playground.standin import StandIn
from bot.web.playground.wire import ApiError, Upload

PAGE = Path(__file__).parent / "page"
PAGE_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
HEARTBEAT = 15.0  # seconds between signs of life on the event stream
# Media a browser may show in place; everything else is offered as a download.
SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def create_app(
    standin: StandIn,
    clock: Turnable,
    explainer: Explainer,
    *,
    owner: Person,
    clients: Sequence[Person],
    zone: str,
) -> web.Application:
    """The whole playground. `zone` is the owner's IANA zone, in which the clock bar is read and set.

    The owner has started the bot already, as Telegram demands before a bot may write; clients have yet to.
    """
    for person in (owner, *clients):
        standin.add(person, started=person.id == owner.id)
    site = Site(Play(standin, clock, explainer, owner, list(clients), ZoneInfo(zone)))
    app = web.Application(client_max_size=UPLOAD_LIMIT, middlewares=[guard, refuse])
    app.on_response_prepare.append(harden)
    app.on_shutdown.append(site.close)
    standin.api.add_to(app)
    app.add_routes(
        [
            web.get("/", site.index),
            web.get("/page/{name}", site.asset),
            web.get("/play/state", site.state),
            web.get("/play/events", site.events),
            web.get("/play/why", site.why),
            web.get("/play/file/{id}", site.file),
            web.post("/play/upload", site.upload),
            web.post("/play/{act}", site.act),
        ]
    )
    return app


@web.middleware
async def refuse(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns what Play raises into an answer the page can show."""
    try:
        return await handler(request)
    except ApiError as refusal:
        return web.json_response({"error": refusal.description}, status=409)
    except PastError:
        return web.json_response({"error": "past"}, status=409)
    except LookupError as missing:
        return web.json_response({"error": str(missing)}, status=404)
    except ValueError as nonsense:
        return web.json_response({"error": str(nonsense)}, status=400)


@dataclass(slots=True)
class Site:
    """The handlers around one Play."""

    play: Play
    _closing: bool = False

    async def close(self, _: web.Application) -> None:
        """Ends open polls and event streams, so that the server can stop at once."""
        self._closing = True
        self.play.standin.api.close()

    async def index(self, _: web.Request) -> web.StreamResponse:
        return _page_file("index.html")

    async def asset(self, request: web.Request) -> web.StreamResponse:
        return _page_file(request.match_info["name"])

    async def state(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(self.play.state(_client(request)))

    async def why(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(await self.play.why(_client(request)))

    async def act(self, request: web.Request) -> web.StreamResponse:
        act: Act | None = self.play.acts.get(request.match_info["act"])
        if act is None:
            raise web.HTTPNotFound
        # A plain form of a foreign page cannot send JSON without asking first, and is not answered when it asks.
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        body = await request.json()
        return web.json_response(await act(Asked(body if isinstance(body, dict) else {})))

    async def upload(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        files = [
            Upload(each.filename, each.content_type, each.file.read())
            for each in form.getall("file", [])
            if isinstance(each, FileField)
        ]
        answer = self.play.upload(
            int(str(form.get("person", 0))),
            str(form.get("kind", "")),
            str(form.get("caption", "")),
            int(str(form.get("reply_to") or 0)),
            files,
        )
        return web.json_response(answer)

    async def file(self, request: web.Request) -> web.StreamResponse:
        stored = self.play.standin.telegram.files.get(request.match_info["id"])
        shown = stored.mime in SHOWN
        response = web.Response(body=stored.data, content_type=stored.mime if shown else "application/octet-stream")
        response.headers["Cache-Control"] = "private, max-age=86400"
        if not shown:
            response.headers["Content-Disposition"] = "attachment"
        return response

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: the number of the newest change, now and after each one."""
        bell = self.play.standin.telegram.bell
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await stream.prepare(request)
        sent = -1
        while not self._closing:
            line = f"data: {bell.version}\n\n" if bell.version != sent else ": alive\n\n"
            sent = bell.version
            try:
                await stream.write(line.encode())
            except ConnectionError:
                break  # the page is gone
            if bell.version == sent:
                try:
                    async with asyncio.timeout(HEARTBEAT):
                        await bell.heard()
                except TimeoutError:
                    continue
        return stream


def _client(request: web.Request) -> int:
    return int(request.query.get("client", "0"))


def _page_file(name: str) -> web.StreamResponse:
    """One file of the page folder, by its plain name."""
    path = PAGE / name
    if path.parent != PAGE or path.suffix not in PAGE_TYPES or not path.is_file():
        raise web.HTTPNotFound
    return web.Response(body=path.read_bytes(), content_type=PAGE_TYPES[path.suffix], charset="utf-8")
