"""Tests read like a chat: people write, tap and send; the product answers, over HTTP, through a LINE platform.

    nid.says("ไฟดับทั้งซอย").sees("report.ask_place")

Every act posts a signed webhook to the real application over a real database; every answer is what the platform
received over its real API. `sees` waits for a bubble that holds the words of that catalogue key.
"""

import contextlib
import io
import re
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest
from PIL import Image
from sqlalchemy import bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

import clock
from bot import delivery_settler
from cases import gathering, intake, lifecycle
from cases.statuses import Action, Actor, Role, Status
from commands.parts import Parts, open_parts
from commands.web import create_app
from config import Settings
from jobs.schedule import JOBS, run_job
from simulator.outcomes import BotMessage, Outcome
from simulator.running import start_simulator
from storage import groups, reporters
from storage.engines import READ
from storage.models import Case, HistoryEntry, InboxEvent, MediaItem, OutboxMessage, Relay
from tests.listening import Listening
from texts.catalog import load_catalogue, say

SECRET = "0123456789abcdef0123456789abcdef"
TOKEN = "token-of-a-channel-that-does-not-exist"
KEY = "a key that is only used in tests"
WAIT = 8.0
# Seconds: those that look for work by themselves do so oftener than in service, where nobody waits for each step. What
# few tests wait for is looked for seldom enough that it costs the others nothing to speak of.
LOOK_EVERY = {
    "mailer": 0.1,
    "relayer": 0.2,
    "menus": 0.6,
    "copies": 0.6,
    "checker": 0.8,
    "leaver": 1.0,
    "namer": 1.0,
}

# The question of each step of a report, and what a person does there to come to the next one.
QUESTIONS = {
    "description": "report.ask_description",
    "category": "report.ask_category",
    "place": "report.ask_place",
    "place_ok": "report.place_ok",
    "photos": "report.ask_photos",
    "phone": "report.ask_phone",
    "name": "report.ask_name",
    "review": "review.title",
}

# Whether anything is to be sent, is about to be passed on, or is being copied from LINE.
_WAITING = select(
    or_(
        exists().where(OutboxMessage.state.in_(("ready", "sending"))),
        exists().where(Relay.due_at <= bindparam("soon", type_=Relay.due_at.type)),
        exists().where(
            MediaItem.state == "wanted",
            or_(
                MediaItem.next_at <= bindparam("now", type_=MediaItem.next_at.type),
                MediaItem.lease_until > bindparam("now", type_=MediaItem.lease_until.type),
            ),
        ),
    )
)


