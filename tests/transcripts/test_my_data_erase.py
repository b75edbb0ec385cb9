"""Being erased: what goes at once, what waits for open cases, what the law keeps, and that none of it bears a name."""

from datetime import UTC, datetime

from sqlalchemy import select

from storage.models import Base, Case, DataRequest, Follower, HistoryEntry, HistoryWords, MediaItem, Reporter
from tests.chat import Chat, Person
from tests.transcripts.test_followers import SPOT, joins


def _erases(person: Person) -> Person:
    person.says("ข้อมูลของฉัน").taps("my_data.erase").sees("my_data.ask_erase")
    return person.taps("my_data.erase_yes")


def _where(chat: Chat, words: str) -> list[str]:
    """The tables in which these words stand anywhere."""
    with chat.reads() as session:
        return sorted(
            {
                table.name
                for table in Base.metadata.sorted_tables
                for row in session.execute(select(table))
                if any(words in str(value) for value in row)
            }
        )


def _closes(chat: Chat, person: Person, number: str) -> None:
    person.says(f"{number} ถอนเรื่อง").taps("talk.withdraw_yes").sees("talk.withdrawn")


def test_nothing_that_bears_the_person_is_left(chat: Chat) -> None:
    nid, dao = chat.citizen("Nid"), chat.citizen("Dao")
    other = chat.has_case(dao, place=SPOT)
    nid.sends_photo().sees("report.ask_description_with_media")
    joins(nid, other)
    nid.sends_photo().taps("talk.report_new").sees("report.ask_description_with_media")
    nid.says("ไฟถนนดับ โทร 0812345678").sees("report.ask_place")
    nid.says("ซอยประชาสงเคราะห์ 5 เขตดินแดง").taps("report.place_yes").taps("report.photos_done")
    nid.says("0898765432").taps("report.show_phone").says("สมหญิง").sees("review.title").taps("button.confirm_send")
    number = chat.case().number
    nid.sees("told.kept", number=number)
    _closes(chat, nid, number)
    nid.reaches("photos")
    _erases(nid).sees("my_data.erased")
    for words in ("0812345678", "0898765432", "สมหญิง"):
        assert _where(chat, words) == [], words
    chat.waits(minutes=30)
    chat.clocks_run()
    assert _where(chat, nid.id) == []
    case = chat.case(number)
    assert "ไฟถนนดับ" in case.description and case.phone is None and case.shared_name is None
    with chat.reads() as session:
        assert session.scalars(select(Follower)).all() == []
        kept = {item.case_id: item.state for item in session.scalars(select(MediaItem))}
        assert kept == {chat.case(other).id: "stored", case.id: "withdrawn"}
        [asked] = session.scalars(select(DataRequest))
        assert (asked.kind, asked.chat_id) == ("erase", None) and asked.done_at
        last = session.scalars(select(HistoryEntry).where(HistoryEntry.case_id == case.id)).all()[-1]
        assert (last.action, last.role, last.note, last.details) == ("note", "system", None, {"erased": True})


def test_an_open_case_is_told_to_its_end_and_then_erased(chat: Chat) -> None:
    office, nid = chat.coordinators("district:1026"), chat.citizen("Nid")
    number = chat.has_case(nid, phone="0812345678", phone_shown=True, name="สมหญิง")
    nid.says(f"{number} โทรหาแม่ 0899998888").sees("talk.passed_on", number=number)
    nid.says("ข้อมูลของฉัน").reads("เบอร์โทรใน 1 เรื่อง").taps("my_data.erase").sees("my_data.ask_erase")
    nid.sees("my_data.ask_erase_open", count=1)
    nid.taps("my_data.erase_yes").sees("my_data.erased_but", count=1)
    assert (chat.case(number).phone, chat.case(number).shared_name) == (None, None)
    with chat.reads() as session:
        assert [part.words for part in session.scalars(select(HistoryWords))] == ["โทรหาแม่ (ลบเบอร์โทรแล้ว)"]
    nid.says("ข้อมูลของฉัน").reads("เบอร์โทรใน 0 เรื่อง")
    chat.waits(minutes=30)
    chat.clocks_run()
    nid.says("ข้อมูลของฉัน").sees("my_data.erasing", count=1)
    office.member().says(f"{number} เสร็จแล้ว")
    nid.taps("button.all_well").sees("talk.judged_yes")
    chat.clocks_run()
    chat.waits(minutes=30)
    chat.clocks_run()
    assert _where(chat, nid.id) == []
    with chat.reads() as session:
        assert session.get_one(Reporter, chat.case(number).reporter_id).line_user_id is None


