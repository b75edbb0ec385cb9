"""Fetches what a person sent from LINE's content server, as a stream with a limit.

The SDK is passed by: it reads a whole video into memory, and gives None without a word when LINE answers 202.
"""

import threading
import time
from urllib.parse import quote

import requests
import urllib3
from requests.auth import AuthBase

from bot.content_answers import PIECE, Answer, Gone, NotReady, TooBig, TryLater, keep_body
from bot.external_content import ExternalContent

CONNECT_SECONDS = 5.0
SILENCE_SECONDS = 15.0
WHOLE_SECONDS = 120.0


class _Bearer(AuthBase):
    """A header alone would give way to a .netrc entry for the same host."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class LineContent:
    """The content of messages: from LINE itself, or from where a LIFF page said it lies."""

    def __init__(
        self,
        data_base_url: str,
        access_token: str,
        *,
        max_bytes: int,
        external: ExternalContent | None = None,
    ) -> None:
        self._base = data_base_url.rstrip("/")
        self._auth = _Bearer(access_token)
        self._max_bytes = max_bytes
        self._external = external or ExternalContent(max_bytes=max_bytes)
        self._local = threading.local()

    def fetch(self, message_id: str) -> Answer:
        """The content of a message whose provider is LINE."""
        deadline = time.monotonic() + WHOLE_SECONDS
        try:
            with self._get(message_id, "content") as response:
                if response.status_code == 200:
                    declared = response.headers.get("Content-Length", "")
                    if declared.isdecimal() and int(declared) > self._max_bytes:
                        return TooBig(self._max_bytes)
                    pieces = response.iter_content(PIECE)
                    return keep_body(pieces, max_bytes=self._max_bytes, deadline=deadline)
            if response.status_code == 202:
                return self._ask_how_far(message_id)
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            return TryLater(type(error).__name__)
        if response.status_code in (404, 410):
            return Gone("not_found" if response.status_code == 404 else "taken_back")
        return TryLater(f"HTTP {response.status_code}")

    def fetch_external(self, url: str) -> Answer:
        """Content that lies elsewhere (contentProvider `external`)."""
        return self._external.fetch(url)

    def _ask_how_far(self, message_id: str) -> NotReady | Gone:
        # A conversion that failed would otherwise be polled until the day is over.
        with self._get(message_id, "content/transcoding") as response:
            try:
                answer = response.json() if response.status_code == 200 else {}
            except requests.JSONDecodeError:
                return NotReady()
        failed = isinstance(answer, dict) and answer.get("status") == "failed"
        return Gone("not_prepared") if failed else NotReady()

    def _get(self, message_id: str, what: str) -> requests.Response:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:  # one for each thread: requests does not promise that sessions can be shared
            session = self._local.session = requests.Session()
        return session.get(
            f"{self._base}/v2/bot/message/{quote(message_id, safe='')}/{what}",
            auth=self._auth,
            timeout=(CONNECT_SECONDS, SILENCE_SECONDS),
            allow_redirects=False,
            stream=True,
        )
