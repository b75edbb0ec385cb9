"""What a sentence states without a verb of doing: nothing there, all in order, not ours, not allowed, said before."""

import re
from dataclasses import dataclass, field
from itertools import takewhile

from cases.reply_clauses import NOUNS, Sentence
from cases.reply_naming import is_place_not_found, is_relative
from cases.reply_words import Word

_SHORT_OF = frozenset(("own", "procedure", "supply", "asked", "fix", "act"))
# The farthest a name may stand from "belongs to", in letters, and still be what it belongs to.
NEAR = 15
_WAS_NOT_SO = ("ไม่", "ไฟติด", "ติด", "สว่าง", "ไฟสว่าง", "เรียบร้อยดี")
# "เหยียบไม่ดังแล้ว": what was reported is over.
_RELIEF = re.compile(
    "ไม่(?:มีเสียง|มีกลิ่น|ส่งกลิ่น|มีน้ำขัง|ดัง|เหม็น|ขัง|ขวาง|กีดขวาง|บัง|โยก|กระดก|กระพริบ|ล้น|สั่น|เอ่อ|หลุด|หล่น|ลื่น|รั่วซึม|อันตราย)"
    "(?:ทาง|หัว|รถ|ตา|ป้าย|มาก)*แล้ว"
)
_WENT = re.compile("(?:ลงไป|ไป|มา|เข้า|ออก|ขับ|เดิน)(?:ถึง|ที่|ผ่าน|ตรวจ|ดู)|^(?:แวะ|ผ่าน)(?!การ)")
_FURTHER = ("เพิ่มเติม", "แก้ไขเพิ่ม", "สงสัย", "จะพูด", "จะแจ้ง")


@dataclass(slots=True)
class Findings:
    """Actions stated, and what bears on those of other sentences: `warned`, people were warned or a
    private owner told to put it right, which settles the matter unless the mending is still `to_come`;
    `takes_back`, what was called done before goes on; `closed`, the case is called closed, which counts
    where no other reason is given.
    """

    firm: set[str] = field(default_factory=set)
    faint: list[str] = field(default_factory=list)
    warned: bool = False
    inspected: bool = False
    to_come: bool = False
    takes_back: bool = False
    closed: bool = False


def judge_words(sentence: Sentence, findings: Findings) -> None:
    """Adds what the words beside the verbs state."""
    to_come = False
    done = sentence.has("done")
    if done and not findings.inspected and _RELIEF.search("".join(word.text for word in sentence.words)):
        findings.firm.add("resolve")
    for i, word in enumerate(sentence.words):
        before = sentence.words[i - 1] if i else None
        if word.kind in ("future", "purpose", "let"):
            to_come = True
        elif word.kind in ("gap", "got"):
            to_come = False
        denied = before is not None and before.kind == "not_yet"
        if word.kind == "assent" and _is_no_yes(before, word, sentence.words[i + 1 : i + 2]):
            continue
        if word.kind in ("assent", "plan"):
            findings.faint.append("acknowledge")
        elif word.kind == "tick" and not sentence.verbs:
            findings.faint.append("offered")
        elif word.kind == "other" and before is not None and before.text == "ต้อง":
            # "อันนี้ต้องสำนักการระบายน้ำ", but "ต้องเขต…" may be any.
            findings.faint += [] if word.text == "เขต" else ["transfer"]
        elif to_come or denied:
            continue
        elif word.kind == "missing":
            if not _misses_something_else(sentence.words[i + 1 : i + 2], looked=findings.inspected):
                findings.firm.add("astray" if is_place_not_found(sentence.words, i) else "not_found")
        elif word.kind == "normal" and word.text.startswith(_WAS_NOT_SO) and done and not findings.inspected:
            findings.firm.add("resolve")  # "น้ำไม่ท่วมแล้ว", "ไฟติดครบแล้ว": it was not so before
        elif word.kind in ("normal", "outcome"):
            # "เป็นไปตามมาตรฐานของ กทม.": what is so is not said, nor that anybody looked.
            stray = word.text.startswith("เป็นไปตาม") and (before is None or before.kind == "gap")
            findings.faint += [] if stray and not findings.inspected else ["in_order"]
        elif word.kind == "lacking" and (findings.inspected or done or _went_there(sentence.words[:i])):
            following = sentence.words[i + 1].kind if i + 1 < len(sentence.words) else ""
            if following not in _SHORT_OF:
                findings.firm.add("not_found")
        elif word.text == "ทำอะไรไม่ได้" and sentence.has("date", "trouble", "still"):
            continue  # "วันนี้ฝนตกทำอะไรไม่ได้"
        elif word.kind in ("private", "beyond", "duplicate"):
            findings.firm.add("decline")
        elif word.kind == "elsewhere":
            following = sentence.words[i + 1].text if i + 1 < len(sentence.words) else ""
            if not following.startswith(("เขา", "เค้า")):  # "ทางหลวงตอบว่าไม่ใช่พื้นที่เขา"
                findings.firm.add("transfer")
        elif word.kind == "private_party" and before is not None and before.kind == "belongs":
            findings.firm.add("decline")
        elif _is_kept_by_others(sentence, i):
            findings.faint.append("transfer")


def _went_there(before: list[Word]) -> bool:
    """ "ลงไปที่ซอยไม่มีน้ำขัง": who went saw what there was."""
    breath = list(takewhile(lambda word: word.kind != "gap", reversed(before)))[::-1]
    return _WENT.search("".join(word.text for word in breath)) is not None


def _is_no_yes(before: Word | None, word: Word, following: list[Word]) -> bool:
    """ "ทะลุออกรามคำแหงได้ค่ะ" tells what can be done, "อ่านแล้วสงสาร" how it felt."""
    if word.text.startswith("ได้"):
        return before is not None and before.kind == "text"
    return word.text.endswith("แล้ว") and any(after.kind in ("text", "request") for after in following)


def _misses_something_else(following: list[Word], *, looked: bool) -> bool:
    """ "ไม่พบผู้แจ้ง", "ไม่พบเจ้าของบ้าน": nobody to speak to; "ไม่พบรูปภาพประกอบ": only the message lacks it."""
    pictures = ("รูป", "ภาพ", "ข้อมูล")
    if following and following[0].text.strip().startswith(_FURTHER):
        return True
    if not looked and any(word.kind == "asked" and word.text.startswith(pictures) for word in following):
        return True
    return any(word.kind == "reporter" or word.text in ("เจ้าของ", "เจ้าบ้าน") for word in following)


def _is_kept_by_others(sentence: Sentence, i: int) -> bool:
    """ "กฟน. ดูแล", "ของการทาง", "อยู่ในเขตบางเขน"; but "ของเขต" without a name is the writer's own."""
    word = sentence.words[i]
    if word.kind != "belongs":
        before = [other.kind for other in sentence.words[max(0, i - 2) : i]]
        return word.kind == "keeps" and (before[-1:] == ["other"] or before == ["other", "gap"])
    if is_relative(sentence.words, i):
        return False
    for j in range(i + 1, len(sentence.words)):
        other = sentence.words[j]
        if other.start - word.end > NEAR or other.kind in NOUNS - {"other"}:
            return False
        if other.kind == "other":
            named = sentence.words[j + 1].kind == "text" if j + 1 < len(sentence.words) else False
            return not other.text.endswith("เขต") or (named and other.text == "เขต")
    return word.text.endswith("เขต") and i + 1 < len(sentence.words) and sentence.words[i + 1].kind == "text"
