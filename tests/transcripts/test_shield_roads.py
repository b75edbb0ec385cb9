"""Every road by which a group or a stranger could come to a confidential case, walked to its end: nothing is there."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import requests
from sqlalchemy import update

from cases import gathering
from storage.models import Case, HistoryEntry, MediaItem, OutboxMessage
from tests.chat import Chat, Listener, Office, Person, listen, words_of
from tests.transcripts.test_followers import SPOT, joins

DIN_DAENG, OMB = "district:1026", "omb"
TOLD = "เจ้าหน้าที่เขตดินแดงเรียกรับเงินค่าแผง 500 บาท ที่ตลาดสมมุติ"
WHERE = {"org": DIN_DAENG, "how": "address", "words": "ตลาดข้างเคหะ"}
SECRET: dict[str, Any] = {
    "category": "official",
    "description": TOLD,
    "place": WHERE,
    "phone": "0812345678",
    "phone_shown": True,
    "name": "นิดา",
}
SECRETS = ("เรียกรับเงิน", "ค่าแผง", "สมมุติ", "0812345678", "นิดา", "ข้างเคหะ")


@pytest.fixture
def nid(quick_chat: Chat) -> Person:
    return quick_chat.citizen("Nid")


@pytest.fixture
def office(quick_chat: Chat) -> Office:
    return quick_chat.coordinators(DIN_DAENG)


@pytest.fixture
def staff(quick_chat: Chat) -> Office:
    return quick_chat.coordinators(OMB, "Officer")


def _tell(chat: Chat, nid: Person, *listeners: Listener) -> str:
    number = chat.has_case(nid, **SECRET)
    listen(*listeners)
    return number


def _make_secret(chat: Chat, number: str, owner: str) -> None:
    """An officer finds that a case the office has is against it."""
    with chat.parts.database.begin() as session:
        session.execute(update(Case).where(Case.number == number).values(confidential=True, owner=owner))


def _must_hold_no_secret(chat: Chat, *chat_ids: str) -> None:
    chat.settles()
    with chat.reads() as session:
        sent = session.query(OutboxMessage).filter(OutboxMessage.chat_id.in_(chat_ids))
        said = "\n".join(row.messages for row in sent)
    assert [secret for secret in SECRETS if secret in said] == []


# --- a district's group


def test_an_office_finds_no_case_that_was_confidential_from_the_first(
    quick_chat: Chat, staff: Office, office: Office, nid: Person
) -> None:
    number = _tell(quick_chat, nid, office)
    key = quick_chat.case().id
    office.sees_nothing()
    person = office.member()
    for words in (number, f"{number} รับทราบ", f"{number} เสร็จแล้วครับ", f"เรื่อง {number} คือเรื่องอะไร"):
        person.says(words).sees("group.unknown", number=number)
    for verb in ("card", "acknowledge", "resolve", "undo:1", "due:0", "photo:1", "ask_send:1", "call_off"):
        person.postback(f"g:{key}:{verb}")
        assert number not in " ".join(person.heard())
    person.says("งานค้าง").sees("card.open_none")
    person.says("สรุป")
    assert number not in " ".join(person.heard())
    person.sends_photo().sees_nothing()
    assert quick_chat.history() == ["report", "dispatch"]
    _must_hold_no_secret(quick_chat, office.id)


@pytest.mark.parametrize("owner", [OMB, DIN_DAENG])
def test_an_office_loses_a_case_that_turns_out_to_be_against_it(
    quick_chat: Chat, office: Office, nid: Person, owner: str
) -> None:
    number = quick_chat.has_case(nid)
    card = office.gets_card(number)
    line = office.member().taps("button.acknowledge", card).sees("card.update", number=number).last
    _make_secret(quick_chat, number, owner)
    listen(office)
    before = quick_chat.history()
    person = office.member()
    for quoted in (card, line):
        for words in ("เสร็จแล้วครับ", "พรุ่งนี้เสร็จ", "ไม่รับครับ เป็นที่เอกชน"):
            person.quotes(quoted, words).sees("group.elsewhere")
        person.quotes(quoted, "ใครแจ้งเรื่องนี้").sees_nothing()
        person.sends_sticker(quoted, keywords=("ok",)).sees_nothing()
    for button in ("button.start", "button.resolve", "button.decline"):
        person.taps(button, card).sees("group.elsewhere")
    person.sends_photo().sees_nothing()
    person.says("งานค้าง").sees("card.open_none")
    person.says(number).sees("group.unknown", number=number)
    nid.quotes(quick_chat.line.received(nid.id)[-1], "ชื่อเจ้าหน้าที่คือนายสมมุติ").sees("talk.passed_on")
    _must_hold_no_secret(quick_chat, office.id)
    assert quick_chat.history() == [*before, "add"]
    with quick_chat.reads() as session:
        assert [item.case_id for item in session.query(MediaItem)] in ([], [None])


def test_another_case_of_the_office_shows_nothing_of_it(quick_chat: Chat, office: Office, nid: Person) -> None:
    secret = _tell(quick_chat, nid, office)
    open_one = quick_chat.has_case(nid)
    office.gets_card(open_one)
    listed = office.member().says("งานค้าง").sees("card.open_title", count=1).last
    assert listed is not None and secret not in listed.words
    asked = office.member().sends_photo().sees("card.whose_photo").last
    assert asked is not None and open_one in asked.words and secret not in asked.words
    _must_hold_no_secret(quick_chat, office.id)


# --- strangers


def test_a_stranger_finds_nothing_of_it(quick_chat: Chat, office: Office, nid: Person) -> None:
    number = _tell(quick_chat, nid)
    key = quick_chat.case().id
    dao = quick_chat.citizen("Dao")
    for words in (number, f"ติดตาม {number}", f"{number} ถึงไหนแล้ว", number.removeprefix("FT")):
        dao.says(words).sees("talk.number_unknown", number=number)
    for verb in ("show", "add", "closure:yes", "stars:1", "withdraw:yes"):
        dao.postback(f"c:{key}:{verb}").sees("talk.old_button")
    dao.says("ติดตามเรื่อง").sees("track.none")
    _must_hold_no_secret(quick_chat, dao.id, office.id)


# --- the Ombudsman's group


def test_the_ombudsmans_group_learns_number_kind_and_khet_and_nothing_else(
    quick_chat: Chat, staff: Office, nid: Person
) -> None:
    number = quick_chat.has_case(nid, **SECRET)
    came = staff.sees("staff.confidential", number=number).sees("desk.where_to_read").last
    assert came is not None and "เขตดินแดง" in came.words and "ทุจริต" in came.words
    listen(staff)
    staff.member().says(number).sees("staff.confidential", number=number)
    listed = staff.member().says("งานค้าง").sees("card.open_title", count=1).last
    assert listed is not None
    assert f"{number} {words_of('desk.confidential')}" in listed.words and "ทุจริต" not in listed.words
    staff.member().taps(f"{number} {words_of('desk.confidential')}", listed).sees("desk.where_to_read")
    staff.member().quotes(came, "ใครรับเรื่องนี้").sees("desk.noted", number=number)
    _must_hold_no_secret(quick_chat, staff.id)


def test_nor_does_it_hear_why_the_reporter_is_not_content(quick_chat: Chat, staff: Office, nid: Person) -> None:
    number = quick_chat.has_case(nid, **SECRET)
    staff.sees("staff.confidential", number=number)
    staff.member().says(f"{number} เสร็จแล้วครับ").sees("card.update", number=number)
    asked = nid.sees("closure.resolved_question").last
    assert asked is not None and " · " not in asked.words, "the number alone, whoever looks at their phone"
    nid.taps("button.not_well").sees("talk.judged_no")
    staff.reads(f"{number} {words_of('desk.dispute')}")
    listen(staff)
    nid.says("นายสมมุติยังเรียกรับเงินค่าแผงอยู่").sees("dispute.proof")
    staff.sees("staff.confidential_moved", number=number)
    staff.member().says(number).sees("staff.confidential", number=number)
    _must_hold_no_secret(quick_chat, staff.id)


def test_words_against_an_official_that_were_added_later_stand_on_no_card(
    quick_chat: Chat, staff: Office, office: Office, nid: Person
) -> None:
    number = quick_chat.has_case(nid)
    office.member().quotes(office.gets_card(number), "เสร็จแล้วครับ").sees("card.update")
    nid.sees("closure.resolved_question").taps("button.not_well").sees("talk.judged_no")
    nid.says(f"{number} เจ้าหน้าที่เขตเรียกรับเงินค่าแผง แล้วขู่ว่าอย่าไปฟ้อง").sees("talk.kept_from_office")
    staff.sees("staff.delicate", number=number)
    listen(staff)
    staff.member().says(number)
    assert "ค่าแผง" not in staff.gets_card(number).words
    _must_hold_no_secret(quick_chat, office.id)
    with quick_chat.reads() as session:
        assert session.query(HistoryEntry).filter_by(action="note").one().details["delicate"] is True


# --- what is added to a case that an office has


AGAINST = "เจ้าหน้าที่เขตมาเรียกรับเงิน นี่รูปเขา"
HIM = "คนนั้นชื่อวิชัย ใส่แว่น ทะเบียน 1กก 1234"


def _must_show_no_photo(chat: Chat, office: Office, number: str) -> None:
    listen(office)
    office.member().says(number)
    card = office.gets_card(number)
    assert "/media/" not in str(card.message)


def _roles(chat: Chat) -> list[tuple[int | None, str]]:
    with chat.reads() as session:
        return [(item.case_id, item.role) for item in session.query(MediaItem).order_by(MediaItem.id)]


def _last_entry(chat: Chat) -> int:
    with chat.reads() as session:
        return max(entry.id for entry in session.query(HistoryEntry))


def _ask(office: Office, nid: Person, number: str) -> None:
    office.member().quotes(office.gets_card(number), "เสาไฟต้นที่เท่าไรนับจากปากซอยครับ").sees("question.title")
    office.member().taps("question.send")
    nid.sees("told.ask", number=number)


@pytest.mark.parametrize("photo_first", [True, False])
def test_a_photo_that_comes_with_words_against_an_official_is_on_no_card(
    quick_chat: Chat, staff: Office, office: Office, nid: Person, photo_first: bool
) -> None:
    number = quick_chat.has_case(nid)
    office.gets_card(number)
    nid.postback(f"c:{quick_chat.case().id}:add").sees("addition.ask")
    if photo_first:
        nid.sends_photo().sees("addition.ask_more").says(AGAINST).sees("addition.ask_more")
    else:
        nid.says(AGAINST).sees("addition.ask_more").sends_photo().sees("addition.ask_more")
    nid.taps("addition.done").sees("talk.kept_from_office")
    staff.sees("staff.delicate", number=number)
    assert _roles(quick_chat) == [(quick_chat.case().id, "delicate")]
    _must_show_no_photo(quick_chat, office, number)
    _must_hold_no_secret(quick_chat, office.id)


def test_a_photo_with_the_answer_to_whose_it_was_is_on_no_card(quick_chat: Chat, office: Office, nid: Person) -> None:
    one, other = quick_chat.has_case(nid), quick_chat.has_case(nid)
    for number in (one, other):
        _ask(office, nid, number)
    nid.sends_photo().sees("talk.whose_question").says(AGAINST).sees("talk.whose_question")
    nid.taps(next(tap.label for tap in quick_chat.line.list_tappable(nid.id) if tap.label.startswith(one[-5:])))
    nid.sees("talk.kept_from_office")
    assert [role for _, role in _roles(quick_chat)] == ["delicate"]
    _must_show_no_photo(quick_chat, office, one)


def test_what_follows_words_against_an_official_is_kept_too(
    quick_chat: Chat, staff: Office, office: Office, nid: Person
) -> None:
    number = quick_chat.has_case(nid)
    _ask(office, nid, number)
    nid.says("เจ้าหน้าที่เขตเรียกรับเงินค่าแผง").sees("talk.kept_from_office")
    staff.sees("staff.delicate", number=number)
    listen(office, staff)
    nid.sends_photo().sees("talk.kept_after", number=number)
    nid.says(HIM).sees("talk.kept_after", number=number)
    nid.sends_album(3).sees("talk.kept_after", number=number)
    staff.sees_nothing()
    quick_chat.waits(days=2)  # the question is still open
    nid.says("เขาอยู่ฝ่ายโยธา").sees("talk.kept_after", number=number)
    staff.sees("staff.delicate", number=number)
    assert not any("รูป" in words or "วิชัย" in words for words in office.heard())
    assert {role for _, role in _roles(quick_chat)} == {"delicate"}
    _must_show_no_photo(quick_chat, office, number)
    assert not any("วิชัย" in words for words in office.heard())


def test_what_was_kept_goes_to_the_office_when_the_reporter_says_so(
    quick_chat: Chat, office: Office, nid: Person
) -> None:
    number = quick_chat.has_case(nid)
    _ask(office, nid, number)
    nid.says(AGAINST).sees("talk.kept_from_office")
    nid.sends_photo().sees("talk.kept_after")
    kept = nid.says("ต้นที่สามจากปากซอย").sees("talk.kept_after").last
    nid.taps("talk.pass_to_office", kept).sees("talk.passed_on", number=number)
    office.sees("group.told_answer", number=number, note="ต้นที่สามจากปากซอย")
    nid.taps("talk.pass_to_office", kept).sees("talk.old_button")
    assert quick_chat.history(number)[-1] == "answer"
    assert [role for _, role in _roles(quick_chat)] == ["delicate"]
    _must_hold_no_secret(quick_chat, office.id)


def test_an_album_that_was_kept_is_passed_on_whole(quick_chat: Chat, office: Office, nid: Person) -> None:
    number = quick_chat.has_case(nid)
    office.gets_card(number)
    nid.says(f"{number} {AGAINST}").sees("talk.kept_from_office")
    nid.sends_album(4)
    nid.sees("talk.kept_after").taps("talk.pass_to_office").sees("talk.passed_on", number=number)
    office.sees("group.told_add", number=number)
    assert [role for _, role in _roles(quick_chat)] == ["before"] * 4
    assert quick_chat.history(number)[-1] == "add"


def test_what_is_written_just_after_without_a_number_is_kept_with_it(
    quick_chat: Chat, office: Office, nid: Person
) -> None:
    number = quick_chat.has_case(nid)
    office.gets_card(number)
    listen(office)
    nid.says(f"{number} {AGAINST}").sees("talk.kept_from_office")
    nid.says(HIM).sees("talk.kept_after", number=number)
    office.sees_nothing()
    dao = quick_chat.citizen("Dao")
    dao.postback(f"c:{quick_chat.case().id}:pass:{_last_entry(quick_chat)}").sees("talk.old_button")
    office.sees_nothing()


def test_words_against_an_official_themselves_are_passed_on_by_no_tap(
    quick_chat: Chat, office: Office, nid: Person
) -> None:
    number = quick_chat.has_case(nid)
    nid.says(f"{number} {AGAINST}").sees("talk.kept_from_office")
    nid.postback(f"c:{quick_chat.case().id}:pass:{_last_entry(quick_chat)}").sees("talk.old_button")
    _must_hold_no_secret(quick_chat, office.id)


def test_kept_words_that_were_taken_back_are_passed_on_no_more(quick_chat: Chat, office: Office, nid: Person) -> None:
    number = quick_chat.has_case(nid)
    office.gets_card(number)
    nid.says(f"{number} {AGAINST}").sees("talk.kept_from_office")
    nid.says(HIM)
    said = nid.outcome.message_id if nid.outcome else None
    kept = nid.sees("talk.kept_after").last
    nid.unsends(str(said))
    listen(office)
    nid.taps("talk.pass_to_office", kept).sees("talk.words_gone")
    office.sees_nothing()


def test_a_day_later_what_is_added_goes_to_the_office_again(quick_chat: Chat, office: Office, nid: Person) -> None:
    number = quick_chat.has_case(nid)
    office.gets_card(number)
    nid.says(f"{number} {AGAINST}").sees("talk.kept_from_office")
    nid.says(HIM).sees("talk.kept_after", number=number)
    quick_chat.waits(hours=23)
    nid.says(f"{number} ไฟยังดับอยู่ทั้งซอยเลย").sees("talk.kept_after", number=number)
    quick_chat.waits(hours=25)
    nid.says(f"{number} ไฟยังดับอยู่ทั้งซอยเลย").sees("talk.passed_on", number=number)
    office.sees("group.told_add", number=number)


# --- what came just before such words

SENDS: dict[str, Callable[[Person], Person]] = {
    "photo": lambda nid: nid.sends_photo(),
    "album": lambda nid: nid.sends_album(3),
    "voice": lambda nid: nid.sends_voice(),
    "pin": lambda nid: nid.drops_pin(13.7695, 100.553, "แผงของเขา"),
    "words": lambda nid: nid.says(HIM),
}


@pytest.mark.parametrize("what", SENDS)
def test_what_an_answer_began_with_never_reaches_the_office(
    quick_chat: Chat, staff: Office, office: Office, nid: Person, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(gathering, "PIECES", timedelta(seconds=20))
    number = quick_chat.has_case(nid)
    _ask(office, nid, number)
    listen(office, staff)
    SENDS[what](nid)
    nid.says(AGAINST).sees("talk.kept_from_office").sees("talk.kept_before", number=number)
    staff.sees("staff.delicate", number=number)
    quick_chat.waits(minutes=2)
    office.sees_nothing()
    assert {role for _, role in _roles(quick_chat)} <= {"delicate"}
    _must_show_no_photo(quick_chat, office, number)
    assert not any("แผงของเขา" in words or "วิชัย" in words for words in office.heard())


def test_what_came_just_before_goes_to_the_office_when_the_reporter_says_so(
    quick_chat: Chat, office: Office, nid: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "PIECES", timedelta(seconds=20))
    number = quick_chat.has_case(nid)
    _ask(office, nid, number)
    nid.says("ต้นที่สามจากปากซอย").sees("talk.passed_on").sends_photo().sees("talk.passed_on")
    kept = nid.says(AGAINST).sees("talk.kept_before").last
    quick_chat.waits(minutes=2)
    listen(office)
    nid.taps("talk.pass_before", kept).sees("talk.passed_on", number=number)
    quick_chat.waits(minutes=2)
    heard = " ".join(office.heard())
    assert heard.count("ต้นที่สามจากปากซอย") == 1 and "เรียกรับเงิน" not in heard
    assert [role for _, role in _roles(quick_chat)] == ["before"]
    nid.taps("talk.pass_before", kept).sees("talk.old_button")


def test_a_photo_that_the_office_has_seen_leaves_its_card(
    quick_chat: Chat, staff: Office, office: Office, nid: Person
) -> None:
    number = quick_chat.has_case(nid)
    _ask(office, nid, number)
    nid.sends_photo().sees("talk.passed_on")
    told = office.sees("group.photos_added", count=1).last
    assert told is not None
    quick_chat.settles()
    links = re.findall(r"https://[^/]+(/media/[^'\"]+)", str(told.message))
    assert links and all(requests.get(quick_chat.web.url + link, timeout=5).status_code == 200 for link in links)
    quick_chat.waits(minutes=4)
    nid.says(AGAINST).sees("talk.kept_before", number=number)
    staff.sees("staff.delicate", number=number)
    assert all(requests.get(quick_chat.web.url + link, timeout=5).status_code == 410 for link in links)
    assert [role for _, role in _roles(quick_chat)] == ["delicate"]
    _must_show_no_photo(quick_chat, office, number)


def test_a_photo_of_another_day_stays_with_the_office(quick_chat: Chat, office: Office, nid: Person) -> None:
    number = quick_chat.has_case(nid)
    _ask(office, nid, number)
    nid.sends_photo().sees("talk.passed_on")
    office.sees("group.photos_added", count=1)
    quick_chat.waits(days=1)
    kept = nid.says(f"{number} {AGAINST}").sees("talk.kept_from_office").last
    assert kept is not None and words_of("talk.pass_before") not in kept.words
    assert [role for _, role in _roles(quick_chat)] == ["before"]


@pytest.mark.parametrize("late", [False, True])
def test_the_photo_of_a_dispute_goes_back_to_no_district(
    quick_chat: Chat, staff: Office, office: Office, nid: Person, monkeypatch: pytest.MonkeyPatch, late: bool
) -> None:
    monkeypatch.setattr(gathering, "REASON", timedelta(minutes=5))
    number = quick_chat.has_case(nid)
    office.member().quotes(office.gets_card(number), "เสร็จแล้วครับ").sees("card.update")
    nid.sees("closure.resolved_question").taps("button.not_well").sees("talk.judged_no")
    nid.sends_photo()
    if late:
        quick_chat.waits(minutes=30)
    nid.says(AGAINST if not late else f"{number} {AGAINST}").sees("talk.kept_from_office")
    staff.sees("staff.delicate", number=number)
    quick_chat.waits(minutes=10)
    assert [role for _, role in _roles(quick_chat)] == ["delicate"]
    _must_show_no_photo(quick_chat, staff, number)
    listen(office)
    staff.member().taps("desk.button_send_back").sees("desk.ask_instruct", number=number)
    staff.member().says("กรุณาแก้ให้เรียบร้อย").sees("desk.preview_instruct").taps("desk.send_instruct")
    assert "/media/" not in str(office.gets_card(number).message)
    quick_chat.settles()
    shown = quick_chat.line.received(office.id, after=office.since)
    assert not any("/media/" in str(message.message) for message in shown)
    _must_hold_no_secret(quick_chat, office.id)


def test_a_follower_who_accuses_an_official_takes_their_photo_along(
    quick_chat: Chat, staff: Office, office: Office, nid: Person
) -> None:
    number = quick_chat.has_case(nid, place=SPOT)
    dao = quick_chat.citizen("Dao")
    dao.sends_photo().sees("report.ask_description_with_media")
    joins(dao, number)
    quick_chat.settles()
    listen(office, staff, nid)
    dao.quotes(quick_chat.line.received(dao.id)[-1], AGAINST)
    dao.sees("talk.kept_from_office").sees("talk.kept_before", number=number)
    staff.sees("staff.delicate", number=number)
    office.sees_nothing()
    nid.sees_nothing()
    with quick_chat.reads() as session:
        assert session.query(HistoryEntry).filter_by(action="note").one().details["delicate"] is True
    assert [role for _, role in _roles(quick_chat)] == ["delicate"]
    _must_show_no_photo(quick_chat, office, number)
    dao.postback(f"c:{quick_chat.case().id}:pass:{_last_entry(quick_chat)}").sees("talk.old_button")
    nid.says(f"{number} ไฟยังดับอยู่ทั้งซอยเลย").sees("talk.passed_on", number=number)
    office.sees("group.told_add", number=number)
