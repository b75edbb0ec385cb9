"""Is it really gone? Three answers by a tap or in words, once, by the reporter alone."""

from datetime import timedelta

import pytest

from cases import gathering
from storage.models import Case, HistoryEntry
from tests.chat import Chat, Office, Person, listen, words_of


def _resolved(chat: Chat) -> tuple[Office, Person, str]:
    office, duty, nid = chat.coordinators("district:1026"), chat.coordinators("omb"), chat.citizen("Nid")
    number = nid.reports()
    office.member().quotes(office.gets_card(number), "แก้ไขเรียบร้อยแล้วครับ")
    nid.sees("closure.resolved_question")
    return duty, nid, number


def test_yes_closes_it_and_asks_for_stars(quick_chat: Chat) -> None:
    _, nid, number = _resolved(quick_chat)
    nid.taps("button.all_well").sees("talk.judged_yes", number=number)
    assert quick_chat.case().status == "closed"
    nid.taps("4 ดาว").sees("talk.stars_thanks")
    assert quick_chat.history()[-2:] == ["confirm", "rate"]
    assert (quick_chat.case().verdict, quick_chat.case().stars) == ("yes", 4)


# --- a word beside the stars ------------------------------------------------------------------------
def _details(chat: Chat) -> list[tuple[str | None, dict[str, object]]]:
    with chat.reads() as session:
        notes = session.query(HistoryEntry).where(HistoryEntry.action == "rate").order_by(HistoryEntry.id)
        return [(entry.note, entry.details) for entry in notes]


@pytest.mark.parametrize("words", ["ช่างสุภาพ มาเร็วมาก", "ดีมาก", "ไฟสว่างดีแล้วค่ะ"])
def test_a_word_after_the_stars_stays_with_the_case(quick_chat: Chat, words: str) -> None:
    _, nid, number = _resolved(quick_chat)
    nid.taps("button.all_well").taps("4 ดาว").sees("talk.stars_thanks").says(words)
    nid.sees("talk.word_kept", number=number)
    assert _details(quick_chat) == [(None, {"stars": 4}), (words, {"word": True})]
    shown = nid.says(number).sees("happened.rate").last
    assert shown is not None and shown.words.count(words_of("happened.rate")) == 1
    nid.says("ขอบคุณค่ะ").sees("talk.thanks").says("ย้อนกลับ").sees("talk.nothing_open")


@pytest.mark.parametrize(("typed", "stars"), [("5 ดาว", 5), ("๔", 4), ("ให้ห้าดาวเลยค่ะ", 5), ("⭐⭐⭐", 3)])
def test_stars_in_words(quick_chat: Chat, typed: str, stars: int) -> None:
    _, nid, _ = _resolved(quick_chat)
    nid.taps("button.all_well").sees("talk.judged_yes").says(typed).sees("talk.stars_thanks")
    assert _details(quick_chat) == [(None, {"stars": stars})]


@pytest.mark.parametrize("problem", ["ขยะกองเต็มหน้าบ้านไม่มีใครมาเก็บ", "แจ้งเรื่อง ไฟถนนดับอีกซอย", "มีปัญหาหน้าบ้าน"])
def test_another_problem_soon_after_the_stars_is_a_report(quick_chat: Chat, problem: str) -> None:
    _, nid, _ = _resolved(quick_chat)
    nid.taps("button.all_well").taps("4 ดาว").sees("talk.stars_thanks").says(problem)
    nid.says("แจ้งเรื่อง").sees("talk.draft_waits")
    assert _details(quick_chat) == [(None, {"stars": 4})]


def test_words_against_an_official_after_the_stars_are_no_note(quick_chat: Chat) -> None:
    _, nid, _ = _resolved(quick_chat)
    nid.taps("button.all_well").taps("4 ดาว").sees("talk.stars_thanks")
    nid.says("แต่เจ้าหน้าที่เรียกเงินใต้โต๊ะ 500 บาท").sees("report.ask_category")
    assert _details(quick_chat) == [(None, {"stars": 4})]


