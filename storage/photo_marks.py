"""Perceptual hashes of stored photos: which photos have none yet, and which photos are alike among very many.

A hash is cut into four bands of sixteen bits, each with an index. Two hashes that differ by seven bits or fewer share
a band that differs by one bit at most, so looking up a band and its sixteen neighbours finds every such photo without
reading the others; of those that differ by more, most are found too.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from storage.models import Case, MediaItem, PhotoMark
from storage.models.media import TO_MARK

BANDS = 4
BAND_BITS = 16
_COLUMNS = (PhotoMark.band_0, PhotoMark.band_1, PhotoMark.band_2, PhotoMark.band_3)
_SIGN = 1 << 63


@dataclass(frozen=True, slots=True)
class Alike:
    """A photo some of whose marks differ by so few bits from those asked for."""

    media_id: int
    bits: int


def list_unmarked(session: Session, limit: int) -> list[tuple[int, str]]:
    """Photos of cases that have no marks yet, oldest first: id and the path of the smaller picture."""
    wanted = select(MediaItem.id, MediaItem.thumb_path, MediaItem.path).where(TO_MARK).order_by(MediaItem.id)
    return [(row.id, row.thumb_path or row.path or "") for row in session.execute(wanted.limit(limit))]


def keep_marks(session: Session, media_id: int, marks: Mapping[int, int], now: datetime) -> bool:
    """Keep the marks of a photo by their part, none where it shows nothing.

    False where somebody else did, or it was taken back.
    """
    first = (
        update(MediaItem)
        .where(MediaItem.id == media_id, MediaItem.state == "stored", MediaItem.marked_at.is_(None))
        .values(marked_at=now)
        .returning(MediaItem.id)
    )
    if session.execute(first).first() is None:
        return False
    if marks:
        session.execute(insert(PhotoMark), [make_values(media_id, part, mark) for part, mark in marks.items()])
    return True


def make_values(media_id: int, part: int, mark: int) -> dict[str, int]:
    """One mark as its row holds it: databases know signed numbers only."""
    bands = {f"band_{band}": _cut(mark, band) for band in range(BANDS)}
    return {"media_id": media_id, "part": part, "mark": mark - (mark & _SIGN) * 2, **bands}


def find_alike(session: Session, marks: Sequence[int], most_bits: int, limit: int) -> list[Alike]:
    """The photos whose marks differ by `most_bits` at most from one of these, the likest first."""
    best: dict[int, int] = {}
    for band, column in enumerate(_COLUMNS):
        probes = {probe for mark in marks for probe in _list_near(_cut(mark, band))}
        for media_id, kept in session.execute(select(PhotoMark.media_id, PhotoMark.mark).where(column.in_(probes))):
            bits = min((_to_unsigned(kept) ^ mark).bit_count() for mark in marks)
            if bits <= most_bits and bits < best.get(media_id, 65):
                best[media_id] = bits
    ranked = sorted(best.items(), key=lambda found: (found[1], found[0]))
    return [Alike(media_id, bits) for media_id, bits in ranked[:limit]]


def list_with_cases(session: Session, media_ids: Sequence[int]) -> list[tuple[MediaItem, Case]]:
    """Those of these photos that are still there and a case's, with it; in the order asked for."""
    held = (
        select(MediaItem, Case)
        .join(Case, Case.id == MediaItem.case_id)
        .where(MediaItem.id.in_(media_ids), MediaItem.state == "stored", MediaItem.kind == "image")
    )
    found = {item.id: (item, case) for item, case in session.execute(held)}
    return [found[media_id] for media_id in media_ids if media_id in found]


def list_marks(session: Session, media_id: int, parts: Collection[int]) -> list[int]:
    """The marks of these parts of one photo."""
    kept = select(PhotoMark.mark).where(PhotoMark.media_id == media_id, PhotoMark.part.in_(parts))
    return [_to_unsigned(mark) for mark in session.scalars(kept)]


def forget_marks(session: Session, media_ids: Sequence[int]) -> None:
    """These photos were taken back: nothing that was made from them stays."""
    session.execute(delete(PhotoMark).where(PhotoMark.media_id.in_(media_ids)))


def _to_unsigned(mark: int) -> int:
    return mark % (_SIGN * 2)


def _cut(mark: int, band: int) -> int:
    return mark >> (band * BAND_BITS) & ((1 << BAND_BITS) - 1)


def _list_near(value: int) -> list[int]:
    return [value, *(value ^ (1 << bit) for bit in range(BAND_BITS))]
