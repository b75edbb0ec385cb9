"""Is it really gone? The person's three answers, by a tap or in words, changed for a while, and the stars."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.messages.bubbles import QuickReply, quick_reply
from bot.messages.lasting import lasting
from bot.messages.theme import Part
from cases import asked, decisions, following, lifecycle, verdicts, views
from cases.shield import is_delicate
from cases.statuses import OVER, Action, Role, Status
from cases.verdicts import find_verdict
from flows import dispute
from flows.unasked import tells_new
from handlers import brought_along, closure_which, closure_words, conversing, tracking
from handlers.turn import Turn
from storage import cases as stored
from storage import inbox, reporters
from storage.conversations import Standing
from storage.models import Case, HistoryEntry
from texts.catalog import say

ANSWERS = {"yes": Action.CONFIRM, "partly": Action.DISPUTE, "no": Action.DISPUTE}
BUTTONS = {"yes": "button.all_well", "partly": "button.partly_well", "no": "button.not_well"}
BUTTONS_NOT_FOUND = {"yes": "button.gone", "partly": "button.partly_gone", "no": "button.still_there"}
STARS = ("5", "4", "3", "2", "1")
SAYS_MORE = timedelta(minutes=10)  # what comes later is a matter of its own
LOOKED_AT = 50  # of a person's newest cases, for one that waits for this answer


def judge(
    turn: Turn,
    standing: Standing,
    case: Case,
    answer: str,
    reason: str = "",
    *,
    told_by: Sequence[Sequence[str]] = (),
    photos: Sequence[int] = (),
) -> None:
    """Yes closes it, partly and no bring it before the Ombudsman's officers. Another answer takes the place of it.

    `told_by`: the messages of the reason, where it is not the one that came now. `photos` of it came before, and the
    caller gives them to the case: more of them are asked for.
    """
    if case.status == Status.CLOSED:
        judge_late(turn, standing, case, answer, reason, told_by=told_by, photos=photos)
    elif Status(case.status) in OVER:
        tracking.say_over(turn, standing, case)
    elif lifecycle.find_rule(Status(case.status), ANSWERS[answer], Role.REPORTER) is None or (
        case.status == Status.DISPUTED and case.verdict == answer
    ):
        _say_judged(turn, standing, case)
    else:
        _record(turn, standing, case, answer, reason, told_by, photos)


def judge_late(
    turn: Turn,
    standing: Standing,
    case: Case,
    answer: str,
    reason: str = "",
    *,
    told_by: Sequence[Sequence[str]] = (),
    photos: Sequence[int] = (),
) -> None:
    """The same of a case that is closed: for a while it may come back, then it has to be told anew."""
    if answer == "yes" and verdicts.may_confirm_late(case):
        _record(turn, standing, case, answer, reason)
    elif answer == "yes":
        _say_judged(turn, standing, case)
    elif verdicts.may_reopen(turn.session, case, turn.now):
        _record(turn, standing, case, answer, reason, told_by, photos)
    else:
        again = conversing.tap(standing, "talk.tell_again", f"c:{case.id}:again")
        mine = conversing.tap(standing, "talk.my_cases", "m:track")
        conversing.tell_beside(turn, standing, "talk.too_late", again, mine, number=case.number, case_id=case.id)


def take_objection(
    turn: Turn, standing: Standing, case: Case, answered: str | None, text: str, *, told_in: str | None = None
) -> bool:
    """What a person says of a case of theirs that the officers closed goes to them; it stays closed. True if taken.

    `told_in`: the message of the words, where it is not the one that came now.
    """
    pleased = answered == "yes" or find_verdict(text) == "yes"
    if pleased or is_delicate(text) or not decisions.was_closed_by_officers(turn.session, case, turn.now):
        return False
    actor = tracking.act_as_reporter(standing)
    decisions.hear_objection(turn.session, case, text, actor, turn.now, turn.inbound.message_id or told_in)
    again = conversing.tap(standing, "talk.tell_again", f"c:{case.id}:again")
    conversing.tell_beside(turn, standing, "talk.objection", again, number=case.number, case_id=case.id)
    return True


def _say_judged(turn: Turn, standing: Standing, case: Case) -> None:
    status = views.name_status(Status(case.status), standing.language)
    add = () if Status(case.status) in OVER else (conversing.tap(standing, "button.add_more", f"c:{case.id}:add"),)
    change = (_tap_change(standing, case),) if _may_change(turn, case) else ()
    about: dict[str, Any] = {"number": case.number, "status": status, "case_id": case.id}
    conversing.tell_beside(turn, standing, "talk.already_judged", *add, *change, **about)


def _record(
    turn: Turn,
    standing: Standing,
    case: Case,
    answer: str,
    reason: str,
    told_by: Sequence[Sequence[str]] = (),
    photos: Sequence[int] = (),
) -> None:
    _keep_answer(turn, standing, case, answer, reason, told_by)
    if standing.flow == "dispute":  # why it was not done need not be asked any more
        conversing.leave(turn, standing)
    photos = [*photos, *brought_along.take(turn, standing, case)]
    change = _tap_change(standing, case)
    if answer != "yes":
        found = "_not_found" if asked.was_not_found(turn.session, case) else ""
        words = say(standing.language, f"talk.judged_{answer}{found}", number=case.number)
        turn.say(lasting(words, (change,)), case_id=case.id)
        given: dict[str, Any] = {"why": dispute.OWN} if reason else {}
        given |= {"media": list(photos), "given": list(photos)} if photos else {}
        slots = {"case_id": case.id, "number": case.number, "answer": answer, **given}
        conversing.begin_beside(turn, standing, "dispute", slots)
        return
    if photos:
        conversing.tell(turn, standing, "talk.photos_along", number=case.number)
    _ask_stars(turn, standing, case, "talk.judged_yes")


def _keep_answer(
    turn: Turn,
    standing: Standing,
    case: Case,
    answer: str,
    reason: str = "",
    told_by: Sequence[Sequence[str]] = (),
) -> None:
    over = Status(case.status) in OVER
    lifecycle.apply(
        turn.session,
        case,
        ANSWERS[answer],
        tracking.act_as_reporter(standing),
        turn.now,
        note=reason,
        details={"answer": answer},
        message_id=(turn.inbound.message_id or None) if reason else None,
        told_by=told_by,
    )
    verdicts.record_verdict(turn.session, case, answer, turn.now)
    if not over:
        following.tell_doubts(turn.session, case)


def take_all(turn: Turn, standing: Standing, value: str) -> None:
    """Several cases are well, said by one tap: each as if it were tapped by itself, but for those answered since."""
    listed, _, message_id = value.partition(closure_which.SAID_IN)
    if message_id and inbox.is_unsent(turn.session, message_id, standing.chat_id):
        conversing.tell_beside(turn, standing, "talk.words_gone", *conversing.ways_on(standing))
        return
    keys = [int(key) for key in listed.split(closure_which.BETWEEN) if key.isdecimal() and len(key) < 18]
    found = [stored.find_case(turn.session, key, lock=True) for key in keys[: closure_which.MOST_AT_ONCE]]
    mine = [case for case in found if case is not None and tracking.is_mine(turn, standing, case)]
    waiting = [case for case in mine if case.status == Status.RESOLVED]
    for case in waiting:
        _keep_answer(turn, standing, case, "yes")
        turn.say(_write_stars(standing, case, "talk.judged_yes")[0], case_id=case.id)
    if waiting:
        conversing.tell_beside(turn, standing, "talk.judged_all", count=len(waiting))
    elif mine:
        _say_judged(turn, standing, mine[-1])
    else:
        conversing.say_old_button(turn, standing)


def _ask_stars(turn: Turn, standing: Standing, case: Case, key: str) -> None:
    """One to five, and the way to another answer."""
    message, buttons = _write_stars(standing, case, key)
    turn.say(message if conversing.is_talking(standing) else message | quick_reply(buttons), case_id=case.id)
    conversing.ask_again(turn, standing)


def _write_stars(standing: Standing, case: Case, key: str) -> tuple[Part, list[QuickReply]]:
    labels = {count: say(standing.language, "talk.stars", count=count) for count in STARS}
    buttons = [QuickReply.postback(label, f"c:{case.id}:stars:{count}", label) for count, label in labels.items()]
    words = say(standing.language, key, number=case.number)
    return lasting(words, [*buttons, _tap_change(standing, case)], side_by_side=True), buttons


def _tap_change(standing: Standing, case: Case) -> QuickReply:
    return conversing.tap(standing, "talk.change_answer", f"c:{case.id}:rejudge")


def _may_change(turn: Turn, case: Case) -> bool:
    open_to_it = case.status in (Status.RESOLVED, Status.DISPUTED) and case.verdict is not None
    return open_to_it or verdicts.may_reopen(turn.session, case, turn.now)


def rejudge(turn: Turn, standing: Standing, case: Case) -> None:
    """The answer was a slip, or is another one now: the question once more, while that may be."""
    if case.status == Status.RESOLVED or _may_change(turn, case):
        ask(turn, standing, case)
    elif case.status == Status.CLOSED:
        judge_late(turn, standing, case, "no")
    else:
        _say_judged(turn, standing, case)


def take_slip(turn: Turn, standing: Standing, quoted: Case | None) -> bool:
    """A wrong tap, owned up to, is no comment and no reason: what can be changed is offered. True if taken.

    Of the case that is quoted, the one that is just asked why, or the one judged a moment ago.
    """
    key = quoted.id if quoted is not None else _find_judged(turn, standing)
    case = stored.find_case(turn.session, key, lock=True) if key is not None else None
    if case is None or not tracking.is_mine(turn, standing, case) or not _may_change(turn, case):
        return False
    if verdicts.may_rate(turn.session, case, turn.now):
        _ask_stars(turn, standing, case, "talk.slip")
    else:
        ask(turn, standing, case)
    return True


def _find_judged(turn: Turn, standing: Standing) -> int | None:
    if standing.flow == "dispute":
        return int(conversing.load(standing)[1].slots["case_id"])
    recent = None if conversing.is_talking(standing) else find_just_judged(turn, standing)
    return recent.case_id if recent is not None else None


def judge_unquoted(turn: Turn, standing: Standing, answer: str) -> bool:
    """The words of an answer without a quote: plain where one case waits for it."""
    mine, waiting = list_waiting(turn, standing)
    if not mine:
        return False
    if len(waiting) == 1:
        found = stored.find_case(turn.session, waiting[0].id, lock=True)
        if found is not None:
            judge(turn, standing, found, answer)
        return found is not None
    if waiting:
        closure_which.ask(turn, standing, waiting, answer)
        return True
    if answer == "yes":
        conversing.tell(turn, standing, "talk.thanks", *conversing.main_buttons(standing))
        return True
    closed = [case for case in mine if verdicts.may_reopen(turn.session, case, turn.now)]
    if len(closed) == 1 and all(Status(case.status) in OVER for case in mine):
        ask(turn, standing, closed[0])
        return True
    tracking.list_mine(turn, standing)
    return True


def ask_again(turn: Turn, standing: Standing) -> bool:
    """A bare yes or no may be meant either way, so the only case that waits is asked about once more."""
    _, waiting = list_waiting(turn, standing)
    if len(waiting) == 1:
        ask(turn, standing, waiting[0])
    return len(waiting) == 1


def take_tap(turn: Turn, standing: Standing, case: Case, value: str) -> bool:
    """An answer was tapped, perhaps for one of several cases that typed words may be of. False where it is none."""
    answer, _, message_id = value.partition(closure_which.SAID_IN)
    if answer not in ANSWERS:
        return False
    if message_id and inbox.is_unsent(turn.session, message_id, standing.chat_id):
        conversing.tell_beside(turn, standing, "talk.words_gone", *conversing.ways_on(standing))
    else:
        judge(turn, standing, case, answer)
    return True


def ask(turn: Turn, standing: Standing, case: Case, *, or_new: bool = False) -> None:
    """How is it now? In the words of what its office said; `or_new`: or is it another matter?"""
    not_found = asked.was_not_found(turn.session, case)
    labels = BUTTONS_NOT_FOUND if not_found else BUTTONS
    buttons = [conversing.tap(standing, key, f"c:{case.id}:closure:{answer}") for answer, key in labels.items()]
    if or_new:
        buttons.append(conversing.tap(standing, "talk.report_new", "m:report"))
    how = "talk.judge_how_not_found" if not_found else "talk.judge_how"
    conversing.tell_beside(turn, standing, how, *buttons, number=case.number, case_id=case.id)


def judge_in_words(turn: Turn, standing: Standing, text: str) -> bool:
    """A sentence that says how it is now, where just one case waits to hear that; what it says is the reason.

    Of several that it is well is heard too: of the one whose kind is named, else it is asked which.
    """
    verdict = find_verdict(text)
    mine, waiting = list_waiting(turn, standing) if verdict else ([], [])
    if verdict in ("no", "partly") and not waiting:
        return _judge_anew(turn, standing, mine, verdict, text)
    if verdict == "yes" and len(waiting) > 1:
        waiting = closure_which.list_meant(waiting, text)
        if len(waiting) > 1:
            closure_which.ask(turn, standing, waiting, verdict)
            return True
    if verdict is None or len(waiting) != 1 or not closure_words.judges(waiting[0], verdict, text):
        return False
    case = stored.find_case(turn.session, waiting[0].id, lock=True)
    if case is not None:
        judge(turn, standing, case, verdict, "" if verdict == "yes" else text)
    return case is not None


def _judge_anew(turn: Turn, standing: Standing, mine: list[Case], verdict: str, text: str) -> bool:
    """It is not well after all, said of a case that has ended: at once where they called it well a moment ago.

    Later it may be another matter, and so it is asked about, but for words that plainly tell of a problem anew.
    """
    closed = [case for case in mine if verdicts.may_reopen(turn.session, case, turn.now)]
    closed = [case for case in closed if closure_words.judges(case, verdict, text)]
    just = find_just_judged(turn, standing)
    said = next((case for case in closed if just is not None and case.id == just.case_id), None)
    held = stored.find_case(turn.session, said.id, lock=True) if said is not None else None
    if held is not None:
        judge_late(turn, standing, held, verdict, text)
        return True
    if any(Status(case.status) not in OVER for case in mine) or (tells_new(text) and not verdicts.says_still(text)):
        return False
    if len(closed) != 1:
        return False
    ask(turn, standing, closed[0], or_new=True)
    return True


def find_just_judged(turn: Turn, standing: Standing) -> HistoryEntry | None:
    """What this person said last, moments ago, of how a case is."""
    return stored.find_recent_update(
        turn.session,
        chat_id=standing.chat_id,
        person=standing.chat_id,
        since=turn.now - SAYS_MORE,
        actions=[str(Action.CONFIRM), str(Action.RATE), str(Action.DISPUTE)],
    )


def list_waiting(turn: Turn, standing: Standing) -> tuple[list[Case], list[Case]]:
    """This person's newest cases, and those of them that an office calls done."""
    reporter = reporters.find_line_reporter(turn.session, standing.chat_id)
    mine = stored.list_by_reporter(turn.session, reporter.id, LOOKED_AT) if reporter else []
    return list(mine), [case for case in mine if case.status == Status.RESOLVED]
