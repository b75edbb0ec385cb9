"""An office that was asked to help says nothing: it is asked once more, and who has the case learns of it."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.messages.bubbles import QuickReply
from bot.messages.lasting import lasting
from cases import helping, mailing, office_hours, office_lines, views
from cases.working_time import add_working_days, is_working_time
from storage import cases as stored
from storage import groups, once, outbox, working_days
from storage import helping as stored_helping
from storage.models import Case
from texts.catalog import say

LANGUAGE = helping.LANGUAGE
WITHIN_DAYS = 1  # working days of whoever is asked
IN_DANGER = timedelta(minutes=30)
LOOKED_AT = timedelta(days=30)  # an older invitation is left alone


def list_silent(session: Session, now: datetime) -> list[tuple[int, str]]:
    """The case and the office of each invitation that nobody answered in time, and that was not told of yet."""
    exceptions = working_days.load_exceptions(session)
    late = []
    for case, row in stored_helping.list_invited(session, since=now - LOOKED_AT, until=now - IN_DANGER):
        hours = office_hours.find(session, row.organisation)
        due = add_working_days(row.invited_at, WITHIN_DAYS, exceptions, hours)
        if case.danger or (due <= now and is_working_time(now, exceptions, hours)):
            late.append((case, row))
    named = {_name(case, row.organisation, row.invited_at): (case.id, row.organisation) for case, row in late}
    done = once.list_done(session, named)
    return [found for name, found in named.items() if name not in done]


def ask_again(session: Session, case_id: int, organisation: str, now: datetime) -> None:
    """Once for each invitation."""
    case = stored.find_case(session, case_id, lock=True)
    row = stored_helping.find(session, case_id, organisation)
    if case is None or row is None or row.state != "invited" or not helping.is_invited(session, case, organisation):
        return
    if not once.claim(session, _name(case, organisation, row.invited_at), now):
        return
    _remind(session, case, organisation, now)
    office, danger = views.name_office(organisation, LANGUAGE), bool(case.danger)
    words = say(LANGUAGE, "helping.told_silent", number=case.number, office=office)
    office_lines.tell(session, case, case.owner, words, now, waits=not danger, urgent=danger)


def _remind(session: Session, case: Case, organisation: str, now: datetime) -> None:
    owner = views.name_office(case.owner, LANGUAGE)
    words = say(LANGUAGE, "helping.still_asked", number=case.number, office=owner)
    bound = groups.list_bound(session, organisation)
    if not bound:
        mailing.queue_mail(session, organisation, "help", case, now, words=words)
    taps = [
        QuickReply.postback(say(LANGUAGE, f"button.{verb}"), f"g:{case.id}:{verb}")
        for verb in helping.BUTTONS["invited"]
    ]
    for chat_id in bound:
        shown = lasting(words, taps, side_by_side=True)
        outbox.queue(session, chat_id, shown, kind="reminder", case_id=case.id, urgent=bool(case.danger))


def _name(case: Case, organisation: str, invited_at: datetime) -> str:
    return f"help_silent:{case.id}:{organisation}:{invited_at:%Y%m%d%H%M%S}"
