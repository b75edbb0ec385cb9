"""What a list of cases is asked for: read from an address, and written into one, so that a list can be kept and sent.

No telephone number ever stands there: those are looked for by a form, and stay in the reader's own cookie.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import session as browser
from werkzeug.datastructures import MultiDict

from cases.categories import find_category
from cases.clocks import WAITING
from cases.desk import OPEN_AT_ALL
from cases.figures import begin_day
from cases.open_cases import OPEN
from cases.phones import hide_phones
from cases.search_words import find_meanings, split_names
from cases.statuses import OVER, Status
from console.desk import Desk
from console.list_reading import find_recheck
from console.permissions import Right
from flows.words import find_phone
from places.organisations import find_organisation
from storage.case_facts import FIGURES
from storage.case_filters import Filters, Meant
from storage.case_list import Order
from storage.case_search import MOST_TERMS, read_words

LONGEST = 200
OTHERS_TURN = tuple(WAITING)  # the reporter is waited for, and nobody of the offices
LIVE = tuple(status for status in Status if status not in OVER)
DESK = (Status.NEW, Status.TRANSFERRING, Status.DECLINED, Status.DISPUTED)
GROUPS: dict[str, tuple[Status, ...]] = {
    "open": OPEN_AT_ALL,
    "desk": DESK,
    "done": (Status.RESOLVED, Status.CLOSED),
    "work": OPEN,
}
CHANNELS = ("line", "phone", "walk_in", "mail", "fax", "event")
VERDICTS = ("yes", "partly", "no", "silent")
FLAGS = ("overdue", "danger", "missed", "followed", "photos")
OF_OMB = ("confidential", "photos")
COLUMNS = ("status", "office", "due", "received", "changed", "promised", "channel", "verdict", "followers", "district")
USUAL = ("status", "office", "due", "received")
PHONE = "list_phone"
_NOT_DIGITS = re.compile(r"\D")
_MANY_DIGITS = re.compile(r"\d(?:[\W_]?\d){5}")
_CASE_NUMBER = re.compile(r"(?:ft)?\s?-?\d{4}\s?-?\s?\d{1,7}", re.IGNORECASE)
EXACT = ("1", "category", "owner")  # words are taken as they stand: all of them, or those that name such a thing
APART = ","  # between the codes of single things whose names are taken so
NOWHERE = "\ue000"  # stands in no case


@dataclass(frozen=True, slots=True)
class Asked:
    """One list. `given`: what stands in its address, cleaned; `by_phone`: the number stands in the cookie instead."""

    filters: Filters
    order: Order
    columns: tuple[str, ...]
    given: Mapping[str, str]
    by_phone: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return self.by_phone or any(name not in ("sort", "col") for name in self.given)

    def as_items(self, **changed: str) -> list[tuple[str, str]]:
        """For the address of the same list, or of one that differs so; an empty value takes a filter away."""
        items = [(name, value) for name, value in (dict(self.given) | changed).items() if value and name != "col"]
        if self.by_phone and "phone" not in changed:
            items.append(("phone", "1"))
        return items + ([("col", column) for column in self.columns] if self.columns != USUAL else [])


def has_phone(words: str) -> bool:
    """Whether somebody typed a telephone number."""
    return hide_phones(words, "\0") != words


def keep_phone(words: str) -> None:
    """Remember the number that is looked for, in the reader's browser alone."""
    browser[PHONE] = find_phone(words) or _NOT_DIGITS.sub("", words)


def _read_text(desk: Desk, given: Mapping[str, str]) -> str:
    """The words; of offices no long row of digits, by which numbers could be guessed that are hidden from them."""
    words = given.get("q", "")
    if desk.staff.of_omb or not _MANY_DIGITS.search(words) or _CASE_NUMBER.fullmatch(words):
        return words
    return NOWHERE


