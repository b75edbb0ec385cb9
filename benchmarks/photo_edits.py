"""What people do to a photo before they send it a second time, and what else an after-photo may be."""

import io
import random
from collections.abc import Callable, Iterator

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from benchmarks.made_photos import Visit, as_jpeg, draw_place

Edit = Callable[[Image.Image, random.Random], Image.Image]


def _same_file(photo: Image.Image, _: random.Random) -> Image.Image:
    return photo


def _encode_again(photo: Image.Image, chance: random.Random) -> Image.Image:
    share = chance.uniform(0.5, 0.9)
    small = photo.resize((round(photo.width * share), round(photo.height * share)))
    return _as_sent(small, chance.randint(40, 75))


def _crop(photo: Image.Image, chance: random.Random) -> Image.Image:
    """By 5 to 20 % of each side."""
    wide, high = (round(side * (1 - chance.uniform(0.05, 0.20))) for side in photo.size)
    left, top = chance.randint(0, photo.width - wide), chance.randint(0, photo.height - high)
    return photo.crop((left, top, left + wide, top + high))


def _brighten(photo: Image.Image, chance: random.Random) -> Image.Image:
    lit = ImageEnhance.Brightness(photo).enhance(chance.choice((0.7, 0.8, 1.25, 1.4)))
    return ImageEnhance.Contrast(lit).enhance(chance.uniform(0.9, 1.2))


def _turn(photo: Image.Image, chance: random.Random) -> Image.Image:
    """By up to three degrees, and cropped so that no corner is empty."""
    turned = photo.rotate(chance.choice((-1, 1)) * chance.uniform(0.8, 3), Image.Resampling.BICUBIC)
    across, down = round(photo.width * 0.05), round(photo.height * 0.05)
    return turned.crop((across, down, photo.width - across, photo.height - down))


def _patch(photo: Image.Image, chance: random.Random) -> Image.Image:
    """A tenth of the picture, more or less, is filled with something else of it, as if mended."""
    wide, high = (round(side * chance.uniform(0.22, 0.38)) for side in photo.size)
    left = chance.randint(0, photo.width - wide)
    top = chance.randint(photo.height // 3, photo.height - high)
    from_left, from_top = chance.randint(0, photo.width - wide), chance.randint(0, photo.height - high)
    piece = photo.crop((from_left, from_top, from_left + wide, from_top + high)).filter(ImageFilter.GaussianBlur(2))
    mask = Image.new("L", piece.size)
    ImageDraw.Draw(mask).ellipse((0, 0, *piece.size), fill=255)
    mended = photo.copy()
    mended.paste(piece, (left, top), mask.filter(ImageFilter.GaussianBlur(4)))
    return mended


# Each made from the first photo; all of them should be found.
EDITS: dict[str, tuple[Edit, ...]] = {
    "the same file": (_same_file,),
    "JPEG again, smaller": (_encode_again,),
    "cropped 5-20 %": (_crop,),
    "brighter or darker": (_brighten,),
    "turned up to 3 degrees": (_turn,),
    "patched": (_patch,),
    "patched and cropped": (_patch, _crop),
}


def list_copies(photo: Image.Image, seed: str) -> Iterator[tuple[str, Image.Image]]:
    """Every edit of one photo, by its name."""
    for name, edits in EDITS.items():
        chance = random.Random(f"{seed}:{name}")
        copy = photo
        for edit in edits:
            copy = edit(copy, chance)
        yield name, copy if name == "the same file" else _as_sent(copy, 80)


def list_other_photos(place: int) -> Iterator[tuple[str, Image.Image]]:
    """Honest photos of a place: from a step aside, and from as near the first spot as a hand can hold it."""
    for name, near in (("same place, another photo", 1.0), ("same place, same spot by hand", 0.35)):
        chance = random.Random(f"{place}:{name}")
        visit = Visit(
            seed=place + 1,
            beside=chance.choice((-1, 1)) * chance.uniform(14, 60) * near,
            closer=chance.uniform(-0.08, 0.1) * near,
            tilt=chance.uniform(-2, 2) * near,
            light=chance.uniform(0.75, 1.2),
            warm=chance.uniform(-0.06, 0.06),
            damaged=False,
        )
        yield name, _as_sent(draw_place(place, visit), 85)


def _as_sent(photo: Image.Image, quality: int) -> Image.Image:
    return Image.open(io.BytesIO(as_jpeg(photo, quality))).convert("RGB")
