"""Each of several cases in so few words that they fit a button behind its number, and yet are told apart."""

from collections.abc import Sequence

from bot.messages.letters import fit_end, fit_label
from cases.views import name_category
from clock import in_bangkok
from storage.models import Case
from texts.moments import say_short_date, say_time

ROOM = 9  # of the twenty letters of a button, behind "6911-00042 "


def name_apart(cases: Sequence[Case], language: str) -> list[str]:
    """Its category; where several are of one kind its place, else the day or the hour on which it was told."""
    return [_name(case, [one for one in cases if one.category == case.category], language) for case in cases]


def _name(case: Case, alike: Sequence[Case], language: str) -> str:
    kind = name_category(case.category, language)
    left = list(alike)
    for tell in (_place, _day, _hour) if len(alike) > 1 else ():
        mine = tell(case, alike, language)
        left = [one for one in left if tell(one, alike, language) == mine]
        if mine and len(left) == 1:
            return mine
    return kind


def _place(case: Case, among: Sequence[Case], language: str) -> str:
    """From the word before the first that differs: "soi 7" of "some road soi 7"; of what is too long its end."""
    places = [one.place.split() for one in among]
    same = next((at for at, words in enumerate(zip(*places, strict=False)) if len(set(words)) > 1), 0)
    whole = " ".join(case.place.split()[max(same - 1, 0) :])
    if not whole:
        return ""
    return fit_end(whole, ROOM) if same else fit_label(whole, ROOM)


def _day(case: Case, among: Sequence[Case], language: str) -> str:
    return say_short_date(language, in_bangkok(case.created_at).date())


def _hour(case: Case, among: Sequence[Case], language: str) -> str:
    return say_time(language, case.created_at)
