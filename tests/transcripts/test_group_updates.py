"""What officials write, tap and send in their group, and what becomes of the case; talk is left alone."""

from collections.abc import Callable

from storage.models import HistoryEntry, InboxEvent, OutboxMessage
from tests.chat import Chat, listen, words_of
from tests.transcripts.office_with_case import begin
from texts.catalog import say

DIN_DAENG, WATTHANA, OMB = "district:1026", "district:1039", "omb"


# --- what is not an update


TALK = (
    "ใครว่างไปดูหน่อยครับ",
    "เสร็จหรือยังครับ",
    "ขอบคุณครับ",
    "ฝนตกหนักมาก",
    "555",
    "วันนี้ประชุมบ่ายโมงนะครับ",
    "🙏🙏",
)


def test_talk_that_quotes_a_card_moves_nothing_and_is_kept_as_a_note(quick_chat: Chat) -> None:
    office, nid, card, _ = begin(quick_chat)
    for talk in TALK:
        office.member().quotes(card, talk)
    office.sees_nothing()
    nid.sees_nothing()
    assert quick_chat.case().status == "dispatched"
    with quick_chat.reads() as session:
        notes = session.query(HistoryEntry).filter_by(action="note").order_by(HistoryEntry.id)
        assert [entry.note for entry in notes] == list(TALK)


def test_talk_that_names_no_case_is_left_alone_and_not_kept(quick_chat: Chat) -> None:
    office, nid, _, _ = begin(quick_chat)
    for talk in ("เสร็จแล้วครับ", "รับทราบครับ", "กำลังไปครับ พี่", "เจอกันที่ลานจอดรถ", "FT เสร็จแล้ว"):
        office.member().says(talk)
        said = office.member().says("ทำไมล่ะ").outcome
        assert said is not None
        office.member().quotes(said.message_id, talk)
        office.member().edits(f"{talk} นะ", message_id=str(said.message_id))
        assert talk not in quick_chat.kept_words(office.id)
    assert "ทำไม" not in quick_chat.kept_words(office.id)
    office.sees_nothing()
    nid.sees_nothing()
    assert quick_chat.history() == ["report", "dispatch"]
    with quick_chat.reads() as session:
        kinds = {event.kind: event.state for event in session.query(InboxEvent).filter_by(chat_id=office.id)}
    assert kinds["edited"] == "ignored"


def test_things_that_are_no_words_are_left_alone(quick_chat: Chat) -> None:
    office, _, _, _ = begin(quick_chat)
    office.member().sends_voice().sees_nothing()
    office.member().sends_file().sees_nothing()
    office.member().drops_pin(13.7, 100.5).sees_nothing()
    office.member().sends_sticker(keywords=("ok",)).sees_nothing()
    quick_chat.line.add_members(office.id, [quick_chat.line.add_user("New")])
    office.sees_nothing()


# --- words that quote the card


SAID = (
    ("รับทราบครับ", "acknowledged"),
    ("รับเรื่องเรียบร้อย", "acknowledged"),
    ("รับเรื่องไว้แล้วครับ จะดำเนินการ", "acknowledged"),
    ("จะดำเนินการให้ครับ", "acknowledged"),
    ("โอเคครับ", "acknowledged"),
    ("👍", "acknowledged"),
    ("ครับผม", "acknowledged"),
    ("แจ้งเจ้าหน้าที่ตรวจสอบแก้ไข", "acknowledged"),
    ("กำลังส่งช่างไปครับ", "in_progress"),
    ("อยู่ระหว่างดำเนินการ", "in_progress"),
    ("ช่างลงพื้นที่แล้วครับ กำลังแก้ไข", "in_progress"),
    ("ผู้รับเหมาเข้าแก้ไขแล้วบางส่วน", "in_progress"),
    ("ยังไม่เสร็จครับ", "in_progress"),
    ("พรุ่งนี้เสร็จครับ", "in_progress"),
    ("จะแล้วเสร็จภายใน 3 วัน", "in_progress"),
    ("เสร็จแล้วค่ะ", "resolved"),
    ("ดำเนินการเเล้วครับ", "resolved"),
    ("เปลี่ยนหลอดไฟเรียบร้อยแล้วครับ", "resolved"),
    ("ไฟติดแล้ว", "resolved"),
    ("แก้ไขแล้วคับ", "resolved"),
    ("จบครับ", "resolved"),
    ("ไปตรวจแล้วไม่พบปัญหาครับ", "resolved"),
    ("ไม่ใช่พื้นที่เขตเราครับ เป็นของเขตห้วยขวาง", "transferring"),
    ("เป็นพื้นที่กรมทางหลวงครับ", "transferring"),
    ("อยู่ในที่ดินเอกชน เขตเข้าไปทำไม่ได้", "declined"),
    ("เสาต้นที่เท่าไรนับจากปากซอยครับ", "acknowledged"),
    ("ซอยไหนครับ ขอพิกัดเพิ่มเติม", "acknowledged"),
)
ASKED = SAID[-2:]


