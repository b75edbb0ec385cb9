"""Reads whom a request in a group is meant for: the reporter, who is asked by it; a body outside, to which the case
goes; or a colleague, to whom it is only said."""

from itertools import pairwise

from cases.reply_words import Word

# Photos of what was done come from colleagues.
_AFTERWARDS = (
    "ตอนก่อน",
    "ตอนหลัง",
    "ช่วงก่อน",
    "หลัง",
    "ก่อน-หลัง",
    "ผล",
    "ก่อนเข้า",
    "ก่อนทำ",
    "ก่อนซ่อม",
    "ก่อนและ",
    "ก่อนหลัง",
    "ก่อน/หลัง",
    "ในกลุ่ม",
    "เข้ากลุ่ม",
)


def are_of_the_work(chunk: list[Word]) -> bool:
    """ "ขอรูปหลังดำเนินการด้วย": photos that only colleagues can have."""
    pairs = pairwise(chunk)
    shows = any("รูป" in word.text or "ภาพ" in word.text for word in chunk)
    return shows and any(
        after.text.startswith(_AFTERWARDS) for word, after in pairs if word.kind in ("asked", "clerical")
    )


def is_entrusted(chunk: list[Word]) -> bool:
    """ "ฝากฝ่ายรักษาความสะอาดดูให้แล้ว": it was, and is theirs now."""
    return len(chunk) > 2 and chunk[0].text == "ฝาก" and chunk[1].kind in ("own", "other") and chunk[-1].kind == "done"


def read_request(words: list[Word]) -> str | None:
    kinds = [word.kind for word in words]
    if (
        words[0].text.endswith(("ฝากถาม", "ผู้แจ้ง", "ผู้ร้อง", "ท่าน"))
        or ("reporter" in kinds and not _runs_errand(words) and not _bids_those_present(words))
        or "asked" in kinds
    ):
        return "ask"
    if _more_photos(words):
        return "ask"
    passes_on = any(word.kind in ("forward", "tell") for word in words)
    # "ฝากเขตพญาไทด้วย"; "ฝากเขตด้วย" names nobody.
    entrusts = len(words) > 2 and kinds[1] == "other" and (words[1].text != "เขต" or kinds[2] == "text")
    return "transfer" if entrusts or (passes_on and "other" in kinds) else None


def _bids_those_present(words: list[Word]) -> bool:
    """ "ฝากท่านดูด้วย", "ขอให้ทุกท่าน…": "you" among colleagues; the reporter is asked to tell or to send something."""
    named = [word.text for word in words if word.kind == "reporter"]
    return set(named) == {"ท่าน"} and not any(word.kind in ("tell", "clerical", "asked") for word in words)


def _runs_errand(words: list[Word]) -> bool:
    """ "ขอให้ตอบผู้ร้องวันนี้", "ช่วยโทรแจ้งผู้แจ้งด้วย": a word that colleagues are to take to the reporter."""
    at = next(i for i, word in enumerate(words) if word.kind == "reporter")
    before = words[at - 1]
    return before.text.endswith("ตอบ") or (
        before.kind in ("tell", "enforce") and "asked" not in [word.kind for word in words]
    )


def _more_photos(words: list[Word]) -> bool:
    """ "ช่วยส่งรูปเพิ่มด้วย": more of them can only come from whoever sent the first; "ส่งรูปหลังทำ" is the group's."""
    photos = any(word.kind == "clerical" and word.text.endswith(("รูป", "ภาพ")) for word in words)
    return photos and any(word.kind == "text" and word.text.startswith("เพิ่ม") for word in words)
