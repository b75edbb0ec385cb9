"""Times to come that name no day of the calendar: "หลังฝนหยุด", "วันปิยะ", "ไตรมาสหน้า", "31 ก.พ.".

What ends then has not ended, whatever its verb says; where a doubt is left, it has not either.
"""

import re

from cases.thai_dates import names_no_day

_NEAR = r"\s*(?:ทัน|ช่วง|ตอน|ใน|ราว|ประมาณ|สัก|อย่างช้า|ต้น|กลาง|ปลาย|สิ้น|ภายใน)?\s*"
# Places and buildings, and what an office looks back on.
_NOT_AFTER = (
    r"บ้าน|ตลาด|วัด|โรง|ตึก|อาคาร|ร้าน|หมู่|ซอย|ห้าง|คอนโด|สถานี|ปั๊ม|ป้าย|เขต|สวน|สนาม|ศูนย์|มหา|คา|สุด|แรก|ที่|นี้|\s*\d"
    r"|รับ(?:แจ้ง|เรื่อง|ทราบ)|ได้(?:รับ)?(?:การ)?(?:แจ้ง|เรื่อง|ประสาน)|แจ้ง|ตรวจ|ลงพื้นที่|ดำเนินการ|ซ่อม(?!.*รอ)|แก้ไข"
)
# With these the end hangs on something else, which "แล้ว" behind it does not bring.
_ONCE = re.compile(
    rf"{_NEAR}(?:หลัง(?:จาก|(?!จาก))\s*(?!{_NOT_AFTER})[ก-๎a-z]"
    r"|เมื่อ(?!วาน|คืน|เช้า|กี้|ครู่|สักครู่|เย็น|บ่าย|ค่ำ|เที่ยง|สาย|ตอน|ช่วง|ปี|เดือน|อาทิตย์|สัปดาห์|วัน|เวลา|แรก|ไร|ไหร่|\s*\d)\s*[ก-๎]"
    r"|ตอน(?:ที่)?(?!ที่แล้ว|เช้า|สาย|บ่าย|เที่ยง|เย็น|ค่ำ|ดึก|กลาง|นี้|นั้น|แรก|ต้น|ท้าย|ปลาย|หัว|บน|ล่าง|ใน|หน้า|หลัง|ซ้าย|ขวา|ตี|หัว|\s*\d)[ก-๎]"
    r"|พอ(?!ดี|ใช้|ใจ|สมควร|ได้|ควร|แล้ว|ๆ)[ก-๎]"
    r"|(?:after|once|when) (?:the |we |it )?[a-z])"
)
# With a date behind them these are read as days.
_WEEKDAY = "จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์|อาทิตย์"
_SOME_DAY = re.compile(
    rf"{_NEAR}(?:วัน(?!เดียว|นั้น|นี้|ก่อน|แรก|เวลา|ละ|ที่|ๆ|{_WEEKDAY})[ก-๎]"
    r"|ไตรมาส|(?:งวด|รอบ|เฟส|เทอม|ภาคเรียน|ล็อต|คราว|ครั้ง)\s*(?:หน้า|ถัดไป|ต่อไป|แรก|ที่|สอง|สาม|\d)"
    r"|(?:หน้า|ฤดู)\s*(?:ฝน|แล้ง|หนาว|ร้อน)"
    r"|ตรุษ|สารท|ลอยกระทง|เข้าพรรษา|ออกพรรษา|คริส|วาเลนไทน์|มาฆ|วิสาข|อาสาฬห|ปีใหม่|สงกรานต์|เทศกาล|เลือกตั้ง"
    r"|ปิดเทอม|เปิดเทอม|หยุดยาว|ไว\s?ๆ\s?นี้|เร็ว\s?ๆ\s?นี้"
    r"|(?:in |by |the )*(?:q[1-4]|(?:next|first|second|third|fourth|last) quarter|christmas))"
)
_FIRST = re.compile(rf"{_NEAR}ก่อน(?!หน้า|กำหนด|เวลา|เที่ยง|นี้|แล้ว)[ก-๎]")
_GONE = re.compile("ที่แล้ว|ที่ผ่านมา|มาแล้ว|ปีก่อน|เดือนก่อน|ครั้งก่อน|คราวก่อน|รอบก่อน|เมื่อวาน|เมื่อคืน|เมื่อเช้า|เมื่อวัน|ตั้งแต่|เพิ่ง")
_DONE = re.compile("แล้ว|already")


def opens_with_time_ahead(text: str) -> bool:
    """Whether words right behind "finished" put it off to such a time."""
    if _GONE.search(text):
        return False
    return bool(_ONCE.match(text) or names_no_day(text) or (_SOME_DAY.match(text) and not _DONE.search(text)))


def leads_up_with_time_ahead(text: str) -> bool:
    """The same of words that lead up to "finished": "หลังเลือกตั้งเสร็จ", "31 ก.พ. เสร็จ", "ก่อนตรุษจีนเสร็จ"."""
    return opens_with_time_ahead(text) or bool(_FIRST.match(text) and not _GONE.search(text))
