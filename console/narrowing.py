"""A long list of a page, narrowed down by words and by kind, with how many there are of each kind."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")
LONG = 12  # rows from which on there is something to narrow down


@dataclass(frozen=True, slots=True)
class Narrowed(Generic[Row]):
    """What is left. `kinds`: name, words and how many of all; `all`: how many there are."""

    rows: Sequence[Row]
    kinds: Sequence[tuple[str, str, int]]
    kind: str
    q: str
    all: int

    @property
    def is_long(self) -> bool:
        """Whether the fields to narrow it down belong on the page."""
        return self.all > LONG or bool(self.kind or self.q)


def narrow(
    rows: Sequence[Row],
    asked: Mapping[str, str],
    kinds: Mapping[str, str],
    kind_of: Callable[[Row], str | tuple[str, ...]],
    words_of: Callable[[Row], str],
) -> Narrowed[Row]:
    """These rows by the `q` and `kind` of an address; every word of `q` must stand in what `words_of` gives.

    A row may be of several kinds.
    """
    q = " ".join(asked.get("q", "").split())[:80]
    kind = asked.get("kind", "") if asked.get("kind", "") in kinds else ""
    of_row = [_as_many(kind_of(row)) for row in rows]
    counted = Counter(each for kinds_of in of_row for each in kinds_of)
    wanted = q.casefold().split()
    left = [
        row
        for row, kinds_of in zip(rows, of_row, strict=True)
        if (not kind or kind in kinds_of) and all(word in words_of(row).casefold() for word in wanted)
    ]
    return Narrowed(left, [(name, words, counted[name]) for name, words in kinds.items()], kind, q, len(rows))


def _as_many(kinds: str | tuple[str, ...]) -> tuple[str, ...]:
    return (kinds,) if isinstance(kinds, str) else kinds
