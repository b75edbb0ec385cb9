"""A case as messages show it: plain values, with only what the reader may see."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.case_card import CaseCardView
from bot.messages.closure import ClosureView
from bot.messages.desk_card import DeskCardView
from bot.messages.track_cards import MyCaseView
from cases import arrival, audience, clocks, desk, disputes, same_matter, timeline
from cases.audience import Told
from cases.categories import get_category
from cases.statuses import OVER, Action, Role, Status
from clock import in_bangkok
from places.organisations import find_organisation
from storage import cases as stored
from storage import clocks as stored_clocks
from storage import followers, helping, media, relays
from storage.links import Links
from storage.models import Case, HistoryEntry, MediaItem, SlaClock
from texts.catalog import say
from texts.moments import say_by, say_day, say_lasting_moment, say_moment

CARD_BUTTONS = {
    Status.DISPATCHED: ("acknowledge", "start", "resolve", "ask", "transfer", "decline"),
    Status.TRANSFERRING: ("acknowledge", "start", "resolve"),
    Status.ACKNOWLEDGED: ("start", "resolve", "ask", "transfer", "invite", "decline"),
    Status.IN_PROGRESS: ("resolve", "ask", "transfer", "invite", "decline"),
    Status.NEEDS_INFO: ("start", "resolve", "transfer", "invite", "decline"),
}


# Where the day an office named is still to come.
PROMISED = (Status.ACKNOWLEDGED, Status.IN_PROGRESS, Status.NEEDS_INFO)


def name_office(code: str, language: str) -> str:
    """An organisation's name, whole."""
    office = find_organisation(code)
    if office is None:
        return code
    return office.name_th if language == "th" else office.name_en


def name_khet(code: str, language: str) -> str:
    """An organisation's short name: เขตดินแดง."""
    office = find_organisation(code)
    if office is None:
        return code
    return office.short_th if language == "th" else office.short_en


def name_category(code: str, language: str) -> str:
    """A category in plain words."""
    category = get_category(code)
    return category.th if language == "th" else category.en


def name_status(status: Status, language: str) -> str:
    """A status in plain words."""
    return say(language, f"status.{status}")


def see_card(session: Session, case: Case, now: datetime, *, lasting: bool = False) -> CaseCardView:
    """The case as an office's group sees it: no name or phone unless the reporter chose to show them.

    `lasting`: it may wait, and so names no day by "today".
    """
    language = "th"
    say_when = say_lasting_moment if lasting else say_moment
    photos = [item for item in media.list_for_case(session, case.id, "before") if _is_there(item)]
    others = [name_khet(code, language) for code in case.alternatives if code != case.owner]
    warned = say_told_danger(session, case, language)
    due, missed = "", False
    if case.status == Status.DISPATCHED and case.acknowledge_by:
        due = say(language, "office.answer_before", due=say_when(language, case.acknowledge_by, now=now))
    elif case.promised_on and case.status in PROMISED:
        running = stored_clocks.find_running(session, case.id, "promise")
        missed = running is not None and running.due_at < now
        key = "office.promise_late" if missed else "office.promised"
        due = say(language, key, due=say_promise(case, language, now))
    return CaseCardView(
        case_id=case.id,
        number=case.number,
        category=name_category(case.category, language),
        place=describe_place(case, language),
        map_url=map_link(case),
        text=case.description,
        photo_url=_photo_url(session, photos, now),
        photo_count=len(photos),
        danger=bool(case.danger),
        due=due,
        status=name_status(Status(case.status), language),
        alternatives=say(language, "office.maybe", others=", ".join(others)) if others else None,
        received=say_when(language, case.created_at, now=now),
        shared_name=case.shared_name,
        shared_phone=case.phone if case.phone_shared else None,
        followers=0 if case.created_at == now else count_followers(session, case),
        notice="\n".join(filter(None, (warned, find_instruction(session, case, language)))),
        helpers=say_helpers(session, case, language),
        buttons=CARD_BUTTONS.get(Status(case.status), ()),
        missed=missed,
        earlier=_find_earlier(session, case),
    )


