"""`fasttrack user`: the people who may sign in to the console. The first administrator is made here."""

import sys
from datetime import datetime

import click
from sqlalchemy.orm import Session

import clock
from commands.complaints import complaining
from commands.ready_database import ready_database
from config import load_settings
from console import passwords
from console.permissions import StaffRole, WrongRole, check_role
from integrations.mail import BadAddress, read_address
from storage import audit, sign_in_attempts, staff, staff_secrets, staff_sessions
from storage.models import StaffUser

WHO = "fasttrack user"  # in the audit log
ROLES = [each.value for each in StaffRole]
SHORTEST = 8  # an operator knows what they do: they are warned of a weak one, not refused


@click.group()
def user() -> None:
    """Keep the people who may sign in to the console."""


@user.command()
@click.option("--email", required=True, help="Their e-mail address, by which they sign in.")
@click.option("--role", required=True, type=click.Choice(ROLES), help="What they may see and do.")
@click.option("--org", default="", help="The organisation of an office user, such as district:1026 or dept:<slug>.")
@click.option("--name", default="", help="What colleagues see; else the part of the address before the @.")
@click.option("--password-stdin", is_flag=True, help="Read their password from standard input; else a link is printed.")
def add(email: str, role: str, org: str, name: str, password_stdin: bool) -> None:
    """Add somebody; one who is there already gets this role, and is let in again.

    Without --password-stdin the last line printed is a link, good once and for three days: there they set a password.
    """
    address = _read_email(email)
    try:
        wanted, organisation = check_role(role, org)
    except WrongRole as problem:
        raise click.ClickException(str(problem)) from None
    password = _read_password(address) if password_stdin else None
    now = clock.now()
    with ready_database() as database, database.begin(now) as session:
        row = staff.find_by_email(session, address)
        known = row is not None
        if row is None:
            called = name or address.partition("@")[0]
            row = staff.add(session, email=address, name=called, role=wanted, organisation=organisation, now=now)
        row.role, row.organisation, row.name, row.disabled_at = wanted, organisation, name or row.name, None
        if password is not None:
            row.password_hash = passwords.hash_password(password)
        staff_sessions.end_all(session, row.id)
        _record(session, "user.changed" if known else "user.added", row, now, role=wanted, organisation=organisation)
        link = None if password is not None else _make_link(staff_secrets.add_invitation(session, row.id, now))
    click.echo(f"{address}: {wanted} of {organisation}" + (", changed" if known else ""))
    if link:
        click.echo(link)


@user.command(name="list")
def list_() -> None:
    """List them, one a line: e-mail, role, organisation, and whether they may sign in."""
    with ready_database() as database, database.read() as session:
        kept = staff.list_all(session)
        if not kept:
            click.echo("Nobody may sign in yet: `fasttrack user add --email E --role admin` makes the first.", err=True)
        for row in kept:
            state = "disabled" if row.disabled_at else "in use" if row.password_hash or row.oidc_subject else "invited"
            click.echo("\t".join((row.email, row.role, row.organisation, state)))


@user.command()
@click.option("--email", required=True, help="Whose account.")
def disable(email: str) -> None:
    """Sign somebody out everywhere, and let them in no more; what they did stays in the logs."""
    now = clock.now()
    with ready_database() as database, database.begin(now) as session:
        row = _get(staff.find_by_email(session, email), email)
        row.disabled_at = row.disabled_at or now
        staff_sessions.end_all(session, row.id)
        staff_secrets.end_invitations(session, row.id)
        audit.add(
            session, user_id=None, who=WHO, organisation="", verb="user.disabled", about=f"user:{row.id}", now=now
        )
    click.echo(f"{email}: disabled")


@user.command()
@click.option("--email", required=True, help="Whose account.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the new password from standard input; else a link is printed."
)
@click.option("--totp", is_flag=True, help="Forget their one-time code too: they set a new one up at the next sign-in.")
def reset(email: str, password_stdin: bool, totp: bool) -> None:
    """Give somebody a new password, and forget that they tried too often.

    Without --password-stdin the last line printed is a link by which they set it themselves.
    """
    password = _read_password(email) if password_stdin else None
    now = clock.now()
    with ready_database() as database, database.begin(now) as session:
        row = _get(staff.find_by_email(session, email), email)
        row.password_hash = passwords.hash_password(password) if password is not None else None
        if totp:
            staff_secrets.drop_totp(session, row)
        staff_sessions.end_all(session, row.id)
        sign_in_attempts.forget(session, row.email)
        link = None if password is not None else _make_link(staff_secrets.add_invitation(session, row.id, now))
        _record(session, "user.reset", row, now, totp=totp)
    click.echo(f"{email}: reset")
    if link:
        click.echo(link)


def _read_email(email: str) -> str:
    try:
        return read_address(email).lower()
    except BadAddress as problem:
        raise click.ClickException(f"{problem}.") from None


def _read_password(email: str) -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    if not SHORTEST <= len(password) <= passwords.LONGEST:
        raise click.ClickException(
            f"A password has {SHORTEST} to {passwords.LONGEST} characters; standard input gave {len(password)}."
        )
    try:
        passwords.check_password(password, email)
    except passwords.WeakPassword:
        click.echo(f"This password is weak: {passwords.SHORTEST} characters that nobody guesses are better.", err=True)
    return password


def _record(session: Session, verb: str, row: StaffUser, now: datetime, **details: object) -> None:
    about = f"user:{row.id}"
    audit.add(session, user_id=None, who=WHO, organisation="", verb=verb, about=about, now=now, details=dict(details))


def _get(row: StaffUser | None, email: str) -> StaffUser:
    if row is None:
        raise click.ClickException(f"Nobody has the address {email}: `fasttrack user list` lists all.")
    return row


def _make_link(token: str) -> str:
    with complaining():
        return f"{load_settings().public_base_url}/console/invitation/{token}"
