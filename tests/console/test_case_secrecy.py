"""A confidential case on its page: who is let in, for how long, what is kept of it; and one that is made so later."""

from datetime import timedelta

from sqlalchemy import select, update
from werkzeug.test import Client

import clock
from cases import helping, views, writing
from cases.statuses import Actor, Role
from console import case_steps
from storage import cases as stored
from storage import clocks as stored_clocks
from storage import looks, media, outbox, uploads
from storage.links import link_expiry, sign_media
from storage.media_claims import Stored
from storage.models import Case, OutboxMessage, SentMessage, WaitingMessage
from tests.chat import KEY, listen
from tests.desk import DeskHouse
from tests.intake_desk import follows, writes_down

DIN_DAENG, DRAINAGE = "district:1026", "dept:drainage"
TOLD = "เจ้าหน้าที่เขตดินแดงเรียกรับเงินค่าแผง 500 บาท ที่ตลาดสมมุติ"
SECRETS = ("เรียกรับเงิน", "ตลาดสมมุติ", "0812345678", "ซอยลับ", "console.case.words")


def tell_secret(desk: DeskHouse) -> str:
    place = {"org": DIN_DAENG, "how": "address", "words": "ซอยลับ", "lat": 13.77, "lng": 100.55}
    nid = desk.chat.citizen("Nid")
    return desk.chat.has_case(nid, category="official", description=TOLD, place=place, phone="0812345678")


def add_photo(desk: DeskHouse, number: str, message: str = "U-nid") -> int:
    """A photo that lies in the store already."""
    now = clock.now()
    for path in ("full.jpg", "card.jpg"):
        desk.parts.store.put(path, b"\xff\xd8 a picture", "image/jpeg")
    kept = Stored("full.jpg", "image/jpeg", 12, f"sha-{number}", "card.jpg", 4, 4, {})
    with desk.database.begin(now) as session:
        item = uploads.add_upload(session, kept, chat_id=message, role="before", now=now)
        case = stored.find_case_by_number(session, number)
        assert case is not None
        media.attach(session, [item.id], case.id, "before")
        return item.id


def test_a_confidential_case_opens_for_a_reason_and_half_an_hour(desk: DeskHouse) -> None:
    number = tell_secret(desk)
    picture = add_photo(desk, number)
    page = f"/console/cases/{number}"
    photo = f"{page}/photos/{picture}/card"
    orathai, wipa, somchai = desk.clerk("officer"), desk.clerk("viewer"), desk.clerk("office", DIN_DAENG)
    for path in (page, photo, f"{page}/place.json", f"{page}/do/acknowledge"):
        assert somchai.client.get(path).status_code in (403, 404), path
    somchai.posts(f"{page}/look", 403, reason="อยากรู้ว่าใครแจ้ง")

    # before a reason is given nothing leaks, by no road
    for clerk in (orathai, wipa):
        clerk.opens(page).sees(number).sees("console.case.secret_why").hides(*SECRETS)
        assert "/photos/" not in clerk.answer.text
    for path in (photo, f"{page}/place.json"):
        assert orathai.client.get(path).status_code == 404, path
    orathai.opens(f"{page}/do/acknowledge").sees("console.case.secret_why").hides(*SECRETS)
    orathai.posts(f"{page}/here", 204, version="1")
    orathai.posts(f"{page}/do/close", form="x" * 20, version="1", words="y", stage="send").hides(*SECRETS)
    orathai.posts(f"{page}/notes", form="x" * 20, words="y").hides(*SECRETS)
    orathai.posts(f"{page}/undo/1").hides(*SECRETS)
    assert desk.chat.history(number) == ["report"]

    orathai.opens(page).fills(reason="ดู").presses("console.case.secret_open", 422).sees("console.case.wrong_reason")
    orathai.fills(reason="ตรวจตามที่ได้รับมอบหมาย").presses("console.case.secret_open").sees(TOLD).sees("0812345678")
    assert orathai.client.get(photo).status_code == 200
    assert orathai.client.get(f"{page}/place.json").get_json()["pin"] == [13.77, 100.55]
    assert sign_media(KEY, picture, "card", link_expiry(clock.now())) not in orathai.answer.text
    assert wipa.client.get(photo).status_code == 404, "a link that was passed on opens for nobody else"
    other = desk.chat.has_case(desk.chat.citizen("Ton"))
    assert orathai.client.get(f"/console/cases/{other}/photos/{picture}/card").status_code == 404

    # each look is kept; a form that was opened in time may still be sent
    orathai.opens(page).sees("ตรวจตามที่ได้รับมอบหมาย").follows("console.case.do_refer").fills(words="ป.ป.ช.")
    desk.waits(minutes=31)
    orathai.comes_back().presses("console.case.preview").presses("console.case.send").sees("console.case.secret_why")
    assert desk.chat.history(number)[-1] == "refer"
    with desk.database.read() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        assert [(one.who, one.granted) for one in looks.list_for_case(session, case.id)][-1] == ("Orathai", True)
        assert len(looks.list_for_case(session, case.id)) >= 2
    assert [entry.details["reason"] for entry in desk.audited("case.look")] == ["ตรวจตามที่ได้รับมอบหมาย"]
    assert orathai.client.get(photo).status_code == 404


