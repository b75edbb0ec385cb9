"""Tells what in a reply does not bear on this case now: other places, times long past, somebody else's words, pressure
from above, and the photos and messages themselves. reply_talk takes out how people speak to each other; this, what
they speak of."""

import re
from itertools import pairwise

from cases.reply_clauses import NOUNS, VERBS, WORKS, split_chunks
from cases.reply_notices import comes_themselves, hears_of_us, mends_a_paper, tells_what_is_usual
from cases.reply_outlook import KIN
from cases.reply_spelling import PATTERNS
from cases.reply_words import Word

_OPENING, _CLOSING = '"“”„«', '"“”»'
# With fewer letters than these a name is set off, not speech.
_SPEECH = 6
_ELSEWHERE = frozenset(("long_ago", "other_place"))
_OF_NOW = frozenset(("future", "hurry", "plan", "progress", "part", "date"))
_STATES = VERBS | {"finished", "outcome", "done", "normal", "missing"}
_WEAK_OPENINGS = ("ก็", "ที่", "ของ", "ส่วน", "แถว", "เขา", "ตรง", "ไอ้", "อัน")
_SUPERIORS: tuple[str, ...] = tuple(PATTERNS["superiors"])
_PRESS: tuple[str, ...] = tuple(PATTERNS["press"])
_CHAT_THINGS: tuple[str, ...] = tuple(PATTERNS["chat_things"])
_NO_VISIT = re.compile("|".join(map(re.escape, PATTERNS["no_visit"])))
_AFFAIRS = re.compile("|".join(map(re.escape, PATTERNS["affairs"])))
# What may stand beside a day that answers "when?".
_COMING = re.compile(
    "|".join(map(re.escape, sorted(PATTERNS["motion"], key=len, reverse=True)))
    + "|เช้า|สาย|บ่าย|เย็น|ค่ำ|คืน|เที่ยง|ดึก|ทัน|ครบ|คิว|แน่นอน|นะ|น่ะ|เลย|ช่วง|ตอน|ราว|ประมาณ|ภายใน|ไม่เกิน|ก่อน|หลัง|อีก|ขอ|เวลา"
    "|ผม|เรา|พวก|ทาง|รถ|คน|ก็|นี้|แทน|ได้|ไว้|ให้|ใน|วัน|คง|รอบ|เป็น|หน้า|แรก|น้อย|หน่อย|ค่ะ|ครับ|แล้วกัน|ใหม่|อย่าง|ช้า|สุด|พี่|เคส|จุด|เรื่อง|เอา|พา|นำ|ดูดท่อ|ดูดเลน|สูบน้ำ|กระเช้า|เครน|แบคโฮ|\\d+|[().,:ๆ]|[a-z]+"
)
_STRAY = 2
_UNKNOWN = 0.4
_CLUES = frozenset((
    "own", "other", "unnamed", "future", "hurry", "date", "progress", "wait", "inspect", "procedure", "deploy", "plan",
    "finished", "assent",
))  # fmt: skip
_MENDS = WORKS | {"inspect"}
_BROKEN = frozenset(("ชำรุด", "ไฟดับ", "น้ำท่วม"))
_DOER = 4
_REPORTERS_DO = ("แจ้ง", "บอก", "โทร", "ทวง", "ส่ง")
_WE = re.compile(r"(?<![a-z])(?:we|our|us)(?![a-z])|กัน(?:วัน|เมื่อ|กี่|บ้าง|ไหม|หรือ|ยัง)|พวกเรา")
_COUNT = re.compile(
    r"(รับ|เสร็จ|ค้าง|รอ|ปิด|ใหม่|รวม|เกินกำหนด|เหลือ)(?:ไป)?(?:แล้ว|เรื่อง|งาน)?[ :=]{0,2}\d{1,4}"
    r"(?! ?(?:จุด|ดวง|ต้น|ฝา|ป้าย|หลุม|ราย|วัน|โมง|ทุ่ม))(?=\s|$|เรื่อง|เคส)"
)
_FIGURES = 2
_AS_A_RULE = ("ปกติ", "โดยปกติ", "ตามปกติ", "ตามหลัก", "โดยหลัก", "ตามระเบียบ", "ส่วนใหญ่")
_EVERY = re.compile("ต้อง|ทุก(?:วัน|เช้า|เย็น|คืน|สัปดาห์|อาทิตย์|เดือน|ปี)|เว้นวัน|ละ(?:ครั้ง|รอบ|หน)|ประจำ")
_ANYWAY = re.compile("(?:ทุก|ประจำ|ตลอด).{0,20}อยู่แล้ว")
_OVER_AND_OVER = re.compile(r"([ก-๎]{3,12})แล้ว\1อีก")
# "ตามข้อความผู้ร้อง: …": what follows is theirs.
_TOLD = re.compile("(?:ข้อความ(?:ของ)?(?:ผู้ร้อง|ผู้แจ้ง)?|เขียน|บอก)(?:ว่า)? ?:")
_MATTER = re.compile("|".join(PATTERNS["matter"]))
# "ซอยข้างๆ ทำแล้ว ซอยนี้ยังเลย".
_HERE_NOT_YET = re.compile(
    r"(?:(?:ซอย|เคส|จุด|เรื่อง|อัน|ตรง|ฝั่ง)นี้|ของเรา)(?:ก็)?(?:ยัง(?=เลย|ไม่|\s|$|ครับ|ค่ะ|นะ|อยู่)|ล่ะ)"
    "|แต่ ?(?:ซอย|เคส|จุด|เรื่อง|อัน|ตรง|ฝั่ง)นี้"
)
_WHICHEVER = ("เรื่องที่", "เคสที่", "งานที่", "คนที่", "ท่านที่", "รายที่", "ใครที่")
_NAMES = NOUNS | {"text"}
_PICTURES = ("รูป", "ภาพ")
_LOOKS = ("ดู", "ไปดู", "มาดู", "ดูให้", "เช็ค", "เช็ก")
_THEM = re.compile("เขา|ลุง|ป้า(?!ย)|ยาย|คนร้อง")
_WEATHER = ("ฝน", "ฟ้า", "แดด", "ลม", "อากาศ", "พายุ", "เมฆ")
_AT_WORK = frozenset(("own", "fix", "act", "plan", "future", "progress", "inspect", "deploy", "begun", "hurry"))
_PACE = re.compile("รวดเร็ว|ไว(?!้)|เร็ว|ช้า|นาน|เก่ง")
_LATE = re.compile("ช้า(?!สุด)|ไม่ทันใจ")
_THEY = ("แก", "เขา", "ลุง", "ป้า", "มัน", "ตา", "ยาย")
_FINDS_OUT = NOUNS - {"owner", "reporter"} | VERBS | {"found", "missing", "future"}
_ASSURED = ("ยืนยัน", "ทราบ", "แจ้ง", "เรียน", "รับรอง")
# Whose word is no more than that.
_TELLERS = frozenset(("owner", "reporter"))
_YEARS = ("ปี", "สมัย", "เมื่อก่อน", "แต่ก่อน", "last")
_NEXT_DOOR = ("ข้าง", "เพื่อน", "โน้น", "เขา")


