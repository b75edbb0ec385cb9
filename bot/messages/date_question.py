"""Answers "noted" with a question: by when? A tap names the day, and the reporter hears a date, not a status.

It is the line of the update itself, so that a group hears one line; its buttons stay when people go on talking.
"""

from dataclasses import dataclass

from bot.messages.group_lines import attach_tap, name_step
from bot.messages.theme import MUTED, Part, box, bubble, button, flex, joined, postback, say_text
from texts.catalog import say

DAYS = (0, 3, 7)


@dataclass(frozen=True)
class DateQuestionView:
    """A case that was just taken on: `status` in words, `undo_id` its history row, `attach` photos sent before it."""

    case_id: int
    number: str
    status: str
    undo_id: int
    photo_count: int = 0
    by: str | None = None
    attach: str | None = None


def ask_date(view: DateQuestionView, lang: str) -> Part:
    """What was recorded, the question, a day a tap, "it has to wait", and the undo."""
    words = name_step(view.number, view.status, view.by, lang)
    photos = say(lang, "card.update_photos", count=view.photo_count) if view.photo_count else None
    line, question = joined(words, photos), say(lang, "question.date")
    days = [button(postback(name_day(days, lang), f"g:{view.case_id}:due:{days}")) for days in DAYS]
    waits = button(postback(say(lang, "question.waits"), f"g:{view.case_id}:due:wait"))
    undo = button(postback(say(lang, "button.undo"), f"g:{view.case_id}:undo:{view.undo_id}"), style="link")
    body = [say_text(line, color=MUTED, limit=300), say_text(question, weight="bold")]
    footer = [box("horizontal", days, spacing="sm"), waits]
    if view.attach is not None:
        footer.append(button(attach_tap(view.case_id, view.attach, lang)))
    footer.append(undo)
    return flex(joined(line, question), bubble(body, footer=footer, size="kilo"))


def name_day(days: int, lang: str) -> str:
    """Today, or in so many days, as it stands on a button."""
    return say(lang, "question.in_days", count=days) if days else say(lang, "moment.today")
