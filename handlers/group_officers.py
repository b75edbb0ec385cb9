"""The Ombudsman's officers decide in their group: what is disputed, declined, or has no office that takes it.

Only a group bound to the Ombudsman may. Every decision takes words, is shown as it will be read, and goes when
somebody says so; then it stands in the history with who made it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.messages.bubbles import QuickReply, text_bubble
from bot.messages.lasting import lasting
from cases import chain, decisions, going_back, lifecycle, mailing, proposing, reached, receivers, views, who_helps
from cases.desk import BY_HAND, OMB
from cases.phones import find_personal
from cases.statuses import Actor, Role, Status
from handlers import group_answers, group_asking, group_sources, group_transfer, group_words
from handlers.turn import Turn
from places.organisations import find_organisation
from storage import cases as stored
from storage.models import Case, HistoryEntry
from texts.catalog import say

LANGUAGE = "th"
# The words each decision takes, and the mark under which history holds them until they are sent.
ASKS = ("instruct", "uphold", "advise", "place")
TOLD = ("uphold", "advise")  # their words are the reporter's
MARK = going_back.DECISION
LONGEST_NAME = 40  # letters; what is longer is no office's name
WITH = "with"  # behind the note's id: somebody's own number in the words goes along
Kept = Mapping[str, object]
BEGINS = {"send_back": "instruct", "uphold": "uphold", "agree": "advise", "place": "place"}
FROM = {
    "instruct": (Status.DISPUTED, Status.DECLINED, Status.TRANSFERRING),
    "uphold": (Status.DISPUTED,),
    "advise": (Status.DECLINED,),
    "place": (Status.TRANSFERRING,),
}
VERBS = (*BEGINS, "who", "place_at", "decide", "decide_anew", "decide_undo")


def take_button(turn: Turn, case: Case, verb: str, argument: str, actor: Actor) -> None:
    """A button of the officers' card, or of what follows it."""
    if actor.organisation != OMB:
        group_answers.say_elsewhere(turn)
    elif case.confidential:
        _tell(turn, case, "desk.only_in_system")
    elif verb in BEGINS:
        _begin(turn, case, BEGINS[verb])
    elif verb == "who":
        _preview_body(turn, case, argument, actor)
    elif verb == "place_at":
        _preview_place(turn, case, argument, actor)
    elif verb == "decide_undo":
        _take_back(turn, case, argument, actor)
    else:
        _settle(turn, case, argument, actor, anew=verb == "decide_anew")


def take_words(turn: Turn, case: Case, asked: str, words: str, actor: Actor) -> bool:
    """The next words after the tap, or words that quote our question. False where they are none."""
    if case.confidential or not _is_open(case, asked):
        return False
    if asked == "place":
        return _search(turn, case, words, actor)
    if not group_words.is_reason(words):
        return False
    _preview(turn, case, asked, words, actor)
    return True


def undo_latest(turn: Turn, case: Case, actor: Actor) -> None:
    """The undo as a word, for who no longer sees the line."""
    last = decisions.find_decided(turn.session, case, turn.now)
    _take_back(turn, case, str(last.id) if last else "", actor)


def _take_back(turn: Turn, case: Case, argument: str, actor: Actor) -> None:
    known = argument.isdecimal() and len(argument) < 18
    officer = replace(actor, role=Role.STAFF)
    if not known or decisions.take_back(turn.session, case, int(argument), officer, turn.now) is None:
        group_answers.say_undo_late(turn, case)
        return
    group_answers.say_undone(turn, case)


def _begin(turn: Turn, case: Case, asked: str) -> None:
    if not _is_open(case, asked):
        group_answers.say_standing(turn, case)
        return
    taps: list[QuickReply] = []
    if asked == "advise":
        taps = [
            QuickReply.postback(label, f"g:{case.id}:who:{name}") for name, label in who_helps.list_buttons().items()
        ]
    elif asked == "place":
        taps = _list_places(turn, case, _list_likely(turn, case))
    _ask(turn, case, asked, f"desk.ask_{asked}" if taps or asked != "place" else "desk.ask_place_name", taps)


