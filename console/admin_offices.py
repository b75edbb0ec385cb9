"""The organisations: how each is reached, and the e-mail addresses of those that are written to."""

from dataclasses import dataclass

from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from cases import office_hours, roster, sending
from cases.desk import OPEN_AT_ALL
from cases.views import name_office
from console.admin_hours import say_hours
from console.desk import Desk
from console.narrowing import narrow
from console.pages import Pages
from console.permissions import Right
from integrations.mail import BadAddress, read_address
from places.organisations import find_organisation, list_organisations, write_names
from storage import clocks, contacts, groups
from storage import roster as stored
from storage.models import Contact

pages = Pages("admin_offices")
KINDS = ("no_group", "no_mail", "lost")
RANKS = {contacts.FIRST: "first", contacts.SECOND: "second"}
LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Row:
    """One organisation: its groups, what it has open, where its mail goes, and its hours if they are not the usual.

    `lost`: it had a group once, and has none now.
    """

    code: str
    name: str
    groups: int
    open: int
    mails: str
    hours: str
    lost: bool

    @property
    def kinds(self) -> tuple[str, ...]:
        """What it lacks, of KINDS."""
        lacks = (not self.groups, not self.mails, self.lost)
        return tuple(kind for kind, so in zip(KINDS, lacks, strict=True) if so)


@pages.get("/admin/offices", Right.MANAGE_ORGANISATIONS)
def show_offices(desk: Desk) -> AnyResponse:
    """All of them."""
    with desk.read() as session:
        bound: dict[str, int] = {}
        for group in stored.list_groups(session, but=""):
            bound[str(group.organisation)] = bound.get(str(group.organisation), 0) + 1
        standing, own = stored.count_open(session, OPEN_AT_ALL), office_hours.list_own(session)
        mails: dict[str, list[str]] = {}
        for one in contacts.list_contacts(session):
            mails.setdefault(one.organisation, []).append(one.email)
        lost = stored.list_once_bound(session, but="") - bound.keys()
        rows = [
            Row(
                code=each.code,
                name=name_office(each.code, desk.language),
                groups=bound.get(each.code, 0),
                open=standing.get(each.code, 0),
                mails=", ".join(mails.get(each.code, ())),
                hours=say_hours(desk, own[each.code]) if each.code in own else "",
                lost=each.code in lost,
            )
            for each in list_organisations()
        ]
    kinds = {each: desk.say(f"console.admin_offices.{each}") for each in KINDS}
    return desk.show(
        "admin_offices.html",
        rows=narrow(rows, desk.args, kinds, lambda row: row.kinds, lambda row: f"{write_names(row.code)} {row.mails}"),
    )


@pages.get("/admin/offices/<code>", Right.MANAGE_ORGANISATIONS)
def show_office(desk: Desk, code: str) -> AnyResponse:
    """One organisation."""
    with desk.read() as session:
        return _show(desk, session, code)


def _show(desk: Desk, session: Session, code: str, status: int = 200, problem: str = "") -> AnyResponse:
    office = find_organisation(code)
    if office is None:
        desk.refuse(404)
    kept: dict[int, Contact | None] = {rank: contacts.find_contact(session, code, rank) for rank in RANKS}
    chats = groups.list_bound(session, code)
    return desk.show(
        "admin_office.html",
        status,
        organisation=office,
        name=name_office(code, desk.language),
        contacts=[(rank, word, kept[rank]) for rank, word in RANKS.items()],
        groups=len(chats),
        people=[name for chat_id in chats for name in roster.list_people(session, chat_id, desk.now)],
        open=clocks.count_owned(session, code, OPEN_AT_ALL),
        hours=say_hours(desk, office_hours.find(session, code)),
        can_mail=bool(desk.settings.smtp_url.get_secret_value() and desk.settings.mail_from),
        problem=problem,
    )


@pages.post("/admin/offices/<code>/contact", Right.MANAGE_ORGANISATIONS)
def set_contact(desk: Desk, code: str) -> AnyResponse:
    """Keep an address; what waited for an office without a group goes to it at once."""
    rank = next((rank for rank, word in RANKS.items() if word == desk.form.get("rank")), None)
    with desk.begin() as session:
        try:
            email = read_address(desk.form.get("email", ""))
        except BadAddress:
            return _show(desk, session, code, 422, desk.say("console.admin_offices.bad_address"))
        if find_organisation(code) is None or rank is None:
            desk.refuse(404)
        if rank == contacts.SECOND and contacts.find_contact(session, code, contacts.FIRST) is None:
            return _show(desk, session, code, 422, desk.say("console.admin_offices.first_first"))
        title = desk.form.get("title", "").strip()[:LONGEST_TITLE]
        contacts.set_contact(session, organisation=code, rank=rank, email=email, title=title, now=desk.now)
        sent = sending.send_waiting(session, code, desk.now)
        desk.record(session, "contact.set", code, rank=RANKS[rank])
    desk.tell("console.admin_offices.sent" if sent else "console.admin_offices.kept", count=sent)
    return desk.go("admin_offices.show_office", code=code)


@pages.post("/admin/offices/<code>/forget", Right.MANAGE_ORGANISATIONS)
def forget_contacts(desk: Desk, code: str) -> AnyResponse:
    """Both addresses go, and with them the links in their mails."""
    with desk.begin() as session:
        count = contacts.remove_contacts(session, code, tuple(RANKS), desk.now)
        desk.record(session, "contact.forgotten", code, count=count)
    desk.tell("console.admin_offices.forgotten", count=count)
    return desk.go("admin_offices.show_office", code=code)
