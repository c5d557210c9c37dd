"""Deliveries become calls of the Bot API, over real HTTP; refusals that mean nothing are no trouble."""

import pytest
from aiogram import Bot

from bot.channels.telegram.delivery import TelegramChannel
from bot.ports import Button, Copy, Delivery, Edit, Pin, Press, React, Say, Show, Toast, TryLater, Undeliverable, Unsure
from tests.channels.telegram.fake import HTML, BotApi, Json, Reply, no, ok

NO_PREVIEW = {"is_disabled": True}
ROWS = ((Button("Ещё", Press("page", "2", desk=True)),),)
DRAWN = {"inline_keyboard": [[{"text": "Ещё", "callback_data": "1dpage|2|"}]]}
HTML_TEXT = {"parse_mode": "HTML", "link_preview_options": NO_PREVIEW}


@pytest.mark.parametrize(
    ("delivery", "method", "fields", "stands"),
    [
        (Say("<b>Привет</b>"), "sendMessage", {"text": "<b>Привет</b>", **HTML_TEXT}, ("501",)),
        (
            Say("тихо", ROWS, silent=True),
            "sendMessage",
            {"text": "тихо", "disable_notification": True, "reply_markup": DRAWN, **HTML_TEXT},
            ("501",),
        ),
        (
            Say("Ответ?", prompts=True, reply_to="9"),
            "sendMessage",
            {
                "text": "Ответ?",
                "reply_markup": {"force_reply": True},
                "reply_parameters": {"message_id": 9, "allow_sending_without_reply": True},
                **HTML_TEXT,
            },
            ("501",),
        ),
        (
            Edit("7", "новое", ROWS),
            "editMessageText",
            {"message_id": 7, "text": "новое", "reply_markup": DRAWN, **HTML_TEXT},
            ("7",),
        ),
        (Edit("7", "голое"), "editMessageText", {"message_id": 7, "text": "голое", **HTML_TEXT}, ("7",)),
        (
            React("7", "👀"),
            "setMessageReaction",
            {"message_id": 7, "reaction": [{"type": "emoji", "emoji": "👀"}]},
            (),
        ),
        (Pin("7"), "pinChatMessage", {"message_id": 7, "disable_notification": True}, ()),
        (
            Copy("tg:900", ("63", "62"), silent=True),
            "copyMessages",
            {"from_chat_id": 900, "message_ids": [62, 63], "disable_notification": True},
            ("501", "502"),
        ),
    ],
    ids=["say", "say_quietly_with_buttons", "prompt", "edit", "edit_drops_buttons", "react", "pin", "copy"],
)
async def test_a_delivery_is_one_call(
    api: BotApi, bot: Bot, delivery: Delivery, method: str, fields: Json, stands: tuple[str, ...]
) -> None:
    assert await TelegramChannel(bot).deliver("tg:1001", delivery) == stands
    assert api.calls == [(method, {"chat_id": 1001, **fields})]


@pytest.mark.parametrize(
    ("text", "fields"), [("Готово", {"text": "Готово"}), ("", {}), ("ы" * 300, {"text": "ы" * 200})]
)
async def test_a_toast_answers_the_tap(api: BotApi, bot: Bot, text: str, fields: Json) -> None:
    assert await TelegramChannel(bot).deliver("tg:1001", Toast("38", text)) == ()
    assert api.calls == [("answerCallbackQuery", {"callback_query_id": "38", **fields})]


@pytest.mark.parametrize(
    ("delivery", "method", "words", "stands"),
    [
        (React("7", "👀"), "setMessageReaction", "REACTION_INVALID", ()),
        (React("7", "👀"), "setMessageReaction", "message to react not found", ()),
        (Pin("7"), "pinChatMessage", "message to pin not found", ()),
        (
            Toast("38", "Готово"),
            "answerCallbackQuery",
            "query is too old and response timeout expired or query ID is invalid",
            (),
        ),
        (
            Edit("7", "то же"),
            "editMessageText",
            "message is not modified: specified new message content and reply markup are exactly the same",
            ("7",),
        ),
    ],
    ids=["no_reaction_here", "nothing_to_react_to", "nothing_to_pin", "tap_too_old", "nothing_to_change"],
)
async def test_a_refusal_that_changes_nothing_is_no_trouble(
    api: BotApi, bot: Bot, delivery: Delivery, method: str, words: str, stands: tuple[str, ...]
) -> None:
    api.answer(method, no(400, f"Bad Request: {words}"))
    assert await TelegramChannel(bot).deliver("tg:1001", delivery) == stands


async def test_a_reaction_tells_of_a_shut_door(api: BotApi, bot: Bot) -> None:
    api.answer("setMessageReaction", no(403, "Forbidden: bot was blocked by the user"))
    with pytest.raises(Undeliverable) as refused:
        await TelegramChannel(bot).deliver("tg:1001", React("7", "👀"))
    assert refused.value.blocked


