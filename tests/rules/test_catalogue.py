"""Both languages say the same things, nothing said is missing, and nothing lies in the catalogue unsaid.

What staff read lies in texts/console, a file a page and language, and is asked for by templates: `t("console.…")`.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import PurePosixPath
from string import Formatter
from typing import Any

from tests.rules.tree import list_files, list_python, list_words, parse, read, refuse

LANGUAGES = ("th", "en")
SAYERS = {"say", "has_text"}
COURTESY = re.compile("ค่ะ|ครับ|นะคะ")
CONSOLE = "texts/console/"
ASKED_BY_TEMPLATE = re.compile(r"\bt\(\s*[\"']([a-z0-9_.]+)[\"']\s*([~)]|,[^)]*\))")
BEGUN_IN_TEMPLATE = re.compile(r"[\"']([a-z0-9_.]+[._])[\"']\s*~")
SPOKEN_KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")


@cache
def _catalogue(language: str) -> dict[str, str]:
    flat: dict[str, str] = {}

    def flatten(prefix: str, table: dict[str, Any]) -> None:
        for name, value in table.items():
            if isinstance(value, dict):
                flatten(f"{prefix}{name}.", value)
            else:
                flat[prefix + name] = value

    flatten("", tomllib.loads(read(f"texts/{language}.toml")))
    for name in list_files():
        if name.startswith(CONSOLE) and name.endswith(f".{language}.toml"):
            flatten(f"console.{PurePosixPath(name).name.partition('.')[0]}.", tomllib.loads(read(name)))
    return flat


def _placeholders(text: str) -> set[str]:
    return {field.split(".")[0].split("[")[0] for _, field, _, _ in Formatter().parse(text) if field}


def _pattern(spoken: ast.JoinedStr) -> re.Pattern[str] | None:
    """What keys an f-string can make; None where nothing in it is fixed."""
    fixed = [str(part.value) if isinstance(part, ast.Constant) else None for part in spoken.values]
    if not any(part and re.search(r"[a-z_]\.|\.[a-z_]", part) for part in fixed):
        return None
    return re.compile("".join(r"[a-z0-9_.]+" if part is None else re.escape(part) for part in fixed))


def _calls() -> Iterator[tuple[str, ast.Call, ast.expr]]:
    """(file, call, key) for each place that asks the catalogue for words."""
    for name in list_python():
        if name.startswith("simulator/"):
            continue
        for node in ast.walk(parse(name)):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in SAYERS:
                for argument in node.args[:2]:
                    if isinstance(argument, ast.Constant | ast.JoinedStr):
                        yield name, node, argument


def test_both_languages_hold_the_same_keys() -> None:
    thai, english = (_catalogue(language) for language in LANGUAGES)
    refuse(
        [f"{key} is missing in texts/en.toml" for key in thai.keys() - english.keys()]
        + [f"{key} is missing in texts/th.toml" for key in english.keys() - thai.keys()],
        "Write it in both: Thai as a Thai official would say it, English in the same manner.",
    )


def test_both_languages_fill_the_same_placeholders() -> None:
    thai, english = (_catalogue(language) for language in LANGUAGES)
    refuse(
        (
            f"{key}: th {sorted(_placeholders(thai[key]))}, en {sorted(_placeholders(english[key]))}"
            for key in sorted(thai.keys() & english.keys())
            if _placeholders(thai[key]) != _placeholders(english[key])
        ),
        "What one language tells, the other tells too: use the same {names} in th.toml and en.toml.",
    )


def test_no_text_is_empty() -> None:
    refuse(
        (
            f"texts/{language}.toml: {key}"
            for language in LANGUAGES
            for key, text in _catalogue(language).items()
            if not isinstance(text, str) or not text.strip()
        ),
        "LINE refuses an empty message. Write the words, or take the key out.",
    )


def test_every_text_asked_for_is_there() -> None:
    texts = _catalogue("th")
    refuse(
        (
            f"{name}:{key.lineno} {key.value!r}"
            for name, _, key in _calls()
            if isinstance(key, ast.Constant)
            and isinstance(key.value, str)
            and SPOKEN_KEY.fullmatch(key.value)
            and key.value not in texts
        ),
        "Add the key to texts/th.toml and texts/en.toml, or mend its name here.",
    )


def test_every_text_that_a_template_asks_for_is_there() -> None:
    texts = _catalogue("th")
    refuse(
        (
            f"{name}: {key!r}"
            for name in list_files()
            if name.startswith("console/") and name.endswith(".html")
            for key, what_follows in ASKED_BY_TEMPLATE.findall(read(name))
            if what_follows != "~" and key not in texts
        ),
        "Add the key to texts/console/<page>.th.toml and .en.toml (without `console.<page>.`), or mend its name here.",
    )


def test_every_text_gets_the_values_it_needs() -> None:
    texts = _catalogue("th")
    refuse(
        (
            f"{name}:{call.lineno} {key.value!r} is not given {sorted(missing)}"
            for name, call, key in _calls()
            if isinstance(key, ast.Constant)
            and key.value in texts
            and getattr(call.func, "attr", getattr(call.func, "id", "")) == "say"
            and all(keyword.arg for keyword in call.keywords)
            and (missing := _placeholders(texts[key.value]) - {keyword.arg for keyword in call.keywords})
        ),
        "Pass the value by its name, or take the {placeholder} out of both languages.",
    )


def test_every_text_is_used() -> None:
    spoken = {text for name in list_python() for _, text in list_words(name)}
    made = [
        pattern
        for name in list_python()
        for node in ast.walk(parse(name))
        if isinstance(node, ast.JoinedStr) and (pattern := _pattern(node))
    ]
    data = "\n".join(
        read(name)
        for name in list_files()
        if name.endswith((".toml", ".json", ".html")) and not name.startswith(("texts/", "tests/", "simulator/"))
    )
    begun = tuple(set(BEGUN_IN_TEMPLATE.findall(data)))
    quoted = set(re.findall(r"[\"']([a-z0-9_.]+)[\"']", data))
    refuse(
        (
            key
            for key in sorted(_catalogue("th"))
            if key not in spoken
            and key not in quoted
            and not key.startswith(begun)
            and not any(pattern.fullmatch(key) for pattern in made)
        ),
        "Nobody says this any more: take it out of th.toml and en.toml, or say it where it was meant.",
    )


def test_thai_is_courteous_without_particles() -> None:
    refuse(
        (f"texts/th.toml: {key}" for key, text in _catalogue("th").items() if COURTESY.search(text)),
        "The account is neither a man nor a woman: courtesy comes from กรุณา, ขอบคุณ, ได้เลย.",
    )


def test_everything_that_the_audit_log_holds_has_words() -> None:
    texts = _catalogue("th")
    refuse(
        (
            f"{name}:{node.lineno} {node.args[1].value!r}"
            for name in list_python("console")
            for node in ast.walk(parse(name))
            if isinstance(node, ast.Call)
            and getattr(node.func, "attr", "") == "record"
            and len(node.args) > 1
            and isinstance(node.args[1], ast.Constant)
            and isinstance(node.args[1].value, str)
            and f"console.verbs.{node.args[1].value}" not in texts
        ),
        "Administrators read it: say in texts/console/verbs.th.toml and verbs.en.toml what was done.",
    )


def test_every_detail_that_the_audit_log_holds_has_a_name() -> None:
    texts = _catalogue("th")
    refuse(
        (
            f"{name}:{node.lineno} {detail.arg!r}"
            for name in list_python("console")
            for node in ast.walk(parse(name))
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record"
            for detail in node.keywords
            if detail.arg is not None and f"console.audit_words.name.{detail.arg}" not in texts
        ),
        "Administrators read it: name it under [name] in texts/console/audit_words.th.toml and audit_words.en.toml.",
    )