class Chat:
    """The product, running, and the LINE platform it talks to."""

    def __init__(self, database_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch, **settings: Any) -> None:
        self.folder = folder
        offset = folder / "clock"
        offset.write_text("0")
        monkeypatch.setenv("CLOCK_OFFSET_FILE", str(offset))
        self.line = start_simulator(
            channel_secret=SECRET,
            access_token=TOKEN,
            seed=7,
            clock_offset_file=offset,
            webhook_timeout_seconds=30,
        )
        values: dict[str, Any] = {
            "line_channel_secret": SECRET,
            "line_channel_access_token": TOKEN,
            "line_api_base_url": self.line.base_url,
            "line_data_api_base_url": self.line.base_url,
            "database_url": database_url,
            "media_url": f"file://{folder}/media",
            "public_base_url": "https://fasttrack.example",
            "secret_key": KEY,
            # Most transcripts are told without a look at the hour; those of the night set it again.
            "quiet_night_cards": False,
        }
        self.settings = Settings(_env_file=None, **(values | settings))  # type: ignore[call-arg]
        # What people send one after the other is passed on together; here nobody waits long for more of it.
        monkeypatch.setattr(gathering, "PIECES", timedelta(seconds=0.4))
        monkeypatch.setattr(gathering, "REASON", timedelta(seconds=0.4))
        monkeypatch.setattr(delivery_settler, "GATHER_SECONDS", 0.005)
        self._start()

    def _start(self) -> None:
        self.parts: Parts = open_parts(self.settings, delivers=True)
        self.parts.schedule = None  # what looks at the clock does so when a test says it: clocks_run
        for name, seconds in LOOK_EVERY.items():
            if (looking := getattr(self.parts, name)) is not None:
                looking.every = seconds
        self.parts.start()
        self.is_down = False
        app = create_app(self.settings, self.parts.database, self.parts.store, self.parts.dispatcher)
        self.web = Listening(app)
        self.line.set_bot_url(f"{self.web.url}/line/webhook")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()
        self.line.stop()

    def _stop(self) -> None:
        self.is_down = True
        self.web.stop()
        self.parts.stop()

    def restarts(self) -> None:
        """The product goes down and comes up again over the same database."""
        self._stop()
        self._start()

    # people
    def citizen(self, name: str = "Nid", *, follows: bool = True) -> "Person":
        """Somebody with the account in their chat list, who has read the welcome."""
        person = Person(self, self.line.add_user(name), None)
        if follows:
            self.line.follow(person.id)
            person.sees("welcome.notice")
        return person

    def coordinators(self, organisation: str, *names: str) -> "Office":
        """A LINE group bound to an organisation, with people in it."""
        people = {name: self.line.add_user(name) for name in (names or ("Somchai", "Pim"))}
        group = self.line.add_group(organisation, list(people.values()), bot_in=False)
        office = Office(self, group, people)
        self.line.invite_bot(group)
        office.sees("group.not_bound")
        office.member().says(f"ผูกกลุ่ม {self.invite(organisation)}")
        key = "group.bound_staff" if organisation == "omb" else "group.bound"
        office.sees(key)
        return office

    def invite(self, organisation: str) -> str:
        """A one-time code."""
        with self.parts.database.begin() as session:
            return groups.add_invite(session, organisation=organisation, secret_key=KEY, now=clock.now())

    def has_case(
        self,
        reporter: "Person",
        organisation: str = "district:1026",
        category: str = "lighting",
        **slots: Any,
    ) -> str:
        """A case that this person has told, without the conversation that leads to it; its number."""
        told = {
            "description": "ไฟถนนดับทั้งซอย มืดมาก",
            "category": category,
            "place": {"org": organisation, "how": "address", "words": "ซอย 5"},
        }
        now = clock.now()
        with self.parts.database.begin(now) as session:
            case = intake.submit_report(
                session,
                slots=told | slots,
                reporter=reporters.get_or_add_line_reporter(session, reporter.id, now),
                language=reporter.language,
                now=now,
                most_a_day=1000,
            )
            return case.number

    def moves(self, number: str, organisation: str) -> None:
        """The Ombudsman's officers give a case to another office."""
        now = clock.now()
        officer = Actor(Role.STAFF, person="officer@example.org", organisation="omb")
        with self.parts.database.begin(now) as session:
            case = session.scalars(select(Case).where(Case.number == number)).one()
            if case.status != Status.TRANSFERRING:
                lifecycle.apply(session, case, Action.TRANSFER, officer, now)
            case.owner = organisation
            lifecycle.apply(session, case, Action.DISPATCH, officer, now)

    def kept_words(self, chat_id: str) -> str:
        """What is kept, raw, of all that was written in a chat."""
        with self.reads() as session:
            return "\n".join(session.scalars(select(InboxEvent.raw).where(InboxEvent.chat_id == chat_id)))

    def reads(self) -> Session:
        """A session to look into the database with."""
        return Session(self.parts.database.engine.execution_options(**READ))

    def case(self, number: str | None = None) -> Case:
        """A case by number, or the newest."""
        with self.reads() as session:
            found = select(Case).order_by(Case.id.desc())
            return session.scalars(found.where(Case.number == number) if number else found).first()  # type: ignore[return-value]

    def history(self, number: str | None = None) -> list[str]:
        """What happened to a case: its actions in order."""
        with self.reads() as session:
            told = select(HistoryEntry.action).where(HistoryEntry.case_id == self.case(number).id)
            return list(session.scalars(told.order_by(HistoryEntry.id)))

    def count(self, model: type[Any]) -> int:
        """How many rows a table has."""
        with self.reads() as session:
            return session.execute(select(func.count()).select_from(model)).scalar_one()

    def waits(self, **duration: float) -> None:
        """The clock goes on, for LINE and for us."""
        seconds = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
        self._let_go()
        self.line.advance_clock(sum(seconds[unit] * value for unit, value in duration.items()))

    def turns_to(self, moment: str) -> None:
        """The clock is set to a moment of Bangkok, forward or back: `2027-03-01 09:00`."""
        there = datetime.fromisoformat(moment).replace(tzinfo=clock.BANGKOK)
        self._let_go()
        self.line.advance_clock((there - clock.now()).total_seconds())

    def clocks_run(self) -> None:
        """Every job that looks at the clock runs once, now, and what it says is sent."""
        for name, (_, job) in JOBS.items():
            run_job(name, job, self.parts.database)
        self.settles()

    def settles(self) -> None:
        """Wait until nothing is left to be sent and LINE has been quiet for a moment."""
        self.line.wait_until(self._nothing_waits, timeout=WAIT, what="an empty outbox")
        self.line.wait_quiet(seconds=0.02, timeout=WAIT)

    def _let_go(self) -> None:
        """What is on its way goes out before the clock is turned, unless the test holds it back."""
        if self.is_down:
            return  # nobody would close what is opened of a database that was given back
        with contextlib.suppress(AssertionError):
            self.line.wait_until(self._nothing_waits, timeout=1.0)

    def _nothing_waits(self) -> bool:
        now = clock.now()
        with self.reads() as session:
            return not session.execute(_WAITING, {"now": now, "soon": now + timedelta(seconds=8)}).scalar()

    def redelivers_everything(self) -> "Unchanged":
        """LINE delivers every event once more; nothing may come of it."""
        self.settles()
        before = Unchanged(self)
        self.line.redeliver_all()
        self.settles()
        return before

    def must_be_clean(self) -> None:
        """No request that LINE would refuse, no button that no phone shows, and no event that failed unseen."""
        assert self._list_unseen_buttons() == [], "LINE shows the quick replies of the last bubble of a call alone"
        refused = [(call.path, call.refused) for call in self.line.refusals]
        assert refused == [], f"LINE would refuse: {refused}"
        with self.reads() as session:
            failed = list(session.execute(select(InboxEvent.reason).where(InboxEvent.state == "failed")).scalars())
        assert failed == self.expected_failures, f"events failed: {failed}"

    def _list_unseen_buttons(self) -> list[str]:
        sent = self.line.received_anywhere()
        followed = [one for one, following in pairwise(sent) if one.request_id == following.request_id]
        return [one.words for one in followed if "quickReply" in one.message]

    expected_failures: list[str] = []  # noqa: RUF012


