"""Videos, voice and documents are known by their bytes; a name or a costume changes nothing."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.attachments import MOST_MEMBERS, Attachment, find_attachment

CONTENT_TYPES = "[Content_Types].xml"


def boxes(major: bytes, *compatible: bytes) -> bytes:
    brands = b"".join(compatible)
    return struct.pack(">I", 16 + len(brands)) + b"ftyp" + major + bytes(4) + brands + b"\0\0\0\x08free"


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name in names:
            made.writestr(name, "<x/>")
    return buffer.getvalue()


def find(data: bytes, kind: str = "file") -> Attachment | None:
    file = io.BytesIO(data)
    found = find_attachment(file, kind)
    assert file.tell() == 0, "whoever stores the file reads it from its beginning"
    return found


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"MZ\x90\x00" + bytes(100),
        b"#!/bin/sh\nrm",
        b"\x7fELF" + bytes(100),
        b"PK\x03\x04",
        b"PK\x03\x04" + bytes(500),
        archive("evil.exe"),
        archive("word/document.xml"),
        archive(CONTENT_TYPES, "ppt/presentation.xml"),
        archive(CONTENT_TYPES, "word/document.xml")[:-30],
        archive(CONTENT_TYPES, "word/document.xml", *(f"word/{n}" for n in range(MOST_MEMBERS))),
        boxes(b"avif", b"avif", b"mif1"),
        boxes(b"zzzz"),
        b"\x1aE\xdf\xa3" + bytes(100),
        b"RIFF\0\0\0\0AVI LIST",
    ],
)
def test_what_we_do_not_keep(data: bytes) -> None:
    assert find(data) is None


def test_an_archive_that_lies_about_its_length_is_not_read() -> None:
    made = bytearray(archive(CONTENT_TYPES, "xl/workbook.xml"))
    struct.pack_into("<L", made, len(made) - 10, 2**31)
    assert find(bytes(made)) is None


@pytest.mark.parametrize(
    ("data", "kind", "content_type"),
    [
        (boxes(b"isom", b"isom", b"iso2", b"mp41"), "video", "video/mp4"),
        (boxes(b"mp42", b"mp42"), "video", "video/mp4"),
        (boxes(b"XAVC", b"mp42"), "video", "video/mp4"),
        (boxes(b"qt  ", b"qt  "), "video", "video/quicktime"),
        (boxes(b"3gp4", b"isom"), "video", "video/3gpp"),
        (boxes(b"M4A ", b"M4A ", b"mp42", b"isom"), "audio", "audio/mp4"),
        (boxes(b"mp42", b"isom"), "audio", "audio/mp4"),
        (boxes(b"M4A ", b"isom"), "file", "audio/mp4"),
        (b"ID3\x04" + bytes(60), "audio", "audio/mpeg"),
        (b"\xff\xfb\x90" + bytes(60), "audio", "audio/mpeg"),
        (b"\xff\xf1\x50" + bytes(60), "audio", "audio/aac"),
        (b"OggS" + bytes(60), "audio", "audio/ogg"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "file", "audio/wav"),
        (b"%PDF-1.7\n" + bytes(60), "file", "application/pdf"),
        (archive(CONTENT_TYPES, "_rels/.rels", "word/document.xml"), "file", "wordprocessingml.document"),
        (
            archive("_rels/.rels", "docProps/app.xml", "a", "b", "word/document.xml", CONTENT_TYPES),
            "file",
            "wordp",
        ),
        (archive(CONTENT_TYPES, "xl/workbook.xml"), "file", "spreadsheetml.sheet"),
    ],
)
def test_what_we_keep(data: bytes, kind: str, content_type: str) -> None:
    found = find(data, kind)
    assert found is not None and content_type in found.content_type


@given(st.sampled_from([b"PK\x03\x04", b"\0\0\0\x20ftyp", b"RIFF", b""]), st.binary(max_size=400))
def test_nonsense_is_survived(start: bytes, rest: bytes) -> None:
    find(start + rest)
    find(start + rest + archive(CONTENT_TYPES, "xl/workbook.xml"))
