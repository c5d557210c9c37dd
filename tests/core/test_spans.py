"""Dates after /away, as owners type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.desk import Away
from bot.core.spans import Misread, read_away

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "start", "end", "reason"),
    [
        ("", (2026, 11, 24), (2026, 11, 24), "vacation"),
        ("24.12-08.01 отпуск", (2026, 12, 24), (2027, 1, 8), "отпуск"),
        ("24.12 – 08.01, отпуска", (2026, 12, 24), (2027, 1, 8), "отпуска"),
        ("24.12.2026–08.01.2027", (2026, 12, 24), (2027, 1, 8), "vacation"),
        ("2026-12-24 2027-01-08 sick", (2026, 12, 24), (2027, 1, 8), "sick"),
        ("2026-12-24..2027-01-08", (2026, 12, 24), (2027, 1, 8), "vacation"),
        ("24.12 по 8.1", (2026, 12, 24), (2027, 1, 8), "vacation"),
        ("24.12 до 8.1 почивка", (2026, 12, 24), (2027, 1, 8), "почивка"),
        ("до 5.12", (2026, 11, 24), (2026, 12, 5), "vacation"),
        ("until 5.12 conference", (2026, 11, 24), (2026, 12, 5), "conference"),
        ("5.12", (2026, 12, 5), (2026, 12, 5), "vacation"),
        ("1.2.27", (2027, 2, 1), (2027, 2, 1), "vacation"),
        ("завтра", (2026, 11, 25), (2026, 11, 25), "vacation"),
        ("утре, на лекар", (2026, 11, 25), (2026, 11, 25), "на лекар"),
        ("до завтра болею", (2026, 11, 24), (2026, 11, 25), "болею"),
        ("24.11", (2026, 11, 24), (2026, 11, 24), "vacation"),
        ("23.11", (2027, 11, 23), (2027, 11, 23), "vacation"),
    ],
)
def test_spans_are_read(text: str, start: tuple[int, int, int], end: tuple[int, int, int], reason: str) -> None:
    assert read_away(text, TODAY) == Away(date(*start), date(*end), reason)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("на море", "no_date"),
        ("31.02", "no_such_day"),
        ("5.12 - 31.02", "no_such_day"),
        ("2026-12-24 2026-12-01", "ends_before_it_starts"),
        ("01.01.2026 - 05.01.2026", "in_the_past"),
        ("01.12.2026 - 05.01.2029", "too_long"),
        ("до", "no_date"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, code: str) -> None:
    read = read_away(text, TODAY)
    assert isinstance(read, Misread)
    assert read.code == code


@given(st.text(alphabet="0123456789.-– отпускдоuntil:/", max_size=40))
def test_nothing_an_owner_types_raises(text: str) -> None:
    read = read_away(text, TODAY)
    assert isinstance(read, Misread) or read.start <= read.end
