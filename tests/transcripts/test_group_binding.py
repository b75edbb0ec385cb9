"""A LINE group comes to stand for an office by a one-time code; until then no case goes there."""

from datetime import timedelta

import pytest

from storage.models import Group, Invite, OutboxMessage
from tests.chat import Chat, Office, Person, words_of
from texts.moments import say_moment

DIN_DAENG, WATTHANA, OMB = "district:1026", "district:1039", "omb"


def _unbound(chat: Chat, *, told: bool = True) -> Office:
    """A group that has just invited the account."""
    people = {name: chat.line.add_user(name) for name in ("Somchai", "Pim")}
    office = Office(chat, chat.line.add_group("somewhere", list(people.values()), bot_in=False), people)
    chat.line.invite_bot(office.id)
    office.sees("group.not_bound")
    office.since = chat.line.position()
    return office


def _bound_to(chat: Chat, office: Office) -> str | None:
    with chat.reads() as session:
        return session.get_one(Group, office.id).organisation


def _listens(office: Office | Person) -> None:
    """What is said from now on is new."""
    office.since = office.chat.line.position()


# --- codes


def test_a_wrong_code_binds_nothing_and_says_what_to_do(quick_chat: Chat) -> None:
    office = _unbound(quick_chat)
    office.member().says("ผูกกลุ่ม ABCD2345").sees("group.wrong_code")
    assert _bound_to(quick_chat, office) is None


def test_a_code_works_once(quick_chat: Chat) -> None:
    code = quick_chat.invite(DIN_DAENG)
    first, second = _unbound(quick_chat), _unbound(quick_chat)
    first.member().says(f"ผูกกลุ่ม {code}").sees("group.bound")
    second.member().says(f"ผูกกลุ่ม {code}").sees("group.wrong_code")
    assert (_bound_to(quick_chat, first), _bound_to(quick_chat, second)) == (DIN_DAENG, None)


def test_a_code_lapses_after_seven_days(quick_chat: Chat) -> None:
    fresh, late = quick_chat.invite(DIN_DAENG), quick_chat.invite(WATTHANA)
    office, other = _unbound(quick_chat), _unbound(quick_chat)
    quick_chat.waits(days=6, hours=23)
    office.member().says(f"ผูกกลุ่ม {fresh}").sees("group.bound")
    quick_chat.waits(hours=2)
    other.member().says(f"ผูกกลุ่ม {late}").sees("group.wrong_code")


def _tries(office: Office, count: int = 5) -> None:
    for number in range(count):
        office.member().says(f"ผูกกลุ่ม WRONG{number}")
    office.chat.settles()


