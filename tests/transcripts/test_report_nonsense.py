"""Whatever people send is answered, once and helpfully: nothing breaks, nothing is lost, nobody is stuck."""

import pytest

from tests.chat import Chat

NO_PROBLEM = [
    "👍",
    "😀😀😀",
    "...",
    "?!?!",
    "-",
    "สวัสดีครับ",
    "ขอบคุณค่ะ",
    "ทดสอบ",
    "\u200b\u200b",
    "\u202e\u202c",
    "\n\n\n",
    " ",
]
A_PROBLEM = [
    "{number} ไฟดับ {0} {}",
    "{{7*7}} {% for x in y %} ไฟถนนดับ",
    "%s %d %(number)s ไฟถนนดับ",
    "<b>ไฟถนนดับ</b><script>alert(1)</script>",
    "'; DROP TABLE cases; -- ไฟถนนดับ",
    "ไฟถนนดับ" + "\n" * 300 + "ทั้งซอย",
    "ไฟถนนดับ 👨‍👩‍👧‍👦🇹🇭 " + "e\u0301\u0302\u0303\u0304\u0305" * 20,
    "\U000e0001ไฟถนนดับ\u2800\u3164\u034f",
    "ไฟถนนดับ \ud83d",
]


@pytest.mark.parametrize("text", NO_PROBLEM)
def test_what_tells_of_no_problem_begins_no_report(quick_chat: Chat, text: str) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says(text)
    assert len(nid.heard()) == 1
    nid.says("แจ้งเรื่อง").sees("report.ask_description").says(text)
    assert nid.sees("report.ask_description") and len(nid.heard()) == 2
    nid.says("ไฟถนนดับทั้งซอย").sees("report.ask_place")


@pytest.mark.parametrize("text", A_PROBLEM)
def test_strange_words_go_all_the_way_as_they_are(quick_chat: Chat, text: str) -> None:
    din_daeng = quick_chat.coordinators("district:1026")
    nid = quick_chat.citizen("Nid")
    number = nid.reports(what=text)
    card = din_daeng.gets_card(number)
    for kept in ("{number}", "{{7*7}}", "%(number)s", "<b>", "DROP TABLE"):
        assert (kept in card.words) == (kept in text)
    nid.says(number).sees("happened.report")


@pytest.mark.parametrize("length", [5000, 5001, 9990])
def test_a_long_text_is_kept_whole_and_the_card_cut(quick_chat: Chat, length: int) -> None:
    din_daeng = quick_chat.coordinators("district:1026")
    nid = quick_chat.citizen("Nid")
    text = ("ไฟถนนดับทั้งซอย มืดมาก " * 500)[:length].strip()
    number = nid.reports(what=text)
    assert quick_chat.case().description == text
    assert len(din_daeng.gets_card(number).words) < 1500


@pytest.mark.parametrize("step", ["description", "category", "place", "place_ok", "photos", "phone", "name", "review"])
def test_nonsense_at_a_step_never_silences_or_sends(quick_chat: Chat, step: str) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches(step)
    for text in ("👍", "?", "\u200b", "{number}", "x" * 5000):
        nid.says(text)
        assert nid.heard(), f"silence after {text[:20]!r} at {step}"
    nid.says("ยกเลิก").sees("talk.cancelled")


def test_a_link_alone_asks_what_happened(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says("https://maps.app.goo.gl/abc123").sees("report.ask_description_with_media")
    nid.says("ไฟถนนดับทั้งซอย").sees("report.ask_place")


def test_thanks_after_a_report_is_thanked_for(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reports()
    nid.says("ขอบคุณมากค่ะ").sees("talk.thanks")
    assert len(nid.heard()) == 1


def test_stickers_and_files_with_nothing_open(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.sends_sticker().sees("refused.sticker").taps("talk.report").sees("report.ask_description")
    nid.says("ยกเลิก").sees("talk.cancelled").sends_file().sees("refused.file")


def test_a_kind_of_message_that_line_has_yet_to_invent_is_answered(quick_chat: Chat) -> None:
    nid = quick_chat.citizen()
    hologram = {"message": {"id": "900001", "type": "hologram", "quoteToken": "q"}}
    quick_chat.line.send_event(nid.id, "message", hologram)
    nid.sees("refused.other")
