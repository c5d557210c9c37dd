"""Recordings that a machine may listen to, where the deployment has one: what is asked of it, and how much."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.events import Kind, Message, Transcribed

SPOKEN = frozenset({Kind.VOICE, Kind.VIDEO_NOTE, Kind.AUDIO})
# Longer recordings are not messages but meetings.
LONGEST = timedelta(minutes=10)
# A bot may fetch no larger file (core.telegram.org/bots/api#getfile).
LARGEST = 20 * 1024 * 1024
# What no machine has heard within this time, the owner has: a later transcript would tell nobody anything.
WITHIN = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class TranscriptAsked:
    """An errand, not a notice: a machine is to hear `message` of `item`; `until` then, or nobody has to."""

    item: int
    message: Message
    until: datetime


def ask_transcript(item: int, message: Message, now: datetime) -> tuple[TranscriptAsked, ...]:
    """The errand for a message that is speech and not too much of it; none for any other."""
    recording = message.recording
    if recording is None or message.kind not in SPOKEN:
        return ()
    if timedelta(seconds=recording.seconds) > LONGEST or recording.size > LARGEST:
        return ()
    return (TranscriptAsked(item, message, now + WITHIN),)


def words_of_item(event: Transcribed) -> str:
    """All that the item of this event says, with what was heard in its place."""
    words = ((event.message if filed.message.id == event.message.id else filed.message).words for filed in event.folder)
    return "\n".join(each for each in words if each)
