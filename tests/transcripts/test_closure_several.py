"""Several cases of one person are called done: whose answer is it, how they are told apart, all of them at once."""

from storage.models import Case
from tests.chat import Chat, Office, Person

THANKS = "เรียบร้อยแล้วค่ะ ขอบคุณ"


def _case(chat: Chat, nid: Person, category: str, place: str) -> str:
    return chat.has_case(nid, category=category, place={"org": "district:1026", "how": "address", "words": place})


def _is_done(office: Office, nid: Person, number: str) -> None:
    office.member().says(f"{number} เสร็จแล้วครับ").sees("group.step_resolve")
    nid.sees("closure.resolved_question").reads(number)


def test_words_soon_after_the_stars_of_one_are_the_answer_of_the_other(quick_chat: Chat) -> None:
    office, nid = quick_chat.coordinators("district:1026"), quick_chat.citizen("Nid")
    light, waste = _case(quick_chat, nid, "lighting", "ซอย 5"), _case(quick_chat, nid, "waste", "ซอย 9")
    _is_done(office, nid, light)
    nid.taps("button.all_well").sees("talk.judged_yes", number=light).taps("4 ดาว").sees("talk.stars_thanks")
    # Its question came since, so that the photo before the words is of it too.
    quick_chat.waits(minutes=2)
    _is_done(office, nid, waste)
    nid.sends_photo().sees("talk.unasked").says(THANKS).sees("talk.photos_along", number=waste)
    nid.sees("talk.judged_yes", number=waste).taps("5 ดาว", nid.last).says("มาเร็วมาก").sees(
        "talk.word_kept", number=waste
    )
    # Two waited already when one of them was judged: it is asked of the other, and what names a kind is not.
    flood, again = _case(quick_chat, nid, "drain_flood", "ซอย 9"), _case(quick_chat, nid, "lighting", "ซอย 7")
    _is_done(office, nid, flood)
    _is_done(office, nid, again)
    nid.says("ยังไม่ได้แก้").sees("talk.judge_which", example=f"{again} ยังไม่ได้แก้")
    nid.says("ไฟทางติดแล้วค่ะ ขอบคุณ").sees("talk.judged_yes", number=again).says("ไฟสว่างดีแล้วค่ะ").sees("talk.word_kept")
    nid.says(THANKS).sees("talk.judge_how", number=flood)
    nid.says(f"{flood} ยังไม่ได้แก้").sees("talk.judged_no", number=flood)
    assert [quick_chat.case(one).stars for one in (light, waste)] == [4, 5]


def test_all_of_several_are_well_by_one_tap_and_each_is_changed_by_itself(quick_chat: Chat) -> None:
    office, duty = quick_chat.coordinators("district:1026"), quick_chat.coordinators("omb")
    nid = quick_chat.citizen("Nid")
    numbers = [_case(quick_chat, nid, "lighting", f"ซอย {soi}") for soi in (5, 6, 7)]
    for number, soi in zip(numbers, (5, 6, 7), strict=True):
        _is_done(office, nid, number)
        nid.reads(f"ไฟส่องสว่าง · ซอย {soi}")
    nid.says("ยังไม่ได้แก้").sees("talk.judge_which", example=f"{numbers[2]} ยังไม่ได้แก้")
    asked = nid.says("ทั้งหมดเรียบร้อยค่ะ").sees("talk.judge_which").last
    assert quick_chat.count(Case) == 3 and asked is not None
    assert nid.outcome and nid.outcome.message_id
    said = nid.outcome.message_id
    nid.taps("ทั้ง 3 เรื่อง", asked).sees("talk.judged_yes", number=numbers[0]).sees("talk.judged_all", count=3)
    assert [quick_chat.case(one).status for one in numbers] == ["closed"] * 3
    keys = ".".join(str(quick_chat.case(one).id) for one in numbers)
    again = f"c:{quick_chat.case(numbers[0]).id}:well:{keys}~{said}"
    nid.postback(again).sees("talk.already_judged", number=numbers[2])
    mine = next(one for one in quick_chat.line.received(nid.id) if f"ปิดเรื่อง {numbers[1]}" in one.words)
    nid.taps("2 ดาว", mine).sees("talk.stars_thanks", number=numbers[1]).taps("talk.change_answer", mine)
    nid.sees("talk.judge_how", number=numbers[1]).taps("button.not_well", nid.last).sees(
        "talk.judged_no", number=numbers[1]
    )
    assert [quick_chat.case(one).status for one in numbers] == ["closed", "disputed", "closed"]
    duty.gets_card(numbers[1])
    nid.unsends(said).postback(again).sees("talk.words_gone")


def test_nothing_found_is_asked_about_in_its_own_words_to_the_end(quick_chat: Chat) -> None:
    office, nid = quick_chat.coordinators("district:1026"), quick_chat.citizen("Nid")
    number = _case(quick_chat, nid, "lighting", "ซอย 5")
    office.member().says(f"{number} ตรวจแล้วไม่พบครับ")
    nid.sees("closure.not_found_question").says("ยังมีอยู่ค่ะ").sees("talk.judged_no_not_found", number=number)
    nid.taps("talk.change_answer").sees("talk.judge_how_not_found", number=number)
    nid.taps("button.partly_gone", nid.last).sees("talk.judged_partly_not_found", number=number)
    nid.taps("talk.change_answer", nid.last).sees("talk.judge_how_not_found").taps("button.gone", nid.last)
    nid.sees("talk.judged_yes", number=number)
