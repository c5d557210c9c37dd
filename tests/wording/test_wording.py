"""Every notice has words, in every language it can be read in, and no text can break them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.client_notices import (
    Acknowledged,
    BudgetSpent,
    PassedOn,
    RulesAgreed,
    StatusTold,
    TapHeard,
    Welcomed,
    ZoneAsked,
    ZoneChosen,
)
from bot.core.desk import EMPTY_WEEK, Desk, Gender, Owner, Preference, Rules
from bot.core.events import Kind
from bot.core.lessons import Learned
from bot.core.notices import Notice
from bot.core.owner_notices import (
    AlarmEscalated,
    AlarmHandedOver,
    AlarmRaised,
    AlarmsShown,
    AnswerHeld,
    AnswerPrompted,
    AwaySet,
    BoardPinned,
    BoardShown,
    CommandMisread,
    DigestShown,
    FolderOpened,
    PromiseLapsed,
    PromisesEnding,
    TapDone,
    Undelivered,
    Waiting,
    WhomAsked,
)
from bot.core.thread import Line
from bot.core.verdict import Because, Language
from bot.ports import Button, Copy, Delivery, Edit, Pin, Press, React, Say, Toast
from bot.wording import word
from bot.wording.markup import LIMIT, length
from tests.wording.samples import ALARM, ANNA, IVAN, LINES, MARIA, NOW, SAMPLES, TODAY, line, moscow

EVERY_SAMPLE = [(kind, sample) for kind, samples in SAMPLES.items() for sample in samples]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Emoji that Telegram lets a bot react with (core.telegram.org/bots/api#reactiontypeemoji) and that suit a client.
ALLOWED = frozenset(["👍", "❤", "🔥", "🎉", "👌", "👀", "🙏", "🤝", "✍", "🤗", "🫡", "🆒", "💯"])


def buttons(delivery: Delivery) -> Iterator[Button]:
    if isinstance(delivery, Say | Edit):
        for row in delivery.rows:
            yield from row


def words_of(delivery: Delivery) -> str:
    """Everything of a delivery that a person reads."""
    text = delivery.text if isinstance(delivery, Say | Edit | Toast) else ""
    return "\n".join((text, *(button.label for button in buttons(delivery))))


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


# Completeness


def test_every_notice_has_a_sample() -> None:
    assert set(get_args(Notice)) == SAMPLES.keys()


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("desk", [ANNA, IVAN], ids=["gate", "owner"])
@pytest.mark.parametrize(("kind", "notice"), EVERY_SAMPLE, ids=[kind.__name__ for kind, _ in EVERY_SAMPLE])
def test_every_notice_has_words_in_every_language(kind: type, notice: Notice, desk: Desk, language: Language) -> None:
    delivery = word(notice, desk=desk, language=language, now=NOW, zone="Asia/Novosibirsk")
    words = words_of(delivery)
    assert not re.search(r"[{}]|\bNone\b|&amp;lt;|\.\.(?!\.)|  \S", words.replace("   <i>", "")), words
    if isinstance(delivery, Say | Edit):
        assert delivery.text.strip()
        assert all(button.label.strip() for button in buttons(delivery))


@pytest.mark.parametrize("language", [Language.RU, Language.BG])
@pytest.mark.parametrize(("kind", "notice"), EVERY_SAMPLE, ids=[kind.__name__ for kind, _ in EVERY_SAMPLE])
def test_no_english_is_left_in_a_translation(kind: type, notice: Notice, language: Language) -> None:
    words = words_of(word(notice, desk=ANNA, language=language, now=NOW))
    words = re.sub(r"<[^>]+>|/\w+|https?://\S+|\S+@\S+|tg:\S+|UTC|Telegram", "", words)
    assert not re.search(r"[A-Za-z]{2,}", words), words


# Plurals and gender


@pytest.mark.parametrize(
    ("count", "ru", "bg", "en"),
    [
        (1, "1 клиент, 1 обращение", "1 клиент, 1 запитване", "1 client, 1 inquiry"),
        (2, "2 клиента, 2 обращения", "2 клиенти, 2 запитвания", "2 clients, 2 inquiries"),
        (5, "5 клиентов, 5 обращений", "5 клиенти, 5 запитвания", "5 clients, 5 inquiries"),
        (11, "11 клиентов, 11 обращений", "11 клиенти, 11 запитвания", "11 clients, 11 inquiries"),
        (21, "21 клиент, 21 обращение", "21 клиенти, 21 запитвания", "21 clients, 21 inquiries"),
        (22, "22 клиента, 22 обращения", "22 клиенти, 22 запитвания", "22 clients, 22 inquiries"),
        (112, "112 клиентов, 112 обращений", "112 клиенти, 112 запитвания", "112 clients, 112 inquiries"),
    ],
)
def test_counts_agree_with_their_nouns(count: int, ru: str, bg: str, en: str) -> None:
    digest = DigestShown(NOW, (MARIA,), 1, 1, count, count)
    for language, expected in ((Language.RU, ru), (Language.BG, bg), (Language.EN, en)):
        assert expected in words_of(word(digest, desk=ANNA, language=language, now=NOW))


@pytest.mark.parametrize(
    ("limit", "ru", "bg"),
    [(1, "до 1 раза в неделю", "до 1 път седмично"), (3, "до 3 раз в неделю", "до 3 пъти седмично")],
)
def test_the_budget_agrees_with_its_noun(limit: int, ru: str, bg: str) -> None:
    desk = replace(ANNA, rules=Rules(weekly_alarms=limit))
    assert ru in words_of(word(Welcomed(agreed=True), desk=desk, language=Language.RU, now=NOW))
    assert bg in words_of(word(Welcomed(agreed=True), desk=desk, language=Language.BG, now=NOW))


def test_no_budget_is_promised_where_there_is_none() -> None:
    desk = replace(ANNA, rules=Rules(weekly_alarms=0))
    assert "Не может ждать" not in words_of(word(Welcomed(agreed=True), desk=desk, language=Language.RU, now=NOW))
    assert "до 0" not in words_of(word(BudgetSpent(0, None), desk=desk, language=Language.RU, now=NOW))


def test_the_past_tense_agrees_with_the_owner() -> None:
    ivan = replace(ANNA, owner=replace(ANNA.owner, name="Иван Георгиев", gender=Gender.MALE))
    assert "Анна его уже получила" in words_of(word(PassedOn(), desk=ANNA, language=Language.RU, now=NOW))
    assert "Иван его уже получил." in words_of(word(PassedOn(), desk=ivan, language=Language.RU, now=NOW))


# What people write stays text


EVIL = '<b>&"</b><a href="tg://x">'


def test_nothing_that_people_write_becomes_markup() -> None:
    evil_line = line(EVIL)
    row = replace(MARIA, name=EVIL, lines=(evil_line,))
    desk = replace(
        ANNA,
        owner=Owner(EVIL, Gender.FEMALE, Language.RU, "Europe/Moscow", "RU", "tg:1"),
        preferences=(Preference(EVIL, EVIL, (EVIL,), MappingProxyType({Language.RU: EVIL})),),
    )
    notices: tuple[Notice, ...] = (
        Welcomed(agreed=False),
        Acknowledged(TODAY, passed_on=True),
        StatusTold(1, (evil_line,), None),
        replace(ALARM, name=EVIL, text=EVIL, because=(Because("payment", EVIL),), earlier=(evil_line,)),
        DigestShown(NOW, (row,), 1, 1, 1, 1),
        AlarmsShown(NOW, (row,), (Learned("1", urgent=True, count=1, name=EVIL),)),
        FolderOpened("tg:1", EVIL, (evil_line,), None, Language.RU),
        AnswerPrompted("tg:1", EVIL),
        Undelivered("tg:1", EVIL, blocked=True),
        PromiseLapsed("tg:1", EVIL, TODAY.moment, 1),
        PromisesEnding(NOW, (row,)),
        PromisesEnding(NOW, (row, row)),
        AnswerHeld("tg:1", EVIL, "12", TODAY.moment),
        AlarmHandedOver("tg:1", EVIL, EVIL),
        AlarmEscalated(EVIL, NOW, EVIL, (Because("payment", EVIL),), None),
        ZoneAsked(EVIL, misread=EVIL),
        ZoneAsked(EVIL),
        ZoneChosen(EVIL),
        CommandMisread("away", "no_date", EVIL),
    )
    for notice in notices:
        delivery = word(notice, desk=desk, language=Language.RU, now=NOW)
        assert isinstance(delivery, Say)
        assert "<a" not in delivery.text
        assert set(re.findall(r"</?([^>]*)>", delivery.text)) <= {
            "b",
            "i",
            "code",
            "blockquote",
            "blockquote expandable",
        }
        assert "<b></b>" not in delivery.text


def test_a_button_shows_a_name_as_it_is() -> None:
    row = replace(MARIA, name="Tom & Jerry")
    delivery = word(WhomAsked("12", (row,)), desk=ANNA, language=Language.RU, now=NOW)
    assert [button.label for button in buttons(delivery)] == ["Tom & Jerry"]


def test_a_client_without_a_name_is_a_client() -> None:
    delivery = word(AnswerPrompted("tg:1", " \n"), desk=ANNA, language=Language.BG, now=NOW)
    assert "<b>Клиент</b>" in words_of(delivery)


anything = st.text(st.characters() | st.sampled_from("<&>🔥\ud83d"), max_size=200)
long_texts = st.builds(lambda text, times: text * times, anything, st.sampled_from([1, 30, 400]))


@given(text=long_texts, name=anything, detail=anything, language=st.sampled_from(Language))
@settings(max_examples=60, deadline=None)
def test_whatever_people_write_fits_into_one_message(text: str, name: str, detail: str, language: Language) -> None:
    lines = tuple(Line(n, str(n), NOW, kind, text[:600]) for n, kind in enumerate([*Kind] * 2))
    row = Waiting("tg:1", name, 30, NOW, lines[:5], NOW, NOW, NOW)
    notices: tuple[Notice, ...] = (
        AlarmRaised("tg:1", name, 1, NOW, text, (Because("outage", detail),) * 9, NOW, NOW, lines[:5], 2),
        DigestShown(NOW, (row,) * 6, 1, 9, 54, 162),
        AlarmsShown(NOW, (row,) * 60),
        PromisesEnding(NOW, (row,) * 60),
        PromisesEnding(NOW, (row,)),
        AlarmEscalated(name, NOW, text, (Because("outage", detail),) * 9, NOW),
        ZoneAsked(misread=text),
        FolderOpened("tg:1", name, lines, NOW, language),
        StatusTold(99, lines[:5], NOW),
        WhomAsked("1", (row,) * 8),
        CommandMisread(text, "no_date", text),
        Undelivered("tg:1", name, blocked=False),
    )
    for notice in notices:
        delivery = word(notice, desk=ANNA, language=language, now=NOW)
        assert isinstance(delivery, Say)
        assert len(delivery.text.encode("utf-16-le")) // 2 == length(delivery.text) <= LIMIT
        assert delivery.text.count("<blockquote") == delivery.text.count("</blockquote>")
        assert sum(1 for _ in buttons(delivery)) <= 100


def test_a_text_that_had_to_be_cut_says_so() -> None:
    said = word(replace(ALARM, text="Сайт лежит. " * 1000), desk=ANNA, language=Language.RU, now=NOW)
    assert isinstance(said, Say)
    assert "…</blockquote>\nТекст сокращён: всё сообщение целиком — в папке" in said.text
    assert "<blockquote expandable>" in said.text


def test_a_short_text_is_neither_cut_nor_folded() -> None:
    said = word(ALARM, desk=ANNA, language=Language.RU, now=NOW)
    assert isinstance(said, Say)
    assert f"<blockquote>{ALARM.text}</blockquote>" in said.text
    assert "сокращён" not in said.text


def test_the_reply_to_an_alarm_has_its_buttons() -> None:
    presses = [button.press for button in buttons(word(ALARM, desk=ANNA, language=Language.RU, now=NOW))]
    assert presses == [
        Press("answer", client="tg:102"),
        Press("on_it", "15", client="tg:102"),
        Press("on_it", "30", client="tg:102"),
        Press("on_it", "60", client="tg:102"),
        Press("not_urgent", client="tg:102"),
        Press("open", client="tg:102"),
    ]


# Acts of the channel


def test_signs_are_emoji_that_may_be_set() -> None:
    for kind, notice in EVERY_SAMPLE:
        delivery = word(notice, desk=ANNA, language=Language.RU, now=NOW)
        if isinstance(delivery, React):
            assert delivery.emoji in ALLOWED, kind


def test_copies_ring_only_for_an_alarm_or_the_client() -> None:
    copies = [word(notice, desk=ANNA, language=Language.RU, now=NOW) for _, notice in EVERY_SAMPLE]
    assert [copy for copy in copies if isinstance(copy, Copy)] == [
        Copy("tg:1", ("7", "8")),
        Copy("tg:101", ("3", "4"), silent=True),
        Copy("tg:101", ("5",)),
    ]


def test_the_digest_is_silent_by_itself_and_turned_in_place() -> None:
    digest = DigestShown(NOW, (MARIA,), 2, 3, 13, 21)
    asked = word(digest, desk=ANNA, language=Language.RU, now=NOW)
    itself = word(replace(digest, by_itself=True), desk=ANNA, language=Language.RU, now=NOW)
    turned = word(replace(digest, edits="77"), desk=ANNA, language=Language.RU, now=NOW)
    assert isinstance(asked, Say)
    assert not asked.silent
    assert isinstance(itself, Say)
    assert itself.silent
    assert turned == Edit("77", asked.text, asked.rows)
    assert [button.press for button in asked.rows[-1]] == [Press("page", "1", desk=True), Press("page", "3", desk=True)]


def test_an_alarm_of_the_night_is_silent() -> None:
    for silent in (True, False):
        said = word(replace(ALARM, silent=silent), desk=ANNA, language=Language.RU, now=NOW)
        assert isinstance(said, Say)
        assert said.silent is silent


def test_the_board_is_silent_edited_in_place_and_pinned() -> None:
    board = BoardShown(1, 3, 0, TODAY.moment, moscow(24, 14), None)
    said = word(board, desk=ANNA, language=Language.RU, now=NOW)
    assert isinstance(said, Say)
    assert said.silent
    assert word(replace(board, edits="70"), desk=ANNA, language=Language.RU, now=NOW) == Edit("70", said.text)
    assert word(BoardPinned("70"), desk=ANNA, language=Language.RU, now=NOW) == Pin("70")


@pytest.mark.parametrize("language", list(Language))
def test_no_word_of_the_board_is_stale_a_day_later(language: Language) -> None:
    for board in SAMPLES[BoardShown]:
        words = [words_of(word(board, desk=ANNA, language=language, now=NOW + age)) for age in (HOUR, DAY, 2 * DAY)]
        assert len(set(words)) == 1


def test_a_warning_has_two_buttons_for_each_client_as_far_as_they_can_be_answered() -> None:
    one = word(PromisesEnding(NOW, (MARIA,)), desk=ANNA, language=Language.RU, now=NOW)
    assert [button.press for button in buttons(one)] == [
        Press("answer", client="tg:101"),
        Press("open", client="tg:101"),
    ]
    many = word(PromisesEnding(NOW, (MARIA,) * 15), desk=ANNA, language=Language.RU, now=NOW)
    assert words_of(many).count("Мария Иванова") == 12
    assert "15 клиентов" in words_of(many)
    assert "…и ещё 3" in words_of(many)
    assert len(list(buttons(many))) == 24


def test_a_held_answer_can_be_sent_at_once() -> None:
    held = word(AnswerHeld("tg:101", "Мария", "12", moscow(25, 10)), desk=ANNA, language=Language.RU, now=NOW)
    assert isinstance(held, Say)
    assert (held.reply_to, held.silent) == ("12", True)
    assert [button.press for button in buttons(held)] == [Press("send_now", "12", client="tg:101")]


@pytest.mark.parametrize(
    ("desk", "language", "zones"),
    [
        (ANNA, Language.RU, "Europe/Moscow Europe/Kaliningrad Asia/Yekaterinburg Asia/Novosibirsk"),
        (ANNA, Language.BG, "Europe/Sofia Europe/Berlin Europe/London Europe/Moscow"),
        # A Russian whose freelancer lives in Sofia may well live there too.
        (IVAN, Language.RU, "Europe/Moscow Europe/Kaliningrad Asia/Yekaterinburg Asia/Novosibirsk Europe/Sofia"),
    ],
)
def test_the_likely_zones_are_a_tap_away(desk: Desk, language: Language, zones: str) -> None:
    asked = word(ZoneAsked(), desk=desk, language=language, now=NOW)
    assert [button.press for button in buttons(asked)] == [Press("zone", zone) for zone in zones.split()]


def test_the_backup_contact_reads_the_whole_message() -> None:
    told = word(AlarmEscalated("Георги", NOW, ALARM.text, (), None), desk=ANNA, language=Language.RU, now=NOW)
    assert f"<blockquote>{ALARM.text}</blockquote>" in words_of(told)
    assert list(buttons(told)) == []


def test_agreeing_takes_the_button_away_and_says_thanks_under_the_same_rules() -> None:
    before, agreed, after = (
        word(notice, desk=ANNA, language=Language.BG, now=NOW)
        for notice in (Welcomed(agreed=False), Welcomed(agreed=True), RulesAgreed("9"))
    )
    assert isinstance(before, Say)
    assert [button.press for button in buttons(before)] == [Press("agree")]
    assert isinstance(agreed, Say)
    assert agreed.rows == ()
    assert after == Edit("9", f"{before.text}\n\nБлагодаря, разбрахме се.")


@pytest.mark.parametrize(
    ("switch_to", "label"), [(Language.BG, "Пишете ми на български"), (Language.RU, "Писать по-русски")]
)
def test_the_switch_of_language_speaks_the_other_language(switch_to: Language, label: str) -> None:
    language = Language.RU if switch_to is Language.BG else Language.BG
    said = word(Acknowledged(TODAY, switch_to=switch_to), desk=ANNA, language=language, now=NOW)
    assert list(buttons(said))[-1] == Button(label, Press("language", switch_to.value))


@pytest.mark.parametrize("notice", [TapHeard("t", "of tomorrow"), TapDone("t", "of tomorrow"), TapDone("t", "snoozed")])
def test_a_code_without_words_only_ends_the_spinner(notice: Notice) -> None:
    assert word(notice, desk=ANNA, language=Language.RU, now=NOW) == Toast("t")


# Times


def test_a_client_elsewhere_reads_their_own_clock() -> None:
    said = word(Acknowledged(TODAY), desk=ANNA, language=Language.RU, now=NOW, zone="Asia/Novosibirsk")
    assert "до 18:30 по вашему времени (14:30 по Москве)" in words_of(said)


@pytest.mark.parametrize("zone", ["Europe", "Mars/Olympus", "../etc", "", None])
def test_a_zone_that_does_not_exist_is_the_owners(zone: str | None) -> None:
    said = word(Acknowledged(TODAY), desk=ANNA, language=Language.RU, now=NOW, zone=zone)
    assert "Анна ответит сегодня до 14:30." in words_of(said)


@pytest.mark.parametrize(
    ("age", "ru", "bg"),
    [
        (timedelta(minutes=25), "ждёт 25 мин", "чака 25 мин"),
        (timedelta(minutes=190), "ждёт 3 ч 10 мин", "чака 3 ч 10 мин"),
        (timedelta(days=2, hours=5), "ждёт 2 дня", "чака 2 дни"),
        (timedelta(seconds=-5), "ждёт 0 мин", "чака 0 мин"),
    ],
)
def test_the_age_of_an_alarm(age: timedelta, ru: str, bg: str) -> None:
    shown = AlarmsShown(NOW, (replace(MARIA, alarm_at=NOW - age),))
    for language, expected in ((Language.RU, ru), (Language.BG, bg)):
        words = words_of(word(shown, desk=ANNA, language=language, now=NOW)).replace("\u00a0", " ")
        assert expected in words


def test_an_overdue_promise_is_marked_and_never_told_as_ahead() -> None:
    late = replace(MARIA, due=NOW - timedelta(minutes=20))
    digest = DigestShown(NOW, (late,), 1, 1, 1, 3)
    assert "⚠️ просрочено: сегодня, 11:00" in words_of(word(digest, desk=ANNA, language=Language.RU, now=NOW))


@pytest.mark.parametrize(
    ("now", "ru"),
    [
        (moscow(24, 11, 20), "Следующее окно: сегодня, 14:00."),
        (moscow(24, 14, 10), "Окно открыто до 14:30."),
        (moscow(27, 19), "Следующее окно: в понедельник, 30 ноября, 10:00."),
    ],
)
def test_the_digest_says_when_the_window_is(now: datetime, ru: str) -> None:
    digest = DigestShown(now, (), 1, 1, 0, 0)
    assert ru in words_of(word(digest, desk=ANNA, language=Language.RU, now=now))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (Language.RU, "Окно открыто до 18:00. Это последнее на сегодня, следующее — завтра, в среду, в 10:00."),
        (
            Language.BG,
            "Прозорецът е отворен до 18:00 ч. Той е последният за днес, следващият е утре, сряда, в 10:00 ч.",
        ),
        (
            Language.EN,
            "The window is open until 18:00. It is the last one today; the next one is tomorrow, Wednesday, at 10:00.",
        ),
    ],
)
def test_the_last_digest_of_the_day_tells_the_next_window(language: Language, expected: str) -> None:
    digest = DigestShown(moscow(24, 17, 30), (MARIA,), 1, 1, 1, 3, by_itself=True, next_window=moscow(25, 10))
    assert f"\n{expected}\n" in words_of(word(digest, desk=ANNA, language=language, now=moscow(24, 17, 30)))
    # Read when the window was over: the next one is all there is to say.
    late = words_of(word(digest, desk=ANNA, language=Language.RU, now=moscow(24, 18, 30)))
    assert "\nСледующее окно: завтра, 10:00.\n" in late


def test_a_desk_without_windows_is_not_lost_for_words() -> None:
    desk = replace(ANNA, windows=EMPTY_WEEK)
    for language in Language:
        assert words_of(word(Welcomed(agreed=False), desk=desk, language=language, now=NOW))
        assert words_of(word(DigestShown(NOW, (), 1, 1, 0, 0), desk=desk, language=language, now=NOW))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((0, 1, 2, 3, 4), "Пн–Пт: 10:00–11:00"),
        ((0, 1), "Пн, Вт: 10:00–11:00"),
        ((0, 2, 4, 5, 6), "Пн, Ср, Пт–Вс: 10:00–11:00"),
    ],
)
def test_equal_days_of_the_week_are_told_together(days: tuple[int, ...], expected: str) -> None:
    desk = replace(ANNA, windows=tuple((ANNA.windows[0][:1] if day in days else ()) for day in range(7)))
    assert (
        expected in plain(words_of(word(Welcomed(agreed=True), desk=desk, language=Language.RU, now=NOW))).splitlines()
    )


def test_days_away_are_told_as_a_russian_would() -> None:
    first, last = datetime(2026, 12, 2, tzinfo=UTC).date(), datetime(2027, 12, 8, tzinfo=UTC).date()
    words = words_of(word(AwaySet(first, last, "vacation", 0), desk=ANNA, language=Language.RU, now=NOW))
    assert "Вас не будет со 2 декабря по 8 декабря 2027 г. включительно." in words.replace("\u202f", " ").replace(
        "\xa0", " "
    )


def test_media_are_told_by_their_kind() -> None:
    words = words_of(word(StatusTold(3, LINES, None), desk=ANNA, language=Language.RU, now=NOW))
    assert "• файл: макет-3\n• голосовое" in words
