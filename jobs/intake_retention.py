"""Forgetting what staff pages keep in between: forms that were not sent, and mail that is settled."""

from datetime import timedelta

import clock
from storage import inbound_mails, intake_forms
from storage.session import Database

FORM_DAYS = 3  # a form begun on Friday is there on Monday
MAIL_DAYS = 30
KNOWN_DAYS = 400  # by then no mail server sends the same mail again
AT_ONCE = 1000


def forget_intake(database: Database) -> None:
    """Drop old forms, blank settled mail, and drop the rows of mail that came long ago."""
    now = clock.now()
    with database.begin(now) as session:
        intake_forms.forget_before(session, now - timedelta(days=FORM_DAYS), AT_ONCE)
        inbound_mails.forget_settled(session, now - timedelta(days=MAIL_DAYS), AT_ONCE)
        inbound_mails.forget_known(session, now - timedelta(days=KNOWN_DAYS), AT_ONCE)
