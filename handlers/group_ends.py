"""Cases that are named by the ends of their numbers: "00042 and 00043 are done", under a list or by themselves."""

import re
from collections.abc import Sequence

from cases.office_photos import SHOWABLE
from handlers import group_words
from handlers.turn import Turn
from storage import cases as stored
from storage import sent_cards
from storage.models import SentMessage

_END = re.compile(r"(?<![\d-])0\d{4}(?![\d-])")


def find(turn: Turn, office: str, words: str, listed: SentMessage | None) -> list[group_words.Numbered]:
    """The cases whose ends stand at the head of words, with what is said of each; none where they are talk.

    An end under a list is of a case in it first. One that is of none stays as it is written, beside others or there.
    """
    ends, rest = _take_ends(words)
    shown = _list_numbers(turn, listed)
    found = [_find_number(turn, office, end, shown) for end in ends]
    if not ends or None in found or not (any(found) or listed):
        return []
    numbers = [number for number in found if number]
    gone = [group_words.Numbered(end, rest) for end, number in zip(ends, found, strict=True) if not number]
    ours = group_words.split_by_numbers(f"{' '.join(numbers)} {_write_out(rest, shown)}")[0] if numbers else []
    return [*ours, *gone]


def _take_ends(words: str) -> tuple[list[str], str]:
    ends: list[str] = []
    end, rest = group_words.take_short_number(words)
    while end:
        ends.append(end)
        end, rest = group_words.take_short_number(rest)
    return list(dict.fromkeys(ends)), rest


def _list_numbers(turn: Turn, listed: SentMessage | None) -> list[str]:
    keys = sent_cards.list_shown(turn.session, listed) if listed is not None else []
    found = [stored.find_case(turn.session, case_id) for case_id in keys]
    return [case.number for case in found if case is not None]


def _find_number(turn: Turn, office: str, end: str, shown: Sequence[str]) -> str | None:
    """The one number with this end; "" where there is none, None where there are several."""
    found = [number for number in shown if number.endswith(f"-{end}")] or stored.list_by_number_end(
        turn.session, office, end, SHOWABLE
    )
    return None if len(found) > 1 else "".join(found)


def _write_out(words: str, shown: Sequence[str]) -> str:
    """Words in which the ends of cases that the list shows are their numbers ("00001 is done, 00002 tomorrow")."""
    whole = {number.rpartition("-")[2]: number for number in shown}
    return _END.sub(lambda found: whole.get(found[0], found[0]), words)
