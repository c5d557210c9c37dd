"""What an endpoint answers, read with a bound: a stranger's machine must not fill our memory."""

from aiohttp import StreamReader

_CHUNK = 8192


async def read_bounded(content: StreamReader, most: int) -> bytes | None:
    """The whole body; None where it has more than `most` bytes, which are then left unread."""
    body = bytearray()
    async for chunk in content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)
