"""Signing in: what opens the door, what does not, and how often it may be tried."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
import requests
from click.testing import CliRunner
from sqlalchemy import select

import app
import clock
from config import load_settings
from console import passwords
from console.sessions import COOKIE
from storage import sign_in_attempts, staff, staff_secrets, staff_sessions
from storage.models import SignInAttempt, StaffUser
from tests.console.identity_provider import CLIENT, SECRET, IdentityProvider
from tests.desk import Clerk, DeskHouse

PASSWORD = "สี่แยกดินแดงตอนเช้า"


def sign_in(clerk: Clerk, password: str = PASSWORD, status: int = 200, path: str = "/console/sign-in") -> Clerk:
    """Fill in the form and send it."""
    return clerk.opens(path).fills(email=clerk.email, password=password).presses("console.sign_in.go", status)


def keep_password(desk: DeskHouse, clerk: Clerk) -> Clerk:
    """As an administrator's link would."""
    with desk.database.begin() as session:
        session.get_one(StaffUser, clerk.id).password_hash = passwords.hash_password(PASSWORD)
    return clerk


def code_of(desk: DeskHouse, clerk: Clerk, steps: int = 0) -> str:
    """What the telephone shows, now or some steps later."""
    with desk.database.read() as session:
        secret = session.get_one(StaffUser, clerk.id).totp_secret
    return pyotp.TOTP(secret or "").at(clock.now() + timedelta(seconds=30 * steps))


def test_whoever_was_given_or_chose_english_keeps_it(desk: DeskHouse) -> None:
    malee = desk.clerk("office", language="en", signed_in=False)
    with desk.database.begin(clock.now()) as session:
        page = f"/console/invitation/{staff_secrets.add_invitation(session, malee.id, clock.now())}"
    malee.opens(page, Accept_Language="th").fills(password="1", again="1").presses("console.invitation.go", 422)
    malee.sees("console.invitation.short").opens(page).presses("console.base.thai").hides("Set a password")
    malee.presses("English").sees("Set a password")
    malee.fills(password=PASSWORD, again=PASSWORD).presses("console.invitation.go").sees("console.invitation.done")
    sign_in(malee).sees("console.today.title")
    with desk.database.read() as session:
        assert session.get_one(StaffUser, malee.id).language == "en"

    # In a browser where somebody who is not signed in pressed the button, and in one where nobody did.
    somchai = keep_password(desk, desk.clerk("office", signed_in=False))
    somchai.opens("/console/sign-in", Accept_Language="en-GB").sees("console.sign_in.title").presses("English")
    somchai.language = "en"
    sign_in(somchai).sees("console.today.title").presses("console.base.thai")
    somchai.language = "th"
    somchai.sees("console.today.title").opens("/console/menu").presses("console.menu.sign_out")
    somchai.sees("console.sign_in.title")
    malee.opens("/console/menu").presses("console.menu.sign_out")
    other = keep_password(desk, desk.clerk("office", signed_in=False))
    malee.email, malee.language = other.email, "en"  # at the same browser, which speaks English still
    malee.sees("console.sign_in.title").fills(email=other.email, password=PASSWORD).presses("console.sign_in.go")
    malee.language = "th"
    malee.sees("console.today.title").opens("/console/menu").presses("console.menu.sign_out")

    # Once they have been in, their own language is what they meet, whatever was pressed at the door.
    malee.presses("English")
    malee.language = "en"
    malee.sees("console.sign_in.title").fills(email=other.email, password=PASSWORD).presses("console.sign_in.go")
    malee.language = "th"
    malee.sees("console.today.title").presses("English")
    malee.language = "en"
    malee.sees("console.today.title").opens("/console/menu").presses("console.menu.sign_out")
    malee.presses("console.base.thai")
    malee.language = "th"
    malee.sees("console.sign_in.title").fills(email=other.email, password=PASSWORD).presses("console.sign_in.go")
    malee.language = "en"
    malee.sees("console.today.title")


