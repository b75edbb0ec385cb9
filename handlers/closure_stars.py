"""Stars for how a case was handled, by a tap or in words, and a word beside them."""

from cases import lifecycle, verdicts
from cases.statuses import Action, Status
from cases.verdicts import find_verdict
from flows import words
from handlers import closure, closure_which, closure_words, conversing, tracking
from handlers.turn import Turn
from storage import cases as stored
from storage.conversations import Standing
from storage.models import Case


def rate(turn: Turn, standing: Standing, case: Case, stars: str) -> None:
    """How the person liked it, one to five; for a day another star takes the place of it."""
    if not verdicts.may_rate(turn.session, case, turn.now):
        key = "talk.stars_stand" if case.stars else "talk.stars_not_now"
        conversing.tell_beside(turn, standing, key, number=case.number, count=case.stars or "", case_id=case.id)
        return
    if str(case.stars) != stars:
        _keep_stars(turn, standing, case, stars)
    none = conversing.tap(standing, "talk.no_word", f"c:{case.id}:word:none")
    conversing.tell_beside(turn, standing, "talk.stars_thanks", none, number=case.number, case_id=case.id)


def pass_over_word(turn: Turn, standing: Standing) -> None:
    """The person has nothing to add to the stars."""
    conversing.tell_beside(turn, standing, "talk.thanks", *conversing.ways_on(standing)[:2])


def _keep_stars(turn: Turn, standing: Standing, case: Case, stars: str) -> None:
    case.stars = int(stars)
    actor = tracking.act_as_reporter(standing)
    lifecycle.apply(turn.session, case, Action.RATE, actor, turn.now, details={"stars": int(stars)})


def take_word(turn: Turn, standing: Standing, text: str) -> bool:
    """Soon after a case was confirmed or rated: stars in words, or what the person thinks of it. True if taken.

    Not where the words say how a case is, and another waits to hear that.
    """
    recent = closure.find_just_judged(turn, standing)
    if recent is None or recent.action == Action.DISPUTE:
        return False
    stars, beside = words.split_stars(text) or (words.find_stars(text, asked=True), "")
    meant = [] if stars else closure_which.list_meant(closure.list_waiting(turn, standing)[1], text)
    if len(meant) == 1 and not closure_which.was_asked_since(turn, meant[0], recent.at):
        closure.ask(turn, standing, meant[0])  # it waited already when the other was judged: of which of them is this?
        return True
    if meant:
        return False
    case = stored.find_case(turn.session, recent.case_id, lock=True)
    if case is None or case.status != Status.CLOSED or not (stars or closure_words.speaks_of(case, text)):
        return False
    if find_verdict(text) in ("no", "partly") and not stars:
        return False
    if stars and not (words.has_words(beside) and closure_words.speaks_of(case, beside)):
        rate(turn, standing, case, stars)
        return True
    if stars:
        if verdicts.may_rate(turn.session, case, turn.now):
            _keep_stars(turn, standing, case, stars)
        text = beside
    lifecycle.apply(
        turn.session,
        case,
        Action.RATE,
        tracking.act_as_reporter(standing),
        turn.now,
        note=text,
        details={"word": True},
        message_id=turn.inbound.message_id or None,
    )
    new = conversing.tap(standing, "talk.report_new", "m:report")
    conversing.tell_beside(turn, standing, "talk.word_kept", new, number=case.number, case_id=case.id)
    return True
