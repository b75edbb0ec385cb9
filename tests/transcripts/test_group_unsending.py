"""An office takes back what it said of a case: the step goes back by the same undo, or the group is told why not."""

from sqlalchemy import select

from storage.models import HistoryEntry, HistoryWords
from tests.chat import Chat, Person, listen
from tests.transcripts.office_with_case import begin
from texts.catalog import say


def _id(person: Person) -> str:
    assert person.outcome and person.outcome.message_id
    return person.outcome.message_id


def _words(chat: Chat) -> list[str]:
    with chat.reads() as session:
        return list(session.scalars(select(HistoryWords.words)))


def _taken_back(chat: Chat) -> int:
    with chat.reads() as session:
        told = session.scalars(select(HistoryEntry).where(HistoryEntry.action == "note"))
        return sum("unsent_words_of" in entry.details for entry in told)


def test_done_is_taken_back_with_its_message_and_group_and_reporter_hear_it(quick_chat: Chat) -> None:
    quick_chat.turns_to("2027-03-08 09:00")
    office, nid, card, number = begin(quick_chat)
    somchai, pim = office.member("Somchai"), office.member("Pim")
    somchai.quotes(card, "เสร็จแล้วครับ เปลี่ยนหลอดใหม่").sees("card.update", number=number)
    nid.sees("closure.resolved_question")
    listen(office, nid)
    somchai.unsends(_id(somchai))
    waiting = say("th", "status.dispatched")
    told = office.sees("group.unsent_undone", number=number, step=say("th", "group.step_resolve"), status=waiting).last
    assert told is not None and told.endpoint == "push", "it was reported as done"
    nid.sees("told.undo", number=number)
    assert quick_chat.history()[2:] == ["resolve", "note", "undo"] and _taken_back(quick_chat) == 1
    assert not any("เปลี่ยนหลอด" in words for words in _words(quick_chat))
    quick_chat.redelivers_everything().changes_nothing()
    pim.taps("remind.open_card", told)
    assert office.gets_card(number)

    # A step of which nobody was told that it is done rings for nobody: it comes with the next answer.
    listen(office, nid)
    pim.quotes(card, "รับทราบค่ะ").sees("question.date")
    listen(office, nid)
    pim.unsends(_id(pim)).sees_nothing()
    assert quick_chat.case().status == "dispatched"
    nid.sees("told.undo", number=number)
    somchai.says("งานค้าง").sees("group.unsent_undone", number=number, step=say("th", "group.step_acknowledge"))
    pim.quotes(card, "รับทราบค่ะ").sees("question.date").unsends(_id(pim)).quotes(card, "กำลังทำค่ะ").sees("card.update")
    assert not any("ยกเลิกข้อความ" in words for words in pim.heard()), "the case is further by now"
    pim.taps("button.undo").sees("group.undone")

    # A question that was shown before it went is taken back from its reporter too.
    somchai.quotes(card, "เสาต้นไหน หน้าบ้านยายมีหรือครับ").sees("question.title")
    asked = _id(somchai)
    pim.taps("question.send").sees("group.step_ask")
    nid.sees("told.ask", number=number)
    listen(office, nid)
    somchai.unsends(asked)
    nid.sees("told.not_asked", number=number)
    assert quick_chat.case().status == "acknowledged" and not any("ยายมี" in words for words in _words(quick_chat))


def test_where_the_case_went_on_it_stays_and_the_group_hears_with_its_next_answer(quick_chat: Chat) -> None:
    quick_chat.turns_to("2027-03-08 09:00")
    office, nid, card, number = begin(quick_chat)
    somchai, pim = office.member("Somchai"), office.member("Pim")
    somchai.quotes(card, "รับทราบครับ").sees("question.date")
    noted = _id(somchai)
    pim.quotes(card, "พรุ่งนี้เข้าแก้ไขค่ะ").sees("card.update", number=number)
    nid.sees("told.promise")
    listen(office, nid)
    somchai.unsends(noted).sees_nothing()
    nid.sees_nothing()
    assert (quick_chat.history()[2:], _taken_back(quick_chat)) == (["acknowledge", "promise", "note"], 1)
    assert not any("รับทราบครับ" in words for words in _words(quick_chat))
    pim.quotes(card, "เสร็จแล้วค่ะ")
    office.sees("group.unsent_stands", number=number, step=say("th", "group.step_acknowledge"))
    done = _id(pim)

    nid.taps("button.all_well").sees("talk.judged_yes")
    listen(office, nid)
    pim.unsends(done)
    told = office.sees("group.unsent_over", number=number, status=say("th", "status.closed")).last
    assert told is not None and told.endpoint == "push"
    nid.sees_nothing()
    assert quick_chat.case().status == "closed" and _taken_back(quick_chat) == 2


