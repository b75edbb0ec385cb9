"""Tests of the console read like somebody at a desk: they open pages, see words, fill in forms and press buttons.

    officer = desk.clerk("officer")
    officer.opens("/console/cases").sees("console.cases.title").fills(q="ไฟ").presses("console.cases.search")

It is the real application over a real database, without a socket between. Every page that comes is looked at: title,
one heading, language, labels, headers, nothing inline. `desk.chat` is the LINE side of the same product.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import Client, TestResponse

import clock
from commands.parts import Parts, open_parts
from commands.web import Pages
from config import Settings
from console.application import write_policy
from console.sessions import COOKIE
from storage import staff, staff_sessions
from storage.links import make_session_token
from storage.models import AuditEntry
from storage.session import Database
from tests.chat import KEY, SECRET, TOKEN, Chat
from texts.catalog import has_text, say

NAMES = {"admin": "Anong", "officer": "Orathai", "viewer": "Wipa", "office": "Somchai", "office-viewer": "Malee"}


class DeskHouse:
    """The product with its console, and whoever works at it."""

    def __init__(self, database_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch, **settings: Any) -> None:
        self._url, self._folder, self._monkeypatch, self._more = database_url, folder, monkeypatch, settings
        self._chat: Chat | None = None
        self._count = 0
        self._offset = folder / "clock"
        self._offset.write_text("0")
        monkeypatch.setenv("CLOCK_OFFSET_FILE", str(self._offset))
        values: dict[str, Any] = {
            "line_channel_secret": SECRET,
            "line_channel_access_token": TOKEN,
            "database_url": database_url,
            "media_url": f"file://{folder}/media",
            "public_base_url": "https://fasttrack.example",
            "secret_key": KEY,
            "quiet_night_cards": False,
        }
        self.settings = Settings(_env_file=None, **(values | settings))  # type: ignore[call-arg]
        self.parts: Parts = open_parts(self.settings, delivers=False)
        self._open()

    def _open(self) -> None:
        parts = self.parts
        self.pages = Pages(self.settings, parts.database, parts.store, parts.dispatcher.replay)
        self.console: Any = self.pages.open_console()

    def close(self) -> None:
        """Everybody goes home."""
        if self._chat is None:
            self.parts.stop()
        else:
            self._chat.__exit__(None, None, None)

    @property
    def database(self) -> Database:
        """What is kept."""
        return self.parts.database

    @property
    def chat(self) -> Chat:
        """LINE, and the product's side of it; there from its first use on."""
        if self._chat is None:
            self.parts.stop()
            self._chat = Chat(self._url, self._folder, self._monkeypatch, **self._more)
            self.settings, self.parts = self._chat.settings, self._chat.parts
            self._open()
        return self._chat

    def waits(self, **duration: float) -> None:
        """The clock goes on."""
        if self._chat is not None:
            self._chat.waits(**duration)
        else:
            self._offset.write_text(str(clock.offset_seconds() + timedelta(**duration).total_seconds()))

    def clerk(
        self,
        role: str = "officer",
        organisation: str = "",
        *,
        name: str = "",
        language: str = "th",
        signed_in: bool = True,
    ) -> "Clerk":
        """Somebody with an account, at a browser that is signed in."""
        self._count += 1
        if not organisation:
            organisation = "district:1026" if role.startswith("office") and role != "officer" else "omb"
        now = clock.now()
        with self.database.begin(now) as session:
            email = f"{role}{self._count}@{organisation.replace(':', '-')}.example"
            called = name or NAMES[role]
            user = staff.add(session, email=email, name=called, role=role, organisation=organisation, now=now)
            user.language = language
            user_id = user.id
        clerk = Clerk(self, user_id, email, called, language)
        return clerk.comes_back() if signed_in else clerk

    def stranger(self) -> "Clerk":
        """Somebody without an account."""
        return Clerk(self, 0, "", "", "th")

    def audited(self, verb: str = "") -> list[AuditEntry]:
        """What the audit log holds, oldest first: everything, or of one kind."""
        found = select(AuditEntry).order_by(AuditEntry.id)
        with self.database.read() as session:
            return list(session.scalars(found.where(AuditEntry.verb == verb) if verb else found))


