"""What a list of cases must hold to be found by words: each word in what was told, or what the word names.

"Street lights, Din Daeng" is met by cases of that category or with these words, and of that office or with its name.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, exists, or_, select
from sqlalchemy.orm import Session

from storage import case_search
from storage.case_filters import Meant
from storage.case_search import Words
from storage.models import Case, CaseWords


@dataclass(frozen=True, slots=True)
class Way:
    """One way to be found: with these words, by the index of words, and these conditions."""

    words: Words
    conditions: tuple[ColumnElement[bool], ...] = ()

    @property
    def by_words(self) -> bool:
        """Whether the index of words names the candidates; else another index does."""
        return self.words.in_index


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
            return [Way(self._rest, (self.match(),))]
        named = [each.as_condition() for each in self._meant]
        either = [self._either(each) for each in self._meant]
        ways = [self._open_way(self._rest, named)]
        for place, each in enumerate(self._meant):  # the first that is met by its words and not by its name
            words = Words((*self._rest.terms, *each.terms))
            ways.append(self._open_way(words, [*named[:place], *either[place + 1 :]]))
        return ways

    def _open_way(self, words: Words, conditions: Sequence[ColumnElement[bool]]) -> Way:
        told = [self._has(words)] if words and not words.in_index else []
        return Way(words, (*conditions, *told))

    def _either(self, meant: Meant) -> ColumnElement[bool]:
        return or_(meant.as_condition(), self._has(Words(meant.terms)))

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
        return exists().where(CaseWords.case_id == Case.id, case_search.has_words(words, self._dialect))