def test_words_long_after_the_stars_are_a_matter_of_their_own(quick_chat: Chat) -> None:
    _, nid, _ = _resolved(quick_chat)
    nid.taps("button.all_well").taps("4 ดาว").sees("talk.stars_thanks")
    quick_chat.waits(minutes=15)
    nid.says("ช่วยมาดูหน่อยนะคะ ลำบากมาก").sees("report.ask_category")


def test_the_stars_stay_on_the_screen_beside_a_report(quick_chat: Chat) -> None:
    _, nid, number = _resolved(quick_chat)
    card = nid.last
    nid.reaches("place").taps("button.all_well", card).sees("talk.judged_yes", number=number).sees("report.ask_place")
    nid.taps("3 ดาว").sees("talk.stars_thanks").sees("report.ask_place")


@pytest.mark.parametrize(
    ("button", "said"), [("button.partly_well", "talk.judged_partly"), ("button.not_well", "talk.judged_no")]
)
def test_partly_and_no_go_to_the_ombudsman_with_more_words(quick_chat: Chat, button: str, said: str) -> None:
    duty, nid, number = _resolved(quick_chat)
    nid.taps(button).sees(said, number=number)
    assert quick_chat.case().status == "disputed"
    duty.gets_card(number)
    duty.sees("desk.dispute_partly" if button == "button.partly_well" else "desk.dispute")
    nid.sees("dispute.why").says("เปลี่ยนต้นเดียว อีกสองต้นยังดับ").sees("dispute.proof").taps("report.no_photos")
    nid.sees("dispute.sent", number=number)


def test_a_second_answer_changes_nothing(chat: Chat) -> None:
    _, nid, number = _resolved(chat)
    card = nid.last
    nid.taps("button.not_well", card).sees("talk.judged_no")
    nid.taps("button.not_well", card).sees("talk.already_judged", number=number)
    assert chat.history().count("dispute") == 1


def test_no_and_then_yes_closes_it(quick_chat: Chat) -> None:
    _, nid, number = _resolved(quick_chat)
    card = nid.last
    nid.taps("button.not_well", card).sees("talk.judged_no")
    nid.taps("button.all_well", card).sees("talk.judged_yes", number=number)
    assert quick_chat.case().status == "closed"


def test_the_same_tap_twice_at_once_is_one_answer(chat: Chat) -> None:
    _, nid, number = _resolved(chat)
    key = chat.case().id
    taps = [chat.line.postback(nid.id, f"c:{key}:closure:{answer}", deliver=False) for answer in ("no", "no", "no")]
    chat.line.deliver_at_once([tap.event_id for tap in taps])
    chat.settles()
    assert chat.history(number).count("dispute") == 1
    assert (chat.case().status, chat.case().verdict) == ("disputed", "no")


def test_of_different_taps_at_once_the_last_one_stands(chat: Chat) -> None:
    _, nid, number = _resolved(chat)
    key = chat.case().id
    taps = [chat.line.postback(nid.id, f"c:{key}:closure:{answer}", deliver=False) for answer in ("yes", "no", "yes")]
    chat.line.deliver_at_once([tap.event_id for tap in taps])
    chat.settles()
    last = [action for action in chat.history(number) if action in ("confirm", "dispute")][-1]
    assert (chat.case().status, chat.case().verdict) == {"confirm": ("closed", "yes"), "dispute": ("disputed", "no")}[
        last
    ]


def test_after_it_was_closed(quick_chat: Chat) -> None:
    _, nid, number = _resolved(quick_chat)
    card = nid.last
    nid.taps("button.all_well", card).sees("talk.judged_yes")
    quick_chat.waits(days=8)
    nid.taps("button.not_well", card).sees("talk.too_late", number=number).taps("talk.tell_again")
    nid.sees("report.ask_description")
    assert quick_chat.history().count("dispute") == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("เรียบร้อยแล้วค่ะ", "talk.judged_yes"),
        ("แก้แล้วบางส่วน", "talk.judged_partly"),
        ("ยังไม่ได้แก้ค่ะ", "talk.judged_no"),
    ],
)
def test_in_words_by_a_quote_by_the_number_or_alone(quick_chat: Chat, words: str, said: str) -> None:
    _, nid, number = _resolved(quick_chat)
    nid.says(words).sees(said, number=number)


