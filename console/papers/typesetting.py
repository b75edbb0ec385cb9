"""Sets a paper: a template beside this file, with what it says as JSON, in Sarabun, as PDF or as pictures."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import typst

from console.assets import VENDOR

HERE = Path(__file__).parent
LETTERS = VENDOR / "sarabun" / "paper"


class NoLetters(Exception):
    """The letters that papers are set with are not there."""

    def __init__(self) -> None:
        super().__init__(f"{LETTERS} holds no letters to set papers with: run `make setup` once more")


def set_paper(name: str, told: Mapping[str, Any], kind: Literal["pdf", "png"] = "pdf") -> list[bytes]:
    """The paper: one file, or as pictures one a page. What is told cannot reach files or run as code.

    Raises NoLetters.
    """
    if not any(LETTERS.glob("*.ttf")):
        raise NoLetters
    made: Any = typst.compile(  # one file, or a list of pages
        str(HERE / f"{name}.typ"),
        root=str(HERE),
        font_paths=[str(LETTERS)],
        ignore_system_fonts=True,
        format=kind,
        ppi=110 if kind == "png" else None,
        sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
    )
    return made if isinstance(made, list) else [made]
