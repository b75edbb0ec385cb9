"""What a person does with cases of their own: follow them, add to them, answer, and say whether it is fixed."""

from collections.abc import Mapping
from typing import Any

from bot.messages import track_cards
from bot.messages.bubbles import text_bubble
from cases import lifecycle, views
from cases.statuses import OVER, Action, Actor, Role, Status
from handlers import conversing
from handlers.turn import Turn
from storage import cases as stored
from storage import media, outbox, reporters
from storage.conversations import Standing
from storage.models import Case
from texts.catalog import say

CLOSURE = {"yes": Action.CONFIRM, "partly": Action.DISPUTE, "no": Action.DISPUTE}
SHOWN = 10


def list_mine(turn: Turn, standing: Standing) -> None:
    """My cases, newest first."""
    reporter = reporters.find_line_reporter(turn.session, standing.chat_id)
    mine = stored.list_by_reporter(turn.session, reporter.id, SHOWN) if reporter else []
    cards = [views.see_mine(turn.session, case, standing.language, turn.now) for case in mine]
    turn.say(track_cards.my_cases(cards, standing.language), kind="track")


def find_by_number(turn: Turn, standing: Standing, number: str) -> None:
    """One case by its number: whole for its reporter, status and office for others, nothing where it is confidential."""
    case = stored.find_case_by_number(turn.session, number)
    language = standing.language
    if case is not None and _is_mine(turn, standing, case):
        card = track_cards.case_timeline(views.see_mine(turn.session, case, language, turn.now), language)
        turn.say(card, kind="track", case_id=case.id)
    elif case is None or case.confidential:
        turn.say(text_bubble(say(language, "talk.number_unknown", number=number)))
    else:
        office = views.name_khet(case.owner, language)
        status = views.name_status(Status(case.status), language)
        turn.say(track_cards.stranger_view(case.number, status, office, language), kind="track")


def take_tap(turn: Turn, standing: Standing, data: str) -> None:
    """A button of a case: `id:verb:value`. Only its own reporter's taps count."""
    key, _, rest = data.partition(":")
    verb, _, value = rest.partition(":")
    case = stored.find_case(turn.session, int(key), lock=True) if key.isdecimal() and len(key) < 18 else None
    if case is None or not _is_mine(turn, standing, case):
        conversing.say_old_button(turn, standing)
    elif verb == "closure" and value in CLOSURE:
        _judge(turn, standing, case, value)
    elif verb == "add" and Status(case.status) not in OVER:
        conversing.begin(turn, standing, "addition", {"case_id": case.id})
    elif verb == "show":
        find_by_number(turn, standing, case.number)
    else:
        conversing.say_old_button(turn, standing)


def take_reply(turn: Turn, standing: Standing) -> bool:
    """Words that quote one of our messages about a case, or answer the one question that is open. True if taken."""
    case = _quoted(turn, standing) or _asked(turn, standing)
    if case is None:
        return False
    _pass_on(turn, standing, case, turn.inbound.text, [])
    return True


def take_photo(turn: Turn, standing: Standing, media_id: int) -> bool:
    """A photo while the one open question of an office waits for its answer. True if taken."""
    case = _asked(turn, standing)
    if case is None:
        return False
    _pass_on(turn, standing, case, "", [media_id])
    return True


def take_addition(turn: Turn, standing: Standing, slots: Mapping[str, Any]) -> None:
    """The end of the conversation that adds to a case."""
    case = stored.find_case(turn.session, int(slots["case_id"]), lock=True)
    if case is None or not _is_mine(turn, standing, case) or Status(case.status) in OVER:
        conversing.say_old_button(turn, standing)
        return
    _pass_on(turn, standing, case, slots.get("words", ""), list(slots.get("media", ())))


def _pass_on(turn: Turn, standing: Standing, case: Case, words: str, media_ids: list[int]) -> None:
    media.attach(turn.session, media_ids, case.id, "before")
    action = Action.ANSWER if case.status == Status.NEEDS_INFO else Action.ADD
    note = words or say("th", "group.photos_added", count=len(media_ids))
    lifecycle.apply(
        turn.session,
        case,
        action,
        _me(standing),
        turn.now,
        note=note,
        details={"media": media_ids},
        message_id=turn.inbound.message_id or None,
    )
    turn.say(text_bubble(say(standing.language, "talk.passed_on", number=case.number)), case_id=case.id)


def _judge(turn: Turn, standing: Standing, case: Case, answer: str) -> None:
    language = standing.language
    if case.status != Status.RESOLVED:
        status = views.name_status(Status(case.status), language)
        words = say(language, "talk.already_judged", number=case.number, status=status)
        turn.say(text_bubble(words), case_id=case.id)
        return
    lifecycle.apply(turn.session, case, CLOSURE[answer], _me(standing), turn.now, details={"answer": answer})
    turn.say(text_bubble(say(language, f"talk.judged_{answer}", number=case.number)), case_id=case.id)


def _quoted(turn: Turn, standing: Standing) -> Case | None:
    if not turn.inbound.quoted_message_id:
        return None
    sent = outbox.find_sent(turn.session, turn.inbound.quoted_message_id, standing.chat_id)
    case = stored.find_case(turn.session, sent.case_id, lock=True) if sent and sent.case_id else None
    return case if case and _is_mine(turn, standing, case) and Status(case.status) not in OVER else None


def _asked(turn: Turn, standing: Standing) -> Case | None:
    waiting = stored.list_asked(turn.session, standing.chat_id)
    return waiting[0] if len(waiting) == 1 else None


def _is_mine(turn: Turn, standing: Standing, case: Case) -> bool:
    return reporters.get_reporter(turn.session, case.reporter_id).line_user_id == standing.chat_id


def _me(standing: Standing) -> Actor:
    return Actor(Role.REPORTER, person=standing.chat_id, chat_id=standing.chat_id)
