"""An answer to an office while something else is open: another report, another question, another case."""

from cases.questions import list_questions
from storage.models import MediaItem
from tests.chat import Chat, Office, Person, listen
from tests.transcripts.office_with_case import begin

SPOT = "เสาต้นไหนครับ"
SIDE = "ฝั่งไหนของถนนครับ"


def _ask(chat: Chat, office: Office, nid: Person, number: str, question: str) -> None:
    listen(office, nid)
    preview = office.member().says(f"{number} ขอข้อมูล {question}").sees("question.title", number=number).last
    office.member().taps("question.send", preview).sees("group.step_ask")
    nid.sees("told.ask", number=number)


# --- a report half told ---------------------------------------------------------------------------------
def test_words_after_a_question_that_came_in_the_middle_of_a_report_are_asked_about(quick_chat: Chat) -> None:
    office, nid, _, number = begin(quick_chat)
    nid.reaches("place")
    _ask(quick_chat, office, nid, number, SPOT)
    nid.says("ต้นที่สามจากปากซอย").sees("talk.whose_question").reads(SPOT)
    nid.taps(f"{number[-5:]} {SPOT}").sees("answering.more", number=number)
    office.sees("group.told_answer", number=number, note="ต้นที่สามจากปากซอย")
    nid.sends_photo().sees("answering.more")
    nid.taps("answering.done").sees("talk.passed_on").sees("talk.back_to_draft").sees("report.ask_place")
    assert quick_chat.history(number)[-2:] == ["answer", "add"]
    nid.says("ซอยประชาสงเคราะห์ 5 เขตดินแดง").sees("report.place_ok")


def test_what_the_report_waits_for_is_asked_about_also_after_an_answer(quick_chat: Chat) -> None:
    office, nid, _, number = begin(quick_chat)
    nid.reaches("place")
    _ask(quick_chat, office, nid, number, SPOT)
    nid.says("ต้นที่สามจากปากซอย").sees("talk.whose_question").taps(f"{number[-5:]} {SPOT}").sees("answering.more")
    # The next line is no more of the answer: it is the place that the report asks for. Nothing of it goes out.
    listen(office)
    nid.says("ถนนประชาสงเคราะห์ เขตดินแดง").sees("talk.whose_question").reads(SPOT)
    nid.taps("talk.whose_draft").sees("report.place_ok")
    office.sees_nothing()
    nid.taps("report.place_yes").sees("report.ask_photos")
    # It may be more of the answer all the same.
    nid.taps("button.answer").sees("answering.ask").says("ต้นที่สี่ด้วย").sees("answering.more").sends_photo()
    nid.sees("talk.whose_question").taps(f"{number[-5:]} {SPOT}").sees("answering.more").says("ขอบคุณค่ะ")
    nid.taps("answering.done").sees("talk.back_to_draft").sees("report.ask_photos")
    assert quick_chat.history(number).count("add") == 2


def test_words_for_the_report_go_there_and_who_goes_on_with_it_is_not_asked_again(quick_chat: Chat) -> None:
    office, nid, _, number = begin(quick_chat)
    nid.reaches("place")
    _ask(quick_chat, office, nid, number, SPOT)
    nid.says("ซอยประชาสงเคราะห์ 5 เขตดินแดง").sees("talk.whose_question").taps("talk.whose_draft").sees("report.place_ok")
    assert quick_chat.history(number)[-1] == "ask"
    nid.taps("report.place_yes").sees("report.ask_photos").sends_photo().sees("report.photos_count")
    with quick_chat.reads() as session:
        assert [item.case_id for item in session.query(MediaItem)] == [None]


def test_what_plainly_answers_the_report_is_the_reports(quick_chat: Chat) -> None:
    office, nid, _, number = begin(quick_chat)
    nid.reaches("phone")
    _ask(quick_chat, office, nid, number, SPOT)
    nid.says("0812345678").heard()
    assert "answer" not in quick_chat.history(number)
    nid.says("ย้อนกลับ").sees("report.ask_phone")


