"""What a person does in their own chat with the account."""

from datetime import timedelta

from bot.messages.lasting import lasting
from bot.messages.welcome import WelcomeView, welcome
from bot.rich_menu import DEFAULT as MENU_FOR_ALL
from flows import words
from flows.answers import Answer
from handlers import (
    adding,
    answering,
    closure_danger,
    closure_shown,
    coming_back,
    conversing,
    followed,
    followed_photos,
    handover,
    objecting,
    own_cases,
    talk,
    unasked,
    withdrawal,
)
from handlers.turn import Turn
from handlers.unsending import unsend as unsend
from storage import cases as stored
from storage import conversations, inbox, media, menus, outbox, reporters
from storage.conversations import Standing
from texts.catalog import say

NOTICE_VERSION = "2569-11"
DRAFT_FOR = timedelta(hours=24)
SKIPPABLE = frozenset({"photos", "phone", "phone_shown", "name", "more", "why", "proof"})


def follow(turn: Turn) -> None:
    """Someone added the account, or let it speak again: welcome, what it is not for, and the notice.

    Who comes back to cases that go on hears how they stand, and not all of that once more.
    """
    standing = _stand(turn)
    if standing.notice_version != NOTICE_VERSION or not coming_back.greet(turn, standing):
        _give_notice(turn, standing)
    if standing.language != MENU_FOR_ALL:  # LINE forgets the menu of whoever blocks us
        menus.want(turn.session, standing.chat_id, standing.language, turn.now)
    conversing.ask_again(turn, standing)
    conversations.save(turn.session, standing, turn.now)


def unfollow(turn: Turn) -> None:
    """Someone blocked the account; what is pushed to them from now on reaches nobody."""
    standing, _ = conversations.lock(turn.session, turn.inbound.chat_id, turn.now)
    standing.blocked = True
    outbox.drop(turn.session, turn.inbound.chat_id, "blocked")
    conversations.save(turn.session, standing, turn.now)


def text(turn: Turn) -> None:
    """Words: a command, a case number, an answer, or the beginning of a report."""
    if inbox.is_unsent(turn.session, turn.inbound.message_id, turn.inbound.chat_id):
        inbox.forget_words(turn.session, turn.inbound.event_id)
        return
    standing = _stand(turn)
    guessed = _is_met_in_english(turn, standing)
    if guessed:
        conversing.speak(turn, standing, "en")
    talk.warn(turn, standing, turn.inbound.text)  # where life is in danger, nothing comes before the numbers
    if not _welcome(turn, standing) and guessed:
        back = conversing.tap(standing, "button.language", "m:thai")
        turn.say(lasting(say(standing.language, "talk.language_guessed"), (back,)))
    _take_text(turn, standing)
    conversations.save(turn.session, standing, turn.now)


def _take_text(turn: Turn, standing: Standing) -> None:
    said = turn.inbound.text
    command = words.find_command(said)
    answer = Answer("text", text=said, message_id=turn.inbound.message_id)
    if adding.take_slip(turn, standing):
        return
    if adding.take_quote(turn, standing, command) or followed.take_quote(turn, standing, command):
        return
    if not command:
        withdrawal.leave_unanswered(turn, standing, answer)
    if command and not _is_answer(turn, standing, command):
        talk.run_command(turn, standing, command)
    elif any(takes(turn, standing) for takes in OF_A_CASE):
        pass
    elif conversing.is_talking(standing) and standing.flow != "withdrawal" and words.calls_off(said):
        talk.run_command(turn, standing, "cancel")
    elif conversing.is_talking(standing):
        if words.is_courtesy(said):
            talk.greet(turn, standing)
        elif not any(takes(turn, standing, answer) for takes in BESIDE):
            talk.take_answer(turn, standing, answer)
    elif adding.take_reply(turn, standing, answer) or followed.take_verdict(turn, standing, said):
        pass
    elif words.is_small_talk(said):
        talk.greet(turn, standing)
    elif any(takes(turn, standing, answer) for takes in UNASKED):
        pass
    else:
        talk.take_answer(turn, standing, answer)


# Words in the middle of a conversation that may be for something else.
BESIDE = (
    answering.take_beside,
    closure_shown.judge_after_photo,
    closure_danger.take_after_photo,
    objecting.take_after_photo,
    unasked.take_in_dispute,
)
# Words with no conversation open.
UNASKED = (closure_danger.take, objecting.take, unasked.take)
# Words about a case told before, which count in the middle of a report too.
OF_A_CASE = (handover.take_words, own_cases.take_words, followed.take_words, adding.take_number, withdrawal.take_words)


