"""What staff did, for administrators: narrowed by person, kind, thing and days; paged, and as a file."""

import json
from datetime import UTC, date, datetime, time, timedelta
from operator import itemgetter

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from clock import BANGKOK, in_bangkok
from console.audit_words import say_details
from console.desk import Desk
from console.pages import Pages
from console.permissions import Right
from console.tables import CSV_KIND, write_csv
from console.verbs import name_verb
from storage import audit, staff

pages = Pages("audit")
A_PAGE = 50
IN_A_FILE = 50_000
A_READING = 1_000
COLUMNS = ("at", "who", "organisation", "verb", "code", "about", "details", "kept")


@pages.get("/audit", Right.SEE_AUDIT)
def show_audit(desk: Desk) -> AnyResponse:
    """The newest first."""
    wanted, below = _read_wanted(desk), _read_number(desk.args.get("below"))
    with desk.read() as session:
        entries = audit.list_entries(session, wanted, limit=A_PAGE + 1, below=below)
        shown = entries[:A_PAGE]
        asked = {name: value for name, value in desk.args.items() if name != "below" and value}
        return desk.show(
            "audit.html",
            entries=shown,
            details=[say_details(desk.language, each.verb, each.details, desk.today) for each in shown],
            after=shown[-1].id if len(entries) > A_PAGE else None,
            asked=asked,
            given=desk.args,
            verbs=sorted(
                ((verb, name_verb(desk.language, verb)) for verb in audit.list_verbs(session)), key=itemgetter(1)
            ),
            people=[each.email for each in staff.list_all(session)],
            newest=below is None,
        )


@pages.get("/audit.csv", Right.SEE_AUDIT)
def export_audit(desk: Desk) -> AnyResponse:
    """What is shown, all of it, as a file that Excel opens rightly. That it was taken is written down too."""
    wanted = _read_wanted(desk)
    with desk.begin() as session:
        desk.record(session, "audit.exported", "audit")
    rows: list[tuple[str, ...]] = []
    below: int | None = None
    with desk.read() as session:
        while len(rows) < IN_A_FILE:
            entries = audit.list_entries(session, wanted, limit=A_READING, below=below)
            for each in entries:
                details = say_details(desk.language, each.verb, each.details, desk.today)
                kept = json.dumps(each.details, ensure_ascii=False) if each.details else ""
                at = in_bangkok(each.at).strftime("%Y-%m-%d %H:%M:%S")
                verb = name_verb(desk.language, each.verb)
                rows.append((at, each.who, each.organisation, verb, each.verb, each.object, details, kept))
            if len(entries) < A_READING:
                break
            below = entries[-1].id
    heads = [desk.say(f"console.audit.{name}") for name in COLUMNS]
    name = f"audit-{desk.today.isoformat()}.csv"
    return Response(
        write_csv(heads, rows),
        content_type=CSV_KIND,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _read_wanted(desk: Desk) -> audit.Wanted:
    asked = desk.args
    since, until = _read_day(asked.get("since")), _read_day(asked.get("until"))
    return audit.Wanted(
        who=asked.get("who", "").strip().lower(),
        verb=asked.get("verb", "").strip(),
        about=asked.get("about", "").strip(),
        since=_begin(since) if since else None,
        before=_begin(until + timedelta(days=1)) if until else None,
    )


def _read_day(given: str | None) -> date | None:
    try:
        found = date.fromisoformat(given or "")
    except ValueError:
        return None
    return found if 2000 < found.year < 2500 else None


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), BANGKOK).astimezone(UTC)


def _read_number(given: str | None) -> int | None:
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 18 else None
