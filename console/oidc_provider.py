"""Speaks OpenID Connect with the provider that the settings name. Loaded only where they name one, for it is large."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from authlib.integrations.base_client.errors import MismatchingStateError, OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask
from flask import session as cookie
from requests import RequestException
from werkzeug.wrappers import Response as AnyResponse

from config import Settings
from console.oidc import ProviderFailed, Told

PATIENCE = 10  # seconds for each word with the provider
NAME = "provider"
BEGUN = f"_state_{NAME}_"  # how authlib names a sign-in that was begun, in the cookie
MOST_BEGUN = 3


def open_provider(app: Flask, settings: Settings) -> "KnownProvider":
    """The provider; nothing is asked of it yet."""
    registry = OAuth(app)
    registry.register(
        NAME,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret.get_secret_value() or None,
        server_metadata_url=f"{settings.oidc_issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE,
        },
    )
    return KnownProvider(registry.provider, settings.oidc_issuer)


class KnownProvider:
    """A provider that describes itself below its address (discovery)."""

    def __init__(self, client: Any, issuer: str) -> None:
        self._client = client
        self._issuer = issuer

    def send(self, back: str) -> AnyResponse:
        """The answer that sends a browser there, to come back at this address. Raises ProviderFailed."""
        _forget_begun()
        with _telling():
            answer: AnyResponse = self._client.authorize_redirect(back)
            return answer

    def receive(self) -> Told:
        """Whom a browser brings back. Raises ProviderFailed."""
        with _telling():
            told = self._client.authorize_access_token().get("userinfo") or {}
            issuer = str(self._client.load_server_metadata().get("issuer", ""))
        subject, verified = str(told.get("sub") or ""), told.get("email_verified") in (True, "true")
        email = str(told.get("email") or "")
        if not subject or issuer.rstrip("/") != self._issuer:
            raise ProviderFailed("it calls itself otherwise than OIDC_ISSUER")
        return Told(f"{issuer} {subject}"[:255], email, verified)


def _forget_begun() -> None:
    """Each sign-in that was begun stands in the cookie; too many of them, and browsers would drop it whole."""
    begun = [name for name in cookie if name.startswith(BEGUN)]
    for name in begun[: max(len(begun) - MOST_BEGUN + 1, 0)]:
        cookie.pop(name)


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except MismatchingStateError as problem:
        raise ProviderFailed(type(problem).__name__, "provider_stale") from None
    except OAuthError as problem:
        refused = problem.error == "access_denied"
        raise ProviderFailed(str(problem.error), "provider_refused" if refused else "provider_failed") from None
    except RequestException as problem:
        raise ProviderFailed(type(problem).__name__, "provider_away") from None
    except Exception as problem:  # of four libraries below it; only calls to it stand in here
        raise ProviderFailed(type(problem).__name__) from None