def _ask(turn: Turn, case: Case, asked: str, key: str, taps: Sequence[QuickReply]) -> None:
    words = say(LANGUAGE, key, number=case.number, office=views.name_khet(case.owner, LANGUAGE))
    shown = group_sources.tie(turn, lasting(words, [*taps, group_transfer.cancel(case)]))
    turn.say(shown, kind=f"how_to_{asked}", case_id=case.id)
    group_asking.expect(turn, case.id, asked)


def _list_likely(turn: Turn, case: Case) -> list[str]:
    """The one that its office would have take it before all others, also if it had it; then who can be written to."""
    proposed = proposing.find(turn.session, case)
    gone = chain.list_passed(stored.list_history(turn.session, case.id))
    likely = receivers.list_likely(case, without=gone, words=_reason(turn, case))
    others = sorted(likely, key=lambda code: not mailing.can_reach(turn.session, code))
    return list(dict.fromkeys([*([proposed] if proposed else []), *others]))


def _list_places(turn: Turn, case: Case, codes: Sequence[str]) -> list[QuickReply]:
    return [QuickReply.postback(views.name_khet(code, LANGUAGE), f"g:{case.id}:place_at:{code}") for code in codes]


def _search(turn: Turn, case: Case, words: str, actor: Actor) -> bool:
    """An office by its name; a name that is none is said to be, longer words are talk."""
    named = receivers.search(words)
    found = [code for code in named if code != case.owner]
    if len(found) == 1 and receivers.list_named(words):
        _preview_place(turn, case, found[0], actor)
    elif found or (not named and (found := receivers.search_near(words))):
        _ask(turn, case, "place", "transfer.found", _list_places(turn, case, found))
    elif named:
        back = QuickReply.postback(say(LANGUAGE, "desk.button_send_back"), f"g:{case.id}:send_back")
        _ask(turn, case, "place", "desk.has_it", [back])
    elif len(words) <= LONGEST_NAME and group_words.is_reason(words):
        _ask(turn, case, "place", "desk.no_such_office", _list_places(turn, case, _list_likely(turn, case)))
    else:
        return False
    return True


def _preview_body(turn: Turn, case: Case, name: str, actor: Actor) -> None:
    words = who_helps.say_who(name, LANGUAGE)
    if words and _is_open(case, "advise"):
        _preview(turn, case, "advise", words, actor, who=name)
    else:
        group_answers.say_standing(turn, case)


def _preview_place(turn: Turn, case: Case, code: str, actor: Actor) -> None:
    office = find_organisation(code)
    if office is None or code == case.owner or not _is_open(case, "place"):
        group_answers.say_standing(turn, case)
    else:
        by_hand = {} if mailing.can_reach(turn.session, code) else {BY_HAND: "yes"}
        _preview(turn, case, "place", office.name_th, actor, place=code, **by_hand)


def _preview(turn: Turn, case: Case, asked: str, words: str, actor: Actor, **more: str) -> None:
    """The words as they will be read, and by whom; nothing goes before [ส่ง]."""
    officer = replace(actor, role=Role.STAFF)
    note = group_answers.keep_note(turn, case, words, officer, **{MARK: asked}, **more)
    by_hand = f"_{BY_HAND}" if BY_HAND in more else ""
    way = reached.find_way(turn.session, case) if asked in TOLD else by_hand
    office = views.name_khet(case.owner, LANGUAGE)
    title = say(LANGUAGE, f"desk.preview_{asked}{way}", number=case.number, office=office)
    phone = find_personal(words, own=case.phone) if asked in TOLD else None
    sends, decide = "question.send_without" if phone else f"desk.send_{asked}{by_hand}", f"g:{case.id}:decide:{note.id}"
    taps = [QuickReply.postback(say(LANGUAGE, sends), decide)]
    shown = [title, words]
    if phone:
        taps.append(QuickReply.postback(say(LANGUAGE, "question.send_with"), f"{decide}-{WITH}"))
        shown.append(say(LANGUAGE, "question.number_in", phone=phone))
    taps.append(QuickReply.postback(say(LANGUAGE, "button.edit"), f"g:{case.id}:decide_anew:{note.id}"))
    turn.say(lasting("\n".join(shown), taps), kind="preview", case_id=case.id)


