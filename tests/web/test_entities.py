"""Telegram's HTML into text and entities, and what Telegram marks by itself."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.playground.entities import found_in, parse_html, styled
from bot.web.playground.wire import ApiError

# Source, the text that is seen, and (type, offset, length, extra) of each entity.
PARSED = {
    "nested": ("<b>а<i>б</i></b>", "аб", [("bold", 0, 2, {}), ("italic", 1, 1, {})]),
    "emoji counts two": ("👍<u>да</u>", "👍да", [("underline", 2, 2, {})]),
    "references": ("&lt;b&gt; &amp; &quot; &#1078; &nbsp;", '<b> & " ж &nbsp;', []),
    "link": (
        '<a href="https://a.bg/?x=1&amp;y=2">тук</a>',
        "тук",
        [("text_link", 0, 3, {"url": "https://a.bg/?x=1&y=2"})],
    ),
    "link without address": ("<a>тук</a>", "тук", []),
    "code in pre": ('<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1, {"language": "py"})]),
    "spoiler by class": ('<span class="tg-spoiler">т</span>', "т", [("spoiler", 0, 1, {})]),
    "expandable quotation": ("<blockquote expandable>ц</blockquote>", "ц", [("expandable_blockquote", 0, 1, {})]),
    "white space around": ("  <b> да </b>\n", "да", [("bold", 0, 2, {})]),
    "empty tag": ("а<b></b>", "а", []),
    "moment": (
        '<tg-time unix="1764000000" format="wt">вт</tg-time>',
        "вт",
        [("date_time", 0, 2, {"unix_time": 1764000000, "date_time_format": "wt"})],
    ),
}


@pytest.mark.parametrize(("source", "text", "entities"), PARSED.values(), ids=PARSED.keys())
def test_html_is_read_as_telegram_does(
    source: str, text: str, entities: list[tuple[str, int, int, dict[str, object]]]
) -> None:
    parsed = parse_html(source)
    assert parsed.text == text
    assert list(parsed.entities) == [
        {"type": kind, "offset": offset, "length": length, **extra} for kind, offset, length, extra in entities
    ]


@pytest.mark.parametrize("source", ["<b>", "</b>", "<b></i>", "<div>", "a<b", "<span>a</span>", "1 < 2", "<>"])
def test_broken_html_is_refused(source: str) -> None:
    with pytest.raises(ApiError, match="can't parse entities"):
        parse_html(source)


@given(st.text())
def test_escaped_text_comes_back_whole(text: str) -> None:
    assert parse_html(html.escape(text)).text == text.strip()


def test_plain_text_is_marked_by_telegram_itself() -> None:
    text = "/start на https://site.bg/a?b=1, пишете на me@site.bg или @anna_p, +359 88 123 4567"
    marked = {
        str(each["type"]): text[int(str(each["offset"])) :][: int(str(each["length"]))] for each in found_in(text)
    }
    assert marked == {
        "bot_command": "/start",
        "url": "https://site.bg/a?b=1",
        "email": "me@site.bg",
        "mention": "@anna_p",
        "phone_number": "+359 88 123 4567",
    }
    assert not found_in("и/или 5/6 @я")


def test_links_inside_code_are_left_alone() -> None:
    assert [each["type"] for each in styled("<code>https://a.bg</code> https://b.bg", "HTML", None).entities] == [
        "code",
        "url",
    ]