def is_reporters_own(words: list[Word], i: int) -> bool:
    """ "ผู้ร้องแจ้งว่า…", "ได้ดำเนินการร้องเรียน…": no step of the office's, unlike "ผู้แจ้งดำเนินการเองแล้ว"."""
    after = words[i + 1].text if i + 1 < len(words) and words[i + 1].kind == "text" else ""
    if words[i].kind == "light" and after.startswith("ร้องเรียน"):
        return True
    if not any(word.kind == "reporter" for word in words[max(0, i - _DOER) : i]):
        return False
    if any(word.kind in NOUNS - {"reporter"} or word.kind == "gap" for word in words[max(0, i - 2) : i]):
        return False
    handed_in = i > 1 and words[i - 1].text.startswith("ยื่น")
    complains = words[i].kind == "light" and after != "" and not after.startswith("เอง")
    near = any(word.kind == "reporter" for word in words[max(0, i - 2) : i])
    return handed_in or (near and (complains or words[i].text.startswith(_REPORTERS_DO)))


def hear_described(words: list[Word]) -> list[Word]:
    """ "จะซ่อมฝาท่อที่ชำรุด", "จะตรวจสอบไฟดับ": what the work is for, and no news of trouble."""
    heard, worked_on = list(words), False
    for i, word in enumerate(words):
        worked_on = word.kind != "gap" and (worked_on or word.kind in _MENDS)
        if word.kind == "trouble" and worked_on and word.text in _BROKEN:
            heard[i] = Word("text", word.text, word.start, word.end)
    return heard


