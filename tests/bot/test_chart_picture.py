"""The officers' chart: within what LINE shows, and every figure readable beside its neighbours."""

import io

import pytest
from PIL import Image, ImageOps

from bot.chart_picture import APART, Column, draw_chart
from bot.rich_menu_fonts import find_letters

LINE_SHOWS = 1024  # pixels a side, in a Flex message
DAYS = [str(day) for day in range(17, 24)]


def draw(*pairs: tuple[int, int]) -> Image.Image:
    columns = [Column(label, *pair) for label, pair in zip(DAYS, pairs, strict=True)]
    return Image.open(io.BytesIO(draw_chart("7", ("a", "b"), columns, find_letters(""))))


@pytest.mark.parametrize("most", [999, 1234, 12_345])
def test_figures_of_many_digits_stand_apart(most: int) -> None:
    picture = draw(*[(most, most)] * 7).convert("L")
    assert max(picture.size) <= LINE_SHOWS
    above = ImageOps.invert(picture.crop((0, 130, picture.width, 184)))  # over the bars, which are as tall as can be
    inked = [above.crop((x, 0, x + 1, above.height)).getbbox() is not None for x in range(above.width)]
    white = "".join("x" if one else " " for one in inked).strip().split("x")
    assert sum(len(run) >= APART - 2 for run in white) == 13, "fourteen figures, each by itself"


def test_a_day_of_one_beside_a_day_of_thousands() -> None:
    assert draw((1, 0), (0, 1), (4_000, 3_999), (0, 0), (1, 1), (2, 3), (10, 9)).size[0] <= LINE_SHOWS
