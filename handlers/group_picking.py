"""Words that quote a list name no case: one question with buttons, and they count for those that are tapped.

Where they say it of every case in the list all of them is one of the buttons, with what it would record.
"""

from dataclasses import replace
from datetime import date

from bot.messages.bubbles import text_bubble
from bot.messages.group_lines import MOST_CHOICES, MOST_ROWS, name_person
from bot.messages.listed_cases import RecordedView, WholeView, recorded, which_of_list
from cases import clocks, listed_words, office_updates, putting_off, views
from cases.desk_lines import describe_step
from cases.listed_words import LISTED, Said
from cases.office_updates import Made, Update
from cases.open_cases import LANGUAGE, OPEN, see_line
from cases.statuses import Action, Actor, Status
from cases.waiting import is_too_far
from clock import in_bangkok
from handlers import group_answers, group_asking, group_beside, group_excepting, group_sources, group_words, updates
from handlers.turn import Turn
from storage import cases as stored
from storage import clocks as stored_clocks
from storage import group_people, inbox, sent_cards
from storage import readings as stored_readings
from storage.models import Case, Group, SentMessage
from texts.catalog import say
from texts.moments import say_date

WHOLE = frozenset({Action.ACKNOWLEDGE, Action.START, Action.PROMISE})  # what may be said of many cases at once


def ask(turn: Turn, group: Group, listed: SentMessage, actor: Actor) -> bool:
    """Ask which case is meant; the words stay with their event until somebody says so. False where they are talk."""
    shown = sent_cards.list_shown(turn.session, listed)
    cases = _list_cases(turn, group, shown, all_open=listed.kind == "digest")
    inbound = turn.inbound
    said = Said(inbound.text, inbound.message_id, turn.now)
    whole, update = _read(turn, said, len(shown) or len(cases))
    left = _list_left_out(turn, said, cases, as_shown=[case.id for case in cases] == shown)
    whole = whole and left is not None
    if update is None or not cases:
        return False
    if len(cases) == 1 and len(shown) <= 1 and update.action in WHOLE and not left:
        return _take_only(turn, cases[0], actor)
    ask_which(turn, cases, actor, _see_whole(turn, cases, update, actor, left or []) if whole else None)
    return True


def ask_which(turn: Turn, cases: list[Case], actor: Actor, offered: WholeView | None = None) -> None:
    """One question of which of these cases somebody wrote; `offered`: what a tap for all of them would record."""
    inbound = turn.inbound
    edited_at = inbound.at if inbound.kind == "edited" else None
    for case in cases:
        event_id, message_id = inbound.event_id, inbound.message_id
        listed_words.keep(turn.session, case, event_id, message_id, actor, turn.now, edited_at=edited_at)
    lines = [see_line(case, None, turn.now) for case in cases]
    question = which_of_list(lines, inbound.event_id, offered, LANGUAGE)
    turn.say(group_sources.tie(turn, question), kind="question")
    group_asking.forget(turn)


def _take_only(turn: Turn, case: Case, actor: Actor) -> bool:
    """The list had this case alone: what quotes it is said of it."""
    only = stored.find_case(turn.session, case.id, lock=True)
    if only is None or not office_updates.is_with(only, actor.organisation):
        return False
    if not turn.inbound.text:
        return updates.take_nod(turn, only, actor)
    _, words = group_words.split_whole(turn.inbound.text, 0)
    updates.take_words(turn, only, words, actor, named=True)
    return True


def take_choice(turn: Turn, group: Group, case_id: int, event_id: str, actor: Actor) -> None:
    """A case was tapped, or none (0): then the words were talk. Words that are gone by now leave the card to speak."""
    said = listed_words.find_said(turn.session, event_id, turn.inbound.chat_id)
    if not case_id:
        inbox.forget_words(turn.session, event_id)
        return
    case = stored.find_case(turn.session, case_id, lock=True)
    if case is None or not office_updates.is_with(case, actor.organisation):
        group_answers.say_elsewhere(turn)
    elif said is None or _has_read(turn, case, said):
        group_beside.open_card(turn, case, group)
    elif not said.words:
        nod = Update(Action.ACKNOWLEDGE, message_id=said.message_id)
        updates.take_step(turn, case, nod, actor)
    elif _is_of_another_day(turn, said):
        group_answers.say_standing(turn, case, why=group_sources.DAY_PAST)
    else:
        _, words = group_words.split_whole(_leave_out(turn, said), 0)
        inbound = replace(turn.inbound, message_id=said.message_id)  # whoever takes it back takes back the step
        updates.take_words(replace(turn, inbound=inbound), case, words, actor, named=True)


def take_all(turn: Turn, event_id: str, actor: Actor) -> None:
    """All of them: the step of each that it changes, in one answer."""
    said = listed_words.find_said(turn.session, event_id, turn.inbound.chat_id)
    noted = _list_noted(turn, event_id, said) if said is not None else []
    found = [stored.find_case(turn.session, case_id, lock=True) for case_id in sorted(noted)]
    listed = sorted((case for case in found if case is not None), key=lambda case: noted.index(case.id))
    left = _list_left_out(turn, said, listed, as_shown=True) if said is not None else None
    listed = [case for case in listed if case.number not in (left or [])]
    cases = [case for case in listed if office_updates.is_with(case, actor.organisation)]
    update = _read(turn, said, len(noted))[1] if said is not None else None
    if said is None or update is None or update.action not in WHOLE or not cases or left is None:
        turn.say(text_bubble(say(LANGUAGE, "listed.over")), kind="line")
    elif update.due is not None and update.due < in_bangkok(turn.now).date():
        turn.say(text_bubble(say(LANGUAGE, f"group.{group_sources.DAY_PAST}")), kind="line")
    else:
        gone = [case.number for case in listed if case not in cases]
        _record(turn, cases, replace(update, message_id=said.message_id), actor, gone)


