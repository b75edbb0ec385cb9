"""`fasttrack doctor`: looks at all that must be right before the first report; says how to mend what is not."""

import json
import shutil
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress

import click
from pydantic import SecretStr
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from commands import doctor_address, doctor_line, doctor_machine, doctor_mail, doctor_offices, doctor_staff
from commands.doctor_findings import COLORS, MARKS, Finding, State, find
from commands.doctor_look import Check, look_at_all
from commands.logs import set_up_logging
from config import Settings, SettingsProblem, load_settings
from integrations.inbox_mail import read_inbox_url
from integrations.mail import BadAddress, read_smtp_url

CHECKS = (
    Check("settings", doctor_machine.check_settings),
    Check("database", doctor_machine.check_database),
    Check("delivery", doctor_machine.check_mode, after=("database",)),
    Check("media", doctor_machine.check_media),
    Check("disk", doctor_machine.check_disk),
    Check("token", doctor_line.check_token),
    Check("clock", doctor_line.check_clock, after=("token",)),
    Check("webhook", doctor_line.check_webhook, after=("token",)),
    Check("address", doctor_address.check_address, after=("webhook",)),
    Check("redelivery", doctor_line.check_redelivery, after=("database",)),
    Check("replies", doctor_line.check_chat, after=("token",)),
    Check("quota", doctor_line.check_quota, after=("token",)),
    Check("menu", doctor_line.check_menu, after=("token",)),
    Check("groups", doctor_line.check_groups, after=("token", "database")),
    Check("boundaries", doctor_offices.check_boundaries, after=("database",)),
    Check("offices", doctor_offices.check_offices, after=("database",)),
    Check("staff", doctor_staff.check_staff, after=("database",)),
    Check("mail", doctor_mail.check_mail, after=("database",)),
    Check("inbox", doctor_mail.check_inbox),
    Check("font", doctor_machine.check_font),
)
Found = Mapping[str, list[Finding]]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for machines.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings (!) too.")
def doctor(as_json: bool, strict: bool) -> None:
    """Look at settings, database, LINE account and machine; say what is wrong and how to mend it.

    ✓ is well, ! should be looked at, ✗ is wrong, ? cannot be seen from here. Exit code 0 where nothing is wrong,
    1 where something is. LINE is asked to call the webhook (it allows 60 such tests an hour); nothing else is sent,
    and no secret is printed.
    """
    set_up_logging("CRITICAL")
    found = _look()
    states = [finding.state for findings in found.values() for finding in findings]
    if as_json:
        click.echo(json.dumps(_as_json(found, states), ensure_ascii=False, indent=2))
    else:
        _print(found, states)
    sys.exit(int("wrong" in states or (strict and "warning" in states)))


def _look() -> dict[str, list[Finding]]:
    try:
        settings = load_settings()
    except SettingsProblem as problem:
        return {"settings": [find("wrong", "settings.unreadable", problem=problem)]}
    return look_at_everything(settings)


def look_at_everything(settings: Settings) -> dict[str, list[Finding]]:
    """The findings of each check, with no secret in them."""
    secrets = _list_secrets(settings)
    return {
        name: [finding.hide(secrets) for finding in findings]
        for name, findings in look_at_all(settings, CHECKS).items()
    }


def _list_secrets(settings: Settings) -> list[str]:
    values = [getattr(settings, name) for name in type(settings).model_fields]
    secrets = [value.get_secret_value() for value in values if isinstance(value, SecretStr)]
    try:
        secrets.append(str(make_url(settings.database_url).password or ""))
    except ArgumentError:
        secrets.append(settings.database_url)
    with suppress(BadAddress):
        secrets.append(read_smtp_url(settings.smtp_url.get_secret_value()).password)
    with suppress(BadAddress):
        secrets.append(read_inbox_url(settings.inbox_url.get_secret_value()).password)
    return [secret for secret in secrets if secret]


def _as_json(found: Found, states: list[State]) -> dict[str, object]:
    return {
        "ok": "wrong" not in states,
        "counts": _count(states),
        "findings": [{"check": name, **one.as_json()} for name, findings in found.items() for one in findings],
    }


def _print(found: Found, states: list[State]) -> None:
    wide = max(len(name) for name in found)
    for name, findings in found.items():
        for finding in findings:
            mark = click.style(MARKS[finding.state], fg=COLORS[finding.state], bold=True)
            click.echo(f"{mark} {name:<{wide}}  {finding.told}")
            if finding.mend:
                click.echo(_indent(finding.mend, wide + 4))
    counts = _count(states)
    click.echo(
        f"\n{counts['wrong']} wrong, {counts['warning']} to look at, "
        f"{counts['unseen']} that cannot be seen from here, {counts['ok']} well"
    )


def _indent(mend: str, by: int) -> str:
    """How to mend it, below what it is; broken into lines where somebody reads it on a screen."""
    first, rest = f"{'':<{by}}→ ", " " * (by + 2)
    if not sys.stdout.isatty():
        return first + mend
    width = max(60, min(shutil.get_terminal_size().columns, 120))
    return click.wrap_text(mend, width, initial_indent=first, subsequent_indent=rest)


def _count(states: Iterable[State]) -> dict[str, int]:
    listed = list(states)
    return {state: listed.count(state) for state in MARKS}
