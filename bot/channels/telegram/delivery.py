"""The way out to Telegram: a `Delivery` → calls of the Bot API, their refusals → our errors."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from aiogram import Bot
from aiogram.methods import (
    AnswerCallbackQuery,
    CopyMessage,
    CopyMessages,
    EditMessageText,
    PinChatMessage,
    SendMessage,
    SendPhoto,
    SetMessageReaction,
)
from aiogram.types import BufferedInputFile, ForceReply, LinkPreviewOptions, ReactionTypeEmoji, ReplyParameters

from bot.channels.telegram.fields import number
from bot.channels.telegram.keyboards import keyboard
from bot.channels.telegram.line import Line
from bot.ports import Copy, Delivery, Edit, Pin, React, Say, Show, Toast, TryLater, Undeliverable, Unsure
from bot.wording.markup import length

# core.telegram.org/bots/api#copymessages, #answercallbackquery, #sendphoto
COPIED_AT_ONCE = 100
TOAST_LENGTH = 200
CAPTION_LENGTH = 1024
# Copies that broke off midway and are remembered, so that a second try goes on where the first one stopped.
BEGUN_KEPT = 1024

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a copy has come: `done` originals, as messages `sent`; up to `singly` they go one by one."""

    done: int = 0
    singly: int = 0
    sent: tuple[str, ...] = ()


class TelegramChannel:
    """`ports.Channel` over one bot. Addresses are `tg:<chat id>`."""

    def __init__(self, bot: Bot) -> None:
        self._line = Line(bot)
        self._begun: OrderedDict[tuple[int, Copy], Progress] = OrderedDict()

    async def deliver(self, address: str, delivery: Delivery) -> tuple[str, ...]:
        """Carry it out; the ids of the messages that now stand in that chat. Raises what ports.Channel says."""
        chat = _chat(address)
        match delivery:
            case Say():
                return await self._say(chat, delivery)
            case Show():
                return await self._show(chat, delivery)
            case Edit():
                return await self._edit(chat, delivery)
            case React():
                return await self._react(chat, delivery)
            case Copy():
                return await self._copy(chat, delivery)
            case Pin(message=message):
                return await self._pin(chat, message)
            case Toast():
                return await self._toast(delivery)
            case _:
                assert_never(delivery)

    async def _say(self, chat: int, say: Say) -> tuple[str, ...]:
        reply_to = (
            ReplyParameters(message_id=_message(say.reply_to), allow_sending_without_reply=True)
            if say.reply_to
            else None
        )
        # A message has room for one of both; who is prompted to write needs no buttons.
        markup = ForceReply(force_reply=True) if say.prompts else keyboard(say.rows)
        said = await self._line.ask(
            SendMessage(
                chat_id=chat,
                text=say.text,
                parse_mode="HTML",
                link_preview_options=_NO_PREVIEW,
                disable_notification=say.silent or None,
                reply_parameters=reply_to,
                reply_markup=markup,
            )
        )
        return _ids([said])

    async def _show(self, chat: int, show: Show) -> tuple[str, ...]:
        """The words stand under the picture where a caption has room for them, else in a message of their own."""
        fits = length(show.text) <= CAPTION_LENGTH
        shown = await self._line.ask(
            SendPhoto(
                chat_id=chat,
                photo=BufferedInputFile(show.image, "picture.png"),
                caption=show.text if fits else None,
                parse_mode="HTML" if fits else None,
                reply_markup=keyboard(show.rows) if fits else None,
            )
        )
        return _ids([shown]) if fits else (*_ids([shown]), *await self._say(chat, Say(show.text, show.rows)))

    async def _edit(self, chat: int, edit: Edit) -> tuple[str, ...]:
        method = EditMessageText(
            chat_id=chat,
            message_id=_message(edit.message),
            text=edit.text,
            parse_mode="HTML",
            link_preview_options=_NO_PREVIEW,
            reply_markup=keyboard(edit.rows),
        )
        try:
            await self._line.ask(method)
        except Undeliverable as error:
            if "message is not modified" not in str(error):
                raise
        return (edit.message,)

    async def _react(self, chat: int, react: React) -> tuple[str, ...]:
        method = SetMessageReaction(
            chat_id=chat, message_id=_message(react.message), reaction=[ReactionTypeEmoji(emoji=react.emoji)]
        )
        return await self._quietly(method)

    async def _pin(self, chat: int, message: str) -> tuple[str, ...]:
        method = PinChatMessage(chat_id=chat, message_id=_message(message), disable_notification=True)
        return await self._quietly(method)

    async def _toast(self, toast: Toast) -> tuple[str, ...]:
        # Taps live for about a minute; who has waited longer looks at something else by now.
        text = toast.text[:TOAST_LENGTH] or None
        return await self._quietly(AnswerCallbackQuery(callback_query_id=toast.tap, text=text))

    async def _quietly(self, method: SetMessageReaction | PinChatMessage | AnswerCallbackQuery) -> tuple[str, ...]:
        """Where it cannot be done, nothing is done (PRODUCT.md, rule 4)."""
        try:
            await self._line.ask(method)
        except Undeliverable as error:
            if error.blocked:
                raise
        return ()

    async def _copy(self, chat: int, copy: Copy) -> tuple[str, ...]:
        source = _chat(copy.source)
        # Telegram wants them strictly increasing, which in one chat is the order in which they came.
        messages = sorted({_message(message) for message in copy.messages})
        progress = self._begun.pop((chat, copy), Progress())
        try:
            while progress.done < len(messages):
                progress = await self._copy_on(chat, source, messages, progress, silent=copy.silent)
        except (TryLater, Unsure):
            self._begun[chat, copy] = progress
            if len(self._begun) > BEGUN_KEPT:
                self._begun.popitem(last=False)
            raise
        if not progress.sent:
            raise Undeliverable("none of the messages can be copied")
        return progress.sent

    async def _copy_on(
        self, chat: int, source: int, messages: list[int], progress: Progress, *, silent: bool
    ) -> Progress:  # fmt: skip
        """One step of a copy: a hundred at once, which keeps albums whole, or, where that is refused, one by one."""
        singly = progress.done < progress.singly
        some = messages[progress.done :][: 1 if singly else COPIED_AT_ONCE]
        quiet = silent or None
        try:
            if singly:
                sent = _ids([await self._line.ask(
                    CopyMessage(chat_id=chat, from_chat_id=source, message_id=some[0], disable_notification=quiet)
                )])  # fmt: skip
            else:
                sent = _ids(await self._line.ask(
                    CopyMessages(chat_id=chat, from_chat_id=source, message_ids=some, disable_notification=quiet)
                ))  # fmt: skip
        except Undeliverable as error:
            if error.blocked:
                raise
            sent = ()
        if not sent and not singly:
            return replace(progress, singly=progress.done + len(some))
        return replace(progress, done=progress.done + len(some), sent=progress.sent + sent)


def _chat(address: str) -> int:
    scheme, _, chat = address.partition(":")
    if scheme != "tg" or not chat.removeprefix("-").isdecimal():
        raise Undeliverable(f"not an address on Telegram: {address}")
    return int(chat)


def _message(id_: str) -> int:
    if not id_.isdecimal():
        raise Undeliverable(f"not a message on Telegram: {id_}")
    return int(id_)


def _ids(results: object) -> tuple[str, ...]:
    """The message ids in a list of results; a result without one was sent all the same."""
    found = results if isinstance(results, list) else []
    ids = (number(result, "message_id") for result in found if isinstance(result, Mapping))
    return tuple(str(id_) for id_ in ids if id_ is not None)
