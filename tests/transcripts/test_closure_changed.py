"""Answers to "how is it now" can be changed for a while; stars and a word; silence, and an answer after it."""

from datetime import timedelta

import pytest

import clock
from cases import gathering, lifecycle
from cases.statuses import SYSTEM, Action
from cases.verdicts import SILENT, record_verdict
from clock import in_bangkok
from storage.models import Case, HistoryEntry
from tests.chat import Chat, Office, Person, listen, words_of
from texts.moments import say_short_date


def _resolved(chat: Chat) -> tuple[Office, Office, Person, str]:
    office, duty, nid = chat.coordinators("district:1026"), chat.coordinators("omb"), chat.citizen("Nid")
    number = chat.has_case(nid)
    office.member().quotes(office.gets_card(number), "แก้ไขเรียบร้อยแล้วครับ")
    nid.sees("closure.resolved_question")
    listen(office, duty)
    return office, duty, nid, number


def _close_by_silence(chat: Chat, number: str) -> None:
    now = clock.now()
    with chat.parts.database.begin(now) as session:
        case = session.query(Case).where(Case.number == number).one()
        lifecycle.apply(session, case, Action.CLOSE, SYSTEM, now, details={"answer": SILENT})
        record_verdict(session, case, SILENT, now)


def _rated(chat: Chat) -> list[tuple[str | None, dict[str, object]]]:
    with chat.reads() as session:
        rows = session.query(HistoryEntry).where(HistoryEntry.action == "rate").order_by(HistoryEntry.id)
        return [(row.note, row.details) for row in rows]


# --- stars ----------------------------------------------------------------------------------------------
def test_stars_stay_on_the_bubble_and_over_the_keyboard(quick_chat: Chat) -> None:
    _, _, nid, number = _resolved(quick_chat)
    asked = nid.taps("button.all_well").sees("talk.judged_yes", number=number).last
    assert asked is not None and len(asked.message["quickReply"]["items"]) == 5
    nid.taps("4 ดาว").sees("talk.stars_thanks").taps("talk.no_word").sees("talk.thanks")
    nid.taps("2 ดาว", asked).sees("talk.stars_thanks")
    assert (quick_chat.case().stars, [details for _, details in _rated(quick_chat)]) == (
        2,
        [{"stars": 4}, {"stars": 2}],
    )


def test_the_same_star_twice_is_one_line_of_history(chat: Chat) -> None:
    _, _, nid, _ = _resolved(chat)
    asked = nid.taps("button.all_well").sees("talk.judged_yes").last
    nid.taps("3 ดาว", asked).sees("talk.stars_thanks").taps("3 ดาว", asked).sees("talk.stars_thanks")
    chat.redelivers_everything().changes_nothing()
    assert len(_rated(chat)) == 1


def test_after_a_day_the_stars_stand(quick_chat: Chat) -> None:
    _, _, nid, number = _resolved(quick_chat)
    asked = nid.taps("button.all_well").sees("talk.judged_yes").last
    nid.taps("5 ดาว", asked).sees("talk.stars_thanks")
    quick_chat.waits(hours=25)
    nid.taps("1 ดาว", asked).sees("talk.stars_stand", number=number, count=5)
    assert quick_chat.case().stars == 5


def test_no_stars_for_what_is_not_well(quick_chat: Chat) -> None:
    _, _, nid, number = _resolved(quick_chat)
    asked = nid.taps("button.all_well").sees("talk.judged_yes").last
    nid.taps("5 ดาว", asked).sees("talk.stars_thanks")
    nid.taps("talk.change_answer", asked).sees("talk.judge_how").taps("button.not_well", nid.last).sees(
        "talk.judged_no"
    )
    assert quick_chat.case().stars is None
    nid.taps("5 ดาว", asked).sees("talk.stars_not_now", number=number)
    assert quick_chat.case().stars is None


