"""What stands behind a bare "finished" decides whether it is: a condition, an event or an hour puts it off. Beside
it who asks for a place, what is only named, and the day of a thing that is waited for."""

from datetime import date

import pytest

from cases.reply_reader import Reading, read_reply
from cases.reply_waits import Wait, find_wait

TODAY = date(2026, 11, 23)

NOT_FINISHED = (
    # a condition
    "เสร็จถ้างบมา", "เสร็จก็ต่อเมื่อได้งบ", "เรียบร้อยถ้าฝนหยุด", "เสร็จ ถ้าของมา", "เสร็จได้ถ้าคนครบ",
    "เสร็จครับถ้าผู้รับเหมาไม่เบี้ยว", "ปิดเคสได้ถ้าผู้แจ้งยืนยัน",
    "done if it stops raining",
    # an event
    "เสร็จตอนอะไหล่มาครับ", "เสร็จหลังโรงเรียนปิดเทอม", "เสร็จพร้อมโครงการใหญ่", "ซ่อมเสร็จพร้อมกับงานปูถนน",
    "เสร็จช่างมาครับ", "ตอนอะไหล่มาเสร็จครับ", "เสร็จพอดีกับงานวัด",
    # a time that no calendar holds, a measure, a guess
    "เสร็จอีกสักพัก", "อีกสักพักเสร็จครับ", "เสร็จช้าหน่อยนะครับ", "เสร็จยากครับ", "เสร็จเกือบหมด",
    "เสร็จไปสองในสามครับ", "เสร็จสายๆครับ", "ซ่อมเสร็จน่าจะค่ำ",
    "เรียบร้อยในเร็ววัน", "done by 5pm",
)  # fmt: skip
HOURS = ("เสร็จสักห้าโมงครับ", "เสร็จไม่เกินบ่ายสาม", "เสร็จไม่เกินสามทุ่ม", "เสร็จราวหกโมงเย็น", "สองทุ่มเสร็จครับ")
FINISHED = (
    "เสร็จเช้าวันนี้แล้วครับ", "ซ่อมเสร็จช่วงเช้าวันนี้", "ซ่อมเสร็จเช้านี้ ตามรูปครับ", "เสร็จบ่ายนี้แล้วครับ",
    "ไฟสว่างแล้วครับ", "เสร็จที่หน้าตลาดครับ", "เสร็จเรียบร้อยโดยช่างเอก",
    "เปลี่ยนหลอดเสร็จเรียบร้อย 4 ดวง", "เสร็จครับ ถ้ามีอะไรบอกได้", "ซ่อมเรียบร้อย หากพบปัญหาแจ้งได้",
    "ซ่อมเสร็จตอนบ่ายแล้วครับ", "ดำเนินการแล้วเสร็จสามารถสัญจรได้ตามปกติ", "เรียบร้อยพร้อมภาพถ่าย",
)  # fmt: skip
# Whatever word says "finished", a time of today that may still come is one to come…
LATER_TODAY = (
    "เรียบร้อยบ่ายนี้ครับ", "เรียบร้อยเย็นนี้", "เรียบร้อยคืนนี้ค่ะ", "บ่ายนี้เรียบร้อยครับ", "แก้ไขเรียบร้อยบ่ายนี้", "เคลียร์เรียบร้อยเย็นนี้ครับ",
    "ปิดงานบ่ายนี้ครับ", "เย็นนี้ปิดงานค่ะ", "ปิดเคสเย็นนี้ครับ", "ปิดงานสามทุ่มครับ", "จบงานคืนนี้ครับ", "จบเย็นนี้ครับ", "แล้วเสร็จเย็นนี้ค่ะ",
    "เรียบร้อยวันนี้ครับ", "เรียบร้อยไม่เกินหกโมงเย็น",
)  # fmt: skip
# … and one that has been, or of which is told what was done in it, is not.
EARLIER_TODAY = (
    "เรียบร้อยเมื่อเช้านี้ครับ", "แก้ไขเรียบร้อยแล้วบ่ายนี้", "บ่ายนี้แก้ไขเรียบร้อยแล้วครับ", "แก้ไขเรียบร้อยเช้านี้ครับ", "ปิดงานเมื่อเช้านี้ครับ",
    "ปิดงานแล้วเช้านี้", "วันนี้เจ้าหน้าที่ดำเนินการจัดเก็บเรียบร้อย", "ได้ดำเนินการแก้ไขเรียบร้อยในวันนี้",
    "แก้ไขเรียบร้อยวันที่ 23 พ.ย. 69", "completed this morning",
)  # fmt: skip
ASKED_OR_WISHED = ("ถ้าบ่ายนี้เรียบร้อยก็ดีครับ", "บ่ายนี้เรียบร้อยไหมครับ", "ปิดงานเย็นนี้ได้ไหมครับ", "อย่าลืมปิดงานเย็นนี้นะครับ")
MAKESHIFT = (
    "ต้องของบประมาณปีหน้าครับ ตอนนี้ทำป้ายเตือนไว้ก่อน",
    "ปิดฝาท่อชั่วคราวไว้ก่อนครับ รอฝาใหม่",
    "ปะยางมะตอยชั่วคราวไว้ก่อน รองบซ่อมถาวร",
    "วางกรวยไว้ชั่วคราวค่ะ รอทีมเทปูน",
)
ASKED = (
    "ขอพิกัดด้วยครับ หาจุดไม่เจอ",
    "ขอรูปจุดเกิดเหตุเพิ่มหน่อยครับ หาไม่เจอ",
    "ไปแล้วไม่เจอ รบกวนผู้แจ้งส่งโลเคชั่น",
    "ขอถามว่าเสาไฟต้นที่เท่าไหร่คะ",
)
ONLY_NAMED = (
    "เป็นไปตามมาตรฐานของ กทม.",
    "ลักษณะของกล้องโทรทัศน์วงจรปิด ที่อยู่ในความรับผิดชอบของสำนักการจราจรและขนส่ง",
    "ท่อที่อยู่ในความดูแลของการประปา",
    "พรุ่งนี้วันเสาร์",
    "วันพุธหน่วยเราเวรครับ",
    "วันนี้รถติดมากครับ กว่าจะกลับถึงเขต",
    "พรุ่งนี้ผมสอบนะครับ ฝากพี่แนนดูแทน",
    "ผู้ร้องถามว่าซอยไหนใกล้สุด",
)


