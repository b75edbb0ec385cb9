"""Recognises what people type instead of tapping: commands, yes and no, greetings, a number, a spot.

Recognisers only; what we say stands in the catalogues.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from cases.case_numbers import DASH
from cases.case_numbers import find_case_number as find_case_number
from cases.case_numbers import strip_case_number as strip_case_number
from cases.phones import drop_other_numbers

LONGEST_COMMAND = 40
BESIDE_A_PHONE = 16  # letters: "my number is"

COMMANDS = {
    "report": "แจ้งเรื่อง|แจ้งเหตุ|แจ้งปัญหา|แจ้งเรื่องใหม่|แจ้งเรื่องร้องเรียน|ร้องเรียน|ร้องทุกข์|report|new report|start",
    "unfollow": "เลิกติดตาม|เลิกติดตามเรื่อง|ไม่ติดตามแล้ว|หยุดติดตาม|unfollow|stop following",
    "track": "ติดตามเรื่อง|ติดตาม|เรื่องของฉัน|สถานะ|เช็คสถานะ|เช็กสถานะ|ตรวจสอบสถานะ|เช็คเรื่อง|เช็กเรื่อง|ดูเรื่อง|ตามเรื่อง"
    "|เรื่องที่แจ้ง|เรื่องที่แจ้งไว้|track|status|my cases|my reports",
    "help": "ช่วยเหลือ|วิธีใช้|เมนู|ใช้ยังไง|ใช้อย่างไร|ทำอะไรได้บ้าง|แจ้งยังไง|แจ้งอย่างไร|วิธีแจ้ง|วิธีแจ้งเรื่อง|สอบถาม|ขอสอบถาม"
    "|สอบถามหน่อย|แจ้งอะไรได้บ้าง|แจ้งเรื่องอะไรได้บ้าง|ทำอะไรได้|ขอสอบถามหน่อย|มีเรื่องสอบถาม|ขอถามหน่อย|help|menu|?"
    "|how to use|what can you do",
    "human": "คุยกับเจ้าหน้าที่|ติดต่อเจ้าหน้าที่|ขอคุยกับเจ้าหน้าที่|คุยกับเจ้าหน้าที่ 1676|โทร 1676|1676|ขอเบอร์ติดต่อ|เบอร์ติดต่อ"
    "|ขอเบอร์โทร|โทรเบอร์อะไร|มีเจ้าหน้าที่ไหม|มีคนอยู่ไหม|มีใครอยู่ไหม|มีแอดมินไหม|human|agent|officer|talk to an officer",
    "cancel": "ยกเลิก|เลิก|ไม่แจ้งแล้ว|cancel|stop|quit",
    "back": "ย้อนกลับ|กลับ|ย้อน|back",
    "restart": "เริ่มใหม่|ขอเริ่มใหม่|เริ่มต้นใหม่|ขอเริ่มต้นใหม่|เริ่มใหม่หมด|restart|start over|start anew",
    "resume": "ทำต่อ|แจ้งต่อ|เล่าต่อ",
    "thai": "ไทย|ภาษาไทย|thai|th",
    "english": "english|eng|en|อังกฤษ|ภาษาอังกฤษ",
    "language": "language|ภาษา|เปลี่ยนภาษา|english/ไทย",
    "my_data": "ข้อมูลของฉัน|ข้อมูลส่วนตัว|ข้อมูลส่วนบุคคล|ลบข้อมูล|ขอลบข้อมูล|ประกาศความเป็นส่วนตัว|นโยบายความเป็นส่วนตัว"
    "|ความเป็นส่วนตัว|my data|delete my data|privacy|privacy notice",
    "my_data_copy": "ดาวน์โหลดข้อมูลของฉัน|ดาวน์โหลดข้อมูล|download my data",
    "my_data_erase": "ลบข้อมูลของฉัน|erase my data",
    "events": "กิจกรรม|กิจกรรมใกล้คุณ|กิจกรรมใกล้ฉัน|กิจกรรมใกล้บ้าน|มีกิจกรรมอะไรบ้าง|events|events near you|events near me",
    "add": "เพิ่มข้อมูล|ขอเพิ่มข้อมูล|เพิ่มรายละเอียด|แก้ไขเรื่อง|แก้เรื่อง|เพิ่มรูป|ขอเพิ่มรูป|ส่งรูปเพิ่ม|ขอส่งรูปเพิ่ม|แจ้งข้อมูลเพิ่ม|แจ้งข้อมูลเพิ่มเติม"
    "|ข้อมูลเพิ่มเติม|add details|add more|add a photo",
    "nothing": "ไม่ได้แจ้งอะไร|ยังไม่ได้แจ้งอะไร|ไม่ได้แจ้ง|ไม่ได้จะแจ้งอะไร|ไม่แจ้งอะไร|ไม่มีอะไร|ไม่มีอะไรแล้ว"
    "|ไม่มีอะไรเพิ่ม|ไม่มีปัญหา|ไม่มีปัญหาอะไร|ไม่เป็นไร|ไม่เป็นไรแล้ว|nothing|never mind|nevermind",
    "mistake": "กดผิด|กดผิดไป|ขอโทษ กดผิด|ขอโทษกดผิด|ขอโทษค่ะ กดผิด|ขอโทษครับ กดผิด|โทษที กดผิด|โทษทีกดผิด|พิมพ์ผิด|ส่งผิด|ส่งผิดแชต"
    "|ส่งผิดแชท|ผิดแชต|ผิดแชท|ผิดห้อง|ผิดกลุ่ม|ส่งผิดห้อง|ส่งผิดกลุ่ม|มือลั่น|กดเล่น|แค่ลองดู|ลองดูเฉยๆ|ลองดูเฉย|แค่ทดสอบ|by mistake"
    "|wrong chat|wrong button|just testing",
}
# Whole sentences that ask for the same, with their spaces left out. Each must be all that is said: words that only
# hold one are a problem told, "ไม่มีอะไรกั้นท่อ".
_WANTS = "(?:ขอ|อยาก|อยากจะ|ต้องการ|ช่วย|รบกวน)*"
_ME = "(?:ผม|หนู|ฉัน|เรา|ดิฉัน|พี่|ตัวเอง)"
_TAIL = "(?:หน่อย|ด้วย|ได้ไหม|ได้มั้ย|ได้มัย|ได้ปะ|ได้บ้าง|ที|บ้าง|อะ|อ่ะ|ไหม|มั้ย|มัย|เลย|ล่ะ|ละ|เนี่ย)*"
_TOLD = (
    f"(?:แล้ว)?(?:เรื่อง|เคส|งาน|ปัญหา)?(?:ที่)?(?:เคย|{_ME})*(?:แจ้ง|ร้องเรียน|ร้องทุกข์|ส่ง|รายงาน)?(?:เรื่อง)?(?:ไว้|ไป|มา)*"
    f"(?:ของ{_ME})?(?:แล้ว|เมื่อวาน|เมื่อวานนี้|วันก่อน|อาทิตย์ก่อน|ตอนนี้)*"
)
_WHEN = "(?:เมื่อไหร่|เมื่อไร|เมื่อไหร|ตอนไหน|วันไหน|กี่โมง)"
_MENDS = "(?:ซ่อม|แก้|แก้ไข|ทำ|ดู|จัดการ|เสร็จ|เก็บ)"
_NO_PLEA = "(?!.*(?:ไม่|แล้ว|เสีย|ผิด|ให้|โทร|ติด|สาย|รับ))"
_SENTENCES = {
    "human": f"{_WANTS}(?:คุย|พูด|พูดคุย|ติดต่อ|สอบถาม|ปรึกษา|โทรหา|โทรคุย|แช[ทต]|ต่อสาย)(?:กับ|หา|ถึง)?"
    f"(?:คน|เจ้าหน้าที่|จนท\\.?|แอดมิน|พนักงาน|มนุษย์|ใครสักคน|ใคร)(?:ที่เป็นคน)?(?:จริง|จริงๆ)?(?:1676)?{_TAIL}"
    f"|(?:ขอ|เรียก|ตาม)(?:สาย|เบอร์|เบอร์โทร)?(?:เจ้าหน้าที่|จนท\\.?|แอดมิน|คนจริง|คนจริงๆ){_TAIL}"
    "|(?:cani|couldi|mayi|iwantto|i'dliketo|iwouldliketo|letme)?(?:talk|speak|chat)(?:to|with)"
    "(?:a|an|the)?(?:real)?(?:human|person|staff|officer|agent|someone|somebody|operator)",
    "track": f"{_TOLD}(?:ไป|มา)?(?:ถึงไหน|ถึงขั้นไหน|คืบหน้า|เป็นยังไง|เป็นอย่างไร|เป็นไง|ว่าไง|ว่ายังไง)"
    f"(?:แล้ว|บ้าง|ไหม|มั้ย|หรือยัง|รึยัง|ถึงไหน)*{_TAIL}"
    f"|{_WANTS}(?:ดู|ทราบ|รู้|ติดตาม|เช็?[คก]|สอบถาม|ถาม|ตาม)(?:ความคืบหน้า|สถานะ|เรื่อง|เคส)(?:ความคืบหน้า)?(?:ของ)?{_TOLD}{_TAIL}"
    "|(?:มี)?ความคืบหน้า(?:บ้าง)?(?:ไหม|มั้ย|หรือยัง|รึยัง|ยัง)?"
    "|(?:how|what|where)(?:'s|is)(?:my|the)(?:case|report|complaint)(?:doing|going|status|now)?"
    "|(?:check|track|see)(?:my)?(?:cases?|reports?|status)|any(?:news|updates?|progress)|statusofmy(?:case|report|complaint)",
    "when": f"(?:แล้ว)?(?:{_WHEN}|กี่วัน|อีกกี่วัน|อีกนานไหม|นานไหม)(?:ถึง|จะ)*(?:มี)?"
    f"(?:คน|ช่าง|เจ้าหน้าที่|เขต)?(?:จะ)?(?:มา|เข้ามา|ลงมา|ได้)?{_MENDS}?(?:ให้|เสร็จ|ได้)*(?:ซักที|สักที)?{_TAIL}"
    f"|(?:แล้ว)?(?:จะ|มี|คน|ช่าง|เขต|เจ้าหน้าที่)*(?:(?:มา|เข้ามา){_MENDS}?|{_MENDS})(?:ให้|เสร็จ|ได้)*(?:อีก)?{_WHEN}"
    "|whenwill(?:you|they|it|someone|somebody)(?:be)?(?:come|fix|repair|fixed|repaired|done)?(?:it|tofixit|andfixit)?",
    "my_data": f"{_WANTS}(?:ดู|ลบ|แก้|แก้ไข|ทราบ)?ข้อมูล(?:ส่วนตัว|ส่วนบุคคล)?(?:ของ)?{_ME}{_TAIL}",
    "office_phone": f"(?:ขอ|อยากได้|ต้องการ|มี|หา)(?:เบอร์|หมายเลข)(?:โทร|โทรศัพท์|ติดต่อ)*(?:ของ)?(?:สำนักงาน|สนง\\.?)?"
    f"(?:เขต|เทศกิจ|ฝ่ายโยธา|โยธา){_NO_PLEA}[ก-๙]{{0,24}}"
    f"|(?:เบอร์|หมายเลข)(?:โทร|โทรศัพท์|ติดต่อ)*(?:ของ)?(?:สำนักงาน|สนง\\.?)?เขต{_NO_PLEA}[ก-๙]{{0,20}}"
    "|(?:whatis|what's|ineed|canihave|pleasegiveme)?(?:the)?(?:phone|telephone|contact)number(?:of|for)[a-z]{2,40}",
}
YES = (
    "ใช่|ใช่แล้ว|ใช่เลย|ถูก|ถูกต้อง|ถูกแล้ว|ตกลง|ยืนยัน|ยืนยันและส่งเรื่อง|ส่ง|ส่งเรื่อง|ส่งเลย|โอเค|โอเคร|ได้|ได้เลย|เอา|ให้|ให้เห็น|ให้เขตเห็น|ให้ได้"
    "|ok|okay|yes|yep|yeah|y|sure|correct|right|confirm|send|confirm and send|show it"
)
NO = "ไม่ใช่|ไม่|ไม่ถอน|ไม่ถอนแล้ว|keep it|ผิด|ไม่ถูก|ไม่ถูกต้อง|ไม่ใช่ที่นี่|no|n|nope|wrong|not there"
SKIP = (
    "ไม่มี|ไม่มีรูป|ไม่มีภาพ|ไม่มีรูปถ่าย|ไม่ได้ถ่าย|ไม่ได้ถ่ายรูป|ยังไม่มี|ยังไม่มีรูป|ข้าม|ไม่ให้|ไม่ให้เบอร์|ไม่ให้เห็น|ไม่ให้เขตเห็น|ไม่บอก|ไม่ต้อง|ไม่ต้องแสดง"
    "|ไม่มีอะไร|ไม่มีอะไรแล้ว|ไม่มีอะไรเพิ่ม|nothing|no thanks|no thank you"
    "|ไม่มีรูปนะ|ไม่มีรูปเลย|ไม่มีภาพถ่าย|ไม่ได้ถ่ายไว้|ไม่ได้ถ่ายรูปไว้"
    "|ไม่สะดวก|ไปต่อ|พอ|พอแล้ว|หมดแล้ว|ครบแล้ว|เสร็จแล้ว|แค่นี้|เท่านี้|ไม่|ไม่มีแล้ว|skip|none|no|nope|no photo|no photos"
    "|no number|hide|next|go on|done|continue|do not show|do not show it"
)
UNSURE = (
    "ไม่รู้|ไม่ทราบ|ไม่แน่ใจ|จำไม่ได้|ไม่รู้เขต|ไม่ทราบเขต|ไม่รู้เขตไหน|ไม่รู้ว่าเขตไหน|ไม่รู้เหมือนกัน"
    "|don't know|dont know|not sure|unsure|no idea|i don't know|i don't know the district"
)
GREETINGS = "สวัสดี|หวัดดี|ดี|ดีจ้า|hello|hi|hey|good morning|good afternoon|good evening|ทดสอบ|test|เทส"
PRAISE = "ดี|ดีจ้า|ดีมาก|ดีมากๆ|เยี่ยม|เยี่ยมมาก|เยี่ยมไปเลย|สุดยอด|good|great|very good|excellent|well done"
THANKS = "ขอบคุณ|ขอบคุณมาก|ขอบคุณมากมาก|ขอบคุณนะ|ขอบใจ|ขอบพระคุณ|ขอบพระคุณมาก|thanks|thank you|thank you very much|thx"
NODS = "โอเค|ok|okay|ครับ|ค่ะ|คะ|จ้า|รับทราบ|ทราบแล้ว|ได้เลย|ใช่|ไม่|อืม|yes|no"
THUMBS = "thumbs up|thumb up|thumbs|thumbsup|like|good job|👍"  # what LINE and its writer call a sticker
CLOSURE = {
    "yes": "เรียบร้อย|เรียบร้อยแล้ว|เรียบร้อยดี|เสร็จแล้ว|แก้แล้ว|แก้ไขแล้ว|หายแล้ว|ไม่มีปัญหาแล้ว|ไม่มีแล้ว"
    "|all well|all is well|fixed|it is fixed|gone",
    "partly": "แก้แล้วบางส่วน|บางส่วน|แก้บางส่วน|ยังเหลือบางส่วน|ยังไม่หมด|partly|partly fixed|partly gone",
    "no": "ยังไม่ได้แก้|ยังไม่แก้|ยังไม่เสร็จ|ยังไม่เรียบร้อย|ยังเป็นเหมือนเดิม|เหมือนเดิม|ยังไม่|ยังไม่หาย"
    "|ยัง|ยังเลย|ยังมี|ยังมีอยู่|ยังอยู่|ไม่เรียบร้อย|มีสิ|มีอยู่|not fixed|still there|not yet",
}
WITHDRAW = (
    "ขอยกเลิกเรื่องที่แจ้ง|ขอยกเลิกเรื่องที่แจ้งไว้|ยกเลิกเรื่องที่แจ้ง|ยกเลิกเรื่องที่แจ้งไว้"
    "|ถอนเรื่อง|ขอถอนเรื่อง|ถอนเรื่องนี้|ขอถอนเรื่องนี้|ถอนแจ้ง|ขอถอน|withdraw|withdraw it|withdraw my case"
)
# Of a case told before; in the middle of a report they call off the report.
CALL_OFF = "ยกเลิกเรื่อง|ยกเลิกเรื่องนี้|ขอยกเลิกเรื่อง|ขอยกเลิกเรื่องนี้|cancel my case|cancel this report"
UP_TO_YOU = re.compile(r"แล้วแต่|เลือกให้|ช่วยเลือก|อะไรก็ได้|any of them|you choose|up to you", re.IGNORECASE)
TWO = "สองเรื่อง|2 เรื่อง|2เรื่อง|2|แยก|แยกเรื่อง|แยกเป็นสองเรื่อง|ใช่|two|two reports|yes"
ONE = "เรื่องเดียว|เรื่องเดียวกัน|1 เรื่อง|1เรื่อง|1|ไม่แยก|ไม่ต้องแยก|ไม่|ไม่ใช่|รวมกัน|one|one report|no"
STARS = {
    "หนึ่ง": "1",
    "สอง": "2",
    "สาม": "3",
    "สี่": "4",
    "ห้า": "5",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
}
# One of these at least stands in nearly everything that is said in English; names of shops and roads hold none.
ENGLISH = (
    "a an the is are was in on at of to my our no not and there it this that has have with for near please hello hi"
    " help report how what when where can you your we i i'm broken light water road street garbage rubbish trash flood"
    " flooded tree dark good morning afternoon evening"
    " problem complaint do does need want would someone nobody very out"
)
# No word here ends in another of them, so it does not matter which is taken off first.
_POLITE = ("ครับผม", "ครับ", "คับ", "คะ", "ค่ะ", "ค่า", "จ้า", "จ้ะ", "นะ", "please", *" .!~…,ๆ")
_SPACES = re.compile(r"\s+")
_LAUGHS = re.compile("[5๕]{3,}[+]?|(?:ฮ่า|ฮา|ฮิ|อิ){2,}|(?:ha){2,}h?|lol")
_THUMBS = re.compile("(?:[👍👌](?:[\U0001f3fb-\U0001f3ff]|\ufe0f)? ?)+")
_PHOTO = re.compile("รูป|ภาพ|ถ่าย|photo", re.IGNORECASE)
_BARE_NUMBER = re.compile(rf"(\d{{4}})\s?{DASH}\s?(\d{{5,9}})")
_ASKS_STATUS = re.compile(
    r"ถึงไหน|คืบหน้า|สถานะ|ติดตาม|เป็นยังไง|เป็นอย่างไร|ว่าไง|ตามเรื่อง|ตรวจสอบ|เช[็]?[คก]"
    r"|\b(status|track|progress|news)\b|how far",
    re.IGNORECASE,
)
_REPORT_FIRST = re.compile(
    r"(?:ขอ)?(?:แจ้งเรื่องร้องเรียน|แจ้งเรื่อง|แจ้งเหตุ|แจ้งปัญหา|ร้องเรียน|ร้องทุกข์|report)(?:\s*[:：]\s*|\s+)",
    re.IGNORECASE,
)
_TELLS_PROBLEM = re.compile(r"(?:ขอ|อยาก|จะ)?(?:แจ้ง|ร้องเรียน)|(?:ยัง)?(?:มี|พบ|เจอ)ปัญหา|i want to report", re.IGNORECASE)
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
# Whatever may stand between two digits, and never more of it than people put there.
_BETWEEN = r"[\W_]{0,3}"
_PHONE = re.compile(
    rf"(?<!\d)(?<!\d\.)(?:0(?!\.){_BETWEEN}|(?:\+\s?|00?)?66{_BETWEEN}(?:0{_BETWEEN})?)"
    rf"(?P<rest>[689](?:{_BETWEEN}\d){{8}}|[2-57](?:{_BETWEEN}\d){{7}})(?!\d)"
)
_LOCATES = re.compile(r"^(?:อยู่(?:ที่|แถว)?|แถว|ที่|คือ|in|at)\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
_THEN = r"(?:ครับ|คับ|ค่ะ|คะ|จ้า)?[\s,.]+(?=\S)"
_YES_FIRST = re.compile(rf"(?:ใช่|ถูกต้อง|yes\b)(?:แล้ว)?{_THEN}", re.IGNORECASE)
_NO_FIRST = re.compile(rf"(?:ไม่ใช่|ผิด|no\b|wrong\b){_THEN}", re.IGNORECASE)
# A soi with its number, or something to stand before or beside: enough for a crew to find the spot.
_SPOT = re.compile(
    r"(?:ซอย|ซ\.)\s?[ก-๙]{0,24}\s?\d"
    r"|(?:หน้า|ตรงข้าม|ใกล้|ข้าง|ปากซอย|แยก|ตลาด|วัด|โรงเรียน|หมู่บ้าน|สถานี|เลขที่|สะพานลอย)\s?[ก-๙\da-z]{2}"
    r"|(?:^|\s|ที่|บน|ริม)(?:ถนน|ถ\.)\s?(?!ดับ|เป็น|มี|พัง|ชำรุด|ทรุด|ขรุขระ|มืด|ใน|หน้า|ท่วม|แตก|เขต)[ก-ฮเ-ไ][ก-๙]{2}"
    r"|\bsoi\s?\w|\b(?!the|this|our|my|a|main)\w+ (?:road|rd)\b|\b(?:near|opposite|in front of)\s\w",
    re.IGNORECASE,
)


def _table(words: str) -> frozenset[str]:
    return frozenset(words.split("|"))


_YES, _NO, _SKIP, _UNSURE, _GREETINGS, _THANKS, _NODS, _WITHDRAW, _CALL_OFF, _TWO, _ONE, _PRAISE = (
    _table(words) for words in (YES, NO, SKIP, UNSURE, GREETINGS, THANKS, NODS, WITHDRAW, CALL_OFF, TWO, ONE, PRAISE)
)
_COMMAND_OF = {word: name for name, words in COMMANDS.items() for word in words.split("|")}
_SENTENCE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _SENTENCES.items()))
_STARS = re.compile(rf"(?:ให้)?(?:([1-5])|({'|'.join(STARS)}))(ดาว|คะแนน|stars?|/5)?(?:ไปเลย|เลย)?")
_STARS_FIRST = re.compile(rf"(?:ให้)?\s?(?:([1-5])|({'|'.join(STARS)}))\s?(?:ดาว|คะแนน|stars?|/5)(?:\s|,|เลย|ครับ|ค่ะ|$)")
_ENGLISH = frozenset(ENGLISH.split())
_CLOSURE_OF = {word: name for name, words in CLOSURE.items() for word in words.split("|")}


@lru_cache(maxsize=1024)  # one text is asked about a dozen times in its turn
def _plain(text: str) -> str:
    shown = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return _SPACES.sub(" ", shown.strip().lower().replace("’", "'"))


@lru_cache(maxsize=1024)
def _bare(text: str) -> str:
    plain = _plain(text)
    end = len(plain)
    while word := next((word for word in _POLITE if plain.endswith(word, 0, end)), ""):
        end -= len(word)
    return plain[:end] or plain


def _is_one_of(text: str, table: frozenset[str]) -> bool:
    return len(text) <= LONGEST_COMMAND and (_plain(text) in table or _bare(text) in table)


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in it at all."""
    return any(letter.isalnum() for letter in text)