def drop_speech(text: str) -> str:
    """Without what stands in quotation marks: whoever quotes tells what somebody else said or wrote."""
    kept: list[str] = []
    rest = 0
    told = _TOLD.search(text)
    text = text[: told.start()] if told else text
    at = 0
    while at < len(text):
        if text[at] in _OPENING:
            end = next((i for i in range(at + 1, len(text)) if text[i] in _CLOSING), None)
            if end is None:
                break
            if end - at > _SPEECH:
                kept.append(text[rest:at])
                rest = end + 1
            at = end
        at += 1
    kept.append(text[rest:])
    # A note that is in quotation marks as a whole is told by whoever sends it.
    return " ".join(kept) if "".join(kept).strip() else text


def drop_what_is_elsewhere(words: list[Word]) -> list[Word]:
    """ "ปีที่แล้วลอกไปแล้ว", "ซอยอื่นเสร็จแล้ว", "เคยซ่อมไปแล้ว", "ท่านรองติดตามอยู่", "ดูรูปสอง": nothing of this case now.

    What opens with another place or time goes on until something of now is said.
    """
    kept: list[Word] = []
    elsewhere = False
    named_from: int | None = None
    for chunk in split_chunks(words):
        kinds = frozenset(word.kind for word in chunk)
        if _says_what_to_press(chunk):
            break
        if _opens_elsewhere(chunk):
            elsewhere = True
        elif elsewhere and not kinds.isdisjoint(_OF_NOW):
            elsewhere = False
        talks = _remembers(chunk, kinds) or any(tells(chunk) for tells in _TALES)
        stated = [] if elsewhere or talks else _drop_showing(_drop_reported(chunk))
        if named_from is not None and chunk[0].kind == "future":
            talks = talks or _speaks_of_them([*kept[named_from:], *chunk])
        if talks and named_from is not None:
            del kept[named_from:]  # "กฟน. ไม่เคยรับสาย": the name belongs to it
        named_from = len(kept) if stated and kinds <= _NAMES else None
        if kept and stated:
            kept.append(Word("gap", " ", stated[0].start, stated[0].start))
        kept.extend(stated)
    return kept


def _opens_elsewhere(chunk: list[Word]) -> bool:
    for word, after in pairwise((*chunk, chunk[-1])):
        if word.kind in ("tell", "forward"):
            return False  # "โยนเรื่องไปให้เขตโน้นแล้ว"
        if word.kind in _ELSEWHERE or (word.kind == "other" and after.text.startswith(_NEXT_DOOR)):
            return True
        if word.kind != "text" or not word.text.strip().startswith(_WEAK_OPENINGS):
            return False
    return False


def _remembers(chunk: list[Word], kinds: frozenset[str]) -> bool:
    """ "เคยประสานไว้แล้ว", "ของบไปก็ไม่เคยได้"; with something to come it is the background of that."""
    years = any(word.kind == "long_ago" and word.text.startswith(_YEARS) for word in chunk)
    if any(word.kind == "not_yet" and after.kind == "once" for word, after in pairwise(chunk)):
        return True
    if years and "procedure" in kinds:
        return False
    return ("once" in kinds or years) and kinds.isdisjoint(("future", "progress", "plan"))