class Unchanged:
    """How things stood at one moment."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._before = self._look()

    def _look(self) -> tuple[int, ...]:
        counts = (self._chat.count(model) for model in (Case, HistoryEntry, InboxEvent, OutboxMessage))
        return (*counts, len(self._chat.line.received_anywhere()))

    def changes_nothing(self) -> None:
        """Nothing was added since."""
        assert self._look() == self._before


class Listener:
    """A chat in which we look for what the product says, from the last act on."""

    def __init__(self, chat: Chat, chat_id: str) -> None:
        self.chat = chat
        self.id = chat_id
        self.since = 0
        self.last: BotMessage | None = None
        self.outcome: Outcome | None = None

    def sees(self, key: str, **values: object) -> Self:
        """Wait for a bubble with the words of a catalogue key, its placeholders filled where given."""
        pattern = self._pattern(key, values)
        self.last = self.chat.line.wait_for(
            self.id, lambda message: bool(pattern.search(message.words)), after=self.since, timeout=WAIT
        )
        return self

    def reads(self, words: str) -> Self:
        """Wait for a bubble that holds these very words."""
        self.last = self.chat.line.wait_for(self.id, words, after=self.since, timeout=WAIT)
        return self

    def sees_nothing(self) -> Self:
        """The product stays silent."""
        self.chat.settles()
        assert [message.words for message in self.chat.line.received(self.id, after=self.since)] == []
        return self

    def heard(self) -> list[str]:
        """Everything said here since the last act."""
        self.chat.settles()
        return [message.words for message in self.chat.line.received(self.id, after=self.since)]

    def _pattern(self, key: str, values: dict[str, object], language: str = "th") -> re.Pattern[str]:
        template = load_catalogue(self.language if isinstance(self, Person) else language)[key]
        parts = re.split(r"(\{\w+\})", template)
        filled = [
            re.escape(str(values[part[1:-1]]))
            if part[1:-1] in values
            else ".*?"
            if part.startswith("{")
            else re.escape(part)
            for part in parts
        ]
        return re.compile("".join(filled), re.DOTALL)


class Person(Listener):
    """Somebody who acts: in their own chat, or in a group."""

    def __init__(self, chat: Chat, user: str, group: str | None, *, known: bool = True) -> None:
        super().__init__(chat, group or user)
        self.user = user
        self.language = "th"
        self._options: dict[str, Any] = {"by": user, "with_user_id": known} if group else {}

    def _begin(self) -> None:
        self.since = self.chat.line.position()

    def says(self, text: str, *, quotes: str | None = None, **options: Any) -> Self:
        self._begin()
        self.outcome = self.chat.line.say(self.id, text, quotes=quotes, **self._options, **options)
        return self

    def quotes(self, message: BotMessage | str | None, text: str, **options: Any) -> Self:
        """Hold a bubble and answer it."""
        assert message is not None
        # The id that LINE gave a bubble is written down just after the bubble is on the screen.
        self.chat.line.wait_until(self.chat._nothing_waits, timeout=WAIT, what="an empty outbox")
        return self.says(text, quotes=message if isinstance(message, str) else message.message_id, **options)

    def taps_tile(self, label: str) -> Self:
        """Tap a tile of the menu at the foot of their chat."""
        self._begin()
        self.outcome = self.chat.line.tap_rich_menu(self.id, load_catalogue(self.language)[label])
        return self

    def taps(self, label: str, message: BotMessage | None = None, **options: Any) -> Self:
        """Tap a button by what stands on it, a catalogue key or the words, once it is on the screen."""
        words = load_catalogue(self.language if self.id == self.user else "th").get(label, label)
        message_id = message.message_id if message else None
        self.chat.line.wait_until(
            lambda: any(one.label == words for one in self.chat.line.list_tappable(self.id, message_id=message_id)),
            timeout=WAIT,
            what=f"a button {words!r}",
        )
        self._begin()
        self.outcome = self.chat.line.tap(self.id, words, message_id=message_id, **self._options, **options)
        return self

    def sends_photo(self, picture: bytes | None = None, **options: Any) -> Self:
        self._begin()
        self.outcome = self.chat.line.send_image(self.id, picture or photo(), **self._options, **options)
        return self

    def sends_album(self, count: int, **options: Any) -> Self:
        self._begin()
        self.chat.line.send_album(self.id, [photo(shade) for shade in range(count)], **self._options, **options)
        return self

    def follows(self) -> Self:
        """Add the account to the chat list, or let it speak again."""
        self._begin()
        self.outcome = self.chat.line.follow(self.id)
        return self

    def blocks(self) -> Self:
        """Let it speak no more."""
        self._begin()
        self.outcome = self.chat.line.block(self.id)
        return self

    def sends_video(self) -> Self:
        self._begin()
        self.outcome = self.chat.line.send_video(self.id, **self._options)
        return self

    def sends_sticker(
        self, quotes: BotMessage | None = None, keywords: tuple[str, ...] = (), drawn: str | None = None
    ) -> Self:
        self._begin()
        quoted = quotes.message_id if quotes else None
        self.outcome = self.chat.line.send_sticker(
            self.id, quotes=quoted, keywords=keywords, text=drawn, **self._options
        )
        return self

    def sends_voice(self) -> Self:
        self._begin()
        self.outcome = self.chat.line.send_audio(self.id, **self._options)
        return self

    def sends_file(self) -> Self:
        self._begin()
        self.outcome = self.chat.line.send_file(self.id, "report.pdf", b"%PDF-1.4 nothing", **self._options)
        return self

    def drops_pin(self, latitude: float, longitude: float, address: str | None = None) -> Self:
        self._begin()
        self.outcome = self.chat.line.send_location(self.id, latitude, longitude, address=address, **self._options)
        return self

    def edits(self, text: str, *, message_id: str, **options: Any) -> Self:
        self._begin()
        self.outcome = self.chat.line.edit(message_id, text, **self._options, **options)
        return self

    def unsends(self, message_id: str) -> Self:
        self.chat.settles()
        self._begin()
        self.outcome = self.chat.line.unsend(message_id, **self._options)
        return self

    def postback(self, data: str, **options: Any) -> Self:
        self._begin()
        self.outcome = self.chat.line.postback(self.id, data, **self._options, **options)
        return self

    def reports(self, what: str = "ไฟถนนดับทั้งซอย มืดมาก", where: str = "เขตดินแดง ซอยประชาสงเคราะห์ 5") -> str:
        """The whole way to a number, in order, without photo, phone or name; the number."""
        self.says(what)
        if not self._asks("report.ask_place", "report.ask_place_in", "report.place_ok"):
            self.taps(self.chat.line.list_tappable(self.id)[0].label)
        if not self._asks("report.place_ok"):
            self.says(where).sees("report.place_ok")
        self.taps("report.place_yes").sees("report.ask_photos").taps("report.no_photos").sees("report.ask_phone").taps(
            "report.no_phone"
        )
        self.sees("report.ask_name").taps("report.hide_name").sees("review.title").taps("button.confirm_send")
        found = self.chat.line.wait_for(
            self.id,
            lambda message: bool(re.search(r"FT\d{4}-\d{5}", message.words)),
            after=self.since,
            timeout=WAIT,
        )
        number = re.search(r"FT\d{4}-\d{5}", found.words)
        assert number
        return number[0]

    def reaches(self, step: str) -> Self:
        """Tell a report up to the question of this step, which is on the screen then."""
        self.says(words_of("talk.report", self.language)).sees("report.ask_description")
        if step == "category":
            return self.says("ช่วยมาดูหน่อยนะคะ ลำบากมาก").sees("report.ask_category")
        for passed in QUESTIONS:
            if passed == step:
                break
            self._passes(passed)
        return self.sees(QUESTIONS[step])

    def _passes(self, step: str) -> None:
        if step == "description":
            self.says("ไฟถนนดับทั้งซอย มืดมาก").sees("report.ask_place")
        elif step == "place":
            self.says("ซอยประชาสงเคราะห์ 5 เขตดินแดง").sees("report.place_ok")
        elif step != "category":
            skip = {"place_ok": "place_yes", "photos": "no_photos", "phone": "no_phone", "name": "hide_name"}[step]
            self.taps(f"report.{skip}")

    def _asks(self, *keys: str) -> bool:
        patterns = [self._pattern(key, {}) for key in keys]
        self.chat.line.wait_until(self.chat._nothing_waits, timeout=WAIT, what="an empty outbox")
        said = [message.words for message in self.chat.line.received(self.id, after=self.since)]
        return any(pattern.search(words) for words in said for pattern in patterns)


class Office(Listener):
    """A coordinators' group: what it is shown, and the people in it."""

    def __init__(self, chat: Chat, group: str, people: dict[str, str]) -> None:
        super().__init__(chat, group)
        self.people = people

    def member(self, name: str | None = None, *, known: bool = True) -> Person:
        """One of the people in the group; `known=False`: LINE does not tell us who."""
        return Person(self.chat, self.people[name or next(iter(self.people))], self.id, known=known)

    def gets_card(self, number: str) -> BotMessage:
        """Wait for the card of a case."""
        self.last = self.chat.line.wait_for(
            self.id,
            lambda message: message.message["type"] == "flex" and message.text.startswith(number),
            after=self.since,
            timeout=WAIT,
        )
        return self.last


def listen(*listeners: Listener) -> None:
    """From now on they look for what comes next only; what is under way is said first."""
    for chat in {listener.chat for listener in listeners}:
        chat.settles()
    for listener in listeners:
        listener.since = listener.chat.line.position()


def photo(shade: int = 90, size: tuple[int, int] = (640, 480)) -> bytes:
    """A real JPEG, as a phone would send it."""
    buffer = io.BytesIO()
    Image.new("RGB", size, (shade % 256, 120, 60)).save(buffer, "JPEG")
    return buffer.getvalue()


def words_of(key: str, language: str = "th", **values: object) -> str:
    """The words of a catalogue key."""
    return say(language, key, **values)