def find_command(text: str) -> str | None:
    """The command that these words are, whole; words that merely hold one are not a command."""
    if len(text) > LONGEST_COMMAND:
        return None
    command = _COMMAND_OF.get(_plain(text)) or _COMMAND_OF.get(_bare(text))
    found = None if command else _SENTENCE.fullmatch(_bare(text.rstrip("? ")).replace(" ", ""))
    return command or (found.lastgroup if found else None)


def is_yes(text: str) -> bool:
    """Whether the words agree."""
    return _is_one_of(text, _YES)


def is_no(text: str) -> bool:
    """Whether the words disagree."""
    return _is_one_of(text, _NO)


def is_skip(text: str) -> bool:
    """Whether the words pass a question by."""
    return _is_one_of(text, _SKIP)


def gives_phone(text: str) -> str | None:
    """The telephone number that a whole text is, with hardly a word beside it."""
    number = find_phone(text)
    beside = sum(letter.isalpha() for letter in text)
    return number if number and beside <= BESIDE_A_PHONE else None


def has_no_photo(text: str) -> bool:
    """Whether the words say that there is no photo, wherever that is said."""
    return is_skip(text) and bool(_PHOTO.search(text))


def is_unsure(text: str) -> bool:
    """Whether the words say that the person does not know."""
    return _is_one_of(text, _UNSURE)


