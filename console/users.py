"""The accounts of staff: who is there, inviting somebody, and what an administrator may do for them."""

from collections.abc import Sequence

from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from console.desk import Desk
from console.inviting import invite
from console.narrowing import narrow
from console.pages import Pages
from console.permissions import OMB, OMB_ROLES, Right, StaffRole, WrongRole, check_role
from integrations.mail import BadAddress, read_address
from places.organisations import list_organisations, write_names
from storage import audit, sign_in_attempts, staff, staff_secrets, staff_sessions
from storage.models import AuditEntry, StaffUser
from texts.catalog import LANGUAGES, say

pages = Pages("users")
LONGEST_NAME = 80
SHOWN = 20  # lines of what somebody did last


class NotPossible(Exception):
    """What cannot be done with an account; its words are the last part of a key of the catalogue."""


@pages.get("/users", Right.MANAGE_USERS)
def show_users(desk: Desk) -> AnyResponse:
    """Everybody, and the form that invites."""
    return _show_list(desk)


@pages.post("/users", Right.MANAGE_USERS)
def add_user(desk: Desk) -> AnyResponse:
    """Somebody new, with a link by which they set a password."""
    given = desk.form
    try:
        email = read_address(given.get("email", "")).lower()
        role, organisation = check_role(given.get("role", ""), _read_organisation(desk))
    except BadAddress:
        return _show_list(desk, 422, "email")
    except WrongRole:
        return _show_list(desk, 422, "role")
    name = given.get("name", "").strip()[:LONGEST_NAME] or email.partition("@")[0]
    with desk.begin() as session:
        if staff.find_by_email(session, email) is not None:
            return _show_list(desk, 422, "taken")
        user = staff.add(session, email=email, name=name, role=role, organisation=organisation, now=desk.now)
        user.language = "en" if given.get("language") == "en" else "th"
        link = invite(session, desk, user)
        desk.record(session, "user.added", f"user:{user.id}", role=role, organisation=organisation)
        user_id = user.id
    return _tell_link(desk, user_id, email, link)


@pages.get("/users/<int:user_id>", Right.MANAGE_USERS)
def show_user(desk: Desk, user_id: int) -> AnyResponse:
    """One account, and what its owner did last."""
    with desk.read() as session:
        return _show_one(desk, session, _get(desk, session, user_id))


@pages.post("/users/<int:user_id>", Right.MANAGE_USERS)
def change_user(desk: Desk, user_id: int) -> AnyResponse:
    """Another name, role or organisation; whoever has less than before is signed out."""
    try:
        role, organisation = check_role(desk.form.get("role", ""), _read_organisation(desk))
    except WrongRole:
        with desk.read() as session:
            return _show_one(desk, session, _get(desk, session, user_id), 422, "role")
    with desk.begin() as session:
        user = _get(desk, session, user_id)
        try:
            if role != StaffRole.ADMIN:
                _check_may_go(desk, session, user)
        except NotPossible as problem:
            return _show_one(desk, session, user, 422, str(problem))
        before = {"role": user.role, "organisation": user.organisation}
        user.name = desk.form.get("name", "").strip()[:LONGEST_NAME] or user.name
        if (user.role, user.organisation) != (role, organisation):
            user.role, user.organisation = role, organisation
            staff_sessions.end_all(session, user.id, but=desk.session_id)
        desk.record(session, "user.changed", f"user:{user.id}", before=before, role=role, organisation=organisation)
    desk.tell("console.users.changed")
    return desk.go("users.show_user", user_id=user_id)


@pages.post("/users/<int:user_id>/link", Right.MANAGE_USERS)
def send_link(desk: Desk, user_id: int) -> AnyResponse:
    """A link for a first or another password. The present one stays good until it is used."""
    with desk.begin() as session:
        user = _get(desk, session, user_id)
        if user.disabled_at is not None:
            desk.refuse(409)
        link, email = invite(session, desk, user), user.email
        sign_in_attempts.forget(session, user.email)
        desk.record(session, "user.link_made", f"user:{user.id}")
    return _tell_link(desk, user_id, email, link)


@pages.post("/users/<int:user_id>/telephone", Right.MANAGE_USERS)
def drop_telephone(desk: Desk, user_id: int) -> AnyResponse:
    """Whoever lost their telephone sets another up at the next sign-in."""
    with desk.begin() as session:
        user = _get(desk, session, user_id)
        staff_secrets.drop_totp(session, user)
        staff_sessions.end_all(session, user.id, but=desk.session_id)
        desk.record(session, "user.totp_dropped", f"user:{user.id}")
    desk.tell("console.users.telephone_dropped")
    return desk.go("users.show_user", user_id=user_id)


