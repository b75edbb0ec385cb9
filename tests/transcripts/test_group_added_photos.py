"""What the reporter adds later in pictures is seen in the group, and what they took back is not counted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.outcomes import BotMessage
from tests.chat import Chat, Office, Person, listen, words_of

DIN_DAENG = "district:1026"


@pytest.fixture
def plain_chat(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chat]:
    """A product whose own address LINE fetches no pictures from."""
    with Chat(sqlite_url, tmp_path, monkeypatch, public_base_url="http://fasttrack.example") as running:
        yield running
        running.must_be_clean()


def _begin(chat: Chat) -> tuple[Office, Person, BotMessage, str]:
    """A case whose reporter was asked something, and may answer by a picture."""
    office, nid = chat.coordinators(DIN_DAENG, "Somchai", "Pim"), chat.citizen()
    number = chat.has_case(nid)
    card = office.gets_card(number)
    office.member().quotes(card, "เสาต้นไหนครับ").sees("question.title").taps("question.send").sees("group.step_ask")
    nid.sees("told.ask", number=number)
    listen(office, nid)
    return office, nid, card, number


def _pictures(message: BotMessage | None) -> int:
    assert message is not None
    return str(message.message).count("'type': 'image'")


def test_where_line_cannot_fetch_pictures_the_group_is_told_in_words(plain_chat: Chat) -> None:
    office, nid, _, number = _begin(plain_chat)
    nid.sends_photo().sees("talk.passed_on", number=number)
    told = office.sees("group.told_answer", number=number, note=words_of("group.photos_added", count=1)).last
    assert told is not None and told.message["type"] == "text"


def test_a_picture_that_answers_a_question_is_shown_to_the_group(quick_chat: Chat) -> None:
    office, nid, _, number = _begin(quick_chat)
    nid.sends_photo().sees("talk.passed_on", number=number)
    told = office.sees("group.told_answer", number=number).last
    assert told is not None and told.text.startswith(number)
    assert _pictures(told) == 1
    office.member().quotes(told, "เสร็จแล้วครับ").sees("card.update", number=number)


def test_all_pictures_of_an_album_are_shown_together_each_once(quick_chat: Chat) -> None:
    office, nid, _, number = _begin(quick_chat)
    nid.sends_album(4)
    office.sees("group.told_answer", number=number, note=words_of("group.photos_added", count=4))
    quick_chat.settles()
    shown = [line for line in quick_chat.line.received(office.id, after=office.since) if line.text.startswith(number)]
    assert [_pictures(line) for line in shown] == [4]


def test_a_picture_taken_back_at_once_is_not_shown_nor_counted(quick_chat: Chat) -> None:
    office, nid, _, number = _begin(quick_chat)
    sent = nid.sends_photo().sees("talk.passed_on").outcome
    nid.sends_photo().sees("talk.passed_on")
    assert sent is not None
    nid.unsends(str(sent.message_id))
    listen(office)
    office.member().says(number)
    card = office.gets_card(number)
    assert _pictures(card) == 1
    assert words_of("card.photos", count=2) not in card.words


def test_a_day_that_was_promised_is_not_on_the_card_of_what_is_done(quick_chat: Chat) -> None:
    office, nid, card, number = _begin(quick_chat)
    office.member().quotes(card, "พรุ่งนี้เสร็จครับ").sees("group.promised")
    office.member().says(number)
    assert words_of("office.promised", due=words_of("moment.tomorrow")) in office.gets_card(number).words
    office.member().quotes(card, "เสร็จแล้วครับ").sees("card.update", number=number)
    nid.sees("closure.resolved_question")
    listen(office)
    office.member().says(number)
    assert words_of("office.promised", due="").strip() not in office.gets_card(number).words
