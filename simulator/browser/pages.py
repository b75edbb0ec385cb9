"""The files of the phones in the browser: our own pages, and other people's parts that set-up brought."""

from pathlib import Path

from aiohttp import web

HERE = Path(__file__).parent
STATIC = HERE / "static"
VENDOR = HERE / "vendor"
MISSING = HERE / "missing.html"
NEEDED = (
    "flex-render/index.js",
    "flex-render/index.css",
    "leaflet/leaflet.js",
    "leaflet/leaflet.css",
    "sarabun/sarabun.css",
)
WORDS = ("words.th.json", "words.en.json")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
_KINDS = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}


class Pages:
    """Files by path, from two folders and nowhere else."""

    def __init__(self) -> None:
        self._static = STATIC.resolve()
        self._vendor = VENDOR.resolve()

    async def index(self, request: web.Request) -> web.StreamResponse:
        """GET /simulator/: the phones, or what they still need."""
        whole = all((self._vendor / name).is_file() for name in NEEDED)
        page = self._static / "index.html"
        if whole and page.is_file():
            return _send(page)
        return _send(MISSING, status=503)

    async def asset(self, request: web.Request) -> web.StreamResponse:
        """GET /simulator/assets/PATH."""
        path = request.match_info["path"]
        if path in WORDS:
            return _send_if_there(HERE / path, HERE)
        return _send_if_there(self._static / path, self._static)

    async def vendor(self, request: web.Request) -> web.StreamResponse:
        """GET /simulator/vendor/PATH."""
        return _send_if_there(self._vendor / request.match_info["path"], self._vendor)


def _send_if_there(path: Path, folder: Path) -> web.StreamResponse:
    try:
        found = path.resolve()
        there = found.is_relative_to(folder) and found.is_file() and found.suffix in _KINDS
    except (OSError, ValueError):
        there = False
    if not there:
        raise web.HTTPNotFound(text="no such file")
    return _send(found)


def _send(path: Path, *, status: int = 200) -> web.StreamResponse:
    kind = _KINDS[path.suffix]
    charset = "; charset=utf-8" if kind.startswith("text/") or path.suffix in (".json", ".svg") else ""
    return web.FileResponse(path, status=status, headers={**HEADERS, "Content-Type": kind + charset})
