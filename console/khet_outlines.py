"""The outlines of all khet for maps in browsers: drawn up once for each boundary layer, and kept packed."""

import gzip
import json

from sqlalchemy.orm import Session

from places.layer import Layer
from storage import boundaries

PLACES = 5  # digits of a degree: about a metre
_layers: dict[int, Layer] = {}
_packed: dict[int, bytes] = {}  # the layer in use alone; another takes its place


def find_layer(session: Session, layer_id: int) -> Layer:
    """The layer of this key, read once."""
    if layer_id not in _layers:
        read = Layer.from_json(boundaries.get_layer(session, layer_id))
        _layers.clear()
        _layers[layer_id] = read
    return _layers[layer_id]


def pack_outlines(session: Session, layer_id: int) -> bytes:
    """JSON, gzipped: by khet code its rings, each point latitude before longitude."""
    if layer_id not in _packed:
        layer = find_layer(session, layer_id)
        drawn = {
            dcode: [[(round(lat, PLACES), round(lng, PLACES)) for lng, lat in ring] for ring in rings]
            for dcode, rings in layer.rings.items()
        }
        words = json.dumps(drawn, separators=(",", ":"))
        _packed.clear()
        _packed[layer_id] = gzip.compress(words.encode(), mtime=0)
    return _packed[layer_id]
