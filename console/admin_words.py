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
from cases.shield import is_delicate
from cases.triage import Suggestion, Words, find_named, is_common, is_known, is_of_officials, suggest
from cases.views import name_category
from console import seen
from console.desk import Desk
from console.pages import Pages
from console.permissions import Right
from storage import cases as stored
from storage import one_at_a_time
from storage.one_at_a_time import Place

pages = Pages("admin_words")
VERB = "category.words_changed"
LONGEST, FEWEST_LETTERS = 40, 3
MOST = 60
LONGEST_SENTENCE = 500
LOOKED_AT = 200  # of the newest cases
MANY, MANY_OF = 5, 10  # so many of them, and more than one in ten, are many
LOOK = "category words"


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
    """Try them on a sentence, or keep them: only over those that the form was opened with, and after any warning."""
    given = _read(desk.form.get("words", ""))
    with desk.begin() as session:
        if desk.form.get("do") == "keep":
            one_at_a_time.hold(session, Place.CATEGORIES)
        current = _get(desk, session, code)
        before = current[code]
        problem = _find_problem(desk, current, code, given)
        if problem:
            return _show(desk, before, given, problem=problem)
        if desk.form.get("do") != "keep":
            return _show(desk, before, given, _try(desk, session, current, code, given))
        if not seen.is_marked(desk, LOOK, _list_told(before)):
            return _show(desk, before, given, problem=desk.say("console.admin_words.changed_meanwhile"), stale=True)
        trial = _try(desk, session, current, code, given)
        doubts = _list_doubts(desk, before, given, trial)
        if any(doubt not in desk.form.getlist("doubted") for doubt in doubts):
            return _show(desk, before, given, trial, doubts=doubts)
        _put(desk, session, before, given)
    return _take_up(desk, before, given)


@pages.post("/admin/categories/<code>/words/put_back", Right.MANAGE_CATEGORIES)
def put_back(desk: Desk, code: str) -> AnyResponse:
    """That was a slip: what was there before is in the address, and what it is to take the place of."""
    given = _read("\n".join(desk.args.getlist("words")))
    with desk.begin() as session:
        one_at_a_time.hold(session, Place.CATEGORIES)
        current = _get(desk, session, code)
        before = current[code]
        if _find_problem(desk, current, code, given):
            desk.refuse(409)
        if desk.args.get("instead") != seen.mark(desk, LOOK, _list_told(before)):
            problem = desk.say("console.admin_words.changed_meanwhile")
            return _show(desk, before, before.words, problem=problem, stale=True)
        _put(desk, session, before, given)
    return _take_up(desk, before, given)


def _list_told(category: Category) -> list[str]:
    """What the page shows as kept: nobody writes over what they have not seen."""
    return [category.code, *category.words]


def _put(desk: Desk, session: Session, before: Category, given: tuple[str, ...]) -> None:
    if given != before.words:
        keep(session, replace(before, words=given), desk.now)
        added, gone = (sorted(set(one) - set(other)) for one, other in ((given, before.words), (before.words, given)))
        desk.record(session, VERB, f"category:{before.code}", added=added, gone=gone)


def _take_up(desk: Desk, before: Category, given: tuple[str, ...]) -> AnyResponse:
    if given != before.words:
        with desk.read() as session:
            hold(session)
        instead = seen.mark(desk, LOOK, _list_told(replace(before, words=given)))
        undo = url_for("admin_words.put_back", code=before.code, words=list(before.words), instead=instead)
        desk.tell("console.admin_words.kept", undo, count=len(given))
    return desk.go("admin_words.show_words", code=before.code)


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
        if is_common(phrase):
            return desk.say("console.admin_words.problem_common", word=phrase)
        if is_of_officials(phrase):
            return desk.say("console.admin_words.problem_officials", word=phrase)
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


def _list_doubts(desk: Desk, before: Category, given: Sequence[str], trial: Trial) -> list[str]:
    """What is to be read before they are kept: which of the new ones may do harm, and how."""
    doubts: list[str] = []
    for phrase in given:
        if phrase in before.words:
            continue
        heard = suggest(phrase)
        named = heard.codes[0] if heard.confident else find_named(phrase)
        if is_delicate(phrase):
            doubts.append(desk.say("console.admin_words.doubt_officials", word=phrase))
        elif named is not None and named != before.code:
            name = name_category(named, desk.language)
            doubts.append(desk.say("console.admin_words.doubt_named", word=phrase, category=name))
    if set(given) - set(before.words) and trial.changed >= MANY and trial.changed * MANY_OF > trial.looked_at:
        doubts.append(desk.say("console.admin_words.doubt_many", count=trial.changed, of=trial.looked_at))
    return doubts


def _try(desk: Desk, session: Session, current: dict[str, Category], code: str, given: tuple[str, ...]) -> Trial:
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
    desk: Desk,
    category: Category,
    given: Sequence[str],
    trial: Trial | None = None,
    problem: str = "",
    *,
    stale: bool = False,
    doubts: Sequence[str] = (),
) -> AnyResponse:
    return desk.show(
        "admin_words.html",
        409 if stale else 422 if problem else 200,
        code=category.code,
        name=name_category(category.code, desk.language),
        words="\n".join(given),
        kept=category.words,
        mark=seen.mark(desk, LOOK, _list_told(category)),
        stale=stale,
        doubts=doubts,
        sentence=desk.form.get("sentence", ""),
        trial=trial,
        longest=LONGEST_SENTENCE,
        problem=problem,
    )
