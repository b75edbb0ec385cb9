"""Where it is: pins, khet in any spelling, places without a khet, corrections, and places outside Bangkok."""

import pytest

from places.boundaries import Layer
from places.organisations import list_khet
from tests.flows.teller import Teller

DIN_DAENG = (13.7695, 100.5530)
DIN_DAENG_ADDRESS = "ซอยประชาสงเคราะห์ 5 แขวงดินแดง เขตดินแดง กรุงเทพมหานคร 10400"
# Two made-up khet side by side, the border along longitude 100.55.
LAYER = Layer(
    {
        1026: (((100.50, 13.70), (100.55, 13.70), (100.55, 13.80), (100.50, 13.80), (100.50, 13.70)),),
        1017: (((100.55, 13.70), (100.60, 13.70), (100.60, 13.80), (100.55, 13.80), (100.55, 13.70)),),
    }
)


def _at_place(**options: object) -> Teller:
    return Teller(**options).says("ไฟถนนดับทั้งซอย มืดมาก")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "org"),
    [
        ("ดินแดง", "district:1026"),
        ("เขตดินแดง", "district:1026"),
        ("ข.ดินแดง", "district:1026"),
        ("Din Daeng", "district:1026"),
        ("Dindaeng district", "district:1026"),
        ("khet din daeng", "district:1026"),
        ("สวนหลวง", "district:1034"),
        ("เขตสวนหลวง ซอยพัฒนาการ 20", "district:1034"),
        ("Suan Luang", "district:1034"),
        ("มีนบุรี", "district:1010"),
        ("เขต มีนบุรี", "district:1010"),
        ("Min Buri", "district:1010"),
        ("Minburi", "district:1010"),
        ("ป้อมปราบ", "district:1008"),
        ("ราษฎร์บูรณะ", "district:1024"),
        ("เขตราษฏร์บูรณะ", "district:1024"),
        ("ทวีวัฒนา", "district:1048"),
        ("พญาไทครับ", "district:1014"),
        ("อยู่ลาดพร้าว", "district:1038"),
        ("แถววัฒนา", "district:1039"),
        ("Thonburi", "district:1015"),
    ],
)
def test_a_khet_in_the_spellings_people_use(text: str, org: str) -> None:
    teller = _at_place().says(text)
    assert (teller.slots["place"].get("org"), teller.asked) == (org, "place_ok")


@pytest.mark.parametrize("khet", [*(one.name_th for one in list_khet()), *(one.name_en for one in list_khet())])
def test_every_khet_is_known_by_its_bare_name(khet: str) -> None:
    known = {f"district:{one.dcode}" for one in list_khet() if khet in (one.name_th, one.name_en)}
    assert _at_place().says(khet).slots["place"].get("org") in known


@pytest.mark.parametrize("text", ["ลาดพร้าว 101", "ถนนพญาไท", "ซอย 5", "หน้าบ้าน"])
def test_a_road_is_no_khet(text: str) -> None:
    assert _at_place().says(text).heard("report.ask_khet")


def test_a_place_without_a_khet_asks_for_it_and_keeps_the_words() -> None:
    teller = _at_place().says("หน้าเซเว่น ซอย 5")
    assert teller.asked == "place" and teller.heard("report.ask_khet")
    teller.says("ดินแดง")
    assert teller.slots["place"]["words"] == "หน้าเซเว่น ซอย 5 ดินแดง"
    assert teller.slots["place"]["org"] == "district:1026"


@pytest.mark.parametrize("answer", ["ไม่รู้", "ไม่ทราบค่ะ", "I don't know"])
def test_somebody_who_knows_no_khet_is_not_asked_for_ever(answer: str) -> None:
    teller = _at_place().says("หน้าเซเว่น ซอย 5").says(answer)
    assert teller.slots["place"]["org"] == "omb" and teller.asked == "photos"


def test_not_knowing_the_khet_is_a_button_too() -> None:
    teller = _at_place().says("หน้าเซเว่น ซอย 5").taps("place", "unknown")
    assert teller.slots["place"]["words"] == "หน้าเซเว่น ซอย 5" and teller.asked == "photos"


