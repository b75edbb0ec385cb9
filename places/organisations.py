"""The organisations a case may be with, read once from organisations.toml.

A code (`omb`, `district:1026`, `dept:drainage`) is what the rest of the program keeps; names are for showing.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("organisations.toml")


class UnknownOrganisation(LookupError):
    """No organisation of ours has this code; the message names those that look like it."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """One office. `kind` is the first part of the code: `omb`, `district` or `dept`."""

    code: str
    kind: str
    name_th: str
    name_en: str
    short_th: str
    short_en: str
    phone: str = ""
    zone_th: str = ""
    zone_en: str = ""
    postcodes: tuple[str, ...] = ()
    centre: tuple[float, float] | None = None

    @property
    def dcode(self) -> int | None:
        """The khet's four-digit code, for a district office."""
        return int(self.code.partition(":")[2]) if self.kind == "district" else None


@dataclass(frozen=True, slots=True)
class Khet:
    """A khet's bare names, as they stand in addresses and on maps."""

    dcode: int
    name_th: str
    name_en: str
    postcodes: tuple[str, ...]


def get_organisation(code: str) -> Organisation:
    """The organisation with this code, or UnknownOrganisation."""
    found = find_organisation(code)
    if found is None:
        raise UnknownOrganisation(
            f"No organisation has the code {code!r}. {_advise(code)} All stand in places/organisations.toml."
        )
    return found


def write_names(code: str) -> str:
    """All that an organisation is called, in both languages and by its code, to be searched."""
    found = find_organisation(code)
    return " ".join((found.name_th, found.short_th, found.name_en, found.short_en, code)) if found is not None else code


def find_organisation(code: str) -> Organisation | None:
    """The organisation with this code, or None."""
    return _by_code().get(code)


def list_organisations(kind: str | None = None) -> tuple[Organisation, ...]:
    """All of them in the table's order, or those of one kind."""
    return tuple(each for each in _by_code().values() if kind is None or each.kind == kind)


@cache
def list_khet() -> tuple[Khet, ...]:
    """The 50 khet by code."""
    return tuple(
        Khet(row["code"], row["th"], row["en"], tuple(str(code) for code in row["postcodes"]))
        for row in _read()["district"]
    )


def _advise(code: str) -> str:
    asked = code.strip().lower()
    words = {each.code: each.code for each in list_organisations()}
    words |= {each.short_en.lower(): each.code for each in list_organisations()}
    words |= {each.name_en.lower(): each.code for each in list_organisations()}
    words |= {name: each.code for each in list_organisations() for name in (each.short_th, each.name_th)}
    near = dict.fromkeys(words[word] for word in get_close_matches(asked, words, n=5, cutoff=0.6))
    if not near:
        return "Codes are `omb`, `district:1001` to `district:1050`, and `dept:<name>` such as `dept:drainage`."
    return "Near it: " + ", ".join(f"{each} ({_by_code()[each].short_en})" for each in near) + "."


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _by_code() -> Mapping[str, Organisation]:
    table = _read()
    listed = [
        Organisation(code="omb", kind="omb", **table["omb"]),
        *(_read_district(row, table["words"]) for row in table["district"]),
        *(_read_department(row) for row in table["department"]),
    ]
    return {each.code: each for each in listed}


def _read_district(row: Mapping[str, Any], words: Mapping[str, str]) -> Organisation:
    lat, lng = row["centre"]
    return Organisation(
        code=f"district:{row['code']}",
        kind="district",
        name_th=words["office_th"].format(name=row["th"]),
        name_en=words["office_en"].format(name=row["en"]),
        short_th=words["short_th"].format(name=row["th"]),
        short_en=words["short_en"].format(name=row["en"]),
        phone=row["phone"],
        zone_th=row["zone_th"],
        zone_en=row["zone_en"],
        postcodes=tuple(str(code) for code in row["postcodes"]),
        centre=(lat, lng),
    )


def _read_department(row: Mapping[str, str]) -> Organisation:
    return Organisation(
        code=f"dept:{row['slug']}",
        kind="dept",
        name_th=row["name_th"],
        name_en=row["name_en"],
        short_th=row["short_th"],
        short_en=row["short_en"],
    )
