"""What operators read names every metric, every error of the log, every table and every public path that there is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from commands.web import CONSOLE
from config import Settings
from handlers.web import create_pages
from storage.files import open_store
from storage.models import Base
from storage.session import Database
from tests.rules.tree import list_python, parse, read, refuse

RUNNING, BUILT, LIVE = "docs/operations.md", "docs/architecture.md", "docs/going-live.md"
METRICS = {"Counter": "_total", "Gauge": "", "Histogram": ""}  # with what Prometheus puts behind the name
CODE = re.compile(r"`([^`]+)`")
OURS = ("bot", "handlers", "jobs", "storage", "cases", "places", "integrations", "flows", "commands", "console")
INSIDE = {"/healthz", "/readyz", "/metrics"}
NOT_OURS = {"case_grams"}  # SQLite's own, beside `case_words`: no model names it


def _calls(*signs: str) -> Iterator[ast.Call]:
    """Every call in our files that have one of these words in them; the others are not worth the parsing."""
    for name in list_python(*OURS):
        if not any(sign in read(name) for sign in signs):
            continue
        yield from (node for node in ast.walk(parse(name)) if isinstance(node, ast.Call))


def _section(page: str, title: str) -> str:
    return read(page).split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def _rows(section: str) -> list[str]:
    """The first cell of each row of the tables."""
    return [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]


def _said(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def test_each_metric_is_explained_with_its_labels() -> None:
    kept = set()
    for call in _calls("prometheus_client"):
        if isinstance(call.func, ast.Name) and call.func.id in METRICS and call.args:
            name = _said(call.args[0])
            if name is not None and name.startswith("fasttrack_"):
                labels = ast.literal_eval(call.args[2]) if len(call.args) > 2 else []
                kept.add(name + METRICS[call.func.id] + (f"{{{','.join(labels)}}}" if labels else ""))
    told = {name for cell in _rows(_section(RUNNING, "Metrics")) for name in CODE.findall(cell)}
    refuse(
        sorted([f"{name} is not told" for name in kept - told] + [f"{name} is not kept" for name in told - kept]),
        f"The table of metrics in {RUNNING} has a row for each that the code counts, and for no other.",
    )


def _list_logged() -> dict[str, bool]:
    """What the log may say by name, and whether it is said as an error."""
    logged: dict[str, bool] = {}
    for call in _calls("log.err", "log.exc", "log.warn", "log.info", "undone="):
        if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
            name = _said(call.args[0]) if call.func.value.id == "log" and call.args else None
            if name is not None:
                logged[name] = logged.get(name, False) or call.func.attr in ("error", "exception", "critical")
        for given in call.keywords:
            if given.arg == "undone" and (name := _said(given.value)) is not None:
                logged[name] = True  # see jobs/looking.py
    return logged


def test_each_error_of_the_log_is_explained() -> None:
    logged = _list_logged()
    told = {name for cell in _rows(_section(RUNNING, "Logs")) for name in CODE.findall(cell)}
    code = "".join(read(name) for name in list_python(*OURS))
    refuse(
        sorted(
            [f"{name!r} is not told" for name, is_error in logged.items() if is_error and name not in told]
            + [f"{name!r} is nowhere in the code" for name in told if f'"{name}"' not in code]
        ),
        f"The table of the log in {RUNNING} says of each error what to do; what nothing logs any more is taken out.",
    )


def test_each_table_is_listed() -> None:
    told = {name for cell in _rows(_section(BUILT, "Tables")) for name in CODE.findall(cell)}
    kept = set(Base.metadata.tables) | NOT_OURS
    refuse(
        sorted([f"{name} is not listed" for name in kept - told] + [f"{name} is no table" for name in told - kept]),
        f"The list of tables in {BUILT} has a row for each.",
    )


def test_each_public_path_is_let_through(tmp_path: Path) -> None:
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    database = Database(f"sqlite:///{tmp_path}/paths.db")
    try:
        pages = create_pages(settings, database, open_store(f"file://{tmp_path}/media"))
    finally:
        database.close()
    public = {str(rule).partition("<")[0] for rule in pages.url_map.iter_rules()} - INSIDE | {"/line/webhook", CONSOLE}
    by_hand = _section(LIVE, "4. Set the service up")
    matcher = re.search(r"@ours path (.+)", by_hand)
    passed = {path.rstrip("*") for path in matcher[1].split()} if matcher else set()
    cells = " ".join(_rows(_section(RUNNING, "Processes")))
    listed = {path.partition("<")[0].rstrip("/") for path in re.findall(r"/[^` ]*", cells)}
    refuse(
        [f"{path} is not in the Caddyfile of {LIVE}" for path in sorted(public - passed)]
        + [f"`{path}` is not in the words above the Caddyfile" for path in sorted(public) if f"`{path}`" not in by_hand]
        + [f"{path} is not in the table of {RUNNING}" for path in sorted(public) if path.rstrip("/") not in listed],
        "What the world asks for must come through the proxy, so each public path stands in both documents.",
    )
