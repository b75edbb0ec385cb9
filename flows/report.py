"""Telling of a problem: what, what kind, where, photos, phone, name, and a last look before it is sent."""

from typing import Any

from bot.messages.review_card import ReviewView, review
from bot.messages.welcome import DangerView
from bot.messages.welcome import danger as danger_bubble
from cases.categories import find_category, get_category, list_categories
from cases.danger import find_danger
from cases.triage import suggest
from flows import place
from flows.answers import Answer, Message, Setting, Slots
from flows.engine import Accepted, Flow, Rejected, Step
from flows.prompts import ask, button, camera_buttons, named_button, tell
from flows.words import find_phone, is_skip, is_yes
from texts.catalog import say

LONGEST_DESCRIPTION = 5000
MOST_PHOTOS = 10
A_SCREEN = 10  # of the thirteen buttons LINE shows, beside the ways back and out
LONGEST_NAME = 80
ATTACHMENTS = frozenset({"image", "video", "audio"})


# --- what happened -------------------------------------------------------------------------------------------------
def ask_description(slots: Slots, setting: Setting) -> list[Message]:
    """What happened; somebody who sent a voice message may let it stand for words."""
    buttons = (
        [named_button(setting, "description", "voice", "report.use_voice")] if slots.get("voices") else []
    )
    key = "report.ask_description_with_media" if slots.get("media") else "report.ask_description"
    return [ask(setting, key, *buttons)]


