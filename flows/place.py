"""Where it is: a pin, or words that name a road, a soi or a khet; agreed with the person unless it is plain."""

from collections.abc import Mapping
from typing import Any

from flows.answers import Answer, Message, Setting, Slots
from flows.engine import Accepted, Rejected
from flows.prompts import ask, named_button, pin_button, tell
from flows.words import is_no, is_yes
from places.address import find_places
from places.organisations import find_organisation
from places.routing import Routing
from texts.catalog import say

LONGEST_PLACE = 300


def is_known(slots: Slots) -> bool:
    """Whether the office is found."""
    return bool(slots.get("place", {}).get("org"))


def is_agreed(slots: Slots) -> bool:
    """Whether nobody needs to be asked about it any more."""
    where = slots.get("place", {})
    return bool(where.get("org")) and bool(where.get("sure") or slots.get("place_agreed"))


def ask_place(slots: Slots, setting: Setting) -> list[Message]:
    """Where it is, by pin or in words; or, where a place is told already, only which khet that is."""
    where = slots.get("place", {})
    key = "report.ask_place"
    if where.get("refused"):
        key = "report.ask_khet_again"
    elif where.get("words"):
        key = "report.ask_khet"
    return [ask(setting, key, pin_button(setting))]


def accept_place(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """A pin with its address, or words."""
    if answer.kind == "location":
        found = setting.route(answer.latitude, answer.longitude, answer.address)
        if found is None:
            raise Rejected("report.place_unknown")
        return Accepted(_found(found, answer.latitude, answer.longitude, answer.address))
    before = slots.get("place", {})
    words = " ".join(answer.text.split())[:LONGEST_PLACE]
    told = (
        f"{before['words']} {words}"[:LONGEST_PLACE] if before.get("words") and not is_known(slots) else words
    )
    if before.get("refused"):
        return _named_again(before, words, told, setting)
    found = setting.route(None, None, told)
    if found is None:
        return Accepted({"place": {"words": told}, "place_agreed": None})
    return Accepted(_found(found, None, None, told))


def _named_again(before: Mapping[str, Any], words: str, told: str, setting: Setting) -> Accepted:
    """The khet we read from the pin was wrong: keep the pin, take the khet that is named now."""
    found = setting.route(None, None, words)
    if found is None:
        raise Rejected("report.khet_unknown")
    changed = _found(found, before.get("lat"), before.get("lng"), told)
    changed["place"]["sure"] = True
    return Accepted(changed)


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
            "sure": by_pin and found.sure,
        },
        "place_agreed": None,
    }


def ask_place_ok(slots: Slots, setting: Setting) -> list[Message]:
    """Is it this khet?"""
    where = slots["place"]
    yes = named_button(setting, "place_ok", "yes", "report.place_yes")
    no = named_button(setting, "place_ok", "no", "report.place_no")
    if where["org"] == "outside":
        return [ask(setting, "report.place_outside", yes, no)]
    return [ask(setting, "report.place_ok", yes, no, place=_understood(where, setting.language))]


def accept_place_ok(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """Yes, no, or another place in words."""
    if answer.value == "yes" or (not answer.step and is_yes(answer.text)):
        return Accepted({"place_agreed": True})
    if answer.value == "no" or is_no(answer.text):
        where = slots["place"]
        if where.get("lat") is not None:
            kept = {"lat": where["lat"], "lng": where["lng"], "words": where["words"], "refused": True}
            return Accepted({"place": kept, "place_agreed": None})
        return Accepted({"place": None, "place_agreed": None})
    if answer.kind != "text" or answer.step:
        raise Rejected("report.not_here")
    where = slots["place"]
    if find_places(answer.text).dcodes or setting.route(None, None, answer.text):
        before = {
            "place": {"lat": where["lat"], "lng": where["lng"], "words": where["words"], "refused": True}
        }
        return accept_place(answer, before if where.get("lat") is not None else {}, setting)
    raise Rejected("report.place_yes_or_no")


def _understood(where: Mapping[str, Any], language: str) -> str:
    office = find_organisation(where["org"])
    khet = (office.short_th if language == "th" else office.short_en) if office else where["org"]
    if where.get("khwaeng"):
        return say(language, "report.khet_khwaeng", khet=khet, khwaeng=where["khwaeng"])
    return khet


def name_office(where: Mapping[str, Any], language: str) -> str:
    """The office that will get it, as people call it."""
    code = "omb" if where["org"] == "outside" else where["org"]
    office = find_organisation(code)
    if office is None:
        return str(code)
    return office.name_th if language == "th" else office.name_en


def describe(where: Mapping[str, Any], language: str) -> str:
    """The place in one line: the words told, and the khet."""
    khet = say(language, "report.outside") if where["org"] == "outside" else _understood(where, language)
    words = where.get("words") or ""
    return words if khet in words else f"{words} · {khet}".strip(" ·")


def border_note(where: Mapping[str, Any], setting: Setting) -> list[Message]:
    """Near a border: say to whom it goes first, and that it may be the other's."""
    others = [find_organisation(code) for code in where.get("alternatives", ()) if code != where["org"]]
    names = [office.short_th if setting.language == "th" else office.short_en for office in others if office]
    first = find_organisation(where["org"])
    if not names or first is None or where.get("how") != "boundary":
        return []
    sent_to = first.short_th if setting.language == "th" else first.short_en
    return [tell(setting, "report.near_border", others=", ".join(names), first=sent_to)]
