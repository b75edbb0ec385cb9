"""The card that shows a case in a coordinators' group. People quote it, so its number comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bot.messages.date_question import DAYS, name_day
from bot.messages.theme import (
    DANGER,
    INK,
    LINK,
    MUTED,
    PRIMARY,
    WARNING,
    WHITE,
    Part,
    box,
    bubble,
    button,
    button_rows,
    field,
    fit,
    flex,
    joined,
    link,
    one_line,
    panel,
    photo,
    postback,
    say_text,
    separator,
)
from texts.catalog import say

TEXT_UNITS = 600
TEXT_LINES = 14
NOTICE_LINES = 10
ALT_PLACE_UNITS = 80
ALT_NOTICE_UNITS = 120

_LABELS = {
    "acknowledge": "button.acknowledge",
    "start": "button.start",
    "resolve": "button.resolve",
    "ask": "button.ask",
    "transfer": "button.transfer",
    "decline": "button.decline",
    "invite": "button.invite",
    "accept": "button.accept",
    "bounce": "button.bounce",
    "help": "button.help",
    "busy": "button.busy",
    "stop_helping": "button.stop_helping",
}
# This one needs words: the keyboard opens with the case's number already typed.
_BEGINNINGS = {"ask": "card.fill_ask"}
# What is not the work itself stands lower and lighter.
_ASIDE = ("ask", "transfer", "decline", "invite", "stop_helping")


@dataclass(frozen=True)
class CaseCardView:
    """What a group may see of a case. Name and phone are there only when the reporter allowed it.

    `notice`: what stands above all else, in whose words: an officer's instruction, why another office offers it.
    """

    case_id: int
    number: str
    category: str
    place: str
    map_url: str | None
    text: str
    photo_url: str | None
    photo_count: int
    danger: bool
    due: str
    status: str
    alternatives: str | None
    received: str
    shared_name: str | None
    shared_phone: str | None
    buttons: tuple[str, ...]
    earlier: str | None = None  # the number of the case that this one goes on from
    followers: int = 0
    notice: str = ""
    helpers: str = ""
    missed: bool = False  # the day that the office named has passed: another is asked for


def new_case(view: CaseCardView, lang: str) -> Part:
    """The card, with the buttons in the order given; the first is the main one."""
    opens = link(say(lang, "button.open_photo"), view.photo_url)
    hero = photo(view.photo_url, aspectRatio="20:13", **({"action": opens} if opens else {}))
    body = [
        _danger_band(lang) if view.danger else None,
        _heading(view, lang),
        _notice(view),
        _place(view, lang),
        say_text(view.text, size="md", limit=TEXT_UNITS, lines=TEXT_LINES),
        _photo_line(view, lang, shown=hero is not None),
        _followers(view, lang),
        say_text(view.helpers, color=MUTED, limit=200) if view.helpers else None,
        _contact(view, lang),
        *_state(view, lang),
    ]
    return flex(write_alt_text(view, lang), bubble(body, hero=hero, footer=_footer(view, lang)))


def write_alt_text(view: CaseCardView, lang: str) -> str:
    """The line that notifications and quotes show: number, danger in words, category, place, due."""
    number, category = one_line(view.number), _short(view.category, 60)
    head = f"{number} {say(lang, 'card.danger')} · {category}" if view.danger else f"{number} {category}"
    if one_line(view.notice):
        return joined(head, _short(view.notice, ALT_NOTICE_UNITS), _short(view.place, ALT_PLACE_UNITS))
    return joined(head, _short(view.place, ALT_PLACE_UNITS), _short(view.due, 100))


def _short(words: str, limit: int) -> str:
    return fit(one_line(words), limit) if one_line(words) else ""


def _danger_band(lang: str) -> Part:
    words = say_text(say(lang, "card.danger"), color=WHITE, weight="bold", align="center")
    return box("vertical", [words], backgroundColor=DANGER, cornerRadius="sm", paddingAll="sm")


def _heading(view: CaseCardView, lang: str) -> Part:
    received = say(lang, "card.received", when=view.received) if view.received else ""
    earlier = say(lang, "card.earlier", number=one_line(view.earlier)) if view.earlier else ""
    return box(
        "vertical",
        [
            say_text(view.number, size="xl", weight="bold", limit=40),
            say_text(view.category, size="lg", color=PRIMARY, weight="bold", limit=80),
            say_text(received, size="xs", color=MUTED, limit=80) if received else None,
            say_text(earlier, size="xs", color=MUTED, limit=80) if earlier else None,
        ],
    )


def _notice(view: CaseCardView) -> Part | None:
    if not one_line(view.notice):
        return None
    return panel([say_text(view.notice, color=WARNING, weight="bold", limit=TEXT_UNITS, lines=NOTICE_LINES)])


def _place(view: CaseCardView, lang: str) -> Part:
    opens = link(say(lang, "button.open_map"), view.map_url)
    parts: list[Part | None] = [field(say(lang, "card.place"), view.place, lines=4)]
    if opens:
        # Inside the place, not among the buttons: those say what the office does with the case.
        words = say_text(say(lang, "button.open_map"), color=LINK, decoration="underline")
        parts.append(box("vertical", [words], paddingTop="xs", paddingBottom="xs", action=opens))
    if view.alternatives:
        parts.append(say_text(view.alternatives, color=WARNING, limit=160))
    return box("vertical", parts)


def _photo_line(view: CaseCardView, lang: str, *, shown: bool) -> Part | None:
    if view.photo_count < 1 or (shown and view.photo_count == 1):
        return None
    return say_text(say(lang, "card.photos", count=view.photo_count), size="xs", color=MUTED)


def _followers(view: CaseCardView, lang: str) -> Part | None:
    if view.followers < 1:
        return None
    return say_text(say(lang, "card.followers", count=view.followers), color=WARNING, weight="bold", limit=60)


def _contact(view: CaseCardView, lang: str) -> Part | None:
    name, phone = one_line(view.shared_name or ""), one_line(view.shared_phone or "")
    if not name and not phone:
        return None
    digits = "".join(sign for sign in phone if sign in "+0123456789")
    dials = link(say(lang, "button.call_reporter"), f"tel:{digits}" if len(digits) >= 3 else None)
    tap: dict[str, Any] = {"color": LINK, "decoration": "underline"} if dials else {}
    lines = [
        say_text(say(lang, "card.reporter"), size="xs", color=MUTED),
        say_text(name, limit=80) if name else None,
        say_text(phone, limit=40, **tap) if phone else None,
    ]
    return box("vertical", lines, **({"action": dials} if dials else {}))


def _state(view: CaseCardView, lang: str) -> list[Part]:
    lines = []
    if view.due:
        color = DANGER if view.danger else INK
        lines.append(say_text(view.due, size="md", color=color, weight="bold", limit=120))
    if view.status:
        lines.append(say_text(say(lang, "card.status", status=view.status), color=MUTED, limit=160))
    return [separator(), box("vertical", lines, spacing="xs")] if lines else []


def _footer(view: CaseCardView, lang: str) -> Sequence[Part]:
    if not view.buttons:
        return ()
    main, *others = view.buttons
    rows = [button(_action(view, main, lang), style="primary"), *(_put_off(view, lang) if view.missed else ())]
    for aside, verbs in groupby(others, key=_ASIDE.__contains__):
        style = "link" if aside else "secondary"
        rows += button_rows([button(_action(view, verb, lang), style=style) for verb in verbs])
    return [*rows, say_text(say(lang, "card.hint"), size="xs", color=MUTED, align="center")]


def _put_off(view: CaseCardView, lang: str) -> list[Part]:
    """Another day, a tap away."""
    days = [button(postback(name_day(days, lang), f"g:{view.case_id}:late:{days}")) for days in DAYS]
    return [say_text(say(lang, "card.put_off_to"), size="sm", color=MUTED), box("horizontal", days, spacing="sm")]


def _action(view: CaseCardView, verb: str, lang: str) -> Part:
    if verb not in _LABELS:
        raise ValueError(f"case card {view.number} has no button {verb!r}: choose from {', '.join(_LABELS)}")
    beginning = _BEGINNINGS.get(verb)
    # No displayText: it would add a line to the group at every tap.
    return postback(
        say(lang, _LABELS[verb]),
        f"g:{view.case_id}:{verb}",
        fill_in=say(lang, beginning, number=one_line(view.number)) if beginning else None,
    )