def test_what_waits_for_a_tap_or_the_next_words_ends_with_the_message_it_came_from(quick_chat: Chat) -> None:
    duty, watthana = quick_chat.coordinators("omb", "Duty"), quick_chat.coordinators("district:1039")
    quick_chat.turns_to("2027-03-08 09:00")
    office, nid, card, number = begin(quick_chat)
    somchai, pim = office.member("Somchai"), office.member("Pim")
    listen(watthana)
    told = (
        ("เสาต้นไหนครับ", "question.title", "question.send"),
        ("รองบประมาณปี 70 ครับ", "question.title_wait", "question.send"),
        ("ส่งต่อเขตวัฒนา", "transfer.why", "transfer.why_area"),
        ("ไม่รับ", "group.how_to_decline", "decline.why_private"),
        ("ขอแรง", "helping.whom", "button.cancel"),
    )
    for words, shown, button in told:
        asked = somchai.quotes(card, words).sees(shown, number=number).last
        somchai.unsends(_id(somchai))
        somchai.says("เป็นที่ดินเอกชน").heard()  # talk again
        pim.taps(button, asked).sees("group.stands", number=number).sees("group.words_gone")
    # Of a message that was changed the latest buttons count.
    asked = somchai.quotes(card, "เสาต้นไหนครับ").sees("question.title").last
    somchai.edits("เสาต้นที่เท่าไรครับ", message_id=_id(somchai)).sees("question.title")
    pim.taps("question.send", asked).sees("group.words_changed")
    watthana.sees_nothing()
    assert quick_chat.case().status == "acknowledged" and "ask" not in quick_chat.history()
    # Who taps a day below a "noted" that is none any more, or picks a case for words that are none, hears it too.
    other = quick_chat.has_case(nid)
    asked = somchai.quotes(office.gets_card(other), "รับทราบครับ").sees("question.date", number=other).last
    somchai.unsends(_id(somchai))
    pim.taps("moment.today", asked).sees("group.words_gone")
    assert quick_chat.case(other).status == "dispatched"

    # An office that a case is offered to reads no more than how it stands.
    pim.says(f"{other} โอนให้เขตวัฒนา เพราะเป็นพื้นที่เขตวัฒนา").sees("group.step_offered")
    receiver = watthana.member()
    asked = receiver.quotes(watthana.gets_card(other), "ไม่ใช่ของเรา").sees("transfer.why_not").last
    receiver.unsends(_id(receiver))
    told_late = watthana.member().taps("transfer.why_area", asked).sees("group.words_gone").last
    assert told_late is not None and say("th", "button.undo") not in told_late.words
    assert quick_chat.case(other).status == "transferring"

    # The officers' words as well.
    pim.quotes(card, "ไม่รับครับ เป็นที่ดินเอกชน").sees("group.step_decline")
    officer = duty.member().postback(f"g:{quick_chat.case(number).id}:agree").sees("desk.ask_advise")
    asked = officer.says("แนะนำให้ไปฟ้องเพื่อนบ้าน").sees("desk.preview_advise").last
    officer.unsends(_id(officer))
    listen(nid)
    duty.member().taps("desk.send_advise", asked).sees("group.words_gone")
    nid.sees_nothing()
    assert quick_chat.case(number).status == "declined"


