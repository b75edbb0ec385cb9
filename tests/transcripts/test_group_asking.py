"""After ถามผู้แจ้ง, โอนเรื่อง or ไม่รับ the next plain words of whoever tapped are the ones asked for; talk stays talk."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from storage.models import Group, HistoryEntry
from tests.chat import Chat, Office, Person, listen, words_of
from tests.transcripts.office_with_case import begin

DIN_DAENG, WATTHANA = "district:1026", "district:1039"


def _waits_for(chat: Chat, office: Office) -> object:
    with chat.reads() as session:
        return session.get_one(Group, office.id).asked


# --- what is left alone


def test_anyone_elses_talk_after_a_tap_is_left_alone_and_not_kept(quick_chat: Chat) -> None:
    office, nid, card, _ = begin(quick_chat)
    office.member("Somchai").taps("button.transfer", card).sees("group.how_to_transfer")
    for talk in ("เป็นของกรมทางหลวง", "เสร็จแล้วครับ", "รถติดมากวันนี้"):
        office.member("Pim").says(talk).sees_nothing()
        office.member("Somchai", known=False).says(talk).sees_nothing()
        assert talk not in quick_chat.kept_words(office.id)
    nid.sees_nothing()
    assert quick_chat.history() == ["report", "dispatch"]


def test_after_five_minutes_words_are_talk_again(quick_chat: Chat) -> None:
    office, nid, card, _ = begin(quick_chat)
    office.member().taps("button.decline", card).sees("group.how_to_decline")
    quick_chat.waits(minutes=5, seconds=5)
    office.member().says("เป็นที่ดินเอกชน").sees_nothing()
    nid.sees_nothing()
    assert quick_chat.history() == ["report", "dispatch"]


def test_nods_questions_and_done_are_not_the_words_asked_for(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    office.member().taps("button.transfer", card).sees("group.how_to_transfer")
    for talk in ("รับทราบครับ", "ของใครดีครับ", "เสร็จแล้วครับ", "พรุ่งนี้เสร็จครับ"):
        office.member().says(talk).sees_nothing()
    nid.sees_nothing()
    assert quick_chat.history() == ["report", "dispatch"]
    office.member().says("เป็นพื้นที่กรมทางหลวงครับ").sees("group.step_transfer", number=number)


OTHERS = "ซ้ำกับเรื่อง {other} ของเขตดุสิตครับ ไม่ใช่พื้นที่เรา"


def test_a_reason_may_name_a_case_of_another_office(quick_chat: Chat) -> None:
    dusit = quick_chat.coordinators("district:1002", "Kai")
    other = quick_chat.has_case(quick_chat.citizen("Dao"), "district:1002")
    dusit.gets_card(other)
    office, _, card, number = begin(quick_chat)
    office.member().taps("button.decline", card).sees("group.how_to_decline")
    office.member().says(OTHERS.format(other=other)).sees("group.step_decline", number=number)
    assert quick_chat.history(other) == ["report", "dispatch"]
    assert quick_chat.history(number)[2:] == ["decline"]


@pytest.mark.parametrize("words", [OTHERS, "{other} ของเขตดุสิตเป็นเรื่องเดียวกันครับ"])
def test_a_reason_that_quotes_our_question_may_begin_with_that_case(quick_chat: Chat, words: str) -> None:
    other = quick_chat.has_case(quick_chat.citizen("Dao"), "district:1002")
    office, _, card, number = begin(quick_chat)
    somchai = office.member().taps("button.decline", card).sees("group.how_to_decline")
    somchai.quotes(somchai.last, words.format(other=other)).sees("group.step_decline", number=number)
    assert quick_chat.history(number)[2:] == ["decline"]


def test_done_with_the_number_of_another_case_is_no_reason(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    other = quick_chat.has_case(nid)
    office.gets_card(other)
    office.member().taps("button.decline", card).sees("group.how_to_decline")
    office.member().says(f"เรื่อง {other} เสร็จแล้วครับ").sees("group.step_resolve", number=other)
    assert quick_chat.history(number) == ["report", "dispatch"]


LONG = (
    "จุดที่แจ้งอยู่ในที่ดินส่วนบุคคลของหมู่บ้านจัดสรรซึ่งยังไม่ได้ยกถนนและสาธารณูปโภคให้เป็นสาธารณประโยชน์ "
    "สำนักงานเขตจึงไม่มีอำนาจเข้าไปดำเนินการ ขอให้แจ้งนิติบุคคลหมู่บ้านครับ"
)
MENDED_BY_OTHERS = (
    "บริเวณดังกล่าวเป็นที่ของโรงเรียนเอกชน ซึ่งเขตไปดูด้วยกันกับผู้อำนวยการโรงเรียนแล้วเมื่อสัปดาห์ก่อน "
    "และโรงเรียนให้ช่างของตัวเองมาทำ แก้ไขเรียบร้อยแล้ว"
)


@pytest.mark.parametrize("verb", ["decline", "transfer"])
@pytest.mark.parametrize("times", [1, 15])
def test_a_long_reason_is_shown_and_goes_whole(quick_chat: Chat, verb: str, times: int) -> None:
    office, _, card, number = begin(quick_chat)
    reason = " ".join([MENDED_BY_OTHERS] * times)
    office.member().taps(f"button.{verb}", card).sees(f"group.how_to_{verb}")
    office.member().says(reason).sees(f"question.title_{verb}", number=number).taps("question.confirm")
    office.sees(f"group.step_{verb}", number=number)
    with quick_chat.reads() as session:
        last = session.scalars(select(HistoryEntry).order_by(HistoryEntry.id.desc())).first()
        assert last is not None and (last.action, last.note) == (verb, reason)


def test_a_long_reason_that_quotes_our_question_is_not_done(quick_chat: Chat) -> None:
    office, _, card, number = begin(quick_chat)
    somchai = office.member().taps("button.decline", card).sees("group.how_to_decline")
    somchai.quotes(somchai.last, f"{LONG} เสร็จแล้วครับ").sees("group.step_decline", number=number)
    assert quick_chat.case(number).status == "declined"


def test_words_are_taken_once(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    office.member().taps("button.ask", card).sees("group.how_to_ask")
    office.member().says("เสาต้นไหน").sees("question.title", number=number)
    office.member().says("กินข้าวกันไหม").sees_nothing()
    nid.sees_nothing()
    assert quick_chat.history()[2:] == ["acknowledge", "note"], "who asks has read it"


def test_whoever_goes_on_to_something_else_is_not_waited_for(quick_chat: Chat) -> None:
    office, _, card, number = begin(quick_chat)
    somchai = office.member("Somchai")
    ways: tuple[Callable[[], Person], ...] = (
        lambda: somchai.taps("button.acknowledge", card).sees("question.date"),
        lambda: somchai.quotes(card, "กำลังทำครับ").sees("card.update", number=number),
        lambda: somchai.says(f"{number} จะเข้าไปดูบ่ายนี้").sees("group.promised"),
    )
    for go_on in ways:
        somchai.taps("button.ask", card).sees("group.how_to_ask")
        go_on()
        somchai.says("ซอยไหนครับ").sees_nothing()
    assert _waits_for(quick_chat, office) is None


def test_words_that_quote_something_else_are_not_the_words_asked_for(quick_chat: Chat) -> None:
    office, _, card, _ = begin(quick_chat)
    talk = office.member("Pim").says("ใครไปกินข้าวบ้าง").outcome
    assert talk is not None
    office.member().taps("button.ask", card).sees("group.how_to_ask")
    office.member().quotes(talk.message_id, "ที่ไหนครับ").sees_nothing()


def test_a_case_that_has_moved_meanwhile_takes_no_words(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    office.member().taps("button.decline", card).sees("group.how_to_decline")
    quick_chat.moves(number, WATTHANA)
    listen(office, nid)
    office.member().says("เป็นที่ดินเอกชน").sees_nothing()
    assert "decline" not in quick_chat.history()


# --- calling it off


def test_the_button_below_calls_it_off(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    asked = office.member().taps("button.decline", card).sees("group.how_to_decline").last
    assert asked is not None and asked.text.startswith(number)
    office.member("Pim").taps("button.cancel", asked).sees("group.called_off", number=number)
    office.member().says("เป็นที่ดินเอกชน").sees_nothing()
    office.member("Pim").taps("button.cancel", asked).sees("group.stands", number=number)
    nid.sees_nothing()
    assert quick_chat.history() == ["report", "dispatch"]


@pytest.mark.parametrize("words", ["ยกเลิก", "กดผิดครับ", "ไม่โอนแล้วครับ"])
def test_words_call_it_off_too(quick_chat: Chat, words: str) -> None:
    office, _, card, number = begin(quick_chat)
    office.member().taps("button.transfer", card).sees("group.how_to_transfer")
    office.member().says(words).sees("group.called_off", number=number)
    office.member().says("เป็นพื้นที่กรมทางหลวง").sees_nothing()


# --- the words asked for


def test_the_next_words_of_whoever_tapped_are_the_reason(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    office.member("Pim").taps("button.decline", card).sees("group.how_to_decline", number=number)
    office.member("Somchai").says("ฝนตกหนักมาก").sees_nothing()
    line = office.member("Pim").says("เป็นที่ดินเอกชน เขตเข้าไปทำไม่ได้").sees("group.step_decline").last
    nid.sees("told.decline", number=number)
    with quick_chat.reads() as session:
        entry = session.query(HistoryEntry).filter_by(action="decline").one()
        assert (entry.note, entry.actor_id) == ("เป็นที่ดินเอกชน เขตเข้าไปทำไม่ได้", office.people["Pim"])
    office.member("Somchai").taps("button.undo", line).sees("group.undone", number=number)


def test_two_people_are_asked_of_two_cases_at_once(chat: Chat) -> None:
    office, nid, card, first = begin(chat)
    second = chat.has_case(nid)
    other = office.gets_card(second)
    office.member("Somchai").taps("button.decline", card).sees("group.how_to_decline", number=first)
    office.member("Pim").taps("button.transfer", other).sees("group.how_to_transfer", number=second)
    said = [
        office.member("Pim").says("เป็นพื้นที่กรมทางหลวง", deliver=False).outcome,
        office.member("Somchai").says("เป็นที่ดินเอกชน", deliver=False).outcome,
    ]
    chat.line.deliver_at_once([one.event_id for one in said if one])
    office.sees("group.step_decline").sees("group.step_transfer")
    assert (chat.case(first).status, chat.case(second).status) == ("declined", "transferring")
    assert _waits_for(chat, office) is None


def test_a_reason_that_was_missing_may_follow_without_a_quote(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    office.member().quotes(card, "โอนเรื่องครับ").sees("group.how_to_transfer", number=number)
    office.member().says("เป็นพื้นที่กรมทางหลวง").sees("group.step_transfer")
    nid.sees("told.transfer", number=number)


def test_what_it_waits_for_may_follow_without_a_quote(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    office.member().taps("button.acknowledge", card).sees("question.date").taps("question.waits")
    office.sees("group.how_to_wait", number=number)
    office.member().says("รองบประมาณปี 2570").sees("question.title_wait", number=number)
    office.member().taps("question.send").sees("group.step_wait")
    nid.sees("told.wait", reason="รองบประมาณปี 2570")


def test_everything_delivered_twice_takes_the_words_once(quick_chat: Chat) -> None:
    office, nid, card, _ = begin(quick_chat)
    office.member().taps("button.decline", card).sees("group.how_to_decline")
    office.member().says("เป็นที่ดินเอกชน").sees("group.step_decline")
    nid.sees("told.decline")
    quick_chat.redelivers_everything().changes_nothing()


def test_of_two_open_questions_one_is_answered_by_a_quote_and_the_other_by_its_button(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-23 09:00")
    office, nid, card, first = begin(quick_chat)
    second = quick_chat.has_case(nid, category="waste")
    other, pim = office.gets_card(second), office.member("Pim")
    day = pim.taps("button.acknowledge", card).sees("question.date").last
    other_day = pim.taps("button.acknowledge", other).sees("question.date").last
    pim.quotes(day, "พรุ่งนี้ครับ").sees("group.promised").taps("3 วัน", other_day).sees("group.promised")
    how = pim.taps("button.ask", card).sees("group.how_to_ask", number=first).last
    other_how = pim.taps("button.ask", other).sees("group.how_to_ask", number=second).last
    shown = pim.quotes(how, "เสาต้นไหนครับ").sees("question.title", number=first).last
    pim.taps("กองขยะอยู่ตรงไหน", other_how).sees("question.title", number=second).taps("question.send", pim.last)
    nid.sees("told.ask", number=second)
    pim.taps("question.send", shown)
    nid.sees("told.ask", number=first, question="เสาต้นไหนครับ")
    quick_chat.redelivers_everything().changes_nothing()
    assert [str(quick_chat.case(number).promised_on) for number in (first, second)] == ["2026-11-24", "2026-11-26"]
    assert [quick_chat.history(number)[-1] for number in (first, second)] == ["ask", "ask"]
    assert _waits_for(quick_chat, office) is None


# --- the reporter reads the question, not the instruction


ASKED = (
    ("ถามผู้แจ้งว่าเสาต้นไหน", "เสาต้นไหน"),
    ("ฝากถามผู้แจ้งหน่อยว่าเสาต้นไหนครับ", "เสาต้นไหนครับ"),
    ("สอบถามผู้แจ้งเพิ่มเติม บ้านเลขที่เท่าไร", "บ้านเลขที่เท่าไร"),
    ("รบกวนสอบถามผู้แจ้งด้วยนะครับว่าอยู่ซอยไหน", "อยู่ซอยไหน"),
)


def test_an_instruction_to_ask_is_not_read_out_to_the_reporter(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    for words, question in ASKED:
        listen(nid)
        preview = office.member().quotes(card, words).sees("question.title", number=number).last
        assert preview is not None and words not in preview.words
        office.member().taps("question.send", preview).sees("group.step_ask")
        told = nid.sees("told.ask", number=number, question=question).last
        assert told is not None and words_of("button.ask") not in told.words


def test_words_after_the_button_lose_their_opening_too(quick_chat: Chat) -> None:
    office, nid, card, _ = begin(quick_chat)
    office.member().taps("button.ask", card).sees("group.how_to_ask")
    office.member().says("ขอถามว่าอยู่ซอยไหนครับ").sees("question.title").taps("question.send").sees("group.step_ask")
    nid.sees("told.ask", question="อยู่ซอยไหนครับ")


def test_talk_about_asking_the_reporter_asks_nothing(quick_chat: Chat) -> None:
    office, nid, card, _ = begin(quick_chat)
    for talk in ("ถามผู้แจ้งหรือยังครับ", "ถามผู้แจ้งแล้วครับ", "ถามผู้แจ้งดีกว่า"):
        office.member().quotes(card, talk).sees_nothing()
    nid.sees_nothing()
