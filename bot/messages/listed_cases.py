"""What is said where words quote a list of cases: which one is meant or, where they say it of every one, all of them.

What would be recorded of all is read before it is tapped; each step can be taken back by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages.bubbles import text_bubble
from bot.messages.group_lines import MOST_CHOICES, CaseLine, case_row, heading
from bot.messages.letters import one_line
from bot.messages.taps import postback
from bot.messages.theme import LINK, MUTED, Part, box, bubble, button, flex, joined, panel, say_text
from texts.catalog import say


@dataclass(frozen=True)
class WholeView:
    """What a tap would record of all of them: `step` in words, of so many; the numbers of those that stay as is."""

    step: str
    count: int
    stay: Sequence[str] = ()


@dataclass(frozen=True)
class RecordedView:
    """What was recorded of one case: `undo_id` its history row, absent where nothing changed; `unexplained`: a day was
    put off, and nobody said why.
    """

    case_id: int
    number: str
    status: str
    undo_id: int | None = None
    unexplained: bool = False


def which_of_list(cases: Sequence[CaseLine], token: str, whole: WholeView | None, lang: str) -> Part:
    """Asks which case of a list words are about; `token`: the event of the words."""
    question = say(lang, "card.which_case")
    rows: list[Part | None] = [heading(question)]
    rows += [case_row(line, f"g:{line.case_id}:pick:{token}", lang) for line in cases[:MOST_CHOICES]]
    if len(cases) > MOST_CHOICES:
        rows.append(say_text(say(lang, "listed.others"), size="xs", color=MUTED))
    taps = []
    if whole is not None:
        label = say(lang, "listed.all", count=whole.count)
        would = say(lang, "listed.would", tap=label, step=whole.step)
        stay = say(lang, "listed.stay", numbers=" ".join(whole.stay)) if whole.stay else None
        rows.append(
            panel([say_text(would, limit=200), say_text(stay, size="xs", color=MUTED, limit=400) if stay else None])
        )
        taps.append(button(postback(label, f"g:0:pick_all:{token}"), style="primary"))
    taps.append(button(postback(say(lang, "button.not_related"), f"g:0:pick:{token}")))
    return flex(question, bubble(rows, footer=taps))


def recorded(views: Sequence[RecordedView], by: str | None, lang: str, *, hint: str = "", gone: str = "") -> Part:
    """What a tap for all of them recorded, case by case, and which are `gone`. Its altText names no case, as that of
    every list.
    """
    count = sum(view.undo_id is not None for view in views)
    if not count:
        return text_bubble(say(lang, "listed.unchanged"))
    title = joined(say(lang, "listed.recorded", count=count), by)
    rows: list[Part | None] = [heading(title), *(_row(view, lang) for view in views)]
    rows += [say_text(one, size="xs", color=MUTED, limit=400) for one in (gone, hint) if one]
    return flex(title, bubble(rows))


def _row(view: RecordedView, lang: str) -> Part:
    words = say(lang, "card.update", number=one_line(view.number), status=one_line(view.status))
    card = postback(view.number, f"g:{view.case_id}:card")
    taps = []
    if view.unexplained:
        taps.append(postback(say(lang, "listed.tell_why"), f"g:{view.case_id}:why_of:{view.undo_id}"))
    if view.undo_id is not None:
        taps.append(postback(say(lang, "button.undo"), f"g:{view.case_id}:undo:{view.undo_id}"))
    return panel([box("vertical", [say_text(words, limit=200)], action=card), *map(_link, taps)])


def _link(tap: Part) -> Part:
    label = say_text(tap["label"], color=LINK, decoration="underline", align="end", limit=40)
    return box("vertical", [label], paddingAll="sm", action=tap)
