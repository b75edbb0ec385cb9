"""A hand on the phones of the demo: it sees what a screen shows, and taps what is there."""

import json
from functools import cache

from playwright.sync_api import Locator, Page, expect

from config import home
from texts.catalog import say

PATIENCE_MS = 30_000


@cache
def _load_words() -> dict[str, str]:
    told: dict[str, str] = json.loads((home() / "simulator/browser/words.th.json").read_text(encoding="utf-8"))
    return told


def label(key: str, **values: object) -> str:
    """Words of the pages themselves."""
    return _load_words()[key].format(**values)


class Hand:
    """One person's phone, in a browser."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name
        self.phone = page.get_by_role("region", name=label("phone.of", name=name))

    def takes_phone(self) -> "Hand":
        """Bring this phone forward, as the switcher does."""
        switcher = self.page.get_by_role("group", name=label("switcher"))
        switcher.get_by_role("button", name=self.name.split(" (")[0]).click()
        expect(self.phone).to_be_visible()
        return self

    def opens(self, chat: str) -> "Hand":
        """A chat out of the list."""
        self.phone.get_by_role("button", name=label("back"), exact=True).click()
        self.phone.get_by_role("button", name=chat).first.click()
        return self

    def sees(self, key: str, **values: object) -> Locator:
        """Words of the catalogue, on the newest bubble that has them."""
        found = self.phone.get_by_text(say("th", key, **values).split("\n")[0]).last
        expect(found).to_be_visible(timeout=PATIENCE_MS)
        return found

    def reads(self, words: str) -> Locator:
        """Just these words."""
        found = self.phone.get_by_text(words).last
        expect(found).to_be_visible(timeout=PATIENCE_MS)
        return found

    def taps(self, key: str, **values: object) -> "Hand":
        """The newest button of a bubble, a quick reply or the menu with these words."""
        button = self.phone.get_by_role("button", name=say("th", key, **values), exact=True).last
        button.scroll_into_view_if_needed(timeout=PATIENCE_MS)
        button.click(timeout=PATIENCE_MS)
        return self

    def taps_in(self, number: str, key: str, **values: object) -> "Hand":
        """The same, on a bubble of this case."""
        wanted = self.phone.get_by_role("button", name=say("th", key, **values), exact=True)
        self.phone.get_by_role("article").filter(has_text=number).get_by_role("button").and_(wanted).last.click(
            timeout=PATIENCE_MS
        )
        return self

    def types(self, text: str) -> "Hand":
        """Write and send."""
        field = self.phone.get_by_role("textbox", name=label("field"))
        if not field.is_visible():
            self.phone.get_by_role("button", name=label("keyboard"), exact=True).click()
        field.fill(text)
        self.phone.get_by_role("button", name=label("send"), exact=True).click()
        return self

    def quotes(self, bubble: Locator, text: str) -> "Hand":
        """A long press (here the right button), reply, and words."""
        bubble.click(button="right")
        self.phone.get_by_role("menuitem", name=label("reply"), exact=True).click()
        return self.types(text)

    def sends_photos(self, *names: str) -> "Hand":
        """Some of the sample photos, as one album where they are several."""
        self.phone.get_by_role("button", name=label("gallery"), exact=True).click()
        for name in names:
            self.phone.get_by_role("button", name=label(f"sample.{name}"), exact=True).click()
        self.phone.get_by_role("button", name=label("gallery.send", n=len(names)), exact=True).click()
        return self

    def picks_place(self, khet: str) -> "Hand":
        """On the map that is open: search for it, go there, send."""
        self.phone.get_by_role("searchbox", name=label("place.search")).fill(khet)
        self.phone.get_by_role("group", name=label("place.choose")).get_by_role("button").first.click()
        self.phone.get_by_role("button", name=label("place.send"), exact=True).click()
        return self
