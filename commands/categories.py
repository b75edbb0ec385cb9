"""`fasttrack categories`: the groups of problems as JSON lines, for other programs and for checks."""

import json
from pathlib import Path

import click
from sqlalchemy import inspect
from sqlalchemy.engine import make_url

from cases.categories import Category, list_categories
from cases.category_overrides import list_current
from commands.complaints import complaining
from commands.database import open_database
from config import load_settings
from storage.models import ServiceLevel


@click.command()
def categories() -> None:
    """Print every category as one JSON line: code, th, en, traffy_types, resolve_days."""
    with complaining():
        current = _find_current()
    for category in current:
        line = {
            "code": category.code,
            "th": category.th,
            "en": category.en,
            "traffy_types": list(category.traffy_types),
            "resolve_days": category.resolve_days,
        }
        click.echo(json.dumps(line, ensure_ascii=False).encode())


def _find_current() -> list[Category]:
    """What holds; where there is no database yet nobody set anything, and none is made for a look."""
    settings = load_settings()
    address = make_url(settings.database_url)
    is_file = address.get_backend_name() == "sqlite"
    if is_file and not Path(address.database or "").is_file():
        return list(list_categories())
    database = open_database(settings)
    try:
        if not inspect(database.engine).has_table(ServiceLevel.__tablename__):
            return list(list_categories())
        with database.read() as session:
            return list(list_current(session).values())
    finally:
        database.close()