def test_a_case_that_offices_had_is_taken_out_of_their_sight_and_put_back(desk: DeskHouse) -> None:
    nid = desk.chat.citizen("Nid")
    group, staff, helpers = (desk.chat.coordinators(one) for one in (DIN_DAENG, "omb", DRAINAGE))
    number = desk.chat.has_case(nid, phone="0812345678", phone_shown=True, name="นิดา", description="ร้านรุกทางเท้า")
    picture = add_photo(desk, number)
    card = group.gets_card(number)
    page = f"/console/cases/{number}"
    somchai, orathai = desk.clerk("office", DIN_DAENG), desk.clerk("officer")
    somchai.opens(page).sees("ร้านรุกทางเท้า")
    link = sign_media(KEY, picture, "card", link_expiry(clock.now()))
    assert _asks_media(desk, link) == 200
    officer = Actor(Role.STAFF, person="user:1", organisation="omb")
    with desk.database.begin(clock.now()) as session:
        case = stored.find_case_by_number(session, number, lock=True)
        assert case is not None
        helping.invite(session, case, DRAINAGE, "ขอแรง", officer, clock.now())
        waits = {"type": "text", "text": f"{number} รอส่งพร้อมสรุปงาน"}
        outbox.queue(session, group.id, waits, kind="line", case_id=case.id, waits=True)
    helpers.sees("helping.asks")
    listen(group, staff, helpers, nid)

    orathai.opens(f"{page}/do/shield").presses("console.case.preview", 422)
    orathai.fills(words="ผู้แจ้งถูกข่มขู่").presses("console.case.preview").sees("console.case.shield_warning")
    orathai.sees("told.shield", number=number).hides("เขตดินแดงจะเห็น")
    orathai.presses("console.case.send").sees("console.case.secret_why").hides("ร้านรุกทางเท้า")
    nid.sees("told.shield")
    staff.sees("staff.shield", number=number)
    group.sees_nothing()
    helpers.sees_nothing()
    for clerk in (somchai, desk.clerk("office", DRAINAGE)):
        clerk.opens(page, 404)
    assert _asks_media(desk, link) == 410, "the picture on the group's card opens no more"
    case = desk.chat.case(number)
    assert (case.owner, case.status, case.phone_shared) == ("omb", "dispatched", False)
    with desk.database.read() as session:
        assert session.scalars(select(WaitingMessage).where(WaitingMessage.case_id == case.id)).all() == []
        assert stored_clocks.find_running(session, case.id, "acknowledge") is not None
    group.member().taps("button.acknowledge", card).sees("group.elsewhere")
    group.member().says(f"{number} เสร็จแล้ว").sees("group.unknown", number=number)
    nid.says("เขามาขู่อีกแล้ว")
    threat = add_photo(desk, number, message="U-nid-2")
    desk.chat.settles()
    listen(group)

    # what the reporter is told meanwhile stays between the two
    with desk.database.begin(clock.now()) as session:
        held = stored.find_case_by_number(session, number, lock=True)
        assert held is not None
        writing.write(session, held, "เราตรวจแล้วว่าใครขู่", officer, clock.now())
    nid.sees("told.written")

    desk.waits(minutes=5)
    orathai.opens(page).fills(reason="ดำเนินการต่อ").presses("console.case.secret_open").sees("เราตรวจแล้วว่าใครขู่")
    orathai.follows("console.case.do_lift").fills(words="ผู้แจ้งยินยอม").presses("console.case.preview")
    orathai.sees("console.case.lift_warning").presses("console.case.send").sees("ผู้แจ้งยินยอม")
    nid.sees("told.lift")
    group.sees_nothing()
    with desk.database.begin(clock.now()) as session:  # as if LINE had taken late what was written meanwhile
        late = update(SentMessage).where(SentMessage.case_id == case.id, SentMessage.kind == "told_written")
        session.execute(late.values(sent_at=clock.now() + timedelta(seconds=1)))
    orathai.follows("console.case.do_place").fills(search="ดินแดง").presses("console.case.search")
    orathai.fills(receiver=DIN_DAENG).presses("console.case.preview").presses("console.case.send")
    listen(staff)
    shown = group.gets_card(number)
    assert "นิดา" not in shown.words and "0812345678" not in shown.words
    somchai.opens(page).sees("ร้านรุกทางเท้า").hides("ข่มขู่", "ยินยอม", "ขู่อีกแล้ว", "ใครขู่", "นิดา", "0812345678")
    somchai.hides("told.shield", "told.lift")
    assert f"/photos/{picture}/card" in somchai.answer.text and f"/photos/{threat}/" not in somchai.answer.text
    assert "/media/" not in somchai.answer.text, "no link that could be passed on"
    assert somchai.client.get(f"{page}/photos/{picture}/card").status_code == 200
    assert _asks_media(desk, sign_media(KEY, threat, "card", link_expiry(clock.now()))) == 410
    assert orathai.client.get(f"{page}/photos/{threat}/card").status_code == 200
    assert somchai.client.get(f"{page}/photos/{threat}/card").status_code == 404
    orathai.opens(page).sees("console.case.did_shield").sees("console.case.did_lift").sees("ผู้แจ้งถูกข่มขู่")
    assert {one.verb for one in desk.audited()} >= {"case.shield", "case.lift", "case.place"}
    with desk.database.read() as session:
        said = session.scalars(select(OutboxMessage).where(OutboxMessage.chat_id == group.id)).all()
        assert not [one for one in said if "ข่มขู่" in one.messages or "ขู่อีกแล้ว" in one.messages]


