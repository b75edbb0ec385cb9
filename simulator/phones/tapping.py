"""Taps: finds the button on the screen and does what LINE's app does with its action."""

from typing import Any

from simulator.outcomes import EventOptions, SimulatorError, Tappable
from simulator.phones.buttons import list_actions
from simulator.phones.chats import get_actor, get_chat, get_user
from simulator.phones.writing import post, say, show_only
from simulator.state.events import EventRecord
from simulator.state.people import Chat
from simulator.state.platform import Platform
from simulator.state.screens import BOT, Media
from simulator.webhook.events import Draft, make_event

SILENT = ("uri", "clipboard")


def list_tappable(platform: Platform, chat_id: str, message_id: str | None = None) -> list[Tappable]:
    """What can be tapped in a chat, newest message first; quick replies only while they are on the screen."""
    chat = get_chat(platform, chat_id)
    live = chat.quick_reply[0] if chat.quick_reply else None
    found = []
    for line in reversed(chat.lines):
        if line.by != BOT or (message_id is not None and line.message_id != message_id):
            continue
        for place, label, action in list_actions(line.message):
            if place != "quickReply" or line.message_id == live:
                found.append(Tappable(label, action, line.message_id, place))
    return found


def list_menu(platform: Platform, user_id: str) -> list[Tappable]:
    """The areas of the rich menu that this person sees."""
    menu = platform.rich_menus.find_shown(get_user(platform, user_id).rich_menu_id)
    if menu is None:
        return []
    return [
        Tappable(str(area["action"].get("label") or ""), area["action"], None, "richMenu")
        for area in menu.definition["areas"]
    ]


def pick(found: list[Tappable], label: str, where: str) -> Tappable:
    """The first with this label."""
    for tappable in found:
        if tappable.label == label:
            return tappable
    there = sorted({tappable.label for tappable in found if tappable.label})
    raise SimulatorError(f"nothing labelled {label!r} can be tapped {where}; there is {there}")


def tap(
    platform: Platform,
    chat_id: str,
    tapped: Tappable,
    *,
    params: dict[str, str] | None,
    image: bytes | None,
    position: tuple[float, float] | None,
    options: EventOptions,
) -> EventRecord | None:
    """Do what the action says; None where the bot hears nothing of it (a link, the clipboard)."""
    chat = get_chat(platform, chat_id)
    by = get_actor(platform, chat, options)
    action = tapped.action
    kind = action["type"]
    if tapped.place == "quickReply" and kind not in ("camera", "cameraRoll", "location", "datetimepicker"):
        chat.quick_reply = None
        platform.changes.announce("quick_reply", chat_id)
    if kind in SILENT:
        return None
    if kind == "message":
        return say(
            platform,
            chat_id,
            action["text"],
            quotes=None,
            mentions=(),
            emojis=(),
            options=options,
            action=action,
        )
    if kind == "location":
        if position is None:
            raise SimulatorError(f"{tapped.label!r} opens the map: say where with position=(latitude, longitude)")
        content: dict[str, Any] = {"latitude": position[0], "longitude": position[1]}
        return post(platform, chat_id, "location", content, options, action=action)
    if kind in ("camera", "cameraRoll"):
        if image is None:
            raise SimulatorError(f"{tapped.label!r} opens the camera: give the picture with image=<bytes>")
        content = {"contentProvider": {"type": "line"}}
        return post(platform, chat_id, "image", content, options, media=Media(image, "image/jpeg"), action=action)
    return _send_postback(platform, chat, by, action, _find_params(platform, by, action, params), options)


def make_postback(
    platform: Platform,
    chat_id: str,
    data: str,
    params: dict[str, str] | None,
    options: EventOptions,
) -> EventRecord:
    """A postback with any data, as if some button carried it."""
    chat = get_chat(platform, chat_id)
    by = get_actor(platform, chat, options)
    return _send_postback(platform, chat, by, {"type": "postback", "data": data}, params, options)


def _find_params(
    platform: Platform, by: str, action: dict[str, Any], params: dict[str, str] | None
) -> dict[str, str] | None:
    if action["type"] == "richmenuswitch":
        return _switch_menu(platform, by, action["richMenuAliasId"])
    if action["type"] == "datetimepicker" and (params is None or action["mode"] not in params):
        mode = action["mode"]
        raise SimulatorError(f"{action.get('label')!r} asks for a {mode}: give params={{{mode!r}: ...}}")
    return params


def _switch_menu(platform: Platform, by: str, alias: str) -> dict[str, str]:
    target = platform.rich_menus.aliases.get(alias)
    if target is None:
        return {"status": "RICHMENU_ALIAS_ID_NOTFOUND"}
    if platform.rich_menus.find(target) is None:
        return {"newRichMenuAliasId": alias, "status": "RICHMENU_NOTFOUND"}
    get_user(platform, by).rich_menu_id = target
    platform.changes.announce("rich_menu", by)
    return {"newRichMenuAliasId": alias, "status": "SUCCESS"}


def _send_postback(
    platform: Platform,
    chat: Chat,
    by: str,
    action: dict[str, Any],
    params: dict[str, str] | None,
    options: EventOptions,
) -> EventRecord:
    shown = action.get("displayText") or action.get("text")
    if shown:
        show_only(platform, chat, by, shown)
    if action["type"] == "datetimepicker" and chat.quick_reply:
        chat.quick_reply = None
        platform.changes.announce("quick_reply", chat.chat_id)
    payload: dict[str, Any] = {"data": action["data"]}
    if params:
        payload["params"] = dict(params)
    return make_event(platform, chat, Draft("postback", {"postback": payload}, by, action=action), options)
