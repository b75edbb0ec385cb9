"""Turns fetched content into files of ours: pictures drawn anew, all else checked and kept as it is."""

import hashlib
from datetime import datetime
from typing import IO

from bot.content_answers import Content
from cases.attachments import HEAD, find_attachment
from cases.picture_files import write_picture
from cases.pictures import LARGEST_FILE, PictureRefused, is_picture
from storage.files import Store, new_path
from storage.media_claims import Stored

PIECE = 1024 * 1024


def write_files(store: Store, kind: str, content: Content, *, written: list[str], now: datetime) -> Stored:
    """Store what was fetched for a message of this kind.

    Each path goes to `written` before its file is begun, so that the caller can clear up after any error.
    Raises PictureRefused (for any kind of content) and StoreUnavailable.
    """
    if kind == "image" or is_picture(_read_head(content.file)):
        if content.size > LARGEST_FILE:
            raise PictureRefused("too_big")
        return write_picture(store, content.file.read(), written=written, now=now)
    found = find_attachment(content.file, kind)
    if found is None:
        raise PictureRefused("empty" if content.size == 0 else "type")
    digest = _hash(content.file)
    path = new_path(found.suffix, now)
    written.append(path)
    store.put(path, content.file, found.content_type)
    return Stored(path=path, content_type=found.content_type, size=content.size, sha256=digest)


def _read_head(file: IO[bytes]) -> bytes:
    head = file.read(HEAD)
    file.seek(0)
    return head


def _hash(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()
