"""The notices to clients, in words."""

from datetime import datetime
from typing import assert_never

from bot.core.client_notices import (
    Acknowledged,
    BeingHandled,
    BudgetSpent,
    LanguageAsked,
    LanguageChosen,
    OwnerOnly,
    PassedOn,
    PromiseMoved,
    RulesAgreed,
    SentenceAsked,
    StatusTold,
    Welcomed,
    WhatAsked,
)
from bot.core.requests import HAPPENED
from bot.core.verdict import Language
from bot.ports import Button, Edit, Press, Rows, Say
from bot.wording.catalogue import catalogue
from bot.wording.kinds import line_words
from bot.wording.marks import marked
from bot.wording.markup import Html, bold, lines, paragraphs
from bot.wording.policy import agreement, introduction
from bot.wording.reader import Reader
from bot.wording.wordless import ask_words, by_then, insist

Worded = (
    Acknowledged | WhatAsked | SentenceAsked | PassedOn | BudgetSpent | PromiseMoved | BeingHandled | Welcomed
    | RulesAgreed | LanguageAsked | LanguageChosen | StatusTold | OwnerOnly
)  # fmt: skip

# The answers to "what happens?", by the keys of the core.
ANSWERS: dict[str, str] = {
    "outage": marked("Something does not work"),
    "payment": marked("Trouble with a payment"),
    "deadline": marked("A deadline is running out"),
    "meeting": marked("A meeting is about to start"),
    "other": marked("Something else"),
}
LINE_ROOM = 300


def word(notice: Worded, reader: Reader) -> Say | Edit:
    """The words of a notice to a client."""
    match notice:
        case Acknowledged():
            return _acknowledged(notice, reader)
        case WhatAsked():
            return _what_asked(notice, reader)
        case SentenceAsked():
            return Say(_sentence_asked(reader))
        case PassedOn():
            return Say(_passed_on(reader))
        case BudgetSpent():
            return Say(_budget_spent(notice, reader))
        case PromiseMoved():
            return Say(_moved(notice, reader))
        case BeingHandled():
            return Say(_being_handled(notice, reader))
        case Welcomed(agreed=agreed):
            rows = () if agreed else agreement(reader)
            return Say(introduction(reader), rows=rows + _switch(notice.switch_to))
        case RulesAgreed(message=message):
            thanks = reader.gettext("Thank you, agreed.")
            return Edit(message, paragraphs(introduction(reader), thanks))
        case LanguageAsked():
            return _language_asked(reader)
        case LanguageChosen():
            return Say(reader.gettext("Good, from now on in English."))
        case StatusTold():
            return Say(_status(notice, reader))
        case OwnerOnly():
            return Say(_owner_only(reader))
        case _:
            assert_never(notice)


def _moved(notice: PromiseMoved, reader: Reader) -> Html:
    told = reader.moved(notice.due, late=notice.late)
    if notice.moves > 0:
        return told
    sorry = reader.gettext("Sorry for the wait.") if notice.late else reader.gettext("Sorry for the change.")
    return lines(told, sorry, gap=" ")


def _acknowledged(notice: Acknowledged, reader: Reader) -> Say:
    if notice.due is None:
        saved = _got_at_once(reader) if notice.passed_on else reader.gettext("Your message is received and saved.")
        text = lines(saved, reader.gettext("It is not known yet when the answer will come."), gap=" ")
    elif notice.passed_on:
        latest = reader.gettext("The answer will come {time}, perhaps sooner.", time=reader.by(notice.due.moment))
        text = lines(_got_at_once(reader), latest, gap=" ")
    else:
        text = lines(reader.gettext("Your message is received and saved."), reader.promise(notice.due), gap=" ")
    rows: Rows = ()
    if notice.wordless is not None:
        seen = by_then(notice.wordless, reader) if notice.due else None
        text = paragraphs(text, lines(seen, ask_words(notice.may_insist, reader), gap=" "))
    elif notice.may_insist:
        text = paragraphs(text, reader.gettext("If it cannot wait, press the button below."))
    if notice.may_insist:
        rows += insist(reader)
    return Say(text, rows=rows + _switch(notice.switch_to))


