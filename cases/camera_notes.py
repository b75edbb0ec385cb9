"""What a camera wrote into a photo about when and where it was taken, as plain values fit for a JSON column.

The notes come from a stranger's file: whatever is malformed, impossible or not finite is left out, never an
error.
"""

import math
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PIL import ExifTags, Image

WHEN = re.compile(r"(\d{4})[:\-/](\d\d)[:\-/](\d\d)[ T](\d\d):(\d\d):(\d\d)")
OFFSET = re.compile(r"[+-](0\d|1[0-4]):[0-5]\d")


def read_camera_notes(image: Image.Image) -> dict[str, Any]:
    """`taken_at` (local time, with an offset where the camera gave it), `latitude`, `longitude`, `gps_at`."""
    try:
        exif = image.getexif()
        photo = exif.get_ifd(ExifTags.IFD.Exif)
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    except Exception:  # a broken block of notes does not make the photo worse
        return {}
    notes = {"taken_at": _taken_at(exif, photo), **_position(place), "gps_at": _gps_at(place)}
    return {name: value for name, value in notes.items() if value is not None}


def _taken_at(exif: Mapping[int, Any], photo: Mapping[int, Any]) -> str | None:
    original = _moment(photo.get(ExifTags.Base.DateTimeOriginal))
    moment = original or _moment(exif.get(ExifTags.Base.DateTime))
    offset = photo.get(ExifTags.Base.OffsetTimeOriginal if original else ExifTags.Base.OffsetTime)
    if moment and isinstance(offset, str) and OFFSET.fullmatch(offset.strip("\0 ")):
        return moment + offset.strip("\0 ")
    return moment


def _moment(value: object) -> str | None:
    found = WHEN.match(value) if isinstance(value, str) else None
    if not found:
        return None
    year, month, day, hour, minute, second = found.groups()
    try:
        # The camera's own wall clock: which zone it meant is not known here.
        return datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}:{second}").isoformat()
    except ValueError:
        return None


def _position(place: Mapping[int, Any]) -> dict[str, float]:
    latitude = _degrees(place.get(ExifTags.GPS.GPSLatitude), place.get(ExifTags.GPS.GPSLatitudeRef), "NS", 90)
    longitude = _degrees(place.get(ExifTags.GPS.GPSLongitude), place.get(ExifTags.GPS.GPSLongitudeRef), "EW", 180)
    # Phones without a fix write zeros; nobody photographs potholes in the Gulf of Guinea.
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return {}
    return {"latitude": latitude, "longitude": longitude}


def _degrees(parts: object, side: object, sides: str, most: int) -> float | None:
    numbers = _numbers(parts)
    letter = str(side).strip("\0 ").upper()[:1]
    if numbers is None or not letter or letter not in sides:
        return None
    degrees, minutes, seconds = numbers
    value = degrees + minutes / 60 + seconds / 3600
    if not 0 <= value <= most:
        return None
    return round(-value if letter == sides[1] else value, 7)


def _numbers(parts: object) -> tuple[float, float, float] | None:
    if not isinstance(parts, tuple | list) or len(parts) != 3:
        return None
    try:
        first, second, third = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return (first, second, third) if all(map(math.isfinite, (first, second, third))) else None


def _gps_at(place: Mapping[int, Any]) -> str | None:
    day, clock = place.get(ExifTags.GPS.GPSDateStamp), _numbers(place.get(ExifTags.GPS.GPSTimeStamp))
    if not isinstance(day, str) or clock is None or not all(0 <= part < 61 for part in clock):
        return None
    hours, minutes, seconds = (int(part) for part in clock)
    moment = _moment(f"{day.strip(chr(0))} {hours:02}:{minutes:02}:{seconds:02}")
    return moment and moment + "+00:00"
