"""Bare `make` is the newcomer's first page: every task stands there, each explained."""

import os
import re
import subprocess

from tests.rules.tree import ROOT, read, refuse

TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)
FIXED = {"setup", "demo", "run", "test", "lint", "format", "types", "bench", "sure", "db", "docs", "clean"}


def test_bare_make_explains_every_task() -> None:
    quiet = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    page = subprocess.run(
        ["make"], cwd=ROOT, env=quiet, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
    ).stdout
    explained = set(re.findall(r"^ +make ([a-z-]+) +\S", page, re.MULTILINE))
    refuse(
        sorted((set(TARGET.findall(read("Makefile"))) | FIXED) - explained),
        "Give the target in the Makefile its line: `name: needs  ## What it does`.",
    )


def test_every_task_is_phony() -> None:
    makefile = read("Makefile")
    phony = {word for line in re.findall(r"^\.PHONY:(.*)$", makefile, re.MULTILINE) for word in line.split()}
    refuse(
        sorted(set(TARGET.findall(makefile)) - phony),
        "Add it to .PHONY in the Makefile, or a file of that name would switch the task off.",
    )


def test_the_build_server_runs_what_the_readme_says() -> None:
    script = read(".ci/run").splitlines()
    refuse(
        [line for line in ("make test", "make lint") if line not in script],
        "`.ci/run` must call the same tasks that the README names.",
    )
