"""The verbs of `python -m bot`. What a verb needs it imports itself: `promise` does not wait for Telegram's library."""

import argparse
import asyncio
import json
import logging
import os
import sys
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from bot.clock import WallClock
from bot.core.desk import Desk
from bot.core.verdict import Language
from bot.settings import Misconfigured, Settings, need_bot, read_settings

log = logging.getLogger(__name__)

# What a wrong setting, desk file or command line ends with; bad lines of input do not end anything.
WRONG_SETTING = 2
# Public holidays are read for the year before and so many after: promises reach 400 days ahead.
YEARS_AHEAD = 2
# What an endpoint is asked by `check`, and what its silence means. Without it the first verdict stands.
TRIAL = "Добрый день! Когда будет готов макет?"
UNANSWERED = {
    "timeout": "no answer within 3 seconds; a model that is being loaded may need longer the first time",
    "unreachable": "nobody answers at OPINION_URL",
    "status_401": "OPINION_KEY is refused",
    "status_403": "OPINION_KEY is refused",
    "status_404": "OPINION_URL knows no such path or model; the path usually ends with /v1",
    "status_429": "too many questions, or the credit is used up",
    "not_the_form": "the model does not reply in the form asked for; another may",
}


def main(arguments: Sequence[str]) -> int:
    """Carry out a verb; the exit code."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    try:
        settings = read_settings(os.environ)  # noqa: TID251 - the door at which the environment enters
        verb: Callable[[argparse.Namespace, Settings], int] = chosen.verb
        return verb(chosen, settings)
    except Misconfigured as error:
        print(f"vratar: {error}", file=sys.stderr)
        return WRONG_SETTING
    except (KeyboardInterrupt, BrokenPipeError):
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Vratar keeps the gate.")
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    def verb(name: str, act: Callable[[argparse.Namespace, Settings], int], text: str) -> argparse.ArgumentParser:
        found = verbs.add_parser(name, help=text, description=text)
        found.set_defaults(verb=act)
        return found

    verb("play", _play, "the playground on http://127.0.0.1:8080: the real bot, no token needed")
    verb("poll", _poll, "the bot by long polling (BOT_TOKEN, OWNER_ID)")
    check = verb("check", _check, "validate settings, the desk file and the texts")
    check.add_argument("--texts", action="store_true", help="the texts alone")
    verb("triage", _triage, "JSON lines on stdin: messages; on stdout: verdicts")
    promise = verb(
        "promise", _promise, "JSON lines on stdin: times of arrival; on stdout: promised times and their words"
    )
    promise.add_argument("--desk", type=Path, required=True, metavar="FILE")
    return parser


def _play(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.play import run_playground
    from bot.triage.judge import Judge

    _log_to_stderr(settings)
    print(f"Vratar's playground: http://127.0.0.1:{settings.port}  (Ctrl-C ends it)", flush=True)
    desk = _desk(settings, "play")
    _warn(desk, log.warning)
    return _run(run_playground(settings, desk, triage=Judge.load()))


def _poll(chosen: argparse.Namespace, settings: Settings) -> int:
    need_bot(settings)
    from bot.app import run_bot
    from bot.triage.judge import Judge

    _log_to_stderr(settings)
    desk = _desk(settings, str(settings.owner_id))
    _warn(desk, log.warning)
    return _run(run_bot(settings, desk, clock=WallClock(), triage=Judge.load()))


def _check(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.wording import missing

    problems = list(missing())
    if not chosen.texts:
        need_bot(settings)
        _warn(_desk(settings, "check"), lambda text: print(f"vratar: warning: {text}", file=sys.stderr))
        print(_second_opinion(settings))
    for problem in problems:
        print(f"vratar: {problem}", file=sys.stderr)
    if not problems and not chosen.texts:
        print(transcription_words(settings))
    if not problems:
        print("texts are complete" if chosen.texts else "settings, desk file and texts are in order")
    return WRONG_SETTING if problems else 0


def _second_opinion(settings: Settings) -> str:
    """Whether the second opinion is on and, by one question about a sentence of ours, whether it comes."""
    if not settings.opinion_url:
        return "second opinion: off (no OPINION_URL)"
    from bot.endpoint.opinion import open_adviser
    from bot.ports import NoAnswer

    async def ask() -> None:
        clock = WallClock()
        async with open_adviser(
            settings.opinion_url, settings.opinion_model, clock, key=settings.opinion_key
        ) as adviser:
            await adviser.ask(TRIAL, sent_at=clock.now(), next_window_end=None, deadline=None)

    began = perf_counter()
    try:
        asyncio.run(ask())
    except NoAnswer as error:
        return f"second opinion: on, but it does not come now ({UNANSWERED.get(str(error), error)})"
    return f"second opinion: on, it comes in {perf_counter() - began:.1f} s"


def transcription_words(settings: Settings) -> str:
    """Whether a machine listens to voice messages, and where they go then."""
    if not settings.transcription_url:
        return "transcription is off: voice messages wait for the owner (TRANSCRIPTION_URL turns it on)"
    return (
        f"transcription is on: voice messages are sent to {settings.transcription_url} ({settings.transcription_model})"
    )


def _triage(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.triage.judge import Judge
    from bot.triage.lines import answer_lines
    from bot.wording import reason

    answers = answer_lines(sys.stdin, Judge.load(), now=WallClock().now(), word=reason)
    return _print_lines(answers)


def _promise(chosen: argparse.Namespace, settings: Settings) -> int:
    desk = _desk_of(chosen.desk, "promise", range(2020, 2041))
    return _print_lines(promise_lines(sys.stdin, desk))


def promise_lines(lines: Iterable[str], desk: Desk) -> Iterator[str]:
    """For each `{"at"}` a `{"due", "text": {"ru", "bg"}}`, or `{"error"}`; `at` without offset is the owner's time."""
    from bot.core.calendar import NoWindow, promise_due
    from bot.wording.dating import by_when

    zone = ZoneInfo(desk.owner.zone)
    for line in lines:
        if not line.strip():
            continue
        try:
            at = datetime.fromisoformat(json.loads(line)["at"])
            at = at if at.tzinfo else at.replace(tzinfo=zone)
            due = promise_due(desk, at.astimezone(UTC))
        except (ValueError, KeyError, TypeError, OverflowError) as error:
            answer: dict[str, object] = {"error": f'expected {{"at": "2026-11-24T11:20+03:00"}}: {error}'}
        except NoWindow as error:
            answer = {"error": str(error)}
        else:
            text = {
                lang.value: by_when(
                    due, at, zone=None, owner_zone=zone, lang=lang, voice=desk.rules.voice, owner=desk.owner
                )
                for lang in (Language.RU, Language.BG)
            }
            answer = {"due": due.moment.astimezone(zone).isoformat(), "text": text}
        yield json.dumps(answer, ensure_ascii=False)


