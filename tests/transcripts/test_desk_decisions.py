"""The Ombudsman's officers decide in their group: what is disputed, declined, or has no office that takes it."""

import pytest

from storage.models import HistoryEntry, SlaClock
from tests.chat import Chat, Office, Person, listen, words_of

DIN_DAENG, WATTHANA, WORKS, OMB = "district:1026", "district:1039", "dept:public-works", "omb"


def _begin(chat: Chat, **slots: object) -> tuple[Office, Office, Person, str]:
    chat.turns_to("2026-11-23 10:00")
    staff, office, nid = chat.coordinators(OMB, "Officer"), chat.coordinators(DIN_DAENG), chat.citizen()
    number = chat.has_case(nid, **slots)  # type: ignore[arg-type]
    office.gets_card(number)
    listen(staff, office, nid)
    return staff, office, nid, number


def _decline(office: Office, number: str) -> None:
    office.member().says(number)
    office.member().taps("button.decline", office.gets_card(number)).sees("group.how_to_decline", number=number)
    office.member().taps("decline.why_private").sees("group.step_decline")


def _dispute(chat: Chat, staff: Office, office: Office, nid: Person, number: str) -> None:
    office.member().says(f"{number} เสร็จแล้วครับ").sees("card.update")
    nid.sees("closure.resolved_question").taps("button.not_well").sees("talk.judged_no")
    nid.says("ไฟยังดับอยู่เหมือนเดิม")
    chat.settles()
    chat.waits(hours=2)
    chat.clocks_run()
    staff.gets_card(number)
    listen(staff, office, nid)


def test_a_refusal_that_was_taken_back_twice_stays_with_the_officers_the_third_time(quick_chat: Chat) -> None:
    _, office, _, number = _begin(quick_chat)
    for _ in range(2):
        _decline(office, number)
        office.member().taps("button.undo").sees("group.undone")
    _decline(office, number)
    office.member().taps("button.undo").sees("group.undo_late", number=number)
    assert quick_chat.case(number).status == "declined"


# --- what may not be


@pytest.mark.parametrize(
    "verb", ["send_back", "uphold", "agree", "place", "who:mea", "place_at:district:1039", "decide:5"]
)
def test_a_forged_button_from_an_office_decides_nothing(quick_chat: Chat, verb: str) -> None:
    staff, office, nid, number = _begin(quick_chat)
    _decline(office, number)
    listen(staff, nid)
    before = quick_chat.history()
    office.member().postback(f"g:{quick_chat.case().id}:{verb}").sees("group.elsewhere")
    office.member().says("เป็นที่ดินเอกชนจริง")
    assert quick_chat.history() == before
    nid.sees_nothing()


def test_a_preview_is_sent_by_officers_alone_and_once(chat: Chat) -> None:
    staff, office, _nid, number = _begin(chat)
    _decline(office, number)
    key = chat.case().id
    staff.member().taps("desk.button_send_back", staff.gets_card(number)).sees("desk.ask_instruct", number=number)
    preview = staff.member().says("ตรวจที่ดินแล้วเป็นทางสาธารณะ ให้เขตดำเนินการ").sees("desk.preview_instruct").last
    with chat.reads() as session:
        note = session.query(HistoryEntry).filter_by(action="note").order_by(HistoryEntry.id.desc()).first()
    assert note is not None and preview is not None
    office.member().postback(f"g:{key}:decide:{note.id}").sees("group.elsewhere")
    assert chat.case().status == "declined"
    taps = [staff.member().taps("desk.send_instruct", preview, deliver=False).outcome for _ in range(2)]
    chat.line.deliver_at_once([tap.event_id for tap in taps if tap])
    chat.settles()
    assert chat.history().count("reopen") == 1


def test_a_preview_of_before_something_happened_decides_nothing(quick_chat: Chat) -> None:
    staff, office, _nid, number = _begin(quick_chat)
    _decline(office, number)
    staff.member().taps("desk.button_agree", staff.gets_card(number)).sees("desk.ask_advise")
    preview = staff.member().says("ขอให้ติดต่อเจ้าของที่ดิน").sees("desk.preview_advise").last
    office.member().says(f"{number} ขอรับไว้ทำครับ พรุ่งนี้เสร็จ").sees("card.update")
    staff.member().taps("desk.send_advise", preview).sees("group.stands", number=number)
    assert quick_chat.case().status == "in_progress"


def test_nods_and_second_thoughts_are_no_instruction(quick_chat: Chat) -> None:
    staff, office, _, number = _begin(quick_chat)
    _decline(office, number)
    staff.member().taps("desk.button_send_back", staff.gets_card(number)).sees("desk.ask_instruct")
    staff.member().says("โอเคครับ").sees_nothing()
    staff.member().says("ยกเลิก").sees("group.called_off", number=number)
    staff.member().says("ให้เขตไปดูอีกครั้ง").sees_nothing()
    assert quick_chat.case().status == "declined"


