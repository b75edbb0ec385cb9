"""Somebody without LINE asks what is kept about them: seen, handed over as a copy or on paper, and erased."""

import json
import re
from io import BytesIO
from zipfile import ZipFile

from sqlalchemy import select

import clock
from cases import erasing, inbound_mail, lifecycle, own_data
from cases.inbound_mail import Letter
from cases.statuses import Action, Actor, Role
from jobs.data_copies import CopyMaker
from jobs.erasures import finish_erasures
from storage import callbacks, data_requests, inbound_mails, uploads
from storage import cases as stored
from storage.media_claims import Stored
from storage.models import Base, Case, DataRequest, HistoryEntry, InboundMail, MediaItem, Reporter
from tests.chat import photo
from tests.desk import Clerk, DeskHouse
from tests.intake_desk import OFFICER

WORDS = "ไฟถนนดับทั้งซอย มืดมาก โทร 081-234-5678"
WHY = "โทรกลับเบอร์เดิมแล้ว บอกเลขเรื่องถูก"
PIM = Actor(Role.COORDINATOR, person="Upim", organisation="district:1026")
PHONE, EMAIL = "0812345678", "somying@mail.example"
SPOT = "13.769512, 100.553210"


def _cases(desk: DeskHouse) -> list[Case]:
    with desk.database.read() as session:
        return list(session.scalars(select(Case).order_by(Case.id)))


def _takes(officer: Clerk, **told: object) -> None:
    given = {"description": WORDS, "category": "lighting", "place": "ปากซอย 5 เขตดินแดง", "spot": SPOT} | told
    officer.opens("/console/intake").fills(given).attaches("photos", photo()).presses("console.intake.save")
    officer.sees("console.intake.slip")


def _ends(desk: DeskHouse, number: str) -> None:
    with desk.database.begin() as session:
        case = stored.find_case_by_number(session, number, lock=True)
        assert case is not None
        for step, actor in ((Action.DISPATCH, OFFICER), (Action.RESOLVE, PIM), (Action.CLOSE, OFFICER)):
            lifecycle.apply(session, case, step, actor, clock.now())


def test_a_caller_is_found_and_gets_a_copy(desk: DeskHouse) -> None:
    officer, other = desk.clerk("officer"), desk.clerk("viewer")
    _takes(officer, phone=PHONE, name="สมหญิง", email=EMAIL)
    _takes(officer, phone="0899999999", name="ดาว")
    first, second = _cases(desk)
    now = clock.now()
    with desk.database.begin(now) as session:
        mail = inbound_mails.claim(session, "<1@mail.example>", now)
        assert mail is not None
        mail.sender, mail.subject, mail.words = EMAIL, "ตามเรื่อง", "ยังไม่มีใครมา"
    page = f"/console/people/{first.reporter_id}"
    other.opens(page, 403).opens("/console/people", 403)
    desk.clerk("office").opens(page, 403)

    officer.opens("/console/people").fills(sought="ใครก็ไม่รู้").presses("console.people.search", 422)
    officer.sees("console.people.wrong_sought").fills(sought="0800000000").presses("console.people.search")
    officer.sees("console.people.none").fills(sought="081-234-5678").presses("console.people.search")
    assert PHONE not in officer.url
    officer.sees("สมหญิง").sees(first.number).hides("ดาว")
    officer.opens("/console/cases").fills(q=PHONE).presses("console.cases.search").follows("console.cases.own_data")
    officer.follows("สมหญิง").sees("console.people.mails_left_out", count=1).hides("console.people.drafts_first")
    officer.opens(f"/console/cases/{first.number}").follows("console.case.own_data").sees(first.number)
    officer.hides(second.number)

    # Nothing without a reason; then the copy is made beside it, and handed over twice over.
    officer.posts(f"{page}/copy", 422, reason=" x ").sees("console.people.wrong_reason")
    officer.fills(reason=WHY).presses("console.people.copy_make").sees("console.people.copy_making")
    officer.posts(f"{page}/copy", reason=WHY)
    maker = CopyMaker(desk.database, desk.parts.store)
    assert maker.make_due() == 1
    officer.opens(page)
    with ZipFile(BytesIO(officer.downloads("console.people.copy_fetch"))) as packed:
        told = json.loads(packed.read("data.json"))
        assert [name for name in packed.namelist() if name != "data.json"] == [
            f"files/{name}" for name in told["cases"][0]["files"]
        ]
    assert told["person"] == {"name": "สมหญิง", "phone": PHONE, "email": EMAIL}
    assert all(" 2569 " in line["when"] for line in told["cases"][0]["history"]), "read on another day, in another year"
    assert [case["number"] for case in told["cases"]] == [first.number] and len(told["cases"][0]["files"]) == 1
    assert told["emails_kept"] == [], "whose address it is was only said on the telephone"
    link = officer.page.find(id="address")
    assert link is not None and str(link["value"]).startswith("https://fasttrack.example/my-data/")
    with desk.database.read() as session:
        (asked,) = session.scalars(select(DataRequest)).all()
    officer.opens(f"/console/people/{second.reporter_id}/copies/{asked.id}", 404)
    officer.opens(f"{page}/copies/999", 404).opens(f"/console/people/{'9' * 25}", 404)
    officer.opens(page).fills(reason=WHY).presses("console.people.print_show").sees(WORDS).hides("ยังไม่มีใครมา")
    assert not re.search(r"วันนี้ \d|พ\.ย\. \d\d:", officer.words)
    desk.waits(hours=25)
    officer.comes_back().opens(page).sees("console.people.copy_over").opens(f"{page}/copies/{asked.id}", 404)
    verbs = [(one.verb, one.object) for one in desk.audited() if one.verb.startswith("person.")]
    who = f"reporter:{first.reporter_id}"
    seen = ("see", "see", "see", "copy", "see", "copy", "see", "see", "copy_taken", "see", "print", "see")
    assert verbs == [(f"person.{verb}", who) for verb in seen], "every opening of the page is kept"


