"""A process of the app, as far as the embedded store sees one: `tenant.py DATA BINARY`.

Starts the store, says `started <pid of the server>`, and stays until its standard input ends; then leaves in good order
and says `last` or `left`. On Ctrl-C it first goes on storing for a while, as an app that drains does.
"""

import asyncio
import signal
import sys
from pathlib import Path

from redis.asyncio import Redis

from bot.store.embedded import EmbeddedServer


async def main(data: str, binary: str) -> None:
    loop, leave = asyncio.get_running_loop(), asyncio.Event()
    interrupted = False

    def interrupt() -> None:
        nonlocal interrupted
        interrupted = True
        leave.set()

    loop.add_signal_handler(signal.SIGINT, interrupt)
    loop.add_reader(sys.stdin, leave.set)
    server = EmbeddedServer(Path(data), binary=binary)
    async with Redis.from_url(await server.start()) as client:
        print("started", (await client.info("server"))["process_id"], flush=True)
        await leave.wait()
        if interrupted:
            enough = loop.time() + 0.4  # a server that heard the Ctrl-C would notice it ten times a second
            while loop.time() < enough:
                await client.incr("drained")
    print("last" if await server.stop() else "left", flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
