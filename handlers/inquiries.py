"""What people ask of the account beside reporting: answered in a line, and never taken for a problem."""

from collections.abc import Callable

from bot.messages.bubbles import QuickReply
from bot.messages.track_cards import MOST_CARDS, my_cases
from cases import views
from cases.statuses import OVER, Status
from handlers import conversing, followed, my_data, own_cases
from handlers.turn import Turn
from storage import cases as stored
from storage import reporters
from storage.conversations import Standing
from storage.models import Case
from texts.catalog import say

LOOKED_AT = 50  # of a person's newest cases, for those that are open


def tell_events(turn: Turn, standing: Standing) -> None:
    """That no events are announced here yet."""
    conversing.tell_beside(turn, standing, "talk.no_events", *conversing.ways_on(standing)[:2])


def tell_office_phone(turn: Turn, standing: Standing) -> None:
    """That the numbers of offices are not here, and who helps."""
    call = QuickReply.uri(say(standing.language, "talk.call_1676"), "tel:1676")
    conversing.tell_beside(turn, standing, "talk.no_office_phone", call, *conversing.ways_on(standing)[:1])


def tell_no_matter(turn: Turn, standing: Standing) -> None:
    """Somebody tapped or wrote by mistake. A report of which nothing is told yet is closed."""
    if conversing.is_talking(standing) and not conversing.load(standing)[1].slots:
        conversing.leave(turn, standing)
    key = "talk.no_matter_on" if conversing.is_talking(standing) else "talk.no_matter"
    conversing.tell_beside(turn, standing, key, *conversing.ways_on(standing))


def choose_to_add(turn: Turn, standing: Standing) -> None:
    """Which of their open cases is to be added to? The only one needs no question."""
    reporter = reporters.find_line_reporter(turn.session, standing.chat_id)
    mine = stored.list_by_reporter(turn.session, reporter.id, LOOKED_AT) if reporter else []
    mine = [case for case in mine if Status(case.status) not in OVER]
    if not mine and conversing.is_talking(standing):  # what is being told is what they mean
        conversing.tell_beside(turn, standing, "addition.ask")
    elif not mine:
        conversing.tell_beside(turn, standing, "talk.withdraw_none", *conversing.ways_on(standing))
    elif len(mine) == 1:
        kind = views.name_category(mine[0].category, standing.language)
        conversing.tell(turn, standing, "talk.add_to", number=mine[0].number, category=kind)
        own_cases.begin_addition(turn, standing, mine[0])
    else:
        _show(turn, standing, mine[:MOST_CARDS])


def _show(turn: Turn, standing: Standing, mine: list[Case]) -> None:
    conversing.tell(turn, standing, "talk.add_which")
    cards = [views.see_mine(turn.session, case, standing.language, turn.now) for case in mine]
    turn.say(my_cases(cards, standing.language), kind="track")
    conversing.ask_again(turn, standing)


ANSWERS: dict[str, Callable[[Turn, Standing], None]] = {
    "my_data": my_data.tell,
    "my_data_copy": my_data.ask_copy,
    "my_data_erase": my_data.ask_erase,
    "my_data_erase_no": my_data.keep,
    "events": tell_events,
    "office_phone": tell_office_phone,
    "nothing": tell_no_matter,
    "mistake": tell_no_matter,
    "add": choose_to_add,
    "unfollow": followed.stop,
}