def test_a_caller_is_erased_as_far_as_the_law_lets(desk: DeskHouse) -> None:
    officer = desk.clerk("officer")
    _takes(officer, phone=PHONE, name="สมหญิง", email=EMAIL, shown=True)
    (over,) = _cases(desk)
    caller = {"phone": PHONE, "email": EMAIL, "name": "สมหญิง", "caller": str(over.reporter_id)}
    _ends(desk, over.number)
    officer.opens("/console/intake").fills(description="ขยะกองอยู่หน้าบ้าน", category="waste", place="เขตดินแดง")
    officer.fills(phone=PHONE).presses("console.intake.check").fills(caller).presses("console.intake.save")
    elsewhere = {"description": "ไฟดับอีกต้น", "place": "ปากซอย 9 เขตดินแดง", "spot": "13.771000, 100.559000"}
    _takes(officer, phone="0899999999", name="ดาว", **elsewhere)
    _, still_open, of_others = _cases(desk)
    assert still_open.reporter_id == over.reporter_id
    joining = {"description": f"ผมด้วย {PHONE}", "category": "lighting", "channel": "phone"} | caller
    form = officer.opens("/console/intake").field("form")
    officer.posts("/console/intake", 200, form=form, do=f"join:{of_others.number}", **joining)
    page = f"/console/people/{over.reporter_id}"
    officer.opens(page).sees("console.people.followed", count=1).sees("console.people.told", count=2)

    # What would go is shown, and nothing has gone.
    officer.posts(f"{page}/erase", 422).posts(f"{page}/erase/look", 422, reason="").sees("console.people.wrong_reason")
    officer.fills(reason=WHY).presses("console.people.erase_look").sees("console.people.erase_waits", count=1)
    officer.sees("console.people.erase_tells_nobody").sees("console.people.erase_goes_part")
    officer.hides("console.people.erase_goes")
    shown = [[cell.get_text(strip=True) for cell in row.find_all("td")] for row in officer.page.select("tbody tr")]
    assert shown == [["2", "1"], ["1", "0"], ["1", "0"]], "what stays as it is stands in the words below"
    with desk.database.read() as session:
        assert session.get_one(Case, over.id).phone == PHONE and data_requests.list_erasures(session) == []

    # Nor does it go by a form that showed somebody else, none, or how it was some time ago.
    at, mark = officer.field("at"), officer.field("seen")
    their_page = f"/console/people/{of_others.reporter_id}"
    for sent in ({}, {"at": at, "seen": "é"}, {"at": "9" * 400, "seen": mark}, {"at": "²", "seen": mark}):
        officer.posts(f"{page}/erase", 200, reason=WHY, **sent).sees("console.people.look_first")
    officer.posts(f"{their_page}/erase", reason=WHY, at=at, seen=mark).sees("console.people.look_first").sees("ดาว")
    desk.waits(minutes=31)
    officer.comes_back().posts(f"{page}/erase", reason=WHY, at=at, seen=mark).sees("console.people.look_first")
    with desk.database.read() as session:
        assert data_requests.list_erasures(session) == []
    officer.fills(reason=WHY).presses("console.people.erase_look")
    officer.presses("console.people.erase_do").sees("console.people.erased_but", count=1)
    officer.sees("เหลือ 1 เรื่องที่ยังไม่จบ").hides("console.people.do_erase")
    with desk.database.read() as session:
        gone, kept = session.get_one(Case, over.id), session.get_one(Case, still_open.id)
        assert (gone.phone, gone.shared_name) == (None, None) and PHONE not in gone.description.replace("-", "")
        assert session.get_one(Reporter, gone.reporter_id).is_nobody
        person = session.get_one(Reporter, kept.reporter_id)
        assert (person.phone, person.email, person.name, kept.phone) == (PHONE, EMAIL, None, None)
        assert {item.state for item in session.scalars(select(MediaItem).where(MediaItem.case_id == over.id))} == {
            "withdrawn"
        }
        assert {item.state for item in session.scalars(select(MediaItem).where(MediaItem.case_id == of_others.id))} == {
            "stored"
        }, "the photo of whoever told that case is theirs"
        joined = session.scalars(select(HistoryEntry).where(HistoryEntry.action == "follow")).one()
        assert PHONE not in (joined.note or "") and (joined.actor_id or "").startswith("erased:")

    officer.opens(f"/console/cases/{still_open.number}").sees("console.case.did_note_erased_part").sees("Orathai")

    # What is open is told to its end; then nothing leads to them, and the record alone is left.
    finish_erasures(desk.database)
    _ends(desk, still_open.number)
    finish_erasures(desk.database)
    desk.waits(minutes=11)
    finish_erasures(desk.database)
    with desk.database.read() as session:
        assert session.get_one(Reporter, over.reporter_id).is_nobody and callbacks.count_owed(session) == 0
        (asked,) = session.scalars(select(DataRequest)).all()
        assert (asked.kind, asked.chat_id) == ("erase", None) and asked.done_at
        assert erasing.is_gone(session, f"reporter:{over.reporter_id}")
        for table in Base.metadata.sorted_tables:  # wherever it may have been written down
            told = str(session.execute(table.select()).all())
            assert not [words for words in (PHONE, "081-234-5678", EMAIL, "สมหญิง") if words in told], table.name
    officer.opens(page, 404).opens(f"/console/cases/{over.number}").hides("console.case.own_data", "สมหญิง", EMAIL)
    (entry,) = desk.audited("person.erase")
    assert entry.details == {"reason": WHY, "still_open": 1}


