"""The LINE groups of the offices: which are bound, silent or lost, who acts there, and codes that bind another."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from bot.messages.bubbles import text_bubble
from cases import roster
from cases.desk import OMB
from cases.open_cases import OPEN
from cases.roster import Weak
from cases.unbinding import unbind
from cases.views import name_office
from console.desk import Desk
from console.narrowing import narrow
from console.pages import Pages
from console.permissions import Right
from places.organisations import find_organisation, list_organisations, write_names
from storage import clocks, contacts, groups, outbox
from storage import roster as stored
from storage.models import Group
from texts.catalog import say

pages = Pages("admin_groups")
SHORTEST_REASON = 3
LONGEST_REASON = 200
THAI = "th"
KINDS = ("bound", "weak", "by_mail", "none")


@dataclass(frozen=True, slots=True)
class Row:
    """One organisation: its groups, those who act there, and what is the matter with them."""

    code: str
    name: str
    groups: Sequence[Group]
    people: Sequence[str]
    weak: Weak | None
    mails: bool

    @property
    def kind(self) -> str:
        """How it stands, as one of KINDS."""
        if self.weak:
            return "weak"
        return "bound" if self.groups else "by_mail" if self.mails else "none"


@pages.get("/admin/groups", Right.MANAGE_GROUPS)
def show_groups(desk: Desk) -> AnyResponse:
    """The page."""
    with desk.read() as session:
        return _show(desk, session)


def _show(desk: Desk, session: Session, status: int = 200, problem: str = "") -> AnyResponse:
    rows = _list_rows(desk, session)
    kinds = {each: desk.say(f"console.admin_groups.{each}") for each in KINDS}
    return desk.show(
        "admin_groups.html",
        status,
        rows=narrow(
            rows, desk.args, kinds, lambda row: row.kind, lambda row: " ".join((write_names(row.code), *row.people))
        ),
        bound=sum(bool(row.groups) for row in rows),
        all=len(rows),
        offices=[(each.code, name_office(each.code, desk.language)) for each in list_organisations()],
        chosen=desk.args.get("org", ""),
        problem=problem,
        days=groups.CODE_DAYS,
    )


def _list_rows(desk: Desk, session: Session) -> list[Row]:
    by_office: dict[str, list[Group]] = {}
    for group in stored.list_groups(session, but=""):
        by_office.setdefault(str(group.organisation), []).append(group)
    weak = {one.organisation: one for one in roster.find_weak(session, desk.now)}
    mailed = {one.organisation for one in contacts.list_contacts(session)}
    return [
        Row(
            code=each.code,
            name=name_office(each.code, desk.language),
            groups=by_office.get(each.code, []),
            people=[
                name
                for group in by_office.get(each.code, [])
                for name in roster.list_people(session, group.chat_id, desk.now)
            ],
            weak=weak.get(each.code),
            mails=each.code in mailed,
        )
        for each in list_organisations()
    ]


@pages.post("/admin/groups/invite", Right.MANAGE_GROUPS)
def make_code(desk: Desk) -> AnyResponse:
    """A one-time code, shown this once."""
    office = find_organisation(desk.form.get("organisation", ""))
    with desk.begin() as session:
        if office is None:
            return _show(desk, session, 422, desk.say("console.admin_groups.no_office"))
        code = groups.add_invite(session, organisation=office.code, secret_key=desk.secret_key, now=desk.now)
        desk.record(session, "group.code_made", office.code)
    return desk.show("admin_code.html", code=code, name=name_office(office.code, desk.language), days=groups.CODE_DAYS)


@pages.post("/admin/groups/unbind", Right.MANAGE_GROUPS)
def unbind_group(desk: Desk) -> AnyResponse:
    """A group stands for its office no more: it is told so, and hears of no case from now on."""
    reason = " ".join(desk.form.get("reason", "").split())[:LONGEST_REASON]
    with desk.begin() as session:
        group = session.get(Group, desk.form.get("group", ""), with_for_update=True)
        if group is None or group.organisation is None or group.left_at is not None:
            return _show(desk, session, 409, desk.say("console.admin_groups.not_bound"))
        if len(reason) < SHORTEST_REASON:
            return _show(desk, session, 422, desk.say("console.admin_groups.why"))
        organisation = group.organisation
        words = say(THAI, "group.unbound_by_staff", office=name_office(organisation, THAI))
        told = unbind(session, group, lambda office: clocks.count_owned(session, office, OPEN), desk.now)
        outbox.queue(session, group.chat_id, text_bubble(words), kind="line")
        for chat_id in groups.list_bound(session, OMB) if told else ():
            outbox.queue(session, chat_id, text_bubble(str(told)), kind="staff")
        desk.record(session, "group.unbound", organisation, reason=reason)
    desk.tell("console.admin_groups.unbound", office=name_office(organisation, desk.language))
    return desk.go("admin_groups.show_groups")
