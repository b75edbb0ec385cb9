"""Finds listed words in what people write, Thai without spaces, typing slips and English alike.

Thai has no word breaks to rely on, so a list of words is searched letter by letter and the longest one wins
("ไฟแดง" is never also "ไฟ"). A plain substring search would find "หมู" in "หมู่บ้าน" and "cat" in "location".
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_SPACES = re.compile(r"\s+")
# Sara am in two letters, or with its tone mark on the wrong side, looks the same on the screen.
_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32|([\u0e48-\u0e4b])\u0e4d\u0e32|\u0e33([\u0e48-\u0e4b])")
_TONE_FIRST = re.compile("([\u0e48-\u0e4b])([\u0e31\u0e34-\u0e3a])")
# More letters make another word of an English one, unless they are a plural's.
_LATIN_TAIL = re.compile(r"(?!e?s?(?![a-z0-9]))[a-z0-9]")
_REPEATED_MARK = re.compile("([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\\1+")
# Thai marks that sit above or below the letter before them: a word cannot end between the two.
_MARKS = frozenset("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e")


def normalise(text: str) -> str:
    """The text as the word lists spell it: lower case, single spaces, nothing invisible, slips mended."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).lower()
    text = _AM.sub("\\1\\2\\3\u0e33", text.replace("เเ", "แ"))
    text = _REPEATED_MARK.sub(r"\1", _TONE_FIRST.sub(r"\2\1", text))
    return _SPACES.sub(" ", text).strip()


class PhraseIndex:
    """A set of phrases that can all be looked for in one pass."""

    def __init__(self, phrases: Iterable[str]) -> None:
        by_start: dict[str, list[str]] = {}
        for phrase in {normalise(phrase) for phrase in phrases}:
            by_start.setdefault(phrase[:2], []).append(phrase)
        self._by_start = {start: sorted(group, key=len, reverse=True) for start, group in by_start.items()}

    def find_all(self, normalised: str) -> Iterator[tuple[str, int]]:
        """Each phrase and where it begins, left to right; the longest wins, and none lies in another."""
        position, end = 0, len(normalised)
        while position < end:
            for phrase in self._by_start.get(normalised[position : position + 2], ()):
                if normalised.startswith(phrase, position) and _stands_alone(normalised, position, len(phrase)):
                    yield phrase, position
                    position += len(phrase)
                    break
            else:
                position += 1


def _stands_alone(text: str, start: int, length: int) -> bool:
    stop = start + length
    following = text[stop : stop + 1]
    if _is_latin(text[start]) and _is_latin(text[start - 1 : start]):
        return False
    if _is_latin(text[stop - 1]) and _LATIN_TAIL.match(text, stop):
        return False
    return following not in _MARKS


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