def is_nod(text: str) -> bool:
    """Whether the words only nod or shake the head: an answer to somebody, but nothing to put on record."""
    return _is_one_of(text, _NODS) or is_yes(text) or is_no(text)


def is_thanks(text: str) -> bool:
    """Whether the words only thank."""
    return _is_one_of(text, _THANKS)


def is_praise(text: str) -> bool:
    """Whether the words only praise."""
    return _is_one_of(text, _PRAISE)


def begins_report(text: str) -> bool:
    """Whether the words say of themselves that they tell of a problem."""
    return bool(_REPORT_FIRST.match(text) or _TELLS_PROBLEM.match(text))


def is_courtesy(text: str) -> bool:
    """Greetings and thanks, which answer no question."""
    return is_thanks(text) or _is_one_of(text, _GREETINGS) or bool(_LAUGHS.fullmatch(_bare(text)[:LONGEST_COMMAND]))


def is_small_talk(text: str) -> bool:
    """What tells of no problem: courtesies, a nod, or no letter or digit at all."""
    return not has_words(text) or is_courtesy(text) or is_nod(text)


def split_answer(text: str) -> tuple[bool, str]:
    """Yes or no before more words: which, and the rest. Yes with the whole text where it is neither."""
    agreed, refused = _YES_FIRST.match(text), _NO_FIRST.match(text)
    if refused:
        return False, text[refused.end() :]
    return True, text[agreed.end() :] if agreed else text


