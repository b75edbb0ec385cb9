"""Draws photos of streets that never were: one place from any viewpoint, in any light, with or without its damage.

Nearer things move more when the viewpoint does, other cars stand there at another visit, and the camera adds noise:
so a second photo of a place differs from the first as real ones do, and an edited copy of the first does not.
"""

import io
import random
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

WIDE, HIGH = 800, 600
MARGIN = 120  # what is drawn beyond the frame, for viewpoints beside it
Draw = ImageDraw.ImageDraw
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Visit:
    """Somebody stands there with a camera: where, in what light, and when (which other cars pass)."""

    seed: int = 0
    beside: float = 0.0  # a step to the side, in pixels of the nearest layer
    closer: float = 0.0
    tilt: float = 0.0
    light: float = 1.0
    warm: float = 0.0
    damaged: bool = True


def draw_place(place: int, visit: Visit) -> Image.Image:
    """One photo of one place."""
    size = (WIDE + 2 * MARGIN, HIGH + 2 * MARGIN)
    canvas = Image.new("RGB", size)
    for depth, layer in ((0.05, _sky), (0.25, _far), (0.6, _near), (1.0, _street)):
        sheet = Image.new("RGBA", size)
        layer(ImageDraw.Draw(sheet), random.Random(f"{place}:{layer.__name__}"), visit)
        moved = ImageChops.offset(sheet, round(visit.beside * depth), 0)
        grown = 1 + visit.closer * depth
        moved = moved.transform(size, Image.Transform.AFFINE, _around(size, 1 / grown), Image.Resampling.BICUBIC)
        canvas.paste(moved, (0, 0), moved)
    if visit.tilt:
        canvas = canvas.rotate(visit.tilt, Image.Resampling.BICUBIC)
    photo = canvas.crop((MARGIN, MARGIN, MARGIN + WIDE, MARGIN + HIGH))
    return _expose(photo, visit, place)


def _around(size: tuple[int, int], grow: float) -> tuple[float, ...]:
    across, down = size[0] / 2, size[1] / 2
    return (grow, 0, across * (1 - grow), 0, grow, down * (1 - grow))


