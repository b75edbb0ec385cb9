"""That something is still not done, said with no quote and no number: of which case, or is it a new matter?

Asked where one of the person's cases waits for their answer or has lately ended, and where the words name the kind of
one that is open. What is chosen goes the way that the same words take as a quote.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from cases import naming_apart, verdicts
from cases.danger import find_danger
from cases.shield import is_delicate
from cases.statuses import OVER, Status
from cases.triage import suggest
from flows import addition, unasked, words
from flows.answers import Answer
from flows.engine import Rejected
from flows.whose import OBJECTS, WHOSE
from handlers import adding, brought_along, closure, closure_words, conversing, tracking
from handlers.turn import Turn
from storage import cases as stored
from storage import reporters
from storage.conversations import Standing
from storage.models import Case

LOOKED_AT = 50  # of a person's newest cases
MOST_CHOICES = 8
KEPT = ("pieces", "words", "media")  # what came before the words that object
LATELY = timedelta(days=30)  # since it ended: what comes later is a matter of its own


def take(turn: Turn, standing: Standing, answer: Answer) -> bool:
    """With no conversation open: keep the words, and ask which case they are about. True if taken."""
    if conversing.is_talking(standing) or answer.kind != "text" or not _objects(answer.text):
        return False
    return _ask(turn, standing, answer, {})


def take_after_photo(turn: Turn, standing: Standing, answer: Answer) -> bool:
    """A photo came unasked, and with the question what it is the words how a case is. True if taken."""
    if standing.flow != unasked.UNASKED.name or answer.kind != "text":
        return False
    if not _is_pleased(answer.text) and not _objects(answer.text):
        return False
    draft = conversing.load(standing)[1]
    kept = {name: draft.slots[name] for name in KEPT if draft.slots.get(name)}
    return draft.asked == "unasked" and _ask(turn, standing, answer, kept)


def _ask(turn: Turn, standing: Standing, answer: Answer, kept: Mapping[str, Any]) -> bool:
    meant = _list_meant(turn, standing, answer.text)
    if not meant:
        return False
    try:
        gathered = addition.gather(answer, kept)
    except Rejected:
        return False
    names = naming_apart.name_apart(meant, standing.language)
    choices = [[case.id, case.number, name] for case, name in zip(meant, names, strict=True)]
    conversing.begin(turn, standing, WHOSE.name, {**kept, **gathered.slots, "choices": choices, OBJECTS: True})
    return True


def settle(turn: Turn, standing: Standing, slots: Mapping[str, Any]) -> None:
    """The case that was chosen: not done after all where it was called done, else more words for its office."""
    case = stored.find_case(turn.session, int(slots["whose"]), lock=True)
    text, pieces, photos = slots.get("words") or "", slots.get("pieces") or (), list(slots.get("media") or ())
    called_done = case is not None and case.status in (Status.RESOLVED, Status.CLOSED)
    if case is None or not called_done or not tracking.is_mine(turn, standing, case):
        adding.take_addition(turn, standing, {**slots, "case_id": slots["whose"]})
        return
    if _is_pleased(text):
        closure.judge(turn, standing, case, "yes")
        if photos:
            brought_along.keep(turn, standing, case, photos)
        return
    answer = "partly" if verdicts.find_verdict(text) == "partly" else "no"
    if not closure.take_objection(turn, standing, case, answer, text, told_in=_find_first(pieces)):
        closure.judge(turn, standing, case, answer, text, told_by=pieces, photos=photos)
    if photos and case.status == Status.DISPUTED:
        adding.add_at_once(turn, standing, case, "", photos)
    else:
        conversing.set_aside(turn, photos)


def _is_pleased(text: str) -> bool:
    """Whether words say of a case that it is well, and nothing against an official beside it."""
    return "yes" in (words.find_closure(text), verdicts.find_verdict(text)) and not is_delicate(text)


def _objects(text: str) -> bool:
    """Whether words say that something told before is as it was; not what plainly begins a report.

    Danger is heard so only where it is said that something is not done.
    """
    if words.is_small_talk(text) or words.begins_report(text) or is_delicate(text):
        return False
    undone = verdicts.find_verdict(text) in ("no", "partly")
    said = undone or (verdicts.says_lasting(text) and not find_danger(text))
    return said and (verdicts.says_still(text) or closure_words.begins_with_answer(text) or not unasked.tells_new(text))


def _list_meant(turn: Turn, standing: Standing, text: str) -> list[Case]:
    """Which cases it may be of, those called done first. None where what is said elsewhere asks enough.

    That one is well is said of what an office calls done.
    """
    reporter = reporters.find_line_reporter(turn.session, standing.chat_id)
    mine = stored.list_by_reporter(turn.session, reporter.id, LOOKED_AT) if reporter else []
    if _is_pleased(text):
        waiting = [case for case in mine if case.status == Status.RESOLVED]
        return [case for case in waiting if words.find_closure(text) or closure_words.judges(case, "yes", text)]
    ended = [case for case in mine if case.status == Status.RESOLVED or _has_lately_ended(turn, case)]
    begun = [case for case in mine if Status(case.status) not in OVER and case.status != Status.RESOLVED]
    suggestion = suggest(text)
    if not suggestion.confident:
        return [*ended, *begun][:MOST_CHOICES] if ended else []
    same = [case for case in (*ended, *begun) if case.category == suggestion.codes[0]]
    # Words of another kind of problem that goes on may still be of one that was told under another name.
    answers = closure_words.begins_with_answer(text)
    other = ended if answers or (verdicts.says_lasting(text) and not same) else []
    return [*same, *(case for case in other if case not in same)][:MOST_CHOICES]


def _has_lately_ended(turn: Turn, case: Case) -> bool:
    closed = verdicts.find_closing(turn.session, case) if case.status == Status.CLOSED else None
    return closed is not None and turn.now - closed.at <= LATELY


def _find_first(pieces: Sequence[Sequence[str]]) -> str | None:
    return pieces[0][0] or None if pieces else None