def test_an_officer_gets_in_with_password_and_telephone(desk: DeskHouse) -> None:
    orathai = keep_password(desk, desk.clerk("officer", signed_in=False))
    orathai.opens("/console/menu").sees("console.sign_in.title")
    orathai.fills(email=orathai.email.upper(), password=PASSWORD).presses("console.sign_in.go")
    orathai.sees("console.sign_in.set_up_title").opens("/console/").sees("console.sign_in.set_up_title")
    orathai.opens("/console/sign-in/set-up?next=/console/menu")
    orathai.fills(code="000000").presses("console.sign_in.go_on", 422).sees("console.sign_in.wrong_code")
    before = orathai.client.get_cookie(COOKIE, path="/console")
    first = code_of(desk, orathai)
    orathai.fills(code=first).presses("console.sign_in.go_on").sees("console.sign_in.spare_title")
    after = orathai.client.get_cookie(COOKIE, path="/console")
    assert before and after and before.value != after.value, "who is let in gets another session than before"
    spare = [each.get_text() for each in orathai.page.select(".codes code")]
    assert len(spare) == 10 and re.fullmatch(r"[a-z0-9]{5}-[a-z0-9]{5}", spare[0])
    orathai.opens("/console/menu").presses("console.menu.sign_out")

    # The telephone again: no code opens twice, and a spare one once.
    sign_in(orathai).sees("console.sign_in.code_title").opens("/console/menu").sees("console.sign_in.code_title")
    assert orathai.url.endswith("?next=/console/menu")
    orathai.fills(code=first).presses("console.sign_in.go_on", 422).sees("console.sign_in.wrong_code")
    orathai.fills(code=code_of(desk, orathai, 1)).presses("console.sign_in.go_on").sees("console.menu.title")
    orathai.presses("console.menu.sign_out")
    for status in (200, 422):
        sign_in(orathai).fills(code=spare[3].upper().replace("-", " "))
        orathai.presses("console.sign_in.go_on", status)
        orathai.sees("console.sign_in.spare_used" if status == 200 else "console.sign_in.wrong_code")
        if status == 200:
            orathai.opens("/console/menu").presses("console.menu.sign_out")
    # A password alone is good for a quarter of an hour.
    desk.waits(minutes=16)
    orathai.opens("/console/sign-in/code").sees("console.sign_in.title")
    done = [(entry.verb, entry.details.get("by")) for entry in desk.audited()]
    assert ("sign_in.done", "spare code") in done and ("user.totp_set_up", None) in done


def test_an_office_gets_in_with_the_password_alone_and_goes_where_it_wanted(desk: DeskHouse) -> None:
    somchai = keep_password(desk, desk.clerk("office", signed_in=False))
    sign_in(somchai, path="/console/sign-in?next=/console/menu").sees("console.menu.title")
    for elsewhere in (
        "https://evil.example/",
        "//evil.example/console/",
        "/\\evil.example",
        "/console/../admin",
        "/console/\n//evil.example",
        "javascript:alert(1)",
        "/console//evil.example/../..",
        "/line/webhook",
    ):
        answer = somchai.client.post(
            "/console/sign-in",
            data={
                "email": somchai.email,
                "password": PASSWORD,
                "next": elsewhere,
                "csrf_token": somchai.opens("/console/sign-in").field("csrf_token"),
            },
        )
        assert (answer.status_code, answer.headers["Location"]) == (303, "/console/"), elsewhere
        given = next(each for each in answer.headers.getlist("Set-Cookie") if each.startswith(f"{COOKIE}="))
        assert {"HttpOnly", "Secure", "SameSite=Lax", "Path=/console"} <= set(given.split("; "))
        somchai.client.delete_cookie(COOKIE, path="/console")


