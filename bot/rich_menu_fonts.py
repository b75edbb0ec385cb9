"""Finds the letters that the menu's picture is drawn with.

Thai needs a font that has it and a shaper that puts marks where they belong; a picture with empty boxes or marks
on top of each other is worse than none, so whatever is missing is told instead.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont, features

from config import home

SARABUN = Path("node_modules/@fontsource/sarabun/files")  # put there by `make setup`
WEIGHT = "sarabun-{script}-700-normal.woff2"
THAI = range(0x0E00, 0x0E80)
INSTEAD = (
    "or name a font file with Thai and Latin letters in RICH_MENU_FONT "
    "(on Debian and Ubuntu: apt install fonts-thai-tlwg, then /usr/share/fonts/truetype/tlwg/Loma-Bold.ttf)"
)


class FontProblem(Exception):
    """There is nothing to draw Thai with; says how to come by it."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The font files of the two scripts; one file may have both."""

    thai: Path
    latin: Path

    def measure(self, words: str, size: int) -> float:
        """How wide words become."""
        return sum(self._open(script, size).getlength(run) for script, run in split_scripts(words))

    def list_runs(self, words: str, size: int) -> list[tuple[str, ImageFont.FreeTypeFont]]:
        """The words in pieces of one script, each with its font."""
        return [(run, self._open(script, size)) for script, run in split_scripts(words)]

    def _open(self, script: str, size: int) -> ImageFont.FreeTypeFont:
        return _open_font(self.thai if script == "thai" else self.latin, size)


@lru_cache(maxsize=128)  # labels are measured at many sizes, and unpacking a font takes a while
def _open_font(file: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.RAQM)


def find_letters(named: str) -> Letters:
    """The font `named` in the settings, else the one that the set-up brought. Raises FontProblem."""
    if not features.check("raqm"):
        raise FontProblem("Pillow is built without Raqm, so Thai marks would be misplaced: install its usual wheel")
    if named:
        letters = Letters(Path(named), Path(named))
        missing = f"RICH_MENU_FONT={named}"
    else:
        folder = home() / SARABUN
        letters = Letters(*(folder / WEIGHT.format(script=script) for script in ("thai", "latin")))
        missing = f"the font Sarabun ({folder})"
    for file in {letters.thai, letters.latin}:
        if not file.is_file():
            raise FontProblem(f"{missing} is not there: run `make setup` with npm and internet at hand, {INSTEAD}")
    try:
        _check_letters(letters)
    except OSError as problem:
        raise FontProblem(f"{missing} cannot be read ({problem}): run `make setup` again, {INSTEAD}") from None
    return letters


def split_scripts(words: str) -> list[tuple[str, str]]:
    """(script, piece) for each run of Thai or of anything else."""
    runs: list[tuple[str, str]] = []
    for letter in words:
        script = "thai" if ord(letter) in THAI else "latin"
        if runs and runs[-1][0] == script:
            runs[-1] = (script, runs[-1][1] + letter)
        else:
            runs.append((script, letter))
    return runs


def _check_letters(letters: Letters) -> None:
    """Each font must have its letters: what a font lacks is drawn as one and the same box."""
    for script, first, second in (("thai", chr(0x0E01), chr(0x0E2E)), ("latin", "A", "7")):
        ((_, font),) = letters.list_runs(first, 40)
        if bytes(font.getmask(first)) == bytes(font.getmask(second)):
            raise FontProblem(f"{font.path!s} has no {script.title()} letters: {INSTEAD.removeprefix('or ')}")
