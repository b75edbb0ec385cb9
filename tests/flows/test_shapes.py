"""A draft with an answer that is not what it must be: that one is dropped and asked again, and nothing else is."""

from typing import Any

import pytest

from flows import engine
from flows.answers import Answer
from flows.report import REPORT
from tests.flows.teller import Teller

BROKEN: dict[str, list[Any]] = {
    "told": ["x", [1, 2], 5, [["m1"]]],
    "description": [5, []],
    "category": ["no_such", 5, []],
    "suggested": [[], ["no_such"], "lighting"],
    "danger": [5, [1]],
    "place": [
        "x",
        [],
        {"org": 5},
        {"org": "district:9999", "words": "", "how": "x"},
        {"org": "district:1026"},
        {"lat": 1},
    ],
    "media": [3, ["x"], {}],
    "recordings": ["x"],
    "phone": [5, []],
    "phone_shown": ["yes"],
    "name": [5, {}],
    "halves": [["m1", "x"], 5],
    "second": ["x", [1, 2], ["m1"]],
}


def _full() -> Teller:
    teller = Teller().says("ไฟถนนดับทั้งซอย มืดมาก").says("ซอยประชาสงเคราะห์ 5 เขตดินแดง").taps("place_ok", "yes")
    return teller.sends(1).taps("photos", "done").says("0812345678").taps("phone_shown", "no").says("สมหญิง")


def _break(slot: str, value: Any) -> Teller:
    teller = _full()
    assert teller.asked == "review"
    teller.draft.slots[slot] = value
    teller.draft = engine.mend(REPORT, teller.draft)
    return teller


@pytest.mark.parametrize(("slot", "value"), [(slot, value) for slot, values in BROKEN.items() for value in values])
def test_a_broken_answer_stops_nobody(slot: str, value: Any) -> None:
    assert slot not in _break(slot, value).slots
    for step in REPORT.steps:
        teller = _break(slot, value).edits(step.name)
        assert teller.said
        teller.goes_back().says("ไฟถนนดับทั้งซอย เขตดินแดง")
        assert teller.said or teller.refused


@pytest.mark.parametrize("slot", ["phone", "name", "category", "place", "description"])
def test_what_was_dropped_is_asked_again_and_the_rest_stands(slot: str) -> None:
    before = dict(_full().slots)
    teller = _break(slot, 5).edits("no_such_step")
    assert teller.asked == slot
    kept = {"phone", "name", "category", "place"} - {slot}
    assert {name: teller.slots.get(name) for name in kept} == {name: before[name] for name in kept}


def test_a_sound_draft_is_left_as_it_is() -> None:
    teller = _full()
    assert engine.mend(REPORT, teller.draft) is teller.draft
    assert engine.advance(REPORT, teller.draft, Answer("text", text="ยืนยัน"), teller.setting).finished
