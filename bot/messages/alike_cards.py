"""Shows a citizen cases near their pin and asks whether one of them is theirs; nothing of who told it, and no photo."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages.theme import MUTED, PRIMARY, Part, bubble, button, flex, joined, panel, postback, say_text
from texts.catalog import say


@dataclass(frozen=True)
class AlikeView:
    """A case near by: `told` is the day it came; `number` stands there only where it is the reader's own."""

    key: str
    category: str
    khet: str
    metres: int
    told: str
    status: str
    number: str | None = None
    closed: bool = False


def ask_alike(views: Sequence[AlikeView], run: str, lang: str) -> Part:
    """One question: each case with its own yes, and last the button for a new one."""
    own = len(views) == 1 and views[0].number is not None
    question = say(lang, "alike.ask_own" if own else "alike.ask" if len(views) == 1 else "alike.ask_several")
    body: list[Part | None] = [say_text(question, size="md", weight="bold")]
    for view in views:
        body += [_case(view, lang), _join(view, run, lang)]
    new = say(lang, "alike.new")
    footer = [button(postback(new, f"f:{run}:alike:new", display=new))]
    return flex(question, bubble(body, footer=footer))


def _case(view: AlikeView, lang: str) -> Part:
    far = max(round(view.metres, -1), 10)
    return panel(
        [
            say_text(joined(view.number, view.category), color=PRIMARY, weight="bold", limit=80),
            say_text(joined(view.khet, say(lang, "alike.far", metres=far)), limit=80),
            say_text(say(lang, "alike.told", day=view.told), size="xs", color=MUTED, limit=60),
            say_text(say(lang, "card.status", status=view.status), size="xs", color=MUTED, limit=80),
        ]
    )


def _join(view: AlikeView, run: str, lang: str) -> Part:
    key = "alike.add" if view.number else "alike.join_closed" if view.closed else "alike.join"
    label = say(lang, key)
    return button(postback(label, f"f:{run}:alike:{view.key}", display=label), style="primary")
