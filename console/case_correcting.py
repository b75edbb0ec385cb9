"""Category and place of a case put right from its page: what the forms offer, how they are read, what a preview shows.

The place is typed, tapped on the map or chosen as on the form of an intake. What will be otherwise is compared line by
line; another district is said, with the way to its office beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from cases import correcting, going_back, views
from cases.categories import Category, get_category, list_categories
from cases.statuses import Action
from console.case_steps import CATEGORY, WHERE, Step
from console.case_wishes import Refused, Wish
from console.desk import Desk
from console.intake_fields import LONGEST, Fields, find_either, make_place
from console.intake_pin import Pin, read_pin
from console.intake_view import list_places
from places.address import find_places
from places.routing import OUTSIDE
from storage import boundaries, case_file
from storage.models import Case
from texts.catalog import say
from texts.moments import say_moment

GROUPS = ("plain", "danger", "confidential", "over")
PARTS = ("place", "org", "spot")
ALIKE = 0.000001  # degrees


@dataclass(frozen=True, slots=True)
class State:
    """How a case is before or after: lines of words by what they are about, and what decides what else is said."""

    lines: Mapping[str, str]
    confidential: bool
    danger: bool


@dataclass(frozen=True, slots=True)
class Way:
    """A button, and what the form holds when it is pressed, beside what was filled in."""

    label: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Offer:
    """What may go with the step, or be otherwise: asked for by a button, and looked at again before it goes."""

    words: str
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the preview shows beside what people will read. `changes`: what it is about, before and after.

    `open`: one of what is offered must be chosen before it can go.
    """

    changes: tuple[tuple[str, str, str], ...] = ()
    offers: tuple[Offer, ...] = ()
    notes: tuple[str, ...] = ()
    shields: bool = False
    open: bool = False


NOTHING = Outcome()


def see_choices(desk: Desk, session: Session, case: Case, step: Step, given: Mapping[str, str]) -> dict[str, object]:
    """What the two forms need beside what was filled in; at first they hold what is known."""
    layer_id = boundaries.find_newest_id(session) if WHERE in step.fields else None
    spot = f"{case.latitude:.6f}, {case.longitude:.6f}" if case.latitude is not None else ""
    known = {"category": case.category, "place": case.place, "spot": spot, "org": ""}
    return {
        "kinds": _list_kinds(desk.language, case.category) if CATEGORY in step.fields else [],
        "khet": list_places(desk.language) if WHERE in step.fields else [],
        "typed": {name: given.get(name, "") if given else told for name, told in known.items()},
        "layer_id": layer_id,
        "longest_part": LONGEST,
    }


