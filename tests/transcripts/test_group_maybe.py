"""Words that may state a step and may be talk: kept as a note, asked about once, and moved by a tap alone."""

import pytest

from storage.models import HistoryEntry
from tests.chat import Chat, listen
from tests.transcripts.office_with_case import begin
from texts.catalog import say

WATTHANA = "district:1039"
DONE, AGAIN = "หลุมหน้าอู่เฮียตงปะแล้ว", "หลุมหน้าอู่เฮียตงกับเจ๊หมวยปะแล้ว"


def _meant(step: str, due: str = "") -> str:
    return say("th", f"group.maybe_{step}", due=due)


def _entries(chat: Chat, action: str) -> list[HistoryEntry]:
    with chat.reads() as session:
        found = session.query(HistoryEntry).filter_by(action=action).order_by(HistoryEntry.id).all()
        return [entry for entry in found if entry.note or entry.action != "note"]


def test_a_doubtful_end_is_asked_about_and_a_tap_makes_it_as_if_it_had_been_read(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    somchai = office.member("Somchai")
    asked = somchai.quotes(card, DONE).sees("group.maybe", number=number, step=_meant("resolve")).last
    assert asked is not None and asked.endpoint == "reply"
    nid.sees_nothing()
    assert quick_chat.history() == ["report", "dispatch", "note"]
    quick_chat.redelivers_everything().changes_nothing()

    somchai.sends_photo().sees("card.whose_photo")
    quick_chat.waits(minutes=2)
    line = office.member("Pim").taps("button.maybe_yes", asked).sees("card.update_photos", count=1).last
    nid.sees("closure.resolved_question")
    listen(office, nid)
    [step] = _entries(quick_chat, "resolve")
    assert (step.note, step.details["maybe"]) == (DONE, _entries(quick_chat, "note")[0].id)
    office.member().taps("button.maybe_yes", asked).sees("group.stands", number=number)
    quick_chat.redelivers_everything().changes_nothing()

    office.member().taps("button.undo", line).sees("group.undone", number=number)
    office.member().taps("button.maybe_yes", asked).sees("group.stands", number=number)
    assert quick_chat.case().status == "dispatched"


def test_a_day_goes_along_and_the_question_ends_with_what_the_case_does_next(quick_chat: Chat) -> None:
    quick_chat.turns_to("2027-03-08 09:00")
    office, nid, card, number = begin(quick_chat)
    asked = office.member().quotes(card, "เดี๋ยวให้เฮียตงเอาแบ็กโฮลงพรุ่งนี้").sees("group.maybe", number=number).last
    office.member().taps("button.maybe_no", asked).sees("group.maybe_kept", number=number)
    nid.sees_nothing()
    office.member().taps("button.maybe_yes", asked).sees("card.update", number=number)
    nid.sees("told.promise")
    assert str(quick_chat.case().promised_on) == "2027-03-09"

    quick_chat.turns_to("2027-03-08 17:00")  # the afternoon is over: a promise, or done?
    office.member().quotes(card, "เรียบร้อยบ่ายนี้ครับ").sees("group.maybe", number=number, step=_meant("resolve"))
    late = office.member().quotes(card, DONE).sees("group.maybe", number=number).last
    office.member("Pim").quotes(card, "เลื่อนเป็นวันศุกร์ครับ รออะไหล่").sees("card.update", number=number)
    nid.sees("told.promise")
    listen(office, nid)
    office.member().taps("button.maybe_yes", late).sees("group.stands", number=number).sees("group.moved_on")
    nid.sees_nothing()

    # What the office did not do leaves it open: our own reminder, and what the reporter adds.
    asked = office.member().quotes(card, DONE).sees("group.maybe", number=number).last
    nid.says(f"{number} ไฟยังดับอยู่นะคะ").sees("talk.passed_on")
    quick_chat.turns_to("2027-03-11 10:05")
    quick_chat.clocks_run()
    assert "remind" in quick_chat.history()
    office.member().taps("button.maybe_yes", asked).sees("card.update", number=number)
    assert quick_chat.case().status == "resolved"


def test_a_message_is_asked_about_once_however_it_is_changed(quick_chat: Chat) -> None:
    office, _, card, number = begin(quick_chat)
    somchai = office.member("Somchai").quotes(card, DONE).sees("group.maybe", number=number)
    asked, sent = somchai.last, somchai.outcome
    assert sent is not None
    listen(office)
    somchai.edits(AGAIN, message_id=str(sent.message_id)).sees_nothing()
    somchai.taps("button.maybe_yes", asked).sees("group.stands", number=number)
    somchai.edits("เสร็จแล้วครับ", message_id=str(sent.message_id)).sees("card.update", number=number)
    assert quick_chat.history()[2:] == ["note", "note", "resolve"]


OFFERED = (
    ("อันนี้เพิ่งรับ เดี๋ยวเฮียตงเข้าไปดูให้", "acknowledge", "question.date"),
    ("เจ๊หมวยบอกซอยนี้ของเขตพระโขนง", "transfer", "transfer.step_bounce"),
)


@pytest.mark.parametrize(("words", "answer", "said"), OFFERED)
def test_an_offer_is_answered_by_a_tap_where_the_words_leave_a_doubt(
    quick_chat: Chat, words: str, answer: str, said: str
) -> None:
    watthana = quick_chat.coordinators(WATTHANA)
    office, nid, card, number = begin(quick_chat)
    office.member().quotes(card, "ส่งต่อเขตวัฒนาครับ เพราะไม่ใช่พื้นที่เรา").sees("group.step_offered")
    offer = watthana.gets_card(number)
    listen(office, watthana, nid)
    asked = watthana.member().quotes(offer, words).sees("group.maybe", step=_meant(f"offered_{answer}")).last
    note = _entries(quick_chat, "note")[-1]
    office.member().postback(f"g:{note.case_id}:maybe_yes:{note.id}").sees("group.stands", number=number)
    assert quick_chat.case().status == "transferring"
    watthana.member().taps("button.maybe_yes", asked).sees(said)


def test_what_was_asked_about_and_taken_back_has_no_words_and_no_question(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    somchai = office.member("Somchai").quotes(card, DONE).sees("group.maybe", number=number)
    asked, sent = somchai.last, somchai.outcome
    assert sent is not None
    listen(office, nid)
    somchai.unsends(str(sent.message_id)).sees_nothing()
    assert not any(entry.note for entry in _entries(quick_chat, "note"))
    for button in ("button.maybe_yes", "button.maybe_no"):
        office.member("Pim").taps(button, asked).sees("group.stands", number=number)
    nid.sees_nothing()
    assert quick_chat.history() == ["report", "dispatch", "note", "note"]

    done = somchai.quotes(card, "เสร็จแล้วครับ").sees("card.update", number=number).outcome
    assert done is not None
    somchai.unsends(str(done.message_id))
    office.sees("group.unsent_undone", number=number)
    assert quick_chat.history()[-3:] == ["resolve", "note", "undo"] and quick_chat.case().status == "dispatched"
