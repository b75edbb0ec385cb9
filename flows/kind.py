"""What kind of problem it is: suggested from the words, asked only when unsure, changed by a tap."""

import re
from typing import Any

from cases.categories import Category, find_category, get_category, list_offered
from cases.secret_wish import OFFICERS
from cases.shield import is_delicate
from flows import description, place
from flows.answers import Answer, Message, Setting, Slots
from flows.engine import Accepted, Rejected
from flows.prompts import ask, button, named_button, tell
from flows.words import has_words, is_no, is_skip, is_unsure, is_yes, leaves_choice

A_SCREEN = 10  # of the thirteen buttons LINE shows, beside the ways on, back and out
PAGE = "page"


def is_confidential(slots: Slots) -> bool:
    """Whether this must stay with the Ombudsman: it is about officials, or the person chose so."""
    return slots.get("secret") == OFFICERS or is_about_officials(slots)


def is_about_officials(slots: Slots) -> bool:
    """Whether it is about an official or an office, by its kind or by its words."""
    category = find_category(slots.get("category", ""))
    return bool(category and category.confidential) or is_delicate(slots.get("description", ""))


def name_category(code: str, language: str) -> str:
    """A category in plain words."""
    category = get_category(code)
    return category.th if language == "th" else category.en


def ask_category(slots: Slots, setting: Setting) -> list[Message]:
    """The three likeliest first, then all of them, a screen of buttons at a time."""
    page = slots.get("category_page", 0)
    every = [category.code for category in list_offered()]
    likeliest = [code for code in slots.get("suggested", ()) if code in every] or every[:3]
    codes = every[(page - 1) * A_SCREEN : page * A_SCREEN] if page else likeliest
    buttons = [button(setting, "category", code, name_category(code, setting.language)) for code in codes]
    if page * A_SCREEN < len(every):
        buttons.append(named_button(setting, "category", f"{PAGE}{page + 1}", "report.more_categories"))
    return [ask(setting, "report.ask_category", *buttons)]


def accept_category(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """A tapped category, or one named in words; all other words are part of the story, and may settle it."""
    if answer.step:
        return _take_tap(answer.value, slots, setting)
    typed = _squeeze(answer.text)
    if not has_words(typed) or is_yes(answer.text) or is_no(answer.text) or is_skip(answer.text):
        raise Rejected("report.category_unknown")
    for category in list_offered():
        if typed in (_squeeze(name) for name in (category.th, category.en, category.code)):
            return _choose(category.code, slots, setting)
    if is_unsure(answer.text) or leaves_choice(answer.text):  # the review lets the likeliest be changed
        return Accepted({"category": _find_likeliest(slots), "category_page": None})
    begun = [category.code for category in list_offered() if _begins(category, typed)]
    if len(begun) == 1:
        return _choose(begun[0], slots, setting)
    khet = place.find_khet(answer.text, setting)
    if khet is not None and not place.is_known(slots):  # people run ahead
        hint = {**slots.get("place", {}), "hint": khet}
        name = place.name_khet(khet, setting.language)
        return Accepted({"place": hint}, (tell(setting, "report.khet_kept", khet=name),))
    changed, says = description.add_words(answer, slots, setting)
    return Accepted({"category_page": None} | description.hear_kind(answer.text, changed), says)


def _find_likeliest(slots: Slots) -> str:
    offered = {category.code for category in list_offered()}
    return next((code for code in slots.get("suggested", ()) if code in offered), description.OTHER)


def _begins(category: Category, typed: str) -> bool:
    """Whether what was typed is the first word of a category's button."""
    return typed in (_squeeze(re.split(r"[ ,/]", name)[0]) for name in (category.th, category.en))


def _squeeze(text: str) -> str:
    return "".join(text.lower().split())


def _take_tap(value: str, slots: Slots, setting: Setting) -> Accepted:
    number = value.removeprefix(PAGE)
    if value.startswith(PAGE) and number.isascii() and number.isdigit() and len(number) < 3:
        if 0 < (int(number) - 1) * A_SCREEN >= len(list_offered()) or int(number) < 1:
            raise Rejected("report.category_unknown")
        return Accepted({"category_page": int(number), "category": None, "category_chosen": None})
    if value not in (category.code for category in list_offered()):
        raise Rejected("report.category_unknown")
    return _choose(value, slots, setting)


def _choose(code: str, slots: Slots, setting: Setting) -> Accepted:
    before = slots.get("category")
    says: tuple[Message, ...] = ()
    if before and before != code:
        name = name_category(code, setting.language)
        says = (tell(setting, "report.category_changed", category=name),)
    changed: dict[str, Any] = {"category": code, "category_chosen": True, "category_page": None}
    if is_confidential(changed):  # nobody is left to show the name to
        changed |= {"name": None, "phone_shown": None}
    return Accepted(changed, says)
