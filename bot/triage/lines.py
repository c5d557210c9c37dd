"""The verb `triage`: JSON lines in, JSON lines out, one verdict a line, in order."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.verdict import Because, Language
from bot.triage.judge import Judge, guess_language
from bot.triage.language import hear

# Where a message without a zone is taken to be written.
ZONES: dict[Language, str] = {Language.RU: "Europe/Moscow", Language.BG: "Europe/Sofia"}

Word = Callable[[Because, Language], str]
Asked = dict[str, object]


class Unreadable(Exception):
    """A line that does not say what to judge; its text says why."""


def answer_lines(lines: Iterable[str], judge: Judge, *, now: datetime, word: Word) -> Iterator[str]:
    """A verdict for each line, or what is wrong with it; blank lines are passed over.

    A line is `{"id", "text", "sent_at"?, "zone"?}`, or a burst: `"messages": [{"t", "text"}]` in place of the text,
    judged as one. `sent_at` is local to the zone where it has no offset; `now` (aware) stands in where it is missing.
    `word` gives a reason in the language of the message.
    """
    for line in lines:
        if line.strip():
            yield json.dumps(_answer(line, judge, now, word), ensure_ascii=False)


def _answer(line: str, judge: Judge, now: datetime, word: Word) -> dict[str, object]:
    asked: Asked = {}
    try:
        asked = _read(line)
        return _verdict(asked, judge, now, word)
    except Unreadable as problem:
        return {"id": asked.get("id"), "error": str(problem)}


def _read(line: str) -> Asked:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as cause:
        raise Unreadable("not JSON") from cause
    if not isinstance(asked, dict):
        raise Unreadable("not an object")
    return asked


def _verdict(asked: Asked, judge: Judge, now: datetime, word: Word) -> dict[str, object]:
    text = _text(asked)
    language = hear(text).language or Language.RU
    zone = _zone(asked, language)
    verdict = judge.judge(text, sent_at=_sent_at(asked, zone, now))
    language = guess_language(verdict, text)
    deadline = verdict.deadline.astimezone(zone).replace(tzinfo=None) if verdict.deadline else None
    return {
        "id": asked.get("id"),
        "label": verdict.label.value,
        "score": verdict.score,
        "intents": list(verdict.topics),
        "lang": language.value,
        "deadline": deadline.isoformat(timespec="minutes") if deadline else None,
        "because": [word(reason, language) for reason in verdict.because],
    }


def _text(asked: Asked) -> str:
    if "messages" not in asked:
        return _string(asked, "text")
    messages = asked["messages"]
    if not isinstance(messages, list) or not all(isinstance(message, dict) for message in messages):
        raise Unreadable("messages is not a list of objects")
    return "\n".join(_string(message, "text") for message in messages)


def _string(holder: Asked, key: str) -> str:
    value = holder.get(key)
    if not isinstance(value, str):
        raise Unreadable(f"{key} is missing" if value is None else f"{key} is not a string")
    return value


def _zone(asked: Asked, language: Language) -> ZoneInfo:
    name = ZONES[language] if asked.get("zone") is None else _string(asked, "zone")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as cause:
        raise Unreadable(f"zone is unknown: {name}") from cause


def _sent_at(asked: Asked, zone: ZoneInfo, now: datetime) -> datetime:
    if asked.get("sent_at") is None:
        return now.astimezone(zone)
    written = _string(asked, "sent_at")
    try:
        sent_at = datetime.fromisoformat(written)
        return sent_at.replace(tzinfo=zone) if sent_at.tzinfo is None else sent_at.astimezone(zone)
    except (ValueError, OverflowError) as cause:
        raise Unreadable(f"sent_at is not an ISO time: {written}") from cause
