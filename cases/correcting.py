"""Officers put right what kind of problem a case is, or where it lies, with all that hangs on it.

Clocks, what it is taken for alike with, and who must not see it follow in the same transaction; figures and search
follow by themselves. Another district does not take the case by that: it is handed over as any case is, if at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from cases import (
    category_clocks,
    corrected_lines,
    danger_pace,
    decisions,
    going_back,
    lifecycle,
    mailing,
    office_lines,
    office_updates,
    pairing,
    shielding,
    telling,
    transfers,
    unsaid,
    views,
)
from cases.categories import get_category
from cases.desk import OMB, STEPS
from cases.intake_by_staff import SEEN
from cases.office_updates import Update
from cases.standing import list_standing
from cases.statuses import Action, Actor, Role, Status
from storage import cases as stored
from storage import groups
from storage.models import Case, HistoryEntry
from texts.catalog import say

LANGUAGE = "th"  # offices work in Thai
CATEGORY, PLACE, DANGER = "category", corrected_lines.PLACE, corrected_lines.DANGER
# In history, of a case that was handed out and may be brought back: the correction that this went with, if any.
CORRECTED = "corrected"
KHET = "district:"
NO_OFFICE = frozenset({Role.STAFF, Role.REPORTER, Role.FOLLOWER})
RETURN_WITHIN = timedelta(minutes=15)  # a case that was handed out comes back without the office's doing
# What history keeps of a place; the case has no more of it.
_PARTS = ("place", "latitude", "longitude", "district", "alternatives", "routed_by")


class CannotCorrect(Exception):
    """It cannot be put right so: the key of the words that say why. What was begun must not be kept."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Handing:
    """The office in whose district the case lies now, and how it could go there: handed out, offered, or why not."""

    to: str
    way: Action | None
    hindrance: str = ""


def may_correct(case: Case) -> bool:
    """Whether officers may put it right as it stands."""
    return lifecycle.find_rule(Status(case.status), Action.CORRECT, Role.STAFF) is not None


def correct_category(
    session: Session,
    case: Case,
    category: str,
    actor: Actor,
    now: datetime,
    *,
    reason: str,
    danger: bool = False,
    message_id: str | None = None,
) -> HistoryEntry:
    """It is of this kind, and (`danger`) somebody may come to harm. Raises CannotCorrect, IllegalTransition.

    A kind that is the Ombudsman's alone takes it out of the sight of its office. The caller holds the case's row.
    """
    kind, before = get_category(category), case.category
    raised = danger and not case.danger
    if category == before and not raised:
        raise CannotCorrect("correct.is_so")
    details: dict[str, Any] = {"what": CATEGORY, "before": before, "after": category}
    case.category = category
    if raised:
        case.danger = [SEEN]
        details |= {"danger": True} | danger_pace.keep_told(session, case) | corrected_lines.mark_unheard(session, case)
    if kind.confidential and shielding.shield(session, case, actor, now, reason=reason, message_id=message_id):
        details["shielded"] = True
    kept = category_clocks.follow_category(session, case, now)
    kept += category_clocks.hasten(session, case, now) if raised else []
    entry = _apply(session, case, actor, now, reason, details | {"clocks": kept}, message_id)
    if raised:
        danger_pace.begin(session, case, entry, now)
    if not details.get("shielded"):
        corrected_lines.tell(session, case, entry, now)
    return entry


def lower_danger(
    session: Session, case: Case, actor: Actor, now: datetime, *, reason: str, message_id: str | None = None
) -> HistoryEntry:
    """Nobody comes to harm, whoever said so: its time is that of other cases. Raises CannotCorrect, IllegalTransition.

    The caller holds the case's row.
    """
    before = list(case.danger)
    if not before:
        raise CannotCorrect("correct.is_so")
    case.danger = []
    danger_pace.end(session, case)
    kept = category_clocks.calm(session, case, now) + category_clocks.follow_category(session, case, now)
    details = {"what": DANGER, "before": before, "after": [], "clocks": kept} | corrected_lines.mark_calm(case, now)
    entry = _apply(session, case, actor, now, reason, details, message_id)
    corrected_lines.tell(session, case, entry, now)
    return entry


