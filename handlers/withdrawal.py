"""A person takes a whole case back: asked once more, for it cannot be undone from the chat."""

from cases import lifecycle
from cases.statuses import Action, Role, Status
from handlers import conversing, tracking
from handlers.turn import Turn
from storage import cases as stored
from storage import reporters
from storage.conversations import Standing
from storage.models import Case

LOOKED_AT = 50  # of a person's newest cases, for the one they mean


def ask(turn: Turn, standing: Standing, case: Case) -> None:
    """Really?"""
    if not _may(case):
        tracking.say_over(turn, standing, case)
        conversing.ask_again(turn, standing)
        return
    conversing.tell(
        turn,
        standing,
        "talk.withdraw_ask",
        conversing.tap(standing, "talk.withdraw_yes", f"c:{case.id}:withdraw:yes"),
        conversing.tap(standing, "talk.withdraw_no", f"c:{case.id}:withdraw:no"),
        number=case.number,
    )


def ask_unnamed(turn: Turn, standing: Standing) -> None:
    """The words alone: plain where one case is open, else its number is needed."""
    reporter = reporters.find_line_reporter(turn.session, standing.chat_id)
    mine = stored.list_by_reporter(turn.session, reporter.id, LOOKED_AT) if reporter else []
    mine = [case for case in mine if _may(case)]
    if len(mine) == 1:
        ask(turn, standing, mine[0])
    elif mine:
        conversing.tell(turn, standing, "talk.withdraw_which", number=mine[0].number)
    else:
        conversing.tell(turn, standing, "talk.withdraw_none", *conversing.main_buttons(standing))


def settle(turn: Turn, standing: Standing, case: Case, answer: str) -> None:
    """The answer."""
    if not _may(case):
        tracking.say_over(turn, standing, case)
    elif answer == "yes":
        actor = tracking.act_as_reporter(standing)
        lifecycle.apply(turn.session, case, Action.WITHDRAW, actor, turn.now)
        conversing.tell(turn, standing, "talk.withdrawn", number=case.number)
    else:
        conversing.tell(turn, standing, "talk.withdraw_kept", number=case.number)
    conversing.ask_again(turn, standing)


def _may(case: Case) -> bool:
    return lifecycle.find_rule(Status(case.status), Action.WITHDRAW, Role.REPORTER) is not None
