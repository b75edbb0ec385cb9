"""Mails each office without a LINE group what it has open, on the morning of each working day; sends what was held.

Claimed by organisation and day in the transaction that writes the mail, so that it is written once.
"""

from datetime import timedelta

import structlog

import clock
from cases import digests, mailing, office_hours
from storage import contacts, groups, mail, once, working_days
from storage.session import Database

log = structlog.get_logger()
HELD_FOR = timedelta(minutes=10)  # what is shown to an office before it goes is sent or left within that time


def send_mail_digests(database: Database) -> None:
    """To each first contact of an office without a group that has not had today's."""
    now = clock.now()
    with database.read() as session:
        exceptions, own = working_days.load_exceptions(session), office_hours.list_own(session)
        usual = digests.find_slot(now, exceptions)
        slots = {each: digests.find_slot(now, exceptions, hours) for each, hours in own.items()}
        if not any(slot is not None and slot.half == "morning" for slot in (usual, *slots.values())):
            return
        written_to = {one.organisation for one in contacts.list_contacts(session) if one.rank == contacts.FIRST}
        names = {
            f"mail_digest:{organisation}:{slot.day}": organisation
            for organisation in sorted(written_to)
            if (slot := slots.get(organisation, usual)) is not None and slot.half == "morning"
            if not groups.list_bound(session, organisation)
        }
        done = once.list_done(session, names)
    sent = 0
    for name, organisation in names.items():
        if name in done:
            continue
        with database.begin(now) as session:
            if once.claim(session, name, now):
                sent += mailing.queue_mail(session, organisation, "digest", None, now)
    if sent:
        log.info("mail digests", offices=sent)


def release_held(database: Database) -> None:
    """What was to be told with something else goes by itself where that was not sent in time."""
    now = clock.now()
    with database.read() as session:
        if not mail.has_held(session, now - HELD_FOR):
            return
    with database.begin(now) as session:
        mail.release_held(session, now, before=now - HELD_FOR)
