"""What the owner's taps have taught, in words and with buttons to take it back: the lower part of /urgent."""

from dataclasses import replace

from bot.core.lessons import Learned
from bot.core.oversee import FORGET_ALL
from bot.ports import Button, Press, Rows
from bot.wording.marks import marked
from bot.wording.markup import Html, bold, lines, paragraphs
from bot.wording.reader import Reader
from bot.wording.reasons import JUDGED, OTHER

# More groups than these are counted only; "forget everything" reaches them too.
GROUPS_SHOWN = 8
FORGETS = "✕"


def section(groups: tuple[Learned, ...], reader: Reader) -> Html | None:
    """The groups a line each, and how far all of it goes; None where nothing was learned."""
    if not groups:
        return None
    shown = groups[:GROUPS_SHOWN]
    more = len(groups) - len(shown)
    told = lines(
        bold(reader.gettext("What your marks have taught")),
        *(_line(group, reader) for group in shown),
        reader.gettext("…and {count} more", count=more) if more else None,
    )
    bounds = reader.gettext(
        "This decides doubtful cases only: what is clearly urgent always reaches you. With the months a mark fades. "
        "What tells of an outage, money, security or danger is taken for not urgent only after three such marks."
    )
    return paragraphs(told, bounds, reader.gettext("{sign} makes me forget it again.", sign=FORGETS))


def rows(groups: tuple[Learned, ...], reader: Reader) -> Rows:
    """A button to forget each group that is shown, and one for everything."""
    if not groups:
        return ()
    each = tuple(
        (Button(f"{FORGETS} {_label(group, reader)}", Press("forget", group.mark, desk=True)),)
        for group in groups[:GROUPS_SHOWN]
    )
    return (*each, (Button(reader.gettext("Forget everything"), Press("forget", FORGET_ALL, desk=True)),))


def _line(group: Learned, reader: Reader) -> Html:
    line = marked("• more urgent: {what} — {marks}") if group.urgent else marked("• not urgent: {what} — {marks}")
    marks = reader.ngettext("{count} mark", "{count} marks", group.count)
    return reader.gettext(line, what=_what(group, reader), marks=marks)


def _what(group: Learned, reader: Reader) -> Html:
    if group.words:
        return reader.gettext("“{words}”", words=", ".join(group.words))
    if group.harm:
        return reader.gettext(JUDGED.get(group.harm, OTHER))
    return reader.gettext("whatever {name} writes", name=reader.name(group.name))


def _label(group: Learned, reader: Reader) -> str:
    """What the group is about, on a button, which knows no markup and has no room for a third word."""
    if not group.words and not group.harm:
        return reader.label(group.name)
    return reader.label(str(_what(replace(group, words=group.words[:2]), reader)))
