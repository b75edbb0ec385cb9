"""Following one's own cases: a list of them, one by its number, and what a stranger may know of one."""

from collections.abc import Sequence

from bot.messages import track_cards
from bot.messages.bubbles import quick_reply
from bot.messages.lasting import lasting
from bot.messages.track_cards import MyCaseView
from cases import asked, views
from cases.audience import Told
from cases.statuses import Actor, Role, Status
from handlers import conversing
from handlers.turn import Turn
from storage import cases as stored
from storage import followers, reporters
from storage.conversations import Standing
from storage.models import Case
from texts.catalog import say

SHOWN = 10
MOST_PAGES = 50
ASKED = 3


def list_mine(turn: Turn, standing: Standing, page: str = "") -> None:
    """My cases and those I follow, newest first, a screen at a time."""
    asked = int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 1
    number = min(max(asked, 1), MOST_PAGES)
    first = (number - 1) * SHOWN
    reporter = reporters.find_line_reporter(turn.session, standing.chat_id)
    mine = followers.list_mine_and_followed(turn.session, reporter.id, first + SHOWN + 1) if reporter else []
    shown = mine[first : first + SHOWN]
    cards = [_see(turn, standing, case, own=reporter is not None and case.reporter_id == reporter.id) for case in shown]
    if not cards and conversing.is_talking(standing):
        conversing.tell(turn, standing, "track.none")
        return
    message = track_cards.my_cases(cards, standing.language)
    own = [case for case in shown if reporter is not None and case.reporter_id == reporter.id]
    waiting = list_asked(turn, own)
    earlier = conversing.tap(standing, "talk.earlier_cases", f"m:track:{number + 1}")
    if len(mine) <= first + SHOWN:
        turn.say(message, kind="track")
    elif conversing.is_talking(standing) or waiting:
        # A question follows, and LINE shows the buttons of the last bubble alone.
        turn.say(message, kind="track")
        turn.say(lasting(say(standing.language, "talk.more_cases"), (earlier,)))
    else:
        turn.say(message | quick_reply((earlier,)), kind="track")
    ask(turn, standing, waiting)


def find_by_number(turn: Turn, standing: Standing, number: str) -> None:
    """One case by its number: whole for its reporter and followers; for others status and office, or nothing."""
    case = stored.find_case_by_number(turn.session, number)
    language = standing.language
    own = case is not None and is_mine(turn, standing, case)
    if case is not None and (own or is_followed(turn, standing, case)):
        card = track_cards.case_timeline(_see(turn, standing, case, own=own), language)
        turn.say(card, kind="track", case_id=case.id)
        ask(turn, standing, list_asked(turn, [case] if own else []))
    elif case is None or case.confidential:
        mine = conversing.tap(standing, "talk.my_cases", "m:track")
        conversing.tell_beside(turn, standing, "talk.number_unknown", mine, number=number)
        return
    else:
        status = views.name_status(Status(case.status), language)
        holder, moving = views.name_holder(case, language)
        turn.say(track_cards.stranger_view(case.number, status, holder, language, moving=moving), kind="track")
    conversing.ask_again(turn, standing)


def list_asked(turn: Turn, own: Sequence[Case]) -> list[Case]:
    """Of a person's own cases those of which an office asks something, or which they were never asked about."""
    open_now = [case for case in own if case.status == Status.NEEDS_INFO or asked.is_unsaid(turn.session, case)]
    return open_now[:ASKED]


def ask(turn: Turn, standing: Standing, cases: Sequence[Case]) -> None:
    """What is asked of them stands beside what they see of these cases."""
    for case in cases:
        asked.ask(turn.session, case, Told(standing.chat_id, standing.language, follower=False), turn.now)


def say_over(turn: Turn, standing: Standing, case: Case) -> None:
    """Nothing can be done to this case any more: what can be done instead; then the open question again."""
    status = views.name_status(Status(case.status), standing.language)
    buttons = conversing.new_or_mine(standing)
    conversing.tell_beside(turn, standing, "talk.case_over", *buttons, number=case.number, status=status)


def say_over_at_the_end(turn: Turn, standing: Standing, case: Case) -> None:
    """The same where a conversation about the case is just ending, so that nothing of it is asked again."""
    status = views.name_status(Status(case.status), standing.language)
    words = say(standing.language, "talk.case_over", number=case.number, status=status)
    turn.say(lasting(words, conversing.new_or_mine(standing)), case_id=case.id)


def is_mine(turn: Turn, standing: Standing, case: Case) -> bool:
    """Whether this chat's person told the case."""
    return reporters.get_reporter(turn.session, case.reporter_id).line_user_id == standing.chat_id


def is_followed(turn: Turn, standing: Standing, case: Case) -> bool:
    """Whether this chat's person follows the case, which somebody else told."""
    return not case.confidential and followers.is_following(turn.session, case.id, standing.chat_id)


def _see(turn: Turn, standing: Standing, case: Case, *, own: bool) -> MyCaseView:
    return views.see_mine(turn.session, case, standing.language, turn.now, follower=not own)


def act_as_reporter(standing: Standing) -> Actor:
    """This chat's person, as the history names who acts."""
    return Actor(Role.REPORTER, person=standing.chat_id, chat_id=standing.chat_id)
