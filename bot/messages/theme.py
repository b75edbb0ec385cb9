"""The few colours and boxes that every card shares, so that a case looks the same wherever it is shown.

Text colours reach at least 4.5:1 on white and on the pale ground (WCAG AA). Whatever comes in is cleaned and
cut here, because LINE refuses a whole request for one text that is empty or too long.
"""

import json
import unicodedata
from collections.abc import Sequence
from typing import Any

from bot.messages.clusters import graphemes as graphemes
from bot.messages.letters import fit as fit
from bot.messages.letters import fit_label as fit_label
from bot.messages.letters import fit_lines
from bot.messages.letters import one_line as one_line
from bot.messages.taps import find_picture_address
from bot.messages.taps import link as link
from bot.messages.taps import postback as postback

Part = dict[str, Any]

INK = "#1F2328"
MUTED = "#57606A"
PRIMARY = "#00695C"
SOFT = "#E4EDEB"
DANGER = "#B3261E"
WARNING = "#8A4B00"
LINK = "#0B57D0"
PALE = "#F3F6F5"
EDGE = "#D0D7DE"
WHITE = "#FFFFFF"
_BUTTON_COLORS = {"primary": PRIMARY, "secondary": SOFT, "link": LINK}

# LINE's documents give 1,500 today and gave 400 for years; a notification shows far less than either.
ALT_TEXT_UNITS = 400
# How LINE measures its 30 KB and 50 KB is not documented: both are kept in the longest way to write JSON.
BUBBLE_BYTES = 30_000
CAROUSEL_BYTES = 50_000
# Letters, without the marks above and below, that a button on half a bubble's width shows without shrinking.
HALF_THAI, HALF_LATIN = 11, 14


def say_text(
    words: str, *, size: str = "sm", color: str = INK, limit: int = 300, lines: int | None = None, **more: Any
) -> Part:
    """A wrapping text that follows the reader's own font size."""
    kept = fit_lines(words, limit, lines) if lines else fit(words, limit)
    part = {"type": "text", "text": kept, "size": size, "color": color, "wrap": True, "scaling": True}
    return part | ({"maxLines": lines} if lines else {}) | more


def box(layout: str, contents: Sequence[Part | None], **more: Any) -> Part:
    """A box of what is there; absent parts are None."""
    return {"type": "box", "layout": layout, "contents": [part for part in contents if part]} | more


def panel(contents: Sequence[Part | None], **more: Any) -> Part:
    """A box on a pale ground with round corners, for what stands apart from the rest of a card."""
    frame = {"backgroundColor": PALE, "cornerRadius": "md", "paddingAll": "md", "spacing": "xs"}
    return box("vertical", contents, **(frame | more))


def field(label: str, value: str, *, limit: int = 200, lines: int | None = None, **more: Any) -> Part:
    """A small label with its value below it: beside it, long Thai would be squeezed into a column."""
    return box(
        "vertical",
        [say_text(label, size="xs", color=MUTED), say_text(value, limit=limit, lines=lines, **more)],
    )


def separator() -> Part:
    """A thin line between two thoughts of one card."""
    return {"type": "separator", "color": EDGE}


def joined(*pieces: str | None) -> str:
    """What there is of the pieces, on one line, with · between them."""
    return " · ".join(words for piece in pieces if piece and (words := one_line(piece)))


def photo(url: str | None, **more: Any) -> Part | None:
    """A picture that fills its place; None where LINE would refuse its address."""
    address = find_picture_address(url)
    if address is None:
        return None
    return {"type": "image", "url": address, "size": "full", "aspectMode": "cover"} | more


def button(action: Part, *, style: str = "secondary", color: str | None = None) -> Part:
    """A button; its words shrink before they are cut."""
    return {
        "type": "button",
        "style": style,
        "color": color or _BUTTON_COLORS[style],
        "height": "sm",
        "adjustMode": "shrink-to-fit",
        "action": action,
    }


def button_rows(buttons: Sequence[Part]) -> list[Part]:
    """Two buttons side by side, the most that Thai labels have room for; a long one or an odd one takes its own row."""
    rows: list[Part] = []
    for start in range(0, len(buttons), 2):
        pair = buttons[start : start + 2]
        side_by_side = len(pair) == 2 and all(_fits_half(one["action"]["label"]) for one in pair)
        rows += [box("horizontal", pair, spacing="sm")] if side_by_side else pair
    return rows


def _fits_half(label: str) -> bool:
    """Whether a phone of 390 pixels shows the label whole, and as large as the others, on half a bubble's width."""
    letters = [letter for letter in label if not unicodedata.category(letter).startswith("M")]
    return len(letters) <= (HALF_LATIN if label.isascii() else HALF_THAI)


def bubble(
    contents: Sequence[Part | None], *, hero: Part | None = None, footer: Sequence[Part] = (), size: str | None = None
) -> Part:
    """A bubble, of the default width unless told otherwise; picture and buttons only where there are any."""
    card: Part = {"type": "bubble"} | ({"size": size} if size else {})
    if hero:
        card["hero"] = hero
    card["body"] = box("vertical", contents, spacing="md", paddingAll="lg")
    if footer:
        card["footer"] = box("vertical", footer, spacing="sm", paddingAll="lg", paddingTop="none")
    return card


def carousel(bubbles: Sequence[Part]) -> Part:
    """Bubbles side by side; a single one stands alone."""
    return bubbles[0] if len(bubbles) == 1 else {"type": "carousel", "contents": list(bubbles)}


def flex(alt_text: str, contents: Part) -> Part:
    """The message; its altText is what notifications and quotes show."""
    return {"type": "flex", "altText": fit(one_line(alt_text), ALT_TEXT_UNITS), "contents": contents}


def weigh(contents: Part) -> int:
    """Bytes of a container in the longest way to write its JSON, every Thai letter escaped."""
    return len(json.dumps(contents))
