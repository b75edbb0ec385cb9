"""Officers join two cases that are one, in their group; everyone behind them hears it once, and it can be undone."""

import pytest
from sqlalchemy import select

from storage.models import Follower
from tests.chat import Chat, Office, Person, listen, words_of
from tests.transcripts.test_followers import SPOT, joins


def _start(chat: Chat) -> tuple[Office, Office, Person, Person, str, str]:
    """Nid's case and, elsewhere, Dao's, which Nid follows too."""
    staff, office = chat.coordinators("omb", "Wit"), chat.coordinators("district:1026")
    nid, dao = chat.citizen("Nid"), chat.citizen("Dao")
    other = chat.has_case(dao, place=SPOT)
    joins(nid, other)
    first = chat.has_case(nid, place=SPOT | {"lat": 13.80})
    chat.settles()
    listen(staff, office, nid, dao)
    return staff, office, nid, dao, first, other


def _following(chat: Chat, number: str) -> int:
    with chat.reads() as session:
        key = chat.case(number).id
        found = select(Follower).where(Follower.case_id == key, Follower.left_at.is_(None))
        return len(list(session.scalars(found)))


def test_two_cases_become_one_and_everyone_hears_it_once(chat: Chat) -> None:
    staff, office, nid, dao, into, case = _start(chat)
    ann = chat.citizen("Ann")
    joins(ann, case)
    office.member().says(f"{case} ซ้ำกับ {into} ครับ").sees("group.step_decline")
    card = staff.gets_card(case)
    chat.settles()
    listen(ann, nid, dao, office)
    staff.member().taps(f"รวมเข้า {into}", card).sees("merging.ask", number=case, into=into)
    assert chat.case(case).status != "merged"
    staff.member().taps("merging.yes").sees("merging.done", number=case, into=into)
    for one in (nid, dao, ann):
        one.sees("told.merge", number=case, into=into)
        assert len(one.heard()) == 1
    assert _following(chat, into) == 2
    office.member().says(f"{into} กำลังทำ")
    for one in (nid, dao, ann):
        one.sees("told.start", number=into)
    assert len([words for words in nid.heard() if into in words and "แก้ไขเรื่อง" in words]) == 1
    dao.says(case).sees("track.merged_into", number=into)
    dao.says(into).sees("track.followed")
    dao.says(f"{case} ยังดับอยู่ค่ะ").sees("followed.noted", number=into)
    chat.redelivers_everything().changes_nothing()


def test_a_slip_is_parted_again(quick_chat: Chat) -> None:
    staff, office, _, dao, into, case = _start(quick_chat)
    before = quick_chat.case(case).status
    staff.member().says(f"รวม {case} เข้า {into}").taps("merging.yes").sees("merging.done")
    staff.member().taps("merging.part").sees("merging.parted", number=case)
    assert quick_chat.case(case).status == before
    assert (_following(quick_chat, into), _following(quick_chat, case)) == (0, 1)
    dao.sees("told.split", number=case)
    staff.member().says(f"แยก {case}").sees("merging.too_late")
    listen(dao)
    office.member().says(f"{case} กำลังทำ")
    dao.sees("told.start", number=case)


def test_what_was_joined_long_ago_stays_joined(quick_chat: Chat) -> None:
    staff, _, _, _, into, case = _start(quick_chat)
    staff.member().says(f"{case} ซ้ำกับ {into}").taps("merging.yes").sees("merging.done")
    quick_chat.waits(days=1, minutes=1)
    staff.member().says(f"แยก {case}").sees("merging.too_late", number=case)
    assert quick_chat.case(case).status == "merged"


def test_no_circles_and_nothing_with_what_is_over(quick_chat: Chat) -> None:
    staff, _, _, _, into, case = _start(quick_chat)
    staff.member().says(f"{case} ซ้ำกับ {into}").taps("merging.yes").sees("merging.done")
    question = staff.member().says(f"{into} ซ้ำกับ {case}").sees("merging.over")
    question.says(f"{into} ซ้ำกับ {into}").sees("merging.same")
    staff.member().says(f"{into} ซ้ำกับ FT6911-09999").sees("desk.unknown")


def test_leaving_the_question_changes_nothing(quick_chat: Chat) -> None:
    staff, office, nid, dao, into, case = _start(quick_chat)
    staff.member().says(f"{case} ซ้ำกับ {into}").taps("merging.no").sees("merging.dropped", number=case)
    for one in (office, nid, dao):
        one.sees_nothing()
    assert _following(quick_chat, into) == 0


def test_a_secret_case_is_joined_with_none(quick_chat: Chat) -> None:
    staff, _, _, dao, into, _ = _start(quick_chat)
    secret = quick_chat.has_case(dao, place=SPOT, category="official")
    for words in (f"{secret} ซ้ำกับ {into}", f"{into} ซ้ำกับ {secret}"):
        staff.member().says(words).sees("merging.confidential")
    keys = quick_chat.case(secret).id, quick_chat.case(into).id
    staff.member().postback(f"g:{keys[0]}:merge:{keys[1]}").sees("merging.confidential")
    staff.member().postback(f"g:{keys[1]}:merge:{keys[0]}").sees("merging.confidential")
    assert quick_chat.case(secret).merged_into is None


@pytest.mark.parametrize("words", ["{case} ซ้ำกับ {into}", "รวม {case} เข้า {into}"])
def test_an_office_cannot_join_cases(quick_chat: Chat, words: str) -> None:
    _, office, _, _, into, case = _start(quick_chat)
    office.member().says(words.format(case=case, into=into))
    quick_chat.settles()
    office.member().postback(f"g:{quick_chat.case(case).id}:merge:{quick_chat.case(into).id}")
    quick_chat.settles()
    assert quick_chat.case(case).merged_into is None


def test_the_reporter_of_the_case_that_goes_on_hears_it_once(quick_chat: Chat) -> None:
    staff, office = quick_chat.coordinators("omb", "Wit"), quick_chat.coordinators("district:1026")
    people = [quick_chat.citizen(name) for name in ("Nid", "Dao", "Ann")]
    into, first, second = (quick_chat.has_case(one, place=SPOT | {"lat": 13.8 + at}) for at, one in enumerate(people))
    quick_chat.turns_to("2026-11-24 10:00")
    listen(staff, office, *people)
    for number in (first, second):
        staff.member().says(f"{number} ซ้ำกับ {into}").taps("merging.yes").sees("merging.done")
    people[1].sees("told.merge", number=first, into=into)
    quick_chat.clocks_run()
    people[0].sees("told.joined", number=into)
    quick_chat.clocks_run()
    assert len([words for words in people[0].heard() if words_of("told.joined", number=into) in words]) == 1
    assert first not in "".join(people[0].heard())


def test_what_was_parted_before_they_heard_is_not_told(quick_chat: Chat) -> None:
    staff, nid, dao = quick_chat.coordinators("omb", "Wit"), quick_chat.citizen("Nid"), quick_chat.citizen("Dao")
    quick_chat.coordinators("district:1026")
    into, case = quick_chat.has_case(nid, place=SPOT), quick_chat.has_case(dao, place=SPOT | {"lat": 13.9})
    quick_chat.turns_to("2026-11-24 10:00")
    listen(staff, nid, dao)
    staff.member().says(f"{case} ซ้ำกับ {into}").taps("merging.yes").sees("merging.done")
    staff.member().taps("merging.part").sees("merging.parted", number=case)
    quick_chat.clocks_run()
    assert not any(words_of("told.joined", number=into) in words for words in nid.heard())