def test_who_told_a_secret_is_not_learned_and_is_not_erased_unseen(desk: DeskHouse) -> None:
    taker, officer = desk.clerk("officer"), desk.clerk("officer")
    secret_words = {"description": "เจ้าหน้าที่เขตเรียกรับเงินสินบน", "category": "official", "phone": PHONE}
    taker.opens("/console/intake").fills(secret_words).presses("console.intake.save")
    (secret,) = _cases(desk)
    page = f"/console/people/{secret.reporter_id}"
    officer.opens(page, 404).opens("/console/people").fills(sought=PHONE).presses("console.people.search")
    officer.sees("console.people.none").posts(f"{page}/erase", 404, reason=WHY)
    now = clock.now()
    with desk.database.begin(now) as session:
        session.add(Case(**_copy(secret), number="FT6911-99999", confidential=False))
    officer.opens(page).sees("console.people.secret_first", count=1).hides("console.people.do_erase", secret.number)
    for what in ("copy", "print", "erase", "erase/look"):
        officer.posts(f"{page}/{what}", reason=WHY).sees("console.people.secret_first", count=1)
    officer.opens(f"/console/cases/{secret.number}").fills(reason="ผู้แจ้งขอลบ").presses("console.case.secret_open")
    officer.follows("console.case.own_data").fills(reason=WHY).presses("console.people.erase_look")
    officer.presses("console.people.erase_do").sees("console.people.erased_but", count=2)


