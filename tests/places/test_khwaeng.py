"""The 180 khwaeng and where they lie."""

import pytest

from places.centres import guess_khwaeng
from places.khwaeng import Extent, find_khwaeng, list_khwaeng, list_neighbours
from places.organisations import list_khet
from tests.places.measured import read_layer


def test_a_name_that_is_no_khwaeng_of_that_khet_is_not_found() -> None:
    assert find_khwaeng("บางจาก", 1033) is None
    assert find_khwaeng("", 1033) is None


@pytest.mark.parametrize("dcode", [1009, 1022])
def test_a_name_of_two_khwaeng_is_told_apart_by_khet(dcode: int) -> None:
    found = find_khwaeng("บางจาก", dcode)
    assert found is not None
    assert found.dcode == dcode


def test_there_are_one_hundred_and_eighty_in_fifty_khet() -> None:
    assert len(list_khwaeng()) == 180
    assert {each.dcode for each in list_khwaeng()} == {khet.dcode for khet in list_khet()}
    assert len({each.code for each in list_khwaeng()}) == 180
    assert [each.name_th for each in list_khwaeng(1014)] == ["สามเสนใน", "พญาไท"]


def test_every_centre_is_rounded_and_in_the_right_part_of_the_country() -> None:
    for where in [each.extent for each in list_khwaeng()] + [each.extent for each in list_neighbours()]:
        assert (round(where.lat, 3), round(where.lng, 3)) == (where.lat, where.lng)
        assert 13.4 < where.lat < 14.1
        assert 100.2 < where.lng < 101.1
        assert where.length_km >= where.width_km > 0


def test_neighbours_are_the_provinces_around_bangkok() -> None:
    assert {each.province_th for each in list_neighbours()} == {
        "นนทบุรี",
        "ปทุมธานี",
        "สมุทรปราการ",
        "สมุทรสาคร",
        "นครปฐม",
        "ฉะเชิงเทรา",
    }


def test_distance_is_measured_in_a_places_own_reach() -> None:
    long_and_thin = Extent(lat=13.75, lng=100.5, length_km=4.0, width_km=1.0, bearing=0)
    assert long_and_thin.measure(13.75, 100.5) == 0
    north, east = (
        long_and_thin.measure(13.75 + 2 / 110.6, 100.5),
        long_and_thin.measure(13.75, 100.5 + 2 / 107.4),
    )
    assert north == pytest.approx(1.0, abs=0.01)
    assert east == pytest.approx(4.0, abs=0.05)


def test_each_khwaeng_is_guessed_at_its_own_centre() -> None:
    wrong = [each.name_en for each in list_khwaeng() if _guess(each.extent) != each.dcode]
    assert wrong == []


def test_every_centre_lies_in_its_khet_of_bmas_layer() -> None:
    layer = read_layer()
    strays = [
        each.name_en for each in list_khwaeng() if layer.locate(each.extent.lat, each.extent.lng).dcode != each.dcode
    ]
    assert strays == []


def test_no_neighbour_has_its_centre_in_bangkok() -> None:
    layer = read_layer()
    inside = [each.code for each in list_neighbours() if layer.locate(each.extent.lat, each.extent.lng).dcode]
    assert inside == []


def _guess(where: Extent) -> int | None:
    guess = guess_khwaeng(where.lat, where.lng)
    return guess.khwaeng.dcode if guess.khwaeng else None
