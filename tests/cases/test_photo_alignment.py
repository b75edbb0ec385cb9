"""Copies of a photo lie upon it, however they were edited; another photo of the same place does not."""

from functools import cache

import pytest
from PIL import Image

from benchmarks.made_photos import Visit, draw_place
from benchmarks.photo_edits import EDITS, list_copies, list_other_photos
from cases.evidence import is_patched, is_same_picture
from cases.photo_alignment import overlay, shrink
from cases.photo_marks import ASKED, MOST_BITS, make_marks

PLACE = 11


@cache
def _photo() -> Image.Image:
    return draw_place(PLACE, Visit())


@cache
def _copies() -> dict[str, Image.Image]:
    return dict(list_copies(_photo(), str(PLACE)))


@pytest.mark.parametrize("edit", EDITS)
def test_a_copy_lies_upon_the_photo_it_was_made_from(edit: str) -> None:
    laid = overlay(shrink(_photo()), shrink(_copies()[edit]))
    assert is_same_picture(laid)
    assert is_patched(laid) == ("patched" in edit)


@pytest.mark.parametrize("edit", ["cropped 5-20 %", "patched and cropped"])
def test_it_does_not_matter_which_of_them_was_cropped(edit: str) -> None:
    assert is_same_picture(overlay(shrink(_copies()[edit]), shrink(_photo())))


def test_other_photos_of_the_place_and_of_other_places_do_not() -> None:
    others = [*list_other_photos(PLACE), ("another place", draw_place(PLACE + 1, Visit()))]
    assert [kind for kind, other in others if is_same_picture(overlay(shrink(_photo()), shrink(other)))] == []


@pytest.mark.parametrize("size", [(640, 480), (1, 1), (3, 900), (16, 16)])
def test_plain_and_tiny_pictures_say_nothing(size: tuple[int, int]) -> None:
    plain = shrink(Image.new("RGB", size, "grey"))
    assert not is_same_picture(overlay(plain, plain))
    assert not is_same_picture(overlay(plain, shrink(_photo())))
    assert make_marks(plain) == {}


@pytest.mark.parametrize("edit", EDITS)
def test_a_copy_is_found_by_its_marks(edit: str) -> None:
    kept = make_marks(shrink(_photo())).values()
    asked = [mark for part, mark in make_marks(shrink(_copies()[edit])).items() if part in ASKED]
    assert min((one ^ other).bit_count() for one in asked for other in kept) <= MOST_BITS
