"""Buttons: what a `Press` looks like as callback data, and rows of buttons as an inline keyboard.

`1<scope><action>|<argument>|<client>`: the first character is the version, so that a button that was sent before an
update is either understood or known to be foreign; the scope is `d` for the desk, `.` for all else. The client comes
last and may contain anything.
"""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.ports import Press, Rows

# core.telegram.org/bots/api#inlinekeyboardbutton
DATA_LIMIT = 64
_VERSION = "1"
_SCOPES = {"d": True, ".": False}


def press_to_data(press: Press) -> str:
    """Callback data of at most 64 bytes. Raises ValueError where it would be longer or could not be read back."""
    if "|" in press.action or "|" in press.argument:
        raise ValueError(f"the action and the argument of a button cannot contain '|': {press.action!r}")
    scope = "d" if press.desk else "."
    data = f"{_VERSION}{scope}{press.action}|{press.argument}|{press.client}"
    if len(data.encode()) > DATA_LIMIT:
        raise ValueError(f"a button of {len(data.encode())} bytes: {press.action!r}")
    return data


def data_to_press(data: str) -> Press | None:
    """What the button does; None for data that is not ours or of another version."""
    fields = data[2:].split("|", maxsplit=2)
    if data[:1] != _VERSION or data[1:2] not in _SCOPES or len(fields) != 3:
        return None
    action, argument, client = fields
    return Press(action, argument, client, desk=_SCOPES[data[1]])


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """The rows as Telegram wants them; None where there is no button."""
    drawn = [
        [InlineKeyboardButton(text=button.label, callback_data=press_to_data(button.press)) for button in row]
        for row in rows
        if row
    ]
    return InlineKeyboardMarkup(inline_keyboard=drawn) if drawn else None
