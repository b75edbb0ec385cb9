"""`fasttrack doctor` on accounts and machines with something wrong: it names each thing and its cure, and ends."""

import os
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import text

import clock
from bot.rich_menu import define_menu, name_alias
from commands.doctor import CHECKS, look_at_everything
from commands.doctor_findings import Finding, find, load_words
from commands.doctor_look import Check, Look, look_at_all
from config import Settings
from places.organisations import list_khet
from simulator.outcomes import FaultKind
from storage import boundaries, contacts, staff
from storage.engines import Waits, open_engine
from storage.mail import add_mail
from storage.models import OutboxMessage
from tests.chat import Chat
from tests.imap_server import MailServer
from tests.mailbox import Mailbox
from tests.menus import deploy_blanks, draw_blanks, open_menus
from tests.office_reader import write_to
from tests.places.measured import tiles

MAKE_CERTIFICATE = (
    *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
    *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
)
Examine = Callable[..., dict[str, Finding]]


@pytest.fixture
def examine(quick_chat: Chat) -> Iterator[Examine]:
    """What the doctor finds of the running product, by code; settings may be given otherwise."""
    now = clock.now()
    with quick_chat.parts.database.begin(now) as session:
        anong = staff.add(session, email="anong@omb.example", name="", role="admin", organisation="omb", now=now)
        anong.password_hash = "kept"

    def look(**otherwise: Any) -> dict[str, Finding]:
        given = {"public_base_url": quick_chat.web.url} | otherwise
        found = look_at_everything(quick_chat.settings.model_copy(update=given))
        return {finding.code: finding for findings in found.values() for finding in findings}

    yield look
    quick_chat.line.clear_wire()  # what a wrong token asks is refused, and that is what is tried here


def _wrong(found: dict[str, Finding]) -> set[str]:
    return {code for code, finding in found.items() if finding.state == "wrong"}


def _warned(found: dict[str, Finding]) -> set[str]:
    """What is to be looked at, but for what tests bring with them: a turned clock, and maybe no font."""
    warned = {code for code, finding in found.items() if finding.state == "warning"}
    return warned - {"font.missing", "settings.turned_clock"}


@pytest.fixture
def reaching(quick_chat: Chat) -> Iterator[dict[str, Any]]:
    """Outlines of the khet, and an address of every district; the settings of a mail server that takes their mail."""
    now, mailbox = clock.now(), Mailbox()
    with quick_chat.parts.database.begin(now) as session:
        boundaries.add_layer(session, source="khet.geojson", text="", layer=tiles().to_json(), now=now)
        for khet in list_khet():
            office = f"district:{khet.dcode}"
            contacts.set_contact(session, organisation=office, rank=1, email="a@bkk.example", title="", now=now)
    yield {"smtp_url": SecretStr(mailbox.url), "mail_from": "fasttrack@omb.example"}
    mailbox.closes()


def test_a_healthy_service_has_nothing_wrong(quick_chat: Chat, examine: Examine, reaching: dict[str, Any]) -> None:
    quick_chat.coordinators("omb")
    quick_chat.coordinators("district:1026")
    deploy_blanks(quick_chat.line)

    found = examine(**reaching)

    assert (_wrong(found), _warned(found)) == (set(), set()), found
    assert {
        "database.fine",
        "media.fine",
        "token.fine",
        "clock.fine",
        "webhook.fine",
        "webhook.tested",
        "quota.unlimited",
        "menu.fine",
        "groups.fine",
    } <= found.keys()
    assert not any(finding.mend for finding in found.values() if finding.state == "ok")
    assert list(Path(quick_chat.settings.media_url.removeprefix("file://")).glob("doctor*")) == []


# --- the account --------------------------------------------------------------------------------------------
def test_a_wrong_token(quick_chat: Chat, examine: Examine) -> None:
    found = examine(line_channel_access_token=SecretStr("pasted-from-elsewhere"))
    assert _wrong(found) == {"token.refused"}, "what depends on it is not called wrong as well"
    assert found["line.skipped"].state == "unseen"
    assert "Channel access token" in found["token.refused"].mend


def test_line_down(quick_chat: Chat, examine: Examine) -> None:
    quick_chat.line.refuse_connections()
    found = examine()
    quick_chat.line.accept_connections()
    assert _wrong(found) == {"token.away"}
    assert "api.line.me" in found["token.away"].mend


