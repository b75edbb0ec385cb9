"""Days in a group: what a reminder asks for, opened again from a list; a day put off, and the reason for it."""

from datetime import date, datetime, timedelta

from bot.messages.bubbles import text_bubble
from bot.messages.date_question import DAYS
from bot.messages.group_lines import CaseLine
from bot.messages.reminders import REASONS, ReminderView, ask_about, ask_reason
from cases import escalating, office_hours, office_updates, putting_off, reached, reminding, views
from cases.desk import OMB
from cases.office_updates import Made, Update
from cases.statuses import Action, Actor, Status
from cases.waiting import is_too_far
from cases.working_time import NextDay
from clock import in_bangkok
from handlers import group_answers, group_asking, group_lists, group_sources, group_words
from handlers.turn import Turn
from storage import due_clocks
from storage.models import Case, Group, HistoryEntry
from texts.catalog import say
from texts.moments import say_day, say_within

LANGUAGE = "th"
WHY = "why_"  # the verb under which a reason is waited for, with the day or the step that it is for
DAY = "%Y%m%d"


def find_next_day(turn: Turn) -> NextDay:
    """How the office of this group counts its working days."""
    group = turn.session.get(Group, turn.inbound.chat_id)
    return office_hours.find_next_day(turn.session, str(group.organisation) if group else "")


def find_tapped(turn: Turn, days: int) -> date:
    """The day that a button names, so many days ahead; where its office is shut then, the working day behind it."""
    day = count_ahead(turn, days)
    group = turn.session.get(Group, turn.inbound.chat_id)
    office = str(group.organisation) if group else ""
    return day if not days or office_hours.is_open_on(turn.session, office, day) else find_next_day(turn)(day)


def count_ahead(turn: Turn, days: int) -> date:
    """The day so many days ahead, whether anybody works on it or not."""
    return in_bangkok(turn.now).date() + timedelta(days=days)


def take_workday(turn: Turn, case: Case, argument: str, actor: Actor) -> None:
    """The working day in place of the holiday that was promised; once, and where that still stands."""
    promised = case.promised_on
    instead = office_hours.find_after_holiday(turn.session, case.owner, promised) if promised else None
    if instead is None or instead.strftime(group_answers.WORKDAY) != argument:
        group_answers.say_standing(turn, case)
    else:
        made = putting_off.put_off(turn.session, case, instead, say(LANGUAGE, "reason.holiday"), actor, turn.now)
        group_answers.answer(turn, case, made)


def open_reminder(turn: Turn, case: Case, group: Group) -> None:
    """A tap in a list of reminders: the one case with its buttons; its card where no clock of its office runs."""
    running = due_clocks.list_running(turn.session, [case.id])[case.id]
    leading = reminding.find_leading(running)
    called = escalating.see_called(turn.session, case, turn.now) if group.organisation == OMB else None
    if called is not None:
        turn.say(ask_about(called, LANGUAGE), kind="reminder", case_id=case.id)
    elif leading is None or case.owner != group.organisation or case.confidential:
        group_lists.open_card(turn, case)
    elif leading.due_at > turn.now:
        status = views.name_status(Status(case.status), LANGUAGE)
        words = say(LANGUAGE, "remind.settled", number=case.number, status=status)
        turn.say(text_bubble(words), kind="line", case_id=case.id)
    else:
        view = reminding.see_reminder(turn.session, case, leading.kind, leading.due_at, group.chat_id, turn.now)
        turn.say(ask_about(view, LANGUAGE), kind="reminder", case_id=case.id)


def take_late(turn: Turn, case: Case, argument: str, actor: Actor) -> None:
    """Another day than the one that was named: why? Nothing changes before that is said."""
    if argument not in map(str, DAYS) or not office_updates.is_possible(case, Action.PROMISE, actor):
        group_answers.say_standing(turn, case)
        return
    meant, due = count_ahead(turn, int(argument)), find_tapped(turn, int(argument))
    moved = meant if due != meant else None
    if case.promised_on is None or due <= case.promised_on:
        made = office_updates.take_update(turn.session, case, Update(Action.PROMISE, due=due), actor, turn.now)
        group_answers.answer(turn, case, made, meant=moved)
        return
    reason = putting_off.find_told_reason(turn.session, case)
    if reason is not None:
        made_late = putting_off.put_off(turn.session, case, due, reason, actor, turn.now)
        group_answers.answer(turn, case, made_late, meant=moved)
        return
    _ask(turn, case, due, due.strftime(DAY), done=False, moved=moved)


