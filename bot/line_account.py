"""Asks LINE about people, groups and the account itself, by the official SDK.

Only jobs and commands import this module, for the SDK's import is heavy.
"""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from linebot.v3.messaging import MessagingApi, SetWebhookEndpointRequest, TestWebhookEndpointRequest

from bot.line_client import Quota as Quota
from bot.line_sdk import LineAccountProblem as LineAccountProblem
from bot.line_sdk import LineSdk


@dataclass(frozen=True, slots=True)
class BotAccount:
    """The official account itself. `chats`: people answer in it too; `told_at`: LINE's clock, where it was told."""

    user_id: str
    basic_id: str
    name: str
    chats: bool = False
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """How a person is called in LINE, and the language of their phone where they let us know it."""

    user_id: str
    name: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where LINE sends events, and whether that is switched on."""

    url: str
    active: bool


@dataclass(frozen=True, slots=True)
class WebhookTest:
    """What LINE saw when it called the webhook."""

    success: bool
    at: datetime
    status: int
    reason: str
    detail: str


class LineAccount(LineSdk):
    """The account behind an access token."""

    def __init__(self, base_url: str, access_token: str) -> None:
        super().__init__(base_url, access_token)
        self._api = MessagingApi(self.client)

    def get_bot(self) -> BotAccount:
        """The account this token belongs to."""
        answer = self._ask("the account's own data", self._api.get_bot_info_with_http_info)
        bot, told = answer.data, (answer.headers or {}).get("Date")
        return BotAccount(
            bot.user_id,
            bot.basic_id,
            bot.display_name,
            str(getattr(bot.chat_mode, "value", bot.chat_mode)) == "chat",
            _read_moment(told),
        )

    def find_profile(self, user_id: str) -> Profile | None:
        """A person who is a friend or wrote to us; None where they blocked us or are unknown."""
        profile = self._find("a profile", self._api.get_profile, user_id)
        return profile and Profile(profile.user_id, profile.display_name, profile.language)

    def find_member(self, group_id: str, user_id: str) -> Profile | None:
        """A member of a group we are in, friend or not; None where they are not in it."""
        member = self._find("a group member", self._api.get_group_member_profile, group_id, user_id)
        return member and Profile(member.user_id, member.display_name, None)

    def find_group_name(self, group_id: str) -> str | None:
        """What a group is called; None where we are not in it."""
        summary = self._find("a group", self._api.get_group_summary, group_id)
        return summary and str(summary.group_name)

    def get_quota(self) -> Quota:
        """How many messages this month has, and how many are gone."""
        quota = self._ask("the message quota", self._api.get_message_quota)
        used = self._ask("the messages used", self._api.get_message_quota_consumption)
        limited = str(getattr(quota.type, "value", quota.type)) == "limited"
        return Quota(int(quota.value) if limited and quota.value is not None else None, int(used.total_usage))

    def find_webhook(self) -> Webhook | None:
        """Where events go; None where nothing was set yet."""
        webhook = self._find("the webhook address", self._api.get_webhook_endpoint)
        return webhook and Webhook(webhook.endpoint, bool(webhook.active))

    def set_webhook(self, url: str) -> None:
        """Have events sent to `url`. That it is switched on is done in the console only."""
        self._ask("to set the webhook", self._api.set_webhook_endpoint, SetWebhookEndpointRequest(endpoint=url))

    def test_webhook(self, url: str | None = None) -> WebhookTest:
        """Have LINE call the webhook now; at most 60 times an hour."""
        request = TestWebhookEndpointRequest(endpoint=url)
        seen = self._ask("to test the webhook", self._api.test_webhook_endpoint, request)
        return WebhookTest(bool(seen.success), seen.timestamp, int(seen.status_code), seen.reason, seen.detail)


def _read_moment(told: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(told) if told else None
    except ValueError:
        return None
