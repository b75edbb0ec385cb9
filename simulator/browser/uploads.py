"""Photos, albums, video, voice and files from a browser, sent as the person whose phone it is."""

import asyncio
import random
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, MultipartReader, web

from simulator.browser.media import make_jpeg
from simulator.operations.all import Operations
from simulator.operations.by_name import as_json
from simulator.outcomes import EventOptions, Outcome, SimulatorError

MOST_FILES = 20
MOST_BYTES = 64 * 1024 * 1024
KINDS = ("image", "video", "audio", "file")
_FIELDS = ("chat", "by", "kind", "duration_ms")
_A_PIECE = 256 * 1024


@dataclass(slots=True)
class Upload:
    """What a browser sent: its fields, and the files with their names and types."""

    fields: dict[str, str] = field(default_factory=dict)
    files: list[tuple[str, str, bytes]] = field(default_factory=list)


class Uploads:
    """POST /simulator/uploads."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations

    async def handle(self, request: web.Request) -> web.Response:
        if request.content_type != "multipart/form-data":
            return web.json_response({"error": "send multipart/form-data"}, status=415)
        try:
            upload = await _read(await request.multipart())
            outcomes = await self._send(upload)
        except (SimulatorError, ValueError) as problem:
            return web.json_response({"error": str(problem)}, status=400)
        return web.json_response({"result": as_json(outcomes)})

    async def _send(self, upload: Upload) -> list[Outcome]:
        kind, chat = upload.fields.get("kind", ""), upload.fields.get("chat", "")
        if kind not in KINDS:
            raise SimulatorError(f"no kind {kind!r}; there are {', '.join(KINDS)}")
        if not upload.files:
            raise SimulatorError("no file came")
        options: EventOptions = {"by": upload.fields["by"]} if upload.fields.get("by") else {}
        if kind == "image":
            return await self._send_pictures(chat, upload, options)
        duration = _read_duration(upload.fields.get("duration_ms", ""))
        outcomes = []
        for name, content_type, data in upload.files:
            if kind == "video":
                sent = self._operations.send_video(
                    chat, data, duration_ms=duration, content_type=content_type or "video/mp4", **options
                )
            elif kind == "audio":
                sent = self._operations.send_audio(
                    chat, data, duration_ms=duration, content_type=content_type or "audio/m4a", **options
                )
            else:
                sent = self._operations.send_file(chat, name, data, **options)
            outcomes.append(await sent)
        return outcomes

    async def _send_pictures(self, chat: str, upload: Upload, options: EventOptions) -> list[Outcome]:
        pictures = []
        for name, _, data in upload.files:
            jpeg = await asyncio.to_thread(make_jpeg, data)
            if jpeg is None:
                raise SimulatorError(f"{name} is no picture that can be read")
            pictures.append(jpeg)
        if len(pictures) == 1:
            return [await self._operations.send_image(chat, pictures[0], **options)]
        order = random.sample(range(len(pictures)), len(pictures))
        return await self._operations.send_album(chat, pictures, order=order, **options)


async def _read(reader: MultipartReader) -> Upload:
    upload = Upload()
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader):
            raise SimulatorError("a part within a part; send plain fields and files")
        if part.name == "files":
            if len(upload.files) >= MOST_FILES:
                raise SimulatorError(f"more than {MOST_FILES} files at once")
            data = await _read_bytes(part, MOST_BYTES)
            upload.files.append((part.filename or "file", part.headers.get("Content-Type", ""), data))
        elif part.name in _FIELDS:
            upload.fields[part.name] = (await _read_bytes(part, 1000)).decode()
        else:
            raise SimulatorError(f"no field {part.name!r}; there are {', '.join(_FIELDS)}, files")
    return upload


async def _read_bytes(part: BodyPartReader, most: int) -> bytes:
    data = bytearray()
    while piece := await part.read_chunk(_A_PIECE):
        data += piece
        if len(data) > most:
            raise SimulatorError(f"{part.filename or part.name} is larger than {most} bytes")
    return bytes(data)


def _read_duration(given: str) -> int:
    return max(0, min(int(given), 24 * 3600 * 1000)) if given.isdecimal() else 5000