def test_five_wrong_codes_and_the_group_is_held_off_for_an_hour(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators(OMB, "Officer")
    office = _unbound(quick_chat)
    for number in range(4):
        office.member().says(f"ผูกกลุ่ม WRONG{number}").sees("group.wrong_code")
    _listens(staff)
    again = say_moment("th", quick_chat.line.now() + timedelta(hours=1), now=quick_chat.line.now())
    refused = office.member().says("ผูกกลุ่ม WRONG9").sees("group.too_many_codes", count=5).last
    assert refused is not None and again.split(":")[0] in refused.words
    staff.sees("staff.wrong_codes", count=5)
    good = quick_chat.invite(DIN_DAENG)
    quick_chat.waits(minutes=58)
    office.member().says(f"ผูกกลุ่ม {good}").sees_nothing()
    assert _bound_to(quick_chat, office) is None
    quick_chat.waits(minutes=3)
    office.member().says(f"ผูกกลุ่ม {good}").sees("group.bound")


def test_a_group_that_is_held_off_may_invite_the_account_anew(quick_chat: Chat) -> None:
    office = _unbound(quick_chat)
    _tries(office)
    good = quick_chat.invite(DIN_DAENG)
    office.member().says(f"ผูกกลุ่ม {good}").sees_nothing()
    quick_chat.line.remove_bot(office.id)
    quick_chat.line.invite_bot(office.id)
    office.member().says(f"ผูกกลุ่ม {good}").sees("group.bound")


def test_wrong_codes_cost_one_push_to_staff_a_day_whatever_a_group_tries(quick_chat: Chat) -> None:
    staff, office = quick_chat.coordinators(OMB, "Officer"), _unbound(quick_chat)
    _listens(staff)
    for _ in range(3):
        _tries(office)
        quick_chat.line.remove_bot(office.id)
        quick_chat.line.invite_bot(office.id)
    _tries(office)
    assert len(staff.heard()) == 1
    quick_chat.waits(days=1, minutes=1)
    _listens(staff)
    _tries(office)
    staff.sees("staff.wrong_codes")


def test_many_groups_of_strangers_cost_a_few_pushes_a_day_in_all(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators(OMB, "Officer")
    _listens(staff)
    for _ in range(7):
        _tries(_unbound(quick_chat))
    assert len(staff.heard()) == 5


def test_strangers_are_never_answered_by_a_push(quick_chat: Chat) -> None:
    office = _unbound(quick_chat)
    quick_chat.settles()
    quick_chat.line.refuse_connections()
    office.member().says("ผูกกลุ่ม WRONG1")
    quick_chat.waits(minutes=2)
    quick_chat.restarts()  # what was on its way while the clock was turned has ended
    quick_chat.line.accept_connections()
    office.sees_nothing()
    with quick_chat.reads() as session:
        states = [row.state for row in session.query(OutboxMessage).filter_by(chat_id=office.id)]
    assert states == ["sent", "dropped"]


@pytest.mark.parametrize(
    "written",
    [
        "ผูกกลุ่ม {lower}",
        "ผูกกลุ่ม {spaced}",
        "  ผูกกลุ่ม : {dashed} ",
        "ผูกกลุ่ม{code}",
        "ผูกกลุ่ม <{code}> ครับ",
        "BIND {lower}",
        "@OMB FAST TRACK BMA ผูกกลุ่ม {code}",
        "ผูก\u200bกลุ่ม {code}",
    ],
)
def test_a_code_is_read_as_people_write_it(quick_chat: Chat, written: str) -> None:
    code = quick_chat.invite(DIN_DAENG)
    forms = {
        "code": code,
        "lower": code.lower(),
        "spaced": f"{code[:4]} {code[4:]}",
        "dashed": f"{code[:4]}-{code[4:]}",
    }
    office = _unbound(quick_chat)
    office.member().says(written.format(**forms)).sees("group.bound", office="สำนักงานเขตดินแดง")


def test_talk_about_binding_is_no_try(quick_chat: Chat) -> None:
    office = _unbound(quick_chat)
    for talk in ("ผูกกลุ่มแล้วหรือยัง", "ผูกกลุ่ม แล้วยังครับ", "ใครจะผูกกลุ่ม ABCD2345", "binding was done"):
        office.member().says(talk).sees_nothing()
    with quick_chat.reads() as session:
        assert session.get_one(Group, office.id).wrong_codes == 0


def test_the_command_without_a_code_asks_for_one(quick_chat: Chat) -> None:
    _unbound(quick_chat).member().says("ผูกกลุ่ม").sees("group.wrong_code")


def test_a_code_for_an_office_nobody_knows_binds_nothing(quick_chat: Chat) -> None:
    office = _unbound(quick_chat)
    office.member().says(f"ผูกกลุ่ม {quick_chat.invite('district:9999')}").sees("group.wrong_code")
    assert _bound_to(quick_chat, office) is None


def test_no_code_is_kept_in_what_was_written(quick_chat: Chat) -> None:
    code, unspent = quick_chat.invite(DIN_DAENG), quick_chat.invite(WATTHANA)
    office = _unbound(quick_chat)
    office.member().says(f"ผูกกลุ่ม {code}").sees("group.bound")
    for number in range(5):
        office.member().says(f"ผูกกลุ่ม WRONG{number}")
    quick_chat.settles()
    office.member().says(f"ผูกกลุ่ม {unspent}").sees_nothing()
    assert _bound_to(quick_chat, office) == DIN_DAENG
    kept = quick_chat.kept_words(office.id)
    assert code not in kept and unspent not in kept
    with quick_chat.reads() as session:
        assert all(code not in invite.code_hash for invite in session.query(Invite))


def test_two_groups_race_for_one_code(chat: Chat) -> None:
    code = chat.invite(DIN_DAENG)
    offices = [_unbound(chat) for _ in range(2)]
    tries = [chat.line.say(office.id, f"ผูกกลุ่ม {code}", by=office.member().user, deliver=False) for office in offices]
    chat.line.deliver_at_once([one.event_id for one in tries])
    chat.settles()
    assert sorted(str(_bound_to(chat, office)) for office in offices) == ["None", DIN_DAENG]


# --- an unbound group


def test_an_unbound_group_hears_how_to_be_bound_once_and_nothing_else_ever(quick_chat: Chat) -> None:
    bound = quick_chat.coordinators(DIN_DAENG)
    number = quick_chat.has_case(quick_chat.citizen())
    bound.gets_card(number)
    case_id = quick_chat.case().id
    office = _unbound(quick_chat)
    member = office.member()
    member.says("สวัสดีครับ เรื่องลับของเรา").sees_nothing()
    member.says("งานค้าง").sees_nothing()
    member.says("ช่วยเหลือ").sees_nothing()
    member.says("ออกจากกลุ่ม").sees_nothing()
    member.says(number).sees_nothing()
    member.says(f"{number} เสร็จแล้ว").sees_nothing()
    member.sends_photo().sees_nothing()
    member.sends_album(2)
    member.sees_nothing()
    member.sends_sticker(keywords=("ok",)).sees_nothing()
    member.sends_voice().sees_nothing()
    member.sends_file().sees_nothing()
    for data in (
        f"g:{case_id}:card",
        f"g:{case_id}:resolve",
        f"g:{case_id}:undo:2",
        "g:0:photo:1",
        "rubbish",
    ):
        member.postback(data).sees_nothing()
    quoted = member.says("เรื่องนี้").outcome
    assert quoted is not None
    member.quotes(quoted.message_id, "เสร็จแล้วครับ").sees_nothing()
    member.edits("เสร็จแล้วจริง ๆ", message_id=str(quoted.message_id)).sees_nothing()
    quick_chat.line.add_members(office.id, [quick_chat.line.add_user("New")])
    office.sees_nothing()
    assert quick_chat.history() == ["report", "dispatch"]
    kept = quick_chat.kept_words(office.id)
    assert "เรื่องลับ" not in kept and "เสร็จแล้ว" not in kept and number not in kept


def test_a_group_we_never_saw_join_is_told_at_its_first_message_only(quick_chat: Chat) -> None:
    people = {"Somchai": quick_chat.line.add_user("Somchai")}
    office = Office(quick_chat, quick_chat.line.add_group("old", list(people.values())), people)
    office.member().says("มีใครอยู่ไหม").sees("group.not_bound")
    office.member().says("ไม่มี").sees_nothing()


def test_no_case_goes_to_a_group_that_is_not_bound(quick_chat: Chat) -> None:
    office = _unbound(quick_chat)
    nid = quick_chat.citizen()
    number = quick_chat.has_case(nid)
    nid.sees("told.kept", number=number)
    office.sees_nothing()
    assert quick_chat.case().status == "new"


# --- what waits, and what is open


def test_waiting_cases_are_handed_over_when_the_group_is_bound(quick_chat: Chat) -> None:
    nid = quick_chat.citizen()
    numbers = [quick_chat.has_case(nid) for _ in range(3)]
    _listens(nid)
    office = quick_chat.coordinators(DIN_DAENG)
    for number in numbers:
        office.gets_card(number)
        nid.sees("told.dispatched", number=number)
        assert quick_chat.history(number) == ["report", "dispatch"]


def test_of_many_waiting_cases_the_group_gets_four_cards_danger_first_and_a_list_in_one_free_reply(
    quick_chat: Chat,
) -> None:
    nid = quick_chat.citizen()
    numbers = [quick_chat.has_case(nid) for _ in range(7)]
    danger = quick_chat.has_case(nid, description="สายไฟขาดลงน้ำ มีคนโดนไฟดูด ช่วยด้วย")
    office = _unbound(quick_chat)
    office.member().says(f"ผูกกลุ่ม {quick_chat.invite(DIN_DAENG)}").sees("group.bound")
    quick_chat.settles()
    said = quick_chat.line.received(office.id, after=office.since)
    cards = [message.text[:12] for message in said if message.text.startswith("FT")]
    assert cards == [danger, *numbers[:3]]
    assert [message.endpoint for message in said[:5]] == ["reply"] * 5
    assert words_of("card.open_title", count=8) in said[-1].words
    with quick_chat.reads() as session:
        assert all(case.status == "dispatched" for case in session.query(type(quick_chat.case())))


def test_a_second_group_of_an_office_shares_its_cases(quick_chat: Chat) -> None:
    first = quick_chat.coordinators(DIN_DAENG)
    nid = quick_chat.citizen()
    old = quick_chat.has_case(nid)
    first.gets_card(old)
    second = quick_chat.coordinators(DIN_DAENG, "Malee")
    second.sees("card.open_title", count=1)
    new = quick_chat.has_case(nid)
    for office in (first, second):
        card = office.gets_card(new)
    second.member("Malee").quotes(card, "รับทราบครับ").sees("card.update", number=new)
    _listens(first)
    first.member().says(f"{new} รับทราบ").sees("group.stands", number=new)
    assert quick_chat.history(new) == ["report", "dispatch", "acknowledge", "note"]


# --- out of the group, and back


def test_a_removed_bot_unbinds_the_group_and_staff_hear_of_it_and_cases_wait(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators(OMB, "Officer")
    office = quick_chat.coordinators(DIN_DAENG)
    nid = quick_chat.citizen()
    office.gets_card(quick_chat.has_case(nid))
    _listens(staff)
    quick_chat.line.remove_bot(office.id)
    staff.sees("staff.group_lost", office="สำนักงานเขตดินแดง", count=1)
    assert _bound_to(quick_chat, office) is None
    number = quick_chat.has_case(nid)
    nid.sees("told.kept", number=number)
    staff.sees("staff.no_group", number=number, office="สำนักงานเขตดินแดง")

    _listens(office)
    quick_chat.line.invite_bot(office.id)
    office.sees("group.not_bound")
    office.member().says("งานค้าง").sees_nothing()
    office.member().says(f"ผูกกลุ่ม {quick_chat.invite(DIN_DAENG)}").sees("group.bound")
    office.gets_card(number)
    office.sees("card.open_title", count=2)


def test_losing_one_of_two_groups_is_told_as_that(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators(OMB, "Officer")
    first, second = quick_chat.coordinators(DIN_DAENG), quick_chat.coordinators(DIN_DAENG)
    _listens(staff)
    quick_chat.line.remove_bot(first.id)
    staff.sees("staff.group_lost_one", office="สำนักงานเขตดินแดง", count=1)
    second.gets_card(quick_chat.has_case(quick_chat.citizen()))


def test_an_unbound_group_that_removes_the_account_is_nobodys_loss(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators(OMB, "Officer")
    office = _unbound(quick_chat)
    _listens(staff)
    quick_chat.line.remove_bot(office.id)
    staff.sees_nothing()


def test_a_bound_group_that_invites_anew_had_lost_the_account_unseen_and_is_asked_again(
    quick_chat: Chat,
) -> None:
    staff = quick_chat.coordinators(OMB, "Officer")
    office = quick_chat.coordinators(DIN_DAENG)
    _listens(staff)
    _listens(office)
    quick_chat.line.remove_bot(office.id, deliver=False)
    quick_chat.line.invite_bot(office.id)
    office.sees("group.not_bound")
    staff.sees("staff.group_lost")
    assert _bound_to(quick_chat, office) is None


def test_late_news_of_joining_or_leaving_does_not_undo_a_newer_binding(quick_chat: Chat) -> None:
    office = _unbound(quick_chat)
    left = quick_chat.line.remove_bot(office.id, deliver=False)
    quick_chat.waits(seconds=2)
    joined = quick_chat.line.invite_bot(office.id, deliver=False)
    quick_chat.waits(seconds=2)
    office.member().says(f"ผูกกลุ่ม {quick_chat.invite(DIN_DAENG)}").sees("group.bound")
    _listens(office)
    quick_chat.line.deliver([joined.event_id, left.event_id])
    office.sees_nothing()
    assert _bound_to(quick_chat, office) == DIN_DAENG


def test_a_code_of_another_office_moves_the_group_and_the_first_office_is_missed(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators(OMB, "Officer")
    office = quick_chat.coordinators(DIN_DAENG)
    number = quick_chat.has_case(quick_chat.citizen())
    card = office.gets_card(number)
    _listens(staff)
    office.member().says(f"ผูกกลุ่ม {quick_chat.invite(WATTHANA)}").sees("group.bound", office="สำนักงานเขตวัฒนา")
    staff.sees("staff.group_lost", office="สำนักงานเขตดินแดง", count=1)
    office.member().taps("button.acknowledge", card).sees("group.elsewhere")
    assert quick_chat.history() == ["report", "dispatch"]


def test_the_same_office_again_loses_nothing(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators(OMB, "Officer")
    office = quick_chat.coordinators(DIN_DAENG)
    _listens(staff)
    office.member().says(f"ผูกกลุ่ม {quick_chat.invite(DIN_DAENG)}").sees("group.bound")
    staff.sees_nothing()


def test_everything_delivered_twice_binds_once(quick_chat: Chat) -> None:
    quick_chat.has_case(quick_chat.citizen())
    quick_chat.coordinators(DIN_DAENG)
    quick_chat.redelivers_everything().changes_nothing()
