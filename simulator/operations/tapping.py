"""Taps on buttons, quick replies and the rich menu."""

from typing import Any, Unpack

from simulator.operations.base import OperationsBase
from simulator.outcomes import EventOptions, Outcome, Tappable
from simulator.phones import tapping


class TappingOperations(OperationsBase):
    """What people tap."""

    async def tap(
        self,
        chat: str,
        label: str,
        *,
        message_id: str | None = None,
        params: dict[str, str] | None = None,
        image: bytes | None = None,
        position: tuple[float, float] | None = None,
        **options: Unpack[EventOptions],
    ) -> Outcome:
        """Tap what carries this label, on the newest message that has it."""
        found = tapping.list_tappable(self.platform, chat, message_id)
        tapped = tapping.pick(found, label, f"in {chat}")
        return await self._tap(chat, tapped, params, image, position, options)

    async def tap_rich_menu(
        self, user: str, label: str, *, params: dict[str, str] | None = None, **options: Unpack[EventOptions]
    ) -> Outcome:
        """Tap an area of the menu this person sees."""
        tapped = tapping.pick(tapping.list_menu(self.platform, user), label, f"on the rich menu of {user}")
        return await self._tap(user, tapped, params, None, None, options)

    async def postback(
        self, chat: str, data: str, *, params: dict[str, str] | None = None, **options: Unpack[EventOptions]
    ) -> Outcome:
        """A postback with any data, as from a button that is long gone."""
        return await self._send(tapping.make_postback(self.platform, chat, data, params, options), options)

    async def list_tappable(self, chat: str, *, message_id: str | None = None) -> list[Tappable]:
        """Everything that can be tapped in the chat, newest message first."""
        return tapping.list_tappable(self.platform, chat, message_id)

    async def find_rich_menu(self, user: str) -> dict[str, Any] | None:
        """The menu this person sees, as the bot made it."""
        linked = self.platform.users[user].rich_menu_id if user in self.platform.users else None
        menu = self.platform.rich_menus.find_shown(linked)
        return None if menu is None else menu.as_answer()

    async def _tap(
        self,
        chat: str,
        tapped: Tappable,
        params: dict[str, str] | None,
        image: bytes | None,
        position: tuple[float, float] | None,
        options: EventOptions,
    ) -> Outcome:
        record = tapping.tap(
            self.platform, chat, tapped, params=params, image=image, position=position, options=options
        )
        if record is None:
            return Outcome({}, "", None, None, None, None, "not sent", 0.0, 0, tapped.action)
        record.action = tapped.action
        return await self._send(record, options)
