"""What kind of thing a message is, for what the owner has set by kind: answer times and preferred channels.

What it is made of and how long it is tells part of it here; what it is about (a bug, an invoice, an estimate…) is told
by its words, which triage knows (`bot.triage.topics`).
"""

from bot.core.events import Kind

FILE, BRIEF, LONG, VOICE = "file", "brief", "long", "voice"
BUG, INVOICE, CALL, ESTIMATE, STATUS = "bug", "invoice", "call", "estimate", "status"
THINGS = (FILE, BRIEF, LONG, VOICE, BUG, INVOICE, CALL, ESTIMATE, STATUS)
# A photo is not among the files: most are screenshots that illustrate a message.
GROUPS = {
    Kind.DOCUMENT: FILE,
    Kind.VIDEO: FILE,
    Kind.AUDIO: FILE,
    Kind.VOICE: VOICE,
    Kind.VIDEO_NOTE: VOICE,
}
# About two screens of a phone, some 150 words: what is not answered in passing.
LONG_TEXT = 1000


def kinds_of(kind: Kind, text: str) -> frozenset[str]:
    """The kinds that a message's form shows: what it is made of, and the length of its text."""
    found = {GROUPS[kind]} if kind in GROUPS else set()
    return frozenset(found | ({LONG} if len(text) >= LONG_TEXT else set()))
