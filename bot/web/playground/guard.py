"""Who may talk to the playground: this machine's own pages and programs.

The server listens on loopback, yet any site open in the browser can send requests there. Three doors are shut: to a
foreign name that resolves to 127.0.0.1 (DNS rebinding shows in the Host header), to a foreign page that posts (Origin),
and to one that makes the browser fetch (Sec-Fetch-Site). A link to the page itself is welcome.
"""

from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# What a browser says of a request that this page, or nobody's page, asked for; programs say nothing.
OWN_SITES = frozenset({"same-origin", "none"})
# The page loads nothing from elsewhere and runs nothing inline; nobody may frame it.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def is_local(authority: str) -> bool:
    """Whether `host[:port]` names this machine by a name nobody else can claim."""
    try:
        return urlsplit(f"//{authority}").hostname in LOOPBACK
    except ValueError:
        return False


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses foreign hosts and foreign origins with 403; marks every answer with the page's policy."""
    if not is_local(request.headers.get("Host", "")):
        raise web.HTTPForbidden(text="The playground answers to localhost only.\n")
    if request.path != "/" and request.headers.get("Sec-Fetch-Site", "none") not in OWN_SITES:
        raise web.HTTPForbidden(text="The playground answers to its own page only.\n")
    origin = request.headers.get("Origin")
    if request.method not in {"GET", "HEAD"} and origin is not None and origin != f"http://{request.headers['Host']}":
        raise web.HTTPForbidden(text="The playground answers to its own page only.\n")
    return await handler(request)


async def harden(request: web.Request, response: web.StreamResponse) -> None:
    """A signal on_response_prepare: the policy goes with every answer, streams included."""
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers.setdefault("Cache-Control", "no-store")
