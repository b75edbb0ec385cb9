"""The rich menus of tests: put into LINE with pictures that nobody looks at, so that no font is needed."""

import io

from PIL import Image

from bot.line_menus import LineMenus
from bot.rich_menu import HEIGHT, WIDTH
from bot.rich_menu_deployment import Deployed, deploy
from simulator.running import RunningSimulator
from texts.catalog import LANGUAGES


def open_menus(line: RunningSimulator) -> LineMenus:
    """The rich menus of the simulated account."""
    return LineMenus(line.base_url, line.access_token, line.base_url)


def draw_blanks(width: int = WIDTH, height: int = HEIGHT) -> dict[str, bytes]:
    """An empty picture for each language."""
    file = io.BytesIO()
    Image.new("1", (width, height)).save(file, "PNG")
    return dict.fromkeys(LANGUAGES, file.getvalue())


def deploy_blanks(line: RunningSimulator, **people: list[str]) -> Deployed:
    """Our menus, shown by LINE."""
    return deploy(open_menus(line), draw_blanks(), people)