def test_a_confidential_case_is_not_decided_in_a_group(quick_chat: Chat) -> None:
    staff, _, nid, _ = _begin(quick_chat)
    secret = quick_chat.has_case(nid, category="official", description="เจ้าหน้าที่เรียกเงิน")
    staff.sees("staff.confidential", number=secret)
    key = quick_chat.case(secret).id
    for verb in ("agree", "uphold", "send_back", f"place_at:{WATTHANA}", "who:mea"):
        staff.member().postback(f"g:{key}:{verb}").sees("desk.only_in_system")


# --- declined


def test_agreeing_tells_the_citizen_who_can_help_and_closes(chat: Chat) -> None:
    staff, office, nid, number = _begin(chat)
    _decline(office, number)
    nid.sees("told.decline", number=number)
    staff.member().taps("desk.button_agree", staff.gets_card(number)).sees("desk.ask_advise", number=number)
    asked = staff.member().says("นิติบุคคลช่วยได้ โทร 081-234-5678").sees("desk.preview_advise").last
    staff.sees("question.number_in", phone="081-234-5678")
    assert asked is not None and asked.labels == [
        words_of("question.send_without"),
        words_of("question.send_with"),
        words_of("button.edit"),
    ]
    staff.member().taps("button.edit", asked).sees("desk.ask_advise")
    staff.member().taps("การไฟฟ้านครหลวง").sees("desk.preview_advise")
    assert chat.case().status == "declined"
    listen(nid)
    staff.member().taps("desk.send_advise").sees("desk.closed", number=number)
    told = nid.sees("told.declined", number=number).last
    assert told is not None and "การไฟฟ้านครหลวง โทร 1130" in told.words
    assert chat.case().status == "closed"
    with chat.reads() as session:
        entry = session.query(HistoryEntry).filter_by(action="close").one()
    assert (entry.role, entry.actor_id, entry.details["answer"], entry.details["who"]) == (
        "staff",
        staff.people["Officer"],
        "declined",
        "mea",
    )
    office.member().says("งานค้าง").sees("desk.group_declined", number=number)
    chat.redelivers_everything().changes_nothing()


def test_sending_back_brings_the_instruction_to_the_office(quick_chat: Chat) -> None:
    staff, office, nid, number = _begin(quick_chat)
    _decline(office, number)
    listen(office, nid)
    card = staff.gets_card(number)
    staff.member().taps("desk.button_send_back", card).sees("desk.ask_instruct")
    staff.member().says("เป็นทางสาธารณะ ให้เขตดำเนินการ").sees("desk.preview_instruct").taps("desk.send_instruct")
    staff.sees("desk.sent_back", number=number)
    words = office.gets_card(number).words
    assert words_of("desk.instructed", words="เป็นทางสาธารณะ ให้เขตดำเนินการ") in words
    nid.sees("told.reopen", number=number)
    assert quick_chat.case().status == "acknowledged"
    office.member().says(f"{number} เสร็จแล้วครับ").sees("card.update")


def test_an_instruction_can_be_written_anew_before_it_goes(quick_chat: Chat) -> None:
    staff, office, _, number = _begin(quick_chat)
    _decline(office, number)
    listen(office)
    how = staff.member().taps("desk.button_send_back", staff.gets_card(number)).sees("desk.ask_instruct").last
    staff.member().quotes(how, "ให้เขตไปดูอีกคั้ง").sees("desk.preview_instruct").taps("button.edit")
    staff.sees("desk.ask_instruct")
    staff.member().says("ให้เขตไปดูอีกครั้ง").sees("desk.preview_instruct").taps("desk.send_instruct")
    staff.sees("desk.sent_back")
    assert "อีกครั้ง" in office.gets_card(number).words


# --- disputed


