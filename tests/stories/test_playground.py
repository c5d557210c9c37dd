"""`make run` without a token: the page in a real browser, the real bot behind it, in a process of its own."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from aiohttp import ClientError, ClientSession
from playwright.async_api import Page, async_playwright, expect

from tests.browser import open_browser

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """A playground that runs as `make run` starts it, ended by Ctrl-C."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PORT": str(port), "DATA_DIR": str(tmp_path), "LOG_LEVEL": "WARNING", "BOT_TOKEN": ""}
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "play", cwd=ROOT, env=environment)
    url = f"http://127.0.0.1:{port}/"
    try:
        async with asyncio.timeout(60), ClientSession() as session:
            while True:
                with suppress(ClientError):
                    async with session.get(url) as answer:
                        if answer.status == 200:
                            break
                await asyncio.sleep(0.2)
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(20):
            assert await process.wait() == 0


@pytest.fixture
async def page(address: str) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await open_browser(playwright)
        page = await browser.new_page(viewport={"width": 1280, "height": 800})
        await page.goto(address)
        yield page
        await browser.close()


async def write(page: Page, text: str, phone: int = 0) -> None:
    box = page.locator("textarea").nth(phone)
    await box.fill(text)
    await box.press("Enter")


async def test_a_client_is_promised_an_answer_and_the_freelancer_reads_the_digest(page: Page) -> None:
    log = page.get_by_role("log")
    client, owner = log.nth(0), log.nth(1)
    await page.locator("[data-key=window]").click()
    await page.locator("[data-key=plus60]").click()
    await write(page, "Здравствуйте, Анна! Когда будет готов макет главной?")
    await expect(client.get_by_text("Когда будет готов макет главной?")).to_be_visible()
    await page.locator("[data-key=plus10]").click()
    await expect(client.get_by_text("Анна ответит")).to_be_visible(timeout=15_000)
    await page.locator("[data-key=window]").click()
    await expect(owner.get_by_text("Когда будет готов макет главной?")).to_be_visible(timeout=15_000)
    await expect(owner.get_by_role("button", name="1 Открыть")).to_be_visible()
    await write(page, "СРОЧНО!!!")
    await expect(client.get_by_text("Что происходит?")).to_be_visible(timeout=20_000)
