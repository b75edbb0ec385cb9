"""An officer takes cases that people tell on the telephone, at the counter, by mail; the slip goes home with them."""

import re
from base64 import b64decode
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

import clock
from storage import callbacks, inbound_mails, intake_forms
from storage.models import Case, CaseIntake, Handover, HistoryEntry, InboundMail, Reporter
from tests.chat import photo
from tests.desk import Clerk, DeskHouse

WORDS = "ไฟถนนดับทั้งซอย มืดมาก"
SPOT = "13.769512, 100.553210"


def _cases(desk: DeskHouse) -> list[Case]:
    with desk.database.read() as session:
        return list(session.scalars(select(Case).order_by(Case.id)))


def _form(officer: Clerk) -> str:
    return officer.field("form")


def _mark(officer: Clerk) -> str:
    """What a yes to the question about the caller is sent back as."""
    box = officer.page.find("input", attrs={"name": "sure"})
    assert box is not None and not box.has_attr("checked")
    return str(box["value"])


def test_a_form_that_is_not_right_keeps_what_was_typed(desk: DeskHouse) -> None:
    officer, other = desk.clerk("officer"), desk.clerk("officer")
    desk.clerk("viewer").opens("/console/intake", 403)
    desk.clerk("office").opens("/console/intake", 403).opens("/console/intake/drafts", 403)

    officer.opens("/console/intake").presses("console.intake.save", 422).sees("console.intake.wrong_description")
    officer.fills(description="ช่วยมาดูหน่อย", phone="12", email="x@", spot="ตรงนั้น", channel="event")
    officer.presses("console.intake.save", 422)
    for key in ("category", "phone", "email", "spot", "event"):
        officer.sees(f"console.intake.wrong_{key}")
    assert officer.field("description") == "ช่วยมาดูหน่อย"
    officer.presses("console.intake.check").sees("console.intake.kind_unsure").sees("console.intake.category_hint")
    officer.fills(description=WORDS, phone="081-234-5678").presses("console.intake.check")
    officer.sees("console.intake.kind_will_be", kind="ไฟส่องสว่าง").sees("console.intake.to_omb")
    officer.fills(description="ไฟไหม้บ้านข้าง ๆ ตอนนี้").presses("console.intake.check").sees("199")
    officer.fills(description="เจ้าหน้าที่เขตเรียกรับเงินสินบน", place="เขตดินแดง")
    officer.presses("console.intake.check").sees("console.intake.to_omb_confidential")

    # The session ended; what was typed waits, for this officer and nobody else.
    name = _form(officer)
    desk.waits(hours=3)
    officer.comes_back().opens("/console/intake").sees("console.intake.unsent", count=1)
    officer.opens(f"/console/intake?form={name}")
    assert officer.field("place") == "เขตดินแดง"
    other.comes_back().opens(f"/console/intake?form={name}").hides("เรียกรับเงินสินบน")
    assert other.field("description") == "" and _form(other) != name
    other.posts("/console/intake", 404, form=name, description=WORDS, category="lighting", channel="phone")
    officer.opens("/console/intake").presses("console.intake.discard").hides("เรียกรับเงินสินบน")
    assert _cases(desk) == []
    with desk.database.read() as session:
        assert intake_forms.list_unsent(session, officer.id) == []


@pytest.mark.usefixtures("two_khet")
def test_a_pin_at_a_border_is_asked_about_before_it_is_saved(desk: DeskHouse) -> None:
    officer = desk.clerk("officer").opens("/console/intake").fills(description=WORDS, spot="13.7500, 100.5499")
    officer.presses("console.intake.save", 422).sees("console.intake.wrong_org").sees("console.intake.choose_khet")
    assert (_cases(desk), officer.field("spot")) == ([], "13.7500, 100.5499")
    officer.presses("อยู่ในเขตห้วยขวาง").hides("console.intake.choose_khet", "console.intake.wrong_org")
    assert officer.field("org") == "district:1017"
    officer.presses("console.intake.save").sees("console.intake.saved_title")
    # well inside, or with the khet in the words, nobody is asked; outside it is
    officer.opens("/console/intake").fills(description=WORDS, spot="13.75,100.52").presses("console.intake.check")
    officer.hides("console.intake.choose_khet").fills(spot="13.75,100.5499", place="ซอย 5 เขตดินแดง")
    officer.presses("console.intake.save").sees("console.intake.saved_title")
    officer.opens("/console/intake").fills(description=WORDS, spot="13.9,100.9").presses("console.intake.save", 422)
    officer.sees("console.intake.choose_outside").presses("console.case.lies_outside").presses("console.intake.save")
    assert [(case.owner, case.alternatives) for case in _cases(desk)] == [
        ("district:1017", ["district:1026"]),
        ("district:1026", ["district:1017"]),
        ("omb", []),
    ]


