"""How long a text is for LINE, and how to shorten one without breaking it.

LINE counts most texts in UTF-16 units and labels in grapheme clusters, refuses empty texts, and people may
have typed anything. A Thai word is cut between clusters only, and never right behind a leading vowel.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache

from bot.messages.clusters import JOINER, between, graphemes, is_picture, list_clusters

NOTHING = "–"
ELLIPSIS = "…"

_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n{3,}")
# Letters by category, yet drawn as nothing: a text of these alone would look empty.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_THAI_LEADING = range(0x0E40, 0x0E45)
_THAI_TRAILING = frozenset((0x0E2F, 0x0E30, 0x0E32, 0x0E33, 0x0E45, 0x0E46))
# More marks on one letter than any language here uses only paint over the lines above.
_MOST_MARKS = 6
# Of what is printable besides, only this may have to be left out. A tower of marks is a row of no letters.
_CARE = re.compile(rf"[^\w\s]{{{_MOST_MARKS + 1}}}|[{''.join(sorted(_INVISIBLE))}]")


def utf16_units(text: str) -> int:
    """Length as LINE counts texts, altText and postback data."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """The text without control, zero-width and direction characters, and without towers of marks."""
    plain = text.replace("\n", "").isprintable() and not _CARE.search(text)
    shown = text if plain else _leave_out(text)
    tidy = "\n".join(line.rstrip() for line in shown.split("\n"))
    return _BLANK_LINES.sub("\n\n", tidy).strip()


def _leave_out(text: str) -> str:
    kept: list[str] = []
    marks = 0
    letters = _BREAKS.sub("\n", text).replace("\t", " ")
    for position, letter in enumerate(letters):
        category = unicodedata.category(letter)
        if category in ("Mn", "Me"):
            marks += 1
            if marks > _MOST_MARKS:
                continue
        else:
            marks = 0
        if letter in _INVISIBLE or (category in ("Cc", "Cf", "Cs") and letter != "\n"):
            # The joiner alone may stay, and only where it makes one picture of two.
            following = letters[position + 1 : position + 2]
            if not (letter == JOINER and kept and is_picture(kept[-1]) and is_picture(following)):
                continue
        kept.append(letter)
    return "".join(kept)


def one_line(text: str) -> str:
    """The text cleaned and put on one line, for labels, altText and rows."""
    return " ".join(clean(text).split())


def filled(text: str) -> str:
    """The text cleaned; a dash where nothing is left, because LINE refuses an empty text."""
    return clean(text) or NOTHING


def fit(text: str, limit: int) -> str:
    """The text cleaned, at most `limit` UTF-16 units long, ending in … where it was cut; never empty."""
    if limit < 1:
        raise ValueError(f"limit {limit} leaves no room for a text: give 1 or more")
    words = filled(text)
    if utf16_units(words) <= limit:
        return words
    # One unit a letter at least, so nothing further on can be kept; the few more complete the last cluster.
    return _cut(words[: limit + 16], limit - 1, utf16_units) + ELLIPSIS


def fit_lines(text: str, limit: int, lines: int) -> str:
    """As `fit`, and at most `lines` typed lines, so that a text of line breaks cannot fill a screen."""
    words = filled(text)
    typed = words.split("\n")
    if len(typed) > lines:
        words = "\n".join(typed[:lines]).rstrip() + "\n" + ELLIPSIS
    return fit(words, limit)


def split_text(text: str, limit: int) -> list[str]:
    """The text cleaned, whole, in pieces of at most `limit` UTF-16 units; never empty."""
    pieces, rest = [], filled(text)
    while utf16_units(rest) > limit:
        pieces.append(_cut(rest[: limit + 16], limit, utf16_units))
        rest = rest[len(pieces[-1]) :].lstrip()
    return [*pieces, rest] if rest else pieces


@lru_cache(maxsize=4096)  # the same few labels stand under most messages
def fit_label(text: str, limit: int = 20) -> str:
    """One line of at most `limit` grapheme clusters, as LINE counts labels; never empty."""
    if limit < 1:
        raise ValueError(f"limit {limit} leaves no room for a label: give 1 or more")
    words = one_line(text) or NOTHING
    if graphemes(words) <= limit:
        return words
    return _cut(words, limit - 1, graphemes) + ELLIPSIS


def fit_end(text: str, limit: int = 20) -> str:
    """The same, where what comes last tells most: it begins with … where it was cut."""
    words = one_line(text) or NOTHING
    if graphemes(words) <= limit:
        return words
    kept, used = "", 0
    for piece in reversed(list(_list_pieces(words))):
        used += graphemes(piece)
        if used > limit - 1:
            break
        kept = piece + kept
    return ELLIPSIS + kept.lstrip() if kept else fit_label(words, limit)


def _cut(words: str, room: int, measure: Callable[[str], int]) -> str:
    kept, used = "", 0
    for piece in _list_pieces(words):
        used += measure(piece)
        if used > room:
            break
        kept += piece
    # One cluster may be longer than all the room there is; only then is it taken apart.
    return kept.rstrip() or _cut_within(words, room, measure)


def _cut_within(words: str, room: int, measure: Callable[[str], int]) -> str:
    too_long = bisect_right(range(len(words) + 1), room, key=lambda length: measure(words[:length]))
    return words[: too_long - 1]


def _list_pieces(text: str) -> Iterator[str]:
    """Clusters, with a Thai leading vowel kept before its consonant and a trailing one behind it."""
    piece = ""
    trailing = 0
    for cluster in list_clusters(text):
        behind = trailing < 2 and ord(cluster[0]) in _THAI_TRAILING and _is_thai(piece)
        if piece and not behind and not _is_leading_vowel(piece):
            yield piece
            piece = ""
        trailing = trailing + 1 if behind else 0
        piece += cluster
    if piece:
        yield piece


def _is_thai(piece: str) -> bool:
    return bool(piece) and between(piece[-1], 0x0E01, 0x0E4E)


def _is_leading_vowel(piece: str) -> bool:
    return len(piece) == 1 and ord(piece) in _THAI_LEADING
