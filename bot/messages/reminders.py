"""What the clocks say in a group: words that quote the card, and below them the buttons that the case needs.

Words can quote a card and a card can keep its buttons, never both: so one case is told in two bubbles of one call,
a few in one bubble each with a list below, and many in the list alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages.bubbles import text_bubble
from bot.messages.date_question import DAYS, name_day
from bot.messages.group_lines import CaseLine, list_cases
from bot.messages.letters import fit, one_line
from bot.messages.theme import MUTED, Part, box, bubble, button, flex, joined, postback, say_text
from texts.catalog import say

SINGLY = 4  # with the list below they fill one call
REASONS = ("parts", "rain", "crew", "others", "bigger")
# What each kind of clock needs from the office: a tap that tells the step, or the days of a new date.
TAPS: dict[str, tuple[str, ...]] = {
    "acknowledge": ("acknowledge", "transfer"),
    "first_words": ("due", "wait"),
    "promise": ("resolve", "late", "wait"),
    "look": ("due", "still"),
    "resolve": ("resolve", "due", "wait"),
    "answer": ("start", "resolve"),
    "tomorrow": ("late",),
    "open": ("card",),
    "danger": ("seen", "card"),
}


@dataclass(frozen=True)
class ReminderView:
    """One case that is told of: `words` with its number first, `kind` one of TAPS, `line` for a list.

    `quote_token`: of its card in this chat. `private`: nothing but the number may be shown, and nothing tapped.
    `unsent`: what the office wrote to the reporter and did not send, with the data of the tap that sends it;
    `unsent_by`: how it would reach them, as the words are called that say so.
    """

    case_id: int
    kind: str
    words: str
    question: str
    line: CaseLine
    quote_token: str | None = None
    private: bool = False
    unsent: tuple[str, str] | None = None
    unsent_by: str = ""


@dataclass(frozen=True)
class Bubble:
    """A message object and the case it speaks of; a list speaks of none."""

    message: Part
    case_id: int | None


def remind(views: Sequence[ReminderView], title: str, lang: str, *, total: int | None = None) -> list[Bubble]:
    """The bubbles of one call. `total` counts also the cases that are not given."""
    if len(views) == 1:
        (view,) = views
        said = Bubble(text_bubble(view.words, quote_token=view.quote_token), view.case_id)
        if view.private:
            return [said]
        card = Bubble(ask_about(view, lang), view.case_id)
        # Where nothing can be quoted the card says it all.
        return [said, card] if view.quote_token else [card]
    listed = Bubble(
        list_cases(title, [view.line for view in views], lang, verb="nudge", total=total or len(views)), None
    )
    if len(views) > SINGLY:
        return [listed]
    singly = [
        Bubble(text_bubble(_say_singly(view, lang), quote_token=view.quote_token), view.case_id) for view in views
    ]
    return [*singly, listed]


def count_bubbles(cases: int) -> int:
    """How many bubbles `remind` makes of so many cases, at most."""
    return min(cases, 1) if cases > SINGLY else cases + bool(cases)


def _say_singly(view: ReminderView, lang: str) -> str:
    return f"{view.words}\n{_say_unsent(view.unsent[0], lang)}" if view.unsent else view.words


def _say_unsent(words: str, lang: str) -> str:
    return say(lang, "remind.unsent", words=fit(one_line(words), 120))


def ask_about(view: ReminderView, lang: str) -> Part:
    """One case with the buttons it needs. The number stands first, for it is what a quote shows."""
    about = joined(view.line.summary, view.line.place)
    body = [
        say_text(view.words, weight="bold", limit=200),
        say_text(about, size="xs", color=MUTED, limit=120) if about else None,
        say_text(view.question, limit=200) if view.question else None,
    ]
    footer = [part for tap in TAPS[view.kind] for part in _show_tap(view, tap, lang)]
    if view.unsent:
        words, data = view.unsent
        body.append(say_text(_say_unsent(words, lang), size="sm", limit=300))
        footer.append(button(postback(say(lang, f"question.send{view.unsent_by}"), data)))
    return flex(view.words, bubble(body, footer=footer, size="kilo"))


def _show_tap(view: ReminderView, tap: str, lang: str) -> list[Part]:
    data = f"g:{view.case_id}"
    if tap in ("due", "late"):
        days = [button(postback(name_day(days, lang), f"{data}:{tap}:{days}")) for days in DAYS]
        return [box("horizontal", days, spacing="sm")]
    if tap in ("wait", "still"):
        label = "question.waits" if tap == "wait" else "remind.still_waits"
        return [button(postback(say(lang, label), f"{data}:due:wait"))]
    if tap == "seen":
        return [button(postback(say(lang, "staff.danger_seen"), f"{data}:danger_seen"))]
    if tap == "card":
        return [button(postback(say(lang, "remind.open_card"), f"{data}:card"))]
    fill_in = say(lang, "card.fill_transfer", number=view.line.number) if tap == "transfer" else None
    style = "primary" if tap == TAPS[view.kind][0] else "secondary"
    return [button(postback(say(lang, f"button.{tap}"), f"{data}:{tap}", fill_in=fill_in), style=style)]


def ask_reason(number: str, due: str, case_id: int, token: str, lang: str, *, done: bool = False) -> Part:
    """Why is the day put off? Ready-made reasons, or the next words; `token` tells what the answer belongs to."""
    question = say(lang, "reason.ask_done" if done else "reason.ask", number=one_line(number), due=due)
    taps = [button(postback(say(lang, f"reason.{code}"), f"g:{case_id}:why:{token}-{code}")) for code in REASONS]
    cancel = button(postback(say(lang, "button.cancel"), f"g:{case_id}:call_off"), style="link")
    body = [say_text(question, weight="bold", limit=160), say_text(say(lang, "reason.hint"), size="xs", color=MUTED)]
    return flex(question, bubble(body, footer=taps if done else [*taps, cancel], size="kilo"))
