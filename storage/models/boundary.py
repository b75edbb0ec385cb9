"""The boundary layer an operator imported; the newest row is the one in use."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Key, UtcTime


class BoundaryLayer(Base):
    """District outlines as `places.boundaries.Layer.to_json` writes them, with the file's name and hash."""

    __tablename__ = "boundary_layers"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    source: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    layer: Mapped[str] = mapped_column(Text)
    imported_at: Mapped[datetime] = mapped_column(UtcTime)
