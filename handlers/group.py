"""What people do in a coordinators' group: buttons, quoted replies, lines with a number, photos, commands.

Whatever is recognised is answered by one short line with the free reply token; everything else is people
talking, and is left alone and not kept.
"""

from dataclasses import replace

from cases import office_updates
from cases.listed_words import LISTED
from cases.statuses import Actor, Role, Status
from handlers import (
    binding,
    group_answers,
    group_asking,
    group_beside,
    group_called,
    group_danger,
    group_dates,
    group_desk,
    group_edits,
    group_ends,
    group_excepting,
    group_helping,
    group_lists,
    group_maybe,
    group_merging,
    group_photo_checks,
    group_photos,
    group_picking,
    group_questions,
    group_quotes,
    group_roster,
    group_sources,
    group_summary,
    group_unsending,
    group_words,
    updates,
)
from handlers.turn import Turn
from storage import cases as stored
from storage import group_people, groups, inbox, media, roster
from storage.models import Case, Group, SentMessage

join = binding.join
leave = binding.leave


def text(turn: Turn) -> None:
    """Words in a group."""
    group = _enter(turn)
    readings = group_edits.find_readings(turn)
    inbound = turn.inbound
    over = inbox.is_unsent(turn.session, inbound.message_id, inbound.chat_id) or group_edits.is_stale(turn, readings)
    if over or binding.take_code(turn, group):
        inbox.forget_words(turn.session, turn.inbound.event_id)
    elif group.organisation is None:
        _leave_alone(turn, group)
    else:
        _read_words(turn, group)


def edited(turn: Turn) -> None:
    """A message was changed: what it was read as is judged again; of several changes the latest counts."""
    group = _enter(turn)
    readings = [entry for entry in group_edits.find_readings(turn) if entry.chat_id == group.chat_id]
    if not readings or group.organisation is None:
        text(turn)
        return
    actor = act_as(turn, group)
    listed = [entry for entry in readings if LISTED in entry.details]
    readings = [entry for entry in readings if entry not in listed]
    if listed and not readings:  # nobody has said yet of which case it is
        if not group_edits.is_stale(turn, listed):
            inbox.forget_all_words(turn.session, {entry.details[LISTED] for entry in listed})
        text(turn)
        return
    named, _ = group_words.split_by_numbers(turn.inbound.text)
    targets = [(stored.find_case_by_number(turn.session, one.number, lock=True), one.words) for one in named]
    if not targets and listed:
        _, words = group_words.split_whole(turn.inbound.text, 0)
        told = sorted({entry.case_id for entry in readings})
        targets = [(stored.find_case(turn.session, case_id, lock=True), words) for case_id in told]
    elif not targets:
        targets = [(stored.find_case(turn.session, readings[-1].case_id, lock=True), turn.inbound.text)]
    ours = [(case, words) for case, words in targets if case and group_beside.may_read(turn, case, group)]
    if group_edits.is_stale(turn, readings) or (not ours and not named):
        inbox.forget_words(turn.session, turn.inbound.event_id)
        return
    kept = {case.id for case, _ in ours}
    for case_id in dict.fromkeys(entry.case_id for entry in readings):
        if case_id not in kept:
            group_edits.withdraw_from(turn, case_id, readings, actor)
    for case, words in ours:
        if office_updates.is_with(case, group.organisation):
            group_edits.judge_again(turn, case, words, readings, actor)
        elif group.organisation != binding.STAFF:
            group_beside.keep_edit(turn, case, words, actor)
        else:
            group_desk.keep_note(turn, case, words, actor)
    if len(ours) < len(targets):
        known = {case.number for case, _ in ours}
        if not group_beside.take_gone(turn, named, actor):
            group_desk.say_unknown(turn, group, [one.number for one in named if one.number not in known])


def sticker(turn: Turn) -> None:
    """A sticker that quotes a waiting card: one that agrees takes the case on, any other is left alone."""
    group = _enter(turn)
    quoted = group_quotes.find_quoted(turn, group) if group.organisation else group_quotes.Quoted()
    case = quoted.case
    nods = group_words.is_nod(turn.inbound.sticker_words, turn.inbound.text)
    listed = quoted.listed if nods and group.organisation != binding.STAFF else None
    if listed is not None and group_picking.ask(turn, group, listed, act_as(turn, group)):
        return
    if case is None or not nods or not updates.take_nod(turn, case, act_as(turn, group)):
        _leave_alone(turn, group)


