"""The menu at the foot of a citizen's chat: each tile does what it says, and it speaks the person's language."""

import pytest

from storage import menus
from storage.models import MenuWish
from tests.chat import WAIT, Chat, Person
from tests.menus import deploy_blanks
from texts.catalog import say


def _sees_menu(person: Person, label: str) -> None:
    """Wait until the menu that LINE shows has a tile with these words."""

    def is_shown() -> bool:
        shown = person.chat.line.find_rich_menu(person.id)
        return shown is not None and label in [area["action"]["label"] for area in shown["areas"]]

    person.chat.line.wait_until(is_shown, timeout=WAIT, what=f"a menu with {label!r}")


def _no_wish_waits(chat: Chat) -> None:
    chat.line.wait_until(lambda: chat.count(MenuWish) == 0, timeout=WAIT, what="every menu shown")


def test_every_tile_is_answered(quick_chat: Chat) -> None:
    deploy_blanks(quick_chat.line)
    nid = quick_chat.citizen("Nid")
    nid.taps_tile("menu.report").sees("report.ask_description")
    nid.taps_tile("menu.track").sees("track.none").sees("report.ask_description")
    nid.taps_tile("menu.events").sees("talk.no_events")
    nid.taps_tile("menu.my_data").sees("talk.my_data")
    called = quick_chat.line.tap_rich_menu(nid.id, say("th", "menu.call"))
    assert called.action == {"type": "uri", "label": "โทร 1676", "uri": "tel:1676"}


def test_a_tile_keeps_the_draft(quick_chat: Chat) -> None:
    deploy_blanks(quick_chat.line)
    nid = quick_chat.citizen("Nid")
    nid.reaches("place")
    nid.taps_tile("menu.report").sees("talk.draft_waits").taps("talk.go_on").sees("report.ask_place")


def test_the_tile_of_the_other_language_changes_menu_and_words(chat: Chat) -> None:
    deploy_blanks(chat.line)
    john = chat.citizen("John")
    john.taps_tile("menu.language")
    john.language = "en"
    john.sees("talk.language_changed")
    _no_wish_waits(chat)
    _sees_menu(john, "My cases")
    john.taps_tile("menu.track").sees("track.none")
    john.taps_tile("menu.language")
    john.language = "th"
    john.sees("talk.language_changed")
    _no_wish_waits(chat)
    _sees_menu(john, "ติดตามเรื่อง")


def test_who_types_for_english_gets_the_english_menu(chat: Chat) -> None:
    deploy_blanks(chat.line)
    john, nid = chat.citizen("John"), chat.citizen("Nid")
    john.says("English")
    _sees_menu(john, "My cases")
    _sees_menu(nid, "ติดตามเรื่อง")
    john.says("ไทย")
    _sees_menu(john, "ติดตามเรื่อง")


def test_who_is_met_in_english_gets_the_english_menu(quick_chat: Chat) -> None:
    deploy_blanks(quick_chat.line)
    john = quick_chat.citizen("John")
    john.says("The street light in front of my house is broken")
    _sees_menu(john, "My cases")


def test_a_new_deployment_knows_who_speaks_english(quick_chat: Chat) -> None:
    john, mary, nid = quick_chat.citizen("John"), quick_chat.citizen("Mary"), quick_chat.citizen("Nid")
    john.says("English")
    mary.says("English")
    nid.says("ไทย")
    quick_chat.line.block(mary.id)
    quick_chat.settles()
    with quick_chat.reads() as session:
        speakers = menus.list_speakers(session, "en")
    assert speakers == [john.id], "who blocked us sees no menu"

    deploy_blanks(quick_chat.line, en=speakers)
    _sees_menu(john, "My cases")
    _sees_menu(nid, "ติดตามเรื่อง")


def test_who_comes_back_after_blocking_has_their_menu_again(quick_chat: Chat) -> None:
    deploy_blanks(quick_chat.line)
    john = quick_chat.citizen("John")
    john.says("English")
    _sees_menu(john, "My cases")
    quick_chat.line.block(john.id)
    quick_chat.line.follow(john.id, is_unblocked=True)
    _sees_menu(john, "My cases")


@pytest.mark.parametrize("trouble", ["error", "rate_limit", "drop"])
def test_line_in_trouble_only_delays_the_menu(quick_chat: Chat, trouble: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobs.menus.AFTER_TROUBLE", 0.1)
    deploy_blanks(quick_chat.line)
    john = quick_chat.citizen("John")
    quick_chat.line.add_fault("richmenu.bulk", trouble, times=2)  # type: ignore[arg-type]
    john.says("English")
    _sees_menu(john, "My cases")


def test_without_a_menu_nothing_waits_and_nothing_fails(quick_chat: Chat) -> None:
    john = quick_chat.citizen("John")
    john.says("English")
    john.language = "en"
    john.sees("talk.language_changed")
    _no_wish_waits(quick_chat)
    assert quick_chat.line.find_rich_menu(john.id) is None
