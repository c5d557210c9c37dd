"""Recorded updates become events; what is not for us is told apart; no update is a surprise."""

import copy
import json
from datetime import UTC, datetime

import pytest
from aiogram.types import Update
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.channels.telegram.commands import CLIENT_MENUS, OWNER_MENUS
from bot.channels.telegram.intake import ForDesk, ForGroup, ForThread, Ignored, Incoming, Intake, Unreadable
from bot.channels.telegram.messages import CLIENT_COMMANDS, read_person
from bot.core.events import (
    ButtonTapped,
    CommandGiven,
    DeskTapped,
    DoorClosed,
    Kind,
    Message,
    MessageEdited,
    MessageReceived,
    OwnerAnswered,
    OwnerCommanded,
    OwnerTapped,
    OwnerWrote,
    Person,
    Recording,
)
from bot.core.requests import OWNER_COMMANDS
from bot.core.verdict import Language
from tests.channels.telegram.fake import UPDATES, Folders, Json

SENT = datetime(2026, 11, 24, 8, 20, tzinfo=UTC)
IVAN = Person("tg:1001", "Иван Сидоров", Language.RU)
MARIA = Person("tg:1002", "Мария Иванова", Language.BG)
RECORDINGS = {
    "voice": Recording("AgACAgIAAxkBAAM4", 12, 18231),
    "video_note": Recording("AgACAgIAAxkBAAM5", 9, 18231),
    "audio": Recording("AgACAgIAAxkBAAM8", 210, 18231),
    "owner_answers_with_voice": Recording("AgACAgIAAxkBAAM4", 12, 18231),
}


def an_intake() -> Intake:
    return Intake(Folders(), owner_id=900, desk_id="anna", bot_id=7000001, username="VratarBot")


async def read(case: str) -> Incoming:
    return await an_intake().read(UPDATES[case])


def id_of(case: str) -> str:
    return f"tg:7000001:{UPDATES[case]['update_id']}"


def raw_of(case: str, key: str = "message") -> Json:
    raw = UPDATES[case][key]
    assert isinstance(raw, dict)
    return raw


@pytest.mark.parametrize(
    ("case", "kind", "text"),
    [
        ("text", Kind.TEXT, "Здравствуйте! Сайт лежит, ошибка 500."),
        ("text_with_entities", Kind.TEXT, "Посмотрите https://shop.example сегодня"),
        ("photo", Kind.PHOTO, "Вот скриншот"),
        ("album_part", Kind.PHOTO, ""),
        ("live_photo", Kind.PHOTO, ""),
        ("voice", Kind.VOICE, ""),
        ("video_note", Kind.VIDEO_NOTE, ""),
        ("video", Kind.VIDEO, "так падает"),
        ("audio", Kind.AUDIO, ""),
        ("animation", Kind.ANIMATION, ""),
        ("document", Kind.DOCUMENT, "Бриф, как договаривались"),
        ("sticker", Kind.STICKER, ""),
        ("location", Kind.LOCATION, ""),
        ("venue", Kind.LOCATION, ""),
        ("contact", Kind.CONTACT, ""),
        ("poll", Kind.POLL, "Какой логотип?\nСиний\nКрасный"),
        ("dice", Kind.DICE, ""),
        ("forwarded", Kind.TEXT, "Оплата не прошла"),
        ("quoting", Kind.TEXT, "А это когда?"),
        ("story", Kind.OTHER, ""),
        ("checklist", Kind.OTHER, "До пятницы\nшапка\nподвал"),
        ("rich_message", Kind.OTHER, "Правки\nКнопка \nсрочно\n не работает"),
        ("gift", Kind.OTHER, ""),
        ("unheard_of", Kind.OTHER, "Смотрите, как стоит"),
        ("unknown_origin", Kind.TEXT, "переслано из будущего"),
        ("path_is_no_command", Kind.TEXT, "/etc/nginx не читается"),
        ("slash_word_is_no_command", Kind.TEXT, "/var не монтируется, сайт лежит"),
    ],
)
async def test_whatever_a_client_sends_is_kept_whole(case: str, kind: Kind, text: str) -> None:
    album = "13894755261" if case == "album_part" else ""
    raw = json.dumps(raw_of(case), ensure_ascii=False)
    message = Message("41", kind, text, SENT, raw, album, RECORDINGS.get(case))
    assert await read(case) == ForThread("tg:1001", MessageReceived(id_of(case), IVAN, message))