def test_a_preview_tells_nothing_once_the_time_is_over(desk: DeskHouse) -> None:
    number = tell_secret(desk)
    page = f"/console/cases/{number}"
    orathai = desk.clerk("officer").opens(page)
    orathai.fills(reason="ตรวจตามที่ได้รับมอบหมาย").presses("console.case.secret_open")
    given = {"version": str(desk.chat.case(number).version), "words": "เหตุผลที่เขียนเอง", "seen": "0"}
    known = (*SECRETS, views.name_category("official", "th"), views.name_category("official", "en"), "เขตดินแดง")
    with desk.database.read() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
    desk.waits(minutes=31)
    orathai.comes_back()
    shown = set()
    for place, step in enumerate(case_steps.ALL):
        form = given | {
            "form": f"{place:020}",
            "category": "waste",
            "place": "ซอย 9",
            "verdict": "yes",
            "number": number,
        }
        for stage in ("preview", "", "edit", "search") if step.action == "correct" else ("preview",):
            orathai.posts(f"{page}/do/{step.name}", 200, stage=stage, **form).hides(*known)
            if orathai.page.find("button", attrs={"value": "send"}):
                shown.add(step.name)
                orathai.sees("console.case.look_over_preview").sees("เหตุผลที่เขียนเอง")
        assert desk.chat.case(number).version == case.version, step.name
    assert shown == {"add", "close", "lift", "refer", "withdraw", "write"}, "what changes the case shows nothing at all"


def _asks_media(desk: DeskHouse, link: str) -> int:
    return Client(desk.pages).get(link).status_code


def test_whoever_was_told_that_it_is_secret_hears_that_it_is_no_more(desk: DeskHouse) -> None:
    chat, calls, gone = desk.chat, "/console/intake/calls", "วันนัดเดิม ศ. 4 ธ.ค. ยกเลิกแล้ว"
    chat.turns_to("2026-12-01 09:50")
    group, nid, dao = chat.coordinators(DIN_DAENG, "Pim"), chat.citizen("Nid"), chat.citizen("Dao")
    orathai, somchai = desk.clerk("officer"), desk.clerk("office", DIN_DAENG)
    written, rung, unrung = chat.has_case(nid), writes_down(chat), writes_down(chat, phone="0812345679")
    follows(chat, dao, written)
    for number in (written, rung, unrung):
        group.member("Pim").quotes(group.gets_card(number), "เสร็จวันศุกร์ครับ").sees("group.promised")
    dao.reads("ศ. 4 ธ.ค.")
    listen(nid, dao, group)

    def does(number: str, step: str) -> None:
        orathai.opens(f"/console/cases/{number}/do/{step}").fills(words="ตามที่ตรวจแล้ว").presses("console.case.preview")

    def tells(number: str) -> None:
        (article,) = (one for one in orathai.opens(calls).page.select("article") if number in one.get_text())
        orathai.presses("console.intake_calls.told", within=f'article[aria-labelledby="{article["aria-labelledby"]}"]')

    for number in (rung, unrung):
        tells(number)
    for number in (written, rung, unrung):
        does(number, "shield")
        orathai.sees("told.shield", number=number).sees(gone).presses("console.case.send")
        orathai.opens(f"/console/cases/{number}").fills(reason="ดำเนินการต่อ").presses("console.case.secret_open")
    nid.sees("told.shield").reads(gone)
    dao.sees_nothing()
    tells(rung)

    # who joined it heard nothing of the day meanwhile; of who has only a telephone nobody believes the old state
    for number in (written, rung, unrung):
        does(number, "lift")
        orathai.sees("told.lift", number=number).presses("console.case.send")
    assert gone not in nid.sees("told.lift").heard()[-1]
    dao.sees("told.lift").reads(gone)
    orathai.opens(calls).sees("told.lift", number=rung).sees("told.lift", number=unrung).sees(gone).hides("told.shield")
    tells(unrung)
    group.sees_nothing()

    for number in (written, rung, unrung):
        orathai.opens(f"/console/cases/{number}/do/place").fills(receiver=DIN_DAENG).presses("console.case.preview")
        orathai.presses("console.case.send")
        somchai.opens(f"/console/cases/{number}").sees("นัดแก้ไข").hides("told.shield", "told.lift", "ตามที่ตรวจแล้ว")
    orathai.opens(calls).sees("เขตดินแดง").sees(rung).hides("told.lift", unrung)
    chat.must_be_clean()
