"""Opens the database that the settings name. Apart from `parts`, for most commands need no more than this."""

from sqlalchemy.engine import make_url

from config import Settings, SettingsProblem
from storage.engines import Waits
from storage.links import Links
from storage.session import Database

KINDS = ("sqlite", "postgresql", "postgres")


def open_database(settings: Settings) -> Database:
    """The database, with what messages need to make links to photos. Raises SettingsProblem."""
    kind = make_url(settings.database_url).get_backend_name()
    if kind not in KINDS:
        raise SettingsProblem(f"DATABASE_URL is for {kind}: write sqlite:///… or postgresql://…")
    key = settings.secret_key.get_secret_value()
    links = Links(settings.public_base_url, key, plain=settings.allow_plain_pictures)
    waits = Waits(
        lock=settings.database_lock_seconds,
        connect=settings.database_connect_seconds,
        statement=settings.database_statement_seconds,
        idle=settings.database_idle_seconds,
    )
    try:
        return Database(settings.database_url, links, waits)
    except OSError as problem:
        told = f"{problem.filename}: {problem.strerror}"
        raise SettingsProblem(f"DATABASE_URL names a file in a folder that cannot be made ({told}).") from None
