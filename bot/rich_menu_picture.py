"""Draws the menu's picture: six tiles with an icon and a label each, Thai shaped as Thai is written.

On a phone it is about a sixth of its size, so what is drawn is large, and there is little of it.
"""

import io

from PIL import Image, ImageDraw

from bot.messages.theme import EDGE, INK, PRIMARY, SOFT, WHITE
from bot.rich_menu import HEIGHT, WIDTH, Tile, list_tiles
from bot.rich_menu_fonts import Letters
from bot.rich_menu_icons import FINER, draw_icon

GROUND = "#DCE7E4"
SPOT = "#C2410C"
SPOT_ON_PRIMARY = "#FFD166"
FIRST = "report"  # the tile people come for stands out
GAP, CORNER = 18, 64
ICON, DISC = 250, 396
LARGEST, SMALLEST = 116, 60
LARGEST_OF_TWO = 100  # on two lines there is less room above and below
MARGIN = 44  # beside a label
TWO_LINES = 1.08
LABEL_AT, ICON_AT = 0.785, 0.355  # of a tile's height
MOST_BYTES = 1024 * 1024


def draw_menu(language: str, letters: Letters) -> bytes:
    """The picture as PNG, of the size and within the bytes that LINE takes."""
    canvas = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    tiles = list_tiles(language)
    size = min(_fit(tile, letters) for tile in tiles)
    for tile in tiles:
        _draw_tile(canvas, tile, letters, size)
    for colors in (None, 128, 32):
        picture = canvas if colors is None else canvas.quantize(colors, dither=Image.Dither.NONE)
        file = io.BytesIO()
        picture.save(file, "PNG", optimize=True)
        if file.tell() <= MOST_BYTES:
            break
    return file.getvalue()


def _draw_tile(canvas: Image.Image, tile: Tile, letters: Letters, size: int) -> None:
    first = tile.icon == FIRST
    ground, ink = (PRIMARY, WHITE) if first else (WHITE, PRIMARY)
    disc = "#1A7A6D" if first else SOFT
    card = _draw_card(tile.width - 2 * GAP, tile.height - 2 * GAP, ground, disc)
    canvas.paste(card, (tile.left + GAP, tile.top + GAP))
    middle = tile.left + tile.width // 2
    icon = draw_icon(tile.icon, ICON, ink=ink, spot=SPOT_ON_PRIMARY if first else SPOT, ground=disc)
    canvas.paste(icon, (middle - ICON // 2, tile.top + round(tile.height * ICON_AT) - ICON // 2))
    draw = ImageDraw.Draw(canvas)
    lines = _break_lines(tile, letters, size)
    baseline = tile.top + tile.height * LABEL_AT + size * 0.36 - (len(lines) - 1) * size * TWO_LINES / 2
    for number, line in enumerate(lines):
        _draw_line(draw, middle, baseline + number * size * TWO_LINES, line, letters, size, WHITE if first else INK)


def _draw_card(width: int, height: int, ground: str, disc: str) -> Image.Image:
    """An empty tile: round corners, and the disc that the icon lies on."""
    large = Image.new("RGB", (width * FINER, height * FINER), GROUND)
    draw = ImageDraw.Draw(large)
    edge = (0, 0, width * FINER - 1, height * FINER - 1)
    draw.rounded_rectangle(edge, radius=CORNER * FINER, fill=ground, outline=EDGE, width=3 * FINER)
    x, y = width * FINER / 2, ((height + 2 * GAP) * ICON_AT - GAP) * FINER
    half = DISC * FINER / 2
    draw.ellipse((x - half, y - half, x + half, y + half), fill=disc)
    return large.reduce(FINER)


def _draw_line(
    draw: ImageDraw.ImageDraw, middle: float, baseline: float, line: str, letters: Letters, size: int, color: str
) -> None:
    at = middle - letters.measure(line, size) / 2
    for run, font in letters.list_runs(line, size):
        draw.text((at, baseline), run, font=font, fill=color, anchor="ls")
        at += font.getlength(run)


def _fit(tile: Tile, letters: Letters) -> int:
    """The largest size at which a label stands on its lines."""
    for size in range(LARGEST, SMALLEST, -2):
        lines = _break_lines(tile, letters, size)
        tall = len(lines) > 1 and size > LARGEST_OF_TWO
        if not tall and all(letters.measure(line, size) <= _room(tile) for line in lines):
            return size
    return SMALLEST


def _break_lines(tile: Tile, letters: Letters, size: int) -> list[str]:
    """A label on one line, or broken at the space that makes the longer of two lines shortest."""
    if letters.measure(tile.label, size) <= _room(tile):
        return [tile.label]
    words = tile.label.split(" ")
    broken = [[" ".join(words[:at]), " ".join(words[at:])] for at in range(1, len(words))]
    return min(broken, key=lambda lines: max(letters.measure(line, size) for line in lines), default=[tile.label])


def _room(tile: Tile) -> float:
    return tile.width - 2 * GAP - 2 * MARGIN
