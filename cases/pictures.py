"""Makes a safe picture of whatever bytes a person sent: known type, upright, small, and nothing hidden in it.

The picture is always drawn anew as JPEG, so no metadata, trailing bytes or scripts of the original survive.
When and where the camera says it was taken is handed back beside it, for the later check of after-photos.
"""

import io
from contextlib import nullcontext
from dataclasses import dataclass
from threading import Lock
from typing import Any

import filetype
import pillow_heif
from PIL import Image, ImageCms, ImageOps
from PIL.JpegImagePlugin import JpegImageFile

from cases.camera_notes import read_camera_notes

FULL_SIDE = 1600
CARD_SIDE = 1024  # the largest picture LINE shows in a Flex message
CARD_BYTES = 1_000_000  # and the weight it advises
LARGEST_FILE = 50_000_000
# What one picture may take in memory while it is drawn, its file included. A phone takes 12 to 50 megapixels, some
# 108, as JPEG, which is decoded at an eighth, a quarter or half of its size and so weighs little. One that comes in
# several scans (progressive) keeps all its coefficients in memory, and the other kinds all their pixels.
MOST_BYTES = 215_000_000
LARGEST_JPEG = 110_000_000  # pixels
LARGEST_IN_SCANS = 65_000_000
LARGEST_OTHER = 30_000_000
# Bytes a pixel, measured with `ru_maxrss`: each library keeps copies of its own.
WEIGHTS = {
    ("PNG", "L"): 2.0,
    ("PNG", "RGB"): 5.5,
    ("WEBP", "RGB"): 16.0,
    ("WEBP", "RGBA"): 19.0,
    ("HEIF", "RGB"): 8.0,
}
OTHER_WEIGHT = 10.5
DRAWN = 40_000_000  # a JPEG decoded small, and what is drawn from it
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
PICTURE_TYPES = frozenset({"image/jpeg", "image/png", "image/apng", "image/webp", "image/gif"})
HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
START_OF_SCAN = 0xDA
ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # JPEG's markers that have no length
QUALITIES = (85, 75, 60, 40)
# Only one such picture at a time: two at once would be another program's memory.
HEAVY = 80_000_000
_heavy_turn = Lock()

pillow_heif.register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = LARGEST_JPEG


class PictureRefused(Exception):
    """Not a picture we can keep. `reason`: empty, type, broken, animated, too_many_pixels or too_big."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Picture:
    """Two JPEGs of one picture: `full` for people's eyes, `card` for LINE. Sizes are those of `full`."""

    full: bytes
    card: bytes
    width: int
    height: int
    evidence: dict[str, Any]
    content_type: str = "image/jpeg"


def is_picture(head: bytes) -> bool:
    """Whether these first bytes (a few hundred will do) begin a picture of a kind we take."""
    if head[4:8] == b"ftyp":  # HEIC has more brands than the library knows, and shares its box with video
        return head[8:12] in HEIF_BRANDS
    return filetype.guess_mime(head) in PICTURE_TYPES


def prepare(data: bytes) -> Picture:
    """Draw the picture anew. Raises PictureRefused."""
    if not data:
        raise PictureRefused("empty")
    if len(data) > LARGEST_FILE:
        raise PictureRefused("too_big")
    if not is_picture(data[:4096]):
        raise PictureRefused("type")
    try:
        with _heavy_turn if _weigh(data) > HEAVY else nullcontext():
            return _draw(data)
    except (PictureRefused, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureRefused("too_many_pixels") from error
    except Exception as error:  # decoders meet broken files with any exception there is
        raise PictureRefused("broken") from error


def _weigh(data: bytes) -> int:
    """How many bytes will be held at once; refuses more than we can hold before anything is unpacked."""
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        pixels = image.width * image.height
        most, weight = LARGEST_JPEG, DRAWN
        if not isinstance(image, JpegImageFile):
            most = LARGEST_OTHER
            weight = int(pixels * WEIGHTS.get((str(image.format), image.mode), OTHER_WEIGHT))
        elif not _comes_in_one_scan(data, image):
            most, weight = LARGEST_IN_SCANS, DRAWN + _weigh_coefficients(image)
        if pixels > most or weight + len(data) > MOST_BYTES:
            raise PictureRefused("too_many_pixels")
        # A JPEG or HEIC with several pictures inside (bursts, depth maps) is one photo to who took it.
        if image.format in ("GIF", "PNG", "WEBP") and getattr(image, "is_animated", False):
            raise PictureRefused("animated")
        image.verify()
        return weight + len(data)


def _weigh_coefficients(image: JpegImageFile) -> int:
    """Two bytes for each sample of each component; colours have fewer samples where they are subsampled."""
    samples = [across * down for _, across, down, _ in image.layer]
    largest = max(across for _, across, _, _ in image.layer) * max(down for _, _, down, _ in image.layer)
    return int(image.width * image.height * 2 * sum(samples) / largest)


def _comes_in_one_scan(data: bytes, image: JpegImageFile) -> bool:
    """Whether the first scan has all components, so that rows can be drawn as they come."""
    if image.info.get("progressive"):
        return False
    at = 2
    while at + 4 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == START_OF_SCAN:
            return data[at + 4] == len(image.layer)
        alone = marker in ALONE
        at += 1 if marker == 0xFF else 2 if alone else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return False


def _draw(data: bytes) -> Picture:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        evidence = read_camera_notes(image)
        evidence["original"] = {"format": str(image.format), "width": image.width, "height": image.height}
        _draft(image)
        small = _in_plain_colours(image)
        small.thumbnail((FULL_SIDE, FULL_SIDE), Image.Resampling.LANCZOS)
        full = _flatten(ImageOps.exif_transpose(small))
    card = full.copy()
    card.thumbnail((CARD_SIDE, CARD_SIDE), Image.Resampling.LANCZOS)
    return Picture(
        full=_encode(full, QUALITIES[0]),
        card=_encode_small(card),
        width=full.width,
        height=full.height,
        evidence=evidence,
    )


def _draft(image: Image.Image) -> None:
    # Lets the JPEG decoder leave out what would be thrown away. thumbnail() would do it too, but for a square
    # box, by the short side, and so decodes most photos whole.
    share = FULL_SIDE / max(image.size)
    if share < 1:
        image.draft(None, (max(1, int(image.width * share)), max(1, int(image.height * share))))


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """Palettes and 16-bit grey cannot be made smaller as they are: the edges or the light would be lost."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("P", "PA", "1"):
        return image.convert("RGBA")
    return image


def _flatten(image: Image.Image) -> Image.Image:
    """On white, in sRGB, in a new image that knows nothing of the old one."""
    if "A" in image.mode or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image)
        image = ground
    clean = Image.new("RGB", image.size)
    clean.paste(_to_srgb(image).convert("RGB"))
    return clean


def _to_srgb(image: Image.Image) -> Image.Image:
    # Phones photograph in a wider colour space; without this the colours fade once the profile is dropped.
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "CMYK"):
        return image
    try:
        converted = ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return converted if converted is not None else image


def _encode(image: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, optimize=True)
    return buffer.getvalue()


def _encode_small(image: Image.Image) -> bytes:
    for quality in QUALITIES:
        data = _encode(image, quality)
        if len(data) <= CARD_BYTES:
            break
    return data
