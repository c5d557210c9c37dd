"""The desk file: what it may say, and what a person who mistyped it reads."""

import re
import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.core.calendar import promise_due
from bot.core.desk import EMPTY_WEEK, AnswerTime, Away, Desk, Gender, Owner, Rules, Span, Voice
from bot.core.verdict import Language
from bot.deskfile import KEYS, DeskFileError, read_desk

EXAMPLE = Path(__file__).parent.parent / "config" / "desk.toml"
LEAST = """
[owner]
name = "Анна Петрова"
[windows]
mon = ["10:00-11:00"]
"""


def read(text: str) -> Desk:
    return read_desk(text, desk_id="d", first_year=2026, last_year=2027)


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(DeskFileError) as caught:
        read(text)
    return caught.value.problems


def test_the_owners_name_and_one_window_are_enough() -> None:
    desk = read(LEAST)
    assert desk.owner == Owner("Анна Петрова")
    assert desk.windows == ((Span(time(10), time(11)),), *((),) * 6)
    assert (desk.hours, desk.away, desk.preferences, desk.rules) == (EMPTY_WEEK, (), (), Rules())
    assert (desk.id, desk.almanac.country, desk.almanac.last) == ("d", "RU", date(2027, 12, 31))
    assert promise_due(desk, desk_moment()).window.end.isoformat() == "2026-11-30T08:00:00+00:00"


def desk_moment() -> datetime:
    return datetime.fromisoformat("2026-11-24T11:20+03:00")


