"""What an office does by a mailed link: whether it still may, the step itself, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from cases import audience, chain, lifecycle, mailing, office_photos, office_updates, receivers, transfers, unreached
from cases.office_updates import Made, Update
from cases.phones import find_personal
from cases.statuses import OVER, Action, Actor, Role, Status
from handlers.office_forms import STEPS, WITH_DATE, WITH_PHOTOS, Wish
from storage import cases as stored
from storage import contacts, media, uploads
from storage.links import OfficeLink, Purpose
from storage.media_claims import Stored
from storage.models import Case, Contact, HistoryEntry
from texts.catalog import say

UNDO_FOR = timedelta(minutes=30)
OFFERS = ("accept", "refuse")
OFFERED = (Action.ACCEPT, Action.BOUNCE)
LANGUAGE = "th"
DATED_AGAIN = (Status.ACKNOWLEDGED, Status.IN_PROGRESS)
MOST_AFTER = 20  # photos of one case that come by such links


@dataclass(frozen=True, slots=True)
class Standing:
    """What a genuine link leads to now. `closed`: why not to a case; then nothing of it may be shown but `number`."""

    closed: str | None
    case: Case | None = None
    contact: Contact | None = None
    number: str = ""


def look(session: Session, link: OfficeLink, now: datetime, *, lock: bool = False) -> Standing:
    """Whether the case is still open, and with the office this link was mailed to."""
    contact = contacts.find_by_id(session, link.contact_id)
    if link.expires_at <= now or contact is None:
        return Standing("expired")
    case = stored.find_case(session, link.case_id, lock=lock)
    if case is None or case.confidential or not _has_it(case, contact.organisation, link):
        return Standing("moved")
    if case.status == Status.WITHDRAWN:
        return Standing("withdrawn", number=case.number)
    if Status(case.status) in OVER:
        return Standing("over", number=case.number)
    return Standing(None, case, contact)


def _has_it(case: Case, organisation: str, link: OfficeLink) -> bool:
    offered = link.purpose in OFFERS and transfers.is_offered_to(case, organisation)
    return offered or office_updates.is_with(case, organisation)


def act_as(contact: Contact) -> Actor:
    """Whoever reads a contact's mail acts for the office; who that is nobody tells us."""
    return Actor(Role.COORDINATOR, organisation=contact.organisation, chat_id=f"mail:{contact.id}")


def find_purpose(case: Case, link: OfficeLink) -> Purpose:
    """What the link is for now: once the case is noted, only the day is left of "noted, and by when"."""
    return "promise" if link.purpose == "acknowledge" and case.status in DATED_AGAIN else link.purpose


def is_possible(case: Case, link: OfficeLink) -> bool:
    """Whether the step of this link can be made from where the case stands."""
    status = Status(case.status)
    if link.purpose == "acknowledge" and status in DATED_AGAIN:
        return True  # noted without a date, which is still wanted, or with one that can be another
    if link.purpose in WITH_DATE and status == Status.TRANSFERRING:
        return False  # passed on since: that is taken back by its own button, not by an older mail
    offered = link.purpose not in OFFERS or case.transfer_to is not None
    return offered and lifecycle.find_rule(status, STEPS[link.purpose], Role.COORDINATOR) is not None


def is_promised(case: Case, wish: Wish) -> bool:
    """Whether the day of a form is the one that was named before."""
    return case.status == Status.IN_PROGRESS and wish.update.due is not None and wish.update.due == case.promised_on


def may_add_photos(session: Session, case: Case, link: OfficeLink) -> bool:
    """Whether the case was told to be done, so that all this link is good for is photos of it."""
    if link.purpose not in WITH_PHOTOS or case.status != Status.RESOLVED:
        return False
    return len(media.list_for_case(session, case.id, "after")) < MOST_AFTER


def make(
    session: Session,
    case: Case,
    contact: Contact,
    link: OfficeLink,
    wish: Wish,
    photos: Sequence[Stored],
    form: str,
    now: datetime,
) -> HistoryEntry | None:
    """Make the step; the caller holds the case's row. None where the case does not allow it any more."""
    actor, step = act_as(contact), wish.update
    if may_add_photos(session, case, link):
        return _add_photos(session, case, actor, photos, form, now)
    if not is_possible(case, link) or not office_updates.is_possible(case, step.action, actor):
        return None
    if step.action in OFFERED:
        return _answer_offer(session, case, wish, actor, form, now)
    if step.action is Action.ASK and not audience.can_answer(session, case):
        return None
    if step.action in (Action.WAIT, Action.ASK):
        told = {"look": wish.look.isoformat() if wish.look else None, "ready": wish.ready}
        details: dict[str, object] = {name: value for name, value in told.items() if value}
        if wish.with_number:
            details[lifecycle.WITH_NUMBER] = True
        return lifecycle.apply(
            session, case, step.action, actor, now, note=step.note, details=details, message_id=_name(form)
        )
    if step.action is Action.TRANSFER and not wish.to_officers:
        meant = step.receiver or receivers.find_named(step.note or "", case.owner)
        receiver = _find_receiver(session, case, step)
        step = replace(step, receiver=receiver, proposed=None if receiver else meant)
    to_officers = step.action is Action.TRANSFER and step.receiver is None
    if to_officers and chain.is_fickle(stored.list_history(session, case.id), now):
        return None
    kept = _keep(session, photos, actor, now)
    media.attach(session, kept, case.id, "after")
    update = replace(step, photos=tuple(kept), message_id=_name(form))
    made = office_updates.take_update(session, case, update, actor, now)
    return made.entry if isinstance(made, Made) else None


