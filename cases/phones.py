"""Hides telephone numbers in what a reporter wrote: people who leave an office keep its group's messages."""

import re

# A Thai number as people write it, in digits of either kind; a case number or a coordinate is none.
_PHONE = re.compile(
    r"(?<![\d.])(?:\+?\s?(?:66|\u0e56\u0e56)[\s().-]*|\(?[0\u0e50](?!\.))(?:[\s().\-–]*\d){8,9}(?!\d)"
)


def hide_phones(words: str, instead: str) -> str:
    """The words with `instead` in place of each telephone number."""
    return _PHONE.sub(instead, words)