def test_mails_are_of_whose_case_they_are_and_not_of_who_names_the_address(desk: DeskHouse) -> None:
    taker, officer = desk.clerk("officer"), desk.clerk("officer", name="Wipa")
    texts = ("เจ้าหน้าที่เขตเรียกรับเงินสินบน", "ไฟถนนดับหน้าตลาด", "ผมร่วมด้วย", "ลดราคา", "ยังไม่มีใครมา")
    now = clock.now()
    with desk.database.begin(now) as session:
        for place, words in enumerate(texts):
            mail = inbound_mails.claim(session, f"<{place}@mail.example>", now)
            assert mail is not None
            mail.sender, mail.subject, mail.words = ("dao@mail.example" if place == 2 else EMAIL), "เรื่อง", words
        picture = Stored("full.jpg", "image/jpeg", 12, "sha", "card.jpg", 4, 4, {})
        uploads.add_upload(session, picture, chat_id=inbound_mails.name_chat(3), role="before", now=now)
    secret_mail, plain_mail, joined_mail, discarded, _ = texts
    taker.opens("/console/intake?mail=1").fills(category="official").presses("console.intake.save")
    taker.opens("/console/intake?mail=2").fills(category="lighting", place="เขตดินแดง").presses("console.intake.save")
    _, told = _cases(desk)
    form = taker.opens("/console/intake?mail=3").field("form")
    joining = {"description": joined_mail, "category": "lighting", "channel": "mail", "email": "dao@mail.example"}
    taker.posts("/console/intake", 200, form=form, do=f"join:{told.number}", mail="3", **joining)
    taker.posts("/console/intake/drafts/4/discard", reason="spam")
    elsewhere = {"description": "ขยะกองหน้าบ้าน", "category": "waste", "place": "เขตพญาไท"}
    _takes(officer, phone="0899999999", name="โจร", email=EMAIL.upper(), **elsewhere)
    third = _cases(desk)[-1]
    with desk.database.read() as session:
        (joiner,) = session.scalars(select(Reporter).where(Reporter.email == "dao@mail.example"))

    with desk.database.read() as session:
        attached = session.scalars(select(MediaItem).where(MediaItem.chat_id == inbound_mails.name_chat(3))).one()
        assert attached.case_id == told.id
        for whose, count in ((told.reporter_id, 0), (joiner.id, 1)):
            assert len(own_data.collect(session, f"reporter:{whose}", "th", now).files) == count

    # An address is named by anybody: no mail comes by it, none goes.
    page = f"/console/people/{third.reporter_id}"
    officer.opens(page).sees("console.people.mails_left_out", count=2)
    officer.fills(reason=WHY).presses("console.people.print_show").sees("ขยะกองหน้าบ้าน").hides(*texts)
    officer.opens(page).fills(reason=WHY).presses("console.people.erase_look").presses("console.people.erase_do")
    assert _words(desk) == list(texts)

    # Whoever wrote from there has what they wrote; neither what others joined by, nor what is behind a reason.
    page = f"/console/people/{told.reporter_id}"
    officer.opens(page).sees("console.people.drafts_first", count=1).hides("console.people.mails_left_out")
    officer.fills(reason=WHY).presses("console.people.print_show")
    officer.sees(plain_mail).sees(discarded).sees(texts[4]).hides(secret_mail, joined_mail)
    officer.opens(f"/console/people/{joiner.id}").fills(reason=WHY).presses("console.people.print_show")
    officer.sees(joined_mail).hides(*(words for words in texts if words != joined_mail))
    officer.opens(page).fills(reason=WHY).presses("console.people.erase_look").presses("console.people.erase_do")
    assert _words(desk) == [secret_mail, "", joined_mail, "", texts[4]], "what waits is for an officer to settle"
    taker.posts("/console/intake/drafts/5/discard", reason="spam")
    _ends(desk, told.number)
    finish_erasures(desk.database)
    assert _words(desk) == [secret_mail, "", joined_mail, "", ""]


