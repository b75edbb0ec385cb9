"""Tells naming from stating: a place that was not found, which is no finding of what was reported there; a noun with a
clause hung on it; and the day on which a thing arrives, which is no day of work."""

import re
from itertools import takewhile

from cases.reply_clauses import NOUNS, VERBS, WORKS
from cases.reply_words import Word

_SEEKS = re.compile("(?:^|[^ญป])หา(?:จุด|ที่|บ้าน|ซอย|สถานที่|ตำแหน่ง|พิกัด|ไม่|ยัง)?(?:เกิดเหตุ|ดังกล่าว|ที่แจ้ง)?$")
# How many words back what something hangs on is looked for, and a look at the place.
_NEAR = 6
_REACH = 12
_PLACES = ("จุด", "ซอย", "บ้าน", "สถานที่", "ที่เกิดเหตุ", "ตำแหน่ง", "ที่อยู่", "เลขที่")
_ARRIVES = re.compile("มา|ถึง|ส่ง|ได้ของ|arriv")
_ONCE_MORE = re.compile("อีก(?:ครั้ง|ที|รอบ|หน)|ความคืบหน้า|คืบหน้า|อัพเดท|อัปเดต|update|again")


def is_place_not_found(words: list[Word], i: int) -> bool:
    """ "หาจุดไม่เจอ", "ไปแล้วไม่เจอ": nobody got there; in "ไปดูแล้วไม่เจอ" somebody looked."""
    before = "".join(
        word.text for word in takewhile(lambda word: word.kind != "gap", reversed(words[max(0, i - 1) : i]))
    )
    if words[i].text.startswith("หา") or _SEEKS.search(before.strip()):
        return True
    after = words[i + 1] if i + 1 < len(words) else None
    if after is not None and after.kind not in ("gap", "done"):
        return after.text.startswith(_PLACES)
    return all(word.kind != "inspect" for word in words[max(0, i - _REACH) : i])


def is_relative(words: list[Word], i: int) -> bool:
    """ "ลักษณะของกล้อง ที่อยู่ในความรับผิดชอบของ สจส." names a thing; "เป็นกล้องที่อยู่ใน…" says what it is."""
    chunk = list(takewhile(lambda word: word.kind != "gap", reversed(words[max(0, i - _NEAR) : i])))
    for at, word in enumerate(chunk):
        if word.kind in VERBS:
            return False
        if word.text == "ที่อยู่" or (word.kind == "text" and word.text.strip().endswith("ที่")):
            return all("เป็น" not in other.text for other in (*chunk[at:], word))
    return False


def is_arrival(chunk: list[Word]) -> bool:
    """ "คาดว่ามาวันศุกร์", of parts that are waited for: their day, and nobody's."""
    if any(word.kind in VERBS or word.kind in NOUNS for word in chunk):
        return False
    return any(word.kind == "text" and _ARRIVES.search(word.text) for word in chunk)


def is_next_look(chunk: list[Word]) -> bool:
    """ "ดูอีกครั้ง 22 มี.ค.", "จะแจ้งความคืบหน้าวันศุกร์", of who waits: the day to look or tell again, and none of work."""
    if any(word.kind in WORKS or word.kind in ("finished", "plan") for word in chunk):
        return False
    return _ONCE_MORE.search("".join(word.text for word in chunk)) is not None
