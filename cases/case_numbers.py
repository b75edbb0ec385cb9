"""Finds a case's number in words, however it is written: spaces, case and Thai digits are forgiven."""

import re

from texts.digits import read_thai_digits

DASH = "[-–—‑]"
_NUMBER = re.compile(rf"FT\s?{DASH}?\s?(\d{{4}})\s?{DASH}?\s?(\d{{5,}})", re.IGNORECASE)


def find_case_number(text: str) -> str | None:
    """The first case number in the words, as we write it."""
    found = _NUMBER.search(read_thai_digits(text))
    return f"FT{found[1]}-{found[2]}" if found else None


def strip_case_number(text: str) -> str:
    """The words without their first case number."""
    return _NUMBER.sub(" ", read_thai_digits(text), count=1).strip(" :：-–\n\t")
