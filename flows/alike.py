"""Is it a case that was told already? Asked once in a report, as soon as its kind and its pin are known."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.messages.alike_cards import AlikeView, ask_alike
from cases.duplicates import find_spot
from cases.shield import is_delicate
from cases.statuses import Status
from clock import in_bangkok
from flows import description, kind, place
from flows.answers import Answer, Message, Setting, Slots
from flows.engine import Accepted, Rejected
from flows.prompts import ask_by_card, named_button
from flows.words import find_bare_number, find_case_number, has_words, is_no, is_skip, is_yes
from texts.catalog import say
from texts.moments import say_day

NEW = "new"


def notice(slots: Slots, setting: Setting) -> Mapping[str, Any]:
    """What is near, looked up for each kind and pin and at the last, until it was answered.

    Never for danger, which must not wait, nor for what is kept from offices.
    """
    spot = find_spot(slots)
    if spot is None or "alike" in slots or not place.is_agreed(slots):
        return {}
    told = f"{slots.get('description', '')}\n{slots['place'].get('words') or ''}"
    if slots.get("danger") or kind.is_confidential(slots) or is_delicate(told):
        return {"near": None, "looked": None}
    # Looked up once more before the review: of a burst pipe many tell at once, and none is there yet when they begin.
    looked = "|".join(str(part) for part in (*spot, "name" in slots))
    if slots.get("looked") == looked:
        return {}
    return {"looked": looked, "near": setting.near(*spot) or None}


def is_asked(slots: Slots) -> bool:
    """Whether something is near."""
    return bool(slots.get("near"))


def is_joined(slots: Slots) -> bool:
    """Whether the report is about a case that there is, and so need not be told to its end."""
    return bool(slots.get("alike", NEW) != NEW)


def ask_which(slots: Slots, setting: Setting) -> list[Message]:
    """The cases near by, each with its button, and the button for none of them."""
    spot = find_spot(slots)
    # Asked again later, each as it stands by then; what is near no more says so when it is tapped.
    now = {one["case"]: one for one in setting.near(*spot)} if spot is not None else {}
    views = [_see(now.get(one["case"], one), setting) for one in slots["near"]]
    new = named_button(setting, "alike", NEW, "alike.new")
    return [ask_by_card(setting, ask_alike(views, setting.run, setting.language), new)]


def accept_which(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """One of them, none of them, or more words of the story."""
    near = slots["near"]
    keys = {str(one["case"]) for one in near}
    if answer.step:
        if answer.value == NEW or answer.value in keys:
            return Accepted({"alike": answer.value})
        raise Rejected("report.not_here")
    number = find_case_number(answer.text) or find_bare_number(answer.text)
    if number:
        chosen = next((one for one in near if one["number"] == number and one["mine"]), None)
        if chosen is None:
            raise Rejected("alike.which")
        return Accepted({"alike": str(chosen["case"])})
    if is_no(answer.text) or is_skip(answer.text):
        return Accepted({"alike": NEW})
    if is_yes(answer.text):
        if len(near) > 1:
            raise Rejected("alike.which")
        return Accepted({"alike": str(near[0]["case"])})
    if not has_words(answer.text):
        raise Rejected("report.not_here")
    return Accepted(*description.add_words(answer, slots, setting))


def _see(one: Mapping[str, Any], setting: Setting) -> AlikeView:
    language = setting.language
    status, told = Status(one["status"]), in_bangkok(datetime.fromisoformat(one["at"]))
    return AlikeView(
        key=str(one["case"]),
        category=kind.name_category(one["category"], language),
        khet=place.name_khet(one["khet"], language),
        metres=one["metres"],
        told=say_day(language, told.date(), today=in_bangkok(setting.now).date()),
        status=say(language, f"status.{status}"),
        number=one["number"] if one["mine"] else None,
        closed=status is Status.CLOSED,
    )
