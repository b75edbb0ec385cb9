"""An office passes a case on by buttons, by a name or in words; the other takes it, or says that it is not theirs."""

import pytest

import clock
from cases import lifecycle, views
from cases.statuses import Action, Actor, Role
from jobs.clocks import ring_clocks
from simulator.outcomes import BotMessage
from storage.models import Case
from tests.chat import Chat, Office, Person, listen, words_of

DIN_DAENG, WATTHANA, HUAI_KHWANG, WORKS, OMB = (
    "district:1026",
    "district:1039",
    "district:1017",
    "dept:public-works",
    "omb",
)
NAMES = {
    DIN_DAENG: "เขตดินแดง",
    WATTHANA: "เขตวัฒนา",
    HUAI_KHWANG: "เขตห้วยขวาง",
    WORKS: "สำนักการโยธา",
}


def _begin(chat: Chat, **slots: object) -> tuple[Office, Office, Person, BotMessage, str]:
    """Two offices, a citizen, and a case that the first has, on a working day."""
    chat.turns_to("2026-11-23 10:00")
    office, works, nid = chat.coordinators(DIN_DAENG), chat.coordinators(WORKS), chat.citizen()
    number = chat.has_case(nid, **slots)  # type: ignore[arg-type]
    card = office.gets_card(number)
    listen(office, works, nid)
    return office, works, nid, card, number


def _offer(office: Office, number: str, receiver: str = WORKS, why: str = "transfer.why_duty") -> None:
    """Three taps: pass it on, to whom, why."""
    listen(office)
    office.member().says(number)
    card = office.gets_card(number)
    office.member().taps("button.transfer", card).sees("group.how_to_transfer", number=number)
    if receiver == WORKS:
        office.member().taps(NAMES[receiver])
    else:
        office.member().says(NAMES[receiver])
    office.sees("transfer.why", number=number, office=NAMES[receiver])
    office.member().taps(why).sees("group.step_offered", office=NAMES[receiver])


def _hears(chat: Chat, office: Office) -> list[BotMessage]:
    """Everything said to a group since its last act."""
    chat.settles()
    return chat.line.received(office.id, after=office.since)


# --- what cannot be, and what goes wrong


def test_nothing_moves_before_there_is_a_receiver_and_a_reason(quick_chat: Chat) -> None:
    office, works, nid, card, number = _begin(quick_chat)
    office.member().taps("button.transfer", card).sees("group.how_to_transfer", number=number)
    office.member().taps(NAMES[WORKS]).sees("transfer.why", number=number)
    office.member().taps("button.cancel").sees("group.called_off", number=number)
    office.member().says("ไม่ใช่หน้าที่เรา").sees_nothing()
    works.sees_nothing()
    nid.sees_nothing()
    assert quick_chat.history() == ["report", "dispatch"]


def test_words_that_name_an_office_without_a_reason_are_asked_for_one(quick_chat: Chat) -> None:
    office, works, _, card, number = _begin(quick_chat)
    office.member().quotes(card, "ส่งต่อ สนย.").sees("transfer.why", number=number, office=NAMES[WORKS])
    works.sees_nothing()
    office.member().says("เป็นถนนสายหลัก").sees("group.step_offered", office=NAMES[WORKS])
    assert "เป็นถนนสายหลัก" in works.gets_card(number).words


def test_a_reason_that_names_the_office_is_a_reason(quick_chat: Chat) -> None:
    office, *_, card, number = _begin(quick_chat)
    other = quick_chat.coordinators("district:1039")
    office.member().quotes(card, "ส่งต่อเขตวัฒนา เพราะเขตวัฒนา").sees("transfer.why", number=number)
    office.member().quotes(card, "ส่งต่อเขตวัฒนา เพราะอยู่วัฒนา").sees("group.step_offered")
    assert "เพราะ: อยู่วัฒนา" in other.gets_card(number).words


def test_an_office_cannot_pass_a_case_on_to_itself(quick_chat: Chat) -> None:
    office, works, _, _card, number = _begin(quick_chat)
    key = quick_chat.case().id
    office.member().postback(f"g:{key}:to:{DIN_DAENG}").sees("transfer.is_yours", number=number)
    office.member().postback(f"g:{key}:to_why:area:{DIN_DAENG}").sees("transfer.is_yours", number=number)
    office.member().postback(f"g:{key}:to_why:area:dept:nowhere").sees("transfer.unreachable")
    assert quick_chat.case().status == "dispatched"
    works.sees_nothing()


