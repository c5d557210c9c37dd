"""Moments and promises in words: whole sentences that a Russian or a Bulgarian would write. Table: CALENDAR.md.

A promise names a day and a clock time, in the client's zone where it is known: within the hour, today, this evening
(from `EVENING` on), tomorrow, the day after tomorrow, or a weekday with its date. After a reason the date is named from
the second day on. An end at midnight is 24:00 of the day before. The owner's name stays in the nominative, and their
gender is a gettext context. All moments are aware; `zone` is the reader's own, None where it is not known.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.almanac import DAY_OFF
from bot.core.calendar import Cause, Delay, Due
from bot.core.desk import Owner, Voice
from bot.core.verdict import Language
from bot.wording import phrases
from bot.wording.catalogue import catalogue
from bot.wording.phrases import Phrase
from bot.wording.places import place_name

# "By 18:00" is the end of a working day and said "today"; a window that ends later is one of the evening.
EVENING = time(18, 30)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# Day before month, also in English.
_LOCALES = {Language.RU: "ru", Language.BG: "bg", Language.EN: "en_GB"}


def by_when(
    due: Due, now: datetime, *, zone: ZoneInfo | None, owner_zone: ZoneInfo, lang: Language, voice: Voice, owner: Owner
) -> str:
    """By when the answer comes, and why not sooner: «Завтра праздничный день. Отвечу в четверг, 5 ноября, до 11:00.»"""
    return _Speech(_Calendar(now, zone, owner_zone, lang), voice, owner).promise(due)


def moved(
    due: Due,
    now: datetime,
    *,
    zone: ZoneInfo | None,
    owner_zone: ZoneInfo,
    lang: Language,
    voice: Voice,
    owner: Owner,
    late: bool = True,
) -> str:
    """The new time of a promise: «Задерживаюсь: отвечу…»; with the reason where not lateness but the plans moved it."""
    speech = _Speech(_Calendar(now, zone, owner_zone, lang), voice, owner)
    return speech.late(due) if late else speech.changed(due)


def when(moment: datetime, now: datetime, *, zone: ZoneInfo | None, owner_zone: ZoneInfo, lang: Language) -> str:
    """A moment ahead within a sentence: «завтра, в среду, до 11:00»."""
    return _Calendar(now, zone, owner_zone, lang).when(moment)


def start(moment: datetime, now: datetime, zone: ZoneInfo, lang: Language) -> str:
    """A moment ahead at which something begins, within a sentence: «завтра, в среду, в 10:00»."""
    return _Calendar(now, zone, zone, lang).start(moment)


def fixed(moment: datetime, now: datetime, zone: ZoneInfo, lang: Language) -> str:
    """A moment whose words are as true tomorrow: «вторник, 24 ноября, 14:30»."""
    local = moment.astimezone(zone)
    date_only = _Calendar(now, zone, zone, lang).day_month(local.date())
    return f"{format_date(local.date(), 'EEEE', locale=_LOCALES[lang])}, {date_only}, {clock(moment, zone, lang)}"


def relative_day(moment: datetime, now: datetime, zone: ZoneInfo, lang: Language) -> str:
    """The day of a moment within a sentence: «вчера», «сегодня», «завтра», «послезавтра», «во вторник, 1 декабря»."""
    return _Calendar(now, zone, zone, lang).day(moment.astimezone(zone).date())


def clock(moment: datetime, zone: ZoneInfo, lang: Language) -> str:
    """The clock time of a moment: «15:00», „15:00 ч.“."""
    return say(lang, phrases.CLOCK, time=f"{moment.astimezone(zone):%H:%M}")


def say(lang: Language, phrase: Phrase, **facts: str) -> str:
    """A phrase in a language. A sentence that would end in two full stops, one of an abbreviation, ends in one."""
    words = catalogue(lang)
    text = words.pgettext(phrase.context, phrase.message) if phrase.context else words.gettext(phrase.message)
    text = text.format(**facts)
    return text[:-1] if text.endswith("..") else text


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Days and clock times as seen by the reader at `now`."""

    now: datetime
    zone: ZoneInfo | None
    owner_zone: ZoneInfo
    lang: Language

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone or self.owner_zone).date()

    def days_until(self, moment: datetime) -> int:
        day, _ = _day_and_time(moment, self.zone or self.owner_zone)
        return (day - self.today).days

    def is_within_the_hour(self, moment: datetime) -> bool:
        return self.days_until(moment) == 0 and moment - self.now <= HOUR

    def when(self, moment: datetime, *, dated: bool = False) -> str:
        """`dated`: the day after tomorrow is named by its date."""
        day, at = _day_and_time(moment, self.zone or self.owner_zone)
        days = (day - self.today).days
        if days == 0 and self.is_within_the_hour(moment):
            phrase = phrases.WITHIN_THE_HOUR
        elif days == 0:
            phrase = phrases.THIS_EVENING if at >= f"{EVENING:%H:%M}" else phrases.TODAY
        elif days == 1:
            phrase = phrases.TOMORROW
        elif days == 2 and not dated:
            phrase = phrases.DAY_AFTER_TOMORROW
        else:
            phrase = phrases.LATER
        return say(self.lang, phrase, time=self._clock(moment), **self._names(day))

    def _clock(self, moment: datetime) -> str:
        """The reader's clock, and the owner's beside it where the two differ."""
        zone = self.zone or self.owner_zone
        (day, at), (owner_day, owner_at) = _day_and_time(moment, zone), _day_and_time(moment, self.owner_zone)
        if (day, at) == (owner_day, owner_at):
            return say(self.lang, phrases.CLOCK, time=at)
        if day != owner_day:  # another clock time of another day would only confuse
            return say(self.lang, phrases.THEIR_CLOCK, time=at)
        if name := phrases.ZONE_TIMES.get(self.owner_zone.key):
            return say(self.lang, phrases.BOTH_CLOCKS, time=at, owner_time=owner_at, place=say(self.lang, name))
        city = place_name(self.owner_zone.key, self.lang)
        return say(self.lang, phrases.OTHER_CITY, time=at, owner_time=owner_at, city=city)

    def start(self, moment: datetime) -> str:
        day = moment.astimezone(self.owner_zone).date()
        phrase = {0: phrases.AT_TODAY, 1: phrases.AT_TOMORROW}.get((day - self.today).days, phrases.AT_LATER)
        return say(self.lang, phrase, time=clock(moment, self.owner_zone, self.lang), **self._names(day))

    def day(self, day: date) -> str:
        if phrase := phrases.RELATIVE_DAYS.get((day - self.today).days):
            return say(self.lang, phrase)
        return say(self.lang, phrases.OTHER_DAY, **self._names(day))

    def near_day(self, day: date) -> str:
        """A day within a sentence that would not bear a comma: by its weekday, or by its date from a week on."""
        days = (day - self.today).days
        if phrase := phrases.RELATIVE_DAYS.get(days):
            return say(self.lang, phrase)
        return self._names(day)["on_weekday" if 0 < days < 7 else "date"]

    def stretch(self, first: date, last: date) -> str:
        """What is left of the days first..last: «сегодня», «до 10 января», «с 31 декабря по 10 января»."""
        if max(first, self.today) >= last:
            return self.near_day(last)
        if first <= self.today:
            return say(self.lang, phrases.UNTIL, last=self.day_month(last))
        start = str(first.day) if (first.year, first.month) == (last.year, last.month) else self.day_month(first)
        phrase = phrases.FROM_SECOND_TO if first.day == 2 else phrases.FROM_TO
        return say(self.lang, phrase, first=start, last=self.day_month(last))

    def day_month(self, day: date) -> str:
        return format_date(day, "d MMMM", locale=_LOCALES[self.lang])

    def _names(self, day: date) -> dict[str, str]:
        return {
            "weekday": format_date(day, "EEEE", locale=_LOCALES[self.lang]),
            "on_weekday": say(self.lang, phrases.ON_WEEKDAY[day.weekday()]),
            "date": self.day_month(day),
        }


