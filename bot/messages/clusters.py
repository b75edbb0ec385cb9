"""Counts what a person sees as one letter: the grapheme clusters by which LINE measures labels.

Follows Unicode's rules (UAX 29), for which the standard library has no tables, in the scripts people use.
Where it differs (rare prepended marks, Indic conjuncts) it counts more clusters than Unicode, never fewer.
"""

import unicodedata
from collections.abc import Iterator

JOINER = "\u200d"
# Spacing marks of Burmese that are clusters of their own by Unicode's table, unlike those of other scripts.
_SPACING_ALONE = frozenset(
    "\u102b\u102c\u1038\u1062\u1063\u1064\u1067\u1068\u1069\u106a\u106b\u106c\u106d"
    "\u1083\u1087\u1088\u1089\u108a\u108b\u108c\u108f\u109a\u109b\u109c"
)
# Thai and Lao "am" and Japanese sound marks: letters by category, yet part of the letter before.
_JOINS_BEFORE = frozenset((0x0E33, 0x0EB3, 0x200C, 0x200D, 0xFF9E, 0xFF9F))


def graphemes(text: str) -> int:
    """How many grapheme clusters: LINE's measure for labels, display texts and fill-in texts."""
    return sum(1 for _ in list_clusters(text))


def list_clusters(text: str) -> Iterator[str]:
    """The grapheme clusters of a text: a letter with its marks, a flag, a joined emoji, a Hangul syllable."""
    cluster = ""
    for letter in text:
        if cluster and _continues(cluster, letter):
            cluster += letter
            continue
        if cluster:
            yield cluster
        cluster = letter
    if cluster:
        yield cluster


def _continues(cluster: str, letter: str) -> bool:
    last = cluster[-1]
    if last in "\r\n" or unicodedata.category(last) == "Cc":
        return last == "\r" and letter == "\n"
    category = unicodedata.category(letter)
    if category in ("Mn", "Me") or ord(letter) in _JOINS_BEFORE:
        return True
    if category == "Mc":
        return letter not in _SPACING_ALONE
    if between(letter, 0x1F3FB, 0x1F3FF) or between(letter, 0xE0020, 0xE007F):
        return True
    if last == JOINER:
        return is_picture(cluster[0]) and is_picture(letter)
    if between(letter, 0x1F1E6, 0x1F1FF):
        return len(cluster) == 1 and between(last, 0x1F1E6, 0x1F1FF)
    return _joins_hangul(last, letter)


def _joins_hangul(last: str, letter: str) -> bool:
    first, second = _hangul_part(last), _hangul_part(letter)
    return (first, second) in (
        ("L", "L"), ("L", "V"), ("L", "LV"), ("L", "LVT"), ("LV", "V"), ("LV", "T"), ("V", "V"), ("V", "T"),
        ("LVT", "T"), ("T", "T"),
    )  # fmt: skip


def _hangul_part(letter: str) -> str:
    if between(letter, 0x1100, 0x115F) or between(letter, 0xA960, 0xA97C):
        return "L"
    if between(letter, 0x1160, 0x11A7) or between(letter, 0xD7B0, 0xD7C6):
        return "V"
    if between(letter, 0x11A8, 0x11FF) or between(letter, 0xD7CB, 0xD7FB):
        return "T"
    if between(letter, 0xAC00, 0xD7A3):
        return "LV" if (ord(letter) - 0xAC00) % 28 == 0 else "LVT"
    return ""


def between(letter: str, first: int, last: int) -> bool:
    """Whether the letter's code lies in this range, both ends included."""
    return first <= ord(letter) <= last


def is_picture(letter: str) -> bool:
    """Whether a joiner may tie the letter to another picture."""
    if not letter:
        return False
    code = ord(letter)
    return 0x1F000 <= code <= 0x1FAFF or 0x2190 <= code <= 0x2BFF or code in (0xFE0F, 0x2764, 0x3030, 0x303D)
