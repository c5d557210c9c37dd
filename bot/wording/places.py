"""Time zones by the names that people have for them: their cities, in the languages of the gate, and offsets.

Cities are those of the Unicode CLDR, as Babel carries it: one for each zone. The large cities beside them and the
countries with one zone are added, for hardly anybody in Varna or Kazan thinks of another city's clock.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel import Locale
from babel.core import get_global

from bot.core.verdict import Language

# Where Russian and Bulgarian clients live and work beyond the cities of the CLDR.
OTHER_PLACES: Mapping[str, str] = MappingProxyType(
    {
        "Europe/Moscow": (
            "Санкт-Петербург, Петербург, Питер, СПб, Saint Petersburg, St. Petersburg, Нижний Новгород, Казань, "
            "Краснодар, Сочи, Ростов-на-Дону, Ростов, Воронеж, Ярославль, Тула, МСК, MSK, московское время, "
            "московско време, Казан"
        ),
        "Asia/Yekaterinburg": "Екб, Челябинск, Уфа, Пермь, Тюмень, Оренбург, Сургут",
        "Asia/Novosibirsk": "Новосиб",
        "Europe/Sofia": "Пловдив, Plovdiv, Варна, Varna, Бургас, Burgas, Русе, Стара Загора, Плевен, българско време",
        "Europe/Berlin": (
            "Германия, Germany, Мюнхен, Munich, Гамбург, Хамбург, Hamburg, Франкфурт, Frankfurt, Кёльн, Кьолн, "
            "Cologne, Дюссельдорф, Дюселдорф, Düsseldorf, Лейпциг, Лайпциг, Leipzig"
        ),
        "Europe/Kyiv": "Украина, Украйна, Ukraine, Одесса, Одеса, Харьков, Харков",
        "Europe/Madrid": "Барселона, Barcelona, Валенсия, Valencia",
        "Europe/Rome": "Милан, Милано, Milan",
        "Europe/London": "Англия, England, Великобритания, Манчестер, Manchester, Единбург, Эдинбург, Edinburgh",
        "Europe/Istanbul": "Анкара, Ankara, Анталья, Анталия, Antalya",
        "Asia/Jerusalem": "Тель-Авив, Тел Авив, Tel Aviv, Хайфа, Haifa",
        "Asia/Nicosia": "Кипр, Кипър, Cyprus, Лимасол, Limassol",
        "Asia/Dubai": "Абу-Даби, Абу Даби, Abu Dhabi",
        "Asia/Almaty": "Астана, Astana, Алма-Ата",
    }
)
MOSCOW_OFFSET = 3
_OFFSET = re.compile(r"(?P<base>utc|gmt|гмт|мск|msk)?\s*(?P<sign>[+−–-])\s*(?P<hours>\d{1,2})(?::?00)?")
_ETC = re.compile(r"Etc/GMT(?P<sign>[+-])(?P<hours>\d+)")


def find_zone(text: str) -> str | None:
    """The zone (IANA name) that somebody means by «Берлин», «Europe/Berlin», «UTC+3», «МСК+2»; None for no known one.

    Of "Берлин, Германия" the city counts.
    """
    text = " ".join(text.split())
    if offset := _OFFSET.fullmatch(text.casefold()):
        return _zone_of_offset(offset)
    names = _zones_by_name()
    return names.get(_plain(text)) or names.get(_plain(text.partition(",")[0]))


def place_name(zone: str, language: Language) -> str:
    """What a zone is called within a sentence: «Екатеринбург», of a bare offset «UTC+3»."""
    if offset := _ETC.fullmatch(zone):
        # The signs of these zones are those of POSIX: "Etc/GMT-3" is three hours ahead.
        return f"UTC{'+' if offset['sign'] == '-' else '−'}{offset['hours']}"
    return _cities(language).get(_current(zone)) or zone.rpartition("/")[2].replace("_", " ")


def known_zone(name: str | None) -> ZoneInfo | None:
    """The zone of that name; one that does not exist is as good as none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a directory of zones, "Europe"
        return None


def _zone_of_offset(offset: re.Match[str]) -> str | None:
    hours = int(offset["hours"]) * (1 if offset["sign"] == "+" else -1)
    if offset["base"] in {"мск", "msk"}:
        hours += MOSCOW_OFFSET
    name = f"Etc/GMT{-hours:+d}" if hours else "Etc/UTC"
    return name if name in _zones() else None


@cache
def _zones_by_name() -> Mapping[str, str]:
    """Zones by plain name; where two would share one, the zone that is named first has it."""
    zones = _zones()
    names: dict[str, str] = {}
    for name, zone in _names():
        known = zone if zone in zones else _current(zone)
        if known in zones:
            names.setdefault(_plain(name), known)
    return MappingProxyType(names)


def _names() -> Iterator[tuple[str, str]]:
    for zone, places in OTHER_PLACES.items():
        yield from ((place, zone) for place in places.split(","))
    for language in Language:
        yield from ((city, zone) for zone, city in _cities(language).items())
    for key in map(str, Locale("ru").time_zones):
        yield key.rpartition("/")[2], _current(key)
    for country, zones in get_global("territory_zones").items():
        if len(zones) == 1:
            yield from ((Locale(language).territories.get(country, ""), zones[0]) for language in Language)
    yield from ((zone, zone) for zone in sorted(_zones()))


@cache
def _zones() -> frozenset[str]:
    """The names of IANA, without the two that stand for no place."""
    return frozenset(available_timezones() - {"Factory", "localtime"})


@cache
def _cities(language: Language) -> Mapping[str, str]:
    """Cities by zone. English has names only for zones that are not called by them."""
    named = Locale(language.value).time_zones.items()
    return MappingProxyType({_current(zone): str(words["city"]) for zone, words in named if "city" in words})


def _current(zone: str) -> str:
    """The zone by the name that it has today («Europe/Kyiv»)."""
    return str(get_global("zone_aliases").get(zone, zone))


def _plain(name: str) -> str:
    """The name without capitals, ё, and whatever people put between its words."""
    return re.sub(r"[\s_.,’'–-]+", " ", name.casefold().replace("ё", "е")).strip()
