"""The one line with which a group is answered: what was recorded, where a case stands, how to go on."""

from dataclasses import replace
from datetime import date

from bot.messages.bubbles import text_bubble
from bot.messages.date_question import DateQuestionView, ask_date
from bot.messages.group_lines import CaseLine, UpdateLineView, asked_line, card_line, undoable_line, update_line
from bot.messages.question import offer_questions
from bot.messages.reminders import ReminderView, ask_about
from cases import office_hours, office_photos, office_updates, putting_off, questions, views
from cases.desk_lines import describe_step
from cases.office_updates import Made, Stands
from cases.statuses import OVER, Action, Actor, Role, Status
from cases.waiting import LONGEST_DAYS
from clock import in_bangkok
from handlers import group_asking, group_sources
from handlers.turn import Turn
from storage import cases as stored
from storage import group_people, outbox
from storage.models import Case, Group, HistoryEntry
from texts.catalog import say
from texts.moments import say_day, say_moment

LANGUAGE = "th"
WORKDAY = "on%Y%m%d"  # a day in a button's data, in place of a holiday
TAKEN_BACK = "taken_back"  # the kind of line that tells of a step that went with its message: old once the next is made


def answer(turn: Turn, case: Case, result: Made | Stands, *, meant: date | None = None) -> None:
    """What was just recorded, or where the case stands all the same; `meant`: the day off in whose place it is."""
    if isinstance(result, Stands):
        if result.too_far is None:
            say_standing(turn, case)
        else:
            _refuse_day(turn, case, result.too_far)
        return
    outbox.drop_waiting(turn.session, turn.inbound.chat_id, case.id, TAKEN_BACK)
    instead = _find_instead(turn, case, result.entry) if meant is None else None
    status = describe_step(turn.session, result.entry, case, turn.now) + _say_day_off(turn, meant, instead)
    undo_id, photos, by = result.entry.id, result.photos, _find_name(turn)
    waiting = office_photos.list_waiting(turn.session, turn.inbound.chat_id, turn.inbound.user_id, turn.now)
    attach = str(min(item.id for item in waiting)) if waiting else None
    if result.entry.action in (Action.ACKNOWLEDGE, Action.ACCEPT):
        line = ask_date(DateQuestionView(case.id, case.number, status, undo_id, photos, by, attach), LANGUAGE)
        line = group_sources.tie(turn, line, verbs=("due",))
        group_asking.expect(turn, case.id, group_asking.DATE)
        turn.say(line, kind=group_asking.ASKS_DATE, case_id=case.id)
    else:
        left = putting_off.say_left_out(case, result.entry.details.get("reason") or "", LANGUAGE)
        view = UpdateLineView(case.id, case.number, status, by, photos, left or None, undo_id, attach)
        if instead is not None:
            data = f"g:{case.id}:due:{instead.strftime(WORKDAY)}"
            view = replace(view, instead=(say_day(LANGUAGE, instead, today=in_bangkok(turn.now).date()), data))
        turn.say(update_line(view, LANGUAGE), kind="line", case_id=case.id)


def _find_instead(turn: Turn, case: Case, entry: HistoryEntry) -> date | None:
    """The working day behind the holiday that was promised."""
    due = date.fromisoformat(entry.details["due"]) if entry.action == Action.PROMISE else None
    return office_hours.find_after_holiday(turn.session, case.owner, due) if due is not None else None


def _say_day_off(turn: Turn, meant: date | None, instead: date | None) -> str:
    """That the day that was promised is a holiday, and which comes next; or that this one is in place of one."""
    today = in_bangkok(turn.now).date()
    if meant is not None:
        return " " + say(LANGUAGE, "group.moved_day", day=say_day(LANGUAGE, meant, today=today))
    if instead is None:
        return ""
    return " " + say(LANGUAGE, "group.on_holiday", next=say_day(LANGUAGE, instead, today=today))


def _refuse_day(turn: Turn, case: Case, day: date) -> None:
    """A day years ahead is no promise: why not, and the days that are, or that it has to wait."""
    due = say_day(LANGUAGE, day, today=in_bangkok(turn.now).date())
    words = say(LANGUAGE, "group.too_far", number=case.number, due=due, count=LONGEST_DAYS)
    category, place = views.name_category(case.category, LANGUAGE), views.describe_place(case, LANGUAGE)
    line = CaseLine(case.id, case.number, category, place)
    view = ReminderView(case.id, "first_words", words, say(LANGUAGE, "remind.ask_first_words"), line)
    turn.say(ask_about(view, LANGUAGE), kind=group_asking.ASKS_DATE, case_id=case.id)