def test_an_offer_or_its_acceptance_is_taken_back_with_its_message_and_both_offices_hear_it(quick_chat: Chat) -> None:
    quick_chat.turns_to("2027-03-08 09:00")
    duty, watthana = quick_chat.coordinators("omb", "Duty"), quick_chat.coordinators("district:1039", "Dao")
    office, nid, _card, number = begin(quick_chat)
    somchai, dao = office.member("Somchai"), watthana.member("Dao")
    there, step = {"number": number, "office": "เขตวัฒนา"}, say("th", "group.step_accept")
    offered = say("th", "group.step_offered", office="เขตวัฒนา")
    somchai.says(f"{number} โอนให้เขตวัฒนา เพราะเป็นพื้นที่เขตวัฒนา").sees("group.step_offered")
    first = _id(somchai)
    dao.says(f"{number} รับเรื่องครับ").sees("question.date")
    listen(office, nid)
    dao.unsends(_id(dao)).sees_nothing()
    nid.sees("told.not_taken")
    assert (quick_chat.case().status, quick_chat.case().owner) == ("transferring", "district:1026")
    waiting = say("th", "status.transferring")
    told = dao.says("งานค้าง").sees("group.unsent_undone", number=number, step=step, status=waiting).last
    dao.taps("remind.open_card", told)
    assert say("th", "button.accept") in watthana.gets_card(number).labels

    # The day that the same words name goes with the acceptance, and each hears of it once.
    dao.says(f"{number} รับครับ พรุ่งนี้เข้า").sees("card.update", number=number)
    nid.sees("told.promise", number=number)
    assert (quick_chat.case().status, quick_chat.case().owner) == ("in_progress", "district:1039")
    listen(office, nid)
    dao.unsends(_id(dao)).sees_nothing()
    nid.sees("told.not_taken")
    assert len(nid.heard()) == 1
    assert (quick_chat.case().status, quick_chat.case().owner) == ("transferring", "district:1026")
    assert quick_chat.history()[-5:] == ["accept", "promise", "note", "undo", "undo"]
    assert quick_chat.case().promised_on is None
    told = dao.says("งานค้าง").sees("group.unsent_undone", number=number, status=waiting).last
    assert told is not None and say("th", "group.step_accept") in told.words and "พรุ่งนี้" in told.words

    # What the same words say of a day once they are changed comes on top: the case stays taken.
    dao.says(f"{number} รับเรื่องครับ").sees("question.date")
    dao.edits(f"{number} รับเรื่องครับ เสร็จพรุ่งนี้", message_id=_id(dao)).sees("card.update", number=number)
    assert (quick_chat.case().status, quick_chat.case().owner) == ("in_progress", "district:1039")
    # The offer went too far to be taken back: whoever made it reads so, and whoever has the case now.
    somchai.unsends(first)
    assert quick_chat.case().owner == "district:1039"
    somchai.says("งานค้าง").sees("group.unsent_given", step=offered, **there)
    taken = say("th", "transfer.accepted", number=number, office="สำนักงานเขตวัฒนา")
    assert taken not in somchai.heard(), "said once"
    dao.says("งานค้าง").sees("transfer.words_gone_here", number=number, office="สำนักงานเขตดินแดง")

    # Of danger everybody hears at once, also at night: its receiver has minutes to answer.
    quick_chat.turns_to("2027-03-08 22:00")
    number = quick_chat.has_case(nid, danger=["fire"], description="สายไฟขาด มีประกายไฟ")
    office.gets_card(number)
    somchai.says(f"{number} โอนให้เขตวัฒนา เพราะเป็นพื้นที่เขตวัฒนา").sees("group.step_offered")
    dao.says(f"{number} รับเรื่องครับ").sees("question.date", number=number)
    office.sees("transfer.accepted", number=number)
    listen(office, duty, watthana)
    dao.unsends(_id(dao))
    told = watthana.sees("group.unsent_undone", number=number, step=step).last
    assert told is not None and told.endpoint == "push"
    assert say("th", "button.accept") in watthana.gets_card(number).labels
    for group in (office, duty):
        group.sees("transfer.accept_undone", number=number, office="สำนักงานเขตวัฒนา")
