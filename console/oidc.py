"""Signing in by an identity provider (OpenID Connect, code flow with PKCE), beside the password.

It opens accounts that are there: the first time by the verified e-mail address, from then on by the provider's own name
for the person, so that an address that is given to somebody else opens nothing. What else must be shown to come in (a
second factor) is the provider's to ask. How one speaks with it is in `oidc_provider`, loaded where there is one.
"""

import importlib
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import structlog
from flask import Flask, current_app
from flask import session as cookie
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from config import Settings
from console import entering
from console.desk import Visit
from console.next_page import find_next
from console.pages import Pages
from console.permissions import Right
from storage import staff
from storage.models import StaffUser

pages = Pages("oidc")
WANTED = "oidc_next"
PROVIDER = "console.provider"
log = structlog.get_logger()


Failure = Literal["provider_failed", "provider_away", "provider_stale", "provider_refused"]


class NoEntry(Exception):
    """The provider knows them, and we do not let them in; its words are the last part of a key of the catalogue."""


class ProviderFailed(Exception):
    """It does not answer, or what came back is not what it would have said; `words` is the last part of a key."""

    def __init__(self, why: str, words: Failure = "provider_failed") -> None:
        super().__init__(why)
        self.words = words


@dataclass(frozen=True, slots=True)
class Told:
    """Who it says has come. `verified`: the address is theirs."""

    subject: str
    email: str
    verified: bool


class Provider(Protocol):
    """An identity provider."""

    def send(self, back: str) -> AnyResponse:
        """The answer that sends a browser there, to come back at this address. Raises ProviderFailed."""

    def receive(self) -> Told:
        """Whom a browser brings back. Raises ProviderFailed."""


def set_up_oidc(app: Flask, settings: Settings) -> None:
    """Name the provider to the application, where there is one; nothing is asked of it yet."""
    if settings.oidc_issuer:
        speaking: Any = importlib.import_module("console.oidc_provider")
        app.extensions[PROVIDER] = speaking.open_provider(app, settings)


@pages.get("/sign-in/oidc", Right.ANYBODY)
def begin(visit: Visit) -> AnyResponse:
    """Send the browser to the provider."""
    provider = _find_provider(visit)
    cookie[WANTED] = find_next(visit.args.get("next"))
    try:
        return provider.send(f"{visit.settings.public_base_url}/console/sign-in/oidc/back")
    except ProviderFailed as problem:
        log.error("identity provider does not answer", error=str(problem))
        return _turn_away(visit, problem.words)


@pages.get("/sign-in/oidc/back", Right.ANYBODY)
def come_back(visit: Visit) -> AnyResponse:
    """The browser comes back with a code; the provider is asked who it is."""
    provider, wanted = _find_provider(visit), cookie.get(WANTED)
    try:
        told = provider.receive()
    except ProviderFailed as problem:
        log.warning("sign-in by the identity provider failed", error=str(problem))
        return _turn_away(visit, problem.words)
    try:
        with visit.database.begin(visit.now) as session:
            user = _find_user(session, told)
            token = entering.let_in(session, visit, user, stage="in", by="provider")
            language = user.language
    except NoEntry as refused:
        return _turn_away(visit, str(refused))
    return entering.welcome(visit, token, stage="in", language=language, wanted=wanted)


def _find_provider(visit: Visit) -> Provider:
    provider: Provider | None = current_app.extensions.get(PROVIDER)
    if provider is None:
        visit.refuse(404)
    return provider


def _find_user(session: Session, told: Told) -> StaffUser:
    """Whose account it is. Raises NoEntry."""
    user = staff.find_by_subject(session, told.subject)
    if user is None and told.email and not told.verified:
        raise NoEntry("not_verified")
    if user is None and told.email:
        user = staff.find_by_email(session, told.email)
        if user is not None and user.oidc_subject is not None:  # it is somebody else's address by now
            raise NoEntry("no_account")
    if user is None:
        raise NoEntry("no_account")
    if user.disabled_at is not None:
        raise NoEntry("account_disabled")
    user.oidc_subject = told.subject
    return user


def _turn_away(visit: Visit, why: str) -> AnyResponse:
    visit.tell(f"console.sign_in.{why}", tone="danger")
    return visit.go("sign_in.show_sign_in")
