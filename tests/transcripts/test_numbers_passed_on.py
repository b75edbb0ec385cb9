"""A colleague's own number that an office types reaches a reporter only where somebody says so; its hotline always."""

from storage.models import Case
from tests.chat import Chat, listen
from tests.transcripts.office_with_case import begin
from texts.catalog import say

MOBILE, LINE = "081-234-5678", "02-246-0301 ต่อ 12"
HIDDEN = say("th", "told.number_hidden")


def test_a_colleagues_number_goes_along_only_where_somebody_says_so(quick_chat: Chat) -> None:
    quick_chat.turns_to("2027-03-08 09:00")
    office, nid, card, _number = begin(quick_chat)
    pim = office.member("Pim")

    asked = f"ขอข้อมูล: เสาต้นไหน โทรบอกช่างเอก {MOBILE} หรือฝ่ายโยธา {LINE}"
    preview = pim.quotes(card, asked).sees("question.number_in", phone=MOBILE).last
    nid.sees_nothing()
    pim.taps("question.send_without", preview).sees("card.update")
    nid.reads(f"เสาต้นไหน โทรบอกช่างเอก {HIDDEN} หรือฝ่ายโยธา {LINE}")
    assert not any(MOBILE in said for said in nid.heard())
    listen(office, nid)

    pim.quotes(card, f"ขอข้อมูล: ใครดูแลกุญแจ โทร {MOBILE}").sees("question.number_in")
    pim.taps("question.send_with").sees("card.update")
    nid.reads(f"ใครดูแลกุญแจ โทร {MOBILE}")
    listen(office, nid)

    # Reasons that nobody is asked about go without.
    pim.quotes(card, f"รองบประมาณ สอบถามพี่เล็ก {MOBILE}").sees("question.number_in")
    pim.taps("question.send_without").sees("group.step_wait")
    nid.sees("told.wait", reason=f"รองบประมาณ สอบถามพี่เล็ก {HIDDEN}")
    pim.quotes(card, "เสร็จ 10 มี.ค. ครับ").sees("group.promised")
    pim.quotes(card, f"ขอเลื่อนเป็น 17 มี.ค. เพราะรออะไหล่จากพี่เล็ก {MOBILE}").sees("group.put_off_because")
    nid.sees("told.put_off_because", reason=f"รออะไหล่จากพี่เล็ก {HIDDEN}")
    assert not any(MOBILE in said for said in nid.heard())


def test_of_numbers_in_an_answer_only_the_one_that_was_allowed_comes_to_the_group(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    hidden = say("th", "group.phone_hidden")
    office.member("Pim").quotes(card, "ขอข้อมูล: เสาต้นไหน").taps("question.send").sees("card.update")
    listen(office)

    nid.says("ต้นที่สาม โทรหาได้ที่ 089 111 2222 หรือบ้าน 02-555-1234").sees("talk.passed_on")
    office.sees("group.told_answer", note=f"ต้นที่สาม โทรหาได้ที่ {hidden} หรือบ้าน {hidden}")

    with quick_chat.parts.database.begin() as session:
        case = session.get(Case, quick_chat.case(number).id)
        assert case is not None
        case.phone, case.phone_shared = "0891112222", True
    office.member("Pim").quotes(card, "ขอข้อมูล: บ้านเลขที่เท่าไร").taps("question.send").sees("card.update")
    listen(office)
    nid.says("บ้าน 12 เบอร์ 089-111-2222 เบอร์ลุงข้างบ้าน 086-777-8888").sees("talk.passed_on")
    office.sees("group.told_answer", note=f"บ้าน 12 เบอร์ 089-111-2222 เบอร์ลุงข้างบ้าน {hidden}")