async def test_a_bulgarian_app_is_a_hint() -> None:
    incoming = await read("text_bg")
    assert isinstance(incoming, ForThread)
    assert isinstance(incoming.event, MessageReceived)
    assert incoming.event.person == MARIA


@pytest.mark.parametrize(
    ("case", "command", "argument"),
    [
        ("start_deep_link", "start", "proj_lavka"),
        ("command_with_lines", "start", "проект Лавка"),
        ("command_to_us", "status", ""),
        ("command_unknown", "menu", ""),
    ],
)
async def test_a_client_commands(case: str, command: str, argument: str) -> None:
    assert await read(case) == ForThread("tg:1001", CommandGiven(id_of(case), IVAN, command, argument))


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ("command_to_another", "for_another_bot"),
        ("pinned", "service_message"),
        ("auto_delete", "service_message"),
        ("from_bot", "from_bot"),
        ("edited_by_owner", "owner_edit"),
        ("live_location_moves", "live_location"),
        ("edited_command", "edited_command"),
        ("owner_blocked", "owner_door"),
        ("removed_from_group", "left_group"),
        ("group_bot_left", "left_group"),
        ("stranger_taps_owners", "owners_button"),
        ("stranger_taps_desk", "owners_button"),
        ("tap_in_group", "tap_in_group"),
        ("poll_update", "not_asked_for"),
        ("business_message", "not_asked_for"),
    ],
)
async def test_what_is_not_for_us_says_why(case: str, reason: str) -> None:
    assert await read(case) == Ignored(id_of(case), reason)


@pytest.mark.parametrize(("case", "item", "mid"), [("edited", 3, "41"), ("edited_unseen", 0, "12")])
async def test_an_edit_knows_its_item(case: str, item: int, mid: str) -> None:
    raw = raw_of(case, "edited_message")
    message = Message(mid, Kind.TEXT, str(raw["text"]), SENT.replace(minute=21), json.dumps(raw, ensure_ascii=False))
    assert await read(case) == ForThread("tg:1001", MessageEdited(id_of(case), IVAN, message, item))


async def test_a_door_shuts_and_opens() -> None:
    assert await read("blocked") == ForThread("tg:1001", DoorClosed(id_of("blocked"), IVAN, closed=True))
    assert await read("unblocked") == ForThread("tg:1002", DoorClosed(id_of("unblocked"), MARIA, closed=False))


@pytest.mark.parametrize(
    ("case", "chat", "language", "channel"),
    [
        ("added_to_group", -1001234567890, Language.BG, False),
        ("group_message", -4455, Language.RU, False),
        ("added_to_channel", -1009, None, True),
        ("channel_post", -1009, None, True),
    ],
)
async def test_groups_are_for_leaving(case: str, chat: int, language: Language | None, channel: bool) -> None:
    assert await read(case) == ForGroup(id_of(case), chat, language, channel)


# The owner


@pytest.mark.parametrize(
    ("case", "kind", "text"),
    [
        ("owner_answers", Kind.TEXT, "Уже смотрю"),
        ("owner_answers_with_quote", Kind.TEXT, "завтра"),
        ("owner_answers_with_voice", Kind.VOICE, ""),
        ("owner_answers_with_path", Kind.TEXT, "/etc/nginx/sites поправлен"),
    ],
)
async def test_the_owner_answers_by_replying(case: str, kind: Kind, text: str) -> None:
    raw = json.dumps(raw_of(case), ensure_ascii=False)
    message = Message("61", kind, text, SENT, raw, recording=RECORDINGS.get(case))
    assert await read(case) == ForThread("tg:1001", OwnerAnswered(id_of(case), message))