def test_one_case_however_often_it_is_sent_and_the_same_number_is_asked_about(desk: DeskHouse) -> None:
    officer = desk.clerk("officer")
    officer.opens("/console/intake")
    name = _form(officer)
    officer.fills(description=WORDS, place="ปากซอย 5 เขตดินแดง", spot=SPOT, phone="0812345678", name="สมหญิง", shown=True)
    officer.attaches("photos", photo()).presses("console.intake.save")
    first = _cases(desk)[0]
    officer.sees("console.intake.saved_title", number=first.number).sees("console.intake.told_phone")
    officer.posts("/console/intake", form=name, description="อย่างอื่น", category="road", channel="phone").sees(
        "console.intake.saved_title", number=first.number
    )
    assert len(_cases(desk)) == 1
    assert (first.channel, first.category, first.owner, first.phone_shared, first.shared_name) == (
        "phone",
        "lighting",
        "district:1026",
        True,
        "สมหญิง",
    )
    with desk.database.read() as session:
        report = session.scalars(select(HistoryEntry).where(HistoryEntry.action == "report")).one()
        assert (report.role, report.actor_id, report.details["channel"]) == ("staff", f"user:{officer.id}", "phone")
        assert session.get(CaseIntake, first.id).user_id == officer.id  # type: ignore[union-attr]

    # The same number is perhaps the same person: offered, never assumed. The case near by is offered too.
    officer.opens("/console/intake").fills(description=WORDS, spot=SPOT, phone="0812345678")
    officer.presses("console.intake.check").sees("console.intake.known").sees("console.intake.near")
    officer.sees(first.number)
    officer.presses("console.intake.save")
    officer.opens("/console/intake").fills(description="ขยะไม่เก็บมาสามวันแล้ว", place="เขตดินแดง", phone="0812345678")
    officer.presses("console.intake.check").fills(caller=str(first.reporter_id)).presses("console.intake.save")
    _, second, third = _cases(desk)
    assert second.reporter_id != first.reporter_id == third.reporter_id
    # Who has no spot names a place; the same in other words is offered, the next soi is not.
    officer.opens("/console/intake").fills(description="โคมไฟถนนไม่ติด", place="หน้าตลาดกลางดินแดง ซอย 3 เขตดินแดง")
    officer.presses("console.intake.save").opens("/console/intake")
    officer.fills(description=WORDS, place="แถวตลาดกลางดินแดง ซ.3 เขตดินแดง").presses("console.intake.check")
    officer.sees("console.intake.alike_line").fills(place="แถวตลาดกลางดินแดง ซ.4 เขตดินแดง")
    officer.presses("console.intake.check").hides("console.intake.alike_line")
    officer.opens("/console/intake").fills(description=WORDS, spot=SPOT, phone="0899999999", name="ดาว")
    officer.presses("console.intake.check").presses(f"เพิ่มผู้แจ้งใน {first.number}").sees("console.intake.joined")
    assert len(_cases(desk)) == 4
    with desk.database.read() as session:
        follow = session.scalars(select(HistoryEntry).where(HistoryEntry.action == "follow")).one()
        assert (follow.case_id, follow.note) == (first.id, WORDS)
    verbs = [entry.verb for entry in desk.audited() if entry.verb.startswith("intake.")]
    assert verbs == ["intake.take"] * 4 + ["intake.join"]
    assert all("0812345678" not in str(entry.details) for entry in desk.audited())


