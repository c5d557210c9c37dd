"""A client names a time zone as people do; a zone is called by its city in the reader's language."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.verdict import Language
from bot.wording.places import OTHER_PLACES, find_zone, known_zone, place_name


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("America/New_York", "America/New_York"),
        ("Берлин", "Europe/Berlin"),
        ("  берлин ", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("София", "Europe/Sofia"),
        ("Sofia", "Europe/Sofia"),
        ("Екатеринбург", "Asia/Yekaterinburg"),
        ("ЕКАТЕРИНБУРГ", "Asia/Yekaterinburg"),
        ("Кишинёв", "Europe/Chisinau"),
        ("Кишинев", "Europe/Chisinau"),
        ("Нью-Йорк", "America/New_York"),
        ("нью йорк", "America/New_York"),
        ("Ню Йорк", "America/New_York"),
        ("new york", "America/New_York"),
        ("Лондон, Великобритания", "Europe/London"),
        ("Лос-Анджелес", "America/Los_Angeles"),
        ("Киев", "Europe/Kyiv"),
        ("Kiev", "Europe/Kyiv"),
        ("Алматы", "Asia/Almaty"),
        ("Ереван", "Asia/Yerevan"),
        ("Буэнос-Айрес", "America/Argentina/Buenos_Aires"),
        ("Питер", "Europe/Moscow"),
        ("Казань", "Europe/Moscow"),
        ("Уфа", "Asia/Yekaterinburg"),
        ("Варна", "Europe/Sofia"),
        ("Стара Загора", "Europe/Sofia"),
        ("Мюнхен", "Europe/Berlin"),
        ("Кёльн", "Europe/Berlin"),
        ("Тель-Авив", "Asia/Jerusalem"),
        ("Болгария", "Europe/Sofia"),
        ("България", "Europe/Sofia"),
        ("Грузия", "Asia/Tbilisi"),
        ("UTC", "Etc/UTC"),
        ("UTC+3", "Etc/GMT-3"),
        ("utc +3", "Etc/GMT-3"),
        ("UTC+03:00", "Etc/GMT-3"),
        ("+3", "Etc/GMT-3"),
        ("GMT-5", "Etc/GMT+5"),
        ("GMT−5", "Etc/GMT+5"),
        ("UTC+0", "Etc/UTC"),
        ("UTC+14", "Etc/GMT-14"),
        ("МСК", "Europe/Moscow"),
        ("мск+2", "Etc/GMT-5"),
        ("московское время", "Europe/Moscow"),
    ],
)
def test_a_zone_is_found_by_what_people_call_it(said: str, zone: str) -> None:
    assert find_zone(said) == zone


@pytest.mark.parametrize(
    "said",
    [
        "",
        " ",
        "Хогвартс",
        "Россия",
        "завтра",
        "3",
        "UTC+15",
        "UTC+5:30",
        "UTC+999",
        "Europe",
        "../etc",
        "Factory",
        "🔥" * 4096,
    ],
)
def test_what_names_no_single_zone_is_not_guessed(said: str) -> None:
    assert find_zone(said) is None


@given(st.text())
def test_whatever_is_found_is_a_zone_and_can_be_told(said: str) -> None:
    zone = find_zone(said)
    assert zone is None or ZoneInfo(zone).key == zone
    assert all(place_name(zone, language) for language in Language if zone)


@pytest.mark.parametrize("zone", OTHER_PLACES)
def test_no_place_of_the_table_is_another_zone_too(zone: str) -> None:
    for place in OTHER_PLACES[zone].split(","):
        assert find_zone(place) == zone, place


@pytest.mark.parametrize(
    ("zone", "ru", "bg", "en"),
    [
        ("Europe/Moscow", "Москва", "Москва", "Moscow"),
        ("Europe/Kyiv", "Киев", "Киев", "Kyiv"),
        ("Europe/Kiev", "Киев", "Киев", "Kyiv"),
        ("America/New_York", "Нью-Йорк", "Ню Йорк", "New York"),
        ("Etc/GMT-3", "UTC+3", "UTC+3", "UTC+3"),
        ("Etc/GMT+5", "UTC−5", "UTC−5", "UTC−5"),
        ("Etc/UTC", "UTC", "UTC", "UTC"),
        ("Mars/Olympus_Mons", "Olympus Mons", "Olympus Mons", "Olympus Mons"),
    ],
)
def test_a_zone_is_called_by_its_city(zone: str, ru: str, bg: str, en: str) -> None:
    assert [place_name(zone, language) for language in (Language.RU, Language.BG, Language.EN)] == [ru, bg, en]


@pytest.mark.parametrize("name", ["Europe", "Mars/Olympus", "../etc", "", None, "\0"])
def test_a_zone_that_does_not_exist_is_none(name: str | None) -> None:
    assert known_zone(name) is None
