"""Deployment settings, from the environment. Read once, at the door; secrets never appear in a repr."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SECRET = frozenset(
    {
        "BOT_TOKEN",
        "REDIS_URL",
        "WEBHOOK_SECRET",
        "OPINION_URL",
        "OPINION_KEY",
        "TRANSCRIPTION_URL",
        "TRANSCRIPTION_KEY",
    }
)
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class Misconfigured(Exception):
    """A setting is missing or wrong. The message is one line that names it and says what is expected."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process is deployed. Empty strings mean "not set"."""

    bot_token: str = field(default="", repr=False)
    owner_id: int = 0
    telegram_api_url: str = "https://api.telegram.org"
    redis_url: str = field(default="", repr=False)
    data_dir: Path = Path("var")
    desk_file: Path = Path("config/desk.toml")
    port: int = 8080
    webhook_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    opinion_url: str = field(default="", repr=False)
    opinion_model: str = ""
    opinion_key: str = field(default="", repr=False)
    log_level: str = "INFO"
    store_server_binary: str = ""
    transcription_url: str = field(default="", repr=False)
    transcription_model: str = "whisper-1"
    transcription_key: str = field(default="", repr=False)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings in `environ`; raises `Misconfigured` for the first that is wrong. Empty values count as not set."""
    given = {name: environ[name].strip() for name in _READERS if environ.get(name, "").strip()}
    values: dict[str, object] = {}
    for name, text in given.items():
        read, expected = _READERS[name]
        try:
            values[name.lower()] = read(text)
        except ValueError as error:
            shown = "(secret)" if name in SECRET else repr(text)
            raise Misconfigured(f"{name} is {shown}: expected {expected}") from error
    if "OPINION_URL" in given and "OPINION_MODEL" not in given:
        raise Misconfigured("OPINION_MODEL is missing: the name of the model that OPINION_URL serves, like llama3.2:3b")
    return Settings(**values)  # type: ignore[arg-type]


def need_bot(settings: Settings) -> Settings:
    """Refuse settings with which no real bot can run."""
    if not settings.bot_token:
        raise Misconfigured("BOT_TOKEN is missing: the token that @BotFather gave you, like 123456789:AAE…")
    if not settings.owner_id:
        raise Misconfigured("OWNER_ID is missing: the freelancer's numeric Telegram id (ask @userinfobot)")
    return settings


def _matching(pattern: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(text)
        return text

    return read


def _positive(limit: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text)
        if not 0 < number <= limit:
            raise ValueError(text)
        return number

    return read


def _level(text: str) -> str:
    if text.upper() not in LOG_LEVELS:
        raise ValueError(text)
    return text.upper()


_READERS: dict[str, tuple[Callable[[str], object], str]] = {
    "BOT_TOKEN": (_matching(r"\d+:[\w-]{20,}"), "a token of @BotFather, like 123456789:AAE…"),
    "OWNER_ID": (_positive(2**52), "the freelancer's numeric Telegram id, like 123456789"),
    "TELEGRAM_API_URL": (_matching(r"https?://[^\s/]+.*"), "a URL like https://host or http://127.0.0.1:8081"),
    "REDIS_URL": (_matching(r"(rediss?|unix)://\S+"), "redis://host:6379/0, rediss://… or unix:///path"),
    "DATA_DIR": (Path, "a directory"),
    "DESK_FILE": (Path, "a TOML file"),
    "PORT": (_positive(65535), "a port from 1 to 65535"),
    "WEBHOOK_URL": (_matching(r"https://\S+"), "a public https:// URL"),
    "WEBHOOK_SECRET": (_matching(r"[A-Za-z0-9_-]{16,256}"), "16 to 256 of the characters A-Z a-z 0-9 _ -"),
    "OPINION_URL": (_matching(r"https?://[^\s/@?#]+[^\s@?#]*"), "a base URL like http://127.0.0.1:11434/v1"),
    "OPINION_MODEL": (_matching(r"\S{1,200}"), "the name of a model without spaces, like llama3.2:3b"),
    "OPINION_KEY": (_matching(r"[!-~]+"), "a key of letters, digits and signs, without spaces"),
    # What stands before the host would be a password in the open: the key has a setting of its own.
    "TRANSCRIPTION_URL": (_matching(r"https?://[^\s/?#@]+(/[^\s?#]*)?"), "a base URL like http://127.0.0.1:8000/v1"),
    "TRANSCRIPTION_MODEL": (_matching(r"[\w./:@+-]{1,200}"), "the name of a model, like whisper-1"),
    "TRANSCRIPTION_KEY": (_matching(r"[!-~]{1,500}"), "a key of visible ASCII characters"),
    "LOG_LEVEL": (_level, "one of DEBUG, INFO, WARNING, ERROR"),
    "STORE_SERVER_BINARY": (_matching(r".+"), "the path of a valkey-server or redis-server"),
}
