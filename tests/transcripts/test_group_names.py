"""The line back names who acted, once LINE has told the name; it never waits for it."""

from datetime import timedelta

from storage.models import GroupPerson
from tests.chat import Chat, Office

DIN_DAENG = "district:1026"


def _asks_names(chat: Chat) -> int:
    """Do what the namer's thread does; how many names LINE was asked for."""
    assert chat.parts.namer is not None
    chat.settles()
    return chat.parts.namer.ask_wanted()


def _names(chat: Chat, office: Office) -> dict[str, str]:
    with chat.reads() as session:
        return {row.user_id: row.name for row in session.query(GroupPerson).filter_by(chat_id=office.id)}


def _waits_for_names(chat: Chat, office: Office) -> None:
    _asks_names(chat)
    chat.line.wait_until(lambda: all(_names(chat, office).values()), timeout=8, what="names")


def test_while_line_is_away_the_line_goes_without_a_name(quick_chat: Chat) -> None:
    office = quick_chat.coordinators(DIN_DAENG, "สมชาย")
    card = office.gets_card(quick_chat.has_case(quick_chat.citizen()))
    quick_chat.line.add_fault("group.member", "error", times=50)
    first = office.member().taps("button.start", card).sees("card.update").last
    assert first is not None and "(" not in first.text
    _asks_names(quick_chat)
    second = office.member().taps("button.resolve", card).sees("card.update").last
    assert second is not None and "(" not in second.text


def test_who_acts_is_named_once_line_has_told(quick_chat: Chat) -> None:
    office = quick_chat.coordinators(DIN_DAENG, "สมชาย", "คุณพิม")
    number = quick_chat.has_case(quick_chat.citizen())
    card = office.gets_card(number)
    office.member("สมชาย").taps("button.acknowledge", card).sees("question.date", number=number)
    _waits_for_names(quick_chat, office)
    line = office.member("สมชาย").taps("button.start", card).sees("card.update", number=number).last
    assert line is not None and line.text.endswith("(คุณสมชาย)")
    office.member("คุณพิม").quotes(card, "เสร็จแล้วค่ะ").sees("card.update")
    office.member("คุณพิม").quotes(card, "แก้กลับ").sees("group.undone")
    _waits_for_names(quick_chat, office)
    line = office.member("คุณพิม").quotes(card, "เสร็จแล้วค่ะ").sees("card.update").last
    assert line is not None and line.text.endswith("(คุณพิม)")


def test_who_only_talks_is_not_asked_for_and_nobody_unknown(quick_chat: Chat) -> None:
    office = quick_chat.coordinators(DIN_DAENG, "สมชาย", "พิม")
    card = office.gets_card(quick_chat.has_case(quick_chat.citizen()))
    office.member("พิม").quotes(card, "ใครว่างไปดูหน่อย")
    office.member("พิม").says("ฝนตก")
    line = office.member("สมชาย", known=False).taps("button.start", card).sees("card.update").last
    assert line is not None and "(" not in line.text
    assert _asks_names(quick_chat) == 0
    assert _names(quick_chat, office) == {}


def test_names_are_forgotten_when_the_group_is_lost_and_asked_for_anew_after_a_month(quick_chat: Chat) -> None:
    office = quick_chat.coordinators(DIN_DAENG, "สมชาย")
    card = office.gets_card(quick_chat.has_case(quick_chat.citizen()))
    office.member().taps("button.start", card).sees("card.update")
    _waits_for_names(quick_chat, office)
    with quick_chat.reads() as session:
        before = session.query(GroupPerson).one().asked_at
    quick_chat.waits(days=31)
    _asks_names(quick_chat)
    with quick_chat.reads() as session:
        after = session.query(GroupPerson).one().asked_at
    assert before is not None and after is not None and after - before > timedelta(days=30)
    quick_chat.line.remove_bot(office.id)
    quick_chat.settles()
    assert _names(quick_chat, office) == {}