def test_only_the_office_that_is_asked_may_answer(quick_chat: Chat) -> None:
    office, works, _, _, number = _begin(quick_chat)
    other = quick_chat.coordinators(HUAI_KHWANG)
    _offer(office, number)
    works.gets_card(number)
    key = quick_chat.case().id
    listen(other, works)
    for group in (other, office):
        for verb in ("accept", "bounce", "bounce_why:area"):
            group.member().postback(f"g:{key}:{verb}")
            assert quick_chat.case().status == "transferring", (group.id, verb)
    other.member().postback(f"g:{key}:accept").sees("group.elsewhere")
    other.member().says(number).sees("group.unknown", number=number)
    other.member().postback(f"g:{key}:card").sees("group.elsewhere")


def test_two_people_take_it_and_refuse_it_at_once(chat: Chat) -> None:
    office, works, _nid, _, number = _begin(chat)
    _offer(office, number)
    works.gets_card(number)
    key = chat.case().id
    names = list(works.people)
    taps = [
        works.member(names[0]).postback(f"g:{key}:accept", deliver=False).outcome,
        works.member(names[1]).postback(f"g:{key}:bounce_why:duty", deliver=False).outcome,
    ]
    chat.line.deliver_at_once([tap.event_id for tap in taps if tap])
    chat.settles()
    history = chat.history()
    assert [history.count("accept"), history.count("bounce")] in ([1, 0], [0, 1])
    assert chat.case().owner == (WORKS if "accept" in history else DIN_DAENG)


def test_an_old_card_of_a_case_that_was_withdrawn_says_so(quick_chat: Chat) -> None:
    office, works, nid, _, number = _begin(quick_chat)
    _offer(office, number)
    card = works.gets_card(number)
    nid.says(f"{number} ถอนเรื่อง").sees("talk.withdraw_ask").taps("talk.withdraw_yes").sees("talk.withdrawn")
    works.member().taps("button.accept", card).sees("transfer.gone", number=number)
    works.sees("transfer.over", number=number)  # it waited for this reply
    assert quick_chat.case().owner == DIN_DAENG


def test_a_receiver_that_left_answers_no_more_and_the_case_comes_back(quick_chat: Chat) -> None:
    office, works, _nid, _, number = _begin(quick_chat)
    _offer(office, number)
    card = works.gets_card(number)
    works.member().says("ออกจากกลุ่ม").sees("group.leave_ask").taps("button.leave_yes")
    quick_chat.settles()
    works.member().taps("button.accept", card)
    quick_chat.settles()
    assert (quick_chat.case().status, quick_chat.case().owner) == ("transferring", DIN_DAENG)


def test_a_confidential_case_is_not_passed_on_in_a_group(quick_chat: Chat) -> None:
    staff, works, nid = quick_chat.coordinators(OMB, "Officer"), quick_chat.coordinators(WORKS), quick_chat.citizen()
    number = quick_chat.has_case(nid, category="official", description="เจ้าหน้าที่เรียกเงิน")
    staff.sees("staff.confidential", number=number)
    listen(works)
    key = quick_chat.case().id
    staff.member().postback(f"g:{key}:transfer").sees("transfer.confidential")
    staff.member().postback(f"g:{key}:to:{WORKS}").sees("transfer.confidential")
    staff.member().postback(f"g:{key}:to_why:area:{WORKS}").sees("transfer.confidential")
    staff.member().says(f"{number} โอนเรื่อง เพราะ เป็นของสำนักการโยธา")
    quick_chat.settles()
    staff.member().postback(f"g:{key}:with:{WORKS}")
    works.sees_nothing()
    assert (quick_chat.case().owner, quick_chat.case().transfer_to) == (OMB, None)


