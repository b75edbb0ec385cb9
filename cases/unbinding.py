"""A LINE group stands for its office no more: what was kept for it goes, and the officers hear who lost it."""

from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from cases import mailing, roster, views
from storage import group_people, groups, once, waiting
from storage.models import Group
from texts.catalog import say

log = structlog.get_logger()
LANGUAGE = "th"


def unbind(session: Session, group: Group, count_open: Callable[[str], int], now: datetime) -> str | None:
    """What the officers are to hear; None where it stood for nobody. The caller holds the group's row."""
    lost = group.organisation
    group.organisation, group.bound_at, group.bound_by, group.asked = None, None, None, None
    if lost is None:
        return None
    group_people.forget_people(session, group.chat_id)
    waiting.forget_chat(session, group.chat_id)
    session.flush()
    log.info("group lost", organisation=lost)
    left = len(groups.list_bound(session, lost))
    if not left:
        once.renew(session, roster.name_lost(lost), now)
    key = "staff.group_lost_one" if left else "staff.group_lost"
    if not left and mailing.can_mail(session, lost):
        key = "staff.group_lost_mail"
        mailing.queue_mail(session, lost, "digest", None, now)
    return say(LANGUAGE, key, office=views.name_office(lost, LANGUAGE), count=left or count_open(lost))
