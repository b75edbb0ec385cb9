"""A reading says how sure it is: what officials state is acted on, what is only talked about is not."""

import csv
from datetime import date

import pytest

from cases.reply_reader import Reading, read_reply
from tests.cases.test_reply_reader import LABELLED

TODAY = date(2026, 11, 21)

STATED = [
    "รับเรื่องน้ำแอร์หยดใส่ทางเท้าแล้วครับ เดี๋ยวให้เทศกิจเข้าไปดู", "พุธที่ 25 เข้าแก้ครับ",
    "รับทราบข้อร้องเรียนเรื่องกิริยาวาจาเจ้าหน้าที่ จะนำเรียนผู้บริหารค่ะ",
    "รับทราบค่ะ", "รับครับ", "ok รับเรื่องครับ", "ครับผม", "👍", "เรียบร้อย", "เสร็จแล้วครับ 👍", "เก็บหมดแล้วครับ", "กำลังดูให้ค่ะ",
    "พรุ่งนี้เสร็จครับ", "ภายใน 3 วันทำการค่ะ", "ลงไปดูให้แล้วครับ ไฟติดปกติทุกดวง", "รับทราบครับ ผมสมศักดิ์จะไปดู",
    "ไม่ใช่พื้นที่เขตเราครับ เป็นของเขตห้วยขวาง", "เป็นข้อพิพาทระหว่างเอกชน ไม่อยู่ในอำนาจของสำนักงานเขต",
    # long, formal, and full of things that no list of ours holds
    "สำนักการจราจรและขนส่งขอเรียนว่า จากการตรวจสอบพบว่าแผงวงจรควบคุมของปุ่มกดข้ามถนนชำรุดจากน้ำฝนรั่วซึม "
    "เจ้าหน้าที่ได้เปลี่ยนแผงวงจรใหม่และทดสอบระบบแล้ว สามารถใช้งานได้ตามปกติ",
    "สำนักงานเขตตรวจสอบแล้ว ปรากฏว่าที่ดินแปลงดังกล่าวเป็นกรรมสิทธิ์ของเอกชน "
    "อยู่ระหว่างการฟ้องร้องต่อศาลแพ่ง จึงไม่อยู่ในอำนาจหน้าที่ที่สำนักงานเขตจะเข้าดำเนินการได้",
]  # fmt: skip
# Each was read as an action.
TALKED = [
    "พี่ปุ้ยทำสรุปเสร็จแล้ว อยู่ในไดรฟ์", "เน็ตเขตกลับมาใช้ได้แล้ว", "ช่างแอร์มาซ่อมที่ฝ่ายแล้วเมื่อเช้า", "โอนเงินค่ากาแฟแล้วนะพี่",
    "รับทราบนโยบายครับท่าน",
    "เพจเขตลงข่าวว่าลอกท่อไปแล้ว", "กำลังขับรถครับ", "ต้องให้ถึงตายก่อนถึงจะซ่อมหรือไง", "ทำบุญวันเกิดพี่เอ้ พรุ่งนี้เช้านะคะทุกคน",
    "ใครกดรับทราบไปคะ ไม่ใช่ฝ่ายเรา",
    "เขตบางรักได้รางวัลแก้ปัญหาเร็วที่สุด", "ท่านผู้ว่าฯ สั่งเร่งซ่อมทางเท้าทั่วกรุง",
]  # fmt: skip


def test_what_is_stated_is_acted_on_and_what_is_talked_about_is_not() -> None:
    assert [words for words in STATED if not _acts(words)] == []
    assert [words for words in TALKED if _acts(words)] == []


def test_doubt_is_worth_a_question_and_talk_is_not() -> None:
    doubtful = read_reply("หลุมหน้าอู่เฮียตงปะแล้ว", TODAY)
    assert (doubtful.action, doubtful.sure, doubtful.worth_asking) == ("resolve", False, True)
    assert not read_reply("ใครว่างไปดูหน่อยครับ", TODAY).worth_asking
    assert not read_reply("พี่ปุ้ยทำสรุปเสร็จแล้ว อยู่ในไดรฟ์", TODAY).sure
    # What two readings say is compared, not how sure they are.
    assert doubtful == Reading("resolve", None, None)


@pytest.mark.skipif(not LABELLED.is_file(), reason="the labelled replies are not part of this repository")
def test_few_labelled_replies_are_lost_to_doubt() -> None:
    with LABELLED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    acted = {row["text"]: _acts(row["text"]) or "none" for row in rows}
    stated = [row for row in rows if row["primary"] != "none"]
    assert len([row for row in stated if acted[row["text"]] == row["primary"]]) / len(stated) >= 0.95
    assert [row["text"] for row in rows if row["primary"] == "none" != acted[row["text"]]] == []


def _acts(words: str) -> str | None:
    reading = read_reply(words, TODAY)
    return reading.action if reading.sure else None
