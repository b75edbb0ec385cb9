"""Says in one line what an operator can mend, where a traceback would only say where our code noticed it."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError, OperationalError

from config import SettingsProblem

UNUSABLE = (OperationalError, InterfaceError, DatabaseError)
ADDRESSES = "sqlite:///folder/file.db, or postgresql://user:password@host/name"


@contextmanager
def complaining() -> Iterator[None]:
    """Turn settings that are wrong, and a database that cannot be used, into one line and exit code 1."""
    try:
        yield
    except SettingsProblem as problem:
        raise click.ClickException(str(problem)) from None
    except ArgumentError:
        raise click.ClickException(f"DATABASE_URL is no address of a database: write {ADDRESSES}.") from None
    except (DatabaseError, InterfaceError) as problem:
        if type(problem) not in UNUSABLE:  # a defect of ours is shown whole
            raise
        told = str(problem.orig).strip().splitlines()[0]
        raise click.ClickException(
            f"The database cannot be used: {told}. Look at DATABASE_URL, and whether this account may use it."
        ) from None
