"""Groups that do not reach their office any more are shown to officers; who is in them is asked, and forgotten."""

from datetime import timedelta

from simulator.outcomes import BotMessage
from storage import roster
from storage.models import Group, GroupPerson
from tests.chat import Chat, Office, listen, words_of
from texts.catalog import say

DIN_DAENG, WATTHANA, OMB = "district:1026", "district:1039", "omb"
MONDAY, NEXT_MONDAY, TUESDAY_AFTER = "2026-11-23 10:00", "2026-11-30 11:00", "2026-12-01 11:00"


def _turns(chat: Chat, moment: str) -> None:
    """The clock goes on once nothing is on its way: a reply token does not live that long."""
    chat.settles()
    chat.turns_to(moment)


def _shown(chat: Chat, staff: Office) -> list[BotMessage]:
    """What officers see of groups out of reach with the next free reply in their group."""
    listen(staff)
    chat.clocks_run()
    staff.member().says("สรุป")
    chat.settles()
    title = words_of("roster.title", count="").strip()[:20]
    return [one for one in chat.line.received(staff.id, after=staff.since) if title in one.words]


def _begin(chat: Chat) -> tuple[Office, Office]:
    _turns(chat, MONDAY)
    return chat.coordinators(OMB, "Officer"), chat.coordinators(DIN_DAENG, "สมชาย", "พิม")


def test_a_group_that_never_answered_is_shown_once_a_week_and_no_more_once_it_did(chat: Chat) -> None:
    staff, office = _begin(chat)
    number = chat.has_case(chat.citizen())
    assert _shown(chat, staff) == []
    _turns(chat, NEXT_MONDAY)
    (listed,) = _shown(chat, staff)
    assert "สำนักงานเขตดินแดง" in listed.words and words_of("roster.unanswered", days=7)[:20] in listed.words
    assert words_of("roster.open", count=1) in listed.words and number not in listed.words
    _turns(chat, TUESDAY_AFTER)
    assert _shown(chat, staff) == []
    office.member().says(f"{number} กำลังทำ").sees("card.update")
    _turns(chat, "2026-12-08 10:00")
    assert words_of("roster.unanswered", days=0)[:15] not in " ".join(one.words for one in _shown(chat, staff))


def test_silence_counts_only_while_something_is_open_and_any_word_ends_it(quick_chat: Chat) -> None:
    staff, office = _begin(quick_chat)
    nid = quick_chat.citizen()
    first = quick_chat.has_case(nid)
    office.member().says(f"{first} เสร็จแล้ว").sees("card.update")
    _turns(quick_chat, "2026-12-14 10:00")
    assert _shown(quick_chat, staff) == [], "nothing was open for three weeks"
    second = quick_chat.has_case(nid)
    _turns(quick_chat, "2026-12-22 11:00")
    (listed,) = _shown(quick_chat, staff)
    assert words_of("roster.silent", days=8) in listed.words
    office.member().says("เที่ยงนี้ไปกินข้าวกัน")
    quick_chat.settles()
    _turns(quick_chat, "2026-12-28 10:00")
    assert quick_chat.case(second).status == "dispatched"
    assert _shown(quick_chat, staff) == []


def test_a_second_group_that_works_makes_up_for_a_silent_one(quick_chat: Chat) -> None:
    staff, _ = _begin(quick_chat)
    other = quick_chat.coordinators(DIN_DAENG, "ดาว")
    number = quick_chat.has_case(quick_chat.citizen())
    _turns(quick_chat, "2026-11-27 10:00")
    other.member().says(f"{number} กำลังทำ").sees("card.update")
    _turns(quick_chat, NEXT_MONDAY)
    assert _shown(quick_chat, staff) == []


def test_an_office_that_lost_its_group_is_shown_with_where_a_code_for_a_new_one_is_made(quick_chat: Chat) -> None:
    staff, office = _begin(quick_chat)
    quick_chat.line.remove_bot(office.id)
    staff.sees("staff.group_lost")
    assert _shown(quick_chat, staff) == [], "they have just heard of it"
    _turns(quick_chat, NEXT_MONDAY)
    (listed,) = _shown(quick_chat, staff)
    assert words_of("roster.lost") in listed.words and say("th", "console.menu.groups") in listed.words
    assert "fasttrack" not in listed.words, "nobody who reads it in LINE can run a command"


def test_confidential_cases_count_for_nobody(quick_chat: Chat) -> None:
    staff, _ = _begin(quick_chat)
    quick_chat.has_case(quick_chat.citizen(), category="official", description="เจ้าหน้าที่เรียกเงิน")
    _turns(quick_chat, NEXT_MONDAY)
    assert _shown(quick_chat, staff) == []


