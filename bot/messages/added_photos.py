"""Shows pictures that came to a case later: a line that says whose they are, and the pictures below it."""

from collections.abc import Sequence

from bot.messages.theme import Part, box, bubble, flex, link, photo, say_text
from texts.catalog import say

MOST_PICTURES = 10  # what a person can send at once
A_ROW = 2


def show_photos(words: str, urls: Sequence[str], lang: str) -> Part:
    """One bubble: `words`, which begin with the number, and each picture, a tap away from its full size."""
    shown = list(urls[:MOST_PICTURES])
    rows = [shown[start : start + A_ROW] for start in range(0, len(shown), A_ROW)]
    pictures: list[Part | None] = [
        box("horizontal", [_picture(url, "1:1" if len(shown) > 1 else "20:13", lang) for url in row], spacing="sm")
        for row in rows
    ]
    return flex(words, bubble([say_text(words, limit=1000, lines=14), *pictures]))


def _picture(url: str, shape: str, lang: str) -> Part | None:
    opens = link(say(lang, "button.open_photo"), url)
    return photo(url, aspectRatio=shape, **({"action": opens} if opens else {}))
