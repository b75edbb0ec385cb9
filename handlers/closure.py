"""Is it really gone? The person's three answers, by a tap or in words, and the stars after a good one."""

from bot.messages.bubbles import QuickReply, text_bubble
from cases import lifecycle, views
from cases.statuses import OVER, Action, Role, Status
from handlers import conversing, tracking
from handlers.turn import Turn
from storage import cases as stored
from storage import reporters
from storage.conversations import Standing
from storage.models import Case
from texts.catalog import say

ANSWERS = {"yes": Action.CONFIRM, "partly": Action.DISPUTE, "no": Action.DISPUTE}
STARS = ("5", "4", "3", "2", "1")
LOOKED_AT = 50  # of a person's newest cases, for one that waits for this answer


def judge(turn: Turn, standing: Standing, case: Case, answer: str) -> None:
    """Yes closes it, partly and no bring it before the Ombudsman's officers; only once."""
    language = standing.language
    if Status(case.status) in OVER:
        tracking.say_over(turn, standing, case)
        conversing.ask_again(turn, standing)
        return
    if lifecycle.find_rule(Status(case.status), ANSWERS[answer], Role.REPORTER) is None:
        status = views.name_status(Status(case.status), language)
        more = conversing.tap(standing, "button.add_more", f"c:{case.id}:add")
        said = text_bubble(say(language, "talk.already_judged", number=case.number, status=status), (more,))
        turn.say(said, case_id=case.id)
        conversing.ask_again(turn, standing)
        return
    actor = tracking.act_as_reporter(standing)
    lifecycle.apply(turn.session, case, ANSWERS[answer], actor, turn.now, details={"answer": answer})
    if answer == "yes":
        labels = {count: say(language, "talk.stars", count=count) for count in STARS}
        buttons = [QuickReply.postback(label, f"c:{case.id}:stars:{count}", label) for count, label in labels.items()]
    else:
        buttons = [conversing.tap(standing, "talk.tell_more", f"c:{case.id}:add")]
    words_said = say(language, f"talk.judged_{answer}", number=case.number)
    turn.say(text_bubble(words_said, buttons), case_id=case.id)
    conversing.ask_again(turn, standing)


def judge_unquoted(turn: Turn, standing: Standing, answer: str) -> bool:
    """The words of an answer without a quote: plain where one case waits for it."""
    reporter = reporters.find_line_reporter(turn.session, standing.chat_id)
    mine = stored.list_by_reporter(turn.session, reporter.id, LOOKED_AT) if reporter else []
    waiting = [case for case in mine if case.status == Status.RESOLVED]
    if not mine:
        return False
    if len(waiting) == 1:
        found = stored.find_case(turn.session, waiting[0].id, lock=True)
        if found is not None:
            judge(turn, standing, found, answer)
        return found is not None
    if waiting:
        example = waiting[0].number
        conversing.tell(turn, standing, "talk.judge_which", example=f"{example} {turn.inbound.text}")
        return True
    if answer == "yes":
        conversing.tell(turn, standing, "talk.thanks", *conversing.main_buttons(standing))
        return True
    tracking.list_mine(turn, standing)
    return True


def rate(turn: Turn, standing: Standing, case: Case, stars: str) -> None:
    """How the person liked it, one to five."""
    actor = tracking.act_as_reporter(standing)
    lifecycle.apply(turn.session, case, Action.NOTE, actor, turn.now, details={"stars": int(stars)})
    conversing.tell(turn, standing, "talk.stars_thanks", *conversing.main_buttons(standing)[:2])
    conversing.ask_again(turn, standing)
