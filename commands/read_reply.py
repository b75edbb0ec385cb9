"""`fasttrack read-reply`: what the account understands of a coordinator's words, for trials and checks.

One answer follows each line at once, so that another program can keep the command open and talk to it.
"""

import json
import sys
from datetime import date

import click

import clock
from cases import reply_reader


class _BadLine(ValueError):
    """A line that is not an object with a text and, if it names one, a day."""


@click.command("read-reply")
@click.pass_context
def read_reply(context: click.Context) -> None:
    """Read JSON lines {"text"} and print {"action", "also", "due"} for each.

    What is not surely stated prints no action: in a group it would be asked about, or left alone as talk.

    "today": "YYYY-MM-DD" in a line sets the day that words like tomorrow count from; without it, it is today
    in Bangkok. A line that cannot be read answers {"error"}, is named on standard error, and makes the exit
    code 1.
    """
    failed = False
    for number, line in enumerate(sys.stdin.buffer, start=1):
        try:
            answer = _answer(line)
        except _BadLine as why:
            failed = True
            click.echo(f"read-reply: line {number}: {why}", err=True)
            answer = {"error": f"line {number}: {why}"}
        click.echo(json.dumps(answer, ensure_ascii=False).encode())
    if failed:
        context.exit(1)


def _answer(line: bytes) -> dict[str, str | None]:
    try:
        asked = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _BadLine("not UTF-8; write the file in UTF-8") from None
    except (ValueError, RecursionError):
        raise _BadLine('not JSON; write one object a line, such as {"text": "..."}') from None
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        raise _BadLine('no "text" with words in it; write {"text": "..."}')
    reading = reply_reader.read_reply(asked["text"], _read_today(asked.get("today")))
    if not reading.sure:
        reading = reply_reader.NOTHING
    due = reading.due.isoformat() if reading.due else None
    return {"action": reading.action, "also": reading.also, "due": due}


def _read_today(written: object) -> date:
    if written is None:
        return clock.in_bangkok(clock.now()).date()
    try:
        day = date.fromisoformat(str(written))
    except ValueError:
        day = None
    # Python also takes a few forms that no calendar writes.
    if day is None or day.isoformat() != written:
        raise _BadLine('"today" is no day; write it as 2026-12-31')
    return day
