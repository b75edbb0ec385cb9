"""Writes the pages of docs/ that are made from the code, so that they cannot tell another story than it does.

`make docs` runs it; a rule in tests/rules fails while a page is older than what it is made from.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from cases.lifecycle import PREVIOUS, SAME, TRANSITIONS, Rule
from cases.statuses import OVER, Action, Role, Status

DOCS = Path(__file__).resolve().parents[1] / "docs"


def describe_lifecycle() -> str:
    """docs/case-lifecycle.md: for each status, what may be done, by whom, and what follows."""
    lines = [
        "# The life of a case",
        "",
        "Made by `make docs` from the table in `cases/lifecycle.py`; change that, not this page.",
        "The words are explained in [the glossary](glossary.md). Actions that change no status come last.",
        "",
    ]
    for status in Status:
        lines += [f"## {status}", ""]
        if status in OVER:
            lines += ["The case is over here.", ""]
        lines += ["| Action | By | Leads to | Told | Clock started |", "| --- | --- | --- | --- | --- |"]
        rules = [(action, TRANSITIONS[status, action]) for action in Action if (status, action) in TRANSITIONS]
        rules.sort(key=lambda each: each[1].to == SAME)
        lines += [_row(action, rule) for action, rule in rules]
        lines.append("")
    return "\n".join(lines)


PAGES: dict[str, Callable[[], str]] = {"case-lifecycle.md": describe_lifecycle}


def write_pages(folder: Path) -> None:
    """Write each page into `folder`."""
    for name, describe in PAGES.items():
        (folder / name).write_text(describe(), encoding="utf-8")


def _row(action: Action, rule: Rule) -> str:
    ends = {PREVIOUS: "where it was before", SAME: "(stays)"}
    roles = (role for role in Role if role in rule.by)
    to = ends.get(rule.to, str(rule.to))
    cells = (str(action), _list(roles), to, _list(sorted(rule.tell)), rule.clock or "–")
    return f"| {' | '.join(cells)} |"


def _list(words: Iterable[str]) -> str:
    return ", ".join(words) or "–"


if __name__ == "__main__":
    write_pages(DOCS)
