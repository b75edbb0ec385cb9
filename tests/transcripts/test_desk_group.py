"""The Ombudsman's own group: what comes before its officers, what they may look up, and what they write of it."""

import pytest

from storage.models import HistoryEntry
from tests.chat import Chat, Office, Person, listen, words_of

DIN_DAENG, WATTHANA, OMB = "district:1026", "district:1039", "omb"


def _begin(chat: Chat, **slots: object) -> tuple[Office, Office, Person, str]:
    """A district and the Ombudsman with a group each, and a case that the district has."""
    staff, office, nid = chat.coordinators(OMB, "Officer"), chat.coordinators(DIN_DAENG), chat.citizen()
    number = chat.has_case(nid, **slots)  # type: ignore[arg-type]
    office.gets_card(number)
    listen(staff, office, nid)
    return staff, office, nid, number


def _notes(chat: Chat) -> list[tuple[str, str | None]]:
    with chat.reads() as session:
        return [(entry.role, entry.note) for entry in session.query(HistoryEntry).filter_by(action="note")]


# --- what comes by itself


def test_a_refused_case_comes_as_a_card_with_the_reason_and_without_links(chat: Chat) -> None:
    staff, office, _, number = _begin(chat, description="ไฟดับทั้งซอย โทร 081-234-5678", phone="0812345678", name="นิดา")
    office.member().says(f"{number} ไม่รับเรื่อง เพราะ เป็นที่ดินเอกชน เจ้าของไม่ยินยอม").sees("group.step_decline")
    card = staff.gets_card(number)
    for words in ("เป็นที่ดินเอกชน เจ้าของไม่ยินยอม", "สำนักงานเขตดินแดง", "ซอย 5", "ไฟส่องสว่าง", "ไฟดับทั้งซอย"):
        assert words in card.words
    assert "พิจารณาก่อน" in card.words
    assert card.labels == [words_of("desk.button_agree"), words_of("desk.button_send_back")]
    assert "http" not in str(card.message)
    assert "นิดา" not in card.words and "phone" not in card.words


def test_a_disputed_case_comes_with_both_photos_and_its_reason_follows(chat: Chat) -> None:
    staff, office, nid = chat.coordinators(OMB, "Officer"), chat.coordinators(DIN_DAENG), chat.citizen()
    nid.reaches("photos").sends_photo().sees("report.photos_count", count=1).taps("report.photos_done")
    nid.sees("report.ask_phone").taps("report.no_phone").sees("report.ask_name").taps("report.hide_name")
    nid.sees("review.title").taps("button.confirm_send").sees("told.received")
    number = chat.case().number
    card = office.gets_card(number)
    office.member().sends_photo()
    office.member().quotes(card, "เปลี่ยนหลอดเรียบร้อยแล้วครับ").sees("card.update")
    nid.sees("closure.resolved_question")
    listen(staff)
    nid.taps("button.not_well").sees("talk.judged_no")
    shown = staff.gets_card(number)
    assert words_of("desk.dispute") in shown.words
    assert str(shown.message).count("https://fasttrack.example/media/") == 2
    nid.says("ไฟยังดับอยู่เหมือนเดิม โทร 081-234-5678").sees("dispute.proof")
    staff.sees("staff.reason", number=number)
    listen(staff)
    staff.member().says(number)
    reopened = staff.gets_card(number).words
    assert "ไฟยังดับอยู่เหมือนเดิม" in reopened and "081-234-5678" not in reopened
    listen(staff)
    nid.sends_photo()
    pictured = staff.sees("staff.reason", number=number).last
    assert pictured is not None and str(pictured.message).count("/media/") >= 1


def test_an_edited_reason_is_read_as_edited(quick_chat: Chat) -> None:
    staff, office, _, number = _begin(quick_chat)
    wrote = office.member().says(f"{number} ไม่รับเรื่อง เพราะ เป็นที่ดินเอกชล").sees("group.step_decline").outcome
    assert wrote is not None and wrote.message_id is not None
    office.member().edits(f"{number} ไม่รับเรื่อง เพราะ เป็นที่ดินเอกชน", message_id=wrote.message_id)
    listen(staff)
    staff.member().says(number)
    words = staff.gets_card(number).words
    assert "ที่ดินเอกชน" in words and "เอกชล" not in words


