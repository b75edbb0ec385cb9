"""Twice each working day an office's group gets one look at what it has open; what could wait comes with it."""

import json

import pytest
from sqlalchemy import func, select

import clock
from bot.messages.bubbles import text_bubble
from cases import digests
from jobs.schedule import JOBS, run_job
from simulator.outcomes import BotMessage
from storage import outbox, waiting, working_days
from storage.models import OutboxMessage
from tests.chat import Chat, Office, listen, words_of
from tests.transcripts.office_with_case import DIN_DAENG, begin

MONDAY, TUESDAY = "2026-11-23", "2026-11-24"


def list_digests(chat: Chat, office: Office) -> list[BotMessage]:
    """The digests that this group got since it began to listen."""
    chat.settles()
    said = chat.line.received(office.id, after=office.since)
    return [one for one in said if one.words.startswith(("เช้านี้ที่", "เย็นนี้ที่"))]


def look(chat: Chat, moment: str) -> None:
    """What is under way is said, the clock is set, and the jobs of this piece look at it."""
    chat.settles()
    chat.turns_to(moment)
    for name in ("digests", "offer_evening", "push_waiting"):
        run_job(name, JOBS[name][1], chat.parts.database)
    chat.settles()


def let_wait(chat: Chat, office: str, words: str) -> None:
    with chat.parts.database.begin(clock.now()) as session:
        outbox.queue(session, office, text_bubble(words), kind="line", waits=True)


def count_calls(chat: Chat, chat_id: str) -> int:
    with chat.reads() as session:
        return session.execute(select(func.count()).where(OutboxMessage.chat_id == chat_id)).scalar_one()


def test_a_group_that_was_just_bound_and_shown_all_there_is_gets_the_next_one(quick_chat: Chat) -> None:
    quick_chat.turns_to(f"{MONDAY} 09:00")
    number = quick_chat.has_case(quick_chat.citizen())
    office = quick_chat.coordinators("district:1026")
    office.gets_card(number)
    look(quick_chat, f"{MONDAY} 09:02")
    assert list_digests(quick_chat, office) == []
    look(quick_chat, f"{MONDAY} 16:16")
    assert len(list_digests(quick_chat, office)) == 1


def test_at_night_on_holidays_and_when_nothing_is_open_there_is_none(quick_chat: Chat) -> None:
    office, _, card, _ = begin(quick_chat)
    for moment in ("2026-11-23 06:30", "2026-11-28 07:45", "2026-12-07 07:45", "2026-11-23 21:00", "2026-11-23 12:00"):
        look(quick_chat, moment)
    with quick_chat.parts.database.begin() as session:
        day = clock.in_bangkok(clock.now()).date().fromisoformat(TUESDAY)
        working_days.set_exception(session, day, works=False, reason="x", now=clock.now())
    look(quick_chat, f"{TUESDAY} 07:45")
    assert list_digests(quick_chat, office) == []
    quick_chat.turns_to("2026-11-25 06:00")
    office.member("Pim").taps("button.resolve", card).sees("card.update")
    look(quick_chat, "2026-11-25 07:45")
    assert list_digests(quick_chat, office) == []


def test_a_morning_digest_counts_lists_and_opens_cards_for_free(chat: Chat) -> None:
    chat.turns_to("2026-11-22 18:00")
    office, nid, _, number = begin(chat)
    secret = chat.has_case(nid, category="official")
    look(chat, f"{MONDAY} 07:45")
    [digest] = list_digests(chat, office)
    assert "เรื่องใหม่ 1 " in digest.text and digest.text.endswith("ค้างทั้งหมด 1")
    assert number not in digest.text, "a quote shows the altText, and must not read as a quote of a case"
    assert number in json.dumps(digest.message, ensure_ascii=False) and secret not in json.dumps(digest.message)
    office.member("Pim").taps(next(tap.label for tap in chat.line.list_tappable(office.id) if number in tap.label))
    assert office.gets_card(number).endpoint == "reply"


@pytest.mark.parametrize(("room", "heard"), [(50, 1), (0, 0)])
def test_each_group_gets_both_and_an_evening_without_news_while_the_month_has_room(
    quick_chat: Chat, monkeypatch: pytest.MonkeyPatch, room: int, heard: int
) -> None:
    monkeypatch.setattr(digests, "ROOM_TO_BEGIN", room)
    quick_chat.turns_to(f"{MONDAY} 10:00")
    office, nid, card, number = begin(quick_chat)
    office.member("Pim").quotes(card, "นัดแก้ไข 2 ธ.ค.").sees("group.promised")
    listen(office)
    look(quick_chat, f"{TUESDAY} 07:45")
    assert len(list_digests(quick_chat, office)) == 1
    listen(office)
    look(quick_chat, f"{TUESDAY} 16:15")
    assert len(list_digests(quick_chat, office)) == heard, "since the morning nothing has come or gone"
    quick_chat.turns_to("2026-11-25 10:00")
    nid.says("ติดตามเรื่อง").taps("button.add_more").says("ดับเพิ่มอีกสองต้นค่ะ").taps("addition.done")
    nid.sees("talk.passed_on", number=number)
    listen(office)
    look(quick_chat, "2026-11-25 16:15")
    assert len(list_digests(quick_chat, office)) == 1, "its reporter has said something"


