"""Photos in the chat: albums in any order, too many, one event twice, taken back, at the wrong moment."""

import pytest
from sqlalchemy import select

from storage.models import MediaItem
from tests.chat import Chat, Person


def _first_lines(person: Person) -> list[str]:
    return [words.splitlines()[0] for words in person.heard()]


def _to_number(person: Person) -> str:
    person.taps("report.photos_done").taps("report.no_phone").taps("report.hide_name").sees("review.title")
    person.taps("button.confirm_send").sees("told.kept")
    return person.chat.case().number


def _media(chat: Chat) -> list[tuple[str, bool]]:
    """State of each attachment and whether a case has it, in the order they came."""
    with chat.reads() as session:
        items = session.scalars(select(MediaItem).order_by(MediaItem.id))
        return [("withdrawn" if item.state == "withdrawn" else "kept", item.case_id is not None) for item in items]


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 0, 4, 1, 3)])
def test_an_album_in_any_order_is_answered_twice(quick_chat: Chat, order: tuple[int, ...]) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("photos").sends_album(5, order=order)
    assert _first_lines(nid) == ["ได้ 1 รูปแล้ว ส่งเพิ่มได้ หรือกดไปต่อ", "ได้ 5 รูปแล้ว ส่งเพิ่มได้ หรือกดไปต่อ"]


def test_an_album_in_one_request_and_redelivered(chat: Chat) -> None:
    nid = chat.citizen("Nid")
    nid.reaches("photos").sends_album(5, together=True)
    nid.sees("report.photos_count", count=5)
    chat.redelivers_everything().changes_nothing()
    nid.taps("report.photos_done").sees("report.ask_phone")


def test_an_album_that_never_completes_leaves_the_question_and_its_button(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("photos").sends_album(5, order=(0, 1, 3))
    assert _first_lines(nid) == ["ได้ 1 รูปแล้ว ส่งเพิ่มได้ หรือกดไปต่อ"]
    nid.taps("report.photos_done").sees("report.ask_phone")
    assert len([kept for kept, _ in _media(quick_chat) if kept == "kept"]) == 3


def test_an_album_without_numbers_is_answered_photo_by_photo(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("photos").sends_album(3, numbered=False)
    nid.sees("report.photos_count", count=3)
    assert len(nid.heard()) == 3


def test_more_than_ten_are_told_once_and_not_kept(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("photos").sends_album(12)
    nid.sees("report.photos_full_refused", count=10).sees("report.photos_full", count=10)
    assert len(nid.heard()) == 3
    _to_number(nid)
    assert _media(quick_chat) == [*[("kept", True)] * 10, *[("withdrawn", False)] * 2]


def test_the_same_event_twice_counts_once(chat: Chat) -> None:
    nid = chat.citizen("Nid")
    nid.reaches("photos").sends_photo().sees("report.photos_count", count=1)
    chat.line.repeat()
    chat.line.redeliver()
    nid.sends_photo().sees("report.photos_count", count=2)


def test_a_photo_that_is_unsent_leaves_the_draft_and_the_count(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("photos").sends_photo().sees("report.photos_count", count=1)
    taken_back = nid.outcome.message_id if nid.outcome else None
    nid.sends_photo().sees("report.photos_count", count=2)
    nid.unsends(str(taken_back)).sees_nothing()
    nid.sends_photo().sees("report.photos_count", count=2)
    nid.taps("report.photos_done").taps("report.no_phone").taps("report.hide_name").reads("2 รูป")
    nid.taps("button.confirm_send").sees("told.kept")
    assert _media(quick_chat) == [("withdrawn", False), ("kept", True), ("kept", True)]


def test_a_photo_that_is_unsent_before_it_comes_is_not_counted(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("photos").sends_photo(deliver=False)
    late = nid.outcome
    assert late and late.message_id
    nid.unsends(late.message_id)
    quick_chat.line.deliver([late.event_id])
    nid.sends_photo().sees("report.photos_count", count=1)


def test_a_photo_that_is_unsent_after_the_report_leaves_the_case(quick_chat: Chat) -> None:
    din_daeng = quick_chat.coordinators("district:1026")
    nid = quick_chat.citizen("Nid")
    nid.reaches("photos").sends_photo().sees("report.photos_count", count=1)
    taken_back = nid.outcome.message_id if nid.outcome else None
    nid.taps("report.photos_done").taps("report.no_phone").taps("report.hide_name").taps("button.confirm_send")
    nid.sees("told.received")
    din_daeng.gets_card(quick_chat.case().number)
    nid.unsends(str(taken_back)).sees_nothing()
    assert _media(quick_chat) == [("withdrawn", True)]
    assert quick_chat.history()[-1] == "note"
    with quick_chat.reads() as session:
        item = session.scalars(select(MediaItem)).one()
        assert item.source_url is None and item.sha256 is None and item.evidence is None


def test_photos_taken_away_or_given_up_are_forgotten(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("photos").sends_photo().sees("report.photos_count", count=1)
    nid.taps("report.photos_clear").sees("report.photos_cleared").sees("report.ask_photos")
    nid.sends_photo().sees("report.photos_count", count=1)
    nid.says("ยกเลิก").sees("talk.cancelled")
    assert _media(quick_chat) == [("withdrawn", False)] * 2


def test_a_photo_while_a_phone_is_asked_for(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("phone").sends_photo().sees("report.photo_added", count=1).sees("report.ask_phone")
    nid.sends_video().sees("report.attachment_kept").sees("report.ask_phone")


def test_a_nod_after_photos_goes_on(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("photos").says("มีครับ").sees("report.description_added")
    nid.says("ได้ค่ะ").sees("report.photos_send").sees("report.ask_photos")
    nid.sends_photo().sees("report.photos_count", count=1)
    nid.says("โอเค").sees("report.ask_phone")