def test_whoever_tries_too_often_waits_and_is_told_how_long(desk: DeskHouse) -> None:
    somchai = keep_password(desk, desk.clerk("office", signed_in=False))
    nobody = desk.stranger()
    nobody.email = "nobody@omb.example"
    for wrong in (somchai, nobody):
        for _ in range(5):
            sign_in(wrong, "not this one at all", 422).sees("console.sign_in.wrong")
        sign_in(wrong, status=429).sees("console.sign_in.wait", minutes=15)
    desk.waits(minutes=9, seconds=40)
    sign_in(somchai, status=429).sees("console.sign_in.wait", minutes=6)
    sign_in(desk.clerk("office", signed_in=False), "nor this", 422)
    desk.waits(minutes=6)
    sign_in(somchai).sees("console.today.title")
    assert len(desk.audited("sign_in.failed")) == 6, "somebody whom nobody knows fills no log"

    # Many accounts from one address; who comes from elsewhere goes on.
    now = clock.now()
    with desk.database.begin(now) as session:
        for number in range(40):
            sign_in_attempts.add(session, f"{number}@omb.example", "192.0.2.1", now)
    token = nobody.opens("/console/sign-in").field("csrf_token")
    given = {"email": "new@omb.example", "password": "no", "csrf_token": token}
    for address, status in (("192.0.2.1", 429), ("192.0.2.2", 422)):
        answer = nobody.client.post("/console/sign-in", data=given, environ_overrides={"REMOTE_ADDR": address})
        assert answer.status_code == status


@pytest.mark.parametrize(
    ("proxies", "seen"), [(0, "10.0.0.1"), (1, "203.0.113.7"), (2, "198.51.100.4"), (5, "10.0.0.1")]
)
def test_tries_are_counted_by_the_address_that_our_own_proxies_saw(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, proxies: int, seen: str
) -> None:
    desk = DeskHouse(sqlite_url, tmp_path, monkeypatch, trusted_proxies=proxies)
    nobody = desk.stranger().opens("/console/sign-in")
    given = {"email": "x@omb.example", "password": "no", "csrf_token": nobody.field("csrf_token")}
    headers = {"X-Forwarded-For": "6.6.6.6, 198.51.100.4, 203.0.113.7"}
    asked = {"headers": headers, "environ_overrides": {"REMOTE_ADDR": "10.0.0.1"}}
    assert nobody.client.post("/console/sign-in", data=given, **asked).status_code == 422
    with desk.database.read() as session:
        assert session.scalars(select(SignInAttempt.address)).one() == seen
    desk.close()


def test_sessions_end_by_themselves_and_everywhere(desk: DeskHouse) -> None:
    malee, other = desk.clerk("office-viewer"), desk.clerk("office-viewer")
    malee.opens("/console/menu")
    desk.waits(hours=1, minutes=50)
    malee.opens("/console/menu").sees("console.menu.title")
    desk.waits(hours=1, minutes=50)
    malee.opens("/console/menu").sees("console.menu.title")
    other.opens("/console/menu").sees("console.sign_in.title")
    for _ in range(6):
        desk.waits(hours=1, minutes=30)
        malee.opens("/console/menu")
    malee.sees("console.sign_in.title")

    # A cookie that nobody gave, one that was changed, and one of somebody who was sent away.
    for cookie in ("", "x", "a" * 43 + "." + "b" * 22, f"{other._cookie[:-1]}0", "ก" * 5):
        other.client.set_cookie(COOKIE, cookie, path="/console")
        other.opens("/console/menu").sees("console.sign_in.title")
    malee.comes_back().opens("/console/menu").sees("console.menu.title")
    with desk.database.begin() as session:
        session.get_one(StaffUser, malee.id).disabled_at = clock.now()
    malee.opens("/console/menu").sees("console.sign_in.title")


