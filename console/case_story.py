"""What happened to a case, line by line: who, when, in which words; and its conversation with the citizen."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.messages.group_lines import name_person
from cases import views
from cases.called import CALL
from cases.desk import OMB
from cases.listed_words import LISTED
from cases.on_behalf import ON_BEHALF
from cases.secret_wish import CHOSEN, WISH, WISHES, asks_secrecy
from cases.statuses import SYSTEM, Action, Role
from cases.writing import WRITTEN
from clock import in_bangkok
from console import case_correcting
from console.case_photos import Album, Photo
from console.case_reader import Reader
from console.rehearsal import write
from storage import case_file, reporters
from storage.models import HistoryEntry
from texts.catalog import has_text, say
from texts.moments import say_date, say_moment

KINDS = ("public", "internal", "system")
USER = "user:"
HIDDEN_FROM_CITIZENS = (Action.NOTE, Action.REMIND)
# A reporter's own words, or somebody's in their place.
THEIRS = (Action.ANSWER, Action.ADD, Action.DISPUTE, Action.CONFIRM, Action.WITHDRAW, Action.RATE, Action.NOTE)
# What a reporter asks to see again is no part of the talk; and whose words a reporter was told in full.
ASIDE = ("card", "track", "mine", "list")
# That a case was kept from offices, or is no more, or that somebody asked for it: an office never learns that.
SECRECY = (f"told_{Action.SHIELD}", f"told_{Action.LIFT}")
CLOSURES = (Action.RESOLVE, Action.NOT_FOUND)
QUOTED = (Action.ASK, Action.WAIT, Action.CLOSE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline. `undone`: it was taken back later."""

    id: int
    at: str
    who: str
    what: str
    words: str
    kind: str
    undone: bool
    photos: tuple[Photo, ...]
    in_group: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said between us and the reporter. `state`: of ours, whether LINE has it; `how`: of theirs, by what."""

    at: str
    ours: bool
    words: str
    state: str
    photos: tuple[Photo, ...]
    moment: datetime


class Story:
    """Writes the lines of one case for one reader."""

    def __init__(self, session: Session, reader: Reader, album: Album) -> None:
        self._session = session
        self._reader = reader
        self._album = album
        self._language = reader.desk.language
        self._seen = [entry for entry in reader.told if reader.sees(entry)]
        ids = {int(str(one.actor_id).removeprefix(USER)) for one in self._seen if _is_staff(one)}
        self._staff = case_file.name_staff(session, ids)
        people = {(one.chat_id, one.actor_id) for one in self._seen if one.chat_id and one.actor_id}
        in_groups = {(chat, user) for chat, user in people if chat != user}
        self._people = case_file.name_group_people(session, in_groups)

    def list_lines(self) -> list[Line]:
        """Every line that this reader may know of, the newest first."""
        undone = {entry.details.get("undone") for entry in self._reader.told}
        return [self._see(entry, undone=entry.id in undone) for entry in reversed(self._seen)]

    def list_changes(self, entry_id: int) -> list[Line]:
        """What happened after that line, oldest first."""
        return [line for line in reversed(self.list_lines()) if line.id > entry_id]

    def list_group_words(self) -> list[Line]:
        """What was written in the office's group, and by whom, oldest first."""
        lines = [self._see(entry, undone=False) for entry in self._seen if entry.role == Role.COORDINATOR]
        return [line for line in lines if line.words and line.in_group]

    def _see(self, entry: HistoryEntry, *, undone: bool) -> Line:
        words = self._reader.hide(entry.note) if self._reader.sees_words(entry) else ""
        named = [int(key) for key in entry.details.get("media") or ()]
        return Line(
            id=entry.id,
            at=say_moment(self._language, entry.at, now=self._reader.desk.now),
            who=self.name_actor(entry),
            what=self.name_step(entry),
            words=words,
            kind=find_kind(entry),
            undone=undone,
            photos=tuple(self._album.by_id[key] for key in named if key in self._album.by_id),
            in_group=bool(entry.chat_id) and entry.chat_id != entry.actor_id,
        )

    def name_actor(self, entry: HistoryEntry) -> str:
        """Who did it, by name where this reader may know it: an office never learns who of the Ombudsman's it was."""
        if entry.role in (Role.REPORTER, Role.FOLLOWER, Role.SYSTEM):
            return say(self._language, f"console.case.by_{entry.role}")
        if entry.details.get(ON_BEHALF):
            return say(self._language, "console.case.by_behalf", who=self._name_worker(entry))
        return self._name_worker(entry)

    def _name_worker(self, entry: HistoryEntry) -> str:
        office = views.name_khet(entry.organisation, self._language) if entry.organisation else ""
        if entry.organisation == OMB and not self._reader.of_omb:
            return office
        name = ""
        if _is_staff(entry):
            name = self._staff.get(int(str(entry.actor_id).removeprefix(USER)), "")
        elif entry.chat_id and entry.actor_id:
            known = self._people.get((entry.chat_id, entry.actor_id), "")
            name = name_person(known, self._language) if known else ""
        return " · ".join(part for part in (name, office) if part) or say(self._language, "console.case.by_system")

    def name_step(self, entry: HistoryEntry) -> str:
        """What was done, in a few words."""
        language, today = self._language, in_bangkok(self._reader.desk.now).date()
        details = entry.details
        values: dict[str, object] = {"office": "", "day": "", "number": details.get("number", "")}
        key = f"console.case.did_{entry.action}"
        if entry.action in (Action.PROMISE, Action.WAIT):
            day = date.fromisoformat(details["due" if entry.action == Action.PROMISE else "look"])
            values["day"] = say_date(language, day, today=today)
        if entry.action in (Action.TRANSFER, Action.ACCEPT, Action.BOUNCE, Action.DISPATCH):
            code = details.get("to") or details.get("office")
            key += "" if code else "_open"
            values["office"] = views.name_khet(str(code), language) if code else ""
        if entry.action == Action.NOTE:
            key = f"console.case.did_note_{_find_note_kind(entry)}"
            helper = details.get("helper")
            values["office"] = views.name_khet(str(helper), language) if helper else ""
        if entry.action == Action.CORRECT:
            return self._reader.hide(case_correcting.name_correction(details, language))
        answer = "" if entry.action == Action.NOTE else f"{key}_{details.get('answer')}"
        if details.get("answer") == CHOSEN and not self._reader.of_omb:  # an office never learns that it was secret
            answer = key
        return say(language, answer if has_text(answer) else key, **values)

    def list_talk(self) -> list[Said]:
        """What the reporter and we told each other, oldest first."""
        if not (self._reader.of_omb or self._reader.owns):
            return []
        said = [*self._list_theirs(), *self._list_ours()]
        return sorted(said, key=lambda one: one.moment)

    def _list_theirs(self) -> list[Said]:
        case, desk = self._reader.case, self._reader.desk
        told = [self._begin(case.created_at, self._reader.hide(case.description))]
        for entry in self._seen:
            spoken = entry.role == Role.REPORTER or entry.details.get(ON_BEHALF)
            if not spoken or entry.action not in THEIRS:
                continue
            line = self._see(entry, undone=False)
            heard = f"{line.what}: {line.words}" if line.words and entry.action != Action.ADD else line.words
            state = say(desk.language, "console.case.by_phone") if entry.details.get(ON_BEHALF) else ""
            told.append(Said(line.at, False, heard or line.what, state, line.photos, entry.at))
        return told

    def _begin(self, at: datetime, words: str) -> Said:
        desk = self._reader.desk
        return Said(say_moment(desk.language, at, now=desk.now), False, words, "", self._album.before, at)

    def _list_ours(self) -> list[Said]:
        desk, case = self._reader.desk, self._reader.case
        chat_id = reporters.get_reporter(self._session, case.reporter_id).line_user_id
        bubbles = case_file.list_bubbles(self._session, case.id, chat_id) if chat_id else []
        told: list[Said] = []
        for one in bubbles:
            if one.kind in ASIDE or not self._sees(one):
                continue
            words = write(one.message) or self._retell(one)
            if not words:
                continue
            state = "" if one.sent else say(desk.language, "console.case.on_its_way")
            told.append(Said(say_moment(desk.language, one.at, now=desk.now), True, words, state, (), one.at))
        return told or self._list_written()

    def _sees(self, bubble: case_file.Bubble) -> bool:
        """Whether it is theirs to know; what LINE has late may be of the time when the case was kept from them."""
        seen = self._reader.sees_time(bubble.at) and self._reader.sees_time(bubble.begun)
        return seen and (self._reader.of_omb or not (bubble.kind in SECRECY or bubble.kind.startswith(WISH)))

    def _retell(self, bubble: case_file.Bubble) -> str:
        """What a message was about whose words are gone (they go after a day): the step that it told of."""
        action = bubble.kind.removeprefix("told_")
        wanted = CLOSURES if bubble.kind == "closure" else (action,)
        told = (one for one in reversed(self._seen) if one.at <= bubble.at)
        if bubble.kind == "told_written":
            entry = next((one for one in told if one.details.get(WRITTEN)), None)
        else:
            entry = next((one for one in told if one.action in wanted), None)
        if entry is None:  # told beside a step, such as that an answer came
            return ""
        line = self._see(entry, undone=False)
        said = line.words if entry.action in QUOTED or entry.details.get(WRITTEN) else ""
        return f"{line.what}: {said}" if said else line.what

    def _list_written(self) -> list[Said]:
        """Where LINE has nothing of it: what staff wrote to them all the same."""
        written = [self._see(entry, undone=False) for entry in self._seen if entry.details.get(WRITTEN)]
        at = {entry.id: entry.at for entry in self._seen}
        return [Said(line.at, True, line.words, "", (), at[line.id]) for line in written]


