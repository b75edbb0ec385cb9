"""What an office without a LINE group is told by e-mail: written whole here, sent by `jobs.mail`.

A confidential case never goes by mail, to whomever: nobody could keep who read it.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.case_card import CaseCardView, write_alt_text
from bot.messages.theme import fit, one_line
from cases import clocks, danger_pace, office_sheet, views
from cases.danger import find_danger
from cases.desk import OMB
from cases.phones import hide_phones
from cases.statuses import Status
from integrations.mail_form import MailFact, MailLine, MailLink, MailView, write_html, write_text
from storage import clocks as stored_clocks
from storage import contacts, groups, mail
from storage.links import OFFICE_LIFE, Links, Purpose
from storage.models import Case, Contact
from texts.catalog import say
from texts.moments import say_lasting_moment

LANGUAGE = "th"  # offices work in Thai
KINDS = ("case", "reminder", "escalation", "alarm", "offer", "help", "told", "digest")
SUBJECT_UNITS = 140
NAME_DANGER = ("case", "alarm")  # whose subject says it by itself
LISTED = 30  # cases in a digest
# What an office may do by a link from where a case stands; the first is what is waited for.
PURPOSES: dict[Status, tuple[Purpose, ...]] = {
    Status.DISPATCHED: ("acknowledge", "resolve", "ask", "not_found", "transfer", "decline"),
    Status.ACKNOWLEDGED: ("promise", "resolve", "ask", "not_found", "transfer", "decline"),
    Status.IN_PROGRESS: ("resolve", "promise", "ask", "not_found", "transfer", "decline"),
    Status.NEEDS_INFO: ("resolve", "promise", "not_found", "transfer", "decline"),
}
OFFERED: tuple[Purpose, ...] = ("accept", "refuse")
WITH_OFFICE = tuple(PURPOSES)


def can_mail(session: Session, organisation: str, *, rank: int = contacts.FIRST) -> bool:
    """Whether an organisation has somebody to write to, and there is a way to send it."""
    return find_way(session) is not None and contacts.find_contact(session, organisation, rank) is not None


def can_reach(session: Session, organisation: str) -> bool:
    """Whether there is a group or somebody to write to."""
    return bool(groups.list_bound(session, organisation)) or can_mail(session, organisation)


def queue_mail(
    session: Session,
    organisation: str,
    kind: str,
    case: Case | None,
    now: datetime,
    *,
    rank: int = contacts.FIRST,
    words: str = "",
) -> bool:
    """Write an e-mail to the organisation's contact of that rank, sent once this transaction is true.

    `kind` is one of KINDS; a digest has no case, all others have one. `words`: what is new, in place of the first
    sentence. False, and nothing is written, where there is nobody to write to or nothing that may be written.
    """
    if kind not in KINDS:
        raise ValueError(f"no mail of kind {kind!r}: choose from {', '.join(KINDS)}")
    links = find_way(session)
    contact = contacts.find_contact(session, organisation, rank)
    if links is None or contact is None or (case is not None and case.confidential):
        return False
    view = (
        _write_digest(session, links, contact, words, now)
        if case is None
        else _write_case(session, links, contact, kind, case, words, now)
    )
    if view is None:
        return False
    _add(session, links, contact, kind, case, view, now)
    return True


def queue_staff_mail(session: Session, address: str, kind: str, case: Case, now: datetime, *, words: str) -> bool:
    """Write to one of the Ombudsman's officers about a case of another office; they act on it in the console."""
    links = find_way(session)
    if links is None or case.confidential or case.owner == OMB:
        return False
    reader = Contact(organisation=OMB, rank=contacts.FIRST, email=address, title="")  # never stored
    _add(session, links, reader, kind, case, _write_case(session, links, reader, kind, case, words, now), now)
    return True


def _add(
    session: Session, links: Links, contact: Contact, kind: str, case: Case | None, view: MailView, now: datetime
) -> None:
    mail.add_mail(
        session,
        organisation=contact.organisation,
        recipient=contact.email,
        kind=kind,
        case_id=case.id if case else None,
        thread=case.number if case else contact.organisation.replace(":", "-"),
        domain=links.mail_domain,
        subject=view.subject,
        text=write_text(view),
        html=write_html(view),
        now=now,
    )


def find_way(session: Session) -> Links | None:
    """How links in a mail are made; None where no mail is set up."""
    links: Links | None = session.info.get("links")
    return links if links is not None and links.mail_domain and links.secret_key else None


def _write_case(
    session: Session, links: Links, contact: Contact, kind: str, case: Case, words: str, now: datetime
) -> MailView:
    """The whole case to who has it, is offered it or is asked to help; to an office that had it only what is new."""
    sheet = office_sheet.see_lasting_sheet(session, case, now)
    office = views.name_office(contact.organisation, LANGUAGE)
    lead = words or say(LANGUAGE, f"mail.lead_{kind}", office=office)
    offered = case.status == Status.TRANSFERRING and case.transfer_to == contact.organisation
    helps = kind == "help"
    if helps:  # who helps may not call the reporter
        words_shown = hide_phones(sheet.text, say(LANGUAGE, "group.phone_hidden"))
        sheet = replace(sheet, shared_name=None, shared_phone=None, alternatives=None, text=words_shown)
    if not offered and not helps and contact.organisation not in (case.owner, OMB):
        return MailView(
            subject=_write_subject("told", sheet, office),
            sender=say(LANGUAGE, "mail.sender"),
            lead=lead,
            title=sheet.number,
            notes=_list_notes(now, with_links=False),
        )
    photos = office_sheet.list_photos(session, case)
    purposes = OFFERED if offered else PURPOSES.get(Status(case.status), ())
    if not offered and contact.organisation != case.owner:
        purposes = ()  # the officers read it; they act elsewhere
    overdue = kind == "escalation" and words
    subject = _write_subject("overdue" if overdue else kind, sheet, office)
    if kind not in NAME_DANGER and (danger_pace.is_pressing(session, case) or find_danger(words)):
        subject = fit(
            subject.replace(sheet.number, f"{sheet.number} {say(LANGUAGE, 'card.danger')} ·", 1), SUBJECT_UNITS
        )
    return MailView(
        subject=subject,
        sender=say(LANGUAGE, "mail.sender"),
        lead=lead,
        warning=say(LANGUAGE, "card.danger") if sheet.danger else "",
        title=sheet.number,
        kind=sheet.category,
        words=sheet.text,
        facts=_list_facts(sheet),
        photos=[
            MailLink(say(LANGUAGE, "mail.photo", count=place), links.mail_media_url(photo, now))
            for place, photo in enumerate(photos, 1)
        ],
        links=[_write_link(links, contact, case, purpose, now) for purpose in purposes],
        notes=_list_notes(now, with_links=bool(purposes), until=_find_lapse(session, case) if offered else None),
    )