def postback(turn: Turn) -> None:
    """A button of a card, of a line or of a question: `g:case:verb:argument`."""
    group = _enter(turn)
    turn, data = group_sources.read(turn)
    kind, _, rest = data.partition(":")
    key, _, rest = rest.partition(":")
    verb, _, argument = rest.partition(":")
    if group.organisation is None or kind != "g" or not key.isdecimal() or len(key) > 17:
        _leave_alone(turn, group)
        return
    if verb == "leave":
        binding.answer_leave(turn, group, argument)
        return
    if verb == "roster":
        group_roster.take_answer(turn, group, argument)
        return
    actor = act_as(turn, group)
    if _has_died(turn, group, int(key), verb):
        return
    if verb != "call_off":
        group_asking.forget(turn)
    if verb == "pick":
        group_picking.take_choice(turn, group, int(key), argument, actor)
        return
    if verb == "more":
        if argument.isdecimal() and len(argument) < 6:
            group_lists.list_open(turn, group.organisation, before=int(argument))
        return
    if verb == "pick_all":
        group_picking.take_all(turn, argument, actor)
        return
    if verb == "photo":
        group_photos.take_choice(turn, int(key), argument, actor)
        return
    case = stored.find_case(turn.session, int(key), lock=True)
    if case is not None and verb == "card" and group_beside.may_read(turn, case, group):
        group_beside.open_card(turn, case, group)
        group_dates.ask_owed(turn, case, group)
    elif case is not None and verb in group_photo_checks.VERBS and group.organisation == binding.STAFF:
        group_photo_checks.settle(turn, case, verb, actor)
    elif case is not None and verb in group_danger.VERBS and group.organisation == binding.STAFF:
        group_danger.settle(turn, case, verb, argument, actor)
    elif case is not None and verb in group_merging.VERBS and group.organisation == binding.STAFF:
        group_merging.settle(turn, case, verb, argument, actor)
    elif case is not None and verb == "nudge" and group_desk.may_read(case, group):
        group_dates.open_reminder(turn, case, group)
    elif case is not None and group_beside.take_button(turn, case, verb, argument, actor):
        return
    elif case is None or not office_updates.is_with(case, group.organisation):
        group_answers.say_elsewhere(turn)
    elif verb == "call_off":
        updates.call_off(turn, case)
    elif verb == "undo":
        updates.undo(turn, case, argument, actor)
    elif verb == "late":
        group_dates.take_late(turn, case, argument, actor)
    elif verb == "why":
        group_dates.take_why(turn, case, argument, actor)
    elif verb == "why_of":
        group_dates.open_why(turn, case, argument)
    elif verb == "due":
        updates.take_day(turn, case, argument, actor)
    elif verb in group_maybe.VERBS:
        updates.settle_maybe(turn, case, verb, argument, actor)
    elif verb == group_questions.READY:
        group_questions.preview_ready(turn, case, argument, actor)
    elif verb in group_questions.VERBS:
        group_questions.settle(turn, case, verb, argument, actor)
    else:
        updates.take_button(turn, case, verb, actor)


def _has_died(turn: Turn, group: Group, key: int, verb: str) -> bool:
    """The words for which a button was shown were taken back: said, and nothing is done. True where it was so.

    A day may be named where "noted" stands all the same; and why it is put off, where the day stands.
    """
    if not group_sources.has_gone(turn) or verb == "why":
        return False
    case = stored.find_case(turn.session, key, lock=True) if verb != "pick" else None
    if case is not None and verb == "due" and case.status != Status.DISPATCHED:
        return False
    if case is not None and group_beside.may_read(turn, case, group):
        group_answers.say_standing(turn, case)
    else:
        group_answers.say_gone(turn)
    return True


def photo(turn: Turn) -> None:
    """A photo or video never names its card; who sent it and when does."""
    group = _enter(turn)
    if group.organisation is None:
        _leave_alone(turn, group)
        return
    if not group_helping.take_photo(turn, act_as(turn, group)):
        group_photos.take_photo(turn, act_as(turn, group))


def unsend(turn: Turn) -> None:
    """A message was taken back: its photo goes, and so do its words, and the step they made while that may be."""
    group = groups.lock_group(turn.session, turn.inbound.chat_id, turn.now)
    inbound = turn.inbound
    inbox.remember_unsent(turn.session, message_id=inbound.message_id, chat_id=inbound.chat_id, now=turn.now)
    media.withdraw(turn.session, inbound.message_id, turn.now)
    group_asking.drop_born_of(group, inbound.message_id, turn.now)
    group_unsending.take_back(turn, act_as(turn, group))
    inbox.forget_message(turn.session, inbound.message_id, inbound.chat_id)


def members_changed(turn: Turn) -> None:
    """Somebody came or went: what a push to this group costs is to be asked for again; who went is forgotten."""
    groups.recount(turn.session, turn.inbound.chat_id)
    if turn.inbound.kind == "member_left" and turn.inbound.members:
        group_people.forget_members(turn.session, turn.inbound.chat_id, turn.inbound.members)


def act_as(turn: Turn, group: Group) -> Actor:
    """Who acts here: a coordinator of the office the group is bound to, known or not by a user id."""
    return Actor(
        Role.COORDINATOR,
        person=turn.inbound.user_id,
        organisation=group.organisation,
        chat_id=group.chat_id,
    )


