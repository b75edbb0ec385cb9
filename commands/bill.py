"""`fasttrack bill`: what the month's messages were spent on, by organisation and kind."""

import json
from dataclasses import asdict
from datetime import datetime

import click

import clock
from bot.messages.theme import graphemes
from cases import bill as rules
from cases import views
from commands.ready_database import ready_database
from config import load_settings
from storage import bill as stored
from storage import waiting
from storage.bill import BillLine
from storage.models import LineQuota
from storage.outbox_claims import ASSUMED_MEMBERS

LANGUAGE = "th"
HEAD = ("organisation", "kind", "pushes", "replies", "price")


def _read_month(_context: click.Context, _parameter: click.Parameter, given: str | None) -> datetime | None:
    try:
        return rules.read_month(given) if given else None
    except ValueError as problem:
        raise click.BadParameter(str(problem)) from None


@click.command()
@click.option("--month", callback=_read_month, help="A month such as 2569-11 or 2026-11; this one unless named.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
def bill(month: datetime | None, as_json: bool) -> None:
    """Print what LINE counted this month: pushes, free replies and price, by organisation and kind.

    A push to a group costs one message for each of its members, a push to a person one, a reply nothing.
    """
    begins = month or rules.begin_month(clock.now())
    with ready_database() as database, database.read() as session:
        lines = stored.list_lines(session, begins, rules.end_month(begins))
        quota = None if month else waiting.find_quota(session)
        held = waiting.count_waiting(session, held=True)
    if as_json:
        click.echo(_write_json(begins, lines, quota, held))
        return
    for line in _write_table(begins, lines, quota, held):
        click.echo(line)


def _write_json(begins: datetime, lines: list[BillLine], quota: LineQuota | None, held: int) -> str:
    total = rules.total(lines)
    told = {
        "month": rules.name_month(begins),
        "lines": [asdict(line) for line in lines],
        "total": asdict(total) | {"free_percent": total.free_percent},
        "line": {"limit": quota.most, "used": quota.used, "short": quota.short} if quota else None,
        "held": held,
    }
    return json.dumps(told, ensure_ascii=False)


def _write_table(begins: datetime, lines: list[BillLine], quota: LineQuota | None, held: int) -> list[str]:
    total = rules.total(lines)
    rows = [
        (_name(line.organisation), line.kind, f"{line.pushes:,}", f"{line.replies:,}", f"{line.price:,}")
        for line in lines
    ]
    rows.append(("all", "", f"{total.pushes:,}", f"{total.replies:,}", f"{total.price:,}"))
    wide = [max(graphemes(row[place]) for row in (HEAD, *rows)) for place in range(len(HEAD))]
    told = [
        f"LINE messages of {rules.name_month(begins)}",
        "",
        _align(HEAD, wide),
        *(_align(row, wide) for row in rows),
    ]
    told += ["", f"{total.free_percent} % of all calls were free replies."]
    if total.assumed:
        told.append(
            f"{total.assumed:,} pushes went to groups whose size LINE had not told: {ASSUMED_MEMBERS} members assumed."
        )
    if quota is not None:
        most = f"{quota.most:,}" if quota.most is not None else "no limit"
        told.append(f"LINE itself says, {quota.read_at:%Y-%m-%d %H:%M} UTC: {quota.used:,} used of {most}.")
        if quota.short:
            reserve = load_settings().line_reserve_percent
            told.append(f"The last {reserve} % are kept for danger and for citizens: other pushes to groups wait.")
    if held:
        told.append(f"{held:,} messages to groups wait for want of budget.")
    return told


def _name(organisation: str | None) -> str:
    return f"{organisation} {views.name_khet(organisation, LANGUAGE)}" if organisation else "people"


def _align(row: tuple[str, ...], wide: list[int]) -> str:
    """Words to the left, figures to the right; Thai marks above and below take no room of their own."""
    words = [cell + " " * (width - graphemes(cell)) for cell, width in zip(row[:2], wide[:2], strict=True)]
    figures = [cell.rjust(width) for cell, width in zip(row[2:], wide[2:], strict=True)]
    return "  ".join((*words, *figures)).rstrip()
