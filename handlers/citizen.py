"""What a person does in their own chat with the account."""

from datetime import timedelta

from bot.messages.welcome import WelcomeView, welcome
from flows import words
from flows.answers import Answer
from handlers import adding, conversing, own_cases, talk
from handlers.turn import Turn
from handlers.unsending import unsend as unsend
from storage import conversations, inbox, media
from storage.conversations import Standing

NOTICE_VERSION = "2569-11"
DRAFT_FOR = timedelta(hours=24)


def follow(turn: Turn) -> None:
    """Someone added the account, or let it speak again: welcome, what it is not for, and the notice."""
    standing = _stand(turn)
    _give_notice(turn, standing)
    conversing.ask_again(turn, standing)
    conversations.save(turn.session, standing, turn.now)


def unfollow(turn: Turn) -> None:
    """Someone blocked the account; what is pushed to them from now on reaches nobody."""
    standing, _ = conversations.lock(turn.session, turn.inbound.chat_id, turn.now)
    standing.blocked = True
    conversations.save(turn.session, standing, turn.now)


def text(turn: Turn) -> None:
    """Words: a command, a case number, an answer, or the beginning of a report."""
    if inbox.is_unsent(turn.session, turn.inbound.message_id):
        return
    standing = _open(turn)
    talk.warn(turn, standing, turn.inbound.text)
    _take_text(turn, standing)
    conversations.save(turn.session, standing, turn.now)


def _take_text(turn: Turn, standing: Standing) -> None:
    said = turn.inbound.text
    command = words.find_command(said)
    answer = Answer("text", text=said, message_id=turn.inbound.message_id)
    if adding.take_quote(turn, standing, command):
        return
    if command:
        talk.run_command(turn, standing, command)
    elif adding.take_number(turn, standing):
        pass
    elif conversing.is_talking(standing):
        if words.is_courtesy(said):
            talk.greet(turn, standing)
        else:
            talk.take_answer(turn, standing, answer)
    elif adding.take_reply(turn, standing, answer):
        pass
    elif words.is_small_talk(said):
        talk.greet(turn, standing)
    else:
        talk.take_answer(turn, standing, answer)


def location(turn: Turn) -> None:
    """A pin: the place of the report, what an office asked for, or the beginning of a report."""
    inbound = turn.inbound
    if inbox.is_unsent(turn.session, inbound.message_id):
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
    if not inbox.is_unsent(turn.session, inbound.message_id):
        seen = media.count_album(turn.session, inbound.chat_id, inbound.album_id) if inbound.album_id else 0
        answer = Answer(inbound.kind, media_id=media_id, album_seen=seen, album_total=inbound.album_total)
        _take(turn, standing, answer)
    conversations.save(turn.session, standing, turn.now)


def not_taken(turn: Turn) -> None:
    """A sticker or a file: a helpful line, and the open question again."""
    standing = _open(turn)
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
    if conversing.is_talking(standing) or not adding.take_reply(turn, standing, answer):
        talk.take_answer(turn, standing, answer)


def _open(turn: Turn) -> Standing:
    """The chat's standing, locked; a person who never saw the notice sees it before anything is collected."""
    standing = _stand(turn)
    if standing.notice_version != NOTICE_VERSION:
        _give_notice(turn, standing)
    return standing


def _stand(turn: Turn) -> Standing:
    standing, _ = conversations.lock(turn.session, turn.inbound.chat_id, turn.now)
    standing.blocked = False
    if standing.draft_at and turn.now - standing.draft_at > DRAFT_FOR:
        conversing.discard(turn, standing)
        standing.flow = standing.run = standing.draft = standing.draft_at = None
    return standing


def _give_notice(turn: Turn, standing: Standing) -> None:
    for bubble in welcome(WelcomeView(f"{turn.settings.public_base_url}/privacy"), standing.language):
        turn.say(bubble, kind="welcome")
    standing.notice_version, standing.notice_at = NOTICE_VERSION, turn.now
