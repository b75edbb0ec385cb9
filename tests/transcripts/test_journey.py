"""The main job, as one chat: from a citizen's words to a district's group, and back."""

from tests.chat import Chat


def test_a_report_reaches_the_group_and_comes_back_confirmed(chat: Chat) -> None:
    din_daeng = chat.coordinators("district:1026", "Somchai", "Pim")
    nid = chat.citizen("Nid")

    nid.says("ไฟถนนดับทั้งซอย มืดมาก").sees("report.ask_place")
    nid.says("ซอยประชาสงเคราะห์ 5 เขตดินแดง").sees("report.place_ok")
    nid.taps("report.place_yes").sees("report.ask_photos")
    nid.sends_photo().sees("report.photos_count", count=1)
    nid.taps("report.photos_done").sees("report.ask_phone")
    nid.says("081-234-5678").sees("report.ask_phone_shown").taps("report.hide_phone").sees("report.ask_name")
    nid.taps("report.hide_name").sees("review.title")
    nid.taps("button.confirm_send").sees("told.received")
    number = chat.case().number

    card = din_daeng.gets_card(number)
    assert "0812345678" not in card.words and "Nid" not in card.words
    din_daeng.member("Pim").taps("button.acknowledge", card).sees("card.update", number=number)
    nid.sees("told.acknowledge", number=number)
    din_daeng.member("Somchai").quotes(card, "กำลังส่งช่างไปครับ").sees("card.update", number=number)
    nid.sees("told.start", number=number)
    din_daeng.member("Somchai").sends_photo()
    din_daeng.member("Somchai").quotes(card, "เปลี่ยนหลอดไฟเรียบร้อยแล้วครับ").sees("card.update", number=number)
    nid.taps("button.all_well").sees("talk.judged_yes", number=number)

    assert chat.case().status == "closed"
    assert chat.history()[:4] == ["report", "dispatch", "acknowledge", "start"]
    assert chat.history()[-2:] == ["resolve", "confirm"]
    chat.redelivers_everything().changes_nothing()