def _keep(session: Session, photos: Sequence[Stored], actor: Actor, now: datetime) -> list[int]:
    return [uploads.add_upload(session, one, chat_id=str(actor.chat_id), role="after", now=now).id for one in photos]


def _add_photos(
    session: Session, case: Case, actor: Actor, photos: Sequence[Stored], form: str, now: datetime
) -> HistoryEntry | None:
    """Photos of what was done, sent after it was told; the reporter is shown the first of them."""
    if not photos:
        return None
    given = office_photos.add_photos(session, case, _keep(session, photos, actor, now), now, role="after")
    return office_updates.note(session, case, None, actor, now, details={"media": given}, message_id=_name(form))


def is_shown_first(link: OfficeLink, wish: Wish) -> bool:
    """Whether what the reporter will read is looked at before it goes: a question, or a wait with a number in it."""
    waits = wish.update.action is Action.WAIT
    return link.purpose == "ask" or (waits and find_personal(wish.update.note or "") is not None)


def note_read(session: Session, case: Case, contact: Contact, now: datetime) -> bool:
    """Whoever looks at words for the reporter before they go has read the case. True if that took it on."""
    return office_updates.acknowledge_behind(session, case, act_as(contact), now)


def find_unasked(session: Session, case: Case, contact: Contact, wish: Wish, now: datetime) -> str:
    """Why this question can reach nobody, by the key of its words; the officers may know another way.

    Whoever asks has read the case, here too.
    """
    if wish.update.action is not Action.ASK or audience.can_answer(session, case):
        return ""
    if audience.has_blocked(session, case):
        note_read(session, case, contact, now)
    unreached.tell_officers(session, case, wish.update.note or "", now)
    return f"page.{unreached.name_why(session, case)}"


def _find_receiver(session: Session, case: Case, step: Update) -> str | None:
    """The office that was tapped, or else is named; None, and the officers find one, where it cannot go there."""
    if step.receiver is None:
        return transfers.find_receiver(session, case, step.note or "")
    return step.receiver if transfers.find_hindrance(session, case, step.receiver) is None else None


def list_receivers(session: Session, case: Case) -> list[str]:
    """The offices that a case may be passed on to, the likeliest first."""
    likely = transfers.list_choices(session, case)
    return [code for code in likely if transfers.find_hindrance(session, case, code) is None]


def _answer_offer(
    session: Session, case: Case, wish: Wish, actor: Actor, form: str, now: datetime
) -> HistoryEntry | None:
    if not transfers.is_offered_to(case, actor.organisation):
        return None
    if wish.update.action is Action.BOUNCE:
        return transfers.bounce(session, case, actor, now, reason=wish.update.note or "", message_id=_name(form))
    entry = lifecycle.apply(session, case, Action.ACCEPT, actor, now, message_id=_name(form))
    words = say(LANGUAGE, "mail.lead_accepted", number=case.number)
    mailing.queue_mail(session, case.owner, "case", case, now, words=words)
    return entry


def find_made(session: Session, link: OfficeLink, form: str) -> HistoryEntry | None:
    """The step that this form made, if it did."""
    entry = stored.find_by_message(session, _name(form))
    return entry if entry is not None and entry.case_id == link.case_id else None


def is_undone(session: Session, entry: HistoryEntry) -> bool:
    """Whether a step was taken back."""
    return any(later.details.get("undone") == entry.id for later in stored.list_history(session, entry.case_id))


def can_undo(session: Session, case: Case, contact: Contact, entry: HistoryEntry, now: datetime) -> bool:
    """Whether a step can still be taken back: soon after it, and while nothing has followed."""
    latest = office_updates.find_latest_step(session, case, act_as(contact))
    return latest is not None and latest.id == entry.id and now <= entry.at + UNDO_FOR


def undo(session: Session, case: Case, contact: Contact, entry: HistoryEntry, now: datetime) -> bool:
    """Take a step back; the caller holds the case's row. False where it is too late."""
    if not can_undo(session, case, contact, entry, now):
        return False
    return office_updates.undo(session, case, entry.id, act_as(contact), now) is not None


def _name(form: str) -> str:
    return f"form:{form}"
