"""Not fixed: why, and a picture of it, reach the officers as one message, and nothing is lost if nobody goes on."""

from datetime import timedelta

import pytest

from cases import gathering
from storage.models import MediaItem
from tests.chat import Chat, Office, Person, listen, words_of


@pytest.fixture
def patient_chat(quick_chat: Chat, monkeypatch: pytest.MonkeyPatch) -> Chat:
    """A product that waits for the reason as long as it really does."""
    monkeypatch.setattr(gathering, "REASON", timedelta(minutes=5))
    return quick_chat


def _resolved(chat: Chat, nid: Person | None = None) -> tuple[Office, Office, Person, str]:
    office, duty, nid = chat.coordinators("district:1026"), chat.coordinators("omb"), nid or chat.citizen("Nid")
    number = chat.has_case(nid)
    office.member().quotes(office.gets_card(number), "แก้ไขเรียบร้อยแล้วครับ")
    nid.sees("closure.resolved_question")
    listen(office, duty)
    return office, duty, nid, number


def _cards(duty: Office, number: str) -> list[str]:
    return [words for words in duty.heard() if words.startswith(number)]


# --- what goes wrong ----------------------------------------------------------------------------------------
def test_who_taps_and_goes_away_is_heard_all_the_same(patient_chat: Chat) -> None:
    office, duty, nid, number = _resolved(patient_chat)
    nid.taps("button.not_well").sees("talk.judged_no", number=number).sees("dispute.why")
    assert (patient_chat.case().status, patient_chat.case().verdict) == ("disputed", "no")
    duty.sees_nothing()
    patient_chat.waits(minutes=5, seconds=1)
    duty.gets_card(number)
    duty.sees("desk.dispute")
    assert len(_cards(duty, number)) == 1
    office.sees_nothing()


def test_who_says_why_and_goes_away_is_heard_with_it(patient_chat: Chat) -> None:
    _, duty, nid, number = _resolved(patient_chat)
    nid.taps("button.not_well").sees("dispute.why").taps("not_done.same").sees("dispute.proof")
    duty.sees_nothing()
    patient_chat.waits(minutes=6)
    assert words_of("not_done.same") in duty.gets_card(number).words


def test_a_restart_in_between_loses_nothing(patient_chat: Chat) -> None:
    _, duty, nid, number = _resolved(patient_chat)
    nid.taps("button.partly_well").sees("dispute.why").says("ยังเหลืออีกสองต้น").sees("dispute.proof")
    patient_chat.restarts()
    nid.taps("report.no_photos").sees("dispute.sent", number=number)
    assert "ยังเหลืออีกสองต้น" in duty.gets_card(number).words
    duty.sees("desk.dispute_partly")
    patient_chat.waits(minutes=30)
    assert len(_cards(duty, number)) == 1


def test_everything_twice_tells_the_officers_once(chat: Chat) -> None:
    _, duty, nid, number = _resolved(chat)
    nid.taps("button.not_well").sees("dispute.why").taps("not_done.nobody_came").sees("dispute.proof")
    nid.sends_photo().sees("dispute.more").taps("dispute.send").sees("dispute.sent")
    duty.gets_card(number)
    chat.redelivers_everything().changes_nothing()
    assert chat.history(number).count("dispute") == 1


def test_a_double_tap_on_a_reason_and_on_send_changes_nothing(patient_chat: Chat) -> None:
    _, duty, nid, number = _resolved(patient_chat)
    asked = nid.taps("button.not_well").sees("dispute.why").last
    nid.taps("not_done.same", asked).sees("dispute.proof")
    nid.taps("report.no_photos").sees("dispute.sent")
    nid.heard()
    nid.taps("talk.report_new").sees("report.ask_description")
    assert _cards(duty, number) == [duty.gets_card(number).words]


def test_five_thousand_letters_and_emoji_are_a_reason(patient_chat: Chat) -> None:
    _, duty, nid, number = _resolved(patient_chat)
    nid.taps("button.not_well").sees("dispute.why").says("😡" + "ยังดับ" * 830).sees("dispute.proof")
    nid.says("🙏🙏").taps("report.no_photos").sees("dispute.sent")
    assert "😡ยังดับ" in duty.gets_card(number).words


