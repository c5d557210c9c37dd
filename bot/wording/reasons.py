"""Why the gate decided as it did, in words: for every reason of the core and of triage."""

from datetime import datetime
from gettext import NullTranslations
from zoneinfo import ZoneInfo

from bot.core.verdict import Because, Language
from bot.wording.catalogue import catalogue
from bot.wording.dating import clock, relative_day, when
from bot.wording.marks import marked

DETAIL_ROOM = 60

# Behind an alarm: what the client or the owner said by a tap.
SAID: dict[str, str] = {
    "client_says_outage": marked("the client says: something does not work"),
    "client_says_payment": marked("the client says: trouble with a payment"),
    "client_says_deadline": marked("the client says: a deadline is running out"),
    "client_says_meeting": marked("the client says: a meeting is about to start"),
    "client_says_other": marked("the client says that it cannot wait"),
    "client_insists": marked("the client pressed “It can't wait”"),
    "owner_says_urgent": marked("you marked it urgent"),
    "not_urgent_says_owner": marked("you said: not urgent"),
    "unjudged": marked("no words to judge by"),
}
# Behind everything else that the core decides.
DECIDED: dict[str, str] = {
    "agreed": marked("agreed to the rules"),
    "agreed_before": marked("had agreed to the rules before"),
    "alarm_joined": marked("joins what was passed on already"),
    "alarm_repeated": marked("nobody has touched the alarm: it rings again"),
    "alarms_asked": marked("you asked for what is urgent"),
    "album_whole": marked("the album has arrived whole"),
    "answer_held": marked("outside working hours: your answer waits for the next window"),
    "aside_asked": marked("you asked for what was sifted out"),
    "aside_listed": marked("the week's list of what was sifted out"),
    "away_set": marked("you are away on these days"),
    "back": marked("you are back"),
    "back_before": marked("had been brought back already"),
    "board_changed": marked("the board shows how things stand now"),
    "board_lost": marked("the board was deleted: it is shown anew"),
    "board_posted": marked("the board is pinned"),
    "brought_back": marked("you said: this is a client"),
    "budget_spent": marked("this week's urgent messages are used up"),
    "forgotten": marked("you took back what your marks had taught"),
    "lessons_changed": marked("what your marks have taught has changed since"),
    "buried": marked("a message that could not be handled was set aside"),
    "burst_joined": marked("follows the message before without a pause"),
    "burst_opened": marked("a new conversation or a pause before it"),
    "burst_was_passed_on": marked("was passed on as it arrived"),
    "claimed": marked("claims to be urgent without saying what happens: asked"),
    "came_into_view": marked("what was sifted out waits for you like anything else"),
    "client_came_back": marked("the client can be reached again"),
    "client_can_wait": marked("the client says that it can wait"),
    "client_left": marked("the client has blocked the bot: nothing is owed any more"),
    "client_says": marked("the client said by a tap what happens"),
    "digest_asked": marked("you asked for the digest"),
    "digested_before": marked("this window's digest was shown already"),
    "done_says_owner": marked("you said: done"),
    "edited": marked("the message was changed and judged again"),
    "escalated": marked("nobody has touched the alarm: it went to the backup contact"),
    "heard": marked("the recording was transcribed by machine"),
    "help_asked": marked("you asked for help"),
    "statistics_asked": marked("you asked for statistics"),
    "insists": marked("the client insists: asked what happens"),
    "kept_answer_sent": marked("your answer that waited has been sent"),
    "known_to_be_blocked": marked("you were told already that the client cannot be reached"),
    "language_asked": marked("asked which language to write in"),
    "language_chosen": marked("the client chose the language"),
    "live_talk": marked("you are talking with this client: the gate stays silent"),
    "misread": marked("the command could not be understood"),
    "no_alarm": marked("was not urgent any more"),
    "no_reply_target": marked("it was not clear whom your message is for"),
    "no_window": marked("no window in the calendar to promise"),
    "no_window_now": marked("no window is open now"),
    "nothing_asked": marked("nothing was being asked any more"),
    "nothing_due": marked("nothing was due yet"),
    "nothing_open": marked("nothing was open"),
    "gate_opened": marked("the gate has started"),
    "nothing_waits": marked("nobody is waiting: no digest"),
    "opened": marked("you opened the folder"),
    "owner_answered": marked("you answered: the promise is kept"),
    "owner_on_it": marked("you are on it: promised {by}"),
    "owner_only": marked("a command for the owner alone"),
    "page_turned": marked("you turned the page"),
    "passed_on": marked("passed on to you at once"),
    "passed_on_before": marked("had been passed on already"),
    "privacy_told": marked("the client asked what is stored"),
    "promise_made": marked("an answer is promised {by}"),
    "promise_moved": marked("the promise is moved: {by}"),
    "promise_open": marked("an answer is promised already"),
    "promises_ending": marked("promises end soon: you are warned once"),
    "prompted": marked("you are about to answer"),
    "recording_gone": marked("the recording is not in the folder any more"),
    "rules_told": marked("the rules were shown"),
    "set_aside": marked("from a stranger: sifted out without a sound"),
    "snooze_over": marked("put off until now"),
    "snoozed": marked("you put it off to the window: {at}"),
    "social": marked("needs no answer"),
    "status_told": marked("the client asked what is open"),
    "talk_over": marked("your talk with this client is over"),
    "undelivered": marked("a message could not be delivered"),
    "unknown_button": marked("a button that no longer works"),
    "unknown_command": marked("an unknown command"),
    "window_opened": marked("a window has opened"),
    "words_asked": marked("came without a word: asked for one line"),
    "sentence_asked": marked("a stranger answered by a tap: asked for one sentence"),
    "words_awaited": marked("a stranger has not said yet what happens"),
    "zone_asked": marked("asked which time zone the client lives in"),
    "zone_chosen": marked("the client chose the time zone"),
    "zone_misread": marked("the client named a place that is not known: asked again"),
}
# Behind a verdict of triage (`bot.triage.REASONS`); its details are the client's own words.
JUDGED: dict[str, str] = {
    "outage": marked("something does not work"),
    "payment": marked("money or a payment"),
    "security": marked("security is at stake"),
    "published": marked("it is public or in print already"),
    "meeting": marked("a meeting changes"),
    "blocked": marked("people are waiting"),
    "legal": marked("a court, taxes or an inspection"),
    "safety": marked("people may come to harm"),
    "deadline": marked("deadline: {at}"),
    "far_deadline": marked("the deadline is far off: {at}"),
    "not_urgent": marked("the client writes that it can wait"),
    "hypothetical": marked("speaks of what might be"),
    "resolved": marked("resolved already"),
    "urgency_topic": marked("urgency is the topic, not the state of things"),
    "bare_claim": marked("says “urgent” but not why"),
    "greeting": marked("a greeting, thanks or agreement"),
    "no_words": marked("no words to judge by"),
    "mass_offer": marked("a mass offer"),
    "easy_money": marked("promises easy money"),
    "link_lure": marked("lures to a link"),
    "adult_offer": marked("an adult offer"),
    "model": marked("judged by the message as a whole"),
}
# Behind a verdict that a second opinion was asked about (`bot.core.opinion`); its detail is a code of the table above.
SECOND: dict[str, str] = {
    "second_opinion": marked("a second opinion agrees"),
    "second_opinion_unsure": marked("a second opinion is not sure either"),
    "second_opinion_urgent": marked("a second opinion: urgent"),
    "second_opinion_routine": marked("a second opinion: it can wait"),
    "second_opinion_claimed": marked("a second opinion: says “urgent” but not why"),
}
REASONS = SAID | DECIDED | JUDGED | SECOND
OTHER = marked("judged by what the message says")


