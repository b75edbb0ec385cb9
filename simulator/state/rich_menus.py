"""The bot's rich menus, their pictures and aliases, and which one is everyone's default."""

from dataclasses import dataclass
from typing import Any

MOST = 1000


@dataclass(slots=True)
class RichMenu:
    """One menu; it can be shown only once it has its picture."""

    rich_menu_id: str
    definition: dict[str, Any]
    image: bytes | None = None
    content_type: str = ""

    def as_answer(self) -> dict[str, Any]:
        return {"richMenuId": self.rich_menu_id, **self.definition}


class RichMenus:
    """All menus made through the API."""

    def __init__(self) -> None:
        self.menus: dict[str, RichMenu] = {}
        self.aliases: dict[str, str] = {}
        self.default_id: str | None = None

    def find(self, rich_menu_id: str | None) -> RichMenu | None:
        return self.menus.get(rich_menu_id) if rich_menu_id else None

    def find_shown(self, linked_id: str | None) -> RichMenu | None:
        """The menu on a screen: the person's own before the default."""
        return self.find(linked_id) or self.find(self.default_id)

    def delete(self, rich_menu_id: str) -> None:
        del self.menus[rich_menu_id]
        self.aliases = {alias: target for alias, target in self.aliases.items() if target != rich_menu_id}
        if self.default_id == rich_menu_id:
            self.default_id = None