def find_closure(text: str) -> str | None:
    """The answer to "how is it now" that these words are, whole: yes, partly or no."""
    if len(text) > LONGEST_COMMAND:
        return None
    if _THUMBS.fullmatch(_plain(text)):
        return "yes"
    return _CLOSURE_OF.get(_plain(text)) or _CLOSURE_OF.get(_bare(text))


def shows_thumb(keywords: Iterable[str], drawn: str) -> bool:
    """Whether a sticker is a thumb up, by LINE's keywords of it and the words drawn on it."""
    return any(_plain(word) in _table(THUMBS) for word in (*keywords, drawn))


def asks_withdrawal(text: str) -> bool:
    """Whether the words ask that a case told before be taken back."""
    return _is_one_of(text, _WITHDRAW) or calls_off(text)


def calls_off(text: str) -> bool:
    """Whether the words call off "this matter": the report that is being told, else a case told before."""
    return _is_one_of(text, _CALL_OFF)


def leaves_choice(text: str) -> bool:
    """Whether the words leave it to us which it is."""
    return len(text) <= LONGEST_COMMAND and bool(UP_TO_YOU.search(text))


def count_matters(text: str) -> int | None:
    """One matter or two, where the words say only that."""
    if _is_one_of(text, _TWO):
        return 2
    return 1 if _is_one_of(text, _ONE) else None