def _sky(draw: Draw, chance: random.Random, _: Visit) -> None:
    top, low = (chance.randint(90, 150), chance.randint(140, 190), 235), (225, 232, 240)
    for row in range(HIGH + 2 * MARGIN):
        share = min(1.0, row / 480)
        draw.line(
            (0, row, WIDE + 2 * MARGIN, row),
            fill=tuple(int(a + (b - a) * share) for a, b in zip(top, low, strict=True)),
        )
    for _cloud in range(chance.randint(2, 7)):
        x, y = chance.randint(0, 1000), chance.randint(60, 300)
        for _puff in range(9):
            dx, dy, r = chance.randint(-70, 70), chance.randint(-14, 14), chance.randint(14, 40)
            draw.ellipse((x + dx - r, y + dy - r // 2, x + dx + r, y + dy + r // 2), fill=(240, 242, 245))


def _far(draw: Draw, chance: random.Random, _: Visit) -> None:
    x = -20
    while x < WIDE + 2 * MARGIN:
        wide, tall = chance.randint(40, 120), chance.randint(60, 260)
        shade = chance.randint(120, 200)
        colour = (shade, shade + chance.randint(-14, 8), shade + chance.randint(-24, 12))
        draw.rectangle((x, 440 - tall, x + wide, 470), fill=colour)
        step = chance.randint(9, 17)
        for row in range(440 - tall + 6, 440, step):
            for column in range(x + 5, x + wide - 6, step):
                if chance.random() < 0.8:
                    dark = chance.randint(40, 90)
                    draw.rectangle((column, row, column + step // 2, row + step // 2), fill=(dark, dark, dark + 14))
        x += wide + chance.randint(-5, 30)


def _near(draw: Draw, chance: random.Random, _: Visit) -> None:
    for left in (True, False):
        x = chance.randint(-30, 30) if left else chance.randint(600, 720)
        for _house in range(chance.randint(1, 3)):
            wide, tall = chance.randint(110, 200), chance.randint(170, 350)
            base = [chance.randint(90, 225) for _ in range(3)]
            draw.rectangle((x, 510 - tall, x + wide, 520), fill=tuple(base))
            for _stain in range(60):
                sx, sy = chance.randint(x, x + wide), chance.randint(510 - tall, 510)
                shade = chance.randint(-22, 22)
                draw.line(
                    (sx, sy, sx + chance.randint(-6, 6), sy + chance.randint(4, 26)),
                    fill=tuple(max(0, min(255, part + shade)) for part in base),
                    width=chance.randint(1, 4),
                )
            for row in range(510 - tall + 20, 470, chance.randint(46, 70)):
                for column in range(x + 14, x + wide - 34, chance.randint(38, 60)):
                    dark = chance.randint(25, 80)
                    draw.rectangle((column, row, column + 24, row + 32), fill=(dark, dark + 6, dark + 16))
                    draw.line((column + 12, row, column + 12, row + 32), fill=(200, 200, 195))
            x += wide + chance.randint(4, 30)
    for _tree in range(chance.randint(1, 4)):
        x, y = chance.randint(40, 980), chance.randint(300, 410)
        draw.rectangle((x - 6, y, x + 6, 530), fill=(80, 60, 42))
        for _leaf in range(160):
            dx, dy, r = chance.gauss(0, 34), chance.gauss(-14, 26), chance.randint(3, 11)
            green = chance.randint(60, 140)
            draw.ellipse((x + dx - r, y + dy - r, x + dx + r, y + dy + r), fill=(green // 2, green, green // 3))


def _street(draw: Draw, chance: random.Random, visit: Visit) -> None:
    size = (WIDE + 2 * MARGIN, HIGH + 2 * MARGIN)
    grey = chance.randint(84, 138)
    draw.rectangle((0, 500, *size), fill=(grey + 34, grey + 30, grey + 22))
    middle, foot = chance.randint(420, 600), chance.randint(380, 470)
    draw.polygon(
        [(middle - 60, 500), (middle + 60, 500), (middle + foot, size[1]), (middle - foot, size[1])],
        fill=(grey, grey, grey + 3),
    )
    for _speck in range(2600):
        x, y, shade = chance.randint(0, size[0]), chance.randint(504, size[1]), chance.randint(-18, 18)
        wide = 1 + (y - 500) // 90
        draw.rectangle((x, y, x + wide * 2, y + wide), fill=(grey + shade, grey + shade, grey + shade))
    for _crack in range(chance.randint(3, 9)):
        x, y = chance.randint(200, 850), chance.randint(520, 680)
        points = [(x, y)]
        for _bend in range(7):
            x, y = x + chance.randint(-26, 34), y + chance.randint(-5, 14)
            points.append((x, y))
        draw.line(points, fill=(grey - 40, grey - 42, grey - 40), width=chance.randint(1, 3))
    for dash in range(6):
        y = 505 + dash * dash * 7
        draw.polygon(
            [(middle - 2, y), (middle + 2, y), (middle + 4, y + 8 + dash * 4), (middle - 4, y + 8 + dash * 4)],
            fill=(214, 212, 200),
        )
    for _pole in range(chance.randint(1, 3)):
        x, top = chance.randint(120, 900), chance.randint(150, 260)
        draw.rectangle((x, top, x + 9, 560), fill=(118, 116, 110))
        for wire in range(3):
            draw.line((0, top + 10 + wire * 9, size[0], top + wire * 12 + chance.randint(-20, 20)), fill=(50, 50, 54))
    left, top = chance.randint(230, 470) + MARGIN, chance.randint(430, 500) + MARGIN
    right, low = left + chance.randint(80, 190), top + chance.randint(35, 75)
    if visit.damaged:
        _hole(draw, random.Random(left * 1000 + top), (left, top, right, low), grey)
    else:
        draw.rectangle((left - 8, top - 6, right + 8, low + 6), fill=(grey - 34, grey - 34, grey - 32))
    _passers(draw, random.Random(f"visit:{visit.seed}:{middle}"), visit)


def _hole(draw: Draw, chance: random.Random, where: tuple[int, int, int, int], grey: int) -> None:
    left, top, right, low = where
    draw.ellipse(where, fill=(grey - 52, grey - 56, grey - 58))
    draw.ellipse((left + 12, top + 9, right - 9, low - 3), fill=(36, 33, 30))
    for _rubble in range(26):
        x, y, r = chance.randint(left - 20, right + 20), chance.randint(top - 8, low + 10), chance.randint(2, 6)
        shade = chance.randint(70, 160)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(shade, shade - 4, shade - 10))


def _passers(draw: Draw, chance: random.Random, visit: Visit) -> None:
    for _car in range(chance.randint(0, 3) if visit.seed else 2):
        x, y = chance.randint(60, 900), chance.randint(500, 600)
        wide = 40 + (y - 480) // 2 * 2
        colour = tuple(chance.randint(20, 230) for _ in range(3))
        draw.rounded_rectangle((x, y - wide // 2, x + wide, y), 9, fill=colour)
        draw.rectangle((x + 8, y - wide // 2 + 5, x + wide - 8, y - wide // 4), fill=(40, 46, 56))


def _expose(photo: Image.Image, visit: Visit, place: int) -> Image.Image:
    photo = photo.filter(ImageFilter.GaussianBlur(0.7))
    photo = ImageEnhance.Brightness(photo).enhance(visit.light)
    if visit.warm:
        red, green, blue = photo.split()
        photo = Image.merge(
            "RGB",
            (red.point(lambda v: v * (1 + visit.warm)), green, blue.point(lambda v: v * (1 - visit.warm))),
        )
    # Pillow's noise cannot be seeded: a camera's cannot either.
    noise = Image.effect_noise((WIDE, HIGH), 8)
    return ImageChops.add(photo, Image.merge("RGB", (noise, noise, noise)), 1, -128)


def as_jpeg(photo: Image.Image, quality: int = 88) -> bytes:
    """As a phone writes it."""
    written = io.BytesIO()
    photo.save(written, "JPEG", quality=quality)
    return written.getvalue()