def correct_place(
    session: Session,
    case: Case,
    where: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    *,
    reason: str,
    hand_over: bool = False,
    message_id: str | None = None,
) -> HistoryEntry:
    """It lies there: `where` is as a conversation keeps it. `hand_over`: to the office of the district, by the way that
    `find_handing` names. Raises CannotCorrect, IllegalTransition. The caller holds the case's row.
    """
    before, after = _see_place(case), _read_place(where)
    if after | {"routed_by": ""} == before | {"routed_by": ""} and not hand_over:
        raise CannotCorrect("correct.is_so")
    _set_place(case, after)
    handing = find_handing(session, case) if hand_over else None
    if hand_over and (handing is None or handing.way is None):
        raise CannotCorrect((handing.hindrance if handing is not None else "") or "correct.no_handing")
    details = {"what": PLACE, "before": before, "after": after}
    details |= {"handed": handing.to} if handing is not None else {}
    entry = _apply(session, case, actor, now, reason, details, message_id)
    if handing is None or handing.way is not Action.DISPATCH:  # whoever loses it need not know where it lies
        corrected_lines.tell(session, case, entry, now)
    if handing is not None:
        _hand_over(session, case, handing, actor, now, reason, entry)
    return entry


def find_handing(session: Session, case: Case) -> Handing | None:
    """The office that would have got it where it lies now; None where it has it, or the place does not decide."""
    by_place = case.owner == OMB or case.owner.startswith(KHET)
    if case.district is None or case.owner == case.district or case.confidential or not by_place:
        return None
    if case.transfer_to == case.district:
        return None
    if decisions.may_place(case):
        able = mailing.can_reach(session, case.district)
        return Handing(case.district, Action.DISPATCH if able else None, "" if able else "transfer.unreachable")
    if lifecycle.find_rule(Status(case.status), Action.TRANSFER, Role.STAFF) is None:
        return None
    hindrance = transfers.find_hindrance(session, case, case.district)
    return Handing(case.district, None if hindrance else Action.TRANSFER, hindrance or "")


def keep_return(case: Case, step: HistoryEntry | None = None) -> dict[str, Any]:
    """What history is to keep of a case that is handed out now, lest it cannot be brought back; nothing where another
    office is being asked to take it. `step`: the correction that this goes with.
    """
    if case.transfer_to is not None:
        return {}
    accepting = case.acknowledge_by.isoformat() if case.acknowledge_by else None
    return {CORRECTED: step.id if step is not None else None, "acknowledge_by": accepting}


def _hand_over(
    session: Session, case: Case, handing: Handing, actor: Actor, now: datetime, reason: str, step: HistoryEntry
) -> None:
    if handing.way is Action.DISPATCH:
        details, words, form = keep_return(case, step), reason, step.message_id
        decisions.place(session, case, handing.to, actor, now, words=words, details=details, message_id=form)
        return
    offer = Update(Action.TRANSFER, reason, message_id=step.message_id, receiver=handing.to)
    office_updates.take_update(session, case, offer, actor, now)


def find_undoable(session: Session, case: Case) -> HistoryEntry | None:
    """The correction that may be taken back: the latest thing done to the case that stands, and nobody lost sight of
    it by that.
    """
    last = going_back.find_standing_correction(session, case)
    if last is None or not may_correct(case):
        return None
    return None if "shielded" in last.details else last


def undo(session: Session, case: Case, entry_id: int, actor: Actor, now: datetime) -> HistoryEntry | None:
    """Take a correction back; None where something has happened since. It stands in the history like any other."""
    step = find_undoable(session, case)
    if step is None or step.id != entry_id:
        return None
    return put_back(session, case, step, actor, now)


def put_back(
    session: Session, case: Case, step: HistoryEntry, actor: Actor, now: datetime, *, quietly: bool = False
) -> HistoryEntry:
    """As it was before this correction, whatever was done since; whoever takes it back sees to that."""
    before, after = step.details["before"], step.details["after"]
    if step.details["what"] == PLACE:
        _set_place(case, before)
    elif step.details["what"] == DANGER:
        case.danger = before
    else:
        case.category = before
        case.danger = [] if step.details.get("danger") else case.danger
    category_clocks.put_back(session, case, step.details.get("clocks", ()), now)
    details = {"what": step.details["what"], "before": after, "after": before, "undone": step.id}
    if step.details.get("danger"):
        heard = danger_pace.find_heard(session, case, step)
        details |= corrected_lines.mark_calm(case, now, unsure=heard is not None)
        if heard is not None:
            danger_pace.tell_again(session, case, heard, now)
        else:
            danger_pace.end(session, case)
    elif step.details.get("calm"):
        details["danger"] = True
    entry = _apply(session, case, actor, now, None, details, None)
    if details.get("danger"):
        danger_pace.begin(session, case, entry, now)
    if not quietly:
        corrected_lines.tell(session, case, entry, now)
    return entry


