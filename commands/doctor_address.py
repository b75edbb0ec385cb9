"""What `fasttrack doctor` sees of the public address: reached from here, by https, with a certificate that lasts."""

import ipaddress
import socket
import ssl
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import SplitResult, urlsplit

import requests

import clock
from commands.doctor_findings import Finding, State, find
from commands.doctor_look import Look

SECONDS = 5.0
EXPIRING_DAYS, EXPIRED_DAYS = 21, 3
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def check_address(look: Look) -> list[Finding]:
    """Can the world reach us, as far as it is seen from inside?"""
    url = look.settings.public_base_url
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError:
        return [find("wrong", "address.none", url=url)]
    if not parts.hostname or parts.scheme not in ("http", "https"):
        return [find("wrong", "address.none", url=url)]
    if _is_inside(parts.hostname):
        simulated = _is_inside(urlsplit(look.settings.line_api_base_url).hostname or "")
        if simulated and parts.scheme == "http":
            return [find("ok", "address.simulated", url=url)]
        if not simulated:
            return [find("wrong", "address.inside", url=url)]
    if parts.scheme == "http":
        return [find("wrong", "address.plain", url=url)]
    return _knock(url, parts, port, reached_by_line=look.has("webhook.tested") and look.has("webhook.fine"))


def _knock(url: str, parts: SplitResult, port: int, *, reached_by_line: bool) -> list[Finding]:
    try:
        ends = _read_end(str(parts.hostname), port)
    except ssl.SSLCertVerificationError as problem:
        return [find("wrong", "address.certificate", url=url, problem=problem.verify_message)]
    except OSError as problem:
        told = getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
        return [find("warning" if reached_by_line else "wrong", "address.unreachable", url=url, problem=told)]
    days = (ends - (clock.now() - timedelta(seconds=clock.offset_seconds()))).days
    found = []
    if days < EXPIRING_DAYS:
        state: State = "wrong" if days < EXPIRED_DAYS else "warning"
        found.append(find(state, "address.expiring", url=url, days=days, date=f"{ends:%Y-%m-%d}"))
    status = _ask(url)
    if status != 200:
        found.append(find("wrong", "address.answer", url=url, status=status))
    return found or [find("ok", "address.fine", url=url, days=days)]


def _read_end(host: str, port: int) -> datetime:
    """When the certificate ends that a server shows, once it is found good."""
    with (
        socket.create_connection((host, port), SECONDS) as bare,
        ssl.create_default_context().wrap_socket(bare, server_hostname=host) as secured,
    ):
        shown: dict[str, Any] = secured.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(shown["notAfter"]), UTC)


def _ask(url: str) -> int | str:
    """What the page answers that every proxy must let through."""
    try:
        return requests.get(f"{url}/privacy", timeout=SECONDS, allow_redirects=False).status_code
    except requests.RequestException as problem:
        return type(problem).__name__


def _is_inside(host: str) -> bool:
    if host in THIS_MACHINE:
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host.endswith((".local", ".internal", ".localhost"))
