"""URLs as LINE takes them: known schemes, a host, percent-encoded, not too long; media over TLS only."""

import re
from typing import Any
from urllib.parse import urlsplit

from simulator.rules.report import Path, Report
from simulator.rules.shapes import Deep, Scalar

ACTION_SCHEMES = ("http", "https", "line", "tel")
_ENCODED = re.compile(r"[!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]+")  # what may stand in a URI (RFC 3986)
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def action_uri(most: int) -> Scalar:
    """A URI that a tap opens."""

    def rule(value: Any) -> str | None:
        if not isinstance(value, str):
            return "invalid property"
        if not 1 <= len(value) <= most:
            return f"Length must be between 1 and {most}"
        scheme, colon, rest = value.partition(":")
        if not colon or scheme.lower() not in ACTION_SCHEMES:
            return "invalid uri scheme"
        if not rest.strip("/") or not _is_encoded(value):
            return "invalid uri"
        if scheme.lower() in ("http", "https") and _find_host(value) is None:
            return "invalid uri"
        return None

    return rule


def _check_media(value: Any, path: Path, report: Report) -> None:
    if not isinstance(value, str):
        report.add(path, "invalid property")
        return
    if not 1 <= len(value) <= 2000:
        report.add(path, "Length must be between 1 and 2000")
        return
    host = _find_host(value) if _is_encoded(value) else None
    scheme = value.partition(":")[0].lower()
    if scheme == "http" and report.plain_media and host in _THIS_MACHINE:
        return
    if scheme != "https":
        report.add(path, "invalid uri scheme")
    elif host is None:
        report.add(path, "invalid uri")


media_url = Deep(_check_media)  # a picture, video, sound or icon that LINE fetches


def _is_encoded(value: str) -> bool:
    return _ENCODED.fullmatch(value) is not None and _BARE_PERCENT.search(value) is None


def _find_host(value: str) -> str | None:
    try:
        parts = urlsplit(value)
        _ = parts.port
        return parts.hostname
    except ValueError:
        return None
