"""A report half told: it survives restarts, is offered again, and is forgotten after a day."""

from sqlalchemy import select

from jobs import retention
from storage.models import Case, MediaItem
from tests.chat import Chat


def test_a_draft_survives_a_restart(chat: Chat) -> None:
    nid = chat.citizen("Nid")
    nid.reaches("photos").sends_photo().sees("report.photos_count", count=1)
    chat.restarts()
    nid.taps("report.photos_done").sees("report.ask_phone")
    chat.restarts()
    nid.taps("report.no_phone").taps("report.hide_name").sees("review.title").reads("1 รูป")
    nid.taps("button.confirm_send").sees("told.kept")


def test_a_draft_is_offered_again(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("photos")
    quick_chat.waits(hours=23)
    nid.says("แจ้งเรื่อง").sees("talk.draft_waits").taps("talk.go_on").sees("report.ask_photos")
    nid.says("แจ้งเรื่อง").sees("talk.draft_waits").taps("talk.begin_anew").sees("report.ask_description")
    nid.says("ขยะกองเต็มหน้าบ้านไม่มีใครมาเก็บ").sees("report.ask_place")


def test_a_draft_is_forgotten_after_a_day_with_its_photos(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("photos").sends_photo().sees("report.photos_count", count=1)
    button = next(one.action["data"] for one in quick_chat.line.list_tappable(nid.id) if one.label == "ไปต่อ")
    quick_chat.waits(hours=25)
    nid.postback(button).sees("talk.old_button").taps("talk.report_new").sees("report.ask_description")
    with quick_chat.reads() as session:
        assert session.scalars(select(MediaItem)).one().state == "withdrawn"


def test_a_forgotten_draft_is_not_mixed_with_the_next_report(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("review")
    quick_chat.waits(hours=25)
    retention.forget_drafts(quick_chat.parts.database)
    nid.says("ขยะกองเต็มหน้าบ้านไม่มีใครมาเก็บ").sees("report.ask_place")
    nid.says("ยืนยัน").sees("report.place_words").sees("report.ask_place")
    assert quick_chat.count(Case) == 0


def test_blocking_and_coming_back_finds_the_draft(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("phone").blocks().follows().sees("welcome.notice").sees("report.ask_phone")
    nid.taps("report.no_phone").sees("report.ask_name")


def test_following_twice_greets_twice_and_asks_nothing(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.follows().sees("welcome.notice")
    assert len(nid.heard()) == 3
