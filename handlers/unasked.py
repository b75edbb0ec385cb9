"""Words or a photo that come with no question open, from a person with an open case: it is asked what they are."""

from bot.messages.track_cards import MOST_CARDS
from cases import views
from cases.shield import is_delicate
from cases.statuses import OVER, Status
from flows import addition, unasked, words
from flows.answers import Answer
from flows.engine import Rejected
from handlers import conversing
from handlers.turn import Turn
from storage import cases as stored
from storage import reporters
from storage.conversations import Standing

LOOKED_AT = 50  # of a person's newest cases, for those that are open
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
    if not mine:
        return False
    try:
        gathered = addition.gather(answer, {})
    except Rejected:
        return False
    choices = [[case.id, case.number, views.name_category(case.category, standing.language)] for case in mine]
    conversing.begin(turn, standing, unasked.UNASKED.name, {**gathered.slots, "choices": choices})
    return True
