"""What the sender reads when a photo or file could not be kept: what happened, and what to do instead."""

from datetime import datetime
from typing import Any

from storage.media_claims import Wanted
from texts.catalog import say
from texts.moments import say_moment

_WHAT = {
    "image": "media.image",
    "video": "media.video",
    "audio": "media.audio",
    "file": "media.file",
}
_HINTS = {
    "type": "media.hint_kinds",
    "animated": "media.hint_still",
    "too_many_pixels": "media.hint_smaller",
    "unsafe_address": "media.hint_album",
}


def explain_loss(
    language: str, claim: Wanted, *, state: str, reason: str, limit: int | None, now: datetime
) -> dict[str, Any]:
    """The text message for one lost attachment: gone or refused; `limit` is given where it was too big."""
    what = say(language, _WHAT.get(claim.kind, "media.file"))
    when = say_moment(language, claim.sent_at, now=now)
    if limit is not None:
        words = say(language, "media.too_big", what=what, when=when, limit=limit // 1_000_000)
    elif state == "gone":
        words = say(language, "media.gone", what=what, when=when)
    else:
        hint = say(language, _HINTS.get(reason, "media.hint_again"))
        words = say(language, "media.refused", what=what, when=when, hint=hint)
    return {"type": "text", "text": words}
