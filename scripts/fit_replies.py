"""Fits cases/reply_manner.toml and cases/reply_likeness.json on labelled notes: `python -m scripts.fit_replies NOTES…`,
each a CSV file or one of JSON lines with `text` and `primary` (docs/reading-replies.md): an action, "none", "stated"
where no more is known, or "report" for what a citizen reported, which only likeness learns from. The notes are not part
of the project."""

import collections
import csv
import json
import math
import random
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from cases import reply_likeness, reply_manner, reply_sureness
from cases.reply_bearing import drop_speech
from cases.reply_reader import ACTIONS
from cases.reply_words import cut_into_words

DAY = date(2026, 11, 21)
ROUNDS = 14
LEAST_SEEN = 3
STEP = 0.25  # weights are rounded to it, and what comes to nothing is left out
FLOOR = 1e-3  # what a sign tells less than this counts for nothing
PULL = 5e-3  # towards nothing, so that no word of few notes weighs much
_SIDE = 118
STEPS = (*ACTIONS, reply_likeness.TALK)
REPORT = "report"
# Of likeness: letters that stand together in fewer notes tell of those notes only.
LEAST_LIKE = 8
LIKE_ROUNDS = 7
LIKE_STEP = 0.5
LIKE_FLOOR = 1e-2
LIKE_PULL = 2e-4
_SETTLED = 0.02

Sign = tuple[str, str]
Note = tuple[list[Sign], int]
Like = tuple[list[str], int]


def read_rows(paths: list[str]) -> dict[str, str]:
    """The label of each note."""
    labels: dict[str, str] = {}
    for path in map(Path, paths):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file)) if path.suffix == ".csv" else [json.loads(line) for line in file]
        labels.update((row["text"], row["primary"]) for row in rows)
    return labels


def read_notes(labels: dict[str, str]) -> tuple[list[Note], list[Like]]:
    """The signs of each note and whether it states a step; its marks, and which."""
    notes, alike = [], []
    for text, label in labels.items():
        words = cut_into_words(drop_speech(text), DAY)
        familiar, strange = reply_sureness.find_familiar(words)
        if label != REPORT:
            signs = reply_manner.list_signs(words, familiar, strange=strange)
            notes.append((sorted(signs), int(label != reply_likeness.TALK)))
        step = reply_likeness.TALK if label == REPORT else label
        if step in STEPS:
            alike.append((sorted(reply_likeness.list_marks(words, familiar)), STEPS.index(step)))
    return notes, alike


def fit(notes: list[Note]) -> tuple[dict[Sign, float], float]:
    """Logistic regression, by steps that shrink for signs seen often."""
    seen = collections.Counter(sign for signs, _ in notes for sign in signs)
    kept = [([sign for sign in signs if seen[sign] >= LEAST_SEEN], stated) for signs, stated in notes]
    weights: dict[Sign, float] = collections.defaultdict(float)
    steps: dict[Sign, float] = collections.defaultdict(lambda: 1e-2)
    always = 0.0
    order = random.Random(0)
    for _ in range(ROUNDS):
        order.shuffle(kept)
        for signs, stated in kept:
            share = 1 / math.sqrt(len(signs) or 1)
            leaning = always + share * sum(weights[sign] for sign in signs)
            missed = 1 / (1 + math.exp(-max(-30.0, min(30.0, leaning)))) - stated
            always -= 0.05 * missed
            for sign in signs:
                slope = missed * share + PULL * weights[sign]
                steps[sign] += slope * slope
                pace = 0.4 / math.sqrt(steps[sign])
                moved = weights[sign] - pace * slope
                weights[sign] = math.copysign(max(0.0, abs(moved) - pace * FLOOR), moved)
    return weights, always


