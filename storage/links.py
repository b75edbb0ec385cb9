"""Signed links: who holds one may do what it is for, until it expires; nobody can make or change one.

A link to an attachment says nothing but a number, and the same photo has the same link all day, because LINE's
phones keep pictures by their address. A link that was mailed to an office opens one page, for one step of one case.
"""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from clock import in_bangkok

Variant = Literal["full", "card"]
# A card stays in the chat for good, but a case is settled in days: 15 at most, with room for a reopening.
LIFE = timedelta(days=30)
_LETTERS: dict[Variant, str] = {"full": "w", "card": "k"}  # no hexadecimal digits
_VARIANTS: dict[str, Variant] = {letter: variant for variant, letter in _LETTERS.items()}
COPY_PATH = "/my-data/"
_COPY_TOKEN = re.compile(r"([0-9a-f]{1,15})y([0-9a-f]{1,12})\.([A-Za-z0-9_-]{22})")
_TOKEN = re.compile(r"([0-9a-f]{1,16})([wk])([0-9a-f]{1,12})\.([A-Za-z0-9_-]{22})")
# What an office may do by a mailed link; each link is for one of them.
Purpose = Literal["acknowledge", "promise", "ask", "resolve", "not_found", "decline", "transfer", "accept", "refuse"]
OFFICE_LIFE = timedelta(days=14)
OFFICE_PATH = "/office/"
_PURPOSES: dict[str, Purpose] = {
    "g": "acknowledge",
    "h": "promise",
    "i": "ask",
    "j": "resolve",
    "l": "not_found",
    "m": "decline",
    "n": "transfer",
    "o": "accept",
    "p": "refuse",
}
_PURPOSE_LETTERS = {purpose: letter for letter, purpose in _PURPOSES.items()}
_OFFICE_TOKEN = re.compile(r"([0-9a-f]{1,15})([g-p])([0-9a-f]{1,15})x([0-9a-f]{1,12})\.([A-Za-z0-9_-]{22})")
_FORM = re.compile(r"([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{22})")


CHARTS_PATH = "/charts/"
_CHART = re.compile(r"[dw]\d{8}")  # by day or by week, up to that day
_SESSION = re.compile(r"[A-Za-z0-9_-]{43}\.[A-Za-z0-9_-]{22}")


class BadToken(Exception):
    """Not a link of ours."""


@dataclass(frozen=True, slots=True)
class MediaLink:
    """What a genuine link opens, and until when."""

    media_id: int
    variant: Variant
    expires_at: datetime

    @property
    def made_by(self) -> datetime:
        """The beginning of the day on which such a link was made, or an earlier one."""
        return self.expires_at - LIFE - timedelta(days=1)


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


@dataclass(frozen=True, slots=True)
class OfficeLink:
    """What a genuine link out of a mail is for: one step of one case, for one contact, and until when."""

    case_id: int
    purpose: Purpose
    contact_id: int
    expires_at: datetime


def sign_office(secret_key: str, link: OfficeLink) -> str:
    """The token of a page on which an office does one thing with one case."""
    expires = int(link.expires_at.timestamp())
    said = f"{link.case_id:x}{_PURPOSE_LETTERS[link.purpose]}{link.contact_id:x}x{expires:x}"
    return f"{said}.{_signature(secret_key, said, use=b'office link')}"


def read_office_token(secret_key: str, token: str) -> OfficeLink:
    """What a token is for; whether it has expired is for the caller to see. Raises BadToken."""
    found = _OFFICE_TOKEN.fullmatch(token)
    if not found or not hmac.compare_digest(found[5], _signature(secret_key, token.split(".")[0], use=b"office link")):
        raise BadToken
    expires_at = datetime.fromtimestamp(int(found[4], 16), UTC)
    return OfficeLink(int(found[1], 16), _PURPOSES[found[2]], int(found[3], 16), expires_at)


def sign_form(secret_key: str, token: str) -> str:
    """A name for one form on the page of `token`: by it a form that is sent twice is known."""
    name = secrets.token_urlsafe(16)
    return f"{name}.{_signature(secret_key, f'{name} {token}', use=b'office form')}"