@pytest.mark.parametrize("case", ["owner_answers_old", "owner_writes", "owner_forwards", "owner_album_2"])
async def test_without_a_known_reply_the_owner_only_wrote(case: str) -> None:
    incoming = await read(case)
    assert isinstance(incoming, ForDesk)
    assert isinstance(incoming.event, OwnerWrote)


async def test_the_parts_of_an_album_go_to_one_client() -> None:
    intake = an_intake()
    read = [await intake.read(UPDATES[case]) for case in ("owner_album_1", "owner_album_2", "owner_album_other")]
    assert [each.client if isinstance(each, ForThread) else "" for each in read] == ["tg:1001", "tg:1001", ""]


@pytest.mark.parametrize(
    ("case", "command", "argument"),
    [
        ("owner_digest", "digest", ""),
        ("owner_away", "away", "24.12-08.01 отпуск"),
        ("owner_urgent_of_nobody", "urgent", ""),
        ("owner_digest_as_reply", "digest", ""),
    ],
)
async def test_the_owner_commands_the_desk(case: str, command: str, argument: str) -> None:
    assert await read(case) == ForDesk(OwnerCommanded(id_of(case), command, argument))


async def test_urgent_as_a_reply_marks_the_client() -> None:
    case = "owner_marks_urgent"
    assert await read(case) == ForThread("tg:1001", OwnerTapped(id_of(case), "urgent"))


# Buttons

TAP = "3862101"


@pytest.mark.parametrize(
    ("case", "person", "action", "argument"),
    [
        ("client_agrees", IVAN, "agree", ""),
        ("client_picks_language", MARIA, "language", "bg"),
        ("client_taps_unknown", IVAN, "unknown", ""),
        ("client_taps_game", IVAN, "unknown", ""),
    ],
)
async def test_a_client_taps(case: str, person: Person, action: str, argument: str) -> None:
    event = ButtonTapped(id_of(case), person, action, argument, TAP, "44")
    assert await read(case) == ForThread(person.address, event)


@pytest.mark.parametrize(
    ("case", "action", "argument"),
    [("owner_on_it", "on_it", "30"), ("owner_says_whom_badly", "to", ""), ("owner_taps_old", "open", "")],
)
async def test_the_owner_taps_about_a_client(case: str, action: str, argument: str) -> None:
    assert await read(case) == ForThread("tg:1001", OwnerTapped(id_of(case), action, argument, TAP))


@pytest.mark.parametrize(
    ("case", "action", "argument"), [("owner_turns_page", "page", "2"), ("owner_taps_unknown", "unknown", "")]
)
async def test_the_owner_taps_about_the_desk(case: str, action: str, argument: str) -> None:
    assert await read(case) == ForDesk(DeskTapped(id_of(case), action, argument, TAP, "44"))


async def test_a_tap_that_says_for_whom_is_an_answer() -> None:
    case = "owner_says_whom"
    written = Message("61", Kind.OTHER, "", datetime(2026, 11, 24, 8, 18, 20, tzinfo=UTC))
    assert await read(case) == ForThread("tg:1001", OwnerAnswered(id_of(case), written, TAP))


# Names, menus


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"first_name": "Ия"}, "Ия"),
        ({"first_name": " Анна ", "last_name": "Петрова\nМладшая"}, "Анна Петрова Младшая"),
        ({"first_name": "х" * 100}, "х" * 64),
        ({"first_name": "х" * 63, "last_name": "у"}, "х" * 63),
        ({"username": "anna"}, "anna"),
        ({}, ""),
        ({"first_name": "\ud83d"}, "?"),
    ],
)
def test_a_name_is_short_and_on_one_line(user: Json, name: str) -> None:
    assert read_person(user, 5) == Person("tg:5", name)