def test_nothing_is_said_at_night_or_on_a_holiday(quick_chat: Chat) -> None:
    staff, _ = _begin(quick_chat)
    quick_chat.has_case(quick_chat.citizen())
    for moment in ("2026-12-05 10:00", "2026-12-06 10:00", "2026-12-07 10:00", "2026-12-08 06:00"):
        _turns(quick_chat, moment)  # a weekend, the day off in its place, and early
        assert _shown(quick_chat, staff) == []
    _turns(quick_chat, "2026-12-08 09:00")
    assert len(_shown(quick_chat, staff)) == 1


def _asked(chat: Chat, office: Office) -> list[BotMessage]:
    """What the group is asked about itself with its next free reply."""
    listen(office)
    chat.clocks_run()
    office.member().says("สรุป")
    chat.settles()
    question = words_of("roster.ask", names="")[:25]
    return [one for one in chat.line.received(office.id, after=office.since) if question in one.words]


def _works_for_a_month(chat: Chat) -> tuple[Office, Office]:
    staff, office = _begin(chat)
    number = chat.has_case(chat.citizen())
    office.member("สมชาย").says(f"{number} กำลังทำ").sees("card.update")
    office.member("พิม").says(f"{number} เสร็จแล้ว").sees("card.update")
    assert chat.parts.namer is not None
    chat.settles()
    chat.parts.namer.ask_wanted()
    _turns(chat, "2026-12-15 10:00")
    return staff, office


def test_once_a_month_a_group_is_asked_who_is_still_there_for_free(quick_chat: Chat) -> None:
    staff, office = _works_for_a_month(quick_chat)
    (asked,) = _asked(quick_chat, office)
    assert asked.endpoint == "reply" and "สมชาย" in asked.words and "พิม" in asked.words
    assert _asked(quick_chat, office) == []
    office.member().taps("button.roster_same", asked).sees("roster.same")
    listen(staff)
    office.member().taps("button.roster_changed", asked).sees("roster.changed")
    staff.member().says("สรุป")
    staff.sees("roster.staff_changed", office="สำนักงานเขตดินแดง")
    _turns(quick_chat, "2027-01-05 10:00")
    assert len(_asked(quick_chat, office)) == 1


def test_a_group_in_which_nobody_acted_of_late_is_not_asked(quick_chat: Chat) -> None:
    _, office = _begin(quick_chat)
    _turns(quick_chat, "2026-12-15 10:00")
    assert _asked(quick_chat, office) == []


def test_who_left_the_group_is_forgotten(chat: Chat) -> None:
    _, office = _works_for_a_month(chat)
    chat.line.remove_members(office.id, [office.people["พิม"]])
    chat.settles()
    with chat.reads() as session:
        assert {row.user_id for row in session.query(GroupPerson)} == {office.people["สมชาย"]}
    (asked,) = _asked(chat, office)
    assert "พิม" not in asked.words


def test_most_events_write_nothing_about_when_a_group_was_heard(quick_chat: Chat) -> None:
    _, office = _begin(quick_chat)
    with quick_chat.reads() as session:
        group = session.get_one(Group, office.id)
        heard = group.heard_at
        assert heard is not None
        roster.hear(group, heard + timedelta(minutes=59))
        assert group.heard_at == heard
        roster.hear(group, heard - timedelta(days=1))
        assert group.heard_at == heard
        roster.hear(group, heard + timedelta(minutes=61))
        assert group.heard_at == heard + timedelta(minutes=61)


def test_after_an_absence_of_ours_it_is_told_at_most_weekly_and_of_nobody_who_waits(quick_chat: Chat) -> None:
    staff, office = _begin(quick_chat)
    waits = quick_chat.coordinators(WATTHANA, "ดาว")
    number = quick_chat.has_case(quick_chat.citizen())
    asked = quick_chat.has_case(quick_chat.citizen("Dao"), place={"org": WATTHANA, "how": "address", "words": "ซอย 9"})
    waits.member().says(f"{asked} ซอยไหนครับ").sees("question.title").taps("question.send").sees("group.step_ask")
    _turns(quick_chat, "2026-12-03 10:00")  # a Thursday
    (listed,) = _shown(quick_chat, staff)
    assert "สำนักงานเขตดินแดง" in listed.words and "สำนักงานเขตวัฒนา" not in listed.words
    _turns(quick_chat, "2026-12-08 10:00")  # the first working day of the next week
    assert _shown(quick_chat, staff) == []
    _turns(quick_chat, "2026-12-11 10:00")
    assert len(_shown(quick_chat, staff)) == 1
    assert quick_chat.case(number).status == "dispatched" and office.people


def test_the_time_we_were_down_ourselves_is_nobodys_silence(quick_chat: Chat) -> None:
    staff, _ = _begin(quick_chat)
    quick_chat.has_case(quick_chat.citizen())
    quick_chat.settles()
    quick_chat._stop()
    quick_chat.turns_to(NEXT_MONDAY)
    quick_chat._start()
    assert _shown(quick_chat, staff) == [], "nobody could have answered"
    _turns(quick_chat, "2026-12-08 11:00")
    quick_chat.restarts()
    (listed,) = _shown(quick_chat, staff)
    assert words_of("roster.unanswered", days=8)[:20] in listed.words
