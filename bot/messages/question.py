"""Shows a coordinator the question as the reporter will read it, before it goes."""

from dataclasses import dataclass

from bot.messages.theme import Part, bubble, button, flex, postback, say_text
from texts.catalog import say


@dataclass(frozen=True)
class QuestionView:
    """A question an office wrote; `entry_id` is the note in the history that holds it."""

    case_id: int
    number: str
    words: str
    entry_id: int


def preview_question(view: QuestionView, lang: str) -> Part:
    """The question with [send] and [leave it]."""
    title = say(lang, "question.title", number=view.number)
    send = postback(say(lang, "question.send"), f"g:{view.case_id}:ask_send:{view.entry_id}")
    drop = postback(say(lang, "question.drop"), f"g:{view.case_id}:ask_drop:{view.entry_id}")
    body = [say_text(title, weight="bold", limit=120), say_text(view.words, limit=600)]
    return flex(title, bubble(body, footer=[button(send, style="primary"), button(drop)]))
