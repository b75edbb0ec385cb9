"""Weighs the place names found in a text against each other: which khet is meant, or which other province.

What is said to be a khet or khwaeng goes first, then the line of a postal address, then a bare name, and a
postcode last. The names are found by places/address.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from places.khwaeng import Khwaeng
from places.names import Named, postcode_khet, postcode_province
from places.spelling import read_spellings


@dataclass(frozen=True, slots=True)
class Mention:
    """The khet named, the likeliest first, or another province by its Thai name.

    `sure` where it was said to be a khet or khwaeng (or a province), not just named.
    """

    dcodes: tuple[int, ...] = ()
    khwaeng: str | None = None
    outside: str | None = None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in the text: where, whose it may be, what it is said to be, whether another thing bears it.

    `doubtful` is said of a place beside it ("next to khet ..."), or spelt a letter off.
    """

    start: int
    end: int
    named: Named
    said: str = ""
    thing: bool = False
    doubtful: bool = False


def weigh(hits: Sequence[Hit], lines: Sequence[Sequence[Hit]], city: bool, postcodes: Sequence[str]) -> Mention:
    """What the names mean together.

    `lines` are the names that stand right before the city's name or a postcode, last one first; `city` tells
    whether Bangkok itself is named.
    """
    served = frozenset[int]().union(*(postcode_khet().get(code, ()) for code in postcodes))
    line = _read_lines(lines, served)
    said = _read_said(hits, line, served)
    outside = _read_outside(hits, postcodes, city, said)
    if outside and outside.sure:
        return outside
    return said or line or outside or _read_bare(hits, served)


def _read_lines(lines: Sequence[Sequence[Hit]], served: frozenset[int]) -> Mention | None:
    """The khet that stands last in an address, with the khwaeng before it; failing that a khwaeng alone."""
    for line in lines:
        place = next((at for at, hit in enumerate(line) if hit.named.khet), None)
        if place is not None and (dcode := line[place].named.khet):
            before = line[place + 1].named.khwaeng if place + 1 < len(line) else ()
            roads = read_spellings()["only_in_an_address"]["roads"]
            own = [each.name_th for each in before if each.dcode == dcode and each.name_th not in roads]
            return Mention((dcode,), own[0] if own else None)
        for hit in line:
            believed = tuple(each for each in hit.named.khwaeng if each.name_th not in _doubtful_khwaeng())
            chosen = _narrow(believed, (served,))
            if len(chosen) == 1:
                return Mention((chosen[0].dcode,), chosen[0].name_th)
    return None


def _read_said(hits: Sequence[Hit], line: Mention | None, served: frozenset[int]) -> Mention | None:
    """What is said to be a khet or a khwaeng."""
    said = [hit for hit in hits if hit.said in ("khet", "khwaeng", "tambon", "amphoe")]
    khet = sorted((hit for hit in said if _is_khet(hit)), key=lambda hit: hit.doubtful)
    named = _once(hit.named.khet for hit in khet)
    groups = [hit.named.khwaeng for hit in said if hit.named.khwaeng and not _is_khet(hit)]
    if not named and not groups:
        return None
    bare = _once(hit.named.khet for hit in hits if not hit.thing and not hit.said)
    hints = (set(named), set(line.dcodes if line else ()), set(bare), served)
    chosen = [khwaeng for group in groups for khwaeng in _narrow(group, hints)]
    dcodes = _once((*named, *(khwaeng.dcode for khwaeng in chosen)))
    own = {khwaeng.name_th for khwaeng in chosen if khwaeng.dcode == dcodes[0]}
    sure = bool(groups) or not all(hit.doubtful for hit in khet)
    return Mention(tuple(dcodes), own.pop() if len(own) == 1 else None, sure=sure)


def _is_khet(hit: Hit) -> bool:
    """A khet by word; khwaeng Bang Na too, which there was until 2017 and is on old papers."""
    return bool(hit.named.khet) and (hit.said in ("khet", "amphoe") or not hit.named.khwaeng)


def _narrow(group: tuple[Khwaeng, ...], hints: Iterable[set[int] | frozenset[int]]) -> list[Khwaeng]:
    """Two khet have a khwaeng of one name: the one that something else in the words speaks for."""
    for hint in hints if len(group) > 1 else ():
        fitting = [khwaeng for khwaeng in group if khwaeng.dcode in hint]
        if fitting:
            return fitting
    return list(group)


def _read_outside(hits: Sequence[Hit], postcodes: Sequence[str], city: bool, said: Mention | None) -> Mention | None:
    """Another province: sure by its word or its postcode, else only where nothing speaks of Bangkok."""
    elsewhere = {postcode_province(code) for code in postcodes} - {""}
    ours = any(
        hit.said in ("khet", "khwaeng") and not hit.doubtful and (hit.named.khet or hit.named.khwaeng) for hit in hits
    )
    bare: list[Hit] = []
    for hit in () if ours else hits:
        province = hit.named.province or hit.named.amphoe_of
        if not province or hit.thing:
            continue
        if hit.said in ("khet", "amphoe", "province"):
            khet = _once(each.named.khet for each in hits if each.said == "khet")
            return Mention(outside=province, dcodes=tuple(khet), sure=True)
        if province in elsewhere and not said:
            return Mention(outside=province, sure=True)
        if hit.named.trust:
            bare.append(hit)
    if said or city:
        return None
    khet_named = any(hit.named.khet and not hit.thing for hit in hits)
    for hit in bare:
        if hit.named.trust == 2 or not khet_named:
            return Mention(outside=hit.named.province)
    beside = {postcode_province(code) for code in postcodes if code.startswith("10")} - {""}
    return Mention(outside=beside.pop()) if beside and not khet_named else None


def _read_bare(hits: Sequence[Hit], served: frozenset[int]) -> Mention:
    """Names of khet with nothing about them, and last of all a postcode."""
    alone = read_spellings()["only_in_an_address"]["khet"]
    bare = _once(hit.named.khet for hit in hits if not hit.thing and hit.named.khet not in alone)
    if bare:
        return Mention(tuple([dcode for dcode in bare if dcode in served] or bare))
    return Mention(tuple(sorted(served)))


def _once(dcodes: Iterable[int | None]) -> list[int]:
    return list(dict.fromkeys(dcode for dcode in dcodes if dcode))


@cache
def _doubtful_khwaeng() -> frozenset[str]:
    return frozenset(read_spellings()["only_in_an_address"]["khwaeng"])
