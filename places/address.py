"""Reads khet and khwaeng, or another province, out of what people write and what maps write for them.

Most names of khet are also names of roads, canals, markets and stations that lie elsewhere. So a name is
found together with what stands about it (a `Hit`), and places/mentions.py weighs the hits.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from places.mentions import Hit, Mention, weigh
from places.names import folded_names, latin_names, thai_names
from places.spelling import fold_thai, latin_key, normalise, read_spellings

__all__ = ["Mention", "find_places"]

LONGEST = 2_000  # more than that is no address; LINE itself allows 5,000

_KHET, _KHWAENG = "เขต", "แขวง"
_COLON = r"\s*[:=]?\s*"  # "เขต : ..." stands in forms
_NUMBER_AFTER = r"\s?[-–/]\s?[ก-๙a-z]|\s?\d{1,3}(?!\d)|\s?(?:ซอย|ซ\.?|soi)\s?\d"
_DISTRICT_AFTER = re.compile(r"\s*(sub[\s-]?)?district\b|\s*(province)\b", re.IGNORECASE)
_POSTCODE = re.compile(r"(?<![\d/.,-])[1-9]\d{4}(?![\d/]|\s*(?:บาท|baht|คน|ครั้ง|ชิ้น|ตร))")
_LATIN_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)*", re.IGNORECASE)
_WORDS_A_NAME = 5
_LONG_ENOUGH = 6  # shorter names are a letter off too many others


def find_places(words: str) -> Mention:
    """The khet and khwaeng, or the other province, that words name; an empty Mention where they name none."""
    return _find_places(words[:LONGEST])


@lru_cache(maxsize=256)  # one text is asked about several times in its turn
def _find_places(words: str) -> Mention:
    text = normalise(words)
    hits = sorted((*_find_thai(text), *_find_latin(text)), key=lambda hit: hit.start)
    cities = [found.start() for found in _patterns().city.finditer(text) if not _is_within(found.start(), hits)]
    codes = [(found.start(), found.group()) for found in _POSTCODE.finditer(text)]
    lines = [_collect_line(text, hits, anchor) for anchor in (*cities, *(start for start, _ in codes))]
    return weigh((*hits, *_find_misspelt(text, hits)), lines, bool(cities), [code for _, code in codes])


def _is_within(at: int, hits: list[Hit]) -> bool:
    return any(hit.start <= at < hit.end for hit in hits)


def _find_thai(text: str) -> Iterator[Hit]:
    for found in _thai_pattern().finditer(text):
        named = thai_names()[found.group()]
        before, after = text[max(0, found.start() - 40) : found.start()], text[found.end() : found.end() + 20]
        yield _look_about(Hit(found.start(), found.end(), named), before, after)


def _find_latin(text: str) -> Iterator[Hit]:
    tokens = list(_LATIN_WORD.finditer(text))
    at = 0
    while at < len(tokens):
        for size in range(min(_WORDS_A_NAME, len(tokens) - at), 0, -1):
            start, end = tokens[at].start(), tokens[at + size - 1].end()
            named = latin_names().get(latin_key(text[start:end]))
            if named and _is_one_name(text, tokens[at : at + size]):
                before, after = text[max(0, start - 40) : start], text[end : end + 20]
                yield _look_about(Hit(start, end, named), before, after)
                at += size
                break
        else:
            at += 1


def _is_one_name(text: str, tokens: list[re.Match[str]]) -> bool:
    return all(text[one.end() : two.start()] in (" ", "-") for one, two in pairwise(tokens))


def _look_about(hit: Hit, before: str, after: str) -> Hit:
    """What the words beside a name make of it."""
    about = _patterns()
    if about.other_area.search(before) or about.longer.match(after):
        return replace(hit, thing=True)
    told = _DISTRICT_AFTER.match(after)
    said = next((kind for kind, pattern in about.said.items() if pattern.search(before)), "")
    if told and not said:
        said = "khwaeng" if told[1] else "province" if told[2] else "khet"
    beside = bool(about.beside.search(before))
    if said:
        return replace(hit, said=said, doubtful=beside)
    thing = bool(about.before.search(before) or about.after.match(after) or about.plate.search(before))
    return replace(hit, thing=thing or (beside and bool(hit.named.province)))


def _find_misspelt(text: str, hits: list[Hit]) -> list[Hit]:
    """Where no name after the word for khet or khwaeng is right: those that sound right, or nearly are."""
    if any(hit.said in ("khet", "khwaeng") and (hit.named.khet or hit.named.khwaeng) for hit in hits):
        return []
    folded = fold_thai(text)
    found: list[Hit] = []
    for word in re.finditer(rf"({_KHET}|{_KHWAENG}){_COLON}(?=[ก-ฮเ-ไ])", folded):
        if _patterns().other_area.search(folded[: word.end()]):
            continue
        said = "khet" if word[1] == _KHET else "khwaeng"
        name = _folded_pattern().match(folded, word.end())
        near = None if name else _find_a_letter_off(folded[word.end() :])
        if name:
            found.append(Hit(name.start(), name.end(), folded_names()[name.group()], said))
        elif near:
            found.append(Hit(word.end(), word.end() + len(near), folded_names()[near], said, doubtful=True))
    return found


def _find_a_letter_off(rest: str) -> str | None:
    """The khet whose name the words begin with, but for one letter: too many, too few, or another."""
    for name in sorted(folded_names(), key=len, reverse=True):
        if folded_names()[name].khet and len(name) >= _LONG_ENOUGH and rest[:2] == name[:2]:
            for length in (len(name), len(name) - 1, len(name) + 1):
                if _is_a_letter_off(name, rest[:length]):
                    return name
    return None


def _is_a_letter_off(one: str, two: str) -> bool:
    same = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    return one[same + 1 :] == two[same + (len(two) >= len(one)) :] or one[same:] == two[same + 1 :]


def _collect_line(text: str, hits: list[Hit], anchor: int) -> list[Hit]:
    """The names that follow each other up to `anchor` with nothing else between, the last first."""
    line: list[Hit] = []
    end = anchor
    for hit in reversed([hit for hit in hits if hit.end <= anchor]):
        if hit.thing or not _patterns().between.fullmatch(text[hit.end : end]):
            break
        line.append(hit)
        end = hit.start
    return line


@cache
def _thai_pattern() -> re.Pattern[str]:
    return re.compile(_any_of(thai_names()))


@cache
def _folded_pattern() -> re.Pattern[str]:
    return re.compile(_any_of(folded_names()))


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The word lists of spellings.toml, made ready to be looked for beside a name."""

    said: Mapping[str, re.Pattern[str]]
    before: re.Pattern[str]
    after: re.Pattern[str]
    plate: re.Pattern[str]
    longer: re.Pattern[str]
    beside: re.Pattern[str]
    other_area: re.Pattern[str]
    between: re.Pattern[str]
    city: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    about, city, said = (read_spellings()[part] for part in ("about", "city", "said"))
    capital = r"(?:\s*(?:เมือง|mueang|muang))?"
    kinds = {kind: rf"(?:{_words(words)}){capital if kind == 'amphoe' else ''}" for kind, words in said.items()}
    any_kind = "|".join(kinds.values())
    not_after = "".join(rf"(?<!{re.escape(word)})" for word in city["not_after"])
    return _Patterns(
        said={kind: _compile(rf"{pattern}{_COLON}$") for kind, pattern in kinds.items()},
        before=_compile(rf"(?:(?:{_words(about['before'])}){_COLON}|{_words(about['glued'])})$"),
        after=_compile(rf"\s?(?:{_words(about['after'])})|{_NUMBER_AFTER}"),
        plate=_compile(about["plate"]),
        longer=_compile(_any_of(about["longer"])),
        beside=_compile(rf"(?:{_words(about['beside'])})\s*(?:กับ)?\s*(?:{kinds['khet']})?\s*$"),
        other_area=_compile(rf"(?:{_words(about['other_areas'])})\s*(?:{kinds['khet']}){_COLON}$"),
        between=_compile(rf"[\s,.()]*(?:(?:{any_kind}){_COLON})?[\s,.()]*"),
        city=_compile(
            rf"{not_after}(?:{_words(city['names'])})(?!\s?[-–]|\s?(?:{_words(city['not_before'])}))",
        ),
    )


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _words(words: Iterable[str]) -> str:
    """A pattern of any of these; an abbreviation of one letter stands alone, and so does a Latin word."""
    return "|".join(_word(word) for word in sorted(words, key=len, reverse=True))


def _word(word: str) -> str:
    pattern = re.escape(word).replace(r"\.", r"\s?\.").replace(r"\ ", r"\s?")
    if word.isascii() and word[0].isalpha():
        return rf"(?<![a-z]){pattern}(?![a-z])"
    return rf"(?<![ก-๙.]){pattern}" if len(word) == 2 and word.endswith(".") else pattern


def _any_of(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
