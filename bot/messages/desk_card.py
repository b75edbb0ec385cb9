"""How the Ombudsman's own group sees a case: what happened, the reason in the words given, the photos.

Its buttons decide, they do not work on it; it has no links, and nobody's name or telephone number.
"""

from dataclasses import dataclass

from bot.messages.bubbles import text_bubble
from bot.messages.letters import one_line
from bot.messages.photo_pair import show_pair
from bot.messages.theme import (
    DANGER,
    INK,
    MUTED,
    PRIMARY,
    WARNING,
    Part,
    box,
    bubble,
    button,
    button_rows,
    field,
    fit,
    flex,
    joined,
    panel,
    postback,
    say_text,
    separator,
)
from texts.catalog import say

ALT_PLACE_UNITS = 80


@dataclass(frozen=True)
class DeskCardView:
    """A case before the officers: `what` happened in one line, `reason` in the words of whoever gave it.

    `proposed`: the office that its own office would have take it, in one line.

    `same_as`: the other case, by key and number, that the reason calls the same matter.

    `photos`: why the office's photos should be looked at again, where they should.

    `told`: that its reporter told of danger, where nobody has said yet whether it counts.
    """

    number: str
    what: str
    reason: str
    category: str
    place: str
    office: str
    text: str
    reporter_url: str | None
    office_url: str | None
    received: str
    due: str
    late: bool
    danger: bool
    followers: str = ""
    photos: str = ""
    case_id: int = 0
    buttons: tuple[str, ...] = ()
    same_as: tuple[int, str] | None = None
    proposed: str = ""
    told: str = ""


def show_desk_case(view: DeskCardView, lang: str) -> Part:
    """The card; people quote it, so its number comes first."""
    body = [
        _heading(view, lang),
        _what(view, lang),
        say_text(view.followers, size="xs", color=WARNING, limit=160) if view.followers else None,
        field(say(lang, "desk.office"), view.office) if view.office else None,
        field(say(lang, "card.place"), view.place, lines=4),
        separator(),
        say_text(view.text, limit=600, lines=10),
        show_pair(
            (
                (view.reporter_url, say(lang, "desk.photo_reporter")),
                (view.office_url, say(lang, "desk.photo_office")),
            ),
            lang,
            opens=False,
        ),
        say_text(view.photos, color=WARNING, limit=240, lines=4) if view.photos else None,
        say_text(view.due, color=DANGER if view.late else INK, weight="bold", limit=120) if view.due else None,
        say_text(say(lang, "desk.hint"), size="xs", color=MUTED),
    ]
    head = f"{one_line(view.number)} {fit(one_line(view.what), 120)}"
    place = fit(one_line(view.place), ALT_PLACE_UNITS) if one_line(view.place) else ""
    taps = [button(postback(say(lang, f"desk.button_{verb}"), f"g:{view.case_id}:{verb}")) for verb in view.buttons]
    if view.same_as:
        into, number = view.same_as
        merge = postback(say(lang, "desk.button_merge", into=number), f"g:{view.case_id}:merge_ask:{into}")
        taps.insert(0, button(merge))
    return flex(joined(head, fit(one_line(view.category), 60), place), bubble(body, footer=button_rows(taps)))


def tell_confidential(number: str, category: str, khet: str, lang: str, *, danger: bool = False) -> Part:
    """All that a group may know of a confidential case, the Ombudsman's own group too."""
    urgent = say(lang, "card.danger") if danger else ""
    about = joined(say(lang, "staff.confidential", number=one_line(number)), urgent, category, khet)
    return text_bubble(f"{about}\n{say(lang, 'desk.where_to_read')}")


def _heading(view: DeskCardView, lang: str) -> Part:
    pressing = say(lang, "card.danger") if view.danger else view.told
    danger = say_text(pressing, color=DANGER, weight="bold") if pressing else None
    received = say_text(say(lang, "card.received", when=view.received), size="xs", color=MUTED, limit=80)
    return box(
        "vertical",
        [
            say_text(view.number, size="xl", weight="bold", limit=40),
            danger,
            say_text(view.category, size="lg", color=PRIMARY, weight="bold", limit=80),
            received if view.received else None,
        ],
    )


def _what(view: DeskCardView, lang: str) -> Part:
    reason = one_line(view.reason)
    return panel(
        [
            say_text(view.what, size="md", color=WARNING, weight="bold", limit=160),
            say_text(say(lang, "desk.reason"), size="xs", color=MUTED) if reason else None,
            say_text(view.reason, limit=600, lines=10) if reason else None,
            say_text(view.proposed, weight="bold", limit=160) if view.proposed else None,
        ]
    )
