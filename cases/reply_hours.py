"""Tells whether the part of the day that a reply names as its end was over when it was written: "เรียบร้อยบ่ายนี้", said at
five, may well tell of what is done."""

from datetime import time

from cases.reply_words import Word

_OVER = {
    "เช้า": time(12), "สาย": time(12), "เที่ยง": time(13, 30), "บ่าย": time(16, 30), "เย็น": time(19, 30),
    "this morning": time(12), "this afternoon": time(17),
}  # fmt: skip
_ENDS = frozenset(("finished", "close"))


def is_over(words: list[Word], at: time) -> bool:
    """Whether an end is named, and a part of today that was gone by `at`."""
    if all(word.kind not in _ENDS for word in words):
        return False
    parts = [word.text for word in words if word.mention and not word.mention.later]
    return any(text.startswith(part) and at >= over for text in parts for part, over in _OVER.items())
