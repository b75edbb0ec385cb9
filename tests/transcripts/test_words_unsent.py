"""What an office wrote for the reporter waits for a tap; that it has read the case does not."""

from tests.chat import Chat, listen, words_of
from tests.transcripts.office_with_case import begin
from tests.transcripts.test_clocks_reminders import reminders

BUDGET = "รับทราบ รองบประมาณปี 70 และรอการไฟฟ้านครหลวงย้ายเสา"


def test_a_reason_that_nobody_sent_is_an_answer_and_is_offered_again(quick_chat: Chat) -> None:
    quick_chat.turns_to("2027-03-09 09:00")
    office, nid, card, number = begin(quick_chat)
    staff = quick_chat.coordinators("omb", "Officer")
    office.member("Pim").quotes(card, BUDGET).sees("question.noted")
    nid.sees_nothing()
    assert quick_chat.case().status == "acknowledged"
    quick_chat.clocks_run()
    nid.sees("told.acknowledge", number=number)

    quick_chat.turns_to("2027-03-09 13:30")
    quick_chat.clocks_run()
    assert reminders(office) == [], "it was answered"
    quick_chat.turns_to("2027-03-10 09:05")
    listen(office, staff, nid)
    quick_chat.clocks_run()
    asked = reminders(office)[-1]
    assert words_of("remind.ask_first_words") in asked.words and "รองบประมาณปี 70" in asked.words
    assert not any(number in words for words in staff.heard())
    office.member("Pim").taps("question.send", asked).sees("group.step_wait")
    nid.reads("รองบประมาณปี 70")
    assert quick_chat.history(number)[-1] == "wait"


def test_what_is_left_leaves_the_case_noted_and_is_not_offered_again(quick_chat: Chat) -> None:
    quick_chat.turns_to("2027-03-09 09:00")
    office, nid, card, number = begin(quick_chat)
    office.member("Pim").quotes(card, BUDGET).sees("question.noted").taps("question.drop")
    office.sees("group.wait_dropped_noted", number=number)
    other = quick_chat.has_case(nid)
    office.member("Pim").quotes(office.gets_card(other), "ซอยไหนครับ").sees("question.noted").taps("question.drop")
    office.sees("group.ask_dropped_noted", number=other)
    assert {quick_chat.case(one).status for one in (number, other)} == {"acknowledged"}
    quick_chat.turns_to("2027-03-10 09:05")
    listen(office)
    quick_chat.clocks_run()
    assert "รองบประมาณ" not in " ".join(one.words for one in reminders(office))
