"""Fits cases/reply_manner.toml on labelled notes: `python -m scripts.fit_replies NOTES…`, each a CSV file or one of
JSON lines with `text` and `primary` (docs/reading-replies.md). The notes are not part of the project."""

import collections
import csv
import json
import math
import random
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from cases import reply_manner, reply_sureness
from cases.reply_bearing import drop_speech
from cases.reply_words import cut_into_words

DAY = date(2026, 11, 21)
ROUNDS = 14
LEAST_SEEN = 3
STEP = 0.25  # weights are rounded to it, and what comes to nothing is left out
FLOOR = 1e-3  # what a sign tells less than this counts for nothing
PULL = 5e-3  # towards nothing, so that no word of few notes weighs much
_SIDE = 118

Sign = tuple[str, str]
Note = tuple[list[Sign], int]


def read_notes(paths: list[str]) -> list[Note]:
    """The signs of each note, and whether it states a step."""
    notes: dict[str, Note] = {}
    for path in map(Path, paths):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file)) if path.suffix == ".csv" else [json.loads(line) for line in file]
        for row in rows:
            words = cut_into_words(drop_speech(row["text"]), DAY)
            familiar, strange = reply_sureness.find_familiar(words)
            signs = reply_manner.list_signs(words, familiar, strange=strange)
            notes[row["text"]] = (sorted(signs), int(row["primary"] != "none"))
    return list(notes.values())


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
    reply_manner.WEIGHTS.write_text(write(*fit(read_notes(sys.argv[1:]))), encoding="utf-8")