def test_not_knowing_is_no_place_where_nothing_was_told() -> None:
    assert _at_place().says("ไม่รู้").refused == "report.place_words"
    assert _at_place().taps("place", "unknown").refused == "report.not_yet"


@pytest.mark.parametrize("text", ["", "👍", "...", "ใช่", "ไม่ใช่", "ok"])
def test_what_names_no_place_asks_again(text: str) -> None:
    teller = _at_place()
    before = teller.draft
    assert teller.says(text).refused == "report.place_words" and teller.draft == before


def test_a_wrong_khet_of_words_is_asked_for_anew() -> None:
    teller = _at_place().says("ซอย 5 เขตดินแดง").taps("place_ok", "no")
    assert teller.asked == "place" and "place" not in teller.slots


@pytest.mark.parametrize("text", ["เขตห้วยขวาง", "ไม่ใช่ อยู่เขตห้วยขวาง", "ห้วยขวางครับ"])
def test_the_right_khet_typed_at_once(text: str) -> None:
    teller = _at_place().says("ซอย 5 เขตดินแดง").says(text)
    assert teller.slots["place"]["org"] == "district:1017"


def test_a_wrong_khet_of_a_pin_keeps_the_pin_and_takes_the_khet_that_is_named() -> None:
    teller = _at_place().pins(*DIN_DAENG)
    assert teller.asked == "place_ok"
    teller.taps("place_ok", "no")
    assert teller.heard("report.ask_khet_again")
    teller.says("เขตพญาไท")
    where = teller.slots["place"]
    assert (where["lat"], where["lng"], where["org"]) == (*DIN_DAENG, "district:1014")
    assert teller.asked == "photos"


def test_a_name_that_is_no_khet_does_not_lose_the_pin() -> None:
    teller = _at_place().pins(*DIN_DAENG).taps("place_ok", "no")
    assert teller.says("เขตบางไม่มี").refused == "report.khet_unknown"
    assert teller.says("ไม่รู้").slots["place"]["lat"] == DIN_DAENG[0]
    assert teller.slots["place"]["org"] == "omb"


def test_another_pin_instead_of_a_yes() -> None:
    teller = _at_place().pins(*DIN_DAENG, DIN_DAENG_ADDRESS).pins(13.8100, 100.7300, "เขตมีนบุรี กรุงเทพมหานคร 10510")
    assert teller.slots["place"]["org"] == "district:1010"


def test_words_told_before_a_pin_stay_beside_it() -> None:
    teller = _at_place().says("หน้าร้านป้าแดง").pins(*DIN_DAENG, DIN_DAENG_ADDRESS)
    assert teller.slots["place"]["words"] == f"หน้าร้านป้าแดง {DIN_DAENG_ADDRESS}"


def test_a_pin_in_another_khet_than_the_words_before_it_wins() -> None:
    teller = _at_place().says("ซอย 5 เขตมีนบุรี").pins(*DIN_DAENG, DIN_DAENG_ADDRESS)
    where = teller.slots["place"]
    assert "มีนบุรี" not in where["words"] or where["org"] == "district:1010"


def test_more_words_about_the_spot_are_added_and_the_khet_asked_again() -> None:
    teller = _at_place().says("ซอย 5 เขตดินแดง").says("ตรงข้ามร้านหมอ")
    assert teller.asked == "place_ok" and teller.heard("report.place_added")
    assert teller.slots["place"]["words"] == "ซอย 5 เขตดินแดง ตรงข้ามร้านหมอ"


def test_yes_with_more_words_agrees_and_keeps_them() -> None:
    teller = _at_place().says("ซอย 5 เขตดินแดง").says("ใช่ค่ะ ตรงข้ามร้านหมอ")
    assert teller.asked == "photos" and "ร้านหมอ" in teller.slots["place"]["words"]


@pytest.mark.parametrize("text", ["👍", "", "?"])
def test_neither_yes_nor_no(text: str) -> None:
    assert _at_place().says("ซอย 5 เขตดินแดง").says(text).refused == "report.place_yes_or_no"


