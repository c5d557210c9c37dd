"""The grammar of deadlines: what the conventions say, what is no deadline, and that clocks may change."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.verdict import Language
from bot.triage.deadlines import find_deadline
from bot.triage.letters import plain
from bot.triage.lexicon import NUMBERS
from bot.triage.moments import easter
from bot.triage.parts import find_parts, read_part
from bot.triage.readers import ROUGH
from bot.triage.training.augment import SPELLINGS, spell_latin

MOSCOW, SOFIA = ZoneInfo("Europe/Moscow"), ZoneInfo("Europe/Sofia")
TUESDAY = "2026-11-24T11:20"
DATA = Path(__file__).parent / "data"


def read(name: str) -> list[dict[str, object]]:
    """Phrases with the deadline of each, from a file of the data."""
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


EXAMPLES = read("deadlines_dev")
# Two rounds that the grammar has learned from, and one that it was only measured on.
KNOWN, UNSEEN = read("deadlines_known"), read("deadlines_unseen")


def local(text: str, zone: ZoneInfo = MOSCOW) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def is_right(example: dict[str, object]) -> bool:
    """Whether the grammar finds the deadline of a phrase within its tolerance, or none where there is none."""
    zone = MOSCOW if example["lang"] == "ru" else SOFIA
    found = find_deadline(str(example["text"]), local(str(example["sent_at"]), zone), Language(str(example["lang"])))
    alternatives = example.get("alt") or []
    assert isinstance(alternatives, list)
    expected = [local(str(text), zone) for text in [example["deadline"], *alternatives] if text]
    if found is None or not expected:
        return found is None and not expected
    tolerance = timedelta(minutes=int(str(example.get("tolerance_min") or 0)))
    return any(abs(found.moment - moment) <= tolerance for moment in expected)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example['lang']}: {example['text']}")
def test_the_shared_examples(example: dict[str, object]) -> None:
    assert is_right(example)


def measure(examples: list[dict[str, object]]) -> tuple[float, float]:
    """The share of deadlines that are found, and of texts without one in which one is found."""
    named, unnamed = ([is_right(each) for each in examples if bool(each["deadline"]) is kind] for kind in (True, False))
    return sum(named) / len(named), 1 - sum(unnamed) / len(unnamed)


@pytest.mark.parametrize("language", ["ru", "bg"])
@pytest.mark.parametrize(
    ("examples", "right", "false"), [(KNOWN, 0.97, 0.015), (UNSEEN, 0.9, 0.065)], ids=["known", "unseen"]
)
def test_most_deadlines_are_found_and_few_where_there_are_none(
    examples: list[dict[str, object]], right: float, false: float, language: str
) -> None:
    """UNSEEN was written by others and never looked at: it is the honest measure (docs/triage.md)."""
    measured = measure([example for example in examples if example["lang"] == language])
    assert measured[0] >= right
    assert measured[1] <= false


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("нужно к половине пятого", "2026-11-24T16:30"),
        ("без четверти шесть выезжаю, пришлите до этого", "2026-11-24T17:45"),
        ("жду завтра, в 9:30", "2026-11-25T09:30"),
        ("в понедельник жду вас не в 9:30, а в 8:45", "2026-11-30T08:45"),
        ("до пятницы, 4 декабря, пришлите смету", "2026-12-04T18:00"),
        ("сдаём 28-го до шести вечера", "2026-11-28T18:00"),
        ("нужно через пару часов", "2026-11-24T13:20"),
        ("осталось минут двадцать", "2026-11-24T11:40"),
        ("в течение трёх рабочих дней пришлите акт", "2026-11-27T18:00"),
        ("segodnya do 5 nado sdat", "2026-11-24T17:00"),
        ("вылет в 6:10, пришлите билет", "2026-11-24T18:10"),
        ("сегодня последний день подачи", "2026-11-24T18:00"),
        ("Утренник двадцать третьего декабря, сколько возьмёте?", "2026-12-23T18:00"),
        ("правки внесите до четверти пятого", "2026-11-24T16:15"),
        ("у вас два дня", "2026-11-26T18:00"),
        ("в течение часа пришлите чек", "2026-11-24T12:20"),
        ("к Пасхе нужны открытки", "2027-05-02T10:00"),
        ("до Никулден да е готово", "2026-12-06T18:00"),
        ("давам ви час и четвърт", "2026-11-24T12:35"),
        ("в тридневен срок изпратете отчета", "2026-11-27T18:00"),
        ("трябва ми до единайсет и половина", "2026-11-24T11:30"),
        ("пратете до края на работния ден", "2026-11-24T18:00"),
        ("чакам го другата сряда", "2026-12-02T18:00"),
        ("utre do 10 sutrinta mi trqbva", "2026-11-25T10:00"),
        ("v petak do 15h", "2026-11-27T15:00"),
        ("остават 40 минути, пратете го", "2026-11-24T12:00"),
        ("удалить материал до 16:00 сегодня", "2026-11-24T16:00"),
        ("скан с подписью просят до 13:00", "2026-11-24T13:00"),
        ("нотариус записал на завтра, на 17 часов", "2026-11-25T17:00"),
        ("распродажа стартует в полдень", "2026-11-24T12:00"),
        ("за подпис до 30-и стига ли", "2026-11-30T18:00"),
    ],
)
def test_a_moment_is_read_as_clients_mean_it(text: str, moment: str) -> None:
    found = find_deadline(text, local(TUESDAY))
    assert found is not None
    assert found.moment == local(moment)


@pytest.mark.parametrize(
    "text",
    [
        "До завтра!",
        "Чудесно, до четвъртък тогава!",
        "Лека вечер и до утре",
        "Вы работаете до 18:00?",
        "бюджет до 18 000",
        "ждём до четырёх тысяч человек",
        "по две тысячи в час",
        "в двух файлах по 5 страниц",
        "тел. 8 916 123-45-67",
        "каждый вторник в 10 планёрка",
        "по понедельникам созвон в 11",
        "в прошлый вторник в 15:00 отправлял",
        "преди две седмици платих",
        "закрыты до понедельника",
        "напишите на баннере «Сгорает через 2 часа»",
        "добър вечер и лека работа",
        "сайт не работает с 9 утра",
        "iPhone 15 или 16?",
        "10x",
        "здравствуйте, есть минутка?",
    ],
)
def test_what_only_looks_like_a_deadline_is_none(text: str) -> None:
    assert find_deadline(text, local(TUESDAY)) is None


def test_the_phrase_is_the_clients_own_words() -> None:
    found = find_deadline("Макет нужен ДО ПЯТНИЦЫ, спасибо", local(TUESDAY))
    assert found is not None
    assert found.phrase == "ДО ПЯТНИЦЫ"
    assert found.bound


def test_a_named_zone_is_the_one_that_counts() -> None:
    found = find_deadline("нужно до 18:00 по Екатеринбургу", local(TUESDAY))
    assert found is not None
    assert found.moment == local("2026-11-24T16:00")


def test_an_event_and_the_time_before_it() -> None:
    found = find_deadline("срещата е в 16:00, трябва ми един час преди това", local(TUESDAY, SOFIA))
    assert found is not None
    assert found.moment == local("2026-11-24T15:00", SOFIA)


def test_hours_are_elapsed_time_when_the_clocks_go_back() -> None:
    sent = local("2026-10-25T02:30", SOFIA)
    found = find_deadline("отговорете след 3 часа", sent)
    assert found is not None
    assert found.moment.astimezone(UTC) - sent.astimezone(UTC) == timedelta(hours=3)
    assert found.moment == local("2026-10-25T04:30", SOFIA)


def test_a_naive_send_time_is_our_bug() -> None:
    with pytest.raises(ValueError, match="aware"):
        find_deadline("до 18:00", datetime.fromisoformat(TUESDAY))


PIECES = st.sampled_from(
    [str(example["text"]) for example in EXAMPLES]
    + [
        "до",
        "в",
        "к",
        "31 февраля",
        "29.02",
        "24:00",
        "25:61",
        "через 99 дней",
        "пн",
        "7",
        "вечера",
        "\n",
        "«",
        "»",
        ".",
    ]
)
MOMENTS = st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2027, 12, 31))  # noqa: DTZ001 - zones are drawn beside


@settings(deadline=None)
@given(
    st.lists(PIECES, min_size=1, max_size=5), MOMENTS, st.sampled_from([MOSCOW, SOFIA, ZoneInfo("America/New_York")])
)
def test_a_deadline_is_never_in_the_past(pieces: list[str], naive: datetime, zone: ZoneInfo) -> None:
    sent = naive.replace(tzinfo=zone)
    found = find_deadline(" ".join(pieces), sent)
    assert found is None or (found.moment >= sent and found.moment.tzinfo is zone)


@pytest.mark.parametrize("piece", ["до ", "1 ", "в 5 и ", "преди 5 ", "через 5 минут ", "@", "5-", "давайии", "\n1"])
def test_no_repeated_piece_makes_the_grammar_slow(piece: str) -> None:
    text = (piece * 4000)[:4000]
    began = process_time()
    find_deadline(text, local(TUESDAY))
    assert process_time() - began < 2


@pytest.mark.parametrize(
    "text",
    [
        "копия в трёх экземплярах лежит у секретаря",
        "пиесата е в три действия",
        "събери ги в един архив",
        "тестът за утре вече е в групата",
        "к обеду сервер подняли",
        "към девет вечерта нетът се върна",
        "написах ти на обяд",
        "честит 24 май на всички",
        "до встречи в среду",
        "до понедельника, хороших выходных",
        "+359 888 000-00-00",
        "2026-11-24 11:05:11 ERROR nginx",
        "магазинът е от 9 до 21",
        "мастер приехал через час",
        "скорость падает до 20 мегабит",
        "кресло за 12 тыщ",
        "третье приложение найду завтра",
        "утре ще пратя логовете",
        "занимаюсь два раза в неделю, вторник и четверг",
        "в понеделник или сряда ми е все едно",
        "сдал часы в ремонт 12-го",
        "удобнее в пятницу, после 17 часов",
        "взимане след 18 часа",
        "перенесите запись на 29 число",
        "можем ли да преместим прегледа на 3 юни",
        "до утра не отвечайте",
        "не мога да чакам до утре с този въпрос",
        'услугата "доставка до 3 часа" колко струва',
        "клиентите са към 18 кила кашони",
        "последний укол был сегодня в обед",
        "смена ещё до 23",
        "чёрная пятница стартовала в полночь",
        "старт продаж был в полдень",
        "в петък в седем вечерта базата падна",
        "вам удобнее до обеда или после?",
    ],
)
def test_what_only_looks_like_a_deadline(text: str) -> None:
    assert find_deadline(text, local(TUESDAY, SOFIA)) is None


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("к шести будет готово?", False),
        ("днес до 18 ще е готово ли?", False),
        ("пришлите до 18:00", True),
        ("сможете прислать до 18:00?", True),
    ],
)
def test_a_question_whether_it_will_be_there_binds_nobody(text: str, bound: bool) -> None:
    found = find_deadline(text, local(TUESDAY, SOFIA))
    assert found is not None
    assert found.bound is bound


@pytest.mark.parametrize("language", [Language.RU, Language.BG])
@pytest.mark.parametrize("table", [NUMBERS, ROUGH], ids=["numbers", "rough"])
def test_every_number_in_words_is_read_in_any_spelling(table: dict[str, float], language: Language) -> None:
    """What a pattern finds forgivingly its reader must know as forgivingly: «dvaisetina» is двайсетина."""
    frames = [
        "след {} минути",
        "через {} минут",
        "имаш {} часа",
        "в {} и четвърт",
        "до {} и половина",
        "пет без {}",
        "за {} дни",
    ]
    for word in table:
        for frame in frames:
            text = frame.format(word)
            for spelled in (text, text.replace("й", "и"), *(spell_latin(text, each) for each in SPELLINGS[language])):
                find_deadline(spelled, local(TUESDAY), language)


def test_rough_numbers_are_read_in_latin_letters() -> None:
    found = find_deadline("sled dvaisetina minuti mi trqbva", local(TUESDAY, SOFIA))
    assert found is not None
    assert found.moment == local("2026-11-24T11:40", SOFIA)


@pytest.mark.parametrize(("year", "day"), [(2025, "04-20"), (2026, "04-12"), (2027, "05-02"), (2028, "04-16")])
def test_easter_is_that_of_the_orthodox_church(year: int, day: str) -> None:
    assert easter(year).isoformat() == f"{year}-{day}"


@pytest.mark.parametrize("example", [*EXAMPLES, *KNOWN], ids=lambda example: str(example["text"]))
def test_the_quick_pattern_passes_nothing_over(example: dict[str, object]) -> None:
    text = plain(str(example["text"]), Language(str(example["lang"]))).text
    parts = tuple(find_parts(text))
    for place in range(len(text)):
        if place and (text[place - 1].isalnum() or text[place - 1] == "_"):
            continue
        if any(part.start <= place < part.end for part in parts):
            continue
        assert read_part(text, place, 0) is None


if __name__ == "__main__":
    for name, phrases in (("examples", EXAMPLES), ("known", KNOWN), ("unseen", UNSEEN)):
        for spoken in ("ru", "bg"):
            own = [phrase for phrase in phrases if phrase["lang"] == spoken]
            print(name, spoken, "found {:.3f}, found where there is none {:.3f}".format(*measure(own)))