def test_two_runs_and_two_workers_say_it_once(chat: Chat) -> None:
    chat.turns_to("2026-11-22 18:00")
    office, *_ = begin(chat)
    for _ in range(2):
        look(chat, f"{MONDAY} 07:45")
    chat.restarts()
    look(chat, f"{MONDAY} 07:46")
    assert len(list_digests(chat, office)) == 1


def test_down_until_half_past_nine_it_still_comes_but_not_at_eleven(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-22 18:00")
    office, *_ = begin(quick_chat)
    look(quick_chat, f"{MONDAY} 09:30")
    assert len(list_digests(quick_chat, office)) == 1
    listen(office)
    look(quick_chat, f"{TUESDAY} 11:00")
    assert list_digests(quick_chat, office) == []


def test_after_a_week_of_downtime_there_is_one(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-15 18:00")
    office, *_ = begin(quick_chat)
    look(quick_chat, f"{MONDAY} 07:45")
    quick_chat.clocks_run()
    assert len(list_digests(quick_chat, office)) == 1
    assert len({one.request_id for one in quick_chat.line.received(office.id, after=office.since)}) == 1, "one call"


def test_in_a_full_month_the_evening_does_not_say_again_what_the_morning_said(
    quick_chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "ROOM_TO_BEGIN", 0)
    quick_chat.turns_to("2026-11-22 18:00")
    office, nid, card, _ = begin(quick_chat)
    look(quick_chat, f"{MONDAY} 07:45")
    office.member("Pim").quotes(card, "นัดแก้ไข 2 ธ.ค.").sees("group.promised")
    listen(office)
    look(quick_chat, f"{MONDAY} 16:15")
    assert list_digests(quick_chat, office) == [], "nothing came, nothing fell due"
    quick_chat.turns_to(f"{TUESDAY} 09:00")
    quick_chat.has_case(nid)
    listen(office)
    look(quick_chat, f"{TUESDAY} 16:15")
    [digest] = list_digests(quick_chat, office)
    assert digest.text.startswith("เย็นนี้ที่") and "เรื่องใหม่ 1 " in digest.text


def test_in_the_evening_what_is_late_or_dangerous_is_shown_again(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-20 09:00")
    office, nid, card, _ = begin(quick_chat)
    office.member("Pim").quotes(card, "นัดแก้ไข 23 พ.ย.").sees("group.promised")
    look(quick_chat, f"{TUESDAY} 07:45")
    listen(office)
    look(quick_chat, f"{TUESDAY} 16:15")
    [digest] = list_digests(quick_chat, office)
    assert "เลยกำหนด 1 " in digest.text
    office.member("Pim").quotes(card, "เสร็จแล้วครับ").sees("card.update")

    burning = quick_chat.has_case(nid, danger=["fire"], description="ไฟไหม้หม้อแปลงหน้าบ้าน มีควันออกมา")
    office.member("Pim").quotes(office.gets_card(burning), "นัดแก้ไข 2 ธ.ค.").sees("group.promised")
    look(quick_chat, "2026-11-25 07:45")
    listen(office)
    look(quick_chat, "2026-11-25 16:15")
    assert len(list_digests(quick_chat, office)) == 1

    undated = quick_chat.has_case(nid)
    quick_chat.turns_to("2026-11-26 09:00")
    office.member("Pim").quotes(office.gets_card(undated), "รับทราบค่ะ").sees("question.date")
    quick_chat.turns_to("2026-11-27 10:00")
    quick_chat.clocks_run()
    listen(office)
    look(quick_chat, "2026-11-30 07:45")
    [digest] = list_digests(quick_chat, office)
    assert "เลยกำหนด 2 " in digest.text
    for number, late in ((undated, "remind.late_first_words"), (burning, "office.fix_late")):
        line = digest.words.split(number)[1].split("FT")[0]
        assert words_of(late, due="") in line, "the line says what is late, beside what is to come"
    assert words_of("office.promised", due="พ. 2 ธ.ค.") in digest.words.split(burning)[1]


def test_what_waits_comes_in_the_same_call_and_costs_nothing_more(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-22 18:00")
    office, *_ = begin(quick_chat)
    let_wait(quick_chat, office.id, "FT6911-00001 รอไปกับสรุป")
    before = count_calls(quick_chat, office.id)
    look(quick_chat, f"{MONDAY} 07:45")
    said = quick_chat.line.received(office.id, after=office.since)
    assert [one.words for one in said][1:] == ["FT6911-00001 รอไปกับสรุป"]
    assert count_calls(quick_chat, office.id) == before + 1


def test_where_no_digest_comes_what_waits_is_said_in_office_hours(quick_chat: Chat) -> None:
    office, nid, card, _ = begin(quick_chat)
    office.member("Pim").taps("button.resolve", card)
    quick_chat.turns_to(f"{MONDAY} 17:00")
    let_wait(quick_chat, office.id, "ไปเมื่อครบสามวัน")
    let_wait(quick_chat, nid.id, "ไปเมื่อสำนักงานเปิด")
    listen(office, nid)
    look(quick_chat, f"{TUESDAY} 06:00")
    nid.sees_nothing()
    look(quick_chat, f"{TUESDAY} 08:31")
    nid.reads("ไปเมื่อสำนักงานเปิด")
    office.sees_nothing()
    look(quick_chat, "2026-11-26 08:31")
    office.reads("ไปเมื่อครบสามวัน")


def test_a_group_that_is_gone_gets_no_digest(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-22 18:00")
    office, *_ = begin(quick_chat)
    quick_chat.line.remove_bot(office.id)
    quick_chat.settles()
    before = count_calls(quick_chat, office.id)
    look(quick_chat, f"{MONDAY} 07:45")
    assert count_calls(quick_chat, office.id) == before


def test_quiet_nights_keep_a_card_for_the_morning_but_never_danger(quick_chat: Chat) -> None:
    quick_chat.parts.database.quiet_nights = True
    quick_chat.turns_to("2026-11-22 23:00")
    office, nid = quick_chat.coordinators(DIN_DAENG), quick_chat.citizen()
    listen(office, nid)
    number = quick_chat.has_case(nid)
    office.sees_nothing()
    dangerous = quick_chat.has_case(nid, description="สายไฟขาดห้อยลงมา มีคนถูกไฟดูด")
    office.gets_card(dangerous)
    look(quick_chat, f"{MONDAY} 07:45")
    card = office.gets_card(number).words
    assert "อา. 22 พ.ย. 23:00" in card and "วันนี้" not in card and "พรุ่งนี้" not in card
    with quick_chat.reads() as session:
        assert waiting.count_waiting(session, held=False) == 0


def test_words_that_quote_the_digest_are_asked_for_their_case(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-22 18:00")
    office, nid, _, number = begin(quick_chat)
    other = quick_chat.has_case(nid)
    look(quick_chat, f"{MONDAY} 07:45")
    [digest] = list_digests(quick_chat, office)
    pim = office.member("Pim").quotes(digest, "ขอบคุณครับ").sees_nothing()
    question = pim.quotes(digest, "รับทราบครับ เสร็จพรุ่งนี้").sees("card.which_case").last
    assert question is not None
    tap = tap_of(quick_chat, office, number)
    office.member("Somchai").taps(tap, question).sees("card.update", number=number)
    nid.sees("told.promise", number=number)
    assert quick_chat.case(other).status == "dispatched"
    office.member("Somchai").taps(tap, question)
    office.gets_card(number)
    assert quick_chat.history(number).count("promise") == 1


def test_words_that_belong_to_none_are_talk(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-22 18:00")
    office, _, _, number = begin(quick_chat)
    look(quick_chat, f"{MONDAY} 07:45")
    [digest] = list_digests(quick_chat, office)
    question = office.member("Pim").quotes(digest, "เสร็จแล้วครับ").sees("card.which_case").last
    office.member("Pim").taps("button.not_related", question).sees_nothing()
    assert quick_chat.case(number).status == "dispatched"
    assert "เสร็จแล้ว" not in quick_chat.kept_words(office.id)


def tap_of(chat: Chat, office: Office, number: str) -> str:
    """What stands on the button of a case."""
    return next(one.label for one in chat.line.list_tappable(office.id) if number in one.label)


def test_the_evenings_goes_with_an_answer_in_the_last_hour_before_or_is_pushed_at_its_time(quick_chat: Chat) -> None:
    quick_chat.turns_to(f"{MONDAY} 10:00")
    office, _, card, number = begin(quick_chat)
    other = quick_chat.coordinators("district:1002", "Kai")
    quick_chat.has_case(quick_chat.citizen(), "district:1002")
    for moment in ("14:29", "14:30", "14:30", "15:20"):
        look(quick_chat, f"{MONDAY} {moment}")
    listen(office, other)
    office.member("Pim").quotes(card, "รับทราบครับ").sees("card.update", number=number)
    [digest] = list_digests(quick_chat, office)
    assert digest.endpoint == "reply" and "15:20" in digest.words
    for moment in ("15:40", "16:15", "16:30", "17:00"):
        look(quick_chat, f"{MONDAY} {moment}")
    assert len(list_digests(quick_chat, office)) == 1
    [pushed] = list_digests(quick_chat, other)
    assert pushed.endpoint == "push" and "16:15" in pushed.words