def test_an_old_yes_cannot_agree_to_a_place_that_is_gone() -> None:
    teller = _at_place().says("ซอย 5 เขตดินแดง").taps("place_ok", "no")
    assert teller.taps("place_ok", "yes").refused == "report.not_yet"
    assert teller.taps("place_ok", "no").refused == "report.not_yet"


@pytest.mark.parametrize(("lat", "lng"), [(0.0, 0.0), (13.7, 0.0), (95.0, 200.0)])
def test_a_pin_that_is_nowhere(lat: float, lng: float) -> None:
    assert _at_place().pins(lat, lng).refused == "report.place_unknown"


def test_a_pin_with_its_numbers_swapped_is_put_right() -> None:
    assert _at_place(layer=LAYER).pins(100.53, 13.75).slots["place"]["org"] == "district:1026"


def test_with_a_layer_a_pin_needs_no_question() -> None:
    teller = _at_place(layer=LAYER).pins(13.75, 100.52)
    assert (teller.slots["place"]["how"], teller.asked) == ("boundary", "photos")


def test_near_a_border_the_review_says_who_gets_it_first() -> None:
    teller = _at_place(layer=LAYER).pins(13.75, 100.5499)
    teller.taps("photos", "done").taps("phone", "none").taps("name", "hidden")
    assert teller.heard("report.near_border", others="เขตห้วยขวาง", first="เขตดินแดง")


def test_far_from_a_border_nothing_is_said_of_it() -> None:
    teller = _at_place(layer=LAYER).pins(13.75, 100.52)
    teller.taps("photos", "done").taps("phone", "none").taps("name", "hidden")
    assert len(teller.said) == 1


@pytest.mark.parametrize("layer", [None, LAYER])
def test_outside_bangkok_is_always_said_and_confirmed(layer: Layer | None) -> None:
    teller = _at_place(layer=layer).pins(14.35, 100.57, "อำเภอพระนครศรีอยุธยา พระนครศรีอยุธยา 13000")
    assert teller.asked == "place_ok" and teller.heard("report.place_outside")
    assert teller.taps("place_ok", "yes").slots["place"]["org"] == "outside"


def test_outside_by_words() -> None:
    teller = _at_place().says("อำเภอเมืองนนทบุรี จังหวัดนนทบุรี")
    assert teller.slots["place"]["org"] == "outside" and teller.heard("report.place_outside")


def test_a_place_of_a_thousand_letters_is_cut_not_refused() -> None:
    teller = _at_place().says("เขตดินแดง " + "ซอยยาวมาก " * 200)
    assert len(teller.slots["place"]["words"]) == 300 and teller.asked == "place_ok"


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("ซอยประชาสงเคราะห์ 5 เขตดินแดง", "ซอยประชาสงเคราะห์ 5 เขตดินแดง"),
        ("ซอยประชาสงเคราะห์ 5 ดินแดง", "ซอยประชาสงเคราะห์ 5 ดินแดง · เขตดินแดง"),
        ("Soi 5, Din Daeng", "Soi 5, Din Daeng"),
    ],
)
def test_the_khet_is_not_said_twice(place: str, shown: str) -> None:
    teller = _at_place().says(place).taps("place_ok", "yes")
    teller.taps("photos", "done").taps("phone", "none").taps("name", "hidden")
    assert shown in _texts(teller.said[-1]["contents"])


def test_in_english_the_khwaeng_is_english_too() -> None:
    teller = _at_place(language="en").says("แขวงรัชดาภิเษก เขตดินแดง")
    assert teller.heard("report.place_ok", place="Din Daeng District, Khwaeng Ratchadaphisek")


def _texts(part: object) -> list[str]:
    if isinstance(part, list):
        return [text for piece in part for text in _texts(piece)]
    if not isinstance(part, dict):
        return []
    own = [part["text"]] if "text" in part else []
    return own + [text for piece in part.values() for text in _texts(piece)]
