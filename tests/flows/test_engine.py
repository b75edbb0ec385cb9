"""How any conversation moves: answers out of order, edits, going back, late taps, words taken back."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.messages.bubbles import text_bubble
from flows.answers import Answer, Message, Setting, Slots
from flows.engine import Accepted, Flow, Rejected, Step
from tests.flows.teller import Teller


def _asks(name: str) -> Callable[[Slots, Setting], list[Message]]:
    def ask(slots: Slots, setting: Setting) -> list[Message]:
        return [text_bubble(f"{name}?")]

    return ask


def _keeps(name: str) -> Callable[[Answer, Slots, Setting], Accepted]:
    def accept(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
        if answer.text == "nonsense":
            raise Rejected("report.not_here")
        return Accepted({name: answer.text or answer.value or answer.media_id})

    return accept


def _step(name: str, **more: Any) -> Step:
    return Step(name, ask=_asks(name), accept=_keeps(name), **more)


ORDER = Flow(
    name="report",
    steps=(
        _step("dish"),
        _step("sauce", when=lambda slots: slots.get("dish") == "noodles"),
        _step("photo", takes=frozenset({"image"})),
        _step("last", ready=lambda slots: "photo" in slots, editable=False),
    ),
    clears={"dish": ("sauce",)},
)


def test_questions_come_in_order_and_what_does_not_apply_is_left_out() -> None:
    teller = Teller(ORDER)
    assert teller.says("rice").asked == "photo"
    assert teller.sends(1).asked == "last"
    assert teller.says("yes").finished


def test_a_condition_opens_its_question() -> None:
    assert Teller(ORDER).says("noodles").asked == "sauce"


def test_an_answer_of_a_kind_that_another_question_takes_goes_there() -> None:
    teller = Teller(ORDER).sends(7)
    assert (teller.slots, teller.asked) == ({"photo": 7}, "dish")


def test_an_answer_that_no_question_takes_changes_nothing() -> None:
    teller = Teller(ORDER).says("rice")
    before = teller.draft
    assert teller.pins(13.7, 100.5).refused == "report.not_here"
    assert teller.says("nonsense").refused is not None
    assert teller.draft == before


def test_a_tap_that_cannot_be_taken_yet_is_refused() -> None:
    teller = Teller(ORDER).says("rice")
    assert teller.taps("last", "yes").refused == "report.not_yet"
    assert teller.taps("sauce", "hot").refused == "report.not_yet"
    assert teller.taps("never_heard_of", "x").refused == "report.not_yet"


def test_an_older_button_of_the_same_run_changes_its_answer_and_asks_on() -> None:
    teller = Teller(ORDER).says("rice").taps("dish", "noodles")
    assert (teller.slots["dish"], teller.asked) == ("noodles", "sauce")


def test_an_edit_drops_what_hangs_on_it_and_comes_back() -> None:
    teller = Teller(ORDER).says("noodles").says("hot").sends(1)
    assert teller.edits("dish").asked == "dish" and "sauce" not in teller.slots
    assert teller.says("rice").asked == "last"


def test_leaving_an_edit_by_back_leaves_the_answer_as_it_was() -> None:
    teller = Teller(ORDER).says("noodles").says("hot").sends(1)
    before = teller.slots
    assert teller.edits("dish").goes_back().asked == "last"
    assert teller.slots == before


def test_an_edit_within_an_edit_still_leaves_everything_as_it_was() -> None:
    teller = Teller(ORDER).says("noodles").says("hot").sends(1)
    before = teller.slots
    teller.edits("dish").edits("photo").goes_back()
    assert teller.slots == before


@pytest.mark.parametrize("name", ["last", "never_heard_of", ""])
def test_what_cannot_be_edited_asks_the_open_question(name: str) -> None:
    assert Teller(ORDER).says("rice").edits(name).asked == "photo"


def test_back_goes_step_by_step_and_stays_at_the_first() -> None:
    teller = Teller(ORDER).says("noodles").says("hot").sends(1)
    assert [teller.goes_back().asked for _ in range(4)] == ["photo", "sauce", "dish", "dish"]
    assert teller.slots == {}


def test_back_before_anything_was_answered_asks_the_first_question() -> None:
    assert Teller(ORDER).goes_back().asked == "dish"


def test_a_message_taken_back_opens_its_question_again() -> None:
    teller = Teller(ORDER).says("noodles").says("hot")
    assert teller.unsends("m1").slots == {}
    assert teller.unsends("m1").unsends("unknown").slots == {}


def test_a_question_put_in_later_does_not_disturb_a_draft() -> None:
    teller = Teller(ORDER).says("rice").sends(1)
    longer = Flow(name="report", steps=(*ORDER.steps[:2], _step("drink"), *ORDER.steps[2:]))
    later = Teller(longer, **teller.slots)
    assert later.goes_back().asked == "drink"
    assert later.says("tea").asked == "last"