# --- a slip ---------------------------------------------------------------------------------------------
def test_yes_and_then_no_brings_it_back(quick_chat: Chat) -> None:
    _, duty, nid, number = _resolved(quick_chat)
    asked = nid.taps("button.all_well").sees("talk.judged_yes").last
    quick_chat.waits(days=6)
    nid.taps("talk.change_answer", asked).sees("talk.judge_how", number=number)
    nid.taps("button.not_well", nid.last).sees("talk.judged_no", number=number)
    assert (quick_chat.case().status, quick_chat.case().verdict) == ("disputed", "no")
    duty.gets_card(number)


def test_a_slip_that_is_owned_up_to_is_no_comment_and_no_reason(quick_chat: Chat) -> None:
    _, _, nid, number = _resolved(quick_chat)
    asked = nid.taps("button.all_well").sees("talk.judged_yes").taps("5 ดาว").sees("talk.stars_thanks").last
    for words in ("เมื่อกี้กดผิดค่ะ", "กดผิด", "ขอเปลี่ยนคะแนนหน่อยค่ะ"):
        nid.says(words).sees("talk.slip", number=number)
    nid.quotes(asked, "มือลั่นค่ะ").sees("talk.slip").taps("2 ดาว", nid.last).sees("talk.stars_thanks")
    nid.says("กดดาวผิดค่ะ").sees("talk.slip").taps("talk.change_answer", nid.last).sees("talk.judge_how")
    nid.taps("button.not_well", nid.last).sees("dispute.why").says("เมื่อกี้กดผิดค่ะ").sees("talk.judge_how", number=number)
    nid.taps("button.all_well", nid.last).sees("talk.judged_yes").says("ช่างกดผิดสวิตช์ทีแรก").sees("talk.word_kept")
    assert _rated(quick_chat) == [
        (None, {"stars": 5}),
        (None, {"stars": 2}),
        ("ช่างกดผิดสวิตช์ทีแรก", {"word": True}),
    ]
    assert (quick_chat.case().status, quick_chat.case().verdict) == ("closed", "yes")


def test_yes_and_no_after_a_week_offers_a_case_that_goes_on_from_it(quick_chat: Chat) -> None:
    office, _, nid, number = _resolved(quick_chat)
    closing = nid.last
    nid.taps("button.all_well").sees("talk.judged_yes")
    quick_chat.waits(days=8)
    nid.taps("button.not_well", closing).sees("talk.too_late", number=number).taps("talk.tell_again")
    nid.sees("report.ask_description").says("ไฟดับอีกแล้ว").sees("report.ask_photos").taps("report.no_photos")
    nid.taps("report.no_phone").taps("report.hide_name").sees("review.title").taps("button.confirm_send")
    nid.sees("told.received")
    newest = quick_chat.case()
    assert (newest.number, newest.earlier_id, newest.category) != (number, None, "")
    assert newest.earlier_id == quick_chat.case(number).id
    assert words_of("card.earlier", number=number) in office.gets_card(newest.number).words
    assert quick_chat.case(number).status == "closed"


def test_no_and_then_yes_before_the_officers_heard_bothers_nobody(
    quick_chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "REASON", timedelta(minutes=5))
    _, duty, nid, number = _resolved(quick_chat)
    nid.taps("button.not_well").sees("dispute.why")
    nid.taps("talk.change_answer").sees("talk.judge_how").taps("button.all_well", nid.last)
    nid.sees("talk.judged_yes", number=number)
    quick_chat.waits(minutes=30)
    duty.sees_nothing()
    assert (quick_chat.case().status, quick_chat.case().verdict) == ("closed", "yes")


def test_no_and_then_yes_after_the_officers_heard_tells_them(quick_chat: Chat) -> None:
    _, duty, nid, number = _resolved(quick_chat)
    asked = nid.taps("button.not_well").sees("talk.judged_no").last
    duty.gets_card(number)
    nid.taps("talk.change_answer", asked).sees("talk.judge_how").taps("button.all_well", nid.last)
    nid.sees("talk.judged_yes")
    duty.sees("staff.confirm", number=number)