def test_without_a_group_of_the_ombudsman_it_waits_in_the_list(quick_chat: Chat) -> None:
    office, nid = quick_chat.coordinators(DIN_DAENG), quick_chat.citizen()
    number = quick_chat.has_case(nid)
    office.member().quotes(office.gets_card(number), "เป็นพื้นที่กรมทางหลวงครับ").sees("group.step_transfer")
    staff = quick_chat.coordinators(OMB, "Officer")
    assert number in (staff.sees("card.open_title", count=1).last or office.gets_card(number)).words
    # A case that could be sent to nobody waits for them as well.
    kept = quick_chat.has_case(nid, organisation="district:1040")
    listed = (
        staff.member().says("งานค้าง").sees("card.open_title", count=2).sees("desk.unplaced", office="เขตบางแค").last
    )
    assert listed is not None and kept in listed.words and number in listed.words


def test_confidential_cases_that_waited_come_like_others_a_few_by_themselves_and_all_in_the_list(
    quick_chat: Chat,
) -> None:
    nid = quick_chat.citizen()
    for _ in range(6):
        quick_chat.has_case(nid, category="official", description="เจ้าหน้าที่เรียกเงิน")
    staff = quick_chat.coordinators(OMB, "Officer").sees("card.open_title", count=6)
    assert sum("เรื่องลับ ·" in words for words in staff.heard()) == 4


def test_a_photo_that_an_office_sends_with_its_refusal_stands_on_the_card(quick_chat: Chat) -> None:
    staff, office, _, number = _begin(quick_chat)
    office.member().sends_photo()
    office.member().says(f"{number} ไม่รับเรื่อง เพราะ เป็นที่ดินเอกชน").sees("group.step_decline")
    card = staff.gets_card(number)
    assert words_of("desk.photo_office") in card.words and "/media/" in str(card.message)


# --- what officers look up


@pytest.mark.parametrize("typed", ["{}", "{} ครับ", " {}\n", "{} ถึงไหนแล้ว"])
def test_any_number_opens_a_card_and_an_unknown_one_is_said_to_be(quick_chat: Chat, typed: str) -> None:
    staff, _, _, number = _begin(quick_chat)
    staff.member().says(typed.format(number))
    card = staff.gets_card(number)
    assert words_of("status.dispatched") in card.words and card.labels == []
    staff.member().says("FT6911-09999").sees("desk.unknown")


def test_the_list_holds_what_waits_for_officers_the_most_overdue_first(chat: Chat) -> None:
    staff, office, nid, declined = _begin(chat)
    outside = chat.has_case(nid, organisation="outside")
    secret = chat.has_case(nid, category="official", description="เจ้าหน้าที่เรียกเงิน")
    untouched, disputed, moving = (chat.has_case(nid) for _ in range(3))
    office.gets_card(moving)
    office.member().says(f"{declined} ไม่รับเรื่อง เพราะ เป็นที่ดินเอกชน").sees("group.step_decline")
    chat.waits(days=1)
    office.member().says(f"{disputed} เสร็จแล้วครับ").sees("card.update")
    nid.sees("closure.resolved_question").taps("button.not_well").sees("talk.judged_no")
    chat.waits(days=9)
    office.member().says(f"{moving} เป็นพื้นที่กรมทางหลวงครับ").sees("group.step_transfer")
    listen(staff)
    listed = staff.member().says("งานค้าง").sees("card.open_title", count=5).last
    assert listed is not None
    order = [words[:12] for words in listed.words.split("\n") if words.startswith("FT")]
    assert order == [outside, secret, declined, disputed, moving]
    assert untouched not in listed.words
    assert "เลยกำหนดพิจารณา" in listed.words and "หาหน่วยงานรับก่อน" in listed.words
    staff.member().taps(declined, listed)
    assert "เป็นที่ดินเอกชน" in staff.gets_card(declined).words
    office.member().says("งานค้าง")
    assert secret not in " ".join(office.heard())


