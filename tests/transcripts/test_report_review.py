"""The last look: every part changed by a tap, words added, and sent once however often it is confirmed."""

import pytest

from storage.models import Case
from tests.chat import QUESTIONS, Chat

CHANGES = {
    "description": ("ขยะกองเต็มหน้าบ้านไม่มีใครมาเก็บ", "ขยะกองเต็มหน้าบ้าน"),
    "category": ("ทางเท้า", "ทางเท้า"),
    "name": ("ป้าแดง", "ให้เขตเห็นชื่อ ป้าแดง"),
}


@pytest.mark.parametrize("part", CHANGES)
def test_a_part_is_changed_by_a_tap_and_the_review_comes_back(quick_chat: Chat, part: str) -> None:
    typed, shown = CHANGES[part]
    nid = quick_chat.citizen("Nid")
    nid.reaches("review").taps(f"review.edit_{part}").sees(QUESTIONS[part])
    nid.says(typed).sees("review.title").reads(shown)


def test_the_place_is_changed_and_the_office_with_it(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("review").taps("review.edit_place").sees("report.ask_place").says("ซอย 3 เขตห้วยขวาง")
    nid.sees("report.place_ok", place="เขตห้วยขวาง").taps("report.place_yes").sees("review.title")
    nid.sees("review.next", org="สำนักงานเขตห้วยขวาง")


def test_the_phone_is_changed_and_who_sees_it(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("review").taps("review.edit_phone").sees("report.ask_phone").says("0898765432")
    nid.taps("report.show_phone").sees("review.title").sees("review.phone_shown").reads("0898765432")


def test_the_photos_are_changed(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("review").taps("review.edit_photos").sees("report.ask_photos").sends_photo()
    nid.sees("report.photos_count", count=1).taps("report.photos_done").sees("review.title").reads("1 รูป")


@pytest.mark.parametrize("part", ["description", "category", "place", "photos", "phone", "name"])
def test_back_leaves_a_part_as_it_was(quick_chat: Chat, part: str) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("review")
    before = nid.last.words if nid.last else ""
    nid.taps(f"review.edit_{part}").sees(QUESTIONS[part]).taps("flow.back").sees("review.title")
    assert nid.last and nid.last.words == before


def test_an_older_card_does_not_send_what_is_half_told(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("review").taps("review.edit_description").sees("report.ask_description")
    nid.taps("button.confirm_send").sees("report.not_yet").sees("report.ask_description")
    assert quick_chat.count(Case) == 0
    nid.says("ไฟถนนดับสามต้น").sees("review.title").taps("button.confirm_send").sees("told.kept")


def test_words_at_the_review_are_added(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("review").says("ดับมาสามวันแล้วค่ะ").sees("report.description_added").reads("ดับมาสามวันแล้วค่ะ")
    nid.says("ขอบคุณค่ะ").sees("talk.courtesy_on").sees("review.title")
    nid.says("ไม่").sees("report.review_no").sees("review.title")
    nid.says("ส่งเลยค่ะ").sees("told.kept")
    assert quick_chat.case().description == "ไฟถนนดับทั้งซอย มืดมาก\nดับมาสามวันแล้วค่ะ"


def test_a_double_tap_sends_once(chat: Chat) -> None:
    nid = chat.citizen("Nid")
    nid.reaches("review")
    data = next(one.action["data"] for one in chat.line.list_tappable(nid.id) if one.action["label"] == "ยืนยันและส่งเรื่อง")
    taps = [chat.line.postback(nid.id, data, deliver=False) for _ in range(3)]
    nid.since = chat.line.position()
    outcomes = chat.line.deliver_at_once([tap.event_id for tap in taps])
    assert [outcome.status for outcome in outcomes] == [200, 200, 200]
    nid.sees("told.kept").sees("talk.already_sent", number=chat.case().number)
    assert chat.count(Case) == 1 and len(nid.heard()) == 3


def test_a_button_of_an_older_run_says_so_kindly(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("review")
    old = quick_chat.line.list_tappable(nid.id)
    sent = next(one.action["data"] for one in old if one.action["label"] == "ยืนยันและส่งเรื่อง")
    nid.says("ยกเลิก").sees("talk.cancelled")
    nid.postback(sent).sees("talk.old_button")
    nid.says("แจ้งเรื่อง").sees("report.ask_description")
    nid.postback(sent).sees("talk.old_button").sees("report.ask_description")
    assert quick_chat.count(Case) == 0


@pytest.mark.parametrize(
    "data",
    [
        "f:",
        "f::::",
        "f:none:review:yes",
        "x",
        "",
        "c:1:closure:yes",
        "c:๑:closure:yes",
        "c:99999999999999999999:show",
        "m:",
        "m:no_such",
        "m:track:-1",
        "m:track:๙๙",
        "g:1:acknowledge",
        "f:run:edit:review",
        "\u0000",
    ],
)
def test_forged_buttons_are_answered_and_do_nothing(quick_chat: Chat, data: str) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("phone")
    nid.postback(data.replace(":run:", f":{_run(quick_chat, nid.id)}:") or "?")
    assert nid.heard()
    nid.taps("report.no_phone").sees("report.ask_name")
    assert quick_chat.count(Case) == 0


def _run(chat: Chat, user: str) -> str:
    data = next(
        one.action["data"] for one in chat.line.list_tappable(user) if one.action.get("data", "").startswith("f:")
    )
    return str(data).split(":")[1]