def _only_shows_words(chunk: list[Word]) -> bool:
    """ "ส่งต่อให้ดูครับ", "แจ้งเพื่อทราบ": a message is put before the group, and nobody is told to act."""
    if any(word.kind in NOUNS or word.kind in ("asked", "request") for word in chunk):
        return False
    verbs = [word for word in chunk if word.kind in VERBS]
    if not verbs or verbs[0].kind not in ("tell", "forward") or verbs[0].text.startswith("ประสาน"):
        return False
    told = chunk[-1].text.strip().endswith("ทราบ") and all(word.kind != "future" for word in chunk)
    shown = told or chunk[-1].text in _LOOKS
    looked = all(word.kind in ("tell", "forward") or word.text in _LOOKS for word in verbs)
    return shown and looked and all(word.kind not in ("done", "got") for word in chunk)


def _speaks_of_them(chunk: list[Word]) -> bool:
    """ "เดี๋ยวแกทำเอง", "เขาจะมาตรวจเรา", "ผู้ตรวจจะมาดูวันพฤหัส": what they will do."""
    ahead = next((i for i, word in enumerate(chunk) if word.kind == "future"), 0)
    opens = chunk[0].text.strip() if chunk[0].kind == "text" else ""
    nobody_of_ours = all(word.kind not in ("own", "other", "done", "date") for word in chunk)
    if _THEM.match(opens) and nobody_of_ours:
        return True
    before = "".join(word.text for word in chunk[:ahead]).strip()
    if before.startswith(("เขา", "แก")) or any(name in before for name in _SUPERIORS):
        return True
    if chunk[-1].kind == "text" and chunk[-1].text.strip().startswith("เอง"):
        return any(word.kind == "text" and word.text.strip().endswith(_THEY) for word in chunk)
    return False


def _tells_the_weather(chunk: list[Word]) -> bool:
    """ "ฝนหยุดแล้ว", "ลมแรงมาก": with none of our work beside it."""
    text = "".join(word.text for word in chunk).lstrip()
    return text.startswith(_WEATHER) and all(word.kind not in _AT_WORK for word in chunk)


def _finds_it_quick(chunk: list[Word]) -> bool:
    """ "ซ่อมไวเหมือนเต่าเลย", "ทำช้ามาก": an opinion of the work."""
    if any(word.kind == "finished" and _LATE.match(after.text) for word, after in pairwise(chunk)):
        return True
    if any(word.kind in ("done", "finished", "future", "got", "softener", "hurry") for word in chunk):
        return False
    return any(word.kind in WORKS and _PACE.match(after.text) for word, after in pairwise(chunk))


def _tells_a_habit(chunk: list[Word]) -> bool:
    """ "ปกติเก็บทุกวันพุธ", "เก็บทุกเช้าอยู่แล้ว": what is done at all times, whatever becomes of this case."""
    text = "".join(word.text for word in chunk).strip()
    ruled = text.startswith(_AS_A_RULE) and _EVERY.search(text) is not None
    return ruled or _ANYWAY.search(text) is not None or tells_what_is_usual(chunk)


def _speaks_of_the_chat(chunk: list[Word]) -> bool:
    """ "ดูข้อความก่อนหน้า", "งดส่งสติกเกอร์ในกลุ่ม", "ภาพก่อนทำ": of messages and pictures, with nobody told and nothing done."""
    kinds = frozenset(word.kind for word in chunk)
    messages = ("ข้อความ", "ไฟล์", "ลิงก์")
    if "got" not in kinds and any(w.kind in VERBS and after.text.startswith(messages) for w, after in pairwise(chunk)):
        return True
    if not kinds.isdisjoint(NOUNS | {"finished", "acknowledge", "fix", "future"}):
        return False
    if chunk[0].kind == "asked" and chunk[0].text in _PICTURES and len(chunk) > 1:
        return chunk[1].text.startswith(("ก่อน", "หลัง", "ตอน", "ขณะ")) and "done" not in kinds
    return any(thing in word.text for word in chunk for thing in _CHAT_THINGS)


