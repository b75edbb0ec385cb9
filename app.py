"""Wires the rooms together: the web application, and the command `fasttrack`. No rules live here."""

import importlib
from typing import Any

import click

# name -> its line in the list of commands. The command stands in the module of its name in `commands/`, which is loaded
# when asked for, so that a small command (and the list) does not pay for a large one. A test holds the lines equal to
# what the commands say of themselves.
COMMANDS = {
    "bill": "Print what LINE counted this month: pushes, free replies and price, by organisation and kind.",
    "boundaries": "Keep the boundary layer that pins are looked up in.",
    "categories": "Print every category as one JSON line: code, th, en, traffy_types, resolve_days.",
    "categorise": 'Read JSON lines {"text"} and print {"categories": [three codes, best first], "confident"} for each.',
    "contact": "Keep the e-mail addresses of an office, for what it cannot be told in a LINE group.",
    "demo": "Play LINE with phones in the browser and the product behind them; no account needed.",
    "doctor": "Look at settings, database, LINE account and machine; say what is wrong and how to mend it.",
    "holidays": "List the days on which offices are shut, and keep what differs from the calendar.",
    "invite": "Print a one-time code, good for seven days, that binds a LINE group to an organisation.",
    "migrate": "Bring the database named by DATABASE_URL to the newest revision; safe to run twice.",
    "outbox": "Look at the messages to LINE and the e-mails, and send dead ones again.",
    "read-reply": 'Read JSON lines {"text"} and print {"action", "also", "due"} for each.',
    "replay": "Work on failed events again, oldest first; what fails again stays failed.",
    "richmenu": "Draw the menu at the foot of the chat and put it into LINE, or take it away.",
    "route": "Read lines `lat,lng` or `lat,lng,address words`; print `ORG,ALTERNATIVES,HOW` for each.",
    "seed": "Fill the database with demo cases over all 50 districts; each says that it is demo data.",
    "serve": "Take webhooks, and deliver what they lead to (SERVE_DELIVERS=0: take webhooks only).",
    "user": "Keep the people who may sign in to the console.",
    "worker": "Deliver messages, copy photos and keep the clocks, until stopped.",
}


class Commands(click.Group):
    """The commands of `COMMANDS`, each imported at its first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        found: Any = getattr(importlib.import_module(f"commands.{name}"), name)
        if not isinstance(found, click.Command):
            raise TypeError(f"commands.{name}.{name} is no click command")
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.command(cls=Commands, name="fasttrack", context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """OMB FAST TRACK BMA: people tell it about a problem in Bangkok, district offices answer in LINE."""