def test_words_taken_back_in_time_reach_nobody(patient_chat: Chat) -> None:
    _, duty, nid, number = _resolved(patient_chat)
    said = nid.taps("button.not_well").sees("dispute.why").says("ช่างชื่อสมชายไม่มา").sees("dispute.proof").outcome
    assert said is not None
    nid.unsends(str(said.message_id))
    patient_chat.waits(minutes=6)
    card = duty.gets_card(number)
    assert "สมชาย" not in card.words


def test_a_photo_taken_back_and_another_sent(patient_chat: Chat) -> None:
    _, duty, nid, number = _resolved(patient_chat)
    nid.taps("button.not_well").sees("dispute.why").taps("not_done.same").sees("dispute.proof")
    first = nid.sends_photo().sees("dispute.more").outcome
    assert first is not None
    nid.unsends(str(first.message_id))
    nid.sends_photo().sees("dispute.more").taps("dispute.send").sees("dispute.sent")
    card = duty.gets_card(number)
    with patient_chat.reads() as session:
        gone, kept = session.query(MediaItem).order_by(MediaItem.id)
        assert (gone.state, kept.case_id) == ("withdrawn", patient_chat.case().id)
    assert str(card.message).count("'type': 'image'") == 1


def test_a_number_in_the_reason_is_hidden(patient_chat: Chat) -> None:
    _, duty, nid, number = _resolved(patient_chat)
    nid.taps("button.not_well").sees("dispute.why").says("โทรมา 0812345678 ยังดับอยู่").sees("dispute.proof")
    nid.taps("report.no_photos").sees("dispute.sent")
    assert "0812345678" not in duty.gets_card(number).words


def test_of_a_confidential_case_the_officers_group_reads_no_reason(quick_chat: Chat) -> None:
    duty, nid = quick_chat.coordinators("omb"), quick_chat.citizen("Nid")
    number = quick_chat.has_case(nid, category="official", description="เจ้าหน้าที่เรียกเงินใต้โต๊ะ")
    duty.reads(number)
    duty.member().says(f"{number} แก้ไขเรียบร้อยแล้วครับ")
    nid.sees("closure.resolved_question")
    listen(duty)
    nid.taps("button.not_well").sees("dispute.why").says("ยังเรียกเงินอยู่").sees("dispute.proof").sends_photo()
    nid.sees("dispute.more").taps("dispute.send").sees("dispute.sent")
    assert all("เรียกเงิน" not in words for words in duty.heard())
    assert "'type': 'image'" not in str([one.message for one in quick_chat.line.received(duty.id)])


# --- what goes right ----------------------------------------------------------------------------------------
def test_reason_and_pictures_are_one_call_to_the_officers(patient_chat: Chat) -> None:
    office, duty, nid, number = _resolved(patient_chat)
    nid.taps("button.not_well").sees("dispute.why").says("ยังดับอยู่สองต้น").sees("dispute.proof")
    nid.sends_photo().sees("dispute.more").sends_photo().sees("dispute.more").taps("dispute.send")
    nid.sees("dispute.sent", number=number)
    card = duty.gets_card(number)
    assert "ยังดับอยู่สองต้น" in card.words and "'type': 'image'" in str(card.message)
    pictures = duty.sees("staff.dispute_pictures", number=number).last
    assert pictures is not None and pictures.request_id == card.request_id
    assert str(pictures.message).count("'type': 'image'") == 2
    office.sees_nothing()
    with patient_chat.reads() as session:
        assert {item.case_id for item in session.query(MediaItem)} == {patient_chat.case().id}


def test_a_photo_before_the_reason(patient_chat: Chat) -> None:
    _, duty, nid, number = _resolved(patient_chat)
    nid.taps("button.not_well").sees("dispute.why").sends_photo().sees("dispute.why_and_photo")
    nid.taps("not_done.other_spot").sees("dispute.more").taps("dispute.send").sees("dispute.sent")
    card = duty.gets_card(number)
    assert words_of("not_done.other_spot") in card.words and "'type': 'image'" in str(card.message)


def test_an_album_is_answered_at_its_ends(patient_chat: Chat) -> None:
    _, duty, nid, number = _resolved(patient_chat)
    nid.taps("button.not_well").sees("dispute.why").taps("not_done.same").sees("dispute.proof").sends_album(4)
    nid.sees("dispute.more").taps("dispute.send").sees("dispute.sent")
    duty.gets_card(number)
    shown = duty.sees("staff.dispute_pictures").last
    assert shown is not None and str(shown.message).count("'type': 'image'") == 4


