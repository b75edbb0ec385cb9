"""Modules stay small, say why they exist, are named for one thing, and stand in a known room."""

import ast
from pathlib import PurePosixPath

from tests.rules.tree import ROOMS, ROOT, list_files, list_python, parse, read, refuse

LONGEST = 400
SOURCES = (".py", ".js", ".css", ".html", ".sh")
NAMES_OF_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "constants",
}


def test_no_file_grows_out_of_hand() -> None:
    long = {
        name: len(read(name).splitlines())
        for name in list_files()
        if name.endswith(SOURCES) and not name.startswith("tests/")
    }
    refuse(
        (f"{name} has {lines} lines" for name, lines in long.items() if lines > LONGEST),
        f"More than {LONGEST} lines is more than one thing. Move what has its own name to a file beside it.",
    )


def test_every_module_says_why_it_exists() -> None:
    refuse(
        (
            name
            for name in list_python(tests=True)
            if parse(name).body
            and ast.get_docstring(parse(name)) is None
            and not name.startswith("migrations/versions/")
        ),
        "Open it with one to three sentences: what it is, and how it differs from the obvious alternative.",
    )


def test_modules_are_named_for_what_they_do() -> None:
    refuse(
        (name for name in list_python(tests=True) if PurePosixPath(name).stem in NAMES_OF_NOTHING),
        "Name the module for the one thing the product does there (case_card, reply_reader, clocks).",
    )


def test_every_folder_of_code_is_a_package_in_a_known_room() -> None:
    folders = {PurePosixPath(name).parent for name in list_python()} - {PurePosixPath(".")}
    refuse(
        (
            f"{folder}/ " + ("has no __init__.py" if folder.parts[0] in ROOMS else "is no room of ours")
            for folder in sorted(folders)
            if folder.parts[0] != "scripts"
            and folder != PurePosixPath("migrations/versions")
            and not (folder.parts[0] in ROOMS and (ROOT / folder / "__init__.py").is_file())
        ),
        "Add an empty __init__.py, or a new room to pyproject.toml (packages, importlinter) and to ROOMS in "
        "tests/rules/tree.py; without it the folder is missing from the installed program.",
    )