def _switch(language: Language | None) -> Rows:
    """The one-tap switch, in the language that it leads to."""
    if language is None:
        return ()
    label = catalogue(language).gettext("Write to me in English")
    return ((Button(label, Press("language", language.value)),),)


def _what_asked(notice: WhatAsked, reader: Reader) -> Say:
    asked = reader.gettext("What is happening?")
    if not notice.insisted:
        asked = lines(reader.gettext("This sounds urgent."), asked, gap=" ")
    how = reader.voiced(
        reader.gettext("Choose what fits or write it in a few words: {owner} will know at once."),
        reader.gettext("Choose what fits or write it in a few words: I will know at once."),
    )
    happened = [Button(reader.gettext(ANSWERS[key]), Press("happened", key)) for key in HAPPENED]
    can_wait = Button(reader.gettext("It can wait"), Press("can_wait"))
    return Say(lines(asked, how), rows=(*((button,) for button in happened), (can_wait,)))


def _sentence_asked(reader: Reader) -> Html:
    return reader.voiced(
        reader.gettext("Please write in one sentence what is happening: {owner} will know at once."),
        reader.gettext("Please write in one sentence what is happening: I will know at once."),
    )


def _got_at_once(reader: Reader) -> Html:
    return reader.voiced(
        reader.pgettext(reader.gender, "Your message is saved, and {owner} has already got it."),
        reader.gettext("Your message has reached me at once."),
    )


def _passed_on(reader: Reader) -> Html:
    return lines(_got_at_once(reader), reader.gettext("The answer will come no later than promised."), gap=" ")


def _budget_spent(notice: BudgetSpent, reader: Reader) -> Html:
    if notice.limit == 0:
        rule = reader.gettext("Sorry, nothing can be passed on at once here.")
    else:
        rule = reader.ngettext(
            "One message a week can be passed on at once, and that has been used.",
            "Up to {count} messages a week can be passed on at once, and that has been used.",
            notice.limit,
        )
    kept = reader.gettext("This message is saved and will not get lost.")
    promise = _answer_by(notice.due, reader) if notice.due else None
    return lines(rule, lines(kept, promise, gap=" "))


def _being_handled(notice: BeingHandled, reader: Reader) -> Html:
    writes = reader.by(notice.until)
    return reader.voiced(
        reader.gettext("{owner} is on it and will write to you {time}.", time=writes),
        reader.gettext("I am on it and will write to you {time}.", time=writes),
    )


def _answer_by(due: datetime, reader: Reader) -> Html:
    return reader.gettext("The answer will come {time}.", time=reader.by(due))


def _language_asked(reader: Reader) -> Say:
    """The one text in two languages: whoever asks may not read the one that they are spoken to in."""
    first = Language.BG if reader.language is Language.BG else Language.RU
    both = (first, Language.RU if first is Language.BG else Language.BG)
    questions = [Html(catalogue(language).gettext("In which language shall we write to you?")) for language in both]
    buttons = tuple(
        Button(catalogue(language).gettext("English"), Press("language", language.value)) for language in both
    )
    return Say(lines(*questions), rows=(buttons,))


def _status(notice: StatusTold, reader: Reader) -> Html:
    promise = _answer_by(notice.due, reader) if notice.due else None
    if notice.count == 0:
        nothing = reader.gettext("Nothing is waiting for an answer now.")
        return lines(nothing, promise)
    waits = bold(reader.gettext("Waiting for an answer:"))
    listed = lines(*(Html(f"• {line_words(line, reader, LINE_ROOM)}") for line in notice.lines))
    left_out = notice.count - len({line.item for line in notice.lines})
    more = reader.gettext("…and {count} more", count=left_out) if left_out > 0 else None
    return paragraphs(
        lines(waits, listed, more), promise or reader.gettext("It is not known yet when the answer will come.")
    )


def _owner_only(reader: Reader) -> Html:
    return reader.voiced(
        reader.gettext("This command is for {owner} alone. You have /status, /rules and /language."),
        reader.gettext("This command is for me alone. You have /status, /rules and /language."),
    )