def test_whoever_comes_back_is_somebody_new(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    number = quick_chat.has_case(nid)
    _closes(quick_chat, nid, number)
    _erases(nid).sees("my_data.erased")
    nid.says("ติดตามเรื่อง").sees("welcome.notice").sees("track.none")
    nid.says(number).sees("track.stranger_status")
    fresh = nid.reports()
    quick_chat.waits(minutes=30)
    quick_chat.clocks_run()
    nid.says(fresh).sees("happened.report")
    assert quick_chat.case(number).reporter_id != quick_chat.case(fresh).reporter_id


def test_a_case_told_while_an_erasure_waits_is_not_part_of_it(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    old = quick_chat.has_case(nid)
    _erases(nid).sees("my_data.erased_but", count=1)
    nid.sends_photo().sees("talk.unasked").taps("talk.unasked_new")
    nid.says("ขยะกองเต็มซอย").sees("report.ask_place").says("ซอยประชาสงเคราะห์ 5 เขตดินแดง").taps("report.place_yes")
    nid.taps("report.photos_done").taps("report.no_phone").taps("report.hide_name").taps("button.confirm_send")
    nid.sees("told.kept")
    fresh = quick_chat.case().number
    _closes(quick_chat, nid, old)
    quick_chat.clocks_run()
    quick_chat.waits(minutes=30)
    quick_chat.clocks_run()
    nid.says(fresh).sees("happened.report")
    nid.says(old).sees("track.stranger_status")
    with quick_chat.reads() as session:
        assert session.scalars(select(MediaItem)).one().state == "stored"


def test_saying_no_and_taps_of_long_ago_erase_nothing(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    quick_chat.has_case(nid, phone="0812345678")
    nid.says("ข้อมูลของฉัน").taps("my_data.erase").sees("my_data.ask_erase").taps("my_data.erase_no")
    nid.sees("my_data.not_erased")
    quick_chat.waits(hours=2)
    nid.taps("my_data.erase_yes").sees("my_data.ask_erase")
    later = int(datetime(2027, 1, 1, tzinfo=UTC).timestamp())
    for forged in ("", "x", f"{later:x}", "-1", "0"):
        nid.postback(f"m:my_data_erase_yes:{forged}").sees("my_data.ask_erase")
    assert quick_chat.case().phone == "0812345678"
    assert quick_chat.count(DataRequest) == 0


def test_erasing_twice_changes_nothing_more(chat: Chat) -> None:
    nid = chat.citizen("Nid")
    number = chat.has_case(nid, phone="0812345678")
    _erases(nid).sees("my_data.erased_but")
    _erases(nid).sees("my_data.erased_but")
    assert chat.count(DataRequest) == 1
    assert chat.history(number).count("note") == 1
    _closes(chat, nid, number)
    _erases(nid).sees("my_data.erased")
    chat.redelivers_everything().changes_nothing()
    chat.clocks_run()
    chat.clocks_run()
    chat.waits(minutes=30)
    chat.clocks_run()
    chat.clocks_run()
    assert _where(chat, nid.id) == []
    assert chat.count(Case) == 1


def test_what_was_said_against_an_official_stays_in_words_alone(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    number = quick_chat.has_case(nid, category="official", description="เจ้าหน้าที่เรียกเงิน โทรกลับ 0812345678")
    _closes(quick_chat, nid, number)
    _erases(nid).sees("my_data.erased")
    case = quick_chat.case(number)
    assert "เจ้าหน้าที่เรียกเงิน" in case.description and "0812345678" not in case.description
    assert case.confidential


def test_a_copy_that_was_made_is_gone_with_the_person(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says("ข้อมูลของฉัน").taps("my_data.copy").sees("my_data.making").sees("my_data.ready")
    _erases(nid).sees("my_data.erased")
    assert quick_chat.parts.copies
    quick_chat.parts.copies.make_due()
    assert list((quick_chat.folder / "media").rglob("*.zip")) == []


def test_in_english(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.language = "en"
    nid.says("English").sees("talk.language_changed")
    nid.says("my data").sees("talk.my_data", spoken="English").taps("my_data.erase").sees("my_data.ask_erase")
    nid.taps("my_data.erase_yes").sees("my_data.erased")


def test_a_report_begun_right_after_is_not_lost(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    number = quick_chat.has_case(nid)
    _closes(quick_chat, nid, number)
    _erases(nid).sees("my_data.erased")
    nid.reaches("photos")
    quick_chat.waits(minutes=30)
    quick_chat.clocks_run()
    nid.taps("report.no_photos").sees("report.ask_phone")