def test_a_disputed_case_is_upheld_with_a_reason_that_the_citizen_reads(quick_chat: Chat) -> None:
    staff, office, nid, number = _begin(quick_chat)
    _dispute(quick_chat, staff, office, nid, number)
    staff.member().says(number)
    card = staff.gets_card(number)
    assert card.labels == [words_of("desk.button_send_back"), words_of("desk.button_uphold")]
    staff.member().taps("desk.button_uphold", card).sees("desk.ask_uphold")
    preview = staff.member().says("ไฟติดครบทุกดวง ถามช่าง 081-234-5678").sees("desk.preview_uphold").last
    assert preview is not None
    staff.member().postback(f"g:{quick_chat.case().id}:decide:9-with").sees("group.stands")
    closed = staff.member().taps("question.send_with", preview).sees("desk.closed").last
    told = nid.sees("told.upheld", number=number, reason="ไฟติดครบทุกดวง ถามช่าง 081-234-5678").last
    assert closed is not None and told is not None

    # its reporter does not agree, in plain words: the officers hear it once a day, and thanks are no objection
    nid.quotes(told, "ขอบคุณครับ").sees("talk.thanks")
    nid.quotes(told, "ไม่เห็นด้วย ซอยหลังยังมืด โทร 0811112222").sees("talk.objection", number=number)
    staff.sees("staff.objection", number=number, note=f"ไม่เห็นด้วย ซอยหลังยังมืด โทร {words_of('group.phone_hidden')}")
    listen(staff)
    nid.says(f"{number} ยังไม่ได้แก้เลย").sees("talk.objection")
    staff.sees_nothing()
    nid.says(f"{number} ไปถึงไหนแล้ว").reads("ปิดแล้ว")

    # an officer takes it back, by the button and by words; everybody who was told hears that
    listen(office, nid)
    staff.member().taps("button.undo", closed).sees("group.undone", status=words_of("status.disputed"))
    nid.sees("told.decision_undone", number=number)
    office.member().says("งานค้าง").sees("desk.group_undone", number=number)
    with quick_chat.reads() as session:
        running = session.query(SlaClock).filter(SlaClock.stopped_at.is_(None)).all()
        assert [one.kind for one in running] == ["decide"]
    staff.member().taps("button.undo", closed).sees("group.undo_late", number=number)
    staff.member().says(f"{number} แก้กลับ").sees("desk.noted", number=number)
    staff.member().says(number)
    staff.member().taps("desk.button_send_back", staff.gets_card(number)).sees("desk.ask_instruct")
    staff.member().says("ไปดูหลังซอย").sees("desk.preview_instruct").taps("desk.send_instruct").sees("desk.sent_back")
    staff.member().says(f"{number} แก้กลับ").sees("group.undone", status=words_of("status.disputed"))
    nid.sees("told.send_back_undone", number=number)
    staff.member().says(number)
    staff.member().taps("desk.button_uphold", staff.gets_card(number)).sees("desk.ask_uphold")
    staff.member().says("ตรวจแล้ววันนี้").sees("desk.preview_uphold").taps("desk.send_uphold").sees("desk.closed")
    with quick_chat.reads() as session:
        closings = session.query(HistoryEntry).filter_by(action="close").all()
        assert [entry.details["answer"] for entry in closings] == ["upheld", "upheld"]


def test_a_disputed_case_goes_back_with_the_instruction(quick_chat: Chat) -> None:
    staff, office, nid, number = _begin(quick_chat)
    _dispute(quick_chat, staff, office, nid, number)
    staff.member().says(number)
    staff.member().taps("desk.button_send_back", staff.gets_card(number)).sees("desk.ask_instruct")
    staff.member().says("ไฟสองดวงหลังซอยยังดับ").sees("desk.preview_instruct").taps("desk.send_instruct")
    assert "ไฟสองดวงหลังซอยยังดับ" in office.gets_card(number).words
    nid.sees("told.reopen", number=number)


# --- nobody takes it


def test_officers_place_a_case_that_has_no_office(quick_chat: Chat) -> None:
    staff, office, nid, number = _begin(quick_chat)
    works = quick_chat.coordinators(WORKS)
    office.member().says(f"{number} โอนเรื่อง เพราะ ไม่ใช่หน้าที่ของเขต").sees("group.step_transfer")
    listen(works, nid)
    staff.member().taps("desk.button_place", staff.gets_card(number)).sees("desk.ask_place", number=number)
    staff.member().says("เขตดินแดง").sees("desk.has_it", number=number)
    staff.member().says("โรงพยาบาลกลาง").sees("desk.no_such_office", number=number)
    staff.member().says("สำนักการโยทา").sees("transfer.found", number=number)  # mistyped
    staff.member().says("สำนักการโยธา").sees("desk.preview_place")
    staff.member().taps("button.edit").sees("desk.ask_place")
    staff.member().says("โยธา").sees("transfer.found").taps("สำนักการโยธา").sees("desk.preview_place")
    works.sees_nothing()
    staff.member().taps("desk.send_place").sees("desk.placed", office="สำนักการโยธา")
    works.gets_card(number)
    nid.sees("told.dispatched", number=number)
    assert (quick_chat.case().owner, quick_chat.case().status) == (WORKS, "dispatched")
    office.member().says("งานค้าง").sees("desk.group_placed", number=number, office="สำนักการโยธา")

    # it was the wrong office: the case lies before the officers again, and all three hear it
    listen(office, works, nid)
    staff.member().taps("button.undo").sees("group.undone", status=words_of("status.transferring"))
    nid.sees("told.not_sent", number=number, receiver="สำนักการโยธา")
    works.member().says("งานค้าง").sees("transfer.over", number=number)
    office.member().says("งานค้าง").sees("desk.group_undone", number=number)
    assert (quick_chat.case().owner, quick_chat.case().status) == (DIN_DAENG, "transferring")
    staff.member().says(number)
    staff.member().taps("desk.button_place", staff.gets_card(number)).sees("desk.ask_place", number=number)
    staff.member().says("สำนักการโยธา").sees("desk.preview_place").taps("desk.send_place").sees("desk.placed")
    assert quick_chat.case().owner == WORKS
