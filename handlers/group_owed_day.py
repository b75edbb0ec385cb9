"""Answers to "by when?" that keep no day: the office hears so at once, free, with the taps that name one.

Talk stays unanswered. The words that are heard stand in `group_owed_day.toml`.
"""

import tomllib
from functools import lru_cache
from pathlib import Path

from bot.messages.group_lines import CaseLine
from bot.messages.reminders import ReminderView, ask_about
from cases import office_updates, putting_off, views
from cases.office_updates import Update
from cases.statuses import Action, Actor, Status
from cases.thai_dates import find_due
from cases.unkept_days import find_unkept
from clock import in_bangkok
from handlers import group_answers, group_asking, group_dates, group_maybe, group_words
from handlers.turn import Turn
from storage.models import Case
from texts.catalog import say

LANGUAGE = "th"
UNKNOWN, NONE = "unknown", "none"


@lru_cache(maxsize=4)
def _words(part: str) -> tuple[str, ...]:
    loaded: dict[str, list[str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return tuple(loaded[part])


def take(turn: Turn, case: Case, words: str, actor: Actor, *, quoted: bool) -> bool:
    """Say what the words lack, or ask whether the day in them is meant. False where they are talk, and kept by others.

    `quoted`: they quote the question; else they only came soon after it, and have to look like an answer.
    """
    if not office_updates.is_possible(case, Action.PROMISE, actor) or not _may_answer(words):
        return False
    today = in_bangkok(turn.now).date()
    day = find_due(words, today, group_dates.find_next_day(turn))
    if day is not None:
        sworn = quoted or any(word in words.lower() for word in _words("about"))
        if sworn:
            inbound = turn.inbound
            edited_at = inbound.at.isoformat() if inbound.kind == "edited" else None
            update = Update(Action.PROMISE, words, day, inbound.message_id, edited_at)
            group_maybe.take_words(turn, case, words, update, actor)
        return sworn
    why = find_unkept(words, today) or _find_why(turn, case, words, quoted=quoted)
    if why is None:
        return False
    group_answers.keep_note(turn, case, words, actor)
    _say(turn, case, why)
    return True


def _may_answer(words: str) -> bool:
    """Whether words are no nod, no question, no story, and tell of no other day or matter."""
    plain = words.lower()
    talk = group_words.is_other_day(words[: group_words.LONGEST_COMMAND]) or group_words.is_long(words)
    return group_words.is_reason(words) and not talk and not any(word in plain for word in _words("talk"))


def _find_why(turn: Turn, case: Case, words: str, *, quoted: bool) -> str | None:
    """That they do not know the day, or said none; None where no day is owed."""
    missed = putting_off.is_missed(turn.session, case, turn.now)
    if case.status == Status.DISPATCHED or not (case.promised_on is None or missed):
        return None
    unknown = any(words.lower().startswith(word) or (quoted and word in words.lower()) for word in _words("unknown"))
    if unknown:
        return UNKNOWN
    return NONE if quoted else None


def _say(turn: Turn, case: Case, why: str) -> None:
    missed = putting_off.is_missed(turn.session, case, turn.now)
    words = say(LANGUAGE, f"owed_day.{why}", number=case.number)
    ask = say(LANGUAGE, "owed_day.ask_unknown" if why == UNKNOWN else "owed_day.ask")
    line = CaseLine(case.id, case.number, views.name_category(case.category, LANGUAGE))
    view = ReminderView(case.id, "promise" if missed else "first_words", words, ask, line)
    turn.say(ask_about(view, LANGUAGE), kind=group_asking.ASKS_DATE, case_id=case.id)
    group_asking.expect(turn, case.id, group_asking.DATE)
