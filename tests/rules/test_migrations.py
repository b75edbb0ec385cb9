"""The database has one line of descent: numbered revisions, one first, one last."""

import re
from pathlib import PurePosixPath

import pytest
from alembic.script import ScriptDirectory

from tests.rules.tree import ROOT, list_python, refuse

NUMBERED = re.compile(r"\d{4}_[a-z0-9_]+\.py")


def _revision_files() -> list[str]:
    return [
        name
        for name in list_python("migrations")
        if name.startswith("migrations/versions/") and not name.endswith("__init__.py")
    ]


@pytest.fixture
def scripts() -> ScriptDirectory:
    return ScriptDirectory(str(ROOT / "migrations"))


def test_there_is_one_head_and_one_base(scripts: ScriptDirectory) -> None:
    heads, bases = scripts.get_heads(), scripts.get_bases()
    refuse(
        ([f"heads: {', '.join(heads)}"] if len(heads) != 1 else [])
        + ([f"bases: {', '.join(bases)}"] if len(bases) != 1 else []),
        "Two changes grew from the same revision. Set down_revision of the later one (and its number) "
        "to follow the other, in migrations/versions/.",
    )


def test_revisions_are_numbered_in_their_order(scripts: ScriptDirectory) -> None:
    walked = [PurePosixPath(script.path).name for script in scripts.walk_revisions()][::-1]
    refuse(
        [name for name in _revision_files() if not NUMBERED.fullmatch(PurePosixPath(name).name)]
        + ([f"in order of descent: {', '.join(walked)}"] if walked != sorted(walked) else []),
        "Name a revision NNNN_what_it_does.py, with the number after the last one's.",
    )


def test_every_revision_file_is_in_the_line(scripts: ScriptDirectory) -> None:
    walked = {PurePosixPath(script.path).name for script in scripts.walk_revisions()}
    refuse(
        (name for name in _revision_files() if PurePosixPath(name).name not in walked),
        "alembic does not see this file as a revision: it needs `revision` and `down_revision`.",
    )
