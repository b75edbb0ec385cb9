"""Offices that help the owner of a case: invited, willing or busy; what they say moves neither status nor clock.

The owner hears of it with the next thing said to its group; that a helper calls it done, at once.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.added_photos import show_photos
from bot.messages.bubbles import QuickReply, text_bubble
from bot.messages.case_card import new_case
from bot.messages.lasting import lasting
from cases import lifecycle, mailing, office_lines, telling, unsaid, views
from cases.desk import OMB
from cases.statuses import OVER, Action, Actor, Status
from clock import in_bangkok
from storage import groups, once, outbox
from storage import helping as stored
from storage.models import Case, HistoryEntry
from texts.catalog import say

LANGUAGE = "th"
# Where an owner works on it, and so may want help.
INVITES = (Status.DISPATCHED, Status.ACKNOWLEDGED, Status.IN_PROGRESS, Status.NEEDS_INFO)
BUTTONS = {"invited": ("help", "busy"), "helping": ("stop_helping",)}
REFUSED = ("busy", "left")  # its own answers; what the owner took back is over
KIND_LENGTH = 32
ASKS = "asks"  # in the details of what an owner said: what it asks a helper for
DONE = "done"  # in the details of what a helper said: that it calls the case done
BEFORE = "before"  # and of its answer: how it stood until then
TOLD = {"helping": "helping.told_helping", "busy": "helping.told_busy", "left": "helping.told_left"}


def list_helpers(session: Session, case: Case) -> list[str]:
    """The organisations that said they help."""
    return stored.list_for_case(session, case.id, ("helping",))


def list_invited(session: Session, case: Case) -> list[str]:
    """Those, and the ones that have not answered."""
    return stored.list_for_case(session, case.id, stored.ACTIVE)


def is_invited(session: Session, case: Case, organisation: str | None) -> bool:
    """Whether this office helps with the case, or is asked to; never with a confidential one."""
    if organisation is None or case.confidential or Status(case.status) in OVER or organisation == case.owner:
        return False
    row = stored.find(session, case.id, organisation)
    return row is not None and row.state in stored.ACTIVE


def may_think_again(session: Session, case: Case, organisation: str | None) -> bool:
    """Whether this office said that it is busy, or helps no more, and may still say otherwise."""
    if organisation in (None, case.owner) or case.confidential or Status(case.status) not in INVITES:
        return False
    row = stored.find(session, case.id, str(organisation))
    return row is not None and row.state in REFUSED


def find_hindrance(session: Session, case: Case, organisation: str) -> str | None:
    """Why an office cannot be asked, as a key of the catalogue; None where it can."""
    if case.confidential:
        return "transfer.confidential"
    if organisation == case.owner:
        return "transfer.is_yours"
    if is_invited(session, case, organisation):
        return "helping.invited_before"
    return None if mailing.can_reach(session, organisation) else "helping.unreachable"


def invite(
    session: Session,
    case: Case,
    organisation: str,
    words: str,
    actor: Actor,
    now: datetime,
    *,
    message_id: str | None = None,
) -> HistoryEntry:
    """Ask an office to help: its groups get the card, with none its contact a mail; the case stays where it is."""
    stored.set_state(session, case.id, organisation, "invited", now)
    details: dict[str, object] = {"helper": organisation, "helps": "invited"}
    entry = _note(session, case, actor, now, words or None, details, message_id)
    bound = groups.list_bound(session, organisation)
    for chat_id in bound:
        show_card(session, case, organisation, chat_id, now, words=words)
    if not bound:
        owner = views.name_office(case.owner, LANGUAGE)
        lead = say(LANGUAGE, "helping.asks" if words else "helping.asks_plain", office=owner, words=words)
        mailing.queue_mail(session, organisation, "help", case, now, words=lead)
    return entry


def ask_officers(session: Session, case: Case, organisation: str, words: str, actor: Actor, now: datetime) -> bool:
    """An office is wanted that nobody can write to: kept with the case, and the Ombudsman's officers learn whom to
    call, once a day. False where there is no group of theirs.
    """
    bound = groups.list_bound(session, OMB) if case.owner != OMB else []
    if once.claim(session, f"help_wanted:{case.id}:{organisation}:{in_bangkok(now).date()}", now):
        _note(session, case, actor, now, words or None, {"helper_wanted": organisation})
        names = {"owner": views.name_office(case.owner, LANGUAGE), "words": telling.for_colleagues(case, words)}
        said = _say_of(case, "staff.help_wanted" if words else "staff.help_wanted_plain", organisation, **names)
        for chat_id in bound:
            urgent = bool(case.danger)
            outbox.queue(
                session, chat_id, text_bubble(said), kind="staff", case_id=case.id, waits=not urgent, urgent=urgent
            )
    return bool(bound)


def ask_also(
    session: Session, case: Case, organisation: str, words: str, actor: Actor, now: datetime, message_id: str | None
) -> bool:
    """What the invited office is asked for, said after the invitation. False where it is not asked any more."""
    if not is_invited(session, case, organisation):
        return False
    _note(session, case, actor, now, words, {"helper": organisation, ASKS: True}, message_id)
    asked = _say_of(case, "helping.asks_also", case.owner, words=telling.for_colleagues(case, words))
    office_lines.tell(session, case, organisation, asked, now, waits=False, urgent=bool(case.danger))
    return True


def take_back_unheeded(session: Session, case: Case, invited: HistoryEntry, actor: Actor, now: datetime) -> str | None:
    """The message that asked was taken back: so is what it asked, unless the office has agreed. The office, if so."""
    helper = str(invited.details.get("helper"))
    row = stored.find(session, case.id, helper) if invited.details.get("helps") == "invited" else None
    waits = row is not None and row.state == "invited"
    return helper if waits and take_back(session, case, helper, actor, now) else None


def take_back(session: Session, case: Case, organisation: str, actor: Actor, now: datetime) -> bool:
    """The owner wants no help any more. False where none was asked of them."""
    if not is_invited(session, case, organisation):
        return False
    stored.set_state(session, case.id, organisation, "dropped", now)
    unheard = unsaid.drop(session, case)
    _note(session, case, actor, now, None, {"helper": organisation, "helps": "dropped"})
    office_lines.tell(session, case, organisation, say(LANGUAGE, "helping.wanted_no_more", number=case.number), now)
    unsaid.hush(session, case, unheard)
    return True


def answer(
    session: Session, case: Case, state: str, actor: Actor, now: datetime, *, message_id: str | None = None
) -> None:
    """The invited office helps, is busy, or helps no more. `message_id`: of the words that say so."""
    organisation = str(actor.organisation)
    row = stored.find(session, case.id, organisation)
    before = {BEFORE: row.state} if row is not None and message_id else {}
    stored.set_state(session, case.id, organisation, state, now)
    _note(session, case, actor, now, None, {"helper": organisation, "helps": state, **before}, message_id)
    _forget_answer(session, case, organisation)
    _tell_owner(session, case, _say_of(case, TOLD[state], organisation), now, kind=_kind_of(organisation))


def add_words(
    session: Session, case: Case, words: str, actor: Actor, now: datetime, *, done: bool, message_id: str | None
) -> HistoryEntry:
    """What a helper says of the case. That it is done is the owner's to say: it is told at once, with the button."""
    organisation = str(actor.organisation)
    details: dict[str, object] = {"helper": organisation} | ({DONE: True} if done else {})
    entry = _note(session, case, actor, now, words, details, message_id)
    if done:
        _forget_answer(session, case, organisation)
        told = _say_of(case, "helping.told_done", organisation, words=words)
        resolve = QuickReply.postback(say(LANGUAGE, "button.resolve"), f"g:{case.id}:resolve")
        bound = groups.list_bound(session, case.owner)
        if not bound:
            mailing.queue_mail(session, case.owner, "told", case, now, words=told)
        for chat_id in bound:
            message = lasting(told, [resolve])
            outbox.queue(session, chat_id, message, kind="line", case_id=case.id, urgent=bool(case.danger))
    else:
        _tell_owner(session, case, _say_of(case, "helping.told_words", organisation, words=words), now)
    return entry


