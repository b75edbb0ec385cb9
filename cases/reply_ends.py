"""Hears in what stands right behind a bare "finished" whether it is: behind it may come particles, a place, a count, a
photo, a name, what became of it or a time gone by. A time to come, a condition, an event or a measure says that it is
not, as does anything that is not known here."""

import re
from itertools import pairwise, takewhile

from cases.reply_clauses import NOUNS, VERBS, Mood, Sentence
from cases.reply_outlook import Outlook, is_ended_ahead
from cases.reply_spelling import PATTERNS
from cases.reply_words import Word, is_past

# Far enough for a number and what is counted, which are written apart.
_REACH = 9
_FEW = 3
_ENDS: dict[str, list[str]] = PATTERNS["ends"]
_KNOWN = "|".join(pattern for patterns in _ENDS.values() for pattern in patterns)
_SPAN = r"(?:วัน|สัปดาห์|อาทิตย์|เดือน|ปี|ชั่วโมง|ชม|นาที|โมง|ทุ่ม|น\.)"
# "ประมาณ 200 เมตร", "2 จุด"; "ประมาณ 2 อาทิตย์ก่อน".
_COUNT = (
    rf"(?:ไป)?(?:แค่|เพียง|ภายใน|ประมาณ|ราว|อีก)?\s*\d[\d,.]*(?!\s?(?:-|ถึง)?\s?\d*\s?{_SPAN}|[\d.:])\s*(?!$)\S"
    rf"|(?:ประมาณ|ราว)?\s*\d+\s?{_SPAN}\s?(?:ก่อน|ที่แล้ว|ที่ผ่านมา|มาแล้ว)"
)
_ENGLISH = (
    r"by (?:the )?(?:\d|end|noon|mid|to|next|mon|tue|wed|thu|fri|sat|sun)|when|if|before|after|until|till|in (?:a|\d)"
    "|next|once|within|with(?:out)?|not|only|un"
)
_PLAIN = re.compile(rf"\s*(?:$|{_KNOWN}|{_COUNT}|\(|(?!{_ENGLISH})[a-z])")
_COME = ("มา", "เข้า", "ว่าง", "กลับ", "พร้อม", "อนุมัติ")
_READ_LETTER_BY_LETTER = frozenset(("text", "when", "anew"))
_TELLS_NOTHING_OF_TIME = (
    NOUNS
    | VERBS - {"procedure"}
    | {"done", "finished", "tick", "outcome", "polite", "mark", "stop", "gap", "link", "assent", "got", "found"}
    | {"asked", "long_ago", "plan", "normal", "missing", "lacking", "purpose", "thanks", "softener"}
    | {"date", "future", "part", "stopgap", "not_yet", "again", "still", "impatient", "that", "wait", "let"}
    | {"progress", "choice", "trouble", "stay", "private", "offtopic", "mock", "nominal", "want", "request", "later"}
    | {"question", "status_question"}
)  # fmt: skip
_NUMBER = "(?:หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ(?:เอ็ด)?|เอ็ด|ตี|\\d{1,2}(?:[.:]\\d\\d)?)"
_LEAD = r"\s*(?:ทัน|ช่วง|ตอน|เวลา|ใน|ราว|ประมาณ|ไม่เกิน|ไม่น่าเกิน|ก่อน|อย่างช้า|ภายใน|สัก|แถว|ๆ|\s)*"
_HOUR = re.compile(
    rf"{_LEAD}(?:บ่าย\s?(?:โมง|สอง|สาม|สี่|ห้า|[1-5])|{_NUMBER}\s?(?:โมง|ทุ่ม)|ตี(?:หนึ่ง|สอง|สาม|สี่|ห้า|[1-5])|เที่ยงคืน"
    rf"|\d{{1,2}}[.:]\d\d|\d{{1,2}}\s?น\.)(?:ครึ่ง|เย็น|เช้า|กว่า|ตรง|\s|น\.|นะ)*$"
)
_SOON = re.compile("อีก(?:สัก|ซัก)?(?:พัก|แป๊บ|แปบ|หน่อย|นิด|ไม่นาน|ครู่|เดี๋ยว|ประเดี๋ยว)(?:ๆ|นึง|เดียว|หนึ่ง|ก็)*$")
# Who offers to hear of it again speaks of what comes after the end.
_OFFERS = frozenset(("tell", "clerical", "request", "trouble", "again", "asked", "anew", "reporter", "found"))
_AGAIN = re.compile("อีก|ปัญหา|สงสัย|เพิ่มเติม|ติดต่อ|ไม่เรียบร้อย")
# Who writes the date of today reports, and does not promise.
_WRITTEN_DAY = re.compile(r"\d[.:]\d\d\s?น|\d\s*(?:/|[ก-ฮ]{1,2}\.|[ก-๎]+(?:คม|ยน|พันธ์))")
_MORNING = re.compile("เช้า|สาย")
_WITHIN = re.compile("ภายใน|ไม่เกิน|ทัน|ก่อน|อย่างช้า")


def _read_clause(words: list[Word], i: int) -> list[Word]:
    """What stands behind the word at `i` up to a pause; a number and what is counted are one breath."""
    clause: list[Word] = []
    for word in words[i + 1 : i + _REACH]:
        numbered = bool(clause) and (clause[-1].text.strip()[-1:].isdigit() or clause[-1].kind == "text")
        if word.kind == "gap" and not numbered:
            break
        clause.append(word)
    while clause and clause[-1].kind == "gap":
        clause.pop()
    for at, word in enumerate(clause):
        if word.kind == "gap" and not (clause[at + 1].text[:1].isdigit() or clause[at - 1].text.strip()[-1:].isdigit()):
            return clause[:at]
    return clause


