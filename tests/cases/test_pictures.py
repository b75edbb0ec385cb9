"""Whatever bytes a stranger sends, a small upright JPEG with nothing hidden in it comes out, or a reason."""

import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms, ImageDraw

from cases.pictures import CARD_BYTES, CARD_SIDE, FULL_SIDE, Picture, PictureRefused, is_picture, prepare
from config import home

SECRET = b"<script>alert(1)</script>"


def scene(width: int = 640, height: int = 480) -> Image.Image:
    """Red at the top left, blue elsewhere, so that it can be seen which way up a picture is."""
    image = Image.new("RGB", (width, height), "blue")
    ImageDraw.Draw(image).rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill="red")
    return image


def encode(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def camera_notes(orientation: int = 1, **changed: Any) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Phone maker"
    exif[ExifTags.Base.Orientation] = orientation
    photo = exif.get_ifd(ExifTags.IFD.Exif)
    photo[ExifTags.Base.DateTimeOriginal] = changed.get("taken", "2026:11:20 14:05:09")
    photo[ExifTags.Base.OffsetTimeOriginal] = changed.get("offset", "+07:00")
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef] = changed.get("north", "N")
    place[ExifTags.GPS.GPSLatitude] = changed.get("latitude", (13.0, 45.0, 23.4))
    place[ExifTags.GPS.GPSLongitudeRef] = "E"
    place[ExifTags.GPS.GPSLongitude] = changed.get("longitude", (100.0, 30.0, 6.0))
    place[ExifTags.GPS.GPSDateStamp] = "2026:11:20"
    place[ExifTags.GPS.GPSTimeStamp] = (7.0, 5.0, 8.0)
    return exif


def reason(data: bytes) -> str:
    with pytest.raises(PictureRefused) as refused:
        prepare(data)
    return refused.value.reason


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    assert image.format == "JPEG" and image.mode == "RGB"
    return image


def is_red(pixel: Any) -> bool:
    return bool(pixel[0] > 180 and pixel[2] < 80)


