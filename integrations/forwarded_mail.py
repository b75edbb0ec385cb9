"""A mail as it came, and the mails that were forwarded in it as files: each with its own leaves."""

import base64
import binascii
import email
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from email.policy import Compat32

LONGEST_HEADER = 8_000  # letters of one header; what follows is not read
MOST_PARTS = 200
MOST_LINES = 1_000_000
MOST_NESTED = 50  # parts that hold parts: each looks at every line
MAIL = "message/rfc822"
_NESTED = re.compile(rb"multipart/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ForwardedLetter:
    """One mail, and its parts that hold no parts."""

    message: Message
    parts: Sequence[Message]


class ShortHeaders(Compat32):
    """Headers as they came, without end cut off: to take a header apart takes far longer the longer it is."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:LONGEST_HEADER]


def is_easy(raw: bytes) -> bool:
    """Whether it can be taken apart in good time; not so one that is made to keep us busy."""
    lines = max(raw.count(b"\n"), raw.count(b"\r"))
    return lines <= MOST_LINES and len(_NESTED.findall(raw)) <= MOST_NESTED


def list_letters(message: Message) -> list[ForwardedLetter]:
    """The mail itself first, then those that were forwarded in it."""
    letters: list[ForwardedLetter] = []
    waiting, left = [message], MOST_PARTS
    while waiting and left > 0:
        mail = waiting.pop(0)
        leaves: list[Message] = []
        parts = [mail]
        while parts and left > 0:
            part, left = parts.pop(), left - 1
            inside = _find_inside(part)
            if inside is not None:
                waiting.append(inside)
            elif part.is_multipart():
                parts.extend(reversed([one for one in part.get_payload() if isinstance(one, Message)]))
            else:
                leaves.append(part)
        letters.append(ForwardedLetter(mail, leaves))
    return letters


def _find_inside(part: Message) -> Message | None:
    """The mail that this part holds, however it was packed."""
    if part.get_content_type() == MAIL and part.is_multipart():
        payload = part.get_payload()
        inside = payload[0] if isinstance(payload, list) and isinstance(payload[0], Message) else None
        packed = str(part["Content-Transfer-Encoding"] or "").strip().lower() == "base64"
        return _read(_unpack(inside)) or inside if packed and inside is not None else inside
    named = (part.get_filename() or "").lower().endswith(".eml")
    data = part.get_payload(decode=True) if named and not part.is_multipart() else None
    return _read(data) if isinstance(data, bytes) else None


def _unpack(inside: Message) -> bytes:
    """Some programs pack a whole mail, which the rules of mail do not allow."""
    words = inside.get_payload()
    try:
        return base64.b64decode(words) if isinstance(words, str) else b""
    except (binascii.Error, ValueError):
        return b""


def _read(data: bytes) -> Message | None:
    message = email.message_from_bytes(data, policy=ShortHeaders()) if data and is_easy(data) else None
    return message if message is not None and (message["From"] or message["Subject"]) else None
