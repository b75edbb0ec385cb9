"""`fasttrack boundaries`: the outlines of the 50 khet, imported by the operator and never shipped."""

from pathlib import Path

import click

import clock
from commands.ready_database import ready_database
from places.boundaries import LayerProblem, parse_layer
from storage import boundaries as kept


@click.group(name="boundaries")
def boundaries() -> None:
    """Keep the boundary layer that pins are looked up in."""


@boundaries.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_layer(file: Path) -> None:
    """Import a GeoJSON FILE of the 50 khet (features with `dcode`, or with names that match)."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        told = problem.strerror if isinstance(problem, OSError) else "it is no UTF-8 text"
        raise click.ClickException(f"{file.name}: The file cannot be read as GeoJSON: {told}.") from None
    try:
        layer = parse_layer(text)
    except LayerProblem as problem:
        raise click.ClickException(f"{file.name}: {problem}") from None
    with ready_database() as database, database.begin() as session:
        kept.add_layer(session, source=file.name, text=text, layer=layer.to_json(), now=clock.now())
    click.echo(f"imported {file.name}: {len(layer.rings)} khet. It is used from now on (by running servers in 30 s).")