def test_in_words_that_quote_the_card_while_a_report_is_told(quick_chat: Chat) -> None:
    _, nid, number = _resolved(quick_chat)
    card = nid.last
    nid.reaches("place").quotes(card, "เรียบร้อยแล้ว").sees("talk.judged_yes", number=number).sees("report.ask_place")
    nid.says(f"{number} ยังไม่เสร็จ").sees("talk.judged_no", number=number).sees("dispute.why")
    nid.taps("dispute.skip").taps("report.no_photos").sees("talk.back_to_draft").sees("report.ask_place")


def test_in_words_with_the_number(quick_chat: Chat) -> None:
    _, nid, number = _resolved(quick_chat)
    nid.says(f"{number} ยังไม่เสร็จ").sees("talk.judged_no", number=number)


def test_words_of_an_answer_with_nothing_to_judge(quick_chat: Chat) -> None:
    quick_chat.coordinators("district:1026")
    nid = quick_chat.citizen("Nid")
    number = nid.reports()
    nid.says("ยังไม่เสร็จ").reads(number)
    nid.says("เรียบร้อยแล้ว").sees("talk.thanks")


def test_by_a_tap_while_a_report_is_told(quick_chat: Chat) -> None:
    _, nid, number = _resolved(quick_chat)
    card = nid.last
    nid.reaches("phone").taps("button.all_well", card).sees("talk.judged_yes", number=number).sees("report.ask_phone")


def test_the_reason_after_not_fixed_goes_to_the_ombudsman_alone(quick_chat: Chat) -> None:
    staff, office = quick_chat.coordinators("omb"), quick_chat.coordinators("district:1026")
    nid = quick_chat.citizen()
    number = nid.reports()
    office.member().quotes(office.gets_card(number), "เปลี่ยนหลอดเรียบร้อยแล้วครับ")
    nid.sees("closure.resolved").taps("button.not_well").sees("talk.judged_no", number=number)
    staff.gets_card(number)
    nid.says("ไฟยังดับอยู่เหมือนเดิม").sees("dispute.proof")
    staff.sees("staff.reason", number=number, note="ไฟยังดับอยู่เหมือนเดิม")
    assert not any("เหมือนเดิม" in words for words in office.heard())
    assert quick_chat.case(number).status == "disputed"


# --- the answer in a sentence of one's own ------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("ยังไม่เสร็จ ไฟยังดับอยู่", "talk.judged_no"),
        ("ยังไม่มีใครมาเลยค่ะ", "talk.judged_no"),
        ("แก้ได้บางส่วน ยังเหลืออีกต้น", "talk.judged_partly"),
        ("The light is still broken", "talk.judged_no"),
    ],
)
def test_a_sentence_is_the_answer_and_the_reason(quick_chat: Chat, words: str, key: str) -> None:
    duty, nid, number = _resolved(quick_chat)
    nid.says(words).sees(key, number=number)
    assert quick_chat.case().status == "disputed"
    assert words in duty.gets_card(number).words


def test_well_in_a_sentence_closes_it(quick_chat: Chat) -> None:
    _, nid, number = _resolved(quick_chat)
    nid.says("ไฟติดแล้วครับ ขอบคุณมาก").sees("talk.judged_yes", number=number)
    assert quick_chat.case().status == "closed"


