"""Settings of the environment: what is missing or wrong is named in one clear line, and no secret is shown."""

from pathlib import Path

import pytest

from bot.settings import SECRET, Misconfigured, Settings, need_bot, read_settings

TOKEN = "123456789:AAEabcdefghijklmnopqrstuvwxyz012345"


def test_nothing_is_needed_for_the_playground() -> None:
    assert read_settings({}) == Settings()
    assert read_settings({"PORT": " ", "HOME": "/root"}) == Settings()


def test_everything_is_read() -> None:
    settings = read_settings(
        {"BOT_TOKEN": TOKEN, "OWNER_ID": "42", "PORT": "9000", "DATA_DIR": "data", "LOG_LEVEL": "debug"}
    )
    assert (settings.bot_token, settings.owner_id, settings.port) == (TOKEN, 42, 9000)
    assert (settings.data_dir, settings.log_level) == (Path("data"), "DEBUG")
    assert need_bot(settings) is settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "secret-and-wrong"),
        ("OWNER_ID", "anna"),
        ("OWNER_ID", "-5"),
        ("TELEGRAM_API_URL", "api.example.com"),
        ("REDIS_URL", "http://user:hidden@host"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("WEBHOOK_URL", "http://example.com"),
        ("WEBHOOK_SECRET", "short"),
        ("OPINION_URL", "models.example.com/v1"),
        ("OPINION_URL", "https://user:hidden@example.com/v1"),
        ("OPINION_URL", "https://example.com/v1?key=hidden"),
        ("OPINION_MODEL", "two words"),
        ("OPINION_KEY", "two words"),
        ("LOG_LEVEL", "LOUD"),
        ("TRANSCRIPTION_URL", "models.example.com/v1"),
        ("TRANSCRIPTION_URL", "https://key@example.com/v1"),
        ("TRANSCRIPTION_MODEL", "two words"),
        ("TRANSCRIPTION_KEY", "hidden\nkey"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str) -> None:
    with pytest.raises(Misconfigured, match=f"^{name} is .*: expected ") as wrong:
        read_settings({name: value})
    assert "\n" not in str(wrong.value)
    if name in SECRET:
        assert value not in str(wrong.value)


@pytest.mark.parametrize(("given", "missing"), [({}, "BOT_TOKEN"), ({"BOT_TOKEN": TOKEN}, "OWNER_ID")])
def test_a_real_bot_needs_its_token_and_its_owner(given: dict[str, str], missing: str) -> None:
    with pytest.raises(Misconfigured, match=f"^{missing} is missing"):
        need_bot(read_settings(given))


def test_a_second_opinion_needs_a_model_and_is_off_without_a_url() -> None:
    url = "http://127.0.0.1:11434/v1"
    with pytest.raises(Misconfigured, match=r"^OPINION_MODEL is missing"):
        read_settings({"OPINION_URL": url})
    settings = read_settings({"OPINION_URL": url, "OPINION_MODEL": "llama3.2:3b"})
    assert (settings.opinion_url, settings.opinion_model, settings.opinion_key) == (url, "llama3.2:3b", "")
    assert read_settings({"OPINION_MODEL": "llama3.2:3b"}).opinion_url == ""


def test_secrets_stay_out_of_a_repr() -> None:
    settings = Settings(
        bot_token=TOKEN,
        redis_url="redis://:hidden@host",
        webhook_secret="s" * 20,
        opinion_key="hidden",
        transcription_key="sk-hidden",
    )
    assert TOKEN not in repr(settings)
    assert "hidden" not in repr(settings)
