"""Finds cases that may be about the same thing, a batch at a time."""

import clock
from cases import pairing
from storage import likely_pairs
from storage.session import Database


def find_pairs(database: Database) -> None:
    """All that came since the last run."""
    with database.read() as session:
        if not likely_pairs.is_behind(session):
            return
    while True:
        now = clock.now()
        with database.begin(now) as session:
            if pairing.find_pairs(session, now) < pairing.AT_ONCE:
                return
