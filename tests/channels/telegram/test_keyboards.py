"""Buttons survive the trip to Telegram and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.keyboards import DATA_LIMIT, data_to_press, keyboard, press_to_data
from bot.ports import Button, Press

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="|"), max_size=20)
PRESSES = st.builds(Press, WORDS, WORDS, st.text(max_size=20).filter(str.isprintable), st.booleans())


@given(PRESSES)
def test_a_press_comes_back_as_it_was_or_is_refused(press: Press) -> None:
    try:
        data = press_to_data(press)
    except ValueError:
        size = len((press.action + press.argument + press.client).encode())
        assert size + 4 > DATA_LIMIT
        return
    assert 1 <= len(data.encode()) <= DATA_LIMIT
    assert data_to_press(data) == press


@given(st.text(max_size=70))
def test_foreign_data_is_unknown_or_ours(data: str) -> None:
    press = data_to_press(data)
    assert press is None or press_to_data_or_refusal(press) in {data, "refused"}


def press_to_data_or_refusal(press: Press) -> str:
    try:
        return press_to_data(press)
    except ValueError:
        return "refused"


@pytest.mark.parametrize("data", ["", "1", "1.", "1.agree", "1.agree|", "2.agree||", "1xagree||", "page:2"])
def test_data_of_another_make_is_unknown(data: str) -> None:
    assert data_to_press(data) is None


def test_the_longest_of_our_buttons_fits() -> None:
    longest = Press("not_urgent", "60", "tg:4503599627370495")
    assert len(press_to_data(longest).encode()) < DATA_LIMIT


@pytest.mark.parametrize(
    "press", [Press("a", "б" * 31), Press("a|b"), Press("a", "b|c")], ids=["too_long", "bar", "bar_in_argument"]
)
def test_what_could_not_be_read_back_is_refused(press: Press) -> None:
    with pytest.raises(ValueError, match="button"):
        press_to_data(press)


def test_rows_become_an_inline_keyboard() -> None:
    rows = ((Button("Согласен", Press("agree")),), (), (Button("15", Press("on_it", "15", "tg:5")),))
    drawn = keyboard(rows)
    assert drawn is not None
    assert [[(b.text, b.callback_data) for b in row] for row in drawn.inline_keyboard] == [
        [("Согласен", "1.agree||")],
        [("15", "1.on_it|15|tg:5")],
    ]


def test_no_buttons_no_keyboard() -> None:
    assert keyboard(()) is None
    assert keyboard(((),)) is None