@dataclass(frozen=True, slots=True)
class _Speech:
    """Whole sentences, in the owner's name or about the owner."""

    calendar: _Calendar
    voice: Voice
    owner: Owner

    def promise(self, due: Due) -> str:
        cause = self._cause(due)
        dated = cause not in (Cause.NONE, Cause.BUSY, Cause.OFF_HOURS)
        answers = {
            Cause.WEEKEND: phrases.AFTER_WEEKEND,
            Cause.VACATION: phrases.AFTER_NAME,
            Cause.BUSY: phrases.AFTER_NAME,
        }.get(cause, phrases.ANSWER)
        answer = self._say(answers[self.voice], when=self.calendar.when(due.moment, dated=dated))
        return f"{self._reason(cause, due.delay)} {answer}".lstrip()

    def late(self, due: Due) -> str:
        return self._say(phrases.LATE[self.voice], when=self.calendar.when(due.moment))

    def changed(self, due: Due) -> str:
        return f"{self._say(phrases.CHANGED[self.voice])} {self.promise(due)}"

    def _cause(self, due: Due) -> Cause:
        """The cause worth telling: none for an answer within the hour, none that lies behind on the reader's day."""
        delay, calendar = due.delay, self.calendar
        if calendar.is_within_the_hour(due.moment):
            return Cause.NONE
        if delay.cause in (Cause.OFF_HOURS, Cause.BUSY):
            return delay.cause
        told = delay.first if delay.cause is Cause.HOLIDAY else delay.last
        is_past = told is not None and told < calendar.today
        return Cause.NONE if is_past or calendar.days_until(due.moment) == 0 else delay.cause

    def _reason(self, cause: Cause, delay: Delay) -> str:
        """The sentence before the answer; empty where the answer says it all."""
        if cause is Cause.OFF_HOURS:
            return self._say(phrases.OFF_HOURS)
        if cause is Cause.BUSY:
            return self._say(phrases.BUSY[self.voice][self.owner.gender])
        if delay.first is None or delay.last is None:
            return ""
        if cause is Cause.VACATION:
            return self._away(delay.first, delay.last, delay.name)
        if cause is Cause.LONG_HOLIDAYS:
            days = self._placed(self.calendar.stretch(delay.first, delay.last), delay.country)
            return self._say(phrases.LONG_HOLIDAYS, days=days)
        if cause is Cause.HOLIDAY:
            return self._holiday(delay.first, delay.name, delay.country)
        return ""

    def _away(self, first: date, last: date, reason: str) -> str:
        key = phrases.AWAY_REASONS.get(reason.strip().casefold(), "")
        until, on_days = phrases.AWAY[key][self.voice]
        if first <= self.calendar.today < last:
            return self._say(until, last=self.calendar.day_month(last))
        return self._say(on_days, days=_capital(self.calendar.stretch(first, last)))

    def _holiday(self, day: date, name: str, country: str) -> str:
        facts = {"day": self._placed(self.calendar.near_day(day), country)}
        if phrase := phrases.HOLIDAY_NAMES.get(name):
            return self._say(phrases.NAMED_HOLIDAY, holiday=self._say(phrase), **facts)
        return self._say(phrases.NAMELESS_DAY_OFF if name == DAY_OFF else phrases.UNNAMED_HOLIDAY, **facts)

    def _placed(self, day: str, country: str) -> str:
        """A day that begins a sentence, with the country whose holiday it is where the client lives elsewhere."""
        place = phrases.PLACES.get((country, self.calendar.lang))
        return _capital(self._say(place, day=day) if place else day)

    def _say(self, phrase: Phrase, **facts: str) -> str:
        return say(self.calendar.lang, phrase, owner=self.owner.first_name, **facts)


def _day_and_time(moment: datetime, zone: ZoneInfo) -> tuple[date, str]:
    """Local day and HH:MM, at which the end of a day is 24:00."""
    local = moment.astimezone(zone)
    if (local.hour, local.minute) == (0, 0):
        return local.date() - DAY, "24:00"
    return local.date(), f"{local:%H:%M}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
