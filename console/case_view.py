"""The head of a case's page: how it stands, with whom it is, what runs, where it lies and who told it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from cases import desk, going_back, proposing, reached, verdicts, views
from cases.statuses import OVER, Status
from console.case_reader import Reader
from storage import case_file, followers, helping, reporters
from storage import cases as stored
from storage.models import Case, SlaClock
from texts.catalog import say
from texts.moments import say_moment

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """A due time. `paused`: it waits for somebody else, and runs on by as much as that took."""

    name: str
    due: str
    late: bool
    paused: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """How the reporter can be reached, as far as this reader may know. `caller`: their key, where they have no LINE."""

    name: str
    phone: str
    email: str
    by: str
    reachable: bool
    caller: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """What stands first on the page."""

    category: str
    holder: str
    moving: bool
    district: str
    alternatives: tuple[str, ...]
    place: str
    coordinates: str
    map_url: str | None
    words: str
    age: str
    clocks: tuple[Clock, ...]
    promised: str
    helpers: tuple[tuple[str, str], ...]
    followers: int | None
    contact: Contact
    into: str
    earlier: str
    reason: str
    verdict: str


def see_head(session: Session, reader: Reader, calls: int) -> Head:
    """The head of the page. `calls`: how many calls are owed to its reporter."""
    case, language, now = reader.case, reader.desk.language, reader.desk.now
    holder, moving = views.name_holder(case, language)
    places = case.alternatives if reader.of_omb or reader.owns else ()
    return Head(
        category=views.name_category(case.category, language),
        holder=holder or say(language, "console.case.with_others"),
        moving=moving,
        district=views.name_khet(case.district, language) if case.district else "",
        alternatives=tuple(views.name_khet(code, language) for code in places if code != case.district),
        place=reader.hide(views.describe_place(case, language)),
        coordinates=_write_coordinates(case),
        map_url=views.map_link(case),
        words=reader.hide(case.description),
        age=_say_age(case, reader),
        clocks=tuple(_list_clocks(session, reader)),
        promised=views.say_promise(case, language, now) if Status(case.status) in views.PROMISED else "",
        helpers=_list_helpers(session, reader),
        followers=followers.count(session, [case.id]).get(case.id, 0) if reader.of_omb else None,
        contact=_see_contact(session, reader, calls),
        into=_find_number(session, case.merged_into),
        earlier=_find_number(session, case.earlier_id),
        reason=_write_reason(session, reader),
        verdict=_say_verdict(case, language),
    )


def _write_coordinates(case: Case) -> str:
    if case.latitude is None or case.longitude is None:
        return ""
    return f"{case.latitude:.6f}, {case.longitude:.6f}"


def _say_age(case: Case, reader: Reader) -> str:
    """How many days it took, or has taken so far; nothing before a day is over."""
    end = case.updated_at if Status(case.status) in OVER else reader.desk.now
    days = max((end - case.created_at) // DAY, 0)
    return say(reader.desk.language, "console.case.age_days", count=days) if days else ""


def _list_clocks(session: Session, reader: Reader) -> list[Clock]:
    case = reader.case
    running = [_see_clock(one, reader, paused=False) for one in case_file.list_running(session, case.id)]
    return [*running, *(_see_clock(one, reader, paused=True) for one in going_back.list_paused(session, case))]


def _see_clock(clock: SlaClock, reader: Reader, *, paused: bool) -> Clock:
    language, now = reader.desk.language, reader.desk.now
    name = say(language, f"console.case.clock_{clock.kind}")
    late = not paused and clock.due_at < now
    return Clock(name, say_moment(language, clock.due_at, now=now), late, paused)


def _list_helpers(session: Session, reader: Reader) -> tuple[tuple[str, str], ...]:
    language = reader.desk.language
    if reader.case.confidential:
        return ()
    return tuple(
        (views.name_khet(code, language), say(language, f"console.case.help_{state}"))
        for state in helping.ACTIVE
        for code in helping.list_for_case(session, reader.case.id, (state,))
    )


def _see_contact(session: Session, reader: Reader, calls: int) -> Contact:
    case, language = reader.case, reader.desk.language
    person = reporters.get_reporter(session, case.reporter_id)
    by = (
        "line" if person.line_user_id else "mail" if person.email else "phone" if person.phone or case.phone else "none"
    )
    unsent = reached.find_way(session, case) if by == "mail" else ""  # no mail server, or nothing of this case by mail
    shown = reader.sees_phone
    name = (case.shared_name or (person.name if reader.of_omb else "")) if shown or reader.owns or reader.of_omb else ""
    return Contact(
        name=name or "",
        phone=(case.phone or (person.phone if reader.of_omb else "") or "") if shown else "",
        email=(person.email or "") if shown and reader.of_omb else "",
        by=say(language, f"console.case.reached_{by}{unsent}" if not calls else "console.case.reached_call"),
        reachable=by in ("line", "mail"),
        caller=0 if person.line_user_id or person.is_nobody else person.id,
    )


def _find_number(session: Session, case_id: int | None) -> str:
    """The number of another case; never a confidential one's."""
    other = stored.find_case(session, case_id) if case_id else None
    return other.number if other is not None and not other.confidential else ""


def _write_reason(session: Session, reader: Reader) -> str:
    """Why it lies before the officers."""
    case = reader.case
    if Status(case.status) not in desk.STEPS or (not reader.of_omb and case.status == Status.DISPUTED):
        return ""
    proposed = proposing.say_of(session, case, reader.desk.language) if reader.of_omb else ""
    return "\n".join(filter(None, (reader.hide(views.find_reason(session, case)), proposed)))


def _say_verdict(case: Case, language: str) -> str:
    if case.verdict is None:
        return ""
    words = say(language, f"console.case.verdict_{case.verdict}")
    return f"{words} · {'★' * case.stars}" if case.stars and case.verdict != verdicts.SILENT else words
