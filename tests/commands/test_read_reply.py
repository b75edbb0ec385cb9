"""`fasttrack read-reply` speaks JSON lines that other programs can rely on."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result

import clock
from commands.read_reply import read_reply
from tests.commands.line_by_line import ask_one_by_one, give_lines


def _read(*lines: str | bytes) -> Result:
    return give_lines(read_reply, *lines)


def _answers(result: Result) -> list[dict[str, str | None]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_bad_line_is_named_and_answered_in_its_place() -> None:
    result = _read(
        '{"text": "รับทราบ"}',
        "รับทราบ",
        "",
        '["รับทราบ"]',
        '{"words": "รับทราบ"}',
        '{"text": null}',
        b"\xff\xfe",
        "[" * 100_000,
        '{"text": "พรุ่งนี้", "today": "31/12/2569"}',
        '{"text": "พรุ่งนี้", "today": 20261231.5}',
        '{"text": "เสร็จแล้ว"}',
    )

    answers = _answers(result)
    assert [list(answer) for answer in answers[1:-1]] == [["error"]] * 9
    assert [answers[0]["action"], answers[-1]["action"]] == ["acknowledge", "resolve"]
    assert [line.split(":")[1].strip() for line in result.stderr.splitlines()] == [f"line {n}" for n in range(2, 11)]
    assert result.exit_code == 1


def test_an_answer_holds_action_second_action_and_day() -> None:
    result = _read(
        '{"text": "รับทราบครับ พรุ่งนี้ส่งช่างเข้า", "today": "2026-12-31"}',
        '{"text": "ใครอยู่แถวนั้นบ้าง"}',
        '{"text": "หลุมหน้าอู่เฮียตงปะแล้ว"}',
        '\ufeff{"text": "เส\\u200bร็จแล้วค่ะ", "id": 7, "today": null}',
    )

    assert _answers(result) == [
        {"action": "promise", "also": "acknowledge", "due": "2027-01-01"},
        {"action": None, "also": None, "due": None},
        {"action": None, "also": None, "due": None},
        {"action": "resolve", "also": None, "due": None},
    ]
    assert result.exit_code == 0


def test_words_like_tomorrow_count_from_the_clock_in_bangkok(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Half past six in the evening in UTC is already the next day in Bangkok.
    evening = datetime(2027, 3, 9, 18, 30, tzinfo=UTC)
    offset = tmp_path / "offset"
    offset.write_text(str((evening - datetime.now(UTC)) / timedelta(seconds=1)))
    monkeypatch.setenv("CLOCK_OFFSET_FILE", str(offset))
    assert clock.now().date() == evening.date()

    result = _read('{"text": "พรุ่งนี้เข้าครับ"}')

    assert _answers(result)[0]["due"] == "2027-03-11"


def test_no_input_is_no_output() -> None:
    result = _read()

    assert (result.stdout, result.exit_code) == ("", 0)


def test_each_answer_comes_before_the_next_question() -> None:
    answers = ask_one_by_one("commands.read_reply:read_reply", "กำลังซ่อมค่ะ", "ซ่อมเสร็จแล้วค่ะ")

    assert [answer["action"] for answer in answers] == ["start", "resolve"]
