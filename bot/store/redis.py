"""The store, on the Redis protocol. One implementation for an external server and for the embedded one.

Key map. Every desk lives in one of 64 shards; `{v17}` is the shard and the Cluster hash tag, so that a commit stays in
one slot. Times in scores are milliseconds since the epoch.

    {v}:thread:<desk>:<client>   hash  version, thread (JSON), due (promised in a window) permanent
    {v}:changes:<desk>           hash  version, changes (JSON), touched                   permanent
    {v}:ledger:<desk>:<client>   stream of entries (JSON), ids by time                    permanent
    {v}:folder:<desk>:<client>   hash  message id -> item and message (JSON)              permanent
    {v}:order:<desk>:<client>    zset  <place>:<message id> by item                       permanent
    {v}:clients:<desk>           hash  client -> name                                     permanent
    {v}:lessons:<desk>           hash  item|client -> lesson of the owner's (JSON)        permanent, the newest 200
    {v}:taught:<desk>            zset  item|client by the time of the lesson              permanent, the newest 200
    {v}:board:<desk>             hash  client -> row of the digest (JSON), open ones only permanent
    {v}:aside:<desk>             zset  client by when spam of theirs was last set aside   permanent, the latest 200
    {v}:due:<desk>               zset  promised moment (ms) by how many are promised it   permanent, open ones only
    {v}:wakes                    zset  <desk>|<client> by the time they want to be woken  permanent
    {v}:outbox                   hash  outgoing id -> outgoing (JSON)                     permanent, emptied by sending
    {v}:tries                    hash  outgoing id -> leases so far                       permanent, emptied by sending
    {v}:queue:<lane>             zset  <place>|<outgoing id> by urgency                   permanent, emptied by sending
    {v}:ready:urgent, :calm      zset  lane by the time from which it may be written to   permanent, emptied by sending
    {v}:leased                   set   lanes whose next outgoing a worker has in hand     permanent, emptied by sending
    {v}:sequence                 counter of outgoings                                     permanent
    {v}:dead:<desk>              list of updates that could not be handled (JSON)         permanent, the last 10,000
    {v}:handled:<event>          the event was committed                                  expires after 25 h
    {v}:shown:<desk>:<message>   client whom a message in the owner's chat is about       expires after 400 d
    {v}:pace:<lane>              when the chat may be written to again                    expires after a second

Every write is one script, and repeating it does nothing: a commit is recognised by its event, a settling by its place.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast
from zlib import crc32

from redis.asyncio import Redis
from redis.commands.core import AsyncScript

from bot.core.aside import row_of
from bot.core.changes import Changes
from bot.core.events import Filed
from bot.core.ledger import Entry
from bot.core.lessons import KEPT, Lesson
from bot.core.notices import Outgoing
from bot.core.owner_notices import SetAside, Waiting
from bot.core.thread import Thread
from bot.ports import Commit, Conflict, DeskCommit, Leased, Wake
from bot.store.codec import decode, decode_outgoing, encode, encode_outgoing
from bot.store.connection import connect as connect
from bot.store.connection import translated as _translated

SHARDS = 64
# Telegram keeps an undelivered update for 24 hours: within that time the same one may come again.
REMEMBER = timedelta(hours=25)
# How long the owner can still answer by replying to something that was shown.
SHOWN = timedelta(days=400)
# Longer than a request may take: afterwards its worker is taken for dead.
LEASE = timedelta(seconds=25)
# About one message a second to one chat (TELEGRAM.md).
PACE = timedelta(seconds=1)
DEAD_LETTERS = 10_000
# So many strangers can be brought back from the list; what others sent still lies in their folders.
ASIDE_LISTED = 200

_SCRIPTS = Path(__file__).parent / "scripts"


def shard_of(desk: str) -> int:
    """The shard in which a desk lives."""
    return crc32(desk.encode()) % SHARDS


class RedisStore:
    """`ports.Store` on a Redis or Valkey server, for the shards that this process serves.

    `lease` is after what silence, by the clock that the callers read, a worker is taken for dead.
    """

    def __init__(
        self, client: Redis, shards: Sequence[int] = tuple(range(SHARDS)), *, lease: timedelta = LEASE
    ) -> None:  # fmt: skip
        self._client = client
        self._shards = tuple(shards)
        self._lease_time = _ms_of(lease)
        enqueue = (_SCRIPTS / "enqueue.lua").read_text()

        def script(name: str) -> AsyncScript:
            text = (_SCRIPTS / f"{name}.lua").read_text().replace("--@enqueue", enqueue)
            return client.register_script(text)

        self._commit = script("commit")
        self._commit_desk = script("commit_desk")
        self._wake = script("wake")
        self._lease = script("lease")
        self._settle = script("settle")
        self._postpone = script("postpone")
        self._free = script("free")

    async def ping(self) -> None:
        """Raises `StoreDown` when the server does not answer."""
        async with _translated():
            await self._client.ping()

    async def close(self) -> None:
        await self._client.aclose()
        await self._client.connection_pool.disconnect()

    # What is known

    async def thread(self, desk: str, client: str) -> Thread:
        return (await self.standing(desk, client))[1]

    async def changes(self, desk: str) -> Changes:
        async with _translated():
            found = await self._client.hmget(_key(desk, "changes", desk), _CHANGES)
        return _changes_of(cast("_Fields", found))

    async def standing(self, desk: str, client: str) -> tuple[Changes, Thread]:
        async with _translated(), self._client.pipeline(transaction=False) as pipe:
            pipe.hmget(_key(desk, "changes", desk), _CHANGES)
            pipe.hmget(_key(desk, "thread", desk, client), ["version", "thread"])
            changes, (version, text) = await pipe.execute()
        thread = Thread(desk, client) if text is None else decode(text, Thread)
        return _changes_of(changes), replace(thread, version=int(version or 0))

    async def item_of(self, desk: str, client: str, message: str) -> int:
        async with _translated():
            found = await self._client.hget(_key(desk, "folder", desk, client), message)
        return decode(found, Filed).item if found else 0

    async def folder(self, desk: str, client: str, first: int, last: int) -> tuple[Filed, ...]:
        async with _translated():
            order = await self._client.zrangebyscore(_key(desk, "order", desk, client), first, last)
            ids = [place.decode().partition(":")[2] for place in cast("list[bytes]", order)]
            found = await self._client.hmget(_key(desk, "folder", desk, client), ids) if ids else []
        return tuple(decode(text, Filed) for text in found if text)

    async def ledger(self, desk: str, client: str) -> tuple[Entry, ...]:
        async with _translated():
            found = await self._client.xrange(_key(desk, "ledger", desk, client))
        rows = cast("list[tuple[bytes, dict[bytes, bytes]]]", found)
        return tuple(decode(fields[b"entry"], Entry) for _, fields in rows)

    async def clients(self, desk: str) -> dict[str, str]:
        async with _translated():
            found = cast("dict[bytes, bytes]", await self._client.hgetall(_key(desk, "clients", desk)))
        return {client.decode(): name.decode() for client, name in found.items()}

    async def ledgers_between(
        self, desk: str, clients: Sequence[str], start: datetime, end: datetime
    ) -> dict[str, tuple[Entry, ...]]:
        async with _translated(), self._client.pipeline(transaction=False) as pipe:
            for client in clients:
                pipe.xrange(_key(desk, "ledger", desk, client), _ms(start), _ms(end))
            found = await pipe.execute()
        return {
            client: tuple(decode(fields[b"entry"], Entry) for _, fields in rows)
            for client, rows in zip(clients, found, strict=True)
        }

    async def full(self, desk: str, capacity: int) -> frozenset[datetime]:
        async with _translated():
            found = await self._client.zrangebyscore(_key(desk, "due", desk), capacity, "+inf")
        moments = cast("list[bytes]", found)
        return frozenset(datetime.fromtimestamp(int(moment) / 1000, UTC) for moment in moments)

    async def lessons(self, desk: str) -> tuple[Lesson, ...]:
        async with _translated():
            found = await self._client.hvals(_key(desk, "lessons", desk))
        return tuple(decode(lesson, Lesson) for lesson in found)

    async def board(self, desk: str) -> tuple[Waiting, ...]:
        async with _translated():
            rows = await self._client.hvals(_key(desk, "board", desk))
        return tuple(decode(row, Waiting) for row in rows)

    async def aside(self, desk: str) -> tuple[SetAside, ...]:
        async with _translated():
            clients = cast("list[bytes]", await self._client.zrange(_key(desk, "aside", desk), 0, -1, desc=True))
            async with self._client.pipeline(transaction=False) as pipe:
                for client in clients:
                    pipe.hget(_key(desk, "thread", desk, client.decode()), "thread")
                found = await pipe.execute() if clients else []
        rows = (row_of(decode(text, Thread)) for text in found if text)
        return tuple(row for row in rows if row is not None)

    async def shown(self, desk: str, message: str) -> str:
        async with _translated():
            found = cast("bytes | None", await self._client.get(_key(desk, "shown", desk, message)))
        return found.decode() if found else ""

    # What is decided

    async def commit(self, commit: Commit) -> bool:
        thread = commit.thread
        desk, client = thread.desk, thread.client
        keys = [
            _key(desk, "handled", commit.event),
            _key(desk, "thread", desk, client),
            _key(desk, "ledger", desk, client),
            _key(desk, "folder", desk, client),
            _key(desk, "order", desk, client),
            *_shared_keys(desk),
        ]
        decided = {
            "version": thread.version,
            "thread": encode(thread),
            "client": client,
            "name": thread.name,
            "due": _ms(thread.promise.due) if thread.promise and not thread.promise.own else None,
            "entries": [encode(entry) for entry in commit.entries],
            "filed": [
                {"message": filed.message.id, "item": filed.item, "json": encode(filed)} for filed in commit.filed
            ],
            "waiting": encode(commit.waiting) if commit.waiting else None,
            "aside": _ms(thread.aside.latest) if thread.aside else None,
            "aside_listed": ASIDE_LISTED,
            "wake": _ms(commit.wakes_at) if commit.wakes_at else None,
            "woken": f"{desk}|{client}",
            "desk_wake": _ms(commit.desk_wakes_at) if commit.desk_wakes_at else None,
            "desk": desk,
            "lesson": _lesson_part(commit.lesson) if commit.lesson else None,
            **_outgoing_part(commit.outgoings, commit.at),
        }
        return await self._run(self._commit, keys, decided, desk)

    async def commit_desk(self, commit: DeskCommit) -> bool:
        desk = commit.desk
        unused = _key(desk, "sequence")
        keys = [_key(desk, "handled", commit.event), _key(desk, "changes", desk), *[unused] * 3, *_shared_keys(desk)]
        decided = {
            "version": commit.changes.version,
            "touched": commit.changes.touched,
            "changes": encode(commit.changes),
            "wake": _ms(commit.wakes_at) if commit.wakes_at else None,
            "woken": f"{desk}|",
            "rouses": commit.rouses,
            "desk": desk,
            "forgotten": commit.forgotten,
            **_outgoing_part(commit.outgoings, commit.at),
        }
        return await self._run(self._commit_desk, keys, decided, desk)

    async def _run(self, script: AsyncScript, keys: list[str], decided: dict[str, object], desk: str) -> bool:
        # cjson reads null as a truthy value of its own: what is absent stays out.
        told = encode({name: value for name, value in decided.items() if value is not None})
        async with _translated():
            answer = await script(keys=keys, args=[told, _key(desk, "")])
        if answer == b"conflict":
            raise Conflict(desk)
        return bool(answer == b"ok")

    async def free_leases(self, before: datetime) -> None:
        """Free what was leased `before` that moment, for who knows that its workers are gone and need not wait."""
        async with _translated():
            for shard in self._shards:
                keys = [_shard_key(shard, name) for name in ("leased", "ready:urgent", "ready:calm", "wakes")]
                await self._free(keys=keys, args=[_ms(before), _ms(before + LEASE)])

    # Time passing

    async def wake_due(self, now: datetime, limit: int) -> tuple[Wake, ...]:
        due: list[bytes] = []
        async with _translated():
            for shard in self._shards:
                args = [_ms(now), limit - len(due), self._lease_time]
                due += await self._wake(keys=[_shard_key(shard, "wakes")], args=args)
        pairs = (member.decode().partition("|") for member in due)
        return tuple(Wake(desk, client) for desk, _, client in pairs)

    async def next_wake(self) -> datetime | None:
        return await self._earliest("wakes")

    # The way out

    async def lease(self, now: datetime, limit: int) -> tuple[Leased, ...]:
        leased: list[Leased] = []
        async with _translated():
            for shard in self._shards:
                found = await self._lease(
                    keys=[_shard_key(shard, "outbox"), _shard_key(shard, "tries")],
                    args=[_ms(now), limit - len(leased), self._lease_time, _shard_key(shard, "")],
                )
                leased += [
                    Leased(decode_outgoing(body), int(tries), place.decode())
                    for body, place, tries in zip(found[::3], found[1::3], found[2::3], strict=True)
                ]
        return tuple(leased)

    async def next_outgoing(self) -> datetime | None:
        return await self._earliest("ready:urgent", "ready:calm")

    async def settle(self, leased: Leased, now: datetime, sent: Sequence[str]) -> None:
        out = leased.outgoing
        desk, lane = out.desk, out.lane
        # A toast is not a message: its lane ends with it.
        pace = PACE if lane == out.to else timedelta(0)
        shown = [_key(desk, "shown", desk, message) for message in sent] if out.client and out.client != out.to else []
        async with _translated():
            await self._settle(
                keys=[_key(desk, "outbox"), _key(desk, "tries"), _key(desk, "queue", lane), _key(desk, "pace", lane)],
                args=[
                    leased.place, lane, _ms(now + pace), _ms_of(pace), _key(desk, ""), _ms_of(SHOWN), out.client, *shown
                ],
            )  # fmt: skip

    async def postpone(self, leased: Leased, until: datetime) -> None:
        desk, lane = leased.outgoing.desk, leased.outgoing.lane
        keys = [_key(desk, name) for name in (f"queue:{lane}", "ready:urgent", "ready:calm", "leased")]
        async with _translated():
            await self._postpone(keys=keys, args=[leased.place, lane, _ms(until)])

    async def bury(self, desk: str, event: str, raw: str, error: str, at: datetime) -> None:
        letter = encode({"event": event, "raw": raw, "error": error, "at": at})
        key = _key(desk, "dead", desk)
        async with _translated(), self._client.pipeline(transaction=True) as pipe:
            pipe.lrem(key, 0, letter)  # of a first try whose reply was lost
            pipe.rpush(key, letter)
            pipe.ltrim(key, -DEAD_LETTERS, -1)
            await pipe.execute()

    async def _earliest(self, *names: str) -> datetime | None:
        async with _translated(), self._client.pipeline(transaction=False) as pipe:
            for shard in self._shards:
                for name in names:
                    pipe.zrange(_shard_key(shard, name), 0, 0, withscores=True)
            heads = await pipe.execute()
        scores = [head[0][1] for head in heads if head]
        return datetime.fromtimestamp(min(scores) / 1000, UTC) if scores else None


_Fields = list[bytes | None]
_CHANGES = ["version", "changes", "touched"]


def _changes_of(fields: _Fields) -> Changes:
    version, text, touched = fields
    stored = Changes() if text is None else decode(text, Changes)
    return replace(stored, version=int(version or 0), touched=int(touched or 0))


def _lesson_part(lesson: Lesson) -> dict[str, object]:
    return {"key": lesson.key, "at": _ms(lesson.at), "json": encode(lesson), "kept": KEPT}


def _outgoing_part(outgoings: tuple[Outgoing, ...], at: datetime) -> dict[str, object]:
    return {
        "remember": _ms_of(REMEMBER),
        "at": _ms(at),
        "outgoings": [
            {"id": out.id, "lane": out.lane, "urgent": out.urgent, "json": encode_outgoing(out)} for out in outgoings
        ],
    }


def _shared_keys(desk: str) -> list[str]:
    return [_key(desk, "board", desk), *(_key(desk, name) for name in ("wakes", "outbox", "sequence"))]


def _key(desk: str, *parts: str) -> str:
    return _shard_key(shard_of(desk), *parts)


def _shard_key(shard: int, *parts: str) -> str:
    return ":".join((f"{{v{shard}}}", *parts))


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _ms_of(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)