def _gets(desk: DeskHouse, words: str, number: str | None = None, sender: str = EMAIL) -> None:
    """A mail comes in; `number`: of the case that its subject names."""
    now = clock.now()
    with desk.database.begin(now) as session:
        mail = inbound_mails.claim(session, f"<{words}@mail.example>", now)
        assert mail is not None
        letter = Letter(sender, "", "เรื่อง", words, words, from_machine=False, number=number)
        inbound_mail.receive(session, mail, letter, now)


def test_an_address_that_was_only_named_is_somebody_elses_until_an_officer_says(desk: DeskHouse) -> None:
    officer = desk.clerk("officer")
    elsewhere = {"description": "ขยะกองหน้าบ้าน", "category": "waste", "place": "เขตพญาไท", "spot": "", "email": EMAIL}
    _takes(officer, phone=PHONE, name="สมหญิง", email=EMAIL)
    _takes(officer, phone="0899999999", name="ดาว", **elsewhere)
    named, own = _cases(desk)
    _gets(desk, "ไม่ใช่เรื่องของฉัน บ้านฉันอยู่ซอย 9", named.number)
    page = f"/console/people/{named.reporter_id}"
    officer.opens(page).sees("console.people.mails_left_out", count=1).sees("console.people.email_named")
    officer.fills(reason=WHY).presses("console.people.print_show").hides("ซอย 9")

    # Whoever reads it says whose it is. Nobody is written to where somebody else reads it.
    with desk.database.begin() as session:
        session.get_one(Case, named.id).confidential = True
    officer.opens("/console/intake/drafts").sees("ซอย 9").hides(named.number)
    officer.posts("/console/intake/drafts/1/answer").sees("console.intake_drafts.answer_late")
    with desk.database.begin() as session:
        session.get_one(Case, named.id).confidential = False
    officer.opens("/console/intake/drafts").presses("console.intake_drafts.discard").presses("console.base.undo")
    officer.sees("console.intake_drafts.answer_named", number=named.number)
    officer.presses("console.intake_drafts.answer_other").sees(
        "console.intake_drafts.answer_denied", number=named.number
    )
    officer.sees("ซอย 9").hides(named.number + " จากอีเมล")
    officer.opens(page).hides("console.people.mails_left_out", EMAIL)

    _gets(desk, "กองใหญ่ขึ้นแล้ว", own.number)
    officer.opens("/console/intake/drafts").presses(f"เป็นผู้แจ้ง เพิ่มใน {own.number}")
    officer.sees("console.intake_drafts.answer_added", number=own.number)
    _gets(desk, "ยังไม่มีใครมา", own.number)
    officer.posts("/console/intake/drafts/2/answer").sees("console.intake.mail_settled")
    officer.posts("/console/intake/drafts/9/answer", 404)
    with desk.database.read() as session:
        assert session.scalars(select(InboundMail.state)).all() == ["draft", "added", "added"]
        said = session.scalars(select(HistoryEntry).where(HistoryEntry.action == "add")).all()
        assert [(one.case_id, one.role, one.note) for one in said] == [
            (own.id, "reporter", "กองใหญ่ขึ้นแล้ว"),
            (own.id, "reporter", "ยังไม่มีใครมา"),
        ]
    officer.opens(f"/console/people/{own.reporter_id}").hides("console.people.email_named").fills(reason=WHY).presses(
        "console.people.print_show"
    )
    officer.sees("กองใหญ่ขึ้นแล้ว").sees("ยังไม่มีใครมา")
    verbs = [one.verb for one in desk.audited() if one.verb.startswith("mail.")]
    assert verbs == ["mail.discard", "mail.restore", "mail.deny", "mail.answer"]


