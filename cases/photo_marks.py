"""Perceptual hashes by which a photo is found again among very many, also where it was cut or turned a little.

A hash of the whole picture does not stand cropping, so parts of every photo are kept with one too, in two sizes. A
photo that is looked for asks with fewer: of those that were cropped, one part or the other of what is kept fits.
"""

from collections.abc import Iterator

import libphash
from PIL import Image, ImageStat

# Marks of one picture, drawn anew, cropped by a tenth or turned, differ by so many of their 64 bits at most.
MOST_BITS = 12
SIZES = (0.92, 0.84)
PLACES = ((0.5, 0.5), (0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.5), (0.5, 0.0), (0.5, 1.0), (1.0, 0.5))
ASKED = range(6)  # the whole, and of the larger parts the middle and the corners
LEAST_SPREAD = 4.0  # greys that differ less show nothing: a lens cap, a wall, fog


def make_marks(photo: Image.Image) -> dict[int, int]:
    """By their number, the hashes of a photo (`shrink`-ed before) and of its parts; none of what shows nothing."""
    return {
        number: int(libphash.hash(part, libphash.Algorithm.PHASH))
        for number, part in enumerate((photo, *_cut_parts(photo)))
        if ImageStat.Stat(part).stddev[0] >= LEAST_SPREAD
    }


def _cut_parts(photo: Image.Image) -> Iterator[Image.Image]:
    for size in SIZES:
        wide, high = round(photo.width * size), round(photo.height * size)
        for across, down in PLACES:
            left, top = round((photo.width - wide) * across), round((photo.height - high) * down)
            yield photo.crop((left, top, left + wide, top + high))
