"""The short things said in a group: a line for an update, a question for a photo, the list of open cases.

What can be tapped must outlive the chatter, so it stands in a small card: quick replies vanish as soon as
anyone writes, and computers never show them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages.bubbles import text_bubble
from bot.messages.letters import one_line
from bot.messages.theme import (
    DANGER,
    LINK,
    MUTED,
    PRIMARY,
    WARNING,
    Part,
    box,
    bubble,
    button,
    carousel,
    flex,
    graphemes,
    joined,
    panel,
    postback,
    say_text,
)
from texts.catalog import say

MOST_CHOICES = 10
ROWS_A_BUBBLE = 8
MOST_ROWS = 24
# Read aloud by the phone, not drawn: the row itself shows the words. Where it would be cut the number says enough.
ROW_LABEL = 20


@dataclass(frozen=True)
class UpdateLineView:
    """What was just recorded: `status` in words, `by` a name as LINE shows it, `undo_id` its history row.

    `attach`: the token of photos that its writer sent before, of which nobody said yet whose they are. `instead`: a
    day that may rather be meant, in words, and the data of the tap that names it.
    """

    case_id: int
    number: str
    status: str
    by: str | None = None
    photo_count: int = 0
    note: str | None = None
    undo_id: int | None = None
    attach: str | None = None
    instead: tuple[str, str] | None = None


@dataclass(frozen=True)
class CaseLine:
    """One case in a list or a question; `late` means past its due time, `followers` how many joined it.

    `offered`: another office asks this one to take it.
    """

    case_id: int
    number: str
    summary: str
    place: str = ""
    due: str = ""
    late: bool = False
    followers: int = 0
    offered: bool = False


def update_line(view: UpdateLineView, lang: str) -> Part:
    """The one line that answers a recognised update, with its undo beside it."""
    words = name_step(view.number, view.status, view.by, lang)
    photos = say(lang, "card.update_photos", count=view.photo_count) if view.photo_count else None
    line = joined(words, view.note, photos)
    if view.undo_id is None:
        return text_bubble(line)
    taps = [attach_tap(view.case_id, view.attach, lang)] if view.attach is not None else []
    if view.instead is not None:
        day, data = view.instead
        taps.append(postback(say(lang, "button.day_instead", due=day), data))
    if not taps:
        return undoable_line(line, view.case_id, view.undo_id, lang)
    undo = postback(say(lang, "button.undo"), f"g:{view.case_id}:undo:{view.undo_id}")
    return _small_line(line, *taps, undo, stacked=True)


def attach_tap(case_id: int, token: str, lang: str) -> Part:
    """Gives the case the photos that its writer sent before."""
    return postback(say(lang, "button.attach_photo"), f"g:{case_id}:photo:{token}")


def undoable_line(words: str, case_id: int, undo_id: int, lang: str) -> Part:
    """A line with the undo of a step beside it."""
    return _small_line(words, postback(say(lang, "button.undo"), f"g:{case_id}:undo:{undo_id}"))


def line_to_undo(words: str, data: str, lang: str) -> Part:
    """A line with what takes it back beside it."""
    return _small_line(words, postback(say(lang, "button.undo"), data))


def card_line(words: str, case_id: int, lang: str) -> Part:
    """A line with the way to the case's card beside it, which has what can be done now."""
    return _small_line(words, postback(say(lang, "remind.open_card"), f"g:{case_id}:card"), stacked=True)


def asked_line(words: str, case_id: int, lang: str) -> Part:
    """Asks for the words that a step takes; whoever changed their mind calls it off."""
    return _small_line(words, postback(say(lang, "button.cancel"), f"g:{case_id}:call_off"), stacked=True)


def maybe_line(words: str, case_id: int, note_id: int, lang: str) -> Part:
    """Asks whether what a note may state was meant."""
    taps = [
        postback(say(lang, f"button.{verb}"), f"g:{case_id}:{verb}:{note_id}") for verb in ("maybe_yes", "maybe_no")
    ]
    return _small_line(words, *taps, stacked=True)


def name_step(number: str, status: str, by: str | None, lang: str) -> str:
    """What was recorded of a case, and by whom where the name is known."""
    words = say(lang, "card.update", number=one_line(number), status=one_line(status))
    name = one_line(by or "")
    return f"{words} ({name_person(name, lang)})" if name else words


def name_person(name: str, lang: str) -> str:
    """The name with the courtesy title of the language, unless it was written with it."""
    title = say(lang, "card.person", name="")
    return name if name.startswith(title) else say(lang, "card.person", name=name)


def whose_photo(cases: Sequence[CaseLine], token: str, lang: str) -> Part:
    """Asks which case a photo belongs to; at most ten cases, and "none of them"."""
    return _ask_which(say(lang, "card.whose_photo"), cases, "photo", token, lang)


