"""What an office waits for is heard as long as it is outside it; nobody waits for a colleague, a minute or the rain."""

from datetime import date

import pytest

from cases.reply_waits import Wait, find_wait

TODAY = date(2026, 11, 21)
OTHERS = [
    "รอเขตราชเทวีมาดูด้วยกันครับ",
    "รอเขตข้างเคียงยืนยันแนวเขตก่อนค่ะ",
    "รอทหารเปิดประตูให้เข้าพื้นที่ครับ",
    "รอบริษัทผู้รับเหมาเข้าซ่อม",
    "รอ กฟน. เข้าดำเนินการครับ",
    "อยู่ระหว่างรอกรมทางหลวงอนุญาตให้เข้าพื้นที่",
    "อยู่ระหว่างรอผลการพิจารณาจากกรมธนารักษ์",
    "รอผลตอบกลับจาก NT เรื่องสายสื่อสาร",
    "ต้องรอสำนักการโยธาเข้ามาปูผิวใหม่ เขตทำเองไม่ได้",
    "แจ้งเจ้าของที่ดินแล้ว รอเจ้าของเข้ามาถางหญ้า",
    "รอวัดอนุญาตก่อนครับ ที่ดินของวัด",
    "ประสานการประปาแล้ว รอผลครับ",
    "ประสานสำนักการระบายน้ำแล้ว รอคิวรถดูดเลน",
    "ประสานกรมเจ้าท่าไปแล้วเมื่อวาน รอเขาตอบครับ",
    "ส่งเรื่องให้ กทพ. แล้ว ยังไม่ได้รับคำตอบครับ",
    "ตอนนี้ติดที่การไฟฟ้ายังไม่เข้ามาย้ายเสาครับ",
    "เคสนี้รอทางหลวงชนบทครับพี่",
    "รอสรรพาวุธเข้ามาตรวจก่อนครับ",
    "ประสาน กปน. แล้วครับ รอทีมเข้าซ่อมท่อแตก",
]
THINGS = ["รองบประมาณปี 2570 ครับ", "รออนุมัติงบกลางค่ะ", "รออะไหล่", "waiting for parts"]
NONE = [
    "รอพี่เขามาก่อน",
    "รอรูปจากพี่ตูนอยู่ครับ",
    "รอแป๊บค่ะ",
    "รอดูฝนก่อนนะ",
    "รอใครอยู่คะเคสนี้",
    "รอเขตไหนตอบนะ",
    "ไม่ต้องรอการไฟฟ้าแล้วครับ",
    "จะรอเขตอื่นทำไม ทำเองได้เลย",
    "ลูกค้ารอหน้าเขตเยอะมากวันนี้",
    "ทุกเขตรอส่งรายงานภายใน 16.00 น. นะคะ",
    "ถ้าการไฟฟ้าไม่มาจะทำยังไง",
    "รอผู้แจ้งตอบก่อนครับ",
    "ขุดแล้ว รอเทปูน",
    "ประสานการไฟฟ้านครหลวงให้ตรวจสอบแก้ไขแล้ว",
]


@pytest.mark.parametrize("words", OTHERS)
def test_somebody_outside_is_waited_for(words: str) -> None:
    found = find_wait(words, TODAY)
    assert found is not None
    assert found.for_others


@pytest.mark.parametrize("words", THINGS)
def test_money_and_parts_are_waited_for(words: str) -> None:
    assert find_wait(words, TODAY) == Wait(for_others=False, dated=False)


@pytest.mark.parametrize("words", NONE)
def test_this_is_no_wait_for_anybody_outside(words: str) -> None:
    assert find_wait(words, TODAY) is None


def test_a_day_beside_whom_is_waited_for_is_theirs() -> None:
    assert find_wait("รอการไฟฟ้าเข้าวันศุกร์", TODAY) == Wait(for_others=True, dated=True)
    assert find_wait("รอการไฟฟ้าตัดไฟ แล้วจะตัดกิ่งวันศุกร์", TODAY) == Wait(for_others=True, dated=False)
