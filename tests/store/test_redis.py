"""The store against real servers: all or nothing, once, in order, and nothing forgotten."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis

from bot.core.changes import Changes
from bot.core.client_notices import BeingHandled, Reacted, Sign, TapHeard
from bot.core.events import Filed, Kind, Message, Recording
from bot.core.hearing import TranscriptAsked
from bot.core.ledger import Entry, Fact
from bot.core.lessons import KEPT, Lesson, Matter, Word
from bot.core.notices import Notice, Outgoing
from bot.core.owner_notices import AlarmRaised, Waiting
from bot.core.thread import Aside, Held, Line, Thread
from bot.core.verdict import Because
from bot.ports import Commit, Conflict, DeskCommit, Leased, Wake
from bot.store.codec import decode
from bot.store.redis import LEASE, PACE, RedisStore, connect, shard_of

NOW = datetime(2026, 11, 24, 8, 20, tzinfo=UTC)
DESK, CLIENT, OWNER = "1", "tg:5", "tg:1"
ALARM = AlarmRaised(CLIENT, "Иван", 1, NOW, "сайт лежит", (), None, None)


@pytest.fixture
async def store(server_url: str) -> AsyncIterator[RedisStore]:
    store = RedisStore(connect(server_url), [shard_of(DESK)])
    yield store
    await store.close()


def out(number: int, notice: Notice, to: str = CLIENT) -> Outgoing:
    return Outgoing(f"e:{number:03}", DESK, to, notice, CLIENT)


def seen(number: int, to: str = CLIENT) -> Outgoing:
    return out(number, Reacted(str(number), Sign.SEEN), to)


def commit(event: str = "e", version: int = 0, *outgoings: Outgoing, **changes: object) -> Commit:
    plain = Commit(event, Thread(DESK, CLIENT, version=version, name="Иван"), (), (), outgoings, None, None, NOW)
    return replace(plain, **changes)  # type: ignore[arg-type]


def message(number: int, text: str = "привет") -> Message:
    return Message(str(number), Kind.TEXT, text, NOW, raw='{"text":"привет"}')


async def test_a_new_client_has_an_empty_thread_at_version_0(store: RedisStore) -> None:
    assert await store.thread(DESK, CLIENT) == Thread(DESK, CLIENT)


async def test_a_commit_is_read_back_whole(store: RedisStore) -> None:
    entry = Entry(Fact.PROMISE_MADE, NOW, 1, NOW + timedelta(hours=1))
    row = Waiting(CLIENT, "Иван", 1, NOW, (), NOW)
    filed = (Filed(1, message(10)), Filed(1, message(9)))
    assert await store.commit(commit(entries=(entry,), filed=filed, waiting=row, wakes_at=NOW))
    assert await store.thread(DESK, CLIENT) == Thread(DESK, CLIENT, version=1, name="Иван")
    assert await store.ledger(DESK, CLIENT) == (entry,)
    assert await store.folder(DESK, CLIENT, 1, 1) == filed
    assert await store.board(DESK) == (row,)
    assert await store.item_of(DESK, CLIENT, "9") == 1
    assert await store.item_of(DESK, CLIENT, "8") == 0
    assert await store.next_wake() == NOW


async def test_the_same_event_twice_does_nothing(store: RedisStore) -> None:
    first = commit("e", 0, seen(1), entries=(Entry(Fact.ITEMS_DONE, NOW),))
    assert await store.commit(first)
    assert not await store.commit(replace(first, thread=replace(first.thread, version=1)))
    assert len(await store.ledger(DESK, CLIENT)) == 1
    assert len(await store.lease(NOW, 10)) == 1


async def test_a_stale_version_is_a_conflict_and_writes_nothing(store: RedisStore) -> None:
    await store.commit(commit("e1"))
    with pytest.raises(Conflict):
        await store.commit(commit("e2", 0, seen(1), filed=(Filed(1, message(1)),)))
    assert await store.folder(DESK, CLIENT, 0, 9) == ()
    assert await store.lease(NOW, 10) == ()
    assert await store.commit(commit("e2", 1)), "a refused event can still be committed"


async def test_of_racing_decisions_one_wins_each_version(store: RedisStore) -> None:
    async def add(number: int) -> None:
        while True:
            thread = await store.thread(DESK, CLIENT)
            entry = Entry(Fact.ITEM_RECEIVED, NOW, number)
            try:
                await store.commit(commit(f"e{number}", thread.version, entries=(entry,)))
            except Conflict:
                continue
            return

    await asyncio.gather(*(add(number) for number in range(30)))
    assert (await store.thread(DESK, CLIENT)).version == 30
    assert sorted(entry.item for entry in await store.ledger(DESK, CLIENT)) == list(range(30))


async def test_an_edit_keeps_its_place_in_the_folder(store: RedisStore) -> None:
    await store.commit(commit("e1", 0, filed=(Filed(1, message(1)), Filed(1, message(2)))))
    edited = Filed(1, message(1, "правка"))
    await store.commit(commit("e2", 1, filed=(edited,)))
    assert await store.folder(DESK, CLIENT, 1, 1) == (edited, Filed(1, message(2)))


async def test_a_clock_set_back_loses_no_entry(store: RedisStore) -> None:
    await store.commit(commit("e1", 0, entries=(Entry(Fact.ITEM_RECEIVED, NOW, 1),)))
    earlier = NOW - timedelta(hours=1)
    await store.commit(commit("e2", 1, entries=(Entry(Fact.ITEM_RECEIVED, earlier, 2),), at=earlier))
    assert [entry.item for entry in await store.ledger(DESK, CLIENT)] == [1, 2]


async def test_the_ledgers_of_a_stretch_of_time_are_read_for_the_clients_asked_for(store: RedisStore) -> None:
    hours = [NOW + timedelta(hours=hour) for hour in range(3)]
    for version, at in enumerate(hours):
        entries = (Entry(Fact.ITEM_RECEIVED, at, version), Entry(Fact.ITEM_JUDGED, at, version, detail="routine"))
        await store.commit(commit(f"e{version}", version, entries=entries, at=at))
    other = Thread(DESK, "tg:6", name="Калина")
    await store.commit(replace(commit("e9"), thread=other, entries=(Entry(Fact.CLIENT_LEFT, NOW),)))
    assert await store.clients(DESK) == {CLIENT: "Иван", "tg:6": "Калина"}
    read = await store.ledgers_between(DESK, (CLIENT, "tg:7"), hours[1], hours[1])
    assert {client: [entry.at for entry in entries] for client, entries in read.items()} == {
        CLIENT: [hours[1]] * 2,
        "tg:7": [],
    }
    assert await store.ledgers_between(DESK, (), NOW, NOW) == {}


async def settle(store: RedisStore, leased: tuple[Leased, ...], at: datetime = NOW) -> list[str]:
    for each in leased:
        await store.settle(each, at, ())
    return [each.outgoing.id for each in leased]


async def test_a_chat_gets_its_messages_in_order_one_a_second(store: RedisStore) -> None:
    await store.commit(commit("e", 0, seen(1), seen(2), seen(3)))
    order = []
    for second in range(3):
        at = NOW + second * PACE
        order += await settle(store, await store.lease(at, 10), at)
        assert await store.lease(at, 10) == ()
    assert order == ["e:001", "e:002", "e:003"]
    assert await store.next_outgoing() is None


async def test_the_pace_holds_for_what_is_decided_later(store: RedisStore) -> None:
    await store.commit(commit("e1", 0, seen(1)))
    await settle(store, await store.lease(NOW, 10))
    await store.commit(commit("e2", 1, seen(2)))
    assert await store.lease(NOW, 10) == ()
    assert len(await store.lease(NOW + PACE, 10)) == 1


async def test_the_urgent_goes_first_within_a_chat_and_between_chats(store: RedisStore) -> None:
    await store.commit(commit("e", 0, seen(1), seen(2, OWNER), out(3, ALARM, OWNER)))
    assert [each.outgoing.id for each in await store.lease(NOW, 10)] == ["e:003", "e:001"]


async def test_toasts_wait_for_nobody(store: RedisStore) -> None:
    await store.commit(commit("e", 0, seen(1), out(2, TapHeard("7")), out(3, TapHeard("8"))))
    assert len(await store.lease(NOW, 10)) == 3


async def test_an_errand_travels_on_a_lane_of_its_own_and_comes_back_whole(store: RedisStore) -> None:
    asked = TranscriptAsked(1, replace(message(7), recording=Recording("file", 12)), NOW + timedelta(hours=6))
    errand = Outgoing("e:009", DESK, f"ear:{DESK}", asked, CLIENT)
    await store.commit(commit("e", 0, seen(1), errand))
    leased = await store.lease(NOW, 10)
    assert {each.outgoing for each in leased} == {seen(1), errand}
    assert len(await settle(store, leased)) == 2
    assert await store.next_outgoing() is None


async def test_a_message_kept_before_there_were_transcripts_can_still_be_read() -> None:
    old = '{"id":"7","kind":"voice","text":"","sent_at":"2026-11-24T08:20:00Z","raw":"{}","album":""}'
    assert decode(f'{{"item":1,"message":{old}}}', Filed) == Filed(1, Message("7", Kind.VOICE, "", NOW))


async def test_a_leased_outgoing_comes_again_when_its_worker_died(store: RedisStore) -> None:
    await store.commit(commit("e", 0, seen(1)))
    first = (await store.lease(NOW, 10))[0]
    assert await store.lease(NOW + LEASE / 2, 10) == ()
    again = (await store.lease(NOW + LEASE, 10))[0]
    assert (first.tries, again.tries) == (0, 1)
    await store.settle(again, NOW, ())
    await store.settle(first, NOW, ())
    assert await store.lease(NOW + 2 * LEASE, 10) == ()


async def test_a_postponed_chat_waits_whole(store: RedisStore) -> None:
    await store.commit(commit("e", 0, seen(1), seen(2)))
    leased = (await store.lease(NOW, 10))[0]
    later = NOW + timedelta(seconds=40)
    await store.postpone(leased, later)
    assert await store.next_outgoing() == later
    assert await store.lease(later - timedelta(seconds=1), 10) == ()
    assert (await store.lease(later, 10))[0].outgoing.id == "e:001"


async def test_what_was_shown_to_the_owner_leads_back_to_the_client(store: RedisStore) -> None:
    await store.commit(commit("e", 0, out(1, ALARM, OWNER), out(2, BeingHandled(NOW))))
    for each in await store.lease(NOW, 10):
        await store.settle(each, NOW, ["77"])
    assert await store.shown(DESK, "77") == CLIENT
    assert await store.shown(DESK, "78") == ""


async def test_a_due_wake_up_goes_to_one_worker(store: RedisStore) -> None:
    await store.commit(commit("e", 0, wakes_at=NOW))
    assert await store.wake_due(NOW - timedelta(seconds=1), 10) == ()
    assert await store.wake_due(NOW, 10) == (Wake(DESK, CLIENT),)
    assert await store.wake_due(NOW, 10) == ()
    assert await store.wake_due(NOW + LEASE, 10) == (Wake(DESK, CLIENT),)
    await store.commit(commit("e2", 1))
    assert await store.next_wake() is None


async def test_a_changed_desk_rouses_the_threads_that_are_open(store: RedisStore) -> None:
    later = NOW + timedelta(hours=5)
    await store.commit(commit("e", 0, waiting=Waiting(CLIENT, "Иван", 1, NOW, (), later), wakes_at=later))
    changes = Changes(digested=NOW)
    assert await store.commit_desk(DeskCommit("d", DESK, changes, (), later, True, NOW))
    assert await store.changes(DESK) == replace(changes, version=1)
    assert await store.wake_due(NOW, 10) == (Wake(DESK, CLIENT),)
    assert set(await store.wake_due(later, 10)) == {Wake(DESK, ""), Wake(DESK, CLIENT)}
    with pytest.raises(Conflict):
        await store.commit_desk(DeskCommit("d2", DESK, changes, (), None, False, NOW))


async def test_a_lesson_takes_the_place_of_an_earlier_one_about_the_same_item_and_can_be_forgotten(
    store: RedisStore,
) -> None:
    calm = Lesson(CLIENT, 3, False, NOW, Matter(("meeting",), (Word("встреча", "Встреча"),)), "Иван")
    urgent, other = replace(calm, urgent=True, at=NOW + timedelta(minutes=1)), replace(calm, client="tg:6")
    assert await store.commit(commit("e1", 0, lesson=calm))
    assert await store.lessons(DESK) == (calm,), "read back whole"
    assert await store.commit(commit("e2", 1, lesson=urgent))
    assert not await store.commit(commit("e1", 2, lesson=calm)), "a tap that comes again teaches nothing"
    assert await store.lessons(DESK) == (urgent,)
    assert await store.commit(commit("e3", 2, lesson=other))
    assert await store.commit_desk(DeskCommit("d", DESK, Changes(), (), None, False, NOW, forgotten=(urgent.key,)))
    assert await store.lessons(DESK) == (other,)


async def test_only_the_newest_lessons_are_kept(store: RedisStore) -> None:
    lessons = [Lesson(CLIENT, item, True, NOW + timedelta(seconds=item)) for item in range(KEPT + 3)]
    for version, lesson in enumerate(lessons):
        await store.commit(commit(f"e{version}", version, lesson=lesson))
    assert {lesson.item for lesson in await store.lessons(DESK)} == set(range(3, KEPT + 3))


async def test_dead_letters_are_kept_in_their_raw_form(store: RedisStore, server_url: str) -> None:
    await store.bury(DESK, "tg:1:5", '{"update_id":5}', "KeyError", NOW)
    with Redis.from_url(server_url) as client:
        letters = client.lrange(f"{{v{shard_of(DESK)}}}:dead:{DESK}", 0, -1)
    assert len(letters) == 1
    assert b'{\\"update_id\\":5}' in letters[0]


async def test_every_key_expires_or_is_on_the_permanent_list(store: RedisStore, server_url: str) -> None:
    lesson = Lesson(CLIENT, 1, True, NOW)
    filed = (Filed(1, message(1)),)
    await store.commit(commit("e", 0, seen(1), seen(2, OWNER), filed=filed, wakes_at=NOW, lesson=lesson))
    await store.commit(commit("spam", thread=stranger("tg:66", NOW)))
    for each in await store.lease(NOW, 10):
        await store.settle(each, NOW, ["5"])
    permanent = {
        "thread",
        "changes",
        "clients",
        "ledger",
        "folder",
        "order",
        "board",
        "aside",
        "wakes",
        "sequence",
        "lessons",
        "taught",
    }
    with Redis.from_url(server_url, decode_responses=True) as client:
        for key in client.scan_iter("{v*"):
            assert key.split(":")[1] in permanent or client.pttl(key) > 0, key


def stranger(client: str, latest: datetime) -> Thread:
    held = Held(1, 1, latest, (Line(1, "1", latest, Kind.TEXT, "казино"),))
    return Thread(DESK, client, name="Лотерея", aside=Aside(held, latest, Because("easy_money", "казино")))


async def test_strangers_who_were_set_aside_are_listed_latest_first_until_they_are_brought_back(
    store: RedisStore,
) -> None:
    for number, client in enumerate(("tg:61", "tg:62")):
        await store.commit(commit(f"e{number}", thread=stranger(client, NOW + timedelta(minutes=number))))
    rows = await store.aside(DESK)
    assert [row.client for row in rows] == ["tg:62", "tg:61"]
    assert (rows[0].name, rows[0].count, rows[0].lines[0].text) == ("Лотерея", 1, "казино")
    await store.commit(commit("back", thread=Thread(DESK, "tg:62", version=1)))
    assert [row.client for row in await store.aside(DESK)] == ["tg:61"]


async def test_the_list_of_strangers_is_bounded_and_their_folders_are_not(
    store: RedisStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.redis.ASIDE_LISTED", 2)
    for number in range(4):
        await store.commit(commit(f"e{number}", thread=stranger(f"tg:6{number}", NOW + timedelta(minutes=number))))
    assert [row.client for row in await store.aside(DESK)] == ["tg:63", "tg:62"]
    assert (await store.thread(DESK, "tg:60")).aside is not None


async def test_what_a_killed_process_had_in_hand_is_free_at_once_for_who_knows_that_it_is_gone(
    store: RedisStore,
) -> None:
    await store.commit(commit("e", 0, seen(1), wakes_at=NOW))
    await store.lease(NOW, 10)
    await store.wake_due(NOW, 10)
    later = NOW + timedelta(seconds=1)
    await store.free_leases(later)
    assert [each.tries for each in await store.lease(later, 10)] == [1]
    assert await store.wake_due(later, 10) == (Wake(DESK, CLIENT),)


async def test_freeing_leases_touches_neither_newer_ones_nor_a_chat_that_waits_for_another_reason(
    store: RedisStore,
) -> None:
    until = NOW + timedelta(seconds=20)
    await store.commit(commit("e", 0, seen(1), seen(2, OWNER)))
    chat, owners_chat = sorted(await store.lease(NOW, 10), key=lambda leased: leased.outgoing.id)
    await store.postpone(chat, until)
    await store.free_leases(NOW - timedelta(seconds=1))
    assert await store.lease(NOW, 10) == ()
    await store.free_leases(NOW)
    assert [each.outgoing for each in await store.lease(NOW, 10)] == [owners_chat.outgoing]
    assert [each.outgoing for each in await store.lease(until, 10)] == [chat.outgoing]


def test_a_server_that_is_back_within_half_a_second_is_not_taken_for_dead(server_url: str) -> None:
    retry = connect(server_url).get_retry()
    assert retry is not None
    assert retry.get_retries() == 3
