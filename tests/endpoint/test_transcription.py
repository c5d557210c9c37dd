"""Speech written down by a machine over real HTTP: what it says, and what its silences and refusals mean."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.endpoint.transcription import LARGEST, LONGEST_ANSWER, TRANSCRIPT_KEPT, Transcription
from bot.ports import TryLater, Undeliverable, Unsure
from tests.endpoint.listener import Answer, Listener, listening, saying

KEY = "sk-nobody-may-see-this"


@asynccontextmanager
async def told(*answers: Answer, budget: float = 5.0) -> AsyncIterator[tuple[Transcription, Listener]]:
    listener = Listener(list(answers))
    async with listening(listener) as url:
        yield Transcription(f"{url}/v1/", "whisper-1", KEY, budget=budget), listener


async def test_a_recording_goes_out_whole_and_its_words_come_back_on_one_line() -> None:
    async with told(saying(" Сайт лежит,\n заказы не проходят. ")) as (transcription, listener):
        assert await transcription.transcribe(b"OggS\x00sound", "file_7.oga") == "Сайт лежит, заказы не проходят."
    (asked,) = listener.asked
    assert asked.path == "/v1/audio/transcriptions"
    assert asked.key == f"Bearer {KEY}"
    assert (asked.model, asked.form, asked.name, asked.sound) == ("whisper-1", "json", "file_7.oga", b"OggS\x00sound")


async def test_without_a_key_none_is_sent() -> None:
    listener = Listener([saying("да")])
    async with listening(listener) as url:
        await Transcription(f"{url}/v1", "whisper-1").transcribe(b"x", "a.oga")
    assert listener.asked[0].key == ""


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (saying(""), ""),
        (saying(" \n\t"), ""),
        (saying("а\x00б\x07в"), "а б в"),
        (Answer(body=r'{"text": "слово \ud83d конец", "usage": {"seconds": 3}}'), "слово ? конец"),
        (saying("о" * (TRANSCRIPT_KEPT + 5)), "о" * TRANSCRIPT_KEPT),
    ],
    ids=["nothing", "blanks", "unprintable", "half a pair", "too long"],
)
async def test_whatever_it_says_is_fit_to_be_kept_and_sent(answer: Answer, words: str) -> None:
    async with told(answer) as (transcription, _):
        assert await transcription.transcribe(b"x", "a.oga") == words


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(status=429), TryLater(0)),
        (replace(Answer(status=429), headers={"Retry-After": "7"}), TryLater(7)),
        (replace(Answer(status=503), headers={"Retry-After": "Sun, 22 Nov 2026 08:00:00 GMT"}), TryLater(0)),
        (Answer(status=500, body="Traceback"), Unsure()),
        (Answer(status=502, body="<html>"), Unsure()),
        (Answer(body="<html>welcome to the hotel</html>"), Unsure()),
        (Answer(body="[]"), Unsure()),
        (Answer(body='{"text": null}'), Unsure()),
        (Answer(body='{"text": ["да"]}'), Unsure()),
        (Answer(body=""), Unsure()),
        (Answer(cut=True), Unsure()),
        (Answer(hang=True), Unsure()),
        (Answer(status=400, body='{"error": "unknown format"}'), Undeliverable("")),
        (Answer(status=401), Undeliverable("")),
        (Answer(status=404), Undeliverable("")),
        (Answer(status=413), Undeliverable("")),
        (replace(Answer(status=307), headers={"Location": "http://127.0.0.1:1/"}), Undeliverable("")),
        (Answer(body="x" * (LONGEST_ANSWER + 1)), Undeliverable("")),
    ],
    ids=lambda value: (
        "" if isinstance(value, Exception) else f"{value.status} {value.body[:20]}{value.cut}{value.hang}"
    ),
)
async def test_everything_else_is_one_of_our_errors(answer: Answer, error: Exception) -> None:
    async with told(answer, budget=0.2 if answer.hang else 5.0) as (transcription, listener):
        with pytest.raises((TryLater, Unsure, Undeliverable)) as caught:
            await transcription.transcribe(b"x", "a.oga")
    assert type(caught.value) is type(error)
    assert getattr(caught.value, "seconds", None) == getattr(error, "seconds", None)
    assert KEY not in str(caught.value)
    assert len(listener.asked) == 1


async def test_nobody_there_is_for_later() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
    with pytest.raises(TryLater):
        await Transcription(url, "whisper-1").transcribe(b"x", "a.oga")


async def test_an_url_that_is_none_is_given_up() -> None:
    with pytest.raises(Undeliverable):
        await Transcription("http://[oops/v1", "whisper-1").transcribe(b"x", "a.oga")


async def test_what_is_too_large_is_not_even_sent() -> None:
    async with told(saying("да")) as (transcription, listener):
        with pytest.raises(Undeliverable):
            await transcription.transcribe(b"x" * (LARGEST + 1), "a.oga")
    assert listener.asked == []


async def test_who_is_told_to_stop_stops() -> None:
    async with told(Answer(hang=True), budget=30.0) as (transcription, listener):
        task = asyncio.ensure_future(transcription.transcribe(b"x", "a.oga"))
        await listener.heard.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_neither_words_nor_the_key_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with told(saying("тайна"), Answer(status=500, body="тайна")) as (transcription, _):
        await transcription.transcribe(b"x", "a.oga")
        with pytest.raises(Unsure):
            await transcription.transcribe(b"x", "a.oga")
    ours = [record for record in caplog.records if not record.name.startswith("aiohttp.access")]
    assert all(secret not in record.getMessage() for record in ours for secret in ("тайна", KEY))
