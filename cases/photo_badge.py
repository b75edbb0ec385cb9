"""What officers are shown of an after-photo that should be looked at again: a card of its own, and a line elsewhere."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.messages.photo_check import MOST, PhotoCheckView, PhotoFinding, show_photo_check
from cases import evidence, views
from cases.desk import OMB
from cases.working_time import is_working_time
from clock import in_bangkok
from storage import cases as stored
from storage import groups, media, once, outbox, photo_checks
from storage.models import Case, MediaItem, PhotoCheck
from texts.catalog import say
from texts.moments import say_lasting_moment

LANGUAGE = "th"
MOST_NUMBERS = 5
# What says most stands first.
ORDER = ("same", "patched", "reused", "earlier", "early", "far")


def may_tell(now: datetime) -> bool:
    """Whether officers are at their desks."""
    return is_working_time(now)


def tell(session: Session, case_id: int, now: datetime) -> bool:
    """Show the Ombudsman's groups what was found of a case, once a day at most; whether it was shown."""
    case = stored.find_case(session, case_id)
    chats = groups.list_bound(session, OMB)
    checks = [one for one in photo_checks.list_standing(session, case_id) if one.told_at is None and not one.seen_at]
    if case is None or case.confidential or not chats or not checks:
        return False
    if not once.claim(session, f"photo_check:{case.number}:{in_bangkok(now).date()}", now):
        return False
    card = show_photo_check(see_checks(session, case, sort(checks), now), LANGUAGE)
    for chat_id in chats:
        outbox.queue(session, chat_id, card, kind="photo_check", case_id=case.id, waits=True)
    photo_checks.mark_told(session, [one.id for one in checks], now)
    return True


def see_checks(session: Session, case: Case, checks: Sequence[PhotoCheck], now: datetime) -> PhotoCheckView:
    """The findings as the card shows them."""
    findings = tuple(_see_finding(session, case, check, now) for check in checks[:MOST])
    return PhotoCheckView(
        case_id=case.id,
        number=case.number,
        office=views.name_khet(case.owner, LANGUAGE),
        category=views.name_category(case.category, LANGUAGE),
        findings=findings,
    )


def write_badge(session: Session, case: Case, now: datetime) -> str:
    """One line for a card of the case; "" where nothing was found."""
    checks = [] if case.confidential else sort(photo_checks.list_standing(session, case.id))
    if not checks:
        return ""
    key = "photo_check.badge" if any(one.seen_at is None for one in checks) else "photo_check.badge_seen"
    return say(LANGUAGE, key, reason=write_reason(session, case, checks[0], now))


def write_unseen(session: Session) -> list[str]:
    """For the officers' summary: which cases have photos that nobody has looked at; nothing where there are none."""
    numbers = photo_checks.list_unseen(session, MOST_NUMBERS + 1)
    if not numbers:
        return []
    more = " …" if len(numbers) > MOST_NUMBERS else ""
    return [say(LANGUAGE, "photo_check.unseen_yet", numbers=", ".join(numbers[:MOST_NUMBERS]) + more)]


def sort(checks: Sequence[PhotoCheck]) -> list[PhotoCheck]:
    """What says most first."""
    return sorted(checks, key=lambda one: (ORDER.index(one.verdict), one.id))


def _see_finding(session: Session, case: Case, check: PhotoCheck, now: datetime) -> PhotoFinding:
    after = media.find(session, check.media_id)
    other = media.find(session, check.other_media_id) if check.other_media_id else None
    return PhotoFinding(
        reason=write_reason(session, case, check, now),
        after_url=views.link_picture(session, after, now) if after else None,
        other_url=views.link_picture(session, other, now) if other else None,
        other_caption=name_other(session, case, other, now) if other else "",
    )


def name_other(session: Session, case: Case, other: MediaItem, now: datetime) -> str:
    """What stands under the photo that another one is like: when it was sent, or the case it is of."""
    if other.case_id == case.id:
        key = "photo_check.before" if other.role == "before" else "photo_check.earlier_photo"
        return say(LANGUAGE, key, sent=say_lasting_moment(LANGUAGE, other.sent_at, now=now))
    return _find_number(session, other)


def _find_number(session: Session, other: MediaItem) -> str:
    whose = stored.find_case(session, int(other.case_id or 0))
    return whose.number if whose else ""


def write_reason(session: Session, case: Case, check: PhotoCheck, now: datetime) -> str:
    """Why a photo should be looked at again."""
    own = media.find(session, check.media_id)
    other = media.find(session, check.other_media_id) if check.other_media_id else None
    values = {"metres": f"{check.score:,.0f}", "received": say_lasting_moment(LANGUAGE, case.created_at, now=now)}
    if check.verdict == "early":
        taken = evidence.find_taken_at(own) if own else None
        taken = taken or case.created_at - timedelta(minutes=check.score)
        values["taken"] = say_lasting_moment(LANGUAGE, taken, now=now)
    if other is not None:
        values["other"] = _find_number(session, other)
    return say(LANGUAGE, check.reason, **values)