def _is_answer(turn: Turn, standing: Standing, command: str) -> bool:
    """Whether words that elsewhere ask for something answer the question that is open, here or of an office."""
    if not conversing.is_talking(standing):
        return command == "nothing" and bool(stored.list_asked(turn.session, standing.chat_id))
    if command == "when":  # said to those who work on the case
        return standing.flow == "addition"
    asked = conversing.load(standing)[1].asked
    return command == "nothing" and asked in SKIPPABLE and words.is_skip(turn.inbound.text)


def _is_met_in_english(turn: Turn, standing: Standing) -> bool:
    """Whether these are the first words of somebody who plainly writes English, and has chosen no language."""
    if standing.language != "th" or standing.draft is not None or not words.is_english(turn.inbound.text):
        return False
    return reporters.find_line_reporter(turn.session, standing.chat_id) is None


def location(turn: Turn) -> None:
    """A pin: the place of the report, what an office asked for, or the beginning of a report."""
    inbound = turn.inbound
    if inbox.is_unsent(turn.session, inbound.message_id, inbound.chat_id):
        inbox.forget_words(turn.session, inbound.event_id)
        return
    standing = _open(turn)
    described = " ".join(part for part in (inbound.title, inbound.address) if part)
    answer = Answer(
        "location",
        latitude=inbound.latitude,
        longitude=inbound.longitude,
        address=described,
        message_id=inbound.message_id,
    )
    _take(turn, standing, answer)
    conversations.save(turn.session, standing, turn.now)


def attachment(turn: Turn) -> None:
    """A photo, voice or video: copied from LINE at once, and part of the report, or its beginning."""
    inbound = turn.inbound
    standing = _open(turn)
    media_id = turn.want_media("before")
    if not inbox.is_unsent(turn.session, inbound.message_id, inbound.chat_id):
        seen = media.count_album(turn.session, inbound.chat_id, inbound.album_id) if inbound.album_id else 0
        answer = Answer(inbound.kind, media_id=media_id, album_seen=seen, album_total=inbound.album_total)
        _take(turn, standing, answer)
    conversations.save(turn.session, standing, turn.now)


def not_taken(turn: Turn) -> None:
    """A sticker or a file: a helpful line, and the open question again. A thumb up may say that a case is well."""
    standing = _open(turn)
    if turn.inbound.kind != "sticker" or not closure_shown.take_sticker(turn, standing):
        talk.say_not_taken(turn, standing, turn.inbound.kind)
    conversations.save(turn.session, standing, turn.now)


def postback(turn: Turn) -> None:
    """A button: of a conversation (`f:`), of a case of theirs (`c:`), or of the menu (`m:`)."""
    standing = _open(turn)
    kind, _, rest = turn.inbound.postback.partition(":")
    if kind == "f":
        talk.take_tap(turn, standing, rest)
    elif kind == "c":
        own_cases.take_tap(turn, standing, rest)
    elif kind == "m":
        talk.run_command(turn, standing, rest)
    else:
        conversing.say_old_button(turn, standing)
    conversations.save(turn.session, standing, turn.now)


def _take(turn: Turn, standing: Standing, answer: Answer) -> None:
    withdrawal.leave_unanswered(turn, standing, answer)
    unopened = (adding.take_reply, closure_shown.take_photo, followed_photos.take, unasked.take)
    takers = (answering.take_beside,) if conversing.is_talking(standing) else unopened
    if not any(takes(turn, standing, answer) for takes in takers):
        talk.take_answer(turn, standing, answer)


def _open(turn: Turn) -> Standing:
    """The chat's standing, locked; a person who never saw the notice sees it before anything is collected."""
    standing = _stand(turn)
    _welcome(turn, standing)
    return standing


def _welcome(turn: Turn, standing: Standing) -> bool:
    if standing.notice_version == NOTICE_VERSION:
        return False
    _give_notice(turn, standing)
    return True


def _stand(turn: Turn) -> Standing:
    standing, _ = conversations.lock(turn.session, turn.inbound.chat_id, turn.now)
    standing.blocked = False
    if standing.draft_at and turn.now - standing.draft_at > DRAFT_FOR:
        conversing.discard(turn, standing)
        standing.flow = standing.run = standing.draft = standing.draft_at = None
    return standing


def _give_notice(turn: Turn, standing: Standing) -> None:
    for bubble in welcome(WelcomeView(conversing.find_notice(turn, standing)), standing.language):
        turn.say(bubble, kind="welcome")
    standing.notice_version, standing.notice_at = NOTICE_VERSION, turn.now
