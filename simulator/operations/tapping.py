"""Taps on buttons, quick replies and the rich menu."""

from typing import Any, Unpack

from simulator.operations.base import OperationsBase
from simulator.outcomes import EventOptions, Outcome, SimulatorError, Tappable
from simulator.phones import tapping
from simulator.phones.writing import post


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

    async def act(
        self,
        chat: str,
        action: dict[str, Any],
        *,
        place: str,
        message_id: str | None = None,
        params: dict[str, str] | None = None,
        position: tuple[float, float] | None = None,
        address: str | None = None,
        **options: Unpack[EventOptions],
    ) -> Outcome:
        """Tap the very action that stands on the screen of whoever taps; pictures are uploaded instead."""
        if place == "richMenu":
            found = tapping.list_menu(self.platform, chat)
        else:
            found = tapping.list_tappable(self.platform, chat, message_id)
        tapped = next((each for each in found if each.place == place and each.action == action), None)
        if tapped is None:
            raise SimulatorError("this is not on the screen any more")
        if action["type"] == "location" and position is not None:
            content: dict[str, Any] = {"address": address} if address else {}
            content |= {"latitude": position[0], "longitude": position[1]}
            return await self._send(post(self.platform, chat, "location", content, options), options)
        return await self._tap(chat, tapped, params, None, position, options)

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
