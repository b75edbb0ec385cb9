"""What could not be delivered: messages and e-mails that nobody took, why, and sending them again.

And what came from LINE and could not be worked on, with another try.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from cases.views import name_office
from console.delivery_events import ENDINGS, see_failed
from console.delivery_words import say_kinds, say_mail_refused, say_refused
from console.desk import Desk
from console.narrowing import narrow
from console.pages import Pages
from console.permissions import Right
from storage import cases as stored
from storage import inbox, mail, outbox
from storage.models import OutboxMessage

pages = Pages("admin_delivery")
REPLAY = "console.replay"  # under this name the application has what works on an event again
MOST_EVENTS = 50
STATES = ("ready", "sending", "held", "dead")  # what is sent or dropped is nobody's worry


@dataclass(frozen=True, slots=True)
class Dead:
    """One that was given up; `key` names it in the form. Its words are not shown: they are for who was to get it.

    `answer`: what the server said, as it said it.
    """

    key: str
    kind: str
    at: datetime
    whom: str
    kinds: str
    numbers: Sequence[str]
    attempts: int
    reason: str
    answer: str


@pages.get("/admin/delivery", Right.SEE_DELIVERY)
def show_delivery(desk: Desk) -> AnyResponse:
    """The page."""
    with desk.read() as session:
        messages, mails = outbox.count_states(session), mail.count_states(session)
        dead = [_see(desk, session, row) for row in outbox.list_dead(session)]
        dead += [
            Dead(
                key=f"m{one.id}",
                kind="mail",
                at=one.created_at,
                whom=name_office(one.organisation, desk.language) if one.organisation else "",
                kinds=desk.say("console.admin_delivery.mail"),
                numbers=(),
                attempts=one.attempts,
                reason=say_mail_refused(desk, one.last_error or ""),
                answer=one.last_error or "",
            )
            for one in mail.list_dead(session)
        ]
        held = outbox.find_held(session)
        failed = [see_failed(desk, session, row) for row in inbox.list_failed(session, MOST_EVENTS)]
        count_failed, forgotten = inbox.count_failed(session), inbox.count_forgotten(session)
    kinds = {each: desk.say(f"console.admin_delivery.to_{each}") for each in ("office", "person", "mail")}
    return desk.show(
        "admin_delivery.html",
        states=[(state, messages.get(state, 0), mails.get(state, 0)) for state in STATES],
        dead=narrow(
            dead,
            desk.args,
            kinds,
            lambda each: each.kind,
            lambda each: f"{each.whom} {' '.join(each.numbers)} {each.kinds} {each.reason} {each.answer}",
        ),
        held_since=held[0] if held else None,
        failed=failed,
        count_failed=count_failed,
        forgotten=forgotten,
    )


def _see(desk: Desk, session: Session, row: OutboxMessage) -> Dead:
    found = [stored.find_case(session, tie["case"]) for tie in row.ties if tie.get("case")]
    return Dead(
        key=str(row.id),
        kind="office" if row.organisation else "person",
        at=row.created_at,
        whom=name_office(row.organisation, desk.language)
        if row.organisation
        else desk.say("console.admin_delivery.a_person"),
        kinds=say_kinds(desk, [str(tie.get("kind") or "") for tie in row.ties]),
        numbers=list(dict.fromkeys(case.number for case in found if case is not None)),
        attempts=row.attempts,
        reason=say_refused(desk, row.last_error or ""),
        answer=row.last_error or "",
    )


@pages.post("/admin/delivery/resend", Right.MANAGE_DELIVERY)
def resend(desk: Desk) -> AnyResponse:
    """Put what was chosen in line again."""
    chosen = {key for key in desk.form.getlist("key") if key.removeprefix("m").isdecimal() and len(key) < 18}
    with desk.begin() as session:
        count = outbox.resend(session, [int(key) for key in chosen if key[0] != "m"], desk.now)
        count += mail.resend(session, [int(key[1:]) for key in chosen if key[0] == "m"], desk.now)
        if count:
            desk.record(session, "delivery.resent", "outbox", count=count)
    tone = "success" if count == len(chosen) and count else "warning"
    desk.tell("console.admin_delivery.resent", tone=tone, count=count, chosen=len(chosen))
    return desk.go("admin_delivery.show_delivery")


@pages.post("/admin/delivery/replay", Right.MANAGE_DELIVERY)
def replay(desk: Desk) -> AnyResponse:
    """Work on the chosen events once more, in the order in which they came; each by itself."""
    wanted = set(desk.form.getlist("event"))
    with desk.read() as session:
        chosen = [row.event_id for row in inbox.list_failed(session, MOST_EVENTS) if row.event_id in wanted]
    ended = Counter(current_app.extensions[REPLAY](event_id) for event_id in chosen)
    if chosen:
        with desk.begin() as session:
            desk.record(session, "delivery.events_tried", "inbox", count=len(chosen), done=ended["done"])
    tone = "success" if chosen and ended["done"] == len(chosen) else "warning"
    done, late, failed = (ended[each] for each in ENDINGS)
    desk.tell("console.admin_delivery.replayed", tone=tone, done=done, late=late, failed=failed)
    return desk.go("admin_delivery.show_delivery")
