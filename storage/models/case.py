"""A case, its append-only history and its running clocks."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    SQLColumnExpression,
    String,
    Text,
    event,
    func,
    select,
    text,
)
from sqlalchemy.engine import Connection
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, Mapper, column_property, mapped_column, relationship

from storage.models.base import Base, Document, Key, UtcTime

RUNS = text("stopped_at IS NULL AND next_at IS NOT NULL")
RUNNING = text("stopped_at IS NULL")
HAS_PHONE = text("phone IS NOT NULL")
OFFERED = text("transfer_to IS NOT NULL")
DANGEROUS = text("CAST(danger AS TEXT) <> '[]'")
CONFIDENTIAL = text("confidential")
RARE = {"ix_cases_danger": DANGEROUS, "ix_cases_secret": CONFIDENTIAL}  # lists of them, by status


WALKED = ("latitude", "longitude", "status", "owner", "category", "confidential")


class Case(Base):
    """One grievance. `status` is written by `cases.lifecycle` alone.

    `owner` has it; `district` is where it lies, as far as is known, whoever has it. `verdict`: what its reporter said
    last of the office's "done": yes, partly, no, or silent; `earlier_id`: the case it is told anew after.
    `confidential_at`: when officers took it out of the sight of offices that had it before.
    `transfer_to`: the organisation that it is offered to, while it is being passed on.
    """

    __tablename__ = "cases"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    status: Mapped[str] = mapped_column(String(16))
    owner: Mapped[str] = mapped_column(String(48))
    transfer_to: Mapped[str | None] = mapped_column(String(48))
    district: Mapped[str | None] = mapped_column(String(48))
    alternatives: Mapped[list[Any]] = mapped_column(Document, default=list)
    routed_by: Mapped[str] = mapped_column(String(16))
    category: Mapped[str] = mapped_column(String(32))
    description: Mapped[str] = mapped_column(Text)
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    place: Mapped[str] = mapped_column(Text)
    danger: Mapped[list[Any]] = mapped_column(Document, default=list)
    confidential: Mapped[bool] = mapped_column(Boolean, default=False)
    confidential_at: Mapped[datetime | None] = mapped_column(UtcTime)
    channel: Mapped[str] = mapped_column(String(16), default="line")
    reporter_id: Mapped[int] = mapped_column(Key, ForeignKey("reporters.id"), index=True)
    phone: Mapped[str | None] = mapped_column(String(32))
    phone_shared: Mapped[bool] = mapped_column(Boolean, default=False)
    shared_name: Mapped[str | None] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(2), default="th")
    promised_on: Mapped[date | None] = mapped_column(Date)
    acknowledge_by: Mapped[datetime | None] = mapped_column(UtcTime)
    verdict: Mapped[str | None] = mapped_column(String(8))
    stars: Mapped[int | None] = mapped_column(Integer)
    earlier_id: Mapped[int | None] = mapped_column(Key)
    merged_into: Mapped[int | None] = mapped_column(Key)  # the case that has it all now
    version: Mapped[int] = mapped_column(Integer, default=1)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    updated_at: Mapped[datetime] = mapped_column(UtcTime)

    __table_args__ = (
        Index("ix_cases_owner_status", "owner", "status", "created_at", "id"),
        Index("ix_cases_spot", "latitude", "longitude"),
        # The lists of the desk walk along these, newest or last changed first. The first holds what is asked most
        # of many cases at once, and by the map, so that their rows need not be read.
        Index("ix_cases_created_at", "created_at", "id", *WALKED),
        Index("ix_cases_owner_created_at", "owner", "created_at", "id", "category", "confidential", "status"),
        Index("ix_cases_status_created_at", "status", "created_at", "id", "owner", "confidential"),
        Index("ix_cases_category_created_at", "category", "created_at", "id", "owner", "confidential"),
        Index("ix_cases_updated_at", "updated_at", "id"),
        *(
            Index(name, "status", "created_at", "id", postgresql_where=rare, sqlite_where=rare)
            for name, rare in RARE.items()
        ),
        Index("ix_cases_phone", "phone", postgresql_where=HAS_PHONE, sqlite_where=HAS_PHONE),
        Index("ix_cases_transfer_to", "transfer_to", postgresql_where=OFFERED, sqlite_where=OFFERED),
    )
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class CaseCounter(Base):
    """The last number given out in a month (`month` = two-digit Buddhist year and month, `6911`)."""

    __tablename__ = "case_counters"

    month: Mapped[str] = mapped_column(String(4), primary_key=True)
    last: Mapped[int] = mapped_column(Integer)


class HistoryWords(Base):
    """Words said with a line of history. Rows of their own, for words can be taken back and history cannot.

    What several messages told is as many rows; `joint` stands before one that is not the first.
    """

    __tablename__ = "case_history_words"

    entry_id: Mapped[int] = mapped_column(Key, ForeignKey("case_history.id"), primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    message_id: Mapped[str | None] = mapped_column(String(64))
    joint: Mapped[str] = mapped_column(String(4), default="")
    words: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index("ix_case_history_words_message_id", "message_id"),)


class HistoryEntry(Base):
    """One thing that happened to a case, who did it and from where. Rows are added, never changed.

    `note` is what was said with it; it is gone once its writer took it back.
    """

    __tablename__ = "case_history"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(Key, ForeignKey("cases.id"))
    at: Mapped[datetime] = mapped_column(UtcTime)
    action: Mapped[str] = mapped_column(String(24))
    from_status: Mapped[str | None] = mapped_column(String(16))
    to_status: Mapped[str] = mapped_column(String(16))
    role: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[str | None] = mapped_column(String(64))
    organisation: Mapped[str | None] = mapped_column(String(48))
    chat_id: Mapped[str | None] = mapped_column(String(64))
    message_id: Mapped[str | None] = mapped_column(String(64))
    details: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    said: Mapped[list[HistoryWords]] = relationship(order_by=HistoryWords.place)
    _note: Mapped[str | None] = column_property(
        select(func.aggregate_strings(HistoryWords.joint + HistoryWords.words, ""))
        .where(HistoryWords.entry_id == id)
        .scalar_subquery(),
        deferred=True,
    )

    __table_args__ = (
        Index("ix_case_history_case_id", "case_id", "id"),
        Index("ix_case_history_message_id", "message_id"),
        Index("ix_case_history_actor", "chat_id", "actor_id", "at"),
    )

    @hybrid_property
    def note(self) -> str | None:
        if not self.said:
            return None
        first, *rest = self.said
        return first.words + "".join(part.joint + part.words for part in rest)

    @note.inplace.setter
    def _refuse_note(self, words: str | None) -> None:
        raise RuntimeError(f"history row {self.id} cannot be given other words: history is append-only")

    @note.inplace.expression
    @classmethod
    def _select_note(cls) -> SQLColumnExpression[str | None]:
        return cls._note


class SlaClock(Base):
    """A due time that runs for a case. `stopped_at` is set when what it waited for came.

    `next_at`: when somebody is to be told of it next; `stage`: how often that was done. `any_hour`: also at night.
    """

    __tablename__ = "sla_clocks"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(Key, ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = mapped_column(String(24))
    started_at: Mapped[datetime] = mapped_column(UtcTime)
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcTime)
    next_at: Mapped[datetime | None] = mapped_column(UtcTime)
    stage: Mapped[int] = mapped_column(Integer, default=0)
    any_hour: Mapped[bool] = mapped_column(Boolean, default=False)

    __table_args__ = (
        Index("ix_sla_clocks_next", "next_at", postgresql_where=RUNS, sqlite_where=RUNS),
        # Few of all clocks run: which of a case is due first is told without reading those that are stopped.
        *(
            Index(name, *columns, "kind", "id", "stopped_at", postgresql_where=RUNNING, sqlite_where=RUNNING)
            for name, columns in (
                ("ix_sla_clocks_due_at", ("due_at", "case_id")),
                ("ix_sla_clocks_running", ("case_id", "due_at")),
            )
        ),
    )


def _refuse(_mapper: Mapper[Any], _connection: Connection, target: HistoryEntry) -> None:
    raise RuntimeError(f"history row {target.id} cannot be changed or removed: history is append-only")


event.listen(HistoryEntry, "before_update", _refuse)
event.listen(HistoryEntry, "before_delete", _refuse)
