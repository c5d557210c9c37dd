"""What the page's two players can do: write, edit, tap, react, turn the clock, spoil the weather. Facts in, JSON out.

Raises ValueError for a request that makes no sense, LookupError for what is not there, ApiError where Telegram refuses.
"""

import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, field
from zoneinfo import ZoneInfo

from bot.web.playground.chats import Message, Person, Standing
from bot.web.playground.faults import Outage
from bot.web.playground.moments import Dial
from bot.web.playground.ports import Explainer, Turnable
from bot.web.playground.reactions import ALLOWED
from bot.web.playground.standin import StandIn
from bot.web.playground.view import chat_view, people_view
from bot.web.playground.wire import Json, Upload

TOAST_PATIENCE = 10.0  # seconds a tapped button spins before the phone gives up
OUTAGE = 10.0  # seconds
FIRST_NEWCOMER = 800_000_001
NAME_LIMIT = 64
LANGUAGES = frozenset({"ru", "bg", "en"})


@dataclass(frozen=True, slots=True)
class Asked:
    """The JSON body of a request of the page."""

    body: Json

    def text(self, name: str) -> str:
        value = self.body.get(name, "")
        if not isinstance(value, str):
            raise ValueError(f"{name} must be text")
        return value

    def whole(self, name: str) -> int:
        value = self.body.get(name, 0)
        if not isinstance(value, int):
            raise ValueError(f"{name} must be a whole number")
        return value


Act = Callable[[Asked], Awaitable[Json]]


