"""The Ombudsman's officers join two cases in their group, by words with both numbers and a tap; and part them again."""

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

from bot.messages.bubbles import QuickReply, text_bubble
from bot.messages.lasting import lasting
from bot.messages.merge_question import MergedView, ask_merge
from cases import merging, reached, views
from cases.merging import CannotMerge
from cases.statuses import Actor, Role, Status
from flows.words import find_case_number, strip_case_number
from handlers import group_desk, group_sources
from handlers.turn import Turn
from storage import cases as stored
from storage.models import Case, Group
from texts.catalog import say

LANGUAGE = "th"
VERBS = frozenset({"merge", "merge_ask", "merge_drop", "split"})
LONGEST = 120


def take_words(turn: Turn, group: Group, words: str) -> bool:
    """Words that join two cases, or part one. True if taken."""
    first, second, said = _read(words)
    if first is None or said not in _load()["joins" if second else "parts"]:
        return False
    numbers = [number for number in (first, second) if number]
    found = [stored.find_case_by_number(turn.session, number, lock=True) for number in numbers]
    unknown = [number for number, case in zip(numbers, found, strict=True) if case is None]
    case, into = found[0], found[-1]
    if unknown or case is None or into is None:
        group_desk.say_unknown(turn, group, unknown)
    elif second is None:
        _part(turn, case, _act(turn))
    else:
        _ask(turn, case, into)
    return True


def settle(turn: Turn, case: Case, verb: str, argument: str, actor: Actor) -> None:
    """A tap: join them, leave them, or part them."""
    if verb == "split":
        _part(turn, case, replace(actor, role=Role.STAFF))
        return
    into = (
        stored.find_case(turn.session, int(argument), lock=True)
        if argument.isdecimal() and len(argument) < 18
        else None
    )
    if into is None:
        return
    if verb == "merge_ask":
        _ask(turn, case, into)
        return
    if verb == "merge_drop":
        _say(turn, case, "merging.dropped")
        return
    try:
        merging.merge(turn.session, case, into, replace(actor, role=Role.STAFF), turn.now)
    except CannotMerge as why:
        _refuse(turn, case, why)
        return
    by = reached.find_way(turn.session, case)
    words = say(LANGUAGE, f"merging.done{by}", number=case.number, into=into.number)
    back = QuickReply.postback(say(LANGUAGE, "merging.part"), f"g:{case.id}:split")
    turn.say(lasting(words, (back,)), kind="line", case_id=into.id)


def _ask(turn: Turn, case: Case, into: Case) -> None:
    try:
        merging.check(case, into)
    except CannotMerge as why:
        _refuse(turn, case, why)
        return
    card = ask_merge(_see(turn, case), _see(turn, into), LANGUAGE)
    turn.say(group_sources.tie(turn, card), kind="preview", case_id=case.id)


def _part(turn: Turn, case: Case, actor: Actor) -> None:
    done = None if case.confidential else merging.split(turn.session, case, actor, turn.now)
    _say(turn, case, "merging.parted" if done else "merging.too_late")


def _refuse(turn: Turn, case: Case, why: CannotMerge) -> None:
    turn.say(text_bubble(say(LANGUAGE, why.key)), kind="line", case_id=None if case.confidential else case.id)


def _say(turn: Turn, case: Case, key: str) -> None:
    status = views.name_status(Status(case.status), LANGUAGE)
    words = say(LANGUAGE, key, number=case.number, status=status)
    turn.say(text_bubble(words), kind="line", case_id=case.id)


def _see(turn: Turn, case: Case) -> MergedView:
    place, office = views.describe_place(case, LANGUAGE), views.name_khet(case.owner, LANGUAGE)
    return MergedView(
        case_id=case.id,
        number=case.number,
        category=views.name_category(case.category, LANGUAGE),
        place=place,
        office="" if office in place else office,
        status=views.name_status(Status(case.status), LANGUAGE),
        followers=views.count_followers(turn.session, case),
    )


def _act(turn: Turn) -> Actor:
    return Actor(Role.STAFF, person=turn.inbound.user_id, organisation="omb", chat_id=turn.inbound.chat_id)


def _read(words: str) -> tuple[str | None, str | None, str]:
    """The first and second case number, and the other words without spaces and courtesy."""
    if len(words) > LONGEST:
        return None, None, ""
    first = find_case_number(words)
    rest = strip_case_number(words)
    second = find_case_number(rest)
    rest = strip_case_number(rest) if second else rest
    if find_case_number(rest):
        return None, None, ""
    said = "".join(rest.lower().split())
    while tail := next((word for word in _load()["polite"] if said.endswith(word)), ""):
        said = said[: -len(tail)]
    return first, second, said


@cache
def _load() -> dict[str, list[str]]:
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        return tomllib.load(file)
