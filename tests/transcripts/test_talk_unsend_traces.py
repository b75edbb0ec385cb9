"""What a person takes back is nowhere any more: not in the raw events, not in the history, which keeps the fact."""

from sqlalchemy import select

from storage.models import HistoryEntry, HistoryWords
from tests.chat import Chat, Office, Person

SECRET = "บ้านเลขที่ 99/KJQX"
MARK = "KJQX"  # raw events are kept in ASCII


def _id(person: Person) -> str:
    assert person.outcome and person.outcome.message_id
    return person.outcome.message_id


def _start(chat: Chat) -> tuple[Office, Person, str]:
    office = chat.coordinators("district:1026", "Pim")
    nid = chat.citizen("Nid")
    return office, nid, nid.reports()


def _must_be_gone(chat: Chat, person: Person) -> None:
    assert MARK not in chat.kept_words(person.id)
    with chat.reads() as session:
        assert not any(MARK in words for words in session.scalars(select(HistoryWords.words)))
        assert not any(MARK in str(details) for details in session.scalars(select(HistoryEntry.details)))


def _notes(chat: Chat, action: str) -> list[str | None]:
    with chat.reads() as session:
        told = select(HistoryEntry).where(HistoryEntry.action == action).order_by(HistoryEntry.id)
        return [entry.note for entry in session.scalars(told)]


def test_words_of_a_report_are_gone_from_the_raw_events_at_once(chat: Chat) -> None:
    nid = chat.citizen("Nid")
    nid.says(f"ไฟดับหน้า{SECRET}").sees("report.ask_place")
    told = _id(nid)
    assert MARK in chat.kept_words(nid.id)

    nid.unsends(told).sees_nothing()
    _must_be_gone(chat, nid)


def test_words_that_come_after_they_were_taken_back_are_not_kept(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says(f"ไฟดับหน้า{SECRET}", deliver=False)
    late = nid.outcome
    assert late and late.message_id
    nid.unsends(late.message_id)
    quick_chat.line.deliver([late.event_id])
    nid.sees_nothing()
    _must_be_gone(quick_chat, nid)


def test_the_answer_to_an_office_taken_back(chat: Chat) -> None:
    office, nid, number = _start(chat)
    office.member().quotes(office.gets_card(number), "ขอเบอร์บ้านด้วยครับ อยู่หลังไหน")
    assert chat.history(number)[-1] in ("ask", "note")
    before = chat.history(number)
    nid.quotes(nid.sees("told.received", number=number).last, SECRET).sees("talk.passed_on", number=number)
    told = _id(nid)

    nid.unsends(told).sees_nothing()
    _must_be_gone(chat, nid)
    assert len(chat.history(number)) == len(before) + 2  # that it was told, and that it was taken back


def test_one_of_several_messages_added_together(chat: Chat) -> None:
    _, nid, number = _start(chat)
    nid.says("ติดตามเรื่อง").taps("button.add_more").says("ต้นที่สาม").says(SECRET)
    told = _id(nid)
    nid.says("มืดมาก").taps("addition.done").sees("talk.passed_on", number=number)
    assert _notes(chat, "add") == [f"ต้นที่สาม\n{SECRET}\nมืดมาก"]

    nid.unsends(told).sees_nothing()
    _must_be_gone(chat, nid)
    assert _notes(chat, "add") == ["ต้นที่สาม\nมืดมาก"]


def test_the_first_of_several_messages_and_the_only_one(quick_chat: Chat) -> None:
    _, nid, _ = _start(quick_chat)
    nid.says("ติดตามเรื่อง").taps("button.add_more").says(SECRET)
    first = _id(nid)
    nid.says("มืดมาก")
    second = _id(nid)
    nid.taps("addition.done").sees("talk.passed_on")

    nid.unsends(first).sees_nothing()
    assert _notes(quick_chat, "add") == ["มืดมาก"]
    nid.unsends(second).sees_nothing()
    assert _notes(quick_chat, "add") == [None]
    _must_be_gone(quick_chat, nid)
