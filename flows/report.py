"""Telling of a problem: what, what kind, where, photos, phone, name, and a last look before it is sent."""

from bot.messages.review_card import ReviewView, review
from flows import alike, asides, contact, description, kind, matters, photos, place, secrecy, shapes
from flows.answers import Answer, Message, Setting, Slots
from flows.engine import Accepted, Flow, Rejected, Step
from flows.words import has_words, is_no, is_skip, is_yes


def ask_review(slots: Slots, setting: Setting) -> list[Message]:
    """Everything told so far, each part to be changed by a tap."""
    where = slots["place"]
    view = ReviewView(
        run=setting.run,
        description=slots["description"],
        category=kind.name_category(slots["category"], setting.language),
        place=place.describe(where, setting.language),
        photos=photos.count_photos(slots),
        attachments=len(slots.get("recordings", ())),
        phone=slots.get("phone") or None,
        phone_shown=bool(slots.get("phone_shown")),
        name=slots.get("name") or None,
        org=place.name_office(where, setting.language),
        confidential=kind.is_confidential(slots),
        danger=bool(slots.get("danger")),
        choosable=not kind.is_about_officials(slots),
    )
    note = () if view.confidential else place.border_note(where, setting)
    return [*note, review(view, setting.language)]


def accept_review(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """Yes sends it; other words are added to the story and shown again."""
    if answer.value == "yes" or (answer.kind == "text" and is_yes(answer.text)):
        return Accepted({"review": True})
    if answer.kind != "text" or not has_words(answer.text):
        raise Rejected("report.not_here")
    if is_no(answer.text) or is_skip(answer.text):
        raise Rejected("report.review_no")
    moved = place.hear_other_khet(answer.text, slots, setting)
    if moved is not None:
        return moved
    if asides.doubts(answer.text):
        raise Rejected("report.review_no")
    return Accepted(*description.add_words(answer, slots, setting))


def hear_change(text: str, asked: str | None) -> str | None:
    """The part that words want changed; that the khet is wrong answers the question whether it is right."""
    part = asides.find_change(text)
    if part is None and secrecy.hear(text, asked):
        return "secret"
    return None if part == "place" and asked == "place_ok" else part


def is_last(slots: Slots) -> bool:
    """Whether nothing but the last look is open: an older card must not send a report that is half told."""
    following = REPORT.next_step(slots)
    return following is None or following.name == "review"


REPORT = Flow(
    name="report",
    steps=(
        Step(
            "secret",
            ask=secrecy.ask_secret,
            accept=secrecy.accept_secret,
            when=secrecy.is_asked,
            opens_with={"wish": True},
        ),
        Step("description", ask=description.ask_description, accept=matters.accept_story),
        Step(
            "matters",
            ask=matters.ask_matters,
            accept=matters.accept_matters,
            when=matters.is_asked,
            editable=False,
        ),
        Step(
            "category",
            ask=kind.ask_category,
            accept=kind.accept_category,
            ready=lambda slots: "description" in slots,
        ),
        Step(
            "place",
            ask=place.ask_place,
            accept=place.accept_place,
            takes=frozenset({"location", "text"}),
            filled=place.is_known,
        ),
        Step(
            "place_ok",
            ask=place.ask_place_ok,
            accept=place.accept_place_ok,
            ready=place.is_known,
            filled=place.is_agreed,
            editable=False,
        ),
        Step("alike", ask=alike.ask_which, accept=alike.accept_which, when=alike.is_asked, editable=False),
        Step(
            "photos",
            ask=photos.ask_photos,
            accept=photos.accept_photos,
            takes=photos.ATTACHMENTS | {"text"},
            filled=lambda slots: bool(slots.get("photos_done")),
        ),
        Step("phone", ask=contact.ask_phone, accept=contact.accept_phone),
        Step(
            "phone_shown",
            ask=contact.ask_phone_shown,
            accept=contact.accept_phone_shown,
            when=lambda slots: bool(slots.get("phone")) and not kind.is_confidential(slots),
            editable=False,
        ),
        Step(
            "name",
            ask=contact.ask_name,
            accept=contact.accept_name,
            when=lambda slots: not kind.is_confidential(slots),
        ),
        Step("review", ask=ask_review, accept=accept_review, ready=is_last, editable=False),
    ),
    clears={
        "description": ("told", "halves", "matters", "suggested", "danger", "review"),
        "secret": ("review",),
        "matters": ("second", "review"),
        "told": ("description", "suggested", "danger"),
        "category": ("category_chosen", "category_page", "review"),
        "place": ("place_agreed", "review"),
        "place_ok": ("place_agreed", "review"),
        "photos": ("photos_done", "review"),
        "phone": ("phone_shown", "review"),
    },
    forget=matters.forget,
    sound=shapes.REPORT,
    hear_change=hear_change,
    hear_beside=secrecy.hear_beside,
    notice=alike.notice,
    over=alike.is_joined,
)