@pytest.mark.parametrize("words", ["ขยะกองหน้าบ้าน ยังไม่มีใครมาเก็บ", "เรียบร้อยแล้วหรือยังครับ", "แต่เจ้าหน้าที่เรียกเงิน ยังไม่ได้แก้"])
def test_what_may_be_something_else_decides_nothing(quick_chat: Chat, words: str) -> None:
    _, nid, _ = _resolved(quick_chat)
    nid.says(words)
    quick_chat.line.wait_quiet()
    assert quick_chat.case().status == "resolved"


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("ยังค่ะ", "talk.judged_no"),
        ("ไม่เรียบร้อย", "talk.judged_no"),
        ("มีสิ ยังดับเหมือนเดิม", "talk.judged_no"),
        ("โกหก ไม่เห็นมีใครมา", "talk.judged_no"),
        ("it is still broken", "talk.judged_no"),
        ("ได้แค่บางดวง", "talk.judged_partly"),
    ],
)
def test_short_answers(quick_chat: Chat, words: str, key: str) -> None:
    _, nid, number = _resolved(quick_chat)
    nid.says(words).sees(key, number=number)


@pytest.mark.parametrize("words", ["ไม่", "ใช่ค่ะ"])
def test_a_bare_yes_or_no_is_asked_about_once_more(quick_chat: Chat, words: str) -> None:
    _, nid, number = _resolved(quick_chat)
    nid.says(words).sees("talk.judge_how", number=number)
    assert quick_chat.case().status == "resolved"
    nid.taps("button.not_well", nid.last).sees("talk.judged_no", number=number)


def test_a_photo_that_comes_instead_of_the_answer_is_asked_about(quick_chat: Chat) -> None:
    _, nid, number = _resolved(quick_chat)
    nid.sends_photo().sees("talk.unasked").taps("talk.unasked_old").sees("talk.passed_on", number=number)
    # What says how it is, in words or by a thumb up, is the answer, and the photo goes with it.
    nid.sends_photo().sees("talk.unasked").says("โอเคค่ะ แก้แล้ว").sees("talk.photos_along").sees("talk.judged_yes")
    assert quick_chat.case(number).status == "closed" and quick_chat.history(number)[-2:] == ["confirm", "note"]
    nid.sends_photo().sees("talk.photos_along", number=number).taps("4 ดาว").sees("talk.stars_thanks")
    assert quick_chat.count(Case) == 1


def test_danger_behind_a_photo_is_an_answer_too(quick_chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "REASON", timedelta(minutes=5))
    office, duty = quick_chat.coordinators("district:1026"), quick_chat.coordinators("omb")
    nid = quick_chat.citizen("Nid")
    number = quick_chat.has_case(nid, category="waste")
    office.member().quotes(office.gets_card(number), "แก้ไขเรียบร้อยแล้วครับ")
    nid.sees("closure.resolved_question").sends_photo().sees("talk.unasked")
    nid.says("ยังไม่แก้เลย ไฟดูดคนแล้ว").sees("welcome.danger").sees("talk.judged_no", number=number).sees("dispute.more")
    card = duty.gets_card(number)  # at once, with no wait for more of the reason
    assert "ยังไม่แก้เลย ไฟดูดคนแล้ว" in card.words and "'type': 'image'" in str(card.message)
    duty.sees("staff.tells_danger", number=number)
    office.sees("group.told_danger", number=number, note="ยังไม่แก้เลย ไฟดูดคนแล้ว")  # it is the nearest to go there
    listen(office)
    nid.says("ไฟลามเข้าบ้านแล้ว ไฟไหม้").sees("welcome.danger").taps("dispute.send").sees("dispute.sent")
    office.sees("group.told_danger", number=number, note="ไฟลามเข้าบ้านแล้ว ไฟไหม้")

    # Beside another case that goes on it may be of that one, and is heard at once all the same.
    quick_chat.waits(minutes=11)
    second, _open = quick_chat.has_case(nid, category="waste"), quick_chat.has_case(nid)
    office.member().quotes(office.gets_card(second), "แก้ไขเรียบร้อยแล้วครับ")
    nid.sees("closure.resolved_question").sends_photo().sees("talk.unasked")
    nid.says("ยังไม่แก้เลย ไฟดูดคนแล้ว").sees("talk.judged_no", number=second)


