"""What the figures are counted from: the facts of each case, their sums, and which cases have to be looked at again.

Marks are set by the database itself whenever history is added or a case changes hands, so that no way of writing can
miss them; a job and whoever asks for figures settle them (`cases/figures.py`).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import DDL, Boolean, Date, Index, Integer, SmallInteger, String, event, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Document, Key, UtcTime


class CaseFacts(Base):
    """When a case was received, answered, resolved and judged, each once. Minutes are rounded to two digits.

    `acknowledge_minutes` and `first_words_minutes` count working time since the office that has it now got it,
    `resolve_minutes` all time since then. `reopened`: it was sent back to work after a "done". `open_status`: where it
    stands while somebody has to do something; `late_at`: from when on that is late, unless others are waited for.
    """

    __tablename__ = "case_facts"

    case_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    owner: Mapped[str] = mapped_column(String(48))
    category: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str] = mapped_column(String(16))
    confidential: Mapped[bool] = mapped_column(Boolean)
    received_at: Mapped[datetime] = mapped_column(UtcTime)
    handed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcTime)
    acknowledge_minutes: Mapped[int | None] = mapped_column(Integer)
    first_words_at: Mapped[datetime | None] = mapped_column(UtcTime)
    first_words_minutes: Mapped[int | None] = mapped_column(Integer)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcTime)
    resolve_minutes: Mapped[int | None] = mapped_column(Integer)
    on_time: Mapped[bool | None] = mapped_column(Boolean)
    disputed: Mapped[bool] = mapped_column(Boolean)
    reopened: Mapped[bool] = mapped_column(Boolean)
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)
    verdict: Mapped[str | None] = mapped_column(String(8))
    stars: Mapped[int | None] = mapped_column(SmallInteger)
    open_status: Mapped[str | None] = mapped_column(String(16))
    late_at: Mapped[datetime | None] = mapped_column(UtcTime)

    __table_args__ = (
        Index(
            "ix_case_facts_open",
            "open_status",
            "confidential",
            "owner",
            "category",
            "channel",
            "late_at",
            postgresql_where=text("open_status IS NOT NULL"),
            sqlite_where=text("open_status IS NOT NULL"),
        ),
        *(
            Index(f"ix_case_facts_{name}", "confidential", f"{name}_at", "owner", "category", "channel", *values)
            for name, values in (
                ("received", ()),
                ("acknowledged", ("acknowledge_minutes",)),
                ("first_words", ("first_words_minutes",)),
                ("resolved", ("resolve_minutes", "on_time", "disputed", "reopened")),
                ("ended", ("verdict", "stars")),
            )
        ),
    )


class FigureTotal(Base):
    """What the facts of a day, month or quarter add up to; confidential cases are in none.

    `dims`: which of owner (1), category (2) and channel (4) it is of; the others are empty, and stand for all.
    `counts`: how often each name; a name with a number behind a colon is a duration or a number of stars.
    """

    __tablename__ = "figure_totals"

    dims: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    grain: Mapped[str] = mapped_column(String(1), primary_key=True)
    begins: Mapped[date] = mapped_column(Date, primary_key=True)
    owner: Mapped[str] = mapped_column(String(48), primary_key=True)
    category: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    counts: Mapped[dict[str, Any]] = mapped_column(Document)


class FigureMark(Base):
    """A case whose facts may have changed. Rows are only added and taken, so that writers never wait for each other."""

    __tablename__ = "figure_marks"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(Key)


_MATTERS = "NEW.action NOT IN ('note', 'add', 'follow', 'remind', 'escalate')"
_COLUMNS = "owner, category, channel, confidential, verdict, stars, created_at"
MARKING: dict[str, tuple[str, ...]] = {
    "sqlite": (
        f"CREATE TRIGGER figure_marks_history AFTER INSERT ON case_history WHEN {_MATTERS} "
        "BEGIN INSERT INTO figure_marks (case_id) VALUES (NEW.case_id); END",
        f"CREATE TRIGGER figure_marks_cases AFTER UPDATE OF {_COLUMNS} ON cases "
        "BEGIN INSERT INTO figure_marks (case_id) VALUES (NEW.id); END",
    ),
    "postgresql": (
        "CREATE FUNCTION mark_history() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN INSERT INTO figure_marks (case_id) VALUES (NEW.case_id); RETURN NULL; END $$",
        "CREATE FUNCTION mark_case() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN INSERT INTO figure_marks (case_id) VALUES (NEW.id); RETURN NULL; END $$",
        "CREATE TRIGGER figure_marks_history AFTER INSERT ON case_history "
        f"FOR EACH ROW WHEN ({_MATTERS}) EXECUTE FUNCTION mark_history()",
        f"CREATE TRIGGER figure_marks_cases AFTER UPDATE OF {_COLUMNS} ON cases "
        "FOR EACH ROW EXECUTE FUNCTION mark_case()",
    ),
}
for _dialect, _statements in MARKING.items():
    for _statement in _statements:
        _made = DDL(_statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
        event.listen(Base.metadata, "after_create", _made.execute_if(dialect=_dialect))
