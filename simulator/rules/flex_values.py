"""Sizes, colours, ratios and angles as Flex components write them: pixels, percentages or a keyword."""

import re
from typing import Any

from simulator.rules.shapes import Scalar

KEYWORDS = ("none", "xs", "sm", "md", "lg", "xl", "xxl")
FONT_SIZES = ("xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl")
IMAGE_SIZES = (*FONT_SIZES, "full")
BORDERS = ("none", "light", "normal", "medium", "semi-bold", "bold")

_NUMBER = r"\d+(?:\.\d+)?"
_RATIO = re.compile(rf"({_NUMBER}):({_NUMBER})")
_RGB = re.compile(r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})")
_ANGLE = re.compile(rf"({_NUMBER})deg")
_PERCENT = re.compile(rf"({_NUMBER})%")


def measure(*keywords: str, pixels: bool = True, percent: bool = False, below_zero: bool = False) -> Scalar:
    """A length. Only offsets may be below zero."""
    units = "|".join(unit for unit, wanted in (("px", pixels), ("%", percent)) if wanted)
    pattern = re.compile(rf"{'-?' if below_zero else ''}{_NUMBER}(?:{units})")
    allowed = frozenset(keywords)

    def rule(value: Any) -> str | None:
        if isinstance(value, str) and (value in allowed or pattern.fullmatch(value)):
            return None
        return "invalid property"

    return rule


def colour(value: Any) -> str | None:
    """#RRGGBB or #RRGGBBAA"""
    return None if isinstance(value, str) and _RGB.fullmatch(value) else "invalid property"


def aspect_ratio(value: Any) -> str | None:
    """{width}:{height}, each from 1 to 100000, not taller than three times the width."""
    found = _RATIO.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return "invalid property"
    width, height = float(found[1]), float(found[2])
    if not (1 <= width <= 100000 and 1 <= height <= 100000) or height > 3 * width:
        return "invalid property"
    return None


def angle(value: Any) -> str | None:
    found = _ANGLE.fullmatch(value) if isinstance(value, str) else None
    return None if found and float(found[1]) < 360 else "invalid property"


def share(value: Any) -> str | None:
    """A percentage from 0 to 100."""
    found = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    return None if found and float(found[1]) <= 100 else "invalid property"
