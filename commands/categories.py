"""`fasttrack categories`: the groups of problems as JSON lines, for other programs and for checks."""

import json

import click

from cases.categories import list_categories


@click.command()
def categories() -> None:
    """Print every category as one JSON line: code, th, en, traffy_types, resolve_days."""
    for category in list_categories():
        line = {
            "code": category.code,
            "th": category.th,
            "en": category.en,
            "traffy_types": list(category.traffy_types),
            "resolve_days": category.resolve_days,
        }
        click.echo(json.dumps(line, ensure_ascii=False).encode())