def find_kind(entry: HistoryEntry) -> str:
    """Whether citizens read of it too, staff alone, or nobody did it."""
    if entry.role == SYSTEM.role and entry.action in (*HIDDEN_FROM_CITIZENS, Action.ESCALATE):
        return "system"
    if entry.action in HIDDEN_FROM_CITIZENS and not entry.details.get(WRITTEN):
        return "internal"
    return "public"


def _is_staff(entry: HistoryEntry) -> bool:
    key = str(entry.actor_id or "")
    return key.startswith(USER) and key.removeprefix(USER).isdecimal()


def _find_note_kind(entry: HistoryEntry) -> str:
    details = entry.details
    if details.get(WRITTEN):
        return "written"
    if "helper" in details:
        return f"help_{details.get('helps') or 'words'}"
    if CALL in details:
        return f"call_{details[CALL]}"
    if "erased" in details and "part" in details:
        return "erased_part"
    for mark in ("merged", "split", "unjoined", "erased", "left", "handed_over"):
        if mark in details:
            return mark
    if LISTED in details:
        return "listed"
    if "unsent" in details or "unsent_words_of" in details:
        return "unsent"
    if details.get(WISHES):
        return f"wish_{details['answer']}"
    if details.get(WISH) and entry.note and asks_secrecy(entry.note):
        return "wish"
    if "follower_says" in details:
        return f"follower_{details['follower_says']}"
    return "photos" if details.get("media") and not entry.note else "words"