def png_of(width: int, height: int) -> bytes:
    """A PNG that promises more pixels than it holds."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def zipped(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, SECRET)
    return buffer.getvalue()


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "blue")]
    return encode(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def test_an_empty_file_is_refused() -> None:
    assert reason(b"") == "empty"


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html><html><body>" + SECRET,
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">' + SECRET + b"</svg>",
        b"<svg onload='alert(1)'/>",
        b"%PDF-1.7\n" + SECRET,
        b"MZ" + bytes(600),
        b"II*\x00" + bytes(600),
        b"8BPS" + bytes(600),
        b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom",
        zipped("photo.jpg"),
        bytes(1000),
        b"\xff",
    ],
    ids=["html", "svg with xml", "svg", "pdf", "exe", "tiff", "psd", "mp4", "zip", "zeros", "one byte"],
)
def test_what_is_no_picture_of_a_kind_we_take_is_refused(data: bytes) -> None:
    assert reason(data) == "type"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "HEIF"])
@pytest.mark.parametrize("part", [0.02, 0.5, 0.9])
def test_a_picture_that_is_cut_off_is_refused(kind: str, part: float) -> None:
    whole = encode(Image.effect_noise((640, 480), 80).convert("RGB"), kind)
    assert reason(whole[: int(len(whole) * part)]) == "broken"


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff\xe0" + SECRET * 40,
        b"GIF89a/*" + SECRET * 40,
        b"\x89PNG\r\n\x1a\n" + SECRET * 40,
        b"RIFF\x00\x00\x00\x00WEBPVP8 " + SECRET * 40,
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + SECRET * 40,
    ],
    ids=["jpeg", "gif", "png", "webp", "heic"],
)
def test_a_page_that_begins_like_a_picture_is_refused(data: bytes) -> None:
    assert reason(data) == "broken"


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_moving_pictures_are_refused(kind: str) -> None:
    assert reason(animated(kind)) == "animated"


@pytest.mark.parametrize("size", [(20_000, 20_000), (8_000, 4_000), (100_000, 100_000)])
def test_a_bomb_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    assert reason(png_of(*size)) == "too_many_pixels"


def test_a_progressive_photo_too_large_to_hold_is_refused() -> None:
    plain = encode(Image.new("L", (9_000, 8_000)), quality=10)
    assert prepare(plain).width == FULL_SIDE
    assert reason(encode(Image.new("L", (9_000, 8_000)), quality=10, progressive=True)) == "too_many_pixels"


def test_the_same_photo_weighs_more_in_print_colours_and_in_several_scans() -> None:
    """26 megapixels: what is held of them is four colours whole, and two colours of three at a quarter."""
    size = (5_840, 4_480)
    whole = encode(Image.new("RGB", size), quality=10, progressive=True, subsampling=2)
    assert prepare(whole).width == FULL_SIDE
    assert prepare(encode(Image.new("CMYK", size), quality=10)).width == FULL_SIDE
    assert reason(encode(Image.new("CMYK", size), quality=10, progressive=True)) == "too_many_pixels"


def test_scans_one_colour_after_another_are_held_whole_too() -> None:
    """They are not called progressive, so only the head of the first scan tells."""
    data = bytearray(encode(Image.new("RGB", (6_400, 5_120)), quality=10, subsampling=0))
    scan = data.index(b"\xff\xda")
    assert data[scan + 4] == 3
    assert prepare(bytes(data)).width == FULL_SIDE
    data[scan + 2 : scan + 14] = b"\x00\x08\x01\x01\x00\x00\x3f\x00"
    assert reason(bytes(data)) == "too_many_pixels"


def test_what_a_library_holds_several_times_over_may_be_smaller() -> None:
    """As many pixels as a PNG may well have."""
    assert reason(encode(Image.new("RGB", (4_480, 3_360)), "WEBP", quality=10, method=0)) == "too_many_pixels"


# The high-water mark of this program alone: `ru_maxrss` would count what its parent held before.
_PEAK = """
import sys
from cases.pictures import prepare
prepare(sys.stdin.buffer.read())
marks = [line.split() for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(int(marks[0][1]) // 1000)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells how much memory a program took")
@pytest.mark.parametrize(
    ("kind", "mode", "size", "options"),
    [
        ("JPEG", "RGB", (12_000, 9_000), {}),
        ("JPEG", "CMYK", (10_400, 7_800), {}),
        ("JPEG", "RGB", (5_600, 4_200), {"progressive": True, "subsampling": 0}),
        ("JPEG", "CMYK", (4_640, 3_480), {"progressive": True}),
        ("PNG", "RGBA", (5_120, 3_840), {"compress_level": 1}),
        ("PNG", "RGB", (6_400, 4_640), {"compress_level": 1}),
        ("GIF", "P", (5_120, 3_840), {}),
        ("WEBP", "RGB", (4_000, 3_000), {"method": 0}),
    ],
)
def test_the_largest_of_each_kind_is_drawn_in_little_memory(
    kind: str, mode: str, size: tuple[int, int], options: dict[str, Any]
) -> None:
    data = encode(Image.new(mode, size), kind, quality=10, **options)
    drawn = subprocess.run([sys.executable, "-c", _PEAK], input=data, capture_output=True, cwd=home(), check=True)
    assert int(drawn.stdout) < 250


def test_more_bytes_than_any_phone_makes_are_refused() -> None:
    assert reason(encode(scene()) + bytes(50_000_000)) == "too_big"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "HEIF"])