def accept_description(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """Words, kept whole up to 5,000 characters; they suggest the category and show danger numbers."""
    if answer.value == "voice":
        words = say(setting.language, "report.voice_only")
    else:
        words = _joined(slots, answer.text)
    if not any(char.isalnum() for char in words):
        raise Rejected("report.description_empty")
    return Accepted(_described(words, slots), tuple(_dangers(words, slots, setting)))


def _joined(slots: Slots, more: str) -> str:
    before = slots.get("description")
    return f"{before}\n{more}"[:LONGEST_DESCRIPTION] if before else more[:LONGEST_DESCRIPTION]


def _described(words: str, slots: Slots) -> dict[str, Any]:
    suggestion = suggest(words)
    found = find_danger(words)
    changed: dict[str, Any] = {
        "description": words,
        "suggested": list(suggestion.codes),
        "danger": list(found.kinds) if found else None,
    }
    if not slots.get("category_chosen"):
        changed["category"] = suggestion.codes[0] if suggestion.confident else None
    return changed


def _dangers(words: str, slots: Slots, setting: Setting) -> list[Message]:
    found = find_danger(words)
    if not found or slots.get("danger") == list(found.kinds):
        return []
    return [danger_bubble(DangerView(tuple(found.numbers)), setting.language)]


# --- what kind -----------------------------------------------------------------------------------------------------
def ask_category(slots: Slots, setting: Setting) -> list[Message]:
    """The three likeliest first, then all of them, a screen of buttons at a time."""
    page = slots.get("category_page", 0)
    if page:
        every = [category.code for category in list_categories()]
        codes, more = every[(page - 1) * A_SCREEN : page * A_SCREEN], page * A_SCREEN < len(every)
    else:
        codes, more = list(slots.get("suggested", ())), True
    buttons = [button(setting, "category", code, _category_name(code, setting.language)) for code in codes]
    if more:
        buttons.append(named_button(setting, "category", f"page{page + 1}", "report.more_categories"))
    return [ask(setting, "report.ask_category", *buttons)]


def accept_category(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """A tapped category, or one named or described in words."""
    if answer.value in ("page1", "page2"):
        return Accepted({"category_page": int(answer.value[-1]), "category": None})
    if answer.step:
        if find_category(answer.value) is None:
            raise Rejected("report.category_unknown")
        return Accepted({"category": answer.value, "category_chosen": True, "category_page": None})
    typed = answer.text.strip().lower()
    for category in list_categories():
        if typed in (category.th.lower(), category.en.lower(), category.code):
            return Accepted({"category": category.code, "category_chosen": True, "category_page": None})
    words = _joined(slots, answer.text)
    changed = _described(words, slots)
    if changed["category"] is None:  # still unsure: the likeliest stands, and the review lets it be changed
        changed["category"] = changed["suggested"][0]
    return Accepted(changed | {"category_page": None}, tuple(_dangers(words, slots, setting)))


def _category_name(code: str, language: str) -> str:
    category = get_category(code)
    return category.th if language == "th" else category.en


# --- photos --------------------------------------------------------------------------------------------------------
def ask_photos(slots: Slots, setting: Setting) -> list[Message]:
    """Photos, as many as ten; those already sent are counted."""
    count = len(slots.get("media", ()))
    if not count:
        skip = named_button(setting, "photos", "done", "report.no_photos")
        return [ask(setting, "report.ask_photos", *camera_buttons(setting), skip)]
    done = named_button(setting, "photos", "done", "report.photos_done")
    clear = named_button(setting, "photos", "clear", "report.photos_clear")
    room = camera_buttons(setting) if count < MOST_PHOTOS else ()
    key = "report.photos_count" if count < MOST_PHOTOS else "report.photos_full"
    return [ask(setting, key, done, *room, clear, count=count)]


def accept_photos(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """An attachment, or a tap that no more are coming."""
    media = list(slots.get("media", ()))
    if answer.value == "done" or (answer.kind == "text" and is_skip(answer.text)):
        return Accepted({"photos_done": True})
    if answer.value == "clear":
        return Accepted(
            {"media": None, "voices": None, "photos_done": None}, (tell(setting, "report.photos_cleared"),)
        )
    if answer.media_id is None:  # words while photos were asked for: they belong to the story
        words = _joined(slots, answer.text)
        says = (*_dangers(words, slots, setting), tell(setting, "report.description_added"))
        return Accepted(_described(words, slots), says)
    if answer.media_id in media:
        return Accepted({}, quiet=True)
    if len(media) >= MOST_PHOTOS:
        raise Rejected("report.photos_full_refused", count=MOST_PHOTOS)
    media.append(answer.media_id)
    changed: dict[str, Any] = {"media": media}
    if answer.kind == "audio":
        changed["voices"] = True
    more_coming = 1 < answer.album_seen < answer.album_total
    says = (
        () if slots.get("photos_done") is None else (tell(setting, "report.photo_added", count=len(media)),)
    )
    if answer.kind != "image" and "description" not in slots:
        says = (tell(setting, "report.attachment_kept"),)
    return Accepted(changed, says, quiet=more_coming)


# --- phone and name ------------------------------------------------------------------------------------------------
def ask_phone(slots: Slots, setting: Setting) -> list[Message]:
    """A telephone number, if the person likes."""
    return [ask(setting, "report.ask_phone", named_button(setting, "phone", "none", "report.no_phone"))]


def accept_phone(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """A Thai number of nine or ten digits, or none."""
    if answer.value == "none" or is_skip(answer.text):
        return Accepted({"phone": ""})
    number = find_phone(answer.text)
    if number is None:
        raise Rejected("report.phone_wrong")
    return Accepted({"phone": number})


def ask_name(slots: Slots, setting: Setting) -> list[Message]:
    """Whether the district may see who this is: only by typing a name, and the phone goes with it."""
    key = "report.ask_name_and_phone" if slots.get("phone") else "report.ask_name"
    return [ask(setting, key, named_button(setting, "name", "hidden", "report.hide_name"))]


def accept_name(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """The name to show, or none."""
    if answer.value == "hidden" or is_skip(answer.text):
        return Accepted({"name": ""})
    name = " ".join(answer.text.split())
    if not any(char.isalpha() for char in name) or len(name) > LONGEST_NAME:
        raise Rejected("report.name_wrong")
    return Accepted({"name": name})


# --- the last look -------------------------------------------------------------------------------------------------
def ask_review(slots: Slots, setting: Setting) -> list[Message]:
    """Everything told so far, each part to be changed by a tap."""
    where = slots["place"]
    view = ReviewView(
        run=setting.run,
        description=slots["description"],
        category=_category_name(slots["category"], setting.language),
        place=place.describe(where, setting.language),
        photos=len(slots.get("media", ())),
        attachments=0,
        phone=slots.get("phone") or None,
        name=slots.get("name") or None,
        org=place.name_office(where, setting.language),
        confidential=is_confidential(slots),
        danger=bool(slots.get("danger")),
    )
    return [*place.border_note(where, setting), review(view, setting.language)]


def accept_review(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """Yes sends it; other words are added to the story and shown again."""
    if answer.value == "yes" or (answer.kind == "text" and is_yes(answer.text)):
        return Accepted({"review": True})
    if answer.kind != "text":
        raise Rejected("report.not_here")
    words = _joined(slots, answer.text)
    says = (*_dangers(words, slots, setting), tell(setting, "report.description_added"))
    return Accepted(_described(words, slots), says)


def is_confidential(slots: Slots) -> bool:
    """Whether this must stay with the Ombudsman: a grievance about an official or an office."""
    category = find_category(slots.get("category", ""))
    return bool(category and category.confidential)


REPORT = Flow(
    name="report",
    steps=(
        Step("description", ask=ask_description, accept=accept_description),
        Step("category", ask=ask_category, accept=accept_category),
        Step(
            "place",
            ask=place.ask_place,
            accept=place.accept_place,
            takes=frozenset({"location", "text"}),
            filled=place.is_known,
        ),
        Step("place_ok", ask=place.ask_place_ok, accept=place.accept_place_ok, filled=place.is_agreed),
        Step(
            "photos",
            ask=ask_photos,
            accept=accept_photos,
            takes=ATTACHMENTS | {"text"},
            filled=lambda slots: bool(slots.get("photos_done")),
        ),
        Step("phone", ask=ask_phone, accept=accept_phone),
        Step("name", ask=ask_name, accept=accept_name, when=lambda slots: not is_confidential(slots)),
        Step("review", ask=ask_review, accept=accept_review),
    ),
    clears={
        "description": ("suggested", "danger", "review"),
        "category": ("category_chosen", "review"),
        "place": ("place_agreed", "review"),
        "photos": ("photos_done", "review"),
    },
)
