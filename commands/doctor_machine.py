"""What `fasttrack doctor` sees without LINE: settings, database, files, disk, font, and how it is run."""

import os
import re
import secrets
from pathlib import Path
from urllib.parse import unquote

from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError

import clock
from bot.rich_menu_fonts import FontProblem, find_letters
from commands import schema
from commands.database import open_database
from commands.doctor_findings import Finding, find
from commands.doctor_look import Look
from commands.preflight import LINE_SETTINGS, SHORTEST_KEY
from config import SettingsProblem
from storage.files import StoreProblem, StoreUnavailable, open_store
from storage.outbox import count_states
from storage.outbox_claims import find_oldest_unsent
from storage.session import Database

CHANNEL_SECRET = re.compile(r"[0-9a-f]{32}")
DISK_FULL, DISK_FILLING = 300_000_000, 2_000_000_000
STUCK_MINUTES = 5


def check_settings(look: Look) -> list[Finding]:
    """What must be set, and what must not stay so."""
    settings = look.settings
    key, secret = settings.secret_key.get_secret_value(), settings.line_channel_secret.get_secret_value()
    missing = [name.upper() for name in LINE_SETTINGS if not getattr(settings, name).get_secret_value()]
    found = []
    if missing:
        found.append(find("wrong", "settings.missing", names=", ".join(missing)))
    if 0 < len(key) < SHORTEST_KEY:
        found.append(find("wrong", "settings.short_key", length=len(key), least=SHORTEST_KEY))
    if secret and not CHANNEL_SECRET.fullmatch(secret):
        found.append(find("warning", "settings.odd_secret"))
    if settings.clock_offset_file:
        found.append(find("warning", "settings.turned_clock"))
    if settings.line_channel_secret_next.get_secret_value():
        found.append(find("warning", "settings.two_secrets"))
    return found or [find("ok", "settings.fine")]


def check_database(look: Look) -> list[Finding]:
    """Whether it is there, up to date, and can be written."""
    try:
        url = make_url(look.settings.database_url)
    except ArgumentError:
        return [find("wrong", "database.address", problem="DATABASE_URL is no address of a database.")]
    where, file = _describe(url), _find_file(url)
    if file is not None and not file.exists():
        return [find("warning", "database.absent", where=where)]
    try:
        database = open_database(look.settings)
    except (SettingsProblem, ArgumentError) as problem:
        return [find("wrong", "database.address", problem=problem)]
    look.closing.append(database.close)
    return _look_into(database, where, look)


def _look_into(database: Database, where: str, look: Look) -> list[Finding]:
    try:
        found, needed = schema.find_revision(database.engine), schema.newest_revision()
        if not schema.is_current(database.engine):
            return [_tell_behind(database.engine, where, found, needed)]
    except SettingsProblem as problem:
        return [find("wrong", "database.newer", problem=problem)]
    except (DatabaseError, InterfaceError) as problem:
        return [find("wrong", "database.away", where=where, problem=_first_line(problem))]
    look.left["database"] = database
    try:
        database.check_writable()
    except (DatabaseError, InterfaceError) as problem:
        return [find("wrong", "database.read_only", where=where, problem=_first_line(problem))]
    return [find("ok", "database.fine", where=where, found=found)]


def _tell_behind(engine: Engine, where: str, found: str | None, needed: str) -> Finding:
    values = {"where": where, "found": found or "none", "needed": needed}
    if engine.dialect.name == "sqlite":
        return find("warning", "database.behind_file", **values)
    return find("wrong", "database.behind", **values)


def check_mode(look: Look) -> list[Finding]:
    """Who delivers, and whether somebody does."""
    apart = not look.settings.serve_delivers
    if apart and look.settings.database_url.startswith("sqlite"):
        found = [find("warning", "mode.apart_on_sqlite")]
    else:
        found = [find("ok", "mode.apart" if apart else "mode.together")]
    database: Database | None = look.left.get("database")
    if database is None:
        return found
    with database.read() as session:
        oldest, states = find_oldest_unsent(session), count_states(session)
    waits = states.get("ready", 0) + states.get("sending", 0)
    minutes = round((clock.now() - oldest).total_seconds() / 60) if oldest else 0
    if minutes >= STUCK_MINUTES:
        found.append(find("wrong", "mode.stuck", count=waits, minutes=minutes))
    if states.get("dead"):
        found.append(find("warning", "mode.dead", count=states["dead"]))
    return found


def check_media(look: Look) -> list[Finding]:
    """Whether files can be written, read and deleted."""
    where, name = look.settings.media_url, f"doctor-{secrets.token_hex(8)}"
    try:
        store = open_store(where)
    except StoreProblem as problem:
        return [find("wrong", "media.address", problem=problem)]
    try:
        store.put(name, b"doctor", "text/plain")
        same = store.get(name) == b"doctor"
        store.delete(name)
    except StoreUnavailable as problem:
        return [find("wrong", "media.away", where=where, problem=problem)]
    return (
        [find("ok", "media.fine", where=where)]
        if same
        else [find("wrong", "media.away", where=where, problem="what was read is not what was written")]
    )


def check_disk(look: Look) -> list[Finding]:
    """Room for the database's file and for photos, once where they share a disk."""
    folders = []
    try:
        file = _find_file(make_url(look.settings.database_url))
    except ArgumentError:
        file = None
    if file is not None:
        folders.append(("the database", _find_existing(file.parent)))
    if look.settings.media_url.startswith("file://"):
        folder = Path(unquote(look.settings.media_url.removeprefix("file://"))).absolute()
        folders.append(("photos", _find_existing(folder)))
    disks: dict[int, tuple[str, Path]] = {}
    for what, folder in folders:
        disk = folder.stat().st_dev
        disks[disk] = (f"{disks[disk][0]} and {what}", disks[disk][1]) if disk in disks else (what, folder)
    return [_weigh(folder, what) for what, folder in disks.values()]


def _weigh(folder: Path, what: str) -> Finding:
    seen = os.statvfs(folder)
    room = seen.f_bavail * seen.f_frsize
    shown = f"{room / 1e9:.1f} GB" if room >= 1e9 else f"{room // 1_000_000} MB"
    if room < DISK_FULL:
        return find("wrong", "disk.full", room=shown, what=what, folder=folder)
    if room < DISK_FILLING:
        return find("warning", "disk.filling", room=shown, what=what, folder=folder)
    return find("ok", "disk.fine", room=shown, what=what, folder=folder)


def check_font(look: Look) -> list[Finding]:
    """Whether Thai can be drawn."""
    try:
        letters = find_letters(look.settings.rich_menu_font)
    except FontProblem as problem:
        return [find("warning", "font.missing", problem=problem)]
    return [find("ok", "font.fine", name=letters.thai.name)]


def _describe(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def _find_file(url: URL) -> Path | None:
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database.removeprefix("file:").partition("?")[0]).absolute()


def _find_existing(folder: Path) -> Path:
    return next(one for one in (folder, *folder.parents) if one.is_dir())


def _first_line(problem: DatabaseError | InterfaceError) -> str:
    return (str(problem.orig).strip() or type(problem).__name__).splitlines()[0]