def take_cause(turn: Turn, case: Case, words: str, reason: str, actor: Actor) -> None:
    """Why the day was missed came first: kept, and told to the reporter with the new day, which is asked for."""
    missed = case.promised_on.isoformat() if case.promised_on else ""
    group_answers.keep_note(turn, case, words, actor, **{putting_off.LATE: missed, "reason": reason})
    shown = _with_left_out(case, say(LANGUAGE, "reason.noted", number=case.number, reason=reason), reason)
    line = CaseLine(case.id, case.number, views.name_category(case.category, LANGUAGE))
    view = ReminderView(case.id, "promise", shown, say(LANGUAGE, "reason.ask_day"), line)
    turn.say(ask_about(view, LANGUAGE), kind=group_asking.ASKS_DATE, case_id=case.id)
    group_asking.expect(turn, case.id, group_asking.DATE)


def ask_why(turn: Turn, case: Case, result: object) -> None:
    """A new day was named in words after the old one had passed, and not why: that is asked behind the answer."""
    if isinstance(result, Made) and case.promised_on and putting_off.wants_reason(turn.session, result.entry, turn.now):
        _ask(turn, case, case.promised_on, f"e{result.entry.id}", done=True)


def open_why(turn: Turn, case: Case, key: str) -> None:
    """A tap beside a day that was put off with others, and of which nobody said why."""
    entry = putting_off.find_unexplained(turn.session, case, key)
    if entry is None or case.promised_on is None:
        group_answers.say_standing(turn, case)
    else:
        _ask(turn, case, case.promised_on, f"e{entry.id}", done=True)


def ask_owed(turn: Turn, case: Case, group: Group) -> None:
    """Whoever looks at a case again is asked once more why its day was put off, where nobody said."""
    entry = _find_owed(turn, case, str(group.organisation))
    if entry is not None and case.promised_on is not None:
        _ask(turn, case, case.promised_on, f"e{entry.id}", done=True)


def take_owed(turn: Turn, case: Case, reason: str, actor: Actor) -> bool:
    """A reason alone, where one is owed, belongs to the day that was told without it. False where none is."""
    entry = _find_owed(turn, case, str(actor.organisation))
    if entry is not None:
        _settle(turn, case, f"e{entry.id}", reason, actor)
    return entry is not None


def _find_owed(turn: Turn, case: Case, office: str) -> HistoryEntry | None:
    return putting_off.find_owed(turn.session, case, turn.now) if office_updates.is_with(case, office) else None


def _ask(turn: Turn, case: Case, due: date, token: str, *, done: bool, moved: date | None = None) -> None:
    """`moved`: the day off that was tapped, behind which the day comes."""
    today = in_bangkok(turn.now).date()
    shown = say_within(LANGUAGE, due, today=today)
    if moved is not None:
        shown += say(LANGUAGE, "group.moved_from", day=say_day(LANGUAGE, moved, today=today)) + " "
    question = ask_reason(case.number, shown, case.id, token, LANGUAGE, done=done)
    turn.say(group_sources.tie(turn, question), kind=f"how_to_{WHY}{token}", case_id=case.id)
    group_asking.expect(turn, case.id, WHY + token)


def take_why(turn: Turn, case: Case, argument: str, actor: Actor) -> None:
    """A tap on a ready-made reason: `20261128-parts`, or `e318-parts` where the day is kept already."""
    token, _, code = argument.partition("-")
    if code not in REASONS:
        group_answers.say_standing(turn, case)
        return
    _settle(turn, case, token, say(LANGUAGE, f"reason.{code}"), actor)


def take_reason(turn: Turn, case: Case, verb: str, words: str, actor: Actor) -> None:
    """The reason in words of one's own."""
    _settle(turn, case, verb.removeprefix(WHY), group_words.write_reason(words), actor)


def _settle(turn: Turn, case: Case, token: str, reason: str, actor: Actor) -> None:
    message_id = turn.inbound.message_id or None
    entry = putting_off.find_unexplained(turn.session, case, token[1:]) if token.startswith("e") else None
    due = _read_day(token, in_bangkok(turn.now).date())
    if entry is not None:
        putting_off.explain(turn.session, case, entry, reason, actor, turn.now, message_id=message_id)
        words = reached.say_by(turn.session, case, LANGUAGE, "reason.kept", number=case.number, reason=reason)
        turn.say(text_bubble(_with_left_out(case, words, reason)), kind="line", case_id=case.id)
    elif due is None:
        group_answers.say_standing(turn, case)  # the button is older than its day
    else:
        made = putting_off.put_off(turn.session, case, due, reason, actor, turn.now, message_id=message_id)
        group_answers.answer(turn, case, made)


def _with_left_out(case: Case, words: str, reason: str) -> str:
    return "\n".join(part for part in (words, putting_off.say_left_out(case, reason, LANGUAGE)) if part)


def _read_day(token: str, today: date) -> date | None:
    """The day in a button's data, as far away as a button of ours can name it; None where it names none."""
    try:
        day = datetime.strptime(token, DAY).date()  # noqa: DTZ007
    except ValueError:
        return None
    return None if day < today or is_too_far(day, today) else day
