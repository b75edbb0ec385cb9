"""Whose a report is: pin, words or both, with a boundary layer and without."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.boundaries import Layer
from places.khwaeng import find_khwaeng
from places.organisations import find_organisation
from places.routing import Routing, route
from tests.places.measured import middle_of, read_layer, read_pins, tile_of, tiles

METRE = 1 / 110_600
CITY_HALL = (13.7538, 100.5014)  # in Phra Nakhon, khwaeng Sao Chingcha


@pytest.mark.parametrize("layer", [None, tiles()])
@pytest.mark.parametrize(
    ("lat", "lng"),
    [
        (None, None),
        (13.7, None),
        (None, 100.5),
        (math.nan, 100.5),
        (13.7, math.inf),
        (-math.inf, math.nan),
        (0.0, 0.0),
        (0.0, 100.5),
        (0.001, -0.002),
        (91.0, 181.0),
        (1e300, 1e300),
    ],
)
def test_a_pin_that_is_no_place_is_no_pin(lat: float | None, lng: float | None, layer: Layer | None) -> None:
    assert route(lat, lng, "", layer) is None
    assert route(lat, lng, "เขตบางรัก", layer) == Routing("district:1004", how="address", sure=True)


@pytest.mark.parametrize("layer", [None, tiles()])
@pytest.mark.parametrize("words", ["", " ", "ถนนลาดพร้าว", "ไฟดับครับ", "Sathorn Road"])
def test_without_a_pin_words_that_name_no_khet_decide_nothing(words: str, layer: Layer | None) -> None:
    assert route(None, None, words, layer) is None


def test_with_a_layer_the_pin_decides() -> None:
    assert route(*middle_of(1017), "", tiles()) == Routing("district:1017", how="boundary", sure=True)


def test_a_pin_typed_longitude_first_is_put_right() -> None:
    lat, lng = middle_of(1017)
    assert route(lng, lat, "", tiles()) == route(lat, lng, "", tiles())
    assert route(CITY_HALL[1], CITY_HALL[0], "", None) == route(*CITY_HALL, "", None)


def test_near_a_border_the_other_khet_is_named_and_nobody_need_be_asked() -> None:
    lat, lng = _near_the_border_of_1001_and_1011(metres=30)
    found = route(lat, lng, "", tiles())
    assert found == Routing("district:1001", ("district:1011",), "boundary", sure=True)


@pytest.mark.parametrize(
    ("words", "org", "sure"),
    [
        ("เขตลาดกระบัง", "district:1011", True),
        ("Khet Lat Krabang", "district:1011", True),
        ("เขตพระนคร", "district:1001", True),
        ("ลาดกระบัง", "district:1001", True),  # not said to be a khet
        ("เขตบางแค", "district:1001", False),  # neither of the two
    ],
)
def test_near_a_border_the_khet_that_is_said_goes_first(words: str, org: str, sure: bool) -> None:
    lat, lng = _near_the_border_of_1001_and_1011(metres=30)
    found = route(lat, lng, words, tiles())
    assert found is not None
    assert (found.org, found.how, found.sure) == (org, "boundary", sure)
    assert {found.org, *found.alternatives} == {"district:1001", "district:1011"}


def test_far_from_every_border_words_do_not_move_a_pin_but_are_a_reason_to_ask() -> None:
    found = route(*middle_of(1001), "เขตบางแค", tiles())
    assert found == Routing("district:1001", how="boundary", sure=False)


def test_the_khwaeng_is_told_only_where_the_words_say_it_of_that_khet() -> None:
    said = route(*middle_of(1033), "แขวงคลองตัน เขตคลองเตย", tiles())
    other = route(*middle_of(1033), "แขวงสีลม", tiles())
    assert said is not None
    assert other is not None
    assert (said.khwaeng, other.khwaeng) == ("คลองตัน", None)


def test_with_a_layer_a_pin_in_no_khet_is_outside() -> None:
    assert route(14.35, 100.57, "", tiles()) == Routing("outside", how="boundary", sure=True)
    assert route(14.35, 100.57, "เขตบางรัก", tiles()) == Routing("outside", how="boundary", sure=False)


def test_without_a_layer_a_pin_alone_is_a_guess_to_be_confirmed() -> None:
    found = route(*CITY_HALL, "", None)
    assert found is not None
    assert (found.org, found.how, found.sure, found.khwaeng) == ("district:1001", "centre", False, "เสาชิงช้า")


def test_without_a_layer_a_khet_that_is_said_goes_before_the_guess() -> None:
    assert route(*CITY_HALL, "แขวงเสาชิงช้า เขตพระนคร", None) == Routing(
        "district:1001", how="address", sure=True, khwaeng="เสาชิงช้า"
    )


def test_without_a_layer_a_khet_said_far_from_the_pin_has_the_pins_own_beside_it_and_is_asked() -> None:
    found = route(*CITY_HALL, "เขตหนองจอก", None)
    assert found is not None
    assert (found.org, found.how, found.sure) == ("district:1003", "address", False)
    assert "district:1001" in found.alternatives


def test_without_a_layer_a_bare_name_far_from_the_pin_counts_for_nothing() -> None:
    assert route(*CITY_HALL, "หนองจอก", None) == route(*CITY_HALL, "", None)


def test_words_that_name_several_khet_name_the_others_as_alternatives() -> None:
    assert route(None, None, "รอยต่อเขตดินแดงกับเขตห้วยขวาง", None) == Routing(
        "district:1026", ("district:1017",), "address"
    )


@pytest.mark.parametrize(
    ("words", "sure"), [("อ.ปากเกร็ด จ.นนทบุรี", True), ("Nonthaburi 11000", True), ("แถวนนทบุรี", False)]
)
def test_words_that_name_another_province_are_outside(words: str, sure: bool) -> None:
    assert route(None, None, words, None) == Routing("outside", how="address", sure=sure)


@pytest.mark.parametrize(
    ("place", "lat", "lng"),
    [
        ("Nonthaburi city hall", 13.861, 100.513),
        ("Pak Kret", 13.913, 100.498),
        ("Rangsit", 13.986, 100.617),
        ("Samut Prakan", 13.599, 100.597),
        ("Phra Pradaeng", 13.659, 100.534),
        ("Bang Phli", 13.606, 100.706),
        ("Suvarnabhumi's south", 13.66, 100.75),
        ("Salaya", 13.801, 100.323),
        ("Om Noi", 13.702, 100.31),
        ("Samut Sakhon", 13.547, 100.274),
        ("Chachoengsao", 13.69, 101.07),
        ("Ayutthaya", 14.353, 100.569),
        ("the Gulf", 13.35, 100.45),
        ("Chiang Mai", 18.788, 98.985),
        ("London", 51.5, -0.12),
        ("nowhere south", -33.9, 18.4),
    ],
)
def test_without_a_layer_places_across_the_city_limit_are_outside(place: str, lat: float, lng: float) -> None:
    found = route(lat, lng, "", None)
    assert found is not None
    assert (found.org, found.how, found.sure) == ("outside", "centre", False), place


@pytest.mark.parametrize(
    ("place", "lat", "lng", "dcode"),
    [
        ("Nong Chok's north-east", 13.88, 100.9, 1003),
        ("Bang Khun Thian by the sea", 13.52, 100.44, 1021),
        ("Lat Krabang, Khum Thong", 13.75, 100.85, 1011),
        ("Thawi Watthana's west", 13.78, 100.345, 1048),
        ("Don Mueang's north", 13.945, 100.6, 1036),
        ("Sai Mai, O Ngoen", 13.9, 100.66, 1042),
        ("Thung Khru's south", 13.6, 100.5, 1049),
    ],
)
def test_without_a_layer_the_far_corners_of_bangkok_are_in(place: str, lat: float, lng: float, dcode: int) -> None:
    found = route(lat, lng, "", None)
    assert found is not None
    assert found.org == f"district:{dcode}", place


@given(
    st.none() | st.floats() | st.floats(13.4, 14.1),
    st.none() | st.floats() | st.floats(100.2, 101.0),
    st.sampled_from(["", "เขตดินแดง", "บางนา", "จ.นนทบุรี", "แขวงบางจาก", "10400"]) | st.text(max_size=20),
    st.sampled_from([None, tiles()]),
)
def test_any_pin_and_words_are_answered_with_offices_we_know(
    lat: float | None, lng: float | None, words: str, layer: Layer | None
) -> None:
    found = route(lat, lng, words, layer)
    if found is None:
        return
    assert found.org == "outside" or find_organisation(found.org)
    assert all(find_organisation(code) for code in found.alternatives)
    assert found.org not in found.alternatives
    assert len(set(found.alternatives)) == len(found.alternatives)
    assert found.how in ("boundary", "address", "centre")
    assert found.how != "centre" or not found.sure
    if found.khwaeng:
        assert find_khwaeng(found.khwaeng, int(found.org.removeprefix("district:")))


def test_measured_with_bmas_layer_985_of_1000_real_pins_go_to_the_right_office() -> None:
    right, named, pins = _measure(read_layer())
    assert right / pins >= 0.985
    assert named / pins >= 0.995


def test_measured_without_a_layer_92_of_100_real_pins_go_to_the_right_office() -> None:
    right, named, pins = _measure(None)
    assert right / pins >= 0.92
    assert named / pins >= 0.975


def _measure(layer: Layer | None) -> tuple[int, int, int]:
    right = named = pins = 0
    for lat, lng, office in read_pins():
        found = route(lat, lng, "", layer)
        assert found is not None
        pins += 1
        right += found.org == office
        named += office in (found.org, *found.alternatives)
    return right, named, pins


def _near_the_border_of_1001_and_1011(metres: float) -> tuple[float, float]:
    _, _, _, north = tile_of(1001)
    return north - metres * METRE, middle_of(1001)[1]