def test_help_says_what_this_group_can_do(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators(OMB, "Officer")
    staff.member().says("ช่วยเหลือ").sees("desk.help")


# --- what officers write


def test_words_that_quote_a_card_or_name_a_number_are_kept_as_a_note_and_move_nothing(chat: Chat) -> None:
    staff, office, nid, number = _begin(chat)
    office.member().says(f"{number} ไม่รับเรื่อง เพราะ เป็นที่ดินเอกชน").sees("group.step_decline")
    card = staff.gets_card(number)
    listen(nid, office)
    said = ("ใครรู้จักเจ้าของที่ดินบ้าง", "เสร็จแล้วครับ", "รับทราบครับ", "แก้กลับ")
    for words in said:
        staff.member().quotes(card, words).sees("desk.noted", number=number)
    staff.member().says(f"{number} โทรถามเขตแล้ว").sees("desk.noted", number=number)
    assert _notes(chat) == [("staff", words) for words in (*said, "โทรถามเขตแล้ว")]
    assert chat.case().status == "declined"
    nid.sees_nothing()
    office.sees_nothing()


def test_an_edited_note_is_kept_as_it_reads_now(quick_chat: Chat) -> None:
    staff, office, _, number = _begin(quick_chat)
    office.member().says(f"{number} ไม่รับเรื่อง เพราะ เป็นที่ดินเอกชน").sees("group.step_decline")
    wrote = staff.member().quotes(staff.gets_card(number), "ถามเขตแร้ว").sees("desk.noted").outcome
    assert wrote is not None and wrote.message_id is not None
    staff.member().edits("ถามเขตแล้ว", message_id=wrote.message_id).sees("desk.noted")
    assert [words for _, words in _notes(quick_chat)] == ["ถามเขตแร้ว", "ถามเขตแล้ว"]
    assert quick_chat.case().status == "declined"


def test_nobody_here_works_on_the_case_of_an_office_by_a_sticker_or_an_old_button(quick_chat: Chat) -> None:
    staff, _, _, number = _begin(quick_chat)
    staff.member().says(number)
    card = staff.gets_card(number)
    staff.member().sends_sticker(card, keywords=("ok",)).sees_nothing()
    key = quick_chat.case().id
    for verb in ("acknowledge", "resolve", "decline", "due:0", "undo:1"):
        staff.member().postback(f"g:{key}:{verb}").sees("group.elsewhere")
    assert quick_chat.history() == ["report", "dispatch"]


def test_talk_that_names_nothing_is_left_alone(quick_chat: Chat) -> None:
    staff, _, _, _ = _begin(quick_chat)
    staff.member().says("เที่ยงนี้ไปกินข้าวกัน").sees_nothing()
    assert "เที่ยงนี้" not in quick_chat.kept_words(staff.id)


def test_the_ombudsmans_own_cases_are_worked_on_here_as_in_any_office(quick_chat: Chat) -> None:
    staff, nid = quick_chat.coordinators(OMB, "Officer"), quick_chat.citizen()
    number = quick_chat.has_case(nid, organisation="outside")
    card = staff.gets_card(number)
    staff.member().taps("button.acknowledge", card).sees("card.update", number=number)
    nid.sees("told.acknowledge", number=number)
    staff.member().quotes(card, "ใครรู้จักคนที่จังหวัดบ้าง").sees("desk.noted", number=number)
    staff.member().quotes(card, "กำลังประสานอยู่ครับ").sees("card.update", number=number)
    assert quick_chat.case().status == "in_progress"


def test_what_the_reporter_adds_to_the_ombudsmans_own_disputed_case_is_told_once(quick_chat: Chat) -> None:
    staff, nid = quick_chat.coordinators(OMB, "Officer"), quick_chat.citizen()
    number = quick_chat.has_case(nid, organisation="outside")
    staff.member().quotes(staff.gets_card(number), "เสร็จแล้วครับ").sees("card.update")
    nid.sees("closure.resolved_question").taps("button.not_well").sees("talk.judged_no")
    staff.sees("desk.dispute")
    listen(staff)
    nid.says(f"{number} ถอนเรื่อง").sees("talk.withdraw_ask").taps("talk.withdraw_yes").sees("talk.withdrawn")
    assert len(staff.heard()) == 1
