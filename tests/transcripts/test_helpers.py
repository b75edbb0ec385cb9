"""ขอแรง: an owner asks other offices to help; what those say and send moves neither status nor clock."""

from sqlalchemy import select

from simulator.outcomes import BotMessage
from storage.models import CaseHelper, HistoryEntry, HistoryWords, SlaClock
from tests.chat import Chat, Office, Person, listen, words_of

DIN_DAENG, WATTHANA, DRAINAGE, OMB = "district:1026", "district:1039", "dept:drainage", "omb"


def _begin(chat: Chat) -> tuple[Office, Office, Person, str]:
    """A district at work on a case, and a department."""
    chat.turns_to("2026-11-23 10:00")
    office, pumps, nid = chat.coordinators(DIN_DAENG), chat.coordinators(DRAINAGE), chat.citizen()
    number = chat.has_case(nid, category="drain_flood", description="น้ำท่วมซอย รอระบายนาน")
    office.gets_card(number)
    office.member().says(f"{number} กำลังทำครับ").sees("card.update")
    listen(office, pumps, nid)
    return office, pumps, nid, number


def _invite(office: Office, pumps: Office, number: str) -> BotMessage:
    office.member().says(f"{number} ขอแรง สนน. ช่วยสูบน้ำ").sees("helping.invited", number=number)
    return pumps.gets_card(number)


def _stands(chat: Chat) -> tuple[str, str, list[tuple[str, object]]]:
    with chat.reads() as session:
        running = session.execute(select(SlaClock.kind, SlaClock.due_at).where(SlaClock.stopped_at.is_(None)))
        return chat.case().status, chat.case().owner, [(kind, due) for kind, due in running]


# --- what may not be


def test_only_the_owner_invites_and_only_the_invited_answer(quick_chat: Chat) -> None:
    office, pumps, _, number = _begin(quick_chat)
    other = quick_chat.coordinators(WATTHANA)
    key = quick_chat.case().id
    other.member().postback(f"g:{key}:with:{WATTHANA}").sees("group.elsewhere")
    other.member().postback(f"g:{key}:help").sees("group.elsewhere")
    pumps.member().postback(f"g:{key}:stop_helping").sees("group.elsewhere")
    office.member().postback(f"g:{key}:with:{DIN_DAENG}").sees("transfer.is_yours")
    office.member().postback(f"g:{key}:with:dept:health").sees("helping.unreachable")
    assert quick_chat.count(CaseHelper) == 0
    other.member().says(number).sees("group.unknown")

    # Whoever notes a case and asks for help with it in one line keeps it.
    own = quick_chat.has_case(quick_chat.citizen("Dao"))
    office.gets_card(own)
    office.member().says(f"{own} รับทราบ ขอแรงเขตวัฒนา").sees("question.date", number=own).sees("helping.invited")
    assert (quick_chat.case(own).status, quick_chat.case(own).transfer_to) == ("acknowledged", None)
    other.member().taps("button.busy", other.gets_card(own)).sees("helping.refused")
    # Who takes the asking back asks nobody.
    listen(other)
    asks = office.member().says(f"{own} ขอแรงเขตวัฒนา ช่วยย้ายรถยายมี").sees("helping.invited")
    card = other.gets_card(own)
    assert asks.outcome and asks.outcome.message_id and "ยายมี" in card.words
    asks.unsends(asks.outcome.message_id)
    other.member().taps("button.help", card).sees("helping.over", number=own).sees("helping.wanted_no_more")
    office.member().says(own).sees("helping.taken_back", number=own)
    with quick_chat.reads() as session:
        assert not any("ยายมี" in words for words in session.scalars(select(HistoryWords.words)))


def test_what_a_helper_said_goes_with_its_message(quick_chat: Chat) -> None:
    office, pumps, nid, number = _begin(quick_chat)
    helper, card = pumps.member(), _invite(office, pumps, number)
    listen(office, nid)
    helper.quotes(card, "สูบน้ำเสร็จแล้วครับ หน้าบ้านยายมี").sees("helping.kept", number=number)
    office.sees("helping.told_done", number=number)
    assert helper.outcome and helper.outcome.message_id
    done = helper.outcome.message_id
    listen(office, pumps)
    helper.unsends(done).sees_nothing()
    there = words_of("status.in_progress")
    told = office.sees("helping.unsaid_done", number=number, status=there).last  # as loud as it was said
    assert told is not None and told.endpoint == "push"
    with quick_chat.reads() as session:
        assert session.scalars(select(CaseHelper.state)).all() == ["invited"], "it had agreed with the same words"
        assert not any("ยายมี" in words for words in session.scalars(select(HistoryWords.words)))
    helper.says("ช่วยเหลือ").sees("helping.unsaid_here", number=number)
    nid.sees_nothing()

    # What had not come to the office yet is not said to it at all.
    helper.taps("button.help", card).sees("helping.agreed")
    office.member().says(number).sees("helping.told_helping")
    listen(office)
    helper.quotes(card, "น้ำลดแล้วครึ่งหนึ่ง กำลังสูบต่อครับ").sees("helping.kept")
    assert helper.outcome and helper.outcome.message_id
    helper.unsends(helper.outcome.message_id).sees_nothing()
    office.member().says(number)
    assert not any("หน่วยงานร่วม)" in words for words in office.heard())


