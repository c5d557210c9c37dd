"""From the parameters of a call to the content of a message, kind by kind. What people say is made here too."""

from collections.abc import Callable

from bot.web.playground.chats import Content
from bot.web.playground.entities import styled
from bot.web.playground.files import Files, media_body
from bot.web.playground.wire import (
    BUTTON_DATA_LIMIT,
    CAPTION_LIMIT,
    TEXT_LIMIT,
    Call,
    Json,
    bad,
    utf16_length,
)

CAPTIONED = frozenset({"photo", "document", "voice", "video", "audio", "animation"})
WITH_FILE = CAPTIONED | {"video_note", "sticker"}
ALBUM_KINDS = frozenset({"photo", "video", "document", "audio"})


def text_content(call: Call) -> Content:
    entities = call.things("entities") if call.has("entities") else None
    text = styled(call.text("text"), call.text("parse_mode"), entities)
    if not text.text:
        raise bad("message text is empty")
    if utf16_length(text.text) > TEXT_LIMIT:
        raise bad("message is too long")
    return Content("text", text.text, text.entities)


def caption_content(call: Call, kind: str, body: object) -> Content:
    entities = call.things("caption_entities") if call.has("caption_entities") else None
    caption = styled(call.text("caption"), call.text("parse_mode"), entities)
    if utf16_length(caption.text) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    return Content(kind, caption.text, caption.entities, body)


def content_of(kind: str, call: Call, files: Files) -> Content:
    """The content a call describes. Raises ApiError 400 as Telegram would."""
    if kind == "text":
        return text_content(call)
    if kind in WITH_FILE:
        body = media_body(files.take(kind, call.text(kind), call), call)
        return caption_content(call, kind, body) if kind in CAPTIONED else Content(kind, body=body)
    return Content(kind, body=PLAIN[kind](call))


def album_contents(call: Call, files: Files) -> list[Content]:
    """The contents of sendMediaGroup, in order."""
    items = call.things("media")
    if not 2 <= len(items) <= 10:
        raise bad("there must be from 2 to 10 media in an album")
    contents: list[Content] = []
    for item in items:
        kind = str(item.get("type", ""))
        if kind not in ALBUM_KINDS:
            raise bad(f"can't parse InputMedia: media of type \"{kind}\" can't be sent in an album")
        part = Call(call.method, item, call.uploads)
        contents.append(caption_content(part, kind, media_body(files.take(kind, part.text("media"), part), part)))
    return contents


def markup_of(call: Call) -> Json | None:
    """The checked `reply_markup` of a call; None where there is none."""
    markup = call.thing("reply_markup")
    if not markup:
        return None
    rows = markup.get("inline_keyboard")
    if rows is None:
        return markup
    if not isinstance(rows, list):
        raise bad('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array')
    buttons = [button for row in rows if isinstance(row, list) for button in row if isinstance(button, dict)]
    for button in buttons:
        _check_button(button)
    kept = [row for row in rows if row]
    return {"inline_keyboard": kept} if kept else None


def _check_button(button: Json) -> None:
    if not str(button.get("text") or "").strip():
        raise bad("text of the button can't be empty")
    if not any(value for key, value in button.items() if key not in {"text", "style", "icon_custom_emoji_id"}):
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(str(button.get("callback_data") or "").encode()) > BUTTON_DATA_LIMIT:
        raise bad("BUTTON_DATA_INVALID")


def _location(call: Call) -> Json:
    if not call.has("latitude") or not call.has("longitude"):
        raise bad("latitude and longitude must be specified")
    return {"latitude": call.number("latitude"), "longitude": call.number("longitude")}


def _contact(call: Call) -> Json:
    if not call.has("phone_number") or not call.has("first_name"):
        raise bad("phone number and first name must be specified")
    body: Json = {"phone_number": call.text("phone_number"), "first_name": call.text("first_name")}
    return {**body, "last_name": call.text("last_name")} if call.has("last_name") else body


def _poll(call: Call) -> Json:
    given = call.nested("options")
    texts = [
        str(option.get("text", "")) if isinstance(option, dict) else str(option)
        for option in (given if isinstance(given, list) else [])
    ]
    if not call.has("question") or not texts:
        raise bad("poll must have a question and at least one option")
    return {
        "id": f"poll-{utf16_length(call.text('question'))}-{len(texts)}",
        "question": call.text("question"),
        "options": [{"persistent_id": str(n), "text": text, "voter_count": 0} for n, text in enumerate(texts)],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": call.flag("allows_multiple_answers"),
        "allows_revoting": False,
        "members_only": False,
    }


def _dice(call: Call) -> Json:
    return {"emoji": call.text("emoji", "🎲"), "value": 4}  # always four: nothing here depends on chance


# Kinds without a file: how the body is made of the call.
PLAIN: dict[str, Callable[[Call], Json]] = {
    "location": _location,
    "contact": _contact,
    "poll": _poll,
    "dice": _dice,
}
