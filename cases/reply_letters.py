"""Hears in formal letters whom they ask to act. A letter names its reader behind its number and day ("มีหนังสือที่ กท 5601
ถึงการประปา"), or at its head ("เรียน ผู้จัดการการประปานครหลวง เพื่อโปรดพิจารณาดำเนินการ")."""

from cases.reply_clauses import WORKS
from cases.reply_words import Word

_LETTER = "หนังสือ"
_HEAD = ("เรียน", "นำเรียน")
_ADDRESSED = ("ถึง", "ไปยัง", "ไปถึง", "ให้", "แจ้ง", "ขอ", "ต่อ")
# As far as a number, a day and the place of a letter reach.
_REACH = 16
_NEAR = 5
_OFFICE = "เขต"
_ASKS = frozenset(("request", "purpose"))
_ASKED = WORKS | {"inspect"}
_BETWEEN = frozenset(("gap", "text", "date", "link", "let", "want", "request"))


def find_addressee(words: list[Word], i: int) -> Word | None:
    """The body that the letter at `i` goes to."""
    if not words[i].text.endswith(_LETTER):
        return None
    for at in range(i + 1, min(i + _REACH, len(words))):
        if words[at].kind == "other":
            before = words[at - 1]
            led = before.kind in ("request", "want", "let") or before.text.strip().endswith(_ADDRESSED)
            return words[at] if led or at == i + 1 else None
        if words[at].kind not in _BETWEEN:
            return None
    return None


def is_addressed_to_others(words: list[Word]) -> bool:
    """ "เรียน ผู้บังคับการตำรวจจราจร เพื่อโปรดพิจารณาดำเนินการ"; a letter to a khet may be one to the writer's own."""
    said = [word for word in words if word.kind not in ("gap", "stop")]
    if not said or said[0].text not in _HEAD:
        return False
    named = next((i for i, word in enumerate(said[1:_NEAR], start=1) if word.kind == "other"), None)
    if named is None or said[named].text.endswith(_OFFICE):
        return False
    asks = next((i for i in range(named + 1, len(said)) if said[i].kind in _ASKS), None)
    return asks is not None and any(word.kind in _ASKED for word in said[asks + 1 : asks + _NEAR])