def _find_earlier(session: Session, case: Case) -> str | None:
    """The number of the case that this one goes on from; never a confidential one's."""
    earlier = stored.find_case(session, case.earlier_id) if case.earlier_id else None
    return earlier.number if earlier is not None and not earlier.confidential else None


def find_instruction(session: Session, case: Case, language: str) -> str:
    """What an officer told the office to do when the case came back to it, until it is said to be done."""
    steps = (Action.REOPEN, Action.RESOLVE, Action.NOT_FOUND, Action.DISPATCH, Action.ACCEPT)
    told = stored.list_history(session, case.id)
    last = next((entry for entry in reversed(told) if entry.action in steps), None)
    return say_instruction(last.note if last is not None and last.action == Action.REOPEN else None, language)


def say_instruction(words: str | None, language: str) -> str:
    """In whose words; "" where there are none."""
    return say(language, "desk.instructed", words=words) if words else ""


def say_told_danger(session: Session, case: Case, language: str) -> str:
    """That its reporter told of danger, and nobody has said whether it is; "" where its office may not read that."""
    waits = relays.find(session, case.id, relays.TOLD_DANGER) if not case.danger else None
    entry = stored.find_history(session, waits.entry_id) if waits is not None else None
    kept = entry is None or entry.details.get("delicate") or case.confidential
    return "" if kept else say(language, "desk.tells_danger")


def say_helpers(session: Session, case: Case, language: str) -> str:
    """The offices that help, in one line; "" where none does."""
    helpers = helping.list_for_case(session, case.id, ("helping",))
    offices = [name_khet(code, language) for code in helpers if code != case.owner]
    return say(language, "helping.with", offices=", ".join(offices)) if offices else ""


def count_followers(session: Session, case: Case) -> int:
    """How many joined the case; none of a confidential one."""
    return 0 if case.confidential else followers.count(session, [case.id]).get(case.id, 0)


def see_closure(session: Session, case: Case, action: str, now: datetime, told: Told) -> ClosureView:
    """What the reporter is asked when the office says it is done; a follower may say it beside them.

    The photo from before is the reader's own: what others sent may show more of them than the problem.
    """
    taken = [item for item in media.list_for_case(session, case.id, "before") if item.kind == "image"]
    before = [item for item in taken if item.chat_id == told.chat_id]
    after = [item for item in media.list_for_case(session, case.id, "after") if item.kind == "image"]
    answer_by = clocks.count_due(session, "confirm", case, now)
    return ClosureView(
        case_id=case.id,
        number=case.number,
        org=name_khet(case.owner, told.language),
        outcome="not_found" if action == Action.NOT_FOUND else "resolved",
        before_url=_photo_url(session, before, now),
        after_url=_photo_url(session, after, now),
        words=None,
        about=say_about(case, told.language, follower=told.follower),
        answer_by=None
        if told.follower
        else say_day(told.language, in_bangkok(answer_by).date(), today=in_bangkok(now).date()),
        follower=told.follower,
    )


def say_about(case: Case, language: str, *, follower: bool = False) -> str:
    """The kind of problem and where it is, by which people know their cases apart; "" of a secret one.

    It stands on the locked screen of a phone.
    """
    if case.confidential:
        return ""
    place = _name_spot(case, language, follower=follower)
    return " · ".join(part for part in (name_category(case.category, language), place) if part)


def _name_spot(case: Case, language: str, *, follower: bool) -> str:
    """Where it is; to who only follows the case without what its reporter told of the place."""
    return name_khet(case.district or case.owner, language) if follower else describe_place(case, language)