async def test_an_edit_of_what_is_gone_is_undeliverable(api: BotApi, bot: Bot) -> None:
    api.answer("editMessageText", no(400, "Bad Request: message to edit not found"))
    with pytest.raises(Undeliverable, match="not found"):
        await TelegramChannel(bot).deliver("tg:1001", Edit("7", "новое"))


async def test_a_picture_has_its_words_under_it(api: BotApi, bot: Bot) -> None:
    assert await TelegramChannel(bot).deliver("tg:1001", Show(b"png", "<b>Неделя</b>", ROWS)) == ("501",)
    [(method, call)] = api.calls
    assert method == "sendPhoto"
    assert "picture.png" in str(call[str(call["photo"]).removeprefix("attach://")])
    assert call["caption"] == "<b>Неделя</b>"
    assert call["parse_mode"] == "HTML"
    assert call["reply_markup"] == DRAWN


async def test_words_too_long_for_a_caption_follow_the_picture(api: BotApi, bot: Bot) -> None:
    text = "ы" * 1025
    assert await TelegramChannel(bot).deliver("tg:1001", Show(b"png", text, ROWS)) == ("501", "502")
    assert [method for method, _ in api.calls] == ["sendPhoto", "sendMessage"]
    assert "caption" not in api.calls[0][1]
    assert api.calls[1][1]["text"] == text
    assert api.calls[1][1]["reply_markup"] == DRAWN


@pytest.mark.parametrize("address", ["mail:a@b.c", "tg:", "tg:abc", "1001", ""])
async def test_an_address_elsewhere_is_undeliverable(api: BotApi, bot: Bot, address: str) -> None:
    with pytest.raises(Undeliverable):
        await TelegramChannel(bot).deliver(address, Say("х"))
    assert api.calls == []


async def test_a_long_copy_goes_in_hundreds(api: BotApi, bot: Bot) -> None:
    sent = await TelegramChannel(bot).deliver("tg:1001", Copy("tg:900", tuple(map(str, range(1, 251)))))
    assert [len(call["message_ids"]) for call in api.said("copyMessages")] == [100, 100, 50]  # type: ignore[arg-type]
    assert len(sent) == 250


async def test_what_cannot_be_copied_is_skipped(api: BotApi, bot: Bot) -> None:
    api.answer("copyMessages", no(400, "Bad Request: can't copy messages"))
    api.answer("copyMessage", ok({"message_id": 8}), no(400, "Bad Request: message to copy not found"))
    assert await TelegramChannel(bot).deliver("tg:1001", Copy("tg:900", ("1", "2", "3"))) == ("8", "501")
    assert [call["message_id"] for call in api.said("copyMessage")] == [1, 2, 3]


async def test_a_copy_of_nothing_is_undeliverable(api: BotApi, bot: Bot) -> None:
    api.answer("copyMessages", ok([]))
    api.answer("copyMessage", no(400, "Bad Request: message can't be copied"))
    with pytest.raises(Undeliverable) as refused:
        await TelegramChannel(bot).deliver("tg:1001", Copy("tg:900", ("1",)))
    assert not refused.value.blocked


async def test_a_copy_to_a_shut_door_stops_at_once(api: BotApi, bot: Bot) -> None:
    api.answer("copyMessages", no(403, "Forbidden: bot was blocked by the user"))
    with pytest.raises(Undeliverable) as refused:
        await TelegramChannel(bot).deliver("tg:1001", Copy("tg:900", ("1", "2")))
    assert refused.value.blocked
    assert len(api.calls) == 1


@pytest.mark.parametrize(
    ("trouble", "error"), [(no(429, "Too Many Requests", 7), TryLater), (HTML, Unsure)], ids=["flood", "stumble"]
)
async def test_a_copy_that_broke_off_goes_on_where_it_stopped(
    api: BotApi, bot: Bot, trouble: Reply, error: type[Exception]
) -> None:
    channel, copy = TelegramChannel(bot), Copy("tg:900", tuple(map(str, range(1, 151))))
    api.answer("copyMessages", ok([{"message_id": 1000 + n} for n in range(100)]), trouble)
    with pytest.raises(error):
        await channel.deliver("tg:1001", copy)
    assert len(await channel.deliver("tg:1001", copy)) == 150
    firsts = [call["message_ids"][0] for call in api.said("copyMessages")]  # type: ignore[index]
    assert firsts == [1, 101, 101]


async def test_one_by_one_copies_go_on_where_they_stopped(api: BotApi, bot: Bot) -> None:
    channel, copy = TelegramChannel(bot), Copy("tg:900", ("1", "2", "3"))
    api.answer("copyMessages", no(400, "Bad Request: can't copy messages"))
    api.answer("copyMessage", ok({"message_id": 8}), no(429, "Too Many Requests", 3))
    with pytest.raises(TryLater) as later:
        await channel.deliver("tg:1001", copy)
    assert later.value.seconds == 3
    assert await channel.deliver("tg:1001", copy) == ("8", "501", "502")
    assert [call["message_id"] for call in api.said("copyMessage")] == [1, 2, 2, 3]
