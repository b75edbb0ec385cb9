"""What a group cannot be told for want of budget goes to its organisation by e-mail, where there is somebody there.

It stays held for the group too: the first free reply there brings it.
"""

import clock
from cases import mailing
from cases.statuses import OVER
from storage import cases as stored
from storage import waiting
from storage.models import Group
from storage.session import Database

AT_ONCE = 200
MAILS = {"card": "case", "reminder": "reminder"}  # what else a group is told can wait for its next reply


def mail_held(database: Database) -> None:
    """Each held message once; one of a case that is over needs no mail any more."""
    now = clock.now()
    with database.read() as session:
        found = [one for one in waiting.list_held(session, AT_ONCE) if one.kind in MAILS]
    for one in found:
        with database.begin(now) as session:
            if not waiting.settle_mailed(session, one.id, now):
                continue
            group = session.get(Group, one.chat_id)
            case = stored.find_case(session, one.case_id) if one.case_id else None
            if group is None or group.organisation is None or case is None or case.status in OVER:
                continue
            mailing.queue_mail(session, group.organisation, MAILS[one.kind], case, now)
