"""What a real aiogram Bot can send, copy and forward through the stand-in, and how Telegram refuses."""

from collections.abc import Awaitable, Callable

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
)
from aiogram.types import (
    BufferedInputFile,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    Message,
    ReplyParameters,
)

from bot.web.playground.chats import Person
from bot.web.playground.standin import StandIn

PICTURE = BufferedInputFile(b"\x89PNG of a mock-up", "mock-up.png")


async def test_html_becomes_text_and_entities_counted_in_utf16(bot: Bot, standin: StandIn, maria: Person) -> None:
    sent = await bot.send_message(
        maria.id,
        "🙂 <b>Утре</b> в <code>10:00</code> &amp; <a href='https://a.bg'>тук</a>",
        parse_mode="HTML",
        disable_notification=True,
    )
    assert sent.text == "🙂 Утре в 10:00 & тук"
    assert [(entity.type, entity.offset, entity.length) for entity in sent.entities or []] == [
        ("bold", 3, 4), ("code", 10, 5), ("text_link", 18, 3)
    ]  # fmt: skip
    seen = standin.chat(maria)[-1]
    assert (seen.silent, seen.rings, seen.by_bot) == (True, False, True)


Refused = Callable[[Bot, int], Awaitable[object]]
REFUSALS: dict[str, tuple[Refused, str]] = {
    "chat not found": (lambda bot, _: bot.send_message(1, "a"), "Bad Request: chat not found"),
    "empty": (lambda bot, who: bot.send_message(who, "  \n "), "Bad Request: message text is empty"),
    "too long": (lambda bot, who: bot.send_message(who, "🙂" * 2049), "Bad Request: message is too long"),
    "caption too long": (
        lambda bot, who: bot.send_photo(who, PICTURE, caption="я" * 1025),
        "Bad Request: message caption is too long",
    ),
    "unclosed tag": (
        lambda bot, who: bot.send_message(who, "<b>да", parse_mode="HTML"),
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    "unescaped sign": (
        lambda bot, who: bot.send_message(who, "5 < 6", parse_mode="HTML"),
        'can\'t parse entities: Unsupported start tag "" at byte offset 2',
    ),
    "crossed tags": (
        lambda bot, who: bot.send_message(who, "<b><i>а</b></i>", parse_mode="HTML"),
        "can't parse entities: Unmatched end tag at byte offset 8",
    ),
    "button data": (
        lambda bot, who: bot.send_message(who, "a", reply_markup=one_button("я" * 33)),
        "Bad Request: BUTTON_DATA_INVALID",
    ),
    "reply to nothing": (
        lambda bot, who: bot.send_message(who, "a", reply_parameters=ReplyParameters(message_id=99)),
        "Bad Request: message to be replied not found",
    ),
    "unknown file": (
        lambda bot, who: bot.send_document(who, "BQAC-unknown"),
        "Bad Request: wrong file identifier/HTTP URL specified",
    ),
    "edit of nothing": (lambda bot, who: bot.edit_message_text("a", chat_id=who, message_id=9), "to edit not found"),
    "delete of nothing": (lambda bot, who: bot.delete_message(who, 9), "message to delete not found"),
    "copy of nothing": (lambda bot, who: bot.copy_message(who, who, 9), "message to copy not found"),
    "forward of nothing": (lambda bot, who: bot.forward_message(who, who, 9), "message to forward not found"),
    "stale tap": (lambda bot, _: bot.answer_callback_query("77"), "query is too old and response timeout expired"),
    "leave a person": (lambda bot, who: bot.leave_chat(who), "can't be changed in private chats"),
}


def one_button(data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data=data)]])


@pytest.mark.parametrize(("call", "words"), REFUSALS.values(), ids=REFUSALS.keys())
async def test_telegram_refuses_in_its_own_words(bot: Bot, maria: Person, call: Refused, words: str) -> None:
    with pytest.raises(TelegramBadRequest) as refused:
        await call(bot, maria.id)
    assert words in refused.value.message


Send = Callable[[Bot, int], Awaitable[Message]]
SENDS: dict[str, Send] = {
    "photo": lambda bot, who: bot.send_photo(who, PICTURE, caption="<b>Макет</b>", parse_mode="HTML"),
    "document": lambda bot, who: bot.send_document(who, BufferedInputFile(b"%PDF", "договор.pdf")),
    "voice": lambda bot, who: bot.send_voice(who, BufferedInputFile(b"OggS", "v.ogg"), duration=7),
    "video": lambda bot, who: bot.send_video(who, BufferedInputFile(b"mp4", "v.mp4")),
    "video_note": lambda bot, who: bot.send_video_note(who, BufferedInputFile(b"mp4", "v.mp4")),
    "audio": lambda bot, who: bot.send_audio(who, BufferedInputFile(b"ID3", "a.mp3")),
    "animation": lambda bot, who: bot.send_animation(who, BufferedInputFile(b"GIF", "a.gif")),
    "sticker": lambda bot, who: bot.send_sticker(who, BufferedInputFile(b"RIFF", "s.webp")),
    "location": lambda bot, who: bot.send_location(who, 42.7, 23.3),
    "contact": lambda bot, who: bot.send_contact(who, "+35988", "Иван"),
    "poll": lambda bot, who: bot.send_poll(who, "Кой ден?", ["петък", "събота"]),
    "dice": lambda bot, who: bot.send_dice(who),
}


