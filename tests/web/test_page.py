"""The playground's page in a real browser, with a tiny bot behind the stand-in that answers as Vratar one day will."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError, TelegramNetworkError
from aiogram.types import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReactionTypeEmoji,
    ReplyParameters,
    Update,
)
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.web.playground.app import create_app
from bot.web.playground.chats import Person
from bot.web.playground.ports import Explanation, Landmark, Turnable
from bot.web.playground.standin import StandIn, serving
from tests.browser import open_browser

OWNER = Person(101, "Анна", "Петрова", language_code="ru", about="дизайнер")
PAVEL = Person(201, "Павел", "Орлов", language_code="ru", about="чайная лавка")
MARIA = Person(202, "Мария", "Иванова", language_code="bg", about="пекарна", zone="Europe/Sofia")
URGENT = Explanation("urgent", 0.93, "ru", "сегодня 18:00", ("Сайт не работает",), None, ("Передано сразу",))
KEYS = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Не может ждать", callback_data="alarm")],
        [InlineKeyboardButton(text="Правила", callback_data="rules")],
    ]
)


class Gate:
    """A bot of a few lines: confirms silently, reacts to an edit, forwards a cry for help to the owner with a ring.

    It is the page's Explainer, too.
    """

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.explained: dict[int, Explanation] = {}

    async def explain(self, client_chat_id: int) -> Explanation | None:
        return self.explained.get(client_chat_id)

    async def landmarks(self) -> tuple[Landmark, ...]:
        return (Landmark("window", datetime(2026, 11, 24, 11, 0, tzinfo=UTC), "14:00–14:30"),)

    async def run(self) -> None:
        offset = 0
        await self.bot.set_my_commands([BotCommand(command="rules", description="Правила")])
        while True:
            with contextlib.suppress(TelegramNetworkError):
                for update in await self.bot.get_updates(offset=offset, timeout=30):
                    offset = update.update_id + 1
                    with contextlib.suppress(TelegramAPIError):
                        await self.handle(update)

    async def handle(self, update: Update) -> None:
        if update.edited_message:
            message = update.edited_message
            await self.bot.set_message_reaction(message.chat.id, message.message_id, [ReactionTypeEmoji(emoji="👀")])
        if update.callback_query:
            words = "Передаю Анне" if update.callback_query.data == "alarm" else "Читаю в 10:00 и в 14:00"
            alert = update.callback_query.data == "rules"
            await self.bot.answer_callback_query(update.callback_query.id, words, show_alert=alert)
        if update.message is None or update.message.chat.id == OWNER.id:
            return
        message = update.message
        await self.bot.send_chat_action(message.chat.id, "typing")
        if "лежит" in (message.text or ""):
            self.explained[message.chat.id] = URGENT
            await self.bot.send_message(OWNER.id, f"Срочно: {message.text}", reply_markup=KEYS)
        await self.bot.send_message(
            message.chat.id,
            "Получено. Ответ <b>сегодня до 14:30</b>.",
            parse_mode="HTML",
            disable_notification=True,
            reply_parameters=ReplyParameters(message_id=message.message_id),
            reply_markup=KEYS,
        )


@pytest.fixture
async def url(standin: StandIn, clock: Turnable) -> AsyncIterator[str]:
    """The playground with the little bot polling it."""
    session = AiohttpSession()
    gate = Gate(Bot(standin.token, session=session))
    app = create_app(standin, clock, gate, owner=OWNER, clients=(PAVEL, MARIA), zone="Europe/Moscow")
    async with serving(app) as base:
        session.api = TelegramAPIServer.from_base(base)
        running = asyncio.create_task(gate.run())
        yield base
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        await (await session.create_session()).close()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await open_browser(playwright)
        yield chromium
        await chromium.close()


Opener = Callable[[int, int], Awaitable[Page]]


@pytest.fixture
async def opened(browser: Browser, url: str) -> AsyncIterator[Opener]:
    """Opens the page in Russian. Whatever the browser complains of while the test runs is a failure."""
    complaints: list[str] = []

    async def open_page(width: int, height: int) -> Page:
        page = await browser.new_page(viewport={"width": width, "height": height}, locale="ru-RU")
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        await page.goto(url)
        await expect(page.locator("#client .people .chip")).to_have_count(3)
        return page

    yield open_page
    assert complaints == []


async def test_one_plays_both_sides(opened: Opener, standin: StandIn, clock: Turnable, tmp_path: Path) -> None:
    page = await opened(1280, 800)
    client, owner = page.locator("#client"), page.locator("#owner")
    writing = client.get_by_role("textbox", name="Сообщение")

    # The client writes; the bot confirms without a sound and rings at the owner's.
    await writing.fill("Здравствуйте!")
    await writing.press("Shift+Enter")
    await writing.press_sequentially("<b>Сайт лежит</b>")
    await writing.press("Enter")
    await expect(client.locator(".row.mine .rich").first).to_contain_text("<b>Сайт лежит</b>")
    answer = client.locator(".row:not(.mine)").last
    await expect(answer.locator("b").last).to_have_text("сегодня до 14:30")
    await expect(answer.locator(".quotation")).to_contain_text("Здравствуйте!")
    await expect(owner.locator(".bubble.ringing .sound")).to_have_text("звук")
    await expect(owner.get_by_role("img", name="За сегодня у фрилансера: 1 со звуком, 0 без звука")).to_be_visible()

    # The gate says why.
    await expect(page.locator("#why .label")).to_have_text("Срочное")
    await expect(page.get_by_role("meter")).to_have_attribute("aria-valuenow", "93")
    await expect(page.locator("#why")).to_contain_text("Сайт не работает")

    # A tap brings up a passing line, another one an alert.
    await answer.get_by_role("button", name="Не может ждать").click()
    await expect(page.get_by_text("Передаю Анне")).to_be_visible()
    await answer.get_by_role("button", name="Правила").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Читаю в 10:00")
    await page.get_by_role("button", name="OK").click()

    # An edit is marked, and gets a reaction.
    own = client.locator(".row.mine").first
    await own.focus()
    await page.keyboard.press("e")
    await expect(writing).to_have_value("Здравствуйте!\n<b>Сайт лежит</b>")
    await writing.fill("Сайт снова работает")
    await writing.press("Enter")
    await expect(own).to_contain_text("изменено")
    await expect(own.locator(".reaction")).to_have_text("👀")

    # The owner answers by replying, with a file.
    paper = tmp_path / "счёт.pdf"
    paper.write_bytes(b"%PDF")
    await owner.locator(".row").first.hover()
    await owner.locator(".row").first.get_by_role("button", name="Ответить").click()
    await expect(owner.locator(".strip")).to_contain_text("Ответ на")
    await owner.get_by_role("button", name="Прикрепить").click()
    await owner.locator("[data-kind=document]").set_input_files(paper)
    await expect(owner.locator(".file b")).to_have_text("счёт.pdf")
    sent = standin.chat(OWNER)[-1]
    assert (sent.kind, sent.reply_to) == ("document", standin.chat(OWNER)[0].id)

    # The clock is turned, and never back.
    await page.locator('[data-key="window"]').click()
    await expect(page.locator("#clock-time")).to_have_text("14:00")
    assert clock.now() == datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
    await page.locator('[data-key="friday"]').click()
    await expect(page.locator("#clock-day")).to_have_text("пятница, 27 ноября")
    await expect(page.locator("#clock-time")).to_have_text("18:40")


async def test_people_are_switched_and_added(opened: Opener, standin: StandIn) -> None:
    page = await opened(1280, 800)
    client = page.locator("#client")
    await client.get_by_role("button", name="Начать").click()
    await expect(client.locator(".row")).to_have_count(2)
    await client.get_by_role("radio", name="Мария").click()
    await expect(client.locator(".empty")).to_be_visible()
    standin.say(PAVEL, "и ещё")
    await expect(client.get_by_role("radio", name="Павел Орлов, чайная лавка, непрочитанных: 1")).to_be_visible()

    await client.get_by_role("button", name="Новый человек").click()
    await client.get_by_role("textbox", name="Имя").fill("Стоян Колев")
    await client.get_by_role("combobox").select_option("bg")
    await client.get_by_role("button", name="Добавить").click()
    await expect(client.locator(".who")).to_contain_text("Стоян Колев")
    await client.get_by_role("button", name="Прикрепить").click()
    await client.get_by_role("button", name="Голосовое").click()
    await expect(client.locator(".voice")).to_be_visible()
    await client.get_by_role("button", name="Прикрепить").click()
    await client.get_by_role("button", name="Стикер 🎉").click()
    await expect(client.locator(".sticker")).to_have_text("🎉")
    await client.get_by_role("button", name="Команды бота").click()
    await client.get_by_role("button", name="/rules").click()
    await expect(client.locator(".row.mine").last).to_contain_text("/rules")

    await page.get_by_role("button", name="блокировка").click()
    await expect(client.get_by_role("button", name="Разблокировать бота")).to_be_visible()
    assert standin.transcript().count("blocked") == 1
    await client.get_by_role("button", name="Разблокировать бота").click()
    await expect(client.get_by_role("textbox", name="Сообщение")).to_be_visible()

    await page.get_by_role("button", name="429 на 10 с").click()
    await expect(page.locator(".outage")).to_contain_text("Telegram отвечает 429")
    await page.get_by_role("button", name="Починить").click()
    await expect(page.locator(".outage")).to_be_hidden()

    await page.get_by_role("button", name="BG").click()
    await expect(page.locator("#why h2").first).to_have_text("Защо така")


async def test_narrow_screen_has_tabs_and_nothing_overflows(opened: Opener) -> None:
    page = await opened(390, 844)
    await expect(page.locator("#owner")).to_be_hidden()
    await page.get_by_role("tab", name="Почему так").click()
    await page.get_by_role("button", name="СРОЧНО!!!").click()
    writing = page.locator("#client").get_by_role("textbox", name="Сообщение")
    await expect(writing).to_have_value("СРОЧНО!!!")
    await writing.press("Enter")
    await expect(page.locator("#client .row")).to_have_count(2)
    await page.get_by_role("tab", name="Фрилансер").click()
    await expect(page.locator("#owner .phone")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_server_answers_only_its_own_page(url: str, standin: StandIn) -> None:
    async with aiohttp.ClientSession() as client:

        async def status(method: str, path: str, **headers: str) -> int:
            async with client.request(
                method, f"{url}{path}", headers=headers, data="{}" if method == "POST" else None
            ) as answer:
                return answer.status

        assert await status("GET", "/play/state", Host="evil.example") == 403
        assert await status("GET", "/play/state", Host="127.0.0.1.evil.example") == 403
        assert await status("GET", "/play/state", Host="localhost:8080") == 200
        assert await status("GET", "/play/state", Host="[::1]:8080") == 200
        assert await status("GET", f"/bot{standin.token}/getMe", Host="evil.example") == 403
        assert await status("GET", f"/bot{standin.token}/getMe", **{"Sec-Fetch-Site": "cross-site"}) == 403
        assert await status("GET", "/", **{"Sec-Fetch-Site": "cross-site"}) == 200
        assert await status("POST", "/play/say", Origin="https://evil.example") == 403
        assert await status("POST", f"/bot{standin.token}/sendMessage", Origin="null") == 403
        assert await status("POST", "/play/say", Origin=url) == 415
        assert await status("GET", "/page/../app.py") == 404
        assert await status("GET", "/page/%2e%2e%2fapp.py") == 404
        async with client.post(f"{url}/play/clock", json={"at": "2026-11-24T11:00"}) as past:
            assert (past.status, await past.json()) == (409, {"error": "past"})
        async with client.get(f"{url}/") as page:
            assert "default-src 'none'" in page.headers["Content-Security-Policy"]
