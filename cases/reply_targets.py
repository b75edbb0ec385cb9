"""Whom a message is meant for, and whether it is put forward for others to do."""

from cases.reply_clauses import FINISHERS, NOUNS, VERBS
from cases.reply_letters import find_addressee
from cases.reply_words import Word

_LEADS_TO_NAME = ("ไปยัง", "ไปที่", "ถึง", "ให้", "กับ", "แก่", "ต่อ", "ทาง")
# How many words ahead a message looks for whom it concerns.
_REACH = 12
_PROPOSES = "เห็นควร"
_FIRM = "บริษัท"


def find_target(words: list[Word], i: int) -> str | None:
    """Whom the message at `i` is meant for: the kind of the name behind it."""
    if find_addressee(words, i) is not None:
        return "other"
    for at in range(i + 1, min(i + _REACH, len(words))):
        word, before = words[at], words[at - 1]
        if word.kind in NOUNS:
            # "สายของ 3BB แจ้งบริษัทแล้ว": the firm is the body just named.
            again = word.text == _FIRM and any(named.kind == "other" for named in words[:i])
            return "other" if again else word.kind
        leads_on = at - 1 == i or before.kind in ("let", "link") or before.text.endswith(_LEADS_TO_NAME)
        if word.kind == "gap" and not leads_on:
            return None
        if word.kind in VERBS - {"tell", "restored", "procedure", "legal"}:
            return None
        if word.kind in FINISHERS | {"future", "got", "progress"}:
            return None
    return None


def is_proposed(words: list[Word], i: int) -> bool:
    """ "เห็นควรโอนเรื่องให้ บก.จร.": how a memo hands a matter over; "จะโอนเรื่องให้" only says that somebody will."""
    return i > 0 and words[i - 1].text == _PROPOSES