def test_a_slip_takes_the_case_into_line(desk: DeskHouse) -> None:
    desk.settings.line_basic_id = "@ombtest"
    officer = desk.clerk("officer")
    told = {"description": WORDS, "place": "เขตดินแดง", "channel": "event", "event": "หน่วยเคลื่อนที่ดินแดง"}
    officer.opens("/console/intake").fills(told).fills(confidential=True).presses("console.intake.save")
    officer.sees("console.case.new_confidential").hides("status.new", "status.dispatched")  # it was sent to no office
    officer.sees("console.intake.told_nobody").presses("console.intake.slip").hides(WORDS)
    officer.opens("/console/intake").fills(told).presses("console.intake.save")
    case = _cases(desk)[1]
    officer.follows("console.intake.next")
    assert officer.field("event") == "หน่วยเคลื่อนที่ดินแดง" and officer.field("description") == ""
    mailed = {"email": "dao@mail.example", "phone": "0899999999"}
    officer.opens("/console/intake").fills(told).fills(mailed).presses("console.intake.save")
    officer.sees("console.intake.told_phone_not_mail")  # no mail server is set, and none is said to be missing of hers
    officer.opens(f"/console/cases/{case.number}").follows("console.intake.slip_link")
    officer.presses("console.intake.slip").sees(WORDS).sees("หน่วยเคลื่อนที่ดินแดง")
    officer.sees("สำนักงานเขตดินแดง (รอส่งให้หน่วยงาน)")  # it says no more than is so: nothing reaches them yet
    assert len(re.findall(r"พ\.ย\. 2569", officer.words)) == 1  # paper is read in another year
    first = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", officer.words)
    picture = officer.page.select_one("img.slip-qr")
    assert first is not None and picture is not None
    assert b"<svg" in b64decode(str(picture["src"]).partition("base64,")[2])

    officer.opens(f"/console/intake/saved/{case.number}")
    form = officer.page.find("input", attrs={"name": "csrf_token"})
    sent = {"kind": "pdf", "csrf_token": str(form["value"])}  # type: ignore[index]
    answer = officer.client.post(f"/console/intake/{case.number}/slip", data=sent)
    assert answer.mimetype == "application/pdf"
    paper = PdfReader(BytesIO(answer.data)).pages[0].extract_text()
    second = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", paper)
    assert case.number in paper and second is not None and second[0] != first[0]

    dao, nid = desk.chat.citizen("Dao"), desk.chat.citizen("Nid")
    # Where no setting says what the account is called, LINE is asked; until it has told, the slip says what to type.
    officer.opens(f"/console/intake/saved/{case.number}").presses("console.intake.slip")
    assert officer.page.select_one("img.slip-qr") is None
    officer.sees("console.intake_slip.type")
    assert desk.parts.account is not None and desk.parts.account.look()
    officer.opens(f"/console/intake/saved/{case.number}").presses("console.intake.slip")
    assert officer.page.select_one("img.slip-qr") is not None
    second = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", officer.words)
    assert second is not None
    dao.says(f"รับเรื่อง {first[0]}").sees("handover.lapsed")
    nid.says(f"รับเรื่อง {second[0]}").sees("handover.done", number=case.number)
    officer.opens(f"/console/intake/saved/{case.number}").sees("console.intake.told_line")
    assert officer.presses("console.intake.slip").page.select_one(".slip-code") is None


