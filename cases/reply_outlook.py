"""What stands further on, and elsewhere in the same chunk, of each word of a sentence: gathered once, since
looking it up again at every word would take as many steps as the square of the length."""

import re
from itertools import takewhile

from cases.reply_clauses import FINISHERS, NOUNS, VERBS, Verb
from cases.reply_times import leads_up_with_time_ahead, opens_with_time_ahead
from cases.reply_words import Word, is_past

# How far behind "finished" a day or a limit is looked for.
_REACH = 9
_LIMIT = re.compile(
    r"\s*(?:ทัน|อย่างช้า|ช้าสุด)?\s*(?:ภายใน|ในราว|ในอีก|ใน(?=\s*\d)|อีก|ประมาณ|ราว|ไม่เกิน|ไม่น่าเกิน|ไม่น่าจะเกิน|ก่อน)\s*(?:ๆ\s*)?"
)
_SPAN = "(?:วัน|สัปดาห์|อาทิตย์|เดือน|ปี|ชั่วโมง|ชม|นาที|โมง|ทุ่ม)"
_BARE_SPAN = re.compile(r"\s*\d+\s?(?:เดือน|ปี)\s*$")
_COUNTED = re.compile(rf"\d\s?{_SPAN}")
# Time, even where its day cannot be read; not "ภายในซอย", "ประมาณ 200 เมตร", nor the praise in "ภายในวันเดียว".
_TIME = re.compile(
    rf"(?:วันที่\s*)?\d+(?:\s?(?:-|ถึง)\s?\d+)?\s?(?:{_SPAN}|น\.|[/-]\s?\d|[ก-๎]+\.\s?[คยพ]|[ก-๎]+(?:คม|ยน|พันธ์)|$)"
    rf"|(?:ครึ่ง|หลาย|สิบ|ร้อย|พัน)+\s?{_SPAN}|{_SPAN}(?!เดียว|นั้น|และ|เวลา)|เร็ว|ไม่นาน|ไม่ช้า|ต้น(?!ไม้)|กลาง|ปลาย|สิ้น|งบ"
)
_AGO = re.compile("ที่แล้ว|ที่ผ่านมา|มาแล้ว|ก่อน")
_SHORT = 4
_NEAR = ("ช่วง", "ตอน", "ใน", "ทัน", "อย่าง", "ช้า", "เร็ว", "วันที่", "by", "on", "before")
# How many words ahead a wait looks for what it concerns.
_WAIT_REACH = 12
_AWAITED = VERBS | NOUNS | {"supply"}
_MORE_WORK = frozenset(("fix", "act", "light", "restored"))
_NO_MORE_WORK = frozenset(("procedure", "supply", "reporter", "inspect", "close", "clerical"))
# Among colleagues anybody is "elder" or "younger", and who has a chief waits for what they say.
KIN = ("พี่", "น้อง", "หัวหน้า", "หน.", "ผอ.", "ผอ")
_GOING = ("เข้า", "ลง", "ไป", "ออก")
_JUST_GONE = ("เมื่อเช้า", "เมื่อวาน", "เมื่อคืน", "เมื่อกี้", "เมื่อสักครู่", "เมื่อครู่", "เมื่อบ่าย", "เมื่อเย็น", "ตะกี้")
_DONE_ITSELF = frozenset(("got", "link", "done", "finished"))


def is_ended_ahead(words: list[Word], upto: int, *, past: bool) -> bool:
    """Whether what stands behind "finished", and "done" at `upto`, puts the end off: "เสร็จ 30 พ.ย. นี้", "เสร็จภายใน
    9 ปี". A limit counts though its day cannot be read, unless it is of the `past`; a bare day must be all there is."""
    following = words[upto + 1 : upto + _REACH]
    if words[upto].kind != "done" and (not following or following[0].kind != "done") and _is_led_up_to(words, upto):
        return True
    if words[upto].kind != "done" and not past:
        text = "".join(word.text for word in following)
        if (opens_with_time_ahead(text) or _BARE_SPAN.match(text)) and not any(word.mention for word in following):
            return True
        limit = _LIMIT.match(text)
        timed = any(word.mention and word.mention.ahead for word in following)
        if limit and (timed or (_TIME.match(text, limit.end()) and not _AGO.search(text, limit.end()))):
            return all(word.kind != "done" for word in following)
    at = next((i for i, word in enumerate(following) if word.kind != "gap" and word.text.strip() not in _NEAR), 0)
    day = following[at].mention if following else None
    if day is None or not day.later:
        return False
    rest = following[at + 1 :]
    return all(word.kind in ("gap", "softener") or (word.kind == "text" and len(word.text) <= _SHORT) for word in rest)


