"""The bytes behind lines and menus as a browser shows them, and smaller pictures of photos."""

import asyncio
import io
from functools import lru_cache

from aiohttp import web
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

from simulator.browser.pages import HEADERS
from simulator.state.platform import Platform
from simulator.state.screens import Media

PREVIEW = (480, 480)
QUALITY = 80
SHOWN = ("image/", "video/", "audio/")  # anything else is only ever downloaded: it might be a page
_PLAIN = {"audio/m4a": "audio/mp4", "audio/x-m4a": "audio/mp4"}  # as browsers know it

register_heif_opener(thumbnails=False)


class MediaPages:
    """Bytes of one platform."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    async def content(self, request: web.Request) -> web.StreamResponse:
        """GET /simulator/media/MESSAGE_ID; parts of it for players that seek."""
        media = self._get(request)
        kind = _PLAIN.get(media.content_type, media.content_type)
        if not kind.startswith(SHOWN) or "svg" in kind:
            line = self._platform.screens.find(request.match_info["message_id"])
            name = str(line.message.get("fileName", "file")) if line else "file"
            return _answer(media.data, "application/octet-stream", {"Content-Disposition": _attach(name)})
        try:
            wanted = request.http_range
        except ValueError:
            return web.Response(status=416)
        if wanted.start is None and wanted.stop is None:
            return _answer(media.data, kind, {"Accept-Ranges": "bytes"})
        start, stop, _ = wanted.indices(len(media.data))
        if start >= stop:
            return web.Response(status=416)
        part = {"Content-Range": f"bytes {start}-{stop - 1}/{len(media.data)}", "Accept-Ranges": "bytes"}
        return _answer(media.data[start:stop], kind, part, status=206)

    async def preview(self, request: web.Request) -> web.StreamResponse:
        """GET /simulator/media/MESSAGE_ID/preview: the photo, smaller; itself where it cannot be drawn."""
        media = self._get(request)
        if not media.content_type.startswith("image/"):
            raise web.HTTPNotFound(text="only pictures have a preview")
        return _answer(await asyncio.to_thread(shrink, media.data), "image/jpeg")

    async def menu(self, request: web.Request) -> web.StreamResponse:
        """GET /simulator/menus/RICH_MENU_ID."""
        menu = self._platform.rich_menus.find(request.match_info["rich_menu_id"])
        if menu is None or menu.image is None:
            raise web.HTTPNotFound(text="no such menu, or it has no picture yet")
        return _answer(menu.image, menu.content_type)

    def _get(self, request: web.Request) -> Media:
        line = self._platform.screens.find(request.match_info["message_id"])
        if line is None or line.media is None:
            raise web.HTTPNotFound(text="nothing is kept of this message")
        return line.media


@lru_cache(maxsize=64)
def shrink(data: bytes) -> bytes:
    """A JPEG that fits a bubble."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.draft("RGB", PREVIEW)
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError):
        return data
    upright.thumbnail(PREVIEW)
    return _as_jpeg(upright)


def make_jpeg(data: bytes) -> bytes | None:
    """The photo as LINE hands it on: a JPEG stays as it is, any other picture becomes one; None if it is none."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.format == "JPEG":
                return data
            return _as_jpeg(ImageOps.exif_transpose(picture).convert("RGB"))
    except (OSError, ValueError, Image.DecompressionBombError):
        return None


def _as_jpeg(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def _attach(name: str) -> str:
    plain = "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in "._-"))
    return f'attachment; filename="{plain or "file"}"'


def _answer(data: bytes, kind: str, headers: dict[str, str] | None = None, *, status: int = 200) -> web.Response:
    return web.Response(
        status=status,
        body=data,
        headers={**HEADERS, "Content-Type": kind, "Cache-Control": "private, max-age=3600", **(headers or {})},
    )
