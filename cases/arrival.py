"""Whether an office has a case before it, or its card is still on its way: not taken by LINE yet, held because the
month's messages are used up, or waiting for the morning."""

from datetime import datetime

from sqlalchemy.orm import Session

from cases import quiet_hours
from cases.statuses import Status
from storage import groups, mail, refused, sent_cards, waiting
from storage.models import Case

CARD = ("card",)
REMINDER = ("reminder",)
MAILED_CARDS = ("case", "digest", "offer")


def is_held_back(session: Session, case: Case) -> bool:
    """Whether the office has not had it: its group got no card, and nobody there an e-mail."""
    if case.status != Status.DISPATCHED:
        return False
    chats = groups.list_bound(session, case.owner)
    if not _is_kept(session, case, CARD) and not sent_cards.is_coming(session, chats, case.id, CARD):
        return False
    arrived = sent_cards.find_last(session, chats, case.id, "card") is not None
    return bool(chats) and not arrived and not mail.was_written(session, case.id, case.owner, MAILED_CARDS)


def find_seen(session: Session, case: Case, now: datetime) -> datetime | None:
    """When the office gets a case that came after its hours; None where it has it, or waits for more than the hour."""
    if case.status != Status.DISPATCHED or _is_held(session, case, CARD):
        return None
    chats = groups.list_bound(session, case.owner)
    arrived = sent_cards.find_last(session, chats, case.id, "card") is not None
    if arrived or sent_cards.is_coming(session, chats, case.id, CARD):
        return None
    if not waiting.keeps(session, case.id, CARD):
        return quiet_hours.find_waiting(session, case, now)  # it is handed over at this moment
    return quiet_hours.find_end(session, case.owner, now) if quiet_hours.is_quiet(session, case.owner, now) else None


def is_reminder_held_back(session: Session, case: Case) -> bool:
    """Whether the office was to be reminded, and nothing of it came through."""
    return _is_held(session, case, REMINDER) and not mail.was_written(session, case.id, case.owner, REMINDER)


def _is_kept(session: Session, case: Case, kinds: tuple[str, ...]) -> bool:
    return waiting.keeps(session, case.id, kinds) or refused.holds(session, case.id, kinds)


def _is_held(session: Session, case: Case, kinds: tuple[str, ...]) -> bool:
    return waiting.holds(session, case.id, kinds) or refused.holds(session, case.id, kinds)
