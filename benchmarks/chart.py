"""Draws the ratios of a run as a small SVG: the echo is 100 %, the product stands beside it."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

WIDTH, ROW, LEFT, RIGHT, TOP = 720, 46, 150, 90, 64
INK, SOFT, ECHO, GOOD, POOR = "#1d2733", "#5b6775", "#aab4bf", "#06A04B", "#C2410C"


def write_chart(path: Path, rows: Sequence[tuple[str, float, float, bool]], told: str) -> None:
    """One row a figure: its name, the echo's median, the product's, and whether more is better."""
    shown = [row for row in rows if row[1] > 0]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_draw(shown, told), encoding="utf-8")


def _draw(rows: Sequence[tuple[str, float, float, bool]], told: str) -> str:
    most = max([1.0, *(product / echo for _, echo, product, _ in rows)])
    height = TOP + ROW * len(rows) + 16
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" font-family="sans-serif">',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        _write(16, 26, "Product beside the SDK's echo (echo = 100 %)", INK, 16),
        _write(16, 46, told, SOFT, 12),
        *(_draw_row(TOP + ROW * number, row, most) for number, row in enumerate(rows)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _draw_row(top: float, row: tuple[str, float, float, bool], most: float) -> str:
    name, echo, product, more_is_better = row
    scale = (WIDTH - LEFT - RIGHT) / most
    ratio = product / echo
    better = ratio >= 1 if more_is_better else ratio <= 1
    end = LEFT + ratio * scale
    return "\n".join(
        (
            _write(16, top + 22, name, INK, 13),
            f'<rect x="{LEFT}" y="{top + 4}" width="{scale:.1f}" height="11" rx="2" fill="{ECHO}"/>',
            f'<rect x="{LEFT}" y="{top + 17}" width="{ratio * scale:.1f}" height="15" rx="2" '
            f'fill="{GOOD if better else POOR}"/>',
            _write(end + 6, top + 29, f"{ratio:.0%}  ({product:.4g})", INK, 12),
            _write(LEFT + scale + 6, top + 13, f"{echo:.4g}", SOFT, 11),
        )
    )


def _write(x: float, y: float, words: str, colour: str, size: int) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" font-size="{size}">{escape(words)}</text>'
