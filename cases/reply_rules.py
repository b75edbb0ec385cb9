"""Turns what one sentence states into actions on the case. A finding is firm when the words leave no
choice, and faint when they only suggest it ("เปลี่ยนโคมใหม่", "จะดำเนินการ"): faint ones count where
nothing firm was said."""

import re
from collections.abc import Callable

from cases.reply_clauses import PAST, TO_COME, WORKS, Mood, Sentence, Verb
from cases.reply_going_on import goes_on
from cases.reply_handiwork import tells_handiwork
from cases.reply_spelling import PATTERNS
from cases.reply_states import NEAR, Findings, judge_words
from cases.reply_times import opens_with_time_ahead

_NOTHING_NEW = frozenset(("acknowledge", "offered", "mended", "enforced"))
_PUT_BACK = ("เท", "ปู", "ถม", "วาง", "ใส่", "เปิดใช้", "ต่อสาย", "ฉาบ")
_POINTS = ("นี้", "นั้น", "โน้น", "นู้น")
_MOTION: tuple[str, ...] = tuple(PATTERNS["motion"])
_GOING = re.compile("|".join(_MOTION))
_FEW = 6
_SAID_TO = (Mood.GOT, Mood.DONE, Mood.BARE, Mood.PROGRESS)
# These have coordinators of their own, who write so of themselves.
_SPEAK_FOR_THEMSELVES = ("สน", "สถานีตำรวจ", "ตำรวจ", "เจ้าหน้าที่ตำรวจ", "สำนัก", "เขต")


def judge_sentence(sentence: Sentence, *, inspected_before: bool) -> Findings:
    """What this sentence states."""
    findings = Findings(inspected=inspected_before)
    if sentence.finished_alone:
        findings.firm.add("resolve")
    put_off = _list_chunks_put_off(sentence)
    for verb in sentence.verbs:
        if verb.mood in TO_COME and verb.family in WORKS - {"enforce"}:
            findings.to_come = True
        if verb.mood is not Mood.DENIED and not (verb.mood is Mood.CANNOT and verb.chunk in put_off):
            _JUDGES[verb.family](verb, findings)
    if "mended" in findings.faint and any(_is_for_later(sentence, verb) for verb in sentence.verbs):
        findings.faint = ["acknowledge" if kind == "mended" else kind for kind in findings.faint]
    if _is_makeshift(sentence):
        findings.faint = [kind for kind in findings.faint if kind not in ("mended", "enforced")] + ["begun"]
    judge_words(sentence, findings)
    if _leaves_undone(sentence):
        if "resolve" in findings.firm:
            findings.firm.add("start")
        _go_on(findings)
    if sentence.unfinished or sentence.not_in_order or sentence.finish_ahead or sentence.has("again"):
        _go_on(findings)
    if sentence.unfinished or sentence.under_way:
        findings.firm.add("start")
    if _has_set_out(sentence) or goes_on(sentence):
        findings.faint.append("begun")
    if tells_handiwork(sentence):
        findings.faint.append("mended")
    if _volunteers(sentence) or (sentence.finish_ahead and not sentence.verbs):
        findings.faint.append("offered")
    if _only_names_another(sentence):
        findings.faint.append("transfer")
    for awaited in sentence.waits_for:
        _judge_waiting(awaited, findings)
    if sentence.has("again") or sentence.has("trouble"):
        # Who tells that it broke again, or for how long they waited, takes nothing on.
        findings.faint = [kind for kind in findings.faint if kind not in _NOTHING_NEW]
    if any(word.kind == "part" and "เหลือ" in word.text for word in sentence.words) and not sentence.verbs:
        findings.takes_back = True  # "ลอกไปแล้วค่ะ ยังเหลือช่วงท้ายซอย"
    if sentence.has("part") or (sentence.has("stopgap") and findings.to_come) or _is_stopgap(sentence):
        if "resolve" in findings.firm or (not findings.firm and not _leaves_people(sentence)):
            findings.firm.add("start")
        findings.firm.discard("resolve")
    return findings


