"""A message was changed after it was read: what it says now counts, and of several changes the latest.

An edit may say the opposite ("not yet"), say it of another case (a number mended), or say nothing any more.
It never touches what others have done since.
"""

from datetime import UTC, datetime

from cases import office_updates
from cases.office_updates import Update
from cases.statuses import Action, Actor, Status
from handlers import group_answers, group_photos, group_questions, updates
from handlers.turn import Turn
from storage import cases as stored
from storage import readings as stored_readings
from storage.models import Case, HistoryEntry

LONG_AGO = datetime.fromtimestamp(0, UTC)


def is_stale(turn: Turn, readings: list[HistoryEntry]) -> bool:
    """Whether a later change of the message was read already; the original is older than any change."""
    if turn.inbound.kind != "edited":
        return bool(readings)
    return turn.inbound.at <= max((_edited_at(entry) for entry in readings), default=LONG_AGO)


def find_readings(turn: Turn) -> list[HistoryEntry]:
    """What this message was read as so far."""
    return stored_readings.list_readings(turn.session, turn.inbound.message_id)


def judge_again(turn: Turn, case: Case, words: str, readings: list[HistoryEntry], actor: Actor) -> None:
    """What the message says of this case now, against what it was read as."""
    before = [entry for entry in readings if entry.case_id == case.id]
    if not before:
        updates.take_words(turn, case, words, actor, named=True)
        return
    asked_for = _asked_for(before)
    step = office_updates.find_standing_step(turn.session, before)
    if step is None or step.action == Action.ACCEPT:  # taken on is taken on: what is said now comes on top
        updates.take_words(turn, case, words, actor, asked_for=asked_for, shown_first=True)
        return
    update = updates.read_update(turn, words, asked_for)
    if update is not None and _is_same(update, step):
        group_answers.keep_note(turn, case, words, actor)
    else:
        _replace(turn, case, step, words, update, actor)


def withdraw_from(turn: Turn, case_id: int, readings: list[HistoryEntry], actor: Actor) -> None:
    """The message no longer speaks of this case: the step that was read from it is taken back."""
    case = stored.find_case(turn.session, case_id, lock=True)
    before = [entry for entry in readings if entry.case_id == case_id]
    step = office_updates.find_standing_step(turn.session, before)
    if case is not None and step is not None and office_updates.is_with(case, actor.organisation):
        _replace(turn, case, step, turn.inbound.text, None, actor)


def _replace(turn: Turn, case: Case, step: HistoryEntry, words: str, update: Update | None, actor: Actor) -> None:
    """Take the old step back and make the new one; the reporter hears of the change once."""
    came_from = Status(str(step.from_status))
    follows = update is not None and updates.is_made_at_once(came_from, update, actor)
    undone = office_updates.undo(turn.session, case, step.id, actor, turn.now, quietly=follows)
    if undone is None:  # others have gone on from there: the old step stands
        group_answers.keep_note(turn, case, words, actor)
        group_answers.say_undo_late(turn, case)
        return
    if update is not None and follows:
        updates.take_step(turn, case, update, actor)
        return
    group_answers.keep_note(turn, case, words, actor)
    group_answers.say_undone(turn, case)
    group_photos.ask_whose(turn, actor, undone.photos)
    if update is not None and update.action in (Action.ASK, Action.WAIT):
        updates.take_step(turn, case, update, actor)


def _asked_for(before: list[HistoryEntry]) -> str | None:
    """An edited reason or question is one still, however it is put now."""
    for entry in reversed(before):
        if entry.action in (Action.TRANSFER, Action.DECLINE):
            return entry.action
        for kind, mark in group_questions.MARKS.items():
            if entry.details.get(mark):
                return kind
    return None


def _is_same(update: Update, step: HistoryEntry) -> bool:
    due = update.due.isoformat() if update.due else None
    return update.action == step.action and due == step.details.get("due")


def _edited_at(entry: HistoryEntry) -> datetime:
    written = entry.details.get("edited_at")
    return datetime.fromisoformat(written) if written else LONG_AGO