def test_mail_becomes_a_case_or_is_laid_aside(desk: DeskHouse) -> None:
    officer, other = desk.clerk("officer"), desk.clerk("admin")
    officer.opens("/console/intake/drafts").sees("console.intake_drafts.none").sees("console.intake_drafts.not_set_up")
    now = clock.now()
    with desk.database.begin(now) as session:
        for number, words in enumerate(("น้ำท่วมขังหน้าตลาด เขตดินแดง", "=HYPERLINK(1) <b>ขายของ</b> ไฟไหม้บ้านตอนนี้")):
            mail = inbound_mails.claim(session, f"<{number}@mail.example>", now)
            assert mail is not None
            mail.sender, mail.sender_name, mail.subject = "dao@mail.example", "ดาว", "น้ำท่วม" if not number else "ลดราคา"
            mail.words, mail.notes = words, "winmail" if number else ""
    officer.opens("/console/intake/drafts").sees("<b>ขายของ</b>").sees("console.intake_drafts.note_winmail").sees(
        "console.intake_drafts.danger"
    )
    officer.opens("/console/intake/drafts/2/files/1", 404)
    officer.posts("/console/intake/drafts/2/discard", 400, reason="because")
    officer.opens("/console/intake/drafts").presses("console.intake_drafts.discard").sees(
        "console.intake_drafts.discarded"
    )
    officer.hides("ขายของ").presses("console.base.undo").sees("ขายของ")

    other.opens("/console/intake?mail=1").sees("console.intake.from_mail")
    officer.opens("/console/intake?mail=1")
    assert (officer.field("email"), officer.field("name")) == ("dao@mail.example", "ดาว")
    officer.presses("console.intake.save").sees("console.intake.saved_title")
    other.presses("console.intake.save").sees("console.intake.mail_settled")
    (case,) = _cases(desk)
    assert (case.channel, case.category, case.owner) == ("mail", "drain_flood", "district:1026")
    with desk.database.read() as session:
        mail = session.get_one(InboundMail, 1)
        assert (mail.state, mail.case_id, mail.settled_by) == ("made", case.id, f"user:{officer.id}")


def test_who_cannot_be_written_to_is_rung(desk: DeskHouse) -> None:
    desk.chat.turns_to("2026-11-24 10:00")
    officer = desk.clerk("officer")
    officer.opens("/console/intake/calls").sees("console.intake_calls.none")
    office = desk.chat.coordinators("district:1026", "Pim")
    officer.opens("/console/intake").fills(description=WORDS, place="เขตดินแดง", phone="0812345678", name="สมหญิง")
    officer.presses("console.intake.save")
    (case,) = _cases(desk)
    card, pim = office.gets_card(case.number), office.member("Pim")
    pim.quotes(card, "นัดซ่อม 25 พ.ย.").sees("card.update", number=case.number)
    officer.opens("/console/intake/calls").sees("console.intake_calls.kind_news").sees("นัดแก้ไขภายในพรุ่งนี้")
    officer.sees("console.intake_calls.by_due", day="วันนี้").sees("console.intake_calls.group_due", count=1)
    # a day that has passed is no news; that nobody was told by then is late
    desk.chat.turns_to("2026-11-26 10:00")
    officer.comes_back().opens("/console/intake/calls").sees("console.intake_calls.by_late", day="อ. 24 พ.ย.")
    officer.hides("นัดแก้ไข").sees("told.stands", number=case.number, status="กำลังทำ")

    pim.quotes(card, "แก้ไขแล้วครับ").sees("card.update", number=case.number)
    officer.opens("/console/").sees("console.today.call_confirm").opens("/console/intake/calls")
    officer.sees("console.intake_calls.kind_confirm").sees("0812345678").hides("console.intake_calls.kind_news")
    officer.presses("console.intake_calls.no_answer")
    officer.sees("console.intake_calls.tried", number=case.number, day="พรุ่งนี้").sees("console.intake_calls.tried_at")
    # nobody answered: it is put off to the next day of work, and late after that
    officer.sees("console.intake_calls.by_later", day="พรุ่งนี้").opens("/console/").hides("console.today.call_confirm")
    for day, words, shown in (("27", "by_due", "วันนี้"), ("28", "by_late", "ศ. 27 พ.ย.")):
        desk.chat.turns_to(f"2026-11-{day} 09:00")
        officer.comes_back().opens("/console/").sees("console.today.call_confirm")
        assert ("ควรโทรภายใน ศ. 27 พ.ย." in officer.words) is (words == "by_late")
        officer.opens("/console/intake/calls").sees(f"console.intake_calls.{words}", day=shown)
    with desk.database.read() as session:
        assert callbacks.count_owed(session) == 1
        assert session.scalars(select(Reporter.phone)).all() == ["0812345678"]
    # what nobody answered is taken off only after a question, and can be put back, once and by who did it
    officer.sees("console.intake_calls.sure_confirm").presses("console.intake_calls.settle")
    officer.sees("console.intake_calls.none").presses("console.base.undo")
    officer.sees("console.intake_calls.undone", number=case.number).sees("console.intake_calls.kind_confirm")
    again = f"/console/intake/calls/2/undo/{case.number}"
    officer.posts(again).sees("console.intake_calls.undo_late", number=case.number)
    officer.opens("/console/intake/calls").presses("console.intake_calls.settle")
    desk.clerk("officer").posts(again).sees("console.intake_calls.undo_late", number=case.number)
    desk.waits(minutes=16)
    officer.posts(again).sees("console.intake_calls.undo_late", number=case.number)
    officer.opens(f"/console/cases/{case.number}").sees("console.case.did_note_call_again")
    assert len(desk.audited("call.undone")) == 1
    officer.opens("/console/intake/calls").sees("console.intake_calls.none")

    # Whose a confidential case is stands on no list.
    told = {"description": "เจ้าหน้าที่เขตเรียกรับเงินสินบน", "category": "official", "phone": "0898887777"}
    officer.opens("/console/intake").fills(told).presses("console.intake.save")
    with desk.database.begin(clock.now()) as session:
        secret = session.scalars(select(Case).where(Case.confidential)).one()
        step = session.scalars(select(HistoryEntry).where(HistoryEntry.case_id == secret.id)).first()
        assert step is not None
        callbacks.add(session, case_id=secret.id, entry_id=step.id, kind="reply", now=clock.now())
    officer.opens("/console/intake/calls").sees(secret.number).hides("0898887777", "เรียกรับเงิน")
    officer.sees("console.case.new_confidential").sees("console.cases.mark_confidential").hides("status.new")


