"""The officers' daily and weekly summary: the figures of all offices, who is late, and a chart above them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages.group_lines import CaseLine, heading
from bot.messages.theme import DANGER, INK, MUTED, Part, box, bubble, flex, joined, photo, say_text, separator
from texts.catalog import say


@dataclass(frozen=True)
class SummaryView:
    """`period` in words; `figures`: catalogue key under `summary` and value, those that are a bad sign in `bad`.

    `stands`: the same of cases as they stand `at` the moment this is written, not at the period's end.
    `undecided`: what the officers were reminded to decide and have not, and how many they are.
    `danger`: where nobody has seen to it yet. `late`: the offices with most cases past their time. `silent`: cases of
    which they were reminded in vain, and how many there are (`silent_total`). `notes`: what else officers should know.
    """

    weekly: bool
    period: str
    figures: Sequence[tuple[str, str]]
    stands: Sequence[tuple[str, str]] = ()
    at: str = ""
    bad: frozenset[str] = frozenset()
    late: Sequence[tuple[str, int]] = ()
    danger: Sequence[CaseLine] = ()
    undecided: Sequence[CaseLine] = ()
    undecided_total: int = 0
    silent: Sequence[CaseLine] = ()
    silent_total: int = 0
    notes: Sequence[str] = ()
    picture: str | None = None


def show_summary(view: SummaryView, lang: str) -> Part:
    """One card; its altText tells the figures that matter most to whoever reads the notification alone."""
    title = say(lang, "summary.weekly" if view.weekly else "summary.daily")
    rows: list[Part | None] = [heading(title), say_text(view.period, size="xs", color=MUTED)]
    unseen = [say(lang, "summary.danger", count=len(view.danger))] if view.danger else []
    rows += [say_text(words, weight="bold", color=DANGER) for words in unseen]
    rows += _list_cases(view.danger, len(view.danger), lang)
    first = [say(lang, "summary.undecided", count=view.undecided_total)] if view.undecided else []
    rows += [say_text(words, weight="bold", color=DANGER) for words in first]
    rows += _list_cases(view.undecided, view.undecided_total, lang)
    rows += [separator()] if view.danger or view.undecided else []
    rows += [_row(say(lang, f"summary.{key}"), value, key in view.bad) for key, value in view.figures]
    if view.stands:
        rows += [separator(), say_text(say(lang, "summary.now", at=view.at), weight="bold")]
        rows += [_row(say(lang, f"summary.{key}"), value, key in view.bad) for key, value in view.stands]
    if view.late:
        rows += [separator(), say_text(say(lang, "summary.late_offices"), weight="bold")]
        rows += [_row(office, str(count), True) for office, count in view.late]
    if view.silent:
        title_silent = say(lang, "remind.title_escalated", count=view.silent_total)
        rows += [separator(), say_text(title_silent, weight="bold", color=DANGER)]
        rows += _list_cases(view.silent, view.silent_total, lang)
    rows += [say_text(note, size="xs", color=MUTED) for note in view.notes]
    told = [f"{say(lang, f'summary.{key}')} {value}" for key, value in view.figures[:4]]
    hero = photo(view.picture, aspectRatio="20:13", aspectMode="fit")
    return flex(joined(title, *unseen, *first, *told), bubble(rows, hero=hero))


def _list_cases(lines: Sequence[CaseLine], total: int, lang: str) -> list[Part]:
    left = total - len(lines)
    more = [say_text(say(lang, "summary.more_silent", count=left), size="xs", color=MUTED)] if left > 0 else []
    return [*(say_text(joined(one.number, one.place, one.due), size="xs", limit=160) for one in lines), *more]


def _row(label: str, value: str, bad: bool) -> Part:
    return box(
        "baseline",
        [
            say_text(label, color=MUTED, flex=4),
            say_text(value, color=DANGER if bad else INK, weight="bold", align="end", flex=1, limit=12),
        ],
    )
