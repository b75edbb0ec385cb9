"""One line about a case to the Ombudsman's group: what happened to it, or that somebody is to look."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from bot.messages.theme import Part
from cases import reporter_mail, unsaid, views
from cases.desk import OMB
from cases.statuses import Status
from clock import in_bangkok
from storage import groups, mail, once, outbox, waiting
from storage.models import Case
from texts.catalog import say

LANGUAGE = "th"  # offices work in Thai
TAKEN_ON = "staff.taken_on"  # its office says by a step of its own that it stays there
WISH = "staff_wish"  # of the line that somebody asks for secrecy
OFFERED = "staff_offered"  # the kind of message that tells the officers of an offer


def tell(session: Session, case: Case, key: str, *, skip: str | None = None, instead_of_card: bool = False) -> None:
    """`instead_of_card`: where they have not seen yet that it came before them, or that its office offered it, they
    need not hear that it left; of an offer that was taken back at the desk they hear just that.
    """
    words = say(
        LANGUAGE,
        key,
        number=case.number,
        office=views.name_office(case.owner, LANGUAGE),
        status=views.name_status(Status(case.status), LANGUAGE),
    )
    for chat_id in groups.list_bound(session, OMB):
        unseen = instead_of_card and outbox.drop_waiting(session, chat_id, case.id, "card")
        offered = instead_of_card and outbox.drop_waiting(session, chat_id, case.id, OFFERED)
        unseen = unseen or (offered and key == TAKEN_ON)
        if chat_id != skip and not unseen:
            outbox.queue(session, chat_id, text_bubble(words), kind="staff", case_id=case.id)


def call(session: Session, case: Case, message: Part, *, takes_back: bool = False) -> None:
    """What they are called for at any hour, in place of such a call about this case that has not reached them yet.

    `takes_back`: what they were called for is no longer so; who has not read it reads neither.
    """
    kind = waiting.TELLS_OFFICERS
    for chat_id in groups.list_bound(session, OMB):
        unread = takes_back and unsaid.is_unread(session, chat_id, case.id, kind)
        unsaid.drop_older(session, chat_id, case.id, kind)
        if not unread:
            outbox.queue(session, chat_id, message, kind=kind, case_id=case.id, urgent=True)


def tell_delicate(session: Session, case: Case) -> None:
    """A reporter added something against an official: staff learn that it is there, and nothing of what it says."""
    tell(session, case, "staff.delicate")


def tell_wish(session: Session, case: Case) -> None:
    """A reporter asks for secrecy and has not said yet what that is to mean: until they do, officers alone have it."""
    words = say(LANGUAGE, "staff.wish", number=case.number, office=views.name_office(case.owner, LANGUAGE))
    for chat_id in groups.list_bound(session, OMB):
        outbox.queue(session, chat_id, text_bubble(words), kind=WISH, case_id=case.id, waits=True)


def drop_wish(session: Session, case: Case) -> None:
    """They have said it: who has not heard that they asked need not."""
    outbox.drop_waiting(session, None, case.id, WISH)


def tell_still_there(session: Session, case: Case, now: datetime) -> None:
    """Somebody says that what is closed is not over: the officers may open it again. Told once a day and case."""
    if once.claim(session, f"still_there:{case.id}:{in_bangkok(now).date()}", now):
        tell(session, case, "staff.still_there")


def tell_mail_dead(session: Session, case: Case, organisation: str, recipient: str, now: datetime) -> None:
    """An e-mail about a case will not reach its office, or its reporter: staff learn whom."""
    office = views.name_office(organisation, LANGUAGE)
    words = say(LANGUAGE, "staff.mail_dead", number=case.number, office=office)
    if organisation == mail.REPORTER:
        words = say(LANGUAGE, "staff.reporter_mail_dead", number=case.number)
        reporter_mail.say_dead(session, case, now)
    elif organisation == mail.FOLLOWER:
        words = say(LANGUAGE, "staff.follower_mail_dead", number=case.number)
        reporter_mail.say_follower_dead(session, case, recipient, now)
    for chat_id in groups.list_bound(session, OMB):
        outbox.queue(session, chat_id, text_bubble(words), kind="staff", case_id=case.id)
