"""Words that may state a step, and may not: they are kept as a note, and one line asks whether the step was meant.

[Yes] makes it as if it had been read surely. The question is asked once for a message, and ends with the
next step of the case; what we remind of, or what the reporter adds, leaves it open.
"""

from datetime import date

from bot.messages.bubbles import text_bubble
from bot.messages.group_lines import maybe_line
from cases import office_updates
from cases.office_updates import Said, Update
from cases.statuses import Action, Actor, Status
from clock import in_bangkok
from handlers import group_answers, group_questions, group_sources, group_words
from handlers.turn import Turn
from storage import cases as stored
from storage import readings as stored_readings
from storage.models import Case, HistoryEntry
from texts.catalog import say
from texts.moments import say_day

LANGUAGE = "th"
MARK = "maybe"  # on the note: the step that was asked about
YES, NO = "maybe_yes", "maybe_no"
VERBS = frozenset({YES, NO})
MADE = ""  # no reason need be given: somebody tapped before


def take_words(
    turn: Turn, case: Case, words: str, update: Update | None, actor: Actor, *, offered: bool = False
) -> None:
    """Keep the words, and ask whether they meant the step, where it could be made and was not asked about before."""
    asks = update is not None and (offered or _would_move(case, update, actor)) and not _is_asked(turn, case)
    if update is None or not asks:
        group_answers.keep_note(turn, case, words, actor)
        return
    due = update.due.isoformat() if update.due else None
    entry = group_answers.keep_note(turn, case, words, actor, **{MARK: {"action": update.action, "due": due}})
    day = say_day(LANGUAGE, update.due, today=in_bangkok(turn.now).date()) if update.due else ""
    step = say(LANGUAGE, f"group.maybe_{'offered_' if offered else ''}{update.action}", due=day)
    line = maybe_line(say(LANGUAGE, "group.maybe", number=case.number, step=step), case.id, entry.id, LANGUAGE)
    turn.say(line, kind="line", case_id=case.id)


def find(turn: Turn, case: Case, argument: str, actor: Actor) -> Update | None:
    """The step that a tap is about; None where the question is over, or was another group's."""
    entry = _find_asked(turn, case, argument, actor)
    if entry is None or not entry.note or _find_why(turn, case, entry) is not None:
        return None
    asked = entry.details[MARK]
    due = date.fromisoformat(asked["due"]) if asked["due"] else None
    action = Action(asked["action"])
    delayed, reason = group_words.find_delay(entry.note) if action is Action.PROMISE else (False, None)
    said = Said(entry.id, entry.actor_id, entry.at)
    edited_at = entry.details.get("edited_at")
    return Update(action, entry.note, due, entry.message_id, edited_at, delayed, reason, said=said)


def say_over(turn: Turn, case: Case, argument: str, actor: Actor) -> None:
    """Why the step is not made any more, and where the case stands."""
    entry = _find_asked(turn, case, argument, actor)
    group_answers.say_standing(turn, case, why=_find_why(turn, case, entry) if entry is not None else None)


def say_kept(turn: Turn, case: Case) -> None:
    """The step was not meant."""
    words = say(LANGUAGE, "group.maybe_kept", number=case.number)
    turn.say(text_bubble(words), kind="line", case_id=case.id)


def _would_move(case: Case, update: Update, actor: Actor) -> bool:
    """Whether the step is news of this case: one who has noted it says "noted" to a colleague."""
    if update.action is Action.ACKNOWLEDGE and case.status != Status.DISPATCHED:
        return False
    return office_updates.is_possible(case, update.action, actor)


def _is_asked(turn: Turn, case: Case) -> bool:
    """Whether an earlier wording of this message was asked about."""
    message_id = turn.inbound.message_id
    read = stored_readings.list_readings(turn.session, message_id) if message_id else []
    return any(MARK in entry.details for entry in read if entry.case_id == case.id)


def _find_asked(turn: Turn, case: Case, argument: str, actor: Actor) -> HistoryEntry | None:
    """The note that a tap is about."""
    known = argument.isdecimal() and len(argument) < 18
    entry = stored.find_history(turn.session, int(argument)) if known else None
    ours = entry is not None and entry.case_id == case.id and entry.chat_id == actor.chat_id
    return entry if entry is not None and ours and isinstance(entry.details.get(MARK), dict) else None


def _find_why(turn: Turn, case: Case, asked: HistoryEntry) -> str | None:
    """Why the question is over: its message was taken back or changed, the case went on, the day is past."""
    since = [entry for entry in stored.list_history(turn.session, case.id) if entry.id > asked.id]
    if dead := group_sources.find_why_dead(turn, asked):
        return dead
    steps = [entry for entry in since if _goes_on(entry)]
    if steps:
        return MADE if steps[-1].details.get(MARK) == asked.id else group_sources.MOVED_ON
    due = asked.details[MARK]["due"]
    past = due is not None and date.fromisoformat(due) < in_bangkok(turn.now).date()
    return group_sources.DAY_PAST if past else None


def _goes_on(entry: HistoryEntry) -> bool:
    """Whether a line of history is more than talk, or is words that wait to be sent."""
    if any(entry.details.get(mark) for mark in group_questions.MARKS.values()):
        return True
    return entry.action not in (*stored.QUIET_ACTIONS, Action.ANSWER)
