"""Words or a photo that come with no question open, from a person with an open case: it is asked what they are.

So is what plainly tells of another problem where a picture of one that is not done was asked for.
"""

from collections.abc import Sequence
from datetime import timedelta

from bot.messages.track_cards import MOST_CARDS
from cases import naming_apart, verdicts
from cases.danger import find_danger
from cases.shield import is_delicate
from cases.statuses import OVER, Status
from flows import addition, unasked, words
from flows.answers import Answer
from flows.dispute import DISPUTE
from flows.engine import Rejected
from handlers import adding, conversing
from handlers.turn import Turn
from storage import cases as stored
from storage import reporters
from storage.conversations import Standing
from storage.models import Case

LOOKED_AT = 50  # of a person's newest cases, for those that are open
SAYS_MORE = timedelta(minutes=10)  # what comes later is a matter of its own
KINDS = frozenset({"text", "image", "video", "audio"})


def take(turn: Turn, standing: Standing, answer: Answer) -> bool:
    """Ask whether this is a new matter, where that is not plain. True if taken."""
    if conversing.is_talking(standing) or answer.kind not in KINDS:
        return False
    if answer.kind == "text" and (
        unasked.tells_new(answer.text) or is_delicate(answer.text) or words.is_link(answer.text)
    ):
        return False
    reporter = reporters.find_line_reporter(turn.session, standing.chat_id)
    mine = stored.list_by_reporter(turn.session, reporter.id, LOOKED_AT) if reporter else []
    mine = [case for case in mine if Status(case.status) not in OVER][:MOST_CARDS]
    return bool(mine) and _ask(turn, standing, answer, mine)


def take_in_dispute(turn: Turn, standing: Standing, answer: Answer) -> bool:
    """In the middle of "why is it not done?": a problem of another kind, or one told long after. True if asked.

    What says that something still is so, or tells of danger, is the officers' at once.
    """
    if standing.flow != DISPUTE.name or answer.kind != "text" or not _tells_of_a_problem(answer.text):
        return False
    draft = conversing.load(standing)[1]
    late = standing.draft_at is not None and turn.now - standing.draft_at > SAYS_MORE
    case = stored.find_case(turn.session, int(draft.slots["case_id"]))
    if case is None or conversing.PARKED in draft.slots or (draft.asked != "proof" and not late):
        return False
    return (late or adding.tells_of_another([case], answer)) and _ask(turn, standing, answer, [case])


def _tells_of_a_problem(text: str) -> bool:
    if is_delicate(text) or find_danger(text) or verdicts.says_still(text):
        return False
    return verdicts.find_verdict(text) not in ("no", "partly") and unasked.tells_new(text)


def _ask(turn: Turn, standing: Standing, answer: Answer, mine: Sequence[Case]) -> bool:
    try:
        gathered = addition.gather(answer, {})
    except Rejected:
        return False
    names = naming_apart.name_apart(mine, standing.language)
    choices = [[case.id, case.number, name] for case, name in zip(mine, names, strict=True)]
    conversing.begin(turn, standing, unasked.UNASKED.name, {**gathered.slots, "choices": choices})
    return True