def test_every_kind_we_take_becomes_two_small_jpegs(kind: str) -> None:
    picture = prepare(encode(scene(2400, 1800), kind))
    full, card = opened(picture.full), opened(picture.card)
    assert full.size == (picture.width, picture.height) == (FULL_SIDE, FULL_SIDE * 3 // 4)
    assert card.size == (CARD_SIDE, CARD_SIDE * 3 // 4)
    assert is_red(full.getpixel((50, 50))) and not is_red(full.getpixel((1500, 50)))


def test_a_small_picture_is_not_blown_up() -> None:
    picture = prepare(encode(Image.new("RGB", (1, 1))))
    assert (picture.width, picture.height) == (1, 1)
    assert opened(picture.card).size == (1, 1)


def test_a_strip_stays_a_strip() -> None:
    assert opened(prepare(encode(Image.new("RGB", (30_000, 2)))).full).size == (FULL_SIDE, 1)


def test_a_photo_of_fifty_megapixels_is_taken() -> None:
    picture = prepare(encode(scene(8192, 6144), quality=30))
    assert (picture.width, picture.height) == (1600, 1200)
    assert picture.evidence["original"] == {"format": "JPEG", "width": 8192, "height": 6144}


def test_the_card_weighs_what_line_advises_whatever_is_on_it() -> None:
    noise = Image.merge("RGB", [Image.effect_noise((2000, 2000), 250) for _ in range(3)])
    assert len(prepare(encode(noise, quality=95)).card) <= CARD_BYTES


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_the_way_it_was_held(orientation: int) -> None:
    # What a camera would have stored: the scene, turned so that following the note turns it back.
    undo = {
        1: (),
        2: (Image.Transpose.FLIP_LEFT_RIGHT,),
        3: (Image.Transpose.ROTATE_180,),
        4: (Image.Transpose.FLIP_TOP_BOTTOM,),
        5: (Image.Transpose.TRANSPOSE,),
        6: (Image.Transpose.ROTATE_90,),
        7: (Image.Transpose.TRANSVERSE,),
        8: (Image.Transpose.ROTATE_270,),
    }
    stored = scene(2000, 1000)
    for turn in undo[orientation]:
        stored = stored.transpose(turn)
    picture = prepare(encode(stored, exif=camera_notes(orientation)))
    full = opened(picture.full)
    assert full.size == (1600, 800)
    assert is_red(full.getpixel((100, 100))) and not is_red(full.getpixel((1500, 700)))


@pytest.mark.parametrize("kind", ["JPEG", "HEIF", "PNG", "WEBP"])
def test_nothing_of_the_notes_stays_in_the_picture_and_all_that_counts_stands_beside_it(kind: str) -> None:
    image = scene()
    picture = prepare(encode(image, kind, exif=camera_notes().tobytes()))
    for data in (picture.full, picture.card):
        again = opened(data)
        assert not again.getexif() and set(again.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
        }
        assert b"Phone maker" not in data and b"Exif" not in data
    assert picture.evidence == {
        "taken_at": "2026-11-20T14:05:09+07:00",
        "latitude": 13.7565,
        "longitude": 100.5016667,
        "gps_at": "2026-11-20T07:05:08+00:00",
        "original": {"format": kind, "width": 640, "height": 480},
    }


def test_a_page_hidden_in_a_good_picture_does_not_survive() -> None:
    hidden = encode(scene(), comment=SECRET, xmp=SECRET, icc_profile=SECRET) + SECRET
    picture = prepare(hidden)
    assert SECRET in hidden and SECRET not in picture.full and SECRET not in picture.card


@pytest.mark.parametrize(
    ("changed", "kept"),
    [
        ({"taken": "0000:00:00 00:00:00"}, {"taken_at": None}),
        ({"taken": "2026:02:30 10:00:00"}, {"taken_at": None}),
        ({"taken": "yesterday\0"}, {"taken_at": None}),
        ({"offset": "ICT"}, {"taken_at": "2026-11-20T14:05:09"}),
        ({"offset": "+99:00"}, {"taken_at": "2026-11-20T14:05:09"}),
        ({"latitude": (91.0, 0.0, 0.0)}, {"latitude": None, "longitude": None}),
        ({"latitude": (0.0, 0.0, 0.0), "longitude": (0.0, 0.0, 0.0)}, {"latitude": None}),
        ({"north": "X"}, {"latitude": None}),
        ({"north": "S"}, {"latitude": -13.7565}),
    ],
)
def test_impossible_notes_are_left_out(changed: dict[str, Any], kept: dict[str, Any]) -> None:
    evidence = prepare(encode(scene(), exif=camera_notes(**changed))).evidence
    assert {name: evidence.get(name) for name in kept} == kept


def test_notes_with_a_division_by_zero_are_left_out() -> None:
    data = bytearray(encode(scene(), exif=camera_notes()))
    whole = struct.pack("<II", 13, 1) if struct.pack("<II", 13, 1) in data else struct.pack(">II", 13, 1)
    at = data.index(whole)
    data[at : at + 8] = bytes(8)
    evidence = prepare(bytes(data)).evidence
    assert "latitude" not in evidence
    json.dumps(evidence, allow_nan=False)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damage_anywhere_is_survived(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "HEIF"]))
    notes = {} if kind == "GIF" else {"exif": camera_notes().tobytes()}
    whole = bytearray(encode(scene(96, 64), kind, **notes))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        picture = prepare(bytes(whole))
    except PictureRefused:
        return
    assert opened(picture.full).width == picture.width
    json.dumps(picture.evidence, allow_nan=False)


