"""What officials write under a card that states no step on it: of other places and times, of the chat and its pictures,
from other people's mouths, to each other. Beside it what looks so and is a step, which has to be heard all the same."""

from datetime import date

import pytest

from cases.reply_reader import read_reply

TODAY = date(2026, 11, 23)

SAYS_NOTHING = (
    # other places and times
    "ซอย 12 เสร็จแล้วนะ อันนี้คนละที่", "ซอยอื่นทำไปแล้วเมื่อเดือนก่อน", "อีกเคสนึงเสร็จแล้วนะครับ เคสนี้ยัง", "เขตข้างๆ เขาทำเสร็จไปนานแล้ว",
    "ปีที่แล้วก็ซ่อมไปรอบนึงแล้วค่ะ", "เหมือนเคยซ่อมไปแล้วนะ ไม่ชัวร์", "จุดนี้เคยลอกท่อไปเมื่อต้นปี", "ของบไปหลายรอบไม่เคยได้",
    # other people's word
    "เจ้าของบ้านบอกเดี๋ยวตัดเอง", "แม่ค้าบอกจะย้ายเองพรุ่งนี้", "เห็นในเพจว่าซ่อมเสร็จแล้ว", "ลุงแกว่าเดี๋ยวแกทำเอง",
    "they said it was fixed last week",
    'ตัวหนังสือเขาเขียนแบบนี้ครับ "ซ่อมเรียบร้อยแล้วแต่ก็พังอีก"', "ผู้ร้องบอกว่าซ่อมแล้วแต่ไม่ดี",
    # pressed from above, and looked at
    "นายสั่งมา", "เรื่องนี้ท่านรองติดตามอยู่", "ผู้ตรวจจะมาดูวันพฤหัสนี้ค่ะ",
    # the chat itself
    "เดี๋ยวส่งรูปให้ดูครับ", "ดูรูปสองครับ", "ขอรูปหลังดำเนินการด้วยค่ะ", "ส่งต่อให้ดูครับ", "แจ้งเพื่อทราบครับ", "กดรับเรื่องแล้วขึ้น error",
    "พิมพ์ว่า รับทราบ ก็ได้ครับ", "งดส่งสติกเกอร์ในกลุ่มครับ", "???", "รับ 45 เสร็จ 40 ค้าง 5",
    # the day and who is away
    "วันนี้ฝนไม่ตกค่ะ", "ฝนหยุดแล้วครับ", "ลูกน้องลาไปสามคนวันนี้", "วันนี้ ผอ. ติดประชุมทั้งวันค่ะ", "ไม่มีรถครับวันนี้", "น้ำเริ่มเอ่อแล้วครับตรงคลอง",
    # asked and told among colleagues
    "ส่งคืนได้ไหมครับเรื่องนี้", "ช่างมากี่คนครับวันนี้", "โยธาหรือรักษาคะ", "มีความคืบหน้าไหมครับ", "ขอเบอร์ช่างหน่อยครับ", "ฝากท่านดูด้วยครับ",
    "ขอให้ตอบผู้ร้องภายในวันนี้ด้วยค่ะ", "เคลียร์ให้จบวันนี้นะครับทุกคน", "ลองโทรถามประปาดูก่อนไหม", "did you fix it?",
    # what is always so, and of no avail
    "ปกติจุดนี้เก็บทุกวันพุธ", "เราเก็บทุกเช้าอยู่แล้วครับ", "ตัดเท่าไหร่ก็ไม่หมด", "ประสานแล้วประสานอีก", "เรื่องที่เสร็จแล้วไม่ต้องส่งซ้ำนะคะ",
)  # fmt: skip
SAYS_A_STEP = (
    ("promise", "นายช่างจะเข้าดูพรุ่งนี้ครับ"),
    ("start", "ป้ายชำรุดอยู่ระหว่างซ่อมครับ"),
    ("start", "กำลังสูบอยู่ค่ะ น้ำลดลงบ้างแล้ว"),
    ("start", "ตัดต้นไม้ยังไม่เสร็จ"),
    ("not_found", "ไม่พบกลุ่มวัยรุ่นครับ"),
    ("resolve", "จับแท็กซี่จอดกีดขวางแล้ว"),
    ("resolve", "เก็บไว้แล้วครับ"),
    ("resolve", '"ดำเนินการเรียบร้อยแล้ว"'),
    ("resolve", "เรียน ผู้แจ้ง: สำนักงานเขตดำเนินการเรียบร้อยแล้ว"),
    ("resolve", "ยกซากรถออกแล้วครับ"),
    ("promise", "กำหนดเวลาแล้วเสร็จวันศุกร์"),
    ("ask", "ฝั่งซ้ายหรือฝั่งขวาคะ"),
)


@pytest.mark.parametrize("text", SAYS_NOTHING)
def test_what_does_not_bear_on_the_case_moves_nothing(text: str) -> None:
    assert read_reply(text, TODAY).action is None


@pytest.mark.parametrize(("action", "text"), SAYS_A_STEP)
def test_a_step_that_looks_like_talk_is_heard(action: str, text: str) -> None:
    assert read_reply(text, TODAY).action == action
