"""What else people call a kind of problem: words that staff add to those the program knows, tried on a sentence first.

They are read where every report is read (`cases/triage.py`). Words about officials are not to be changed here: they
decide who may see a complaint.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from cases.categories import Category
from cases.category_overrides import hold, keep, list_current
from cases.phrases import normalise
from cases.triage import Suggestion, Words, is_known, suggest
from cases.views import name_category
from console.desk import Desk
from console.pages import Pages
from console.permissions import Right
from storage import cases as stored

pages = Pages("admin_words")
VERB = "category.words_changed"
LONGEST, FEWEST_LETTERS = 40, 3
MOST = 60
LONGEST_SENTENCE = 500
LOOKED_AT = 200  # of the newest cases


@dataclass(frozen=True, slots=True)
class Trial:
    """What a sentence would be taken for, as it is and with the words; how many of the newest cases it would change."""

    sentence: str
    now: tuple[str, ...]
    sure_now: bool
    then: tuple[str, ...]
    sure_then: bool
    looked_at: int
    changed: int


@pages.get("/admin/categories/<code>/words", Right.MANAGE_CATEGORIES)
def show_words(desk: Desk, code: str) -> AnyResponse:
    """Those that were added."""
    with desk.read() as session:
        category = _get(desk, session, code)[code]
    return _show(desk, category, category.words)


@pages.post("/admin/categories/<code>/words", Right.MANAGE_CATEGORIES)
def set_words(desk: Desk, code: str) -> AnyResponse:
    """Try them on a sentence, or keep them."""
    given = _read(desk.form.get("words", ""))
    with desk.read() as session:
        current = _get(desk, session, code)
        problem = _find_problem(desk, current, code, given)
        if problem:
            return _show(desk, current[code], given, problem=problem)
        if desk.form.get("do") != "keep":
            return _show(desk, current[code], given, _try(desk, session, current, code, given))
    return _keep(desk, code, given)


@pages.post("/admin/categories/<code>/words/put_back", Right.MANAGE_CATEGORIES)
def put_back(desk: Desk, code: str) -> AnyResponse:
    """That was a slip: what was there before is in the address."""
    given = _read("\n".join(desk.args.getlist("words")))
    with desk.read() as session:
        if _find_problem(desk, _get(desk, session, code), code, given):
            desk.refuse(409)
    return _keep(desk, code, given)


def _keep(desk: Desk, code: str, given: tuple[str, ...]) -> AnyResponse:
    with desk.begin() as session:
        before = _get(desk, session, code)[code]
        if given != before.words:
            keep(session, replace(before, words=given), desk.now)
            added, gone = (
                sorted(set(one) - set(other)) for one, other in ((given, before.words), (before.words, given))
            )
            desk.record(session, VERB, f"category:{code}", added=added, gone=gone)
    if given != before.words:
        with desk.read() as session:
            hold(session)
        undo = url_for("admin_words.put_back", code=code, words=list(before.words))
        desk.tell("console.admin_words.kept", undo, count=len(given))
    return desk.go("admin_words.show_words", code=code)


def _get(desk: Desk, session: Session, code: str) -> dict[str, Category]:
    current = list_current(session)
    if code not in current or current[code].confidential:
        desk.refuse(404)
    return current


def _read(given: str) -> tuple[str, ...]:
    """A phrase a line, as the lists spell them, each once."""
    return tuple(dict.fromkeys(phrase for line in given.splitlines() if (phrase := normalise(line))))


def _find_problem(desk: Desk, current: dict[str, Category], code: str, given: Sequence[str]) -> str:
    """What is wrong with them, in words; empty where nothing is."""
    if len(given) > MOST:
        return desk.say("console.admin_words.problem_many", most=MOST)
    for phrase in given:
        if not _fits(phrase):
            return desk.say(
                "console.admin_words.problem_word", word=phrase[:LONGEST], least=FEWEST_LETTERS, most=LONGEST
            )
        if is_known(code, phrase):
            return desk.say("console.admin_words.problem_known", word=phrase)
        for other in current.values():
            if other.code != code and phrase in other.words:
                name = name_category(other.code, desk.language)
                return desk.say("console.admin_words.problem_taken", word=phrase, category=name)
    return ""


def _fits(phrase: str) -> bool:
    kinds = [unicodedata.category(letter)[0] for letter in phrase]
    return len(phrase) <= LONGEST and kinds.count("L") >= FEWEST_LETTERS and "C" not in kinds


def _try(desk: Desk, session: Session, current: dict[str, Category], code: str, given: tuple[str, ...]) -> Trial | None:
    with_them: Words = tuple(
        (each, words) for each, category in current.items() if (words := given if each == code else category.words)
    )
    as_it_is: Words = tuple((each, category.words) for each, category in current.items() if category.words)
    sentence = " ".join(desk.form.get("sentence", "").split())[:LONGEST_SENTENCE]
    told = stored.list_newest_words(session, LOOKED_AT)
    changed = sum(suggest(words, with_them).codes[0] != suggest(words, as_it_is).codes[0] for words in told)
    now, then = suggest(sentence, as_it_is), suggest(sentence, with_them)
    return Trial(sentence, _name(desk, now), now.confident, _name(desk, then), then.confident, len(told), changed)


def _name(desk: Desk, suggestion: Suggestion) -> tuple[str, ...]:
    return tuple(name_category(code, desk.language) for code in suggestion.codes)


def _show(
    desk: Desk, category: Category, given: Sequence[str], trial: Trial | None = None, problem: str = ""
) -> AnyResponse:
    return desk.show(
        "admin_words.html",
        422 if problem else 200,
        code=category.code,
        name=name_category(category.code, desk.language),
        words="\n".join(given),
        sentence=desk.form.get("sentence", ""),
        trial=trial,
        longest=LONGEST_SENTENCE,
        problem=problem,
    )
