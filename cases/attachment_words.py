"""What stands in the history for attachments that came with, or without, words: how many, and of what kind."""

from collections.abc import Sequence

from storage.models import MediaItem
from texts.catalog import say

LANGUAGE = "th"
RECORDINGS = ("audio", "video")


def write_tail(items: Sequence[MediaItem], count: int) -> list[str]:
    """A part for the pictures, of which there may be more than came here, and one for each recording."""
    counted = [say(LANGUAGE, "group.photos_added", count=count)] if count else []
    kinds = [item.kind for item in items if item.kind in RECORDINGS]
    return counted + [say(LANGUAGE, f"group.{kind}_added", link="").strip(" :") for kind in kinds]
