"""A delivery in a process of its own, to be killed: `-m tests.bot.dying_deliverer DATABASE LINE TOKEN`"""

import sys
from datetime import timedelta
from time import sleep

from bot.delivery import Delivery
from bot.line_client import HttpLineClient
from storage.session import Database
from tests.bot.post_office import CALL_SECONDS, LEASE


def main(database_url: str, base_url: str, access_token: str) -> None:
    """Deliver until killed."""
    client = HttpLineClient(base_url, access_token, call_seconds=CALL_SECONDS)
    Delivery(Database(database_url), client, lease=LEASE, threads=2).start()
    sleep(timedelta(minutes=2).total_seconds())


if __name__ == "__main__":
    main(*sys.argv[1:])