def _tells_which(chunk: list[Word]) -> bool:
    """ "เรื่องที่เสร็จแล้วไม่ต้องส่งซ้ำ", "คนที่รับเรื่องให้กดปุ่ม", "เวลาเสร็จแล้วให้แจ้ง": which ones, or when, in general."""
    if len(chunk) > 1 and chunk[0].text.strip() == "เวลา" and chunk[1].kind in _STATES:
        return True
    for word, after in pairwise(chunk):
        if word.kind == "text" and after.kind in _STATES and word.text.strip().endswith(_WHICHEVER):
            return True
    return False


def _rubs_in(chunk: list[Word]) -> bool:
    """ "ตัดเท่าไหร่ก็ไม่หมด", "ประสานแล้วประสานอีก": whatever one does, it is to no avail."""
    asked = next((i for i, word in enumerate(chunk) if word.kind in ("question", "status_question")), None)
    if asked is not None and any(word.text.strip().startswith("ก็") for word in chunk[asked + 1 : asked + 3]):
        return True
    return _OVER_AND_OVER.search("".join(word.text for word in chunk)) is not None


def _says_what_to_press(chunk: list[Word]) -> bool:
    """ "กดรับเรื่องแล้วขึ้น error", "พิมพ์ว่า เสร็จแล้ว": of the product and its buttons; "กดรับแล้ว" has pressed it."""
    for i, word in enumerate(chunk):
        after = chunk[i + 1] if i + 1 < len(chunk) else None
        if word.text == "พิมพ์" and (after is None or after.kind == "that"):
            return True
        if word.kind == "text" and word.text.strip().endswith("กด") and after is not None and after.kind in _STATES:
            return chunk[-1].kind != "done"
    return False


def _drop_reported(chunk: list[Word]) -> list[Word]:
    """ "เห็นในเพจว่าเสร็จแล้ว", "ในระบบขึ้นว่าปิดแล้ว": read or heard somewhere; what was found out is no such thing."""
    at = next((i for i, word in enumerate(chunk) if word.kind == "that"), 0)
    if not at or chunk[at - 1].kind != "text" or any(word.kind in _FINDS_OUT for word in chunk[:at]):
        return chunk
    if chunk[at - 1].text.strip().endswith(_ASSURED):
        return chunk
    return chunk[:at] if any(word.kind in _STATES or word.kind in _OF_NOW for word in chunk[at:]) else chunk


def _presses(chunk: list[Word]) -> bool:
    """ "นายสั่งมา", "ผู้ว่าฯ ติดตามอยู่": pressed from above; "ผอ.สั่งให้โยธาเข้าแก้" is the office at work."""
    for i, word in enumerate(chunk):
        if word.text.startswith(_PRESS):
            after = chunk[i + 1 :]
            if after and after[0].text.startswith("มา") and (word.kind == "tell" or word.kind == "inspect"):
                return all(other.kind not in ("own", "other") for other in after)
            before = "".join(other.text for other in chunk[:i])
            if not after and i and chunk[i - 1].kind == "own" and chunk[i - 1].text in KIN:
                return True  # "… ผอ.สั่ง"
            if any(name in before for name in _SUPERIORS):
                return all(other.kind not in ("own", "other") for other in after)
    return False


def _drop_showing(chunk: list[Word]) -> list[Word]:
    """ "เดี๋ยวส่งรูปให้ดู", "ดูรูปสอง": a picture is shown or looked at, not the place."""
    shown = False
    for i, word in enumerate(chunk):
        following = chunk[i + 1] if i + 1 < len(chunk) else None
        if word.kind == "clerical" and word.text.endswith(_PICTURES):
            shown = True
        elif word.kind == "inspect" and word.text in _LOOKS:
            pictured = following is not None and following.kind == "asked" and chunk[0].kind != "want"
            if shown or pictured:
                front = chunk[:i]
                return front if any(other.kind in _STATES for other in front) else []
    return chunk


