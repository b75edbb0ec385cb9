"""The two looks a day at what an office has open: how many of each, and the cases that matter most, a tap away."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages.group_lines import CaseLine, case_row, heading
from bot.messages.theme import DANGER, INK, MUTED, Part, box, bubble, flex, joined, say_text
from texts.catalog import say

MOST_ROWS = 8


@dataclass(frozen=True)
class DigestView:
    """What an office has open. `new`: since the last digest; `offered`: by other offices.

    `promised`: up to the next working day, for `next_day`, as that is said; `followers`: people who joined its cases
    since the last digest. `danger`: those of its own and those offered in which there is some. `at`: the time of the
    figures, for they may be read later.
    """

    morning: bool
    office: str
    total: int
    new: int = 0
    offered: int = 0
    due_today: int = 0
    overdue: int = 0
    waiting: int = 0
    promised: int = 0
    followers: int = 0
    danger: int = 0
    next_day: str = ""
    at: str = ""
    lines: Sequence[CaseLine] = ()


def show_digest(view: DigestView, lang: str) -> Part:
    """One card. Its altText names no case: a quote of the digest must not read as a quote of its first case."""
    title = say(lang, "digest.morning" if view.morning else "digest.evening", office=view.office)
    figures = _list_figures(view, lang)
    shown = list(view.lines[:MOST_ROWS])
    at = say_text(say(lang, "digest.at", time=view.at), size="xs", color=MUTED) if view.at else None
    rows: list[Part | None] = [heading(title), at, *(_figure(*figure) for figure in figures)]
    if shown:
        rows.append(say_text(say(lang, "card.open_hint"), size="xs", color=MUTED))
        rows += [case_row(line, f"g:{line.case_id}:card", lang) for line in shown]
    if view.total > len(shown):
        rows.append(say_text(say(lang, "digest.more", count=view.total - len(shown)), size="xs", color=MUTED))
    told = [f"{label} {count}" for label, count, _ in figures]
    return flex(joined(title, *told), bubble(rows))


def _list_figures(view: DigestView, lang: str) -> list[tuple[str, str, bool]]:
    """Label, figure, and whether it is a bad sign; what is nought is left out, but for how many are open."""
    counted = [
        ("card.danger", view.danger, True),
        ("digest.new", view.new, False),
        ("digest.offered", view.offered, False),
        ("digest.overdue", view.overdue, True),
        ("digest.due_today", view.due_today, False),
        ("digest.promised", view.promised, False),
        ("digest.waiting", view.waiting, False),
    ]
    figures = [(say(lang, key, day=view.next_day), str(count), bad) for key, count, bad in counted if count]
    if view.followers:
        figures.append((say(lang, "digest.followers"), say(lang, "digest.joined", count=view.followers), False))
    return [*figures, (say(lang, "digest.open"), str(view.total), False)]


def _figure(label: str, figure: str, bad: bool) -> Part:
    return box(
        "baseline",
        [
            say_text(label, color=MUTED, flex=3),
            say_text(figure, color=DANGER if bad else INK, weight="bold", align="end", flex=2, limit=30),
        ],
    )