def read_asked(desk: Desk, args: MultiDict[str, str]) -> Asked:
    """What is asked for; whatever makes no sense, or is not theirs to ask, is left out."""
    given = _clean(desk, args)
    day_from, day_to = _read_day(given.get("from")), _read_day(given.get("to"))
    begins = begin_day(day_from) if day_from else None
    ends = begin_day(day_to + timedelta(days=1)) if day_to else None
    figure = given.get("figure", "")
    by_phone = args.get("phone") == "1" and desk.may(Right.SEE_PHONE) and bool(browser.get(PHONE))
    text = "" if by_phone else _read_text(desk, given)
    terms = read_words(text).terms
    apart = terms if given.get("exact") == "1" else split_names(terms, MOST_TERMS)
    text = text if apart == terms else " ".join(apart)
    told = split_names(terms, MOST_TERMS)
    named = [one.code for each in find_meanings(told) for one in (each, *each.beside)]
    literal = [code for code in dict.fromkeys(list_exact(given)) if code in named]
    could_mean = find_meanings(told, literal)
    meant = tuple(each for each in could_mean if not _is_exact(given, each))
    filters = Filters(
        text=text,
        meant=meant,
        phone=str(browser[PHONE]) if by_phone else "",
        statuses=_read_statuses(given.get("status", "")),
        since=begins if figure in ("", "received") else None,
        until=ends,  # nothing is counted of a case before it was told
        verdict=given.get("verdict", ""),
        stars=int(given["stars"]) if given.get("stars") else None,
        confidential={"1": True, "0": False}.get(given.get("confidential", "")),
        photo_badge="photos" in given,
        missed_before=desk.today if "missed" in given else None,
        open_statuses=tuple(OPEN),
        live_statuses=LIVE,
        others_turn=OTHERS_TURN,
        figure=figure,
        figure_since=begins if figure else None,
        figure_until=ends if figure else None,
        owner=given.get("owner", ""),
        district=given.get("district", ""),
        category=given.get("category", ""),
        channel=given.get("channel", ""),
        overdue="overdue" in given,
        danger="danger" in given,
        followed="followed" in given,
        recheck=find_recheck(desk),
    )
    columns = tuple(column for column in COLUMNS if column in args.getlist("col")) or USUAL
    if not any(_is_exact(given, each) for each in could_mean):
        given["exact"] = APART.join(literal)
    return Asked(filters, Order(given.get("sort", Order.NEWEST)), columns, _drop_empty(given), by_phone)


def _drop_empty(given: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in given.items() if value}


def list_exact(given: Mapping[str, str]) -> list[str]:
    """The categories and offices whose names are nothing but letters in this search."""
    codes = given.get("exact", "")
    return [] if codes in EXACT or not codes else codes.split(APART)


def _may_be_exact(value: str) -> bool:
    return value in EXACT or all(find_category(each) or find_organisation(each) for each in value.split(APART))


def _is_exact(given: Mapping[str, str], meant: Meant) -> bool:
    return given.get("exact") in ("1", "category" if meant.category else "owner")


def _read_statuses(named: str) -> tuple[str, ...]:
    return tuple(GROUPS.get(named, (named,))) if named else ()


def _clean(desk: Desk, args: MultiDict[str, str]) -> dict[str, str]:
    told = {name: " ".join(args.get(name, "").replace("\0", "").split())[:LONGEST] for name in _KNOWN}
    checks = dict(_KNOWN)
    if not desk.staff.of_omb:
        for name in OF_OMB:
            checks.pop(name)
    return {name: value for name, value in told.items() if value and name in checks and checks[name](value)}


def _is_day(value: str) -> bool:
    return _read_day(value) is not None


def _read_day(value: str | None) -> date | None:
    try:
        day = date.fromisoformat(value or "")
    except ValueError:
        return None
    return day if 1900 < day.year < 2400 else None


def _is_flag(value: str) -> bool:
    return value == "1"


_KNOWN: dict[str, Any] = {
    "q": lambda value: not has_phone(value),
    "status": lambda value: value in GROUPS or value in set(Status),
    "owner": lambda value: find_organisation(value) is not None,
    "district": lambda value: find_organisation(value) is not None,
    "category": lambda value: find_category(value) is not None,
    "channel": CHANNELS.__contains__,
    "from": _is_day,
    "to": _is_day,
    "exact": _may_be_exact,
    "figure": FIGURES.__contains__,
    "verdict": VERDICTS.__contains__,
    "stars": tuple("12345").__contains__,
    "confidential": ("0", "1").__contains__,
    **dict.fromkeys(FLAGS, _is_flag),
    "sort": {*Order}.__contains__,
}