@dataclass(slots=True)
class Play:
    """One playground: the stand-in, the bot's clock, the gate's own account, and the people to play."""

    standin: StandIn
    clock: Turnable
    explainer: Explainer
    owner: Person
    clients: list[Person]
    zone: ZoneInfo
    acts: dict[str, Act] = field(init=False)
    _newcomers: int = 0

    def __post_init__(self) -> None:
        self.acts = {
            "say": self.say,
            "edit": self.edit,
            "erase": self.erase,
            "tap": self.tap,
            "react": self.react,
            "person": self.newcomer,
            "clock": self.turn,
            "simulate": self.simulate,
        }

    # What there is to see

    def state(self, client_id: int) -> Json:
        """Everything the page shows but the reasons."""
        telegram = self.standin.telegram
        client = self._client(client_id)
        running = self.standin.faults.outage()
        return {
            "version": telegram.bell.version,
            "now": int(self.clock.now().timestamp() * 1000),
            "zone": self.zone.key,
            "bot": {"name": telegram.bot.name, "username": telegram.bot.username},
            "owner": people_view(telegram, [self.owner])[0],
            "people": people_view(telegram, self.clients),
            "client": client.id,
            "chats": {"client": chat_view(telegram, client), "owner": chat_view(telegram, self.owner)},
            "outage": {"name": running[0], "left": int(running[1] * 1000)} if running else None,
        }

    async def why(self, client_id: int) -> Json:
        """The gate's reasons, and the moments the clock can be turned to."""
        explanation = await self.explainer.explain(self._client(client_id).id)
        landmarks = self._dial().landmarks(await self.explainer.landmarks())
        return {
            "explanation": asdict(explanation) if explanation else None,
            "landmarks": [
                {"key": each.key, "at": int(each.at.timestamp() * 1000), "label": each.label} for each in landmarks
            ],
        }

    # What the players do

    async def say(self, asked: Asked) -> Json:
        person = self._person(asked.whole("person"))
        reply_to = self._message(person, asked.whole("reply_to")) if asked.whole("reply_to") else None
        kind = asked.text("kind") or "text"
        if kind not in {"text", "sticker", "location"}:
            raise ValueError("files are uploaded")
        said = self.standin.say(
            person, asked.text("text"), kind=kind, reply_to=reply_to, emoji=asked.text("emoji") or "👍"
        )
        return {"id": said.id}

    def upload(self, person_id: int, kind: str, caption: str, reply_to: int, files: Sequence[Upload]) -> Json:
        """Files of one kind; several at once are an album. The caption stands on the first."""
        person = self._person(person_id)
        if kind not in {"photo", "video", "document", "voice", "audio"} or not files:
            raise ValueError("no such kind of file")
        together = kind != "voice" and len(files) > 1
        album = self.standin.telegram.next_album() if together else None
        answered = self._message(person, reply_to) if reply_to else None
        said = [
            self.standin.say(
                person,
                "" if place else caption,
                kind=kind,
                reply_to=answered,
                media_group_id=album,
                file=each.data,
                file_name=each.name,
                mime=each.mime,
            )
            for place, each in enumerate(files)
        ]
        return {"ids": [each.id for each in said]}

    async def edit(self, asked: Asked) -> Json:
        person = self._person(asked.whole("person"))
        text = asked.text("text").strip()
        if not text:
            raise ValueError("an edit needs text")
        return {"id": self.standin.edit(person, self._message(person, asked.whole("message")), text).id}

    async def erase(self, asked: Asked) -> Json:
        person = self._person(asked.whole("person"))
        self.standin.erase(person, self._message(person, asked.whole("message")))
        return {}

    async def tap(self, asked: Asked) -> Json:
        """Presses a button and waits for what the bot brings up; `toast` is None when it stays silent."""
        person = self._person(asked.whole("person"))
        tap = self.standin.tap(person, self._message(person, asked.whole("message")), asked.text("data"))
        with contextlib.suppress(TimeoutError):
            await self.standin.wait_for(lambda: tap.toast, timeout=TOAST_PATIENCE)
        return {"toast": asdict(tap.toast) if tap.toast else None}

    async def react(self, asked: Asked) -> Json:
        person = self._person(asked.whole("person"))
        emoji = asked.text("emoji")
        if emoji and emoji not in ALLOWED:
            raise ValueError("Telegram has no such reaction")
        self.standin.react(person, self._message(person, asked.whole("message")), *([emoji] if emoji else []))
        return {}

    async def newcomer(self, asked: Asked) -> Json:
        """A new client, who has never written to the bot."""
        name = asked.text("name").strip()[:NAME_LIMIT]
        if not name:
            raise ValueError("a person needs a name")
        first, _, last = name.partition(" ")
        language = asked.text("language") if asked.text("language") in LANGUAGES else "ru"
        person = Person(FIRST_NEWCOMER + self._newcomers, first, last, language_code=language)
        self._newcomers += 1
        self.standin.add(person, started=False)
        self.clients.append(person)
        self.standin.telegram.bell.ring()
        return {"id": person.id}

    async def turn(self, asked: Asked) -> Json:
        """Turns the clock to a landmark (`key`) or to a local moment (`at`); PastError when that has passed."""
        dial = self._dial()
        if asked.text("at"):
            moment = dial.read(asked.text("at"))
        else:
            found = {each.key: each.at for each in dial.landmarks(await self.explainer.landmarks())}
            if asked.text("key") not in found:
                raise LookupError("no such moment ahead")
            moment = found[asked.text("key")]
        self.clock.turn_to(moment)
        self.standin.telegram.bell.ring()
        return {"now": int(self.clock.now().timestamp() * 1000)}

    async def simulate(self, asked: Asked) -> Json:
        what = asked.text("what")
        if what in set(Outage):
            self.standin.begin_outage(Outage(what), OUTAGE)
        elif what == "calm":
            self.standin.end_faults()
        elif what == "block":
            client = self._client(asked.whole("client"))
            blocked = self.standin.telegram.chats[client.id].standing is Standing.BLOCKED
            (self.standin.unblock if blocked else self.standin.block)(client)
        else:
            raise ValueError("no such failure")
        return {}

    def _dial(self) -> Dial:
        return Dial(self.clock.now(), self.zone)

    def _client(self, client_id: int) -> Person:
        """The client with this id; the first one where there is none, as when the page outlived a restart."""
        return next((each for each in self.clients if each.id == client_id), self.clients[0])

    def _person(self, person_id: int) -> Person:
        for person in (self.owner, *self.clients):
            if person.id == person_id:
                return person
        raise LookupError("no such person")

    def _message(self, person: Person, message_id: int) -> Message:
        return self.standin.telegram.message(person.id, message_id)