@pytest.mark.parametrize("kind", SENDS)
async def test_every_kind_can_be_sent_and_seen(bot: Bot, standin: StandIn, maria: Person, kind: str) -> None:
    sent = await SENDS[kind](bot, maria.id)
    assert sent.content_type == kind
    (seen,) = standin.chat(maria)
    assert (seen.kind, seen.id) == (kind, sent.message_id)


@pytest.mark.parametrize("kind", SENDS)
async def test_every_kind_can_be_said_and_copied(
    bot: Bot, standin: StandIn, maria: Person, anna: Person, kind: str
) -> None:
    said = standin.say(maria, "Вижте" if kind in {"photo", "document"} else "", kind=kind)
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.content_type == kind
    await bot.copy_message(anna.id, maria.id, said.id)
    await bot.forward_message(anna.id, maria.id, said.id)
    copied, forwarded = standin.chat(anna)
    assert copied.content == forwarded.content == said.content
    assert (copied.origin is None, forwarded.origin is None) == (True, False)


async def test_file_can_be_downloaded_and_sent_again_by_id(
    bot: Bot, standin: StandIn, maria: Person, anna: Person
) -> None:
    standin.say(maria, "Договорът", kind="document", file=b"%PDF-1.7", file_name="договор.pdf", mime="application/pdf")
    (update,) = await bot.get_updates()
    assert update.message is not None
    document = update.message.document
    assert document is not None
    assert (document.file_name, document.mime_type) == ("договор.pdf", "application/pdf")
    downloaded = await bot.download(document)
    assert downloaded is not None
    assert downloaded.read() == b"%PDF-1.7"
    await bot.send_document(anna.id, document.file_id, caption="от Мария")
    assert standin.chat(anna)[-1].content.file_id == document.file_id
    with pytest.raises(TelegramBadRequest, match="can't use file of type Document as Photo"):
        await bot.send_photo(anna.id, document.file_id)


async def test_album_sent_by_the_bot_is_one_album(bot: Bot, standin: StandIn, maria: Person) -> None:
    await bot.send_media_group(maria.id, [InputMediaPhoto(media=PICTURE, caption="<i>две</i>", parse_mode="HTML"),
                                          InputMediaPhoto(media=PICTURE)])  # fmt: skip
    first, second = standin.chat(maria)
    assert first.album == second.album is not None
    assert (first.text, first.content.entities[0]["type"]) == ("две", "italic")
    with pytest.raises(TelegramBadRequest, match="from 2 to 10"):
        await bot.send_media_group(maria.id, [InputMediaDocument(media=PICTURE)])


async def test_copied_album_stays_together_and_gone_parts_are_skipped(
    bot: Bot, standin: StandIn, maria: Person, anna: Person
) -> None:
    parts = [standin.say(maria, kind="photo", media_group_id="77") for _ in range(3)]
    single = standin.say(maria, "и още нещо")
    standin.erase(maria, parts[1])
    await bot.copy_messages(anna.id, maria.id, [*(part.id for part in parts), single.id])
    albums = [message.album for message in standin.chat(anna)]
    assert albums[0] == albums[1] not in (None, "77")
    assert albums[2] is None
    with pytest.raises(TelegramBadRequest, match="strictly increasing"):
        await bot.copy_messages(anna.id, maria.id, [3, 1])


async def test_hidden_forwards_tell_only_a_name(bot: Bot, standin: StandIn, maria: Person) -> None:
    shy = standin.person("Пламен", hides_forwards=True)
    standin.say(maria, "препращам", forwarded_from=shy)
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.forward_origin is not None
    assert update.message.forward_origin.type == "hidden_user"


async def test_reply_carries_what_it_answers(bot: Bot, standin: StandIn, maria: Person) -> None:
    question = await bot.send_message(maria.id, "Какво се случи?", reply_markup=ForceReply(force_reply=True))
    standin.say(maria, "Сайтът не се отваря", reply_to=standin.chat(maria)[0])
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.message_id == question.message_id
    await bot.send_message(
        maria.id, "Разбрах", reply_parameters=ReplyParameters(message_id=2, allow_sending_without_reply=True)
    )
    assert standin.chat(maria)[-1].reply_to == 2
