"""Keeps a platform between runs in one SQLite file: people, chats, lines with their bytes, menus, quota, newest events.

Not kept are what LINE forgets within minutes (reply tokens) and what belongs to one demonstration (troubles, the wire
log). A change is written within a moment, many in one transaction, so that a run that is killed loses next to nothing.
"""

import asyncio
import json
import logging
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from simulator.state.changes import Change
from simulator.state.events import EventRecord
from simulator.state.people import Chat, User
from simulator.state.platform import Platform
from simulator.state.rich_menus import RichMenu
from simulator.state.screens import Line, Media

FORM = 1  # of what is written; another one is not read
SOON = 0.25  # seconds from a change until it is written
EVENTS = 100  # the newest, so that the last one can be delivered again after a new start
_TABLES = """
CREATE TABLE IF NOT EXISTS kept (kind TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (kind, key));
CREATE TABLE IF NOT EXISTS media
    (key TEXT PRIMARY KEY, content_type TEXT NOT NULL, waits INTEGER NOT NULL, data BLOB NOT NULL);
"""
_CHAT = ("chat_id", "kind", "name", "members", "bot_in", "left_by_bot", "quick_reply", "read_up_to", "about", "seen")
_CHANNEL = ("bot_user_id", "basic_id", "name", "channel_id", "redelivery", "redelivery_attempts")
Key = tuple[str, str]
log = logging.getLogger(__name__)


class KeepingProblem(Exception):
    """What was kept cannot be read; says which file it is."""