def _is_for_later(sentence: Sentence, verb: Verb) -> bool:
    """ "ซ่อมหลังฝนหยุดครับ": named with a time to come."""
    following = "".join(word.text for word in sentence.words[verb.index + 1 : verb.index + _FEW])
    return verb.family == "fix" and verb.mood is Mood.BARE and opens_with_time_ahead(following)


def _leaves_people(sentence: Sentence) -> bool:
    """ "ช่างเหลือคนเดียว": who is left, not what."""
    pairs = zip(sentence.words, sentence.words[1:], strict=False)
    return not sentence.verbs and any(word.kind == "part" and "คน" in after.text for word, after in pairs)


def _list_chunks_put_off(sentence: Sentence) -> set[int]:
    """ "วันนี้ฝนตกทำไม่ได้" and "ยังทำไม่ได้" speak of the day or of the rain, not of the matter."""
    chunk, put_off = 0, set()
    for word in sentence.words:
        chunk += word.kind == "gap"
        if word.kind in ("date", "trouble", "still"):
            put_off.add(chunk)
    return put_off


def _is_stopgap(sentence: Sentence) -> bool:
    """ "แก้ไขชั่วคราวแล้ว" is some of the work, "ตรวจสอบเบื้องต้นแล้ว" none of it."""
    done = {verb.chunk for verb in sentence.verbs if verb.family in WORKS and verb.mood in PAST}
    chunk = 0
    for word in sentence.words:
        chunk += word.kind == "gap"
        if word.kind == "stopgap" and chunk in done:
            return True
    return False


def _is_makeshift(sentence: Sentence) -> bool:
    """ "ปิดฝาท่อชั่วคราว", "ทำป้ายเตือนไว้ก่อน": a beginning, for the real thing is still to come."""
    at = next((i for i, word in enumerate(sentence.words) if word.kind == "stopgap"), -1)
    return any(verb.family in WORKS and verb.mood is Mood.BARE and verb.index < at for verb in sentence.verbs)


def _leaves_undone(sentence: Sentence) -> bool:
    """ "ขุดแล้ว ยังไม่ได้เทปูน", "สูบแล้ว น้ำยังไม่แห้ง", "รื้อแล้ว ยังไม่ได้ใส่ของใหม่"."""
    pairs = zip(sentence.words, sentence.words[1:], strict=False)
    if any(word.text.startswith("ยังไม่") and after.text.startswith(_PUT_BACK) for word, after in pairs):
        return True
    undone = (verb for verb in sentence.verbs if verb.mood is Mood.DENIED and verb.family in ("fix", "restored"))
    return any(sentence.words[verb.index - 1].text.startswith("ยังไม่") for verb in undone)


def _go_on(findings: Findings) -> None:
    findings.takes_back = True
    findings.firm.discard("resolve")


def _acknowledge(verb: Verb, findings: Findings) -> None:
    subject = verb.subject
    if subject and subject.kind == "other" and not subject.text.startswith(_SPEAK_FOR_THEMSELVES):
        findings.firm.add("transfer")
    elif verb.mood is Mood.FUTURE:
        findings.faint.append("acknowledge")
    elif verb.mood not in (Mood.ORDERED, Mood.PURPOSE, Mood.NOMINAL):
        findings.firm.add("acknowledge")


def _inspect(verb: Verb, findings: Findings) -> None:
    if verb.mood in PAST:
        findings.inspected = True
        findings.faint.append("start")
    elif verb.mood is Mood.PROGRESS:
        findings.firm.add("start")
    elif verb.mood is not Mood.NOMINAL and verb.mood is not Mood.CANNOT:
        findings.inspected = findings.inspected or verb.mood is Mood.BARE
        findings.faint.append("acknowledge")


