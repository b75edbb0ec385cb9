"""Accounts, keys and the audit log, as an administrator keeps them; and everybody's own account."""

import csv
import io
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pyotp
import pytest

import clock
from console import keys, passwords
from storage import api_keys, audit, staff_secrets
from storage.models import StaffUser
from tests.desk import DeskHouse
from tests.mailbox import Mailbox
from tests.office_reader import MAIL_FROM

PASSWORD = "สี่แยกดินแดงตอนเช้า"


def test_an_administrator_keeps_the_accounts(desk: DeskHouse) -> None:
    anong = desk.clerk("admin").opens("/console/users")
    for given, problem in (
        ({"email": "somchai", "role": "office"}, "email"),
        ({"email": "somchai@bangkok.example", "role": "office"}, "role"),
        ({"email": "somchai@bangkok.example", "role": "king"}, "role"),
        ({"email": anong.email.upper(), "role": "viewer"}, "taken"),
    ):
        anong.posts("/console/users", 422, **given).sees(f"console.users.problem_{problem}")
    anong.opens("/console/users").fills(
        email="Somchai@bangkok.example", name="สมชาย", role="office", organisation="district:1026"
    )
    link = anong.presses("console.users.invite").sees("console.users.link_once").page.select_one("code")
    assert link is not None
    anong.opens("/console/users").sees("console.users.state_invited").hides(link.get_text())
    somchai = desk.stranger()
    somchai.email = "somchai@bangkok.example"
    somchai.opens(urlsplit(link.get_text()).path).fills(password=PASSWORD, again=PASSWORD)
    somchai.presses("console.invitation.go").fills(email=somchai.email, password=PASSWORD)
    somchai.presses("console.sign_in.go").sees("console.today.title").opens("/console/users", 403)

    # What is taken from somebody holds at once.
    anong.opens("/console/users").follows("สมชาย").fills(role="office-viewer", name="สมชาย (ลา)")
    anong.presses("console.users.keep").sees("console.users.changed").sees("สมชาย (ลา)")
    somchai.opens("/console/").sees("console.sign_in.title").fills(email=somchai.email, password=PASSWORD)
    somchai.presses("console.sign_in.go").sees("console.today.title")
    anong.presses("console.users.disable").sees("console.users.disabled")
    somchai.opens("/console/").sees("console.sign_in.title").fills(email=somchai.email, password=PASSWORD)
    somchai.presses("console.sign_in.go", 422)
    anong.presses("console.users.enable").sees("console.users.enabled").presses("console.users.send_link")
    anong.sees("console.users.link_title")

    # One administrator stays, and it may be somebody else.
    mine = f"/console/users/{anong.id}"
    anong.opens(mine).presses("console.users.disable", 422).sees("console.users.problem_yourself")
    anong.opens(mine).fills(role="officer").presses("console.users.keep", 422).sees("console.users.problem_yourself")
    second = desk.clerk("admin", name="Busaba")
    second.opens(mine).fills(role="officer").presses("console.users.keep").sees("console.users.changed")
    anong.opens("/console/").sees("console.sign_in.title")
    second.opens("/console/users/99999", 404).opens(mine).hides("console.users.drop_telephone")
    assert {entry.verb for entry in desk.audited()} >= {
        "user.added",
        "user.changed",
        "user.disabled",
        "user.enabled",
        "user.link_made",
        "user.password_set",
    }


def test_an_invitation_goes_by_mail_where_mail_is_set_up(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mailbox: Mailbox
) -> None:
    desk = DeskHouse(sqlite_url, tmp_path, monkeypatch, smtp_url=mailbox.url, mail_from=MAIL_FROM)
    assert desk.chat
    anong = desk.clerk("admin").opens("/console/users")
    anong.fills(email="wipa@omb.example", name="Wipa", role="viewer", language="en")
    anong.presses("console.users.invite").sees("console.users.link_mailed", email="wipa@omb.example")
    letter = mailbox.gets(1)
    assert letter.to == ["wipa@omb.example"] and "Dear Wipa" in letter.text
    found = re.search(r"https://fasttrack\.example(/console/invitation/\S+)", letter.text)
    assert found
    wipa = desk.stranger()
    wipa.language = "en"
    wipa.opens(found[1]).sees("console.invitation.whose", email="wipa@omb.example")
    desk.close()


def test_my_account(desk: DeskHouse) -> None:
    somchai = desk.clerk("office")
    with desk.database.begin() as session:
        session.get_one(StaffUser, somchai.id).password_hash = passwords.hash_password(PASSWORD)
    elsewhere = desk.stranger()
    elsewhere.opens("/console/sign-in").fills(email=somchai.email, password=PASSWORD).presses("console.sign_in.go")
    somchai.opens("/console/menu").follows("console.account.title")
    new = "ลมพัดชายเขาแต่เช้า"
    for given, problem in (
        ({"present": "no", "password": new, "again": new}, "console.account.present_wrong"),
        ({"present": PASSWORD, "password": "123", "again": "123"}, "console.invitation.short"),
        ({"present": PASSWORD, "password": new, "again": PASSWORD}, "console.invitation.different"),
    ):
        somchai.fills(given).presses("console.account.change_password", 422).sees(problem)
    somchai.fills(present=PASSWORD, password=new, again=new).presses("console.account.change_password")
    somchai.sees("console.account.password_kept")
    elsewhere.opens("/console/").sees("console.sign_in.title")

    somchai.presses("console.account.telephone_first")
    secret = somchai.page.select_one("code")
    assert secret is not None
    code = pyotp.TOTP(secret.get_text()).at(clock.now())
    somchai.fills(present="no", code=code).presses("console.sign_in.go_on", 422)
    somchai.fills(present=new, code="000000").presses("console.sign_in.go_on", 422).sees("console.sign_in.wrong_code")
    somchai.fills(present=new, code=code).presses("console.sign_in.go_on").sees("console.sign_in.spare_title")
    elsewhere.fills(email=somchai.email, password=new).presses("console.sign_in.go").sees("console.sign_in.code_title")
    later = pyotp.TOTP(secret.get_text()).at(clock.now() + timedelta(seconds=30))
    elsewhere.fills(code=later).presses("console.sign_in.go_on").sees("console.today.title")

    somchai.opens("/console/account").presses("console.account.end", within="tbody").sees(
        "console.account.session_ended"
    )
    elsewhere.opens("/console/").sees("console.sign_in.title")
    somchai.posts("/console/account/sessions/99999/end")
    somchai.opens("/console/account").presses("console.account.end_everywhere", within="details")
    somchai.opens("/console/").sees("console.sign_in.title")


