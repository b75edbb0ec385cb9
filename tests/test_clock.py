"""One clock for the whole program, which a file can turn; whatever stands in the file, it tells the time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import clock


@pytest.fixture
def offset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "clock"
    monkeypatch.setenv("CLOCK_OFFSET_FILE", str(file))
    return file


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n",
        b"tomorrow",
        b"1,5",
        b"nan",
        b"inf",
        b"-inf",
        b"1e300",
        b"-99999999999999",
        b"0x10",
        b"\xff\xfe\x00",
        b"1\x002",
        b"3600 seconds",
    ],
)
def test_what_is_no_number_of_seconds_turns_nothing(offset: Path, content: bytes) -> None:
    offset.write_bytes(content)

    assert clock.offset_seconds() == 0
    assert clock.now().tzinfo is UTC


def test_without_a_file_or_its_name_nothing_is_turned(offset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert clock.offset_seconds() == 0
    offset.mkdir()
    assert clock.offset_seconds() == 0
    monkeypatch.setenv("CLOCK_OFFSET_FILE", "")
    assert clock.offset_seconds() == 0
    monkeypatch.delenv("CLOCK_OFFSET_FILE")
    assert clock.offset_seconds() == 0


@pytest.mark.parametrize(("content", "seconds"), [("90", 90), (" -3600.5\n", -3600.5), ("1e6", 1e6), ("+7", 7)])
def test_the_file_is_read_again_at_each_look(offset: Path, content: str, seconds: float) -> None:
    before = clock.now()
    offset.write_text(content)
    turned = clock.now()
    offset.write_text("0")

    assert timedelta(0) <= turned - before - timedelta(seconds=seconds) < timedelta(minutes=1)
    assert timedelta(0) <= clock.now() - before < timedelta(minutes=1)


@pytest.mark.parametrize("years", [-49, 49])
def test_it_can_be_turned_by_years(offset: Path, years: int) -> None:
    offset.write_text(str(years * 365 * 86400))

    assert abs(clock.now().year - datetime.now(UTC).year - years) <= 1


def test_bangkok_is_seven_hours_ahead_in_any_season() -> None:
    for month in (1, 7):
        moment = datetime(2026, month, 31, 17, 30, tzinfo=UTC)
        there = clock.in_bangkok(moment)
        assert there == moment
        assert (there.day, there.hour, there.minute) == (1, 0, 30)
