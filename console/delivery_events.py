"""Events from LINE that we could not work on, as people can read them: whose, what it was, and what went wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from cases.views import name_office
from console.desk import Desk
from storage import cases, reporters
from storage.models import Group, InboxEvent

# What an event is called inside, and the name of the words for it.
KINDS = {
    "text": "text",
    "edited": "text",
    "image": "photo",
    "video": "photo",
    "audio": "voice",
    "file": "file",
    "location": "place",
    "sticker": "sticker",
    "postback": "button",
    "unsend": "unsend",
    "follow": "follow",
    "unfollow": "unfollow",
    "join": "group",
    "leave": "group",
    "member_joined": "members",
    "member_left": "members",
}
UNREADABLE = "undigested"
ENDINGS = ("done", "late", "failed")  # how another try ends; whatever else: it waits no more
A_PERSON = "U"  # the first letter of what LINE calls one
LONGEST_ERROR = 60


@dataclass(frozen=True, slots=True)
class Failed:
    """One of them. `numbers`: the case its writer spoke of last. `error`: for whoever looks after the program, no
    word of what was written; its message may quote that and is not shown.
    """

    key: str
    at: datetime
    whom: str
    numbers: Sequence[str]
    kind: str
    why: str
    error: str


def see_failed(desk: Desk, session: Session, row: InboxEvent) -> Failed:
    """For the page."""
    unread = row.kind == UNREADABLE
    return Failed(
        key=row.event_id,
        at=row.received_at,
        whom=_name_chat(desk, session, row.chat_id or ""),
        numbers=_list_numbers(session, row.chat_id or ""),
        kind=desk.say(f"console.admin_delivery.event_{KINDS.get(row.kind, 'other')}"),
        why=desk.say("console.admin_delivery.why_unread" if unread else "console.admin_delivery.why_program"),
        error="" if unread else (row.reason or "").partition(":")[0][:LONGEST_ERROR],
    )


def _name_chat(desk: Desk, session: Session, chat_id: str) -> str:
    group = session.get(Group, chat_id) if chat_id else None
    if group is not None and group.organisation:
        office = name_office(group.organisation, desk.language)
        return desk.say("console.admin_delivery.of_group", office=office)
    if group is not None:
        return desk.say("console.admin_delivery.of_some_group")
    known = chat_id.startswith(A_PERSON)
    return desk.say("console.admin_delivery.a_person" if known else "console.admin_delivery.of_nobody")


def _list_numbers(session: Session, chat_id: str) -> list[str]:
    reporter = reporters.find_line_reporter(session, chat_id) if chat_id.startswith(A_PERSON) else None
    return [case.number for case in cases.list_by_reporter(session, reporter.id, 1)] if reporter else []
