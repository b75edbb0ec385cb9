"""Taking a report: from the answers of a conversation to a case with a number, sent on its way."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from cases import lifecycle, sending, told_parts
from cases.categories import get_category
from cases.danger import find_danger
from cases.desk import OMB
from cases.secret_wish import CHOSEN, OFFICERS
from cases.shield import is_delicate
from cases.statuses import Actor, Role
from storage import cases as stored
from storage import media
from storage.models import Case, Reporter


class TooManyReports(Exception):
    """One person told more cases in a day than one person can."""


def submit_report(
    session: Session,
    *,
    slots: Mapping[str, Any],
    reporter: Reporter,
    language: str,
    now: datetime,
    most_a_day: int,
    sources: Mapping[str, str] | None = None,
) -> Case:
    """Make the case that the answers describe, attach its photos, and send it to its office.

    `sources`: which question each message answered. Raises TooManyReports. The caller's transaction makes all of it
    true at once.
    """
    if stored.count_reports_since(session, reporter.id, now - timedelta(days=1)) >= most_a_day:
        raise TooManyReports
    earlier = stored.find_case(session, slots["earlier"]) if slots.get("earlier") else None
    if earlier is not None and earlier.reporter_id != reporter.id:
        earlier = None
    actor = Actor(Role.REPORTER, person=reporter.line_user_id, chat_id=reporter.line_user_id)
    chosen = slots.get("secret") == OFFICERS
    return open_case(
        session,
        slots=slots,
        reporter=reporter,
        language=language,
        actor=actor,
        now=now,
        earlier=earlier,
        confidential=chosen,
        details=told_parts.write(slots, sources or {}) | ({"answer": CHOSEN} if chosen else {}),
    )


def open_case(
    session: Session,
    *,
    slots: Mapping[str, Any],
    reporter: Reporter,
    language: str,
    actor: Actor,
    now: datetime,
    earlier: Case | None = None,
    channel: str = "line",
    confidential: bool = False,
    danger: Sequence[str] = (),
    details: Mapping[str, Any] | None = None,
) -> Case:
    """A case out of the answers, whoever wrote them down; `confidential` and `danger`: beside what the words tell."""
    where = slots["place"]
    told = f"{slots['description']}\n{where.get('words') or ''}"
    confidential = confidential or get_category(slots["category"]).confidential or is_delicate(told)
    confidential = confidential or bool(earlier and earlier.confidential)
    found = find_danger(slots["description"])
    kinds = list(found.kinds) if found and found.happening else []
    case = Case(
        number=stored.take_number(session, now),
        status="new",
        owner=OMB if confidential or where["org"] == "outside" else where["org"],
        district=where["org"] if where["org"].startswith("district:") else None,
        alternatives=list(where.get("alternatives", ())),
        routed_by=where["how"],
        category=slots["category"],
        description=slots["description"],
        latitude=where.get("lat"),
        longitude=where.get("lng"),
        place=where.get("words") or "",
        danger=kinds or list(danger),
        confidential=confidential,
        channel=channel,
        reporter_id=reporter.id,
        phone=slots.get("phone") or None,
        phone_shared=bool(slots.get("phone") and slots.get("phone_shown")) and not confidential,
        shared_name=slots.get("name") or None,
        earlier_id=earlier.id if earlier else None,
        language=language,
        created_at=now,
        updated_at=now,
    )
    session.add(case)
    session.flush()
    lifecycle.record_new(session, case, actor, now, details)
    media.attach(session, list(slots.get("media", ())), case.id, "before")
    sending.send_to_owner(session, case, now, first=True)
    return case
