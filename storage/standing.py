"""Counts how open cases stand now, and whose are late; confidential ones never. From their facts, once settled."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from storage.case_facts import FACTS
from storage.figure_totals import Which


@dataclass(frozen=True, slots=True)
class Standing:
    """How many cases are open now, and how many of them are past their time."""

    open: int = 0
    overdue: int = 0


def count_standing(
    session: Session, which: Which, statuses: Collection[str], now: datetime, by: str | None = None
) -> dict[str, Standing]:
    """The cases that stand in one of `statuses`, by the values of `by`, or under an empty name.

    Late are those whose clock ran out, unless others must act.
    """
    key = [FACTS.c[by]] if by else []
    found = (
        select(func.count(), func.count(case((FACTS.c.late_at < now, 1))), *key)
        .where(
            FACTS.c.open_status.in_(statuses),
            FACTS.c.confidential.is_(False),
            *(FACTS.c[name] == value for name, value in which.list_given().items()),
        )
        .group_by(*key)
    )
    return {row[2] if by else "": Standing(row[0], row[1]) for row in session.execute(found)}
