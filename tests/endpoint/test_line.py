"""The line to an endpoint by real HTTP: an answer in time, or `NoAnswer`; nobody hammers what is down."""

import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import TurnableClock
from bot.endpoint.line import FAILURES, LONGEST_ANSWER, REST, Breaker, Line, open_line
from bot.ports import NoAnswer
from tests.endpoint.fake import Endpoint, Reply, serving

NOW = datetime(2026, 11, 24, 8, 20, tzinfo=UTC)
KEY = "sk-nobody-may-see-this"
TEXT = "Хотел бы кое-что уточнить"
FINE, DOWN = Reply(body=b"{}"), Reply(500)


@asynccontextmanager
async def line_to(endpoint: Endpoint, budget: float = 3.0) -> AsyncIterator[tuple[Line, TurnableClock]]:
    clock = TurnableClock(NOW)
    async with serving(endpoint) as url, open_line(url, clock, key=KEY, budget=budget) as line:
        yield line, clock


async def test_a_question_goes_out_with_the_key_and_its_answer_comes_back() -> None:
    endpoint = Endpoint([FINE])
    async with line_to(endpoint) as (line, _):
        assert await line.post("chat/completions", b'{"a":1}') == b"{}"
    assert endpoint.asked == [{"a": 1}]
    assert endpoint.paths == ["/v1/chat/completions"]
    assert endpoint.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert endpoint.headers[0]["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (DOWN, "status_500"),
        (Reply(401, b"no"), "status_401"),
        (Reply(429, b"slow down"), "status_429"),
        (Reply(204), "status_204"),
        (Reply(body=b"{" + b" " * LONGEST_ANSWER), "too_long"),
        (Reply(body=b"x" * 100, cut=True), "unreachable"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_everything_but_an_answer_in_time_is_none(reply: Reply, code: str) -> None:
    async with line_to(Endpoint([reply])) as (line, _):
        with pytest.raises(NoAnswer, match=f"^{code}$"):
            await line.post("x", b"{}")


async def test_no_redirect_is_followed_to_somebody_whom_the_owner_has_not_named() -> None:
    elsewhere = Endpoint([FINE])
    async with serving(elsewhere) as other:
        for status in (301, 302, 307, 308):
            async with line_to(Endpoint([Reply(status, location=f"{other}/x")])) as (line, _):
                with pytest.raises(NoAnswer, match=f"^status_{status}$"):
                    await line.post("x", b"{}")
    assert elsewhere.asked == []


async def test_the_budget_holds_however_long_the_answer_takes() -> None:
    async with line_to(Endpoint([Reply(held=True)]), budget=0.02) as (line, _):
        with pytest.raises(NoAnswer, match="timeout"):
            await line.post("x", b"{}")


async def test_nobody_at_home_is_no_answer() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        async with open_line(url, TurnableClock(NOW)) as line:
            with pytest.raises(NoAnswer, match="unreachable"):
                await line.post("x", b"{}")


async def test_after_failures_in_a_row_it_rests_for_a_minute_and_then_tries_once() -> None:
    endpoint = Endpoint([DOWN])
    async with line_to(endpoint) as (line, clock):
        for _ in range(FAILURES + 5):
            with pytest.raises(NoAnswer):
                await line.post("x", b"{}")
        assert len(endpoint.asked) == FAILURES
        clock.turn_by(REST)
        for _ in range(5):
            with pytest.raises(NoAnswer):
                await line.post("x", b"{}")
        assert len(endpoint.asked) == FAILURES + 1
        clock.turn_by(REST)
        endpoint.replies = [FINE]
        for _ in range(5):
            assert await line.post("x", b"{}") == b"{}"


async def test_one_answer_between_failures_and_nothing_rests() -> None:
    endpoint = Endpoint([DOWN, DOWN, FINE, DOWN, DOWN, FINE])
    async with line_to(endpoint) as (line, _):
        for _ in range(2):
            for _ in range(FAILURES - 1):
                with pytest.raises(NoAnswer, match="status_500"):
                    await line.post("x", b"{}")
            await line.post("x", b"{}")


def test_only_one_tries_after_a_rest() -> None:
    breaker = Breaker()
    assert [breaker.fail(NOW) for _ in range(FAILURES)] == [False, False, True]
    assert not breaker.lets_pass(NOW + REST - timedelta(seconds=1))
    assert [breaker.lets_pass(NOW + REST) for _ in range(3)] == [True, False, False]
    assert not breaker.fail(NOW + REST), "it is said once that it rests"
    breaker.succeed()
    assert breaker.lets_pass(NOW + REST)


async def test_no_log_tells_the_address_the_key_or_what_was_said(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with line_to(Endpoint([Reply(500, TEXT.encode())])) as (line, _):
        for _ in range(FAILURES + 1):
            with pytest.raises(NoAnswer) as none:
                await line.post("x", TEXT.encode().join((b'"', b'"')))
            assert TEXT not in str(none.value)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("bot.")]
    assert ours == ["the endpoint failed 3 times in a row (status_500): it rests"]
    for secret in (KEY, TEXT, "/v1"):
        assert secret not in caplog.text
