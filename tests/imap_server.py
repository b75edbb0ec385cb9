"""A small mail server that speaks as much IMAP as is needed to read a mailbox, over a real socket."""

import re
import socketserver
import threading
from email.message import EmailMessage
from typing import Any, Self

USER, PASSWORD = "desk@omb.example", "p@ss word"


class MailServer:
    """One mailbox. Mails are added by `gets`; `validity` changes when its folder is made anew."""

    def __init__(self) -> None:
        self.mails: dict[int, bytes] = {}
        self.sizes: dict[int, int] = {}
        self.validity = 7
        self.refuses = False
        self.asked: list[str] = []
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self._make_handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"imap://desk%40omb.example:p%40ss%20word@127.0.0.1:{self._server.server_address[1]}/INBOX"

    def gets(self, raw: bytes | EmailMessage, *, size: int = 0) -> Self:
        """A mail arrives; `size`: as large as the server says it is."""
        uid = max(self.mails, default=100) + 1
        self.mails[uid] = raw if isinstance(raw, bytes) else raw.as_bytes()
        self.sizes[uid] = size or len(self.mails[uid])
        return self

    def stops(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _make_handler(self) -> type[socketserver.StreamRequestHandler]:
        mailbox = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self._say("* OK ready")
                while line := self.rfile.readline().decode().rstrip("\r\n"):
                    tag, _, command = line.partition(" ")
                    mailbox.asked.append(command)
                    if not self._answer(tag, command):
                        return

            def _answer(self, tag: str, command: str) -> bool:
                word = command.upper().split()
                name = word[1] if word[0] == "UID" else word[0]
                if name == "CAPABILITY":
                    self._say("* CAPABILITY IMAP4rev1")
                elif name == "LOGIN":
                    good = USER in command and PASSWORD in command and not mailbox.refuses
                    self._say(f"{tag} {'OK in' if good else 'NO [AUTHENTICATIONFAILED] wrong'}")
                    return True
                elif name in ("SELECT", "EXAMINE"):
                    self._say(f"* {len(mailbox.mails)} EXISTS")
                    self._say(f"* OK [UIDVALIDITY {mailbox.validity}] valid")
                elif name == "SEARCH":
                    self._say(f"* SEARCH {' '.join(map(str, self._search(command)))}".rstrip())
                elif name == "FETCH":
                    self._fetch(command)
                elif name == "LOGOUT":
                    self._say("* BYE")
                    self._say(f"{tag} OK bye")
                    return False
                self._say(f"{tag} OK done")
                return True

            def _search(self, command: str) -> list[int]:
                after = re.search(r"UID (\d+):\*", command)
                if after is None:
                    return sorted(mailbox.mails)
                # A real server names the last mail in any case.
                last = max(mailbox.mails, default=0)
                return [uid for uid in sorted(mailbox.mails) if uid >= int(after[1]) or uid == last]

            def _fetch(self, command: str) -> None:
                wanted = re.search(r"FETCH ([\d,:]+)", command, re.IGNORECASE)
                assert wanted is not None
                for uid in map(int, wanted[1].split(",")):
                    raw = mailbox.mails.get(uid)
                    if raw is None:
                        continue
                    if "HEADER" in command:
                        raw = raw.partition(b"\n\n")[0] + b"\n\n"
                    number = sorted(mailbox.mails).index(uid) + 1
                    about = f"UID {uid} FLAGS () RFC822.SIZE {mailbox.sizes[uid]}"
                    self.wfile.write(f"* {number} FETCH ({about} BODY[] {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")

            def _say(self, line: str) -> None:
                self.wfile.write(line.encode() + b"\r\n")

        return Handler


def write(words: str, **more: Any) -> EmailMessage:
    """A mail as a citizen's program sends it."""
    mail = EmailMessage()
    values = {
        "From": "สมหญิง ใจดี <Somying@mail.example>",
        "To": USER,
        "Subject": "ไฟดับหน้าบ้าน",
        "Message-ID": f"<{abs(hash((words, str(more))))}@mail.example>",
    } | {name.replace("_", "-"): value for name, value in more.items()}
    for name, value in values.items():
        mail[name] = value
    mail.set_content(words)
    return mail