def find_stars(text: str, *, asked: bool = False) -> str | None:
    """The stars that these words give, 1 to 5; a bare number counts where stars were just `asked` for."""
    drawn = len(text.strip()) if text.strip() and set(text.strip()) <= set("⭐★🌟") else 0
    if drawn:
        return str(drawn) if drawn <= 5 else None
    found = _STARS.fullmatch(_bare(text).translate(_THAI_DIGITS).replace(" ", ""))
    if found is None or not (found[3] or asked):
        return None
    return found[1] or STARS[found[2]]


def split_stars(text: str) -> tuple[str, str] | None:
    """The stars that the words begin with, said as such, and what is said beside them."""
    found = _STARS_FIRST.match(_plain(text[:LONGEST_COMMAND]).translate(_THAI_DIGITS))
    return (found[1] or STARS[found[2]], text.strip()[found.end() :].strip(" ,.")) if found else None


def is_english(text: str) -> bool:
    """Whether this is plainly said in English: no Thai in it, and words that no name holds."""
    said = _ADDRESS.sub(" ", _plain(text))
    letters = [letter for letter in said if letter.isalpha()]
    if len(letters) < 4 or not all(letter.isascii() for letter in letters):
        return False
    return not _ENGLISH.isdisjoint(re.findall(r"[a-z']+", said))