def test_of_a_confidential_case_nothing_is_learned_or_done_unlooked(desk: DeskHouse) -> None:
    desk.settings.line_basic_id = "@ombtest"
    taker, officer = desk.clerk("officer"), desk.clerk("officer")
    secret_words = {"description": "เจ้าหน้าที่เขตเรียกรับเงินสินบน", "category": "official", "phone": "0898887777"}
    taker.opens("/console/intake").fills(secret_words | {"name": "สมศรี"}).presses("console.intake.save")
    (secret,) = _cases(desk)
    taker.presses("console.intake.slip").sees(secret.number)
    now = clock.now()
    with desk.database.begin(now) as session:
        step = session.scalars(select(HistoryEntry).where(HistoryEntry.case_id == secret.id)).first()
        assert step is not None
        callbacks.add(session, case_id=secret.id, entry_id=step.id, kind="reply", now=now)
        codes = session.scalar(select(func.count()).select_from(Handover))

    # Whose it is, or that this number told one at all, is not found by the number.
    officer.opens("/console/intake").fills(description=WORDS, phone="0898887777", category="lighting")
    officer.presses("console.intake.check").hides("สมศรี", secret.number, "console.intake.known")
    form = _form(officer)
    told = {"form": form, "description": WORDS, "category": "lighting", "channel": "phone", "phone": "0898887777"}
    sent = {
        f"/console/intake/{secret.number}/slip": {},
        "/console/intake": told | {"do": f"join:{secret.number}"},
        "/console/intake/calls/1/tried": {"number": secret.number},
        "/console/intake/calls/1/done": {"number": secret.number},
    }
    undo: dict[str, dict[str, str]] = {f"/console/intake/calls/1/undo/{secret.number}": {}}
    for path, fields in (sent | undo).items():
        officer.posts(path, 200, **fields).sees("console.case.secret_why")
    officer.opens(f"/console/intake/saved/{secret.number}").sees("console.case.secret_why")
    with desk.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Handover)) == codes
        assert session.scalars(select(HistoryEntry.action).where(HistoryEntry.action == "follow")).all() == []
        (owed,) = callbacks.list_for_case(session, secret.id)
        assert (owed.tried_at, owed.done_at) == (None, None)
    officer.opens(f"/console/intake?form={form}")
    assert officer.field("description") == WORDS, "what was typed is not lost"
    desk.waits(minutes=31)
    taker.posts(f"/console/intake/{secret.number}/slip").sees("console.case.secret_why")
    # With a reason all of it is done.
    officer.opens(f"/console/cases/{secret.number}").fills(reason="ผู้แจ้งโทรมาอีกครั้ง").presses("console.case.secret_open")
    for path, fields in sent.items():
        officer.posts(path, 200, **fields)
    with desk.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Handover)) == (codes or 0) + 1
        assert callbacks.list_for_case(session, secret.id) == [], "settled"
        assert len(session.scalars(select(HistoryEntry).where(HistoryEntry.action == "follow")).all()) == 1
    # Where it is named then it is marked as in the list.
    officer.opens(f"/console/people/{secret.reporter_id}").sees(secret.number).sees("console.case.new_confidential")
    officer.sees("console.cases.mark_confidential")


