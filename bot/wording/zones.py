"""The client's time zone, asked and confirmed in words."""

from typing import assert_never

from bot.core.client_notices import ZoneAsked, ZoneChosen
from bot.core.verdict import Language
from bot.ports import Button, Press, Say
from bot.wording.dating import clock
from bot.wording.markup import Html, lines, one_line
from bot.wording.places import known_zone, place_name
from bot.wording.reader import Reader

Worded = ZoneAsked | ZoneChosen

# Where readers of a language are most likely to live; the owner's own zone is added where it is another.
LIKELY_ZONES: dict[Language, tuple[str, ...]] = {
    Language.RU: ("Europe/Moscow", "Europe/Kaliningrad", "Asia/Yekaterinburg", "Asia/Novosibirsk"),
    Language.BG: ("Europe/Sofia", "Europe/Berlin", "Europe/London", "Europe/Moscow"),
    Language.EN: ("Europe/London", "Europe/Berlin", "Europe/Sofia", "Europe/Moscow"),
}
# A city that is known to everybody and is on no button.
EXAMPLE_ZONE = "Europe/Paris"
MISREAD_ROOM = 60


def word(notice: Worded, reader: Reader) -> Say:
    """The words of a notice about the client's zone."""
    match notice:
        case ZoneAsked():
            return _asked(notice, reader)
        case ZoneChosen(zone=zone):
            return Say(_chosen(zone, reader))
        case _:
            assert_never(notice)


def _asked(notice: ZoneAsked, reader: Reader) -> Say:
    example = Html(f"<code>/timezone {place_name(EXAMPLE_ZONE, reader.language)}</code>")
    if notice.misread.strip():
        text = lines(
            reader.gettext("There is no such city on our list: “{city}”.", city=one_line(notice.misread, MISREAD_ROOM)),
            reader.gettext("Please name a large city with the same time, like this: {example}", example=example),
        )
    else:
        known = place_name(notice.known, reader.language) if notice.known else ""
        text = lines(
            reader.gettext("What is your time zone? Answers will be promised by your clock."),
            reader.gettext("Chosen now: {city}.", city=known) if known else None,
            reader.gettext("If your city is not here, write it like this: {example}", example=example),
        )
    zones = dict.fromkeys((*LIKELY_ZONES[reader.language], reader.desk.owner.zone))
    cities = [Button(place_name(zone, reader.language), Press("zone", zone)) for zone in zones]
    return Say(text, rows=tuple(tuple(cities[n : n + 2]) for n in range(0, len(cities), 2)))


def _chosen(zone: str, reader: Reader) -> Html:
    there = known_zone(zone)
    time = clock(reader.now, there, reader.language) if there else reader.clock(reader.now)
    return reader.gettext(
        "Good, from now on by your clock: {city}, {time} now.",
        city=place_name(zone, reader.language),
        time=time,
    )
