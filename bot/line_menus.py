"""Asks LINE about the account's rich menus, and changes them, by the official SDK."""

from dataclasses import dataclass
from typing import Any

from linebot.v3.messaging import (
    CreateRichMenuAliasRequest,
    MessagingApi,
    MessagingApiBlob,
    RichMenuBulkLinkRequest,
    RichMenuRequest,
    UpdateRichMenuAliasRequest,
)

from bot.line_sdk import LineSdk

PNG = {"Content-Type": "image/png"}
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Menu:
    """One menu of the account that was made through the API."""

    menu_id: str
    name: str


class LineMenus(LineSdk):
    """The rich menus of the account behind an access token. Raises LineAccountProblem."""

    def __init__(self, base_url: str, access_token: str, data_base_url: str) -> None:
        super().__init__(base_url, access_token)
        self._api = MessagingApi(self.client)
        # Pictures go to another host than all the rest.
        self._pictures = MessagingApiBlob(LineSdk(data_base_url, access_token).client)

    def list_menus(self) -> list[Menu]:
        """All menus, ours and others."""
        listed = self._ask("the rich menus", self._api.get_rich_menu_list)
        return [Menu(menu.rich_menu_id, menu.name) for menu in listed.richmenus]

    def add_menu(self, definition: dict[str, Any], picture: bytes) -> str:
        """Make a menu with its picture; its id. It is shown to nobody yet."""
        made = self._ask("a new rich menu", self._api.create_rich_menu, RichMenuRequest.from_dict(definition))
        menu_id = str(made.rich_menu_id)
        try:
            self._ask(
                "a rich menu's picture to be taken",
                self._pictures.set_rich_menu_image,
                menu_id,
                body=picture,
                _headers=PNG,
            )
        except BaseException:
            self.delete_menu(menu_id)
            raise
        return menu_id

    def delete_menu(self, menu_id: str) -> None:
        """Take a menu away; one that is not there is as good as taken away."""
        self._find("a rich menu to be deleted", self._api.delete_rich_menu, menu_id)

    def list_aliases(self) -> dict[str, str]:
        """Alias -> the menu it stands for."""
        listed = self._ask("the rich menu aliases", self._api.get_rich_menu_alias_list)
        return {alias.rich_menu_alias_id: alias.rich_menu_id for alias in listed.aliases}

    def set_alias(self, alias: str, menu_id: str, *, known: bool) -> None:
        """Let an alias stand for a menu; `known`: the alias is there already."""
        if known:
            request = UpdateRichMenuAliasRequest(rich_menu_id=menu_id)
            self._ask("an alias to be changed", self._api.update_rich_menu_alias, alias, request)
        else:
            request = CreateRichMenuAliasRequest(rich_menu_alias_id=alias, rich_menu_id=menu_id)
            self._ask("a new alias", self._api.create_rich_menu_alias, request)

    def delete_alias(self, alias: str) -> None:
        """Take an alias away."""
        self._find("an alias to be deleted", self._api.delete_rich_menu_alias, alias)

    def find_default(self) -> str | None:
        """The menu that everybody sees who has none of their own."""
        found = self._find("the default rich menu", self._api.get_default_rich_menu_id)
        return str(found.rich_menu_id) if found else None

    def set_default(self, menu_id: str) -> None:
        """Show a menu to everybody who has none of their own."""
        self._ask("the default rich menu to be set", self._api.set_default_rich_menu, menu_id)

    def clear_default(self) -> None:
        """Show no menu to who has none of their own."""
        self._find("the default rich menu to be cleared", self._api.cancel_default_rich_menu)

    def show(self, menu_id: str, user_ids: list[str]) -> None:
        """Show a menu to these people."""
        for start in range(0, len(user_ids), AT_ONCE):
            request = RichMenuBulkLinkRequest(rich_menu_id=menu_id, user_ids=user_ids[start : start + AT_ONCE])
            self._ask("a rich menu for some people", self._api.link_rich_menu_id_to_users, request)
