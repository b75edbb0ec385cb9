"""What is typed at a question and is no answer to it."""

import pytest

from flows import asides
from tests.flows.teller import Teller

CHANGES = {
    "แก้ที่ตั้ง": "place",
    "แก้ที่อยู่": "place",
    "ผิดเขต": "place",
    "เขตผิดค่ะ": "place",
    "เปลี่ยนเขตเป็นห้วยขวาง": "place",
    "แก้ปัญหา": "description",
    "แก้รูป": "photos",
    "ขอแก้เบอร์โทร": "phone",
    "แก้ชื่อต่อเขต": "name",
    "แก้ประเภท": "category",
    "Change the phone number": "phone",
}
REFUSALS = (
    "ไม่อยากให้เห็น", "ขอไม่เปิดเผยชื่อ", "ไม่ต้องการให้เห็นชื่อ", "ปกปิดชื่อค่ะ", "ไม่ระบุ", "no thanks", "ไม่อยากให้ใครรู้ว่าเป็นใคร",
)  # fmt: skip
NO_NUMBER = ("ไม่สะดวกให้เบอร์", "ไม่ให้เบอร์แล้วกัน", "ขอไม่ให้เบอร์", "ไม่มีเบอร์", "ไม่ต้องโทร", "no thanks")


@pytest.mark.parametrize(("typed", "part"), CHANGES.items())
def test_a_part_is_changed_by_words_and_back_leaves_it(typed: str, part: str) -> None:
    teller = Teller().to_review()
    before = teller.slots
    assert teller.says(typed).asked == part
    assert teller.goes_back().slots == before


@pytest.mark.parametrize("typed", ["ไม่ใช่ดินแดง เป็นห้วยขวาง", "ส่งรึยังคะ", "แก้อะไรได้บ้าง"])
def test_what_may_be_a_change_is_never_put_into_the_story(typed: str) -> None:
    teller = Teller().to_review()
    before = teller.slots
    assert teller.says(typed).refused == "report.review_no" and teller.slots == before


def test_another_khet_at_the_last_look_is_asked_about() -> None:
    teller = Teller().to_review().says("เขตห้วยขวาง")
    assert teller.asked == "place_ok" and teller.slots["place"]["org"] == "district:1017"


@pytest.mark.parametrize("typed", ["แก้ปัญหาน้ำท่วมหน่อย", "ไฟดับ", "แก้วตา"])
def test_what_wants_nothing_changed(typed: str) -> None:
    assert asides.find_change(typed) is None


def _at_phone() -> Teller:
    teller = Teller().says("ไฟถนนดับทั้งซอย มืดมาก").says("ซอยประชาสงเคราะห์ 5 เขตดินแดง").taps("place_ok", "yes")
    return teller.taps("photos", "done")


@pytest.mark.parametrize("typed", REFUSALS)
def test_who_refuses_is_not_shown(typed: str) -> None:
    assert _at_phone().taps("phone", "none").says(typed).slots["name"] == ""


@pytest.mark.parametrize("typed", ["แก้เบอร์", "ทำไมต้องให้ชื่อ", "ยืนยันส่งเรื่อง", "ไม่เข้าใจ"])
def test_what_is_no_name_is_asked_again(typed: str) -> None:
    teller = _at_phone().taps("phone", "none").says(typed)
    assert "name" not in teller.slots and teller.asked in ("name", "phone")


@pytest.mark.parametrize("typed", ["แก้วตา", "น้องไหม", "สมชาย ใจดี", "ขอนแก่น", "Nid"])
def test_names_stay_names(typed: str) -> None:
    assert _at_phone().taps("phone", "none").says(typed).slots["name"] == typed


@pytest.mark.parametrize("typed", NO_NUMBER)
def test_who_gives_no_number(typed: str) -> None:
    assert _at_phone().says(typed).slots["phone"] == ""


def test_a_refusal_hides_the_number_too() -> None:
    assert _at_phone().says("0812345678").says("ไม่อยากให้เขตเห็น").slots["phone_shown"] is False


def test_a_number_typed_at_the_photos_is_the_number() -> None:
    teller = Teller().says("ไฟถนนดับทั้งซอย มืดมาก").says("ซอยประชาสงเคราะห์ 5 เขตดินแดง").taps("place_ok", "yes")
    teller.says("เบอร์ผม 081-234-5678")
    assert teller.slots["phone"] == "0812345678" and teller.asked == "photos"
    assert "081" not in teller.slots["description"]
    assert teller.taps("photos", "done").asked == "phone_shown"


@pytest.mark.parametrize("typed", ["เขตดินแดง", "ดินแดงครับ"])
def test_a_khet_typed_at_the_category_is_the_place(typed: str) -> None:
    teller = Teller().says("มีปัญหาหน้าบ้านค่ะ ช่วยที").says(typed)
    assert teller.asked == "category" and teller.slots["place"] == {"hint": "district:1026"}
    assert teller.slots["description"] == "มีปัญหาหน้าบ้านค่ะ ช่วยที"


@pytest.mark.parametrize(("typed", "code"), [("ถนน", "road"), ("ต้นไม้", "tree"), ("ขยะค่ะ", "waste")])
def test_the_first_word_of_a_button_chooses_it(typed: str, code: str) -> None:
    assert Teller().says("มีปัญหาหน้าบ้านค่ะ ช่วยที").says(typed).slots["category"] == code


@pytest.mark.parametrize("typed", ["แล้วใช้เวลากี่วันคะ", "แก้เบอร์"])
def test_questions_and_changes_are_no_place(typed: str) -> None:
    teller = Teller().says("ไฟถนนดับทั้งซอย มืดมาก").says(typed)
    assert teller.asked == "place" and "place" not in teller.slots


def test_no_photo_said_at_the_place_is_kept() -> None:
    teller = Teller().says("ไฟถนนดับทั้งซอย มืดมาก").says("ไม่มีรูปค่ะ")
    assert teller.asked == "place" and teller.slots["photos_done"] is True
