"""Finding cases by their words: what was typed becomes terms, the index names candidates, the words themselves decide.

The index knows groups of three letters; it may name too many, never too few, but for words of a single letter, which
it does not know at all. Words typed with tone marks must stand there with them; without, they are found both ways.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, cast, column, func, literal, select, table
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from storage.models import CaseCounter, CaseWords
from storage.models import case_words_sql as made
from storage.models.case_words_sql import LIGHT, fold, lighten

MOST_LETTERS = 200
MOST_TERMS = 6
MOST_GRAMS = 24
MOST_MONTHS = 60
_QUOTES = "\"'\u201c\u201d\u2018\u2019\u00ab\u00bb"
# What may follow two letters: words end with spaces in the index.
_FOLLOWING = tuple(
    [chr(code) for code in range(0x20, 0x7F) if not chr(code).isupper()]
    + [chr(code) for code in range(0x0E01, 0x0E4F) if chr(code) not in LIGHT]
)
_GRAMS = table("case_grams", column("rowid", Integer), column("case_grams"))
_WHOLE_NUMBER = re.compile(r"(?:ft)?\s?-?(\d{4})\s?-?\s?(\d{5,7})")
_WITH_DASH = re.compile(r"(?:ft)?\s?-?(\d{4})\s?-\s?(\d{1,7})")
_SERIAL = re.compile(r"(?:ft)?-?(\d{1,7})")


@dataclass(frozen=True, slots=True)
class Words:
    """What is searched for: each term must stand somewhere in what the reporter told of a case."""

    terms: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def in_index(self) -> bool:
        """Whether the index can name candidates."""
        return any(len(lighten(term)) > 1 for term in self.terms)


def read_words(typed: str) -> Words:
    """What somebody typed, as terms; of very much the beginning."""
    folded = fold(typed.replace("\0", "")[: MOST_LETTERS * 2])[:MOST_LETTERS]
    terms = (term.strip(_QUOTES) for term in folded.split())
    return Words(tuple(dict.fromkeys(term for term in terms if term))[:MOST_TERMS])


def list_numbers(session: Session, typed: str) -> tuple[list[str], bool]:
    """The public numbers that may be meant, and whether nothing but a number can be."""
    folded = fold(typed).strip()
    if found := _WHOLE_NUMBER.fullmatch(folded) or _WITH_DASH.fullmatch(folded):
        return [f"FT{found[1]}-{int(found[2]):05d}"], True
    if found := _SERIAL.fullmatch(folded):
        months = session.scalars(select(CaseCounter.month).order_by(CaseCounter.month.desc()).limit(MOST_MONTHS))
        return [f"FT{month}-{int(found[1]):05d}" for month in months], folded.startswith("ft") or len(found[1]) > 4
    return [], False


def has_words(words: Words, dialect: str) -> ColumnElement[bool]:
    """Whether the words of a case are these, for a query that has `CaseWords`."""
    light: Any = CaseWords.words
    if dialect == "sqlite":
        for mark in LIGHT:
            light = func.replace(light, mark, "")
    else:
        light = func.translate(light, LIGHT, "")
    find: Callable[..., Any] = func.instr if dialect == "sqlite" else func.strpos
    return and_(*(find(CaseWords.words if lighten(term) != term else light, term) > 0 for term in words.terms))


def stands_in(words: Words, told: str) -> bool:
    """As `has_words`, of what somebody may read."""
    folded = fold(told)
    light = lighten(folded)
    return all(term in (folded if lighten(term) != term else light) for term in words.terms)


def list_candidates(
    session: Session,
    words: Words,
    *,
    months: tuple[int, int] | None = None,
    among: Select[int] | None = None,
    most: int,
) -> tuple[list[int], int] | None:
    """The cases of these words, told in these months (first and last), and how many the index had named.

    `among`: of these cases alone. None where it names more than `most`.
    """
    dialect = session.get_bind().dialect.name
    found = select(CaseWords.case_id, has_words(words, dialect))
    if dialect == "sqlite":
        named = select(_GRAMS.c.rowid).where(column("case_grams").op("MATCH")(_match_in_sqlite(words, months)))
        if among is not None:  # + 0: else the index of words is asked anew for each of them
            named = named.where((_GRAMS.c.rowid + 0).in_(among))
        found = found.where(CaseWords.case_id.in_(named.select_from(_GRAMS)))
    else:
        found = found.where(*_match_in_postgresql(words, months))
        found = found.where(CaseWords.case_id.in_(among)) if among is not None else found
    if months:
        found = found.where(CaseWords.month.between(*months))
    rows = session.execute(found.limit(most + 1)).all()
    return ([key for key, so in rows if so], len(rows)) if len(rows) <= most else None


def find_months(session: Session) -> tuple[int, int] | None:
    """The first and the last month in which there are words; None where there are none."""
    counted = list(session.scalars(select(CaseCounter.month)))
    if not counted:
        return None
    # Months as public numbers count them, of the Buddhist year, in Bangkok: a month before may be meant.
    first, last = min(counted), max(counted)
    return _count(first) - 1, _count(last)


def _count(month: str) -> int:
    return (int(month[:2]) + 2500 - 543 - 2000) * 12 + int(month[2:])


def month_of(moment: datetime) -> int:
    """The month of a moment, as `CaseWords.month` counts."""
    told = moment.astimezone(UTC)
    return (told.year - 2000) * 12 + told.month


def begin_month(month: int) -> datetime:
    """When a month of `month_of` begins."""
    return datetime(2000 + (month - 1) // 12, (month - 1) % 12 + 1, 1, tzinfo=UTC)


def _list_grams(term: str) -> list[str]:
    light = lighten(term)
    grams = list(dict.fromkeys(light[at : at + 3] for at in range(len(light) - 2)))
    step = max(1, -(-len(grams) // MOST_GRAMS))
    return grams[::step]


def _match_in_sqlite(words: Words, months: tuple[int, int] | None) -> str:
    """As FTS5 reads it; every trigram stands in quotes, so nothing that was typed is a word of its language."""
    wanted = []
    for term in words.terms:
        light = lighten(term)
        if len(light) == 2:
            wanted.append(_one_of([light + letter for letter in _FOLLOWING]))
        else:
            wanted += [_quote(gram) for gram in _list_grams(term)]
    if months and months[1] - months[0] < 12:
        wanted.append(_one_of([chr(made.MONTH_MARK + month) * 3 for month in range(months[0], months[1] + 1)]))
    return " AND ".join(dict.fromkeys(wanted))


def _one_of(grams: Collection[str]) -> str:
    return f"({' OR '.join(map(_quote, grams))})"


def _quote(gram: str) -> str:
    return '"' + gram.replace('"', '""') + '"'


def _match_in_postgresql(words: Words, months: tuple[int, int] | None) -> Iterator[ColumnElement[bool]]:
    grams = func.case_grams(CaseWords.words, CaseWords.month, type_=ARRAY(Integer))
    every = [_encode(gram) for term in words.terms for gram in _list_grams(term)]
    if months and months[0] == months[1]:
        every.append(made.MONTH_GRAM + months[0])
    elif months and months[1] - months[0] < 12:
        yield grams.op("&&")(_array([made.MONTH_GRAM + month for month in range(months[0], months[1] + 1)]))
    if every:
        yield grams.op("@>")(_array(every))
    for term in words.terms:
        light = lighten(term)
        if len(light) == 2:
            first = (_code(light[0]) << 16) + (_code(light[1]) << 8)
            yield grams.op("&&")(_array(range(first, first + 256)))


def _array(codes: Sequence[int]) -> ColumnElement[Any]:
    return cast(literal(sorted(set(codes)), ARRAY(Integer)), ARRAY(Integer))


def _encode(gram: str) -> int:
    return (_code(gram[0]) << 16) + (_code(gram[1]) << 8) + _code(gram[2])


def _code(letter: str) -> int:
    """As the function `case_grams` of the database counts."""
    code = ord(letter)
    if 0x0E00 <= code <= 0x0E7F:
        return code - 0x0E00 + 128
    return code if code < 128 else code % 31 + 1


@contextmanager
def filling(session: Session) -> Iterator[None]:
    """Cases that are written in bulk inside are not indexed one by one but together at its end, which is much quicker.

    For one transaction that nobody else writes beside.
    """
    connection = session.connection()
    sqlite = connection.dialect.name == "sqlite"
    triggers = made.SQLITE_TRIGGERS if sqlite else made.POSTGRESQL_TRIGGERS
    for trigger in triggers:
        name, home = re.search(r"TRIGGER (\w+)", trigger), re.search(r" ON (\w+)", trigger)
        assert name and home
        connection.exec_driver_sql(f"DROP TRIGGER {name[1]}" + ("" if sqlite else f" ON {home[1]}"))
    yield
    session.flush()
    rebuild(session)
    for trigger in triggers:
        connection.exec_driver_sql(trigger)


def rebuild(session: Session) -> None:
    """Write the words of every case anew, and the index over them."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DELETE FROM case_words")
        connection.exec_driver_sql(made.FILL)
        connection.exec_driver_sql("INSERT INTO case_grams (case_grams) VALUES ('optimize')")
        return
    connection.exec_driver_sql("DROP INDEX case_grams_index")
    connection.exec_driver_sql("DELETE FROM case_words")
    connection.exec_driver_sql(made.FILL)
    connection.exec_driver_sql(made.POSTGRESQL_INDEX)