def read_form(secret_key: str, token: str, form: str) -> str:
    """The name of a form that we made for the page of `token`. Raises BadToken."""
    found = _FORM.fullmatch(form)
    if not found:
        raise BadToken
    if not hmac.compare_digest(found[2], _signature(secret_key, f"{found[1]} {token}", use=b"office form")):
        raise BadToken
    return found[1]


def sign_copy(secret_key: str, request_id: int, expires_at: datetime) -> str:
    """The path of a copy that a person asked for of their own data."""
    said = f"{request_id:x}y{int(expires_at.timestamp()):x}"
    return f"{COPY_PATH}{said}.{_signature(secret_key, said, use=b'own data')}"


def read_copy_token(secret_key: str, token: str) -> tuple[int, datetime]:
    """Which request a token is for and until when, for the caller to look at. Raises BadToken."""
    found = _COPY_TOKEN.fullmatch(token)
    if not found or not hmac.compare_digest(found[3], _signature(secret_key, token.split(".")[0], use=b"own data")):
        raise BadToken
    return int(found[1], 16), datetime.fromtimestamp(int(found[2], 16), UTC)


def _signature(secret_key: str, said: str, use: bytes = b"media link") -> str:
    if not secret_key:
        raise ValueError("SECRET_KEY is empty: links cannot be signed. Set it in the environment.")
    digest = hmac.new(secret_key.encode(), use + b"\0" + said.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")


def sign_chart(secret_key: str, name: str) -> str:
    """The path of a chart's picture, by its name: `/charts/<token>`."""
    return f"{CHARTS_PATH}{name}.{_signature(secret_key, name, use=b'chart link')}"


def read_chart_token(secret_key: str, token: str) -> str:
    """The name of the chart that a token opens. Raises BadToken."""
    name, _, given = token.partition(".")
    if not _CHART.fullmatch(name) or not hmac.compare_digest(
        given.encode(), _signature(secret_key, name, use=b"chart link").encode()
    ):
        raise BadToken
    return name


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links for messages. LINE takes https alone: without it messages go without their pictures.

    `plain` is for a play LINE on this machine, which takes http too. `mail_domain`: where our e-mail comes from;
    empty where none can be sent. `reads_mail`: what is answered to it is read.
    """

    public_base_url: str
    secret_key: str
    plain: bool = False
    mail_domain: str = ""
    reads_mail: bool = False

    def media_url(self, media_id: int, variant: Variant, now: datetime) -> str | None:
        """The address of an attachment; None where LINE would refuse it and the whole message with it."""
        if not self.plain and not self.public_base_url.startswith("https://"):
            return None
        return media_url(self.public_base_url, self.secret_key, media_id, variant, now=now)

    def chart_url(self, name: str) -> str | None:
        """The address of a chart's picture; None where LINE would refuse it."""
        if not self.plain and not self.public_base_url.startswith("https://"):
            return None
        return self.public_base_url.rstrip("/") + sign_chart(self.secret_key, name)

    def mail_media_url(self, media_id: int, now: datetime) -> str:
        """The address of a picture for an e-mail, which takes any."""
        return media_url(self.public_base_url, self.secret_key, media_id, "card", now=now)

    def office_url(self, case_id: int, purpose: Purpose, contact_id: int, now: datetime) -> str:
        """The address of a page on which one contact of an office does one thing with one case."""
        link = OfficeLink(case_id, purpose, contact_id, now + OFFICE_LIFE)
        return self.public_base_url.rstrip("/") + OFFICE_PATH + sign_office(self.secret_key, link)

    def copy_url(self, request_id: int, expires_at: datetime) -> str:
        """The address of a copy of somebody's own data."""
        return self.public_base_url.rstrip("/") + sign_copy(self.secret_key, request_id, expires_at)


def make_session_token(secret_key: str) -> str:
    """What a signed-in browser holds: chance, and a mark that we made it, so that a made-up one is known at sight."""
    chance = secrets.token_urlsafe(32)
    return f"{chance}.{_signature(secret_key, chance, use=b'staff session')}"


def is_session_token(secret_key: str, token: str) -> bool:
    """Whether we made it; whether it still opens anything, the database knows."""
    found = _SESSION.fullmatch(token)
    return bool(found) and hmac.compare_digest(
        token.partition(".")[2], _signature(secret_key, token.partition(".")[0], use=b"staff session")
    )


def hash_token(token: str) -> str:
    """How a secret that was handed out is kept: long and made by chance, it needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
