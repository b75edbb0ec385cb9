"""Puts our menus in the place of those that are there, so that at no moment people have none.

New ones are made and pictured first; then the aliases, the default and the people are turned to them; only then
the old ones go. What breaks off halfway leaves the old menus as they were, and the next run clears up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.line_menus import LineMenus, Menu
from bot.line_sdk import LineAccountProblem
from bot.rich_menu import DEFAULT, define_menu, is_ours, name_alias


@dataclass(frozen=True, slots=True)
class Deployed:
    """What was done: the menus that are shown now by language, how many old ones went, and whose others stay."""

    menus: Mapping[str, str]
    deleted: int
    others: tuple[Menu, ...]


def deploy(line: LineMenus, pictures: Mapping[str, bytes], people: Mapping[str, Sequence[str]]) -> Deployed:
    """Show the menus whose pictures these are; `people`: who chose a language other than the default's."""
    definitions = {language: define_menu(language) for language in pictures}
    before, aliases = line.list_menus(), line.list_aliases()
    made: dict[str, str] = {}
    try:
        for language, picture in pictures.items():
            made[language] = line.add_menu(definitions[language], picture)
    except LineAccountProblem:
        for menu_id in made.values():
            line.delete_menu(menu_id)
        raise
    for language, menu_id in made.items():
        line.set_alias(name_alias(language), menu_id, known=name_alias(language) in aliases)
    line.set_default(made[DEFAULT])
    for language, user_ids in people.items():
        if language != DEFAULT and user_ids:
            line.show(made[language], list(user_ids))
    old = [menu for menu in before if is_ours(menu.name)]
    for menu in old:
        line.delete_menu(menu.menu_id)
    return Deployed(made, len(old), tuple(menu for menu in before if not is_ours(menu.name)))


def remove(line: LineMenus) -> int:
    """Take our menus away with all that points to them; how many there were."""
    ours = [menu for menu in line.list_menus() if is_ours(menu.name)]
    if line.find_default() in {menu.menu_id for menu in ours}:
        line.clear_default()
    for alias in line.list_aliases():
        if is_ours(alias):
            line.delete_alias(alias)
    for menu in ours:
        line.delete_menu(menu.menu_id)
    return len(ours)
