"""A step is made, what it would say is read, and all of it is undone: so the preview is what will really go out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from cases import call_words
from console.desk import Desk
from storage import callbacks, case_file, mail, outbox, reporters, unsaid
from storage.models import Case

WORDS = ("text", "altText")


@dataclass(frozen=True, slots=True)
class Heard:
    """What one organisation's groups or its mailbox will read; `later`: with the next message to the group."""

    organisation: str
    words: tuple[str, ...]
    by_mail: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Who hears what. `reporter`: the bubbles, none where nothing is said to them; `others`: how many follow it.

    `calls`: what staff have to tell the reporter by telephone instead.
    """

    reporter: tuple[str, ...]
    others: int
    offices: tuple[Heard, ...]
    calls: tuple[str, ...] = ()


class _Over(Exception):
    """Ends the transaction, so that nothing of it is kept."""


def rehearse(desk: Desk, find: Callable[[Session], Case], act: Callable[[Session, Case], object]) -> Rehearsal:
    """Make the step on the case that `find` gives, and take it back. What `act` raises comes out as it is."""
    seen: list[Rehearsal] = []
    try:
        with desk.begin() as session:
            case = find(session)
            mails = {one.id for one in unsaid.list_mails(session, case.id)}
            owed = {one.id for one in callbacks.list_for_case(session, case.id)}
            act(session, case)
            session.flush()
            calls = [one for one in callbacks.list_for_case(session, case.id) if one.id not in owed]
            said = tuple(call_words.write(session, case, one, desk.now) for one in calls)
            seen.append(replace(_read(session, case, mails), calls=said))
            raise _Over
    except _Over:
        return seen[0]


def _read(session: Session, case: Case, mails: set[int]) -> Rehearsal:
    queued: outbox.Queued = session.info["outbox"]
    said: dict[str, list[str]] = {}
    for gathered in (queued.by_chat, queued.can_wait):
        for chat_id, bubbles in gathered.items():
            said.setdefault(chat_id, []).extend(write(message) for message, _ in bubbles)
    reporter = reporters.get_reporter(session, case.reporter_id).line_user_id
    to_reporter = said.pop(reporter, []) if reporter else []
    whose = case_file.find_organisations(session, list(said))
    by_office: dict[str, list[str]] = {}
    for chat_id, words in said.items():
        if chat_id in whose:
            told = by_office.setdefault(whose[chat_id], [])
            told += [one for one in words if one not in told]
    at_once = {whose[chat_id] for chat_id, bubbles in queued.by_chat.items() if bubbles and chat_id in whose}
    offices = [Heard(code, tuple(words), later=code not in at_once) for code, words in by_office.items() if words]
    written = [one for one in unsaid.list_mails(session, case.id) if one.id not in mails]
    to_reporter += [one.words[1] for one in written if one.organisation == mail.REPORTER]
    offices += [Heard(one.organisation, (one.words[0],), by_mail=True) for one in written if ":" in one.organisation]
    others = sum(1 for chat_id, words in said.items() if words and chat_id not in whose)
    others += sum(1 for one in written if one.organisation == mail.FOLLOWER)
    return Rehearsal(tuple(to_reporter), others, tuple(offices))


def write(message: dict[str, Any] | None) -> str:
    """What a message shows, as plain lines."""
    if message is None:
        return ""
    if message.get("type") == "text":
        return str(message["text"])
    lines = list(dict.fromkeys(_list_texts(message.get("contents", {}))))
    return "\n".join(lines) or str(message.get("altText", ""))


def _list_texts(part: Any) -> list[str]:
    if isinstance(part, list):
        return [words for each in part for words in _list_texts(each)]
    if not isinstance(part, dict):
        return []
    if part.get("type") == "text":
        spans = "".join(str(span.get("text", "")) for span in part.get("contents", ()))
        return [words] if (words := str(part.get("text") or spans).strip()) else []
    if part.get("type") == "button":
        return [f"[{part.get('action', {}).get('label', '')}]"]
    nested = (part.get(name) for name in ("header", "hero", "body", "contents", "footer"))
    return [words for each in nested for words in _list_texts(each)]