class Clerk:
    """Somebody at a browser."""

    def __init__(self, house: DeskHouse, user_id: int, email: str, name: str, language: str) -> None:
        self.house = house
        self.id, self.email, self.name, self.language = user_id, email, name, language
        self._client: Client | None = None
        self._pages: Pages | None = None
        self._cookie = ""
        self._filled: dict[str, Any] = {}
        self._files: list[tuple[str, tuple[BytesIO, str]]] = []
        self.url = "/console/"
        self.answer: TestResponse = None  # type: ignore[assignment]
        self.page = BeautifulSoup("", "html.parser")

    @property
    def client(self) -> Client:
        """The browser."""
        if self._client is None or self._pages is not self.house.pages:
            self._pages = self.house.pages
            self._client = Client(self._pages)
            if self._cookie:
                self._client.set_cookie(COOKIE, self._cookie, path="/console")
        return self._client

    def comes_back(self) -> Self:
        """Signed in anew: sessions end after two hours without a click."""
        self._cookie, now = make_session_token(KEY), clock.now()
        with self.house.database.begin(now) as session:
            staff_sessions.add(session, self.id, self._cookie, stage="in", device="test", now=now)
        self.client.set_cookie(COOKIE, self._cookie, path="/console")
        return self

    # going somewhere
    def opens(self, path: str, status: int = 200, **headers: str) -> Self:
        """Go to an address; whoever is sent on goes there."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._take(self.client.get(path, headers=named, follow_redirects=True), status)

    def follows(self, words: str, status: int = 200) -> Self:
        """Follow a link by its words, or their key."""
        wanted = self._words(words)
        found = [each for each in self.page.find_all("a") if wanted in _text(each)]
        assert found, f"no link {wanted!r}:\n{self.words}"
        return self.opens(urljoin(self.url, str(found[0]["href"])), status)

    def downloads(self, where: str) -> bytes:
        """Fetch a file, by its address or by the words of the link to it; the page stays."""
        if not where.startswith("/"):
            wanted = self._words(where)
            found = [each for each in self.page.find_all("a") if wanted in _text(each)]
            assert found, f"no link {wanted!r}:\n{self.words}"
            where = urljoin(self.url, str(found[0]["href"]))
        answer = self.client.get(where)
        assert answer.status_code == 200, f"{where}: {answer.status_code}"
        assert "attachment" in answer.headers.get("Content-Disposition", "") or "pdf" in str(answer.mimetype)
        data: bytes = answer.data
        return data

    # forms
    def fills(self, given: Mapping[str, Any] | None = None, /, **more: Any) -> Self:
        """Fill in fields by their names: words, a list of them, True or False for a box to tick."""
        for name, value in {**(given or {}), **more}.items():
            assert self.page.find(True, attrs={"name": name}), f"no field {name!r}:\n{self.words}"
            self._filled[name] = value
        return self

    def attaches(self, name: str, data: bytes, called: str = "photo.jpg") -> Self:
        """Choose a file."""
        assert self.page.find("input", attrs={"name": name, "type": "file"}), f"no file field {name!r}"
        self._files.append((name, (BytesIO(data), called)))
        return self

    def presses(self, words: str, status: int = 200, *, nth: int = 0, within: str = "") -> Self:
        """Press a button by its words, or their key: the form around it is sent, and the next page comes.

        `within`: a CSS selector, or `nth`, where several buttons say the same.
        """
        wanted = self._words(words)
        around = self.page.select_one(within) if within else self.page
        assert around is not None, f"nothing is {within!r}"
        found = [each for each in around.find_all("button") if _text(each) == wanted]
        assert len(found) > nth, f"no button {wanted!r}:\n{self.words}"
        button = found[nth]
        form = self.page.find("form", id=button["form"]) if button.get("form") else button.find_parent("form")
        assert isinstance(form, Tag), f"{wanted!r} stands in no form"
        return self._send(form, button, status)

    def posts(self, path: str, status: int = 200, **given: str | list[str]) -> Self:
        """Send a form that no page showed, with a token that is good."""
        token = self.page.find("input", attrs={"name": "csrf_token"})
        if token is None:
            token = self.opens("/console/sign-in").page.find("input", attrs={"name": "csrf_token"})
        assert isinstance(token, Tag)
        data = given | {"csrf_token": str(token["value"])}
        return self._take(self.client.post(path, data=data, follow_redirects=True), status)

    def _send(self, form: Tag, button: Tag, status: int) -> Self:
        values = _read_fields(form, self.page)
        for name, value in self._filled.items():
            values.poplist(name)
            if value is True:
                ticked = form.find("input", attrs={"name": name})
                values.add(name, str(ticked.get("value", "on")) if isinstance(ticked, Tag) else "on")
            elif value is not False:
                values.setlist(name, [str(each) for each in (value if isinstance(value, list) else [value])])
        if button.get("name"):
            values.add(str(button["name"]), str(button.get("value", "")))
        action = urljoin(self.url, str(button.get("formaction") or form.get("action") or self.url))
        files, self._filled, self._files = self._files, {}, []
        if str(form.get("method", "get")).lower() == "get":
            path = urlsplit(action).path
            return self._take(self.client.get(path, query_string=values, follow_redirects=True), status)
        data: MultiDict[str, Any] = MultiDict(values)
        for name, file in files:
            data.add(name, file)
        kind = "multipart/form-data" if form.get("enctype") == "multipart/form-data" else None
        assert kind or not files, "a form with files needs enctype=multipart/form-data"
        return self._take(self.client.post(action, data=data, content_type=kind, follow_redirects=True), status)

    # looking
    def sees(self, key: str, **values: object) -> Self:
        """These words stand on the page: a key of the catalogue, or the words themselves."""
        wanted = self._words(key, **values)
        assert wanted in self.words, f"{wanted!r} is not on {self.url}:\n{self.words}"
        return self

    def hides(self, *words: str) -> Self:
        """Nothing of this is on the page, nor in what it is made of."""
        for each in words:
            wanted = self._words(each)
            assert wanted not in self.answer.text, f"{wanted!r} is on {self.url}"
        return self

    @property
    def words(self) -> str:
        """What is to be read on the page."""
        return _text(self.page)

    def field(self, name: str) -> str:
        """What a field holds."""
        found = self.page.find(True, attrs={"name": name})
        assert isinstance(found, Tag), f"no field {name!r}:\n{self.words}"
        if found.name == "select":
            chosen = found.find("option", selected=True) or found.find("option")
            return str(chosen["value"]) if isinstance(chosen, Tag) else ""
        return _text(found) if found.name == "textarea" else str(found.get("value", ""))

    def _words(self, key: str, **values: object) -> str:
        if not has_text(key):
            return key
        if values:
            return " ".join(say(self.language, key, **values).split())
        longest = max(re.split(r"\{\w+\}", say(self.language, key)), key=len)
        return " ".join(longest.split())

    def _take(self, answer: TestResponse, status: int) -> Self:
        self.answer = answer
        self.url = answer.request.path
        if answer.request.query_string:
            self.url += f"?{answer.request.query_string.decode()}"
        self.page = BeautifulSoup(answer.text if answer.mimetype == "text/html" else "", "html.parser")
        assert answer.status_code == status, f"{self.url}: {answer.status_code} and not {status}:\n{self.words}"
        if answer.mimetype == "text/html":
            _inspect(answer, self.page, write_policy(self.house.settings))
        return self


def _text(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def _read_fields(form: Tag, page: BeautifulSoup) -> MultiDict[str, str]:
    """What a browser would send of a form that nobody touched."""
    values: MultiDict[str, str] = MultiDict()
    fields = form.find_all(["input", "textarea", "select"])
    if form.get("id"):
        fields += page.find_all(["input", "textarea", "select"], attrs={"form": form["id"]})
    for each in fields:
        name, kind = str(each.get("name", "")), each.get("type")
        if not name or each.has_attr("disabled") or kind in ("file", "submit"):
            continue
        if kind in ("checkbox", "radio"):
            if each.has_attr("checked"):
                values.add(name, str(each.get("value", "on")))
        elif each.name == "select":
            options = each.find_all("option")
            chosen = [one for one in options if one.has_attr("selected")] or (
                [] if each.has_attr("multiple") else options[:1]
            )
            for one in chosen:
                values.add(name, str(one.get("value", _text(one))))
        else:
            values.add(name, each.get_text() if each.name == "textarea" else str(each.get("value", "")))
    return values


def _inspect(answer: TestResponse, page: BeautifulSoup, policy: str) -> None:
    """What every page must be, and every piece of one."""
    where = answer.request.path
    assert answer.headers["Content-Security-Policy"] == policy, where
    assert "no-store" in answer.headers["Cache-Control"], where
    tags = page.find_all(True)  # once: each look through all of a page takes longer than making it
    inline = [each for each in tags if each.name == "style" or (each.name == "script" and not each.get("src"))]
    assert not [each for each in inline if each.get("type") != "application/json"], f"{where}: inline script or style"
    for each in tags:
        wrong = [name for name in each.attrs if name == "style" or name.startswith("on")]
        assert not wrong, f"{where}: {each.name} has {wrong}: styles stand in classes, scripts in files"
        assert not (each.name == "form" and str(each.get("method", "")).lower() == "post" and _lacks_token(each)), (
            f"{where}: a form without csrf_field()"
        )
    _inspect_labels(tags, where)
    if page.find("html") is None:
        return
    assert page.html is not None and page.html.get("lang") in ("th", "en"), where
    assert page.title is not None and _text(page.title), f"{where}: no title"
    headings = [each for each in tags if each.name == "h1"]
    assert len(headings) == 1, f"{where}: {len(headings)} first headings, and not one"
    ids = [each["id"] for each in tags if each.has_attr("id")]
    assert len(ids) == len(set(ids)), (
        f"{where}: the same id twice: {sorted(each for each in ids if ids.count(each) > 1)}"
    )


def _lacks_token(form: Tag) -> bool:
    return form.find("input", attrs={"name": "csrf_token"}) is None


def _inspect_labels(tags: Sequence[Tag], where: str) -> None:
    labelled = {each.get("for") for each in tags if each.name == "label"}
    for each in tags:
        if each.name not in ("input", "select", "textarea") or each.get("type") in ("hidden", "submit"):
            continue
        named = each.get("id") in labelled or each.get("aria-label") or each.get("aria-labelledby")
        assert named or each.find_parent("label"), f"{where}: no label for {each}"
    for each in tags:
        if each.name not in ("a", "button") or _text(each) or each.get("aria-label"):
            continue
        pictures = [str(one.get("alt", "")) for one in each.find_all("img")]
        assert any(pictures), f"{where}: nothing says what {each} does"
