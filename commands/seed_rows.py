"""Writes demo cases by the thousand, past the ORM: plain rows, and on PostgreSQL by COPY.

The keys and numbers are those that the database would have given next; whoever else adds a case waits meanwhile.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.orm import Session

from commands.seed_life import Life, Line, Photo
from storage import cases as stored
from storage.callbacks import WAITS_AT
from storage.media_claims import Stored
from storage.models import (
    Base,
    Callback,
    Case,
    CaseHelper,
    FigureMark,
    Follower,
    HistoryEntry,
    HistoryWords,
    MediaItem,
    PhotoCheck,
    Reporter,
    SlaClock,
    case_words_sql,
)

Row = tuple[Any, ...]
REPORTER = ("id", "line_user_id", "created_at", "phone", "name")
CASE = (
    "id", "number", "status", "owner", "transfer_to", "district", "alternatives", "routed_by", "category",
    "description", "latitude", "longitude", "place", "danger", "confidential", "channel", "reporter_id", "phone",
    "phone_shared", "shared_name", "language", "promised_on", "acknowledge_by", "verdict", "stars", "merged_into",
    "version", "created_at", "updated_at",
)  # fmt: skip
HISTORY = ("id", "case_id", "at", "action", "from_status", "to_status", "role", "organisation", "details")
WORDS = ("entry_id", "place", "joint", "words")
CLOCK = ("id", "case_id", "kind", "started_at", "due_at", "stopped_at", "next_at", "stage", "any_hour")
FOLLOWER = ("id", "case_id", "reporter_id", "since", "merged_from")
CALLBACK = ("id", "case_id", "entry_id", "kind", "created_at", "tried_at")
MEDIA = (
    "id", "message_id", "chat_id", "case_id", "kind", "role", "state", "content_type", "size", "sha256", "width",
    "height", "path", "thumb_path", "told_gone", "attempts", "next_at", "sent_at", "stored_at", "marked_at",
    "compared_for",
)  # fmt: skip
CHECK = ("id", "case_id", "media_id", "other_media_id", "verdict", "reason", "score", "at", "told_at")
HELPER = ("case_id", "organisation", "state", "invited_at", "answered_at")
WATCHED: tuple[type[Base], ...] = (Case, HistoryEntry, HistoryWords)  # their triggers keep what is made from them
WAITS = {status: kind for kind, status in WAITS_AT.items()}
TRIED_AFTER = timedelta(days=1)
LOOKED_AT = timedelta(minutes=1)
_WITHOUT_ZONE = len("2026-11-22 08:30:00.000000")
KEYED: tuple[type[Base], ...] = (Reporter, Case, HistoryEntry, SlaClock, Follower, Callback, MediaItem, PhotoCheck)


@dataclass(frozen=True, slots=True)
class People:
    """The demo reporters of a block: none has a LINE account, so that nobody is ever told.

    `rung`: those who are known by a telephone number, which is none that could be dialled.
    """

    count: int
    since: datetime
    name: str
    rung: dict[int, str]


def write(session: Session, people: People, lives: Sequence[Life], pictures: Mapping[str, Stored]) -> None:
    """Add these cases and all that belongs to them; their keys and numbers are set on the way."""
    connection: Connection = session.info["connection"]
    bulk = _Copy(connection) if connection.dialect.name == "postgresql" else _Insert(connection)
    bulk.hold()
    bulk.hush()
    first = bulk.find_next_keys()
    _give_numbers(session, lives)
    for place, life in enumerate(lives):
        life.key = first[Case] + place
    photos = _key_photos(lives, first[MediaItem])
    lines = _key_lines(lives, first[HistoryEntry])
    clocks = [(life, clock) for life in lives for clock in life.clocks]
    followers = [(life, *one) for life in lives for one in life.followers]
    person = first[Reporter]
    moment = bulk.moment
    owed = [(life, line) for life, line in lines if life.phone and life.channel != "line" and life.is_owed_call(line)]
    bulk.add(
        Reporter,
        REPORTER,
        (
            (
                person + place,
                None,
                moment(people.since),
                people.rung.get(place),
                people.name if place in people.rung else None,
            )
            for place in range(people.count)
        ),
    )
    bulk.add(Case, CASE, (_see_case(life, person, bulk) for life in lives))
    bulk.add(HistoryEntry, HISTORY, (_see_line(life, line, moment(line.at)) for life, line in lines))
    bulk.add(HistoryWords, WORDS, ((line.key, 0, "", line.words) for _, line in lines if line.words))
    bulk.add(
        SlaClock,
        CLOCK,
        (
            (
                first[SlaClock] + place,
                life.key,
                one.kind,
                moment(one.started_at),
                moment(one.due_at),
                moment(one.stopped_at),
                moment(one.next_at),
                one.stage,
                one.any_hour,
            )
            for place, (life, one) in enumerate(clocks)
        ),
    )
    bulk.add(
        Follower,
        FOLLOWER,
        (
            (first[Follower] + place, life.key, person + who, moment(since), came_with.key if came_with else None)
            for place, (life, who, since, came_with) in enumerate(followers)
        ),
    )
    bulk.add(
        CaseHelper,
        HELPER,
        (
            (life.key, helper, state, moment(invited), moment(answered))
            for life in lives
            for helper, (state, invited, answered) in life.helpers.items()
        ),
    )
    bulk.add(
        Callback,
        CALLBACK,
        (
            (
                first[Callback] + place,
                life.key,
                line.key,
                WAITS[life.status],
                moment(line.at),
                moment(_find_try(life, line)),
            )
            for place, (life, line) in enumerate(owed)
        ),
    )
    bulk.add(MediaItem, MEDIA, (_see_photo(life, photo, pictures[photo.scene], moment) for life, photo in photos))
    checks = [(life, photo) for life, photo in photos if photo.flagged]
    bulk.add(
        PhotoCheck,
        CHECK,
        (
            (
                first[PhotoCheck] + place,
                life.key,
                photo.key,
                life.photos[0].key,
                "same",
                "photo_check.same",
                1.0,
                moment(photo.sent_at + LOOKED_AT),
                moment(photo.sent_at + LOOKED_AT),
            )
            for place, (life, photo) in enumerate(checks)
        ),
    )
    counted = (
        people.count, len(lives), len(lines), len(clocks), len(followers), len(owed), len(photos), len(checks),
    )  # fmt: skip
    bulk.keep_keys({model: first[model] + count for model, count in zip(KEYED, counted, strict=True)})
    _index(connection, first[Case])
    bulk.speak()


def _key_photos(lives: Sequence[Life], first: int) -> list[tuple[Life, Photo]]:
    """Every photo with its case; the line that it came with names it."""
    photos = [(life, photo) for life in lives for photo in life.photos]
    for place, (_, photo) in enumerate(photos):
        photo.key = first + place
        if photo.line is not None:
            photo.line.details["media"] = [photo.key]
    return photos


def _see_photo(life: Life, photo: Photo, kept: Stored, moment: Callable[[datetime | None], object]) -> Row:
    """Compared already: one picture serves many cases, which would all be called the same."""
    sent = moment(photo.sent_at)
    return (
        photo.key, f"seed:{life.number}:{photo.key}", "seed", life.key, "image", photo.role, "stored",
        kept.content_type, kept.size, kept.sha256, kept.width, kept.height, kept.path, kept.thumb_path, False, 1,
        sent, sent, sent, sent, life.key,
    )  # fmt: skip


def _find_try(life: Life, line: Line) -> datetime | None:
    """Somebody rang on the next day, and nobody answered."""
    tried = line.at + TRIED_AFTER
    return tried if tried < life.until else None


def _index(connection: Connection, first: int) -> None:
    """What the triggers would have done row by row: the words are searched, and each case is to be counted."""
    connection.exec_driver_sql(f"{case_words_sql.FILL} WHERE case_id >= {first:d}")
    connection.execute(insert(FigureMark).from_select(["case_id"], select(Case.id).where(Case.id >= first)))


def _give_numbers(session: Session, lives: Sequence[Life]) -> None:
    """As if each had been told at its moment; cases come in the order of their telling."""
    months: dict[str, list[Life]] = {}
    for life in lives:
        months.setdefault(stored.name_month(life.created_at), []).append(life)
    for month, of_one in months.items():
        last = stored.take_numbers(session, month, len(of_one))
        for place, life in enumerate(of_one):
            life.number = stored.write_number(month, last - len(of_one) + place + 1)


def _key_lines(lives: Sequence[Life], first: int) -> list[tuple[Life, Line]]:
    """Every line with its case; keys rise with the moments of a case, and what names another line or case can now."""
    lines = [(life, line) for life in lives for line in life.told]
    for place, (_, line) in enumerate(lines):
        line.key = first + place
    for _, line in lines:
        if line.undone is not None:
            line.details["undone"] = line.undone.key
        if line.other is not None:
            name, other = line.other
            line.details |= {name: other.key, "number": other.number}
    return lines


def _see_case(life: Life, person: int, bulk: "_Bulk") -> Row:
    moment = bulk.moment
    return (
        life.key,
        life.number,
        life.status,
        life.owner,
        life.transfer_to,
        life.district,
        _write(life.alternatives),
        life.routed_by,
        life.category,
        life.description,
        life.latitude,
        life.longitude,
        life.place,
        _write(life.danger),
        life.confidential,
        life.channel,
        person + life.reporter,
        life.phone,
        life.phone_shared,
        life.shared_name,
        "th",
        life.promised_on.isoformat() if life.promised_on else None,
        moment(life.acknowledge_by),
        life.verdict,
        life.stars,
        life.merged_into.key if life.merged_into else None,
        len(life.told),
        moment(life.created_at),
        moment(life.updated_at),
    )


def _see_line(life: Life, line: Line, at: object) -> Row:
    details = _write(line.details)
    return (
        line.key, life.key, at, line.action, line.from_status, line.to_status, line.role, line.organisation, details,
    )  # fmt: skip


def _write(kept: object) -> str:
    return json.dumps(kept) if kept else ("{}" if isinstance(kept, dict) else "[]")


class _Bulk:
    """Rows on their way into one database, within the transaction of `connection`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def hold(self) -> None:
        """Nobody else takes the next keys meanwhile."""

    def hush(self) -> None:
        """No trigger fires until `speak`."""

    def speak(self) -> None:
        """They fire again."""

    def moment(self, at: datetime | None) -> object:
        """As the driver takes it."""
        return at

    def find_next_keys(self) -> dict[type[Base], int]:
        """The key that each table would give next."""
        return {model: self._find_last(model) + 1 for model in KEYED}

    def _find_last(self, model: type[Base]) -> int:
        key = model.__table__.c.id
        return self.connection.execute(select(func.max(key))).scalar() or 0

    def keep_keys(self, following: dict[type[Base], int]) -> None:
        """These come next."""

    def add(self, model: type[Base], columns: Sequence[str], rows: Iterable[Row]) -> None:
        raise NotImplementedError