def which_case(cases: Sequence[CaseLine], token: str, lang: str) -> Part:
    """Asks which case an update without a number or a quote is about."""
    return _ask_which(say(lang, "card.which_case"), cases, "pick", token, lang)


def open_cases(cards: Sequence[CaseLine], lang: str, total: int | None = None, *, before: int = 0) -> Part:
    """The group's open cases in the order given; a tap opens the card. `total` counts those not given too.

    So many come `before` these, on earlier pages; a tap brings the page behind.
    """
    count = max(total or 0, before + len(cards))
    if not cards:
        return text_bubble(say(lang, "card.open_none"))
    title = say(lang, "card.open_title", count=count)
    last = before + len(cards[:MOST_ROWS])
    if before:
        title = joined(title, say(lang, "card.open_page", first=before + 1, last=last))
    following = button(postback(say(lang, "card.open_next"), f"g:0:more:{last}"))
    return list_cases(title, cards, lang, total=count - before, following=following)


def list_cases(
    title: str, cards: Sequence[CaseLine], lang: str, *, total: int, verb: str = "card", following: Part | None = None
) -> Part:
    """Cases in the order given under a title, a few in a bubble; what a tap on one does is told by `verb`.

    `following`: the button that brings what comes behind them; without one it is told how to see that.
    """
    shown = list(cards[:MOST_ROWS])
    pages = [shown[start : start + ROWS_A_BUBBLE] for start in range(0, len(shown), ROWS_A_BUBBLE)]
    bubbles = []
    for page in pages:
        hint = say_text(say(lang, "card.open_hint"), size="xs", color=MUTED)
        rows: list[Part | None] = [heading(title), hint]
        footer: list[Part] = []
        rows += [case_row(line, f"g:{line.case_id}:{verb}", lang) for line in page]
        if page is pages[-1] and total > len(shown):
            key = "card.open_more" if following is not None else "digest.more"
            rows.append(say_text(say(lang, key, count=total - len(shown)), color=MUTED))
            footer = [following] if following is not None else []
        bubbles.append(bubble(rows, footer=footer))
    # No case number in the altText: a quote of the list must not read as a quote of its first case.
    return flex(title, carousel(bubbles))


def _ask_which(question: str, cases: Sequence[CaseLine], verb: str, token: str, lang: str) -> Part:
    rows = [case_row(line, f"g:{line.case_id}:{verb}:{token}", lang) for line in cases[:MOST_CHOICES]]
    none = button(postback(say(lang, "button.not_related"), f"g:0:{verb}:{token}"))
    return flex(question, bubble([heading(question), *rows], footer=[none]))


def _small_line(words: str, *taps: Part, stacked: bool = False) -> Part:
    """Words as quiet as a line of text, and what can be tapped, beside them or below."""
    tapped = []
    for tap in taps:
        label = say_text(tap["label"], color=LINK, decoration="underline", align="end", limit=40)
        # The box around the label is what a thumb hits.
        tapped.append(box("vertical", [label], paddingAll="sm", action=tap))
    said = say_text(words, limit=600)
    if not stacked:
        said, tapped = said | {"flex": 1, "gravity": "center"}, [one | {"flex": 0} for one in tapped]
    body = box("vertical" if stacked else "horizontal", [said, *tapped], spacing="sm")
    return flex(words, bubble([body], size="kilo"))


def heading(words: str) -> Part:
    """What a list is headed with."""
    return say_text(words, size="lg", weight="bold", limit=120)


def _followers(line: CaseLine, lang: str) -> Part | None:
    if line.followers < 1:
        return None
    return say_text(say(lang, "card.row_followers", count=line.followers), size="xs", color=WARNING, limit=40)


def _answers(line: CaseLine, lang: str) -> Part | None:
    """The two answers to an offer, in its row: whoever sees it in a list need not open the card first."""
    if not line.offered:
        return None
    taps = [button(postback(say(lang, f"button.{verb}"), f"g:{line.case_id}:{verb}")) for verb in ("accept", "bounce")]
    return box("horizontal", taps, spacing="sm")


def case_row(line: CaseLine, data: str, lang: str) -> Part:
    """One case of a list; a tap anywhere on it sends `data`."""
    label = f"{one_line(line.number)} {one_line(line.summary)}"
    due_color = DANGER if line.late else MUTED
    # A row, not a button: a button has a single line, too short for a number and what it is about.
    return panel(
        [
            say_text(label, color=PRIMARY, weight="bold", limit=60),
            say_text(line.place, limit=60) if line.place else None,
            _followers(line, lang),
            say_text(line.due, size="xs", color=due_color, limit=80) if line.due else None,
            _answers(line, lang),
        ],
        paddingAll="lg",
        action=postback(label if graphemes(label) <= ROW_LABEL else line.number, data, limit=ROW_LABEL),
    )