def test_an_office_that_nobody_can_reach_is_left_to_the_officers(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators(OMB, "Officer")
    office, _, nid, card, number = _begin(quick_chat)
    listen(staff)
    proposed = words_of("desk.proposed_unreached", office=NAMES[DIN_DAENG], receiver=NAMES[WATTHANA])
    office.member().quotes(card, "ไม่ใช่พื้นที่เรา เป็นของเขตวัฒนา").sees("transfer.unreachable_went")
    shown = staff.gets_card(number).words
    assert "เป็นของเขตวัฒนา" in shown and proposed in shown
    nid.sees("told.transfer", number=number)
    assert quick_chat.case().transfer_to is None

    # By taps its name comes along as well; the officers hand it over by hand, and say so.
    office.member().says(f"{number} แก้กลับ").sees("group.undone")
    listen(staff, office, nid)
    office.member().taps("button.transfer", card).sees("group.how_to_transfer").says(NAMES[DIN_DAENG])
    office.sees("transfer.is_yours", number=number)
    office.member().taps("button.transfer", card).sees("group.how_to_transfer").says("สำนักระบายน้ำ")
    office.sees("transfer.found", number=number)  # its full name has one word more
    office.member().says("วัฒนาา").sees("transfer.found")  # mistyped
    office.member().taps(NAMES[WATTHANA]).sees("transfer.unreachable", number=number).taps("transfer.why_area")
    office.sees("transfer.unreachable_went", number=number)
    card = staff.gets_card(number)
    assert proposed in card.words
    staff.member().taps("desk.button_place", card).sees("desk.ask_place").taps(NAMES[WATTHANA])
    staff.member().sees("desk.preview_place_by_hand", number=number).taps("desk.send_place_by_hand")
    staff.sees("desk.placed_by_hand", number=number)
    nid.sees("told.dispatched_by_hand", number=number).says(number).reads("ตอนนี้อยู่กับสำนักงานเขตวัฒนา")
    assert (quick_chat.case().owner, quick_chat.case().status) == (WATTHANA, "dispatched")
    staff.member().says(f"{number} แก้กลับ").sees("group.undone")
    assert quick_chat.case().owner == DIN_DAENG

    # Whom nobody can write to was not reminded either: the officers read that they have to call.
    asked = staff.member().taps("desk.button_place", card).sees("desk.ask_place").says("เขตวัฒนา")
    asked.sees("desk.preview_place_by_hand").taps("desk.send_place_by_hand").sees("desk.placed_by_hand")
    for moment in ("2026-11-23 14:05", "2026-11-24 10:05", "2026-11-24 13:05"):
        quick_chat.turns_to(moment)
        quick_chat.clocks_run()
    staff.sees("remind.escalated_unreached", number=number, office=NAMES[WATTHANA])


# --- taken


def test_three_taps_offer_it_and_one_takes_it(chat: Chat) -> None:
    staff = chat.coordinators(OMB, "Officer")
    office, works, nid, _, number = _begin(chat)
    _offer(office, number)
    card = works.gets_card(number)
    assert words_of("transfer.why_duty_whole") in card.words and "สำนักงานเขตดินแดง" in card.words
    assert card.labels[:2] == [words_of("button.accept"), words_of("button.bounce")]
    nid.sees("told.offered", number=number, receiver=NAMES[WORKS])
    nid.says(number).reads("กำลังโอนไปสำนักการโยธา")
    listen(office, works, nid, staff)
    works.member().taps("button.accept", card).sees("question.date")
    assert works.gets_card(number).labels[:2] == [words_of("button.start"), words_of("button.resolve")]
    nid.sees("told.accept", number=number, office=NAMES[WORKS])
    nid.says(number).reads("ตอนนี้อยู่กับสำนักการโยธา")
    assert (chat.case().owner, chat.case().status, chat.case().transfer_to) == (WORKS, "acknowledged", None)
    works.member().taps(words_of("question.in_days", count=3)).sees("group.promised")
    office.member().says("งานค้าง").sees("transfer.accepted", number=number, office=NAMES[WORKS])
    staff.member().says("งานค้าง").sees("staff.accept", number=number)
    offered = words_of("staff.offered", number=number, office="สำนักงานเขตดินแดง", receiver=NAMES[WORKS])
    assert offered not in staff.heard()
    office.member().says(f"{number} เสร็จแล้วครับ").sees("group.unknown", number=number)


def test_where_it_lies_and_who_did_what_stay_as_they_were(quick_chat: Chat) -> None:
    watthana = quick_chat.coordinators(WATTHANA)
    office, _, nid, card, number = _begin(quick_chat)
    office.member().quotes(card, "รับทราบครับ").sees("question.date")
    office.member().quotes(card, "ส่งต่อเขตวัฒนาครับ เพราะไม่ใช่พื้นที่เรา").sees("group.step_offered")
    offer = watthana.gets_card(number)
    assert "เพราะ: ไม่ใช่พื้นที่เรา\n" in offer.words
    watthana.member().taps("button.accept", offer).sees("question.date")
    theirs = watthana.gets_card(number).words
    assert "เขตดินแดง" in theirs and "เขตวัฒนา" not in theirs
    nid.sees("told.accept", number=number)
    nid.says(number).reads("ส่งถึงเขตดินแดง").reads("เขตดินแดงรับเรื่อง").reads("เขตวัฒนารับเรื่องต่อ")
    assert "ส่งถึงเขตวัฒนา" not in " ".join(nid.heard())


@pytest.mark.parametrize("words", ["รับทราบครับ", "รับเรื่องครับ เดี๋ยวส่งช่างไปดู"])
def test_words_that_quote_the_card_take_it(quick_chat: Chat, words: str) -> None:
    office, works, nid, _, number = _begin(quick_chat)
    _offer(office, number)
    works.member().quotes(works.gets_card(number), words).sees("question.date")
    nid.sees("told.accept", number=number)
    assert quick_chat.case().owner == WORKS


def test_what_an_officer_moves_is_not_said_of_the_office_and_goes_back_to_it(quick_chat: Chat) -> None:
    _, works, nid, _, number = _begin(quick_chat)
    staff, omb = quick_chat.coordinators(OMB), views.name_office(OMB, "th")

    def moves(action: Action, **more: str) -> None:
        officer, now = Actor(Role.STAFF, person="user:7", organisation=OMB), clock.now()
        listen(staff, works, nid)
        with quick_chat.parts.database.begin(now) as session:
            case = session.query(Case).filter_by(number=number).one()
            lifecycle.apply(session, case, action, officer, now, **more)  # type: ignore[arg-type]

    moves(Action.TRANSFER, note="ถนนสายหลัก", receiver=WORKS)
    nid.sees("told.offered", office=omb, number=number, receiver=NAMES[WORKS])
    assert words_of("transfer.offer", office=omb, reason="ถนนสายหลัก") in works.gets_card(number).words
    moves(Action.UNDO)
    staff.sees("staff.put_back", number=number, office=views.name_office(DIN_DAENG, "th"))
    nid.sees("told.undo", office=omb, number=number)

    # Where the officers look for an office themselves, it is they as well.
    moves(Action.TRANSFER, note="ถนนสายหลัก")
    assert words_of("desk.transfer", office=omb) in staff.gets_card(number).words
    nid.sees("told.transfer", office=omb, number=number)
    moves(Action.UNDO)

    # Of danger the receiver is asked once more, by whom it was offered.
    with quick_chat.parts.database.begin(clock.now()) as session:
        session.query(Case).filter_by(number=number).one().danger = ["live_wire"]
    moves(Action.TRANSFER, note="ถนนสายหลัก", receiver=WORKS)
    quick_chat.waits(minutes=16)
    ring_clocks(quick_chat.parts.database)
    works.sees("transfer.remind_danger", office=omb, number=number)
    moves(Action.UNDO)

    # What the receiver takes back leaves it with the office that has it, in the timeline too.
    moves(Action.TRANSFER, note="ถนนสายหลัก", receiver=WORKS)
    card = works.gets_card(number)
    works.member().taps("button.accept", card).sees("question.date").taps("button.undo").sees("group.undone")
    nid.says(number).sees("happened.accept", office=NAMES[WORKS])
    assert words_of("happened.undo_moved", office=NAMES[DIN_DAENG]) in "".join(nid.heard())


def test_a_slip_of_taking_it_is_taken_back(quick_chat: Chat) -> None:
    office, works, _nid, _, number = _begin(quick_chat)
    staff = quick_chat.coordinators("omb")
    _offer(office, number)
    card = works.gets_card(number)
    works.member().taps("button.accept", card).sees("question.date").taps("button.undo").sees("group.undone")
    listen(staff, office)
    for group in (staff, office):
        group.member().says("งานค้าง")
        quick_chat.settles()
        assert not any("รับเรื่อง" in words for words in group.heard()), "taken back before they heard"
    works.member().taps("button.accept", card).sees("question.date")
    staff.member().says("งานค้าง").sees("staff.accept", number=number)
    office.member().says("งานค้าง").sees("transfer.accepted", number=number, office=NAMES[WORKS])
    works.member().says(f"{number} แก้กลับ").sees("group.undone")
    for group in (staff, office):
        group.member().says("งานค้าง").sees("transfer.accept_undone", number=number, office=NAMES[WORKS])
    case = quick_chat.case()
    assert (case.status, case.owner, case.transfer_to) == ("transferring", DIN_DAENG, WORKS)
    works.member().taps("button.accept", card).sees("question.date")
    assert quick_chat.case().owner == WORKS


def test_a_name_in_words_with_its_reason_offers_it_at_once(quick_chat: Chat) -> None:
    watthana, office, nid = quick_chat.coordinators(WATTHANA), quick_chat.coordinators(DIN_DAENG), quick_chat.citizen()
    number = quick_chat.has_case(nid, organisation=WATTHANA)
    card = watthana.gets_card(number)
    watthana.member().quotes(card, "ไม่ใช่พื้นที่ เขตดินแดงครับ").sees("group.step_offered", office=NAMES[DIN_DAENG])
    office.member().taps("button.accept", office.gets_card(number)).sees("question.date")
    nid.sees("told.accept", office="สำนักงานเขตดินแดง")


def test_a_name_may_be_typed_and_several_are_asked_about(quick_chat: Chat) -> None:
    watthana = quick_chat.coordinators(WATTHANA)
    office, _, _, card, number = _begin(quick_chat)
    office.member().taps("button.transfer", card).sees("group.how_to_transfer").taps("transfer.by_name")
    office.sees("transfer.search", number=number)
    office.member().says("วัดนาค").sees("transfer.not_found", number=number)
    office.member().says("วัฒนา").sees("transfer.found", number=number)
    office.member().taps(NAMES[WATTHANA]).sees("transfer.why", number=number)
    office.member().taps("transfer.why_area").sees("group.step_offered", office=NAMES[WATTHANA])
    watthana.gets_card(number)


def test_whoever_is_not_sure_leaves_it_to_the_officers(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators(OMB, "Officer")
    office, works, nid, card, number = _begin(quick_chat)
    listen(staff)
    office.member().taps("button.transfer", card).sees("group.how_to_transfer").taps("transfer.to_omb")
    office.sees("transfer.why_omb", number=number)
    office.member().taps("transfer.why_duty").sees("group.step_transfer")
    staff.gets_card(number)
    nid.sees("told.transfer", number=number)
    works.sees_nothing()


def test_the_sender_takes_it_back_while_nobody_has_answered(quick_chat: Chat) -> None:
    office, works, nid, _, number = _begin(quick_chat)
    _offer(office, number)
    card = works.gets_card(number)
    office.member().says(f"{number} แก้กลับ").sees("group.undone", number=number)
    nid.sees("told.undo", number=number)
    works.member().taps("button.accept", card).sees("transfer.gone", number=number).sees("transfer.over", number=number)
    assert (quick_chat.case().status, quick_chat.case().owner) == ("dispatched", DIN_DAENG)


def test_an_office_that_keeps_taking_it_back_brings_it_to_the_officers_no_third_time(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators(OMB, "Officer")
    office, _, nid, card, number = _begin(quick_chat)
    for _ in range(2):
        office.member().taps("button.transfer", card).taps("transfer.to_omb").taps("transfer.why_duty")
        office.sees("group.step_transfer")
        office.member().says(f"{number} แก้กลับ").sees("group.undone", number=number)
    quick_chat.settles()
    listen(nid, staff)
    office.member().taps("button.transfer", card).taps("transfer.to_omb").taps("transfer.why_duty")
    office.sees("transfer.fickle", number=number)
    for one in (nid, staff):
        one.sees_nothing()
    assert quick_chat.case(number).status == "dispatched"
    quick_chat.waits(hours=25)
    office.member().taps("button.transfer", card).taps("transfer.to_omb").taps("transfer.why_duty")
    office.sees("group.step_transfer")


# --- refused, or unanswered


def test_not_ours_needs_a_reason_and_brings_it_back(chat: Chat) -> None:
    staff = chat.coordinators(OMB, "Officer")
    office, works, nid, _, number = _begin(chat)
    office.member().says(f"{number} กำลังทำครับ").sees("card.update")
    _offer(office, number)
    card = works.gets_card(number)
    listen(office, works, nid, staff)
    works.member().taps("button.bounce", card).sees("transfer.why_not", number=number)
    assert chat.case().status == "transferring"
    works.member().says("ถนนเส้นนี้ไม่ได้อยู่ในบัญชีของสำนัก").sees("transfer.step_bounce", number=number)
    office.sees("transfer.bounced", number=number, reason="ถนนเส้นนี้ไม่ได้อยู่ในบัญชีของสำนัก")
    nid.sees("told.bounce", number=number, receiver=NAMES[WORKS])
    staff.member().says("งานค้าง").sees("staff.bounce", number=number)
    assert (chat.case().status, chat.case().owner, chat.case().transfer_to) == ("in_progress", DIN_DAENG, None)
    works.member().taps("button.accept", card).sees("transfer.gone", number=number)
    chat.redelivers_everything().changes_nothing()


def test_unanswered_for_a_working_day_it_comes_back_and_the_officers_see_it(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators(OMB, "Officer")
    office, works, nid, _, number = _begin(quick_chat)
    _offer(office, number)
    card = works.gets_card(number)
    until = words_of("office.answer_before", due="พรุ่งนี้ 10:00 น.")
    assert until in card.words
    listen(office, nid, staff, works)
    quick_chat.turns_to("2026-11-24 09:05")
    for _ in range(2):
        quick_chat.clocks_run()
    works.sees("transfer.remind", number=number, due="วันนี้ 10:00 น.").gets_card(number)
    quick_chat.turns_to("2026-11-24 10:30")
    quick_chat.clocks_run()
    quick_chat.clocks_run()
    back = office.sees("transfer.unanswered", number=number, office=NAMES[WORKS]).last
    assert back is not None and words_of("transfer.back_due", due="วันนี้ 14:30 น.") in back.words
    assert back.labels == [words_of("remind.open_card")]
    nid.sees("told.bounce", number=number)
    staff.sees("staff.unanswered", number=number)
    assert quick_chat.history().count("bounce") == 1
    assert quick_chat.case().status == "dispatched"
    works.member().taps("button.accept", card).sees("transfer.gone")


# --- no case goes round in circles


def test_an_office_that_passed_it_on_or_refused_it_is_not_asked_again(quick_chat: Chat) -> None:
    office, works, nid, _, number = _begin(quick_chat)
    _offer(office, number)
    card = works.gets_card(number)
    works.member().taps("button.bounce", card).sees("transfer.why_not").taps("transfer.why_duty")
    works.sees("transfer.step_bounce")

    # It was a slip: by the button and by words it is asked again, twice.
    listen(works, nid, office)
    works.member().taps("button.undo").sees("transfer.asked_again_here", number=number)
    card = works.gets_card(number)
    nid.sees("told.transfer_again", number=number, receiver=NAMES[WORKS]).says(number).reads("กำลังโอนไปสำนักการโยธา")
    assert words_of("happened.transfer_again", office=NAMES[WORKS]) in "".join(nid.heard())
    office.member().says("งานค้าง").sees("transfer.asked_again", number=number, office=NAMES[WORKS])
    refuses = works.member().quotes(card, "ไม่ใช่ของเราครับ เป็นของเขต").sees("transfer.step_bounce").outcome
    assert refuses is not None and refuses.message_id is not None
    works.member().unsends(refuses.message_id)
    works.member().says("งานค้าง").sees("transfer.asked_again_here", number=number)
    works.member().quotes(card, "ไม่ใช่ของเราครับ เป็นของเขต").sees("transfer.step_bounce")
    works.member().says(f"{number} แก้กลับ").sees("transfer.gone", number=number)
    listen(office, works)
    office.member().says(f"{number} โอนเรื่อง เพราะ เป็นของสำนักการโยธา")
    [said] = _hears(quick_chat, office)
    assert said.text == words_of("transfer.had_it_went", number=number, office=NAMES[WORKS])
    assert said.labels == [words_of("button.undo")]
    works.sees_nothing()
    assert quick_chat.case().transfer_to is None


def test_after_the_third_hop_the_officers_see_the_chain_and_decide(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators(OMB, "Officer")
    office, works, _nid, _, number = _begin(quick_chat)
    watthana, khwang = quick_chat.coordinators(WATTHANA), quick_chat.coordinators(HUAI_KHWANG)
    road = ((office, watthana, WATTHANA), (watthana, khwang, HUAI_KHWANG), (khwang, works, WORKS))
    for sender, receiver, code in road:
        listen(receiver, staff)
        sender.member().says(f"{number} ไม่ใช่พื้นที่เรา เป็นของ{NAMES[code]}").sees("group.step_offered")
        receiver.member().taps("button.accept", receiver.gets_card(number)).sees("question.date")
    told = staff.sees("staff.chain", number=number).last
    assert (
        told is not None and " → ".join(NAMES[one] for one in (DIN_DAENG, WATTHANA, HUAI_KHWANG, WORKS)) in told.words
    )
    listen(staff, office, works)
    works.member().says(number)
    works.member().taps("button.transfer", works.gets_card(number)).sees("transfer.too_often", count=3)
    works.member().taps("transfer.why_area").sees("group.step_transfer")
    staff.gets_card(number)
    office.sees_nothing()
    assert quick_chat.case().transfer_to is None
    works.member().says(f"{number} แก้กลับ").sees("group.undone", number=number)
    listen(works)
    works.member().says(f"{number} ไม่ใช่พื้นที่เรา เป็นของ{NAMES[WATTHANA]}")
    [said] = _hears(quick_chat, works)
    assert said.text == words_of("transfer.too_often_went", number=number, count=3)
    assert said.labels == [words_of("button.undo")]


# --- an offer is seen until it is answered


def test_an_offer_stands_in_the_list_with_its_answers(quick_chat: Chat) -> None:
    office, works, _, _, number = _begin(quick_chat)
    _offer(office, number)
    works.gets_card(number)
    shown = works.member().says("งานค้าง").sees("card.open_title", count=1).reads(number).last
    assert shown is not None and "ขอโอนมา ตอบก่อน พรุ่งนี้ 10:00 น." in shown.words
    works.member().taps("button.bounce", shown).sees("transfer.why_not", number=number).taps("button.cancel")
    works.member().taps("button.accept", shown)
    works.gets_card(number)
    assert quick_chat.case().owner == WORKS
    office.member().says("งานค้าง").sees("card.open_none")


def test_the_morning_digest_speaks_of_the_offer_before_it_goes_back(quick_chat: Chat) -> None:
    office, works, _, _, number = _begin(quick_chat)
    _offer(office, number)
    works.gets_card(number)
    quick_chat.turns_to("2026-11-23 12:00")
    listen(works)
    quick_chat.turns_to("2026-11-24 07:45")
    quick_chat.clocks_run()
    quick_chat.clocks_run()
    [digest] = [one for one in _hears(quick_chat, works) if one.words.startswith("เช้านี้ที่")]
    assert "รอตอบรับโอน 1" in digest.text and "ค้างทั้งหมด 1" in digest.text
    assert number in digest.words and number not in digest.text
    works.member().taps("button.accept", digest)
    works.gets_card(number)
    quick_chat.turns_to("2026-11-24 10:30")
    quick_chat.clocks_run()
    assert quick_chat.history().count("bounce") == 0 and quick_chat.case().owner == WORKS


def test_an_offer_that_is_over_is_in_no_list(quick_chat: Chat) -> None:
    office, works, _, _, number = _begin(quick_chat)
    _offer(office, number)
    works.gets_card(number)
    office.member().taps("button.undo").sees("group.undone", number=number)
    works.member().says("งานค้าง").sees("card.open_none")
    listen(works)
    quick_chat.turns_to("2026-11-24 07:45")
    quick_chat.clocks_run()
    assert not any(number in one.words and "ขอโอนมา" in one.words for one in _hears(quick_chat, works))
