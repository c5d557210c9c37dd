"""Styled text: Telegram's HTML into plain text and entities, and the entities Telegram finds by itself.

Offsets and lengths are UTF-16 code units. Errors read as the Bot API's do, positions counted in UTF-8 bytes.
Source: core.telegram.org/bots/api#html-style.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.web.playground.wire import Json, bad, utf16_length

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
# The only named references Telegram knows; any other ampersand stays as it is.
REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
TAG = re.compile(r"<(/?)([a-zA-Z0-9-]*)((?:\s+[\w-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*)\s*/?>")
ATTRIBUTE = re.compile(r"([\w-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")
# What Telegram marks in plain text by itself. The order decides where two would overlap.
FOUND = (
    ("url", re.compile(r"https?://[^\s<>\"«»]+[^\s<>\"«».,!?:;)]")),
    ("email", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z]\w{3,31}")),
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w+)?(?![\w/])")),
    ("phone_number", re.compile(r"(?<!\w)\+\d[\d ()-]{8,16}\d")),
    ("hashtag", re.compile(r"(?<![\w&])#\w*[^\W\d]\w*")),
)


@dataclass(frozen=True, slots=True)
class Styled:
    """Text as the reader sees it, and the styles that lie on it, in the order in which they begin."""

    text: str
    entities: tuple[Json, ...] = ()


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    tag: str
    offset: int
    kind: str
    extra: Json = field(default_factory=dict)


def parse_html(source: str) -> Styled:
    """Telegram's HTML as text and entities. Raises ApiError 400 "can't parse entities" where Telegram would."""
    out: list[str] = []
    length = position = 0
    stack: list[_Open] = []
    entities: list[Json] = []
    while position < len(source):
        begin = source.find("<", position)
        plain = _unescape(source[position : begin if begin >= 0 else len(source)])
        out.append(plain)
        length += utf16_length(plain)
        if begin < 0:
            break
        match = TAG.match(source, begin)
        if match is None:
            name = re.match(r"</?([a-zA-Z0-9-]*)", source[begin:])
            raise _unparsed(f'Unsupported start tag "{name.group(1) if name else ""}" at byte offset', source, begin)
        closing, tag, attributes = match.group(1), match.group(2).lower(), match.group(3)
        if closing:
            entities.extend(_close(stack, tag, length, source, begin))
        elif tag not in TAGS:
            raise _unparsed(f'Unsupported start tag "{tag}" at byte offset', source, begin)
        else:
            stack.append(_opened(tag, _attributes(attributes), length, source, begin))
        position = match.end()
    if stack:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{stack[-1].tag}\"")
    return _trimmed("".join(out), entities)


def found_in(text: str) -> tuple[Json, ...]:
    """The links, commands, addresses and mentions that Telegram marks in plain text by itself."""
    taken: list[tuple[int, int]] = []
    marks: list[Json] = []
    for kind, pattern in FOUND:
        for match in pattern.finditer(text):
            begin, end = match.span()
            if any(begin < other_end and other < end for other, other_end in taken):
                continue
            taken.append((begin, end))
            marks.append({"type": kind, "offset": utf16_length(text[:begin]), "length": utf16_length(match.group())})
    return _in_order(marks)


def styled(text: str, parse_mode: str, entities: Iterable[Json] | None) -> Styled:
    """Text as a bot sent it: by explicit entities, by parse mode, or plain."""
    if entities is not None:
        return _trimmed(text, list(entities))
    if parse_mode.lower() == "html":
        parsed = parse_html(text)
        return Styled(parsed.text, _in_order([*parsed.entities, *_apart(found_in(parsed.text), parsed.entities)]))
    if parse_mode:
        raise bad("unsupported parse_mode: the stand-in reads HTML only")
    plain = text.strip()
    return Styled(plain, found_in(plain))


def _opened(tag: str, attributes: dict[str, str], offset: int, source: str, begin: int) -> _Open:
    opened = _Open(tag, offset, TAGS[tag])
    match tag:
        case "span" if attributes.get("class") != "tg-spoiler":
            raise _unparsed('Tag "span" must have class "tg-spoiler" at byte offset', source, begin)
        case "a":
            opened.extra["url"] = attributes.get("href", "")
        case "tg-emoji":
            opened.extra["custom_emoji_id"] = attributes.get("emoji-id", "")
        case "tg-time":
            opened.extra["unix_time"] = int(attributes.get("unix", "0"))
            if attributes.get("format"):
                opened.extra["date_time_format"] = attributes["format"]
        case "blockquote" if "expandable" in attributes:
            opened.kind = "expandable_blockquote"
        case "code" if attributes.get("class", "").startswith("language-"):
            opened.extra["language"] = attributes["class"].removeprefix("language-")
        case _:
            pass
    return opened


def _close(stack: list[_Open], tag: str, length: int, source: str, begin: int) -> list[Json]:
    if not stack:
        raise _unparsed("Unexpected end tag at byte offset", source, begin)
    opened = stack[-1]
    if tag and opened.tag != tag:
        at = len(source[:begin].encode())
        raise bad(
            f'can\'t parse entities: Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", '
            f'found "</{tag}>"'
        )
    stack.pop()
    if length == opened.offset or (opened.kind == "text_link" and not opened.extra["url"]):
        return []
    if opened.kind == "code" and stack and stack[-1].kind == "pre" and "language" in opened.extra:
        stack[-1].extra["language"] = opened.extra["language"]
        return []
    return [{"type": opened.kind, "offset": opened.offset, "length": length - opened.offset, **opened.extra}]


def _attributes(raw: str) -> dict[str, str]:
    return {
        match.group(1).lower(): html.unescape(match.group(2) or match.group(3) or match.group(4) or "")
        for match in ATTRIBUTE.finditer(raw)
    }


def _unescape(text: str) -> str:
    return REFERENCE.sub(lambda match: html.unescape(match.group()), text)


def _unparsed(what: str, source: str, begin: int) -> Exception:
    return bad(f"can't parse entities: {what} {len(source[:begin].encode())}")


def _trimmed(text: str, entities: list[Json]) -> Styled:
    """Telegram cuts the white space around a text, and what of the entities lay on it."""
    ahead = utf16_length(text) - utf16_length(text.lstrip())
    trimmed = text.strip()
    total = utf16_length(trimmed)
    kept: list[Json] = []
    for entity in entities:
        begin = max(int(str(entity["offset"])) - ahead, 0)
        end = min(int(str(entity["offset"])) + int(str(entity["length"])) - ahead, total)
        if end > begin:
            kept.append({**entity, "offset": begin, "length": end - begin})
    return Styled(trimmed, _in_order(kept))


def _in_order(entities: list[Json]) -> tuple[Json, ...]:
    return tuple(sorted(entities, key=lambda entity: (int(str(entity["offset"])), -int(str(entity["length"])))))


def _apart(found: Iterable[Json], entities: tuple[Json, ...]) -> list[Json]:
    """Those of `found` that touch no explicit link or code."""
    spans = [
        (int(str(entity["offset"])), int(str(entity["offset"])) + int(str(entity["length"])))
        for entity in entities
        if entity["type"] in {"text_link", "code", "pre"}
    ]
    return [
        entity
        for entity in found
        if not any(
            int(str(entity["offset"])) < end and begin < int(str(entity["offset"])) + int(str(entity["length"]))
            for begin, end in spans
        )
    ]
