"""Draws the officers' chart: two bars a day or a week, with their figures, Thai shaped as Thai is written.

A phone shows it at about a third of its size, so letters are large and there are few of them. It is drawn with the
menu's letters and the menu's library: neither needs a browser.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from bot.messages.theme import EDGE, INK, MUTED, PRIMARY, WHITE
from bot.rich_menu_fonts import Letters

WIDTH, HEIGHT = 1000, 650  # 20:13, as a card shows it, and within the 1024 by 1024 that LINE shows
LEFT, RIGHT, TOP, BOTTOM = 32, 32, 150, 84
TITLE, LEGEND, LABEL, FIGURE = 40, 30, 30, 28
OTHER = "#E0A03A"
GAP = 0.24  # of a group's width, left free
APART = 10  # between figures, whose they are is read by it
LEAST_SCALE = 4
LEAST_TALL = 6  # of a bar that stands beside one a thousand times as tall


@dataclass(frozen=True, slots=True)
class Column:
    """Two figures side by side over a label."""

    label: str
    first: int
    second: int


def draw_chart(title: str, names: tuple[str, str], columns: Sequence[Column], letters: Letters) -> bytes:
    """The picture as PNG; `names` are those of the first and the second bars."""
    canvas = Image.new("RGB", (WIDTH, HEIGHT), WHITE)
    draw = ImageDraw.Draw(canvas)
    _write(draw, LEFT, 60, title, letters, TITLE, INK)
    at = float(LEFT)
    for name, color in zip(names, (PRIMARY, OTHER), strict=True):
        draw.rounded_rectangle((at, 86, at + 26, 112), radius=6, fill=color)
        _write(draw, at + 38, 110, name, letters, LEGEND, MUTED)
        at += 38 + letters.measure(name, LEGEND) + 44
    floor = HEIGHT - BOTTOM
    draw.line((LEFT, floor, WIDTH - RIGHT, floor), fill=EDGE, width=3)
    most = max([LEAST_SCALE, *(max(column.first, column.second) for column in columns)])
    wide = (WIDTH - LEFT - RIGHT) / max(1, len(columns))
    size = _find_size(columns, wide, letters)
    for place, column in enumerate(columns):
        _draw_column(draw, LEFT + place * wide, wide, floor, most, column, letters, size)
    file = io.BytesIO()
    canvas.save(file, "PNG", optimize=True)
    return file.getvalue()


def _find_size(columns: Sequence[Column], wide: float, letters: Letters) -> int:
    """Letters in which the widest two figures stand side by side over their label, one size for all."""
    pairs = [f"{column.first}{column.second}" for column in columns]
    size = FIGURE
    while size > 1 and any(letters.measure(pair, size) > wide - 2 * APART for pair in pairs):
        size -= 1
    return size


def _draw_column(
    draw: ImageDraw.ImageDraw,
    left: float,
    wide: float,
    floor: int,
    most: int,
    column: Column,
    letters: Letters,
    size: int,
) -> None:
    bar = wide * (1 - GAP) / 2
    begins, middle = left + wide * GAP / 2, left + wide / 2
    first, second = str(column.first), str(column.second)
    widths = [letters.measure(words, size) for words in (first, second)]
    starts = [begins + (bar - widths[0]) / 2, begins + bar + (bar - widths[1]) / 2]
    if starts[0] + widths[0] + APART > starts[1]:  # wider than their bars: side by side over both
        starts[0] = middle - (sum(widths) + APART) / 2
        starts[1] = starts[0] + widths[0] + APART
    for place, (value, words, color) in enumerate(((column.first, first, PRIMARY), (column.second, second, OTHER))):
        x = begins + place * bar
        tall = (floor - TOP - FIGURE * 1.4) * value / most
        if value:
            tall = max(tall, LEAST_TALL)
            draw.rectangle((x + 2, floor - tall, x + bar - 2, floor - 2), fill=color)
        _write(draw, starts[place], floor - tall - 10, words, letters, size, INK)
    _write(draw, middle - letters.measure(column.label, LABEL) / 2, floor + 50, column.label, letters, LABEL, MUTED)


def _write(
    draw: ImageDraw.ImageDraw, x: float, baseline: float, words: str, letters: Letters, size: int, color: str
) -> None:
    for run, font in letters.list_runs(words, size):
        draw.text((x, baseline), run, font=font, fill=color, anchor="ls")
        x += font.getlength(run)
