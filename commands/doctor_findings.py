"""What `fasttrack doctor` found: one line each, and how to mend it. The words stand in doctor_words.toml."""

import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

State = Literal["ok", "warning", "wrong", "unseen"]
MARKS: dict[State, str] = {"ok": "✓", "warning": "!", "wrong": "✗", "unseen": "?"}
COLORS: dict[State, str] = {"ok": "green", "warning": "yellow", "wrong": "red", "unseen": "blue"}
WORDS = Path(__file__).with_name("doctor_words.toml")

SHORTEST_SECRET = 6


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `code` is for machines and stays the same; `mend` is empty where all is well."""

    code: str
    state: State
    told: str
    mend: str = ""

    def hide(self, secrets: Sequence[str]) -> "Finding":
        """The same with no secret in it, wherever the words came from."""
        told, mend = self.told, self.mend
        for secret in secrets:
            if len(secret) >= SHORTEST_SECRET:  # a shorter one is a placeholder, and stands in every other word
                told, mend = told.replace(secret, "…"), mend.replace(secret, "…")
        return Finding(self.code, self.state, told, mend)

    def as_json(self) -> dict[str, str]:
        """For machines."""
        return asdict(self)


@lru_cache(maxsize=1)
def load_words() -> dict[str, dict[str, str]]:
    """`told` and `mend` by code."""
    found: dict[str, dict[str, str]] = {}
    for family, codes in tomllib.loads(WORDS.read_text(encoding="utf-8")).items():
        found |= {f"{family}.{name}": words for name, words in codes.items()}
    return found


def find(state: State, code: str, **values: Any) -> Finding:
    """A finding with the words of its code, filled."""
    words = load_words()[code]
    return Finding(code, state, words["told"].format(**values), words.get("mend", "").format(**values))
