"""The questions of an office that a reporter has still to answer, each apart where there are several."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from cases import going_back, questions
from cases.standing import list_standing
from cases.statuses import Action, Status
from storage import cases as stored
from storage import once
from storage.models import Case, HistoryEntry

READERS = "th"  # offices
# What history holds of words that an office was shown before they go: their kind, and that the case was noted by
# them: who is told of that hears it with them, if they are sent at once.
SHOWN = ("question", "waiting")
BEHIND = "behind"


def list_open(session: Session, case: Case) -> list[HistoryEntry]:
    """What the office waits to hear, oldest first; nothing once it waits no more."""
    first = going_back.find_open_question(session, case) if case.status == Status.NEEDS_INFO else None
    if first is None:
        return []
    told = stored.list_history(session, case.id)
    return [one for one in _list_asked(told) if one.id >= first.id and not _is_answered(told, one)]


def list_left(session: Session, case: Case, answered: HistoryEntry) -> list[HistoryEntry]:
    """What was asked beside the question that was just answered, and is not answered yet."""
    told = stored.list_history(session, case.id)
    return [one for one in _list_round(told, answered) if one.id != answered.id and not _is_answered(told, one)]


def find_unsent(session: Session, case: Case) -> HistoryEntry | None:
    """The words of an office that it was shown last and neither sent nor left, where it has made no step since."""
    for entry in reversed(stored.list_history(session, case.id)):
        if any(entry.details.get(mark) is True for mark in SHOWN):
            return None if once.find_when(session, _name_left(entry)) else entry
        if entry.action in going_back.OFFICE_STEPS and not entry.details.get(BEHIND):
            return None
    return None


def leave_unsent(session: Session, entry: HistoryEntry, now: datetime) -> None:
    """They are not to be sent, and not offered again."""
    once.claim(session, _name_left(entry), now)


def _name_left(entry: HistoryEntry) -> str:
    return f"words_left:{entry.id}"


def find_asked(session: Session, case: Case, key: str) -> HistoryEntry | None:
    """A question of this case by its key, whether or not it is still open; none that was taken back."""
    told = stored.list_history(session, case.id)
    return next((one for one in _list_asked(told) if str(one.id) == key), None)


def find_taken_back(session: Session, entry: HistoryEntry) -> HistoryEntry | None:
    """The question that this step took back, if it did: it needs no answer any more."""
    undone = entry.details.get("undone") if entry.action == Action.UNDO else None
    step = stored.find_history(session, int(undone)) if undone else None
    return step if step is not None and step.action == Action.ASK else None


def has_taken_back(session: Session, case: Case, *, key: str = "", since: datetime | None = None) -> bool:
    """Whether a question of this case was taken back, this one or since then, and its reporter said nothing since."""
    for entry in reversed(stored.list_history(session, case.id)):
        if (since is not None and entry.at < since) or (not key and entry.action in (Action.ANSWER, Action.ADD)):
            return False
        asked = find_taken_back(session, entry)
        if asked is not None and key in ("", str(asked.id)):
            return True
    return False


def find_shown(session: Session, case: Case, moment: datetime) -> HistoryEntry | None:
    """The question that a message of that moment asked: the latest that was not answered by then."""
    told = stored.list_history(session, case.id)
    before = [one for one in told if one.at <= moment]
    asked = [one for one in _list_asked(told) if one.at <= moment]
    still = [one for one in asked if not _is_answered(before, one)]
    found = still or asked
    return found[-1] if found else None


def write(asked: HistoryEntry, language: str) -> str:
    """What an office asks: a ready-made question in the reader's language, else in the words it was written in."""
    ready = questions.find(str(asked.details.get("ready") or ""))
    return ready.say(language) if ready is not None else asked.note or ""


def find_named(told: Sequence[HistoryEntry], answer: HistoryEntry) -> str | None:
    """The question that a line answers, where others were asked beside it; else nobody has to be told which."""
    key = answer.details.get("question")
    asked = next((one for one in _list_asked(told) if one.id == key), None)
    if asked is None or len(_list_round(told, asked)) < 2:
        return None
    return write(asked, READERS)


def _list_asked(told: Sequence[HistoryEntry]) -> list[HistoryEntry]:
    return [one for one in list_standing(told) if one.action == Action.ASK]


def _list_round(told: Sequence[HistoryEntry], asked: HistoryEntry) -> list[HistoryEntry]:
    """The questions asked while one wait lasted."""
    rounds: list[list[HistoryEntry]] = []
    for one in _list_asked(told):
        if one.from_status != Status.NEEDS_INFO or not rounds:
            rounds.append([])
        rounds[-1].append(one)
    return next((round for round in rounds if any(one.id == asked.id for one in round)), [asked])


def _is_answered(told: Sequence[HistoryEntry], asked: HistoryEntry) -> bool:
    return any(one.details.get("question") == asked.id and one.action in (Action.ANSWER, Action.ADD) for one in told)