@pages.post("/users/<int:user_id>/disable", Right.MANAGE_USERS)
def disable_user(desk: Desk, user_id: int) -> AnyResponse:
    """Sign them out everywhere, and let them in no more."""
    with desk.begin() as session:
        user = _get(desk, session, user_id)
        try:
            _check_may_go(desk, session, user)
        except NotPossible as problem:
            return _show_one(desk, session, user, 422, str(problem))
        user.disabled_at = user.disabled_at or desk.now
        staff_sessions.end_all(session, user.id)
        staff_secrets.end_invitations(session, user.id)
        desk.record(session, "user.disabled", f"user:{user.id}")
    desk.tell("console.users.disabled")
    return desk.go("users.show_user", user_id=user_id)


@pages.post("/users/<int:user_id>/enable", Right.MANAGE_USERS)
def enable_user(desk: Desk, user_id: int) -> AnyResponse:
    """Let them in again."""
    with desk.begin() as session:
        user = _get(desk, session, user_id)
        user.disabled_at = None
        desk.record(session, "user.enabled", f"user:{user.id}")
    desk.tell("console.users.enabled")
    return desk.go("users.show_user", user_id=user_id)


def _read_organisation(desk: Desk) -> str:
    """The Ombudsman's roles have no choice of organisation, whatever the field says."""
    role = desk.form.get("role", "")
    return "" if role in OMB_ROLES else desk.form.get("organisation", "")


def _check_may_go(desk: Desk, session: Session, user: StaffUser) -> None:
    """Nobody locks themselves out, and one administrator always stays. Raises NotPossible."""
    if user.id == desk.staff.id:
        raise NotPossible("yourself")
    others = [
        each
        for each in staff.list_active(session, organisation=OMB)
        if each.role == StaffRole.ADMIN and each.id != user.id
    ]
    if not others:
        raise NotPossible("last")


def _tell_link(desk: Desk, user_id: int, email: str, link: str | None) -> AnyResponse:
    if link is None:
        desk.tell("console.users.link_mailed", email=email)
        return desk.go("users.show_user", user_id=user_id)
    return desk.show("user_link.html", link=link, email=email, user_id=user_id)


def _get(desk: Desk, session: Session, user_id: int) -> StaffUser:
    user = staff.find(session, user_id)
    if user is None:
        desk.refuse(404)
    return user


def name_state(user: StaffUser) -> str:
    """Whether somebody may sign in, and has."""
    if user.disabled_at is not None:
        return "disabled"
    return "in_use" if user.password_hash or user.oidc_subject else "invited"


def _list_offices(desk: Desk) -> list[tuple[str, str]]:
    return [
        (each.code, each.name_en if desk.language == "en" else each.name_th)
        for each in list_organisations()
        if each.code != OMB
    ]


def _list_roles(desk: Desk) -> list[tuple[str, str]]:
    return [(role.value, desk.say(f"console.roles.{role.value.replace('-', '_')}")) for role in StaffRole]


def _write_role(role: str) -> str:
    """What a role is called, in both languages, to be searched."""
    return " ".join(say(language, f"console.roles.{role.replace('-', '_')}") for language in LANGUAGES)


def _show_list(desk: Desk, status: int = 200, problem: str = "") -> AnyResponse:
    with desk.read() as session:
        return desk.show(
            "users.html",
            status,
            users=narrow(
                staff.list_all(session),
                desk.args,
                {each: desk.say(f"console.users.state_{each}") for each in ("in_use", "invited", "disabled")},
                name_state,
                lambda user: f"{user.name} {user.email} {write_names(user.organisation)} {_write_role(user.role)}",
            ),
            name_state=name_state,
            offices=_list_offices(desk),
            roles=_list_roles(desk),
            given=desk.form,
            problem=desk.say(f"console.users.problem_{problem}") if problem else "",
        )


def _show_one(desk: Desk, session: Session, user: StaffUser, status: int = 200, problem: str = "") -> AnyResponse:
    done: Sequence[AuditEntry] = audit.list_entries(session, audit.Wanted(user_id=user.id), limit=SHOWN)
    return desk.show(
        "user.html",
        status,
        user=user,
        done=done,
        offices=_list_offices(desk),
        roles=_list_roles(desk),
        sessions=staff_sessions.list_of(session, user.id, desk.now),
        problem=desk.say(f"console.users.problem_{problem}") if problem else "",
    )