def test_no_key_is_made_for_what_is_not_there_yet(desk: DeskHouse) -> None:
    anong = desk.clerk("admin").opens("/console/keys").sees("console.keys.not_open").sees("console.keys.no_key_yet")
    for purpose in ("partner", "open311", "data"):
        anong.sees(f"console.keys.for_{purpose}").hides('action="/console/keys"')
        anong.posts("/console/keys", 422, name="ศูนย์ดำรงธรรม", purpose=purpose).sees("console.keys.none")
    assert not desk.audited("key.made")


def test_a_key_is_shown_once_and_opens_until_it_is_revoked(desk: DeskHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "OPEN", ("partner", "open311"))
    anong = desk.clerk("admin").opens("/console/keys").sees("console.keys.none")
    anong.fills(name=" ").presses("console.keys.make", 422).sees("console.keys.problem")
    anong.fills(name="ศูนย์ดำรงธรรม", purpose="partner").presses("console.keys.make").sees("console.keys.made_once")
    shown = anong.page.select_one("code")
    assert shown is not None
    words = shown.get_text()
    with desk.database.begin() as session:
        assert api_keys.find_by_words(session, words, "open311", clock.now()) is None
        assert api_keys.find_by_words(session, words[:-1], "partner", clock.now()) is None
        key = api_keys.find_by_words(session, words, "partner", clock.now())
        assert key is not None and words not in (key.key_hash, key.beginning)
    anong.opens("/console/keys").hides(words).presses("console.keys.revoke", within="details")
    anong.sees("console.keys.revoked")
    with desk.database.begin() as session:
        assert api_keys.find_by_words(session, words, "partner", clock.now()) is None


def test_the_audit_log_is_looked_through_and_carried_away(desk: DeskHouse) -> None:
    anong = desk.clerk("admin")
    now = clock.now()
    with desk.database.begin() as session:
        for number in range(120):
            audit.add(
                session,
                user_id=None,
                who="=HYPERLINK(1)" if number == 5 else "orathai@omb.example",
                organisation="omb",
                verb="case.note" if number % 2 else "case.looked",
                about=f"case:FT6911-{number:05}",
                now=now - timedelta(days=number // 10),
                details={"reason": "+cmd"}
                if number == 5
                else {"after": "waste", "receiver": "district:1026", "new": [1, 2]},
            )
    anong.opens("/console/audit").sees("FT6911-00119").hides("FT6911-00050")
    anong.sees("เป็น: ขยะ ความสะอาด · หน่วยงานที่รับต่อ: เขตดินแดง · new: 1, 2").hides("district:1026")
    anong.follows("console.base.after").sees("FT6911-00050").hides("FT6911-00119")
    anong.opens("/console/audit?about=case:FT6911-0000*&verb=case.note").sees("FT6911-00007").hides("FT6911-00008")
    anong.opens("/console/audit?who=Orathai@omb.example&until=2020-01-01").sees("console.audit.none")
    anong.opens("/console/audit?below=x&since=yesterday&until=99999-01-01&about=%25*").sees("console.audit.none")
    data = anong.opens("/console/audit?about=case:*").downloads("console.audit.export").decode()
    rows = list(csv.reader(io.StringIO(data.removeprefix("\ufeff"))))
    assert len(rows) == 121 and rows[0][0] == "เวลา"
    assert any(row[1] == "'=HYPERLINK(1)" for row in rows)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert [entry.who for entry in desk.audited("audit.exported")] == [anong.email]
    with pytest.raises(RuntimeError, match="append-only"), desk.database.begin() as session:
        session.delete(audit.list_entries(session, audit.Wanted(), limit=1)[0])


@pytest.mark.postgres
def test_accounts_and_the_log_on_postgresql(postgres_desk: DeskHouse) -> None:
    test_an_administrator_keeps_the_accounts(postgres_desk)
    test_my_account(postgres_desk)
    anong = postgres_desk.clerk("admin")
    anong.opens("/console/audit?about=user:*&verb=user.added").sees("console.verbs.user.added")
    orathai = postgres_desk.clerk("officer", signed_in=False)
    with postgres_desk.database.begin() as session:
        user = session.get_one(StaffUser, orathai.id)
        user.totp_secret, user.totp_since = pyotp.random_base32(), clock.now()
        user.password_hash = passwords.hash_password(PASSWORD)
        spare = staff_secrets.make_recovery_codes(session, user.id, clock.now())[0]
    for status in (200, 422):
        orathai.opens("/console/sign-in").fills(email=orathai.email, password=PASSWORD).presses("console.sign_in.go")
        orathai.fills(code=spare).presses("console.sign_in.go_on", status)
        if status == 200:
            orathai.opens("/console/menu").presses("console.menu.sign_out")