def say_again(case: Case, entry: HistoryEntry) -> str:
    """The line in which who has the case is told of what a helper said."""
    key = "helping.told_done" if DONE in entry.details else "helping.told_words"
    key = TOLD.get(str(entry.details.get("helps")), key)
    return _say_of(case, key, str(entry.details["helper"]), words=entry.note or "")


def add_photos(session: Session, case: Case, media_ids: Sequence[int], actor: Actor, now: datetime) -> None:
    """Photos of a helper's: with the case, and shown to its owner."""
    organisation = str(actor.organisation)
    entry = _note(session, case, actor, now, None, {"helper": organisation, "media": list(media_ids)})
    told = _say_of(case, "helping.told_photo", organisation, count=str(len(media_ids)))
    pictures = views.list_office_pictures(session, entry, case, now)
    _tell_owner(session, case, told, now, pictures)


def show_card(session: Session, case: Case, organisation: str, chat_id: str, now: datetime, *, words: str = "") -> None:
    """The case as a helper sees it: what is asked, and the answers; nothing of how to call the reporter."""
    view = views.see_card(session, case, now)
    row = stored.find(session, case.id, organisation)
    owner = views.name_office(case.owner, LANGUAGE)
    key = "helping.asks" if words else "helping.asks_plain"
    shown = replace(
        view,
        text=telling.hide_numbers(view.text),
        place=telling.hide_numbers(view.place),
        shared_name=None,
        shared_phone=None,
        alternatives=None,
        notice=say(LANGUAGE, key, office=owner, words=words),
        buttons=BUTTONS.get(row.state if row else "", ()),
    )
    outbox.queue(session, chat_id, new_case(shown, LANGUAGE), kind="helping", case_id=case.id)


def _note(
    session: Session,
    case: Case,
    actor: Actor,
    now: datetime,
    words: str | None,
    details: dict[str, object],
    message_id: str | None = None,
) -> HistoryEntry:
    return lifecycle.apply(session, case, Action.NOTE, actor, now, note=words, details=details, message_id=message_id)


def _say_of(case: Case, key: str, organisation: str, **values: str) -> str:
    return say(LANGUAGE, key, number=case.number, office=views.name_office(organisation, LANGUAGE), **values)


def _kind_of(organisation: str) -> str:
    return f"helps:{organisation}"[:KIND_LENGTH]


def _forget_answer(session: Session, case: Case, organisation: str) -> None:
    """What this helper answered before and the owner has not heard: what it says now makes that idle."""
    outbox.drop_waiting(session, None, case.id, _kind_of(organisation))


def _tell_owner(
    session: Session, case: Case, words: str, now: datetime, pictures: Sequence[str] = (), kind: str = "line"
) -> None:
    """With the next call to the owner's groups; where there is danger, at once. With no group it is a mail."""
    message = show_photos(words, pictures, LANGUAGE) if pictures else text_bubble(words)
    bound = groups.list_bound(session, case.owner)
    if not bound:
        mailing.queue_mail(session, case.owner, "told", case, now, words=words)
    for chat_id in bound:
        outbox.queue(
            session, chat_id, message, kind=kind, case_id=case.id, waits=not case.danger, urgent=bool(case.danger)
        )
