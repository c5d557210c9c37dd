"""The notices that need no text of their own: reactions, copies, pins, toasts."""

from typing import assert_never

from bot.core.client_notices import AnswerRelayed, Reacted, Sign, TapHeard
from bot.core.owner_notices import AnswerTaken, BoardPinned, MessagesShown, TapDone
from bot.ports import Copy, Pin, React, Toast
from bot.wording.marks import marked
from bot.wording.reader import Reader

Wordless = Reacted | AnswerRelayed | AnswerTaken | MessagesShown | BoardPinned | TapHeard | TapDone

# All three are in the list of emoji that Telegram lets a bot react with. A handshake suits a greeting, thanks and "ok"
# alike, in Moscow as in Sofia.
SIGNS = {Sign.SEEN: "👀", Sign.HEARD: "🤝"}
TAKEN = "👌"

CLIENT_TOASTS: dict[str, str] = {
    "unknown": marked("This button no longer works."),
    "agreed": marked("Thank you, agreed."),
    "nothing_open": marked("Nothing is waiting for an answer now."),
    "passed_on": marked("It has been passed on already."),
    "can_wait": marked("Good, thank you for telling."),
    "sentence_asked": marked("Please write it in one sentence."),
}
OWNER_TOASTS: dict[str, str] = {
    "unknown": marked("This button no longer works."),
    "nothing_open": marked("Nothing is waiting here any more."),
    "done": marked("Done."),
    "not_urgent": marked("Noted: not urgent."),
    "learned_calm": marked("Not urgent. I will keep it in mind."),
    "learned_urgent": marked("Marked as urgent. I will keep it in mind."),
    "forgotten": marked("Forgotten."),
    "lessons_changed": marked("This has changed since: here is how it stands now."),
    "answer_sent": marked("On its way."),
    "sent_now": marked("On its way."),
    "brought_back": marked("Brought back: it is in the digest."),
    "back_before": marked("It has been brought back already."),
}


def word(notice: Wordless, reader: Reader) -> React | Copy | Pin | Toast:
    """The sign, the copy, the pin or the toast of a notice."""
    match notice:
        case Reacted(message=message, sign=sign):
            return React(message, SIGNS[sign])
        case AnswerTaken(message=message):
            return React(message, TAKEN)
        case AnswerRelayed(source=source, messages=messages):
            return Copy(source, messages)
        case MessagesShown(client=client, messages=messages, rings=rings):
            return Copy(client, messages, silent=not rings)
        case BoardPinned(message=message):
            return Pin(message)
        case TapHeard(tap=tap, code=code):
            return Toast(tap, _toast(CLIENT_TOASTS, code, reader))
        case TapDone():
            return Toast(notice.tap, _done(notice, reader))
        case _:
            assert_never(notice)


def _toast(table: dict[str, str], code: str, reader: Reader) -> str:
    """The words of a code; a code without words only ends the spinner."""
    return reader.gettext(table[code]) if code in table else ""


def _done(notice: TapDone, reader: Reader) -> str:
    match notice.code:
        case "snoozed" if notice.until is not None:
            return reader.gettext("Put off to the window: {time}.", time=reader.at(notice.until))
        case "on_it" if notice.until is not None:
            return reader.gettext("The client is told: {time}.", time=reader.due(notice.until))
        case code:
            return _toast(OWNER_TOASTS, code, reader)
