"""Tells LINE which of our menus a person sees: on the bare wire, for the service does without the SDK."""

import json
from collections.abc import Sequence

import structlog

from bot.line_wire import BrokenOff, LineWire, NeverReached, WireAnswer
from bot.rich_menu import DEFAULT, name_alias

log = structlog.get_logger()
CONNECT_SECONDS, CALL_SECONDS = 2.0, 10.0
LATER = frozenset({401, 403, 408, 429})


class MenuLinks:
    """Links people with menus, by the alias of their language. For one thread."""

    def __init__(self, base_url: str, access_token: str) -> None:
        self._wire = LineWire(
            base_url,
            {"Authorization": f"Bearer {access_token}"},
            pool_size=1,
            connect_seconds=CONNECT_SECONDS,
            call_seconds=CALL_SECONDS,
        )

    def show(self, user_ids: Sequence[str], language: str) -> bool:
        """Show these people (500 at most) the menu of a language; False: LINE did not take it, try again later.

        Where no menu was deployed there is nothing to show; deploying one shows it to all who want it.
        """
        try:
            return self._unlink(user_ids) if language == DEFAULT else self._link(user_ids, language)
        except (NeverReached, BrokenOff) as problem:
            log.warning("line.menu_not_shown", language=language, reason=str(problem))
            return False

    def _unlink(self, user_ids: Sequence[str]) -> bool:
        return self._post("/v2/bot/richmenu/bulk/unlink", {"userIds": list(user_ids)})

    def _link(self, user_ids: Sequence[str], language: str) -> bool:
        found = self._wire.get(f"/v2/bot/richmenu/alias/{name_alias(language)}")
        if found.status != 200:
            return _is_settled(found)
        try:
            menu_id = json.loads(found.body)["richMenuId"]
        except (ValueError, KeyError, TypeError):
            log.warning("line.menu_not_shown", reason="an answer that cannot be read")
            return False
        return self._post("/v2/bot/richmenu/bulk/link", {"richMenuId": menu_id, "userIds": list(user_ids)})

    def _post(self, path: str, body: dict[str, object]) -> bool:
        return _is_settled(self._wire.post(path, json.dumps(body).encode()))

    def close(self) -> None:
        """Close the connection."""
        self._wire.close()


def _is_settled(answer: WireAnswer) -> bool:
    if answer.status not in (200, 202, 404):
        log.warning("line.menu_not_shown", status=answer.status, request_id=answer.request_id)
    return answer.status not in LATER and answer.status < 500
