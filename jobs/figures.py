"""Counts anew the cases that something happened to, a few at a time, so that who writes meanwhile hardly waits."""

import time

from cases import figures
from storage import case_facts
from storage.session import Database

LONGEST = 8.0  # seconds at once; the next run goes on


def settle_figures(database: Database) -> None:
    """Until all is settled, or for so long."""
    ends = time.monotonic() + LONGEST
    with database.read() as session:
        waiting = case_facts.count_marks(session, 1)
    while waiting and time.monotonic() < ends:
        with database.begin() as session:
            waiting = figures.settle(session)
