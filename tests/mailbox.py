"""A real mail server that keeps what it takes, and can be told to refuse, to be slow, or to be gone."""

import asyncio
import email
import re
import socket
import time
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

PATIENCE = 30.0
OK = "250 taken"
LINK = re.compile(r"https?://\S+/office/\S+")


class Letter:
    """One mail as it came over the wire."""

    def __init__(self, envelope: Envelope) -> None:
        raw = envelope.original_content or b""
        parsed = email.message_from_bytes(raw, policy=default)
        assert isinstance(parsed, EmailMessage)
        self.message = parsed
        self.to = list(envelope.rcpt_tos)
        self.sender = envelope.mail_from
        self.lines = raw.split(b"\r\n")

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        assert part is not None
        return str(part.get_content()).replace("\r\n", "\n")

    def link(self, label: str) -> str:
        """The address under the button with these words, in the plain form; the same stands in the other."""
        found = re.search(rf"^{re.escape(label)}(?:: |\n)(\S+)$", self.text, re.MULTILINE)
        assert found, f"no link {label!r} in:\n{self.text}"
        assert found[1].replace("&", "&amp;") in self.html
        return found[1]


class _Handler:
    def __init__(self, mailbox: "Mailbox") -> None:
        self._mailbox = mailbox

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._mailbox.take_answer("rcpt")
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        mailbox = self._mailbox
        if mailbox.slow:
            await asyncio.sleep(mailbox.slow)
        answer = mailbox.take_answer("data")
        if answer == OK:
            mailbox.letters.append(Letter(envelope))
            if mailbox.after_taking is not None:
                mailbox.after_taking()
        return answer


class Mailbox:
    """The server. `answers`: what it says instead of yes, by command, each once; `slow`: seconds before its yes."""

    def __init__(self, *, user: str = "", password: str = "") -> None:
        self.letters: list[Letter] = []
        self.answers: dict[str, list[str]] = {}
        self.slow = 0.0
        self.after_taking: Any = None
        self._options: dict[str, Any] = {}
        if user:
            self._options = {
                "authenticator": lambda *given: AuthResult(
                    success=(given[-1].login, given[-1].password) == (user.encode(), password.encode())
                ),
                "auth_require_tls": False,
            }
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self._controller: Controller | None = None
        self.opens()

    def opens(self) -> None:
        """The server is there again, on the port it had."""
        self._controller = Controller(_Handler(self), hostname="127.0.0.1", port=self.port, **self._options)
        self._controller.start()

    def closes(self) -> None:
        """The server is gone."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def take_answer(self, command: str) -> str:
        """What the server says to this command now."""
        waiting = self.answers.get(command)
        return waiting.pop(0) if waiting else OK

    def gets(self, count: int = 1) -> Letter:
        """Wait until so many letters have come in all; the newest."""
        until = time.monotonic() + PATIENCE
        while len(self.letters) < count:
            assert time.monotonic() < until, f"{len(self.letters)} letters came, not {count}"
            time.sleep(0.02)
        assert len(self.letters) == count, [letter.subject for letter in self.letters]
        return self.letters[-1]