def test_a_quoted_reply_in_ordinary_thai_moves_the_case(quick_chat: Chat) -> None:
    office, nid = quick_chat.coordinators(DIN_DAENG), quick_chat.citizen()
    found = {}
    for words, status in SAID:
        number = quick_chat.has_case(nid)
        answer = office.member().quotes(office.gets_card(number), words)
        answer.sees("question.title" if (words, status) in ASKED else "card.update", number=number)
        assert answer.last is not None and answer.last.endpoint == "reply", words
        found[words] = quick_chat.case(number).status
    assert found == dict(SAID)


def test_zero_width_letters_and_typing_slips_do_not_hide_the_words(quick_chat: Chat) -> None:
    office, _, card, number = begin(quick_chat)
    office.member().quotes(card, "ดำเนิน\u200bการแก้ไขเรียบ\u200bร้อยแล้ว คับ").sees("card.update", number=number)
    assert quick_chat.case().status == "resolved"


def test_another_members_update_can_be_quoted_like_the_card(quick_chat: Chat) -> None:
    office, _, card, number = begin(quick_chat)
    first = office.member("Somchai").quotes(card, "รับทราบครับ").sees("card.update", number=number)
    assert first.outcome is not None and first.last is not None
    office.member("Pim").quotes(first.outcome.message_id, "กำลังไปครับ").sees("card.update", number=number)
    office.member("Pim").quotes(first.last, "เสร็จแล้วครับ").sees("card.update", number=number)
    assert quick_chat.history() == ["report", "dispatch", "acknowledge", "start", "resolve"]


def test_a_photo_of_a_case_can_be_quoted_too(quick_chat: Chat) -> None:
    office, _, card, number = begin(quick_chat)
    office.member().quotes(card, "กำลังทำครับ").sees("card.update")
    sent = office.member().sends_photo().sees("card.update_photos", count=1).outcome
    assert sent is not None
    office.member("Pim").quotes(sent.message_id, "เสร็จแล้วครับ").sees("card.update", number=number)
    assert quick_chat.case().status == "resolved"


