"""สรุป: an office reads its own figures of the week, and nothing of others' or of confidential cases."""

from datetime import timedelta

import pytest

import clock
from cases.summary import see_summary
from tests.chat import Chat, listen, words_of

DIN_DAENG, WATTHANA, OMB = "district:1026", "district:1039", "omb"


def _figures(**counted: int) -> dict[str, str]:
    named = ("received", "acknowledged", "resolved", "confirmed", "open", "overdue")
    return {name: str(counted.get(name, 0)) for name in named}


@pytest.mark.parametrize("words", ["สรุป", "สรุปครับ", "ขอดูสรุปหน่อยครับ", "@OMB FAST TRACK BMA สรุป", "Summary"])
def test_an_office_with_no_cases_is_answered_too(quick_chat: Chat, words: str) -> None:
    office = quick_chat.coordinators(DIN_DAENG)
    said = office.member().says(words).sees("group.summary", office="สำนักงานเขตดินแดง", **_figures()).last
    assert said is not None and said.endpoint == "reply"


def test_talk_about_a_summary_is_talk(quick_chat: Chat) -> None:
    office = quick_chat.coordinators(DIN_DAENG)
    quick_chat.settles()
    for talk in ("สรุปใครไปครับ", "สรุปว่าไม่ไปแล้วนะ", "ขอสรุปการประชุมเมื่อวาน"):
        office.member().says(talk).sees_nothing()


def test_the_weeks_figures_are_those_of_this_office(quick_chat: Chat) -> None:
    office, other, nid = quick_chat.coordinators(DIN_DAENG), quick_chat.coordinators(WATTHANA), quick_chat.citizen()
    staff = quick_chat.coordinators(OMB, "Officer")
    done, undone, _waiting = (quick_chat.has_case(nid) for _ in range(3))
    begun = quick_chat.has_case(nid, category="other")
    quick_chat.has_case(nid, WATTHANA)
    quick_chat.has_case(nid, category="official", description="เจ้าหน้าที่เรียกเงิน")
    quick_chat.settles()
    office.member().says(f"{done} เสร็จแล้วครับ").sees("card.update", number=done)
    nid.sees("closure.resolved_question").taps("button.all_well").sees("talk.judged_yes")
    office.member().says(f"{undone} เสร็จแล้วครับ").sees("card.update", number=undone)
    office.member().says(f"{undone} แก้กลับ").sees("group.undone", number=undone)
    office.member().says(f"{begun} รับทราบ").sees("card.update", number=begun)
    quick_chat.waits(days=6, hours=20)
    told = _figures(received=4, acknowledged=2, resolved=1, confirmed=1, open=3, overdue=3)
    office.member().says("สรุป").sees("group.summary", **told)
    other.member().says("สรุป").sees("group.summary", **_figures(received=1, open=1, overdue=1))
    everyone = _figures(received=5, acknowledged=2, resolved=1, confirmed=1, open=4, overdue=4)
    staff.member().says("สรุป").sees("group.summary", office=words_of("group.all_offices"), **everyone)


def test_what_is_older_than_a_week_counts_only_as_open(quick_chat: Chat) -> None:
    office, nid = quick_chat.coordinators(DIN_DAENG), quick_chat.citizen()
    quick_chat.has_case(nid)
    quick_chat.settles()
    quick_chat.waits(days=8)
    office.member().says("สรุป").sees("group.summary", **_figures(open=1, overdue=1))


def test_an_answer_counts_once_and_by_its_first_word(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-23 10:00")
    office, nid = quick_chat.coordinators(DIN_DAENG), quick_chat.citizen()
    promised, asked = quick_chat.has_case(nid), quick_chat.has_case(nid)
    quick_chat.settles()
    office.member().says(f"{promised} พรุ่งนี้เสร็จครับ").sees("card.update", number=promised)
    quick_chat.waits(days=8)
    office.member().says(f"{promised} ขอเลื่อนเป็นวันที่ 4 ธ.ค. ครับ").sees("card.update", number=promised)
    office.member().says(f"{asked} ขอข้อมูล: ต้นไหน").sees("question.title").taps("question.send").sees("group.step_ask")
    listen(office)
    office.member().says("สรุป").sees("group.summary", received="0", acknowledged="1", first_words="1")


def test_done_without_a_word_before_it_is_done_in_time_or_late_all_the_same(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-23 10:00")
    office, nid = quick_chat.coordinators(DIN_DAENG), quick_chat.citizen()
    number, late = quick_chat.has_case(nid), quick_chat.has_case(nid)
    quick_chat.settles()

    def on_time() -> int | None:
        quick_chat.clocks_run()
        with quick_chat.reads() as session:
            now = clock.now()
            return see_summary(session, DIN_DAENG, now - timedelta(days=40), now).figures.on_time_percent

    office.member().says(f"{number} เสร็จแล้วครับ").sees("card.update", number=number)
    assert on_time() == 100
    quick_chat.waits(days=30)
    office.member().says(f"{late} เสร็จแล้วครับ").sees("card.update", number=late)
    assert on_time() == 50


def test_the_officers_count_as_open_what_lies_before_them(quick_chat: Chat) -> None:
    staff, office = quick_chat.coordinators(OMB, "Officer"), quick_chat.coordinators(DIN_DAENG)
    nid = quick_chat.citizen()
    number = quick_chat.has_case(nid)
    quick_chat.settles()
    office.member().says(f"{number} ไม่รับเรื่อง เพราะ เป็นที่ดินเอกชน").sees("group.step_decline")
    staff.gets_card(number)
    staff.member().says("สรุป").sees("group.summary", open="1")
    office.member().says("สรุป").sees("group.summary", open="0")
    # A confidential one is in no figure: the officers read that beside them, the office nothing of it.
    quick_chat.has_case(nid, category="official", description="เจ้าหน้าที่เรียกเงิน")
    staff.member().says("สรุป").sees("group.summary", open="1").sees("summary.secret", count=1)
    told = office.member().says("สรุป").sees("group.summary", open="0").last
    assert told is not None and "เรื่องลับ" not in told.words