def test_a_photo_and_a_pin_are_asked_about_too(quick_chat: Chat) -> None:
    office, nid, _, number = begin(quick_chat)
    nid.reaches("place")
    _ask(quick_chat, office, nid, number, SPOT)
    nid.drops_pin(13.7695, 100.5530, "ถนนดินแดง").sees("talk.whose_question").taps("talk.whose_draft")
    nid.heard()
    assert quick_chat.history(number)[-1] == "ask"
    _ask(quick_chat, office, nid, number, SIDE)
    nid.sends_photo().sees("talk.whose_question").taps(f"{number[-5:]} {SIDE}").sees("answering.more")
    office.sees("group.told_answer", number=number)


def test_an_album_is_asked_about_once(quick_chat: Chat) -> None:
    office, nid, _, number = begin(quick_chat)
    nid.reaches("place")
    _ask(quick_chat, office, nid, number, SPOT)
    nid.sends_album(3).sees("talk.whose_question").taps(f"{number[-5:]} {SPOT}").sees("answering.more")
    with quick_chat.reads() as session:
        assert {item.case_id for item in session.query(MediaItem)} == {quick_chat.case(number).id}


def test_the_button_of_the_question_opens_it_beside_the_report(quick_chat: Chat) -> None:
    office, nid, _, number = begin(quick_chat)
    nid.reaches("phone")
    _ask(quick_chat, office, nid, number, SPOT)
    nid.taps("button.answer").sees("answering.ask", number=number, question=SPOT).says("0812345678 โทรถามได้")
    nid.sees("answering.more")
    told = office.sees("group.told_answer", number=number).last
    assert told is not None and "0812345678" not in told.words
    nid.taps("answering.done").sees("talk.passed_on").sees("talk.back_to_draft").sees("report.ask_phone")


def test_answering_later_leaves_the_question_open(quick_chat: Chat) -> None:
    office, nid, _, number = begin(quick_chat)
    nid.reaches("photos")
    _ask(quick_chat, office, nid, number, SPOT)
    nid.taps("button.answer").sees("answering.ask").taps("answering.later").sees("answering.later_said")
    nid.sees("talk.back_to_draft").sees("report.ask_photos")
    assert quick_chat.case(number).status == "needs_info"


def test_who_answers_and_never_says_that_this_was_all_has_answered(quick_chat: Chat) -> None:
    office, nid, _, number = begin(quick_chat)
    nid.reaches("place")
    _ask(quick_chat, office, nid, number, SPOT)
    nid.taps("button.answer").sees("answering.ask").says("ต้นที่สาม").sees("answering.more")
    office.sees("group.told_answer", number=number, note="ต้นที่สาม")
    quick_chat.waits(hours=25)
    nid.says("ไฟถนนดับอีกซอย").sees("report.ask_place")
    assert quick_chat.history(number)[-1] == "answer"


# --- several questions ----------------------------------------------------------------------------------
def test_two_questions_of_one_case_are_told_apart(quick_chat: Chat) -> None:
    office, nid, _, number = begin(quick_chat)
    _ask(quick_chat, office, nid, number, SPOT)
    _ask(quick_chat, office, nid, number, SIDE)
    # What was taken back before it was said what it is for is passed on to nobody.
    nid.says("หน้าบ้านยายมี").sees("talk.whose_question")
    assert nid.outcome and nid.outcome.message_id
    nid.unsends(nid.outcome.message_id).taps(f"{number[-5:]} {SPOT}").sees("talk.words_gone")
    nid.sees("answering.ask", question=SPOT).says("ยกเลิก").sees("answering.later_said")
    assert "answer" not in quick_chat.history(number)
    nid.says("ต้นที่สาม").sees("talk.whose_question").reads(SIDE)
    nid.taps(f"{number[-5:]} {SPOT}").sees("talk.passed_on", number=number)
    left = nid.sees("talk.question_left", number=number, question=SIDE).last
    told = office.sees("group.told_answer", number=number).last
    assert told is not None and f'"{SPOT}" ต้นที่สาม' in told.words
    nid.taps("button.answer", left).sees("answering.ask", question=SIDE).says("ฝั่งเซเว่น").sees("talk.passed_on")
    more = office.sees("group.told_add", number=number).last
    assert more is not None and f'"{SIDE}" ฝั่งเซเว่น' in more.words


