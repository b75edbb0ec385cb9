"""`fasttrack outbox`: what waits, what LINE or the mail server would not take, and sending it again."""

import click

import clock
from commands.ready_database import ready_database
from storage import mail
from storage import outbox as kept

LARGEST_KEY = 2**63 - 1


@click.group()
def outbox() -> None:
    """Look at the messages to LINE and the e-mails, and send dead ones again."""


@outbox.command(name="list")
def list_outbox() -> None:
    """Count the messages by state; say since when any are held, and list the dead ones with the reason given.

    E-mails are counted apart, and their numbers begin with an m.
    """
    with ready_database() as database, database.read() as session:
        messages, mails = kept.count_states(session), mail.count_states(session)
        if not messages and not mails:
            click.echo("There are no messages and no e-mails yet.", err=True)
        for state, count in sorted(messages.items()):
            click.echo(f"{state}\t{count}")
        if held := kept.find_held(session):
            since, told = held
            click.echo(f"held since {since:%Y-%m-%d %H:%M} UTC\tthe month's messages are used up\t{told}")
        for row in kept.list_dead(session):
            click.echo(f"dead {row.id}\t{row.created_at:%Y-%m-%d %H:%M} UTC\t{row.attempts} tries\t{row.last_error}")
        for state, count in sorted(mails.items()):
            click.echo(f"mail {state}\t{count}")
        for letter in mail.list_dead(session):
            told = f"{letter.organisation}\t{letter.attempts} tries\t{letter.last_error}"
            click.echo(f"dead m{letter.id}\t{letter.created_at:%Y-%m-%d %H:%M} UTC\t{told}")


class Number(click.ParamType[tuple[str, int]]):
    """The number of a message, or with an m before it that of an e-mail."""

    name = "number"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        """Which kind it is, and its number."""
        kind, digits = ("m", value[1:]) if value.startswith("m") else ("", value)
        if not (digits.isascii() and digits.isdigit()) or not 1 <= int(digits) <= LARGEST_KEY:
            self.fail(f"{value!r} is no number of `outbox list`", param, ctx)
        return kind, int(digits)


@outbox.command()
@click.argument("ids", nargs=-1, type=Number(), required=True)
@click.pass_context
def resend(context: click.Context, ids: tuple[tuple[str, int], ...]) -> None:
    """Put dead or held messages (by their number) in line again; exit code 1 where one is neither."""
    with ready_database() as database, database.begin() as session:
        count = kept.resend(session, [number for kind, number in ids if not kind], clock.now())
        count += mail.resend(session, [number for kind, number in ids if kind], clock.now())
    click.echo(f"{count} of {len(ids)} in line again")
    if count < len(set(ids)):
        context.exit(1)