@pytest.mark.parametrize("kind", ["hang", "drop", "garbage", "error"])
def test_line_gone_mad(quick_chat: Chat, examine: Examine, kind: FaultKind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.line_sdk.TIMEOUT", (0.5, 0.5))
    quick_chat.line.add_fault("*", kind, times=None, seconds=3)
    found = examine()
    quick_chat.line.clear_faults()
    assert _wrong(found) == {"token.answered" if kind == "error" else "token.away"}


@pytest.mark.parametrize("endpoint", ["quota", "webhook.endpoint", "webhook.test", "richmenu.list", "group.summary"])
def test_one_thing_line_does_not_tell_hides_nothing_else(
    quick_chat: Chat, examine: Examine, reaching: dict[str, Any], endpoint: str
) -> None:
    quick_chat.coordinators("omb")
    deploy_blanks(quick_chat.line)
    quick_chat.line.add_fault(endpoint, "error", times=None, status=503)
    found = examine(**reaching)
    quick_chat.line.clear_faults()
    expected = {
        "quota": "quota.unseen",
        "webhook.endpoint": "webhook.unasked",
        "webhook.test": "webhook.untested",
        "richmenu.list": "menu.unseen",
        "group.summary": "groups.unasked",
    }[endpoint]
    assert {code for code in _wrong(found) | _warned(found)} == {expected}
    assert "503" in found[expected].told


def test_no_webhook(quick_chat: Chat, examine: Examine) -> None:
    quick_chat.line.set_bot_url(None)
    found = examine()
    assert "webhook.missing" in _wrong(found)
    assert f"{quick_chat.web.url}/line/webhook" in found["webhook.missing"].mend


def test_events_that_go_elsewhere(quick_chat: Chat, examine: Examine) -> None:
    quick_chat.line.set_bot_url(f"{quick_chat.web.url}/webhook?token=hush")
    found = examine()
    assert {"webhook.elsewhere", "webhook.not_found"} <= _wrong(found)
    assert "hush" not in found["webhook.elsewhere"].told


def test_a_service_that_does_not_run(quick_chat: Chat, examine: Examine) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    quick_chat.line.set_bot_url(f"{address}/line/webhook")
    found = examine(public_base_url=address)
    assert "webhook.unreached" in _wrong(found)


def test_a_channel_secret_that_is_not_the_channels(quick_chat: Chat, examine: Examine) -> None:
    quick_chat.line.rotate_secret("f" * 32)
    found = examine()
    assert _wrong(found) == {"webhook.signature"}
    assert "LINE_CHANNEL_SECRET" in found["webhook.signature"].mend


@pytest.mark.parametrize(
    ("used", "state", "code"),
    [
        (209, "ok", "quota.fine"),
        (210, "warning", "quota.watch"),
        (270, "warning", "quota.nearly"),
        (300, "wrong", "quota.gone"),
    ],
)
def test_the_quota(quick_chat: Chat, examine: Examine, used: int, state: str, code: str) -> None:
    quick_chat.line.set_quota(300, used=used)
    assert examine()[code].state == state


def test_groups_that_are_not_allowed(quick_chat: Chat, examine: Examine) -> None:
    found = examine()
    assert "Allow bot to join group chats" in found["groups.unseen"].mend
    assert "groups.no_staff" in _warned(found)

    group = quick_chat.line.add_group("เขตดินแดง", [quick_chat.line.add_user("Pim")], bot_in=False)
    quick_chat.line.invite_bot(group)
    quick_chat.line.remove_bot(group)  # what LINE does by itself where the switch is off

    found = examine()
    assert "groups.left_at_once" in _wrong(found)
    assert "Allow bot to join group chats" in found["groups.left_at_once"].mend


def test_a_group_that_was_lost_unseen(quick_chat: Chat, examine: Examine) -> None:
    quick_chat.coordinators("omb")
    office = quick_chat.coordinators("district:1026")
    quick_chat.line.remove_bot(office.id, deliver=False)
    found = examine()
    assert _wrong(found) == {"groups.lost"}
    assert "district:1026" in found["groups.lost"].told


def test_no_menu_half_a_menu_and_an_old_one(quick_chat: Chat, examine: Examine) -> None:
    assert "menu.none" in _warned(examine())

    deployed = deploy_blanks(quick_chat.line)
    line = open_menus(quick_chat.line)
    line.delete_alias(name_alias("en"))
    assert "menu.language" in _warned(examine())

    line.set_alias(name_alias("en"), deployed.menus["en"], known=False)
    line.clear_default()
    assert "menu.hidden" in _warned(examine())

    old = line.add_menu({**define_menu("th"), "name": "fasttrack-th-0"}, draw_blanks()["th"])
    line.set_default(old)
    assert "menu.old" in _warned(examine())

    deploy_blanks(quick_chat.line)
    assert "menu.fine" in examine()


def test_redelivery_is_seen_once_it_has_happened(quick_chat: Chat, examine: Examine) -> None:
    nid = quick_chat.citizen("Nid")
    assert examine()["redelivery.unseen"].state == "unseen"
    quick_chat.line.say(nid.id, "ไฟดับ", deliver=False)
    quick_chat.line.redeliver()
    assert examine()["redelivery.seen"].state == "ok"


def test_a_machine_whose_clock_is_wrong(examine: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    real = clock.now
    monkeypatch.setattr("clock.now", lambda: real() + timedelta(seconds=120))
    found = examine()
    assert "clock.wrong" in _wrong(found)
    assert "ahead of" in found["clock.wrong"].told


# --- the machine --------------------------------------------------------------------------------------------
def test_settings_that_are_missing_or_odd(examine: Examine) -> None:
    found = examine(
        secret_key=SecretStr("short"),
        line_channel_secret=SecretStr("1234567890"),
        line_channel_access_token=SecretStr(""),
        clock_offset_file="/tmp/clock",
    )
    assert _wrong(found) == {"settings.missing", "settings.short_key"}
    assert {found[code].state for code in ("settings.odd_secret", "settings.turned_clock")} == {"warning"}
    assert "LINE_CHANNEL_ACCESS_TOKEN" in found["settings.missing"].told


def test_databases_that_cannot_be_used(quick_chat: Chat, examine: Examine, tmp_path: Path) -> None:
    assert "database.absent" in _warned(examine(database_url=f"sqlite:///{tmp_path}/new.db"))
    assert not (tmp_path / "new.db").exists(), "looking makes nothing"
    for url, code in (
        ("postgresql://joe:hunter2-very-long@127.0.0.1:9/cases", "database.away"),
        ("mysql://joe:hunter2-very-long@127.0.0.1/cases", "database.address"),
        ("cases.db", "database.address"),
    ):
        found = examine(database_url=url)
        assert code in _wrong(found), url
        assert not any("hunter2" in finding.told + finding.mend for finding in found.values())
    (tmp_path / "letter.db").write_text("Dear sir, this is no database, and it is long enough to be read as one.")
    assert "database.away" in _wrong(examine(database_url=f"sqlite:///{tmp_path}/letter.db"))
    (tmp_path / "empty.db").touch()
    assert "database.behind_file" in _warned(examine(database_url=f"sqlite:///{tmp_path}/empty.db"))


@pytest.mark.postgres
def test_a_server_that_is_not_up_to_date(examine: Examine, postgres_url: str) -> None:
    assert "database.fine" in examine(database_url=postgres_url)
    engine = open_engine(postgres_url, Waits())
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    engine.dispose()
    found = examine(database_url=postgres_url)
    assert "database.behind" in _wrong(found)
    assert "fasttrack migrate" in found["database.behind"].mend


def test_files_that_cannot_be_kept(examine: Examine, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, no folder")
    assert "media.address" in _wrong(examine(media_url=f"file://{tmp_path}/taken"))
    assert "media.address" in _wrong(examine(media_url="ftp://elsewhere"))


def test_a_full_disk(examine: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commands.doctor_machine.DISK_FILLING", 10**18)
    assert "disk.filling" in _warned(examine())
    monkeypatch.setattr("commands.doctor_machine.DISK_FULL", 10**18)
    assert "disk.full" in _wrong(examine())


def test_a_font_that_is_not_there(examine: Examine) -> None:
    found = examine(rich_menu_font="/nowhere/thai.ttf")
    assert found["font.missing"].state == "warning"
    assert "/nowhere/thai.ttf" in found["font.missing"].told


def test_a_worker_that_does_not_run(quick_chat: Chat, examine: Examine) -> None:
    nid = quick_chat.citizen("Nid")
    quick_chat.settles()
    assert quick_chat.parts.delivery is not None
    quick_chat.parts.delivery.stop(timeout=5)
    nid.says("ไฟดับ")
    assert quick_chat.count(OutboxMessage) > 0
    quick_chat.waits(minutes=10)
    found = examine(serve_delivers=False)
    assert "mode.stuck" in _wrong(found)
    assert "mode.apart_on_sqlite" in _warned(found)


# --- the public address -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://fasttrack.example", "address.plain"),
        ("https://192.168.1.7", "address.inside"),
        ("https://localhost:8443", "address.inside"),
        ("fasttrack.example", "address.none"),
        ("https://fasttrack.invalid", "address.unreachable"),
    ],
)
def test_addresses_that_line_cannot_use(examine: Examine, url: str, code: str) -> None:
    found = examine(public_base_url=url, line_api_base_url="https://api.line.invalid")
    assert code in _wrong(found)
    assert "token.away" in _wrong(found)


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/privacy" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def serve_https(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str]]:
    """A page behind a certificate that is good for so many days, and trusted or not; its address."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl on this machine to make certificates with")
    servers: list[HTTPServer] = []

    def serve(days: int, *, trusted: bool = True) -> str:
        key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
        subprocess.run(
            [*MAKE_CERTIFICATE, "-days", str(days), "-keyout", key, "-out", certificate],
            check=True,
            capture_output=True,
        )
        if trusted:
            monkeypatch.setitem(os.environ, "SSL_CERT_FILE", str(certificate))
            monkeypatch.setitem(os.environ, "REQUESTS_CA_BUNDLE", str(certificate))
        server = HTTPServer(("127.0.0.1", 0), _Page)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"https://localhost:{server.server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_good_certificate(examine: Examine, serve_https: Callable[..., str]) -> None:
    assert "good for 89 days" in examine(public_base_url=serve_https(90))["address.fine"].told


def test_a_certificate_that_ends_soon(examine: Examine, serve_https: Callable[..., str]) -> None:
    assert "address.expiring" in _warned(examine(public_base_url=serve_https(10)))


def test_a_certificate_that_ends_now(examine: Examine, serve_https: Callable[..., str]) -> None:
    assert "address.expiring" in _wrong(examine(public_base_url=serve_https(1)))


def test_a_certificate_nobody_vouches_for(examine: Examine, serve_https: Callable[..., str]) -> None:
    assert "address.certificate" in _wrong(examine(public_base_url=serve_https(90, trusted=False)))


# --- the looking itself -------------------------------------------------------------------------------------
def test_what_hangs_and_what_breaks_is_told_and_holds_nothing_up() -> None:
    def hang(_: Look) -> list[Finding]:
        threading.Event().wait(60)
        return []

    def stumble(_: Look) -> list[Finding]:
        raise RuntimeError("odd")

    def go_on(look: Look) -> list[Finding]:
        return [find("ok" if look.has("check.late") else "wrong", "settings.fine")]

    checks = (Check("a", hang), Check("b", stumble), Check("c", go_on, after=("a",)))
    found = look_at_all(Settings(_env_file=None), checks, longest=0.2)  # type: ignore[call-arg]
    assert [[finding.code for finding in findings] for findings in found.values()] == [
        ["check.late"],
        ["check.failed"],
        ["settings.fine"],
    ]
    assert found["c"][0].state == "ok"


def test_somebody_must_let_staff_in(quick_chat: Chat, examine: Examine) -> None:
    assert "staff.fine" in examine()
    now = clock.now()
    with quick_chat.parts.database.begin(now) as session:
        anong = staff.find_by_email(session, "anong@omb.example")
        assert anong is not None
        anong.disabled_at = now
        staff.add(session, email="busaba@omb.example", name="", role="admin", organisation="omb", now=now)  # invited
    assert _warned(examine()) >= {"staff.no_administrator"}


def test_the_first_steps_that_are_still_to_be_done(quick_chat: Chat, examine: Examine, tmp_path: Path) -> None:
    new = examine(database_url=f"sqlite:///{tmp_path}/new.db")
    assert _warned(new) >= {"boundaries.none", "offices.none", "staff.no_administrator"} and "check.failed" not in new
    assert new["staff.no_administrator"].told.startswith("Nobody may sign in")
    away = examine(database_url="postgresql://joe@127.0.0.1:9/cases")
    assert _wrong(away) == {"database.away"}, "what cannot be looked at for it is not called wrong as well"
    assert {away[f"{name}.unasked"].state for name in ("boundaries", "offices", "staff")} == {"unseen"}

    quick_chat.coordinators("district:1026")
    write_to(quick_chat, "district:1001")
    found = examine()
    assert "fasttrack boundaries import" in found["boundaries.none"].mend
    assert found["offices.some"].told.startswith("2 of the 50 districts")
    assert "not district:1002, " in found["offices.some"].told and "43 more" in found["offices.some"].told
    assert "fasttrack invite" in found["offices.some"].mend and "fasttrack contact" in found["offices.some"].mend


def test_no_secret_is_ever_shown(quick_chat: Chat, examine: Examine) -> None:
    token = "a-token-that-nobody-may-read"
    found = examine(line_channel_access_token=SecretStr(token), public_base_url=f"https://fasttrack.invalid/{token}")
    assert not any(token in finding.told + finding.mend for finding in found.values())


def test_each_check_waits_for_checks_that_are_there() -> None:
    names = [check.name for check in CHECKS]
    assert all(names.index(before) < names.index(check.name) for check in CHECKS for before in check.after)


def test_whatever_is_wrong_says_how_to_mend_it() -> None:
    needless = {"fine", "tested", "seen", "together", "apart", "unlimited", "simulated", "skipped"}
    silent = {code for code, words in load_words().items() if not words.get("mend")}
    assert {code for code in silent if code.split(".")[1] not in needless} == {
        "clock.unseen",
        "mail.none",
        "inbox.none",
    }


def test_addresses_of_offices_without_a_mail_server(quick_chat: Chat, examine: Examine) -> None:
    assert examine()["mail.none"].state == "ok"
    write_to(quick_chat)
    found = examine()
    assert found["mail.unset"].state == "wrong" and "SMTP_URL" in found["mail.unset"].mend


def test_a_mail_server_is_greeted_and_sent_nothing(examine: Examine, mailbox: Mailbox) -> None:
    given = {"smtp_url": SecretStr(mailbox.url), "mail_from": "fasttrack@omb.example"}
    assert examine(**given)["mail.fine"].state == "ok"
    assert mailbox.letters == []
    mailbox.closes()
    assert examine(**given)["mail.away"].state == "wrong"


def test_a_mail_server_that_does_not_let_us_in(examine: Examine) -> None:
    mailbox = Mailbox(user="office", password="correct-horse")
    try:
        url = f"smtp://office:wrong-password@127.0.0.1:{mailbox.port}"
        found = examine(smtp_url=SecretStr(url), mail_from="fasttrack@omb.example")
        assert found["mail.away"].state == "wrong" and "wrong-password" not in str(found)
        right = examine(smtp_url=SecretStr(url.replace("wrong-password", "correct-horse")), mail_from="a@omb.example")
        assert right["mail.plain"].state == "warning"
    finally:
        mailbox.closes()


def test_a_mailbox_is_opened_and_nothing_read(examine: Examine) -> None:
    server = MailServer()
    try:
        assert examine(inbox_url=SecretStr(server.url))["inbox.plain"].state == "warning"
        assert not any("FETCH" in asked for asked in server.asked)
        server.refuses = True
        found = examine(inbox_url=SecretStr(server.url))
        assert found["inbox.away"].state == "wrong" and "p@ss" not in str(found)
    finally:
        server.stops()
    assert examine(inbox_url=SecretStr("mail.example"))["inbox.address"].state == "wrong"


@pytest.mark.parametrize(("url", "sender"), [("mail.example", "a@omb.example"), ("smtp://mail.example", "nobody")])
def test_mail_settings_that_cannot_be_read(examine: Examine, url: str, sender: str) -> None:
    found = examine(smtp_url=SecretStr(url), mail_from=sender)
    assert found["mail.address"].state == "wrong" and found["mail.address"].mend


def test_mail_that_was_refused_or_is_stuck(quick_chat: Chat, examine: Examine, mailbox: Mailbox) -> None:
    now = clock.now()
    with quick_chat.parts.database.begin(now) as session:
        for state in ("dead", "ready"):
            mail = add_mail(
                session,
                organisation="district:1026",
                recipient="dindaeng@bangkok.example",
                kind="case",
                case_id=None,
                thread="t",
                domain="omb.example",
                subject="",
                text="",
                html="",
                now=now - timedelta(hours=1),
            )
            mail.state, mail.last_error = state, "451 later"
    found = examine(smtp_url=SecretStr(mailbox.url), mail_from="fasttrack@omb.example")
    assert found["mail.dead"].state == "warning"
    assert found["mail.stuck"].state == "warning" and "451 later" in found["mail.stuck"].told
