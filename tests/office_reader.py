"""Somebody of an office without a LINE group: reads its mail, opens the links in it, fills in what they show."""

import html
import re
from typing import Any

import requests

import clock
from cases import sending
from storage import contacts, mail
from tests.chat import Chat
from tests.mailbox import PATIENCE, Letter, Mailbox
from texts.catalog import load_catalogue, say

ADDRESS, SECOND_ADDRESS = "dindaeng@bangkok.example", "director@bangkok.example"
DIN_DAENG = "district:1026"
MAIL_FROM = "OMB FAST TRACK <fasttrack@omb.example>"


class Page:
    """One page as it came."""

    def __init__(self, reader: "OfficeReader", url: str, answer: requests.Response) -> None:
        self.reader = reader
        self.url = url
        self.answer = answer
        self.status = answer.status_code
        self.words = html.unescape(re.sub(r"<[^>]+>", "", answer.text.split("</style>")[-1]))

    def shows(self, key: str, **values: object) -> "Page":
        """These words of the catalogue stand on it."""
        template = load_catalogue("th")[key]
        wanted = say("th", key, **values) if values else template.split("{")[0]
        assert wanted in self.words, f"{wanted!r} is not on the page ({self.status}):\n{self.words}"
        return self

    def hides(self, *words: str) -> "Page":
        """Nothing of this is to be read on it, nor in what it is made of."""
        for each in words:
            assert each not in self.answer.text
        return self

    def field(self, name: str) -> str:
        """What a hidden or filled field of the form holds."""
        found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', self.answer.text)
        assert found, f"no field {name!r}:\n{self.words}"
        return html.unescape(found[1])

    def sends(self, photos: list[tuple[str, bytes]] | None = None, /, **given: str) -> "Page":
        """Fill in the form and send it; the page that comes then."""
        values = {"form": self.field("form")} | given
        files: Any = [("photos", (name, data, "image/jpeg")) for name, data in photos or []]
        # Every browser sends a file field that nothing was chosen for.
        files = files or [("photos", ("", b"", "application/octet-stream"))]
        answer = requests.post(self.url, data=values, files=files, timeout=30, allow_redirects=False)
        if answer.status_code == 303:
            return self.reader.opens(self.url.rsplit("/", 1)[0] + "/" + answer.headers["Location"])
        return Page(self.reader, self.url, answer)


class OfficeReader:
    """Whoever reads the mail of an office."""

    def __init__(self, chat: Chat, mailbox: Mailbox) -> None:
        self.chat = chat
        self.mailbox = mailbox

    def gets(self, count: int = 1) -> Letter:
        """Wait until so many letters have come in all; the newest."""
        return self.mailbox.gets(count)

    def gets_nothing_more(self) -> None:
        """No letter came since, and none is on its way."""
        before = len(self.mailbox.letters)
        self.waits_for_the_post()
        assert len(self.mailbox.letters) == before

    def waits_for_the_post(self) -> None:
        """Until nothing is left to be said in LINE or by mail."""
        self.chat.settles()
        self.chat.line.wait_until(self._nothing_waits, timeout=PATIENCE, what="an empty post-bag")

    def _nothing_waits(self) -> bool:
        with self.chat.reads() as session:
            return not {"ready", "sending"} & mail.count_states(session).keys()

    def reads_of(self, number: str, address: str) -> str:
        """The newest letter to this address about a case, once nothing more is to be sent."""
        self.waits_for_the_post()
        found = [one for one in self.mailbox.letters if one.to == [address] and number in one.subject]
        return found[-1].text

    def here(self, link: str) -> str:
        """The link on this machine: the world's address of the service leads nowhere in a test."""
        return link.replace(self.chat.settings.public_base_url, self.chat.web.url)

    def opens(self, link: str) -> Page:
        """Follow a link."""
        url = self.here(link)
        return Page(self, url, requests.get(url, timeout=30, allow_redirects=False))

    def taps(self, letter: Letter, purpose: str) -> Page:
        """Follow the button of a letter."""
        return self.opens(letter.link(say("th", f"mail.do_{purpose}")))


def write_to(chat: Chat, organisation: str = DIN_DAENG, email: str = ADDRESS, rank: int = 1) -> int:
    """Keep an address of an office, as `fasttrack contact` does; how many cases that waited it is sent."""
    now = clock.now()
    with chat.parts.database.begin(now) as session:
        contacts.set_contact(session, organisation=organisation, rank=rank, email=email, title="", now=now)
        return sending.send_waiting(session, organisation, now)
