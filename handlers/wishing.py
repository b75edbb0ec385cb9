"""A reporter asks that a case told before be secret: what they mean is theirs to say, with two taps.

Until then neither those words nor what comes after them goes to the office: no officer reads it and nothing moves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from bot.messages.lasting import lasting
from cases import keeping, lifecycle, open_wishes, shielding, staff_lines, told_danger
from cases.danger import find_danger
from cases.going_back import TOLD_AS
from cases.secret_wish import CHOSEN, OFFICERS, USUAL, WISH, WISHES, asks_nothing_else, asks_secrecy
from cases.shield import is_delicate
from cases.statuses import OVER, Action, Status
from handlers import conversing, kept_back, tracking
from handlers.turn import Turn
from storage import cases as stored
from storage import media, reporters
from storage.conversations import Standing
from storage.models import Case
from texts.catalog import say

JUST_TOLD = timedelta(hours=1)  # a wish without a number is for the case told since then
LOOKED_AT = 20  # of a person's newest cases


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept from an office while nobody knew what was meant: words by message, and attachments."""

    said: list[tuple[str, str]]
    media_ids: list[int]


def must_ask(session: Session, case: Case, text: str) -> bool:
    """Whether what is added asks for secrecy, or comes while nobody has said yet what that is to mean."""
    if case.confidential or is_delicate(text):
        return False
    return asks_secrecy(text) or open_wishes.holds(session, case)


def find_meant(turn: Turn, standing: Standing, text: str) -> Case | None:
    """The case for which secrecy is asked by words that name none: the only open one, or one just told."""
    reporter = reporters.find_line_reporter(turn.session, standing.chat_id) if asks_nothing_else(text) else None
    mine = stored.list_by_reporter(turn.session, reporter.id, LOOKED_AT) if reporter else []
    mine = [case for case in mine if Status(case.status) not in OVER and not case.confidential]
    meant = len(mine) == 1 or bool(mine and mine[0].created_at >= turn.now - JUST_TOLD)
    return stored.find_case(turn.session, mine[0].id, lock=True) if meant else None


def ask(
    turn: Turn,
    standing: Standing,
    case: Case,
    text: str,
    media_ids: list[int],
    told_by: Sequence[Sequence[str]] = (),
) -> None:
    """Keep what was added from the office, and ask."""
    begun = open_wishes.holds(turn.session, case)
    if not begun:
        open_wishes.remember(turn.session, case, turn.now)
    media.attach(turn.session, media_ids, case.id, keeping.ROLE)
    pulled = {} if begun else kept_back.pull_back(turn, standing, case)
    entry = lifecycle.apply(
        turn.session,
        case,
        Action.NOTE,
        tracking.act_as_reporter(standing),
        turn.now,
        note=text,
        details={"delicate": True, "after": True, WISH: True, open_wishes.ASKS: asks_secrecy(text), "media": media_ids}
        | pulled,
        message_id=turn.inbound.message_id or None,
        told_by=told_by,
    )
    warned = find_danger(text) and told_danger.hear(turn.session, case, entry, text, turn.now)
    if not warned and not begun:
        staff_lines.tell_wish(turn.session, case)
    taps = [
        conversing.tap(standing, f"wish.{choice}", f"c:{case.id}:secret:{entry.id}:{choice}")
        for choice in (OFFICERS, USUAL)
    ]
    key = "wish.ask_still" if begun and not asks_secrecy(text) else "wish.ask"
    turn.say(lasting(say(standing.language, key, number=case.number), taps), kind=WISH, case_id=case.id)


def choose(turn: Turn, standing: Standing, case: Case, value: str) -> Kept | None:
    """A tap says what is meant. Officers alone: as the desk makes a case secret. Else the office goes on with it, and
    what was kept from it until now is to be passed on.
    """
    key, _, choice = value.partition(":")
    told = stored.list_history(turn.session, case.id)
    known = any(str(one.id) == key and one.details.get(WISH) for one in told)
    if case.confidential:
        conversing.tell_beside(turn, standing, "wish.is_secret", case_id=case.id, number=case.number)
    elif known and choice == OFFICERS and shielding.find_hindrance(case, Action.SHIELD) is None:
        _shield(turn, standing, case)
    elif not known or choice != USUAL or not open_wishes.list_open(turn.session, case):
        conversing.say_old_button(turn, standing)
    elif Status(case.status) in OVER:
        tracking.say_over(turn, standing, case)
    else:
        return _go_on(turn, standing, case)
    return None


def _list_kept(session: Session, case: Case) -> Kept:
    """What was kept while the choice was open, but for the messages that asked: those stay with the officers."""
    wishes = open_wishes.list_open(session, case)
    told = stored.list_history(session, case.id)
    said: list[tuple[str, str]] = []
    named: set[int] = set()
    for one in wishes:
        lines = [each for each in told if each.id in (one.details.get(keeping.PULLED) or ())]
        said += [part for each in lines for part in kept_back.list_said(session, each)]
        if one.note and not asks_secrecy(one.note):
            said += [(part.message_id or "", part.words) for part in one.said]
        named |= {*(one.details.get("media") or ()), *(one.details.get("pulled_media") or ())}
    return Kept(said, kept_back.list_photos(session, case, named))


def _stays(words: str) -> bool:
    """Whether they ask for secrecy and tell more, which the office does not get."""
    return asks_secrecy(words) and not asks_nothing_else(words)


def _settle(turn: Turn, standing: Standing, case: Case, choice: str) -> None:
    """Put on record what was chosen, for every wish that was open."""
    staff_lines.drop_wish(turn.session, case)
    open_wishes.settle(turn.session, case, turn.now)
    wishes = [one.id for one in open_wishes.list_open(turn.session, case)]
    details: dict[str, Any] = {"delicate": True, "after": True, WISHES: wishes, "answer": choice}
    actor = tracking.act_as_reporter(standing)
    lifecycle.apply(turn.session, case, Action.NOTE, actor, turn.now, details=details)


def _shield(turn: Turn, standing: Standing, case: Case) -> None:
    seen = open_wishes.was_seen(turn.session, case)
    if open_wishes.list_open(turn.session, case):
        _settle(turn, standing, case, OFFICERS)
    details = {"answer": CHOSEN} | ({TOLD_AS: "shield_chosen"} if seen else {})
    shielding.shield(turn.session, case, tracking.act_as_reporter(standing), turn.now, details=details)
    conversing.ask_again(turn, standing)


def _go_on(turn: Turn, standing: Standing, case: Case) -> Kept:
    kept = _list_kept(turn.session, case)
    told_beside = any(one.note and _stays(one.note) for one in open_wishes.list_open(turn.session, case))
    _settle(turn, standing, case, USUAL)
    shown = bool(case.shared_name or case.phone_shared)
    case.shared_name, case.phone_shared = None, False
    words = say(standing.language, "wish.goes_on", number=case.number)
    if shown:
        words += " " + say(standing.language, "wish.hidden_now")
    if (kept.said or kept.media_ids) and case.status != Status.DISPUTED:
        words += "\n" + say(standing.language, "wish.passed")
    if told_beside:
        words += "\n" + say(standing.language, "wish.stays")
    turn.say(text_bubble(words), kind=WISH, case_id=case.id)
    conversing.ask_again(turn, standing)
    return kept