def find_corrected_with(session: Session, case: Case, offer: HistoryEntry) -> HistoryEntry | None:
    """The correction of the place that this offer to another office went with: they are taken back together."""
    if offer.action != Action.TRANSFER or case.transfer_to is None:
        return None
    told = [entry for entry in stored.list_history(session, case.id) if entry.id < offer.id]
    last = told[-1] if told else None
    together = last is not None and last.action == Action.CORRECT and last.details.get("handed") == case.transfer_to
    return last if together and last is not None and "undone" not in last.details else None


def undo_with_offer(
    session: Session, case: Case, step: HistoryEntry, offer: HistoryEntry, actor: Actor, now: datetime
) -> bool:
    """Take back an offer and the correction it went with; False where something has happened since."""
    if office_updates.undo(session, case, offer.id, actor, now) is None:
        return False
    put_back(session, case, step, actor, now)
    return True


def find_handed_out(session: Session, case: Case, now: datetime) -> HistoryEntry | None:
    """That the case was handed out from its page, a moment ago, and it stands so: no office has written of it since.

    What a reporter or another citizen adds meanwhile hinders nobody, nor does a correction that was itself taken back.
    """
    last = stored.find_last_change(session, case.id)
    if last is None or last.action != Action.DISPATCH or CORRECTED not in last.details or case.confidential:
        return None
    told = [entry for entry in stored.list_history(session, case.id) if entry.id > last.id]
    corrected = any(one.action == Action.CORRECT and "undone" not in one.details for one in list_standing(told))
    since = corrected or any(one.role not in NO_OFFICE for one in told)
    return last if not since and now - last.at < RETURN_WITHIN else None


def undo_handing_out(session: Session, case: Case, handed: HistoryEntry, actor: Actor, now: datetime) -> bool:
    """Bring the case back from the office that it was handed out to, and its place with it, if that went along.

    Owner, clocks and what was promised are as before; whoever heard of it hears this too. False where something has
    happened since.
    """
    if find_handed_out(session, case, now) is not handed:
        return False
    went_with = handed.details[CORRECTED]
    step = stored.find_history(session, went_with) if went_with is not None else None
    before, office = str(handed.details["from"]), str(handed.details["to"])
    heard = unsaid.list_told(session, case)
    lifecycle.apply(session, case, Action.UNDO, actor, now)
    accepting = handed.details.get("acknowledge_by")
    case.acknowledge_by = datetime.fromisoformat(accepting) if accepting else None
    if step is not None:
        put_back(session, case, step, actor, now, quietly=True)
    name = views.name_office(office, LANGUAGE)
    status = views.name_status(Status(case.status), LANGUAGE)
    over = say(LANGUAGE, "transfer.over", number=case.number)  # else it has the case, and waits for the officers again
    again = say(LANGUAGE, "desk.group_undone", number=case.number, status=status)
    office_lines.tell_who_heard(session, case, office, over if before != office else again, now, heard)
    if before != office:
        words = say(LANGUAGE, "group.handing_undone", number=case.number, office=name)
        office_lines.tell_who_heard(session, case, before, words, now, heard)
    if case.danger and (case.owner == OMB or Status(case.status) in STEPS):  # its minutes run for the officers again
        for chat_id in groups.list_bound(session, OMB):
            telling.show_to_staff(session, case, chat_id, now)
    return True


def _apply(
    session: Session,
    case: Case,
    actor: Actor,
    now: datetime,
    reason: str | None,
    details: Mapping[str, Any],
    message_id: str | None,
) -> HistoryEntry:
    entry = lifecycle.apply(
        session, case, Action.CORRECT, actor, now, note=reason, details=details, message_id=message_id
    )
    pairing.compare_anew(session, case, now)
    return entry


def _see_place(case: Case) -> dict[str, Any]:
    return {part: getattr(case, part) for part in _PARTS} | {"alternatives": list(case.alternatives)}


def _read_place(where: Mapping[str, Any]) -> dict[str, Any]:
    org = str(where["org"])
    return {
        "place": where.get("words") or "",
        "latitude": where.get("lat"),
        "longitude": where.get("lng"),
        "district": org if org.startswith(KHET) else None,
        "alternatives": list(where.get("alternatives", ())),
        "routed_by": where["how"],
    }


def _set_place(case: Case, place: Mapping[str, Any]) -> None:
    for part in _PARTS:
        setattr(case, part, place[part])
