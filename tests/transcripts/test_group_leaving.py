"""`ออกจากกลุ่ม` from a coordinator: the group stands for nobody at once, and the account leaves it."""

from storage.models import Group
from tests.chat import WAIT, Chat, Office, Person, listen, words_of

DIN_DAENG, OMB = "district:1026", "omb"


def _leaves(chat: Chat) -> int:
    """Let the goodbye grow old, and do what the leaver's thread does; how many groups were left."""
    assert chat.parts.leaver is not None
    chat.waits(seconds=11)
    return chat.parts.leaver.leave_due()


def _sends_away(office: Office, words: str = "ออกจากกลุ่ม") -> Person:
    """Somebody asks for it, and says so once more by a button."""
    return office.member().says(words).sees("group.leave_ask").taps("button.leave_yes")


def _is_out(chat: Chat, office: Office) -> bool:
    return chat.line.get_group(office.id).left_by_bot


def test_a_group_that_sends_the_account_away_is_left_and_staff_hear_of_it(quick_chat: Chat) -> None:
    staff, office = quick_chat.coordinators(OMB, "Officer"), quick_chat.coordinators(DIN_DAENG)
    nid = quick_chat.citizen()
    office.gets_card(quick_chat.has_case(nid))
    listen(staff, office, nid)
    goodbye = _sends_away(office, "ออกจากกลุ่มครับ").sees("group.gone", office="สำนักงานเขตดินแดง").last
    assert goodbye is not None and goodbye.endpoint == "reply"
    staff.sees("staff.group_lost", office="สำนักงานเขตดินแดง", count=1)
    assert not _is_out(quick_chat, office), "the goodbye must be read first"
    number = quick_chat.has_case(nid)
    nid.sees("told.kept", number=number)
    office.member().says("งานค้าง").sees_nothing()
    listen(staff)
    _leaves(quick_chat)
    quick_chat.line.wait_until(lambda: _is_out(quick_chat, office), timeout=WAIT, what="leaving")
    staff.sees_nothing()
    assert _leaves(quick_chat) == 0
    with quick_chat.reads() as session:
        assert session.get_one(Group, office.id).organisation is None


def test_a_group_that_changes_its_mind_in_time_is_not_left(quick_chat: Chat) -> None:
    office = quick_chat.coordinators(DIN_DAENG)
    _sends_away(office).sees("group.gone")
    office.member().says(f"ผูกกลุ่ม {quick_chat.invite(DIN_DAENG)}").sees("group.bound")
    assert _leaves(quick_chat) == 0
    assert not _is_out(quick_chat, office)
    office.gets_card(quick_chat.has_case(quick_chat.citizen()))


def test_a_group_that_invites_the_account_back_is_asked_for_a_code(quick_chat: Chat) -> None:
    office = quick_chat.coordinators(DIN_DAENG)
    _sends_away(office).sees("group.gone")
    _leaves(quick_chat)
    quick_chat.line.wait_until(lambda: _is_out(quick_chat, office), timeout=WAIT, what="leaving")
    listen(office)
    quick_chat.line.invite_bot(office.id)
    office.sees("group.not_bound")
    assert _leaves(quick_chat) == 0
    office.member().says(f"ผูกกลุ่ม {quick_chat.invite(DIN_DAENG)}").sees("group.bound")


def test_while_line_is_away_leaving_waits(quick_chat: Chat) -> None:
    office = quick_chat.coordinators(DIN_DAENG)
    _sends_away(office).sees("group.gone")
    quick_chat.settles()
    quick_chat.line.refuse_connections()
    assert _leaves(quick_chat) == 0
    quick_chat.line.accept_connections()
    _leaves(quick_chat)
    quick_chat.line.wait_until(lambda: _is_out(quick_chat, office), timeout=WAIT, what="leaving")


def test_a_slip_is_caught_and_an_old_button_asks_again(quick_chat: Chat) -> None:
    office = quick_chat.coordinators(DIN_DAENG)
    asked = office.member().says("ออกจากกลุ่ม").sees("group.leave_ask", office="สำนักงานเขตดินแดง").last
    office.member().taps("button.leave_no", asked).sees("group.stays")
    quick_chat.waits(hours=2)
    again = office.member().taps("button.leave_yes", asked).sees("group.leave_ask").last
    assert _leaves(quick_chat) == 0
    office.gets_card(quick_chat.has_case(quick_chat.citizen()))
    office.member().taps("button.leave_yes", again).sees("group.gone")
    office.member().taps("button.leave_no", again).sees_nothing()


def test_a_button_from_before_the_group_was_bound_anew_asks_again(quick_chat: Chat) -> None:
    office = quick_chat.coordinators(DIN_DAENG)
    asked = office.member().says("ออกจากกลุ่ม").sees("group.leave_ask").last
    quick_chat.waits(minutes=2)
    office.member().says(f"ผูกกลุ่ม {quick_chat.invite('district:1039')}").sees("group.bound")
    office.member().taps("button.leave_yes", asked).sees("group.leave_ask", office="สำนักงานเขตวัฒนา")
    assert _leaves(quick_chat) == 0


def test_forged_buttons_leave_nothing(quick_chat: Chat) -> None:
    office = quick_chat.coordinators(DIN_DAENG)
    for argument in ("yes", "yes:", "yes:9999999999999999", "yes:-1", "maybe:1", ""):
        office.member().postback(f"g:0:leave:{argument}")
    quick_chat.settles()
    assert _leaves(quick_chat) == 0
    assert not _is_out(quick_chat, office)


def test_talk_about_leaving_is_talk(quick_chat: Chat) -> None:
    office = quick_chat.coordinators(DIN_DAENG)
    listen(office)
    for talk in ("ใครออกจากกลุ่มไปแล้วบ้าง", "พี่ออกจากกลุ่มแล้วนะ", "อย่าออกจากกลุ่ม"):
        office.member().says(talk)
    office.sees_nothing()
    office.member().says("งานค้าง").sees("card.open_none")
    assert words_of("group.gone", office="สำนักงานเขตดินแดง") not in office.heard()


def test_a_room_is_left_like_a_group(quick_chat: Chat) -> None:
    people = {name: quick_chat.line.add_user(name) for name in ("Somchai", "Pim")}
    office = Office(quick_chat, quick_chat.line.add_room(list(people.values()), bot_in=False), people)
    quick_chat.line.invite_bot(office.id)
    office.sees("group.not_bound")
    office.member().says(f"ผูกกลุ่ม {quick_chat.invite(DIN_DAENG)}").sees("group.bound")
    _sends_away(office).sees("group.gone")
    _leaves(quick_chat)
    quick_chat.line.wait_until(lambda: _is_out(quick_chat, office), timeout=WAIT, what="leaving")
    assert _leaves(quick_chat) == 0
