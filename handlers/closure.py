"""Is it really gone? The person's three answers, by a tap or in words, and the stars after a good one."""

from datetime import timedelta
from typing import Any

from bot.messages.bubbles import QuickReply
from bot.messages.lasting import lasting
from cases import lifecycle, views
from cases.danger import find_danger
from cases.shield import is_delicate
from cases.statuses import OVER, Action, Role, Status
from cases.triage import suggest
from cases.verdicts import find_verdict
from flows import words
from handlers import conversing, tracking
from handlers.turn import Turn
from storage import cases as stored
from storage import reporters
from storage.conversations import Standing
from storage.models import Case
from texts.catalog import say

ANSWERS = {"yes": Action.CONFIRM, "partly": Action.DISPUTE, "no": Action.DISPUTE}
BUTTONS = {"yes": "button.all_well", "partly": "button.partly_well", "no": "button.not_well"}
STARS = ("5", "4", "3", "2", "1")
SAYS_MORE = timedelta(minutes=10)  # what comes later is a matter of its own
LOOKED_AT = 50  # of a person's newest cases, for one that waits for this answer


def judge(turn: Turn, standing: Standing, case: Case, answer: str, reason: str = "") -> None:
    """Yes closes it, partly and no bring it before the Ombudsman's officers, with the reason; only once."""
    language = standing.language
    if Status(case.status) in OVER:
        tracking.say_over(turn, standing, case)
        return
    if lifecycle.find_rule(Status(case.status), ANSWERS[answer], Role.REPORTER) is None:
        status = views.name_status(Status(case.status), language)
        more = conversing.tap(standing, "button.add_more", f"c:{case.id}:add")
        about: dict[str, Any] = {"number": case.number, "status": status, "case_id": case.id}
        conversing.tell_beside(turn, standing, "talk.already_judged", more, **about)
        return
    actor = tracking.act_as_reporter(standing)
    lifecycle.apply(
        turn.session,
        case,
        ANSWERS[answer],
        actor,
        turn.now,
        note=reason,
        details={"answer": answer},
        message_id=(turn.inbound.message_id or None) if reason else None,
    )
    if answer != "yes":
        more = conversing.tap(standing, "talk.tell_more", f"c:{case.id}:add")
        conversing.tell_beside(turn, standing, f"talk.judged_{answer}", more, number=case.number, case_id=case.id)
        return
    labels = {count: say(language, "talk.stars", count=count) for count in STARS}
    buttons = [QuickReply.postback(label, f"c:{case.id}:stars:{count}", label) for count, label in labels.items()]
    asked = lasting(say(language, "talk.judged_yes", number=case.number), buttons, side_by_side=True)
    turn.say(asked, case_id=case.id)
    conversing.ask_again(turn, standing)


def judge_unquoted(turn: Turn, standing: Standing, answer: str) -> bool:
    """The words of an answer without a quote: plain where one case waits for it."""
    mine, waiting = _list_waiting(turn, standing)
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


def ask_again(turn: Turn, standing: Standing) -> bool:
    """A bare yes or no may be meant either way, so the only case that waits is asked about once more."""
    _, waiting = _list_waiting(turn, standing)
    if len(waiting) == 1:
        ask(turn, standing, waiting[0])
    return len(waiting) == 1


def ask(turn: Turn, standing: Standing, case: Case) -> None:
    """How is it now?"""
    buttons = [conversing.tap(standing, key, f"c:{case.id}:closure:{answer}") for answer, key in BUTTONS.items()]
    conversing.tell_beside(turn, standing, "talk.judge_how", *buttons, number=case.number, case_id=case.id)


def judge_in_words(turn: Turn, standing: Standing, text: str) -> bool:
    """A sentence that says how it is now, where just one case waits to hear that; what it says is the reason."""
    verdict = find_verdict(text)
    _, waiting = _list_waiting(turn, standing) if verdict else ((), ())
    if verdict is None or len(waiting) != 1 or not _speaks_of_it(waiting[0], text):
        return False
    case = stored.find_case(turn.session, waiting[0].id, lock=True)
    if case is not None:
        judge(turn, standing, case, verdict, "" if verdict == "yes" else text)
    return case is not None


def _list_waiting(turn: Turn, standing: Standing) -> tuple[list[Case], list[Case]]:
    """This person's newest cases, and those of them that an office calls done."""
    reporter = reporters.find_line_reporter(turn.session, standing.chat_id)
    mine = stored.list_by_reporter(turn.session, reporter.id, LOOKED_AT) if reporter else []
    return list(mine), [case for case in mine if case.status == Status.RESOLVED]


def rate(turn: Turn, standing: Standing, case: Case, stars: str) -> None:
    """How the person liked it, one to five."""
    keep_stars(turn, standing, case, stars)
    conversing.tell_beside(turn, standing, "talk.stars_thanks", *conversing.ways_on(standing)[:2])


def keep_stars(turn: Turn, standing: Standing, case: Case, stars: str) -> None:
    """Put the stars on record; the last ones given count."""
    actor = tracking.act_as_reporter(standing)
    lifecycle.apply(turn.session, case, Action.NOTE, actor, turn.now, details={"stars": int(stars)})


def take_word(turn: Turn, standing: Standing, text: str) -> bool:
    """Soon after a case was confirmed or rated: stars in words, or what the person thinks of it. True if taken."""
    recent = stored.find_recent_update(
        turn.session,
        chat_id=standing.chat_id,
        person=standing.chat_id,
        since=turn.now - SAYS_MORE,
        actions=[str(Action.CONFIRM), str(Action.NOTE)],
    )
    if recent is None or (recent.action == Action.NOTE and not (recent.details.keys() & {"stars", "word"})):
        return False
    case = stored.find_case(turn.session, recent.case_id, lock=True)
    stars, beside = words.split_stars(text) or (words.find_stars(text, asked=True), "")
    if case is None or not (stars or _speaks_of_it(case, text)):
        return False
    if stars and not (words.has_words(beside) and _speaks_of_it(case, beside)):
        rate(turn, standing, case, stars)
        return True
    if stars:
        keep_stars(turn, standing, case, stars)
        text = beside
    lifecycle.apply(
        turn.session,
        case,
        Action.NOTE,
        tracking.act_as_reporter(standing),
        turn.now,
        note=text,
        details={"word": True},
        message_id=turn.inbound.message_id or None,
    )
    new = conversing.tap(standing, "talk.report_new", "m:report")
    conversing.tell_beside(turn, standing, "talk.word_kept", new, number=case.number, case_id=case.id)
    return True


def _speaks_of_it(case: Case, text: str) -> bool:
    """Whether words may be about how a case was handled: no small talk, and no problem of another kind."""
    if words.is_praise(text):
        return True
    if words.is_small_talk(text) or words.begins_report(text) or is_delicate(text) or find_danger(text):
        return False
    suggestion = suggest(text)
    return not suggestion.confident or suggestion.codes[0] == case.category
