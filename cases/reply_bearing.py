"""Tells what in a reply does not bear on this case now: other places, times long past, somebody else's words, pressure
from above, and the photos and messages themselves. reply_talk takes out how people speak to each other; this, what
they speak of."""

import re
from itertools import pairwise

from cases.reply_clauses import VERBS, split_chunks
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
_NO_VISIT = re.compile("|".join(map(re.escape, PATTERNS["no_visit"])))
_AFFAIRS = re.compile("|".join(map(re.escape, PATTERNS["affairs"])))
_PICTURES = ("รูป", "ภาพ")
_LOOKS = ("ดู", "ไปดู", "มาดู", "ดูให้", "เช็ค", "เช็ก")
# Whose word is no more than that.
_TELLERS = frozenset(("owner", "reporter", "other"))
_NEXT_DOOR = ("ข้าง", "เพื่อน", "โน้น", "เขา")


def drop_speech(text: str) -> str:
    """Without what stands in quotation marks: whoever quotes tells what somebody else said or wrote."""
    kept: list[str] = []
    rest = 0
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
    return " ".join(kept) if len(kept) > 1 else text


def drop_what_is_elsewhere(words: list[Word]) -> list[Word]:
    """ "ปีที่แล้วลอกไปแล้ว", "ซอยอื่นเสร็จแล้ว", "เคยซ่อมไปแล้ว", "ท่านรองติดตามอยู่", "ดูรูปสอง": nothing of this case now.

    What opens with another place or time goes on until something of now is said.
    """
    kept: list[Word] = []
    elsewhere = False
    for chunk in split_chunks(words):
        kinds = frozenset(word.kind for word in chunk)
        if _opens_elsewhere(chunk):
            elsewhere = True
        elif elsewhere and not kinds.isdisjoint(_OF_NOW):
            elsewhere = False
        stated = [] if elsewhere or _remembers(chunk, kinds) or _presses(chunk) else _drop_showing(chunk)
        if kept and stated:
            kept.append(Word("gap", " ", stated[0].start, stated[0].start))
        kept.extend(stated)
    return kept


def _opens_elsewhere(chunk: list[Word]) -> bool:
    for word, after in pairwise((*chunk, chunk[-1])):
        if word.kind in _ELSEWHERE or (word.kind == "other" and after.text.startswith(_NEXT_DOOR)):
            return True
        if word.kind != "text" or not word.text.strip().startswith(_WEAK_OPENINGS):
            return False
    return False


def _remembers(chunk: list[Word], kinds: frozenset[str]) -> bool:
    """ "เคยประสานไว้แล้ว", "ของบไปก็ไม่เคยได้"; with something to come it is the background of that."""
    return "once" in kinds and kinds.isdisjoint(("future", "progress", "plan"))


def _presses(chunk: list[Word]) -> bool:
    """ "นายสั่งมา", "ผู้ว่าฯ ติดตามอยู่": pressed from above; "ผอ.สั่งให้โยธาเข้าแก้" is the office at work."""
    for i, word in enumerate(chunk):
        if word.text.startswith(_PRESS):
            after = chunk[i + 1 :]
            if after and after[0].text.startswith("มา") and (word.kind == "tell" or word.kind == "inspect"):
                return all(other.kind not in ("own", "other") for other in after)
            before = "".join(other.text for other in chunk[:i])
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


def names_no_visit(chunk: list[Word]) -> bool:
    """ "วันนี้ฝนไม่ตก", "พรุ่งนี้ลาสามคน": what a day is like, or who is away, and nobody who comes."""
    if any(word.kind in VERBS or word.kind in ("future", "plan", "finished") for word in chunk):
        return False
    return _NO_VISIT.search("".join(word.text for word in chunk)) is not None


def is_affair_of_the_group(words: list[Word]) -> bool:
    """Whether a question is about money, papers, lorries, the chat, or whose it is of us: what only colleagues know."""
    text = "".join(word.text for word in words)
    either = next((i for i, word in enumerate(words) if word.kind == "choice"), None)
    if either is not None and ("เรา" in text or (either and words[either - 1].kind == "own")):
        return True
    return _AFFAIRS.search(text) is not None


def is_told_by_others(words: list[Word], i: int) -> bool:
    """ "เจ้าของบอกเดี๋ยวตัดเอง": the name right before "says"."""
    if words[i].text != "บอก" or not i:
        return False
    before = words[i - 1]
    behind = before.kind == "text" and i > 1 and words[i - 2].kind in _TELLERS and len(before.text) <= _SPEECH
    return before.kind in _TELLERS or behind
