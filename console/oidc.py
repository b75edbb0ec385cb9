"""Signing in by an identity provider (OpenID Connect, code flow with PKCE), beside the password.

It opens accounts that are there: the first time by the verified e-mail address, from then on by the provider's own name
for the person, so that an address that is given to somebody else opens nothing. What else must be shown to come in (a
second factor) is the provider's to ask.
"""

from typing import Any

import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app
from flask import session as cookie
from joserfc.errors import JoseError
from requests import RequestException
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
PATIENCE = 10  # seconds for each word with the provider
WANTED = "oidc_next"
log = structlog.get_logger()


class NoEntry(Exception):
    """The provider knows them, and we do not let them in; its words are the last part of a key of the catalogue."""


def set_up_oidc(app: Flask, settings: Settings) -> None:
    """Name the provider to the application, where there is one; nothing is asked of it yet."""
    if not settings.oidc_issuer:
        return
    OAuth(app).register(
        "provider",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret.get_secret_value() or None,
        server_metadata_url=f"{settings.oidc_issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE,
        },
    )


@pages.get("/sign-in/oidc", Right.ANYBODY)
def begin(visit: Visit) -> AnyResponse:
    """Send the browser to the provider."""
    provider = _find_provider(visit)
    cookie[WANTED] = find_next(visit.args.get("next"))
    back = f"{visit.settings.public_base_url}/console/sign-in/oidc/back"
    try:
        answer: AnyResponse = provider.authorize_redirect(back)
    except (AuthlibBaseError, RequestException, ValueError, RuntimeError, KeyError) as problem:
        log.error("identity provider does not answer", error=type(problem).__name__)
        return _turn_away(visit, "provider_failed")
    return answer


@pages.get("/sign-in/oidc/back", Right.ANYBODY)
def come_back(visit: Visit) -> AnyResponse:
    """The browser comes back with a code; the provider is asked who it is."""
    provider, wanted = _find_provider(visit), cookie.get(WANTED)
    try:
        told = provider.authorize_access_token().get("userinfo") or {}
        issuer = str(provider.load_server_metadata().get("issuer", ""))
    except (AuthlibBaseError, JoseError, RequestException, ValueError, RuntimeError, KeyError) as problem:
        log.warning("sign-in by the identity provider failed", error=type(problem).__name__)
        return _turn_away(visit, "provider_failed")
    subject, email = str(told.get("sub") or ""), str(told.get("email") or "")
    if not subject or issuer.rstrip("/") != visit.settings.oidc_issuer:
        log.warning("sign-in by the identity provider failed", error="it calls itself otherwise than OIDC_ISSUER")
        return _turn_away(visit, "provider_failed")
    try:
        with visit.database.begin(visit.now) as session:
            verified = told.get("email_verified") in (True, "true")
            user = _find_user(session, f"{issuer} {subject}"[:255], email if verified else "")
            token = entering.let_in(session, visit, user, stage="in", by="provider")
            language = user.language
    except NoEntry as refused:
        return _turn_away(visit, str(refused))
    return entering.welcome(visit, token, stage="in", language=language, wanted=wanted)


def _find_provider(visit: Visit) -> Any:
    if not visit.settings.oidc_issuer:
        visit.refuse(404)
    return current_app.extensions["authlib.integrations.flask_client"].provider


def _find_user(session: Session, subject: str, email: str) -> StaffUser:
    """Whose account it is. Raises NoEntry."""
    user = staff.find_by_subject(session, subject)
    if user is None and email:
        user = staff.find_by_email(session, email)
        if user is not None and user.oidc_subject is not None:  # it is somebody else's address by now
            raise NoEntry("no_account")
    if user is None or user.disabled_at is not None:
        raise NoEntry("no_account")
    user.oidc_subject = subject
    return user


def _turn_away(visit: Visit, why: str) -> AnyResponse:
    visit.tell(f"console.sign_in.{why}", tone="danger")
    return visit.go("sign_in.show_sign_in")
