"""Runs the checks of `fasttrack doctor` side by side, each with a deadline.

So a network that is dead is told of, and not waited for.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from bot.line_account import LineAccount
from commands.doctor_findings import Finding, find
from config import Settings

LONGEST = 15.0  # seconds for one check


@dataclass(slots=True)
class Look:
    """What checks know: the settings, and what those before them found or left; `closing` is called at the end."""

    settings: Settings
    found: dict[str, list[Finding]] = field(default_factory=dict)
    left: dict[str, Any] = field(default_factory=dict)
    closing: list[Callable[[], None]] = field(default_factory=list)

    def open_line(self) -> LineAccount:
        """The account behind the token."""
        token = self.settings.line_channel_access_token.get_secret_value()
        return LineAccount(self.settings.line_api_base_url, token)

    def has(self, code: str) -> bool:
        """Whether a check before found this."""
        return any(finding.code == code for findings in self.found.values() for finding in findings)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at; `after`: the checks whose findings it wants to know."""

    name: str
    run: Callable[[Look], list[Finding]]
    after: tuple[str, ...] = ()


def look_at_all(settings: Settings, checks: Sequence[Check], *, longest: float = LONGEST) -> dict[str, list[Finding]]:
    """What each check found, in their order. No check holds up longer than its deadline."""
    look = Look(settings)
    done = {check.name: threading.Event() for check in checks}
    for check in checks:
        # Daemons: one that hangs in the system's resolver must not keep the command from ending.
        threading.Thread(target=_run, args=(check, look, done, longest), name=check.name, daemon=True).start()
    for check in checks:
        done[check.name].wait()
    for close in look.closing:
        close()
    return {check.name: look.found[check.name] for check in checks}


def _run(check: Check, look: Look, done: dict[str, threading.Event], longest: float) -> None:
    for name in check.after:
        done[name].wait()
    findings: list[Finding] = []

    def work() -> None:
        try:
            findings.extend(check.run(look))
        except Exception as problem:
            findings.append(find("wrong", "check.failed", name=check.name, problem=type(problem).__name__))

    until = monotonic() + longest
    worker = threading.Thread(target=work, name=f"{check.name} at work", daemon=True)
    worker.start()
    worker.join(max(0.0, until - monotonic()))
    late = find("wrong", "check.late", name=check.name, seconds=f"{longest:g}")
    look.found[check.name] = [late] if worker.is_alive() else findings
    done[check.name].set()