def test_partly_and_then_no_is_one_dispute_that_says_no(quick_chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "REASON", timedelta(minutes=5))
    _, duty, nid, number = _resolved(quick_chat)
    closing = nid.last
    nid.taps("button.partly_well").sees("dispute.why").says("เหลือสองต้น").sees("dispute.proof")
    nid.taps("button.not_well", closing).sees("talk.judged_no").sees("dispute.why").taps("dispute.skip")
    nid.taps("report.no_photos").sees("dispute.sent")
    card = duty.gets_card(number)
    duty.sees("desk.dispute")
    assert "เหลือสองต้น" in card.words and quick_chat.case().verdict == "no"
    assert len([words for words in duty.heard() if words.startswith(number)]) == 1


def test_the_same_answer_again_changes_nothing(quick_chat: Chat) -> None:
    _, _, nid, number = _resolved(quick_chat)
    closing = nid.last
    nid.taps("button.all_well", closing).sees("talk.judged_yes")
    nid.taps("button.all_well", closing).sees("talk.already_judged", number=number)
    assert quick_chat.history(number).count("confirm") == 1


# --- silence --------------------------------------------------------------------------------------------
def test_after_silence_no_within_a_month_disputes(quick_chat: Chat) -> None:
    _, duty, nid, number = _resolved(quick_chat)
    closing = nid.last
    quick_chat.waits(days=7)
    _close_by_silence(quick_chat, number)
    assert quick_chat.case().verdict == "silent"
    quick_chat.waits(days=29)
    nid.taps("button.not_well", closing).sees("talk.judged_no", number=number)
    duty.gets_card(number)
    assert (quick_chat.case().status, quick_chat.case().verdict) == ("disputed", "no")


def test_after_silence_yes_is_put_on_record(quick_chat: Chat) -> None:
    _, _, nid, number = _resolved(quick_chat)
    closing = nid.last
    _close_by_silence(quick_chat, number)
    nid.taps("button.all_well", closing).sees("talk.judged_yes", number=number).taps("5 ดาว").sees("talk.stars_thanks")
    assert (quick_chat.case().status, quick_chat.case().verdict, quick_chat.case().stars) == ("closed", "yes", 5)


def test_after_silence_and_a_month_it_is_told_anew(quick_chat: Chat) -> None:
    _, _, nid, number = _resolved(quick_chat)
    closing = nid.last
    _close_by_silence(quick_chat, number)
    quick_chat.waits(days=31)
    nid.taps("button.partly_well", closing).sees("talk.too_late", number=number)
    assert quick_chat.case().verdict == "silent"


def test_after_silence_a_plain_no_is_asked_about(quick_chat: Chat) -> None:
    _, _, nid, number = _resolved(quick_chat)
    _close_by_silence(quick_chat, number)
    nid.says("ยังไม่ได้แก้").sees("talk.judge_how", number=number).taps("button.not_well", nid.last)
    nid.sees("talk.judged_no", number=number)


def test_a_stranger_cannot_answer_for_the_reporter(quick_chat: Chat) -> None:
    _, _, _, number = _resolved(quick_chat)
    key = quick_chat.case(number).id
    stranger = quick_chat.citizen("Wit")
    for verb in ("closure:yes", "stars:5", "rejudge", "again", "word:none", "answer:1"):
        stranger.postback(f"c:{key}:{verb}").sees("talk.old_button")
    assert (quick_chat.case(number).status, quick_chat.case(number).verdict) == ("resolved", None)


