"""Tells what goes on once the work is done from work that goes on: "เก็บเรียบร้อยแล้ว กำลังตามหารถที่ทำหล่น" looks for who
did it, "ขุดแล้ว กำลังวางท่อ" is not done. Of the former nothing is taken back."""

import re

from cases.reply_words import Word

_PURSUES = re.compile(
    "(?:การ|ดำเนินการ)?(?:ติดตาม|ตาม|สืบ|ค้น?หา|ดูกล้อง|เช็[คก]กล้อง|ไล่กล้อง|ตรวจ(?:สอบ)?(?:กล้อง|หา)|สอบ(?:สวน|ปาก|ถาม|ข้อเท็จ|หา)"
    "|ดำเนินคดี|แจ้งความ|ออกหมาย|รวบรวม|ขยายผล|เฝ้า|สังเกต|(?:จัดทำ|ทำ|สรุป)?รายงาน|(?:จัด)?ทำสำนวน)"
)
_DONE = frozenset(("done", "finished", "tick"))
# People that were warned and are now proceeded against have put nothing right: "enforce" is none of these.
_WORK = frozenset(("fix", "act", "light", "restored", "did"))
_ENDS = frozenset(("gap", "stop", "polite"))


def hear_pursuit(words: list[Word]) -> list[Word]:
    """With what is pursued after the work as plain words."""
    heard, start, done = list(words), 0, False
    for end in [*(i for i, word in enumerate(words) if word.kind in _ENDS), len(words)]:
        breath = words[start:end]
        kinds = [word.kind for word in breath]
        if done and kinds[:1] == ["progress"] and _PURSUES.match("".join(word.text for word in breath[1:]).lstrip()):
            heard[start:end] = [Word("text", word.text, word.start, word.end) for word in breath]
        else:
            at = next((i for i, kind in enumerate(kinds) if kind in _WORK), len(kinds))
            told_to = "".join(word.text for word in breath[:at]).endswith("ให้")  # "แจ้งเจ้าของให้รื้อถอนแล้ว"
            done = done or not (told_to or _DONE.isdisjoint(kinds[at:]))
        start = end + 1
    return heard