def test_danger_alone_where_the_answer_is_waited_for_is_swallowed_by_no_draft(quick_chat: Chat) -> None:
    office, duty, shock = quick_chat.coordinators("district:1026"), quick_chat.coordinators("omb"), "ไฟช็อตคนแล้ว ช่วยด้วย"
    nid, dao, kai, wit, pim = (quick_chat.citizen(name) for name in ("Nid", "Dao", "Kai", "Wit", "Pim"))
    numbers = [quick_chat.has_case(who) for who in (nid, dao, kai, wit, wit, pim)]
    behind, before, other, first, latest, threat = numbers
    for number in numbers:
        office.member().quotes(office.gets_card(number), "แก้ไขเรียบร้อยแล้วครับ")
    for who in (nid, dao, kai, wit, pim):
        who.sees("closure.resolved_question")
    nid.sends_photo().sees("talk.unasked").says(shock).sees("welcome.danger").sees("talk.judged_no", number=behind)
    dao.says(shock).sees("welcome.danger").sees("talk.judged_no", number=before).sends_photo().sees("dispute.more")
    for number in (behind, before):
        duty.sees("staff.tells_danger", number=number)
        office.sees("group.told_danger", number=number, note=shock)
        assert shock in duty.gets_card(number).words and quick_chat.case(number).status == "disputed"
    # Of another kind, or of one of several, it may be a matter of its own: that is asked, and they hear meanwhile.
    kai.says("เรียบร้อยค่ะ แต่สายไฟขาดพาดถนน ไฟช็อตคนแล้ว").sees("talk.danger_heard", number=other).sees("report.ask_place")
    wit.sends_photo().sees("talk.unasked").says(shock).sees("welcome.danger").sees("talk.danger_heard", number=latest)
    for number in (other, latest):
        duty.sees("staff.tells_danger", number=number)
        assert quick_chat.case(number).status == "resolved"
    assert quick_chat.history(first)[-1] == "resolve"
    listen(office)
    pim.says("เจ้าหน้าที่เขตขู่ฆ่าผม ไฟไหม้บ้านแล้ว").sees("welcome.danger")
    duty.sees("staff.tells_danger_kept", number=threat)
    office.sees_nothing()


def test_a_thumb_up_says_that_it_is_well(quick_chat: Chat) -> None:
    office, nid = quick_chat.coordinators("district:1026"), quick_chat.citizen("Nid")
    first, second, third = (quick_chat.has_case(nid, category=kind) for kind in ("lighting", "waste", "drain_flood"))
    for number in (first, second, third):
        office.member().quotes(office.gets_card(number), "แก้ไขเรียบร้อยแล้วครับ")
        nid.sees("closure.resolved_question")
    # Of several it is asked which, and what came goes there.
    nid.sends_photo().sees("talk.unasked").says("เรียบร้อยแล้วค่ะ ขอบคุณ").sees("talk.whose_undone")
    nid.says(second).sees("talk.judged_yes", number=second)
    assert quick_chat.history(second)[-2:] == ["confirm", "note"]
    nid.taps("5 ดาว").sees("talk.stars_thanks").says(f"{third} เรียบร้อยแล้ว").sees("talk.judged_yes", number=third)
    nid.taps("3 ดาว").sees("talk.stars_thanks")
    quick_chat.waits(minutes=11)
    # A sticker that is sad beside it says nothing.
    nid.sends_photo().sees("talk.unasked").sends_sticker(keywords=("like", "crying")).sees("refused.sticker")
    nid.sends_sticker(keywords=("Thumbs up", "OK")).sees("talk.judged_yes", number=first)
    nid.taps("talk.change_answer").sees("talk.judge_how").says("👍🏽").sees("talk.thanks")


def test_stars_with_a_word_and_other_stars_after(quick_chat: Chat) -> None:
    _, nid, _ = _resolved(quick_chat)
    nid.taps("button.all_well").sees("talk.judged_yes").says("4 ดาว มาเร็วดี").sees("talk.word_kept")
    assert _details(quick_chat) == [(None, {"stars": 4}), ("มาเร็วดี", {"word": True})]
    nid.says("5").sees("talk.stars_thanks")
    assert _details(quick_chat)[-1] == (None, {"stars": 5})