# --- a change of mind in words --------------------------------------------------------------------------
@pytest.mark.parametrize("words", ["ไม่ใช่ ยังไม่ได้แก้เลย", "ขอโทษค่ะ กดผิด ไฟยังไม่ติดเลย", "ไปดูแล้วยังเหลืออีกสองต้น"])
def test_a_sentence_soon_after_all_well_brings_it_back(quick_chat: Chat, words: str) -> None:
    _, duty, nid, number = _resolved(quick_chat)
    nid.taps("button.all_well").sees("talk.judged_yes").says(words).sees("dispute.proof")
    assert quick_chat.case().status == "disputed" and quick_chat.count(Case) == 1
    assert words in duty.gets_card(number).words


@pytest.mark.parametrize("words", ["ไม่ใช่ ยังไม่ได้แก้เลย", "ไฟยังไม่ติดเลยครับ"])
def test_a_sentence_some_days_later_is_asked_about(quick_chat: Chat, words: str) -> None:
    _, _, nid, number = _resolved(quick_chat)
    nid.taps("button.all_well").sees("talk.judged_yes")
    quick_chat.waits(days=2)
    nid.says(words).sees("talk.judge_how", number=number).taps("button.not_well", nid.last)
    nid.sees("talk.judged_no", number=number)


def test_another_problem_told_later_is_a_report(quick_chat: Chat) -> None:
    _, _, nid, number = _resolved(quick_chat)
    nid.taps("button.all_well").sees("talk.judged_yes").says("ขยะยังไม่มีใครมาเก็บ กองหน้าบ้าน").sees("report.ask_place")
    quick_chat.waits(days=1, hours=1)
    nid.says("ไฟถนนดับอีกแล้ว ซอยเดิม").sees("report.ask_place")
    assert quick_chat.case(number).status == "closed"


def test_of_two_that_ended_it_is_asked_which(quick_chat: Chat) -> None:
    office, _, nid, number = _resolved(quick_chat)
    nid.taps("button.all_well").sees("talk.judged_yes")
    other = quick_chat.has_case(nid, category="waste")
    office.member().quotes(office.gets_card(other), "แก้ไขเรียบร้อยแล้วครับ")
    nid.sees("closure.resolved_question").taps("button.all_well").sees("talk.judged_yes", number=other)
    quick_chat.waits(hours=2)
    nid.says("ไม่ใช่ ยังไม่ได้แก้เลย").sees("talk.whose_undone")
    nid.says(f"{number} ไม่ใช่ ยังไม่ได้แก้เลย").sees("talk.judged_no", number=number)
    assert quick_chat.case(other).status == "closed"


def test_an_objection_without_a_quote_is_asked_about_and_leads_into_the_dispute(quick_chat: Chat) -> None:
    office, duty, nid, number = _resolved(quick_chat)
    other = quick_chat.has_case(nid, category="waste")
    office.member().quotes(office.gets_card(other), "แก้ไขเรียบร้อยแล้วครับ")
    nid.sees("closure.resolved_question")
    # It may be a new matter, with the words that were said; what tells of one plainly is not asked about.
    nid.says("ถนนยังเป็นหลุมอยู่").sees("talk.whose_undone").taps("talk.report_new").sees("report.ask_place")
    nid.says("ยกเลิก").sees("talk.cancelled").says("ฝาท่อหน้าปากซอยแตก").sees("report.ask_place")
    nid.says("ยกเลิก").sees("talk.cancelled")

    nid.says("ไม่เห็นมาซ่อมเลย").sees("talk.whose_undone").sends_photo().sees("talk.whose_undone")
    assert quick_chat.count(Case) == 2
    nid.taps(f"{number.removeprefix('FT')} ไฟส่องสว่าง").sees("talk.judged_no", number=number).sees("dispute.more")
    assert "ไม่เห็นมาซ่อมเลย" in duty.gets_card(number).words
    nid.taps("dispute.send").sees("dispute.sent")
    assert (quick_chat.case(number).status, quick_chat.case(other).status) == ("disputed", "resolved")

    # The answer itself, where two wait for it, is one tap away.
    third = quick_chat.has_case(nid, category="drain_flood")
    office.member().quotes(office.gets_card(third), "แก้ไขเรียบร้อยแล้วครับ")
    nid.sees("closure.resolved_question")
    nid.says("ยังไม่ได้แก้").sees("talk.judge_which")
    assert nid.outcome and nid.outcome.message_id
    said = nid.outcome.message_id
    nid.unsends(said).postback(f"c:{quick_chat.case(other).id}:closure:no~{said}").sees("talk.words_gone")
    nid.says("ยังไม่ได้แก้").sees("talk.judge_which").postback(f"c:{quick_chat.case(third).id}:closure:no")
    nid.sees("talk.judged_no", number=third).taps("dispute.skip").sees("dispute.proof")
    nid.taps("report.no_photos").sees("dispute.sent")
    assert (quick_chat.case(third).status, quick_chat.case(other).status) == ("disputed", "resolved")

    # It is the answer however dangerous it is now, and the officers hear of that at once.
    listen(duty)
    nid.says("ยังไม่ได้แก้ สายไฟรั่ว มีคนโดนไฟดูดเมื่อกี้").sees("talk.judged_no", number=other)
    duty.sees("staff.tells_danger", number=other)


