"""What a video, a voice message or a file really is, by its first bytes, never by its name."""

import struct
import zipfile
from dataclasses import dataclass
from typing import IO

HEAD = 4096
_OFFICE = "application/vnd.openxmlformats-officedocument."
# A liar's archive could list millions of members; a letter or a table has a few dozen.
MOST_MEMBERS = 5000
LARGEST_DIRECTORY = 1_000_000
_END_OF_ARCHIVE = struct.Struct("<4s4H2LH")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A kind of file we keep: how it is served, and how its name ends."""

    content_type: str
    suffix: str


MP4 = Attachment("video/mp4", ".mp4")
MOV = Attachment("video/quicktime", ".mov")
THREE_GP = Attachment("video/3gpp", ".3gp")
M4A = Attachment("audio/mp4", ".m4a")
MP3 = Attachment("audio/mpeg", ".mp3")
AAC = Attachment("audio/aac", ".aac")
OGG = Attachment("audio/ogg", ".ogg")
WAV = Attachment("audio/wav", ".wav")
PDF = Attachment("application/pdf", ".pdf")
DOCX = Attachment(_OFFICE + "wordprocessingml.document", ".docx")
XLSX = Attachment(_OFFICE + "spreadsheetml.sheet", ".xlsx")

_BRANDS = {b"qt  ": MOV, b"M4A ": M4A, b"M4B ": M4A}
_MP4_BRANDS = (b"iso", b"mp4", b"avc", b"M4V", b"MSN", b"dash", b"mmp4")
_STARTS = (
    (b"%PDF-", PDF),
    (b"OggS", OGG),
    (b"ID3", MP3),
    (b"\xff\xfb", MP3),
    (b"\xff\xfa", MP3),
    (b"\xff\xf3", MP3),
    (b"\xff\xf2", MP3),
    (b"\xff\xf1", AAC),
    (b"\xff\xf9", AAC),
)


def find_attachment(file: IO[bytes], kind: str) -> Attachment | None:
    """The kind of file this is, where it is one we keep. The file is left at its beginning."""
    head = file.read(HEAD)
    file.seek(0)
    if head[4:8] == b"ftyp":
        return _by_brand(head, kind)
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return WAV
    if head.startswith(b"PK\x03\x04"):
        try:
            return _by_members(file)
        finally:
            file.seek(0)
    return next((found for start, found in _STARTS if head.startswith(start)), None)


def _by_brand(head: bytes, kind: str) -> Attachment | None:
    length = min(int.from_bytes(head[:4]), 256)
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, length, 4))]
    found = _BRANDS.get(brands[0])
    if found is None and brands[0].startswith((b"3gp", b"3g2", b"3ge", b"3gs")):
        found = THREE_GP
    if found is None and any(brand.startswith(_MP4_BRANDS) for brand in brands):
        found = MP4
    # Phones put a voice message into the same boxes as a film.
    return M4A if found is not None and kind == "audio" else found


def _by_members(file: IO[bytes]) -> Attachment | None:
    if not _is_modest(file):
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None


def _is_modest(file: IO[bytes]) -> bool:
    """Whether the archive's list of members is short enough to be read at all."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 65_557))  # the end record, and the longest comment behind it
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END_OF_ARCHIVE.size:
        return False
    _, _, _, _, members, directory, _, _ = _END_OF_ARCHIVE.unpack_from(tail, at)
    return bool(members <= MOST_MEMBERS and directory <= LARGEST_DIRECTORY)
