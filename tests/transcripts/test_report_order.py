"""A report told in order, and in every other order people tell it in."""

from tests.chat import Chat

PIN = (13.7695, 100.5530)
ADDRESS = "ซอยประชาสงเคราะห์ 5 แขวงดินแดง เขตดินแดง กรุงเทพมหานคร 10400"


def test_in_order_by_the_tile(chat: Chat) -> None:
    din_daeng = chat.coordinators("district:1026")
    nid = chat.citizen("Nid")
    nid.says("แจ้งเรื่อง").sees("report.ask_description")
    nid.says("ไฟถนนดับทั้งซอย มืดมาก").sees("report.ask_place")
    nid.drops_pin(*PIN, ADDRESS).sees("report.ask_photos")
    nid.sends_photo().sees("report.photos_count", count=1)
    nid.taps("report.photos_done").sees("report.ask_phone")
    nid.says("081-234-5678").sees("report.ask_phone_shown").taps("report.show_phone").sees("report.ask_name")
    nid.says("สมหญิง").sees("review.title")
    nid.taps("button.confirm_send").sees("told.received", number=chat.case().number, office="สำนักงานเขตดินแดง")
    card = din_daeng.gets_card(chat.case().number)
    assert "สมหญิง" in card.words and "0812345678" in card.words
    case = chat.case()
    assert (case.latitude, case.longitude, case.category) == (*PIN, "lighting")
    chat.redelivers_everything().changes_nothing()


def test_the_first_words_begin_a_report(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says("ไฟถนนดับทั้งซอย มืดมาก").sees("report.ask_place")
    assert len(nid.heard()) == 1


def test_a_stranger_to_the_account_reads_the_notice_before_the_first_question(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid", follows=False)
    nid.says("ไฟถนนดับทั้งซอย มืดมาก").sees("report.ask_place")
    heard = nid.heard()
    assert len(heard) == 4 and "welcome" not in heard[-1]
    nid.says("ซอยประชาสงเคราะห์ 5 เขตดินแดง").sees("report.place_ok")
    assert len(nid.heard()) == 1


def test_photo_first(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.sends_photo().sees("report.ask_description_with_media")
    nid.says("ไฟถนนดับทั้งซอย").sees("report.ask_place")
    nid.says("ซอยประชาสงเคราะห์ 5 เขตดินแดง").taps("report.place_yes").sees("report.photos_count", count=1)
    nid.taps("report.photos_done").taps("report.no_phone").taps("report.hide_name").sees("review.title")
    nid.reads("1 รูป").taps("button.confirm_send").sees("told.kept")


def test_pin_first(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.drops_pin(*PIN, ADDRESS).sees("report.ask_description")
    nid.says("ไฟถนนดับทั้งซอย").sees("report.ask_photos")
    assert len(nid.heard()) == 1


def test_album_first(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.sends_album(4)
    assert [words.splitlines()[0] for words in nid.heard()] == [
        "ได้รับแล้ว ช่วยพิมพ์สั้น ๆ ว่าเกิดอะไรขึ้น",
        "ได้ 4 รูปแล้ว ช่วยพิมพ์สั้น ๆ ว่าเกิดอะไรขึ้น",
    ]
    nid.says("ไฟถนนดับทั้งซอย").sees("report.ask_place")


def test_voice_first_may_stand_for_words(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.sends_voice().sees("report.ask_description_with_media").taps("report.use_voice").sees("report.ask_category")
    nid.says("ทางเท้า").sees("report.ask_place")
    nid.says("เขตดินแดง ซอย 5").taps("report.place_yes").sees("report.ask_photos_with_recording")
    nid.taps("report.photos_done").taps("report.no_phone").taps("report.hide_name").sees(
        "review.attachment_count", count=1
    )
    nid.taps("button.confirm_send").sees("told.kept")
    assert quick_chat.case().description == "(ผู้แจ้งเล่าด้วยข้อความเสียง)"


def test_the_place_in_the_first_words_is_only_confirmed(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says("ไฟดับหน้าร้านหมอ ซอยประชาสงเคราะห์ 5 เขตดินแดง").sees("report.place_ok", place="เขตดินแดง")
    nid.taps("report.place_yes").sees("report.ask_photos")


def test_the_khet_in_the_first_words_is_not_asked_again(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says("ไฟถนนดับทั้งซอยเลย เขตดินแดง").sees("report.ask_place_in", khet="เขตดินแดง")
    nid.says("หน้าร้านหมอ ซอย 5").sees("report.place_ok", place="เขตดินแดง")
    nid.taps("report.place_yes").sees("report.ask_photos")


def test_everything_in_one_go_and_a_phone_before_it_is_asked(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.drops_pin(*PIN, ADDRESS).sees("report.ask_description")
    nid.sends_photo().sees("report.ask_description_with_media")
    nid.says("ไฟถนนดับทั้งซอย").sees("report.photos_count", count=1)
    nid.drops_pin(13.7700, 100.5531, ADDRESS).sees("report.photos_count", count=1)
    nid.taps("report.photos_done").sees("report.ask_phone")
    nid.sends_photo().sees("report.photo_added", count=2).sees("report.ask_phone")
    nid.drops_pin(*PIN, ADDRESS).sees("report.ask_phone")
    nid.says("0812345678").taps("report.hide_phone").taps("report.hide_name").sees("review.title")
    nid.reads("2 รูป").taps("button.confirm_send").sees("told.kept")
