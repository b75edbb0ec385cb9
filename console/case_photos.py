"""The photos of a case as its page shows them: before and after side by side, and what to look at again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import url_for
from sqlalchemy.orm import Session

from cases import disputes, keeping, photo_badge
from cases.statuses import Status
from console.case_reader import Reader
from storage import media, photo_checks
from storage.links import Variant, sign_media
from storage.models import MediaItem
from texts.moments import say_moment

SHOWN = ("wanted", "stored")
LINK_LASTS = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Photo:
    """One attachment: the small and the large picture by their addresses, and when it was sent.

    `kind`: image, video, audio or file. `there`: it has been copied from LINE; until then there is nothing to show.
    """

    id: int
    kind: str
    small: str
    large: str
    sent: str
    there: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """Why an after-photo should be looked at again, with the picture and the one it is like."""

    reason: str
    after: Photo | None
    other: Photo | None
    other_caption: str
    seen: bool


@dataclass(frozen=True, slots=True)
class Album:
    """All attachments of a case by what they show."""

    before: tuple[Photo, ...]
    after: tuple[Photo, ...]
    extra: tuple[Photo, ...]
    findings: tuple[Finding, ...]
    by_id: Mapping[int, Photo]


def see_album(session: Session, reader: Reader) -> Album:
    """Those that this reader may see."""
    items = [item for item in media.list_for_case(session, reader.case.id) if item.state in SHOWN]
    hidden = _list_hidden(reader, items)
    photos = {item.id: (item, see_photo(reader, item)) for item in items if item.id not in hidden}

    def of(*roles: str) -> tuple[Photo, ...]:
        return tuple(photo for item, photo in photos.values() if item.role in roles)

    return Album(
        before=of("before"),
        after=of("after"),
        extra=of("extra", keeping.ROLE),
        findings=_list_findings(session, reader),
        by_id={key: photo for key, (_, photo) in photos.items()},
    )


def _list_hidden(reader: Reader, items: Sequence[MediaItem]) -> set[int]:
    """What officers keep to themselves: what is against officials, and what came while the case was not shown."""
    if reader.of_omb:
        return set()
    hidden = {item.id for item in items if item.role == keeping.ROLE}
    hidden |= {int(key) for entry in reader.told if not reader.sees(entry) for key in entry.details.get("media") or ()}
    if reader.case.status == Status.DISPUTED:
        hidden |= set(disputes.list_media(reader.told))
    return hidden


def see_photo(reader: Reader, item: MediaItem) -> Photo:
    """One attachment with its addresses."""
    desk = reader.desk
    return Photo(
        id=item.id,
        kind=item.kind,
        small=_address(reader, item, "card"),
        large=_address(reader, item, "full"),
        sent=say_moment(desk.language, item.sent_at, now=desk.now),
        there=item.state == "stored",
    )


def _address(reader: Reader, item: MediaItem, variant: Variant) -> str:
    """One that opens for whoever may see the case, and cannot be passed on. Films, which browsers fetch in pieces, and
    pictures of other cases have a signed link that ends soon.
    """
    secret = reader.case.confidential or item.role == keeping.ROLE
    if item.case_id == reader.case.id and (secret or item.kind == "image"):
        return url_for("case.send_photo", number=reader.case.number, media_id=item.id, variant=variant)
    hour = reader.desk.now.replace(minute=0, second=0, microsecond=0)
    return sign_media(reader.desk.secret_key, item.id, variant, hour + LINK_LASTS)


def _list_findings(session: Session, reader: Reader) -> tuple[Finding, ...]:
    if not reader.of_omb:
        return ()
    case, now = reader.case, reader.desk.now
    found: list[Finding] = []
    for check in photo_badge.sort(photo_checks.list_standing(session, case.id)):
        after = media.find(session, check.media_id)
        other = media.find(session, check.other_media_id) if check.other_media_id else None
        found.append(
            Finding(
                reason=photo_badge.write_reason(session, case, check, now),
                after=see_photo(reader, after) if after else None,
                other=see_photo(reader, other) if other else None,
                other_caption=photo_badge.name_other(session, case, other, now) if other else "",
                seen=check.seen_at is not None,
            )
        )
    return tuple(found)
