"""The last look before a report is sent: every part with a tap to change it, and what will happen next."""

from dataclasses import dataclass

from bot.messages.theme import (
    DANGER,
    LINK,
    Part,
    box,
    bubble,
    button,
    field,
    flex,
    joined,
    panel,
    postback,
    say_text,
    separator,
)
from texts.catalog import say

TEXT_UNITS = 600
TEXT_LINES = 12


@dataclass(frozen=True)
class ReviewView:
    """A report as it stands in the conversation `run`; `org` is who will get it, in words.

    `choosable`: whether the person may say that only the Ombudsman's officers read it.
    """

    run: str
    description: str
    category: str
    place: str
    photos: int
    attachments: int
    phone: str | None
    phone_shown: bool
    name: str | None
    org: str
    confidential: bool
    danger: bool
    choosable: bool = True


def review(view: ReviewView, lang: str) -> Part:
    """The card. Its altText tells nothing of the report: a phone shows it on a locked screen."""
    body: list[Part | None] = [say_text(say(lang, "review.title"), size="xl", weight="bold")]
    for step, value in _list_parts(view, lang):
        body += [_row(view.run, step, value, lang), separator()]
    body += [_next(view, lang), _danger(lang) if view.danger else None]
    send, cancel = say(lang, "button.confirm_send"), say(lang, "button.cancel")
    footer = [
        button(postback(send, f"f:{view.run}:review:yes", display=send), style="primary"),
        button(postback(cancel, f"f:{view.run}:cancel:", display=cancel)),
    ]
    return flex(say(lang, "review.alt"), bubble(body, footer=footer))


def _list_parts(view: ReviewView, lang: str) -> list[tuple[str, str]]:
    missing = say(lang, "review.not_given")
    name = say(lang, "review.name_shown", name=view.name) if view.name else say(lang, "review.name_hidden")
    parts = [
        ("description", view.description or missing),
        ("category", view.category or missing),
        ("place", view.place or missing),
        ("photos", _count_media(view, lang)),
        ("phone", _say_phone(view, lang)),
    ]
    # A confidential report reaches no district, so there is no one to show the name to.
    shown = parts if view.confidential else [*parts, ("name", name)]
    readers = say(lang, "review.readers_officers") if view.confidential else view.org
    return [*shown, ("secret", readers)] if view.choosable else shown


def _say_phone(view: ReviewView, lang: str) -> str:
    if not view.phone:
        return say(lang, "review.no_phone")
    if view.confidential:
        return view.phone
    seen = say(lang, "review.phone_shown" if view.phone_shown else "review.phone_hidden")
    return joined(view.phone, seen)


def _count_media(view: ReviewView, lang: str) -> str:
    photos = say(lang, "review.photo_count", count=view.photos) if view.photos else ""
    others = say(lang, "review.attachment_count", count=view.attachments) if view.attachments else ""
    return joined(photos, others) or say(lang, "review.no_photos")


_STEPS = {
    "description": ("review.description", "review.edit_description"),
    "category": ("review.category", "review.edit_category"),
    "place": ("review.place", "review.edit_place"),
    "photos": ("review.photos", "review.edit_photos"),
    "phone": ("review.phone", "review.edit_phone"),
    "name": ("review.name", "review.edit_name"),
    "secret": ("review.readers", "review.edit_readers"),
}


def _row(run: str, step: str, value: str, lang: str) -> Part:
    label, edit = _STEPS[step]
    long = step == "description"
    words = field(
        say(lang, label),
        value,
        size="md",
        limit=TEXT_UNITS if long else 200,
        lines=TEXT_LINES if long else 4,
    )
    change = say_text(say(lang, "button.edit"), color=LINK, weight="bold", decoration="underline", align="end", flex=0)
    # The whole row can be tapped: the word alone is a small target for a thumb.
    return box(
        "horizontal",
        [words, change],
        spacing="md",
        alignItems="center",
        action=postback(say(lang, edit), f"f:{run}:edit:{step}"),
    )


def _next(view: ReviewView, lang: str) -> Part:
    words = say(lang, "review.next_confidential") if view.confidential else say(lang, "review.next", org=view.org)
    return panel([say_text(words)])


def _danger(lang: str) -> Part:
    return say_text(say(lang, "review.danger"), color=DANGER, weight="bold")