def test_nobodys_address_is_taken_over(desk: DeskHouse) -> None:
    officer = desk.clerk("officer")
    told = {"description": WORDS, "category": "lighting", "channel": "phone", "place": "เขตดินแดง"}
    officer.opens("/console/intake").fills(told | {"phone": "0812345678", "email": "dao@mail.example"})
    officer.presses("console.intake.save")
    (first,) = _cases(desk)
    officer.opens(f"/console/cases/{first.number}").sees("console.case.reached_mail_call")  # no mail server: they ring
    for given in ({"email": "thief@mail.example"}, {"phone": "0899999999", "email": "thief@mail.example"}):
        form = _form(officer.opens("/console/intake"))
        officer.posts("/console/intake", 200, form=form, caller=str(first.reporter_id), **told, **given)
    form = _form(officer.opens("/console/intake"))
    new = told | {"phone": "0812345678", "email": "dao.new@mail.example", "caller": str(first.reporter_id)}
    # What would become other is told and asked; a yes to something else is none.
    officer.posts("/console/intake", 422, form=form, **new, sure="é").sees("console.intake.wrong_sure")
    officer.sees("console.intake.known_by_phone", value="0812345678").hides("อีเมลตรงกัน")
    line = {"before": "dao@mail.example", "after": "dao.new@mail.example"}
    officer.sees("console.intake.will_change", what="อีเมล", **line)
    yes = _mark(officer)
    officer.posts("/console/intake", 422, form=form, **new | {"email": "thief@mail.example", "sure": yes})
    by_address = new | {"phone": "0899999999", "email": "dao@mail.example", "sure": yes}
    officer.posts("/console/intake", 422, form=form, **by_address, do=f"join:{first.number}")
    officer.sees("console.intake.known_by_named", value="dao@mail.example")
    officer.sees("console.intake.will_change", what="เบอร์โทร", before="0812345678", after="0899999999")
    assert len(_cases(desk)) == 3
    officer.posts("/console/intake/check", 200, form=form, **new).sees(
        "console.intake.will_change", what="อีเมล", **line
    )
    officer.posts("/console/intake", 200, form=form, **new, sure=yes).sees("console.intake.changed", what="อีเมล")
    with desk.database.read() as session:
        people = session.scalars(select(Reporter).order_by(Reporter.id)).all()
        assert [one.email for one in people] == ["dao.new@mail.example", "thief@mail.example", "thief@mail.example"]
    changes = [one.details.get("changed") for one in desk.audited() if one.verb == "intake.take"]
    assert sorted(changes, key=bool) == [None, None, None, ["email"]]

    # No number is too large to be answered.
    huge = "9" * 20
    form = _form(officer.opens("/console/intake"))
    officer.posts("/console/intake", 200, form=form, mail=huge, **told).sees("console.intake.saved_title")
    officer.opens(f"/console/intake/drafts/{huge}/files/1", 404).opens(f"/console/intake/drafts/1/files/{huge}", 404)
    officer.opens(f"/console/intake?mail={huge}").opens("/console/intake?mail=²")
    officer.posts(f"/console/intake/drafts/{huge}/discard", 404, reason="spam")
    officer.posts(f"/console/intake/calls/{huge}/done", 404, number=first.number)
