"""`fasttrack richmenu`: the six tiles at the foot of a citizen's chat, drawn and put into LINE."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from bot.line_menus import LineMenus
from bot.line_sdk import LineAccountProblem
from bot.rich_menu import DEFAULT
from bot.rich_menu_deployment import Deployed, deploy, remove
from bot.rich_menu_fonts import FontProblem, find_letters
from bot.rich_menu_picture import draw_menu
from commands.complaints import complaining
from commands.ready_database import ready_database
from config import Settings, load_settings
from storage import menus
from texts.catalog import LANGUAGES


@click.group()
def richmenu() -> None:
    """Draw the menu at the foot of the chat and put it into LINE, or take it away."""


@richmenu.command(name="deploy")
@click.option("--dry-run", is_flag=True, help="Only draw the pictures, as PNG files, and tell LINE nothing.")
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var/rich-menu"),
    show_default=True,
    help="With --dry-run: the folder for the pictures.",
)
@click.option("--remove", "removes", is_flag=True, help="Take our menus away instead; people then have none.")
def deploy_menu(dry_run: bool, folder: Path, removes: bool) -> None:
    """Show the menu of today's program to everybody, Thai to most, English to who chose it.

    Safe to repeat: new menus take the place of old ones, and at no moment there is none. Menus that were not made
    here are left alone.
    """
    if dry_run and removes:
        raise click.UsageError("--dry-run draws and --remove takes away: give one of them.")
    with complaining(), _plainly():
        settings = load_settings()
        if removes:
            click.echo(f"{remove(_open_line(settings))} menus taken away")
        elif dry_run:
            _write(_draw(settings), folder)
        else:
            _tell(deploy_menus(settings))


def deploy_menus(settings: Settings) -> Deployed:
    """Draw the menus and put them into LINE. Raises FontProblem, LineAccountProblem or SettingsProblem."""
    line = _open_line(settings)
    pictures = _draw(settings)
    with ready_database() as database, database.read() as session:
        people = {language: menus.list_speakers(session, language) for language in LANGUAGES if language != DEFAULT}
    return deploy(line, pictures, people)


def _open_line(settings: Settings) -> LineMenus:
    settings.require("line_channel_access_token")
    token = settings.line_channel_access_token.get_secret_value()
    return LineMenus(settings.line_api_base_url, token, settings.line_data_api_base_url)


def _draw(settings: Settings) -> dict[str, bytes]:
    letters = find_letters(settings.rich_menu_font)
    return {language: draw_menu(language, letters) for language in LANGUAGES}


def _write(pictures: Mapping[str, bytes], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for language, picture in pictures.items():
        file = folder / f"{language}.png"
        file.write_bytes(picture)
        click.echo(f"{file} ({len(picture) // 1024} KB)")


def _tell(deployed: Deployed) -> None:
    for language, menu_id in deployed.menus.items():
        everybody = " (shown to everybody else)" if language == DEFAULT else ""
        click.echo(f"{language}: {menu_id}{everybody}")
    click.echo(f"{deployed.deleted} older menus deleted")
    for menu in deployed.others:
        click.echo(f"left alone, not made here: {menu.menu_id} {menu.name}", err=True)


@contextmanager
def _plainly() -> Iterator[None]:
    """What an operator can mend, in one line."""
    try:
        yield
    except (FontProblem, LineAccountProblem, OSError) as problem:
        raise click.ClickException(str(problem)) from None