def find_bare_number(text: str) -> str | None:
    """The case number that a whole text is without its letters: 6911-00042."""
    found = _BARE_NUMBER.fullmatch(_plain(text).translate(_THAI_DIGITS))
    return f"FT{found[1]}-{found[2]}" if found else None


def asks_status(text: str) -> bool:
    """Whether the words that stand beside a case number ask how far it has come."""
    return not has_words(text) or (len(text) <= LONGEST_COMMAND and bool(_ASKS_STATUS.search(text)))


def strip_report_word(text: str) -> str:
    """The problem without "แจ้งเรื่อง" before it."""
    found = _REPORT_FIRST.match(text)
    rest = text[found.end() :].strip() if found else ""
    return rest if has_words(rest) else text


def is_link(text: str) -> bool:
    """Whether the words are addresses of the web and nothing else."""
    return bool(_ADDRESS.search(text)) and not has_words(_ADDRESS.sub(" ", text))


def read_as_khet(text: str) -> str:
    """A bare name as the name of a khet, for somebody asked where; empty where it is more than a name."""
    bare = _LOCATES.sub("", _bare(text))
    if len(bare) > LONGEST_COMMAND or not has_words(bare) or any(letter.isdigit() for letter in bare):
        return ""
    bare = bare.removeprefix("เขต").removeprefix("khet ")
    return f"khet {bare}" if bare.isascii() else f"เขต{bare}"


def tells_spot(text: str) -> bool:
    """Whether the words name a spot that a crew can find: a soi with its number, a shop, a school, a road."""
    return bool(_SPOT.search(text.translate(_THAI_DIGITS)))


def find_phone(text: str) -> str | None:
    """The first Thai telephone number in the words, its nine or ten digits; None where there is none."""
    found = _PHONE.search(drop_other_numbers(_plain(text).translate(_THAI_DIGITS)))
    return "0" + re.sub(r"\D", "", found["rest"]) if found else None
