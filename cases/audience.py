"""Who hears what becomes of a case: the person who told it, and those who joined it.

A follower hears that the office moves, never what it has to do with the reporter: no name, number or words of theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from cases.statuses import Action, Role
from storage import askings, followers, reporters
from storage.models import Case, HistoryEntry


@dataclass(frozen=True, slots=True)
class Told:
    """One person to be told, in their language; `follower`: the case is somebody else's."""

    chat_id: str
    language: str
    follower: bool


def list_told(session: Session, case: Case, *, new: bool = False) -> list[Told]:
    """The reporter first, then the followers. Whoever has blocked us is left out: LINE would drop it unsaid.

    A `new` case has its reporter alone, who is writing to us just now. Of a confidential case nobody but its
    reporter hears, whoever joined it before it was one.
    """
    if new:
        writing = reporters.get_reporter(session, case.reporter_id).line_user_id
        return [Told(writing, case.language, follower=False)] if writing else []
    told = [
        Told(chat_id, case.language if key == case.reporter_id else language or "th", key != case.reporter_id)
        for key, chat_id, language in followers.list_told(session, case.id, case.reporter_id)
    ]
    heard = [one for one in told if not (one.follower and case.confidential)]
    return sorted(heard, key=lambda one: one.follower)


def find_reporter(session: Session, case: Case) -> Told | None:
    """The reporter alone, for what is asked of them; None where nothing can be said to them."""
    return next((one for one in list_told(session, case) if not one.follower), None)


def can_answer(session: Session, case: Case) -> bool:
    """Whether there is anybody whom an office may ask: not where the reporter left the case to its followers, or has
    blocked us.
    """
    return not (reporters.get_reporter(session, case.reporter_id).is_nobody or has_blocked(session, case))


def has_blocked(session: Session, case: Case) -> bool:
    """Whether its reporter is in LINE, and lets us say nothing there."""
    chat_id = reporters.get_reporter(session, case.reporter_id).line_user_id
    return chat_id is not None and askings.has_blocked(session, chat_id)


def count_answers(told: Sequence[HistoryEntry]) -> dict[str, int]:
    """What followers last said of how it is now, since an office last called it done: how many said which."""
    done = max((entry.id for entry in told if entry.action in (Action.RESOLVE, Action.NOT_FOUND)), default=0)
    last = {
        entry.actor_id: entry.details["follower_says"]
        for entry in told
        if entry.id > done and entry.role == Role.FOLLOWER and "follower_says" in entry.details
    }
    return {answer: count for answer in ("yes", "partly", "no") if (count := list(last.values()).count(answer))}
