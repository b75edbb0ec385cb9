"""After-photos that officers should look at again: who is shown what, when, and who never hears of it."""

import io
from datetime import datetime
from functools import cache
from typing import Any

import pytest
from PIL import ExifTags, Image, ImageEnhance
from sqlalchemy import func, select

from benchmarks.made_photos import Visit, as_jpeg, draw_place
from simulator.outcomes import BotMessage
from storage.models import MediaItem, PhotoCheck, PhotoMark
from tests.chat import WAIT, Chat, Office, Person, listen, words_of

DIN_DAENG, WATTHANA, OMB = "district:1026", "district:1039", "omb"
MORNING = "2026-11-23 10:00"


@cache
def _draw(place: int, again: bool = False) -> Image.Image:
    another = Visit(seed=9, beside=30, closer=0.05, tilt=1, light=0.9, damaged=False)
    return draw_place(place, another if again else Visit())


def _turns(chat: Chat, moment: str) -> None:
    """The clock goes on once nothing is on its way: a reply token does not live that long."""
    chat.settles()
    chat.turns_to(moment)


def _photo(place: int, quality: int = 88, light: float = 1.0) -> bytes:
    return as_jpeg(ImageEnhance.Brightness(_draw(place)).enhance(light), quality)


def _begin(chat: Chat) -> tuple[Office, Office, Person]:
    _turns(chat, MORNING)
    return chat.coordinators(OMB, "Officer"), chat.coordinators(DIN_DAENG), chat.citizen()


def _reports(chat: Chat, nid: Person, office: Office, picture: bytes, **slots: Any) -> str:
    """A case with a photo of what is wrong; its number."""
    nid.sends_photo(picture)
    _copied(chat)
    with chat.reads() as session:
        newest = session.scalars(select(func.max(MediaItem.id))).one()
    number = chat.has_case(nid, media=[newest], **slots)
    chat.settles()
    return number


def _is_done(chat: Chat, office: Office, number: str, picture: bytes) -> None:
    """The office says that it is done, and sends a photo after it."""
    office.member().says(f"{number} เสร็จแล้ว").sees("card.update", number=number)
    office.member().sends_photo(picture).sees("group.photo_got", number=number)
    _copied(chat)


def _copied(chat: Chat) -> None:
    def nothing_wanted() -> bool:
        with chat.reads() as session:
            return not session.scalars(select(MediaItem.id).where(MediaItem.state == "wanted")).first()

    chat.settles()
    chat.line.wait_until(nothing_wanted, timeout=WAIT, what="photos copied")


def _checks(chat: Chat) -> list[str]:
    """Everything is compared; what stands now, in order."""
    assert chat.parts.checker is not None
    chat.parts.checker.check_due()
    with chat.reads() as session:
        return list(session.scalars(select(PhotoCheck.verdict).order_by(PhotoCheck.id)))


def _is_told(chat: Chat, staff: Office) -> list[BotMessage]:
    """What officers are shown of photos with the next free reply in their group."""
    listen(staff)
    chat.clocks_run()
    staff.member().says("งานค้าง")
    staff.heard()
    return [one for one in chat.line.received(staff.id, after=staff.since) if words_of("photo_check.again") in one.text]


def test_a_before_photo_that_comes_back_as_after_photo_is_shown_to_officers_beside_it(chat: Chat) -> None:
    staff, office, nid = _begin(chat)
    number = _reports(chat, nid, office, _photo(1))
    _is_done(chat, office, number, _photo(1, quality=60, light=1.2))
    listen(office, nid)
    assert _checks(chat) == ["same"]
    (card,) = _is_told(chat, staff)
    assert card.text.startswith(number) and words_of("photo_check.same") in card.words
    assert "23 พ.ย." in card.words and words_of("moment.today") not in card.words, "it may be read another day"
    assert str(card.message).count("https://fasttrack.example/media/") == 4, "two pictures, each opens by a tap"
    office.sees_nothing()
    nid.sees_nothing()
    staff.member().taps("button.photo_seen", card).sees("photo_check.seen", number=number)
    staff.member().taps("button.undo").sees("photo_check.unseen", number=number)
    staff.member().taps("button.photo_seen", card).sees("photo_check.seen", number=number)
    with chat.reads() as session:
        check = session.scalars(select(PhotoCheck)).one()
    assert check.seen_at is not None and check.seen_by == staff.member().user
    assert chat.case(number).status == "resolved"


def test_another_photo_of_the_same_place_is_not_looked_at_again(quick_chat: Chat) -> None:
    staff, office, nid = _begin(quick_chat)
    number = _reports(quick_chat, nid, office, _photo(1))
    _is_done(quick_chat, office, number, as_jpeg(_draw(1, again=True)))
    assert _checks(quick_chat) == []
    assert _is_told(quick_chat, staff) == []


