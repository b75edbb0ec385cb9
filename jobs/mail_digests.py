"""Mails each office without a LINE group what it has open, on the morning of each working day.

Claimed by organisation and day in the transaction that writes the mail, so that it is written once.
"""

import structlog

import clock
from cases import digests, mailing, office_hours
from storage import contacts, groups, once, working_days
from storage.session import Database

log = structlog.get_logger()


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
