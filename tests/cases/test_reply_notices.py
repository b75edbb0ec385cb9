"""What is said to everybody, in general or by somebody else is no news of this case; what a memo puts forward, and time
that is asked for, is."""

from datetime import date, time

from cases.reply_reader import Reading, read_reply
from cases.reply_waits import find_wait

TODAY = date(2026, 11, 21)
# Each was read as a step.
SAYS_NOTHING = (
    "ประกาศ การไฟฟ้านครหลวงดับไฟเพื่อปรับปรุงระบบ วันที่ 28 พ.ย. 08.30-15.30 น.",
    "กรมอุตุฯ เตือนฝนตกหนัก 24-26 พ.ย. ขอให้ทุกฝ่ายเตรียมพร้อม",
    "ปกติเคสแบบนี้ส่งต่อประปาครับ",
    "ให้แล้วเสร็จภายในวันนี้นะครับ ผอ.สั่ง",
    "ไม่เสร็จก็ไม่ต้องกลับบ้านนะ ทีมงาน",
    "ไฟดวงนี้ดับๆ ติดๆ มาเป็นเดือนแล้วครับ",
    "ผู้ร้องแจ้งว่าเจ้าหน้าที่ได้ดำเนินการซ่อมแซมแล้ว แต่ยังชำรุดเช่นเดิม",
    "พรุ่งนี้ผู้แจ้งจะเข้ามาพบที่เขตค่ะ",
    "กฟน. ตอบกลับว่าอยู่ระหว่างตรวจสอบ",
    "ทราบมาว่ากรมทางหลวงกำลังดำเนินการของบอยู่",
    "ติดต่อเจ้าของที่ไม่ได้ครับ",
    "ไม่มีอะไรเพิ่มเติมครับ",
    "ดำเนินการรวดเร็วมากค่ะ",
    "อีกสิบนาทีโทรกลับครับ",
    "เสร็จช้าเพราะของไม่มาครับ",
)
SAYS = (
    ("transfer", "เห็นควรโอนเรื่องให้ บก.จร."),
    ("transfer", "จึงเห็นควรส่งเรื่องให้สำนักการโยธาพิจารณา"),
    ("acknowledge", "เห็นควรแจ้งฝ่ายโยธา"),
    ("resolve", "เรียน ผอ. ดำเนินการแล้วเสร็จเมื่อวันที่ ๒๐ พ.ย. ๖๙"),
    ("acknowledge", "เสนอหัวหน้าฝ่ายโยธาแล้วค่ะ"),
    ("resolve", "เรียบร้อยค่า"),
    ("resolve", "เจ้าของรถย้ายรถออกไปแล้วครับ"),
    ("resolve", "น้ำไม่ท่วมแล้วครับ"),
    ("resolve", "เก็บไปเมื่อเช้าครับ"),
    ("resolve", "หลอดไฟสว่างแล้วครับ ✅"),
    ("start", "เริ่มขุดแล้วค่ะ วันนี้ได้ครึ่งทาง"),
    ("start", "ลอกเลนแล้วค่ะ ยังเหลือช่วงท้ายซอย"),
    ("resolve", "ปกติทุกวันพุธ วันนี้เก็บให้ก่อนแล้วครับ"),
    ("resolve", "ผู้ร้องแจ้งว่ามีการทิ้งขยะ ฝ่ายรักษาฯ ได้จัดเก็บเรียบร้อยแล้ว"),
)


def test_notices_habits_and_hearsay_state_nothing_and_their_neighbours_do() -> None:
    assert {text: action for text in SAYS_NOTHING if (action := _acts(text))} == {}
    assert {text: found for action, text in SAYS if (found := _acts(text)) != action} == {}


def test_time_that_is_asked_for_is_a_promise_and_a_next_look_is_none() -> None:
    for words, due in (
        ("ขอเวลาดำเนินการ 15 วัน", 6),
        ("ขอระยะเวลาดำเนินการ ๑๕ วันครับ", 6),
        ("ขอเวลาซ่อมประมาณ 2 สัปดาห์ค่ะ", 5),
    ):
        assert read_reply(words, TODAY) == Reading("promise", None, date(2026, 12, due))
    for words in (
        "รองบประมาณปี 70 ดูอีกครั้ง 22 ธ.ค.",
        "รองบ ขอดูอีกครั้ง 22 มี.ค.",
        "อยู่ระหว่างของบกลาง จะแจ้งความคืบหน้าวันที่ 30 พ.ย.",
    ):
        assert read_reply(words, TODAY) == Reading("start", None, None)
        assert find_wait(words, TODAY)
    assert read_reply("พรุ่งนี้ไปดูอีกครั้งครับ", TODAY).action == "promise"
    assert read_reply("ใช้เวลาซ่อมไป 3 วันครับ เสร็จแล้ว", TODAY).action == "resolve"


def test_an_end_named_for_a_part_of_the_day_that_is_over_is_asked_about() -> None:
    for words, over in (("เรียบร้อยบ่ายนี้ครับ", time(17)), ("ปิดงานเช้านี้ครับ", time(14)), ("บ่ายนี้เรียบร้อยครับ", time(16, 45))):
        ahead, late = read_reply(words, TODAY, at=time(8)), read_reply(words, TODAY, at=over)
        assert ahead == read_reply(words, TODAY) == Reading("promise", None, TODAY)
        assert (late.action, late.due, late.sure, late.worth_asking) == ("resolve", None, False, True)
    assert read_reply("บ่ายนี้เข้าซ่อมครับ", TODAY, at=time(17)).action == "promise"
    assert read_reply("เรียบร้อยคืนนี้ครับ", TODAY, at=time(20)).action == "promise"


def _acts(words: str) -> str | None:
    reading = read_reply(words, TODAY)
    return reading.action if reading.sure else None