def test_plain_surfaces_say_nothing(quick_chat: Chat) -> None:
    _, office, nid = _begin(quick_chat)
    number = _reports(quick_chat, nid, office, as_jpeg(Image.new("RGB", (640, 480), "grey")))
    _is_done(quick_chat, office, number, as_jpeg(Image.new("RGB", (640, 480), "grey")))
    assert _checks(quick_chat) == []


def test_a_photo_of_another_case_is_named_with_it_to_officers_alone(chat: Chat) -> None:
    staff, office, nid = _begin(chat)
    other_office = chat.coordinators(WATTHANA, "Dao")
    first = _reports(chat, nid, other_office, _photo(2), organisation=WATTHANA)
    number = _reports(chat, nid, office, _photo(3))
    _is_done(chat, office, number, _photo(2, quality=70))
    listen(office, other_office)
    assert _checks(chat) == ["reused"]
    (card,) = _is_told(chat, staff)
    assert card.text.startswith(number) and words_of("photo_check.reused", other=first) in card.words
    told = " ".join([*office.heard(), *other_office.heard()])
    assert words_of("photo_check.again") not in told and number not in told.replace(first, "")


def test_neighbours_of_one_repair_may_share_its_photo(quick_chat: Chat) -> None:
    _, office, nid = _begin(quick_chat)
    spot = {"org": DIN_DAENG, "how": "boundary", "words": "", "lat": 13.7651, "lng": 100.5512}
    beside = spot | {"lat": 13.7653}
    first = _reports(quick_chat, nid, office, _photo(2), place=spot)
    number = _reports(quick_chat, nid, office, _photo(3), place=beside)
    _is_done(quick_chat, office, first, as_jpeg(_draw(2, again=True)))
    quick_chat.settles()
    quick_chat.waits(minutes=6)
    _is_done(quick_chat, office, number, as_jpeg(_draw(2, again=True)))
    assert _checks(quick_chat) == []


def test_no_photo_of_a_confidential_case_is_shown_or_compared_elsewhere(chat: Chat) -> None:
    staff, office, nid = _begin(chat)
    secret = _reports(chat, nid, office, _photo(2), category="official", description="เจ้าหน้าที่เรียกเงิน")
    number = _reports(chat, nid, office, _photo(3))
    _is_done(chat, office, number, _photo(2))
    assert chat.case(secret).confidential
    assert _checks(chat) == []
    assert _is_told(chat, staff) == []


def test_a_case_that_becomes_confidential_is_told_no_more(quick_chat: Chat) -> None:
    staff, office, nid = _begin(quick_chat)
    number = _reports(quick_chat, nid, office, _photo(2))
    _is_done(quick_chat, office, number, _photo(2))
    assert _checks(quick_chat) == ["same"]
    with quick_chat.parts.database.begin() as session:
        session.get_one(type(quick_chat.case()), quick_chat.case(number).id).confidential = True
    assert _is_told(quick_chat, staff) == []


def test_nothing_is_told_at_night_and_once_a_day_of_one_case(quick_chat: Chat) -> None:
    staff, office, nid = _begin(quick_chat)
    number = _reports(quick_chat, nid, office, _photo(1))
    _is_done(quick_chat, office, number, _photo(1))
    assert _checks(quick_chat) == ["same"]
    _turns(quick_chat, "2026-11-23 21:00")
    assert _is_told(quick_chat, staff) == []
    _turns(quick_chat, "2026-11-24 09:00")
    assert len(_is_told(quick_chat, staff)) == 1
    asked = office.member().sends_photo(_photo(1, quality=55)).sees("card.whose_photo").last
    office.member().taps(number, asked).sees("group.photo_got", number=number)
    _copied(quick_chat)
    assert _checks(quick_chat) == ["same", "same"]
    assert _is_told(quick_chat, staff) == []
    _turns(quick_chat, "2026-11-25 09:00")
    assert len(_is_told(quick_chat, staff)) == 1


def test_comparing_twice_or_on_two_machines_finds_and_tells_once(chat: Chat) -> None:
    staff, office, nid = _begin(chat)
    number = _reports(chat, nid, office, _photo(1))
    _is_done(chat, office, number, _photo(1))
    assert _checks(chat) == _checks(chat) == ["same"]
    with chat.parts.database.begin() as session:
        for item in session.scalars(select(MediaItem)):
            item.compared_for = None  # as the other machine saw it, which read it before we settled
    assert _checks(chat) == ["same"]
    assert len(_is_told(chat, staff)) == 1
    assert _is_told(chat, staff) == []