def test_a_quote_names_its_question(quick_chat: Chat) -> None:
    office, nid, _, number = begin(quick_chat)
    _ask(quick_chat, office, nid, number, SPOT)
    first = nid.last
    quick_chat.waits(seconds=5)
    _ask(quick_chat, office, nid, number, SIDE)
    nid.quotes(first, "ต้นที่สาม").sees("talk.question_left", question=SIDE)
    told = office.sees("group.told_answer", number=number).last
    assert told is not None and f'"{SPOT}" ต้นที่สาม' in told.words


def test_a_quote_answers_one_question_while_the_button_of_another_waits(chat: Chat) -> None:
    office, nid, _, number = begin(chat)
    _ask(chat, office, nid, number, SPOT)
    first = nid.last
    chat.waits(seconds=5)
    _ask(chat, office, nid, number, SIDE)
    second = nid.last
    nid.taps("button.answer", second).sees("answering.ask", question=SIDE)
    nid.quotes(first, "ต้นที่สาม").sees("talk.passed_on", number=number).sees("answering.ask", question=SIDE)
    assert len([words for words in nid.heard() if SIDE in words]) == 1, "it is asked once more, not twice"
    nid.says("ฝั่งเซเว่น").sees("talk.passed_on", number=number)
    heard = "\n".join(office.heard())
    assert f'"{SPOT}" ต้นที่สาม' in heard and f'"{SIDE}" ฝั่งเซเว่น' in heard
    chat.redelivers_everything().changes_nothing()
    assert chat.history(number)[-2:] == ["answer", "add"]
    nid.taps("button.answer", second).sees("answering.ask", question=SIDE).says("ฝั่งตลาด").sees("talk.passed_on")
    assert chat.history(number)[-2:] == ["add", "add"]


def test_the_bubble_of_what_is_left_is_quoted(quick_chat: Chat) -> None:
    office, nid, _, number = begin(quick_chat)
    _ask(quick_chat, office, nid, number, SPOT)
    quick_chat.waits(seconds=5)
    _ask(quick_chat, office, nid, number, SIDE)
    nid.says("ฝั่งเซเว่น").sees("talk.whose_question").taps(
        next(one.label for one in quick_chat.line.list_tappable(nid.id) if "ฝั่งไหน" in one.label)
    )
    left = nid.sees("talk.question_left", number=number, question=SPOT).last
    quick_chat.waits(seconds=5)
    nid.quotes(left, "ต้นที่สาม").sees("talk.passed_on", number=number)
    more = office.sees("group.told_add", number=number).last
    assert more is not None and f'"{SPOT}" ต้นที่สาม' in more.words


def test_two_cases_ask_at_once_and_their_buttons_answer_each(chat: Chat) -> None:
    office, nid, _, first = begin(chat)
    second = chat.has_case(nid, category="waste")
    _ask(chat, office, nid, first, SPOT)
    asked_first = nid.last
    _ask(chat, office, nid, second, SIDE)
    nid.taps("button.answer", asked_first).sees("answering.ask", number=first).says("ต้นที่สาม")
    nid.sees("talk.passed_on", number=first)
    office.sees("group.told_answer", number=first, note="ต้นที่สาม")
    nid.says("ฝั่งเซเว่น").sees("talk.passed_on", number=second)
    office.sees("group.told_answer", number=second, note="ฝั่งเซเว่น")
    chat.redelivers_everything().changes_nothing()


def test_a_double_tap_on_the_answer_button(quick_chat: Chat) -> None:
    office, nid, _, number = begin(quick_chat)
    _ask(quick_chat, office, nid, number, SPOT)
    question = nid.last
    nid.taps("button.answer", question).sees("answering.ask").taps("button.answer", question).sees("answering.ask")
    nid.says("ต้นที่สาม").sees("talk.passed_on", number=number)
    assert quick_chat.history(number).count("answer") == 1


