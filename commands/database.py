"""Opens the database that the settings name. Apart from `parts`, for most commands need no more than this."""

import importlib
from datetime import datetime
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from cases import quiet_hours, working_time
from config import Settings, SettingsProblem
from integrations.mail import BadAddress, find_domain
from storage import working_days
from storage.engines import Waits
from storage.links import Links
from storage.session import Database
from storage.waiting import Said

KINDS = ("sqlite", "postgresql", "postgres")


def open_database(settings: Settings) -> Database:
    """The database, with what messages need to make links to photos. Raises SettingsProblem."""
    kind = make_url(settings.database_url).get_backend_name()
    if kind not in KINDS:
        raise SettingsProblem(f"DATABASE_URL is for {kind}: write sqlite:///… or postgresql://…")
    key = settings.secret_key.get_secret_value()
    try:
        mail_domain = find_domain(settings.smtp_url.get_secret_value(), settings.mail_from)
    except BadAddress as problem:
        raise SettingsProblem(f"{problem}.") from None
    links = Links(
        settings.public_base_url,
        key,
        plain=settings.allow_plain_pictures,
        mail_domain=mail_domain,
        reads_mail=bool(settings.inbox_url.get_secret_value()),
    )
    waits = Waits(
        lock=settings.database_lock_seconds,
        connect=settings.database_connect_seconds,
        statement=settings.database_statement_seconds,
        idle=settings.database_idle_seconds,
    )
    try:
        database = Database(settings.database_url, links, waits)
    except OSError as problem:
        told = f"{problem.filename}: {problem.strerror}"
        raise SettingsProblem(f"DATABASE_URL names a file in a folder that cannot be made ({told}).") from None
    database.may_fold, database.is_quiet = _may_fold, quiet_hours.is_quiet_in
    database.quiet_nights, database.renew = settings.quiet_night_cards, _renew
    return database


def _may_fold(session: Session, chat_id: str, now: datetime) -> bool:
    """What waited is not said at night or on a holiday, though somebody speaks then, unless their office is at work."""
    by_day = working_time.is_daytime(now, working_days.load_exceptions(session))
    return by_day or quiet_hours.is_at_work_in(session, chat_id, now)


def _renew(session: Session, chat_id: str, said: list[Said], *, now: datetime) -> list[Said]:
    """Loaded when something that waited is said: it brings half of the domain, and most commands say nothing."""
    renewing: Any = importlib.import_module("cases.renewing")
    renewed: list[Said] = renewing.renew(session, chat_id, said, now=now)
    return renewed
