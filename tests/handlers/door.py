"""The webhook as a stranger sees it: signed bodies go in, and what was kept and queued can be looked at.

Nothing is delivered, so that any event of anybody can be told; for whole conversations there is `tests.chat`.
"""

import base64
import hashlib
import hmac
import itertools
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from commands.parts import open_parts
from commands.web import create_app
from config import Settings
from storage.models import Conversation, InboxEvent, OutboxMessage
from tests.listening import Listening

SECRET = "0123456789abcdef0123456789abcdef"
NEXT_SECRET = "fedcba9876543210fedcba9876543210"
Event = dict[str, Any]
_NUMBERS = itertools.count(1)


def person(number: int = 1) -> str:
    """A user id."""
    return f"U{number:032x}"


def group(number: int = 1) -> str:
    """A group id."""
    return f"C{number:032x}"


def make_event(kind: str, chat: str = person(), **parts: Any) -> Event:
    """An event as LINE writes it, of a person or (with a group's id) of somebody in a group."""
    number = next(_NUMBERS)
    source = {"type": "user", "userId": chat}
    if chat.startswith("C"):
        source = {"type": "group", "groupId": chat, "userId": person(99)}
    return {
        "type": kind,
        "mode": "active",
        "timestamp": 1_788_000_000_000 + number,
        "source": source,
        "webhookEventId": f"01M8{number:022d}",
        "deliveryContext": {"isRedelivery": False},
        "replyToken": f"{number:032x}",
        **parts,
    }


def make_message(kind: str, chat: str = person(), **parts: Any) -> Event:
    """A message event."""
    return make_event("message", chat, message={"id": f"5{next(_NUMBERS):017d}", "type": kind, **parts})


def say(words: str, chat: str = person(), **parts: Any) -> Event:
    """A text."""
    return make_message("text", chat, text=words, quoteToken="q", **parts)


def tap(data: str, chat: str = person()) -> Event:
    """A button."""
    return make_event("postback", chat, postback={"data": data})


def again(event: Event, **parts: Any) -> Event:
    """The event as LINE delivers it once more."""
    return event | {"deliveryContext": {"isRedelivery": True}} | parts


def body_of(events: Iterable[Any]) -> bytes:
    """A webhook body."""
    return json.dumps({"destination": "U" + "0" * 32, "events": list(events)}, ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )


def sign(body: bytes, secret: str = SECRET) -> str:
    """LINE's signature."""
    return base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()


class Door:
    """The real application over a real database."""

    def __init__(self, database_url: str, folder: Path) -> None:
        values: dict[str, Any] = {
            "line_channel_secret": SECRET,
            "line_channel_secret_next": NEXT_SECRET,
            "line_channel_access_token": "token",
            "database_url": database_url,
            "media_url": f"file://{folder}/media",
            "secret_key": "a key that is only used in tests",
        }
        self.settings = Settings(_env_file=None, **values)  # type: ignore[call-arg]
        self.parts = open_parts(self.settings, delivers=False)
        self.database = self.parts.database
        self.web = Listening(create_app(self.settings, self.database, self.parts.store, self.parts.dispatcher))
        self._browser = requests.Session()

    def close(self) -> None:
        """Stop answering, and give the database back."""
        self._browser.close()
        self.web.stop()
        self.parts.stop()

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        """Any request to it."""
        return self._browser.request(method, f"{self.web.url}{path}", timeout=60, **more)

    def get(self, path: str) -> requests.Response:
        """Look at a page."""
        return self.ask("GET", path)

    def post(self, body: bytes, headers: dict[str, str] | None = None) -> int:
        """Post a body, signed unless headers are given; the status."""
        given = {"X-Line-Signature": sign(body)} if headers is None else headers
        return self.ask("POST", "/line/webhook", data=body, headers=given).status_code

    def tell(self, *events: Any) -> int:
        """Post events in one body."""
        return self.post(body_of(events))

    def replay(self, event: Event) -> str:
        """Another try for a failed event."""
        return self.parts.dispatcher.replay(event["webhookEventId"])

    def list_kept(self) -> list[InboxEvent]:
        """Every event kept, in order of arrival."""
        with self.database.read() as session:
            return list(session.scalars(select(InboxEvent).order_by(InboxEvent.received_at)))

    def get_kept(self, event: Event) -> InboxEvent:
        """How one event was kept."""
        with self.database.read() as session:
            return session.get_one(InboxEvent, event["webhookEventId"])

    def list_states(self) -> list[str]:
        """What became of the events, in order of arrival."""
        return [event.state for event in self.list_kept()]

    def list_queued(self, chat: str | None = None) -> list[OutboxMessage]:
        """The outbox, oldest first."""
        found = select(OutboxMessage).order_by(OutboxMessage.id)
        with self.database.read() as session:
            return list(session.scalars(found.where(OutboxMessage.chat_id == chat) if chat else found))

    def hear(self, chat: str = person()) -> list[str]:
        """The words of the bubbles queued for a chat (of cards, what stands for them in the chat list)."""
        messages = [message for row in self.list_queued(chat) for message in json.loads(row.messages)]
        return [message.get("text") or message["altText"] for message in messages]

    def get_draft(self, chat: str = person()) -> dict[str, Any] | None:
        """What is in a chat's draft."""
        with self.database.read() as session:
            draft = session.get_one(Conversation, chat).draft
            return dict(draft["slots"]) if draft else None

    def run(self, *statements: str, **values: Any) -> None:
        """Change the database behind the program's back."""
        with Session(self.database.engine) as session:
            for statement in statements:
                session.execute(text(statement), values)
            session.commit()
