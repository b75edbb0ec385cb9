"""Offers that nobody answers, many at a time: each office, the officers and each reporter hear of them in one call."""

import clock
from cases import lifecycle
from cases.statuses import Action, Actor, Role
from storage.models import Case
from tests.chat import Chat, Listener, listen
from tests.transcripts.office_with_case import DIN_DAENG

WORKS = "dept:public-works"


def _calls(listener: Listener) -> tuple[int, str]:
    """How many calls told of offers since the last act, and all that they said; the digest is another matter."""
    listener.chat.settles()
    heard = listener.chat.line.received(listener.id, after=listener.since)
    said = [one for one in heard if "รับโอน" in one.words or "ไม่ได้รับเรื่อง" in one.words]
    return len({one.request_id for one in said}), "\n".join(one.words for one in said)


def _offer(chat: Chat, number: str, receiver: str | None) -> None:
    sender = Actor(Role.COORDINATOR, person="Usomchai", organisation=DIN_DAENG)
    key = chat.case(number).id
    with chat.parts.database.begin(clock.now()) as session:
        case = session.get_one(Case, key)
        lifecycle.apply(session, case, Action.TRANSFER, sender, clock.now(), note="เป็นทางสายหลัก", receiver=receiver)


def test_twelve_offers_unanswered_for_a_week_are_one_call_to_each(quick_chat: Chat) -> None:
    chat = quick_chat
    chat.turns_to("2027-03-08 09:00")
    office, officers = chat.coordinators(DIN_DAENG, "Somchai"), chat.coordinators("omb", "Duty")
    chat.coordinators(WORKS, "Kai")
    nid, dao = chat.citizen("Nid"), chat.citizen("Dao")
    numbers = [chat.has_case(nid) for _ in range(11)]
    hers = chat.has_case(dao)
    kept, declined = chat.has_case(dao), chat.has_case(dao)
    office.member().says(f"{declined} ไม่รับครับ เป็นที่เอกชน").sees("card.update", number=declined)
    for number in (*numbers, hers):
        _offer(chat, number, WORKS)
    chat.settles()
    listen(office, officers, nid, dao)

    chat.turns_to("2027-03-15 13:00")
    chat.clocks_run()
    chat.clocks_run()

    for listener in (office, officers):
        calls, words = _calls(listener)
        assert calls == 1, words
        assert "12 เรื่อง" in words
    for listener, also in ((office, kept), (officers, declined)):
        heard = chat.line.received(listener.id, after=listener.since)
        told = {one.request_id for one in heard if "รับโอน" in one.words or f"{also} " in one.words}
        assert len(told) == 1, [one.words for one in heard]
        assert any(f"{also} " in one.words for one in heard)
    calls, words = _calls(nid)
    assert calls == 1
    assert [number for number in (*numbers, hers) if number in words] == numbers
    calls, words = _calls(dao)
    assert calls == 1 and hers in words
    for number in (*numbers, hers):
        assert chat.history(number).count("bounce") == 1
        assert chat.case(number).status == "dispatched"


def test_a_tap_in_the_list_opens_the_case(quick_chat: Chat) -> None:
    chat = quick_chat
    chat.turns_to("2027-03-08 09:00")
    office = chat.coordinators(DIN_DAENG, "Somchai")
    works, nid = chat.coordinators(WORKS, "Kai"), chat.citizen("Nid")
    numbers = [chat.has_case(nid) for _ in range(2)]
    for number in numbers:
        _offer(chat, number, WORKS)
    chat.settles()
    listen(office, nid, works)
    chat.turns_to("2027-03-09 08:40")  # they lapse at nine
    chat.clocks_run()
    works.sees("transfer.title_remind", count=2)
    chat.turns_to("2027-03-09 09:30")
    chat.clocks_run()

    office.sees("transfer.title_unanswered", count=2)
    office.member().postback(f"g:{chat.case(numbers[0]).id}:card").reads(numbers[0])
    nid.sees("told.bounce", number=numbers[0])
    nid.sees("told.bounce", number=numbers[1])