def hangs_on_what_follows(words: list[Word], i: int) -> bool:
    """Whether the "finished" at `i`, with no "done" behind it, is taken back by the rest of its clause."""
    clause = _read_clause(words, i)
    if not clause or any(word.kind == "done" or is_past(word) for word in clause):
        return False
    if any(word.mention for word in clause):
        return False  # a day is read as one
    text = "".join(word.text for word in clause)
    if clause[0].kind in NOUNS and len(clause) > 1 and clause[1].text.strip().startswith(_COME):
        return True  # "เสร็จช่างมาครับ"
    if clause[0].kind not in _READ_LETTER_BY_LETTER and not text.startswith("พร้อม"):
        return clause[0].kind not in _TELLS_NOTHING_OF_TIME
    return _HOUR.match(text) is not None or _PLAIN.match(text) is None


def is_left_hanging(sentence: Sentence, i: int, *, past: bool) -> bool:
    """The same, or a condition right behind it; what is told of a time gone by has come to its end."""
    if sentence.words[i].kind != "finished" or past:
        return False
    last = i + _FEW >= len(sentence.words)
    soon = _SOON.match("".join(word.text for word in _lead_up(sentence.words, i))) is not None
    hangs = (sentence.hangs and last) or soon or hangs_on_what_follows(sentence.words, i)
    if names_hour(sentence.words, i):
        # "เสร็จตอนตีสาม กลิ่นหายแล้ว": what came of it is there.
        return not any(word.kind == "done" for word in sentence.words[i + 1 :])
    return hangs


def is_closed_ahead(sentence: Sentence, i: int, outlook: Outlook, *, got: bool) -> bool:
    """ "ปิดงานบ่ายนี้", "เย็นนี้จบงาน": the same of the case that is called closed at `i`."""
    words, chunk = sentence.words, outlook.chunk_of[i]
    if chunk in outlook.days_past or any(word.kind == "done" for word in _read_clause(words, i)):
        return False
    ahead = chunk in outlook.days_ahead and not got
    return sentence.hangs or ahead or names_hour(words, i) or is_ended_ahead(words, i, past=False)


def comes_first(words: list[Word], i: int) -> bool:
    """ "ต้องซ่อมเสร็จก่อน", but "เสร็จก่อนกำหนด"."""
    text = words[i + 1].text if i + 1 < len(words) else ""
    return text.startswith("ก่อน") and not text.startswith(("ก่อนกำหนด", "ก่อนเวลา", "ก่อนหน้า", "ก่อนเที่ยง"))


def names_hour(words: list[Word], i: int) -> bool:
    """ "เสร็จไม่เกินบ่ายสาม", "สามทุ่มเสร็จ": an hour, which without a day is one of today."""
    return any(
        _HOUR.match("".join(word.text for word in said)) for said in (_read_clause(words, i), _lead_up(words, i))
    )


def _lead_up(words: list[Word], i: int) -> list[Word]:
    return list(takewhile(lambda word: word.kind != "gap", reversed(words[max(0, i - _FEW) : i])))[::-1]


def may_be_ahead(word: Word) -> bool:
    """ "เรียบร้อยบ่ายนี้" looks forward, "completed this morning" does not."""
    return word.kind == "finished" and not word.text.endswith("ed")


def is_over_today(words: list[Word], i: int, worked: Mood | None) -> bool:
    """ "เสร็จเช้าวันนี้แล้ว"; with work named, and how: "ซ่อมเสร็จช่วงเช้าวันนี้", "ได้แก้ไขเรียบร้อยในวันนี้", "วันนี้ช่างแก้ไขเรียบร้อย"."""
    clause = _read_clause(words, i)
    at = next((n for n, word in enumerate(clause) if word.mention), None)
    if at is None:
        breath = takewhile(lambda word: word.kind != "gap", reversed(words[max(0, i - _REACH) : i]))
        led_by = next((word for word in breath if word.mention), None)
        if led_by is None or led_by.mention is None or led_by.mention.later:
            return False
        return worked is Mood.GOT or (worked is Mood.BARE and (words[i].text, led_by.text) == ("เรียบร้อย", "วันนี้"))
    day = clause[at].mention
    if day is None or day.later:
        return False
    if any(word.kind == "done" for word in clause[at + 1 :]):
        return True
    text = "".join(word.text for word in clause[: at + 1])
    if worked is None or _WITHIN.search(text):
        return False
    if words[i].text == "เรียบร้อย" and _WRITTEN_DAY.search(text):
        return True
    return worked is Mood.GOT or (worked is Mood.BARE and _MORNING.search(text) is not None)


def mark_what_hangs(sentences: list[Sentence]) -> None:
    """ "เสร็จถ้างบมา": "finished" before a condition is not yet; in "เสร็จครับ หากพบปัญหาแจ้งได้" it is."""
    for before, after in pairwise(sentences):
        if not after.conditional:
            continue
        said = [word for word in before.words if word.kind != "gap"]
        while said and said[-1].kind == "text" and said[-1].text.strip() in ("ก็", "นะ", "น่ะ"):
            said.pop()
        if len(said) > 1 and said[-1].text.strip() == "ได้":
            said.pop()
        if not said or said[-1].kind not in ("finished", "close"):
            continue
        text = "".join(word.text for word in after.words)
        offers = any(word.kind in _OFFERS for word in after.words) or _AGAIN.search(text) is not None
        before.hangs = not offers or (not after.apart and not any(w.kind in ("tell", "request") for w in after.words))
