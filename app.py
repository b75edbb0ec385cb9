"""Wires the rooms together: the web application, and the command `fasttrack`. No rules live here."""

import importlib
from typing import Any

import click

# name -> "module:object"; loaded when asked for, so that a small command does not pay for a large one
COMMANDS = {
    "boundaries": "commands.boundaries:boundaries",
    "categories": "commands.categories:categories",
    "categorise": "commands.categorise:categorise",
    "demo": "commands.demo:demo",
    "invite": "commands.invite:invite",
    "migrate": "commands.migrate:migrate",
    "outbox": "commands.outbox:outbox",
    "read-reply": "commands.read_reply:read_reply",
    "replay": "commands.replay:replay",
    "route": "commands.route:route",
    "seed": "commands.seed:seed",
    "serve": "commands.serve:serve",
    "worker": "commands.worker:worker",
}


class Commands(click.Group):
    """The commands of `COMMANDS`, each imported at its first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        found: Any = getattr(importlib.import_module(module), name)
        if not isinstance(found, click.Command):
            raise TypeError(f"{COMMANDS[cmd_name]} is no click command")
        return found


@click.command(cls=Commands, name="fasttrack", context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """OMB FAST TRACK BMA: people tell it about a problem in Bangkok, district offices answer in LINE."""
