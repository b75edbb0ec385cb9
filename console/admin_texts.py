"""The words that the bot says in LINE: staff find one, put another in its place after a look at it, and go back."""

from hashlib import sha256

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from cases import wording
from console.desk import Desk
from console.pages import Pages
from console.permissions import Right
from storage import text_changes
from storage.models import TextChange
from storage.one_at_a_time import Place, hold
from texts.catalog import LANGUAGES, has_text, load_catalogue, say

pages = Pages("admin_texts")
MOST_SHOWN = 50
Words = dict[str, str]


@pages.get("/admin/texts", Right.MANAGE_TEXTS)
def show_texts(desk: Desk) -> AnyResponse:
    """Those in which all of these words occur; where nothing is asked for, those that staff have changed."""
    asked = desk.args.get("q", "").strip()[:100]
    with desk.read() as session:
        changed = {each.name: each for each in text_changes.list_current(session) if _is_changed(each)}
    said = [(name, _say_now(name, changed.get(name))) for name in wording.list_names()]
    found = [
        (name, words)
        for name, words in said
        if (name in changed if not asked else _holds((name, *words.values()), asked.lower().split()))
    ]
    return desk.show(
        "admin_texts.html", found=found[:MOST_SHOWN], count=len(found), most=MOST_SHOWN, changed=changed, q=asked
    )


@pages.get("/admin/texts/<name>", Right.MANAGE_TEXTS)
def show_text(desk: Desk, name: str) -> AnyResponse:
    """One text, how it is said now, and how it was said before."""
    _check_name(desk, name)
    with desk.read() as session:
        return _show(desk, session, name)


def _show(desk: Desk, session: Session, name: str, given: Words | None = None, problem: str = "") -> AnyResponse:
    history = text_changes.list_history(session, name)
    current = history[0][0] if history else None
    faults = {each: wording.find_fault(name, each, given[each]) for each in LANGUAGES} if given else {}
    names = wording.list_placeholders(name)
    is_fine = given is not None and not any(faults.values())
    return desk.show(
        "admin_text.html",
        422 if any(faults.values()) else 409 if problem else 200,
        name=name,
        own=_say_own(name),
        given=given or _say_now(name, current),
        faults={each: desk.say(f"console.admin_texts.fault_{fault}") for each, fault in faults.items() if fault},
        preview=_fill(name, given) if given and is_fine else {},
        speaks_as_one=given is not None and any(wording.has_particle(words) for words in given.values()),
        problem=problem,
        looked=_mark(given) if given and is_fine else "",
        placeholders=[f"{{{each}}}" for each in names],
        is_label=wording.is_label(name),
        history=[(change, who, _say_now(name, change)) for change, who in history],
        current=current,
        is_changed=current is not None and _is_changed(current),
    )


@pages.post("/admin/texts/<name>", Right.MANAGE_TEXTS)
def keep_text(desk: Desk, name: str) -> AnyResponse:
    """Show how it will look; or, once that was seen, say it from now on."""
    _check_name(desk, name)
    given = {each: "\n".join(desk.form.get(each, "").strip().splitlines()) for each in LANGUAGES}
    with desk.begin() as session:
        hold(session, Place.TEXTS)
        before = next((change for change, _ in text_changes.list_history(session, name, 1)), None)
        seen = str(before.id if before else 0)
        has_fault = any(wording.find_fault(name, each, given[each]) for each in LANGUAGES)
        if has_fault or desk.form.get("step") != "keep" or desk.form.get("looked") != _mark(given):
            return _show(desk, session, name, given)
        if desk.form.get("seen") != seen:
            return _show(desk, session, name, given, desk.say("console.admin_texts.changed_meanwhile"))
        own = _say_own(name)
        kept = _put(
            desk, session, name, {each: None if given[each] == own[each] else given[each] for each in LANGUAGES}
        )
    _take_up(desk)
    undo = url_for("admin_texts.use_again", name=name, change_id=int(seen), instead=kept.id)
    desk.tell("console.admin_texts.kept", undo)
    return desk.go("admin_texts.show_text", name=name)


@pages.post("/admin/texts/<name>/use/<int:change_id>", Right.MANAGE_TEXTS)
def use_again(desk: Desk, name: str, change_id: int) -> AnyResponse:
    """Say it as it was said from that change on; 0: as the program says it. `instead`: of the change that was seen."""
    _check_name(desk, name)
    with desk.begin() as session:
        hold(session, Place.TEXTS)
        now = next((str(change.id) for change, _ in text_changes.list_history(session, name, 1)), "0")
        if desk.args.get("instead", now) != now:
            return _show(desk, session, name, problem=desk.say("console.admin_texts.changed_meanwhile"))
        wanted = text_changes.find(session, name, change_id) if change_id < 10**18 else None
        if wanted is None and change_id:
            desk.refuse(404)
        words = {"th": wanted.th if wanted else None, "en": wanted.en if wanted else None}
        if any(each and wording.find_fault(name, language, each) for language, each in words.items()):
            desk.refuse(409)
        _put(desk, session, name, words, again=change_id)
    _take_up(desk)
    desk.tell("console.admin_texts.reverted")
    return desk.go("admin_texts.show_text", name=name)


def _fill(name: str, given: Words) -> Words:
    """How it will look in each language, with examples in the places that are filled in."""
    shown = [each for each in wording.list_placeholders(name) if has_text(f"console.admin_texts.sample_{each}")]
    return {
        language: wording.fill(words, {each: say(language, f"console.admin_texts.sample_{each}") for each in shown})
        for language, words in given.items()
    }


def _put(desk: Desk, session: Session, name: str, words: dict[str, str | None], again: int | None = None) -> TextChange:
    change = text_changes.add(session, name, words, desk.staff.id, desk.now)
    if again is None:
        desk.record(session, "text.changed", f"text:{name}", change=change.id)
    else:
        desk.record(session, "text.reverted", f"text:{name}", change=change.id, again=again)
    return change


def _mark(given: Words) -> str:
    """Tells the words that were looked at from others: what was typed after the look is shown first."""
    return sha256("\0".join(given[each] for each in LANGUAGES).encode()).hexdigest()[:16]


def _take_up(desk: Desk) -> None:
    """Here at once; other processes notice it by themselves."""
    with desk.read() as session:
        wording.take_up(session)


def _check_name(desk: Desk, name: str) -> None:
    if name not in wording.list_names():
        desk.refuse(404)


def _say_own(name: str) -> Words:
    return {each: load_catalogue(each)[name] for each in LANGUAGES}


def _say_now(name: str, change: TextChange | None) -> Words:
    own = _say_own(name)
    return {"th": change.th or own["th"], "en": change.en or own["en"]} if change else own


def _is_changed(change: TextChange) -> bool:
    return change.th is not None or change.en is not None


def _holds(texts: tuple[str, ...], asked: list[str]) -> bool:
    whole = "\n".join(texts).lower()
    return all(each in whole for each in asked)
