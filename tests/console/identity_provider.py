"""A small OpenID Connect provider on this machine, spoken to over HTTP: code flow, PKCE, signed identity tokens."""

import base64
import hashlib
import secrets
import time
from threading import Thread
from typing import Any
from urllib.parse import urlencode

from flask import Flask, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Response as AnyResponse

CLIENT, SECRET = "fasttrack", "the secret of the client"


class IdentityProvider:
    """`person` is whoever sits before it now; `tamper` changes what it says in the token; `breaks`: it answers 500;
    `forgets_codes`: every code that it gave is none.
    """

    def __init__(self) -> None:
        self.person: dict[str, Any] = {"sub": "u1", "email": "nobody@omb.example", "email_verified": True}
        self.tamper: dict[str, Any] = {}
        self.breaks = self.forgets_codes = False
        self._closed = False
        self._kid = ""
        self.changes_keys()
        self._codes: dict[str, dict[str, str]] = {}
        app = Flask("provider")
        app.add_url_rule("/.well-known/openid-configuration", view_func=self._tell_of_itself)
        app.add_url_rule("/keys", view_func=self._tell_keys)
        app.add_url_rule("/authorize", view_func=self._authorize)
        app.add_url_rule("/token", view_func=self._give_token, methods=["POST"])
        self._server = make_server("127.0.0.1", 0, app, threaded=True)
        self.issuer = f"http://127.0.0.1:{self._server.port}"
        self._thread = Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def changes_keys(self) -> None:
        """Sign by another key from now on."""
        self._kid = f"k{secrets.token_hex(4)}"
        self._key = RSAKey.generate_key(2048, parameters={"kid": self._kid, "alg": "RS256", "use": "sig"})

    def close(self) -> None:
        """Answer no more."""
        if self._closed:
            return
        self._closed = True
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _tell_of_itself(self) -> AnyResponse:
        return jsonify(
            issuer=self.issuer,
            authorization_endpoint=f"{self.issuer}/authorize",
            token_endpoint=f"{self.issuer}/token",
            jwks_uri=f"{self.issuer}/keys",
            id_token_signing_alg_values_supported=["RS256"],
        )

    def _tell_keys(self) -> AnyResponse:
        return jsonify(KeySet([self._key]).as_dict(private=False))

    def _authorize(self) -> AnyResponse:
        asked = request.args
        assert asked["client_id"] == CLIENT and asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self._codes[code] = {name: asked[name] for name in ("redirect_uri", "nonce", "code_challenge")}
        return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    def _give_token(self) -> AnyResponse:
        if self.breaks:
            return AnyResponse("it is broken", 500)
        asked = None if self.forgets_codes else self._codes.pop(request.form.get("code", ""), None)
        given = request.authorization
        challenge = base64.urlsafe_b64encode(hashlib.sha256(request.form["code_verifier"].encode()).digest())
        fits = asked is not None and asked["code_challenge"] == challenge.decode().rstrip("=")
        if not fits or asked is None or given is None or (given.username, given.password) != (CLIENT, SECRET):
            return AnyResponse('{"error": "invalid_grant"}', 400, mimetype="application/json")
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        header = {"alg": "RS256", "kid": self._kid}
        token = jwt.encode(header, claims | self.person | self.tamper, self._key)
        return jsonify(access_token=secrets.token_urlsafe(8), token_type="Bearer", id_token=token, expires_in=300)
