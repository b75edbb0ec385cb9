"""Which menu a person sees: links to single people and many, and the aliases that tabs switch between."""

import re
from typing import Any

from simulator.protocol.calls import Answer, Call, Refused, read_json, refuse_parameter, refuse_property
from simulator.protocol.receivers import is_user_id
from simulator.protocol.rich_menus import get_menu_with_image
from simulator.rules.rich_menu import ALIAS_PATTERN
from simulator.state.platform import Platform
from simulator.state.rich_menus import MOST

_ALIAS = re.compile(ALIAS_PATTERN)
_MENU = re.compile(r"richmenu-[0-9a-f]{32}")


def link(platform: Platform, call: Call, user_id: str, rich_menu_id: str) -> Answer:
    """For friends; for anyone else LINE says 200 and does nothing."""
    _check_user_id(user_id)
    get_menu_with_image(platform, rich_menu_id)
    _link(platform, user_id, rich_menu_id)
    return Answer()


def get_linked(platform: Platform, call: Call, user_id: str) -> Answer:
    _check_user_id(user_id)
    user = platform.users.get(user_id)
    if user is None or platform.rich_menus.find(user.rich_menu_id) is None:
        raise Refused(404, "the user has no richmenu")
    return Answer(body={"richMenuId": user.rich_menu_id})


def unlink(platform: Platform, call: Call, user_id: str) -> Answer:
    _check_user_id(user_id)
    _link(platform, user_id, None)
    return Answer()


def link_many(platform: Platform, call: Call) -> Answer:
    asked = read_json(call)
    user_ids = _read_user_ids(asked)
    rich_menu_id = _read_menu_id(asked)
    menu = platform.rich_menus.find(rich_menu_id)
    if menu is None or menu.image is None:
        raise Refused(404, "richmenu not found")
    for user_id in user_ids:
        _link(platform, user_id, rich_menu_id)
    return Answer(202)


def unlink_many(platform: Platform, call: Call) -> Answer:
    for user_id in _read_user_ids(read_json(call)):
        _link(platform, user_id, None)
    return Answer(202)


def create_alias(platform: Platform, call: Call) -> Answer:
    asked = read_json(call)
    alias = asked.get("richMenuAliasId")
    if not isinstance(alias, str) or not _ALIAS.fullmatch(alias):
        raise _refuse_field("richMenuAliasId", "invalid richMenuAliasId")
    target = _read_target(platform, asked)
    if alias in platform.rich_menus.aliases:
        raise Refused(400, "conflict richmenu alias id")
    if len(platform.rich_menus.aliases) >= MOST:
        raise Refused(400, f"the number of rich menu aliases can't be more than {MOST}")
    platform.rich_menus.aliases[alias] = target
    platform.changes.announce("rich_menu")
    return Answer()


def update_alias(platform: Platform, call: Call, alias: str) -> Answer:
    asked = read_json(call)
    _check_alias(platform, alias)
    platform.rich_menus.aliases[alias] = _read_target(platform, asked)
    platform.changes.announce("rich_menu")
    return Answer()


def get_alias(platform: Platform, call: Call, alias: str) -> Answer:
    _check_alias(platform, alias)
    return Answer(body={"richMenuAliasId": alias, "richMenuId": platform.rich_menus.aliases[alias]})


def delete_alias(platform: Platform, call: Call, alias: str) -> Answer:
    _check_alias(platform, alias)
    del platform.rich_menus.aliases[alias]
    platform.changes.announce("rich_menu")
    return Answer()


def list_aliases(platform: Platform, call: Call) -> Answer:
    aliases = [
        {"richMenuAliasId": alias, "richMenuId": target} for alias, target in platform.rich_menus.aliases.items()
    ]
    return Answer(body={"aliases": aliases})


def _link(platform: Platform, user_id: str, rich_menu_id: str | None) -> None:
    user = platform.users.get(user_id)
    if user is not None and user.friend and not user.blocked:
        user.rich_menu_id = rich_menu_id
        platform.changes.announce("rich_menu", user_id)


def _check_user_id(user_id: str) -> None:
    if not is_user_id(user_id):
        raise refuse_parameter("userId")


def _check_alias(platform: Platform, alias: str) -> None:
    if alias not in platform.rich_menus.aliases:
        raise Refused(404, "richmenu alias not found")


def _read_user_ids(asked: dict[str, Any]) -> list[str]:
    user_ids = asked.get("userIds")
    if not isinstance(user_ids, list):
        raise refuse_property("userIds")
    if not 1 <= len(user_ids) <= 500:
        raise _refuse_field("userIds", "Size must be between 1 and 500")
    for index, user_id in enumerate(user_ids):
        if not is_user_id(user_id):
            raise refuse_property(f"userIds[{index}]")
    return user_ids


def _read_menu_id(asked: dict[str, Any]) -> str:
    rich_menu_id = asked.get("richMenuId")
    if not isinstance(rich_menu_id, str) or not _MENU.fullmatch(rich_menu_id):
        raise _refuse_field("richMenuId", "invalid richMenuId")
    return rich_menu_id


def _read_target(platform: Platform, asked: dict[str, Any]) -> str:
    """The menu an alias may point to: one that has its picture."""
    menu = platform.rich_menus.find(_read_menu_id(asked))
    if menu is None or menu.image is None:
        raise Refused(400, "richmenu not found")
    return menu.rich_menu_id


def _refuse_field(name: str, said: str) -> Refused:
    return Refused(400, "The request body has 1 error(s)", [{"message": said, "property": name}])