def because_words(because: Because, language: Language, now: datetime | None, zone: ZoneInfo) -> str:
    """A reason in a few words, as plain text; one that nobody has put into words is told in general terms.

    Without `now` a moment is told by its date, else as it lies ahead of or behind a reader in `zone`.
    """
    words = catalogue(language)
    moment = _moment(because.detail)
    if because.code.startswith("learned_"):
        return _quoting(_learned(because, words), because, words)
    reason = words.gettext(REASONS.get(because.code, OTHER)).format(
        at=_at(moment, language, now, zone), by=_by(moment, language, now, zone)
    )
    if because.code in SECOND and because.detail in JUDGED:
        why = because_words(Because(because.detail), language, now, zone)
        return words.gettext("{reason} ({why})").format(reason=reason, why=why)
    if because.code not in JUDGED or moment or not because.detail.strip():
        return reason.rstrip(" :")
    return _quoting(reason, because, words)


def _learned(because: Because, words: NullTranslations) -> str:
    """What the owner's taps have taught (`core.lessons`), and how many of them."""
    count = because.count
    told = {
        "learned_urgent": words.ngettext(
            "you marked something like it as urgent", "you marked something like it as urgent {count} times", count
        ),
        "learned_calm": words.ngettext(
            "you marked something like it as not urgent",
            "you marked something like it as not urgent {count} times",
            count,
        ),
        "learned_urgent_client": words.ngettext(
            "you marked a message of this client as urgent",
            "you marked messages of this client as urgent {count} times",
            count,
        ),
        "learned_calm_client": words.ngettext(
            "you marked a message of this client as not urgent",
            "you marked messages of this client as not urgent {count} times",
            count,
        ),
    }
    return told.get(because.code, words.gettext(OTHER)).format(count=count)


def _quoting(reason: str, because: Because, words: NullTranslations) -> str:
    if not because.detail.strip():
        return reason
    return words.gettext("{reason}: “{quote}”").format(reason=reason, quote=_short(because.detail))


def _moment(detail: str) -> datetime | None:
    """The aware moment in `detail`, None where it is something else."""
    try:
        moment = datetime.fromisoformat(detail)
    except ValueError:
        return None
    # A client may quote any year; the first and the last cannot be told in every zone.
    return moment if moment.tzinfo and 1 < moment.year < 9999 else None


def _at(moment: datetime | None, language: Language, now: datetime | None, zone: ZoneInfo) -> str:
    if moment is None:
        return ""
    if now is None:
        return f"{moment:%d.%m %H:%M}"
    return f"{relative_day(moment, now, zone, language)}, {clock(moment, zone, language)}"


def _by(moment: datetime | None, language: Language, now: datetime | None, zone: ZoneInfo) -> str:
    if moment is None or now is None:
        return _at(moment, language, now, zone)
    return when(moment, now, zone=None, owner_zone=zone, lang=language)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= DETAIL_ROOM else line[: DETAIL_ROOM - 1].rstrip() + "…"