def see_desk_card(session: Session, case: Case, now: datetime) -> DeskCardView:
    """The case as the Ombudsman's group reads it; never a confidential one, and without a name or phone."""
    language = "th"
    status = Status(case.status)
    told = stored.list_history(session, case.id)
    reason = desk.write_reason(told, status)
    step = desk.find_step(told, status)
    photos = [item for item in media.list_for_case(session, case.id) if item.kind == "image"]
    by_role = {role: [item for item in photos if item.role == role] for role in ("before", "after", "extra")}
    shown_now = disputes.list_media(told) if status == Status.DISPUTED else ()
    disputed = [item for item in photos if item.id in shown_now and _is_there(item)]
    running = stored_clocks.find_running(session, case.id, desk.CLOCKS[status]) if status in desk.CLOCKS else None
    due, late = say_desk_due(running, language, now)
    return DeskCardView(
        case_id=case.id,
        number=case.number,
        what=say_step(case, step, language) if step else name_status(status, language),
        reason=reason,
        same_as=same_matter.find_named(session, case, reason),
        category=name_category(case.category, language),
        place=describe_place(case, language),
        office=name_office(case.owner, language),
        text=case.description,
        reporter_url=_photo_url(session, disputed or by_role["before"], now),
        office_url=_photo_url(session, by_role["after"] or by_role["extra"], now),
        received=say_moment(language, case.created_at, now=now),
        due=due,
        late=late,
        danger=bool(case.danger),
        told=say_told_danger(session, case, language),
        followers=say_followers(session, case, told, language),
        buttons=() if status == Status.TRANSFERRING and case.transfer_to else desk.BUTTONS.get(status, ()),
    )


def find_reason(session: Session, case: Case) -> str:
    """Why an office passes the case on or refuses it, or why its reporter is not content."""
    return desk.write_reason(stored.list_history(session, case.id), Status(case.status))


def say_followers(session: Session, case: Case, told: Sequence[HistoryEntry], language: str) -> str:
    """How many joined the case, and what they say of it."""
    joined = count_followers(session, case)
    said = audience.count_answers(told)
    parts = [say(language, "card.followers", count=joined)] if joined else []
    parts += [say(language, f"desk.followers_{answer}", count=count) for answer, count in said.items()]
    return " · ".join(parts)


def say_step(case: Case, step: HistoryEntry, language: str) -> str:
    """What brought a case before the officers."""
    partly = "_partly" if step.details.get("answer") == "partly" else ""
    by_officers = step.action == Action.TRANSFER and step.role == Role.STAFF
    office = step.organisation if by_officers and step.organisation else case.owner
    return say(language, f"desk.{step.action}{partly}", office=name_office(office, language))


def say_desk_due(running: SlaClock | None, language: str, now: datetime) -> tuple[str, bool]:
    """By when an officer has to decide or to find an office, and whether that is past; "" where nothing runs."""
    if running is None or running.kind not in desk.CLOCKS.values():
        return "", False
    late = running.due_at < now
    key = f"desk.{running.kind}_late" if late else f"desk.{running.kind}_before"
    return say(language, key, due=say_moment(language, running.due_at, now=now)), late


def name_holder(case: Case, language: str) -> tuple[str | None, bool]:
    """With whom the case really is, by name, and whether it is only on its way there."""
    found = desk.find_whereabouts(case)
    return (name_office(found.holder, language) if found.holder else None), found.moving


def see_mine(session: Session, case: Case, language: str, now: datetime, *, follower: bool = False) -> MyCaseView:
    """The case as its own reporter follows it; to a follower without what the reporter told of the place."""
    over = Status(case.status) in OVER
    holder, moving = name_holder(case, language)
    return MyCaseView(
        case_id=case.id,
        number=case.number,
        category=name_category(case.category, language),
        place=_name_spot(case, language, follower=follower),
        status=_name_standing(session, case, language, now),
        holder=None if over else holder,
        moving=moving,
        helpers="" if over or case.confidential else say_helpers(session, case, language),
        entries=timeline.list_entries(session, case, language, now, follower=follower),
        updated=say_moment(language, case.updated_at, now=now),
        can_add=not over and not follower,
        followed=follower,
    )