def test_a_link_sets_a_password_once(desk: DeskHouse) -> None:
    somchai = desk.clerk("office")
    with desk.database.begin() as session:
        older = staff_secrets.add_invitation(session, somchai.id, clock.now())
        token = staff_secrets.add_invitation(session, somchai.id, clock.now())
    reader = desk.stranger()
    reader.email = somchai.email
    for bad in (older, "x", token[:-1]):
        reader.opens(f"/console/invitation/{bad}", 410)
    reader.opens(f"/console/invitation/{token}").sees("console.invitation.whose", email=somchai.email)
    assert reader.answer.headers["Referrer-Policy"] == "no-referrer"
    for given, again, problem in (
        ("short", "short", "short"),
        ("passwordpassword", "passwordpassword", "easy"),
        ("aaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaa", "easy"),
        ("x" * 201, "x" * 201, "long"),
        (PASSWORD, PASSWORD + "!", "different"),
    ):
        reader.fills(password=given, again=again).presses("console.invitation.go", 422)
        reader.sees(f"console.invitation.{problem}")
    reader.fills(password=PASSWORD, again=PASSWORD).presses("console.invitation.go").sees("console.invitation.done")
    somchai.opens("/console/").sees("console.sign_in.title")
    reader.opens(f"/console/invitation/{token}", 410).sees("console.errors.title_410")
    sign_in(reader).sees("console.today.title")
    with desk.database.begin() as session:
        late = staff_secrets.add_invitation(session, somchai.id, clock.now())
    desk.waits(days=3, minutes=1)
    reader.opens(f"/console/invitation/{late}", 410)


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    opened = IdentityProvider()
    yield opened
    opened.close()


