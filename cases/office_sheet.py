"""A case as an office reads it outside LINE, in its mail and on the page behind it: what its card shows, no more."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.case_card import CaseCardView
from cases import views
from cases.clocks import WAITING
from cases.phones import hide_phones
from cases.statuses import Status
from clock import in_bangkok
from storage import due_clocks, media
from storage.models import Case
from texts.catalog import say
from texts.moments import say_date, say_lasting_moment

LANGUAGE = "th"
MOST_PHOTOS = 10
# What an office that named no day is asked about, in this order, late before all else: before it is due, and after.
ASKED = {
    "look": ("office.look_again", "remind.late_look"),
    "resolve": ("office.fix_before", "office.fix_late"),
    "first_words": ("", "remind.late_first_words"),
}


def see_sheet(session: Session, case: Case, now: datetime) -> CaseCardView:
    """The card's own view, with no number to call in its words unless the reporter shows theirs."""
    view = views.see_card(session, case, now)
    return replace(view, text=hide_for_office(case, view.text), place=hide_for_office(case, view.place))


def see_lasting_sheet(session: Session, case: Case, now: datetime) -> CaseCardView:
    """The same for a letter, which is read who knows when: no "today" and no "tomorrow" in it."""
    received = say_lasting_moment(LANGUAGE, case.created_at, now=now)
    return replace(see_sheet(session, case, now), due=_say_due(session, case, now), received=received)


def _say_due(session: Session, case: Case, now: datetime) -> str:
    """The day that its office is asked about, as LINE names it: the one it named, else that of the service level."""
    if case.status == Status.DISPATCHED and case.acknowledge_by:
        due = say_lasting_moment(LANGUAGE, case.acknowledge_by, now=now)
        return say(LANGUAGE, "office.answer_late" if case.acknowledge_by < now else "office.answer_before", due=due)
    if case.promised_on and Status(case.status) in views.PROMISED:
        today = in_bangkok(now).date()
        due = say_date(LANGUAGE, case.promised_on, today=today)
        return say(LANGUAGE, "office.promise_late" if case.promised_on < today else "office.promised", due=due)
    running = {one.kind: one.due_at for one in due_clocks.list_running(session, [case.id])[case.id]}
    found = [(kind, running[kind] < now) for kind in ASKED if kind in running] if not WAITING & running.keys() else []
    late = [one for one in found if one[1]]
    for kind, is_late in [*late, *found][:1]:
        due = say_lasting_moment(LANGUAGE, running[kind], now=now)
        return say(LANGUAGE, ASKED[kind][is_late], due=due) if ASKED[kind][is_late] else ""
    return ""


def hide_for_office(case: Case, words: str) -> str:
    """A reporter's words without telephone numbers, unless they let the office see theirs."""
    return words if case.phone_shared else hide_phones(words, say(LANGUAGE, "group.phone_hidden"))


def list_photos(session: Session, case: Case) -> list[int]:
    """The reporter's pictures, as far as there are any to be seen."""
    items = media.list_for_case(session, case.id, "before")
    return [item.id for item in items if item.kind == "image" and item.state in ("wanted", "stored")][:MOST_PHOTOS]