def _name_standing(session: Session, case: Case, language: str, now: datetime) -> str:
    """How a case stands; of one that was joined with another, where it goes on."""
    into: Case | None = case
    while into is not None and into.merged_into is not None:
        into = stored.find_case(session, into.merged_into)
    if arrival.is_held_back(session, case):
        return say_seen_later(session, case, language, now) or say(language, "track.on_its_way")
    if into is None or into is case:
        status = name_status(Status(case.status), language)
        if case.promised_on is None or case.status not in PROMISED:
            return status
        by = say_by(language, case.promised_on, today=in_bangkok(now).date())
        return say(language, "track.promised", status=status, by=by)
    return say(language, "track.merged_into", number=into.number)


def say_seen_later(session: Session, case: Case, language: str, now: datetime) -> str:
    """When the office sees a case that waits for its hours; empty where it waits for none."""
    seen = arrival.find_seen(session, case, now)
    return say(language, "track.seen_later", seen=say_moment(language, seen, now=now)) if seen else ""


def say_promise(case: Case, language: str, now: datetime) -> str:
    """The day the office promised."""
    return say_day(language, case.promised_on, today=in_bangkok(now).date()) if case.promised_on else ""


def describe_place(case: Case, language: str) -> str:
    """The place in one line: what was told, and the khet it lies in where the words lack it, whoever has the case."""
    district = case.district
    khet = name_khet(district, language) if district else ""
    words = " ".join(case.place.split())
    if words and words.lower() in khet.lower():
        return khet
    return words if khet and khet in words else f"{words} · {khet}".strip(" ·") or say(language, "office.no_place")


def map_link(case: Case) -> str | None:
    """A map at the pin, where there is one."""
    if case.latitude is None or case.longitude is None:
        return None
    return f"https://www.google.com/maps?q={case.latitude:.6f},{case.longitude:.6f}"


def list_added_pictures(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> list[str]:
    """Links to the pictures that came with this line of history, and to those of their album not shown before."""
    named = set(entry.details.get("media") or ())
    if not named:
        return []
    told = {item for one in stored.list_history(session, case.id) for item in one.details.get("media") or ()} - named
    items = media.list_for_case(session, case.id, "before")
    albums = {item.album_id for item in items if item.id in named and item.album_id}
    shown = [item for item in items if item.id in named or (item.album_id in albums and item.id not in told)]
    return _link_pictures(session, shown, now)


def list_after_pictures(session: Session, case: Case, now: datetime) -> list[str]:
    """Links to the pictures with which the office shows what it did."""
    return _link_pictures(session, media.list_for_case(session, case.id, "after"), now)


def list_office_pictures(session: Session, entry: HistoryEntry, case: Case, now: datetime) -> list[str]:
    """Links to the pictures that an office sent with this line of history."""
    named = set(entry.details.get("media") or ())
    return _link_pictures(session, [item for item in media.list_for_case(session, case.id) if item.id in named], now)


def list_disputed_pictures(session: Session, case: Case, now: datetime) -> list[str]:
    """Links to the pictures with which the reporter shows that it is not done."""
    named = set(disputes.list_media(stored.list_history(session, case.id)))
    return _link_pictures(session, [item for item in media.list_for_case(session, case.id) if item.id in named], now)


def link_picture(session: Session, item: MediaItem, now: datetime) -> str | None:
    """A link to one picture; None where it is gone, or our own address is not one LINE accepts."""
    return _photo_url(session, [item], now) if _is_there(item) else None


def _link_pictures(session: Session, items: Sequence[MediaItem], now: datetime) -> list[str]:
    urls = [_photo_url(session, [item], now) for item in items if _is_there(item)]
    return [url for url in urls if url]


def _is_there(item: MediaItem) -> bool:
    """A picture that LINE still had, and that its sender did not take back."""
    return item.kind == "image" and item.state in ("wanted", "stored")


def _photo_url(session: Session, photos: Sequence[MediaItem], now: datetime) -> str | None:
    """A signed link to the first photo that LINE still had; none where our own address is not one LINE accepts."""
    links: Links | None = session.info.get("links")
    shown = next((item for item in photos if item.state in ("wanted", "stored")), None)
    if links is None or shown is None:
        return None
    return links.media_url(shown.id, "card", now)