def test_a_question_that_was_taken_back_needs_no_answer_but_one_finds_its_case(quick_chat: Chat) -> None:
    office, nid, _, number = begin(quick_chat)
    _ask(quick_chat, office, nid, number, SPOT)
    question = nid.last
    office.member().taps("button.undo").sees("group.undone", number=number)
    nid.taps("button.answer", question).sees("addition.ask").says("ต้นที่สามจากปากซอย").sees("addition.ask_more")
    nid.taps("addition.done")
    quick_chat.settles()
    assert quick_chat.history(number)[-1] == "add"


def test_ready_made_questions_are_told_apart_by_their_words(quick_chat: Chat) -> None:
    office, nid, card, _ = begin(quick_chat)
    for ready in list_questions("lighting")[:2]:
        listen(office, nid)
        how = office.member().quotes(card, "ขอข้อมูล").sees("group.how_to_ask").last
        preview = office.member().taps(ready.label, how).sees("question.title").last
        office.member().taps("question.send", preview).sees("group.step_ask")
        nid.sees("told.ask", question=ready.th)
    shown = nid.says("5 ต้นติดกัน").sees("talk.whose_question").last
    assert shown is not None and all(ready.th in shown.words for ready in list_questions("lighting")[:2])


# --- a report that was only begun -----------------------------------------------------------------------
def _begins_after_two_questions(chat: Chat) -> tuple[Office, Person, str]:
    office, nid, _, number = begin(chat)
    _ask(chat, office, nid, number, SPOT)
    _ask(chat, office, nid, number, SIDE)
    nid.says("แจ้งเรื่อง").sees("report.ask_description")
    listen(office)
    return office, nid, number


def test_an_answer_after_a_report_was_begun_is_asked_about(quick_chat: Chat) -> None:
    office, nid, number = _begins_after_two_questions(quick_chat)
    nid.says("ต้นที่สามจากปากซอย").sees("talk.whose_question").reads(SIDE)
    nid.taps(f"{number[-5:]} {SPOT}").sees("talk.question_left", question=SIDE)
    office.sees("group.told_answer", number=number)


def test_a_pin_after_a_report_was_begun_is_asked_about(quick_chat: Chat) -> None:
    office, nid, number = _begins_after_two_questions(quick_chat)
    nid.drops_pin(13.7695, 100.5530, "ถนนดินแดง").sees("talk.whose_question").taps(f"{number[-5:]} {SIDE}")
    nid.sees("talk.question_left", question=SPOT)
    office.sees("group.told_answer", number=number)


def test_a_photo_for_the_report_that_was_begun_stays_there(quick_chat: Chat) -> None:
    _, nid, number = _begins_after_two_questions(quick_chat)
    nid.sends_photo().sees("talk.whose_question").taps("talk.whose_draft").sees("report.ask_description_with_media")
    nid.says("ขยะกองเต็มหน้าตลาด").sees("report.ask_place")
    assert quick_chat.history(number)[-1] == "ask"


def test_another_problem_is_told_without_a_question(quick_chat: Chat) -> None:
    _, nid, number = _begins_after_two_questions(quick_chat)
    nid.says("ขยะกองเต็มหน้าตลาด ไม่มีใครมาเก็บ").sees("report.ask_place")
    assert quick_chat.history(number)[-1] == "ask"


def test_a_quote_answers_while_another_line_is_undecided(quick_chat: Chat) -> None:
    office, nid, _, number = begin(quick_chat)
    _ask(quick_chat, office, nid, number, SPOT)
    quick_chat.waits(seconds=5)
    _ask(quick_chat, office, nid, number, SIDE)
    second = nid.last
    nid.says("ต้นที่สาม").sees("talk.whose_question")
    nid.quotes(second, "ฝั่งเซเว่น").sees("talk.passed_on", number=number)
    told = office.sees("group.told_answer", number=number).last
    assert told is not None and f'"{SIDE}" ฝั่งเซเว่น' in told.words
    asked = nid.sees("talk.whose_question").last
    assert asked is not None and SPOT in asked.words and SIDE not in asked.words
    nid.taps(f"{number[-5:]} {SPOT}").sees("talk.passed_on", number=number)
    more = office.sees("group.told_add", number=number).last
    assert more is not None and f'"{SPOT}" ต้นที่สาม' in more.words
