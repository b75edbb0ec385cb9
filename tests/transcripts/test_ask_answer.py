"""An office asks, ready-made or in its own words; the answer comes under its card in one call, however it is sent."""

from collections.abc import Callable
from datetime import timedelta

import pytest

import clock
from cases import gathering
from cases.categories import list_categories
from cases.questions import list_questions
from storage import followers, reporters
from storage.models import Case, MediaItem
from tests.chat import Chat, Office, Person, listen, words_of
from tests.transcripts.office_with_case import begin
from tests.transcripts.test_quota_gone import look

POLE = list_questions("lighting")[0]


@pytest.fixture
def patient_chat(quick_chat: Chat, monkeypatch: pytest.MonkeyPatch) -> Chat:
    """A product that waits for more of an answer until the clock is turned."""
    monkeypatch.setattr(gathering, "PIECES", timedelta(seconds=20))
    return quick_chat


def _asked(chat: Chat, question: str = "เสาต้นไหนครับ") -> tuple[Office, Person, str]:
    office, nid, card, number = begin(chat)
    office.member().quotes(card, question).sees("question.title").taps("question.send").sees("group.step_ask")
    nid.sees("told.ask", number=number, question=question)
    listen(office)
    return office, nid, number


def _calls(chat: Chat, office: Office) -> int:
    chat.settles()
    return len({one.request_id for one in chat.line.received(office.id, after=office.since)})


# --- ready-made questions -----------------------------------------------------------------------------
def test_every_category_has_three_that_fit_their_buttons() -> None:
    for category in list_categories():
        ready = list_questions(category.code)
        assert len(ready) == 3, category.code
        assert len({one.label for one in ready}) == 3
        assert all(one.th and one.en and one.th != one.en for one in ready)