def is_mostly_unknown(words: list[Word]) -> bool:
    """Whether so much is left that no list knows that a mere hint of an action in it is a guess."""
    if not _CLUES.isdisjoint(word.kind for word in words):
        return False
    letters = sum(len(word.text.strip()) for word in words)
    unknown = sum(len(word.text.strip()) for word in words if word.kind == "text")
    return unknown > letters * _UNKNOWN


def is_only_a_coming(text: str) -> bool:
    """Whether the words beside a day, in which no work is named, say that somebody comes: "พรุ่งนี้เช้าเข้าครับ"."""
    return len(_COMING.sub("", text).replace(" ", "")) <= _STRAY


def names_no_visit(chunk: list[Word]) -> bool:
    """ "วันนี้ฝนไม่ตก", "พรุ่งนี้ลาสามคน", "พรุ่งนี้วันเสาร์": what a day is like or called, or who is away; nobody comes."""
    if len(chunk) > 1 and all(word.kind == "date" for word in chunk) and chunk[1].text.startswith("วัน"):
        return True
    if any(word.kind in VERBS or word.kind in ("future", "plan", "finished") for word in chunk):
        return False
    return (
        any(word.kind == "lacking" for word in chunk)
        or _NO_VISIT.search("".join(word.text for word in chunk)) is not None
    )


def counts_up(text: str) -> bool:
    """ "รับ 45 เสร็จ 40 ค้าง 5": the day's figures, in whatever order."""
    return len({match[1] for match in _COUNT.finditer(text)}) >= _FIGURES


def is_about_the_matter(words: list[Word]) -> bool:
    """Whether a question names anything that only whoever reported it may know: a place, a thing, a time."""
    return _MATTER.search("".join(word.text for word in words)) is not None


def leaves_this_undone(text: str) -> bool:
    """ "อีกเคสเสร็จแล้ว เคสนี้ยัง": the end that was told is of another."""
    return _HERE_NOT_YET.search(text) is not None


def is_affair_of_the_group(words: list[Word]) -> bool:
    """Whether a question is about money, papers, lorries, the chat, or who of us does it: what only colleagues know."""
    text = "".join(word.text for word in words)
    if _asks_the_team(words, text):
        return True
    either = next((i for i, word in enumerate(words) if word.kind == "choice"), None)
    if either is not None and ("เรา" in text or (either and words[either - 1].kind == "own")):
        return True
    return _AFFAIRS.search(text) is not None


def _asks_the_team(words: list[Word], text: str) -> bool:
    """ "ช่างมากี่คน", "ลงพื้นที่กันวันไหน": what we ourselves do; "สะดวกให้ช่างเข้าวันไหน" asks the reporter."""
    if "สะดวก" in text or _WE.search(text):
        return "สะดวก" not in text
    asked = next((i for i, word in enumerate(words) if word.kind in ("question", "mark")), 0)
    if any(word.kind == "let" for word in words[:asked]):
        return False
    kinds = [word.kind for word in words[:asked]]
    return "own" in kinds[:2] or (kinds[:1] == ["inspect"] and not words[0].text.startswith("ดู"))


def is_told_by_others(words: list[Word], i: int) -> bool:
    """ "เจ้าของบอกเดี๋ยวตัดเอง": the name right before "says"."""
    if words[i].text != "บอก" or not i:
        return False
    before = words[i - 1]
    behind = before.kind == "text" and i > 1 and words[i - 2].kind in _TELLERS and len(before.text) <= _SPEECH
    return before.kind in _TELLERS or behind


_TALES = (
    comes_themselves,
    hears_of_us,
    mends_a_paper,
    _tells_the_weather,
    _finds_it_quick,
    _presses,
    _only_shows_words,
    _speaks_of_them,
    _tells_a_habit,
    _speaks_of_the_chat,
    _tells_which,
    _rubs_in,
)
