"""What a tap does: tells us something, or opens an address; one bad address and LINE refuses the request."""

import re
from typing import Any
from urllib.parse import quote, urlsplit

from bot.messages.letters import fit_label, utf16_units

LABEL_GRAPHEMES = 20
SPOKEN_GRAPHEMES = 300
DATA_UNITS = 300
LINK_UNITS = 1000
PICTURE_UNITS = 2000
_SCHEMES = ("http", "https", "line", "tel")
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def postback(
    label: str,
    data: str,
    *,
    display: str | None = None,
    fill_in: str | None = None,
    limit: int = LABEL_GRAPHEMES,
) -> dict[str, Any]:
    """A tap that tells us `data`; `display` is said in the chat, `fill_in` stands typed in the keyboard."""
    if not 1 <= utf16_units(data) <= DATA_UNITS:
        raise ValueError(f"postback data {data[:40]!r} must have 1 to {DATA_UNITS} units: put less into it")
    action = {"type": "postback", "label": fit_label(label, limit), "data": data}
    if display:
        action["displayText"] = fit_label(display, SPOKEN_GRAPHEMES)
    if fill_in:
        # The space at its end is kept: that is where the person goes on typing.
        tail = fill_in[len(fill_in.rstrip()) :]
        action["inputOption"] = "openKeyboard"
        action["fillInText"] = fit_label(fill_in, SPOKEN_GRAPHEMES - len(tail)) + tail
    return action


def link(label: str, uri: str | None) -> dict[str, Any] | None:
    """A tap that opens an address or dials `tel:`; None where LINE would refuse it."""
    address = _encode(uri)
    if len(address) > LINK_UNITS or not _leads_somewhere(address):
        return None
    return {"type": "uri", "label": fit_label(label), "uri": address}


def find_picture_address(url: str | None) -> str | None:
    """The address as LINE takes it for a picture; None where it would be refused.

    LINE fetches pictures by https alone; plain http is for the demo, whose phones are on the same machine.
    """
    address = _encode(url)
    if len(address) > PICTURE_UNITS or not _leads_somewhere(address):
        return None
    parts = urlsplit(address)
    at_home = parts.scheme == "http" and parts.hostname in _THIS_MACHINE
    return address if parts.scheme == "https" or at_home else None


def _encode(uri: str | None) -> str:
    return quote(_BARE_PERCENT.sub("%25", (uri or "").strip()), safe="%/:?#[]@!$&'()*+,;=-._~")


def _leads_somewhere(address: str) -> bool:
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises where the port is no number
    except ValueError:
        return False
    if parts.scheme in ("http", "https"):
        return bool(parts.hostname)
    return parts.scheme in _SCHEMES and bool(address.partition(":")[2].strip("/"))
