"""Draws the photos that people of the demo send: plain scenes, each marked as a demo, no two of them alike."""

import io
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 900)
HORIZON = 560
MARK = "DEMO"
Draw = ImageDraw.ImageDraw


def draw_picture(name: str) -> bytes:
    """A JPEG of a scene: its name, and after a colon a number that makes another one of it. Raises KeyError."""
    scene, _, number = name.partition(":")
    chance = random.Random(name)
    picture = Image.new("RGB", SIZE)
    SCENES[scene](ImageDraw.Draw(picture, "RGBA"), chance)
    _mark(ImageDraw.Draw(picture), f"{MARK} {number}".strip())
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=85)
    return written.getvalue()


def _draw_dark_lane(draw: Draw, chance: random.Random) -> None:
    _draw_lane(draw, chance, sky=(18, 24, 44), road=(34, 36, 44), wall=(28, 32, 48))
    _draw_lamps(draw, lit=False)


def _draw_lit_lane(draw: Draw, chance: random.Random) -> None:
    _draw_lane(draw, chance, sky=(26, 34, 62), road=(92, 88, 80), wall=(104, 92, 74))
    _draw_lamps(draw, lit=True)


def _draw_rubbish(draw: Draw, chance: random.Random) -> None:
    _draw_lane(draw, chance, sky=(168, 200, 226), road=(122, 122, 124), wall=(206, 192, 170))
    for _ in range(14):
        x, y, size = chance.randint(300, 860), chance.randint(520, 720), chance.randint(60, 130)
        colour = chance.choice([(30, 30, 34), (52, 54, 60), (96, 120, 72), (182, 176, 160), (74, 60, 52)])
        draw.ellipse((x, y, x + size, y + int(size * 0.8)), fill=colour)
        draw.line((x + size // 2, y, x + size // 2 + 8, y - 16), fill=colour, width=10)


def _draw_clean_lane(draw: Draw, chance: random.Random) -> None:
    _draw_lane(draw, chance, sky=(176, 208, 232), road=(132, 132, 134), wall=(212, 198, 176))


def _draw_flood(draw: Draw, chance: random.Random) -> None:
    _draw_lane(draw, chance, sky=(150, 160, 170), road=(112, 104, 88), wall=(182, 176, 166))
    draw.rectangle((0, 600, SIZE[0], SIZE[1]), fill=(128, 116, 92))
    for _ in range(90):
        x, y = chance.randint(0, SIZE[0]), chance.randint(610, SIZE[1])
        draw.line((x, y, x + chance.randint(30, 120), y), fill=(158, 146, 120), width=3)


def _draw_hole(draw: Draw, chance: random.Random) -> None:
    _draw_lane(draw, chance, sky=(170, 204, 230), road=(120, 120, 124), wall=(204, 190, 168))
    x, y = chance.randint(420, 620), chance.randint(660, 740)
    draw.ellipse((x, y, x + 260, y + 90), fill=(48, 44, 42))
    draw.ellipse((x + 30, y + 20, x + 220, y + 84), fill=(30, 28, 28))


SCENES: dict[str, Callable[[Draw, random.Random], None]] = {
    "dark_lane": _draw_dark_lane,
    "lit_lane": _draw_lit_lane,
    "rubbish": _draw_rubbish,
    "clean_lane": _draw_clean_lane,
    "flood": _draw_flood,
    "hole": _draw_hole,
}
Colour = tuple[int, int, int]


def _draw_lane(draw: Draw, chance: random.Random, *, sky: Colour, road: Colour, wall: Colour) -> None:
    width, height = SIZE
    draw.rectangle((0, 0, width, HORIZON), fill=sky)
    draw.rectangle((0, HORIZON, width, height), fill=tuple(max(0, part - 16) for part in wall))
    for left in (0, 880):
        x = left
        while x < left + 320:
            wide, tall = chance.randint(90, 160), chance.randint(220, 420)
            shade = chance.randint(-14, 14)
            draw.rectangle(
                (x, HORIZON - tall, x + wide, HORIZON + 40), fill=tuple(max(0, min(255, part + shade)) for part in wall)
            )
            for row in range(HORIZON - tall + 30, HORIZON - 30, 70):
                draw.rectangle((x + 24, row, x + 60, row + 36), fill=tuple(max(0, part - 46) for part in wall))
            x += wide
    draw.polygon([(470, HORIZON), (730, HORIZON), (1080, height), (120, height)], fill=road)


def _draw_lamps(draw: Draw, *, lit: bool) -> None:
    for x, top, long in ((330, 180, 480), (870, 180, 480), (440, 330, 260), (760, 330, 260)):
        arm = 70 if x < SIZE[0] // 2 else -70
        draw.line((x, top + long, x, top, x + arm, top), fill=(70, 74, 82), width=10)
        if lit:
            _draw_light(draw, x + arm, top, top + long)
        colour = (255, 244, 190) if lit else (44, 48, 56)
        draw.ellipse((x + arm - 24, top - 10, x + arm + 24, top + 22), fill=colour)


def _draw_light(draw: Draw, at: int, top: int, foot: int) -> None:
    """Many faint layers, the widest first: a glow around the lamp, and a cone that fades to its sides and its foot."""
    layers = 20
    for layer in range(layers, 0, -1):
        part = layer / layers
        wide, low = 130 * part, top + (foot - top) * (0.55 + 0.45 * part)
        cone = [(at - 18 * part, top + 8), (at + 18 * part, top + 8), (at + wide, low), (at - wide, low)]
        draw.polygon(cone, fill=(255, 222, 150, 5))
        draw.ellipse((at - wide, low - wide * 0.22, at + wide, low + wide * 0.22), fill=(255, 222, 150, 4))
        glow = 80 * part
        draw.ellipse((at - glow, top + 6 - glow, at + glow, top + 6 + glow), fill=(255, 236, 180, 7))


def _mark(draw: Draw, words: str) -> None:
    font = ImageFont.load_default(44)
    wide = draw.textlength(words, font=font)
    draw.rectangle((24, 24, 64 + wide, 96), fill=(255, 255, 255))
    draw.text((44, 34), words, fill=(40, 40, 40), font=font)
