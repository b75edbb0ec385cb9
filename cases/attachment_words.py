"""What stands in the history for attachments that came with, or without, words: how many, and of what kind."""

from collections.abc import Sequence

from storage.cases import NEXT
from storage.models import HistoryEntry, MediaItem
from texts.catalog import say

LANGUAGE = "th"
RECORDINGS = ("audio", "video")


def write_tail(items: Sequence[MediaItem], count: int) -> list[str]:
    """A part for the pictures, of which there may be more than came here, and one for each recording."""
    counted = [say(LANGUAGE, "group.photos_added", count=count)] if count else []
    kinds = [item.kind for item in items if item.kind in RECORDINGS]
    return counted + [say(LANGUAGE, f"group.{kind}_added", link="").strip(" :") for kind in kinds]


def strip_tail(entry: HistoryEntry, items: Sequence[MediaItem]) -> str:
    """The words of a line without those parts of it."""
    named = set(entry.details.get("media") or ())
    tail = write_tail([item for item in items if item.id in named], int(entry.details.get("count") or 0))
    return (entry.note or "").removesuffix(NEXT.join(tail)).removesuffix(NEXT)