def test_an_objection_to_what_ended_lately_or_goes_on_names_its_case(quick_chat: Chat) -> None:
    office, _, nid, number = _resolved(quick_chat)
    nid.taps("button.all_well").sees("talk.judged_yes")
    quick_chat.waits(days=2)
    # A problem of another kind that "goes on" may be this one under another name.
    nid.says("น้ำยังท่วมอยู่").sees("talk.whose_undone").says("ใช่ค่ะ").sees("talk.judged_no", number=number)
    nid.taps("report.no_photos").sees("dispute.sent")
    assert quick_chat.case(number).status == "disputed" and quick_chat.count(Case) == 1

    # Of one that is only open it is more for its office.
    flood = quick_chat.has_case(nid, category="drain_flood")
    office.gets_card(flood)
    quick_chat.waits(minutes=6)
    nid.says("น้ำยังท่วมอยู่เลยค่ะ").sees("talk.whose_undone")
    nid.says(flood).sees("talk.passed_on", number=flood)
    assert quick_chat.history(flood)[-1] == "add"


def test_an_objection_behind_a_photo_leads_into_the_dispute_with_it(quick_chat: Chat) -> None:
    _, duty, nid, number = _resolved(quick_chat)
    there = {"org": "district:1026", "how": "address", "words": "ซอย 9 แยก 2"}
    second = quick_chat.has_case(nid, place=there)
    for words in ("ยังเป็นแบบนี้อยู่เลย", "ยังไม่ได้แก้"):
        nid.sends_photo().sees("talk.unasked").says(words).sees("talk.whose_undone")
        nid.says("ยกเลิก").sees("talk.cancelled")
    nid.sends_photo().sees("talk.unasked").says("ยังไม่เสร็จเลย").sees("talk.whose_undone")
    nid.taps(f"{number.removeprefix('FT')} ซอย 5")  # of one kind both, so that their places tell them apart
    nid.sees("talk.judged_no", number=number).sees("dispute.more").taps("dispute.send").sees("dispute.sent")
    card = duty.gets_card(number)
    assert "ยังไม่เสร็จเลย" in card.words and "'type': 'image'" in str(card.message)
    assert quick_chat.case(number).status == "disputed"

    # Where the place is one too, the day tells them apart.
    quick_chat.waits(days=1)
    third = quick_chat.has_case(nid, place=there)
    asked = nid.sends_photo().sees("talk.unasked").taps("talk.unasked_old").sees("talk.whose").last
    days = [say_short_date("th", in_bangkok(quick_chat.case(one).created_at).date()) for one in (second, third)]
    for one, name in ((number, "ซอย 5"), (second, days[0]), (third, days[1])):
        assert asked is not None and f"{one.removeprefix('FT')} {name}" in asked.words
