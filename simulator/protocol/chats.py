"""People, groups and rooms as the bot may see them; and the signs it can give in a chat (typing, read)."""

import re
from typing import Any

from simulator.protocol.calls import (
    Answer,
    Call,
    Refused,
    read_json,
    refuse_parameter,
    refuse_report,
    refuse_unknown,
)
from simulator.protocol.receivers import is_user_id
from simulator.rules.report import Report
from simulator.rules.shapes import Shape, examine, text
from simulator.state.people import Chat, User
from simulator.state.platform import Platform

_IDS = {"group": re.compile(r"C[0-9a-f]{32}"), "room": re.compile(r"R[0-9a-f]{32}")}
_ONLY_USERS = "Only user id is acceptable, please confirm if there are any group/room ids or illegal ids."
LOADING_DEFAULT = 20
READ = Shape({"markAsReadToken": text(1000, empty="May not be empty")}, ("markAsReadToken",))


def get_profile(platform: Platform, call: Call, user_id: str) -> Answer:
    """The profile of a friend, or of somebody who wrote; not of one who blocked."""
    user = _get_user(platform, user_id)
    if user.blocked or not (user.friend or user.wrote_at is not None):
        raise refuse_unknown()
    body = _as_profile(user)
    if user.language and user.consented:
        body["language"] = user.language
    return Answer(body=body)


def refuse_list(platform: Platform, call: Call) -> Answer:
    """Lists of ids are for verified accounts; this one is not."""
    raise Refused(403, "Access to this API is not available for your account")


def get_summary(platform: Platform, call: Call, chat_id: str) -> Answer:
    chat = _get_group(platform, "group", chat_id)
    return Answer(body={"groupId": chat.chat_id, "groupName": chat.name})


def count_members(platform: Platform, call: Call, kind: str, chat_id: str) -> Answer:
    return Answer(body={"count": len(_get_group(platform, kind, chat_id).members)})


def get_member(platform: Platform, call: Call, kind: str, chat_id: str, user_id: str) -> Answer:
    """Anyone in the group, friend or not, blocked or not."""
    chat = _get_group(platform, kind, chat_id)
    user = _get_user(platform, user_id)
    if user_id not in chat.members or not user.consented:
        raise refuse_unknown()
    return Answer(body=_as_profile(user))


def get_chat_to_leave(platform: Platform, kind: str, chat_id: str) -> Chat:
    return _get_group(platform, kind, chat_id)


def start_loading(platform: Platform, call: Call) -> Answer:
    """The three dots, in 1:1 chats only."""
    asked = read_json(call)
    report = Report()
    seconds = asked.get("loadingSeconds", LOADING_DEFAULT)
    if not isinstance(seconds, int) or isinstance(seconds, bool) or not 5 <= seconds <= 60:
        report.add(("loadingSeconds",), "Must be between 5 and 60")
    if not isinstance(seconds, int) or seconds % 5:
        report.add(("loadingSeconds",), "must be a multiple of five")
    if not is_user_id(asked.get("chatId")):
        report.add(("chatId",), _ONLY_USERS)
    refuse_report(report)
    user = platform.users.get(asked["chatId"])
    if user is not None and user.friend and not user.blocked:
        platform.chats[user.user_id].loading_until = call.at + seconds
        platform.changes.announce("loading", user.user_id)
    return Answer(202)


def mark_as_read(platform: Platform, call: Call) -> Answer:
    """All messages up to the one whose token this is."""
    asked = read_json(call)
    report = Report()
    examine(asked, READ, (), report)
    refuse_report(report)
    line = platform.screens.find_by_read_token(asked["markAsReadToken"])
    if line is None:
        raise Refused(400, "Invalid markAsReadToken. Tokens must be used by the bot that received them via Webhook.")
    platform.chats[line.chat].read_up_to = line.message_id
    platform.changes.announce("line_changed", line.chat, message_id=line.message_id)
    return Answer()


def issue_link_token(platform: Platform, call: Call, user_id: str) -> Answer:
    _get_user(platform, user_id)
    token = platform.ids.link_token()
    platform.channel.link_tokens.add(token)
    return Answer(body={"linkToken": token})


def _get_user(platform: Platform, user_id: str) -> User:
    if not is_user_id(user_id):
        raise refuse_parameter("userId")
    user = platform.users.get(user_id)
    if user is None:
        raise refuse_unknown()
    return user


def _get_group(platform: Platform, kind: str, chat_id: str) -> Chat:
    if not _IDS[kind].fullmatch(chat_id):
        raise refuse_parameter(f"{kind}Id")
    chat = platform.find_group(chat_id)
    if chat is None:
        raise refuse_unknown()
    return chat


def _as_profile(user: User) -> dict[str, Any]:
    return {"displayName": user.name, "userId": user.user_id}