def test_the_example_shows_every_key() -> None:
    # What an owner has to want first ([night], [backup]) stands there commented out.
    wanted = re.sub(r"^# (\[\w+\]|\w+ = .*)$", r"\1", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    tables = tomllib.loads(wanted)
    shown = {
        section: {
            key
            for table in (tables[section] if isinstance(tables[section], list) else [tables[section]])
            for key in table
        }
        for section in tables
    }
    assert shown == {section: set(keys) for section, keys in KEYS.items()}


def test_the_example_comments_every_section_and_setting() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    for key in (*KEYS["owner"], *KEYS["gate"]):
        (line,) = [line for line in lines if line.startswith(f"{key} =")][:1]
        assert "#" in line, key


def test_the_example_is_a_desk() -> None:
    desk = read_desk(EXAMPLE, desk_id="anna", first_year=2026, last_year=2027)
    assert desk.rules == Rules()
    assert desk.hours[4] == (Span(time(9, 30), time(13)), Span(time(14), time(17)))
    assert desk.away == (Away(date(2026, 12, 24), date(2027, 1, 8), "vacation"),)
    assert desk.days == {date(2026, 12, 29): (Span(time(12), time(13)),)}
    assert desk.preferences[0].kinds == ("file", "brief", "invoice")
    assert desk.answers == (
        AnswerTime(("estimate",), working_days=2),
        AnswerTime(client="Пётр Сергеев", working_time=timedelta(hours=4)),
    )
    assert set(desk.preferences[0].reason) == {Language.RU, Language.BG}


def test_every_setting_arrives() -> None:
    desk = read(
        """
[owner]
name = "Иван Георгиев"
gender = "m"
language = "bg"
zone = "Europe/Sofia"
country = "BG"
[windows]
sun = ["22:00-02:00", "10:00-11:00"]
sat = ["18:00-24:00"]
fri = ["00:00-24:00"]
[gate]
lead_minutes = 15
burst_quiet_seconds = 0.5
burst_limit_seconds = 30
live_quiet_minutes = 0
weekly_alarms = 5
spam = false
working_weekends = true
short_days = false
window_capacity = 12
voice = "owner"
[[answers]]
for = ["estimate", "brief"]
client = "tg:123"
working_hours = 1.5
"""
    )
    assert desk.owner == Owner("Иван Георгиев", Gender.MALE, Language.BG, "Europe/Sofia", "BG")
    assert desk.windows[4:] == (
        (Span(time(0), time(0)),),
        (Span(time(18), time(0)),),
        (Span(time(10), time(11)), Span(time(22), time(2))),
    )
    assert desk.rules == Rules(
        lead=timedelta(minutes=15),
        burst_quiet=timedelta(seconds=0.5),
        burst_limit=timedelta(seconds=30),
        live_quiet=timedelta(0),
        weekly_alarms=5,
        spam=False,
        working_weekends=True,
        short_days=False,
        window_capacity=12,
        voice=Voice.OWNER,
    )
    assert desk.answers == (AnswerTime(("estimate", "brief"), "tg:123", working_time=timedelta(minutes=90)),)


@pytest.mark.parametrize(
    ("added", "problem"),
    [
        ("[gate]\nlead_minuts = 10", "line 7: unknown key gate.lead_minuts; did you mean lead_minutes?"),
        ("tue = []\nmonday = []", "line 7: unknown key windows.monday; did you mean mon?"),
        (
            "[rules]\nx = 1",
            "line 6: unknown key rules; known here: " + ", ".join(KEYS),
        ),
        (
            '[gate]\nlead_minutes = "ten"',
            "line 7: gate.lead_minutes: expected a number of minutes from 0 to 480, without quotes",
        ),
        (
            "[gate]\nweekly_alarms = true",
            "line 7: gate.weekly_alarms: expected a whole number from 0 to 100, without quotes",
        ),
        ('[gate]\nvoice = "me"', 'line 7: gate.voice: expected one of "gate", "owner"'),
        ('[gate]\nworking_weekends = "no"', "line 7: gate.working_weekends: expected true or false"),
        (
            "[gate]\nburst_limit_seconds = 5",
            "line 7: burst_limit_seconds is less than burst_quiet_seconds",
        ),
        (
            'tue = [\n  "10:00-11:00",\n  "25:00-26:00",\n]',
            'line 8: windows.tue: expected "HH:MM-HH:MM", for example "10:00-11:00", or "22:00-01:00" over midnight, '
            'or "00:00-24:00"',
        ),
        (
            'tue = ["10:00-11:00", "10:30-12:00"]',
            "line 6: windows.tue: expected spans that do not overlap; 10:00-11:00 and 10:30-12:00 do",
        ),
        (
            'tue = ["22:00-02:00", "23:00-23:30"]',
            "line 6: windows.tue: expected spans that do not overlap; 22:00-02:00 and 23:00-23:30 do",
        ),
        (
            'tue = "10:00-11:00"',
            'line 6: windows.tue: expected a list of spans, for example ["10:00-11:00", "22:00-01:00"]; [] for none',
        ),
        (
            '[[away]]\nfrom = 2026-12-24\nto = 2027-01-08\n[[away]]\nfrom = "2027-05-01"\nto = 2027-05-09',
            "line 10: away.from: expected a date without quotes, for example 2026-12-24",
        ),
        (
            "[[away]]\nfrom = 2026-12-24\nto = 2026-12-20",
            "line 8: to = 2026-12-20 is before from = 2026-12-24; both days are inclusive",
        ),
        ("[[away]]\nfrom = 2026-12-24", "line 6: [[away]] to is missing"),
        (
            "[away]\nfrom = 2026-12-24",
            "line 6: away is written [[away]], with two pairs of brackets, as often as needed",
        ),
        ("[[gate]]\nlead_minutes = 1", "line 6: gate is a section, written [gate] with its keys below"),
        (
            "[[days]]\ndate = 2026-12-29\nwindows = []\n[[days]]\ndate = 2026-12-29\nwindows = []",
            "line 10: date = 2026-12-29 is given twice",
        ),
        (
            '[[channels]]\nname = "email"\naddress = "a@example.com"\nfor = ["files"]',
            "line 9: channels.for: expected a list of file, brief, long, voice, bug, invoice, call, estimate, status, "
            'for example ["file", "invoice"]',
        ),
        (
            '[[channels]]\nname = "email"\naddress = "a@example.com"\nreason = "so"',
            'line 9: channels.reason: expected a text for each language, for example { ru = "…", bg = "…" }',
        ),
        (
            "[[answers]]\nworking_days = 2",
            'line 6: whose answers? for = ["estimate"], or client = "Иван Кузнецов", or both',
        ),
        (
            '[[answers]]\nfor = ["estimate"]',
            "line 6: how long? either working_days = 2 or working_hours = 4",
        ),
        (
            '[[answers]]\nclient = "Иван"\nworking_days = 1\nworking_hours = 1',
            "line 6: how long? either working_days = 2 or working_hours = 4",
        ),
        (
            '[[answers]]\nclient = "Иван"\nworking_hours = 0',
            "line 8: answers.working_hours: expected a number of hours from 0.25 to 400, without quotes",
        ),
        (
            '[[answers]]\nclient = "Иван"\nworking_days = 1.5',
            "line 8: answers.working_days: expected a whole number from 1 to 60, without quotes",
        ),
        (
            "[gate]\nlead_minutes = 90",
            "line 4: no window is as long as gate.lead_minutes (90)",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_what_was_expected(added: str, problem: str) -> None:
    assert problems(LEAST + added) == (problem,)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('name = ""', 'owner.name: expected text in quotes, for example "Анна Петрова"'),
        ('name = "А"\ngender = "female"', 'owner.gender: expected one of "f", "m"'),
        ('name = "А"\nlanguage = "de"', 'owner.language: expected one of "ru", "bg", "en"'),
        (
            'name = "А"\nzone = "Europe"',
            'owner.zone: expected an IANA time zone, for example "Europe/Moscow" or "Europe/Sofia"',
        ),
        (
            'name = "А"\nzone = "../../etc/passwd"',
            'owner.zone: expected an IANA time zone, for example "Europe/Moscow" or "Europe/Sofia"',
        ),
        (
            'name = "А"\ncountry = "ru"',
            'owner.country: expected the code of a country whose public holidays are known, for example "RU" or "BG"',
        ),
        ('gender = "f"', "[owner] name is missing"),
    ],
)
def test_the_owner_is_checked(line: str, problem: str) -> None:
    (told,) = problems(f'[windows]\nmon = ["10:00-11:00"]\n[owner]\n{line}')
    assert told.split(": ", 1)[1] == problem


def test_all_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    assert problems('[owner]\nnam = "Анна"\n[windows]\nmon = ["9-10"]\n[gate]\nvoice = 1\nlead = 3') == (
        "line 1: [owner] name is missing",
        "line 2: unknown key owner.nam; did you mean name?",
        'line 4: windows.mon: expected "HH:MM-HH:MM", for example "10:00-11:00", or "22:00-01:00" over midnight, '
        'or "00:00-24:00"',
        'line 6: gate.voice: expected one of "gate", "owner"',
        "line 7: unknown key gate.lead; known here: " + ", ".join(KEYS["gate"]),
    )


def test_an_empty_file_lacks_an_owner_and_windows() -> None:
    assert problems("") == (
        "line 1: [owner] name is missing",
        'line 1: section [windows] is missing: when are messages read? For example mon = ["10:00-11:00"]',
    )
    assert problems('[owner]\nname = "А"\n[windows]\nmon = []') == (
        'line 3: no window on any day: for example mon = ["10:00-11:00"]',
    )


def test_what_is_no_toml_is_told_with_its_line() -> None:
    (problem,) = problems("[owner]\nname = Анна")
    assert problem.startswith("not valid TOML")
    assert "line 2" in problem


def test_keys_within_a_long_text_are_not_taken_for_keys() -> None:
    text = LEAST.replace('"Анна Петрова"', '"""Анна\nvoice = 1\n"""') + "[gate]\nvoice = 1"
    assert problems(text) == ('line 9: gate.voice: expected one of "gate", "owner"',)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "missing.toml"
    with pytest.raises(DeskFileError, match=r"missing\.toml: cannot be read"):
        read_desk(path, desk_id="d", first_year=2026, last_year=2027)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(DeskFileError, match="cannot be read"):
        read_desk(path, desk_id="d", first_year=2026, last_year=2027)


def test_the_file_is_named_before_each_problem(tmp_path: Path) -> None:
    path = tmp_path / "desk.toml"
    path.write_text("", encoding="utf-8")
    with pytest.raises(DeskFileError) as caught:
        read_desk(path, desk_id="d", first_year=2026, last_year=2027)
    assert str(caught.value).splitlines()[0] == f"{path}: line 1: [owner] name is missing"
