"""The words of the phones in the browser: both languages have the same ones, and every one that is asked for."""

import json
import re
from pathlib import Path

import pytest

BROWSER = Path("simulator/browser")
SCRIPTS = sorted((BROWSER / "static").glob("*.js"))
ASKED = re.compile(r"\bt\(\s*\"([^\"]+)\"")
NAMES = re.compile(r"\{(\w+)\}")
THAI = re.compile(r"[\u0e00-\u0e7f]")


def read(language: str) -> dict[str, str]:
    words: dict[str, str] = json.loads((BROWSER / f"words.{language}.json").read_text(encoding="utf-8"))
    return words


def test_both_languages_have_the_same_words_with_the_same_gaps() -> None:
    thai, english = read("th"), read("en")
    assert thai.keys() == english.keys()
    for key, words in thai.items():
        assert words.strip(), key
        assert set(NAMES.findall(words)) == set(NAMES.findall(english[key])), key


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_asks_only_for_words_that_are_there_and_has_none_of_its_own(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    missing = [key for key in ASKED.findall(text) if key not in read("th")]
    assert not missing, f"{script.name} asks for {missing}; add them to words.th.json and words.en.json"
    assert not THAI.search(text), f"{script.name} has Thai words; they belong in words.th.json"


def test_thai_is_without_the_particles_of_one_speaker() -> None:
    said = [key for key, words in read("th").items() if re.search("\u0e04\u0e48\u0e30|\u0e04\u0e23\u0e31\u0e1a", words)]
    assert not said


def test_nothing_comes_from_elsewhere() -> None:
    elsewhere = re.compile(r"(?:src|href|url\(|from|import)\s*[=( ]*[\"'](?:https?:)?//[^\"']*")
    for path in (BROWSER / "static").rglob("*"):
        if path.suffix in (".html", ".css", ".js"):
            found = elsewhere.findall(path.read_text(encoding="utf-8"))
            assert not found, f"{path}: {found}; pages work without the internet"