class _Insert(_Bulk):
    """SQLite: one writer at a time, and keys that follow the highest."""

    def hush(self) -> None:
        found = self.connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (?, ?, ?)",
            tuple(model.__tablename__ for model in WATCHED),
        )
        self._triggers = {row.name: row.sql for row in found}
        for name in self._triggers:
            self.connection.exec_driver_sql(f"DROP TRIGGER {name}")

    def speak(self) -> None:
        for trigger in self._triggers.values():
            self.connection.exec_driver_sql(trigger)

    def moment(self, at: datetime | None) -> object:
        return at.isoformat(" ", "microseconds")[:_WITHOUT_ZONE] if at else None  # all of them are in UTC

    def add(self, model: type[Base], columns: Sequence[str], rows: Iterable[Row]) -> None:
        values = list(rows)
        if values:
            marks = ", ".join("?" for _ in columns)
            into = f"INSERT INTO {model.__tablename__} ({_name(columns)}) VALUES ({marks})"
            self.connection.exec_driver_sql(into, values)


class _Copy(_Bulk):
    """PostgreSQL: COPY, with the tables held against other writers."""

    def hold(self) -> None:
        names = ", ".join(model.__tablename__ for model in KEYED)
        self.connection.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))

    def hush(self) -> None:
        for model in WATCHED:
            self.connection.exec_driver_sql(f"ALTER TABLE {model.__tablename__} DISABLE TRIGGER USER")

    def speak(self) -> None:
        for model in WATCHED:
            self.connection.exec_driver_sql(f"ALTER TABLE {model.__tablename__} ENABLE TRIGGER USER")

    def _find_last(self, model: type[Base]) -> int:
        given = self.connection.execute(text(f"SELECT last_value, is_called FROM {_sequence(model)}")).one()
        return max(given.last_value if given.is_called else 0, super()._find_last(model))

    def keep_keys(self, following: dict[type[Base], int]) -> None:
        for model, key in following.items():
            self.connection.execute(text("SELECT setval(:name, :key, false)"), {"name": _sequence(model), "key": key})

    def add(self, model: type[Base], columns: Sequence[str], rows: Iterable[Row]) -> None:
        driver: Any = self.connection.connection.driver_connection
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {model.__tablename__} ({_name(columns)}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)


def _sequence(model: type[Base]) -> str:
    return f"{model.__tablename__}_id_seq"


def _name(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