def test_a_helper_does_not_work_on_the_case_by_old_or_made_buttons(quick_chat: Chat) -> None:
    office, pumps, nid, number = _begin(quick_chat)
    card = _invite(office, pumps, number)
    pumps.member().taps("button.help", card).sees("helping.agreed")
    before = _stands(quick_chat)
    key = quick_chat.case().id
    for verb in ("acknowledge", "resolve", "decline", "transfer", "due:0", "undo:1", "to:omb", "accept"):
        pumps.member().postback(f"g:{key}:{verb}")
        quick_chat.settles()
    assert _stands(quick_chat) == before
    nid.sees_nothing()


def test_a_helper_reads_no_number_to_call_and_no_name(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-23 10:00")
    office, pumps, nid = quick_chat.coordinators(DIN_DAENG), quick_chat.coordinators(DRAINAGE), quick_chat.citizen()
    number = quick_chat.has_case(
        nid, category="drain_flood", description="น้ำท่วม โทร 081-234-5678", phone="0812345678", name="นิดา"
    )
    office.gets_card(number)
    office.member().says(f"{number} กำลังทำครับ").sees("card.update")
    card = _invite(office, pumps, number)
    assert "5678" not in card.words and "นิดา" not in card.words


def test_asked_twice_is_asked_once(quick_chat: Chat) -> None:
    office, pumps, _, number = _begin(quick_chat)
    _invite(office, pumps, number)
    listen(pumps)
    office.member().says(f"{number} ขอแรง สนน. ช่วยสูบน้ำ").sees("helping.invited_before")
    pumps.sees_nothing()
    quick_chat.redelivers_everything().changes_nothing()


# --- invited, and taken back


def test_an_invitation_by_buttons_says_who_asks(quick_chat: Chat) -> None:
    office, pumps, _, number = _begin(quick_chat)
    staff = quick_chat.coordinators(OMB, "Officer")
    office.member().says(number)
    office.member().taps("button.invite", office.gets_card(number)).sees("helping.whom", number=number)
    office.member().taps("สำนักการระบายน้ำ").sees("helping.invited", office="สำนักการระบายน้ำ").sees("helping.what")
    card = pumps.gets_card(number)
    assert words_of("helping.asks_plain", office="สำนักงานเขตดินแดง") in card.words
    office.member().says("ขอเครื่องสูบน้ำ 2 เครื่อง").sees("helping.kept")
    pumps.sees("helping.asks_also", number=number, words="ขอเครื่องสูบน้ำ 2 เครื่อง")
    office.member().says(f"{number} ขอแรงเขตวัฒนา ส่งรถเทรลเลอร์").sees("helping.unreachable_told", number=number)
    staff.member().says("งานค้าง").sees("staff.help_wanted", number=number, words="ส่งรถเทรลเลอร์")

    # It says nothing: it is in its list, is asked once more after a day, and the office that asked hears of it.
    listen(pumps, office)
    asked = words_of("office.help_asked", office="เขตดินแดง")
    pumps.member().says("งานค้าง").sees("card.open_title", count=1).reads(asked)
    quick_chat.turns_to("2026-11-24 10:30")
    for _ in range(2):
        quick_chat.clocks_run()
    again = pumps.sees("helping.still_asked", number=number).last
    assert again is not None and again.labels == [words_of("button.help"), words_of("button.busy")]
    office.member().says("งานค้าง").sees("helping.told_silent", number=number, office="สำนักการระบายน้ำ")
    pumps.member().taps("button.help", again).sees("helping.agreed")
    pumps.member().says("งานค้าง").reads(words_of("office.helps", office="เขตดินแดง"))
    assert card.labels[:2] == [words_of("button.help"), words_of("button.busy")]


def test_a_name_and_what_is_needed_may_be_typed_after_the_tap(quick_chat: Chat) -> None:
    office, pumps, _, number = _begin(quick_chat)
    office.member().says(number)
    office.member().taps("button.invite", office.gets_card(number)).sees("helping.whom")
    office.member().says("ฝนตกหนักมาก").sees_nothing()
    office.member().says("สำนักการระบายน้ำ ช่วยสูบน้ำ").sees("helping.invited")
    assert "ช่วยสูบน้ำ" in pumps.gets_card(number).words


def test_the_owner_takes_the_invitation_back(quick_chat: Chat) -> None:
    office, pumps, _, number = _begin(quick_chat)
    card = _invite(office, pumps, number)
    office.member().taps("helping.take_back").sees("helping.taken_back", number=number)
    pumps.member().taps("button.help", card).sees("helping.over", number=number).sees("helping.wanted_no_more")
    pumps.member().quotes(card, "กำลังไปครับ").sees("group.elsewhere")


# --- what helpers say


def test_words_and_photos_of_a_helper_reach_the_owner_and_move_nothing(chat: Chat) -> None:
    office, pumps, nid, number = _begin(chat)
    card = _invite(office, pumps, number)
    before = _stands(chat)
    pumps.member().taps("button.help", card).sees("helping.agreed", number=number)
    pumps.member().quotes(card, "ส่งเครื่องสูบน้ำไปแล้ว 2 เครื่อง").sees("helping.kept")
    pumps.member().sends_photo()
    chat.settles()
    assert _stands(chat) == before
    office.member().says("งานค้าง").sees("helping.told_helping", office="สำนักการระบายน้ำ")
    heard = " ".join(office.heard())
    assert "ส่งเครื่องสูบน้ำไปแล้ว 2 เครื่อง" in heard
    assert words_of("helping.told_photo", number=number, count=1, office="สำนักการระบายน้ำ") in heard
    nid.says(number).sees("helping.with", offices="สำนักการระบายน้ำ")
    with chat.reads() as session:
        notes = session.scalars(select(HistoryEntry).where(HistoryEntry.organisation == DRAINAGE)).all()
    assert {entry.action for entry in notes} == {"note"} and any(entry.details.get("media") for entry in notes)


def test_done_from_a_helper_does_not_resolve_and_the_owner_may(quick_chat: Chat) -> None:
    office, pumps, nid, number = _begin(quick_chat)
    card = _invite(office, pumps, number)
    pumps.member().quotes(card, "สูบน้ำเสร็จแล้วครับ").sees("helping.kept")
    told = office.sees("helping.told_done", number=number, words="สูบน้ำเสร็จแล้วครับ").last
    assert quick_chat.case().status == "in_progress"
    nid.sees_nothing()
    office.member().taps("button.resolve", told).sees("card.update", number=number)
    nid.sees("closure.resolved_question")


def test_a_helper_is_busy_or_leaves(quick_chat: Chat) -> None:
    office, pumps, nid, number = _begin(quick_chat)
    card = _invite(office, pumps, number)
    pumps.member().taps("button.busy", card).sees("helping.refused")
    office.member().says("งานค้าง").sees("helping.told_busy")
    pumps.member().says(f"{number} แก้กลับ").sees("helping.agreed")  # a slip, and then once more
    pumps.member().says(f"{number} เลิกช่วย").sees("helping.stopped")
    pumps.member().says(f"{number} พรุ่งนี้เข้าไปครับ").sees("helping.kept")
    office.member().says("งานค้าง").sees("helping.told_words", words="พรุ่งนี้เข้าไปครับ")
    pumps.member().says(f"{number} เลิกช่วย").sees("helping.stopped")
    listen(pumps)
    card = _invite(office, pumps, number)
    pumps.member().taps("button.help", card).sees("helping.agreed")
    listen(pumps)
    pumps.member().says(number)
    pumps.member().taps("button.stop_helping", pumps.gets_card(number)).sees("helping.stopped")
    office.member().says("งานค้าง").sees("helping.told_left")
    nid.says(number)
    assert words_of("helping.with", offices="") not in " ".join(nid.heard())


def test_what_waited_of_a_case_is_read_before_what_is_newer_and_not_once_it_is_idle(quick_chat: Chat) -> None:
    office, pumps, _, number = _begin(quick_chat)
    card = _invite(office, pumps, number)
    pumps.member().taps("button.help", card).sees("helping.agreed")
    pumps.member().quotes(card, "เครื่องสูบน้ำมาถึงแล้วครับ").sees("helping.kept")
    listen(office)
    pumps.member().quotes(card, "เสร็จแล้วครับ").sees("helping.kept")
    office.sees("helping.told_done", number=number)
    said = [one.words for one in quick_chat.line.received(office.id, after=office.since)]
    assert len(said) == 2 and "มาถึงแล้ว" in said[0] and "เสร็จแล้วครับ" in said[1]
    assert words_of("helping.told_helping", number=number, office="สำนักการระบายน้ำ") not in said


def test_where_there_is_danger_a_helpers_word_does_not_wait(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-23 10:00")
    office, pumps, nid = quick_chat.coordinators(DIN_DAENG), quick_chat.coordinators(DRAINAGE), quick_chat.citizen()
    number = quick_chat.has_case(nid, category="drain_flood", description="น้ำท่วม ไฟดูด", danger=["electric"])
    office.gets_card(number)
    office.member().says(f"{number} กำลังทำครับ").sees("card.update")
    card = _invite(office, pumps, number)
    listen(office)
    pumps.member().taps("button.help", card).sees("helping.agreed")
    office.sees("helping.told_helping", number=number)
