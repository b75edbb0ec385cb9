"""Every name by which a khet, a khwaeng or a province is called, Thai and English, and whose name it is.

One name may belong to several: Bang Kapi is a khet, and a khwaeng of another khet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from places.khwaeng import Khwaeng, list_khwaeng
from places.organisations import find_organisation, list_khet
from places.spelling import fold_thai, latin_key, normalise, read_spellings


@dataclass(frozen=True, slots=True)
class Named:
    """What a name may mean. `trust` is how far a bare province name is believed (spellings.toml)."""

    khet: int | None = None
    khwaeng: tuple[Khwaeng, ...] = ()
    province: str = ""
    amphoe_of: str = ""
    trust: int = 0


@cache
def thai_names() -> Mapping[str, Named]:
    """Thai names, exactly as written."""
    names: dict[str, Named] = {}
    also = read_spellings()["khet"]
    for khet in list_khet():
        for name in (khet.name_th, *_thai(also.get(str(khet.dcode), ()))):
            names[name] = Named(khet=khet.dcode)
    for khwaeng in list_khwaeng():
        known = names.get(khwaeng.name_th, Named())
        names[khwaeng.name_th] = replace(known, khwaeng=(*known.khwaeng, khwaeng))
    provinces = read_spellings()["provinces"]
    for thai, _, _, trust in provinces["list"]:
        names.setdefault(thai, Named(province=thai, trust=trust))
        for name in _thai(provinces["also"].get(thai, ())):
            names.setdefault(name, Named(province=thai))
    for province, amphoe in read_spellings()["amphoe"].items():
        for thai, _ in amphoe:
            names.setdefault(thai, Named(amphoe_of=province))
    return names


@cache
def folded_names() -> Mapping[str, Named]:
    """Names of khet and khwaeng as they sound, for what is spelt wrong after the word khet or khwaeng."""
    names = ((fold_thai(name), named) for name, named in thai_names().items())
    return {name: named for name, named in names if named.khet or named.khwaeng}


@cache
def latin_names() -> Mapping[str, Named]:
    """English names, by their key."""
    names: dict[str, Named] = {}
    also = read_spellings()["khet"]
    for khet in list_khet():
        for name in (khet.name_en, *_latin(also.get(str(khet.dcode), ()))):
            names[latin_key(name)] = Named(khet=khet.dcode)
    for khwaeng in list_khwaeng():
        known = names.get(latin_key(khwaeng.name_en), Named())
        names[latin_key(khwaeng.name_en)] = replace(known, khwaeng=(*known.khwaeng, khwaeng))
    provinces = read_spellings()["provinces"]
    for thai, english, _, trust in provinces["list"]:
        for name in (english, *_latin(provinces["also"].get(thai, ()))):
            names.setdefault(latin_key(name), Named(province=thai, trust=trust))
    for province, amphoe in read_spellings()["amphoe"].items():
        for _, english in amphoe:
            names.setdefault(latin_key(english), Named(amphoe_of=province))
    return names


@cache
def postcode_khet() -> Mapping[str, frozenset[int]]:
    """The khet that each postcode of Bangkok serves."""
    served: dict[str, set[int]] = {}
    for khet in list_khet():
        for code in khet.postcodes:
            served.setdefault(code, set()).add(khet.dcode)
    for khwaeng in list_khwaeng():
        served.setdefault(khwaeng.postcode, set()).add(khwaeng.dcode)
    return {code: frozenset(khet) for code, khet in served.items()}


def postcode_province(code: str) -> str:
    """The other province a postcode belongs to, or ""."""
    spellings = read_spellings()
    for province, codes in spellings["postcodes"].items():
        if code.isdecimal() and int(code) in codes:
            return str(province)
    return next(
        (thai for thai, _, start, _ in spellings["provinces"]["list"] if start != "10" and code[:2] == start),
        "",
    )


def find_khet(name: str) -> int | None:
    """The khet of that name, Thai or English, with or without the word for khet or its office; or None."""
    plain = normalise(name)
    return _office_names().get(plain.replace(" ", "")) or _office_names().get(latin_key(plain))


@cache
def _office_names() -> Mapping[str, int]:
    names: dict[str, int] = {}
    for khet in list_khet():
        office = find_organisation(f"district:{khet.dcode}")
        called = (khet.name_th, office.short_th, office.name_th) if office else (khet.name_th,)
        names |= dict.fromkeys(called, khet.dcode)
        for name in (khet.name_en, *_latin(read_spellings()["khet"].get(str(khet.dcode), ()))):
            for said in (name, f"Khet {name}", f"{name} District", f"{name} District Office"):
                names[latin_key(said)] = khet.dcode
    return names


def _thai(names: Iterable[str]) -> list[str]:
    return [name for name in names if not name.isascii()]


def _latin(names: Iterable[str]) -> list[str]:
    return [name for name in names if name.isascii()]