@pytest.mark.parametrize(
    ("code", "language"),
    [("ru", "ru"), ("ru-RU", "ru"), ("uk", "ru"), ("be", "ru"), ("kk", "ru"), ("bg", "bg"), ("en", None), (5, None)],
)
def test_the_app_speaks_one_of_ours_or_none(code: object, language: str | None) -> None:
    assert read_person({"language_code": code}, 5).language == language


def test_every_command_on_a_menu_is_known() -> None:
    assert all(set(menu) <= CLIENT_COMMANDS for menu in CLIENT_MENUS.values())
    assert all(OWNER_COMMANDS | {"help"} >= set(menu) for menu in OWNER_MENUS.values())


# Trouble


@pytest.mark.parametrize("case", UPDATES)
def test_the_records_are_what_telegram_sends(case: str) -> None:
    # By aiogram's types: all but the one that only tomorrow's Telegram will send.
    if case == "unknown_origin":
        with pytest.raises(ValidationError):
            Update.model_validate(UPDATES[case])
    else:
        Update.model_validate(UPDATES[case])


@pytest.mark.parametrize(
    ("update", "event"),
    [
        ({}, ""),
        ({"update_id": "5"}, ""),
        ({"update_id": 5, "message": {"chat": {"id": 1001, "type": "private"}}}, "tg:7000001:5"),
        ({"update_id": 5, "message": {"message_id": 41}}, "tg:7000001:5"),
        ({"update_id": 5, "message": None}, "tg:7000001:5"),
        ({"update_id": 5, "callback_query": {"id": "3"}}, "tg:7000001:5"),
    ],
)
async def test_without_what_matters_an_update_is_unreadable(update: Json, event: str) -> None:
    with pytest.raises(Unreadable) as unreadable:
        await an_intake().read(update)
    assert unreadable.value.event == event


async def test_half_a_character_is_kept_in_the_raw_form_only() -> None:
    message = {**raw_of("text"), "text": "ок \ud83d"}
    incoming = await an_intake().read({"update_id": 5, "message": message})
    assert isinstance(incoming, ForThread)
    assert isinstance(incoming.event, MessageReceived)
    kept = incoming.event.message
    assert kept.text == "ок ?"
    assert json.loads(kept.raw.encode()) == message


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def _places(node: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(node, dict):
        inner = [place for key, value in node.items() for place in _places(value, (*path, key))]
    elif isinstance(node, list):
        inner = [place for n, value in enumerate(node) for place in _places(value, (*path, n))]
    else:
        inner = []
    return [path, *inner] if path else inner


@st.composite
def damaged_updates(draw: st.DrawFn) -> Json:
    """A real update with a few of its fields dropped or replaced by anything."""
    update = copy.deepcopy(UPDATES[draw(st.sampled_from(sorted(UPDATES)))])
    for _ in range(draw(st.integers(1, 4))):
        places = _places(update)
        if not places:
            break
        *way, last = draw(st.sampled_from(places))
        node: object = update
        for step in way:
            node = node[step]  # type: ignore[index]
        if draw(st.booleans()):
            del node[last]  # type: ignore[attr-defined]
        else:
            node[last] = draw(ANYTHING)  # type: ignore[index]
    return update


@settings(max_examples=500)
@given(damaged_updates())
async def test_no_update_is_a_surprise(update: Json) -> None:
    try:
        incoming = await an_intake().read(update)
    except Unreadable:
        return
    match incoming:
        case ForThread(client, event):
            # Everything that will be stored can be stored, and is addressed to somebody.
            assert client
            assert repr(event).encode()
            if isinstance(event, MessageReceived | MessageEdited | OwnerAnswered):
                event.message.raw.encode()
                event.message.text.encode()
                assert event.message.sent_at.tzinfo is UTC
        case ForDesk(event):
            assert event.id.startswith("tg:7000001:")
        case ForGroup() | Ignored():
            assert incoming.id.startswith("tg:7000001:")


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(["update_id", "message", "callback_query", "my_chat_member"]), ANYTHING))
async def test_nonsense_is_no_surprise(update: Json) -> None:
    try:
        await an_intake().read(update)
    except Unreadable:
        return
