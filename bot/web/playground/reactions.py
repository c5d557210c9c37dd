"""The emoji Telegram accepts as a reaction: core.telegram.org/bots/api#reactiontypeemoji, Bot API 10.3."""

from bot.web.playground.wire import Json, bad

TABLE = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨
😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎
👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""
ALLOWED = frozenset(TABLE.split())


def read_reaction(raw: list[Json]) -> tuple[str, ...]:
    """The emoji of a `reaction` parameter. A bot may set one at most, and only an allowed one."""
    if len(raw) > 1:
        raise bad("REACTIONS_TOO_MANY")
    emoji = tuple(str(item.get("emoji", "")) for item in raw)
    if not ALLOWED.issuperset(emoji) or any(item.get("type") != "emoji" for item in raw):
        raise bad("REACTION_INVALID")
    return emoji
