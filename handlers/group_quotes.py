"""Finds the case that a quoted reply is about. LINE tells only the id of what is quoted; we know the rest."""

from dataclasses import dataclass, replace

from handlers import group_asking, group_beside
from handlers.turn import Turn
from storage import cases as stored
from storage import media, outbox
from storage.models import Case, Group, SentMessage

HOW_TO = "how_to_"
ASK_DATES = frozenset({group_asking.ASKS_DATE, "reminder"})  # kinds of bubbles that ask "by when?"
LISTS = frozenset({"digest", "reminder", "list"})  # kinds of bubbles that may speak of many cases


@dataclass(frozen=True, slots=True)
class Quoted:
    """The case that is quoted, where the group's office has it or may read it.

    `asked_for`: the verb whose words our quoted line asked for; `moved`: the office has the case no more; `listed`:
    what is quoted speaks of many; `asks_date`: it asks by when.
    """

    case: Case | None = None
    asked_for: str | None = None
    moved: bool = False
    listed: SentMessage | None = None
    asks_date: bool = False


def find_quoted(turn: Turn, group: Group) -> Quoted:
    """By anything we said of a case here, by a person's line that was read of one, or by a photo of one."""
    message_id = turn.inbound.quoted_message_id
    if not message_id:
        return Quoted()
    sent = outbox.find_sent(turn.session, message_id, group.chat_id)
    if sent is not None and sent.kind in LISTS and sent.case_id is None:
        return Quoted(listed=sent)
    if sent is not None:
        asked_for = sent.kind.removeprefix(HOW_TO) if sent.kind.startswith(HOW_TO) else None
        return replace(_see(turn, group, sent.case_id, asked_for), asks_date=sent.kind in ASK_DATES)
    read = stored.find_by_message(turn.session, message_id)
    shown = media.find_by_message(turn.session, message_id)
    here = next((found for found in (read, shown) if found and found.chat_id == group.chat_id), None)
    return _see(turn, group, here.case_id if here else None, None)


def _see(turn: Turn, group: Group, case_id: int | None, asked_for: str | None) -> Quoted:
    case = stored.find_case(turn.session, case_id, lock=True) if case_id else None
    if case is None:
        return Quoted()
    ours = group_beside.may_read(turn, case, group)
    return Quoted(case if ours else None, asked_for, moved=not ours)