def test_the_identity_provider_opens_accounts_that_are_there(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, provider: IdentityProvider
) -> None:
    settings = {"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
    desk = DeskHouse(sqlite_url, tmp_path, monkeypatch, **settings)
    orathai = desk.clerk("officer", signed_in=False)

    def come(person: dict[str, object], **tamper: object) -> Clerk:
        browser = desk.stranger()
        provider.person, provider.tamper = person, tamper
        browser.opens("/console/sign-in?next=/console/menu").sees("console.sign_in.by_provider")
        sent = browser.client.get("/console/sign-in/oidc?next=/console/menu")
        asked = requests.get(sent.headers["Location"], allow_redirects=False, timeout=10)
        back = urlsplit(asked.headers["Location"])
        assert back.netloc == "fasttrack.example"
        return browser.opens(f"{back.path}?{back.query}")

    known = {"sub": "u7", "email": orathai.email, "email_verified": True}
    come(known | {"email_verified": False}).sees("console.sign_in.not_verified")
    come({"sub": "u8", "email": "stranger@omb.example", "email_verified": True}).sees("console.sign_in.no_account")
    for wrong in ({"nonce": "another"}, {"aud": "another"}, {"iss": "https://evil.example"}, {"exp": 1}):
        come(known, **wrong).sees("console.sign_in.provider_failed")
    come(known).sees("console.menu.title").opens("/console/sign-in/oidc/back?code=x&state=y")
    assert [entry.details["by"] for entry in desk.audited("sign_in.done")] == ["provider"]
    # The address went to somebody else; the person kept theirs under another.
    come(known | {"sub": "u9"}).sees("console.sign_in.no_account")
    come(known | {"email": "married@omb.example"}).sees("console.menu.title")
    # It forgets who asked: a code that another browser was sent with opens nothing.
    desk.stranger().opens("/console/sign-in/oidc/back?code=x&state=y").sees("console.sign_in.provider_stale")
    with desk.database.begin() as session:
        session.get_one(StaffUser, orathai.id).disabled_at = clock.now()
    come(known).sees("console.sign_in.account_disabled")
    desk.close()


def test_whatever_goes_wrong_at_the_identity_provider_is_said_in_words(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, provider: IdentityProvider
) -> None:
    settings = {"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
    desk = DeskHouse(sqlite_url, tmp_path, monkeypatch, **settings)
    orathai = desk.clerk("officer", signed_in=False)
    provider.person = {"sub": "u7", "email": orathai.email, "email_verified": True}

    def goes_there(browser: Clerk) -> str:
        """The address at which the provider sends the browser back."""
        sent = browser.client.get("/console/sign-in/oidc")
        back = urlsplit(requests.get(sent.headers["Location"], allow_redirects=False, timeout=10).headers["Location"])
        return f"{back.path}?{back.query}"

    browser = desk.stranger()
    back = goes_there(browser)
    state = parse_qs(urlsplit(back).query)["state"][0]
    # The state of nobody, that of another browser, none; a code that the provider never gave, one without a code.
    browser.opens(back.replace(state, "forged")).sees("console.sign_in.provider_stale")
    desk.stranger().opens(back).sees("console.sign_in.provider_stale")
    browser.opens("/console/sign-in/oidc/back").sees("console.sign_in.provider_stale")
    other = goes_there(browser)
    browser.opens(other.replace("code=", "code=made-up-")).sees("console.sign_in.provider_failed")
    browser.opens(f"{goes_there(browser).replace('code=', 'x=')}").sees("console.sign_in.provider_failed")
    # Somebody gives up, there; and nothing that was begun before is in the way.
    browser.opens(f"/console/sign-in/oidc/back?error=access_denied&state={state}")
    browser.sees("console.sign_in.provider_refused")
    for _ in range(12):
        goes_there(browser)
    kept = browser.client.get_cookie("fasttrack_console", path="/console")
    assert kept is not None and len(kept.value) < 3000, "browsers drop a cookie that is larger than 4096"
    # What comes back opens the door once: read over a shoulder, or sent again by the browser, it opens nothing.
    back = goes_there(browser)
    browser.opens(back).sees("console.today.title").opens("/console/menu").presses("console.menu.sign_out")
    browser.opens(back).sees("console.sign_in.provider_stale").opens("/console/").sees("console.sign_in.title")
    provider.changes_keys()
    browser.opens(goes_there(browser)).sees("console.today.title").opens("/console/menu").presses(
        "console.menu.sign_out"
    )
    provider.forgets_codes = True
    browser.opens(goes_there(browser)).sees("console.sign_in.provider_failed")
    provider.forgets_codes, provider.breaks = False, True
    browser.opens(goes_there(browser)).sees("console.sign_in.provider_away")
    back = goes_there(browser)
    provider.close()
    browser.opens(back).sees("console.sign_in.provider_away")
    desk.close()
    # It is not there when somebody asks for the first time.
    desk = DeskHouse(sqlite_url, tmp_path, monkeypatch, **settings)
    desk.stranger().opens("/console/sign-in/oidc").sees("console.sign_in.provider_away").sees("console.sign_in.go")
    assert len(desk.audited("sign_in.done")) == 2
    desk.close()


def test_without_a_provider_there_is_no_such_door(desk: DeskHouse) -> None:
    desk.stranger().opens("/console/sign-in").hides("console.sign_in.by_provider").opens("/console/sign-in/oidc", 404)


def test_the_operator_keeps_the_accounts(desk: DeskHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", desk.settings.database_url)
    monkeypatch.setenv("SECRET_KEY", "a key that is only used in tests")
    load_settings.cache_clear()

    def run(*words: str, given: str = "", code: int = 0) -> str:
        answer = CliRunner().invoke(app.main, ["user", *words], input=given)
        assert answer.exit_code == code, answer.output
        return answer.output

    run("add", "--email", "Pim@Bangkok.example", "--role", "office", "--password-stdin", given="x" * 20, code=1)
    run("add", "--email", "pim@bangkok.example", "--role", "admin", "--org", "district:1026", code=1)
    run("add", "--email", "pim@bangkok.example", "--role", "office", "--org", "district:9999", code=1)
    run("add", "--email", "pim", "--role", "viewer", code=1)
    add = ("add", "--email", "Pim@Bangkok.example", "--role", "office", "--org", "district:1026")
    assert "1 to" not in run(*add, "--password-stdin", given=f"{PASSWORD}\n")
    pim = desk.stranger()
    pim.email = "pim@bangkok.example"
    sign_in(pim).sees("console.today.title")

    run("disable", "--email", "pim@bangkok.example")
    pim.opens("/console/").sees("console.sign_in.title")
    sign_in(pim, status=422)
    assert "disabled" in run("list")
    link = run(*add).strip().splitlines()[-1]
    run("disable", "--email", "nobody@bangkok.example", code=1)
    pim.opens(urlsplit(link).path).sees("console.invitation.title")
    run("reset", "--email", "pim@bangkok.example", "--totp", "--password-stdin", given="กขคงจฉชซฌญฎฏ")
    sign_in(pim, "กขคงจฉชซฌญฎฏ").sees("console.today.title")
    with desk.database.read() as session:
        kept = staff.find_by_email(session, "PIM@bangkok.example")
        assert kept and kept.organisation == "district:1026" and kept.name == "pim"
    assert [entry.verb for entry in desk.audited() if entry.who == "fasttrack user"] == [
        "user.added",
        "user.disabled",
        "user.changed",
        "user.reset",
    ]


def test_a_form_sent_after_the_session_ended_is_told_and_found_again(desk: DeskHouse) -> None:
    number = desk.chat.has_case(desk.chat.citizen("Nid"))
    page = f"/console/cases/{number}"
    somchai = keep_password(desk, desk.clerk("office", "district:1026"))

    def is_signed_out() -> None:
        with desk.database.begin(clock.now()) as session:
            staff_sessions.end_all(session, somchai.id)

    def comes_in_again() -> Clerk:
        somchai.sees("console.sign_in.unsent").fills(email=somchai.email, password=PASSWORD)
        return somchai.presses("console.sign_in.go").hides("console.sign_in.unsent")

    somchai.opens(f"{page}?show=steps")
    is_signed_out()
    somchai.fills(words="ช่างไปแล้ว").presses("console.case.keep_note")
    comes_in_again().sees(number).hides("ช่างไปแล้ว")
    assert somchai.url == page, "the browser of these tests names no page: the one above the form's address"

    somchai.opens(f"{page}/do/write")
    is_signed_out()
    somchai.fills(words="ไม่อยู่ในเขต").presses("console.case.preview")
    comes_in_again().sees("console.case.do_write")
    assert somchai.url == f"{page}/do/write"

    # The page that a browser names, with how it was narrowed; never one that only answers forms, nor another site's.
    for named, wanted in (
        (f"https://fasttrack.example{page}?show=steps", f"{page}?show=steps"),
        ("https://fasttrack.example/console/cases/bulk", "/console/cases"),
        ("https://evil.example/elsewhere", "/console/cases"),
        ("https://fasttrack.example/console/invitation/secret", "/console/cases"),
    ):
        somchai.opens("/console/menu")
        token = somchai.field("csrf_token")
        is_signed_out()
        sent = somchai.client.post("/console/cases/bulk/do", data={"csrf_token": token}, headers={"Referer": named})
        assert parse_qs(urlsplit(sent.headers["Location"]).query).get("next") == [wanted], named
        somchai.comes_back()

    # A page that lies open and asks by itself goes, and says why; who only leaves is told nothing.
    somchai.opens(page)
    token = somchai.field("csrf_token")
    is_signed_out()
    asked = {"HX-Request": "true", "HX-Current-URL": f"https://fasttrack.example{page}", "X-CSRFToken": token}
    here = somchai.client.post(f"{page}/here", headers=asked)
    assert (here.text, here.headers["HX-Redirect"]) == ("", f"/console/sign-in?next={page}")
    somchai.opens("/console/sign-in").sees("console.sign_in.ended")
    somchai.comes_back().opens("/console/menu")
    is_signed_out()
    somchai.presses("console.menu.sign_out").hides("console.sign_in.unsent")
