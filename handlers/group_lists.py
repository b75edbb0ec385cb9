"""What a group can ask for: its open cases, one card again, and the commands.

The Ombudsman's group has other open cases than an office: what waits for its officers, whoever owns it.
"""

from dataclasses import replace
from datetime import datetime

from bot.messages.bubbles import text_bubble
from bot.messages.group_lines import CaseLine, open_cases
from cases import asked, clocks, desk, silent_offices, telling, undelivered, unseen_danger, views
from cases import open_cases as open_list
from cases.open_cases import OPEN, see_line
from cases.statuses import Status
from handlers.turn import Turn
from storage import askings, callbacks, followers
from storage import desk as stored_desk
from storage.models import Case, Group, SlaClock
from texts.catalog import say

LANGUAGE = "th"
BEFORE_OFFICERS = stored_desk.Before(waiting=tuple(desk.STEPS), owner=desk.OMB, open=OPEN)
SHOWN = 24


def list_open(turn: Turn, organisation: str, before: int = 0) -> None:
    """งานค้าง: the open cases, most overdue first, each a tap away from its card; behind so many on earlier pages."""
    limit = before + SHOWN
    if organisation == desk.OMB:
        others_turn = clocks.WAITING - set(desk.CLOCKS.values())
        found = stored_desk.list_before(turn.session, BEFORE_OFFICERS, others_turn=others_turn, limit=limit)
        lines = [_see_undelivered(case, turn.now) for case in _list_undelivered(turn)]
        lines += [_see_danger(case, turn.now) for case in _list_danger(turn)]
        lines += [see_desk_line(case, running, turn.now) for case, running in found]
        known = {line.case_id for line in lines}
        lines += [_see_unasked(turn, case) for case in _list_unasked(turn) if case.id not in known]
        known = {line.case_id for line in lines}
        lines += [_see_unplaced(case, turn.now) for case in _list_unplaced(turn, limit) if case.id not in known]
        shown = {line.case_id for line in lines}
        silent = silent_offices.list_lines(turn.session, turn.now, limit)
        lines += [line for line in silent if line.case_id not in shown]
        counted = followers.count(turn.session, [line.case_id for line in lines])
        lines = [replace(line, followers=counted.get(line.case_id, 0)) for line in lines]
    else:
        lines = open_list.list_lines(turn.session, organisation, turn.now, limit)
    page = lines[before:limit]
    turn.say(open_cases(page, LANGUAGE, total=count_open(turn, organisation), before=before), kind="list")


def count_open(turn: Turn, organisation: str) -> int:
    """How many cases the office has open, and is offered."""
    if organisation == desk.OMB:
        undelivered_too = {case.id for case in _list_undelivered(turn)}
        silent = {line.case_id for line in silent_offices.list_lines(turn.session, turn.now, SHOWN)}
        first = undelivered_too | {case.id for case in _list_danger(turn)} | {case.id for case in _list_unasked(turn)}
        beside = silent_offices.count(turn.session, turn.now) - len(silent & first)
        beside += stored_desk.count_unplaced(turn.session, Status.NEW, desk.OMB, first)
        return stored_desk.count_before(turn.session, BEFORE_OFFICERS) + len(first) + beside
    return open_list.count(turn.session, organisation)


def _list_undelivered(turn: Turn) -> list[Case]:
    """Danger of which another office may know nothing: what officers have themselves they read here anyway."""
    found = undelivered.list_cases(turn.session, SHOWN)
    return [case for case in found if case.owner != desk.OMB and case.status in undelivered.UNANSWERED]


def _see_undelivered(case: Case, now: datetime) -> CaseLine:
    line = see_desk_line(case, None, now)
    place = line.place if case.confidential else f"{views.name_khet(case.owner, LANGUAGE)} · {line.place}"
    return replace(line, place=place, due=say(LANGUAGE, "desk.undelivered"), late=True)


def _list_unplaced(turn: Turn, limit: int) -> list[Case]:
    """Cases of offices that have neither a group nor an address: their reporters wait, and no clock runs."""
    return stored_desk.list_unplaced(turn.session, Status.NEW, desk.OMB, limit)


def _see_unplaced(case: Case, now: datetime) -> CaseLine:
    office = views.name_khet(case.owner, LANGUAGE)
    line = see_desk_line(case, None, now)
    return line if case.confidential else replace(line, due=say(LANGUAGE, "desk.unplaced", office=office), late=True)


def _list_danger(turn: Turn) -> list[Case]:
    """Cases of offices of which a reporter tells of danger, where neither an office nor an officer has acted on it."""
    told = unseen_danger.list_cases(turn.session, turn.now, SHOWN)
    undelivered_too = {case.id for case in _list_undelivered(turn)}
    known = {case.id for case in told if case.owner == desk.OMB or Status(case.status) in desk.STEPS}
    return [case for case in told if case.id not in known | undelivered_too]


def _see_danger(case: Case, now: datetime) -> CaseLine:
    return replace(see_desk_line(case, None, now), due=unseen_danger.say_danger(case), late=True)


def _list_unasked(turn: Turn) -> list[Case]:
    """Cases of offices that wait for their reporter, whom officers are to ask: nobody has rung, or they blocked us."""
    others = (Case.owner != desk.OMB, Case.status.in_((Status.RESOLVED, Status.NEEDS_INFO)))
    owed = [one for one in callbacks.list_owed(turn.session, others, SHOWN) if one.callback.kind in ("confirm", "ask")]
    found = [one.case for one in owed if one.callback.kind == "ask" or _has_blocked(turn, one)]
    found += askings.list_unheard(turn.session, Status.NEEDS_INFO, SHOWN, but=desk.OMB)
    return list({case.id: case for case in found}.values())


def _has_blocked(turn: Turn, call: callbacks.OwedCall) -> bool:
    chat_id = call.reporter.line_user_id
    return chat_id is not None and askings.has_blocked(turn.session, chat_id)


def _see_unasked(turn: Turn, case: Case) -> CaseLine:
    key = "reporter_blocked"
    if case.status == Status.NEEDS_INFO:
        key = {"uncalled": "call_owed", "rung": "call_again"}.get(asked.find_why(turn.session, case), "question_unread")
    return replace(see_desk_line(case, None, turn.now), due=say(LANGUAGE, f"desk.{key}"))


def see_desk_line(case: Case, running: SlaClock | None, now: datetime) -> CaseLine:
    """One case in the officers' list: why it is there and by when; of a confidential one its number alone."""
    if case.confidential:
        return CaseLine(case.id, case.number, say(LANGUAGE, "desk.confidential"))
    line = see_line(case, running, now)
    due, late = views.say_desk_due(running, LANGUAGE, now)
    if Status(case.status) not in desk.STEPS:
        return line
    standing = views.name_status(Status(case.status), LANGUAGE)
    return CaseLine(line.case_id, line.number, line.summary, f"{standing} · {line.place}", due, late)


def open_card(turn: Turn, case: Case) -> None:
    """The card once more, by free reply; it can be quoted like the first."""
    show = telling.show_to_staff if _is_staffs(turn) else telling.show_card
    show(turn.session, case, turn.inbound.chat_id, turn.now)


def say_help(turn: Turn) -> None:
    """ช่วยเหลือ: how this group is used."""
    key = "desk.help" if _is_staffs(turn) else "group.help"
    turn.say(text_bubble(say(LANGUAGE, key)), kind="help")


def _is_staffs(turn: Turn) -> bool:
    group = turn.session.get(Group, turn.inbound.chat_id)
    return group is not None and group.organisation == desk.OMB