class Keeper:
    """Reads the file at the start, and writes what changes."""

    def __init__(self, platform: Platform, file: Path) -> None:
        self._platform = platform
        self._file = file
        self._changed: dict[Key, None] = {}
        self._with_media: set[str] = set()
        self._soon: asyncio.TimerHandle | None = None
        self._database: sqlite3.Connection | None = None

    def start(self) -> None:
        """Take up what was kept, and keep from now on. Raises KeepingProblem."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._database = database = _open(self._file)
            self._load(database)
        except (sqlite3.Error, ValueError, KeyError, TypeError) as problem:
            raise KeepingProblem(f"{self._file} cannot be read ({problem}); remove it to begin anew") from problem
        self._platform.changes.subscribe(self._notice)
        self._changed[("channel", "")] = None
        self.write()

    def stop(self) -> None:
        """Write what is left and close the file."""
        if self._soon is not None:
            self._soon.cancel()
        self.write()
        if self._database is not None:
            self._database.close()
            self._database = None

    def write(self) -> None:
        """Write what has changed, in one transaction."""
        self._soon = None
        changed, self._changed = self._changed, {}
        if self._database is None or not changed:
            return
        try:
            with self._database:
                for kind, key in changed:
                    self._write_one(self._database, kind, key)
        except sqlite3.Error:  # a full disk must not end a demonstration; it is tried again with the next change
            log.exception("%s cannot be written", self._file)
            self._changed = changed | self._changed

    def _notice(self, change: Change) -> None:
        self._changed.update(dict.fromkeys(self._list_keys(change)))
        if self._changed and self._soon is None:
            self._soon = asyncio.get_running_loop().call_later(SOON, self.write)

    def _list_keys(self, change: Change) -> Iterator[Key]:
        kind, chat, detail = change.kind, change.chat, change.detail
        if kind == "user" and chat:
            yield "user", chat
        if chat and kind in ("user", "chat", "line", "line_changed", "quick_reply"):
            yield "chat", chat
        if kind in ("line", "line_changed"):
            yield "line", str(detail["message_id"])
        if kind in ("event", "delivery"):
            yield "event", str(detail["event_id"])
            record = self._platform.events.find(str(detail["event_id"]))
            if record is not None and record.message_id:
                yield "line", record.message_id
            if record is not None and record.chat in self._platform.users:
                yield "user", record.chat
        if kind == "rich_menu":
            yield "menus", ""
            yield from (("user", user_id) for user_id in ([chat] if chat else self._platform.users))
        if kind in ("quota", "wire", "director"):
            yield "quota", ""
        if kind == "webhook":
            yield "channel", ""
        if kind == "notes":
            yield "notes", ""

    def _write_one(self, database: sqlite3.Connection, kind: str, key: str) -> None:
        if kind == "menus":
            self._write_menus(database)
            return
        value = self._describe(kind, key)
        if value is None:
            database.execute("DELETE FROM kept WHERE kind = ? AND key = ?", (kind, key))
            return
        _put(database, kind, key, value)
        if kind == "line":
            self._write_media(database, key)
        if kind == "event":
            kept = {record.event_id for record in self._platform.events.list_newest(EVENTS)}
            database.executemany(
                "DELETE FROM kept WHERE kind = 'event' AND key = ?",
                [
                    (old,)
                    for (old,) in database.execute("SELECT key FROM kept WHERE kind = 'event'").fetchall()
                    if old not in kept
                ],
            )

    def _describe(self, kind: str, key: str) -> Any:
        """The JSON value of a thing as it is now; None where it is gone."""
        platform = self._platform
        if kind == "user":
            return _as_dict(user) if (user := platform.users.get(key)) else None
        if kind == "chat":
            chat = platform.chats.get(key)
            return {name: getattr(chat, name) for name in _CHAT} if chat else None
        if kind == "line":
            return _as_dict(line, "media", "position") if (line := platform.screens.find(key)) else None
        if kind == "event":
            return _as_dict(record) if (record := platform.events.find(key)) else None
        if kind == "quota":
            quota = platform.quota
            gone = "quota_gone" in platform.director.troubles
            limit = platform.director.quota_before if gone else quota.limit
            return {"limit": limit, "used": quota.used(platform.clock.now()), "at": platform.clock.now()}
        if kind == "notes":
            return platform.notes
        return {name: getattr(platform.channel, name) for name in _CHANNEL}

    def _write_media(self, database: sqlite3.Connection, message_id: str) -> None:
        line = self._platform.screens.find(message_id)
        if line is not None and line.media is not None:
            if message_id not in self._with_media:
                _put_media(database, message_id, line.media)
                self._with_media.add(message_id)
        elif message_id in self._with_media:
            database.execute("DELETE FROM media WHERE key = ?", (message_id,))
            self._with_media.discard(message_id)

    def _write_menus(self, database: sqlite3.Connection) -> None:
        menus = self._platform.rich_menus
        database.execute("DELETE FROM media WHERE key LIKE 'richmenu-%'")
        for menu in menus.menus.values():
            if menu.image is not None:
                _put_media(database, menu.rich_menu_id, Media(menu.image, menu.content_type))
        value = {
            "menus": {menu.rich_menu_id: menu.definition for menu in menus.menus.values()},
            "aliases": menus.aliases,
            "default_id": menus.default_id,
        }
        _put(database, "menus", "", value)

    def _load(self, database: sqlite3.Connection) -> None:
        platform = self._platform
        media = {
            key: Media(data, content_type, waits)
            for key, content_type, waits, data in database.execute("SELECT key, content_type, waits, data FROM media")
        }
        for value in _list_kept(database, "channel"):
            for name in _CHANNEL:
                setattr(platform.channel, name, value[name])
        for value in _list_kept(database, "user"):
            platform.users[value["user_id"]] = User(**value)
        for value in _list_kept(database, "chat"):
            quick = value.pop("quick_reply")
            chat = Chat(**value, quick_reply=(quick[0], quick[1]) if quick else None)
            platform.chats[chat.chat_id] = chat
        for value in _list_kept(database, "line"):
            line = Line(**value, media=media.get(value["message_id"]))
            platform.screens.add(line, platform.chats[line.chat])
        for value in _list_kept(database, "event"):
            platform.events.add(EventRecord(**value))
        for value in _list_kept(database, "menus"):
            for menu_id, definition in value["menus"].items():
                image = media.get(menu_id)
                platform.rich_menus.menus[menu_id] = RichMenu(
                    menu_id, definition, image.data if image else None, image.content_type if image else ""
                )
            platform.rich_menus.aliases, platform.rich_menus.default_id = value["aliases"], value["default_id"]
        for value in _list_kept(database, "quota"):
            platform.quota.limit = value["limit"]
            platform.quota.set_used(value["used"], value["at"])
        for value in _list_kept(database, "notes"):
            platform.notes = value
        self._with_media = set(media)
        self._forget(database)

    def _forget(self, database: sqlite3.Connection) -> None:
        """Lines that were too many, and bytes without a line."""
        there = self._platform.screens.find
        gone = [
            (key,)
            for (key,) in database.execute("SELECT key FROM kept WHERE kind = 'line'").fetchall()
            if there(key) is None
        ]
        with database:
            database.executemany("DELETE FROM kept WHERE kind = 'line' AND key = ?", gone)
            database.executemany("DELETE FROM media WHERE key = ?", gone)


def _open(file: Path) -> sqlite3.Connection:
    # The file holds what people wrote, demo or not: for its owner alone.
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    database = sqlite3.connect(file, check_same_thread=False)
    try:
        form = database.execute("PRAGMA user_version").fetchone()[0]
        if form not in (0, FORM):
            raise ValueError(f"it is of form {form}, this program writes form {FORM}")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.executescript(_TABLES)
        database.execute(f"PRAGMA user_version = {FORM}")
    except BaseException:
        database.close()
        raise
    return database


def _list_kept(database: sqlite3.Connection, kind: str) -> Iterator[Any]:
    """In the order in which they were first written."""
    rows = database.execute("SELECT value FROM kept WHERE kind = ? ORDER BY rowid", (kind,)).fetchall()
    return (json.loads(value) for (value,) in rows)


def _put(database: sqlite3.Connection, kind: str, key: str, value: Any) -> None:
    database.execute(
        "INSERT INTO kept (kind, key, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        (kind, key, json.dumps(value)),
    )


def _put_media(database: sqlite3.Connection, key: str, media: Media) -> None:
    database.execute(
        "INSERT OR REPLACE INTO media (key, content_type, waits, data) VALUES (?, ?, ?, ?)",
        (key, media.content_type, media.waits, media.data),
    )


def _as_dict(value: Any, *without: str) -> dict[str, Any]:
    return {each.name: getattr(value, each.name) for each in fields(value) if each.name not in without}