def test_what_is_clear_becomes_white() -> None:
    clear = Image.new("RGBA", (64, 64), (255, 0, 0, 0))
    for data in (encode(clear, "PNG"), encode(clear, "WEBP", lossless=True), encode(clear, "GIF")):
        assert min(opened(prepare(data).full).getpixel((32, 32))) > 240  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "CMYK", "I;16"])
def test_unusual_colours_are_drawn_as_they_look(mode: str) -> None:
    if mode == "I;16":
        image = Image.new("I;16", (64, 64), 40_000)
    else:
        image = Image.new("RGB", (64, 64), (156, 156, 156)).convert(mode)
    shown: Any = opened(prepare(encode(image, "JPEG" if mode == "CMYK" else "PNG")).full).resize((1, 1))
    assert all(abs(part - 156) <= (110 if mode == "1" else 6) for part in shown.getpixel((0, 0)))


def test_wide_colours_are_brought_into_the_common_space() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    odd = prepare(encode(scene(), icc_profile=profile.tobytes()))
    assert is_red(opened(odd.full).getpixel((10, 10))), "a profile that does not fit the picture is ignored"
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert is_red(opened(prepare(encode(scene(), icc_profile=plain)).full).getpixel((10, 10)))
    swapped = plain.replace(b"rXYZ", b"tXYZ").replace(b"bXYZ", b"rXYZ").replace(b"tXYZ", b"bXYZ")
    red, _, blue = opened(prepare(encode(scene(), icc_profile=swapped)).full).getpixel((10, 10))  # type: ignore[misc]
    assert blue > 180 and red < 80, "a profile in which red is blue is followed"


def test_several_pictures_in_one_photo_are_one_photo() -> None:
    burst = encode(scene(), "MPO", save_all=True, append_images=[Image.new("RGB", (640, 480))])
    assert is_red(opened(prepare(burst).full).getpixel((10, 10)))
    heif = pillow_heif.from_pillow(scene())
    heif.add_from_pillow(Image.new("RGB", (640, 480)))
    buffer = io.BytesIO()
    heif.save(buffer)
    assert isinstance(prepare(buffer.getvalue()), Picture)


def test_a_heic_photo_held_upright_is_turned_once() -> None:
    stored = scene(1000, 500).transpose(Image.Transpose.ROTATE_90)
    full = opened(prepare(encode(stored, "HEIF", exif=camera_notes(6).tobytes())).full)
    assert full.size == (1000, 500) and is_red(full.getpixel((50, 50)))


def test_pictures_are_told_from_films_by_their_first_bytes() -> None:
    assert is_picture(encode(scene(), "HEIF")[:64]) and is_picture(encode(scene(), "WEBP")[:64])
    assert not is_picture(b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom") and not is_picture(b"")