def _print_lines(lines: Iterable[str]) -> int:
    for line in lines:
        print(line, flush=True)
    return 0


def _desk(settings: Settings, desk_id: str) -> Desk:
    year = WallClock().now().year
    return _desk_of(settings.desk_file, desk_id, range(year - 1, year + YEARS_AHEAD + 1))


def _desk_of(path: Path, desk_id: str, years: range) -> Desk:
    from bot.deskfile import DeskFileError, read_desk

    try:
        return read_desk(path, desk_id=desk_id, first_year=years[0], last_year=years[-1])
    except DeskFileError as error:
        raise Misconfigured(str(error)) from error


def _warn(desk: Desk, tell: Callable[[str], None]) -> None:
    """One line where the calendar of public holidays ends soon."""
    from bot.almanac import warning

    if text := warning(desk.almanac, WallClock().now().date()):
        tell(text)


def _run(work: Coroutine[object, object, None]) -> int:
    from bot.channels.telegram.line import TokenRefused
    from bot.ports import StoreDown
    from bot.store.embedded import StoreUnavailable

    # The loops live in task groups, whose errors come in groups as well; of what concerns the operator one is enough.
    wrong: list[str] = []
    try:
        asyncio.run(work)
    except* TokenRefused:
        wrong.append("BOT_TOKEN is not accepted by Telegram: take a fresh one from @BotFather")
    except* (Misconfigured, StoreUnavailable) as group:
        wrong.append(str(_innermost(group)))
    except* StoreDown as group:
        wrong.append(f"REDIS_URL or the store at DATA_DIR does not answer: {_innermost(group)}")
    if wrong:
        raise Misconfigured(wrong[0])
    return 0


def _innermost(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _log_to_stderr(settings: Settings) -> None:
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)-7s %(name)s: %(message)s", stream=sys.stderr
    )
    # aiogram and aiohttp log requests at DEBUG, with URLs that hold the token.
    for name in ("aiogram", "aiohttp", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