def _work(verb: Verb, findings: Findings) -> None:
    if verb.mood in PAST and verb.family == "enforce":
        # "กวดขันแล้ว" states that the office dealt with it, which is all that a reading says. Citizens dislike it as an
        # end: whether it put the matter right, they are asked like after any "done".
        findings.warned = True
    elif verb.mood in PAST:
        findings.firm.add("resolve")
    elif verb.mood is Mood.PROGRESS:
        _go_on(findings)
        findings.firm.add("start")
    elif verb.mood is Mood.CANNOT:
        findings.firm.add("decline")
    elif verb.mood is Mood.BARE and verb.family == "fix":
        # "เปลี่ยนโคมใหม่" reports; "จุดนี้เพิ่งซ่อมไปเมื่อเดือนก่อน" only tells.
        findings.faint += ["mended"] if verb.opens_chunk else []
    elif verb.mood is Mood.BARE and verb.family == "enforce":
        findings.faint.append("enforced")
    elif verb.mood is not Mood.NOMINAL:
        findings.faint.append("acknowledge")


def _procedure(verb: Verb, findings: Findings) -> None:
    if verb.text.startswith("งบ") and verb.mood in (Mood.BARE, Mood.DONE) and verb.opens_chunk:
        return  # "งบประมาณหมดตั้งแต่สิงหา"
    if verb.mood in (Mood.ORDERED, Mood.PURPOSE, Mood.FUTURE, Mood.NOMINAL):
        findings.faint.append("start" if verb.mood is not Mood.FUTURE else "acknowledge")
    elif verb.mood is not Mood.CANNOT:
        # Who was warned, and is now proceeded against, has not put it right.
        findings.to_come = findings.to_come or verb.mood is Mood.PROGRESS
        if verb.text.startswith("รอ"):
            _go_on(findings)
        findings.firm.add("start")


def _legal(verb: Verb, findings: Findings) -> None:
    if verb.mood is Mood.DONE:
        findings.warned = True
    else:
        _procedure(verb, findings)


def _tell(verb: Verb, findings: Findings) -> None:
    if verb.mood is Mood.NOMINAL or verb.mood is Mood.CANNOT:
        return  # "ท่านผู้ประสานงาน" is who, not what; "ติดต่อเจ้าของที่ไม่ได้" reached nobody
    if verb.text == "บอก" and verb.subject and verb.subject.kind in ("other", "owner"):
        return  # "ประปาบอกไม่ใช่ท่อเขา": their word
    if verb.text == "ติดต่อ" and verb.mood is Mood.BARE and verb.target not in ("other", "unnamed"):
        return  # "เรื่องไฟติดต่อพี่เอ้": whom colleagues are to call
    if verb.target in ("other", "unnamed") or (verb.target == "owner" and verb.family == "forward"):
        if verb.mood in _SAID_TO or verb.mood is Mood.ORDERED:
            findings.firm.add("transfer")
        else:
            findings.faint.append("acknowledge")
    elif verb.target == "owner":
        if verb.mood in _SAID_TO:
            findings.warned = True
        else:
            findings.faint.append("acknowledge")
    elif verb.target is None and verb.family == "forward":
        findings.firm.add("transfer") if verb.mood in _SAID_TO else findings.faint.append("acknowledge")
    elif verb.mood is Mood.PROGRESS:
        findings.firm.add("start")
    elif verb.target is None and verb.text.startswith("ประสาน") and verb.mood in PAST:
        findings.firm.add("transfer")
    elif verb.target != "reporter":
        findings.faint.append("acknowledge")


def _clerical(verb: Verb, findings: Findings) -> None:
    shown = verb.text.endswith(("รูป", "ภาพ"))
    if verb.mood in PAST and not shown and not verb.text.startswith(("เปลี่ยน", "แก้", "ปรับ", "เพิ่ม")):
        findings.faint.append("acknowledge")


def _deploy(verb: Verb, findings: Findings) -> None:
    findings.firm.add("start") if verb.mood is Mood.PROGRESS else findings.faint.append("acknowledge")


