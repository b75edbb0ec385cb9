"""Signed links to attachments: who holds one may look, until it expires; nobody can make or change one.

The link says nothing but a number, and the same photo has the same link all day, because LINE's phones keep
pictures by their address.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from clock import in_bangkok

Variant = Literal["full", "card"]
# A card stays in the chat for good, but a case is settled in days: 15 at most, with room for a reopening.
LIFE = timedelta(days=30)
_LETTERS: dict[Variant, str] = {"full": "w", "card": "k"}  # no hexadecimal digits
_VARIANTS: dict[str, Variant] = {letter: variant for variant, letter in _LETTERS.items()}
_TOKEN = re.compile(r"([0-9a-f]{1,16})([wk])([0-9a-f]{1,12})\.([A-Za-z0-9_-]{22})")


class BadToken(Exception):
    """Not a link of ours."""


@dataclass(frozen=True, slots=True)
class MediaLink:
    """What a genuine link opens, and until when."""

    media_id: int
    variant: Variant
    expires_at: datetime


def sign_media(secret_key: str, media_id: int, variant: Variant, expires_at: datetime) -> str:
    """The path of a link: `/media/<token>`."""
    said = f"{media_id:x}{_LETTERS[variant]}{int(expires_at.timestamp()):x}"
    return f"/media/{said}.{_signature(secret_key, said)}"


def read_media_token(secret_key: str, token: str) -> MediaLink:
    """What a token opens; whether it has expired is for the caller to see. Raises BadToken."""
    found = _TOKEN.fullmatch(token)
    if not found:
        raise BadToken
    said, given = token.split(".")
    if not hmac.compare_digest(given, _signature(secret_key, said)):
        raise BadToken
    return MediaLink(
        media_id=int(found[1], 16),
        variant=_VARIANTS[found[2]],
        expires_at=datetime.fromtimestamp(int(found[3], 16), UTC),
    )


def link_expiry(now: datetime) -> datetime:
    """The end of the Bangkok day on which a link made now has lived its time: one moment for all of a day."""
    midnight = in_bangkok(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight + timedelta(days=1) + LIFE).astimezone(UTC)


def media_url(public_base_url: str, secret_key: str, media_id: int, variant: Variant, *, now: datetime) -> str:
    """The whole address of an attachment, as cards carry it."""
    return public_base_url.rstrip("/") + sign_media(secret_key, media_id, variant, link_expiry(now))


def _signature(secret_key: str, said: str) -> str:
    if not secret_key:
        raise ValueError("SECRET_KEY is empty: links to photos cannot be signed. Set it in the environment.")
    digest = hmac.new(secret_key.encode(), b"media link\0" + said.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links for messages. LINE takes https alone: without it messages go without their pictures.

    `plain` is for a play LINE on this machine, which takes http too.
    """

    public_base_url: str
    secret_key: str
    plain: bool = False

    def media_url(self, media_id: int, variant: Variant, now: datetime) -> str | None:
        """The address of an attachment; None where LINE would refuse it and the whole message with it."""
        if not self.plain and not self.public_base_url.startswith("https://"):
            return None
        return media_url(self.public_base_url, self.secret_key, media_id, variant, now=now)
