"""Attachments by row: asked for when their message comes, given to cases, forgotten when they are taken back.

How they are copied from LINE is told by `storage.media_claims`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from storage import inbox, photo_checks, photo_marks
from storage.models import Case, MediaItem
from storage.prepared import INSERTS

LONGEST_NAME = 255


def add_wanted(
    session: Session,
    *,
    message_id: str,
    chat_id: str,
    sender_id: str | None,
    kind: str,
    sent_at: datetime,
    now: datetime,
    role: str = "before",
    source_url: str | None = None,
    album_id: str | None = None,
    album_index: int | None = None,
    file_name: str | None = None,
) -> MediaItem:
    """Ask for an attachment to be copied. A message already known is returned as it is."""
    unsent = inbox.is_unsent(session, message_id, chat_id)
    insert = INSERTS[session.get_bind().dialect.name]
    session.execute(
        insert(MediaItem)
        .values(
            message_id=message_id,
            chat_id=chat_id,
            sender_id=sender_id,
            kind=kind,
            role=role,
            state="withdrawn" if unsent else "wanted",
            source_url=None if unsent else source_url,
            album_id=album_id,
            album_index=album_index,
            file_name=None if unsent or not file_name else file_name[:LONGEST_NAME],
            told_gone=False,
            attempts=0,
            next_at=now,
            sent_at=sent_at,
        )
        .on_conflict_do_nothing(index_elements=["message_id"])
    )
    return session.scalars(select(MediaItem).where(MediaItem.message_id == message_id)).one()


def find(session: Session, media_id: int) -> MediaItem | None:
    """One attachment by its id."""
    return session.get(MediaItem, media_id)


def find_hidden_at(session: Session, item: MediaItem) -> datetime | None:
    """When officers took its case out of the sight of offices that had it; None where they did not."""
    return session.scalar(select(Case.confidential_at).where(Case.id == item.case_id)) if item.case_id else None


def find_by_message(session: Session, message_id: str) -> MediaItem | None:
    """The attachment that came with this LINE message."""
    return session.scalars(select(MediaItem).where(MediaItem.message_id == message_id)).first()


def list_by_ids(session: Session, media_ids: Sequence[int]) -> list[MediaItem]:
    """These attachments, in the order asked for; unknown ids are left out."""
    found = {item.id: item for item in session.scalars(select(MediaItem).where(MediaItem.id.in_(media_ids)))}
    return [found[media_id] for media_id in media_ids if media_id in found]


def list_for_case(session: Session, case_id: int, role: str | None = None) -> list[MediaItem]:
    """All attachments of a case in any state, in the order they were sent; an album in its own order."""
    query = select(MediaItem).where(MediaItem.case_id == case_id)
    if role is not None:
        query = query.where(MediaItem.role == role)
    return _in_order(session.scalars(query).all())


def attach(session: Session, media_ids: Sequence[int], case_id: int, role: str) -> int:
    """Give attachments to a case; says how many it got. What another case already has stays there."""
    given = session.scalars(
        update(MediaItem)
        .where(MediaItem.id.in_(media_ids), or_(MediaItem.case_id.is_(None), MediaItem.case_id == case_id))
        .values(case_id=case_id, role=role)
        .returning(MediaItem.id)
    )
    return len(given.all())


def find_recent_unclaimed(session: Session, chat_id: str, sender_id: str | None, since: datetime) -> list[MediaItem]:
    """What this person sent to this chat since then and no case has; nothing where the person is unknown."""
    if sender_id is None:  # several people without an id would pass for one
        return []
    query = select(MediaItem).where(
        MediaItem.chat_id == chat_id,
        MediaItem.sender_id == sender_id,
        MediaItem.sent_at >= since,
        MediaItem.case_id.is_(None),
        MediaItem.state.in_(("wanted", "stored")),
    )
    return _in_order(session.scalars(query).all())


def _in_order(items: Sequence[MediaItem]) -> list[MediaItem]:
    # The pictures of an album arrive as their uploads end; they stand together, where the first of them came.
    began: dict[str, datetime] = {}
    for item in items:
        if item.album_id is not None:
            began[item.album_id] = min(item.sent_at, began.get(item.album_id, item.sent_at))
    return sorted(
        items,
        key=lambda item: (
            began[item.album_id] if item.album_id is not None else item.sent_at,
            item.album_id or "",
            item.album_index or 0,
            item.id,
        ),
    )


def withdraw(session: Session, message_id: str, now: datetime) -> list[str]:
    """Its sender took it back: what we know of it is forgotten, and the paths of its files come back.

    The row keeps the paths until `forget_files`, so that a crash before the deletion leaves no file behind.
    """
    item = session.scalars(select(MediaItem).where(MediaItem.message_id == message_id).with_for_update()).first()
    if item is None:
        return []
    item.state, item.reason, item.lease_until, item.next_at = "withdrawn", None, None, now
    item.source_url, item.file_name, item.sha256, item.evidence = None, None, None, None
    session.flush()
    return [path for path in (item.path, item.thumb_path) if path]


def list_withdrawn_files(session: Session, limit: int = 100) -> list[tuple[int, list[str]]]:
    """Withdrawn attachments whose files still lie in the store."""
    query = (
        select(MediaItem.id, MediaItem.path, MediaItem.thumb_path)
        .where(MediaItem.state == "withdrawn", MediaItem.path.is_not(None))
        .order_by(MediaItem.id)
        .limit(limit)
    )
    return [(row.id, [path for path in row[1:] if path]) for row in session.execute(query)]


def forget_files(session: Session, media_ids: Sequence[int]) -> None:
    """The files of these withdrawn attachments are deleted; nothing that was made from them stays."""
    photo_checks.forget(session, media_ids)
    photo_marks.forget_marks(session, media_ids)
    session.execute(
        update(MediaItem)
        .where(MediaItem.id.in_(media_ids), MediaItem.state == "withdrawn")
        .values(path=None, thumb_path=None)
    )


def count_by_state(session: Session) -> dict[str, int]:
    """How many attachments are in each state."""
    rows = session.execute(select(MediaItem.state, func.count()).group_by(MediaItem.state)).all()
    return {state: count for state, count in rows}


def count_album(session: Session, chat_id: str, album_id: str) -> int:
    """How many pictures of an album have come so far."""
    seen = select(func.count()).where(MediaItem.chat_id == chat_id, MediaItem.album_id == album_id)
    return session.execute(seen).scalar_one()


def list_together(session: Session, first: MediaItem, within: timedelta) -> list[MediaItem]:
    """The photos without a case that the same person sent to this chat around that time, `first` included."""
    near = select(MediaItem).where(
        MediaItem.chat_id == first.chat_id,
        MediaItem.case_id.is_(None),
        MediaItem.state.in_(("wanted", "stored")),
        MediaItem.sent_at.between(first.sent_at - within, first.sent_at + within),
        _is_from_the_sender_of(first),
    )
    return _in_order(list(session.scalars(near)))


def set_aside(session: Session, media_ids: Sequence[int]) -> None:
    """These photos belong to no case: they are taken back, and their files go."""
    session.execute(
        update(MediaItem).where(MediaItem.id.in_(media_ids), MediaItem.case_id.is_(None)).values(state="withdrawn")
    )


def set_aside_unclaimed(session: Session, before: datetime, limit: int) -> int:
    """Photos of groups that no case has had since before then are taken back; how many."""
    old = (
        select(MediaItem.id)
        .where(
            MediaItem.case_id.is_(None),
            MediaItem.chat_id.not_like("U%"),  # a person's own chat: its photos go with their draft
            MediaItem.chat_id.not_like("mail:%"),  # go with their mail, once somebody has settled it
            MediaItem.state.in_(("wanted", "stored")),
            MediaItem.sent_at < before,
            MediaItem.next_at < before,  # a photo that a case gave back may still be asked about
        )
        .order_by(MediaItem.id)
        .limit(limit)
    )
    forgotten = {"source_url": None, "file_name": None, "sha256": None, "evidence": None, "lease_until": None}
    done = session.execute(
        update(MediaItem)
        .where(MediaItem.id.in_(list(session.scalars(old))), MediaItem.case_id.is_(None))
        .values(state="withdrawn", **forgotten)
        .returning(MediaItem.id)
    )
    return len(done.all())


def _is_from_the_sender_of(first: MediaItem) -> ColumnElement[bool]:
    """Sent by the same person: LINE names them, or else the pictures of one album can only be one person's."""
    if first.sender_id is not None:
        return MediaItem.sender_id == first.sender_id
    if first.album_id is not None:
        return and_(MediaItem.sender_id.is_(None), MediaItem.album_id == first.album_id)
    return MediaItem.id == first.id
