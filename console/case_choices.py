"""What the form of a step offers to choose from: offices, ready-made words, days, bodies that help."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from bot.messages.date_question import DAYS
from cases import (
    duplicates,
    helping,
    mailing,
    on_behalf,
    questions,
    reached,
    receivers,
    reporter_mail,
    transfers,
    views,
    who_helps,
)
from cases.desk import OMB
from cases.statuses import OVER, Action, Status
from cases.waiting import LONGEST_DAYS
from console import case_correcting, case_steps
from console.case_steps import Step
from console.case_wishes import Refused
from console.desk import Desk
from storage import followers, ready_texts
from storage.models import Case
from texts.catalog import has_text
from texts.moments import say_date

MOST_NEAR = 5
OWN = "own:"  # before the key of a ready text that staff keep
REASONS = {"decline": ("private", "duty", "court", "facts"), "transfer": ("area", "duty", "theirs")}
Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Office:
    """An office to choose; `reachable`: its people can be told by LINE or by e-mail."""

    code: str
    name: str
    reachable: bool = True


def see_choices(desk: Desk, session: Session, case: Case, step: Step, given: Mapping[str, str]) -> dict[str, object]:
    """What the template of the form needs beside what was filled in."""
    search = given.get("search", "").strip()
    return {
        "ready": list_ready(session, case, step, desk.language) if case_steps.READY in step.fields else [],
        "offices": list_offices(desk, session, case, step, search) if case_steps.RECEIVER in step.fields else [],
        "search": search,
        "bodies": list(who_helps.list_buttons().items()) if case_steps.BODY in step.fields else [],
        "verdicts": list_verdicts(desk, session, case) if case_steps.VERDICT in step.fields else [],
        "near": list_near(desk, session, case) if case_steps.NUMBER in step.fields else [],
        "days": list_days(desk) if case_steps.DAY in step.fields else [],
        "last_day": (desk.today + timedelta(days=LONGEST_DAYS)).isoformat(),
        "reasons": [desk.say(f"{step.name}.why_{reason}_whole") for reason in REASONS.get(step.name, ())],
        "grave": step.grave,
        **(case_correcting.see_choices(desk, session, case, step, given) if step.action is Action.CORRECT else {}),
    }


def say_hint(desk: Desk, session: Session, case: Case, step: Step) -> str:
    """What the step comes to, in words that are true of this reporter: not all of them read what we write."""
    own, way = f"hint_{step.name}", reached.find_way(session, case)
    if not way:
        return desk.say(f"console.case.{own}")
    words = desk.say(f"console.case.{own}_unread" if has_text(f"console.case.{own}_unread") else f"console.case.{own}")
    told = step.action in reporter_mail.NEWS or step.action in reporter_mail.CALLS
    return f"{words} {desk.say(f'console.case.hint_told{way}')}" if told else words


def list_ready(session: Session, case: Case, step: Step, language: str) -> Choices:
    """The ready-made words for this category: the questions that come with the program, and those that staff keep."""
    own = ready_texts.list_for(session, case.category, _purpose(step))
    kept = [(f"{OWN}{one.id}", one.th if language == "th" else one.en) for one in own]
    if step.name != "ask":
        return kept
    return [*((one.key, one.say(language)) for one in questions.list_questions(case.category)), *kept]


def write_own_texts(session: Session, case: Case, step: Step) -> dict[str, str]:
    """The words of the ready texts that staff keep, in the reporter's language, by what the form calls them."""
    if case_steps.READY not in step.fields:
        return {}
    own = ready_texts.list_for(session, case.category, _purpose(step))
    return {f"{OWN}{one.id}": one.th if case.language == "th" else one.en for one in own}


def _purpose(step: Step) -> str:
    return "ask" if step.name == "ask" else "tell"


def list_offices(desk: Desk, session: Session, case: Case, step: Step, search: str) -> list[Office]:
    """The offices that can take it or help: those that a search names, else the likely ones that can be reached."""
    if step.name == "take_back":
        codes = helping.list_invited(session, case)
    elif search:
        codes = receivers.search(search)
    elif step.name == "transfer":
        codes = transfers.list_choices(session, case)
    else:
        codes = receivers.list_likely(case, without=(), words=views.find_reason(session, case))
    offered = [code for code in codes if code != case.owner or step.name in ("place", "take_back")]
    if step.name == "place" and case.owner != OMB and OMB not in offered:
        offered.append(OMB)
    found = []
    for code in dict.fromkeys(offered):
        reachable = step.name == "take_back" or code == OMB or mailing.can_reach(session, code)
        if reachable or search:  # whoever looks for an office by name shall see that it is there, and why it cannot be
            found.append(Office(code, views.name_office(code, desk.language), reachable))
    return found


def list_verdicts(desk: Desk, session: Session, case: Case) -> Choices:
    """What a reporter may still say of it."""
    return [(one, desk.say(f"console.case.verdict_{one}")) for one in on_behalf.list_verdicts(session, case, desk.now)]


def list_near(desk: Desk, session: Session, case: Case) -> Choices:
    """The open cases of the same kind around the same spot, which this one may go into, the nearest first."""
    if case.latitude is None or case.longitude is None:
        return []
    spot = (case.latitude, case.longitude)
    square = duplicates.draw_square(*spot)
    found = followers.list_near(session, square, case.category, case.created_at - duplicates.WITHIN)
    others = [one for one in found if one.id != case.id and Status(one.status) not in OVER]
    nearest = sorted(others, key=lambda one: duplicates.measure(*spot, one))[:MOST_NEAR]
    return [
        (one.number, " · ".join((one.number, views.describe_place(one, desk.language), _name_status(desk, one))))
        for one in nearest
    ]


def _name_status(desk: Desk, case: Case) -> str:
    return views.name_status(Status(case.status), desk.language)


def list_days(desk: Desk) -> Choices:
    """The days that are named most: today, in three, in seven."""
    return [((desk.today + timedelta(days=count)).isoformat(), _say_day(desk, count)) for count in DAYS]


def _say_day(desk: Desk, count: int) -> str:
    day = say_date(desk.language, desk.today + timedelta(days=count), today=desk.today)
    return f"{desk.say('console.case.in_days', count=count)} · {day}" if count else desk.say("moment.today")


def name_values(desk: Desk, why: Refused) -> dict[str, object]:
    """What is filled into the words of a refusal; an office by its name."""
    values = dict(why.values)
    code = values.pop("receiver", None)
    if code is not None:
        values["office"] = views.name_office(str(code), desk.language)
    return {"count": "", "office": "", "number": ""} | values
