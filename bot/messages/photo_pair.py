"""Photos of before and after, side by side under a caption each; one that LINE would refuse is left out."""

from collections.abc import Sequence

from bot.messages.theme import MUTED, Part, box, link, photo, say_text
from texts.catalog import say


def show_pair(photos: Sequence[tuple[str | None, str]], lang: str, *, opens: bool = True) -> Part | None:
    """Each photo by its address and caption; `opens`: a tap shows it whole. None where there is none to show."""
    shown = [(url, caption) for url, caption in photos if photo(url)]
    shape = "1:1" if len(shown) == 2 else "20:13"
    sides = [_captioned(url, caption, shape, lang, opens) for url, caption in shown]
    return box("horizontal", sides, spacing="sm") if sides else None


def _captioned(url: str | None, caption: str, shape: str, lang: str, opens: bool) -> Part:
    action = link(say(lang, "button.open_photo"), url) if opens else None
    picture = photo(url, aspectRatio=shape, **({"action": action} if action else {}))
    return box("vertical", [picture, say_text(caption, size="xs", color=MUTED, align="center")], spacing="xs")
