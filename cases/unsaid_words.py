"""Words that somebody took back, or asked to have forgotten, go from what is not said yet as well."""

import html
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.messages.theme import one_line
from cases import helping, passing_on, telling
from cases.desk import OMB
from cases.statuses import OVER, Status
from cases.unsaid import CARDS
from storage import unsaid as stored
from storage import waiting
from storage.models import Case
from texts.catalog import say

SHOWN = ("text", "altText")  # what of a message object people read
PIECE = 16  # letters of longer words by which they are known where they were cut
REASON = "its words were taken back"


def take_out(session: Session, case: Case, gone: Mapping[str, str], now: datetime) -> None:
    """Put for each of these words what stands in their place, in all that is not said yet of the case.

    A card is written anew, and so shows what the case has left.
    """
    forms = {form: instead for words, instead in gone.items() for form in _list_forms(words)}
    if not forms:
        return
    rows = stored.list_rows(session, case.id)
    whose = stored.find_organisations(session, {row.chat_id for row in rows})
    again: dict[tuple[str, str], None] = {}
    for row in rows:
        left: list[waiting.Said] = []
        for message, tie in row.bubbles:
            mended = _mend(message, forms) if tie["case"] == case.id else message
            if mended == message and not (tie["case"] == case.id and _holds(message, forms)):
                left.append((message, tie))
            elif not row.maybe_said and _adds_nothing(case, mended, frozenset(forms.values())):
                continue
            elif tie["kind"] in CARDS:
                again[row.chat_id, tie["kind"]] = None
            elif not _holds(mended, forms):
                left.append((mended, tie))
        if left != row.bubbles:
            stored.rewrite(session, row, left, REASON)
    for chat_id, kind in again:
        _show_again(session, case, whose.get(chat_id), chat_id, kind, now)
    _mend_mails(session, case, forms)


def _list_forms(words: str) -> list[str]:
    """As they were written, without telephone numbers, and on one line."""
    hidden = telling.hide_numbers(words)
    return [form for form in dict.fromkeys([words, hidden, one_line(words), one_line(hidden)]) if form.strip()]


def _adds_nothing(case: Case, message: Any, instead: frozenset[str]) -> bool:
    """Whether all that the reporter added of their own accord is taken back: who never read it need not hear of it."""
    said = message.get("text", "")
    for key in ("group.told_add", "group.told_danger"):
        opening = say(telling.GROUP_LANGUAGE, key, number=case.number, note="")
        if said.startswith(opening):
            return all(line.strip() in instead for line in said[len(opening) :].splitlines())
    return False


def _mend(part: Any, forms: Mapping[str, str], name: str = "") -> Any:
    if isinstance(part, dict):
        return {key: _mend(value, forms, key) for key, value in part.items()}
    if isinstance(part, list):
        return [_mend(value, forms, name) for value in part]
    if not isinstance(part, str) or name not in SHOWN:
        return part
    for form, instead in forms.items():
        part = part.replace(form, instead)
        if name == "altText" and _is_in(form, part):
            return instead
    return part


def _holds(part: Any, forms: Mapping[str, str], name: str = "") -> bool:
    """Whether a piece of the words, which were cut, still stands there."""
    if isinstance(part, dict):
        return any(_holds(value, forms, key) for key, value in part.items())
    if isinstance(part, list):
        return any(_holds(value, forms, name) for value in part)
    return isinstance(part, str) and name in SHOWN and any(_is_in(form, part) for form in forms)


def _is_in(form: str, words: str) -> bool:
    return len(form) > PIECE and any(
        form[start : start + PIECE] in words for start in range(0, len(form) - PIECE + 1, PIECE)
    )


def _show_again(session: Session, case: Case, organisation: str | None, chat_id: str, kind: str, now: datetime) -> None:
    if organisation is None or Status(case.status) in OVER:
        return
    if kind == "offer":
        passing_on.show_offer(session, case, chat_id, now)
    elif kind == "helping":
        helping.show_card(session, case, organisation, chat_id, now)
    elif organisation == OMB:
        telling.show_to_staff(session, case, chat_id, now)
    else:
        telling.show_card(session, case, chat_id, now)


def _mend_mails(session: Session, case: Case, forms: Mapping[str, str]) -> None:
    for one in stored.list_mails(session, case.id):
        subject, plain, marked = one.words
        for form, instead in forms.items():
            subject, plain = subject.replace(form, instead), plain.replace(form, instead)
            marked = marked.replace(html.escape(form), html.escape(instead)).replace(form, html.escape(instead))
        if (subject, plain, marked) != one.words:
            stored.rewrite_mail(session, one.id, (subject, plain, marked))
