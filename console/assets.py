"""Scripts, styles and fonts: ours (`console/assets`) and other people's (`console/vendor`, brought by set-up).

Both lie below one address that changes when any of them does, so that browsers keep them for good; scripts of ours
import others by a relative path (`./vendor/leaflet/leaflet.js`).
"""

import gzip
import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path, PurePosixPath

from flask import Response, request

HERE = Path(__file__).parent
OURS = HERE / "assets"
VENDOR = HERE / "vendor"
ADDRESS = "/console/assets"
LONG = "public, max-age=31536000, immutable"
SHORT = "no-cache"
KINDS = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
PACKED = (".js", ".css", ".svg", ".json")


@lru_cache(maxsize=1)
def find_version() -> str:
    """A name for all of them as they are now."""
    told = hashlib.sha256()
    for file in sorted(OURS.rglob("*")):
        if file.is_file():
            told.update(file.relative_to(OURS).as_posix().encode() + b"\0" + file.read_bytes())
    stamp = VENDOR / ".made-from"
    told.update(stamp.read_bytes() if stamp.is_file() else b"")
    return told.hexdigest()[:12]


def asset(path: str) -> str:
    """The address of one: `console.css`, `vendor/bootstrap/bootstrap.css`."""
    return f"{ADDRESS}/{find_version()}/{path}"


def send_asset(version: str, path: str) -> Response:
    """The file; 404 where there is none."""
    file = _find(path)
    if file is None:
        return Response("not there\n", 404, mimetype="text/plain")
    suffix = file.suffix
    packs = suffix in PACKED and "gzip" in request.headers.get("Accept-Encoding", "")
    body = _pack(file, file.stat().st_mtime_ns) if packs else file.read_bytes()
    kind = KINDS.get(suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    answer = Response(body, mimetype=kind)
    answer.headers["Cache-Control"] = LONG if version == find_version() else SHORT
    answer.headers["Vary"] = "Accept-Encoding"
    if packs:
        answer.headers["Content-Encoding"] = "gzip"
    return answer


def _find(path: str) -> Path | None:
    parts = PurePosixPath(path).parts
    root, rest = (VENDOR, parts[1:]) if parts[:1] == ("vendor",) else (OURS, parts)
    if not rest or any(part.startswith((".", "/")) for part in rest):
        return None
    file = root.joinpath(*rest)
    return file if file.is_file() else None


@lru_cache(maxsize=64)
def _pack(file: Path, _changed: int) -> bytes:
    return gzip.compress(file.read_bytes(), 6, mtime=0)