def _is_led_up_to(words: list[Word], i: int) -> bool:
    """Whether what stands before "finished" puts it off: "พรุ่งนี้เรียบร้อย", or with no day: "วันปิยะเสร็จ"."""
    start = max(0, i - _REACH)
    before = words[start:i]
    back = before[:-1] if len(before) > 1 and before[-1].kind == "gap" and before[-2].mention else before
    breath = list(takewhile(lambda word: word.kind != "gap" and not is_past(word), reversed(back)))
    if any(word.mention and word.mention.later for word in breath):
        return True
    if any(word.mention or is_past(word) or word.kind == "done" for word in before):
        return False
    begins = (at for at in range(len(before)) if not start + at or words[start + at - 1].kind in ("gap", "link"))
    return any(leads_up_with_time_ahead("".join(word.text for word in before[at:])) for at in begins)


def find_awaited(words: list[Word], i: int) -> str:
    """What the wait at `i` is for: "more" of the work in "ขุดแล้ว รอเทปูน", but not in "ซ่อมแล้ว รอผู้แจ้งตรวจสอบ"."""
    coming = words[i + 1 : i + _WAIT_REACH]
    awaited = next((word.kind for word in coming if word.kind in _AWAITED and word.text not in KIN), None)
    if awaited == "inspect" and coming[0].text.strip() == "ผล":
        return "supply"  # "รอผลวิเคราะห์": what an inspection brings
    if awaited is None:
        # "รอของ": materials; with a name behind it, what belongs to somebody.
        return "supply" if coming and coming[0].text == "ของ" else ""
    more = any(word.kind in _MORE_WORK for word in takewhile(lambda word: word.kind != "gap", coming))
    return "more" if more and awaited not in _NO_MORE_WORK else awaited


def is_paper_work(words: list[Word], i: int, verbs: list[Verb], chunk: int) -> bool:
    """ "ขออนุมัติงบซ่อมแล้ว": the mending is what the papers are for; in "เบิกหลอดมาเปลี่ยนแล้ว" it is done."""
    if words[i].text == "จัดทำ":
        # "จัดทำรายละเอียดเพื่อของบประมาณ": what is drawn up is itself one of the papers.
        breath = takewhile(lambda word: word.kind != "gap", words[i + 1 : i + _REACH])
        return any(word.kind == "procedure" for word in breath)
    last = verbs[-1] if verbs else None
    if last is None or last.family != "procedure" or last.chunk != chunk:
        return False
    between = words[last.index + 1 : i]
    spent = last.text.startswith("งบ") and last.index > 0 and words[last.index - 1].text.endswith("ใช้")
    brought = bool(between) and between[-1].text.endswith(("มา", "ไป"))
    return not (spent or brought or any(word.kind in _DONE_ITSELF for word in between))


def is_on_its_way(words: list[Word], verb: Verb) -> bool:
    """ "จัดรถเข้าดำเนินการแล้ว": sent to do it; whether it is done is not said."""
    return verb.told_in_chunk == verb.chunk and words[verb.index - 1].text.endswith(_GOING)


def names_day_of_end(words: list[Word], upto: int) -> bool:
    """Whether that day is one of the calendar: "ได้ซ่อมแล้วเสร็จภายใน 3 วัน" may tell how long it took."""
    coming = (word for word in words[upto + 1 : upto + _REACH] if word.mention and word.mention.later)
    return any(not _COUNTED.search(word.text) for word in coming)


def _is_counted(words: list[Word], i: int) -> bool:
    """ "เป็น 45 วินาทีแล้ว": the space at `i` sets off a number, and is no pause."""
    behind = words[i + 1].text[:1] if i + 1 < len(words) else ""
    return behind.isdigit() or words[i - 1].text.strip()[-1:].isdigit()


class Outlook:
    """For each word the first one that decides what a "ให้" at its place means ("verb", "end", or None at a
    pause), whether a verb still follows in its chunk, and which chunk that is; of the chunks, their last words, in
    which a day ahead is named, in which a time gone by, and in which one of last night or since."""

    def __init__(self, words: list[Word]) -> None:
        self.decider: list[str | None] = [None] * len(words)
        self.verb_follows = [False] * len(words)
        self.chunk_of: list[int] = []
        self.last_of_chunk: dict[int, int] = {}
        self.days_ahead: set[int] = set()
        self.days_past: set[int] = set()
        self.just_gone: set[int] = set()
        self._look_back_from_the_end(words)
        self._number_chunks(words)

    def _look_back_from_the_end(self, words: list[Word]) -> None:
        decider, verb_follows = None, False
        for i in range(len(words) - 1, -1, -1):
            self.decider[i], self.verb_follows[i] = decider, verb_follows
            kind = words[i].kind
            if kind == "gap" and not _is_counted(words, i):
                decider, verb_follows = None, False
            elif kind in VERBS:
                decider, verb_follows = "verb", True
            elif kind in FINISHERS or kind == "later":
                decider = "end"

    def _number_chunks(self, words: list[Word]) -> None:
        chunk = 0
        for i, word in enumerate(words):
            chunk += word.kind == "gap"
            self.chunk_of.append(chunk)
            self.last_of_chunk[chunk] = i
            if word.mention and word.mention.ahead:
                self.days_ahead.add(chunk)
            if is_past(word):
                self.days_past.add(chunk)
                self.just_gone |= {chunk} if word.text.startswith(_JUST_GONE) else set()
