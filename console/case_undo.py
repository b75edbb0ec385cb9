"""The latest thing done to a case, where whoever looks at it may take it back: a step, or a correction."""

from sqlalchemy.orm import Session

from cases import correcting, decisions, desk_lines, office_updates, reached
from cases.going_back import DECISION
from cases.statuses import Action
from cases.views import name_office
from console import case_steps
from console.case_story import Story
from console.desk import Desk
from console.permissions import Right
from storage.models import Case, HistoryEntry


def find_latest(session: Session, case: Case, desk: Desk) -> HistoryEntry | None:
    """What an undo by this person would take back now."""
    if not desk.may(Right.ACT):
        return None
    if not desk.staff.of_omb and not office_updates.is_with(case, desk.staff.organisation):
        return None
    may_decide = desk.may(Right.DECIDE)
    corrected = correcting.find_undoable(session, case) if may_decide else None
    handed = correcting.find_handed_out(session, case, desk.now) if may_decide and not corrected else None
    step = corrected or handed or office_updates.find_latest_step(session, case, case_steps.act_as(desk))
    if step is None and may_decide and desk.staff.of_omb:
        step = decisions.find_decided(session, case, desk.now)
    if step is not None and correcting.find_corrected_with(session, case, step) and not desk.may(Right.DECIDE):
        return None
    return step


def see_undo(session: Session, case: Case, desk: Desk, story: Story) -> dict[str, object]:
    """For the page: the line of history that may be taken back, 0 where none may, and the words that ask for it.

    They name the step, whose it was, and that the reporter is told, where they are.
    """
    latest = find_latest(session, case, desk)
    if latest is None:
        return {"undo": 0, "undo_words": ""}
    told = "" if reached.find_way(session, case) else desk.say("console.case.undo_told")
    if latest.action == Action.DISPATCH:
        office = name_office(latest.details.get("to", case.owner), desk.language)
        with_place = latest.details.get(correcting.CORRECTED) is not None
        words = desk.say(f"console.case.undo_ask_{'handed' if with_place else 'placed'}", office=office)
        return {"undo": latest.id, "undo_words": f"{words} {told}".strip()}
    corrects = latest.action == Action.CORRECT
    both = correcting.find_corrected_with(session, case, latest) is not None
    asked = "undo_ask_correction" if corrects else "undo_ask_both" if both else "undo_ask"
    what = desk.say("console.case.undo_what", step=story.name_step(latest), who=story.name_actor(latest))
    words = " ".join(part for part in (desk.say(f"console.case.{asked}"), what, "" if corrects else told) if part)
    return {"undo": latest.id, "undo_words": words}


def take_back(session: Session, case: Case, entry_id: int, desk: Desk) -> bool:
    """Take it back, if it is still the latest; the caller holds the case's row."""
    latest = find_latest(session, case, desk)
    if latest is None or latest.id != entry_id:
        return False
    actor = case_steps.act_as(desk)
    if latest.action == Action.CORRECT:
        return correcting.undo(session, case, entry_id, actor, desk.now) is not None
    if latest.action in (Action.CLOSE, Action.REOPEN) or DECISION in latest.details:
        return decisions.take_back(session, case, entry_id, actor, desk.now) is not None
    if latest.action == Action.DISPATCH:
        return correcting.undo_handing_out(session, case, latest, actor, desk.now)
    corrected = correcting.find_corrected_with(session, case, latest)
    if corrected is not None:  # the place and the offer were one step for whoever made them
        if correcting.undo_with_offer(session, case, corrected, latest, actor, desk.now):
            desk_lines.tell_group(session, case, actor, desk.staff.name)
            return True
        return False
    if office_updates.undo(session, case, entry_id, actor, desk.now) is None:
        return False
    if latest.action != Action.ACCEPT:  # both offices have heard what became of the offer
        desk_lines.tell_group(session, case, actor, desk.staff.name)
    return True
