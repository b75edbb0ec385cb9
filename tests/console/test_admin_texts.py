"""Staff change what the account says in LINE: found by its words, seen before it goes, taken back; all say it."""

from collections.abc import Iterator

import pytest

from cases import wording
from jobs.wording import WordingKeeper
from storage import text_changes
from tests.desk import DeskHouse
from texts.catalog import LANGUAGES, load_catalogue, say, use_instead

STEPS = "/console/admin/texts/told.start"
THAI, ENGLISH = "{office} ลงมือแก้เรื่อง {number} แล้ว", "{office} has begun with {number}."


@pytest.fixture(autouse=True)
def own_words_again() -> Iterator[None]:
    """What this process says is not this test's alone."""
    yield
    use_instead({})


def test_a_text_is_found_seen_changed_said_and_taken_back(desk: DeskHouse) -> None:
    officer = desk.clerk("officer")
    officer.opens("/console/admin/").follows("console.menu.texts").sees("console.admin_texts.none_changed")
    officer.fills(q="no such words").presses("console.admin_texts.search").sees("console.admin_texts.none")
    officer.fills(q="is WORKING on case").presses("console.admin_texts.search")

    officer.sees("console.admin_texts.found", count=1).opens(STEPS)
    officer.fills(th=THAI, en=ENGLISH).presses("console.admin_texts.look")
    officer.sees("Din Daeng District Office has begun with FT6911-00042.").hides("console.admin_texts.history")
    officer.fills(en=ENGLISH + " Soon.").presses("console.admin_texts.keep").sees("FT6911-00042. Soon.")
    officer.fills(en=ENGLISH).presses("console.admin_texts.keep").sees("console.admin_texts.preview")
    assert "begun" not in say("en", "told.start", office="A", number="B")
    officer.presses("console.admin_texts.keep").sees("console.admin_texts.kept")
    assert say("en", "told.start", office="A", number="B") == "A has begun with B."
    officer.opens("/console/admin/texts").sees(THAI)

    officer.opens(STEPS).fills(th=THAI + " ครับ", en=ENGLISH).presses("console.admin_texts.look")
    officer.sees("console.admin_texts.particle")
    slow = desk.clerk("admin").opens(STEPS).fills(th=THAI + "!").presses("console.admin_texts.look")
    officer.presses("console.admin_texts.keep").presses("console.base.undo").sees("console.admin_texts.reverted")
    assert say("th", "told.start", office="A", number="B") == "A ลงมือแก้เรื่อง B แล้ว"
    slow.presses("console.admin_texts.keep", 409).sees("console.admin_texts.changed_meanwhile")
    slow.fills(th=THAI + "!").presses("console.admin_texts.look").presses("console.admin_texts.keep")
    officer.opens(STEPS).presses("console.admin_texts.again", nth=0)
    slow.presses("console.base.undo", 409).sees("console.admin_texts.changed_meanwhile")
    officer.presses("console.admin_texts.again", nth=0).presses("console.admin_texts.revert")
    assert say("th", "told.start", office="A", number="B") == load_catalogue("th")["told.start"].format(
        office="A", number="B"
    )
    officer.opens("/console/admin/texts").sees("console.admin_texts.none_changed")
    assert [each.verb for each in desk.audited()] == [
        *("text.changed", "text.changed", "text.reverted", "text.changed"),
        *3 * ["text.reverted"],
    ]
    assert "ลงมือ" not in str([each.details for each in desk.audited()])


def test_what_would_break_a_message_is_refused(desk: DeskHouse) -> None:
    officer, office = desk.clerk("officer"), desk.clerk("office", "district:1026")
    officer.opens(STEPS)
    for thai, fault in {
        "": "empty",
        "{office.__class__} {office} {number}": "braces",
        "{0} {office} {number}": "braces",
        "{office!r} {number}": "braces",
        "{office:>9999999} {number}": "braces",
        "{{office}} {number}": "braces",
        "{office} {number} {": "braces",
        "{office}": "placeholders",
        "{office} {number} {phone}": "placeholders",
        THAI + "ก" * 2000: "long",
    }.items():
        officer.posts(STEPS, 422, th=thai, en=ENGLISH, step="keep").sees(f"console.admin_texts.fault_{fault}")
    label = "/console/admin/texts/button.resolve"
    officer.posts(label, 422, th="แก้ไขเรียบร้อยเป็นที่สุดแล้วทุกจุด", en="Resolved").sees("console.admin_texts.fault_label")
    emergency = "/console/admin/texts/welcome.emergency"
    officer.posts(emergency, 422, th="โทร 191 199", en="Call 1669").sees("console.admin_texts.fault_numbers")
    for name in ("card.fill_ask", "button.language", "privacy.what", "console.menu.texts", "nothing"):
        officer.opens(f"/console/admin/texts/{name}", 404)
    officer.posts(f"{STEPS}/use/7", 404)
    office.opens("/console/admin/texts", 403).posts(STEPS, 403, th=THAI, en=ENGLISH)
    assert not desk.audited()


def test_another_process_notices_and_leaves_out_what_does_not_fit_any_more(desk: DeskHouse) -> None:
    keeper, clerk = WordingKeeper(desk.database), desk.clerk("officer")
    keeper.look()
    words = {"th": "{office} {number}", "en": "{office}: work on {number}"}
    clerk.opens(STEPS).fills(words).presses("console.admin_texts.look").presses("console.admin_texts.keep")
    use_instead({})
    with desk.database.begin() as session:
        [kept] = text_changes.list_current(session)
        text_changes.add(session, "told.kept", {"th": "{gone}", "en": None}, kept.user_id, kept.at)
        text_changes.add(session, "told.was_once", {"th": "x", "en": "y"}, kept.user_id, kept.at)
    keeper.look()
    assert say("en", "told.start", office="A", number="B") == "A: work on B"
    assert "{gone}" not in say("th", "told.kept")


def test_a_citizen_reads_the_changed_words_in_line(desk: DeskHouse) -> None:
    nid = desk.chat.citizen("Nid")
    words = {"th": "ด้วยความยินดี พบปัญหาอีกบอกได้เสมอ", "en": "Any time."}
    officer = desk.clerk("officer").opens("/console/admin/texts/talk.greeting")
    officer.fills(words).presses("console.admin_texts.look").presses("console.admin_texts.keep")
    nid.says("สวัสดี").reads(words["th"])


def test_the_words_of_the_program_fit_themselves() -> None:
    faults = {
        (name, language): fault
        for name in wording.list_names()
        for language in LANGUAGES
        if (fault := wording.find_fault(name, language, load_catalogue(language)[name]))
    }
    assert faults == {}
