"""Where it is: a pin, or words that name a road, a soi or a khet; agreed with the person if not plain."""

from collections.abc import Mapping
from typing import Any

from flows.answers import Answer, Message, Setting, Slots
from flows.asides import asks_back, find_change
from flows.engine import Accepted, Rejected
from flows.prompts import ask, named_button, pin_button, tell
from flows.words import (
    has_no_photo,
    has_words,
    is_no,
    is_skip,
    is_unsure,
    is_yes,
    read_as_khet,
    split_answer,
    tells_spot,
)
from places.khwaeng import find_khwaeng
from places.organisations import find_organisation
from places.routing import OUTSIDE, Routing
from places.spelling import fold_thai, latin_key
from texts.catalog import say

LONGEST_PLACE = 300
OMB = "omb"  # where nobody can say which khet it is, the Ombudsman's officers find out


def is_known(slots: Slots) -> bool:
    """Whether the office is found."""
    return bool(slots.get("place", {}).get("org"))


def is_agreed(slots: Slots) -> bool:
    """Whether nobody needs to be asked about it any more."""
    where = slots.get("place", {})
    return bool(where.get("org")) and bool(where.get("sure") or slots.get("place_agreed"))


def find_in(words: str, setting: Setting) -> dict[str, Any]:
    """The place that a description names by the way: whole, or only the khet, to be asked less later."""
    found = setting.route(None, None, words)
    if found is None or not found.sure:
        return {}
    if tells_spot(words):
        where = _found(found, None, None, "")
        if found.org != OUTSIDE:  # also where the case goes to the Ombudsman alone, the khet must stay with it
            where["place"]["words"] = _understood(where["place"], setting.language)
        return where
    return {"place": {"hint": found.org}} if found.org != OUTSIDE else {}


def ask_place(slots: Slots, setting: Setting) -> list[Message]:
    """Where it is, by pin or in words; or, where a place is told already, only which khet that is."""
    where = slots.get("place", {})
    if where.get("refused") or where.get("words"):
        key = "report.ask_khet_again" if where.get("refused") else "report.ask_khet"
        unknown = named_button(setting, "place", "unknown", "report.khet_not_known")
        return [ask(setting, key, pin_button(setting), unknown)]
    if where.get("hint"):
        khet = name_khet(where["hint"], setting.language)
        return [ask(setting, "report.ask_place_in", pin_button(setting), khet=khet)]
    return [ask(setting, "report.ask_place", pin_button(setting))]


