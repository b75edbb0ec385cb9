"""Who may drive the simulator: this machine (or its network, if so told), and no web page of somebody else's.

A strange page can send a browser's requests here under its own name (DNS rebinding) or from its own origin; a number or
`localhost` as the host, and the same origin, rule out both.
"""

import ipaddress
from urllib.parse import urlsplit

from aiohttp import web

_SAME = ("same-origin", "none")


class Guard:
    """Refuses with 403 and a sentence."""

    def __init__(self, *, open_to_network: bool) -> None:
        self._open = open_to_network

    def refuse_strangers(self, request: web.Request) -> None:
        """Raise HTTPForbidden for whoever is not let in."""
        if not is_near(request) and not (self._open and _is_private(request)):
            raise _refuse("the simulator is driven from its own machine only")
        host = _find_host(request)
        if host is None:
            raise _refuse("open the simulator by its number, such as http://127.0.0.1:8000, or as localhost")
        if not _is_own_page(request):
            raise _refuse("another web page may not drive the simulator")


def _is_own_page(request: web.Request) -> bool:
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if origin == "null":
        # A page that sends no referrer (one whose address is a secret) names no origin either; the browser itself says
        # whether it is ours. A strange page that hides its origin is "cross-site".
        return site == "same-origin"
    if origin is not None and urlsplit(origin).netloc.lower() != request.host.lower():
        return False
    return request.method in ("GET", "HEAD") or site is None or site in _SAME


def is_near(request: web.Request) -> bool:
    """Whether the request comes from this machine."""
    try:
        return ipaddress.ip_address(request.remote or "").is_loopback
    except ValueError:
        return False


def _is_private(request: web.Request) -> bool:
    try:
        return ipaddress.ip_address(request.remote or "").is_private
    except ValueError:
        return False


def _find_host(request: web.Request) -> str | None:
    """The host's name if nobody else can own it."""
    try:
        name = urlsplit(f"//{request.host}").hostname or ""
        if name != "localhost":
            ipaddress.ip_address(name)
    except ValueError:
        return None
    return name


def _refuse(words: str) -> web.HTTPForbidden:
    return web.HTTPForbidden(text=words)
