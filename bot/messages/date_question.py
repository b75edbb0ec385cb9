"""Answers "noted" with a question: by when? A tap names the day, and the reporter hears a date, not a status.

It is the line of the update itself, so that a group hears one line; who has no quick replies writes the day.
"""

from dataclasses import dataclass

from bot.messages.bubbles import QuickReply, text_bubble
from bot.messages.letters import one_line
from bot.messages.theme import Part, joined
from texts.catalog import say

DAYS = (0, 3, 7)


@dataclass(frozen=True)
class DateQuestionView:
    """A case that was just taken on: `status` in words, `undo_id` its history row."""

    case_id: int
    number: str
    status: str
    undo_id: int
    photo_count: int = 0


def ask_date(view: DateQuestionView, lang: str) -> Part:
    """What was recorded, the question, a day a tap, "it has to wait", and the undo."""
    words = say(lang, "card.update", number=one_line(view.number), status=one_line(view.status))
    photos = say(lang, "card.update_photos", count=view.photo_count) if view.photo_count else None
    days = [QuickReply.postback(_name_day(days, lang), f"g:{view.case_id}:due:{days}") for days in DAYS]
    waits = QuickReply.postback(say(lang, "question.waits"), f"g:{view.case_id}:due:wait")
    undo = QuickReply.postback(say(lang, "button.undo"), f"g:{view.case_id}:undo:{view.undo_id}")
    return text_bubble(joined(words, photos, say(lang, "question.date")), (*days, waits, undo))


def _name_day(days: int, lang: str) -> str:
    return say(lang, "question.in_days", count=days) if days else say(lang, "moment.today")
