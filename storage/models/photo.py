"""What is kept of photos so that they can be compared, and what came of it."""

from datetime import datetime

from sqlalchemy import BigInteger, Float, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Key, UtcTime


class PhotoMark(Base):
    """The perceptual hash of a photo or of one part of it (`part`), and its four bands of sixteen bits.

    Marks that differ by up to seven bits share a band that differs by one at most, and so are found by an index.
    """

    __tablename__ = "photo_marks"

    media_id: Mapped[int] = mapped_column(Key, ForeignKey("media.id"), primary_key=True, autoincrement=False)
    part: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    mark: Mapped[int] = mapped_column(BigInteger)
    band_0: Mapped[int] = mapped_column(Integer)
    band_1: Mapped[int] = mapped_column(Integer)
    band_2: Mapped[int] = mapped_column(Integer)
    band_3: Mapped[int] = mapped_column(Integer)

    __table_args__ = tuple(Index(f"ix_photo_marks_band_{band}", f"band_{band}") for band in range(4))


class PhotoCheck(Base):
    """Why an after-photo should be looked at again; never that something is wrong with it.

    `verdict`: same or patched (beside a before-photo), reused (beside a photo of another case), earlier (beside an
    after-photo that this case was sent back with), early or far (by what the camera wrote; no other photo).
    `score`: the share of the picture that is equal, or the minutes or metres.
    """

    __tablename__ = "photo_checks"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(Key, ForeignKey("cases.id"))
    media_id: Mapped[int] = mapped_column(Key, ForeignKey("media.id"))
    other_media_id: Mapped[int | None] = mapped_column(Key, ForeignKey("media.id"), index=True)
    verdict: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(40))
    score: Mapped[float] = mapped_column(Float)
    at: Mapped[datetime] = mapped_column(UtcTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcTime)
    seen_at: Mapped[datetime | None] = mapped_column(UtcTime)
    seen_by: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        Index("ix_photo_checks_case_id", "case_id", "id"),
        Index("uq_photo_checks_media_id", "media_id", "verdict", unique=True),
        Index("ix_photo_checks_told_at", "told_at"),
    )