def _enter(turn: Turn) -> Group:
    """The group's row, held; somebody there is alive."""
    group = groups.lock_group(turn.session, turn.inbound.chat_id, turn.now)
    roster.hear(group, turn.inbound.at)
    return group


def _read_words(turn: Turn, group: Group) -> None:
    words = turn.inbound.text
    command = group_words.find_command(words)
    if command == "list":
        group_lists.list_open(turn, str(group.organisation))
    elif command == "summary":
        group_summary.say_summary(turn, str(group.organisation))
    elif command == "help":
        group_lists.say_help(turn)
    elif command == "leave":
        binding.ask_leave(turn, group)
    elif group.organisation == binding.STAFF and group_merging.take_words(turn, group, words):
        group_asking.forget(turn)
    else:
        _read_of_cases(turn, group, words)


def _read_of_cases(turn: Turn, group: Group, words: str) -> None:
    """A number at the head of a message tells its case; else the quote does; else a number amid the words."""
    quoted = group_quotes.find_quoted(turn, group)
    named, first = group_words.split_by_numbers(words)
    if quoted.case is None and not named and (quoted.listed or not turn.inbound.quoted_message_id):
        named = group_ends.find(turn, str(group.organisation), words, quoted.listed)
    numbers = {one.number for one in named}
    mentioned = bool(named) and not first and not turn.inbound.quoted_message_id
    if mentioned and _take_asked(turn, words, act_as(turn, group)):
        return
    if quoted.listed and group_excepting.is_of_list(words) and _ask_which(turn, group, quoted.listed):
        return
    if quoted.case is not None or named:
        group_asking.forget(turn)
    answers = quoted.asked_for is not None and updates.is_asked_reason(turn, words, quoted.asked_for)
    if quoted.case is not None and (not first or answers or numbers == {quoted.case.number}):
        said = named[0].words if numbers == {quoted.case.number} else words
        if not said:
            group_beside.open_card(turn, quoted.case, group)
            return
        _take_words(turn, group, quoted.case, said, asked_for=quoted.asked_for, asks_date=quoted.asks_date)
    elif named:
        _read_numbered(turn, group, named)
    elif quoted.moved and group.organisation != binding.STAFF and updates.read_update(turn, words):
        group_answers.say_elsewhere(turn)
        inbox.forget_words(turn.session, turn.inbound.event_id)
    elif quoted.listed and _ask_which(turn, group, quoted.listed):
        return
    elif turn.inbound.quoted_message_id or not _take_plain(turn, group, words):
        _leave_alone(turn, group)


def _ask_which(turn: Turn, group: Group, listed: SentMessage) -> bool:
    """Words under a list of an office; the officers talk about theirs."""
    return group.organisation != binding.STAFF and group_picking.ask(turn, group, listed, act_as(turn, group))


def _take_plain(turn: Turn, group: Group, words: str) -> bool:
    """Words that name no case: what somebody was asked for, or said of danger that the group has just read of."""
    actor = act_as(turn, group)
    return _take_asked(turn, words, actor) or group_called.take(turn, group, words, actor)


def _take_asked(turn: Turn, words: str, actor: Actor) -> bool:
    asked = group_asking.find_asked(turn)
    turn = replace(turn, sources=asked.sources) if asked is not None else turn
    if group_beside.take_asked(turn, words, actor):
        return True
    return not group_beside.asks(turn) and updates.take_asked(turn, words, actor)


def _read_numbered(turn: Turn, group: Group, named: list[group_words.Numbered]) -> None:
    missing: list[str] = []
    for one in named:
        case = stored.find_case_by_number(turn.session, one.number, lock=True)
        if case is None or not group_beside.may_read(turn, case, group):
            missing.append(one.number)
        elif one.words:
            _take_words(turn, group, case, one.words, named=True)
        else:
            group_beside.open_card(turn, case, group)
            if len(named) == 1:
                group_dates.ask_owed(turn, case, group)
    if len(named) > 1:
        group_asking.forget(turn)  # plain words that follow could be of any of them
    if missing and not group_beside.take_gone(turn, named, act_as(turn, group)):
        group_desk.say_unknown(turn, group, missing)
    if len(missing) == len(named):
        inbox.forget_words(turn.session, turn.inbound.event_id)


def _take_words(
    turn: Turn,
    group: Group,
    case: Case,
    words: str,
    *,
    asked_for: str | None = None,
    named: bool = False,
    asks_date: bool = False,
) -> None:
    actor = act_as(turn, group)
    if group_beside.take_words(turn, case, words, actor, asked_for):
        return
    if group_desk.takes_note(turn, case, group, words, asked_for):
        group_desk.take_words(turn, case, words, actor, named=named)
    else:
        updates.take_words(turn, case, words, actor, asked_for=asked_for, named=named, asks_date=asks_date)
        if group.organisation != binding.STAFF:
            group_called.say_awaited(turn, case)


def _leave_alone(turn: Turn, group: Group) -> None:
    binding.hint_once(turn, group)
    inbox.forget_words(turn.session, turn.inbound.event_id)
