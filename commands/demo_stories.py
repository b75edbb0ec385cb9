"""Reads the stories of the demo and says them as operations on a LINE platform, which knows no words of ours.

In `demo_stories.toml` a word that begins with @ is a key of the catalogue, so that a story follows when words change.
What is tapped or awaited may stand there in any language: whoever tries the demo may have switched a phone over.
"""

import base64
import random
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import clock
from cases.working_time import list_holidays
from commands.demo_cast import Cast
from commands.demo_pictures import draw_picture
from texts.catalog import LANGUAGES, say

STORIES = Path(__file__).with_name("demo_stories.toml")
LANGUAGE = "th"
BEGINS, ENDS = "08:45", "15:45"  # of the day, to begin a story and see it through while offices are open
_PLACEHOLDER = re.compile(r"\{\w+\}")
Given = dict[str, Any]


def load_stories(cast: Cast) -> list[Given]:
    """All stories, as simulator/stories/script.py reads them. Raises KeyError naming what cast or catalogue lack."""
    return [_read_story(story, cast) for story in _read()["story"]]


def list_places() -> list[Given]:
    """The places that stories play at, for the location picker."""
    return [
        {
            "th": place["th"],
            "en": place["en"],
            "address": place["address"],
            "latitude": place["at"][0],
            "longitude": place["at"][1],
        }
        for place in _read()["place"].values()
    ]


def _read() -> Given:
    return tomllib.loads(STORIES.read_text(encoding="utf-8"))


def _read_story(story: Mapping[str, Any], cast: Cast) -> Given:
    return {
        "story": story["story"],
        "title": story["title"],
        "about": story["about"],
        "steps": _begin_in_hours([_read_step(step, cast) for step in story["step"]]),
    }


def _begin_in_hours(steps: list[Given]) -> list[Given]:
    """A story is played while offices are at work: at night their groups would hear of danger alone."""
    first = clock.in_bangkok(clock.now()).year
    off = [str(day) for year in (first, first + 1) for day in list_holidays(year)]
    hours = {"begins": BEGINS, "ends": ENDS, "days_off": off}
    steps[0]["does"].insert(0, {"operation": "turn_to_hours", "arguments": hours})
    return steps


def _read_step(step: Mapping[str, Any], cast: Cast) -> Given:
    person = cast.people[step["who"]].user_id
    chat = cast.find_chat(step.get("in", step["who"]))
    return {
        "said": {"th": step["th"], "en": step["en"]},
        "person": cast.people[step["look"]].user_id if "look" in step else person,
        "chat": cast.find_chat(step.get("look_in", step.get("look", step.get("in", step["who"])))),
        "does": [_read_deed(deed, chat, person) for deed in step.get("does", ())],
        "waits": [_read_wait(wait, chat, cast) for wait in step.get("then", ())],
    }


def _read_deed(deed: Mapping[str, Any], chat: str, person: str) -> Given:
    acting: Given = {"chat": chat, "by": person}
    if "taps" in deed:
        tapped: Given = {"label": _resolve_all(deed["taps"])} | (
            {"message_id": f"${deed['on']}"} if "on" in deed else {}
        )
        read = {"operation": "tap", "arguments": acting | tapped}
        return read | ({"if_label": tapped["label"]} if deed.get("if_there") else {})
    if "says" in deed:
        quoted = {"quotes": f"${deed['quotes']}"} if "quotes" in deed else {}
        return {"operation": "say", "arguments": acting | {"text": _resolve(deed["says"])} | quoted}
    if "pins" in deed:
        place = _read()["place"][deed["pins"]]
        where = {"latitude": place["at"][0], "longitude": place["at"][1], "address": place["address"]}
        return {"operation": "send_location", "arguments": acting | where}
    if "photos" in deed:
        return _send_photos(deed["photos"], acting)
    return {"operation": deed["operation"], "arguments": deed.get("arguments", {})}


def _send_photos(names: list[str], acting: Given) -> Given:
    pictures = [base64.b64encode(draw_picture(name)).decode() for name in names]
    if len(pictures) == 1:
        return {"operation": "send_image", "arguments": acting | {"data": pictures[0]}}
    order = random.sample(range(len(pictures)), len(pictures))
    return {"operation": "send_album", "arguments": acting | {"images": pictures, "order": order}}


def _read_wait(wait: Mapping[str, Any], chat: str, cast: Cast) -> Given:
    return {
        "chat": cast.find_chat(wait["in"]) if "in" in wait else chat,
        "words": _resolve_all(wait.get("has", [])),
        "label": _resolve_all(wait.get("label", [])),
        "as": wait.get("as", ""),
    }


def _resolve_all(given: str | list[str]) -> list[str]:
    """In every language in which the account may say it, Thai first."""
    several = [given] if isinstance(given, str) else given
    found = [_resolve(words, language) for words in several for language in LANGUAGES]
    return list(dict.fromkeys(found))


def _resolve(words: str, language: str = LANGUAGE) -> str:
    """The words of a key, or of them what stands between what is filled in."""
    if not words.startswith("@"):
        return words
    said = say(language, words[1:])
    return max((part.strip() for part in _PLACEHOLDER.split(said)), key=len)
