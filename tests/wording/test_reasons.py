"""Every reason that the core or triage can give has words, and never shows its code."""

import re
from pathlib import Path

import pytest

from bot.core.events import Kind
from bot.core.opinion import CHANGED
from bot.core.requests import HAPPENED
from bot.core.verdict import Because, Language
from bot.triage import REASONS
from bot.wording import reason
from bot.wording.kinds import KINDS
from tests.wording.samples import NOW, moscow

CORE = Path(__file__).parents[2] / "bot" / "core"


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_message_has_a_name(kind: Kind) -> None:
    assert kind in KINDS


def codes_of_the_core() -> set[str]:
    source = "\n".join(path.read_text() for path in CORE.glob("*.py"))
    found = set(re.findall(r"(?:\.why|Because)\(\s*\"(\w+)\"", source))
    return found | {f"client_says_{key}" for key in HAPPENED} | set(CHANGED.values())


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("code", sorted(codes_of_the_core() | set(REASONS)))
def test_every_reason_has_words_of_its_own(code: str, language: Language) -> None:
    words = reason(Because(code, moscow(24, 18).isoformat()), language, now=NOW, zone="Europe/Moscow")
    assert words
    assert words != reason(Because("nobody knows"), language)
    assert "_" not in words


@pytest.mark.parametrize(
    ("because", "ru", "bg"),
    [
        (Because("resolved"), "уже решено", "вече е решено"),
        (
            Because("payment", "оплата не проходит"),
            "деньги или оплата: «оплата не проходит»",
            "пари или плащане: „оплата не проходит“",
        ),
        (Because("deadline", "2026-11-24T18:00+03:00"), "срок: сегодня, 18:00", "срок: днес, 18:00 ч."),
        (
            Because("promise_made", "2026-11-25T08:00+00:00"),
            "ответ обещан завтра, в среду, до 11:00",
            "обещан отговор утре, сряда, до 11:00 ч.",
        ),
        (
            Because("client_says_payment"),
            "клиент говорит: проблема с оплатой",
            "клиентът казва: проблем с плащане",
        ),
        (
            Because("second_opinion_urgent", "outage"),
            "второе мнение: срочно (что-то не работает)",
            "второ мнение: спешно е (нещо не работи)",
        ),
        (
            Because("second_opinion_routine", "far_deadline"),
            "второе мнение: может подождать (срок ещё не скоро)",
            "второ мнение: може да почака (срокът е далеч)",
        ),
        (Because("second_opinion_routine"), "второе мнение: может подождать", "второ мнение: може да почака"),
        (
            Because("learned_calm", "встреча, переносим", 3),
            "вы 3 раза отметили похожее как несрочное: «встреча, переносим»",
            "3 пъти отбелязахте подобно съобщение като неспешно: „встреча, переносим“",
        ),
        (
            Because("learned_urgent", count=1),
            "вы отмечали похожее как срочное",
            "отбелязахте подобно съобщение като спешно",
        ),
        (
            Because("learned_urgent_client", count=5),
            "вы 5 раз отметили сообщения этого клиента как срочные",
            "5 пъти отбелязахте съобщения на този клиент като спешни",
        ),
        (
            Because("learned_calm_client", count=1),
            "вы отмечали сообщение этого клиента как несрочное",
            "отбелязахте съобщение на този клиент като неспешно",
        ),
        (Because("of_tomorrow"), "решено по содержанию сообщения", "преценено по съдържанието на съобщението"),
    ],
)
def test_reasons_are_told_in_the_readers_words(because: Because, ru: str, bg: str) -> None:
    assert reason(because, Language.RU, now=NOW, zone="Europe/Moscow") == ru
    assert reason(because, Language.BG, now=NOW, zone="Europe/Moscow") == bg


def test_without_a_clock_a_reason_names_the_date() -> None:
    assert reason(Because("deadline", "2026-11-24T18:00+03:00"), Language.RU) == "срок: 24.11 18:00"
    assert reason(Because("deadline"), Language.RU) == "срок"


@pytest.mark.parametrize("detail", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "2026-11-24", "<b>", "{at}"])
def test_no_detail_of_a_reason_is_too_odd(detail: str) -> None:
    for language in Language:
        assert reason(Because("deadline", detail), language, now=NOW, zone="Europe/Moscow")