def accept_place(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """A pin with its address, or words."""
    before = slots.get("place", {})
    if answer.kind == "location":
        return _take_pin(answer, slots, setting)
    told = before.get("words", "") if not is_known(slots) else ""
    if not answer.step and has_no_photo(answer.text):
        return Accepted({"photos_done": True})
    if answer.step:
        if answer.value != "unknown" or not (told or before.get("refused")):
            raise Rejected("report.not_yet")
        return _leave_open(before)
    if not has_words(answer.text) or is_yes(answer.text) or is_no(answer.text):
        raise Rejected("report.place_words")
    hint = before.get("hint")
    if is_unsure(answer.text) or is_skip(answer.text):
        if told or before.get("refused"):
            return _leave_open(before)
        found = setting.route(None, None, name_khet(hint, "th")) if hint else None
        if found is None:
            raise Rejected("report.place_words")
        return Accepted(_found(found, None, None, ""))
    words = " ".join(answer.text.split())
    if before.get("refused"):
        return _named_again(before, words, setting)
    told = _join(told, words)
    # Asked for the khet, a person may answer with its bare name, which means less at the end of an address.
    found = _route_name(words, setting) or setting.route(None, None, told)
    if found is None and hint:
        found = setting.route(None, None, f"{told} {name_khet(hint, 'th')}")
    if found is None and asks_back(words) and not tells_spot(words):
        raise Rejected("report.place_words")
    if found is None:
        return Accepted({"place": {"words": told}, "place_agreed": None})
    return Accepted(_found(found, None, None, told))


def _take_pin(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """The pin says where; the words told before stay beside it, unless they name another khet."""
    before = slots.get("place", {})
    told = "" if before.get("lat") is not None else before.get("words", "")
    words = _join(told, answer.address)
    found = setting.route(answer.latitude, answer.longitude, words)
    if found is None:
        raise Rejected("report.place_unknown")
    if told and before.get("org") not in (None, found.org):
        words = answer.address
        found = setting.route(answer.latitude, answer.longitude, words) or found
    changed = _found(found, answer.latitude, answer.longitude, words)
    return Accepted(changed, _say_got(changed["place"], slots, setting))


def _say_got(where: Mapping[str, Any], slots: Slots, setting: Setting) -> tuple[Message, ...]:
    """That the pin has come, and what it says; left out where the next question asks whether that is right."""
    if not where["sure"] and "description" in slots and "category" in slots:
        return ()
    if where["org"] == OUTSIDE:
        return (tell(setting, "report.pin_got_outside"),)
    return (tell(setting, "report.pin_got", place=_understood(where, setting.language)),)


def _named_again(before: Mapping[str, Any], words: str, setting: Setting) -> Accepted:
    """The khet we read was wrong: keep the pin and the words, take the khet that is named now."""
    found = _route_name(words, setting)
    if found is None:
        raise Rejected("report.khet_unknown")
    told = _join(before.get("words", ""), words)
    changed = _found(found, before.get("lat"), before.get("lng"), told)
    changed["place"]["sure"] = found.org != OUTSIDE
    return Accepted(changed)


def _route_name(words: str, setting: Setting) -> Routing | None:
    """Some khet share their name with a road or a town: asked where, who says only that means the khet."""
    found = setting.route(None, None, words)
    named = read_as_khet(words) if found is None else ""
    if not named:
        return found
    found = setting.route(None, None, named)
    return found if found and _is_name_of(named, found.org) else None


def _is_name_of(named: str, code: str) -> bool:
    thai, english = name_khet(code, "th"), f"khet {name_khet(code, 'en').removesuffix(' District')}"
    return fold_thai(named) == fold_thai(thai) or latin_key(named) == latin_key(english)


def _leave_open(before: Mapping[str, Any]) -> Accepted:
    """Nobody knows the khet: better an officer looks it up than that the report is never sent."""
    kept = {name: before.get(name) for name in ("lat", "lng")}
    words = before.get("words", "")
    return Accepted(
        {"place": {**kept, "words": words, "org": OMB, "how": "unknown", "sure": True}, "place_agreed": None}
    )


def _join(told: str, words: str) -> str:
    if not told or told in words:
        return words[:LONGEST_PLACE]
    return (told if words in told else f"{told} {words}")[:LONGEST_PLACE]


def _found(found: Routing, latitude: float | None, longitude: float | None, words: str) -> dict[str, Any]:
    by_pin = latitude is not None
    return {
        "place": {
            "lat": latitude,
            "lng": longitude,
            "words": words[:LONGEST_PLACE],
            "org": found.org,
            "alternatives": list(found.alternatives),
            "how": found.how,
            "khwaeng": found.khwaeng,
            "sure": by_pin and found.sure and found.org != OUTSIDE,
        },
        "place_agreed": None,
    }


def ask_place_ok(slots: Slots, setting: Setting) -> list[Message]:
    """Is it this khet?"""
    where = slots["place"]
    buttons = [
        named_button(setting, "place_ok", "yes", "report.place_yes"),
        named_button(setting, "place_ok", "no", "report.place_no"),
        pin_button(setting),
    ]
    if where["org"] == OUTSIDE:
        return [ask(setting, "report.place_outside", *buttons)]
    return [ask(setting, "report.place_ok", *buttons, place=_understood(where, setting.language))]


def accept_place_ok(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """Yes, no, the right khet in words, or more words about the spot."""
    where = slots["place"]
    if answer.value == "yes" or (not answer.step and (is_yes(answer.text) or is_unsure(answer.text))):
        return Accepted({"place_agreed": True})
    refused = not answer.step and (is_no(answer.text) or find_change(answer.text) == "place")
    if answer.value == "no" or refused:
        return Accepted({"place": _refuse(where), "place_agreed": None})
    if answer.step or not has_words(answer.text):
        raise Rejected("report.place_yes_or_no")
    agreed, words = split_answer(" ".join(answer.text.split()))
    found = _route_name(words, setting)
    if found is not None and found.org != where["org"]:
        if where.get("lat") is not None:
            return _named_again(_refuse(where) or {}, words, setting)
        return Accepted(_found(found, None, None, _join(where["words"], words)))
    if not agreed:
        left = _refuse(where) or {}
        left["words"] = _join(left.get("words", ""), words)
        return Accepted({"place": left, "place_agreed": None})
    more = {"place": {**where, "words": _join(where["words"], words)}}
    if words != answer.text.strip():  # it began with a yes
        return Accepted(more | {"place_agreed": True})
    return Accepted(more, (tell(setting, "report.place_added"),))


def hear_other_khet(text: str, slots: Slots, setting: Setting) -> Accepted | None:
    """The bare name of another khet than the place's: the khet is changed, and asked about where no pin says it."""
    where = slots["place"]
    words = " ".join(text.split())
    code = find_khet(words, setting)
    if code is None or code == where["org"]:
        return None
    if where.get("lat") is not None:
        return _named_again(_refuse(where) or {}, words, setting)
    found = _route_name(words, setting)
    return Accepted(_found(found, None, None, _join(where["words"], words))) if found else None


def find_khet(text: str, setting: Setting) -> str | None:
    """The khet that the words name and nothing else."""
    named = read_as_khet(text)
    found = setting.route(None, None, named) if named else None
    if found is None or found.org == OUTSIDE:
        return None
    return found.org if _is_name_of(named, found.org) else None


def _refuse(where: Mapping[str, Any]) -> dict[str, Any] | None:
    """What is left of a place whose khet is wrong: the pin, and what was told."""
    if where.get("lat") is None:
        return None
    return {"lat": where["lat"], "lng": where["lng"], "words": where["words"], "refused": True}


def name_khet(code: str, language: str) -> str:
    """A khet as people call it."""
    office = find_organisation(code)
    if office is None:
        return code
    return office.short_th if language == "th" else office.short_en


def _understood(where: Mapping[str, Any], language: str) -> str:
    khet = name_khet(where["org"], language)
    khwaeng = where.get("khwaeng")
    if khwaeng and language != "th":
        known = find_khwaeng(khwaeng, int(where["org"].partition(":")[2]))
        khwaeng = known.name_en if known else None
    return say(language, "report.khet_khwaeng", khet=khet, khwaeng=khwaeng) if khwaeng else khet


def name_office(where: Mapping[str, Any], language: str) -> str:
    """The office that will get it, as people call it."""
    code = OMB if where["org"] == OUTSIDE else where["org"]
    office = find_organisation(code)
    if office is None:
        return str(code)
    return office.name_th if language == "th" else office.name_en


def describe(where: Mapping[str, Any], language: str) -> str:
    """The place in one line: the words told, and the khet where they lack it."""
    words = where.get("words") or ""
    if where["org"] == OMB:
        return f"{words} · {say(language, 'report.khet_open')}".strip(" ·")
    if where["org"] == OUTSIDE:
        return f"{words} · {say(language, 'report.outside')}".strip(" ·")
    if _names_khet(words, where["org"]):
        return words
    return f"{words} · {_understood(where, language)}".strip(" ·")


def _names_khet(words: str, code: str) -> bool:
    """Whether the words name the khet. A bare Thai name may be a road's; an English one ends the line."""
    english = name_khet(code, "en").lower()
    bare, said = english.removesuffix(" district"), words.lower().rstrip(" .")
    return name_khet(code, "th") in words or english in said or f"khet {bare}" in said or said.endswith(bare)


def border_note(where: Mapping[str, Any], setting: Setting) -> list[Message]:
    """Near a border: say to whom it goes first, and that it may be the other's."""
    others = [code for code in where.get("alternatives", ()) if code != where["org"]]
    names = [name_khet(code, setting.language) for code in others]
    if not names or where.get("how") != "boundary":
        return []
    first = name_khet(where["org"], setting.language)
    return [tell(setting, "report.near_border", others=", ".join(names), first=first)]