def _find_name(turn: Turn) -> str | None:
    """Who acts, by the name the group sees; unknown at first, then LINE is asked for it."""
    person = turn.inbound.user_id
    return group_people.want_name(turn.session, turn.inbound.chat_id, person) if person else None


def say_standing(turn: Turn, case: Case, *, slip: bool = False, why: str | None = None) -> None:
    """Nothing changed: where the case stands, and since when, with the undo of what an office said last.

    It is offered where the office had let the case go, and after any `slip` that somebody owns up to. `why` a button
    does nothing any more; then the way on is the card.
    """
    why = why or (group_sources.WORDS_GONE if group_sources.has_gone(turn) else None)
    step = (
        office_updates.find_latest_step(turn.session, case, Actor(Role.COORDINATOR))
        if slip or (_is_let_go(case) and _owns(turn, case))
        else None
    )
    words = _write_since(turn, case, "group.stands") + (f"\n{say(LANGUAGE, f'group.{why}')}" if why else "")
    if step:
        line = undoable_line(words, case.id, step.id, LANGUAGE)
    elif why and Status(case.status) not in OVER:
        again = f" {say(LANGUAGE, 'group.from_card')}" if why == group_sources.MOVED_ON else ""
        line = card_line(words + again, case.id, LANGUAGE)
    else:
        line = text_bubble(words)
    turn.say(line, kind="line", case_id=case.id)


def say_gone(turn: Turn) -> None:
    """The words that a button was shown for were taken back, and name no case."""
    turn.say(text_bubble(say(LANGUAGE, f"group.{group_sources.WORDS_GONE}")), kind="line")


def _owns(turn: Turn, case: Case) -> bool:
    """Whether this group's office made the step: others could not undo it."""
    group = turn.session.get(Group, turn.inbound.chat_id)
    return office_updates.is_with(case, group.organisation if group else None)


def _is_let_go(case: Case) -> bool:
    return Status(case.status) in (Status.RESOLVED, Status.DECLINED, Status.TRANSFERRING)


def say_undo_late(turn: Turn, case: Case) -> None:
    """Somebody has gone on from there, so that nothing was undone."""
    turn.say(text_bubble(_write_since(turn, case, "group.undo_late")), kind="line", case_id=case.id)


def say_undone(turn: Turn, case: Case) -> None:
    """A step was taken back: how the case stands, and for which day it is promised again."""
    status = views.name_status(Status(case.status), LANGUAGE)
    if case.promised_on and case.status in views.PROMISED:
        status += f" · {say(LANGUAGE, 'office.promised', due=views.say_promise(case, LANGUAGE, turn.now))}"
    _say_line(turn, case, "group.undone", status=status)


def say_how_to(turn: Turn, case: Case, verb: str) -> None:
    """This step takes words: whoever wanted it writes them next, others quote this line, which `kind` tells again."""
    words = say(LANGUAGE, f"group.how_to_{verb}", number=case.number)
    ready = [(one.key, one.label) for one in questions.list_questions(case.category)] if verb == "ask" else []
    line = offer_questions(words, case.id, ready, LANGUAGE) if ready else asked_line(words, case.id, LANGUAGE)
    turn.say(group_sources.tie(turn, line), kind=f"how_to_{verb}", case_id=case.id)
    group_asking.expect(turn, case.id, verb)


def say_called_off(turn: Turn, case: Case) -> None:
    """The words that were asked for are not wanted any more."""
    _say_line(turn, case, "group.called_off")


def say_elsewhere(turn: Turn) -> None:
    """A case this group does not have (any more), or nobody has: nothing of it is shown."""
    turn.say(text_bubble(say(LANGUAGE, "group.elsewhere")), kind="line")


def keep_note(turn: Turn, case: Case, words: str, actor: Actor, **details: object) -> HistoryEntry:
    """Words that move nothing are kept with the case."""
    if turn.inbound.kind == "edited":
        details["edited_at"] = turn.inbound.at.isoformat()
    return office_updates.note(
        turn.session, case, words, actor, turn.now, details=details, message_id=turn.inbound.message_id
    )


def _write_since(turn: Turn, case: Case, key: str) -> str:
    last = stored.find_last_change(turn.session, case.id)
    since = say_moment(LANGUAGE, last.at if last else case.updated_at, now=turn.now)
    status = views.name_status(Status(case.status), LANGUAGE)
    return say(LANGUAGE, key, number=case.number, status=status, since=since)


def _say_line(turn: Turn, case: Case, key: str, **values: str) -> None:
    turn.say(text_bubble(say(LANGUAGE, key, number=case.number, **values)), kind="line", case_id=case.id)
