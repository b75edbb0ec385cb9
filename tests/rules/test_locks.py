"""The locks are whole, hashed and agree with pyproject.toml: every set-up installs the same bytes."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.rules.tree import read, refuse

LOCKS = ("requirements.lock", "requirements-dev.lock")
ASK_AGAIN = "Run `make lock` and commit both locks."
PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)", re.MULTILINE)


def _pins(lock: str) -> dict[str, set[str]]:
    pins: dict[str, set[str]] = {}
    for package, version in PIN.findall(read(lock)):
        pins.setdefault(canonicalize_name(package), set()).add(version)
    return pins


def _asked_for(lock: str) -> Iterator[Requirement]:
    project: dict[str, Any] = tomllib.loads(read("pyproject.toml"))
    yield from map(Requirement, project["project"]["dependencies"])
    if lock == "requirements-dev.lock":
        yield from map(Requirement, project["dependency-groups"]["dev"])


@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_declared_is_locked_at_a_version_that_fits(lock: str) -> None:
    pins = _pins(lock)
    refuse(
        (
            f"{lock}: {asked} is locked at {sorted(pins.get(canonicalize_name(asked.name), ()))}"
            for asked in _asked_for(lock)
            if not any(version in asked.specifier for version in pins.get(canonicalize_name(asked.name), ()))
        ),
        ASK_AGAIN,
    )


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_carries_hashes_and_no_address(lock: str) -> None:
    blocks = re.split(r"\n(?=[A-Za-z0-9])", read(lock))
    refuse(
        [f"{lock}: {block.splitlines()[0]}" for block in blocks if "--hash=sha256:" not in block]
        + [f"{lock}: {line}" for line in read(lock).splitlines() if "://" in line or line.startswith("-")],
        ASK_AGAIN,
    )


def test_what_runs_is_what_was_tested() -> None:
    runtime, development = (_pins(lock) for lock in LOCKS)
    refuse(
        (package for package, versions in runtime.items() if not versions <= development.get(package, set())),
        f"The runtime lock names a version that the tests never ran with. {ASK_AGAIN}",
    )
