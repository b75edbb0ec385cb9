"""The boundary layer in use."""

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import BoundaryLayer


def add_layer(session: Session, *, source: str, text: str, layer: str, now: datetime) -> None:
    """Keep an imported layer; it is the one in use from now on."""
    session.add(
        BoundaryLayer(
            source=source[:255],
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            layer=layer,
            imported_at=now,
        )
    )


def find_newest_id(session: Session) -> int | None:
    """The key of the layer in use: what a process compares to see that another was imported."""
    return session.scalars(select(BoundaryLayer.id).order_by(BoundaryLayer.id.desc()).limit(1)).first()


def get_layer(session: Session, layer_id: int) -> str:
    """A layer as it was kept."""
    return session.get_one(BoundaryLayer, layer_id).layer
