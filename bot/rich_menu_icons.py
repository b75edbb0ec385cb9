"""The six icons of the menu, drawn by code, so that they need nobody's licence and are sharp at any size.

Each is drawn on a square from 0 to 1, in lines of one thickness with round ends.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

Point = tuple[float, float]
Box = tuple[float, float, float, float]
FINER = 4  # drawn so many times larger, then made small: that is what makes edges smooth


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws in parts of a square; `ink` for lines, `spot` for the one thing that is to be seen first."""

    draw: ImageDraw.ImageDraw
    side: int
    ink: str
    spot: str
    ground: str
    stroke: float = 0.062

    def line(self, *points: Point, color: str | None = None, stroke: float | None = None) -> None:
        """A line through points, round at its ends and corners."""
        width = (stroke or self.stroke) * self.side
        placed = [(x * self.side, y * self.side) for x, y in points]
        self.draw.line(placed, fill=color or self.ink, width=round(width), joint="curve")
        for x, y in placed:
            half = width / 2
            self.draw.ellipse((x - half, y - half, x + half, y + half), fill=color or self.ink)

    def frame(self, box: Box, *, round_by: float = 0.09, fill: str | None = None, color: str | None = None) -> None:
        """A box with round corners."""
        self.draw.rounded_rectangle(
            self._place(box),
            radius=round_by * self.side,
            fill=fill,
            outline=color or self.ink,
            width=round(self.stroke * self.side),
        )

    def ring(self, box: Box, *, fill: str | None = None, color: str | None = None) -> None:
        """A circle or an ellipse."""
        width = round(self.stroke * self.side)
        self.draw.ellipse(self._place(box), fill=fill, outline=color or self.ink, width=width)

    def dot(self, x: float, y: float, radius: float, color: str | None = None) -> None:
        """A filled circle."""
        self.draw.ellipse(self._place((x - radius, y - radius, x + radius, y + radius)), fill=color or self.ink)

    def arc(self, box: Box, start: float, end: float) -> None:
        """A part of a circle, in degrees clockwise from the right, round at its ends."""
        left, top, right, bottom = box
        middle, radius = ((left + right) / 2, (top + bottom) / 2), (right - left) / 2
        steps = [start + (end - start) * step / 40 for step in range(41)]
        self.line(*(_on_circle(middle, radius, degrees) for degrees in steps))

    def shape(self, points: Sequence[Point], color: str) -> None:
        """A filled shape."""
        self.draw.polygon([(x * self.side, y * self.side) for x, y in points], fill=color)

    def _place(self, box: Box) -> Box:
        left, top, right, bottom = box
        return left * self.side, top * self.side, right * self.side, bottom * self.side


def draw_icon(name: str, side: int, *, ink: str, spot: str, ground: str) -> Image.Image:
    """An icon of `side` pixels on its ground."""
    large = side * FINER
    canvas = Image.new("RGB", (large, large), ground)
    ICONS[name](Pen(ImageDraw.Draw(canvas), large, ink, spot, ground))
    return canvas.reduce(FINER)


def _report(pen: Pen) -> None:
    """A speech bubble that calls out."""
    half = pen.stroke / 2
    for out, color in ((half, pen.ink), (-half, pen.ground)):
        pen.frame((0.08 - out, 0.12 - out, 0.92 + out, 0.70 + out), round_by=0.16 + out, fill=color, color=color)
        tail = ((0.28 - out, 0.60), (0.28 - out, 0.92 + 2.4 * out), (0.56 + 1.4 * out, 0.64 + out), (0.56, 0.60))
        pen.shape(tail, color)
    pen.line((0.50, 0.26), (0.50, 0.42), color=pen.spot, stroke=0.09)
    pen.dot(0.50, 0.56, 0.052, pen.spot)


def _track(pen: Pen) -> None:
    """Stations on a line, the first two reached."""
    pen.line((0.22, 0.18), (0.22, 0.82))
    for y, reached in ((0.18, True), (0.50, True), (0.82, False)):
        color = pen.spot if y == 0.50 else pen.ink
        pen.ring((0.11, y - 0.11, 0.33, y + 0.11), fill=color if reached else pen.ground, color=color)
        pen.line((0.46, y), (0.90 if reached else 0.74, y))


def _call(pen: Pen) -> None:
    """A handset, and that it rings."""
    curve = [_on_circle((0.80, 0.21), 0.58, degrees) for degrees in range(98, 173)]
    pen.line(*curve, stroke=0.13)
    for (x, y), (along, up) in ((curve[0], (0.13, -0.075)), (curve[-1], (0.075, -0.13))):
        pen.line((x - along * 0.1, y - up * 0.1), (x + along, y + up), stroke=0.20)
    pen.arc((0.42, 0.31, 0.72, 0.61), -85, -5)
    pen.arc((0.28, 0.17, 0.86, 0.75), -85, -5)


def _events(pen: Pen) -> None:
    """A day in a calendar, and a place on it."""
    pen.frame((0.10, 0.18, 0.90, 0.92))
    pen.line((0.13, 0.40), (0.87, 0.40))
    for x in (0.32, 0.68):
        pen.line((x, 0.08), (x, 0.26))
    middle = (0.50, 0.595)
    pen.shape(((0.50, 0.845), (0.395, 0.65), (0.605, 0.65)), pen.spot)
    pen.dot(*middle, 0.118, pen.spot)
    pen.dot(*middle, 0.045, pen.ground)


def _my_data(pen: Pen) -> None:
    """A card that tells of a person."""
    pen.frame((0.05, 0.17, 0.95, 0.83))
    pen.dot(0.31, 0.40, 0.092, pen.spot)
    around = [_on_circle((0.31, 0.68), 0.155, degrees) for degrees in range(180, 361, 5)]
    pen.shape(around, pen.spot)
    for y, right in ((0.38, 0.82), (0.52, 0.82), (0.66, 0.70)):
        pen.line((0.58, y), (right, y), stroke=0.055)


def _language(pen: Pen) -> None:
    """The world, as whoever comes from elsewhere looks for it."""
    pen.ring((0.08, 0.08, 0.92, 0.92))
    pen.ring((0.30, 0.08, 0.70, 0.92))
    pen.line((0.11, 0.50), (0.89, 0.50))
    for y, bend in ((0.27, 1), (0.73, -1)):
        curve = [(0.19 + 0.62 * step / 20, y + bend * 0.035 * math.sin(math.pi * step / 20)) for step in range(21)]
        pen.line(*curve)


def _on_circle(middle: Point, radius: float, degrees: float) -> Point:
    turned = math.radians(degrees)
    return middle[0] + radius * math.cos(turned), middle[1] + radius * math.sin(turned)


ICONS: dict[str, Callable[[Pen], None]] = {
    "report": _report,
    "track": _track,
    "call": _call,
    "events": _events,
    "my_data": _my_data,
    "language": _language,
}
