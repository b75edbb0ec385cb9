"""Asks LINE once what the account's own basic ID is, for QR codes that open the account, where no setting says it.

What it told is kept, and asked anew only when the access token is another.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime

import clock
from jobs.looking import Looking
from storage import line_account
from storage.session import Database

LOOK_EVERY = 30.0  # seconds, until LINE has told it
RESTS = 3600.0  # once it has


class AccountReader(Looking):
    """One thread that asks. `find_basic_id` asks LINE: None where it cannot be asked."""

    def __init__(
        self,
        database: Database,
        find_basic_id: Callable[[], str | None],
        token: str,
        *,
        look_every: float = LOOK_EVERY,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        super().__init__("account-reader", self.look, every=look_every, undone="the account's own ID not kept")
        self._database = database
        self._find_basic_id = find_basic_id
        self._token_hash = hashlib.sha256(token.encode()).hexdigest()
        self._now = now

    def look(self) -> float | None:
        """Ask where it is not known; how long it need not be looked at again."""
        with self._database.read() as session:
            if line_account.find_basic_id(session, self._token_hash):
                return RESTS
        basic_id = self._find_basic_id()
        if not basic_id:
            return None
        now = self._now()
        with self._database.begin(now) as session:
            line_account.keep_basic_id(session, basic_id, self._token_hash, now)
        return RESTS