def test_a_voice_message_is_a_reason(patient_chat: Chat) -> None:
    _, duty, nid, number = _resolved(patient_chat)
    nid.taps("button.not_well").sees("dispute.why").sends_voice().sees("dispute.why_and_photo")
    nid.taps("dispute.skip").taps("dispute.send").sees("dispute.sent")
    duty.gets_card(number)
    duty.sees("staff.dispute_pictures", number=number).reads("https://fasttrack.example/media/")


def test_reason_and_photo_may_both_be_left_out(patient_chat: Chat) -> None:
    _, duty, nid, number = _resolved(patient_chat)
    nid.taps("button.partly_well").sees("dispute.why").taps("dispute.skip").sees("dispute.proof")
    nid.says("ไม่มี").sees("dispute.sent", number=number)
    duty.gets_card(number)


def test_cancelling_the_question_takes_nothing_back(patient_chat: Chat) -> None:
    _, duty, nid, number = _resolved(patient_chat)
    nid.taps("button.not_well").sees("dispute.why").says("ยกเลิก").sees("dispute.sent", number=number)
    duty.gets_card(number)
    assert patient_chat.case().status == "disputed"


def test_a_report_half_told_waits_and_comes_back(patient_chat: Chat) -> None:
    _, duty, nid, number = _resolved(patient_chat)
    closing = nid.last
    nid.reaches("place").taps("button.not_well", closing).sees("dispute.why").says("ยังดับ").sees("dispute.proof")
    nid.taps("report.no_photos").sees("dispute.sent").sees("talk.back_to_draft").sees("report.ask_place")
    assert "ยังดับ" in duty.gets_card(number).words


def test_a_verdict_in_words_is_the_reason_and_only_the_photo_is_asked(patient_chat: Chat) -> None:
    _, duty, nid, number = _resolved(patient_chat)
    nid.says("ยังไม่เสร็จเลยค่ะ ไฟยังดับอยู่").sees("talk.judged_no", number=number).sees("dispute.proof")
    nid.taps("report.no_photos").sees("dispute.sent")
    assert "ไฟยังดับอยู่" in duty.gets_card(number).words


def test_more_words_after_the_officers_were_told_are_one_line(quick_chat: Chat) -> None:
    _, duty, nid, number = _resolved(quick_chat)
    nid.taps("button.not_well").sees("dispute.why").taps("not_done.same").taps("report.no_photos").sees("dispute.sent")
    duty.gets_card(number)
    listen(duty)
    nid.says("ต้นที่สามก็ดับ").sees("talk.passed_on").says("หน้าเซเว่น").sees("talk.passed_on").sends_photo()
    told = duty.sees("staff.reason", number=number).last
    assert told is not None and "ต้นที่สามก็ดับ\nหน้าเซเว่น" in told.words
    assert len({one.request_id for one in quick_chat.line.received(duty.id, after=duty.since)}) == 1


def test_another_problem_told_in_the_middle_of_it_is_asked_about(patient_chat: Chat) -> None:
    _, duty, nid, number = _resolved(patient_chat)
    judged = nid.says("ไฟยังดับอยู่").sees("talk.judged_no", number=number).last
    # What is of the same kind, or still so, is the reason; of another kind it is more of it, or a new matter.
    nid.says("ไฟดับทั้งซอยเลย").sees("dispute.proof").says("น้ำยังท่วมอยู่ด้วย").sees("dispute.proof")
    nid.says("ทางเท้าพังด้วย").sees("talk.unasked").taps("talk.unasked_old").sees("talk.passed_on", number=number)
    patient_chat.waits(minutes=6)
    assert "ทางเท้าพังด้วย" in duty.gets_card(number).words
    # So it is long after the question, of whatever kind.
    listen(duty)
    nid.taps("talk.change_answer", judged).sees("talk.judge_how").taps("button.partly_well").sees("dispute.why")
    patient_chat.waits(minutes=40)
    nid.says("ไฟดับซอย 12 อีกที่หนึ่งค่ะ").sees("talk.unasked").taps("talk.unasked_new").sees("report.ask_place")
    assert all("ซอย 12" not in words for words in duty.heard())
