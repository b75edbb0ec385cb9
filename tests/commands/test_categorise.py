"""`fasttrack categories` and `fasttrack categorise` speak JSON lines that other programs can rely on."""

import json

from click.testing import CliRunner, Result

from cases.categories import list_categories
from commands.categories import categories
from commands.categorise import categorise
from tests.commands.line_by_line import ask_one_by_one, give_lines


def _categorise(*lines: str | bytes) -> Result:
    return give_lines(categorise, *lines)


def test_a_bad_line_is_named_answered_and_passed_over() -> None:
    result = _categorise(
        '{"text": "ไฟถนนดับ"}', "ไฟดับ", '{"words": "x"}', '["text"]', '{"text": 5}', b"\xff", '{"text": ""}'
    )

    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [list(answer) for answer in answers] == [
        ["categories", "confident"],
        ["error"],
        ["error"],
        ["error"],
        ["error"],
        ["error"],
        ["categories", "confident"],
    ]
    assert [line.split(":")[1].strip() for line in result.stderr.splitlines()] == [f"line {n}" for n in range(2, 7)]
    assert result.exit_code == 1


def test_lines_no_parser_likes_are_bad_lines_too() -> None:
    result = _categorise("[" * 100_000, '{"text": ' + "9" * 5_000 + "}", '{"text": "ถนนพัง"}')

    assert [list(json.loads(line)) for line in result.stdout.splitlines()] == [
        ["error"],
        ["error"],
        ["categories", "confident"],
    ]
    assert result.exit_code == 1


def test_each_text_gets_three_categories_best_first() -> None:
    result = _categorise('{"text": "ไฟถนนดับ"}', '{"text": "hello"}', "", '\ufeff{"text": "ขยะ\\u200bเต็ม", "id": 7}')

    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert answers[0]["categories"][0] == "lighting"
    assert answers[0]["confident"] is True
    assert "other" in answers[1]["categories"]
    assert answers[1]["confident"] is False
    assert answers[2]["categories"][0] == "waste"
    assert all(len(set(answer["categories"])) == 3 for answer in answers)
    assert result.exit_code == 0


def test_no_input_is_no_output() -> None:
    result = _categorise()

    assert (result.stdout, result.exit_code) == ("", 0)


def test_each_answer_comes_before_the_next_question() -> None:
    answers = ask_one_by_one("commands.categorise:categorise", "น้ำท่วมขัง", "ไฟถนนดับ")

    assert [answer["categories"][0] for answer in answers] == ["drain_flood", "lighting"]


def test_categories_are_listed_as_the_table_has_them_in_plain_utf8() -> None:
    result = CliRunner().invoke(categories)

    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [set(line) for line in lines] == [{"code", "th", "en", "traffy_types", "resolve_days"}] * len(lines)
    assert [line["code"] for line in lines] == [category.code for category in list_categories()]
    assert "ไฟส่องสว่าง" in result.stdout
    assert result.exit_code == 0
