"""Words against an official go to the Ombudsman alone, also where another kind of problem was tapped or told first."""

from tests.chat import Chat


def test_words_against_an_official_never_reach_the_office(chat: Chat) -> None:
    bang_rak = chat.coordinators("district:1004")
    nid = chat.citizen()
    nid.says("ถนนเป็นหลุมบ่อ เทศกิจเรียกเงินแม่ค้า ไม่จ่ายก็ขู่").sees("report.ask_category")
    nid.taps(chat.line.list_tappable(nid.id)[0].label).sees("report.ask_place")
    nid.says("ถนนสีลม เขตบางรัก").sees("report.place_ok").taps("report.place_yes").sees("report.ask_photos")
    nid.taps("report.no_photos").sees("report.ask_phone_confidential").taps("report.no_phone")
    nid.sees("review.title").taps("button.confirm_send").sees("told.kept")
    assert chat.case().confidential and chat.case().owner == "omb" and chat.case().category != "official"
    assert not any(chat.case().number in words for words in bang_rak.heard())


def test_words_added_later_are_kept_from_the_office(quick_chat: Chat) -> None:
    bang_rak = quick_chat.coordinators("district:1004")
    nid = quick_chat.citizen()
    number = nid.reports("ไฟถนนดับทั้งซอย มืดมาก", "ถนนสีลม เขตบางรัก")
    bang_rak.gets_card(number)
    nid.says(f"{number} เจ้าหน้าที่เขตเรียกรับสินบน แล้วขู่ว่าอย่าไปฟ้องใคร").sees("talk.kept_from_office")
    assert not any("สินบน" in words for words in bang_rak.heard())
