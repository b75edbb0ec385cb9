"""What a citizen sees of cases: my own as cards with their last steps, one whole, a stranger's in a line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.messages.bubbles import QuickReply, text_bubble
from bot.messages.letters import one_line
from bot.messages.theme import (
    BUBBLE_BYTES,
    CAROUSEL_BYTES,
    MUTED,
    PRIMARY,
    Part,
    box,
    bubble,
    button,
    carousel,
    flex,
    panel,
    postback,
    say_text,
    separator,
    weigh,
)
from texts.catalog import say

MOST_CARDS = 10


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened: when, in words of a clock or a day, and what."""

    when: str
    words: str


@dataclass(frozen=True)
class MyCaseView:
    """A case as its reporter or a follower sees it; `entries` are oldest first, `holder` has it now.

    `moving`: it is on its way to `holder`, who has not taken it yet. `helpers`: who helps there, in a
    line. `followed`: somebody else told it.
    """

    case_id: int
    number: str
    category: str
    place: str
    status: str
    holder: str | None
    entries: tuple[TimelineEntry, ...]
    updated: str
    can_add: bool = True
    moving: bool = False
    helpers: str = ""
    followed: bool = False


@dataclass(frozen=True)
class _Room:
    """How much of a case is shown; the next smaller one is taken when LINE would refuse the whole message."""

    place: int
    words: int
    entries: int


_CARD_ROOMS = (_Room(120, 140, 4), _Room(80, 70, 4), _Room(50, 40, 3), _Room(40, 32, 2))
_WHOLE_ROOMS = (_Room(300, 400, 40), _Room(300, 160, 40), _Room(200, 160, 20), _Room(120, 80, 20))


def my_cases(views: Sequence[MyCaseView], lang: str) -> Part:
    """My cases side by side, at most ten; a text with the way to report where there is none."""
    if not views:
        report = QuickReply.postback(say(lang, "button.report"), "m:report")
        return text_bubble(say(lang, "track.none"), (report,))
    shown = views[:MOST_CARDS]
    cards = _largest(_CARD_ROOMS, CAROUSEL_BYTES, lambda room: carousel([_card(view, room, lang) for view in shown]))
    return flex(say(lang, "track.alt", count=len(views)), cards)


def case_timeline(view: MyCaseView, lang: str) -> Part:
    """One case whole: everything that happened, oldest first; the oldest give way when there is no room."""
    card = _largest(_WHOLE_ROOMS, BUBBLE_BYTES, lambda room: _card(view, room, lang, whole=True))
    return flex(f"{one_line(view.number)} · {one_line(view.status)}", card)


def stranger_view(number: str, status: str, holder: str | None, lang: str, *, moving: bool = False) -> Part:
    """A case of someone else: its status and with whom it is, and why there is no more."""
    lines = [
        say(lang, "track.stranger_status", number=one_line(number), status=one_line(status)),
        _say_holder(one_line(holder), lang, moving=moving) if holder else "",
        say(lang, "track.stranger_why"),
    ]
    return text_bubble("\n".join(line for line in lines if line))


def _say_holder(holder: str, lang: str, *, moving: bool) -> str:
    return say(lang, "track.moving" if moving else "track.with", holder=holder)


def _largest(rooms: Sequence[_Room], limit: int, build: Callable[[_Room], Part]) -> Part:
    for room in rooms[:-1]:
        built = build(room)
        if weigh(built) < limit:
            return built
    return build(rooms[-1])


def _card(view: MyCaseView, room: _Room, lang: str, *, whole: bool = False) -> Part:
    entries = view.entries[-room.entries :]
    earlier = len(view.entries) - len(entries)
    body = [
        box(
            "vertical",
            [
                say_text(say(lang, "track.followed"), size="xs", color=MUTED) if view.followed else None,
                say_text(view.number, size="lg", weight="bold", limit=24),
                say_text(view.category, color=PRIMARY, weight="bold", limit=40),
                say_text(view.place, limit=room.place) if view.place else None,
            ],
        ),
        _standing(view, lang),
        separator() if entries else None,
        say_text(say(lang, "track.earlier", count=earlier), size="xs", color=MUTED) if earlier else None,
        *[_entry(entry, room.words) for entry in entries],
        _updated(view, lang),
    ]
    return bubble(body, footer=_buttons(view, lang, see_all=earlier > 0 and not whole))


def _standing(view: MyCaseView, lang: str) -> Part:
    holder = _say_holder(view.holder, lang, moving=view.moving) if view.holder else ""
    status = say_text(view.status, size="md", weight="bold", limit=40)
    helpers = say_text(view.helpers, color=MUTED, limit=120) if view.helpers else None
    return panel([status, say_text(holder, limit=60) if holder else None, helpers])


def _entry(entry: TimelineEntry, limit: int) -> Part:
    return box(
        "vertical",
        [
            say_text(entry.when, size="xs", color=MUTED, limit=24),
            say_text(entry.words, limit=limit),
        ],
    )


def _updated(view: MyCaseView, lang: str) -> Part | None:
    if not view.updated:
        return None
    return say_text(say(lang, "track.updated", when=view.updated), size="xs", color=MUTED, limit=60)


def _buttons(view: MyCaseView, lang: str, *, see_all: bool) -> list[Part]:
    buttons = []
    if view.can_add:
        add = say(lang, "button.add_more")
        buttons.append(button(postback(add, f"c:{view.case_id}:add", display=add)))
    if see_all:
        every = say(lang, "button.see_all")
        buttons.append(button(postback(every, f"c:{view.case_id}:show", display=every), style="link"))
    if view.followed:
        leave = say(lang, "button.unfollow")
        buttons.append(button(postback(leave, f"c:{view.case_id}:unfollow", display=leave), style="link"))
    return buttons
