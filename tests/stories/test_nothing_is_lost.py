"""Intake: everything is kept, nothing is handled twice, nothing stalls the rest."""

import pytest

from bot.core.events import Kind
from bot.store.redis import shard_of
from tests.stories.gate import Gate

KINDS = [
    "photo", "voice", "video_note", "video", "audio", "animation", "document", "sticker", "location", "contact", "poll",
    "dice",
]  # fmt: skip


async def folder(gate: Gate) -> list[tuple[Kind, str]]:
    thread = await gate.thread(gate.ivan)
    filed = await gate.store.folder(thread.desk, thread.client, 1, thread.items)
    return [(each.message.kind, each.message.text) for each in filed]


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_of_message_lands_in_the_folder_whole(gate: Gate, kind: str) -> None:
    await gate.say(gate.ivan, kind=kind)
    kept = await folder(gate)
    assert [each for each, _ in kept] == [Kind(kind)]
    thread = await gate.thread(gate.ivan)
    raw = (await gate.store.folder(thread.desk, thread.client, 1, 1))[0].message.raw
    assert f'"{kind}"' in raw


async def test_a_redelivered_update_changes_nothing(gate: Gate) -> None:
    await gate.say(gate.ivan, "Когда будет готов макет?")
    gate.standin.redeliver()
    await gate.settled()
    gate.turn(seconds=8)
    await gate.told(gate.ivan, "14:30")
    gate.standin.redeliver()
    await gate.settled()
    await gate.nothing_more()
    assert len(await folder(gate)) == 1
    assert len(gate.hears(gate.ivan)) == 1


async def test_an_update_that_cannot_be_read_stalls_nobody(gate: Gate) -> None:
    gate.standin.push_raw({"message": {"chat": "?"}})
    gate.standin.push_raw({"callback_query": {"id": "5"}})
    gate.standin.push_raw({"message": None})
    await gate.say(gate.ivan, "Когда будет готов макет?")
    gate.turn(seconds=8)
    await gate.told(gate.ivan, "14:30")
    await gate.told(gate.anna, "")
    await gate.nothing_more()


async def test_what_our_own_code_stumbles_over_is_set_aside_and_the_owner_is_told(gate: Gate) -> None:
    desk = gate.house.desk.id
    shard = f"{{v{shard_of(desk)}}}"
    await gate.redis.hset(f"{shard}:thread:{desk}:tg:{gate.ivan.id}", mapping={"version": "1", "thread": "spoilt"})
    await gate.say(gate.ivan, "Когда будет готов макет?")
    await gate.told(gate.anna, "не удалось обработать")
    letters = await gate.redis.lrange(f"{shard}:dead:{desk}", 0, -1)
    assert len(letters) == 1
    await gate.say(gate.kalina, "Здравейте! Кога ще е готов сайтът?")
    gate.turn(seconds=8)
    await gate.told(gate.kalina, "14:30")


async def test_a_form_that_nobody_has_seen_yet_is_kept_with_its_words(gate: Gate) -> None:
    chat = {"id": gate.ivan.id, "type": "private", "first_name": "Иван"}
    wire = {"message_id": 777, "date": 1_795_000_000, "chat": chat, "from": gate.ivan.wire()}
    gate.standin.push_raw({"message": {**wire, "hologram": {"size": 3}, "caption": "смотрите сюда"}})
    await gate.settled()
    assert await folder(gate) == [(Kind.OTHER, "смотрите сюда")]


async def test_an_album_is_one_item(gate: Gate) -> None:
    for number in range(3):
        await gate.say(gate.ivan, "Варианты" if number == 0 else "", kind="photo", media_group_id="a1")
    gate.turn(seconds=8)
    await gate.told(gate.ivan, "14:30")
    assert (await gate.thread(gate.ivan)).items == 1
    assert len(await folder(gate)) == 3


async def test_in_a_group_the_bot_says_where_it_works_and_leaves(gate: Gate) -> None:
    group = gate.standin.group("Проект", gate.ivan)
    await gate.standin.wait_for(lambda: gate.standin.calls("leaveChat"))
    assert [message.text for message in gate.standin.from_bot(group)] == [
        "Я работаю только в личных чатах. Напишите мне, пожалуйста, лично."
    ]