def _begin(verb: Verb, findings: Findings) -> None:
    if verb.text == "เริ่ม" and verb.mood is Mood.DONE and not verb.opens_chunk:
        return  # "น้ำเริ่มเอ่อแล้ว"
    findings.faint.append("acknowledge" if verb.mood in TO_COME else "begun")


def _close(verb: Verb, findings: Findings) -> None:
    if verb.mood in (Mood.BARE, Mood.GOT, Mood.DONE):
        findings.closed = True


def _restored(verb: Verb, findings: Findings) -> None:
    if verb.mood is Mood.DONE:
        findings.firm.add("resolve")


_JUDGES: dict[str, Callable[[Verb, Findings], None]] = {
    "acknowledge": _acknowledge,
    "heard": _acknowledge,
    "inspect": _inspect,
    "act": _work,
    "light": _work,
    "fix": _work,
    "did": _work,
    "enforce": _work,
    "procedure": _procedure,
    "legal": _legal,
    "tell": _tell,
    "forward": _tell,
    "clerical": _clerical,
    "deploy": _deploy,
    "begun": _begin,
    "close": _close,
    "settled": _close,
    "restored": _restored,
}


def _judge_waiting(awaited: str, findings: Findings) -> None:
    findings.to_come = True
    # "รอการไฟฟ้ามาย้ายเสา": who waits for another body still keeps the case.
    if awaited in ("procedure", "supply") or (awaited == "more" and "resolve" in findings.firm):
        _go_on(findings)
        findings.firm.add("start")
    elif awaited == "more":
        findings.takes_back = True
        findings.faint.append("acknowledge")
    elif awaited:  # "รอแป๊บ" waits for nothing
        findings.faint.append("acknowledge")


def _only_names_another(sentence: Sentence) -> bool:
    """ "จุดนี้แขวงทางหลวงครับ": whose matter it is, with nothing else said."""
    named = [word for word in sentence.words if word.kind == "other"]
    plain = sum(len(word.text) for word in sentence.words if word.kind == "text")
    known = {"text", "other", "gap", "end_of_case"}.issuperset(word.kind for word in sentence.words)
    if not named or not known or plain > NEAR:
        return False
    at = sentence.words.index(named[0])
    # "ฝั่งนั้นเขตสาทร" points at another; "เขตสาทร" may be the writer's own.
    points = at > 0 and sentence.words[at - 1].text.endswith(_POINTS) and sentence.words[at + 1 : at + 2] != []
    return points or not named[0].text.endswith("เขต")


def _volunteers(sentence: Sentence) -> bool:
    """ "เดี๋ยวตามให้", whatever the verb."""
    if sentence.verbs or sentence.has("trouble", "date") or not sentence.has("future", "surely"):
        return False
    if sentence.has("let", "surely"):
        return True
    # "เดี๋ยวแวะไปครับ", but not "เดี๋ยวมีฝน" nor "เดี๋ยวก็รู้".
    pairs = zip(sentence.words, sentence.words[1:], strict=False)
    # ... nor "เดี๋ยวมา", which only takes leave.
    goes = tuple(word for word in _MOTION if word != "มา")
    return any(
        (word.text == "เดี๋ยว" and (after.kind == "own" or after.text.startswith(goes)))
        or (word.text == "รีบ" and after.text != "มา" and not _GOING.sub("", after.text))
        for word, after in pairs
    )


def _has_set_out(sentence: Sentence) -> bool:
    """ "ช่างออกไปแล้ว", "ทีมถึงแล้ว": who, a word of going, and done."""
    going = False
    for i, word in enumerate(() if sentence.verbs else sentence.words):
        if word.kind == "done" and going:
            return True
        asked = i > 0 and sentence.words[i - 1].kind == "want"  # "ถามหัวหน้าแล้ว"
        going = (word.kind in ("own", "sets_out") and not asked) or (going and not _GOING.sub("", word.text))
    return False