def test_a_ready_made_question_is_shown_before_it_goes(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    office.member().taps("button.ask", card).sees("group.how_to_ask", number=number).taps(POLE.label)
    preview = office.sees("question.title", number=number).last
    assert preview is not None and POLE.th in preview.words
    nid.sees_nothing()
    office.member("Pim").taps("question.send", preview).sees("group.step_ask")
    nid.sees("told.ask", number=number, question=POLE.th)


def test_however_long_it_is_nothing_is_sent_that_was_not_shown(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    long = "เสาไฟต้นไหนครับ " + "ขอทราบจุดที่ชัดเจน " * 200 + "ต้นสุดท้ายใช่ไหม"
    office.member().taps("button.ask", card).sees("group.how_to_ask", number=number)
    whole = office.member().says(long).reads("ต้นสุดท้ายใช่ไหม").last
    assert whole is not None and "เสาไฟต้นไหนครับ" in whole.words
    office.sees("question.title", number=number).member().taps("question.send").sees("group.step_ask")
    nid.sees("told.ask", number=number).reads("ต้นสุดท้ายใช่ไหม")


def test_where_nobody_is_left_who_could_answer_nothing_is_asked(quick_chat: Chat) -> None:
    office, _, card, number = begin(quick_chat)
    with quick_chat.parts.database.begin() as session:
        case = session.get_one(Case, quick_chat.case(number).id)
        case.reporter_id = reporters.add_nobody(session, clock.now()).id
    office.member().quotes(card, "เสาต้นไหนครับ").sees("group.nobody_to_ask", number=number)
    office.member().taps("button.ask", card).taps(POLE.label).sees("group.nobody_to_ask", number=number)
    assert quick_chat.case(number).status == "dispatched"


def test_who_has_blocked_us_is_not_asked_and_finds_the_question_on_coming_back(quick_chat: Chat) -> None:
    quick_chat.turns_to("2027-03-08 10:00")
    officers = quick_chat.coordinators("omb", "Wit")
    office, nid, card, number = begin(quick_chat)
    nid.blocks()
    office.member().quotes(card, "เสาต้นไหนครับ").sees("group.noted_by_asking").sees(
        "group.reporter_unreached", number=number
    )
    office.member().taps("button.ask", card).taps(POLE.label).sees("group.reporter_unreached", number=number)
    assert quick_chat.case(number).status == "acknowledged", "who asks has read it, as with any question"
    assert quick_chat.history(number).count("note") == 2, "what was wanted is kept"
    listen(officers)
    officers.member().says("งานค้าง").sees("staff.reporter_unreached", number=number, question="เสาต้นไหนครับ")
    assert POLE.th not in "".join(officers.heard()), "once a day"

    nid.follows().sees("welcome.back")
    office.member().says("งานค้าง").sees("group.reporter_back", number=number)
    officers.member().says("งานค้าง").sees("staff.reporter_back", number=number, office="เขตดินแดง")
    office.member().quotes(card, "เสาต้นไหนครับ").sees("question.title").taps("question.send").sees("group.step_ask")
    nid.sees("told.ask", number=number, question="เสาต้นไหนครับ")
    nid.blocks()
    quick_chat.settles()
    officers.member().says("งานค้าง").sees("card.open_title", count=1).reads(number).sees("desk.question_unread")
    quick_chat.turns_to("2027-03-15 10:05")
    quick_chat.clocks_run()
    office.sees("remind.answer_unanswered", number=number, why=words_of("remind.why_blocked"))
    listen(nid)
    nid.follows().sees("welcome.back").sees("told.ask", number=number, question="เสาต้นไหนครับ")
    listen(nid)
    nid.says("ติดตามเรื่อง")
    nid.taps("button.answer", nid.sees("told.ask", number=number, question="เสาต้นไหนครับ").last)
    nid.says("ต้นที่สาม")
    quick_chat.settles()
    assert quick_chat.case(number).status == "acknowledged"


def test_a_question_taken_back_is_told_as_that_and_what_comes_late_goes_to_its_case(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    dao = quick_chat.citizen("Dao")
    with quick_chat.parts.database.begin() as session:
        reporter = reporters.get_or_add_line_reporter(session, dao.id, clock.now())
        followers.join(session, quick_chat.case(number).id, reporter.id, clock.now())
    office.member().quotes(card, "เสาต้นไหนครับ").sees("question.title")
    line = office.member().taps("question.send").sees("group.step_ask").last
    asked = nid.sees("told.ask", number=number).last
    listen(nid, dao)
    office.member().taps("button.undo", line).sees("group.undone")
    nid.sees("told.not_asked", number=number, question="เสาต้นไหนครับ")
    assert dao.heard() == [], "they were never asked"
    listen(office)
    nid.says("ต้นที่สามจากปากซอย").sees("talk.passed_on", number=number)
    assert (quick_chat.case(number).status, quick_chat.history(number)[-1]) == ("acknowledged", "add")
    nid.taps("button.answer", asked).sees("addition.ask")

    # Where the question was never said, that it is taken back is not said either.
    quick_chat.line.set_quota(300, used=300)
    office.member().says(f"{number} ถามผู้แจ้ง มีรูปไหมครับ").sees("question.title")
    line = office.member().taps("question.send").sees("group.step_ask").last
    office.member().taps("button.undo", line).sees("group.undone")
    quick_chat.settles()
    look(quick_chat)
    listen(nid)
    nid.says("ยกเลิก")
    nid.says("สวัสดี")
    assert not any("มีรูปไหม" in words for words in nid.heard())
    quick_chat.line.refusals.clear()


def test_it_reads_in_the_reporters_language(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.language = "en"
    office, _, card, _ = begin(quick_chat, nid)
    office.member().taps("button.ask", card).taps(POLE.label)
    preview = office.sees("question.title").last
    assert preview is not None and POLE.en in preview.words and POLE.th in preview.words
    office.member().taps("question.send", preview).sees("group.step_ask")
    nid.sees("told.ask", question=POLE.en)


def test_double_taps_ask_once(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    how = office.member().taps("button.ask", card).sees("group.how_to_ask").last
    first = office.member().taps(POLE.label, how).sees("question.title").last
    second = office.member("Pim").taps(POLE.label, how).sees("question.title").last
    office.member().taps("question.send", first).sees("group.step_ask")
    office.member("Pim").taps("question.send", second).sees("group.already_asked", number=number)
    office.member("Pim").taps(POLE.label, how).sees("group.already_asked", number=number)
    office.member().taps("question.send", first).sees("group.stands")
    nid.sees("told.ask")
    assert quick_chat.history(number).count("ask") == 1


def test_a_ready_made_question_that_is_not_sent(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    office.member().taps("button.ask", card).sees("group.how_to_ask").taps(POLE.label).sees("question.title")
    office.member().taps("question.drop").sees("group.ask_dropped", number=number)
    nid.sees_nothing()


def test_a_ready_made_question_for_a_case_that_has_gone_elsewhere(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    how = office.member().taps("button.ask", card).sees("group.how_to_ask").last
    quick_chat.moves(number, "district:1039")
    listen(office, nid)
    office.member().taps(POLE.label, how).sees("group.elsewhere")
    office.member().postback(f"g:{quick_chat.case().id}:ask_ready:lighting.nothing").sees("group.elsewhere")
    nid.sees_nothing()


# --- the answer ---------------------------------------------------------------------------------------
def test_words_and_three_photos_within_seconds_are_one_call(patient_chat: Chat) -> None:
    office, nid, number = _asked(patient_chat)
    nid.says("ต้นที่สามจากปากซอย").sees("talk.passed_on", number=number)
    for _ in range(3):
        nid.sends_photo().sees("talk.passed_on", number=number)
    assert patient_chat.history(number)[-4:] == ["answer", "add", "add", "add"]
    patient_chat.waits(seconds=25)
    told = office.sees("group.told_answer", number=number, note="ต้นที่สามจากปากซอย").last
    pictures = office.sees("group.told_pictures", number=number, count=3).last
    assert told is not None and pictures is not None
    assert str(pictures.message).count("'type': 'image'") == 3
    assert _calls(patient_chat, office) == 1
    office.member().quotes(pictures, "เสร็จแล้วครับ").sees("card.update", number=number)


def test_the_answer_stands_under_the_card(quick_chat: Chat) -> None:
    office, nid, number = _asked(quick_chat)
    nid.says("ต้นที่สาม").sees("talk.passed_on")
    told = office.sees("group.told_answer", number=number).last
    assert told is not None
    card = next(one for one in quick_chat.line.received(office.id) if one.text.startswith(f"{number} "))
    assert told.message.get("quoteToken") == card.quote_token


def test_a_photo_first_and_the_words_after_it(patient_chat: Chat) -> None:
    office, nid, number = _asked(patient_chat)
    nid.sends_photo().sees("talk.passed_on").says("รูปนี้ค่ะ ต้นที่สาม").sees("talk.passed_on")
    patient_chat.waits(seconds=25)
    office.sees("group.told_answer", number=number, note="รูปนี้ค่ะ ต้นที่สาม")
    office.sees("group.told_pictures", count=1)
    assert _calls(patient_chat, office) == 1


def test_a_voice_message_and_a_pin(quick_chat: Chat) -> None:
    office, nid, number = _asked(quick_chat, "อยู่ตรงไหนครับ")
    nid.drops_pin(13.7695, 100.5530, "ถนนดินแดง").sees("talk.passed_on").sends_voice().sees("talk.passed_on")
    told = office.sees("group.told_answer", number=number).last
    assert told is not None
    assert "maps?q=13.769500,100.553000" in told.words
    assert words_of("group.audio_added", link="https://fasttrack.example/media/") in told.words
    case = quick_chat.case()
    assert (case.latitude, case.longitude) == (None, None)
    with quick_chat.reads() as session:
        assert session.query(MediaItem).one().role == "before"


def test_five_thousand_letters_come_whole(quick_chat: Chat) -> None:
    office, nid, number = _asked(quick_chat)
    nid.says("เสาต้นที่สาม" * 416 + "จบ").sees("talk.passed_on", number=number)
    office.sees("group.told_answer", number=number)
    rest = office.sees("group.told_more", number=number).last
    assert rest is not None and rest.words.endswith("จบ")
    assert _calls(quick_chat, office) == 1


def test_emoji_alone_are_an_answer(quick_chat: Chat) -> None:
    office, nid, number = _asked(quick_chat, "สะดวกพรุ่งนี้ไหมครับ")
    nid.says("👌🏽👨‍👩‍👧").heard()
    assert quick_chat.case().status in ("needs_info", "acknowledged")
    nid.says("ได้ค่ะ 🙏").sees("talk.passed_on", number=number)
    office.sees("group.told_answer", number=number)


def test_an_answer_taken_back_in_time_is_not_read_in_the_group(patient_chat: Chat) -> None:
    office, nid, number = _asked(patient_chat)
    said = nid.says("บ้านผมเลขที่ 42").sees("talk.passed_on").outcome
    assert said is not None
    nid.unsends(str(said.message_id))
    patient_chat.waits(seconds=25)
    office.sees("group.answer_unsent", number=number)
    assert not any("42" in words.replace(number, "") for words in office.heard())


def test_one_of_two_pieces_taken_back_leaves_the_other(patient_chat: Chat) -> None:
    office, nid, number = _asked(patient_chat)
    said = nid.says("บ้านผมเลขที่ 99").sees("talk.passed_on").outcome
    nid.says("ต้นที่สาม").sees("talk.passed_on")
    assert said is not None
    nid.unsends(str(said.message_id))
    patient_chat.waits(seconds=25)
    office.sees("group.told_answer", number=number, note="ต้นที่สาม")


def test_a_number_to_call_is_hidden(quick_chat: Chat) -> None:
    office, nid, number = _asked(quick_chat)
    nid.says("โทรมาที่ 0812345678 ได้").sees("talk.passed_on")
    told = office.sees("group.told_answer", number=number).last
    assert told is not None and "0812345678" not in told.words


def test_an_answer_after_the_case_was_taken_back(quick_chat: Chat) -> None:
    office, nid, number = _asked(quick_chat)
    question = nid.last
    nid.says(f"{number} ถอนเรื่อง").sees("talk.withdraw_ask").taps("talk.withdraw_yes").sees("talk.withdrawn")
    listen(office)
    nid.taps("button.answer", question).sees("talk.question_over", number=number)
    nid.quotes(question, "ต้นที่สาม").sees("talk.question_over", number=number)
    office.sees_nothing()
    assert "answer" not in quick_chat.history(number)


def test_an_answer_on_its_way_when_the_case_is_taken_back_bothers_nobody(patient_chat: Chat) -> None:
    office, nid, number = _asked(patient_chat)
    nid.says("ต้นที่สาม").sees("talk.passed_on")
    nid.says(f"{number} ถอนเรื่อง").sees("talk.withdraw_ask").taps("talk.withdraw_yes").sees("talk.withdrawn")
    office.sees("group.told_withdraw", number=number)
    patient_chat.waits(seconds=30)
    assert not any("ต้นที่สาม" in words for words in office.heard())


def test_an_answer_after_the_office_went_on_is_added(quick_chat: Chat) -> None:
    office, nid, number = _asked(quick_chat)
    question = nid.last
    office.member().says(f"{number} กำลังทำครับ").sees("card.update", number=number)
    nid.sees("told.start")
    nid.taps("button.answer", question).sees("answering.ask", number=number).says("ต้นที่สาม")
    nid.sees("talk.passed_on", number=number)
    office.sees("group.told_add", number=number, note="ต้นที่สาม")
    assert quick_chat.case(number).status == "in_progress"


def test_everything_twice_is_one_answer(chat: Chat) -> None:
    office, nid, number = _asked(chat)
    nid.says("ต้นที่สาม").sees("talk.passed_on").sends_photo().sees("talk.passed_on")
    office.sees("group.told_answer", number=number)
    chat.redelivers_everything().changes_nothing()
    assert chat.history(number).count("answer") == 1


def test_a_confidential_answer_is_in_no_group(quick_chat: Chat) -> None:
    duty, nid = quick_chat.coordinators("omb"), quick_chat.citizen("Nid")
    office = quick_chat.coordinators("district:1026")
    number = quick_chat.has_case(nid, category="official", description="เจ้าหน้าที่เรียกเงินใต้โต๊ะ")
    duty.reads(number)
    duty.member().says(f"{number} ขอข้อมูล เมื่อไรครับ").sees("question.title").taps("question.send")
    nid.sees("told.ask", number=number)
    listen(duty, office)
    nid.says("เมื่อวานตอนบ่าย").sees("talk.passed_on").sends_photo().sees("talk.passed_on")
    duty.sees("staff.confidential_moved", number=number)
    assert not any("เมื่อวาน" in words for words in duty.heard())
    office.sees_nothing()


@pytest.mark.parametrize("ends", [lambda chat: chat.waits(seconds=20), lambda chat: chat.restarts()])
def test_what_waits_outlives_a_restart(patient_chat: Chat, ends: Callable[[Chat], None]) -> None:
    office, nid, number = _asked(patient_chat)
    nid.says("ต้นที่สาม").sees("talk.passed_on")
    ends(patient_chat)
    patient_chat.waits(seconds=25)
    office.sees("group.told_answer", number=number, note="ต้นที่สาม")
    assert len([words for words in office.heard() if "ต้นที่สาม" in words]) == 1
