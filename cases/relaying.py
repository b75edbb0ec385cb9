"""Passes on what a reporter said in one go: an answer under the office's card, a dispute with its reason.

What its writer took back meanwhile is gone from the history, and so from here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.messages.added_photos import show_photos
from bot.messages.bubbles import TEXT_UNITS, text_bubble
from bot.messages.letters import split_text
from cases import counted_danger, danger_lines, disputes, keeping, mailing, open_questions, telling, told_danger, views
from cases.attachment_words import strip_tail
from cases.danger import find_danger
from cases.desk import OMB
from cases.gathering import ANSWERS
from cases.secret_wish import WISH
from cases.shield import is_delicate
from cases.statuses import OVER, Action, Status
from storage import cases as stored
from storage import groups, media, outbox, relays, sent_cards, waiting
from storage.links import Links
from storage.models import Case, HistoryEntry, MediaItem
from texts.catalog import say

LANGUAGE = telling.GROUP_LANGUAGE
KEPT_LATELY = timedelta(days=1)  # from its office, as long as what follows is kept with it
ROOM = 300  # of one bubble, for what stands around the words


@dataclass(frozen=True, slots=True)
class _Bundle:
    """What is passed on: `words` by line of history, links to its pictures, and lines about its recordings."""

    entries: list[HistoryEntry]
    said: list[str]
    pictures: list[str]
    recordings: list[str]
    uncounted: int  # pictures that cannot be shown

    def is_empty(self) -> bool:
        return not (any(self.said) or self.pictures or self.recordings or self.uncounted)

    def is_words(self) -> bool:
        """Whether there is nothing to see or to hear with it."""
        return not (self.pictures or self.recordings or self.uncounted)


def tell(session: Session, case_id: int, kind: str, now: datetime) -> None:
    """Pass on a bundle that is due, once, whoever else tries."""
    case = stored.find_case(session, case_id, lock=True)
    begins = relays.take(session, case_id, kind, due_by=now) if case is not None else None
    if case is not None and begins is not None:
        TELL[kind](session, case, begins, now)


def _tell_answer(session: Session, case: Case, begins: int, now: datetime) -> None:
    """To the owner's groups, which may have changed meanwhile; nothing where the case is over.

    Of danger whoever is asked to take the case hears too; the officers not twice, where it is theirs.
    """
    if Status(case.status) in OVER or (case.confidential and case.owner != OMB):
        return
    told = stored.list_history(session, case.id)
    said = keeping.list_answers(told, begins, ANSWERS)
    if not said:  # words against an official came after it
        return
    bundle = _gather(session, case, said, now)
    danger = _find_danger(bundle)
    heard = danger is not None and _warn_staff(session, case, bundle, danger, now)
    urgent = danger is not None or bool(case.danger)
    words = _write_answer(case, told, bundle, danger is not None)
    offices = danger_lines.list_offices(case) if danger is not None else []
    for organisation in dict.fromkeys([case.owner, *offices]):
        bound = groups.list_bound(session, organisation)
        if not bound:
            mailing.queue_mail(session, organisation, "told", case, now, words=words)
        for chat_id in bound:
            if case.confidential:
                if danger is not None and (heard or not case.danger):
                    continue  # the officers hear of it as danger
                moved = say(LANGUAGE, "staff.confidential_moved", number=case.number)
                outbox.queue(session, chat_id, text_bubble(moved), kind="line", case_id=case.id, urgent=urgent)
                continue
            if organisation == OMB and heard and bundle.is_words():
                continue
            kind = danger_lines.KIND if danger is not None and organisation != OMB else "line"
            token = sent_cards.find_quote_token(session, chat_id, case.id)
            for message in _show(case, words, bundle, token):
                outbox.queue(session, chat_id, message, kind=kind, case_id=case.id, urgent=urgent)


def _write_answer(case: Case, told: Sequence[HistoryEntry], bundle: _Bundle, danger: bool) -> str:
    """Each piece, under the question it answers where there were several; `danger`: whether that is what it tells."""
    actions = {one.action for one in bundle.entries}
    action = Action.ANSWER if Action.ANSWER in actions else Action.ADD
    parts: dict[str, list[str]] = {}
    for entry, words in zip(bundle.entries, bundle.said, strict=True):
        question = open_questions.find_named(told, entry)
        parts.setdefault(question or "", []).append(words)
    lines: list[str] = []
    for question, pieces in parts.items():
        note = telling.for_group(case, "\n".join(piece for piece in pieces if piece))
        if not question:
            lines.append(note)
        elif note or not lines:
            lines.append(say(LANGUAGE, "group.to_question", question=question, note=note))
    lines += bundle.recordings
    counted = say(LANGUAGE, "group.photos_added", count=bundle.uncounted) if bundle.uncounted else ""
    note = stored.NEXT.join(part for part in ("\n".join(line for line in lines if line), counted) if part)
    if not note and bundle.pictures:
        note = say(LANGUAGE, "group.photos_added", count=len(bundle.pictures))
    if not note:
        return say(LANGUAGE, "group.answer_unsent", number=case.number)
    return say(LANGUAGE, "group.told_danger" if danger else f"group.told_{action}", number=case.number, note=note)


def _tell_dispute(session: Session, case: Case, begins: int, now: datetime) -> None:
    """The case before the officers, with what was said of it so far; the pictures that the card has no room for."""
    told = stored.list_history(session, case.id)
    step = next((one for one in reversed(told) if one.action == Action.DISPUTE), None)
    if case.status != Status.DISPUTED or step is None:
        return
    telling.bring_before_staff(session, case, step, now)
    bundle = _gather(session, case, disputes.list_said(told), now)
    if (danger := _find_danger(bundle)) is not None:
        _warn_staff(session, case, bundle, danger, now)
        _warn_offices(session, case, bundle, told, now)
    if case.confidential or (len(bundle.pictures) < 2 and not bundle.recordings):
        return
    words = "\n".join([say(LANGUAGE, "staff.dispute_pictures", number=case.number), *bundle.recordings])
    message = show_photos(words, bundle.pictures, LANGUAGE) if bundle.pictures else text_bubble(words)
    for chat_id in groups.list_bound(session, OMB):
        outbox.queue(session, chat_id, message, kind="staff", case_id=case.id)


def _tell_reason(session: Session, case: Case, begins: int, now: datetime) -> None:
    """What the reporter says of the dispute after the officers were told."""
    if case.status != Status.DISPUTED:
        return
    told = stored.list_history(session, case.id)
    bundle = _gather(session, case, [one for one in disputes.list_said(told) if one.id >= begins], now)
    danger = _find_danger(bundle)
    heard = danger is not None and _warn_staff(session, case, bundle, danger, now)
    if danger is not None:
        _warn_offices(session, case, bundle, told, now)
    spoken = [telling.hide_numbers(part) for part in bundle.said if part]
    words = "\n".join([*spoken, *bundle.recordings])
    if bundle.is_empty() or (heard and bundle.is_words()):
        return
    words = words or say(LANGUAGE, "group.photos_added", count=len(bundle.pictures) or bundle.uncounted)
    shown = say(LANGUAGE, "staff.reason", number=case.number, note=words)
    if case.confidential:
        shown, bundle = say(LANGUAGE, "staff.confidential_moved", number=case.number), _gather(session, case, [], now)
    for chat_id in groups.list_bound(session, OMB):
        if bundle.is_words() and not case.confidential and waiting.keeps(session, case.id, ("card",), chat_id):
            continue  # the card that waits there will show it
        for message in _show(case, shown, bundle, None):
            outbox.queue(session, chat_id, message, kind="staff", case_id=case.id, urgent=danger is not None)


def _find_danger(bundle: _Bundle) -> HistoryEntry | None:
    """What of it tells of danger, by which no night is quiet."""
    spoken = zip(bundle.entries, bundle.said, strict=True)
    return next((entry for entry, part in spoken if find_danger(part)), None)


def _warn_staff(session: Session, case: Case, bundle: _Bundle, danger: HistoryEntry, now: datetime) -> bool:
    """Where the case was none, the officers hear so; whether they read the words now."""
    return told_danger.hear(session, case, danger, "\n".join(part for part in bundle.said if part), now)


def _warn_offices(session: Session, case: Case, bundle: _Bundle, told: Sequence[HistoryEntry], now: datetime) -> None:
    """Though it is before the officers, its office is the nearest to go there: what tells of danger, and no more.

    Nothing where something was kept from it lately, or for a wish of secrecy: this may go on with that.
    """
    kept = keeping.list_kept(told)
    goes_on = any(one.id in kept and (one.details.get(WISH) or now - one.at < KEPT_LATELY) for one in told)
    said = [part for part in bundle.said if find_danger(part)]
    if not goes_on and not any(map(is_delicate, said)):
        danger_lines.tell(session, case, telling.for_group(case, "\n".join(said)), now)


def _gather(session: Session, case: Case, entries: list[HistoryEntry], now: datetime) -> _Bundle:
    pictures: list[str] = []
    for entry in entries:
        pictures += [url for url in views.list_added_pictures(session, case, entry, now) if url not in pictures]
    keys = [int(key) for entry in entries for key in entry.details.get("media") or ()]
    items = media.list_by_ids(session, keys)
    said = [strip_tail(entry, items) for entry in entries]
    there = [item for item in items if item.state in ("wanted", "stored")]
    recordings = [_say_recording(session, item, now) for item in there if item.kind != "image"]
    count = sum(int(entry.details.get("count") or 0) for entry in entries)
    gone = not any(item.kind == "image" for item in there)
    return _Bundle(entries, said, pictures, recordings, 0 if pictures or gone else count)


def _say_recording(session: Session, item: MediaItem, now: datetime) -> str:
    """A voice message or a video, to be opened by its link."""
    links: Links | None = session.info.get("links")
    address = links.media_url(item.id, "full", now) if links else None
    return say(LANGUAGE, f"group.{item.kind}_added", link=address or "").strip()


def _show(case: Case, words: str, bundle: _Bundle, token: str | None) -> list[dict[str, object]]:
    """The words under the card, whole, and the pictures after them; pictures alone carry their words."""
    pictures = show_photos(words, bundle.pictures, LANGUAGE) if bundle.pictures else None
    if pictures is not None and not any(bundle.said) and not bundle.recordings:
        return [pictures]
    first, *rest = split_text(words, TEXT_UNITS - ROOM)
    more = [say(LANGUAGE, "group.told_more", number=case.number, note=piece) for piece in rest]
    shown = [text_bubble(first, quote_token=token), *map(text_bubble, more)]
    if bundle.pictures:
        caption = say(LANGUAGE, "group.told_pictures", number=case.number, count=len(bundle.pictures))
        shown.append(show_photos(caption, bundle.pictures, LANGUAGE))
    return shown


TELL: dict[str, Callable[[Session, Case, int, datetime], None]] = {
    "answer": _tell_answer,
    "dispute": _tell_dispute,
    "reason": _tell_reason,
    told_danger.KIND: told_danger.ring,
    counted_danger.KIND: counted_danger.ring,
}
