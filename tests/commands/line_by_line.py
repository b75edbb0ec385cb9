"""Commands that other programs talk to in lines: one goes in, one comes out."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from click import Command
from click.testing import CliRunner, Result

ROOT = Path(__file__).resolve().parents[2]


def give_lines(command: Command, *lines: str | bytes) -> Result:
    """What becomes of these lines, given all at once."""
    sent = b"".join((line if isinstance(line, bytes) else line.encode()) + b"\n" for line in lines)
    return CliRunner().invoke(command, input=sent)


def ask_one_by_one(command: str, *texts: str) -> Iterator[dict[str, Any]]:
    """The answer to each text, had before the next one is asked; `command` is a module and a function of it."""
    module, name = command.split(":")
    program = [sys.executable, "-c", f"from {module} import {name}; {name}()"]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as asked:
        assert asked.stdin and asked.stdout
        for text in texts:
            asked.stdin.write(json.dumps({"text": text}).encode() + b"\n")
            asked.stdin.flush()
            yield json.loads(asked.stdout.readline())
        asked.stdin.close()
        assert asked.wait(timeout=20) == 0
