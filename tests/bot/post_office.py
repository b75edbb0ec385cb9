"""What delivery tests need at hand: someone who writes into the outbox as handlers do, and how it ended."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from bot.delivery import Delivery
from bot.line_client import HttpLineClient
from simulator.running import RunningSimulator
from storage import outbox
from storage.models import OutboxMessage, SentMessage
from storage.outbox import REPLY_SECONDS
from storage.session import Database

CALL_SECONDS = 1.0
LEASE = timedelta(seconds=4)
OPEN = ("ready", "sending")

StartDelivery = Callable[..., Delivery]


class PostOffice:
    """Writes into an outbox what people and groups shall read, by the platform's own clock."""

    def __init__(self, line: RunningSimulator, database: Database) -> None:
        self.line = line
        self.database = database
        self._said = 0

    def push(self, chat: str, *texts: str, case_id: int | None = None) -> None:
        """Say this in one transaction."""
        with self.database.begin(self.line.now()) as session:
            for text in texts:
                outbox.queue(session, chat, {"type": "text", "text": text}, kind="card", case_id=case_id)

    def reply(self, user: str, *texts: str) -> str:
        """The user writes, and this is said by the reply token of that; gives the token."""
        heard = self.line.say(user, "?", deliver=False)
        now = self.line.now()
        with self.database.begin(now) as session:
            outbox.offer_reply(
                session,
                chat_id=user,
                token=heard.reply_token,
                event_id=heard.event_id,
                until=now + timedelta(seconds=REPLY_SECONDS),
            )
            for text in texts:
                outbox.queue(session, user, {"type": "text", "text": text}, kind="prompt")
        return heard.reply_token or ""

    def list_rows(self) -> list[OutboxMessage]:
        """The outbox, oldest first."""
        with self.database.read() as session:
            return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))

    def list_bubbles(self) -> list[SentMessage]:
        """The ids that LINE gave, in the order of the outbox and of the bubbles in each call."""
        with self.database.read() as session:
            found = select(SentMessage).order_by(SentMessage.outbox_id, SentMessage.message_id)
            return list(session.scalars(found))

    def get_row(self) -> OutboxMessage:
        """The one row there is."""
        (row,) = self.list_rows()
        return row

    def wait_until_no_more_open(self, timeout: float = 20.0) -> None:
        """Until each message is sent or put aside."""
        self.line.wait_until(
            lambda: all(row.state not in OPEN for row in self.list_rows()),
            timeout=timeout,
            what="an outbox with nothing left in line",
        )

    def wait_for_state(self, *states: str, timeout: float = 20.0) -> None:
        """Until the rows are in these states, oldest first."""
        self.line.wait_until(
            lambda: [row.state for row in self.list_rows()] == list(states),
            timeout=timeout,
            what=f"an outbox that is {states}",
        )

    def wait_until_tried(self, attempts: int = 1) -> None:
        """Until the oldest message was tried so often in vain."""
        self.line.wait_until(
            lambda: self.list_rows()[0].attempts >= attempts and self.list_rows()[0].state != "sending",
            timeout=20,
            what=f"{attempts} tries",
        )

    def read(self, chat: str) -> list[str]:
        """What stands in the chat from us."""
        return [message.text for message in self.line.received(chat)]


def open_client(line: RunningSimulator) -> HttpLineClient:
    """The real client, on its way to the simulated LINE."""
    return HttpLineClient(line.base_url, line.access_token, call_seconds=CALL_SECONDS)
