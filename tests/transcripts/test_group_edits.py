"""A message that is changed is judged again, whichever way and order the changes come in."""

from datetime import datetime, timedelta

from simulator.outcomes import BotMessage
from storage.models import HistoryEntry
from tests.chat import Chat, Person, listen, words_of
from tests.transcripts.office_with_case import begin

DIN_DAENG = "district:1026"


def _writes(person: Person, card: BotMessage, words: str) -> str:
    """Quote the card; the id of the message."""
    sent = person.quotes(card, words).outcome
    person.chat.settles()
    assert sent is not None and sent.message_id is not None
    return sent.message_id


def _promised(chat: Chat) -> object:
    return chat.case().promised_on


def test_done_changed_to_not_done_is_undone_and_the_reporter_hears_it_once(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    message = _writes(office.member(), card, "เสร็จแล้วครับ")
    nid.sees("closure.resolved_question")
    listen(office, nid)
    office.member().edits("ยังไม่เสร็จครับ", message_id=message).sees("card.update", number=number)
    nid.sees("told.start", number=number)
    assert len(nid.heard()) == 1
    assert quick_chat.history()[2:] == ["resolve", "undo", "start"]
    assert quick_chat.case().status == "in_progress"


def test_talk_changed_to_done_is_done(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    message = _writes(office.member(), card, "ฝนตกหนักมาก")
    office.member().edits("เสร็จแล้วครับ", message_id=message).sees("card.update", number=number)
    nid.sees("closure.resolved_question")
    assert quick_chat.history()[2:] == ["note", "resolve"]


def test_talk_changed_to_talk_is_silence(quick_chat: Chat) -> None:
    office, nid, card, _ = begin(quick_chat)
    message = _writes(office.member(), card, "ฝนตก")
    office.member().edits("ฝนตกหนักมาก", message_id=message).sees_nothing()
    nid.sees_nothing()
    assert quick_chat.history()[2:] == ["note", "note"]


def test_done_changed_to_talk_is_taken_back_and_said(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    message = _writes(office.member(), card, "เสร็จแล้วครับ")
    nid.sees("closure.resolved_question")
    listen(office, nid)
    office.member().edits("ใครว่างบ้างครับ", message_id=message).sees("group.undone", number=number)
    nid.sees("told.undo", number=number)
    assert quick_chat.case().status == "dispatched"


def test_the_same_said_otherwise_is_silence(quick_chat: Chat) -> None:
    office, nid, card, _ = begin(quick_chat)
    message = _writes(office.member(), card, "เสร็จแล้วครับ")
    nid.sees("closure.resolved_question")
    listen(office, nid)
    office.member().edits("แก้ไขเรียบร้อยแล้วครับ", message_id=message).sees_nothing()
    nid.sees_nothing()
    assert quick_chat.case().status == "resolved"


def test_another_day_replaces_the_promise(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    message = _writes(office.member(), card, "พรุ่งนี้เสร็จครับ")
    nid.sees("told.promise", number=number)
    first = _promised(quick_chat)
    listen(office, nid)
    office.member().edits("มะรืนเสร็จครับ", message_id=message).sees("card.update", number=number)
    nid.sees("told.promise", number=number)
    assert len(nid.heard()) == 1
    second = _promised(quick_chat)
    assert first is not None and second is not None and second != first
    listen(office, nid)
    office.member().edits("มะรืนนี้เสร็จแน่นอนครับ", message_id=message).sees_nothing()
    nid.sees_nothing()


def test_changes_out_of_order_the_latest_counts(quick_chat: Chat) -> None:
    office, nid, card, _ = begin(quick_chat)
    message = _writes(office.member(), card, "กำลังทำครับ")
    quick_chat.waits(seconds=10)
    older = office.member().edits("เสร็จแล้วครับ", message_id=message, deliver=False).outcome
    quick_chat.waits(seconds=10)
    office.member().edits("ยังไม่เสร็จครับ กำลังทำ", message_id=message).sees_nothing()
    assert older is not None
    listen(office, nid)
    quick_chat.line.deliver([older.event_id])
    office.sees_nothing()
    nid.sees_nothing()
    assert quick_chat.case().status == "in_progress"
    assert "เสร็จแล้วครับ" not in quick_chat.kept_words(office.id)


def test_an_older_change_after_a_newer_step_changes_nothing(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    message = _writes(office.member(), card, "รับทราบครับ")
    quick_chat.waits(seconds=10)
    older = office.member().edits("ไม่รับครับ เป็นที่เอกชน", message_id=message, deliver=False).outcome
    quick_chat.waits(seconds=10)
    office.member().edits("เสร็จแล้วครับ", message_id=message).sees("card.update", number=number)
    assert older is not None
    listen(office, nid)
    quick_chat.line.deliver([older.event_id])
    office.sees_nothing()
    assert quick_chat.case().status == "resolved"


def test_the_original_that_comes_after_its_change_is_not_read(quick_chat: Chat) -> None:
    office, nid, _, number = begin(quick_chat)
    original = office.member().says(f"{number} เสร็จแล้วครับ", deliver=False).outcome
    assert original is not None and original.message_id is not None
    quick_chat.waits(seconds=5)
    office.member().edits(f"{number} กำลังทำครับ", message_id=original.message_id).sees("card.update", number=number)
    listen(office, nid)
    quick_chat.line.deliver([original.event_id])
    office.sees_nothing()
    assert quick_chat.history()[2:] == ["start"]


def test_a_change_delivered_twice_is_made_once(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    message = _writes(office.member(), card, "เสร็จแล้วครับ")
    office.member().edits("ยังไม่เสร็จครับ", message_id=message).sees("card.update", number=number)
    quick_chat.line.repeat()
    quick_chat.redelivers_everything().changes_nothing()
    nid.sees("told.start")


def test_a_change_after_somebody_else_went_on_leaves_their_step(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    message = _writes(office.member("Somchai"), card, "กำลังทำครับ")
    office.member("Pim").quotes(card, "เสร็จแล้วค่ะ").sees("card.update", number=number)
    nid.sees("closure.resolved_question")
    listen(office, nid)
    office.member("Somchai").edits("ไม่รับครับ เป็นที่เอกชน", message_id=message).sees("group.undo_late", number=number)
    nid.sees_nothing()
    assert quick_chat.case().status == "resolved"


def test_a_change_after_a_colleague_undid_the_step_is_taken_as_new(quick_chat: Chat) -> None:
    office, _, card, number = begin(quick_chat)
    message = _writes(office.member("Somchai"), card, "เสร็จแล้วครับ")
    office.member("Pim").quotes(card, "แก้กลับ").sees("group.undone", number=number)
    office.member("Somchai").edits("กำลังทำครับ", message_id=message).sees("card.update", number=number)
    assert quick_chat.case().status == "in_progress"


def test_a_change_after_the_reporter_confirmed_reopens_nothing(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    message = _writes(office.member(), card, "เสร็จแล้วครับ")
    nid.sees("closure.resolved_question").taps("button.all_well").sees("talk.judged_yes")
    office.member().edits("ยังไม่เสร็จครับ", message_id=message).sees(
        "group.undo_late", number=number, status=words_of("status.closed")
    )
    assert quick_chat.case().status == "closed"


def test_a_number_mended_takes_the_step_from_one_case_to_the_other(quick_chat: Chat) -> None:
    office, nid, _, wrong = begin(quick_chat)
    right = quick_chat.has_case(nid)
    office.gets_card(right)
    sent = office.member().says(f"{wrong} เสร็จแล้วครับ").sees("card.update", number=wrong).outcome
    assert sent is not None
    office.member().edits(f"{right} เสร็จแล้วครับ", message_id=str(sent.message_id)).sees(
        "group.undone", number=wrong
    ).sees("card.update", number=right)
    assert (quick_chat.case(wrong).status, quick_chat.case(right).status) == ("dispatched", "resolved")


def test_a_number_added_to_a_message_that_was_left_alone_is_read(quick_chat: Chat) -> None:
    office, _, _, number = begin(quick_chat)
    sent = office.member().says("เสร็จแล้วครับ").sees_nothing().outcome
    assert sent is not None
    office.member().edits(f"{number} เสร็จแล้วครับ", message_id=str(sent.message_id)).sees("card.update", number=number)


def test_a_number_changed_to_one_that_is_not_ours_shows_nothing(quick_chat: Chat) -> None:
    office, nid, _, number = begin(quick_chat)
    secret = quick_chat.has_case(nid, category="official")
    sent = office.member().says(f"{number} รับทราบ").sees("card.update").outcome
    assert sent is not None
    office.member().edits(f"{secret} รับทราบ", message_id=str(sent.message_id)).sees("group.undone", number=number)
    office.sees("group.unknown", number=secret)
    assert "acknowledge" not in quick_chat.history(secret)


def test_photos_stay_with_the_case_through_a_change(quick_chat: Chat) -> None:
    office, nid, card, _ = begin(quick_chat)
    office.member().sends_photo().sees("card.whose_photo")
    message = _writes(office.member(), card, "กำลังทำครับ")
    listen(office)
    office.member().edits("เสร็จแล้วครับ", message_id=message).sees("card.update_photos", count=1)
    closure = nid.sees("closure.resolved_question").last
    assert closure is not None and "'type': 'image'" in str(closure.message)


def test_a_changed_question_is_shown_anew_and_the_first_can_still_be_left(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    message = _writes(office.member(), card, "เสาต้นไหนครับ")
    old = office.sees("question.title", number=number).last
    new = office.member().edits("เสาต้นที่เท่าไรนับจากปากซอยครับ", message_id=message).sees("question.title").last
    office.member().taps("question.drop", old).sees("group.ask_dropped")
    office.member("Pim").taps("question.send", new).sees("group.step_ask")
    nid.sees("told.ask", question="เสาต้นที่เท่าไรนับจากปากซอยครับ")
    assert len([words for words in nid.heard() if "เสาต้น" in words]) == 1


def test_every_reading_of_a_changed_message_says_when_it_was_changed(quick_chat: Chat) -> None:
    office, _, card, _ = begin(quick_chat)
    message = _writes(office.member(), card, "ฝนตก")
    for words in ("กำลังทำครับ", "กำลังซ่อมครับ", "เสร็จแล้วครับ", "ฝนตก"):
        quick_chat.waits(seconds=3)
        office.member().edits(words, message_id=message)
    quick_chat.settles()
    with quick_chat.reads() as session:
        read = session.query(HistoryEntry).filter_by(message_id=message).order_by(HistoryEntry.id).all()
    times = [datetime.fromisoformat(entry.details["edited_at"]) for entry in read[1:]]
    assert times == sorted(times) and times[-1] - times[0] >= timedelta(seconds=9)
    assert [entry.action for entry in read] == ["note", "start", "note", "resolve", "note"]
    assert quick_chat.case().status == "dispatched", "each change stands for the whole message"
