"""What the pages behind mailed links show: plain values for the template."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from bot.messages.date_question import DAYS
from cases import lifecycle, mailing, office_sheet, questions, reached, reporter_mail, telling, views
from cases.desk import OMB
from cases.phones import find_personal
from cases.statuses import Action, Role, Status
from clock import in_bangkok
from handlers import office_steps
from handlers.office_forms import (
    FURTHEST,
    LATER,
    LONGEST,
    NO_PHOTO,
    OTHER,
    WAIT,
    WITH_DATE,
    WITH_PHOTOS,
    WITH_REASON,
    FormProblem,
    Wish,
)
from handlers.office_steps import OFFERED, UNDO_FOR
from handlers.office_uploads import MOST
from storage import cases as stored
from storage.links import Purpose, link_expiry, sign_media
from storage.models import Case, HistoryEntry
from texts.catalog import say
from texts.moments import say_day, say_moment

LANGUAGE = "th"
HINTS = ("decline", "transfer")
View = dict[str, object]


def find_today(now: datetime) -> date:
    """The day it is where offices are."""
    return in_bangkok(now).date()


def sign_photo(secret_key: str, media_id: int, now: datetime) -> str:
    """The path of a picture on the same site."""
    return sign_media(secret_key, media_id, "card", link_expiry(now))


def see_form(
    session: Session,
    case: Case,
    purpose: Purpose,
    given: Mapping[str, str],
    problem: FormProblem | None,
    sign: Callable[[int, datetime], str],
    now: datetime,
) -> View:
    """The case as its card shows it, and the form of one step, with what was filled in before."""
    what = say(LANGUAGE, f"mail.do_{purpose}")
    reason = "wait" if purpose in WITH_DATE else purpose
    photos = office_sheet.list_photos(session, case)
    return _say_frame(say(LANGUAGE, "page.title", number=case.number, what=what), "form") | {
        "what": what,
        "sheet": office_sheet.see_sheet(session, case, now),
        "pictures": [
            (sign(photo, now), say(LANGUAGE, "mail.photo", count=place)) for place, photo in enumerate(photos, 1)
        ],
        "problem": say(LANGUAGE, problem.key, **problem.values) if problem else "",
        "days": _list_days(case, purpose, now) if purpose in WITH_DATE else [],
        "first_day": find_today(now).isoformat(),
        "last_day": (find_today(now) + FURTHEST).isoformat(),
        "chosen": given.get("due", ""),
        "day": given.get("day", ""),
        "look": given.get("look", ""),
        "words": given.get("words", ""),
        "longest": LONGEST,
        "asks": purpose == "ask",
        "questions": [(one.key, one.th) for one in questions.list_questions(case.category)] if purpose == "ask" else [],
        "ready": given.get("ready", ""),
        "receivers": _list_receivers(session, case) if purpose == "transfer" else [],
        "receiver": given.get("receiver", ""),
        "with_photos": purpose in WITH_PHOTOS,
        "photos_camera": say(LANGUAGE, "page.photos_found" if purpose == "not_found" else "page.photos_camera"),
        "without": say(LANGUAGE, "page.without_photo") if problem and problem.key == NO_PHOTO else "",
        "adds": False,
        "photos_hint": reached.say_by(session, case, LANGUAGE, "page.photos_hint", count=MOST),
        "reason": say(LANGUAGE, f"page.reason_{reason}") if reason == "wait" or purpose in WITH_REASON else "",
        "hint": say(LANGUAGE, f"page.hint_{purpose}") if purpose in HINTS else "",
        "confirm": say(LANGUAGE, "page.to_preview" if purpose == "ask" else f"page.confirm_{purpose}"),
        "grave": purpose in WITH_REASON,
    }


def see_adding() -> View:
    """What is different on that form where "done" was told before, and only photos of it are wanted."""
    return {
        "what": say(LANGUAGE, "page.add_photos"),
        "confirm": say(LANGUAGE, "page.confirm_photos"),
        "adds": True,
    }


def _list_days(case: Case, purpose: Purpose, now: datetime) -> list[tuple[str, str]]:
    """The choices of a date, each as its value and its words."""
    today = find_today(now)
    days = [
        (str(count), _name_day(count, say_day(LANGUAGE, today + timedelta(days=count), today=today))) for count in DAYS
    ]
    days.append((OTHER, say(LANGUAGE, "page.day_other")))
    if purpose == "acknowledge" and case.status == Status.DISPATCHED:
        days.append((LATER, say(LANGUAGE, "page.day_later")))
    if lifecycle.find_rule(Status(case.status), Action.WAIT, Role.COORDINATOR) is not None:
        days.append((WAIT, say(LANGUAGE, "page.day_wait")))
    return days


def _name_day(count: int, day: str) -> str:
    return f"{say(LANGUAGE, 'question.in_days', count=count)} ({day})" if count else day


def _list_receivers(session: Session, case: Case) -> list[tuple[str, str]]:
    named = [(code, views.name_office(code, LANGUAGE)) for code in office_steps.list_receivers(session, case)]
    return [*named, (OMB, say(LANGUAGE, "page.to_officers"))] if named else []


def see_preview(
    session: Session, case: Case, wish: Wish, purpose: Purpose, given: Mapping[str, str], now: datetime
) -> View:
    """The question, or why it has to wait, as its reporter will read it; and whether a number goes along."""
    office, words = views.name_office(case.owner, case.language), wish.update.note or ""
    asked = questions.find(wish.ready) if wish.ready else None
    phone = None if asked else find_personal(words, own=case.phone)
    if wish.update.action is Action.WAIT and wish.look is not None:
        look = say_day(case.language, wish.look, today=find_today(now))
        key = telling.name_day_told(Action.WAIT, case.status)
        told = say(case.language, key, office=office, number=case.number, reason=words, look=look)
    else:
        question = asked.say(case.language) if asked else words
        told = say(case.language, "told.ask", office=office, number=case.number, question=question)
    what = say(LANGUAGE, f"mail.do_{purpose}")
    way = reached.find_way(session, case)
    return _say_frame(say(LANGUAGE, "page.title", number=case.number, what=what), "preview") | {
        "what": what,
        "carried": {"words": "" if asked else words, "ready": wish.ready or ""}
        | {name: given.get(name, "") for name in ("due", "look")},
        "told": told,
        "number_in": say(LANGUAGE, "question.number_in", phone=phone) if phone else "",
        "send": say(LANGUAGE, "page.send" if purpose == "ask" and not way else f"question.send{way}"),
    }


def see_done(session: Session, case: Case, entry: HistoryEntry, now: datetime, *, undone: bool, undoable: bool) -> View:
    """What came of a form."""
    if undone:
        status = views.name_status(Status(case.status), LANGUAGE)
        title = say(LANGUAGE, "page.undone", number=case.number, status=status)
        return _say_frame(title, "told") | {"lines": []}
    title = say(LANGUAGE, "page.done", number=case.number, step=name_step(session, case, entry, now))
    view = _say_frame(title, "done")
    way = reached.find_way(session, case)
    owed = entry.action != Action.NOTE and (not way or (way == "_call" and reporter_mail.find_call(entry)))
    view["told"] = say(LANGUAGE, f"page.done_told{way}") if owed else ""
    view["next"] = say(LANGUAGE, "page.done_next") if Status(case.status) in mailing.WITH_OFFICE else ""
    view["undo"] = say(LANGUAGE, "page.undo_hint", minutes=int(UNDO_FOR.total_seconds() // 60)) if undoable else ""
    return view


def name_step(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> str:
    """The step in a few words, as a group reads it."""
    if entry.action == Action.NOTE:
        return say(LANGUAGE, "page.step_photos", count=len(entry.details.get("media", ())))
    if entry.action == Action.PROMISE:
        due = date.fromisoformat(entry.details["due"])
        return say(LANGUAGE, "group.promised", due=say_day(LANGUAGE, due, today=find_today(now)))
    if entry.action == Action.WAIT:
        look = date.fromisoformat(entry.details["look"])
        day = say_day(LANGUAGE, look, today=find_today(now))
        return reached.say_by(session, case, LANGUAGE, "group.step_wait", look=day)
    if entry.action == Action.ASK:
        return reached.say_by(session, case, LANGUAGE, "group.step_ask")
    if entry.action == Action.TRANSFER and (receiver := entry.details.get("to")):
        return say(LANGUAGE, "group.step_offered", office=views.name_khet(receiver, LANGUAGE))
    return say(LANGUAGE, f"page.step_{entry.action}" if entry.action in OFFERED else f"group.step_{entry.action}")


def see_standing(session: Session, case: Case, now: datetime) -> View:
    """The step cannot be made: where the case stands, and since when."""
    last = stored.find_last_change(session, case.id)
    since = say_moment(LANGUAGE, last.at if last else case.updated_at, now=now)
    status = views.name_status(Status(case.status), LANGUAGE)
    lines = [say(LANGUAGE, "page.stands", status=status), say(LANGUAGE, "page.stands_since", since=since)]
    if Status(case.status) in mailing.WITH_OFFICE:
        lines.append(say(LANGUAGE, "page.done_next"))
    return _say_frame(case.number, "told") | {"lines": lines}


def see_closed(why: str, number: str) -> View:
    """A page that shows no case: why not, and what to do."""
    title = say(LANGUAGE, f"page.{why}", number=number)
    return _say_frame(title, "told") | {"lines": [say(LANGUAGE, f"page.{why}_how")]}


def _say_frame(title: str, state: str) -> View:
    return {"title": title, "state": state, "say": lambda key: say(LANGUAGE, key)}
