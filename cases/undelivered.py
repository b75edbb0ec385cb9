"""Danger of which a group is not told, for the month's messages are used up: it goes by every other way.

What lies where nobody of its office reads it, for this or any other reason, stands first before the officers.
"""

from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from cases import mailing, views
from cases.desk import OMB
from cases.statuses import OVER, Status
from storage import contacts, desk, once, roster, staff, waiting
from storage.models import Case
from texts.catalog import say

log = structlog.get_logger()
LANGUAGE = "th"
KIND = "alarm"
UNANSWERED = (Status.NEW, Status.DISPATCHED)
TOLD = ("card", "reminder")  # whatever else a group is told of danger can wait
ON_DUTY = frozenset({"admin", "officer"})  # of the Ombudsman's office, who can act on it


def list_cases(session: Session, limit: int) -> list[Case]:
    """Open cases of danger of which LINE took no card or reminder, or whose office has neither group nor address."""
    held = [case for case in waiting.list_danger(session, TOLD, limit) if case.status not in OVER]
    reached = {OMB, *(str(group.organisation) for group in roster.list_groups(session, but=OMB))}
    if mailing.find_way(session) is not None:
        reached |= {one.organisation for one in contacts.list_contacts(session) if one.rank == contacts.FIRST}
    lost = desk.list_danger_unreached(session, UNANSWERED, reached, limit)
    return list({case.id: case for case in [*held, *lost]}.values())[:limit]


def raise_alarm(session: Session, case: Case, now: datetime) -> None:
    """Write to the office's second contact, the Ombudsman's contacts and officers; once for each office that has it."""
    if not once.claim(session, f"alarm:{case.id}:{case.owner}", now):
        return
    words = say(LANGUAGE, "mail.lead_alarm", number=case.number, office=views.name_office(case.owner, LANGUAGE))
    told = 0
    if case.owner != OMB:
        told += mailing.queue_mail(session, case.owner, KIND, case, now, rank=contacts.SECOND, words=words)
    for rank in (contacts.FIRST, contacts.SECOND):
        told += mailing.queue_mail(session, OMB, KIND, case, now, rank=rank, words=words)
    known = {contact.email.lower() for contact in contacts.list_contacts(session, [OMB, case.owner])}
    for user in staff.list_active(session, organisation=OMB):
        if user.role in ON_DUTY and user.email not in known:
            told += mailing.queue_staff_mail(session, user.email, KIND, case, now, words=words)
    log.error("danger.not_delivered", case=case.number, organisation=case.owner, mails=told)
