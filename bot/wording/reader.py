"""Who reads: their language and clock, and the words that every sentence may need of the desk."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from gettext import NullTranslations
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_day_names

from bot.core.calendar import Due, next_window, window_at
from bot.core.desk import Desk, Voice
from bot.core.verdict import Because, Language
from bot.wording import dating
from bot.wording.catalogue import catalogue
from bot.wording.markup import Html, one_line, safe, sendable
from bot.wording.phrases import FROM_SECOND_TO, FROM_TO, TODAY, ZONE_TIMES
from bot.wording.places import place_name
from bot.wording.reasons import because_words

NAME_ROOM = 64
# A button with a name on it still shows the beginning of it on a phone.
LABEL_ROOM = 32
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NEAR = 300 * DAY


@dataclass(frozen=True, slots=True)
class Reader:
    """Speaks to one reader. Every fact that is put into a sentence is escaped, unless it is `Html` already.

    `zone` is the reader's own where it is known and differs from the owner's; None reads by the owner's clock.
    """

    desk: Desk
    language: Language
    now: datetime
    zone: ZoneInfo | None = None

    # Words

    def gettext(self, message: str, **facts: object) -> Html:
        return self._filled(self._words.gettext(message), facts)

    def ngettext(self, one: str, many: str, count: int) -> Html:
        return self._filled(self._words.ngettext(one, many, count), {"count": count})

    def pgettext(self, context: str, message: str, **facts: object) -> Html:
        """A form that agrees with a person: `context` is `gender`."""
        return self._filled(self._words.pgettext(context, message), facts)

    def voiced(self, gate: Html, owner: Html) -> Html:
        """What is said of the owner: in the gate's mouth or in their own."""
        return owner if self.desk.rules.voice is Voice.OWNER else gate

    @property
    def gender(self) -> str:
        return self.desk.owner.gender.value

    @property
    def _words(self) -> NullTranslations:
        return catalogue(self.language)

    def _filled(self, text: str, facts: dict[str, object]) -> Html:
        owner = safe(self.desk.owner.first_name)
        filled = text.format(owner=owner, **{name: safe(fact) for name, fact in facts.items()})
        # An abbreviation at the end („15:00 ч.“) has the full stop of its sentence.
        return Html(filled[:-1] if filled.endswith("..") else filled)

    # People and things

    def name(self, name: str) -> Html:
        """A client's name as they show it; one without a name is a client."""
        return one_line(name, NAME_ROOM) or self.gettext("Client")

    def label(self, name: str) -> str:
        """The name on a button, which knows no markup."""
        words = sendable(" ".join(name.split())) or str(self.gettext("Client"))
        return words if len(words) <= LABEL_ROOM else words[: LABEL_ROOM - 1] + "…"

    def clients(self, count: int) -> Html:
        return self.ngettext("{count} client", "{count} clients", count)

    def inquiries(self, count: int) -> Html:
        return self.ngettext("{count} inquiry", "{count} inquiries", count)

    # Times

    def promise(self, due: Due) -> Html:
        """The sentence that says by when the answer comes, and why then."""
        owner = self.desk.owner
        return safe(
            dating.by_when(
                due,
                self.now,
                zone=self.zone,
                owner_zone=self._owner_zone,
                lang=self.language,
                voice=self.desk.rules.voice,
                owner=owner,
            )
        )

    def moved(self, due: Due, *, late: bool) -> Html:
        """The sentence that says a promise's new time, with an apology."""
        owner = self.desk.owner
        return safe(
            dating.moved(
                due,
                self.now,
                zone=self.zone,
                owner_zone=self._owner_zone,
                lang=self.language,
                voice=self.desk.rules.voice,
                owner=owner,
                late=late,
            )
        )

    def by(self, moment: datetime) -> Html:
        """«завтра, в среду, до 11:00»"""
        return safe(dating.when(moment, self.now, zone=self.zone, owner_zone=self._owner_zone, lang=self.language))

    def due(self, moment: datetime) -> Html:
        """«сегодня до 15:00», «завтра, в среду, до 11:00»; what is past without a preposition, «вчера, 18:00»

        For the owner, whose lists stay in the chat: unlike `by`, no word of it is stale an hour later.
        """
        if moment <= self.now:
            return self.at(moment)
        if self._is_today(moment):
            return safe(dating.say(self.language, TODAY, time=self.clock(moment)))
        return self.by(moment)

    def at(self, moment: datetime) -> Html:
        """«сегодня, 18:00»"""
        return safe(f"{dating.relative_day(moment, self.now, self._own_zone, self.language)}, {self.clock(moment)}")

    def start(self, moment: datetime) -> Html:
        """«завтра, в среду, в 10:00»"""
        return safe(dating.start(moment, self.now, self._own_zone, self.language))

    def fixed(self, moment: datetime) -> Html:
        """«вторник, 24 ноября, 14:30», for what is read long after it was written"""
        return safe(dating.fixed(moment, self.now, self._own_zone, self.language))

    def clock(self, moment: datetime) -> str:
        return dating.clock(moment, self._own_zone, self.language)

    def because(self, because: Because) -> Html:
        """A reason in a few words."""
        return safe(because_words(because, self.language, self.now, self._own_zone))

    def stamp(self, moment: datetime) -> Html:
        """«10:24», before today «20.11 10:24»"""
        local = moment.astimezone(self._own_zone)
        return safe(f"{local:%H:%M}" if self._is_today(moment) else f"{local:%d.%m %H:%M}")

    def since(self, moment: datetime) -> Html:
        """«ждёт с 10:24», «пришло вчера, 10:24»"""
        if self._is_today(moment):
            return self.gettext("waiting since {time}", time=self.clock(moment))
        return self.gettext("came {time}", time=self.at(moment))

    def age(self, span: timedelta) -> Html:
        """«25 мин», «3 ч 10 мин», «2 дня»"""
        minutes = max(span, timedelta()) // timedelta(minutes=1)
        if span >= 2 * DAY:
            return self.ngettext("{count} day", "{count} days", span // DAY)
        if span >= HOUR:
            return self.gettext("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)
        return self.gettext("{minutes} min", minutes=minutes)

    def day(self, day: date) -> Html:
        """«24 декабря», with the year where it could be taken for another one."""
        near = abs(day - self.now.astimezone(self._own_zone).date()) < NEAR
        return safe(format_date(day, "d MMMM" if near else "long", locale=self.language.value))

    def days(self, first: date, last: date) -> Html:
        """«с 24 декабря по 8 января»"""
        phrase = FROM_SECOND_TO if first.day == 2 else FROM_TO
        return safe(dating.say(self.language, phrase, first=self.day(first), last=self.day(last)))

    def weekday(self, day: int) -> str:
        """The short name of a weekday (Monday is 0)."""
        return str(get_day_names("abbreviated", context="stand-alone", locale=self.language.value)[day])

    def window(self) -> Html | None:
        """The window that is open, or the next one; None where the desk has none."""
        if open_now := window_at(self.desk, self.now):
            return self.gettext("The window is open until {time}.", time=self.clock(open_now.end))
        following = next_window(self.desk, self.now)
        return self.gettext("Next window: {time}.", time=self.at(following.start)) if following else None

    def own_clock(self) -> Html:
        """Whose clock the desk's hours are told by: «по Москве»"""
        zone = self._owner_zone
        if name := ZONE_TIMES.get(zone.key):
            return safe(dating.say(self.language, name))
        return self.gettext("time of {city}", city=place_name(zone.key, self.language))

    def _is_today(self, moment: datetime) -> bool:
        return moment.astimezone(self._own_zone).date() == self.now.astimezone(self._own_zone).date()

    @property
    def _owner_zone(self) -> ZoneInfo:
        return ZoneInfo(self.desk.owner.zone)

    @property
    def _own_zone(self) -> ZoneInfo:
        return self.zone or self._owner_zone
