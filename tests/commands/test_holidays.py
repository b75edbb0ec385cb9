"""`fasttrack holidays` lists the days off with their names, and keeps what staff know better of single days."""

from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result

from commands.holidays import holidays
from config import load_settings


@pytest.fixture(autouse=True)
def settings(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("SECRET_KEY", "a key that is only used in tests")
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


def _run(*words: str) -> Result:
    return CliRunner().invoke(holidays, list(words))


def test_a_year_is_listed_by_day_with_names_and_substitutes() -> None:
    lines = _run("list", "2026").output.splitlines()

    assert lines[0].startswith("2026-01-01 off   วันขึ้นปีใหม่")
    assert any(line.startswith("2026-12-07 off") and "ชดเชย" in line for line in lines)
    assert not any("Labor" in line or "Children" in line for line in lines), "offices work on those"


def test_a_day_can_be_set_either_way_and_unset() -> None:
    assert _run("set", "2026-12-30", "--off", "--reason", "by the cabinet").output.startswith("2026-12-30 off")
    assert _run("set", "2026-12-31", "--works").exit_code == 0

    lines = _run("list", "2026").output.splitlines()
    assert "2026-12-30 off   set: by the cabinet" in lines
    assert any(line.startswith("2026-12-31 works") for line in lines)
    assert _run("set", "2026-12-30", "--works").output.startswith("2026-12-30 works"), "the last word counts"

    assert _run("unset", "2026-12-31").output.startswith("2026-12-31 off")
    assert not any(line.startswith("2026-12-31 works") for line in _run("list", "2026").output.splitlines())


def test_what_cannot_be_done_is_said() -> None:
    again = _run("unset", "2026-12-30")
    assert again.exit_code == 1 and "was not set" in again.output
    assert _run("set", "2026-12-30").exit_code == 2
    assert _run("set", "30/12/2026", "--off").exit_code == 2
