"""Photos, voice and video: as many as ten, in any order of arrival, at any moment of the conversation."""

from typing import Any

from flows import description, place
from flows.answers import Answer, Message, Setting, Slots
from flows.engine import Accepted, Rejected
from flows.prompts import ask, ask_lasting, camera_buttons, named_button, tell
from flows.words import gives_phone, has_words, is_nod, is_skip

MOST_PHOTOS = 10
ATTACHMENTS = frozenset({"image", "video", "audio"})


def count_photos(slots: Slots) -> int:
    """How many pictures there are, voice and video left out."""
    return len(slots.get("media", ())) - len(slots.get("recordings", ()))


def ask_photos(slots: Slots, setting: Setting) -> list[Message]:
    """Photos, as many as ten; those already sent are counted."""
    count, every = count_photos(slots), len(slots.get("media", ()))
    if not every:
        skip = named_button(setting, "photos", "done", "report.no_photos")
        return [ask(setting, "report.ask_photos", *camera_buttons(setting), skip)]
    done = named_button(setting, "photos", "done", "report.photos_done")
    clear = named_button(setting, "photos", "clear", "report.photos_clear")
    room = camera_buttons(setting) if every < MOST_PHOTOS else ()
    key = "report.photos_full" if every >= MOST_PHOTOS else "report.photos_count"
    if not count:
        return [ask_lasting(setting, "report.ask_photos_with_recording", done, *room, clear)]
    # Several photos come as several messages, and each takes away the buttons over the keyboard.
    return [ask_lasting(setting, key, done, *room, clear, count=count)]


def accept_photos(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """An attachment, or a tap that no more are coming."""
    if answer.media_id is not None:
        return _keep(answer, answer.media_id, slots, setting)
    if answer.value == "done" or (answer.kind == "text" and is_skip(answer.text)):
        return Accepted({"photos_done": True})
    if answer.value == "clear":
        gone = {"media": None, "recordings": None, "voices": None, "photos_done": None}
        return Accepted(gone, (tell(setting, "report.photos_cleared"),))
    if answer.step or not has_words(answer.text):
        raise Rejected("report.not_here")
    if is_nod(answer.text):
        if slots.get("media"):
            return Accepted({"photos_done": True})
        raise Rejected("report.photos_send")
    number = gives_phone(answer.text)
    if number is not None:  # people run ahead
        return Accepted({"phone": number, "phone_shown": None}, (tell(setting, "report.phone_kept", phone=number),))
    return Accepted(*description.add_words(answer, slots, setting))


def forget_media(slots: Slots, media_id: int) -> dict[str, Any]:
    """The slots without one attachment."""
    left = {name: [one for one in slots.get(name, ()) if one != media_id] for name in ("media", "recordings")}
    return {name: kept or None for name, kept in left.items()}


def is_middle_of_album(answer: Answer) -> bool:
    """Whether this is neither the first nor the last photo of several sent at once: nothing is said to it."""
    return 1 < answer.album_seen < answer.album_total


def _keep(answer: Answer, media_id: int, slots: Slots, setting: Setting) -> Accepted:
    media = list(slots.get("media", ()))
    if media_id in media:
        return Accepted({}, quiet=True)
    quiet = is_middle_of_album(answer)
    if len(media) >= MOST_PHOTOS:
        if quiet:
            return Accepted({}, quiet=True)
        raise Rejected("report.photos_full_refused", count=MOST_PHOTOS)
    changed: dict[str, Any] = {"media": [*media, media_id]}
    if answer.kind != "image":
        changed["recordings"] = [*slots.get("recordings", ()), media_id]
    if answer.kind == "audio":
        changed["voices"] = True
    if quiet or _is_counted_next(slots):
        return Accepted(changed, quiet=quiet)
    if answer.kind != "image":
        return Accepted(changed, (tell(setting, "report.attachment_kept"),))
    return Accepted(changed, (tell(setting, "report.photo_added", count=count_photos(slots) + 1),))


def _is_counted_next(slots: Slots) -> bool:
    """Whether the question that follows says by itself what has come."""
    if "description" not in slots:
        return True
    return "category" in slots and place.is_agreed(slots) and not slots.get("photos_done")
