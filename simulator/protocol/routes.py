"""The table of LINE's endpoints: the name by which faults and logs know it, method, path, what answers."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from simulator.phones.membership import leave_as_bot
from simulator.protocol import account, chats, content, rich_menu_links, rich_menus, sending
from simulator.protocol.calls import Answer, Call
from simulator.state.events import EventRecord
from simulator.state.platform import Platform
from simulator.webhook.courier import Courier

Respond = Callable[..., Answer]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One endpoint; path parameters are handed to `respond` in order. Only `token` needs no access token."""

    name: str
    respond: Callable[..., Answer | Awaitable[Answer]]
    open: bool = False
    may_be_large: bool = False


class Routes:
    """Finds the endpoint of a request: plain paths by a look-up, the others by pattern."""

    def __init__(self, courier: Courier, announce: Callable[[EventRecord], None]) -> None:
        self._plain: dict[tuple[str, str], Endpoint] = {}
        self._patterns: list[tuple[str, re.Pattern[str], Endpoint]] = []
        for method, path, endpoint in _list_endpoints(courier, announce):
            if "{" in path:
                pattern = re.compile(re.sub(r"\{\w+\}", r"([^/]+)", path))
                self._patterns.append((method, pattern, endpoint))
            else:
                self._plain[method, path] = endpoint

    def find(self, method: str, path: str) -> tuple[Endpoint, tuple[str, ...]] | None:
        endpoint = self._plain.get((method, path))
        if endpoint is not None:
            return endpoint, ()
        for wanted, pattern, endpoint in self._patterns:
            if wanted == method:
                found = pattern.fullmatch(path)
                if found is not None:
                    return endpoint, found.groups()
        return None

    def list_names(self) -> list[str]:
        named = [endpoint.name for endpoint in self._plain.values()]
        named += [endpoint.name for _, _, endpoint in self._patterns]
        return sorted(set(named))