def _record(turn: Turn, cases: list[Case], update: Update, actor: Actor, gone: list[str]) -> None:
    rows = []
    for case in cases:
        reason = update.reason or (
            putting_off.find_told_reason(turn.session, case) if update.action is Action.PROMISE else None
        )
        made = None
        if _would_change(case, update, actor):
            one = replace(update, reason=reason)
            made = office_updates.take_update(turn.session, case, one, actor, turn.now)
        if isinstance(made, Made):
            why = putting_off.wants_reason(turn.session, made.entry, turn.now)
            status = describe_step(turn.session, made.entry, case, turn.now)
            rows.append(RecordedView(case.id, case.number, status, made.entry.id, unexplained=why))
        else:
            rows.append(RecordedView(case.id, case.number, views.name_status(Status(case.status), LANGUAGE)))
    person = turn.inbound.user_id
    name = group_people.want_name(turn.session, turn.inbound.chat_id, person) if person else None
    hint = say(LANGUAGE, "listed.name_days") if update.action is Action.ACKNOWLEDGE else ""
    by = name_person(name, LANGUAGE) if name else None
    elsewhere = say(LANGUAGE, "listed.gone", numbers=" ".join(gone)) if gone else ""
    turn.say(recorded(rows, by, LANGUAGE, hint=hint, gone=elsewhere), kind="list")


def _list_cases(turn: Turn, group: Group, shown: list[int], *, all_open: bool) -> list[Case]:
    """The cases of a list that the office still has open; where it told of all it has, or is too old, what is open."""
    office = str(group.organisation)
    found: list[Case | None] = []
    if not all_open:
        found = [stored.find_case(turn.session, case_id) for case_id in shown]
    if all_open or not shown:
        due = stored_clocks.list_by_due(turn.session, office, OPEN, waiting=clocks.WAITING, limit=MOST_CHOICES)
        found = [case for case, _ in due]
    return [case for case in found[:MOST_ROWS] if case and case.status in OPEN and office_updates.is_with(case, office)]


def _read(turn: Turn, said: Said, count: int) -> tuple[bool, Update | None]:
    """Whether words, or a nod, may be said of every case in a list of so many, and the step that they state."""
    if not said.words:
        return True, Update(Action.ACKNOWLEDGE, message_id=said.message_id)
    meant = _leave_out(turn, said)
    whole, words = group_words.split_whole(meant, count)
    inbound = replace(turn.inbound, kind="text", text=said.words, message_id=said.message_id)
    then = replace(turn, inbound=inbound, now=said.at)  # "tomorrow" is the day after it was written
    update = _read_step(then, words)
    return whole or group_words.is_nod((), meant), update  # "noted" under a list is said of the list


def _read_step(turn: Turn, words: str) -> Update | None:
    return updates.read_update(turn, words) or updates.read_doubtful(turn, words)


def _leave_out(turn: Turn, said: Said) -> str:
    """What is said of the others, where words except some cases; as they are where more is said of those."""
    excepted = group_excepting.split(said.words)
    if excepted is None or not (group_excepting.names_only(excepted[1]) or _read_step(turn, said.words) is None):
        return said.words
    return excepted[0]


def _list_left_out(turn: Turn, said: Said, cases: list[Case], *, as_shown: bool) -> list[str] | None:
    """The numbers of the cases that words except, of these; None where nobody can tell which."""
    excepted = group_excepting.split(said.words)
    numbers = [case.number for case in cases]
    return [] if excepted is None else group_excepting.list_left_out(excepted[1], numbers, as_shown=as_shown)


def _see_whole(turn: Turn, cases: list[Case], update: Update, actor: Actor, left: list[str]) -> WholeView | None:
    """What a tap for all of them would record; None where that is no step to be made of many cases at once."""
    today = in_bangkok(turn.now).date()
    if update.action not in WHOLE or is_too_far(update.due, today):
        return None
    stay = [case.number for case in cases if case.number in left or not _would_change(case, update, actor)]
    if len(cases) - len(stay) < 2:
        return None
    day = say_date(LANGUAGE, update.due, today=today) if update.due else ""  # it may be tapped tomorrow
    return WholeView(say(LANGUAGE, f"group.maybe_{update.action}", due=day), len(cases) - len(stay), stay)


def _would_change(case: Case, update: Update, actor: Actor) -> bool:
    kept = update.action is Action.PROMISE and case.status == Status.IN_PROGRESS and case.promised_on == update.due
    return not kept and office_updates.is_possible(case, update.action, actor)


def _list_noted(turn: Turn, event_id: str, said: Said) -> list[int]:
    """The cases of the list that was quoted, in its order."""
    read = stored_readings.list_readings(turn.session, said.message_id)
    return [entry.case_id for entry in read if entry.details.get(LISTED) == event_id]


def _has_read(turn: Turn, case: Case, said: Said) -> bool:
    """Whether the words were taken for this case already."""
    read = stored_readings.list_readings(turn.session, said.message_id)
    return any(entry.case_id == case.id and LISTED not in entry.details for entry in read)


def _is_of_another_day(turn: Turn, said: Said) -> bool:
    """Whether the words name a day, and not the one that they named when they were written."""
    days: set[date | None] = set()
    for at in (said.at, turn.now):
        update = _read(turn, replace(said, at=at), 0)[1]
        days.add(update.due if update else None)
    return len(days) > 1