def test_a_noted_among_colleagues_after_the_case_was_taken_on_is_silence(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    line = office.member().quotes(card, "กำลังไปครับ").sees("card.update", number=number).last
    nid.sees("told.start")
    listen(nid)
    office.member("Pim").quotes(line, "รับทราบครับ").sees_nothing()
    office.member("Pim").sends_sticker(line, keywords=("ok", "thumbs up")).sees_nothing()
    nid.sees_nothing()
    assert quick_chat.history() == ["report", "dispatch", "start", "note"]


def test_a_noted_does_not_call_back_a_transfer_or_a_refusal(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    line = office.member().quotes(card, "เป็นพื้นที่กรมทางหลวงครับ").sees("group.step_transfer").last
    nid.sees("told.transfer", number=number)
    office.member("Pim").quotes(line, "รับทราบครับ").sees_nothing()
    office.member("Pim").sends_sticker(line, keywords=("ok",)).sees_nothing()
    assert quick_chat.case().status == "transferring"


def test_saying_again_what_holds_keeps_the_words_and_says_since_when(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    office.member().quotes(card, "กำลังทำครับ").sees("card.update")
    nid.sees("told.start")
    listen(nid)
    office.member("Pim").quotes(card, "กำลังขุดเปลี่ยนสายไฟอยู่ครับ").sees("group.stands", number=number)
    nid.sees_nothing()
    with quick_chat.reads() as session:
        assert session.query(HistoryEntry).filter_by(action="note").one().note == "กำลังขุดเปลี่ยนสายไฟอยู่ครับ"


# --- stickers


AGREEING: tuple[tuple[tuple[str, ...], str | None], ...] = (
    (("Thumbs Up", "good", "nice"), None),
    (("OK", "bear"), None),
    (("roger that",), None),
    ((), "รับทราบครับ"),
    ((), "จัดไป"),
)
OTHERS: tuple[tuple[tuple[str, ...], str | None], ...] = (
    (("crying", "sad", "ok"), None),
    (("sorry", "no problem"), None),
    (("hello", "good morning"), None),
    (("thank you",), None),
    (("what?", "sure"), None),
    ((), "ไม่ได้ครับ"),
    ((), None),
)


def test_a_sticker_that_agrees_takes_the_case_on(quick_chat: Chat) -> None:
    office, nid = quick_chat.coordinators(DIN_DAENG), quick_chat.citizen()
    for keywords, drawn in AGREEING:
        number = quick_chat.has_case(nid)
        card = office.gets_card(number)
        quick_chat.settles()
        office.member().sends_sticker(card, keywords=keywords, drawn=drawn).sees("card.update", number=number)
        nid.sees("told.acknowledge", number=number)
        assert quick_chat.case(number).status == "acknowledged"


def test_any_other_sticker_is_left_alone(quick_chat: Chat) -> None:
    office, nid, card, _ = begin(quick_chat)
    for keywords, drawn in OTHERS:
        office.member().sends_sticker(card, keywords=keywords, drawn=drawn)
    office.sees_nothing()
    nid.sees_nothing()
    assert quick_chat.history() == ["report", "dispatch"]


# --- the number


def test_a_line_with_the_number_is_as_good_as_a_quote(quick_chat: Chat) -> None:
    office, nid = quick_chat.coordinators(DIN_DAENG), quick_chat.citizen()
    thai_digits = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    ways: tuple[Callable[[str], str], ...] = (
        lambda number: f"{number} เสร็จแล้ว",
        lambda number: f"{number.lower()} เสร็จแล้วครับ",
        lambda number: f"{number}เสร็จแล้ว",
        lambda number: f"เสร็จแล้วครับ {number}",
        lambda number: f"{number.replace('-', ' - ')} : เสร็จแล้ว",
        lambda number: f"FT {number[2:].translate(thai_digits)} เสร็จแล้ว",
        lambda number: f"{number}\nเสร็จแล้วค่ะ",
    )
    for write in ways:
        number = quick_chat.has_case(nid)
        office.gets_card(number)
        office.member().says(write(number)).sees("card.update", number=number)
        assert quick_chat.case(number).status == "resolved"


def test_the_number_alone_brings_the_card_again_and_it_can_be_quoted(quick_chat: Chat) -> None:
    office, _, _, number = begin(quick_chat)
    for written in (number, number.lower(), number[2:], f" {number} . ", number.replace("-", "")):
        listen(office)
        office.member().says(written)
        again = office.gets_card(number)
        assert again.endpoint == "reply"
    office.member().quotes(again, "รับทราบครับ").sees("card.update", number=number)


def test_several_numbers_in_one_message(quick_chat: Chat) -> None:
    office, nid, _, first = begin(quick_chat)
    second, third, fourth = (quick_chat.has_case(nid) for _ in range(3))
    quick_chat.settles()
    office.member().says(f"{first} เสร็จแล้วครับ\n{second} กำลังทำ\n{third} และ {fourth} รับทราบ")
    for number in (first, second, third, fourth):
        office.sees("card.update", number=number)
    statuses = [quick_chat.case(number).status for number in (first, second, third, fourth)]
    assert statuses == ["resolved", "in_progress", "acknowledged", "acknowledged"]


def test_a_number_that_is_only_mentioned_says_nothing_of_that_case(quick_chat: Chat) -> None:
    office, nid, card, first = begin(quick_chat)
    second = quick_chat.has_case(nid)
    office.gets_card(second)
    quick_chat.settles()
    office.member().quotes(card, f"ซ้ำกับ {second} ครับ").sees("card.update", number=first)
    assert (quick_chat.case(first).status, quick_chat.case(second).status) == ("declined", "dispatched")
    listen(office)
    office.member().says(f"ช่วยดู {first} กับ {second} ด้วยครับ เสร็จแล้วบอก").sees_nothing()


def test_the_number_at_the_head_of_a_message_outweighs_the_quote(quick_chat: Chat) -> None:
    office, nid, card, first = begin(quick_chat)
    second = quick_chat.has_case(nid)
    office.gets_card(second)
    quick_chat.settles()
    office.member().quotes(card, f"{second} เสร็จแล้วครับ").sees("card.update", number=second)
    assert (quick_chat.case(first).status, quick_chat.case(second).status) == ("dispatched", "resolved")


# --- nothing of others' cases


def test_a_number_of_another_office_of_nobody_or_of_a_confidential_case_are_all_answered_alike(
    quick_chat: Chat,
) -> None:
    office, nid, _, own = begin(quick_chat)
    quick_chat.coordinators(WATTHANA)
    others = quick_chat.has_case(nid, WATTHANA)
    secret = quick_chat.has_case(nid, category="official", description="เจ้าหน้าที่เรียกเงิน")
    answers = set()
    nobodys = "FT6911-99999"
    for number in (others, secret, nobodys, f"{others} เสร็จแล้ว", f"{secret} เสร็จแล้ว", f"{nobodys} เสร็จแล้ว"):
        listen(office)
        heard = office.member().says(number).heard()
        answers |= {words.replace(number[:12], "{number}") for words in heard}
    assert answers == {words_of("group.unknown", number="{number}")}
    for case_id in (quick_chat.case(others).id, quick_chat.case(secret).id, 999, 10**16):
        for verb in ("card", "resolve", "undo:1", "ask", "ask_send:1", "photo:1"):
            listen(office)
            heard = office.member().postback(f"g:{case_id}:{verb}").heard()
            assert set(heard) <= {words_of("group.elsewhere"), words_of("group.photo_gone")}
    assert quick_chat.history(others) == ["report", "dispatch"]
    assert "resolve" not in quick_chat.history(secret)
    assert others not in quick_chat.kept_words(office.id)
    assert own not in " ".join(answers)


def test_a_card_of_a_case_that_has_moved_on_shows_and_changes_nothing(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    quick_chat.moves(number, WATTHANA)
    listen(office, nid)
    office.member().taps("button.resolve", card).sees("group.elsewhere")
    office.member().quotes(card, "เสร็จแล้วครับ").sees("group.elsewhere")
    office.member().quotes(card, "ฝนตกหนักมาก").sees_nothing()
    office.member().sends_sticker(card, keywords=("ok",)).sees_nothing()
    assert "note" not in quick_chat.history() and "resolve" not in quick_chat.history()
    assert "เสร็จแล้ว" not in quick_chat.kept_words(office.id)


def test_a_confidential_case_is_in_no_districts_group_and_only_a_number_for_the_ombudsman(
    quick_chat: Chat,
) -> None:
    staff, office = quick_chat.coordinators(OMB, "Officer"), quick_chat.coordinators(DIN_DAENG)
    nid = quick_chat.citizen()
    listen(staff, office)
    told = "เจ้าหน้าที่เขตดินแดงเรียกรับเงินค่าแผง 500 บาท"
    number = quick_chat.has_case(nid, category="official", description=told)
    staff.sees("staff.confidential", number=number)
    staff.member().says(number).sees("staff.confidential", number=number)
    listed = staff.member().says("งานค้าง").sees("card.open_title", count=1).last
    assert listed is not None and number in listed.words and "ทุจริต" not in listed.words
    office.sees_nothing()
    office.member().says("งานค้าง").sees("card.open_none")
    with quick_chat.reads() as session:
        sent = session.query(OutboxMessage).filter(OutboxMessage.chat_id.in_((staff.id, office.id)))
        assert all("เรียกรับเงิน" not in row.messages for row in sent)


def test_what_the_reporter_adds_to_a_confidential_case_is_not_read_out_in_the_staff_group(
    quick_chat: Chat,
) -> None:
    staff, nid = quick_chat.coordinators(OMB, "Officer"), quick_chat.citizen()
    number = quick_chat.has_case(nid, category="official")
    staff.sees("staff.confidential", number=number)
    listen(staff)
    told = quick_chat.line.received(nid.id)[-1]
    nid.quotes(told, "ชื่อเจ้าหน้าที่คือนายสมมุติ")
    staff.sees("staff.confidential_moved", number=number)
    assert "สมมุติ" not in " ".join(staff.heard())


def test_no_name_or_phone_is_shown_unless_the_reporter_allows_it(quick_chat: Chat) -> None:
    told = "ไฟดับทั้งซอย โทรหาผม 081 2345678 ได้ครับ"
    office, nid, card, _ = begin(quick_chat, phone="0812345678", description=told)
    nid.quotes(quick_chat.line.received(nid.id)[-1], "โทรมาได้ที่ 081-234 5678 หรือ ๐๒ ๑๒๓ ๔๕๖๗ ครับ")
    office.sees("group.phone_hidden")
    said = " ".join([card.words, *office.heard()])
    digits = "".join(sign for sign in said if sign.isdigit())
    assert "812345678" not in digits and "๑๒๓" not in said
    assert "Nid" not in said


def test_name_and_phone_are_shown_where_the_reporter_allows_it(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat, phone="0812345678", phone_shown=True, name="นิดา")
    assert "นิดา" in card.words and "0812345678" in card.words
    nid.quotes(quick_chat.line.received(nid.id)[-1], "โทร 0812345678")
    office.sees("group.told_add", number=number, note="โทร 0812345678")


# --- buttons


def test_buttons_move_the_case_and_each_change_is_told_once(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    for button, key in (
        ("acknowledge", "told.acknowledge"),
        ("start", "told.start"),
        ("resolve", "closure.resolved"),
    ):
        listen(nid)
        office.member().taps(f"button.{button}", card).sees("card.update", number=number)
        nid.sees(key)
        assert len(nid.heard()) == 1
    assert quick_chat.history() == ["report", "dispatch", "acknowledge", "start", "resolve"]
    quick_chat.redelivers_everything().changes_nothing()


def test_a_tap_on_an_old_card_says_where_the_case_stands(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    office.member().taps("button.resolve", card).sees("card.update", number=number)
    nid.sees("closure.resolved_question")
    listen(nid)
    for button in ("acknowledge", "start", "resolve", "ask", "transfer", "decline"):
        office.member().taps(f"button.{button}", card).sees("group.stands", number=number)
    nid.sees_nothing()
    nid.taps("button.all_well").sees("talk.judged_yes")
    office.member().taps("button.start", card).sees("group.stands", number=number, status=words_of("status.closed"))


def test_a_button_nobody_knows_changes_nothing(quick_chat: Chat) -> None:
    office, _, _, number = begin(quick_chat)
    case_id = quick_chat.case().id
    office.member().postback(f"g:{case_id}:launch").sees("group.stands", number=number)
    office.member().postback(f"g:{case_id}").sees("group.stands", number=number)
    for data in (
        "g",
        "g:",
        "g:x:resolve",
        f"g:{'9' * 30}:resolve",
        "c:1:closure:yes",
        "f:run:step:value",
        "m:report",
    ):
        office.member().postback(data).sees_nothing()
    assert quick_chat.history() == ["report", "dispatch"]


def test_a_person_without_a_user_id_can_do_everything(quick_chat: Chat) -> None:
    office, _, card, number = begin(quick_chat)
    unknown = office.member(known=False)
    unknown.taps("button.acknowledge", card).sees("card.update", number=number)
    unknown.quotes(card, "กำลังทำครับ").sees("card.update", number=number)
    unknown.says(f"{number} แก้กลับ").sees("group.undone", number=number)
    with quick_chat.reads() as session:
        entry = session.query(HistoryEntry).filter_by(action="acknowledge").one()
    assert (entry.actor_id, entry.organisation, entry.chat_id) == (None, DIN_DAENG, office.id)


def test_two_coordinators_tap_at_once(chat: Chat) -> None:
    office, nid, card, number = begin(chat)
    taps = [
        office.member(name).taps("button.acknowledge", card, deliver=False).outcome.event_id  # type: ignore[union-attr]
        for name in ("Somchai", "Pim", "Somchai", "Pim")
    ]
    listen(office, nid)
    chat.line.deliver_at_once(taps)
    said = office.heard()
    assert len(said) == 4
    assert sum(f"{number} → " in line for line in said) == 1
    assert sum(words_of("status.acknowledged") in line for line in said) == 3
    assert chat.history() == ["report", "dispatch", "acknowledge"]
    assert len(nid.heard()) == 1
    chat.line.deliver_at_once(taps)
    chat.redelivers_everything().changes_nothing()


def test_two_groups_of_an_office_and_the_reporter_at_once(chat: Chat) -> None:
    first, second = chat.coordinators(DIN_DAENG), chat.coordinators(DIN_DAENG, "Malee")
    nid = chat.citizen()
    number = chat.has_case(nid)
    cards = [office.gets_card(number) for office in (first, second)]
    chat.settles()
    first.member().taps("button.resolve", cards[0]).sees("card.update")
    nid.sees("closure.resolved_question")
    listen(first, second, nid)
    undo = first.member().says(f"{number} แก้กลับ", deliver=False).outcome
    again = second.member("Malee").taps("button.start", cards[1], deliver=False).outcome
    yes = nid.taps("button.all_well", deliver=False).outcome
    assert undo and again and yes
    chat.line.deliver_at_once([undo.event_id, again.event_id, yes.event_id])
    chat.settles()
    # Whoever was first, the history is one straight line and nobody's step is lost or made twice.
    history = chat.history()[3:]
    assert history[0] in ("undo", "confirm"), history
    assert chat.case().status in ("closed", "dispatched", "in_progress")
    assert history.count("confirm") + history.count("undo") == 1


# --- undo


def test_an_undo_right_away_by_the_button_under_the_line(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    office.member().quotes(card, "เสร็จแล้วครับ").sees("card.update", number=number)
    nid.sees("closure.resolved_question")
    listen(nid)
    office.member("Pim").taps("button.undo").sees("group.undone", number=number, status=words_of("status.dispatched"))
    nid.sees("told.undo", number=number)
    assert len(nid.heard()) == 1
    assert quick_chat.history()[-2:] == ["resolve", "undo"]
    nid.taps("button.all_well").sees("talk.already_judged", number=number)


def test_the_undo_is_still_there_when_people_have_gone_on_talking(quick_chat: Chat) -> None:
    office, _, card, number = begin(quick_chat)
    line = office.member().taps("button.start", card).sees("card.update", number=number).last
    assert line is not None and line.text == f"{number} → {words_of('group.step_start')}"
    for talk in ("ฝนตกหนักมาก", "ใครว่างบ้างครับ"):
        office.member("Pim").says(talk).sees_nothing()
    office.member("Pim").taps("button.undo", line).sees("group.undone", number=number)


def test_an_undo_as_a_word_where_the_button_is_gone(quick_chat: Chat) -> None:
    office, _, card, number = begin(quick_chat)
    office.member().taps("button.start", card).sees("card.update")
    office.member("Pim").quotes(card, "แก้กลับครับ").sees("group.undone", number=number)
    office.member().taps("button.acknowledge", card).sees("card.update")
    office.member("Pim").says(f"{number} แก้กลับ").sees("group.undone", number=number)
    assert quick_chat.case().status == "dispatched"
    office.member().says(f"{number} แก้กลับ").sees("group.undo_late", number=number)


def test_an_undo_twice_or_of_an_older_step_is_refused_kindly(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    office.member().taps("button.acknowledge", card).sees("card.update")
    office.member().taps("button.start", card).sees("card.update")
    nid.sees("told.start")
    with quick_chat.reads() as session:
        ids = {entry.action: entry.id for entry in session.query(HistoryEntry)}
    case_id = quick_chat.case().id
    listen(nid)
    office.member().postback(f"g:{case_id}:undo:{ids['acknowledge']}").sees("group.undo_late", number=number)
    office.member().postback(f"g:{case_id}:undo:{ids['start']}").sees("group.undone", number=number)
    office.member().postback(f"g:{case_id}:undo:{ids['start']}").sees("group.undo_late", number=number)
    for argument in (ids["dispatch"], ids["report"], 10**17 - 1, "x", ""):
        office.member().postback(f"g:{case_id}:undo:{argument}").sees("group.undo_late", number=number)
    assert quick_chat.history()[2:] == ["acknowledge", "start", "undo"]
    assert len(nid.heard()) == 1


def test_after_the_reporter_has_judged_the_office_cannot_undo(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators(OMB, "Officer")
    office, nid, card, first = begin(quick_chat)
    second = quick_chat.has_case(nid)
    other = office.gets_card(second)
    quick_chat.settles()
    for bubble, answer, status in (
        (card, "button.all_well", "closed"),
        (other, "button.not_well", "disputed"),
    ):
        number = bubble.text[:12]
        listen(office, nid, staff)
        office.member().taps("button.resolve", bubble).sees("card.update", number=number)
        undo = next(item for item in quick_chat.line.list_tappable(office.id) if item.label == words_of("button.undo"))
        nid.sees("closure.resolved_question").taps(answer)
        quick_chat.settles()
        listen(office)
        office.member().postback(undo.action["data"]).sees("group.undo_late", status=words_of(f"status.{status}"))
        office.member().quotes(bubble, "แก้กลับ").sees("group.undo_late", number=number)
        office.member().quotes(bubble, "เสร็จแล้วครับ").sees("group.stands", number=number)
        assert quick_chat.case(number).status == status
    assert "สำนักงานเขตดินแดง" in staff.gets_card(second).words
    staff.sees("desk.dispute")
    assert quick_chat.case(first).status == "closed"


# --- lists and help


def test_nothing_open_is_said_in_one_line(quick_chat: Chat) -> None:
    office, nid, card, _ = begin(quick_chat)
    office.member().quotes(card, "เสร็จแล้ว").sees("card.update")
    nid.sees("closure.resolved_question").taps("button.all_well").sees("talk.judged_yes")
    for words in ("งานค้าง", "งานค้างครับ", "@OMB FAST TRACK BMA งานค้าง", "Open cases"):
        office.member().says(words).sees("card.open_none")


def test_the_most_overdue_comes_first_and_late_is_said_in_words(quick_chat: Chat) -> None:
    office, nid, _, waiting = begin(quick_chat)
    promised, asked, danger = quick_chat.has_case(nid), quick_chat.has_case(nid), ""
    undated = quick_chat.has_case(nid, category="other")
    office.member().says(f"{undated} รับทราบครับ").sees("question.date", number=undated)
    office.member().says(f"{promised} เสร็จภายใน 20 วัน").sees("card.update", number=promised)
    office.member().says(f"{asked} ขอข้อมูล: ต้นไหน").sees("question.title").taps("question.send").sees("group.step_ask")
    quick_chat.waits(days=8)
    danger = quick_chat.has_case(nid, description="สายไฟขาดลงน้ำ มีคนโดนไฟดูด ช่วยด้วย")
    listen(office)
    listed = office.member().says("งานค้าง").sees("card.open_title", count=5).last
    assert listed is not None and listed.endpoint == "reply"
    order = [words for words in listed.words.split("\n") if words.startswith("FT")]
    assert [line[:12] for line in order] == [waiting, undated, danger, promised, asked]
    assert "เลยเวลาตอบรับ" in listed.words and "นัดแก้ไข" in listed.words
    assert words_of("status.needs_info") in listed.words
    assert not listed.text.startswith("FT"), "a quote of the list is a quote of no case"
    office.member().quotes(listed, "เสร็จแล้วครับ").sees("card.which_case")
    office.member().postback(f"g:{quick_chat.case(asked).id}:card")
    office.gets_card(asked)


def test_more_cases_than_fit_are_counted(quick_chat: Chat) -> None:
    office, nid, _, _ = begin(quick_chat)
    for _ in range(33):
        quick_chat.has_case(nid)
    listen(office)
    listed = office.member().says("งานค้าง").sees("card.open_title", count=34).sees("card.open_more", count=10).last
    rest = office.member().taps("card.open_next", listed).sees("card.open_page", first=25, last=34).last
    assert listed is not None and rest is not None
    first, left = ({label for label in one.labels if label.startswith("FT")} for one in (listed, rest))
    assert (len(first), len(left), first & left) == (24, 10, set()) and say("th", "card.open_next") not in rest.labels


def test_a_case_that_waits_for_the_reporters_word_is_no_open_work(quick_chat: Chat) -> None:
    office, nid, card, _ = begin(quick_chat)
    other = quick_chat.has_case(nid)
    office.gets_card(other)
    office.member().quotes(card, "เสร็จแล้วครับ").sees("card.update")
    listed = office.member().says("งานค้าง").sees("card.open_title", count=1).last
    assert listed is not None and other in listed.words and card.text[:12] not in listed.words


def test_help_is_one_bubble(quick_chat: Chat) -> None:
    office, _, _, _ = begin(quick_chat)
    assert len(office.member().says("ช่วยเหลือ").sees("group.help").heard()) == 1