def _settle(turn: Turn, case: Case, argument: str, actor: Actor, *, anew: bool) -> None:
    argument, _, how = argument.partition("-")
    known = argument.isdecimal() and len(argument) < 18
    note = stored.find_history(turn.session, int(argument)) if known else None
    ours = note is not None and note.case_id == case.id and note.note
    asked = str(note.details.get(MARK)) if note is not None and ours else ""
    why = group_sources.find_why_dead(turn, note) if note is not None and note.case_id == case.id else None
    if note is not None and why is not None:
        sent = any(entry.details.get(MARK) == note.id for entry in stored.list_history(turn.session, case.id))
        group_answers.say_standing(turn, case, why=None if sent else why)
    elif note is None or asked not in ASKS or not _is_open(case, asked) or not _is_fresh(turn, case, note):
        group_answers.say_standing(turn, case)
    elif anew:
        _begin(turn, case, asked)
    else:
        officer = replace(actor, role=Role.STAFF)
        DECISIONS[asked](turn, case, note, officer, {lifecycle.WITH_NUMBER: True} if how == WITH else {})


def _is_fresh(turn: Turn, case: Case, note: HistoryEntry) -> bool:
    """Whether nothing has happened to the case since it was shown: a preview of an older dispute decides nothing."""
    last = stored.find_last_change(turn.session, case.id)
    return last is None or last.id < note.id


def _send_back(turn: Turn, case: Case, note: HistoryEntry, officer: Actor, _: Kept) -> None:
    entry = decisions.send_back(turn.session, case, note.note, officer, turn.now, details={MARK: note.id})
    _tell(turn, case, "desk.sent_back", entry, office=views.name_office(case.owner, LANGUAGE))


def _uphold(turn: Turn, case: Case, note: HistoryEntry, officer: Actor, kept: Kept) -> None:
    _close(turn, case, note, officer, "upheld", kept)


def _agree(turn: Turn, case: Case, note: HistoryEntry, officer: Actor, kept: Kept) -> None:
    who = {"who": note.details["who"]} if note.details.get("who") else {}
    _close(turn, case, note, officer, "declined", {**kept, **who})


def _place(turn: Turn, case: Case, note: HistoryEntry, officer: Actor, _: Kept) -> None:
    code = str(note.details.get("place"))
    kept = {MARK: note.id}
    by_hand = BY_HAND in note.details
    placed = decisions.place(turn.session, case, code, officer, turn.now, details=kept, by_hand=by_hand)
    if placed is None:
        _tell(turn, case, "desk.unreachable")
        return
    key = "desk.placed_by_hand" if BY_HAND in placed.details else "desk.placed"
    _tell(turn, case, key, placed, office=views.name_office(code, LANGUAGE))


def _close(turn: Turn, case: Case, note: HistoryEntry, officer: Actor, answer: str, details: Kept) -> None:
    kept = {**details, MARK: note.id}
    entry = decisions.close(turn.session, case, answer, note.note, officer, turn.now, details=kept)
    _tell(turn, case, f"desk.closed{reached.find_way(turn.session, case)}", entry)


DECISIONS: dict[str, Callable[[Turn, Case, HistoryEntry, Actor, Kept], None]] = {
    "instruct": _send_back,
    "uphold": _uphold,
    "advise": _agree,
    "place": _place,
}


def _is_open(case: Case, asked: str) -> bool:
    """Whether the case waits for this decision; one that is offered to an office waits for that office."""
    return Status(case.status) in FROM[asked] and case.transfer_to is None


def _reason(turn: Turn, case: Case) -> str:
    return views.find_reason(turn.session, case)


def _tell(turn: Turn, case: Case, key: str, made: HistoryEntry | None = None, **values: str) -> None:
    """One line; with the undo of a decision that was just made."""
    words = say(LANGUAGE, key, number=case.number, **values)
    last = decisions.find_decided(turn.session, case, turn.now) if made is not None else None
    back = [QuickReply.postback(say(LANGUAGE, "button.undo"), f"g:{case.id}:decide_undo:{last.id}")] if last else []
    turn.say(lasting(words, back) if back else text_bubble(words), kind="line", case_id=case.id)