def _list_endpoints(courier: Courier, announce: Callable[[EventRecord], None]) -> list[tuple[str, str, Endpoint]]:
    async def test_webhook(platform: Platform, call: Call) -> Answer:
        return await account.test_webhook_endpoint(platform, call, courier)

    def leave(kind: str, platform: Platform, call: Call, chat_id: str) -> Answer:
        announce(leave_as_bot(platform, chats.get_chat_to_leave(platform, kind, chat_id)))
        return Answer()

    def members(kind: str, respond: Respond) -> Respond:
        return lambda platform, call, *ids: respond(platform, call, kind, *ids)

    def delivered(kind: str) -> Respond:
        return lambda platform, call: account.get_delivery(platform, call, kind)

    bot = "/v2/bot"
    menu = f"{bot}/richmenu"
    table: list[tuple[str, str, str, Callable[..., Answer | Awaitable[Answer]]]] = [
        ("reply", "POST", f"{bot}/message/reply", sending.reply),
        ("push", "POST", f"{bot}/message/push", sending.push),
        ("multicast", "POST", f"{bot}/message/multicast", sending.multicast),
        ("broadcast", "POST", f"{bot}/message/broadcast", sending.broadcast),
        ("validate.reply", "POST", f"{bot}/message/validate/reply", sending.validate),
        ("validate.push", "POST", f"{bot}/message/validate/push", sending.validate),
        ("validate.multicast", "POST", f"{bot}/message/validate/multicast", sending.validate),
        ("validate.broadcast", "POST", f"{bot}/message/validate/broadcast", sending.validate),
        ("quota", "GET", f"{bot}/message/quota", account.get_quota),
        ("consumption", "GET", f"{bot}/message/quota/consumption", account.get_consumption),
        ("delivery", "GET", f"{bot}/message/delivery/reply", delivered("reply")),
        ("delivery", "GET", f"{bot}/message/delivery/push", delivered("push")),
        ("delivery", "GET", f"{bot}/message/delivery/multicast", delivered("multicast")),
        ("delivery", "GET", f"{bot}/message/delivery/broadcast", delivered("broadcast")),
        ("info", "GET", f"{bot}/info", account.get_info),
        ("webhook.endpoint", "GET", f"{bot}/channel/webhook/endpoint", account.get_webhook_endpoint),
        ("webhook.endpoint", "PUT", f"{bot}/channel/webhook/endpoint", account.set_webhook_endpoint),
        ("webhook.test", "POST", f"{bot}/channel/webhook/test", test_webhook),
        ("token", "POST", "/oauth2/v3/token", account.issue_token),
        ("profile", "GET", f"{bot}/profile/{{userId}}", chats.get_profile),
        ("followers", "GET", f"{bot}/followers/ids", chats.refuse_list),
        ("group.summary", "GET", f"{bot}/group/{{groupId}}/summary", chats.get_summary),
        (
            "group.count",
            "GET",
            f"{bot}/group/{{groupId}}/members/count",
            members("group", chats.count_members),
        ),
        ("group.members", "GET", f"{bot}/group/{{groupId}}/members/ids", _ignoring_id(chats.refuse_list)),
        ("group.member", "GET", f"{bot}/group/{{g}}/member/{{u}}", members("group", chats.get_member)),
        ("group.leave", "POST", f"{bot}/group/{{groupId}}/leave", partial(leave, "group")),
        ("room.count", "GET", f"{bot}/room/{{roomId}}/members/count", members("room", chats.count_members)),
        ("room.members", "GET", f"{bot}/room/{{roomId}}/members/ids", _ignoring_id(chats.refuse_list)),
        ("room.member", "GET", f"{bot}/room/{{r}}/member/{{u}}", members("room", chats.get_member)),
        ("room.leave", "POST", f"{bot}/room/{{roomId}}/leave", partial(leave, "room")),
        ("content", "GET", f"{bot}/message/{{messageId}}/content", content.get_content),
        ("preview", "GET", f"{bot}/message/{{messageId}}/content/preview", content.get_preview),
        ("transcoding", "GET", f"{bot}/message/{{messageId}}/content/transcoding", content.get_transcoding),
        ("loading", "POST", f"{bot}/chat/loading/start", chats.start_loading),
        ("markAsRead", "POST", f"{bot}/chat/markAsRead", chats.mark_as_read),
        ("linkToken", "POST", f"{bot}/user/{{userId}}/linkToken", chats.issue_link_token),
        ("richmenu.create", "POST", menu, rich_menus.create),
        ("richmenu.validate", "POST", f"{menu}/validate", rich_menus.validate),
        ("richmenu.list", "GET", f"{menu}/list", rich_menus.list_menus),
        ("richmenu.bulk", "POST", f"{menu}/bulk/link", rich_menu_links.link_many),
        ("richmenu.bulk", "POST", f"{menu}/bulk/unlink", rich_menu_links.unlink_many),
        ("richmenu.alias", "POST", f"{menu}/alias", rich_menu_links.create_alias),
        ("richmenu.alias", "GET", f"{menu}/alias/list", rich_menu_links.list_aliases),
        ("richmenu.alias", "POST", f"{menu}/alias/{{alias}}", rich_menu_links.update_alias),
        ("richmenu.alias", "GET", f"{menu}/alias/{{alias}}", rich_menu_links.get_alias),
        ("richmenu.alias", "DELETE", f"{menu}/alias/{{alias}}", rich_menu_links.delete_alias),
        ("richmenu.image", "POST", f"{menu}/{{richMenuId}}/content", rich_menus.upload_image),
        ("richmenu.image", "GET", f"{menu}/{{richMenuId}}/content", rich_menus.download_image),
        ("richmenu.get", "GET", f"{menu}/{{richMenuId}}", rich_menus.get),
        ("richmenu.delete", "DELETE", f"{menu}/{{richMenuId}}", rich_menus.delete),
        ("richmenu.default", "POST", f"{bot}/user/all/richmenu/{{richMenuId}}", rich_menus.set_default),
        ("richmenu.default", "GET", f"{bot}/user/all/richmenu", rich_menus.get_default),
        ("richmenu.default", "DELETE", f"{bot}/user/all/richmenu", rich_menus.clear_default),
        ("richmenu.link", "POST", f"{bot}/user/{{userId}}/richmenu/{{richMenuId}}", rich_menu_links.link),
        ("richmenu.link", "GET", f"{bot}/user/{{userId}}/richmenu", rich_menu_links.get_linked),
        ("richmenu.link", "DELETE", f"{bot}/user/{{userId}}/richmenu", rich_menu_links.unlink),
    ]
    return [
        (method, path, Endpoint(name, respond, open=name == "token", may_be_large=name == "richmenu.image"))
        for name, method, path, respond in table
    ]


def _ignoring_id(respond: Respond) -> Respond:
    return lambda platform, call, *ids: respond(platform, call)
