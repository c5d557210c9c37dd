"""Files of the stand-in and the wire form of the media made of them. Sizes and durations are made up."""

from dataclasses import dataclass

from bot.web.playground.wire import Call, Json, Upload, bad

# getFile serves up to 20 MB (core.telegram.org/bots/api#getfile).
DOWNLOAD_LIMIT = 20 * 1024 * 1024
FOLDERS = {"photo": "photos", "video": "videos", "voice": "voice", "audio": "music", "sticker": "stickers"}
ENDINGS = {"photo": "jpg", "voice": "oga", "video": "mp4", "video_note": "mp4", "animation": "mp4", "sticker": "webp"}
MIMES = {
    "photo": "image/jpeg",
    "voice": "audio/ogg",
    "audio": "audio/mpeg",
    "video": "video/mp4",
    "video_note": "video/mp4",
    "animation": "video/mp4",
    "sticker": "image/webp",
}
# A bot's library may send any file as a stream of octets; Telegram looks into it.
_UNTOLD = frozenset({"", "application/octet-stream"})
_SIGNATURES = ((b"\x89PNG", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"))


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file Telegram keeps. `kind` is what it was first sent as: Telegram refuses its id under another kind."""

    id: str
    kind: str
    name: str
    mime: str
    data: bytes
    path: str

    def wire(self) -> Json:
        return {"file_id": self.id, "file_unique_id": f"unique-{self.id}", "file_size": len(self.data)}


class Files:
    """All files by id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, kind: str, upload: Upload) -> StoredFile:
        number = len(self._by_id) + 1
        ending = ENDINGS.get(kind) or upload.name.rpartition(".")[2] or "bin"
        path = f"{FOLDERS.get(kind, 'documents')}/file_{number}.{ending}"
        # The shape of a real id: opaque, long, the same for every later send.
        file_id = f"BQACAgIAAxkBAAI{number:05d}{kind.title().replace('_', '')}"
        stored = StoredFile(file_id, kind, upload.name, _mime(kind, upload), upload.data, path)
        self._by_id[file_id] = self._by_path[path] = stored
        return stored

    def get(self, file_id: str) -> StoredFile:
        """Raises ApiError 400 when there is no such file."""
        if file_id not in self._by_id:
            raise bad("wrong file_id or the file is temporarily unavailable")
        return self._by_id[file_id]

    def at(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def take(self, kind: str, reference: str, call: Call) -> StoredFile:
        """The file a call means by `reference`: attach://…, a known id, or a part that carries the field's own name."""
        if not reference and kind in call.uploads:
            return self.add(kind, call.uploads[kind])
        if reference.startswith("attach://"):
            name = reference.removeprefix("attach://")
            if name not in call.uploads:
                raise bad(f'file "{name}" not found in the request')
            return self.add(kind, call.uploads[name])
        if not reference:
            raise bad(f"there is no {kind} in the request")
        if reference.startswith(("http://", "https://")):
            raise bad("failed to get HTTP URL content")  # the stand-in never leaves the machine
        if reference not in self._by_id:
            raise bad("wrong file identifier/HTTP URL specified")
        stored = self._by_id[reference]
        if stored.kind != kind:
            raise bad(f"can't use file of type {stored.kind.title()} as {kind.title()}")
        return stored


def media_body(stored: StoredFile, call: Call) -> object:
    """The wire form of a file under the kind it was sent as."""
    named: Json = {**stored.wire(), "file_name": stored.name, "mime_type": stored.mime}
    lasting: Json = {**stored.wire(), "mime_type": stored.mime, "duration": call.whole("duration", 3)}
    match stored.kind:
        case "photo":
            small = {**stored.wire(), "file_id": stored.id, "width": 90, "height": 68}
            return [small, {**stored.wire(), "width": 1280, "height": 960}]
        case "voice":
            return lasting
        case "audio":
            return {**lasting, "file_name": stored.name, "title": call.text("title") or stored.name}
        case "video" | "animation":
            return {**lasting, "file_name": stored.name, "width": 1280, "height": 720}
        case "video_note":
            return {**stored.wire(), "duration": call.whole("duration", 3), "length": 240}
        case "sticker":
            emoji = call.text("emoji", "👍")
            shape: Json = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
            return {**stored.wire(), **shape, "emoji": emoji, "set_name": "Playground"}
        case _:
            return named


def _mime(kind: str, upload: Upload) -> str:
    if upload.mime not in _UNTOLD:
        return upload.mime
    seen = (mime for signature, mime in _SIGNATURES if upload.data.startswith(signature))
    return next(seen, MIMES.get(kind, upload.mime))