def test_a_confirmed_address_is_not_denied_and_gives_no_mails_about_what_others_told(desk: DeskHouse) -> None:
    officer = desk.clerk("officer")
    elsewhere = {"description": "ขยะกองหน้าบ้าน", "category": "waste", "place": "เขตพญาไท", "spot": ""}
    _takes(officer, phone=PHONE, name="สมหญิง", email=EMAIL)
    _takes(officer, phone="0899999999", name="ดาว", email=EMAIL, **elsewhere)
    own, of_other = _cases(desk)
    first, second, about_other, unjoined = "ต้นที่สองก็ดับ", "ดับมาสามวัน", "ถุงดำสิบใบ", "มีหนูด้วย"
    for words, number in ((first, own.number), (second, own.number), (about_other, of_other.number)):
        _gets(desk, words, number)
    _gets(desk, unjoined)
    officer.posts("/console/intake/drafts/4/discard", reason="unclear")
    with desk.database.begin() as session:
        session.get_one(InboundMail, 4).subject = f"ตอบ: {of_other.number}"

    # Both offer to deny it until one was said to be the reporter's; then the other is theirs too.
    officer.posts("/console/intake/drafts/2/answer", whose="reporter").sees("console.intake_drafts.answer_added")
    officer.sees("console.intake_drafts.answer_known", number=own.number)
    offered = [button.get_text(strip=True) for button in officer.page.select("button[name=whose]")]
    assert offered == [f"เป็นผู้แจ้ง เพิ่มใน {of_other.number}", "เป็นคนอื่น เลิกส่งถึงอีเมลนี้", f"เพิ่มใน {own.number}"]
    officer.posts("/console/intake/drafts/1/answer", whose="other")
    officer.sees("console.intake_drafts.answer_confirmed", number=own.number)
    with desk.database.read() as session:
        kept = session.get_one(Reporter, own.reporter_id)
        assert (kept.email, kept.email_proved_at is not None) == (EMAIL, True)

    # What names a case of somebody else may be theirs who told it, also where it was laid aside.
    page = f"/console/people/{own.reporter_id}"
    officer.opens(page).sees("console.people.mails_left_out", count=2).sees("console.people.drafts_first", count=1)
    officer.fills(reason=WHY).presses("console.people.print_show").sees(first).sees(second).hides(about_other, unjoined)
    officer.opens(page).fills(reason=WHY).presses("console.people.erase_look").presses("console.people.erase_do")
    assert _words(desk) == [first, "", about_other, unjoined]
    officer.opens("/console/intake/drafts").presses(f"เพิ่มใน {own.number}").sees("console.intake_drafts.answer_added")
    assert "mail.deny" not in [one.verb for one in desk.audited()]


def test_whoever_makes_a_case_of_a_mail_is_told_by_what_its_sender_was_known(desk: DeskHouse) -> None:
    officer = desk.clerk("officer")
    _takes(officer, phone=PHONE, name="สมหญิง", email="dao@mail.example")
    (told,) = _cases(desk)
    _gets(desk, "ขยะกองอยู่หน้าบ้าน เขตพญาไท", sender="dao@mail.example")
    _gets(desk, "ยังไม่มีใครมา", sender="dao@mail.example")
    made = {"category": "waste", "caller": str(told.reporter_id)}
    officer.opens("/console/intake?mail=1").sees("console.intake.known_by_named", value="dao@mail.example")
    officer.fills(made).presses("console.intake.save", 422).sees("console.intake.wrong_sure")
    officer.sees("console.intake.sender_named", sender="dao@mail.example")
    officer.fills(phone=PHONE, email="").presses("console.intake.save", 422)
    officer.sees("console.intake.sender_named", sender="dao@mail.example").hides("console.intake.known_by_named")
    assert len(_cases(desk)) == 1
    page = f"/console/people/{told.reporter_id}"
    officer.opens(page).fills(reason=WHY).presses("console.people.print_show").hides("ยังไม่มีใครมา")
    officer.opens("/console/intake?mail=1").fills(made).presses("console.intake.save", 422)
    officer.fills(sure=officer.field("sure")).presses("console.intake.save").sees("console.intake.saved_title")
    assert _cases(desk)[1].reporter_id == told.reporter_id
    officer.opens("/console/intake?mail=2").sees("console.intake.known_by_email", value="dao@mail.example")
    officer.fills(made).presses("console.intake.check").hides("console.intake.sure")
    officer.opens(page).fills(reason=WHY).presses("console.people.print_show").sees("ยังไม่มีใครมา")


def _words(desk: DeskHouse) -> list[str]:
    with desk.database.read() as session:
        return list(session.scalars(select(InboundMail.words).order_by(InboundMail.id)))


def _copy(case: Case) -> dict[str, object]:
    names = ("status", "owner", "routed_by", "category", "description", "channel", "reporter_id", "language", "place")
    moments = {"created_at": case.created_at, "updated_at": case.updated_at}
    return {name: getattr(case, name) for name in names} | moments | {"alternatives": [], "danger": []}
