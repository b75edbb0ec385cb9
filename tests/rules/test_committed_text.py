"""What is committed works on any machine: no paths of one computer, no names of package registries."""

import re
from collections.abc import Iterator

from tests.rules.tree import ROOT, list_files, refuse

# Written in pieces, so that this file passes its own rule.
HOMES = "|".join(("work", "root", "home", "Users", "mnt"))
ABSOLUTE = re.compile(rf"(?<![\w.~:/$}}*-])/(?:{HOMES})/[\w.-]+|\b[A-Z]:\\\\?(?:Users|Windows)\b")
REGISTRIES = re.compile(
    "|".join(
        (
            r"\bpypi[.]" + r"(?:org|python|io)",
            r"pythonhosted" + r"[.]org",
            r"registry[.]" + r"(?:npmjs|yarnpkg)",
            r"\b(?:ghcr|quay|gcr|docker)" + r"[.]io\b",
            r"--(?:extra-)?index" + r"-url[ =]+https?:",
            r"artifactory" + r"[./]",
        )
    ),
    re.IGNORECASE,
)


def _lines() -> Iterator[tuple[str, int, str]]:
    for name in list_files():
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a font
        yield from ((name, number, line) for number, line in enumerate(text.splitlines(), start=1))


def test_no_path_of_one_machine() -> None:
    here = str(ROOT) + "/"
    refuse(
        (
            f"{name}:{number} {line.strip()[:100]}"
            for name, number, line in _lines()
            if here in line or ABSOLUTE.search(line)
        ),
        "Write the path from the project's root, or let the setting that names it say where it is.",
    )


def test_no_name_of_a_package_registry() -> None:
    refuse(
        (f"{name}:{number} {line.strip()[:100]}" for name, number, line in _lines() if REGISTRIES.search(line)),
        "Where packages come from is the setting of whoever installs. Take the host out; `make lock` writes "
        "locks without any.",
    )
