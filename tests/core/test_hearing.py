"""What a machine has heard in a recording: asked for within bounds, judged like an edit, never acknowledged."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.bursts import text_to_judge
from bot.core.client_notices import Acknowledged, PassedOn, Reacted, WhatAsked, WordsAsked
from bot.core.events import (
    Filed,
    Kind,
    Message,
    MessageEdited,
    MessageReceived,
    OwnerAnswered,
    OwnerTapped,
    Recording,
    Transcribed,
)
from bot.core.hearing import LARGEST, WITHIN, TranscriptAsked
from bot.core.ledger import Fact
from bot.core.owner_notices import AlarmEscalated, AlarmRaised, FolderOpened, MessagesShown
from bot.core.thread import Thread
from bot.core.verdict import Because, Label, Language, Verdict
from tests.core.desks import CLAIMED, CLIENT, DESK, IVAN, NOW, ROUTINE, SOCIAL, URGENT, desk, said
from tests.core.test_decide import QUIET, Life, heard

MUTE = Verdict(Label.ROUTINE, 0.05)
VOICE = Recording("file-1", 12, 40_000)


def voice(number: int, recording: Recording | None = VOICE, kind: Kind = Kind.VOICE) -> MessageReceived:
    event = said(number, MUTE, "", kind=kind)
    return replace(event, message=replace(event.message, recording=recording))


def whole(event: MessageReceived, item: int, words: str, verdict: Verdict, *others: Message) -> Transcribed:
    """The event as the gatekeeper gives it: with the verdict, and the item as the folder has it."""
    told = heard(event, item, words)
    return replace(told, verdict=verdict, folder=(*(Filed(item, other) for other in others), *told.folder))


@pytest.mark.parametrize(
    ("kind", "recording", "asked"),
    [
        (Kind.VOICE, VOICE, True),
        (Kind.VIDEO_NOTE, VOICE, True),
        (Kind.AUDIO, VOICE, True),
        (Kind.VOICE, Recording("f"), True),
        (Kind.VOICE, Recording("f", 600, LARGEST), True),
        (Kind.VOICE, Recording("f", 601), False),
        (Kind.VOICE, Recording("f", 5, LARGEST + 1), False),
        (Kind.VIDEO, VOICE, False),
        (Kind.VOICE, None, False),
    ],
)
def test_a_machine_is_asked_to_hear_speech_that_is_not_too_long(
    kind: Kind, recording: Recording | None, asked: bool
) -> None:
    event = voice(1, recording, kind)
    errands = Life().meets(event).last.errands
    assert errands == ((TranscriptAsked(1, event.message, NOW + WITHIN),) if asked else ())


def test_words_that_come_in_time_are_part_of_the_burst_and_nothing_is_asked() -> None:
    event = voice(1)
    life = Life().meets(event).meets(heard(replace(event, verdict=ROUTINE), 1, "когда макет?")).lives(QUIET)
    (notice,) = life.notices
    assert isinstance(notice, Acknowledged)
    assert notice.wordless is None
    assert [(line.text, line.heard) for line in life.thread.held.lines] == [("когда макет?", True)]


def test_words_that_come_later_are_kept_and_shown_and_not_acknowledged() -> None:
    event = voice(1)
    life = Life().meets(event).lives(QUIET)
    life.meets(heard(replace(event, verdict=ROUTINE), 1, "когда макет?"))
    assert [type(notice) for notice in life.notices] == [Acknowledged]
    assert life.last.filed == (Filed(1, replace(event.message, transcript="когда макет?")),)
    assert [(line.text, line.heard) for line in life.thread.held.lines] == [("когда макет?", True)]
    assert Fact.ITEM_HEARD in life.facts


def test_urgent_words_ring_and_say_that_a_machine_heard_them() -> None:
    event, because = voice(1), (Because("outage", "сайт лежит"),)
    verdict = replace(URGENT, because=because)
    early = Life().meets(event).meets(heard(replace(event, verdict=verdict), 1))
    late = Life().meets(event).lives(QUIET).meets(heard(replace(event, verdict=verdict), 1))
    assert [type(notice) for notice in early.notices] == [Acknowledged, AlarmRaised, MessagesShown]
    assert [type(notice) for notice in late.notices] == [Acknowledged, PassedOn, AlarmRaised, MessagesShown]
    for life in (early, late):
        (alarm,) = life.heard(AlarmRaised)
        assert isinstance(alarm, AlarmRaised)
        assert (alarm.text, alarm.because) == ("сайт лежит", (Because("heard"), *because))
        assert life.heard(MessagesShown) == [MessagesShown(CLIENT, ("1",))]
        life.lives(QUIET)
        assert len(life.heard(AlarmRaised)) == len(life.heard(Acknowledged)) == 1


def test_the_whole_burst_is_judged_with_what_was_heard_in_its_place() -> None:
    before, after = said(1).message, said(3, text="уже час").message
    told = whole(voice(2), 1, "сайт лежит", URGENT, before, after)
    thread = Thread(DESK.id, CLIENT)
    assert text_to_judge(DESK, thread, told, NOW) == "Когда макет?\nуже час\nсайт лежит"


def test_a_bare_claim_that_was_heard_is_asked_like_any_other() -> None:
    event = voice(1)
    early = Life().meets(event).meets(heard(replace(event, verdict=CLAIMED), 1, "срочно")).lives(QUIET)
    late = Life().meets(event).lives(QUIET).meets(heard(replace(event, verdict=CLAIMED), 1, "срочно"))
    assert early.notices == [WhatAsked(insisted=False)]
    assert [type(notice) for notice in late.notices] == [Acknowledged, WhatAsked]
    late.lives(timedelta(minutes=11))
    assert len(late.heard(Acknowledged)) == 1
    none = Life(desk(weekly_alarms=0)).meets(event).lives(QUIET)
    assert none.meets(heard(replace(event, verdict=CLAIMED), 1, "срочно")).heard(WhatAsked) == []


def test_thanks_that_were_heard_are_held_for_the_owner_all_the_same() -> None:
    event = voice(1)
    life = Life().meets(event).meets(heard(replace(event, verdict=SOCIAL), 1, "спасибо")).lives(QUIET)
    assert life.thread.held.count == 1
    assert life.heard(Reacted) == []


def test_what_is_heard_after_the_answer_is_kept_and_rings_for_nobody() -> None:
    event = voice(1)
    life = Life().meets(event).lives(QUIET).meets(OwnerAnswered("o", Message("900", Kind.TEXT, "Готово", NOW)))
    life.meets(heard(replace(event, verdict=URGENT), 1))
    assert life.heard(AlarmRaised) == []
    assert len(life.last.filed) == 1
    claimed = life.meets(heard(replace(event, verdict=CLAIMED), 1))
    assert claimed.heard(WhatAsked, WordsAsked) == []


def test_an_alarm_that_is_open_already_tells_what_was_heard_when_it_rings_again() -> None:
    event = voice(2)
    life = Life(replace(DESK, owner=replace(DESK.owner, backup="tg:9"))).meets(said(1, URGENT, "беда")).meets(event)
    life.lives(QUIET).meets(whole(event, 1, "сайт лежит", URGENT, said(1, text="беда").message))
    assert len(life.heard(AlarmRaised)) == 1
    life.lives(timedelta(minutes=40))
    alarms = [notice for notice in life.notices if isinstance(notice, AlarmRaised | AlarmEscalated)]
    assert [alarm.text for alarm in alarms] == ["беда", *["беда\nсайт лежит"] * 4]
    assert [Because("heard") in alarm.because for alarm in alarms] == [False, *[True] * 4]


def test_an_open_alarm_about_something_else_keeps_no_voice_from_ringing() -> None:
    event = voice(2)
    life = Life().meets(said(1, URGENT, "беда")).meets(OwnerTapped("t", "on_it", "60")).lives(timedelta(minutes=5))
    life.meets(event).lives(QUIET).meets(heard(replace(event, verdict=URGENT), 2))
    assert [alarm.text for alarm in life.notices if isinstance(alarm, AlarmRaised)] == ["беда", "сайт лежит"]


def test_what_came_along_keeps_its_kind() -> None:
    event, file = voice(2), said(1, replace(MUTE, topics=("file",)), "", kind=Kind.DOCUMENT)
    life = Life().meets(file).meets(event).meets(heard(replace(event, verdict=replace(ROUTINE, topics=("bug",))), 1))
    assert life.thread.gathering is not None
    assert life.thread.gathering.verdict.topics == ("bug", "file")


def test_what_is_no_longer_in_the_folder_is_left_alone() -> None:
    life = Life().meets(voice(1)).lives(QUIET).meets(replace(heard(voice(1), 1), folder=()))
    assert life.last.filed == ()
    assert life.last.because == (Because("recording_gone"),)


def test_the_language_is_learned_from_what_was_heard() -> None:
    event = voice(1)
    life = Life().meets(event).lives(QUIET)
    life.meets(heard(replace(event, verdict=replace(ROUTINE, language=Language.BG)), 1, "кога ще е готов сайтът"))
    assert life.thread.language is Language.BG


def test_a_new_caption_does_not_forget_what_was_heard() -> None:
    event = voice(1)
    life = Life().meets(event).lives(QUIET).meets(heard(replace(event, verdict=ROUTINE), 1, "когда макет?"))
    caption = replace(event.message, text="для Анны", transcript="когда макет?")
    life.meets(MessageEdited("e9", IVAN, caption, 1, ROUTINE))
    assert [(line.text, line.heard) for line in life.thread.held.lines] == [("для Анны когда макет?", True)]


def test_the_card_of_the_folder_shows_what_was_heard() -> None:
    filed = Filed(1, replace(voice(1).message, transcript="когда макет?"))
    life = Life().meets(voice(1)).lives(QUIET).meets(OwnerTapped("t", "open", folder=(filed,)))
    (card,) = life.heard(FolderOpened)
    assert isinstance(card, FolderOpened)
    assert [(line.text, line.heard) for line in card.lines] == [("когда макет?", True)]
