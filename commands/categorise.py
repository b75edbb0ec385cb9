"""`fasttrack categorise`: what the account would suggest for a report, line by line, for trials and checks.

One answer follows each line at once, so that another program can keep the command open and talk to it.
"""

import json
import sys

import click

from cases.triage import suggest


class _BadLine(ValueError):
    """A line that is not an object with a text."""


@click.command()
@click.pass_context
def categorise(context: click.Context) -> None:
    """Read JSON lines {"text"} and print {"categories": [three codes, best first], "confident"} for each.

    A line that cannot be read answers {"error"}, is named on standard error, and makes the exit code 1.
    """
    failed = False
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            suggestion = suggest(_read_text(line))
        except _BadLine as why:
            failed = True
            click.echo(f"categorise: line {number}: {why}", err=True)
            answer: dict[str, object] = {"error": f"line {number}: {why}"}
        else:
            answer = {"categories": list(suggestion.codes), "confident": suggestion.confident}
        click.echo(json.dumps(answer, ensure_ascii=False).encode())
    if failed:
        context.exit(1)


def _read_text(line: bytes) -> str:
    try:
        report = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _BadLine("not UTF-8; write the file in UTF-8") from None
    except (ValueError, RecursionError):
        raise _BadLine('not JSON; write one object a line, such as {"text": "..."}') from None
    text = report.get("text") if isinstance(report, dict) else None
    if not isinstance(text, str):
        raise _BadLine('no "text" with words in it; write {"text": "..."}')
    return text
