"""Photos in a group name no case: who sent them and when does, or one question that anyone answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jobs.retention import forget_group_photos
from simulator.outcomes import BotMessage
from storage.models import MediaItem
from tests.chat import Chat, Office, Person, listen, words_of

DIN_DAENG, WATTHANA = "district:1026", "district:1039"


@pytest.fixture
def plain_chat(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chat]:
    """A product whose own address LINE fetches no pictures from."""
    with Chat(sqlite_url, tmp_path, monkeypatch, public_base_url="http://fasttrack.example") as running:
        yield running
        running.must_be_clean()


def _begin(chat: Chat, cases: int = 1) -> tuple[Office, Person, list[BotMessage]]:
    """A district, its cases, and their cards."""
    office, nid = chat.coordinators(DIN_DAENG, "Somchai", "Pim"), chat.citizen()
    cards = [office.gets_card(chat.has_case(nid)) for _ in range(cases)]
    listen(office, nid)
    return office, nid, cards


def _photos(chat: Chat, card: BotMessage) -> list[str]:
    """The roles of the photos that a case got from its group."""
    chat.settles()
    with chat.reads() as session:
        case_id = chat.case(card.text[:12]).id
        found = session.query(MediaItem).filter_by(case_id=case_id).order_by(MediaItem.id)
        return [item.role for item in found]


def _unclaimed(chat: Chat) -> list[str]:
    with chat.reads() as session:
        return [item.state for item in session.query(MediaItem).filter_by(case_id=None).order_by(MediaItem.id)]


def _pictures(message: BotMessage | None) -> int:
    """How many photos a card shows."""
    assert message is not None
    return str(message.message).count("'type': 'image'")


# --- no case it could show


def test_a_photo_while_nothing_is_open_is_silence_and_not_copied(quick_chat: Chat) -> None:
    office = quick_chat.coordinators(DIN_DAENG)
    listen(office)
    office.member().sends_photo()
    office.member().sends_album(3)
    office.sees_nothing()
    assert quick_chat.count(MediaItem) == 0


# --- around an update


def test_photos_before_and_after_an_update_of_the_only_case_go_with_it(quick_chat: Chat) -> None:
    office, nid, [card] = _begin(quick_chat)
    somchai = office.member("Somchai")
    somchai.sends_photo().sees("card.whose_photo")
    quick_chat.waits(minutes=4)
    somchai.quotes(card, "เสร็จแล้วครับ").sees("card.update_photos", count=1)
    closure = nid.sees("closure.resolved_question").last
    assert _pictures(closure) == 1
    listen(nid)
    quick_chat.waits(minutes=4)
    somchai.sends_photo().sees_nothing()
    nid.sees_nothing()
    assert _photos(quick_chat, card) == ["after", "after"]


def test_a_photo_that_was_asked_about_is_nobodys_until_someone_says_whose(quick_chat: Chat) -> None:
    office, nid, [mine, other] = _begin(quick_chat, 2)
    somchai = office.member("Somchai")
    asked = somchai.sends_photo().sees("card.whose_photo").last
    assert asked is not None
    line = somchai.quotes(other, "เสร็จแล้วครับ").sees("card.update").last
    assert line is not None and line.labels == [words_of("button.attach_photo"), words_of("button.undo")]
    assert _pictures(nid.sees("closure.resolved_question").last) == 0
    assert (_photos(quick_chat, mine), _photos(quick_chat, other)) == ([], [])
    office.member("Pim").taps(mine.text[:12], asked).sees("group.photo_got", number=mine.text[:12], count=1)
    assert (_photos(quick_chat, mine), _photos(quick_chat, other)) == (["after"], [])


def test_one_tap_on_the_line_gives_the_case_the_photo_sent_before_it(quick_chat: Chat) -> None:
    office, nid, [card, _] = _begin(quick_chat, 2)
    office.member().sends_photo().sees("card.whose_photo")
    line = office.member().quotes(card, "เสร็จแล้วครับ").sees("card.update").last
    nid.sees("closure.resolved_question")
    listen(nid)
    office.member().taps("button.attach_photo", line).sees("group.photo_got", number=card.text[:12])
    assert _pictures(nid.sees("told.after_photo").last) == 1
    office.member().quotes(card, "แก้กลับ").sees("group.undone")


def test_the_question_by_when_offers_the_photo_sent_before_it_too(quick_chat: Chat) -> None:
    office, _, [card, _] = _begin(quick_chat, 2)
    office.member().sends_photo().sees("card.whose_photo")
    asked = office.member().taps("button.acknowledge", card).sees("question.date").last
    office.member().taps("button.attach_photo", asked).sees("group.photo_got", number=card.text[:12])
    assert _photos(quick_chat, card) == ["after"]


def test_photos_that_come_after_done_are_shown_to_the_reporter_without_asking_again(quick_chat: Chat) -> None:
    office, nid, [card, _] = _begin(quick_chat, 2)
    office.member().quotes(card, "เสร็จแล้วครับ").sees("card.update")
    assert _pictures(nid.sees("closure.resolved_question").last) == 0
    listen(office, nid)
    office.member().sends_album(3)
    office.sees("card.update_photos", count=1)
    added = nid.sees("told.after_photo", number=card.text[:12], office="เขตดินแดง").last
    assert _pictures(added) == 1
    assert len(nid.heard()) == 1, "one picture more, not one a photo"
    assert len(office.heard()) == 1
    assert _photos(quick_chat, card) == ["after"] * 3
    nid.taps("button.all_well").sees("talk.judged_yes")


def test_photos_before_with_and_after_done_bring_one_question_in_all(quick_chat: Chat) -> None:
    office, nid, [card] = _begin(quick_chat)
    somchai = office.member("Somchai")
    somchai.sends_photo().sees("card.whose_photo")
    somchai.quotes(card, "เสร็จแล้วครับ").sees("card.update_photos", count=1)
    somchai.sends_album(3)
    quick_chat.waits(seconds=20)
    somchai.sends_photo()
    said = nid.heard()
    assert len([words for words in said if words_of("closure.resolved_question") in words]) == 1
    assert len(said) == 1
    assert _photos(quick_chat, card) == ["after"] * 5


def test_where_line_cannot_fetch_pictures_a_late_photo_is_not_announced(plain_chat: Chat) -> None:
    office, nid, [card] = _begin(plain_chat)
    office.member().quotes(card, "เสร็จแล้วครับ").sees("card.update")
    nid.sees("closure.resolved_question")
    listen(nid)
    office.member().sends_photo().sees("card.update_photos", count=1)
    nid.sees_nothing()


def test_an_after_photo_taken_back_leaves_room_for_another(quick_chat: Chat) -> None:
    office, nid, [card] = _begin(quick_chat)
    office.member().quotes(card, "เสร็จแล้วครับ").sees("card.update")
    sent = office.member().sends_photo().sees("card.update_photos").outcome
    assert sent is not None
    nid.sees("told.after_photo")
    office.member().unsends(str(sent.message_id))
    listen(nid)
    office.member().sends_photo()
    assert _pictures(nid.sees("told.after_photo").last) == 1


def test_the_late_photo_of_a_not_found_asks_nothing_again(quick_chat: Chat) -> None:
    office, nid, [card] = _begin(quick_chat)
    office.member().quotes(card, "ไปตรวจแล้วไม่พบปัญหาครับ").sees("group.step_not_found")
    nid.sees("closure.not_found_question")
    listen(nid)
    office.member().sends_photo()
    nid.sees("told.after_photo")
    assert words_of("closure.not_found_question") not in " ".join(nid.heard())


def test_a_photo_of_the_work_is_not_shown_as_its_end(quick_chat: Chat) -> None:
    office, nid, [card] = _begin(quick_chat)
    office.member().quotes(card, "กำลังทำครับ").sees("card.update")
    office.member().sends_photo().sees("card.update_photos", count=1)
    quick_chat.waits(minutes=30)
    office.member().quotes(card, "เสร็จแล้วครับ").sees("card.update")
    assert _pictures(nid.sees("closure.resolved_question").last) == 0
    assert _photos(quick_chat, card) == ["extra"]


def test_a_photo_sent_with_the_work_a_moment_before_its_end_shows_the_end(quick_chat: Chat) -> None:
    office, nid, [card] = _begin(quick_chat)
    office.member().quotes(card, "กำลังทำครับ").sees("card.update")
    office.member().sends_photo().sees("card.update_photos", count=1)
    quick_chat.waits(minutes=2)
    office.member().quotes(card, "เสร็จแล้วครับ").sees("card.update_photos", count=1)
    assert _pictures(nid.sees("closure.resolved_question").last) == 1


def test_two_people_send_photos_for_two_cases_at_once(chat: Chat) -> None:
    office, _, [first, second] = _begin(chat, 2)
    somchai, pim = office.member("Somchai"), office.member("Pim")
    somchai.quotes(first, "เสร็จแล้วครับ").sees("card.update")
    pim.quotes(second, "เสร็จแล้วค่ะ").sees("card.update")
    sent = [person.sends_photo(deliver=False).outcome for person in (somchai, pim, somchai, pim, somchai)]
    chat.line.deliver_at_once([one.event_id for one in sent if one])
    chat.settles()
    assert (len(_photos(chat, first)), len(_photos(chat, second))) == (3, 2)
    assert _unclaimed(chat) == []


def test_an_album_before_the_words_goes_whole(quick_chat: Chat) -> None:
    office, _, [card] = _begin(quick_chat)
    office.member().sends_album(4)
    office.sees("card.whose_photo")
    office.member().quotes(card, "เสร็จแล้วครับ").sees("card.update_photos", count=4)
    assert _photos(quick_chat, card) == ["after"] * 4


def test_the_photos_of_one_person_do_not_go_with_anothers_words(quick_chat: Chat) -> None:
    office, _, [card, _] = _begin(quick_chat, 2)
    office.member("Pim").sends_photo().sees("card.whose_photo")
    office.member("Somchai").quotes(card, "เสร็จแล้วครับ").sees("card.update")
    assert _photos(quick_chat, card) == []
    assert _unclaimed(quick_chat) == ["stored"]


def test_after_five_minutes_a_photo_is_asked_about(quick_chat: Chat) -> None:
    office, _, [card, _] = _begin(quick_chat, 2)
    office.member().quotes(card, "กำลังทำครับ").sees("card.update")
    quick_chat.waits(minutes=6)
    office.member().sends_photo().sees("card.whose_photo")
    quick_chat.waits(minutes=6)
    office.member().quotes(card, "เสร็จแล้วครับ").sees("card.update")
    assert _photos(quick_chat, card) == []


def test_an_undone_update_gives_its_photos_back_and_the_right_one_gets_them(quick_chat: Chat) -> None:
    office, _, [wrong, right] = _begin(quick_chat, 2)
    somchai = office.member("Somchai")
    somchai.quotes(wrong, "เสร็จแล้วครับ").sees("card.update")
    somchai.sends_album(2)
    quick_chat.settles()
    assert _photos(quick_chat, wrong) == ["after", "after"]
    somchai.quotes(wrong, "แก้กลับ").sees("group.undone").sees("card.whose_photo")
    assert _photos(quick_chat, wrong) == []
    line = somchai.quotes(right, "เสร็จแล้วครับ").sees("card.update").last
    somchai.taps("button.attach_photo", line).sees("card.update_photos", count=2)
    assert (_photos(quick_chat, wrong), _photos(quick_chat, right)) == ([], ["after", "after"])


def test_a_photo_after_an_undo_does_not_follow_the_undone_update(quick_chat: Chat) -> None:
    office, _, [card, _] = _begin(quick_chat, 2)
    office.member().quotes(card, "เสร็จแล้วครับ").sees("card.update")
    office.member().quotes(card, "แก้กลับ").sees("group.undone")
    office.member().sends_photo().sees("card.whose_photo")
    assert _photos(quick_chat, card) == []


def test_photos_of_a_second_done_are_kept_too(quick_chat: Chat) -> None:
    office, nid, [card] = _begin(quick_chat)
    office.member("Pim").quotes(card, "เสร็จแล้วค่ะ").sees("card.update")
    nid.sees("closure.resolved_question")
    listen(nid)
    office.member("Somchai").sends_photo()
    office.member("Somchai").quotes(card, "เสร็จแล้วครับ").sees("group.stands")
    assert _photos(quick_chat, card) == ["after"]
    assert _pictures(nid.sees("told.after_photo").last) == 1


# --- the question


def test_one_question_for_all_photos_of_the_moment_answered_by_anyone(quick_chat: Chat) -> None:
    office, nid, [first, second] = _begin(quick_chat, 2)
    somchai = office.member("Somchai")
    asked = somchai.sends_photo().sees("card.whose_photo").last
    assert asked is not None and asked.endpoint == "reply"
    quick_chat.waits(minutes=4)
    somchai.sends_photo().sees_nothing()
    quick_chat.waits(minutes=4)
    somchai.sends_photo().sees_nothing()
    label = next(label for label in asked.labels if label.startswith(second.text[:12]))
    office.member("Pim").taps(label, asked).sees("card.update_photos", count=3)
    assert (_photos(quick_chat, first), _photos(quick_chat, second)) == ([], ["after"] * 3)
    nid.sees_nothing()


def test_the_answer_tapped_twice_changes_nothing_and_another_answer_moves_the_photos(quick_chat: Chat) -> None:
    office, _, [first, second] = _begin(quick_chat, 2)
    asked = office.member().sends_photo().sees("card.whose_photo").last
    assert asked is not None
    labels = {label[:12]: label for label in asked.labels}
    office.member("Pim").taps(labels[first.text[:12]], asked).sees("card.update_photos", count=1)
    office.member("Somchai").taps(labels[first.text[:12]], asked).sees("group.photo_taken", number=first.text[:12])
    office.member("Somchai").taps("button.not_related", asked).sees("group.photo_taken", number=first.text[:12])
    assert (len(_photos(quick_chat, first)), len(_photos(quick_chat, second))) == (1, 0)
    office.member("Somchai").taps(labels[second.text[:12]], asked).sees("group.photo_moved", number=second.text[:12])
    assert (len(_photos(quick_chat, first)), len(_photos(quick_chat, second))) == (0, 1)
    quick_chat.moves(second.text[:12], WATTHANA)
    office.member("Somchai").taps(labels[first.text[:12]], asked).sees("group.photo_taken")
    assert (len(_photos(quick_chat, first)), len(_photos(quick_chat, second))) == (0, 1)


def test_photos_of_no_case_are_not_kept(quick_chat: Chat) -> None:
    office, _, [first, _] = _begin(quick_chat, 2)
    office.member().sends_album(2)
    asked = office.sees("card.whose_photo").last
    assert asked is not None
    quick_chat.settles()
    office.member("Pim").taps("button.not_related", asked).sees("group.photo_unrelated")
    assert _unclaimed(quick_chat) == ["withdrawn", "withdrawn"]
    office.member("Pim").taps("button.not_related", asked).sees("group.photo_gone")
    label = next(label for label in asked.labels if label.startswith(first.text[:12]))
    office.member("Somchai").taps(label, asked).sees("group.photo_gone")
    assert "note" not in quick_chat.history(first.text[:12])


def test_a_photo_taken_back_is_gone_from_the_question(quick_chat: Chat) -> None:
    office, _, [first, _] = _begin(quick_chat, 2)
    sent = office.member().sends_photo().sees("card.whose_photo")
    asked = sent.last
    assert sent.outcome is not None and asked is not None
    office.member().unsends(str(sent.outcome.message_id)).sees_nothing()
    label = next(label for label in asked.labels if label.startswith(first.text[:12]))
    office.member().taps(label, asked).sees("group.photo_gone")
    assert _photos(quick_chat, first) == []


def test_a_person_whom_line_does_not_name_is_asked_each_time(quick_chat: Chat) -> None:
    office, _, [first, second] = _begin(quick_chat, 2)
    unknown = office.member(known=False)
    unknown.quotes(first, "กำลังทำครับ").sees("card.update")
    asked = unknown.sends_photo().sees("card.whose_photo").last
    office.member("Pim", known=False).sends_photo().sees("card.whose_photo")
    assert asked is not None
    label = next(label for label in asked.labels if label.startswith(second.text[:12]))
    unknown.taps(label, asked).sees("card.update_photos", count=1)
    assert (_photos(quick_chat, first), _photos(quick_chat, second)) == ([], ["after"])


def test_the_album_of_a_person_whom_line_does_not_name_is_asked_about_once(quick_chat: Chat) -> None:
    office, _, [first, second] = _begin(quick_chat, 2)
    office.member(known=False).sends_album(3)
    asked = office.sees("card.whose_photo").last
    office.member("Pim", known=False).sends_photo()
    assert asked is not None
    assert len([words for words in office.heard() if words_of("card.whose_photo") in words]) == 2
    label = next(label for label in asked.labels if label.startswith(second.text[:12]))
    office.member("Pim").taps(label, asked).sees("card.update_photos", count=3)
    assert (_photos(quick_chat, first), _photos(quick_chat, second)) == ([], ["after"] * 3)
    assert len(_unclaimed(quick_chat)) == 1, "another unknown person's photo stays apart"


def test_photos_that_nobody_claims_are_gone_after_a_day(quick_chat: Chat) -> None:
    office, _, [card, _] = _begin(quick_chat, 2)
    office.member().sends_photo().sees("card.whose_photo")
    quick_chat.settles()
    quick_chat.waits(hours=23)
    office.member("Pim").sends_photo().sees("card.whose_photo")
    quick_chat.settles()
    quick_chat.waits(hours=2)
    forget_group_photos(quick_chat.parts.database)
    assert _unclaimed(quick_chat) == ["withdrawn", "stored"]
    assert _photos(quick_chat, card) == []


def test_a_photo_that_an_undo_gave_back_is_kept_for_another_day(quick_chat: Chat) -> None:
    office, _, [card, _] = _begin(quick_chat, 2)
    office.member().quotes(card, "เสร็จแล้วครับ").sees("card.update")
    office.member().sends_photo().sees("card.update_photos")
    quick_chat.waits(hours=25)
    forget_group_photos(quick_chat.parts.database)
    assert _photos(quick_chat, card) == ["after"]
    office.member().quotes(card, "แก้กลับ").sees("group.undone").sees("card.whose_photo")
    forget_group_photos(quick_chat.parts.database)
    assert _unclaimed(quick_chat) == ["stored"]
    quick_chat.waits(hours=25)
    forget_group_photos(quick_chat.parts.database)
    assert _unclaimed(quick_chat) == ["withdrawn"]


def test_the_question_of_another_group_or_a_case_that_moved_takes_no_photo(quick_chat: Chat) -> None:
    office, _, [first, _] = _begin(quick_chat, 2)
    asked = office.member().sends_photo().sees("card.whose_photo").last
    assert asked is not None
    with quick_chat.reads() as session:
        media_id = session.query(MediaItem).one().id
    elsewhere = quick_chat.coordinators(WATTHANA)
    elsewhere.member().postback(f"g:{quick_chat.case(first.text[:12]).id}:photo:{media_id}").sees_nothing()
    quick_chat.moves(first.text[:12], WATTHANA)
    label = next(label for label in asked.labels if label.startswith(first.text[:12]))
    office.member().taps(label, asked).sees("group.elsewhere")
    assert _photos(quick_chat, first) == []


def test_a_video_goes_with_its_update_and_is_no_picture(quick_chat: Chat) -> None:
    office, nid, [card] = _begin(quick_chat)
    office.member().quotes(card, "เสร็จแล้วครับ").sees("card.update")
    nid.sees("closure.resolved_question")
    listen(nid)
    office.member().sends_video().sees("card.update_photos", count=1)
    nid.sees_nothing()
    office.member().sends_photo()
    assert _pictures(nid.sees("told.after_photo").last) == 1


def test_everything_delivered_twice_attaches_once(quick_chat: Chat) -> None:
    office, nid, [card] = _begin(quick_chat)
    office.member().sends_photo().sees("card.whose_photo")
    office.member().quotes(card, "เสร็จแล้วครับ").sees("card.update_photos", count=1)
    nid.sees("closure.resolved_question")
    quick_chat.redelivers_everything().changes_nothing()
    assert _photos(quick_chat, card) == ["after"]
