"""A question and its answer, a transfer or refusal with its reason, a promised day, an honest "not found"."""

from clock import in_bangkok
from storage.models import HistoryEntry
from tests.chat import Chat, listen, words_of
from tests.transcripts.office_with_case import begin

DIN_DAENG, OMB = "district:1026", "omb"


# --- a question


def test_a_question_goes_to_the_reporter_only_when_someone_sends_it(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    preview = office.member().quotes(card, "เสาต้นที่เท่าไรนับจากปากซอยครับ").sees("question.title", number=number).last
    nid.sees_nothing()
    assert quick_chat.case().status == "acknowledged", "who asks has read it"
    office.member("Pim").taps("question.send", preview).sees("group.step_ask")
    nid.sees("told.ask", number=number, office="สำนักงานเขตดินแดง", question="เสาต้นที่เท่าไรนับจากปากซอยครับ")
    assert quick_chat.case().status == "needs_info"
    listen(nid)
    office.member("Somchai").taps("question.send", preview).sees("group.stands", number=number)
    office.member("Somchai").taps("question.drop", preview).sees("group.stands", number=number)
    nid.sees_nothing()


def test_a_question_that_is_left_goes_nowhere(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    preview = office.member().quotes(card, "ซอยไหนครับ").sees("question.title").last
    office.member().taps("question.drop", preview).sees("group.ask_dropped", number=number)
    nid.sees_nothing()
    assert quick_chat.case().status == "acknowledged"


def test_two_people_send_the_same_question_at_once(chat: Chat) -> None:
    office, nid, card, _ = begin(chat)
    preview = office.member().quotes(card, "ซอยไหนครับ").sees("question.title").last
    taps = [office.member(name).taps("question.send", preview, deliver=False).outcome for name in ("Somchai", "Pim")]
    chat.line.deliver_at_once([tap.event_id for tap in taps if tap])
    nid.sees("told.ask")
    # The office took the case on by asking, which waited for a call to join; the question itself comes once.
    assert [("ซอยไหนครับ" in words) for words in nid.heard()] == [False, True]
    assert chat.history().count("ask") == 1


def test_the_answer_comes_back_to_the_group_and_can_be_quoted(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    office.member().quotes(card, "กำลังทำครับ").sees("card.update")
    office.member().quotes(card, "ซอยไหนครับ").sees("question.title").taps("question.send").sees("group.step_ask")
    nid.sees("told.ask")
    listen(office)
    nid.says("ซอย 5 หน้าร้านขายยา").sees("talk.passed_on", number=number)
    line = office.sees("group.told_answer", number=number, note="ซอย 5 หน้าร้านขายยา").last
    assert quick_chat.case().status == "in_progress"
    office.member().quotes(line, "เสร็จแล้วครับ").sees("card.update", number=number)
    nid.sees("closure.resolved_question")


def test_the_prefilled_line_asks_without_its_beginning(quick_chat: Chat) -> None:
    office, nid, _, number = begin(quick_chat)
    beginning = words_of("card.fill_ask", number=number)
    office.member().says(f"{beginning}กี่ดวงครับ").sees("question.title").taps("question.send").sees("group.step_ask")
    nid.sees("told.ask", question="กี่ดวงครับ")
    listen(office)
    office.member().says(beginning).sees("group.how_to_ask", number=number)


def test_the_button_says_how_and_what_quotes_that_line_is_the_question(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    how = office.member().taps("button.ask", card).sees("group.how_to_ask", number=number).last
    office.member().quotes(how, "หน้าบ้านเลขที่เท่าไร").sees("question.title", number=number)
    office.member().taps("question.send").sees("group.step_ask")
    nid.sees("told.ask", question="หน้าบ้านเลขที่เท่าไร")


def test_done_is_done_even_as_an_answer_to_how_to_ask(quick_chat: Chat) -> None:
    office, _, card, number = begin(quick_chat)
    how = office.member().taps("button.ask", card).sees("group.how_to_ask").last
    office.member().quotes(how, "เสร็จแล้วครับ").sees("card.update", number=number)
    assert quick_chat.case().status == "resolved"


def test_a_question_about_a_case_that_is_over_is_not_offered(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    preview = office.member().quotes(card, "ซอยไหนครับ").sees("question.title").last
    office.member().quotes(card, "เสร็จแล้วครับ").sees("card.update")
    office.member().quotes(card, "กี่ดวงครับ").sees("group.stands", number=number)
    office.member().taps("question.send", preview).sees("group.stands", number=number)
    assert "ask" not in quick_chat.history()
    nid.sees("closure.resolved_question")


def test_only_a_question_can_be_sent_as_one(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    office.member().quotes(card, "พี่สมหญิงปากร้ายมาก").sees_nothing()
    with quick_chat.reads() as session:
        note = session.query(HistoryEntry).filter_by(action="note").one()
    office.member().postback(f"g:{note.case_id}:ask_send:{note.id}").sees("group.stands", number=number)
    nid.sees_nothing()


# --- transfer and refusal


def test_a_transfer_with_its_reason_is_told_to_staff_and_the_reporter(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators(OMB, "Officer")
    office, nid, card, number = begin(quick_chat)
    listen(staff)
    office.member().quotes(card, "เป็นพื้นที่กรมทางหลวงครับ").sees("group.step_transfer")
    assert "เป็นพื้นที่กรมทางหลวง" in staff.gets_card(number).words
    staff.sees("desk.transfer", office="สำนักงานเขตดินแดง")
    nid.sees("told.transfer", number=number)
    assert quick_chat.case().status == "transferring"
    listen(office, nid, staff)
    office.member().quotes(card, "แก้กลับ").sees("group.undone", number=number)
    staff.sees("staff.taken_on", number=number)
    nid.sees("told.undo")
    office.member().taps("button.acknowledge", card).sees("card.update", number=number)


def test_a_refusal_with_its_reason_is_told_and_the_office_may_take_the_case_on_after_all(
    quick_chat: Chat,
) -> None:
    staff = quick_chat.coordinators(OMB, "Officer")
    office, nid, card, number = begin(quick_chat)
    listen(staff)
    office.member().says(f"{number} ไม่รับเรื่อง เพราะ เป็นที่ดินเอกชน").sees("group.step_decline")
    assert "เป็นที่ดินเอกชน" in staff.gets_card(number).words
    staff.sees("desk.decline", office="สำนักงานเขตดินแดง")
    nid.sees("told.decline", number=number)
    with quick_chat.reads() as session:
        assert session.query(HistoryEntry).filter_by(action="decline").one().note == "เป็นที่ดินเอกชน"
    listen(office, nid, staff)
    office.member().quotes(card, "ขอรับไว้ทำครับ พรุ่งนี้เสร็จ").sees("card.update", number=number)
    staff.sees("staff.taken_on", number=number)
    nid.sees("told.promise", number=number)


def test_without_a_reason_it_is_asked_for_and_nothing_moves(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators(OMB, "Officer")
    office, nid, card, number = begin(quick_chat)
    listen(staff)
    for words, key in (
        ("โอนเรื่องครับ", "how_to_transfer"),
        ("ขอโอน", "how_to_transfer"),
        ("ไม่รับครับ", "how_to_decline"),
    ):
        how = office.member().quotes(card, words).sees(f"group.{key}", number=number).last
    beginning = words_of("card.fill_transfer", number=number)
    office.member().says(beginning).sees("group.how_to_transfer", number=number)
    nid.sees_nothing()
    staff.sees_nothing()
    assert quick_chat.case().status == "dispatched"
    office.member().quotes(how, "เจ้าของตลาดดูแลเอง").sees("group.step_decline")
    assert "เจ้าของตลาดดูแลเอง" in staff.gets_card(number).words
    staff.sees("desk.decline")


def test_in_answer_to_how_to_transfer_talk_is_talk_and_a_reason_is_a_reason(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    how = office.member().taps("button.transfer", card).sees("group.how_to_transfer", number=number).last
    for talk in ("รับทราบครับ", "ไม่โอนแล้วครับ", "โอนให้ใครดีครับ", "กดผิดครับ"):
        office.member("Pim").quotes(how, talk).sees_nothing()
    assert quick_chat.case().status == "dispatched"
    office.member("Pim").quotes(how, "รฟท. ครับ อยู่ในเขตทางรถไฟ").sees("group.step_transfer")
    nid.sees("told.transfer", number=number)


def test_the_desk_hears_what_the_reporter_adds_while_it_has_the_case(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators(OMB, "Officer")
    office, nid, card, number = begin(quick_chat)
    office.member().quotes(card, "เป็นพื้นที่กรมทางหลวงครับ").sees("group.step_transfer")
    told = nid.sees("told.transfer").last
    listen(staff)
    nid.quotes(told, "อยู่ใต้สะพานลอยนะคะ").sees("talk.passed_on")
    staff.sees("staff.add", number=number)


# --- a day


def test_a_promised_day_is_seen_by_the_reporter_and_stands_on_the_card(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    line = office.member().quotes(card, "พรุ่งนี้เสร็จครับ").sees("card.update", number=number)
    tomorrow = words_of("moment.tomorrow")
    assert line.last is not None and tomorrow in line.last.words
    nid.sees("told.promise", number=number, office="สำนักงานเขตดินแดง", due=tomorrow)
    assert quick_chat.case().promised_on is not None
    assert quick_chat.case().status == "in_progress"
    listen(office)
    office.member().says(number)
    assert words_of("office.promised", due=tomorrow) in office.gets_card(number).words


def test_within_three_days_is_a_day_and_soon_is_none(quick_chat: Chat) -> None:
    office, nid, card, first = begin(quick_chat)
    second = quick_chat.has_case(nid)
    other = office.gets_card(second)
    office.member().quotes(card, "จะแล้วเสร็จภายใน 3 วันครับ").sees("card.update", number=first)
    office.member().quotes(other, "จะรีบดำเนินการให้ครับ").sees("group.step_acknowledge")
    nid.sees("told.promise", number=first)
    nid.sees("told.acknowledge", number=second)
    assert (quick_chat.case(second).status, quick_chat.case(second).promised_on) == ("acknowledged", None)
    with quick_chat.reads() as session:
        told = session.query(HistoryEntry).filter_by(action="promise").one()
    assert (quick_chat.case(first).promised_on - told.at.date()).days in (3, 4)  # type: ignore[operator]


# --- not found, and not fixed


def test_not_found_is_told_as_that(quick_chat: Chat) -> None:
    office, nid, card, _ = begin(quick_chat)
    office.member().quotes(card, "ไปตรวจแล้วไม่พบปัญหาครับ").sees("group.step_not_found")
    nid.sees("closure.not_found", org="เขตดินแดง").sees("closure.not_found_question")
    assert words_of("closure.resolved_question") not in " ".join(nid.heard())


def test_not_fixed_goes_to_staff_and_out_of_the_offices_hands(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators(OMB, "Officer")
    office, nid, card, number = begin(quick_chat)
    listen(staff)
    office.member().quotes(card, "เสร็จแล้วครับ").sees("card.update")
    nid.sees("closure.resolved_question")
    listen(office)
    nid.taps("button.not_well")
    assert "สำนักงานเขตดินแดง" in staff.gets_card(number).words
    staff.sees("desk.dispute")
    office.sees_nothing()
    for words in ("แก้กลับ", "เสร็จแล้วครับ", "กำลังทำครับ", "พรุ่งนี้เสร็จครับ"):
        office.member().quotes(card, words).sees(
            "group.undo_late" if words == "แก้กลับ" else "group.stands", number=number
        )
    assert quick_chat.case().status == "disputed"


# --- in the reporter's language


def test_an_english_reporter_is_told_in_english(quick_chat: Chat) -> None:
    john = quick_chat.citizen("John")
    john.language = "en"
    office, _, card, number = begin(quick_chat, john)
    office.member().quotes(card, "รับทราบครับ").sees("card.update")
    john.sees("told.acknowledge", number=number, office="Din Daeng District Office")
    office.member().quotes(card, "พรุ่งนี้เสร็จครับ").sees("card.update")
    john.sees("told.promise", number=number, due=words_of("moment.tomorrow", "en"))
    office.member().quotes(card, "ซอยไหนครับ").sees("question.title").taps("question.send").sees("group.step_ask")
    john.sees("told.ask", number=number, question="ซอยไหนครับ")
    office.member().quotes(card, "เสร็จแล้วครับ").sees("card.update")
    john.sees("closure.resolved_question")
    office.member().quotes(card, "แก้กลับ").sees("group.undone")
    john.sees("told.undo", number=number, status=words_of("status.needs_info", "en"))


# --- by when?


def test_a_noted_is_answered_with_the_question_by_when(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    line = office.member().taps("button.acknowledge", card).sees("question.date").last
    assert line is not None and line.labels == ["วันนี้", "3 วัน", "7 วัน", words_of("question.waits"), "แก้กลับ"]
    nid.sees("told.acknowledge")
    listen(nid)
    office.member("Pim").taps("3 วัน").sees("card.update", number=number)
    nid.sees("told.promise", number=number)
    with quick_chat.reads() as session:
        told = session.query(HistoryEntry).filter_by(action="promise").one()
    assert told.actor_id == office.people["Pim"]
    assert (quick_chat.case().promised_on - in_bangkok(told.at).date()).days == 3  # type: ignore[operator]


def test_the_days_stay_to_be_tapped_while_people_talk(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    asked = office.member().quotes(card, "รับทราบครับ").sees("question.date").last
    assert asked is not None and asked.text.startswith(f"{number} → {words_of('group.step_acknowledge')}")
    assert len(office.heard()) == 1
    for talk in ("ใครไปดีครับ", "ฝนตกหนักมาก"):
        office.member("Pim").says(talk).sees_nothing()
    quick_chat.waits(hours=3)
    office.member("Pim").taps("moment.today", asked).sees("card.update", number=number)
    nid.sees("told.promise", number=number)
    office.member().taps("button.undo", asked).sees("group.undo_late", number=number)


def test_taking_a_case_on_with_a_day_is_told_once(quick_chat: Chat) -> None:
    office, nid = quick_chat.coordinators(DIN_DAENG), quick_chat.citizen()
    for words in ("รับทราบครับ พรุ่งนี้เข้าไปทำ", "รับทราบ จะเสร็จพรุ่งนี้ครับ", "รับเรื่องแล้ว กำลังส่งช่าง พรุ่งนี้เสร็จ"):
        number = quick_chat.has_case(nid)
        card = office.gets_card(number)
        listen(office, nid)
        office.member().quotes(card, words).sees("card.update", number=number)
        nid.sees("told.promise", number=number, due=words_of("moment.tomorrow"))
        assert len(nid.heard()) == 1, words


# --- a day that is put off


def test_a_day_that_is_put_off_is_told_as_that_with_the_reason(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    office.member().quotes(card, "พรุ่งนี้เสร็จครับ").sees("card.update", number=number)
    nid.sees("told.promise", number=number)
    listen(nid)
    office.member("Pim").quotes(card, "ขอเลื่อนไปอีก 5 วัน เพราะรออะไหล่ครับ").sees("group.put_off_because", reason="รออะไหล่")
    nid.sees("told.put_off_because", number=number, office="เขตดินแดง", reason="รออะไหล่")
    assert len(nid.heard()) == 1
    assert quick_chat.history()[2:] == ["promise", "promise"]
    listen(nid)
    office.member("Pim").taps("button.undo").sees("group.undone", number=number)
    nid.sees("told.undo_day", number=number)
    assert _promised_in(quick_chat) == 1


def test_put_off_by_a_weekday_run_together_with_the_reason(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    office.member().quotes(card, "รับทราบครับ").sees("question.date")
    listen(nid)
    office.member().quotes(card, "ขอเลื่อนเป็นวันศุกร์เพราะรออะไหล่").sees("group.put_off_because", reason="รออะไหล่")
    nid.sees("told.put_off_because", number=number, reason="รออะไหล่")
    assert quick_chat.case().promised_on.weekday() == 4  # type: ignore[union-attr]


def test_a_later_day_without_a_reason_is_put_off_too_and_an_earlier_one_is_not(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    asked = office.member().quotes(card, "รับทราบครับ").sees("question.date").last
    office.member().taps("3 วัน", asked).sees("group.promised")
    nid.sees("told.promise", number=number)
    office.member().taps("7 วัน", asked).sees("group.put_off")
    nid.sees("told.put_off", number=number, office="เขตดินแดง")
    listen(nid)
    office.member().taps("moment.today", asked).sees("group.promised")
    nid.sees("told.promise_again", number=number)
    assert len(nid.heard()) == 1


def test_why_a_day_is_named_is_not_read_out_where_nothing_is_put_off(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    office.member().quotes(card, "พรุ่งนี้เข้าไปทำครับ เพราะวันนี้พี่สมชายลาป่วย").sees("group.promised")
    nid.sees("told.promise", number=number)
    assert "สมชาย" not in " ".join(nid.heard())


def _promised_in(chat: Chat) -> int:
    """In how many days the case is promised."""
    return (chat.case().promised_on - in_bangkok(chat.line.now()).date()).days  # type: ignore[operator]


def test_today_said_in_the_evening_is_not_late_at_once(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    now = in_bangkok(quick_chat.line.now())
    quick_chat.waits(seconds=(now.replace(hour=19, minute=0) - now).total_seconds() % 86400)
    office.member().quotes(card, "รับทราบครับ").sees("question.date")
    office.member().taps("moment.today").sees("card.update", number=number)
    nid.sees("told.promise", due=words_of("moment.today"))
    listed = office.member().says("งานค้าง").sees("card.open_title", count=1).last
    assert listed is not None and "เลย" not in listed.words


def test_the_same_day_tapped_by_two_is_told_once(chat: Chat) -> None:
    office, nid, card, number = begin(chat)
    office.member().taps("button.acknowledge", card).sees("question.date")
    nid.sees("told.acknowledge")
    listen(nid)
    case_id = chat.case().id
    taps = [office.member(name).postback(f"g:{case_id}:due:7", deliver=False).outcome for name in ("Somchai", "Pim")]
    chat.line.deliver_at_once([tap.event_id for tap in taps if tap])
    nid.sees("told.promise", number=number)
    assert len(nid.heard()) == 1
    assert chat.history().count("promise") == 1
    office.member().postback(f"g:{case_id}:due:0").sees("card.update", number=number)
    nid.sees("told.promise_again", number=number)


def test_a_day_that_was_never_offered_is_no_promise(quick_chat: Chat) -> None:
    office, nid, _, number = begin(quick_chat)
    for argument in ("9999", "-1", "x", "", "๓"):
        office.member().postback(f"g:{quick_chat.case().id}:due:{argument}").sees("group.stands", number=number)
    nid.sees_nothing()
    assert quick_chat.case().promised_on is None


def test_a_case_that_must_wait_takes_a_reason_which_the_reporter_reads_when_it_is_sent(
    quick_chat: Chat,
) -> None:
    office, nid, card, number = begin(quick_chat)
    office.member().taps("button.acknowledge", card).sees("question.date")
    how = office.member().taps("question.waits").sees("group.how_to_wait", number=number).last
    nid.sees("told.acknowledge")
    listen(nid)
    office.member().quotes(how, "รับทราบครับ").sees_nothing()
    preview = office.member("Pim").quotes(how, "รองบประมาณปี 2570").sees("question.title_wait", number=number).last
    nid.sees_nothing()
    office.member().taps("question.send", preview).sees("group.step_wait")
    nid.sees("told.wait", number=number, office="สำนักงานเขตดินแดง", reason="รองบประมาณปี 2570")
    assert quick_chat.case().status == "in_progress"
    listen(nid)
    office.member("Pim").taps("question.send", preview).sees("group.stands", number=number)
    office.member("Pim").taps("question.drop", preview).sees("group.stands", number=number)
    nid.sees_nothing()


def test_a_changed_reason_is_shown_anew(quick_chat: Chat) -> None:
    office, nid, card, _ = begin(quick_chat)
    office.member().taps("button.acknowledge", card).sees("question.date")
    how = office.member().taps("question.waits").sees("group.how_to_wait").last
    written = office.member().quotes(how, "รองบ").sees("question.title_wait").outcome
    assert written is not None
    office.member().edits("รองบประมาณปี 2570", message_id=str(written.message_id)).sees("question.title_wait")
    office.member().taps("question.send").sees("group.step_wait")
    nid.sees("told.wait", reason="รองบประมาณปี 2570")
