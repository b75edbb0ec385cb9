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


def list_layers(session: Session, limit: int = 10) -> list[tuple[int, str, str, datetime]]:
    """The newest layers, the one in use first: key, name of the file, its hash, when it was imported."""
    kept = select(BoundaryLayer.id, BoundaryLayer.source, BoundaryLayer.sha256, BoundaryLayer.imported_at)
    return [
        (row[0], row[1], row[2], row[3]) for row in session.execute(kept.order_by(BoundaryLayer.id.desc()).limit(limit))
    ]


def use_again(session: Session, layer_id: int, now: datetime) -> bool:
    """An earlier layer is the one in use from now on. False where there is none of this key."""
    earlier = session.get(BoundaryLayer, layer_id)
    if earlier is None:
        return False
    again = BoundaryLayer(source=earlier.source, sha256=earlier.sha256, layer=earlier.layer, imported_at=now)
    session.add(again)
    session.flush()
    return True