def fit_likeness(alike: list[Like]) -> tuple[dict[str, list[float]], list[float]]:
    """The same for several steps at once: of each mark, its weight for each step."""
    seen = collections.Counter(mark for marks, _ in alike for mark in marks)
    known = {mark: i for i, mark in enumerate(sorted(mark for mark in seen if seen[mark] >= LEAST_LIKE))}
    kept = [([known[mark] for mark in marks if mark in known], step) for marks, step in alike]
    weights = [[0.0] * len(known) for _ in STEPS]
    steps = [[1e-2] * len(known) for _ in STEPS]
    always = [0.0] * len(STEPS)
    order = random.Random(0)
    for _ in range(LIKE_ROUNDS):
        order.shuffle(kept)
        for marks, stated in kept:
            share = 1 / math.sqrt(len(marks) or 1)
            leanings = [always[i] + share * sum(map(weights[i].__getitem__, marks)) for i in range(len(STEPS))]
            likely = [math.exp(leaning - max(leanings)) for leaning in leanings]
            for i, each in enumerate(likely):
                missed = each / sum(likely) - (i == stated)
                if abs(missed) < _SETTLED:
                    continue
                always[i] -= 0.05 * missed
                _move(weights[i], steps[i], marks, missed * share)
    return {mark: [weights[i][at] for i in range(len(STEPS))] for mark, at in known.items()}, always


def _move(weights: list[float], steps: list[float], marks: list[int], missed: float) -> None:
    for mark in marks:
        slope = missed + LIKE_PULL * weights[mark]
        steps[mark] += slope * slope
        pace = 0.25 / math.sqrt(steps[mark])
        moved = weights[mark] - pace * slope
        weights[mark] = math.copysign(max(0.0, abs(moved) - pace * LIKE_FLOOR), moved)


def write_likeness(weights: dict[str, list[float]], always: list[float]) -> str:
    """The file: by step and by weight, a line for each."""
    lines = ["{", f'"always": {json.dumps(dict(zip(STEPS, (round(each, 2) for each in always), strict=True)))},']
    lines.append('"weights": {')
    for i, step in enumerate(STEPS):
        tables: dict[float, list[str]] = {}
        for mark in sorted(weights):
            if rounded := round(weights[mark][i] / LIKE_STEP) * LIKE_STEP:
                tables.setdefault(rounded, []).append(mark)
        rows = [f'"{weight:g}": {json.dumps(tables[weight], ensure_ascii=False)}' for weight in sorted(tables)]
        lines += [f'"{step}": {{', ",\n".join(rows), "}" if step == STEPS[-1] else "},"]
    return "\n".join([*lines, "}}"]) + "\n"


def write(weights: dict[Sign, float], always: float) -> str:
    """The file: by sort and by weight."""
    tables: dict[str, dict[float, list[str]]] = {"words": {}, "kinds": {round(always, 2): [""]}, "pairs": {}}
    for (sort, sign), weight in sorted(weights.items()):
        if rounded := round(weight / STEP) * STEP:
            tables[sort].setdefault(rounded, []).append(sign)
    lines = [
        "# Made by scripts/fit_replies.py: signs by weight, above 0 what speaks for a stated step (reply_manner.py)."
    ]
    for sort, table in tables.items():
        lines += ["", f"[{sort}]"]
        for weight in sorted(table):
            lines += [f'"{weight:+g}" = [', *_wrap(json.dumps(sign, ensure_ascii=False) for sign in table[weight]), "]"]
    return "\n".join(lines) + "\n"


def _wrap(items: Iterable[str]) -> list[str]:
    rows = ["   "]
    for item in items:
        if len(rows[-1]) + len(item) > _SIDE:
            rows.append("   ")
        rows[-1] += f" {item},"
    return rows


if __name__ == "__main__":
    manners, likes = read_notes(read_rows(sys.argv[1:]))
    reply_manner.WEIGHTS.write_text(write(*fit(manners)), encoding="utf-8")
    reply_likeness.WEIGHTS.write_text(write_likeness(*fit_likeness(likes)), encoding="utf-8")
