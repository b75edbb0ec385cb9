"""Reads the words of a PDF as a reader's copying does: what stands beside the shapes (ActualText) goes before them."""

import io
import re
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

_PAIR = re.compile(rb"<([0-9A-F]+)> <([0-9A-F]+)>")


def read_paper(data: bytes) -> list[str]:
    """The words of each page."""
    return [_read_page(page) for page in PdfReader(io.BytesIO(data)).pages]


def _read_page(page: Any) -> str:
    fonts = {name: _read_map(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    words: list[str] = []
    letters: dict[int, str] = {}
    inside: list[bool] = []
    height = None
    for operands, operator in ContentStream(page["/Contents"].get_object(), page.pdf).operations:
        if operator == b"Tf":
            letters = fonts[operands[0]]
        elif operator == b"Tm":
            if height is not None and abs(height - float(operands[5])) > 1:
                words.append("\n")
            height = float(operands[5])
        elif operator in (b"BDC", b"BMC"):
            told = operands[1].get("/ActualText") if operator == b"BDC" and hasattr(operands[1], "get") else None
            inside.append(told is not None)
            if told is not None:
                words.append(told if isinstance(told, str) else told.decode("utf-16"))
        elif operator == b"EMC":
            inside.pop()
        elif operator in (b"Tj", b"TJ") and not any(inside):
            shown = operands[0] if operator == b"TJ" else [operands[0]]
            words += [_decode(each, letters) for each in shown if not isinstance(each, int | float)]
        elif operator == b"cm":
            words.append(" ")
    return "".join(words)


def _read_map(font: Any) -> dict[int, str]:
    told = font["/ToUnicode"].get_object().get_data()
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in _PAIR.findall(told)}


def _decode(shown: Any, letters: dict[int, str]) -> str:
    data = shown.original_bytes if hasattr(shown, "original_bytes") else bytes(shown)
    return "".join(letters.get(int.from_bytes(data[at : at + 2]), "") for at in range(0, len(data), 2))
