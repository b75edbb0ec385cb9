"""Shows a coordinator words of theirs as the reporter will read them, before they go."""

from dataclasses import dataclass

from bot.messages.theme import Part, bubble, button, flex, postback, say_text
from texts.catalog import say

_TITLES = {
    "ask": "question.title",
    "wait": "question.title_wait",
    "transfer": "question.title_transfer",
    "decline": "question.title_decline",
}
_LABELS = {"transfer": ("question.confirm", "button.edit"), "decline": ("question.confirm", "button.edit")}


@dataclass(frozen=True)
class QuestionView:
    """What an office wrote; `entry_id` is the note in the history that holds it.

    `kind`: `ask`, a question; `wait`, the reason why it takes longer; `transfer` and `decline`, why it goes.
    """

    case_id: int
    number: str
    words: str
    entry_id: int
    kind: str = "ask"


def preview_question(view: QuestionView, lang: str) -> Part:
    """The words with [send] and [leave it]; a reason for handing a case back with [confirm] and [change]."""
    title = say(lang, _TITLES[view.kind], number=view.number)
    sends, drops = _LABELS.get(view.kind, ("question.send", "question.drop"))
    send = postback(say(lang, sends), f"g:{view.case_id}:{view.kind}_send:{view.entry_id}")
    drop = postback(say(lang, drops), f"g:{view.case_id}:{view.kind}_drop:{view.entry_id}")
    body = [say_text(title, weight="bold", limit=120), say_text(view.words, limit=600)]
    return flex(title, bubble(body, footer=[button(send, style="primary"), button(drop)]))
