"""What a list of cases must hold to be found by words: each word in what was told, or what the word names.

"Street lights, Din Daeng" is met by cases of that category or with these words, and of that office or with its name.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress, product

from sqlalchemy import ColumnElement, Select, and_, case, or_, select
from sqlalchemy.orm import Session

from storage import case_search
from storage.case_filters import Meant
from storage.case_search import Words
from storage.models import Case, CaseWords

SPLIT = 2  # names that are told apart from their words; of more, what a case is decides as it is read
FEW_MONTHS = 6  # in longer times fewer have the words than the name


@dataclass(frozen=True, slots=True)
class Way:
    """One way to be found: with these words, by the index of words, and these conditions.

    `named`: of the conditions those that an index of cases serves.
    """

    words: Words
    conditions: tuple[ColumnElement[bool], ...] = ()
    named: tuple[ColumnElement[bool], ...] = ()

    @property
    def by_words(self) -> bool:
        """Whether the index of words names the candidates; else another index does."""
        return self.words.in_index

    def list_among(self, months: tuple[int, int]) -> Select[int] | None:
        """The cases of its names told in these months, where the words need be sought only among these."""
        if not self.named or months[1] - months[0] >= FEW_MONTHS:
            return None
        first, end = case_search.begin_month(months[0]), case_search.begin_month(months[1] + 1)
        return select(Case.id).where(*self.named, Case.created_at >= first, Case.created_at < end)


class Wanted:
    """The words that are searched for, and what some of them are also taken for."""

    def __init__(self, words: Words, meant: Sequence[Meant], dialect: str) -> None:
        self._dialect = dialect
        self._meant = [each for each in meant if set(each.terms) <= set(words.terms)]
        named = {term for each in self._meant for term in each.terms}
        self._rest = Words(tuple(term for term in words.terms if term not in named))
        self.words = words

    def __bool__(self) -> bool:
        return bool(self.words)

    def match(self) -> ColumnElement[bool]:
        """All of it, as a condition over `Case`."""
        return and_(*([self._has(self._rest)] if self._rest else []), *map(self._either, self._meant))

    def list_ways(self) -> list[Way]:
        """Every way to be found, each by an index."""
        if not self._meant:
            return [Way(self.words)]
        if self._rest.in_index:
            return [Way(self._rest, tuple(map(self._either, self._meant)))]
        ways = []
        for by_name in product((True, False), repeat=min(SPLIT, len(self._meant))):
            told = compress(self._meant, (not so for so in by_name))
            words = Words((*self._rest.terms, *(term for each in told for term in each.terms)))
            ways.append(self._open_way(words, [each.as_condition() for each in compress(self._meant, by_name)]))
        return ways

    def _open_way(self, words: Words, named: Sequence[ColumnElement[bool]]) -> Way:
        others = map(self._either, self._meant[SPLIT:])
        told = [self._has(words)] if words and not words.in_index else []
        return Way(words, (*named, *others, *told), tuple(named))

    def _either(self, meant: Meant) -> ColumnElement[bool]:
        return or_(meant.as_condition(), self._has(Words(meant.terms)))

    @property
    def is_narrow(self) -> bool:
        """Whether every way to be found meets two things that an index knows: then few candidates are named."""
        return len(self._meant) >= SPLIT and not self._rest

    @property
    def in_index(self) -> bool:
        """Whether indexes name all candidates."""
        return bool(self.words) and all(way.by_words or way.conditions for way in self.list_ways())

    def share_out(self, session: Session, ids: Sequence[int]) -> dict[Words, list[int]]:
        """These cases, by the words that must stand in what may be read of them: others are met by what they are."""
        if not self._meant or not ids:
            return {self.words: list(ids)}
        met = [case((each.as_condition(), 1), else_=0) for each in self._meant]
        found: defaultdict[Words, list[int]] = defaultdict(list)
        for key, *so in session.execute(select(Case.id, *met).where(Case.id.in_(ids))):
            terms = [*self._rest.terms]
            for each, is_met in zip(self._meant, so, strict=True):
                terms += [] if is_met else each.terms
            found[Words(tuple(terms))].append(key)
        return found

    def _has(self, words: Words) -> ColumnElement[bool]:
        # No EXISTS: PostgreSQL would make a join of it, and look for the words in every case there is.
        told = select(case_search.has_words(words, self._dialect)).where(CaseWords.case_id == Case.id)
        return told.correlate(Case).scalar_subquery()
