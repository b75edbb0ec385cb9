"""A mailbox over a real socket, in every state that mail comes in: each mail once, none holds up another."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cases import intake_by_staff, lifecycle
from cases.intake_by_staff import Told
from cases.statuses import Action, Actor, Role
from integrations.inbox_mail import ImapInbox, read_inbox_url
from integrations.mail import BadAddress
from integrations.mail_words import read_mail, strip_answered
from jobs import inbox_mail
from jobs.inbox_mail import LARGEST_MAIL, InboxReader
from jobs.intake_retention import forget_intake
from storage import callbacks, inbound_mails, media, reporters
from storage import cases as stored
from storage import mail as sent_mail
from storage.files import open_store
from storage.models import InboundMail
from storage.session import Database
from tests.chat import photo
from tests.databases import OpenDatabase
from tests.imap_server import MailServer, write
from tests.intake_desk import OFFICER

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
PIM = Actor(Role.COORDINATOR, person="Upim", organisation="district:1026")


class Desk:
    """A database, a mailbox, and what reads it."""

    def __init__(self, database: Database, server: MailServer, folder: Path) -> None:
        self.database, self.server, self.folder = database, server, folder
        self.store = open_store(f"file://{folder}")
        self.reader = self.another()

    def another(self) -> InboxReader:
        inbox = ImapInbox(read_inbox_url(self.server.url), seconds=2)
        return InboxReader(self.database, inbox, self.store, our_address="fasttrack@omb.example", now=lambda: NOW)

    def mails(self) -> list[InboundMail]:
        with self.database.read() as session:
            return list(session.query(InboundMail).order_by(InboundMail.id))

    def newest(self) -> InboundMail:
        return self.mails()[-1]

    def files(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]

    def reads(self, *mails: object, kept: int | None = None, **options: int) -> InboundMail:
        """A mail comes and is read; what is kept of it."""
        for mail in mails:
            self.server.gets(mail, **options)  # type: ignore[arg-type]
        assert self.reader.read_new() == (len(mails) if kept is None else kept)
        return self.newest()


@pytest.fixture
def desk(sqlite_url: str, open_database: OpenDatabase, tmp_path: Path) -> Iterator[Desk]:
    server = MailServer()
    yield Desk(open_database(sqlite_url), server, tmp_path / "media")
    server.stops()


def test_mail_of_every_kind(desk: Desk) -> None:
    thai = "ท่อระบายน้ำอุดตัน".encode("cp874")
    plain = desk.reads(write("ไฟดับทั้งซอย\nขอบคุณ"))
    assert (plain.state, plain.sender, plain.sender_name) == ("draft", "somying@mail.example", "สมหญิง ใจดี")
    assert (plain.subject, plain.words) == ("ไฟดับหน้าบ้าน", "ไฟดับทั้งซอย\nขอบคุณ")

    for name in ("tis-620", "windows-874", "iso-8859-1", "x-made-up"):
        head = f"From: a@b.example\nMessage-ID: <{name}>\nContent-Type: text/plain; charset={name}\n\n"
        assert desk.reads(head.encode() + thai).words == "ท่อระบายน้ำอุดตัน", name
    raw_subject = b"From: a@b.example\nMessage-ID: <raw>\nSubject: " + thai + b"\n\n" + thai
    assert desk.reads(raw_subject).subject == desk.newest().words == "ท่อระบายน้ำอุดตัน"
    encoded = b"From: a@b.example\nSubject: =?windows-874?B?" + base64.b64encode(thai) + b"?=\n\nhello"
    assert desk.reads(encoded).subject == "ท่อระบายน้ำอุดตัน", "and a mail without a name is known by what is in it"
    assert (
        desk.reads(b"From: \xff\xfe\nSubject: =?utf-8?B?!!!?=\nContent-Type: multipart/mixed\n\n\xff").state == "draft"
    )

    html = write("", Subject="เว็บ")
    html.set_content("<style>p{}</style><p>น้ำท่วม<br>หน้าปากซอย &amp; ตลาด</p><script>x()</script>", subtype="html")
    assert desk.reads(html).words == "น้ำท่วม\nหน้าปากซอย & ตลาด"

    meta = b"<html><head><meta charset=tis-620></head><body><p>" + thai + b"</p></body></html>"
    assert desk.reads(_write_raw(b"meta", meta)).words == "ท่อระบายน้ำอุดตัน", "no program but a browser looks at that"

    files = write("ดูรูป", Subject="รูป")
    files.add_attachment(photo(), maintype="image", subtype="jpeg", filename="เสาไฟ.jpg")
    files.add_attachment(b"\x78\x9f\x3e\x22", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    files.add_attachment(b"%PDF-1.4 fax", maintype="application", subtype="pdf", filename="fax.pdf")
    files.add_attachment(b"MZ evil", maintype="application", subtype="octet-stream", filename="bill.exe")
    kept = desk.reads(files)
    assert kept.notes.split() == ["winmail", "file_refused"]
    with desk.database.read() as session:
        items = inbound_mails.list_files(session, kept.id)
        assert [(item.kind, item.state, item.file_name) for item in items] == [
            ("image", "stored", "เสาไฟ.jpg"),
            ("file", "stored", "fax.pdf"),
        ]
    huge = desk.reads(write("x" * 100, Subject="ใหญ่มาก"), size=LARGEST_MAIL + 1)
    assert (huge.subject, huge.words, huge.notes) == ("ใหญ่มาก", "", "too_big")

    before = len(desk.mails())
    machines = [
        write("กลับมาวันจันทร์", Auto_Submitted="auto-replied"),
        write("undelivered", From="MAILER-DAEMON@mail.example"),
        write("bounced", Return_Path="<>"),
        write("ข่าวสาร", List_Unsubscribe="<https://x.example>"),
        write("ของเราเอง", From="OMB <fasttrack@omb.example>"),
    ]
    desk.reads(*machines)
    assert {(one.state, one.sender, one.words) for one in desk.mails()[before:]} == {("ignored", "", "")}


HEAD = b"From: a@b.example\r\nMessage-ID: <%s>\r\nSubject: %s\r\nContent-Type: %s\r\n\r\n"


def _write_raw(name: bytes, body: bytes, *, subject: bytes = b"x", kind: bytes = b"text/html") -> bytes:
    return HEAD % (name, subject, kind) + body


def test_a_forwarded_mail_is_of_who_wrote_it_first(desk: Desk) -> None:
    first = write("ไฟดับมาสามวัน", From="สมหญิง <somying@mail.example>", Subject="ไฟดับหน้าบ้าน")
    first.set_content("<p>ไฟดับมาสามวัน</p>", subtype="html", charset="tis-620")
    first.add_attachment(photo(), maintype="image", subtype="jpeg", filename="เสาไฟ.jpg")
    packed = b"From: cc@omb.example\nMessage-ID: <p>\nSubject: x\nContent-Type: message/rfc822\n"
    packed += b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(bytes(first))
    ways = [write("ส่งต่อ", From="cc@omb.example", Message_ID=f"<way{number}>") for number in range(2)]
    ways[0].add_attachment(first)
    ways[1].add_attachment(bytes(first), maintype="application", subtype="octet-stream", filename="เรื่อง.EML")
    for way in (*ways, packed):
        came = desk.reads(way)
        assert (came.state, came.notes) == ("draft", "forwarded")
        assert came.words.endswith("From: สมหญิง <somying@mail.example>\nSubject: ไฟดับหน้าบ้าน\n\nไฟดับมาสามวัน")
        with desk.database.read() as session:
            assert [item.file_name for item in inbound_mails.list_files(session, came.id)] == ["เสาไฟ.jpg"]
    quoted = "ฝากด้วย\n\n---------- Forwarded message ---------\nFrom: a@b.example\n\nไฟดับ"
    assert desk.reads(write(quoted, Subject="FW: ไฟดับ")).notes == "forwarded"
    # Under any subject it says so itself. What is quoted under an answer is no forwarding.
    for mark in (
        "Begin forwarded message:",
        "-------- Forwarded Message --------",
        "----- Forwarded by Dao on 22/11/2026 -----",
        "เริ่มต้นข้อความที่ถูกส่งต่อ:",
        "---------- ข้อความที่ได้รับการส่งต่อ ---------",
    ):
        passed = f"{mark}\n\nFrom: a@b.example\nSubject: เรื่อง\n\nไฟดับ"
        assert read_mail(bytes(write(f"ฝากด้วย\n\n{passed}"))).notes == ["forwarded"], mark
        assert strip_answered(f"ฝากด้วย\n\n{passed}") == "ฝากด้วย"
        answer = f"ต้นที่สาม\n\nOn Mon, 23 Nov 2026 OMB wrote:\n\n{passed}"
        assert read_mail(bytes(write(answer))).notes == [], mark


# What programs write over a mail that they forward, and over one that they answer. "{who}" wrote the words under it.
FORWARDING = (
    "---------- Forwarded message ---------\nFrom: สมชาย <{who}>\nDate: Mon, Nov 23, 2026\nSubject: x\nTo: b@c.example",
    "---------- ข้อความที่ส่งต่อ ---------\nจาก: สมชาย <{who}>\nวันที่: จ. 23 พ.ย. 2026\nเรื่อง: x\nถึง: <b@c.example>",
    "Begin forwarded message:\n\nFrom: สมชาย <{who}>\nSubject: x\nDate: 23 November 2026",
    "*Begin forwarded message:*\n\n*From:* สมชาย <{who}>\n*Date:* 23 November 2026",
    "เริ่มข้อความที่ส่งต่อ:\n\nจาก: สมชาย <{who}>\nวันที่: 23 พฤศจิกายน 2569",
    "-------- Forwarded Message --------\nSubject: x\nDate: Mon, 23 Nov 2026\nFrom: สมชาย <{who}>",
    "-------------------- Start of forwarded message --------------------\nFrom: สมชาย <{who}>",
)
HEADS = (
    "________________________________\nFrom: สมชาย <{who}>\nSent: Monday, November 23, 2026\nTo: X\nSubject: x",
    "________________________________\nจาก: สมชาย <{who}>\nส่ง: 23 พฤศจิกายน 2569\nถึง: X\nเรื่อง: x",
    "-----Original Message-----\nFrom: สมชาย [mailto:{who}]\nSent: Monday, November 23, 2026\nSubject: x",
    "*From:* สมชาย <{who}>\n*Sent:* Monday, November 23, 2026\n*To:* X",
    "จาก: สมชาย <{who}>\nส่งเมื่อ: วันจันทร์ที่ 23 พฤศจิกายน 2569 10:00\nถึง: X",
)


def test_words_of_others_are_known_as_every_program_heads_them() -> None:
    """Quoted or not, under any subject; of an answer only what its writer wrote themselves goes to the case."""
    ours, other = "fasttrack@omb.example", "somchai@mail.example"
    for head in (*FORWARDING, *HEADS):
        for quoting in ("", "> ", ">> ", "| "):
            passed = f"{head.format(who=other)}\n\nไฟดับ".replace("\n", f"\n{quoting}")
            if quoting and head in HEADS:
                continue  # so nobody forwards: it is what was answered further down
            words = f"ฝากด้วย\n\n{quoting}{passed}\nหมู่ 4"
            read = read_mail(bytes(write(words, To=ours)))
            assert (read.notes, read.own_words) == (["forwarded"], "ฝากด้วย"), words
    for head in HEADS:
        answered = f"ต้นที่สาม\n\n{head.format(who=ours)}\n\nเสาต้นไหน"
        read = read_mail(bytes(write(answered, To=f"OMB <{ours}>", Subject="ไฟดับ")))
        assert (read.notes, read.own_words) == ([], "ต้นที่สาม"), head
        elsewhere = f"ต้นที่สาม\n\n{head.format(who=other)}\n\nเสาต้นไหน"
        assert read_mail(bytes(write(elsewhere, To=ours, Subject="RE: ไฟดับ"))).notes == [], head
    # without an address, as one program heads them; ours is known by our name, or by the address that we write from
    nameless = "{by}: {who}\n{at}: วันจันทร์ที่ 23 พฤศจิกายน 2569 9:00\nถึง: สมหญิง\nเรื่อง: x\n\nเสาต้นไหน"
    for by, at in (("จาก", "วันที่ส่ง"), ("From", "Sent"), ("จาก", "ส่ง")):
        for who, notes in (("สมชาย ใจดี", ["forwarded"]), ("OMB FAST TRACK", []), ("สมหญิง", [])):
            words = f"ต้นที่สาม\n{nameless.format(by=by, at=at, who=who)}"
            read = read_mail(
                bytes(write(words, From="สมหญิง <s@mail.example>", To=other)), ours=f"OMB FAST TRACK <{ours}>"
            )
            assert (read.notes, read.own_words) == (notes, "ต้นที่สาม"), words
    ours_elsewhere = write(f"ต้นที่สาม\n{HEADS[4].format(who=ours)}", To="report@omb.example")
    assert read_mail(bytes(ours_elsewhere)).notes == ["forwarded"]
    assert read_mail(bytes(ours_elsewhere), ours=ours).notes == []
    for own in ("From: ปากซอย 5\nถึง: เซเว่น", "จาก: ปากซอย 5\nวันที่: 23 พ.ย.\nเรื่อง: เสาไฟ\nดับสามต้น"):
        assert read_mail(bytes(write(f"เสาที่สาม\n{own}", Subject="ไฟดับ"))).own_words == f"เสาที่สาม\n{own}"
    letter = "จาก: สมหญิง ใจดี\nเรื่อง: ไฟดับ\n\nไฟดับมาสามวัน"
    assert read_mail(bytes(write(letter))).notes == [], "a letter with a head of its own"
    inline = "> เสาต้นไหน\nต้นที่สาม\n> หน้าบ้านเลขที่\n12"
    assert read_mail(bytes(write(inline))).own_words == "ต้นที่สาม\n12"
    for subject in ("[EXTERNAL] FW: ไฟดับ", "Fwd: ไฟดับ", "ส่งต่อ: ไฟดับ"):
        assert read_mail(bytes(write("ไฟดับ", Subject=subject))).notes == ["forwarded"]


def test_mail_made_to_keep_us_busy(desk: Desk) -> None:
    """Each of these took minutes, or never ended, where time grew with the square of the length."""
    for number, body in enumerate((b"<a ", b"<a b='", b"<!--", b"</a ", b"<script ", b"&#", b"<a \"'>")):
        came = desk.reads(_write_raw(b"busy%d" % number, b"\xe0\xb9\x84\xe0\xb8\x9f <p>\r\n" + body * 100_000))
        assert (came.state, came.words[:2]) == ("draft", "ไฟ"), body
    digits = b"<b>&#" + b"9" * 5000 + b";dark</b>"
    assert desk.reads(_write_raw(b"number", digits)).words == "dark"
    words = b"<p title='a>b'>one<!-- <p>no --> <SCRIPT>no<p></Script>two 1 < 2 &lt;b&gt;</p><title>no</title>three"
    assert desk.reads(_write_raw(b"odd", words)).words == "one two 1 < 2 <b>\nthree"
    many = desk.reads(_write_raw(b"subject", b"dark", subject=b" ".join([b"=?utf-8?q?=E0=B9=84?="] * 40_000)))
    assert (many.subject[:3], many.words) == ("ไไไ", "dark")
    nested = b"".join(b"--%d\r\nContent-Type: multipart/mixed; boundary=%d\r\n\r\n" % (n, n + 1) for n in range(300))
    deep = desk.reads(_write_raw(b"deep", nested + b"a\r\n" * 300_000, kind=b"multipart/mixed; boundary=0"))
    assert (deep.subject, deep.words, deep.notes) == ("x", "", "too_big")
    quotes = b'text/plain; a="' + b'\\";' * 500_000
    assert desk.reads(_write_raw(b"quotes", b"dark", kind=quotes)).words == "dark"
    for code in (b"punycode", b"IDNA"):
        coded = _write_raw(code, b"dark-" + b"a" * 900_000, kind=b"text/plain; charset=" + code)
        assert desk.reads(coded).words.startswith("dark-a")


BROKEN = {
    "a half letter in the sender": b"From: =?utf-7?q?+2AA-=40b.c?=\r\nMessage-ID: <s@x>\r\n\r\nhi\r\n",
    "a NUL in the sender": b"From: =?utf-8?q?a=00b=40c=2Ed?=\r\nMessage-ID: <n@x>\r\n\r\nhi\r\n",
    "a NUL in the name": b"From: a@b.c\r\nMessage-ID: <n\x00@x>\r\nSubject: \x00a\r\n\r\nh\x00i\r\n",
    "brackets without end": b"From: " + b"(" * 3000 + b"a@b.c\r\nMessage-ID: <p@x>\r\n\r\nhi\r\n",
}


def _read_broken(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for mail in BROKEN.values():
        desk.server.gets(mail)
    assert desk.reads(write("ไฟดับ", Message_ID="<good@x>"), kept=len(BROKEN) + 1).words == "ไฟดับ"
    assert [one.words for one in desk.mails()] == ["hi", "hi", "hi", "", "ไฟดับ"]
    # Whatever else it is that cannot be kept: the mail is told of, and is not tried for ever.
    plain = read_mail(b"\r\n\r\nhi")
    odd = [replace(plain, sender="a\ud800"), replace(plain, subject=[b""]), replace(plain, notes=[7])]  # type: ignore[arg-type, list-item]
    for number, each in enumerate(odd):
        broken = replace(each, message_id=f"<broken{number}@x>")
        with monkeypatch.context() as patched:
            patched.setattr(inbox_mail, "read_mail", lambda *_, broken=broken, **__: broken)
            files = desk.files()
            assert desk.reads(b"\r\n\r\nthe %d." % number).notes == "unreadable"
            assert desk.files() == files
    assert desk.reads(write("อีกฉบับ", Message_ID="<better@x>")).words == "อีกฉบับ"


def test_a_broken_mail_holds_up_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    _read_broken(desk, monkeypatch)


@pytest.mark.postgres
def test_a_broken_mail_holds_up_no_other_on_postgres(
    postgres_url: str, open_database: OpenDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = MailServer()
    try:
        _read_broken(Desk(open_database(postgres_url), server, tmp_path / "media"), monkeypatch)
    finally:
        server.stops()


def test_each_mail_once_whatever_happens(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    mail = write("ไฟดับ")
    mail.add_attachment(photo(), maintype="image", subtype="jpeg", filename="a.jpg")
    desk.server.gets(mail)

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(inbound_mails, "advance", die)  # after the mail, before the commit
        desk.reader.read_new()
    assert desk.mails() == []
    assert desk.reader.read_new() == 1
    kept = len(desk.files())
    desk.server.gets(mail)  # the sender's server was unsure, and sent it again
    assert desk.another().read_new() == 0
    desk.server.validity += 1  # the folder was made anew: all is read once more
    assert desk.another().read_new() == 0
    assert len(desk.mails()) == 1
    desk.server.refuses = True
    assert desk.reader.read_new() == 0
    desk.server.refuses = False
    assert desk.reads(write("อีกฉบับ")).words == "อีกฉบับ"
    assert all("SEEN" not in asked.upper() and "STORE" not in asked.upper() for asked in desk.server.asked)
    assert len(desk.files()) <= kept + 2, "what a crash left is a file of one picture and its small one, no more"

    with desk.database.begin(NOW) as session:
        first = inbound_mails.find(session, desk.mails()[0].id, lock=True)
        assert first is not None
        first.received_at = NOW - timedelta(days=60)
        inbound_mails.settle(session, first, "discarded", NOW - timedelta(days=60), person="user:1", reason="โฆษณา")
    forget_intake(desk.database)
    assert (desk.mails()[0].sender, desk.mails()[1].sender) == ("", "somying@mail.example")
    with desk.database.read() as session:
        assert [item.state for item in inbound_mails.list_files(session, first.id)] == ["withdrawn"]


def test_a_reporters_answer_goes_to_their_case(desk: Desk) -> None:
    with desk.database.begin(NOW) as session:
        told = Told(
            "ไฟดับ", "lighting", {"org": "district:1026", "how": "address"}, "mail", email="somying@mail.example"
        )
        case = intake_by_staff.take(session, told, OFFICER, 1, NOW)
        number = case.number
        lifecycle.apply(session, case, Action.DISPATCH, OFFICER, NOW)
        lifecycle.apply(session, case, Action.ASK, PIM, NOW, note="เสาต้นไหน")
    subject = f"Re: {number} เรื่องที่คุณแจ้ง"

    stranger = desk.reads(write("ต้นที่สอง", Subject=subject, From="else@mail.example"))
    assert stranger.state == "draft", "who knows the number is not its reporter"
    delicate = desk.reads(write("เจ้าหน้าที่เขตเรียกรับเงินสินบน", Subject=subject))
    assert delicate.state == "draft", "words against an official are read by an officer first"
    quoted = f"ต้นที่สาม\n\nOn Mon, 23 Nov 2026 at 10:00 OMB <\nfasttrack@omb.example> wrote:\n\n{number} เสาต้นไหน"
    answer = write(quoted, Subject="ตอบ", References=f"<{number}-reporter@omb.example>")
    answer.add_attachment(photo(), maintype="image", subtype="jpeg", filename="pole.jpg")
    named = desk.reads(write("ไม่ใช่เรื่องของฉัน บ้านฉันอยู่ซอย 9", Subject=subject))
    assert (named.state, named.case_id) == ("draft", case.id), "an address that was named may be anybody's"
    assert (stranger.case_id, delicate.case_id) == (None, None)
    with desk.database.begin(NOW) as session:
        assert [one.note for one in stored.list_history(session, case.id)][-1] == "เสาต้นไหน"
        reporters.prove_email(reporters.get_reporter(session, case.reporter_id), "else@mail.example", NOW)
        assert reporters.get_reporter(session, case.reporter_id).email_proved_at is None
        reporters.prove_email(reporters.get_reporter(session, case.reporter_id), "somying@mail.example", NOW)
    passed = "ฝากด้วย\n\nBegin forwarded message:\n\nFrom: a@b.example\nSubject: x\n\nไฟดับ"
    for words in (passed, passed.replace("\n\nBegin", "\n\n> Begin").replace("\nไฟดับ", "\n> ไฟดับ\nหมู่ 4")):
        assert desk.reads(write(words, Subject=subject)).state == "draft", "whoever passes it on did not write it"
    assert desk.reads(answer).state == "added"
    with desk.database.begin(NOW) as session:
        case = stored.find_case_by_number(session, number, lock=True)  # type: ignore[assignment]
        said = stored.list_history(session, case.id)[-1]
        assert (said.action, said.note, said.role) == ("answer", "ต้นที่สาม", "reporter")
        assert [item.role for item in media.list_for_case(session, case.id)] == ["extra"]
        lifecycle.apply(session, case, Action.RESOLVE, PIM, NOW)
    assert desk.reads(write("ยังไม่ดีเลย", Subject=subject)).state == "added"
    with desk.database.begin(NOW) as session:
        case = stored.find_case_by_number(session, number, lock=True)  # type: ignore[assignment]
        assert case.status == "resolved", "no mail settles a case"
        assert [one.kind for one in callbacks.list_for_case(session, case.id)] == ["reply"]
        lifecycle.apply(session, case, Action.CLOSE, OFFICER, NOW)
    assert desk.reads(write("ยังเสียอยู่", Subject=subject)).state == "draft"


def test_an_answer_under_another_subject_is_known_by_the_mail_that_it_answers(desk: Desk) -> None:
    with desk.database.begin(NOW) as session:
        place = {"org": "district:1026", "how": "address"}
        told = Told("ไฟดับ", "lighting", place, "mail", email="somying@mail.example")
        case = intake_by_staff.take(session, told, OFFICER, 1, NOW)
        reporters.prove_email(reporters.get_reporter(session, case.reporter_id), "somying@mail.example", NOW)
        kinds = {sent_mail.REPORTER: "<ours@omb.example>", "district:1026": "<office@omb.example>"}
        for organisation, name in kinds.items():
            sent = sent_mail.add_mail(
                session,
                organisation=organisation,
                recipient="somying@mail.example",
                kind="reporter",
                case_id=case.id,
                thread="t",
                domain="omb.example",
                subject="",
                text="",
                html="",
                now=NOW,
            )
            sent.message_id = name
    for number, (name, state) in enumerate({"<ours@omb.example>": "added", "<office@omb.example>": "draft"}.items()):
        answer = write("เสาต้นที่สาม", Subject="เรื่องไฟ", In_Reply_To=name, Message_ID=f"<a{number}@x>")
        assert desk.reads(answer).state == state
    stranger = write("เสาต้นที่สาม", From="else@mail.example", In_Reply_To="<ours@omb.example>")
    assert desk.reads(stranger).state == "draft"


def test_addresses_of_mailboxes() -> None:
    server = read_inbox_url("imaps://a%40b.example:x@mail.example/Complaints")
    assert (server.port, server.user, server.folder, server.tls) == (993, "a@b.example", "Complaints", True)
    for bad in ("mail.example", "imap://mail.example", "smtp://a:b@mail.example", "imaps://a:b@mail.example:x/"):
        with pytest.raises(BadAddress, match="INBOX_URL"):
            read_inbox_url(bad)