@pytest.mark.parametrize("text", NOT_FINISHED)
def test_an_end_that_hangs_on_something_closes_nothing(text: str) -> None:
    assert read_reply(text, TODAY).action not in ("resolve", "promise")


@pytest.mark.parametrize("text", HOURS)
def test_an_hour_is_a_promise_for_today(text: str) -> None:
    assert read_reply(text, TODAY) == Reading("promise", None, TODAY)


def test_a_time_of_today_is_ahead_unless_it_is_told_as_past() -> None:
    assert {text: read_reply(text, TODAY) for text in LATER_TODAY} == dict.fromkeys(
        LATER_TODAY, Reading("promise", None, TODAY)
    )
    assert [text for text in EARLIER_TODAY if read_reply(text, TODAY).action != "resolve"] == []
    assert [text for text in ASKED_OR_WISHED if read_reply(text, TODAY).action is not None] == []


@pytest.mark.parametrize("text", FINISHED)
def test_what_was_finished_is_heard(text: str) -> None:
    assert read_reply(text, TODAY).action == "resolve"


@pytest.mark.parametrize("text", MAKESHIFT)
def test_a_makeshift_is_a_beginning(text: str) -> None:
    assert read_reply(text, TODAY).action == "start"


@pytest.mark.parametrize("text", ASKED)
def test_who_asks_for_the_place_has_not_looked_there(text: str) -> None:
    assert read_reply(text, TODAY).action == "ask"


@pytest.mark.parametrize("text", ONLY_NAMED)
def test_what_is_only_named_states_nothing(text: str) -> None:
    assert read_reply(text, TODAY).action is None


def test_neighbours_of_these_are_heard() -> None:
    looked = read_reply("ไปดูแล้วไม่เจอ ขอหมุดใหม่ครับ", TODAY)
    assert (looked.action, looked.also) == ("not_found", "ask")
    assert read_reply("ตรวจวัดแล้วเป็นไปตามมาตรฐานครับ", TODAY).action == "not_found"
    assert read_reply("เป็นเสาที่อยู่ในความดูแลของการไฟฟ้านครหลวง", TODAY).action == "transfer"


def test_the_day_on_which_parts_arrive_is_no_promise() -> None:
    for words in ("รออะไหล่ คาดว่ามาวันศุกร์ครับ", "รออะไหล่ครับ คาดว่ามาวันศุกร์"):
        assert read_reply(words, TODAY) == Reading("start", None, None)
    assert read_reply("รออะไหล่ คาดว่าซ่อมวันศุกร์", TODAY).action == "promise"


@pytest.mark.parametrize("words", ["ติดงบประมาณครับ", "อยู่ระหว่างขออนุมัติงบ"])
def test_a_want_of_money_is_a_start_whose_reason_is_told(words: str) -> None:
    assert read_reply(words, TODAY).action == "start"
    assert find_wait(words, TODAY) == Wait(for_others=False, dated=False)
