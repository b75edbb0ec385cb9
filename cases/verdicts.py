"""Whether what an office calls done is done: heard in a citizen's own sentence, and put on record.

The words are data (`verdicts.toml`), only for someone who has just been asked that; "well" is taken only where
nothing makes it unsure.
"""

import tomllib
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from sqlalchemy.orm import Session

from cases.phrases import PhraseIndex, normalise
from cases.statuses import Action, Status
from storage import cases as stored
from storage.models import Case, HistoryEntry

_FILE = Path(__file__).with_name("verdicts.toml")
LONGEST = 200  # letters; whoever writes more tells a story, not a verdict
LONGEST_SLIP = 80
SPAN = 24  # letters between "still" and "there" where they are said of one thing
Verdict = Literal["yes", "partly", "no"]
SILENT = "silent"  # nobody said anything in time
UNASKED = "unasked"  # how a case ends whose reporter nothing reached, and whom nobody rang: no verdict at all
DECIDED = ("upheld", "declined")  # how an officer closes what was disputed or declined
# Why it is not done, ready-made; their words stand in the catalogue.
REASONS = {
    "partly": ("unfinished", "untidy", "other_spot", "leftover"),
    "no": ("nobody_came", "same", "back_again", "other_spot"),
}
# For how long an answer may still be taken back, by the answer that closed the case.
CHANGED_WITHIN = {"yes": timedelta(days=7), SILENT: timedelta(days=30), UNASKED: timedelta(days=30)}
RATED_WITHIN = timedelta(days=1)  # from the first stars on


def record_verdict(session: Session, case: Case, verdict: str, now: datetime) -> None:
    """What the reporter says now of the office's "done"; stars were for a good end, and go with it.

    Beside the step of the case's life (CONFIRM, DISPUTE, or the CLOSE of silence), in the same transaction.
    """
    if verdict not in ("yes", "partly", "no", SILENT):
        raise ValueError(f"verdict of {case.number}: {verdict!r} is none of yes, partly, no, silent")
    case.verdict = verdict
    if verdict != "yes":
        case.stars = None
    case.updated_at = now


def may_reopen(session: Session, case: Case, now: datetime) -> bool:
    """Whether the reporter of a closed case may still say that it is not done after all."""
    closed = find_closing(session, case)
    answer = case.verdict or (closed.details.get("answer") if closed else None)
    within = CHANGED_WITHIN.get(answer or "")
    return bool(within and closed and case.status == Status.CLOSED and now - closed.at <= within)


def may_confirm_late(case: Case) -> bool:
    """Whether nobody has said yet that a closed case is well: silence closed it."""
    return case.status == Status.CLOSED and case.verdict == SILENT


def may_rate(session: Session, case: Case, now: datetime) -> bool:
    """Whether stars are taken: of what the reporter said to be well, and for a day after the first ones."""
    if case.status != Status.CLOSED or case.verdict != "yes":
        return False
    closed = find_closing(session, case)
    since = closed.id if closed else 0
    rated = [entry for entry in stored.list_history(session, case.id) if entry.id > since and "stars" in entry.details]
    return not rated or now - rated[0].at <= RATED_WITHIN


def find_closing(session: Session, case: Case) -> HistoryEntry | None:
    """The line of history with which the case ended."""
    told = stored.list_history(session, case.id)
    return next((entry for entry in reversed(told) if entry.action in (Action.CONFIRM, Action.CLOSE)), None)


def find_verdict(text: str) -> Verdict | None:
    """`partly`, `no` or `yes`; None where the sentence says neither."""
    if len(text) > LONGEST:
        return None
    plain, lists = normalise(text), _load()
    if _has(lists["partly"], plain):
        return "partly"
    if _has(lists["no"], plain):
        return "no"
    return "yes" if _has(lists["yes"], plain) and not _has(lists["doubt"], plain) else None


def says_still(text: str) -> bool:
    """Whether words say that something is so as before, rather than that it is so again."""
    return _has(_load()["still"], normalise(text))


def begins_undone(text: str) -> bool:
    """Whether words begin with that something is not done, or not wholly."""
    plain, lists = normalise(text), _load()
    return any(at == 0 for name in ("no", "partly") for _, at in lists[name].find_all(plain))


def says_lasting(text: str) -> bool:
    """Whether words say of something that it goes on: "the water is still there"."""
    if len(text) > LONGEST:
        return False
    plain, lists = normalise(text), _load()
    begins = [at for _, at in lists["still"].find_all(plain)]
    ends = [at for _, at in lists["lasts"].find_all(plain)]
    return any(0 < end - begin <= SPAN for begin in begins for end in ends)


def says_slip(text: str) -> bool:
    """Whether the writer says that an answer or a rating of theirs was a wrong tap, or is to be another one."""
    if len(text) > LONGEST_SLIP or find_verdict(text) in ("partly", "no"):
        return False
    plain, lists = normalise(text), _load()
    found = next(lists["slip"].find_all(plain), None)
    return found is not None and not _has(lists["others"], plain[: found[1]])


def _has(phrases: PhraseIndex, plain: str) -> bool:
    return next(phrases.find_all(plain), None) is not None


@cache
def _load() -> dict[str, PhraseIndex]:
    with _FILE.open("rb") as file:
        return {name: PhraseIndex(phrases) for name, phrases in tomllib.load(file).items()}
