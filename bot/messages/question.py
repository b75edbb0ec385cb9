"""An office's question: offered ready-made, shown as the reporter will read it before it goes, and as they read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages.bubbles import QuickReply, text_bubble
from bot.messages.lasting import WORDS_UNITS, lasting
from bot.messages.letters import utf16_units
from bot.messages.theme import MUTED, Part, bubble, button, flex, postback, say_text
from texts.catalog import say

PREVIEWED = 3000  # letters of somebody's words that a bubble has room for; with longer ones it shows the beginning
_TITLES = {
    "ask": "title",
    "wait": "title_wait",
    "transfer": "title_transfer",
    "decline": "title_decline",
}
_LABELS = {"transfer": ("question.confirm", "button.edit"), "decline": ("question.confirm", "button.edit")}


@dataclass(frozen=True)
class QuestionView:
    """What an office wrote; `entry_id` is the note in the history that holds it.

    `kind`: `ask`, a question; `wait`, the reason why it takes longer, with the day `look` on which the office looks
    again, and `other_looks`, in how many days it may look instead; `transfer` and `decline`, why it goes.
    `phone`: somebody's own number in the words, which goes along only where a button says so. `noted`: the words took
    the case on, sent or not. `by`: how the reporter hears it, as `cases.reached` names it.
    """

    case_id: int
    number: str
    words: str
    entry_id: int
    kind: str = "ask"
    look: str = ""
    other_looks: tuple[int, ...] = ()
    phone: str = ""
    noted: bool = False
    by: str = ""


def ask_reporter(words: str, case_id: int, entry_id: int, lang: str) -> Part:
    """An office's question as its reporter reads it; the button says which question what follows answers."""
    label = say(lang, "button.answer")
    tap = QuickReply.postback(label, f"c:{case_id}:answer:{entry_id}", label)
    return lasting(words, (tap,)) if utf16_units(words) <= WORDS_UNITS else text_bubble(words, (tap,))


def offer_questions(words: str, case_id: int, ready: Sequence[tuple[str, str]], lang: str) -> Part:
    """Asks a coordinator for a question: ready-made ones to tap (key and label), words of their own, or none."""
    taps = [button(postback(label, f"g:{case_id}:ask_ready:{key}")) for key, label in ready]
    call_off = button(postback(say(lang, "button.cancel"), f"g:{case_id}:call_off"), style="link")
    return flex(words, bubble([say_text(words, limit=600)], footer=[*taps, call_off], size="kilo"))


def preview_question(view: QuestionView, lang: str) -> Part:
    """The words with [send] and [leave it]; a reason for handing a case back with [confirm] and [change]."""
    title = say(lang, f"question.{_TITLES[view.kind]}{view.by}", number=view.number, look=view.look)
    sends, drops = _LABELS.get(view.kind, (f"question.send{view.by}", "question.drop"))
    sends = "question.send_without" if view.phone else sends
    send_it = f"g:{view.case_id}:{view.kind}_send:{view.entry_id}"
    send = postback(say(lang, sends), send_it)
    drop = postback(say(lang, drops), f"g:{view.case_id}:{view.kind}_drop:{view.entry_id}")
    others = [
        button(postback(say(lang, "question.look_in", count=days), f"{send_it}-{days}")) for days in view.other_looks
    ]
    body = [say_text(title, weight="bold", limit=120), say_text(view.words, limit=PREVIEWED)]
    if view.noted:
        body.append(say_text(say(lang, "question.noted"), size="xs", color=MUTED))
    if view.phone:
        body.append(say_text(say(lang, "question.number_in", phone=view.phone), limit=200))
        number = postback(say(lang, "question.send_with"), f"{send_it}-with")
        others = [button(number), *others]
    return flex(title, bubble(body, footer=[button(send, style="primary"), *others, button(drop)]))
