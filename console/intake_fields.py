"""What stands in the form of an intake: read as it was typed, checked, and made into what the intake takes."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from cases.categories import find_category
from cases.desk import OMB
from cases.intake_by_staff import CHANNELS, Told
from cases.triage import suggest
from console.khet_outlines import find_layer
from flows.words import find_phone, has_words
from integrations.mail import BadAddress, read_address
from places.address import find_places
from places.organisations import list_khet
from places.routing import OUTSIDE, Routing, clean_pin, route
from storage import boundaries

LONGEST = {"description": 5000, "place": 300, "spot": 300, "phone": 40, "name": 80, "email": 254, "event": 120}
UNKNOWN = "unknown"  # nobody can say which khet it is: the officers find out
BY_STAFF = "staff"  # how a case was routed
_SPOT = re.compile(r"(-?\d{1,3}\.\d+)\s*[,/ ]\s*(-?\d{1,3}\.\d+)")
_NAME = re.compile(r"[A-Za-z0-9_-]{16,32}")


@dataclass(frozen=True, slots=True)
class Fields:
    """The form. `caller`: the key of a reporter known from before; `mail`: of the mail that is made into a case;
    `sure`: the mark of what was asked about the caller, and is so; `settled`: of a pin that is left in another khet.
    """

    description: str = ""
    category: str = ""
    place: str = ""
    org: str = ""
    spot: str = ""
    channel: str = CHANNELS[0]
    event: str = ""
    phone: str = ""
    name: str = ""
    email: str = ""
    language: str = "th"
    caller: str = ""
    mail: str = ""
    sure: str = ""
    settled: str = ""
    shown: bool = False
    danger: bool = False
    confidential: bool = False

    @classmethod
    def read(cls, form: MultiDict[str, str]) -> "Fields":
        """As it was sent."""
        return cls.load({field.name: form.get(field.name, "") for field in fields(cls)})

    @classmethod
    def load(cls, kept: Mapping[str, Any]) -> "Fields":
        """As it was kept; what is not what it should be is left out."""
        values: dict[str, Any] = {}
        for field in fields(cls):
            told = kept.get(field.name, "")
            if field.type is bool or field.type == "bool":
                values[field.name] = bool(told)
            else:
                words = str(told or "").replace("\r\n", "\n").strip()
                values[field.name] = words[: LONGEST.get(field.name, 40)]
        return cls(**(values | {"channel": values["channel"] if values["channel"] in CHANNELS else CHANNELS[0]}))

    def to_json(self) -> dict[str, Any]:
        """To be kept as a draft; nothing where nothing was typed."""
        told = {name: value for name, value in asdict(self).items() if value}
        typed = told.keys() - {"channel", "language", "mail"}
        return told if typed else {}

    @property
    def pin(self) -> tuple[float, float] | None:
        """The spot, as numbers; None where there is none, or none that lies on earth."""
        found = _SPOT.search(self.spot)
        return clean_pin(float(found[1]), float(found[2])) if found else None

    @property
    def guessed(self) -> str:
        """The category that is chosen, else the one that the words plainly tell of."""
        if find_category(self.category):
            return self.category
        found = suggest(self.description) if self.description else None
        return found.codes[0] if found is not None and found.confident else ""


def make_name() -> str:
    """A new form's name."""
    return secrets.token_urlsafe(16)


def is_name(name: str) -> bool:
    """Whether this may be a form's name."""
    return bool(_NAME.fullmatch(name))


def read_key(words: str) -> int | None:
    """The key of a row, as a form or an address names it; None where it can be none."""
    return int(words) if words.isdecimal() and len(words) < 18 else None


def find_problems(told: Fields) -> dict[str, str]:
    """What keeps the form from being saved: keys of words, by field."""
    problems: dict[str, str] = {}
    if not has_words(told.description):
        problems["description"] = "console.intake.wrong_description"
    if not told.guessed:
        problems["category"] = "console.intake.wrong_category"
    if told.spot and told.pin is None:
        problems["spot"] = "console.intake.wrong_spot"
    if told.phone and find_phone(told.phone) is None:
        problems["phone"] = "console.intake.wrong_phone"
    if told.email and _read_email(told.email) is None:
        problems["email"] = "console.intake.wrong_email"
    if told.channel == "event" and not told.event:
        problems["event"] = "console.intake.wrong_event"
    return problems


def _read_email(words: str) -> str | None:
    try:
        return read_address(words).lower()
    except BadAddress:
        return None


def find_contact(told: Fields) -> tuple[str | None, str | None]:
    """Telephone number and address in one form, as far as they are right."""
    return (find_phone(told.phone) if told.phone else None), (_read_email(told.email) if told.email else None)


def route_fields(session: Session, told: Fields) -> Routing | None:
    """Where the place lies, by the spot, by its words, else by those of the description."""
    layer_id = boundaries.find_newest_id(session)
    layer = find_layer(session, layer_id) if layer_id is not None else None
    latitude, longitude = told.pin or (None, None)
    return route(latitude, longitude, told.place or told.description, layer)


def make_place(session: Session, told: Fields) -> dict[str, Any]:
    """The place as the intake takes it: the khet that was chosen, else the one that was found."""
    found = route_fields(session, told)
    latitude, longitude = told.pin or (None, None)
    place: dict[str, Any] = {"words": told.place, "lat": latitude, "lng": longitude, "alternatives": []}
    if told.org in {f"district:{khet.dcode}" for khet in list_khet()} | {OUTSIDE}:
        others = [found.org, *found.alternatives] if found is not None else []
        others = [code for code in dict.fromkeys(others) if code not in (told.org, OUTSIDE)]
        return place | {"org": told.org, "how": BY_STAFF, "alternatives": others if told.org != OUTSIDE else []}
    if found is None or told.org == UNKNOWN:
        return place | {"org": OMB, "how": UNKNOWN}
    return place | {"org": found.org, "how": found.how, "alternatives": list(found.alternatives)}


def find_either(where: Mapping[str, Any], words: str = "") -> tuple[str, ...]:
    """The khet of which one must be chosen: the pin lies near a border, is guessed, or lies outside, and nobody said
    which. None where that was chosen, or is named in what is told of the place, or else in `words`.
    """
    if where.get("lat") is None or where["how"] in (BY_STAFF, UNKNOWN):
        return ()
    either = tuple(dict.fromkeys((where["org"], *where["alternatives"])))
    if either == (where["org"],) and where["org"] != OUTSIDE:
        return ()
    named = {f"district:{dcode}" for dcode in find_places(where["words"] or words).dcodes}
    return () if [each for each in either if each in named] == [where["org"]] else either


def make_told(session: Session, told: Fields, media: tuple[int, ...]) -> Told:
    """The form as the intake takes it. There must be no problems with it."""
    phone, email = find_contact(told)
    return Told(
        description=told.description,
        category=told.guessed,
        place=make_place(session, told),
        channel=told.channel,
        phone=phone,
        email=email,
        name=told.name or None,
        shown=told.shown,
        event=told.event if told.channel == "event" else None,
        danger=told.danger,
        confidential=told.confidential,
        language=told.language if told.language in ("th", "en") else "th",
        caller=read_key(told.caller),
        media=media,
    )
