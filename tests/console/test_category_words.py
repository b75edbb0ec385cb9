"""Administrators teach the account what people call a problem: tried first, heard by the same reader, taken back."""

from cases.categories import override
from cases.shield import is_delicate
from cases.triage import suggest
from tests.desk import DeskHouse

PAGE = "/console/admin/categories/{}/words"
SENTENCE = "หน้าบ้านมีพี่เบิ้มยืนอยู่ทั้งคืน"


def test_words_that_cannot_be_added(desk: DeskHouse) -> None:
    admin, page = desk.clerk("admin"), PAGE.format("animals")
    for wrong in ("กข", "1234567", "ก" * 41, "หมาจรจัด", "\n".join(f"คำที่เพิ่ม {n}" for n in range(61))):
        admin.posts(page, 422, do="keep", words=wrong)
    admin.posts(PAGE.format("lighting"), do="keep", words="พี่เบิ้ม")
    admin.posts(page, 422, do="keep", words="พี่เบิ้ม").sees(
        "console.admin_words.problem_taken", word="พี่เบิ้ม", category="ไฟส่องสว่าง"
    )
    admin.posts(PAGE.format("official"), 404, do="keep", words="พี่เบิ้ม")  # who may see a complaint is not set here
    admin.opens(PAGE.format("potholes"), 404)
    assert [each.object for each in desk.audited()] == ["category:lighting"]
    desk.clerk("officer").opens(page, 403)


def test_a_word_is_tried_kept_heard_and_taken_back(desk: DeskHouse) -> None:
    admin, page = desk.clerk("admin"), PAGE.format("lighting")
    nid = desk.chat.citizen("Nid")
    desk.chat.has_case(nid)
    assert suggest(SENTENCE).codes[0] != "lighting"
    admin.opens("/console/admin/categories").follows("คำเรียก ไฟส่องสว่าง")
    admin.fills(words="พี่เบิ้ม\n พี่เบิ้ม \n\n", sentence=SENTENCE).presses("console.admin_words.try")
    admin.sees("console.admin_words.then").sees("console.admin_words.changes", count=0, of=1)
    assert suggest(SENTENCE).codes[0] != "lighting"  # so far it was only tried
    admin.presses("console.admin_categories.keep").sees("console.admin_words.kept", count=1)
    assert admin.field("words") == "พี่เบิ้ม"

    override({})  # another process, that took no form: it looks by itself
    desk.parts.overrides.read()
    assert (suggest(SENTENCE).codes[0], suggest(SENTENCE).confident) == ("lighting", True)
    nid.says("แจ้งเรื่อง").sees("report.ask_description").says(SENTENCE).sees(
        "report.ask_place"
    )  # and of what kind, nobody asks

    # No word makes a complaint about an official less plain, though it swallows what speaks of one.
    complaint = "เจ้าหน้าที่เทศกิจเรียกรับเงินจากแม่ค้า"
    assert is_delicate(complaint)
    admin.posts(page, do="keep", words="เทศกิจเรียกรับเงินจากแม่ค้า\nเรียกรับเงิน\nรับเงินจากแม่ค้า")
    assert "official" in suggest(complaint).codes and not suggest(complaint).confident

    admin.presses("console.base.undo").presses("console.base.undo").presses("console.base.undo")
    assert admin.field("words") == "พี่เบิ้ม"
    admin.opens("/console/admin/categories").sees("คำเรียก (1)").hides("console.admin_categories.revert")
    admin.opens(page).fills(words="").presses("console.admin_categories.keep")
    assert suggest(SENTENCE).codes[0] != "lighting"
    assert desk.audited("category.words_changed")[0].details == {"added": ["พี่เบิ้ม"], "gone": []}
