"""`fasttrack invite`: a one-time code that binds a LINE group to an organisation."""

import click

import clock
from commands.complaints import complaining
from commands.ready_database import ready_database
from config import load_settings
from places.organisations import UnknownOrganisation, get_organisation
from storage import groups


@click.command()
@click.option("--org", required=True, help="The organisation: omb, district:1001 … district:1050, dept:<slug>.")
def invite(org: str) -> None:
    """Print a one-time code, good for seven days, that binds a LINE group to an organisation.

    In the group one types: ผูกกลุ่ม CODE
    """
    try:
        organisation = get_organisation(org)
    except UnknownOrganisation as problem:
        raise click.ClickException(str(problem)) from None
    with complaining():
        settings = load_settings()
        settings.require("secret_key")
    with ready_database() as database, database.begin() as session:
        code = groups.add_invite(
            session,
            organisation=organisation.code,
            secret_key=settings.secret_key.get_secret_value(),
            now=clock.now(),
        )
    click.echo(f"{organisation.name_th} ({organisation.code}), {groups.CODE_DAYS} days, once: {code}")
