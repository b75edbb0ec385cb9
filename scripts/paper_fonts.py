"""Makes the letters that papers are set with: Sarabun's Thai and Latin parts (woff2, brought by npm) as one TTF each.

`python scripts/paper_fonts.py FROM TO`: reads sarabun-thai-400-normal.woff2 and the like, writes Sarabun-400.ttf.
"""

import logging
import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

WEIGHTS = ("400", "700")
SCRIPTS = ("latin", "thai")
NAMES = {"400": "Regular", "700": "Bold"}


def merge(source: Path, target: Path, weight: str) -> None:
    """One weight. The Latin part comes first: it says how high lines are."""
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for script in SCRIPTS:
            font = TTFont(source / f"sarabun-{script}-{weight}-normal.woff2")
            font.flavor = None
            parts.append(f"{folder}/{script}.ttf")
            font.save(parts[-1])
        merged = Merger().merge(parts)
    merged["OS/2"].usWeightClass = int(weight)
    for record in list(merged["name"].names):
        if record.nameID in (1, 16):
            record.string = "Sarabun"
        elif record.nameID in (2, 17):
            record.string = NAMES[weight]
        elif record.nameID == 4:
            record.string = f"Sarabun {NAMES[weight]}"
    target.mkdir(parents=True, exist_ok=True)
    merged.save(target / f"Sarabun-{weight}.ttf")


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    for each in WEIGHTS:
        merge(Path(sys.argv[1]), Path(sys.argv[2]), each)