def test_a_photo_that_is_taken_back_leaves_no_trace(quick_chat: Chat) -> None:
    staff, office, nid = _begin(quick_chat)
    number = _reports(quick_chat, nid, office, _photo(1))
    office.member().says(f"{number} เสร็จแล้ว").sees("card.update", number=number)
    sent = office.member().sends_photo(_photo(1)).sees("group.photo_got").outcome
    assert sent is not None and sent.message_id is not None
    _copied(quick_chat)
    assert _checks(quick_chat) == ["same"]
    marks = quick_chat.count(PhotoMark)
    office.member().unsends(sent.message_id)
    assert _is_told(quick_chat, staff) == []
    assert quick_chat.parts.copier is not None
    quick_chat.parts.copier.sweep()
    assert quick_chat.count(PhotoCheck) == 0
    assert 0 < quick_chat.count(PhotoMark) < marks


def test_a_disputed_case_comes_to_officers_with_the_badge(quick_chat: Chat) -> None:
    staff, office, nid = _begin(quick_chat)
    number = _reports(quick_chat, nid, office, _photo(1))
    _is_done(quick_chat, office, number, _photo(1))
    assert _checks(quick_chat) == ["same"]
    listen(staff)
    nid.taps("button.not_well")
    quick_chat.settles()
    quick_chat.waits(hours=1)
    quick_chat.clocks_run()
    shown = staff.sees("desk.dispute").last
    assert shown is not None and shown.text.startswith(number)
    assert words_of("photo_check.badge", reason=words_of("photo_check.same")) in shown.words


def test_what_nobody_looked_at_stands_in_the_next_summary_and_on_the_case(quick_chat: Chat) -> None:
    staff, office, nid = _begin(quick_chat)
    number = _reports(quick_chat, nid, office, _photo(1))
    _is_done(quick_chat, office, number, _photo(1))
    assert _checks(quick_chat) == ["same"]
    (card,) = _is_told(quick_chat, staff)
    listen(staff)
    staff.member().says(number)
    assert words_of("photo_check.badge", reason=words_of("photo_check.same")) in staff.gets_card(number).words
    unseen = words_of("photo_check.unseen_yet", numbers=number)
    listen(staff)
    _turns(quick_chat, "2026-11-24 07:50")
    quick_chat.clocks_run()
    assert any(unseen in words for words in staff.heard())
    staff.member().taps("button.photo_seen", card).sees("photo_check.seen")
    listen(staff)
    staff.member().says(number)
    assert words_of("photo_check.badge_seen", reason=words_of("photo_check.same")) in staff.gets_card(number).words
    listen(staff)
    _turns(quick_chat, "2026-11-25 07:50")
    quick_chat.clocks_run()
    assert not any(unseen in words for words in staff.heard())


@pytest.mark.parametrize(
    ("taken", "verdict"),
    [("2026:11:20 09:00:00", ["early"]), ("2026:11:23 10:05:00", []), ("1999:01:01 00:00:00", [])],
)
def test_a_camera_that_tells_an_earlier_time_is_mentioned(quick_chat: Chat, taken: str, verdict: list[str]) -> None:
    staff, office, nid = _begin(quick_chat)
    number = _reports(quick_chat, nid, office, _photo(1))
    _is_done(quick_chat, office, number, _with_notes(_draw(3), taken=taken))
    assert _checks(quick_chat) == verdict
    told = _is_told(quick_chat, staff)
    assert [number in one.words for one in told] == [True] * len(verdict)


@pytest.mark.parametrize(("latitude", "verdict"), [(13.7651, []), (13.7671, ["far"])])
def test_a_camera_that_tells_a_place_far_away_is_mentioned(
    quick_chat: Chat, latitude: float, verdict: list[str]
) -> None:
    staff, office, nid = _begin(quick_chat)
    spot = {"org": DIN_DAENG, "how": "boundary", "words": "", "lat": 13.7651, "lng": 100.5512}
    number = _reports(quick_chat, nid, office, _photo(1), place=spot)
    _is_done(quick_chat, office, number, _with_notes(_draw(3), latitude=latitude))
    assert _checks(quick_chat) == verdict
    assert len(_is_told(quick_chat, staff)) == len(verdict)


def _with_notes(photo: Image.Image, taken: str | None = None, latitude: float | None = None) -> bytes:
    exif = Image.Exif()
    if taken:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
        assert datetime.strptime(taken, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
    if latitude:
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", (latitude, 0.0, 0.0)
        place[ExifTags.GPS.GPSLongitudeRef], place[ExifTags.GPS.GPSLongitude] = "E", (100.5512, 0.0, 0.0)
    written = io.BytesIO()
    photo.save(written, "JPEG", exif=exif)
    return written.getvalue()