def _find_lapse(session: Session, case: Case) -> datetime | None:
    """When an offer that nobody answers goes back, and its buttons with it."""
    running = stored_clocks.find_running(session, case.id, "accept")
    return running.due_at if running is not None else None


def _write_subject(kind: str, sheet: CaseCardView, office: str) -> str:
    """The number first: it is what people search their mail for, and all that a phone shows of it."""
    if kind == "case":
        return fit(write_alt_text(sheet, LANGUAGE), SUBJECT_UNITS)
    due = sheet.due or sheet.status
    words = say(LANGUAGE, f"mail.subject_{kind}", number=sheet.number, due=due, office=office, category=sheet.category)
    return fit(one_line(words), SUBJECT_UNITS)


def _list_facts(sheet: CaseCardView) -> list[MailFact]:
    opens = MailLink(say(LANGUAGE, "button.open_map"), sheet.map_url) if sheet.map_url else None
    reporter = " ".join(one_line(part) for part in (sheet.shared_name, sheet.shared_phone) if part)
    named = (
        ("card.place", sheet.place, opens),
        ("mail.maybe", sheet.alternatives or "", None),
        ("mail.due", sheet.due, None),
        ("mail.status", sheet.status, None),
        ("mail.received", sheet.received, None),
        ("card.reporter", reporter, None),
    )
    return [MailFact(say(LANGUAGE, key), words, link) for key, words, link in named if words]


def _list_notes(now: datetime, *, with_links: bool, until: datetime | None = None) -> list[str]:
    expires = say_lasting_moment(LANGUAGE, min(until or now + OFFICE_LIFE, now + OFFICE_LIFE), now=now)
    about = [say(LANGUAGE, "mail.how"), say(LANGUAGE, "mail.expires", when=expires)] if with_links else []
    return [*about, say(LANGUAGE, "mail.no_reply")]


def _write_digest(session: Session, links: Links, contact: Contact, words: str, now: datetime) -> MailView | None:
    """Every open case of the office, the most overdue first, with what may be done by a tap; None where it has none."""
    found = stored_clocks.list_by_due(session, contact.organisation, WITH_OFFICE, waiting=clocks.WAITING, limit=LISTED)
    offers = stored_clocks.list_offered(
        session, contact.organisation, waiting=Status.TRANSFERRING, limit=LISTED - len(found)
    )
    shown = [case for case, _ in (*offers, *found) if not case.confidential]
    lines = [_write_line(session, links, contact, case, now) for case in shown]
    if not lines:
        return None
    office = views.name_office(contact.organisation, LANGUAGE)
    count = stored_clocks.count_owned(session, contact.organisation, WITH_OFFICE)
    count += stored_clocks.count_offered(session, contact.organisation, waiting=Status.TRANSFERRING)
    more = say(LANGUAGE, "card.open_more", count=count - len(lines))
    return MailView(
        subject=say(LANGUAGE, "mail.subject_digest", office=office, count=count),
        sender=say(LANGUAGE, "mail.sender"),
        lead=words or say(LANGUAGE, "mail.lead_digest", office=office, count=count),
        lines=[*lines, MailLine(more, "")] if count > len(lines) else lines,
        notes=_list_notes(now, with_links=True),
    )


def _write_line(session: Session, links: Links, contact: Contact, case: Case, now: datetime) -> MailLine:
    sheet = office_sheet.see_lasting_sheet(session, case, now)
    offered = case.owner != contact.organisation
    purposes = list((OFFERED if offered else PURPOSES[Status(case.status)])[:1])
    if purposes == ["resolve"]:
        purposes.append("promise")  # a day is put off before it is missed
    lapse = _find_lapse(session, case) if offered else None
    due = say(LANGUAGE, "office.offered") if offered else sheet.due or sheet.status
    if lapse is not None:
        due = say(LANGUAGE, "office.offered_until", due=say_lasting_moment(LANGUAGE, lapse, now=now))
    return MailLine(
        title=f"{sheet.number} {sheet.category}",
        words=_join(
            say(LANGUAGE, "card.danger") if sheet.danger else "",
            sheet.place,
            due,
        ),
        links=[_write_link(links, contact, case, purpose, now) for purpose in purposes],
    )


def _write_link(links: Links, contact: Contact, case: Case, purpose: Purpose, now: datetime) -> MailLink:
    again = "_again" if purpose == "promise" and case.promised_on else ""
    return MailLink(say(LANGUAGE, f"mail.do_{purpose}{again}"), links.office_url(case.id, purpose, contact.id, now))


def _join(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
