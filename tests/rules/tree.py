"""How the rules look at the project: which files are ours, and what stands in them.

Git is asked where there is one, so that a rule never judges what is ignored; a copy without git is walked.
"""

import ast
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "bot",
    "integrations",
    "handlers",
    "console",
    "flows",
    "cases",
    "places",
    "storage",
    "jobs",
    "simulator",
    "texts",
    "migrations",
    "commands",
    "benchmarks",
)
LEAVES = ("config", "clock")
OURS = frozenset((*ROOMS, *LEAVES, "app", "tests"))
_LEFT_OVERS = {"__pycache__", "build", "dist", "var", "media"}


@lru_cache(maxsize=1)
def list_files() -> tuple[str, ...]:
    """Every file of the project that is, or may come to be, committed; paths from the root, with slashes."""
    return tuple(name for name in sorted(_list_names()) if (ROOT / name).is_file())


def list_python(*rooms: str, tests: bool = False) -> tuple[str, ...]:
    """The Python files, in `rooms` only where any is named; tests only where asked for."""
    return tuple(
        name
        for name in list_files()
        if name.endswith(".py")
        and (tests or not name.startswith("tests/"))
        and (not rooms or name.split("/")[0].removesuffix(".py") in rooms)
    )


def read(name: str) -> str:
    """The text of one file."""
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def parse(name: str) -> ast.Module:
    """The syntax tree of one Python file."""
    return ast.parse(read(name), filename=name)


def list_imports(name: str) -> Iterator[tuple[int, str]]:
    """(line, dotted module) for each import of the file, wherever in it."""
    for node in ast.walk(parse(name)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = name.split("/")[:-1]
            above = package[: len(package) - node.level + 1] if node.level else []
            yield node.lineno, ".".join([*above, *(node.module or "").split(".")]).strip(".")


def list_words(name: str) -> Iterator[tuple[int, str]]:
    """(line, text) of each string in the file's code; docstrings are left out, parts of f-strings are in."""
    tree = parse(name)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def refuse(found: Iterable[str], rule: str) -> None:
    """Fail with every place found and the sentence that says what to write instead, and where."""
    places = list(found)
    if places:
        pytest.fail("\n".join((*(f"  {place}" for place in places), "", rule)), pytrace=False)


def _list_names() -> set[str]:
    if (ROOT / ".git").exists():
        answer = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        return {name for name in answer.stdout.decode().split("\0") if name}
    return {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*")
        if path.is_file() and not _is_left_over(path.relative_to(ROOT))
    }


def _is_left_over(path: Path) -> bool:
    return any(
        part in _LEFT_OVERS or part.endswith((".egg-info", "_cache", "cache__")) or part in (".venv", ".env")
        for part in path.parts
    )
