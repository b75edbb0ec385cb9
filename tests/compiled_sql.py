"""What SQLAlchemy compiled for one database serves for every other of its kind.

Each test has an engine of its own, and each would compile every statement of the product anew: a fifth of all the time.
In service there is one engine, which compiles each of them once.
"""

from functools import cache
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.util import LRUCache

from storage import engines

ROOM = 4000  # statements


def share_compiled_sql(patch: pytest.MonkeyPatch) -> None:
    """From now on, in this process."""

    def open_sharing(*given: Any, **named: Any) -> Engine:
        engine: Engine = create_engine(*given, **named)
        kind: Any = type(engine.dialect)
        engine.dialect.__class__ = _make_alike(kind)
        engine._compiled_cache = _compiled()
        return engine

    patch.setattr(engines, "create_engine", open_sharing)


@cache
def _compiled() -> "LRUCache[Any, Any]":
    return LRUCache(ROOM)


@cache
def _make_alike(dialect: type) -> type:
    """The same dialect, but every one of it is equal: what is compiled is kept by dialect and statement."""

    def is_alike(self: Any, other: object) -> bool:
        return type(self) is type(other) and self.server_version_info == other.server_version_info  # type: ignore[attr-defined]

    def name_kind(self: Any) -> int:
        return hash(type(self))

    ours = {"__eq__": is_alike, "__hash__": name_kind, "supports_statement_cache": True}
    return type(dialect.__name__, (dialect,), ours)
