"""What a person can read and tap on a message, however deep: Flex, templates, imagemaps, quick replies."""

from collections.abc import Iterator
from typing import Any

Found = tuple[str, str, dict[str, Any]]  # place, what is written on it, the action


def list_actions(message: dict[str, Any]) -> Iterator[Found]:
    """Everything that can be tapped on the message, quick replies last.

    Where an action carries no label of its own, the words of the component that carries it stand for it.
    """
    kind = message.get("type")
    if kind == "flex":
        yield from _list_nested("flex", message.get("contents"))
    elif kind == "template":
        yield from _list_nested("template", message.get("template"))
    elif kind == "imagemap":
        for action in message.get("actions") or ():
            yield "imagemap", str(action.get("label") or action.get("text") or ""), action
    yield from list_quick_replies(message)


def list_quick_replies(message: dict[str, Any]) -> Iterator[Found]:
    """The quick replies that came with the message."""
    for item in (message.get("quickReply") or {}).get("items") or ():
        action = item["action"]
        yield "quickReply", str(action.get("label") or ""), action


def list_words(message: dict[str, Any]) -> list[str]:
    """Every text on the message, from top to bottom, labels too; altText is not on the screen."""
    kind = message.get("type")
    words: list[str] = []
    if kind == "flex":
        words += _list_texts(message.get("contents"))
    elif kind == "template":
        words += _list_texts(message.get("template"))
    elif kind == "textV2":
        words.append(str(message.get("text", "")).replace("{{", "{").replace("}}", "}"))
    else:
        words += [str(message[key]) for key in ("text", "title", "address") if message.get(key)]
    return [*words, *(label for _, label, _ in list_quick_replies(message) if label)]


def _list_nested(place: str, value: Any) -> Iterator[Found]:
    if isinstance(value, list):
        for item in value:
            yield from _list_nested(place, item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in ("action", "defaultAction") and isinstance(item, dict):
                yield place, _label(item, value), item
            elif key == "actions" and isinstance(item, list):
                yield from ((place, str(action.get("label") or ""), action) for action in item)
            else:
                yield from _list_nested(place, item)


def _label(action: dict[str, Any], carrier: dict[str, Any]) -> str:
    return str(action.get("label") or " ".join(_list_texts({**carrier, "action": None})))


def _list_texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [words for item in value for words in _list_texts(item)]
    if not isinstance(value, dict):
        return []
    found = []
    if value.get("type") == "text" and value.get("contents"):
        return ["".join(str(span.get("text", "")) for span in value["contents"])]
    for key, item in value.items():
        if key in ("title", "text") and isinstance(item, str):
            found.append(item)
        elif key in ("action", "defaultAction") and isinstance(item, dict):
            if value.get("type") == "button" or "imageUrl" in value:
                found += [str(item["label"])] if item.get("label") else []
        elif key == "actions" and isinstance(item, list):
            found += [str(action["label"]) for action in item if action.get("label")]
        elif isinstance(item, dict | list):
            found += _list_texts(item)
    return found
