"""The stand-in of Telegram that a story is told on: people who write, tap and react, and a bot that answers over HTTP.

    standin = StandIn(now=lambda: moment)
    maria = standin.person("Мария", "Иванова", language="bg")
    async with standin.serve() as url:               # http://127.0.0.1:PORT, for TELEGRAM_API_URL; token: standin.token
        ...                                          # the real bot polls it
        standin.say(maria, "Здравейте! Кога ще е готов сайтът?")
        answer = await standin.wait_for(lambda: standin.from_bot(maria))     # the bot's messages in that chat
        assert "10:00" in answer[-1].text
        tap = standin.tap(maria, answer[-1], "Не търпи отлагане")            # by the button's text or data
        await standin.wait_for(lambda: tap.toast)
        standin.fail_next("sendMessage", retry_after=3)                      # 429 with parameters
        standin.fail_next("sendMessage", status=502, applied=True)           # HTML, yet it was sent
        standin.fail_next("copyMessage", cut=True)                           # the line goes dead
        standin.block(maria)                                                 # 403 from now on

People act at once (no await); what they do is queued as updates until the bot confirms it by an offset. A `Message` is
a frozen snapshot: look again with `standin.chat(person)` to see edits and reactions.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from aiohttp import web

from bot.web.playground.botapi import UPLOAD_LIMIT, BotApi
from bot.web.playground.chats import Chat, Content, Group, Message, Person, Standing
from bot.web.playground.contents import content_of
from bot.web.playground.entities import found_in
from bot.web.playground.faults import BAD_GATEWAY, Fault, Faults, Hold, Outage
from bot.web.playground.files import MIMES
from bot.web.playground.sending import origin_of
from bot.web.playground.state import Tap, Telegram
from bot.web.playground.wire import Call, Json, Upload

Seen = TypeVar("Seen")
# The first id given to a person who brings none; real ones are of this size.
FIRST_PERSON = 700_000_001
# A dummy for kinds that need a file when the story does not care what is in it.
DUMMY = b"playground"


class StandIn:
    """One bot's Telegram. `now` gives the moment of every message, aware UTC.

    `first_update_id` and `first_message_id`: where a store outlives the stand-in, begin beyond what it has seen.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        token: str = "4200000001:playground-token-of-vratar-000000000",  # noqa: S107 (opens nothing but this)
        name: str = "Vratar",
        username: str = "vratar_bot",
        first_update_id: int = 1000,
        first_message_id: int = 1,
    ) -> None:
        bot = Person(int(token.partition(":")[0]), name, username=username, is_bot=True)
        self.telegram = Telegram(now, bot, token, first_update_id, first_message_id)
        self.faults = Faults(time.monotonic)
        self.api = BotApi(self.telegram, self.faults)
        self._next_person = FIRST_PERSON
        self._next_group = -1001

    # Serving

    @property
    def token(self) -> str:
        return self.telegram.token

    @contextlib.asynccontextmanager
    async def serve(self, port: int = 0) -> AsyncIterator[str]:
        """Serves the Bot API alone on loopback; gives the base URL. Port 0 takes a free one."""
        app = web.Application(client_max_size=UPLOAD_LIMIT)
        self.api.add_to(app)
        async with serving(app, port) as url:
            yield url

    # People

    def person(
        self,
        first_name: str,
        last_name: str = "",
        *,
        id: int = 0,
        language: str = "ru",
        username: str = "",
        about: str = "",
        zone: str = "",
        hides_forwards: bool = False,
        started: bool = True,
    ) -> Person:
        """A new account. `started=False`: has never written to the bot, which therefore cannot write either."""
        if not id:
            id, self._next_person = self._next_person, self._next_person + 1
        return self.add(
            Person(id, first_name, last_name, username, language, about, zone, hides_forwards=hides_forwards),
            started=started,
        )

    def add(self, person: Person, *, started: bool = True) -> Person:
        """Makes an account known to the stand-in."""
        self.telegram.admit(person, Standing.OPEN if started else Standing.UNSTARTED)
        return person

    def group(self, title: str, inviter: Person) -> Group:
        """A group into which `inviter` has just put the bot."""
        group = Group(self._next_group, title)
        self._next_group -= 1
        self.telegram.admit(group)
        self._membership(inviter, group, "left", "member")
        return group

    def block(self, person: Person) -> None:
        """The person blocks the bot: 403 from now on."""
        self._chat(person).standing = Standing.BLOCKED
        self._membership(person, person, "member", "kicked")

    def unblock(self, person: Person) -> None:
        self._chat(person).standing = Standing.OPEN
        self._membership(person, person, "kicked", "member")

    def deactivate(self, person: Person) -> None:
        """The account is deleted; the bot hears of it only when it writes."""
        self._chat(person).standing = Standing.DEACTIVATED
        self.telegram.bell.ring()

    # What people do

    def say(
        self,
        person: Person,
        text: str = "",
        *,
        kind: str = "text",
        reply_to: Message | None = None,
        quote: str = "",
        media_group_id: str | None = None,
        file: bytes = DUMMY,
        file_name: str = "",
        mime: str = "",
        forwarded_from: Person | str | None = None,
        chat: Group | None = None,
        **fields: object,
    ) -> Message:
        """The person writes to the bot (or into a group). `text` is the caption where the kind has one.

        `kind`: text, photo, document, voice, video, video_note, audio, animation, sticker, location, contact, poll or
        dice. `fields` are the Bot API's own for that kind (latitude, phone_number, question, options, duration…).
        """
        place = self._chat(chat or person)
        if place.standing is Standing.BLOCKED:
            self.unblock(person)  # a phone lets nobody write to a bot that is blocked
        if place.standing is Standing.UNSTARTED:
            place.standing = Standing.OPEN
        origin = origin_of(forwarded_from, self.telegram.stamp()) if forwarded_from else None
        return self.telegram.post(
            place,
            person,
            self._content(kind, text, Upload(file_name or f"{kind}.bin", mime or MIMES.get(kind, ""), file), fields),
            reply_to=reply_to.id if reply_to else None,
            quote=quote,
            album=media_group_id,
            origin=origin,
        )

    def start(self, person: Person, payload: str = "") -> Message:
        """The person presses Start, perhaps in a deep link with a payload."""
        return self.say(person, f"/start {payload}".strip())

    def edit(self, person: Person, message: Message, text: str) -> Message:
        """The person changes the text or the caption of an own message."""
        current = self._own(person, message)
        content = replace(current.content, text=text, entities=found_in(text))
        edited = self.telegram.put(replace(current, content=content, edited=self.telegram.now()))
        self.telegram.updates.append("edited_message", self.telegram.wire(edited), self.telegram.now())
        self.telegram.bell.ring()
        return edited

    def erase(self, person: Person, message: Message) -> None:
        """The person deletes an own message. Bots hear nothing of it."""
        current = self._own(person, message)
        self.telegram.remove(current.chat_id, current.id)

    def tap(self, person: Person, message: Message, button: str) -> Tap:
        """The person presses an inline button, named by its data or its text. `tap.toast` is what the bot answers.

        Raises LookupError where the message has no such button now.
        """
        current = self.telegram.message(message.chat_id, message.id)
        found = [each for each in current.buttons if button in (each.data, each.text) and each.data]
        if not found:
            raise LookupError(f"no button {button!r} among {[each.text for each in current.buttons]}")
        tap = Tap(str(4_382_000_000 + len(self.telegram.taps)), current.chat_id, current.id, found[0].data)
        self.telegram.taps[tap.id] = tap
        body: Json = {
            "id": tap.id,
            "from": person.wire(),
            "message": self.telegram.wire(current),
            "chat_instance": str(current.chat_id),
            "data": tap.data,
        }
        self.telegram.updates.append("callback_query", body, self.telegram.now())
        self.telegram.bell.ring()
        return tap

    def react(self, person: Person, message: Message, *emoji: str) -> Message:
        """Sets the person's reactions to a message; none takes them back."""
        return self.telegram.set_reaction(self.telegram.message(message.chat_id, message.id), person, emoji)

    # What there is to see

    def chat(self, whose: Person | Group) -> list[Message]:
        """All messages of a chat as they look now, oldest first."""
        return list(self._chat(whose).messages.values())

    def from_bot(self, whose: Person | Group) -> list[Message]:
        """What the bot said in a chat, oldest first."""
        return [message for message in self.chat(whose) if message.by_bot]

    def look(self, message: Message) -> Message:
        """The same message as it looks now. Raises ApiError where it is gone."""
        return self.telegram.message(message.chat_id, message.id)

    def pinned(self, whose: Person | Group) -> list[Message]:
        """Pinned messages, the newest pin last."""
        chat = self._chat(whose)
        return [chat.messages[each] for each in chat.pinned if each in chat.messages]

    def calls(self, method: str = "") -> list[Call]:
        """The latest calls of the bot, all or of one method, oldest first, failed ones too."""
        return [call for call in self.api.calls if method in ("", call.method)]

    async def wait_for(self, condition: Callable[[], Seen], timeout: float = 5.0) -> Seen:  # noqa: ASYNC109
        """Waits until the condition gives something true, and gives that. Looks again at every change, and only then.

        Raises TimeoutError, with what is in the chats, after `timeout` seconds of the real clock.
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                while not (seen := condition()):
                    await self.telegram.bell.heard()
                return seen
        raise TimeoutError(f"not so after {timeout} s; the chats:\n{self.transcript()}")

    def transcript(self) -> str:
        """All chats as plain lines, for the message of a failed test."""
        lines: list[str] = []
        for chat in self.telegram.chats.values():
            lines.append(f"— {chat.peer.name} ({chat.id}, {chat.standing}) —")
            for message in chat.messages.values():
                buttons = "".join(f" [{button.text}]" for button in message.buttons)
                emoji = "".join(f" {each}" for each in message.emoji)
                who = "bot" if message.by_bot else message.sender.first_name
                lines.append(
                    f"  {message.id} {message.at:%a %H:%M} {who}: ({message.kind}) {message.text}{buttons}{emoji}"
                )
        return "\n".join(lines)

    # Failures

    def fail_next(
        self,
        method: str,
        *,
        status: int = 0,
        description: str = "",
        body: str = "",
        retry_after: int = 0,
        cut: bool = False,
        applied: bool = False,
        delay: float = 0.0,
        times: int = 1,
        chat: Person | Group | None = None,
    ) -> None:
        """Lets the next `times` calls of `method` (into `chat`) fail, each order once, first come first.

        `retry_after` makes it a 429; `status` alone a Telegram error, from 502 up the HTML of a proxy; `cut` drops the
        connection; `applied` lets the call take effect all the same; `delay` (seconds) only answers late.
        """
        if retry_after:
            status, description = 429, description or f"Too Many Requests: retry after {retry_after}"
        if status >= 502 and not description:
            body = body or BAD_GATEWAY
        fault = Fault(status, description, body, retry_after, cut, applied, delay)
        self.faults.order(method, fault, times=times, chat_id=chat.id if chat else None)

    def hold(self, method: str, *, chat: Person | Group | None = None) -> Hold:
        """Holds the next call of `method` at the door: `await hold.reached.wait()`, look, then `hold.release()`."""
        gate = Hold()
        self.faults.order(method, Fault(gate=gate), chat_id=chat.id if chat else None)
        return gate

    def begin_outage(self, outage: Outage, seconds: float) -> None:
        """Telegram asks everyone to slow down, or the line is dead, for so many seconds of the real clock."""
        self.faults.begin(outage, seconds)
        self.telegram.bell.ring()

    def end_faults(self) -> None:
        """All is well again: the outage and everything ordered are forgotten."""
        self.faults.end()
        self.telegram.bell.ring()

    # Raw updates

    def push_raw(self, update: Json) -> int:
        """Queues any object as an update; gives it an id unless it brings one. Returns the id."""
        update_id = self.telegram.updates.append_raw(update, self.telegram.now())
        self.telegram.bell.ring()
        return update_id

    def redeliver(self, update_id: int = 0) -> int:
        """Delivers a past update once more under its old id; without an id the newest. Returns the id."""
        update_id = update_id or self.telegram.updates.last_id
        self.telegram.updates.repeat(update_id)
        self.telegram.bell.ring()
        return update_id

    def _chat(self, whose: Person | Group) -> Chat:
        return self.telegram.chats[whose.id]

    def _own(self, person: Person, message: Message) -> Message:
        current = self.telegram.message(message.chat_id, message.id)
        if current.sender.id != person.id:
            raise LookupError(f"message {message.id} is not {person.first_name}'s")
        return current

    def _content(self, kind: str, text: str, upload: Upload, fields: Json) -> Content:
        key = "text" if kind == "text" else "caption"
        plausible: Json = {
            "location": {"latitude": 42.6977, "longitude": 23.3219},
            "contact": {"phone_number": "+359881234567", "first_name": "Иван"},
            "poll": {"question": text or "?", "options": ["1", "2"]},
        }
        given = plausible.get(kind, {})
        return content_of(
            kind,
            Call("say", {**(given if isinstance(given, dict) else {}), **fields, key: text}, {kind: upload}),
            self.telegram.files,
        )

    def _membership(self, person: Person, place: Person | Group, before: str, after: str) -> None:
        bot = self.telegram.bot.wire()
        body: Json = {
            "chat": place.chat_wire(),
            "from": person.wire(),
            "date": self.telegram.stamp(),
            "old_chat_member": _member(bot, before),
            "new_chat_member": _member(bot, after),
        }
        self.telegram.updates.append("my_chat_member", body, self.telegram.now())
        self.telegram.bell.ring()


def _member(bot: Json, status: str) -> Json:
    return {"user": bot, "status": status, **({"until_date": 0} if status == "kicked" else {})}


@contextlib.asynccontextmanager
async def serving(app: web.Application, port: int = 0) -> AsyncIterator[str]:
    """Serves an app on 127.0.0.1 while the block lasts; gives its base URL. Port 0 takes a free one."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
