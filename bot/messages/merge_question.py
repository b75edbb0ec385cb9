"""Asks an officer whether two cases are one: both side by side, and what follows for the people behind them."""

from dataclasses import dataclass

from bot.messages.theme import MUTED, PRIMARY, Part, bubble, button, flex, joined, panel, postback, say_text
from texts.catalog import say


@dataclass(frozen=True)
class MergedView:
    """One of the two, as the officers' group may see it."""

    case_id: int
    number: str
    category: str
    place: str
    office: str
    status: str
    followers: int


def ask_merge(case: MergedView, into: MergedView, lang: str) -> Part:
    """`case` would end, and `into` go on."""
    title = say(lang, "merging.ask", number=case.number, into=into.number)
    body: list[Part | None] = [say_text(title, size="md", weight="bold", limit=160)]
    body += [_show(view, lang) for view in (case, into)]
    body.append(say_text(say(lang, "merging.follows", number=case.number, into=into.number), size="xs", color=MUTED))
    yes = postback(say(lang, "merging.yes"), f"g:{case.case_id}:merge:{into.case_id}")
    no = postback(say(lang, "merging.no"), f"g:{case.case_id}:merge_drop:{into.case_id}")
    return flex(title, bubble(body, footer=[button(yes, style="primary"), button(no)]))


def _show(view: MergedView, lang: str) -> Part:
    more = say(lang, "card.row_followers", count=view.followers) if view.followers else None
    return panel(
        [
            say_text(joined(view.number, view.category), color=PRIMARY, weight="bold", limit=80),
            say_text(joined(view.place, view.office), limit=120),
            say_text(joined(view.status, more), size="xs", color=MUTED, limit=80),
        ]
    )
