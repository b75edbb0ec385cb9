"""Our menus in LINE: whatever goes wrong on the way, people never have none, and a second deployment leaves two."""

from collections.abc import Iterator

import pytest

from bot.line_menus import Menu
from bot.line_sdk import LineAccountProblem
from bot.rich_menu import HEIGHT, WIDTH, define_menu, list_tiles, name_alias
from bot.rich_menu_deployment import deploy, remove
from simulator.running import RunningSimulator
from tests.menus import deploy_blanks, draw_blanks, open_menus
from texts.catalog import LANGUAGES


@pytest.fixture
def clean(line: RunningSimulator) -> Iterator[RunningSimulator]:
    """LINE, which in the end would have refused nothing."""
    yield line
    assert [(call.path, call.refused) for call in line.refusals] == []


def _labels(line: RunningSimulator, user: str) -> list[str]:
    shown = line.find_rich_menu(user)
    return [area["action"]["label"] for area in shown["areas"]] if shown else []


def test_a_wrong_token_changes_nothing(line: RunningSimulator) -> None:
    deploy_blanks(line)
    before = open_menus(line).list_menus()
    good = line.access_token
    line.revoke_access_token()
    wrong = open_menus(line)
    with pytest.raises(LineAccountProblem, match=r"401.*LINE_CHANNEL_ACCESS_TOKEN"):
        deploy(wrong, draw_blanks(), {})
    line.set_access_token(good)
    assert open_menus(line).list_menus() == before


@pytest.mark.parametrize("endpoint", ["create", "image", "alias", "default", "bulk"])
def test_what_breaks_off_leaves_people_with_a_menu(line: RunningSimulator, endpoint: str) -> None:
    john, nid = line.add_user("John"), line.add_user("Nid")
    deploy_blanks(line, en=[john])
    english, thai = _labels(line, john), _labels(line, nid)

    line.add_fault(f"richmenu.{endpoint}", "error", times=1)
    with pytest.raises(LineAccountProblem, match="500"):
        deploy_blanks(line, en=[john])
    assert (_labels(line, john), _labels(line, nid)) == (english, thai)

    deploy_blanks(line, en=[john])
    assert len(open_menus(line).list_menus()) == 2, "what was left behind is cleared up"
    assert (_labels(line, john), _labels(line, nid)) == (english, thai)


def test_a_picture_line_would_not_take_leaves_no_menu_without_one(line: RunningSimulator) -> None:
    with pytest.raises(LineAccountProblem, match=r"400.*size is not allowed"):
        deploy(open_menus(line), draw_blanks(800, 500), {})
    assert open_menus(line).list_menus() == []


def test_menus_of_others_are_left_alone(clean: RunningSimulator) -> None:
    line = open_menus(clean)
    theirs = line.add_menu({**define_menu("th"), "name": "new year"}, draw_blanks()["th"])
    line.set_alias("new-year", theirs, known=False)

    assert deploy_blanks(clean).others == (Menu(theirs, "new year"),)
    assert remove(line) == 2
    assert line.list_menus() == [Menu(theirs, "new year")]
    assert line.list_aliases() == {"new-year": theirs}


def test_a_second_deployment_takes_the_place_of_the_first(clean: RunningSimulator) -> None:
    john, nid = clean.add_user("John"), clean.add_user("Nid")
    first = deploy_blanks(clean, en=[john])
    second = deploy_blanks(clean, en=[john])

    assert (first.deleted, second.deleted) == (0, 2)
    line = open_menus(clean)
    assert {menu.menu_id for menu in line.list_menus()} == set(second.menus.values())
    assert line.find_default() == second.menus["th"]
    assert line.list_aliases() == {name_alias(language): second.menus[language] for language in LANGUAGES}
    assert "My cases" in _labels(clean, john)
    assert "ติดตามเรื่อง" in _labels(clean, nid)


def test_removing_leaves_nothing(clean: RunningSimulator) -> None:
    nid = clean.add_user("Nid")
    deploy_blanks(clean)
    assert remove(open_menus(clean)) == 2
    assert _labels(clean, nid) == []
    assert open_menus(clean).list_aliases() == {}
    assert remove(open_menus(clean)) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_six_tiles_fill_the_picture(language: str) -> None:
    tiles = list_tiles(language)
    assert len({tile.label for tile in tiles}) == 6
    assert sum(tile.width * tile.height for tile in tiles) == WIDTH * HEIGHT
    assert max(len(tile.label) for tile in tiles) <= 20
    assert define_menu(language)["name"] != define_menu("en" if language == "th" else "th")["name"]
