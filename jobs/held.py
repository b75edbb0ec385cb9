"""What a group cannot be told for want of budget goes to its organisation by e-mail, where there is somebody there.

It stays held for the group too: the first free reply there brings it. What LINE refused, for nothing is left of the
month, is held with it; danger then goes to whoever else can help.
"""

import structlog
from prometheus_client import Gauge

import clock
from cases import mailing, undelivered
from cases.statuses import OVER
from storage import cases as stored
from storage import refused, waiting
from storage.models import Group
from storage.session import Database

log = structlog.get_logger()
AT_ONCE = 200
MAILS = {"card": "case", "reminder": "reminder"}  # what else a group is told can wait for its next reply
DANGER = Gauge("fasttrack_danger_not_delivered", "Cases of danger of which a group was not told for want of messages")


def mail_held(database: Database) -> None:
    """Each held message once; one of a case that is over needs no mail any more."""
    now = clock.now()
    with database.read() as session:
        any_refused = refused.has_any(session)
    if any_refused:
        with database.begin(now) as session:
            count = refused.put_aside(session, AT_ONCE, now)
        log.warning("line.put_aside", calls=count)
    with database.read() as session:
        found = waiting.list_held(session, AT_ONCE)
    for one in found:
        with database.begin(now) as session:
            if not waiting.settle_mailed(session, one.id, now):
                continue
            waiting.make_lasting(session, one.id)
            group = session.get(Group, one.chat_id)
            case = stored.find_case(session, one.case_id) if one.case_id else None
            if one.kind not in MAILS or group is None or group.organisation is None:
                continue
            if case is None or case.status in OVER:
                continue
            mailing.queue_mail(session, group.organisation, MAILS[one.kind], case, now)
            if case.danger:
                undelivered.raise_alarm(session, case, now)
    with database.read() as session:
        DANGER.set(len(waiting.list_danger(session, tuple(MAILS), AT_ONCE)))
