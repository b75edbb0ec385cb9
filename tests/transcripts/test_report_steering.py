"""Back, cancel, restart, help, a person, tracking, the other language: at every step the draft is kept."""

import pytest

from storage.models import Case
from tests.chat import QUESTIONS, Chat

STEPS = list(QUESTIONS)
BEFORE = {
    "description": "description",
    "category": "description",
    "place": "description",
    "place_ok": "place",
    "photos": "place_ok",
    "phone": "photos",
    "name": "phone",
    "review": "name",
}


@pytest.mark.parametrize("step", STEPS)
def test_what_is_asked_in_between_keeps_the_draft_and_asks_again(quick_chat: Chat, step: str) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches(step)
    asked = QUESTIONS[step]
    nid.says("ช่วยเหลือ").sees("welcome.help_title").sees(asked)
    nid.says("คุยกับเจ้าหน้าที่").sees("talk.human_and_draft").sees(asked)
    nid.says("ติดตามเรื่อง").sees("track.none").sees(asked)
    nid.says("FT6911-99999").sees("talk.number_unknown").sees(asked)
    nid.sends_sticker().sees("refused.sticker").sees(asked)
    nid.sends_file().sees("refused.file").sees(asked)
    nid.says("สวัสดีค่ะ").sees("talk.courtesy_on").sees(asked)
    nid.language = "en"
    nid.says("English").sees("talk.language_changed").sees(asked)
    nid.language = "th"
    nid.says("ไทย").sees("talk.language_changed").sees(asked)
    nid.says("แจ้งเรื่อง")
    if step != "description":
        nid.sees("talk.draft_waits").taps("talk.go_on")
    nid.sees(asked)


@pytest.mark.parametrize("step", STEPS)
def test_back(quick_chat: Chat, step: str) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches(step).says("ย้อนกลับ").sees(QUESTIONS[BEFORE[step]])


@pytest.mark.parametrize("step", STEPS)
def test_cancel(quick_chat: Chat, step: str) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches(step).taps("flow.cancel").sees("talk.cancelled")
    nid.says("ย้อนกลับ").sees("talk.nothing_open")
    nid.says("แจ้งเรื่อง").sees("report.ask_description")
    assert quick_chat.count(Case) == 0


@pytest.mark.parametrize("step", STEPS)
def test_restart(quick_chat: Chat, step: str) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches(step).says("เริ่มใหม่").sees("report.ask_description")
    nid.says("ขยะกองเต็มหน้าบ้านไม่มีใครมาเก็บ").sees("report.ask_place")


def test_back_all_the_way_and_forward_again(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("review")
    for step in ("name", "phone", "photos", "place_ok", "place", "description", "description"):
        nid.says("ย้อนกลับ").sees(QUESTIONS[step])
    assert nid.says("ไฟถนนดับ").sees("report.ask_place")


def test_steering_with_nothing_open(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    for words in ("ยกเลิก", "ย้อนกลับ", "เริ่มใหม่"):
        nid.says(words).sees("talk.nothing_open")
    nid.says("เมนู").sees("welcome.help_title")
    nid.says("1676").sees("talk.human")
    assert "tel:1676" in str(nid.last.message if nid.last else "")


def test_english_from_beginning_to_end(quick_chat: Chat) -> None:
    din_daeng = quick_chat.coordinators("district:1026")
    nid = quick_chat.citizen("Nid")
    nid.language = "en"
    nid.says("English").sees("talk.language_changed").taps("talk.report").sees("report.ask_description")
    nid.says("The street light in our soi is out").sees("report.ask_place")
    nid.says("Soi Prachasongkhro 5, Din Daeng").sees("report.place_ok", place="Din Daeng District")
    nid.says("yes").sees("report.ask_photos").sends_photo().sees("report.photos_count", count=1)
    nid.taps("report.photos_done").sees("report.ask_phone").says("no number").sees("report.ask_name")
    nid.says("no").sees("review.title").says("confirm").sees("told.received", office="Din Daeng District Office")
    number = quick_chat.case().number
    assert quick_chat.case().language == "en"
    card = din_daeng.gets_card(number)
    assert "ไฟส่องสว่าง" in card.words
    din_daeng.member().taps("button.acknowledge", card)
    nid.sees("told.acknowledge", office="Din Daeng District Office", number=number)
    assert not any("\u0e01" <= letter <= "\u0e5b" for words in nid.heard() for letter in words)
    nid.says(number).reads("Taken up by Din Daeng District")


def test_another_language_in_the_middle(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("review")
    nid.language = "en"
    nid.says("English").sees("talk.language_changed").sees("review.title").reads("Street light")
    nid.taps("button.confirm_send").sees("told.kept")
    assert quick_chat.case().language == "en"
