"""Bot API methods about the bot itself and what it may know: who it is, chats, files, commands, webhook, settings."""

from bot.web.playground.chats import Person
from bot.web.playground.files import DOWNLOAD_LIMIT
from bot.web.playground.sending import Method, chat_of
from bot.web.playground.state import Telegram
from bot.web.playground.wire import Call, Json, bad

# Setters that change nothing one could see in a chat: remembered, and given back by the getter of the same name.
HARMLESS = ("MyName", "MyDescription", "MyShortDescription", "ChatMenuButton", "MyDefaultAdministratorRights")
EMPTY = {
    "MyName": {"name": ""},
    "MyDescription": {"description": ""},
    "MyShortDescription": {"short_description": ""},
    "ChatMenuButton": {"type": "default"},
    "MyDefaultAdministratorRights": {},
}


def get_me(telegram: Telegram, call: Call) -> object:
    return {
        **telegram.bot.wire(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": True,
        "has_main_web_app": False,
    }


def get_chat(telegram: Telegram, call: Call) -> object:
    chat = chat_of(telegram, call)
    body: Json = {
        **chat.peer.chat_wire(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        ),
    }
    if chat.pinned and chat.pinned[-1] in chat.messages:
        body["pinned_message"] = telegram.wire(chat.messages[chat.pinned[-1]], whole=False)
    return body


def get_file(telegram: Telegram, call: Call) -> object:
    stored = telegram.files.get(call.text("file_id"))
    if len(stored.data) > DOWNLOAD_LIMIT:
        raise bad("file is too big")
    return {**stored.wire(), "file_path": stored.path}


def set_commands(telegram: Telegram, call: Call) -> object:
    commands = call.things("commands")
    for command in commands:
        name = str(command.get("command", ""))
        if not name.replace("_", "").isalnum() or name != name.lower() or len(name) > 32 or not name.isascii():
            raise bad("BOT_COMMAND_INVALID")
        if not command.get("description"):
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    telegram.settings[_commands_key(call)] = {"commands": commands}
    telegram.bell.ring()
    return True


def get_commands(telegram: Telegram, call: Call) -> object:
    return telegram.settings.get(_commands_key(call), {}).get("commands", [])


def delete_commands(telegram: Telegram, call: Call) -> object:
    telegram.settings.pop(_commands_key(call), None)
    telegram.bell.ring()
    return True


def commands_for(telegram: Telegram, person: Person) -> list[Json]:
    """The menu a person sees: their own scope before all private chats before everyone, their language before none."""
    scopes = (f"chat:{person.id}", "all_private_chats:", "default:")
    languages = (person.language_code, "") if person.language_code else ("",)
    for scope in scopes:
        for language in languages:
            found = telegram.settings.get(f"commands/{scope}/{language}", {}).get("commands")
            if isinstance(found, list) and found:
                return found
    return []


def set_webhook(telegram: Telegram, call: Call) -> object:
    url = call.text("url")
    if url and not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    telegram.webhook = {"url": url, "secret_token": call.text("secret_token")} if url else {}
    telegram.updates.allow(call.words("allowed_updates"))
    if call.flag("drop_pending_updates"):
        telegram.updates.clear()
    telegram.bell.ring()
    return True


def delete_webhook(telegram: Telegram, call: Call) -> object:
    telegram.webhook = {}
    if call.flag("drop_pending_updates"):
        telegram.updates.clear()
    telegram.bell.ring()
    return True


def get_webhook_info(telegram: Telegram, call: Call) -> object:
    return {
        "url": telegram.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(telegram.updates),
    }


def _commands_key(call: Call) -> str:
    scope = call.thing("scope") or {}
    return f"commands/{scope.get('type', 'default')}:{scope.get('chat_id', '')}/{call.text('language_code')}"


def _setter(name: str) -> Method:
    def remember(telegram: Telegram, call: Call) -> object:
        telegram.settings[name] = {**EMPTY[name], **call.fields}
        return True

    return remember


def _getter(name: str) -> Method:
    def recall(telegram: Telegram, call: Call) -> object:
        return {key: value for key, value in telegram.settings.get(name, EMPTY[name]).items() if key in EMPTY[name]}

    return recall


ASKING: dict[str, Method] = {
    "getMe": get_me,
    "getChat": get_chat,
    "getFile": get_file,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    **{f"set{name}": _setter(name) for name in HARMLESS},
    **{f"get{name}": _getter(name) for name in HARMLESS},
}