def _list_kinds(language: str, held: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every category in its group, in the order of the list; one that is no longer offered only where it is held."""
    groups: dict[str, list[tuple[str, str]]] = {name: [] for name in GROUPS}
    for one in list_categories():
        if one.offered or one.confidential or one.code == held:
            groups[_find_group(one)].append((one.code, views.name_category(one.code, language)))
    return [(say(language, f"console.case.kinds_{name}"), kinds) for name, kinds in groups.items() if kinds]


def _find_group(category: Category) -> str:
    if category.confidential:
        return "confidential"
    if not category.offered:
        return "over"
    return "danger" if category.danger_prone else "plain"


def read_where(session: Session, case: Case, given: Mapping[str, str]) -> dict[str, Any]:
    """The place of this form, as a conversation keeps one. Words that name no district leave it where it was."""
    told = Fields.load({name: given.get(name, "") for name in PARTS})
    if told.spot and told.pin is None:
        raise Refused("console.intake.wrong_spot", "spot")
    if not (told.place or told.spot or told.org):
        raise Refused("console.case.wrong_where", "place")
    where = make_place(session, told)
    if not told.org and not told.spot and where["how"] == "unknown" and case.district is not None:
        where |= {"org": case.district, "how": case.routed_by, "alternatives": list(case.alternatives)}
    return where


def list_either(case: Case, where: Mapping[str, Any]) -> tuple[str, ...]:
    """The khet of which one must be chosen first; none where the place is as it was."""
    either = find_either(where)
    return () if either and _is_as_it_was(case, where) else either


def _is_as_it_was(case: Case, where: Mapping[str, Any]) -> bool:
    """Whether the form left the pin alone, and the khet comes out the same; it holds six digits of either."""
    if case.latitude is None or case.longitude is None:
        return False
    same = abs(where["lat"] - case.latitude) < ALIKE and abs(where["lng"] - case.longitude) < ALIKE
    return same and (where["org"] if where["org"] != OUTSIDE else None) == case.district


def see_state(desk: Desk, session: Session, case: Case) -> State:
    """How the case is at this moment of the rehearsal."""
    language = desk.language
    pin = f"{case.latitude:.5f}, {case.longitude:.5f}" if case.latitude is not None else ""
    holder, moving = views.name_holder(case, language)
    lines = {
        "category": views.name_category(case.category, language),
        "danger_now": say(language, "console.case.danger_yes" if case.danger else "console.case.danger_no"),
        "place": case.place,
        "khet": views.name_khet(case.district, language) if case.district else "",
        "pin": pin,
        "holder": say(language, "console.case.moving_to", office=holder) if moving and holder else holder or "",
    }
    for clock in (*case_file.list_running(session, case.id), *going_back.list_paused(session, case)):
        lines[f"clock_{clock.kind}"] = say_moment(language, clock.due_at, now=desk.now)
    return State(lines, case.confidential, bool(case.danger))


def compare(desk: Desk, session: Session, case: Case, before: State, wish: Wish) -> Outcome:
    """What the step has changed, and what may go with it."""
    after = see_state(desk, session, case)
    names = dict.fromkeys((*before.lines, *after.lines))
    changes = tuple(
        (desk.say(f"console.case.{name}"), before.lines.get(name) or "–", after.lines.get(name) or "–")
        for name in names
        if before.lines.get(name, "") != after.lines.get(name, "")
    )
    notes: list[str] = []
    offers: list[Offer] = []
    if wish.where is not None:
        pin = read_pin(session, wish.where)
        others = [views.name_khet(code, desk.language) for code in case.alternatives if code != case.district]
        if others and (pin is None or case.district in pin.may_be):
            notes.append(desk.say("console.case.near_border", others=", ".join(others)))
        named = [f"{correcting.KHET}{dcode}" for dcode in find_places(case.place).dcodes]
        if case.district and named and case.district not in named:
            khet = views.name_khet(named[0], desk.language)
            notes.append(desk.say("console.case.place_words_differ", khet=khet))
        if wish.where["org"] == OUTSIDE:
            notes.append(desk.say("console.case.place_outside"))
        if wish.either:
            offers.append(_offer_khet(desk, wish.either))
        else:
            offers += _offer_place(desk, case, pin, named)
            offers += _offer_handing(desk, session, case, wish)
    elif wish.category and after.confidential and before.confidential and not get_category(case.category).confidential:
        notes.append(desk.say("console.case.stays_secret"))
    if wish.category and not after.danger and get_category(case.category).danger_prone:
        way = Way(desk.say("console.case.danger_raise"), {"danger": "1"})
        offers.append(Offer(desk.say("console.case.danger_prone"), (way,)))
    shields = after.confidential and not before.confidential
    if shields:
        notes.append(desk.say("console.case.undo_not_secret", step=desk.say("console.case.do_unshield")))
    elif wish.hand and case.transfer_to is None:
        notes.append(say_return(desk, session, case))
    return Outcome(changes, tuple(offers), tuple(notes), shields, open=bool(wish.either))


def say_return(desk: Desk, session: Session, case: Case) -> str:
    """Of a case that was handed out: whether, and for how long, that can be taken back."""
    back = correcting.find_handed_out(session, case, desk.now) is not None
    minutes = int(correcting.RETURN_WITHIN.total_seconds() // 60)
    return desk.say("console.case.undo_handed" if back else "console.case.undo_not_handed", minutes=minutes)


def _offer_khet(desk: Desk, either: Sequence[str]) -> Offer:
    """Nobody said yet in which of these it lies."""
    key = "choose_outside" if either[0] == OUTSIDE else "choose_khet"
    ways = [Way(_say_lying(desk, code), {"org": code, "hand": ""}) for code in either]
    return Offer(desk.say(f"console.case.{key}"), tuple(ways))


def _say_lying(desk: Desk, code: str) -> str:
    if code == OUTSIDE:
        return desk.say("console.case.lies_outside")
    return desk.say("console.case.lies_in", khet=views.name_khet(code, desk.language))


def _offer_place(desk: Desk, case: Case, pin: Pin | None, named: Sequence[str]) -> list[Offer]:
    """The pin lies in one khet, and another was chosen or is named in the words: which of them is right?"""
    if pin is None or case.district is None:
        return []
    lies_in = _name_lying(desk, pin.khet)
    if case.district not in pin.may_be:
        khet = views.name_khet(case.district, desk.language)
        ways = (
            Way(desk.say("console.case.pin_drop", khet=khet), {"spot": "", "org": case.district, "hand": ""}),
            Way(desk.say("console.case.pin_keep", pin=lies_in), {"org": pin.khet, "hand": ""}),
        )
        return [Offer(desk.say("console.case.pin_elsewhere", pin=lies_in, khet=khet), ways)]
    if not named or pin.may_be & {*named}:
        return []
    khet = views.name_khet(named[0], desk.language)
    ways = (
        Way(desk.say("console.case.pin_drop", khet=khet), {"spot": "", "org": named[0], "hand": ""}),
        Way(desk.say("console.case.pin_stays", khet=khet), {"org": named[0], "hand": ""}),
    )
    return [Offer(desk.say("console.case.pin_decides", pin=lies_in), ways)]


def _name_lying(desk: Desk, khet: str) -> str:
    return desk.say("console.case.pin_outside") if khet == OUTSIDE else views.name_khet(khet, desk.language)


def _offer_handing(desk: Desk, session: Session, case: Case, wish: Wish) -> list[Offer]:
    if wish.hand:
        office = views.name_office(wish.hand, desk.language)
        way = Way(desk.say("console.case.handing_not"), {"hand": ""})
        return [Offer(desk.say("console.case.handing", office=office), (way,))]
    handing = correcting.find_handing(session, case)
    if handing is None:
        return []
    language = desk.language
    names = {"office": views.name_office(handing.to, language), "holder": views.name_office(case.owner, language)}
    elsewhere = desk.say("console.case.elsewhere", **names)
    if handing.way is None:
        why = desk.say(f"console.case.{handing.hindrance.replace('transfer.', 'handing_')}", **names)
        return [Offer(f"{elsewhere} {why}")]
    key = "console.case.hand_over" if handing.way is Action.DISPATCH else "console.case.hand_offer"
    return [Offer(elsewhere, (Way(desk.say(key, **names), {"hand": handing.to}),))]


def say_audit(case: Case, wish: Wish) -> dict[str, str]:
    """For the audit log, before it is done: from what to what, in nobody's words."""
    if wish.category:
        return {"before": case.category, "after": wish.category} | ({"danger": "yes"} if wish.danger else {})
    if wish.where is None:
        return {}
    told = {"before": case.district or "", "after": str(wish.where["org"])}
    return told | ({"receiver": wish.hand} if wish.hand else {})


def name_correction(details: Mapping[str, Any], language: str) -> str:
    """What was put right, with how it was before."""
    before, after = details.get("before"), details.get("after")
    if details.get("what") == correcting.PLACE and before and after:
        return say(
            language, "console.case.did_correct_place", before=_name(before, language), after=_name(after, language)
        )
    if details.get("what") == correcting.DANGER or (details.get("calm") and before == after):
        return say(language, "console.case.did_calm" if details.get("calm") else "console.case.did_danger")
    if not before or not after:
        return say(language, "console.case.did_correct")
    names = {"before": views.name_category(before, language), "after": views.name_category(after, language)}
    mark = "danger" if details.get("danger") else "calm" if details.get("calm") else "category"
    key = f"console.case.did_correct_{mark}"
    return say(language, key, **names)


def _name(place: Mapping[str, Any], language: str) -> str:
    """A place as history keeps it: its words and khet, else its pin."""
    words, district = " ".join(place["place"].split()), place["district"]
    khet = views.name_khet(district, language) if district else ""
    parts = [words, khet if khet not in words else ""]
    pin = f"{place['latitude']:.5f}, {place['longitude']:.5f}" if place["latitude"] is not None else ""
    return " · ".join(part for part in parts if part) or pin or say(language, "office.no_place")
