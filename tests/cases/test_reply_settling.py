"""What rules alone missed or took for something else is acted on as what it states; its likeness is not."""

import json
from datetime import date

from cases import reply_likeness
from cases.reply_reader import read_reply
from cases.reply_words import cut_into_words
from scripts import fit_replies

TODAY = date(2026, 11, 22)

STATED = {
    "resolve": [
        # what is pursued after the work takes none of it back
        "เก็บเศษปูนที่ตกกลางถนนเรียบร้อยแล้ว กำลังตามหารถที่ทำหล่น",
        "เก็บขยะที่ลักลอบทิ้งเรียบร้อยแล้ว อยู่ระหว่างติดตามผู้กระทำผิด",
        # verbs of the hand that no list holds
        "สายไฟที่ห้อยลงมามัดขึ้นสูงแล้วครับพี่",
        "กรณีน้ำท่วมขังได้ติดตั้งเครื่องสูบน้ำเพิ่ม 1 เครื่อง ปัจจุบันระดับน้ำเข้าสู่ปกติ",
        "เขตได้โอนเงินสงเคราะห์เข้าบัญชีผู้ร้องแล้วเมื่อวันที่ 18 พ.ย.",
    ],
    "not_found": ["ลงไปที่ซอยไม่มีน้ำขังค่ะ", "เจ้าหน้าที่เข้าตรวจสอบโรงงานเมื่อวันที่ 19 พ.ย. ไม่พบกลิ่นเหม็นตามที่ร้องเรียน"],
    "transfer": [
        # letters, to whom they go and to whom they are addressed
        "สำนักงานเขตมีหนังสือที่ กท 5601/1123 ถึงการประปานครหลวง สาขาพญาไท เพื่อโปรดดำเนินการซ่อมท่อแตกแล้ว",
        "ออกหนังสือถึงการทางพิเศษฯ ขอให้ซ่อมไฟใต้ทางด่วนแล้ว",
        "เรียน ผู้จัดการการประปานครหลวงสาขาลาดพร้าว เพื่อโปรดพิจารณาดำเนินการ",
        "เขตฯ ได้แจ้งสถานีตำรวจนครบาลโชคชัยเพื่อทราบและดำเนินการในส่วนที่เกี่ยวข้องแล้ว",
        # where the place lies
        "เลยสะพานไปเป็นฝั่งลาดกระบังแล้ว ไม่ใช่ประเวศ",
        "หมุดตกที่ดอนเมือง ไม่ใช่หลักสี่",
        "ถนนเส้นนั้นเลยหลักเขตไปแล้วครับ เป็นของบางเขน",
        "จุดดังกล่าวเป็นรอยต่อ ตรวจสอบแนวเขตแล้วอยู่ฝั่งเทศบาลนครนนทบุรี",
        "ส่ง จส. ดูสัญญาณไฟให้แล้วนะครับ",
    ],
    "promise": ["คิวรถดูดโคลนได้วันพุธที่ 25 ครับ"],
    "start": [
        "เดินปั๊มอยู่",
        "ช่างปีนเสาอยู่ค่ะ",
        "ทีมตัดต้นไม้ออกไปแล้วค่ะเมื่อสิบโมง",
        "เริ่มเข้าดำเนินการตั้งแต่วันที่ 20 พ.ย. คืบหน้าร้อยละ 30",
        "ลงคนตัดหญ้าไปแล้วครึ่งนึงครับ วันนี้ทำต่อ",
        "อยู่ระหว่างขออนุมัติเงินซ่อมเครื่องออกกำลังกาย",
    ],
    "ask": [
        "ยังขาดรูปจุดเกิดเหตุค่ะ",
        "ขอทราบเลขรถเมล์หรือป้ายทะเบียนด้วยค่ะ",
        "เรียนผู้แจ้ง เหตุเกิดช่วงเวลาใดบ้าง",
    ],
    "acknowledge": ["ฝากฝ่ายรักษาความสะอาดดูให้แล้วค่า", "ส่งไลน์บอกหัวหน้าสวนแล้วนะคะ", "ผู้ช่วย ผอ. รับทราบแล้ว สั่งโยธาดูให้"],
    "decline": ["ขอปิดนะครับ เรื่องนี้แจ้งมาแล้วเคสก่อน"],
}
TALKED = [
    "ของเขตเราเดือนนี้ปิดไปแล้ว 48 เคส เหลือ 5",
    "วันนี้เข้ากี่เคสแล้วคะ",
    "กล้องตรงแยกนั้นเป็นของ สจส. หรือของเขตคะ",
    "รถเขาจอดอยู่ที่เดิม",
    "รถติดตั้งแต่ลาดพร้าวยันบางกะปิ",
    "บ้านผมอยู่ลาดกระบังครับ",
    "พี่เอกินข้าวอยู่",
    "อรุณสวัสดิ์วันอังคารครับ",
    # an end to come and a place that is no name of a body
    "ซ่อมเสร็จแล้วค่อยปิดเคสนะ",
]
UNDER_WAY = ["ขุดท่อเก่าออกแล้ว กำลังวางท่อใหม่", "ตรวจสอบแล้ว อยู่ระหว่างติดตามตัวเจ้าของ", "ซ่อมเสร็จแล้วครับ แต่น้ำยังไม่ลด"]


def _acts(words: str) -> str | None:
    reading = read_reply(words, TODAY)
    return reading.action if reading.sure else None


def test_what_rules_alone_missed_is_read_and_talk_like_it_is_not() -> None:
    assert {(words, _acts(words)) for said in STATED.values() for words in said} == {
        (words, step) for step, said in STATED.items() for words in said
    }
    assert [words for words in TALKED if _acts(words)] == []
    assert [words for words in UNDER_WAY if _acts(words) == "resolve"] == []


def test_likeness_is_learnt_from_labelled_notes() -> None:
    said = {f"มัดสายไฟ{place}ขึ้นแล้วครับ": "resolve" for place in "กขคงจฉชซ"}
    said |= {f"{place}กินข้าวกันหรือยังคะ": "none" for place in "กขคงจฉชซ"}
    said |= {"เรื่องนี้": "stated", "ท่อตันหน้าบ้านค่ะ": "report"}
    manners, alike = fit_replies.read_notes(said)
    assert (len(manners), len(alike)) == (len(said) - 1, len(said) - 1)
    weights, always = fit_replies.fit_likeness(alike)
    made = json.loads(fit_replies.write_likeness(weights, always))
    assert list(made["always"]) == list(fit_replies.STEPS) == list(made["weights"])
    assert any("แล้ว" in mark for marks in made["weights"]["resolve"].values() for mark in marks)
    # Whatever is asked of it, it shares out one.
    assert abs(sum(reply_likeness.liken(cut_into_words("มัดขึ้นแล้ว", TODAY), []).values()) - 1) < 1e-9
