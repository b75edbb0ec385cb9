"""Puts a picture that people sent into the store: drawn anew, with a small one beside it, and what its camera told."""

import hashlib
from datetime import datetime

from cases.pictures import prepare
from storage.files import Store, new_path
from storage.media_claims import Stored


def write_picture(store: Store, data: bytes, *, written: list[str], now: datetime) -> Stored:
    """Store a picture; each path goes to `written` before its file is begun, so that any error can be cleared up.

    Raises PictureRefused and StoreUnavailable.
    """
    picture = prepare(data)
    path, thumb_path = new_path(".jpg", now), new_path(".jpg", now)
    for place, jpeg in ((path, picture.full), (thumb_path, picture.card)):
        written.append(place)
        store.put(place, jpeg, picture.content_type)
    return Stored(
        path=path,
        thumb_path=thumb_path,
        content_type=picture.content_type,
        size=len(picture.full),
        sha256=hashlib.sha256(picture.full).hexdigest(),
        width=picture.width,
        height=picture.height,
        # The very same file sent again is known by this, however we draw pictures by then.
        evidence=picture.evidence | {"received_sha256": hashlib.sha256(data).hexdigest()},
    )
