"""`fasttrack contact`: whom an office without a LINE group is written to by e-mail."""

import click

import clock
from cases import sending
from commands.complaints import complaining
from commands.ready_database import ready_database
from config import load_settings
from integrations.mail import BadAddress, read_address
from places.organisations import Organisation, UnknownOrganisation, find_organisation, get_organisation
from storage import contacts
from storage.session import Database

RANKS = {contacts.FIRST: "first", contacts.SECOND: "second"}


@click.command()
@click.option("--org", help="The organisation: omb, district:1001 … district:1050, dept:<slug>.")
@click.option("--email", help="The first contact's address.")
@click.option("--title", default="", help="The office the first contact holds, such as: assistant director.")
@click.option("--second", help="The second contact's address: written to when the first is silent.")
@click.option("--second-title", default="", help="The office the second contact holds.")
@click.option("--list", "lists", is_flag=True, help="Print what is kept, of one organisation with --org.")
@click.option("--remove", is_flag=True, help="Forget both addresses of --org; links in their mails end.")
def contact(
    org: str | None,
    email: str | None,
    title: str,
    second: str | None,
    second_title: str,
    lists: bool,
    remove: bool,
) -> None:
    """Keep the e-mail addresses of an office, for what it cannot be told in a LINE group.

    An office that has no group gets its cases by e-mail from then on; what waited for it is sent at once.
    """
    if lists + remove + bool(email or second) != 1:
        raise click.UsageError("Say one of --email (with --second or not), --list, --remove.")
    office = _find_office(org)
    if lists:
        _list(office)
    elif office is None:
        raise click.UsageError("Say whose with --org.")
    elif remove:
        _remove(office)
    else:
        _set(office, {contacts.FIRST: (email, title), contacts.SECOND: (second, second_title)})


def _find_office(org: str | None) -> Organisation | None:
    try:
        return get_organisation(org) if org else None
    except UnknownOrganisation as problem:
        raise click.ClickException(str(problem)) from None


def _list(office: Organisation | None) -> None:
    with ready_database() as database, database.read() as session:
        kept = contacts.list_contacts(session, [office.code] if office else ())
        if not kept:
            whose = office.code if office else "any office"
            click.echo(f"No address of {whose} is kept: `fasttrack contact --org ORG --email E` keeps one.", err=True)
        for one in kept:
            named = find_organisation(one.organisation)
            click.echo(
                "\t".join((one.organisation, RANKS[one.rank], one.email, one.title, named.name_th if named else ""))
            )


def _remove(office: Organisation) -> None:
    now = clock.now()
    with ready_database() as database, database.begin(now) as session:
        count = contacts.remove_contacts(session, office.code, tuple(RANKS), now)
    click.echo(f"{office.name_th} ({office.code}): {count} forgotten")


def _set(office: Organisation, given: dict[int, tuple[str | None, str]]) -> None:
    try:
        told = {rank: (read_address(email), title.strip()[:120]) for rank, (email, title) in given.items() if email}
    except BadAddress as problem:
        raise click.ClickException(str(problem)) from None
    with complaining():
        settings = load_settings()
        settings.require("secret_key", "smtp_url", "mail_from")
    with ready_database() as database:
        if contacts.FIRST not in told and not _has_first(database, office):
            raise click.ClickException(f"{office.code} has no first contact yet: give --email too.")
        now = clock.now()
        with database.begin(now) as session:
            for rank, (email, title) in told.items():
                contacts.set_contact(session, organisation=office.code, rank=rank, email=email, title=title, now=now)
            sent = sending.send_waiting(session, office.code, now)
    for rank, (email, _) in told.items():
        click.echo(f"{office.name_th} ({office.code}), {RANKS[rank]}: {email}")
    if sent:
        click.echo(f"{sent} cases that waited are on their way")


def _has_first(database: Database, office: Organisation) -> bool:
    with database.read() as session:
        return contacts.find_contact(session, office.code, contacts.FIRST) is not None
