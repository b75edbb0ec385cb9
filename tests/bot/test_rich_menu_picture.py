"""The menu's picture: of LINE's size and weight, with letters in every tile, and never with boxes for Thai."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from bot.messages.theme import INK, PRIMARY, WHITE
from bot.rich_menu import HEIGHT, WIDTH, list_tiles
from bot.rich_menu_fonts import FontProblem, Letters, find_letters, split_scripts
from bot.rich_menu_picture import MOST_BYTES, draw_menu
from texts.catalog import LANGUAGES


@pytest.fixture
def letters() -> Letters:
    try:
        return find_letters("")
    except FontProblem as problem:
        pytest.skip(f"no font to draw with: {problem}")


def test_a_font_that_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FontProblem, match=r"RICH_MENU_FONT=.*none\.ttf is not there: run `make setup`"):
        find_letters(str(tmp_path / "none.ttf"))


def test_a_file_that_is_no_font_is_told(tmp_path: Path) -> None:
    file = tmp_path / "letter.ttf"
    file.write_text("Dear sir")
    with pytest.raises(FontProblem, match="cannot be read"):
        find_letters(str(file))


def test_a_font_without_thai_is_told(letters: Letters) -> None:
    with pytest.raises(FontProblem, match="no Thai letters"):
        find_letters(str(letters.latin))


def test_scripts_are_told_apart() -> None:
    assert split_scripts("โทร 1676") == [("thai", "โทร"), ("latin", " 1676")]
    assert split_scripts("English/ไทย") == [("latin", "English/"), ("thai", "ไทย")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_is_what_line_takes_and_every_tile_has_its_label(language: str, letters: Letters) -> None:
    drawn = draw_menu(language, letters)
    assert len(drawn) <= MOST_BYTES
    picture = Image.open(io.BytesIO(drawn)).convert("RGB")
    assert (picture.format, picture.size) == (None, (WIDTH, HEIGHT))
    for tile in list_tiles(language):
        inside = picture.crop((tile.left, tile.top, tile.left + tile.width, tile.top + tile.height))
        color, ground = (WHITE, PRIMARY) if tile.icon == "report" else (INK, WHITE)
        written = _find(inside, color, from_row=tile.height // 2)
        assert written is not None, tile.label
        left, top, right, bottom = written
        assert left > 30 and right < tile.width - 30, f"{tile.label} has room on both sides"
        assert bottom < tile.height - 30, f"{tile.label} has room below"
        assert top > tile.height * 0.6, f"{tile.label} leaves the icon alone"
        assert picture.getpixel((tile.left + 60, tile.top + 200)) == _rgb(ground)


def test_thai_marks_do_not_add_to_the_width(letters: Letters) -> None:
    assert letters.measure("ที่", 100) == letters.measure("ท", 100)


def _find(picture: Image.Image, color: str, *, from_row: int) -> tuple[int, int, int, int] | None:
    lower = picture.crop((40, from_row, picture.width - 40, picture.height - 40))
    same = (
        ImageChops.difference(lower, Image.new("RGB", lower.size, color))
        .convert("L")
        .point(lambda value: 255 if value < 8 else 0)
    )
    box = same.getbbox()
    return None if box is None else (box[0] + 40, box[1] + from_row, box[2] + 40, box[3] + from_row)


def _rgb(color: str) -> tuple[int, ...]:
    return tuple(int(color[at : at + 2], 16) for at in (1, 3, 5))
