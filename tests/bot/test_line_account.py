"""What LINE tells about the account, its people and groups, and how it is said when it does not."""

from datetime import UTC

import pytest

from bot.line_account import LineAccount, LineAccountProblem, Profile, Quota
from simulator.running import RunningSimulator


@pytest.fixture
def account(line: RunningSimulator) -> LineAccount:
    """The account of the simulated channel."""
    return LineAccount(line.base_url, line.access_token)


def test_a_wrong_token_is_told_with_what_to_do(line: RunningSimulator, account: LineAccount) -> None:
    line.revoke_access_token()
    with pytest.raises(LineAccountProblem, match=r"401.*LINE_CHANNEL_ACCESS_TOKEN"):
        account.get_bot()


@pytest.mark.parametrize("kind", ["drop", "garbage"])
def test_no_usable_answer_is_told_with_what_to_do(line: RunningSimulator, account: LineAccount, kind: str) -> None:
    line.add_fault("info", kind, times=None)  # type: ignore[arg-type]
    with pytest.raises(LineAccountProblem, match="LINE_API_BASE_URL"):
        account.get_bot()


def test_who_blocked_us_has_no_profile(line: RunningSimulator, account: LineAccount) -> None:
    user = line.add_user("นิด", language="th")
    assert account.find_profile(user) == Profile(user, "นิด", "th")
    line.block(user)
    assert account.find_profile(user) is None


def test_groups_are_known_while_we_are_in_them(line: RunningSimulator, account: LineAccount) -> None:
    people = [line.add_user("พิมพ์"), line.add_user("ก้อย")]
    group = line.add_group("เขตพญาไท", people)
    assert account.find_group_name(group) == "เขตพญาไท"
    assert account.find_member(group, people[0]) == Profile(people[0], "พิมพ์", None)
    assert account.find_member(group, line.add_user()) is None
    line.remove_bot(group)
    assert account.find_group_name(group) is None


def test_the_account_and_its_quota(line: RunningSimulator, account: LineAccount) -> None:
    assert account.get_bot().user_id == line.bot_user_id
    line.set_quota(None)
    assert account.get_quota().limit is None
    line.set_quota(300, used=280)
    assert account.get_quota() == Quota(300, 280)


def test_the_webhook_can_be_set_and_tried(line: RunningSimulator, account: LineAccount) -> None:
    assert account.find_webhook() is None
    account.set_webhook("https://example.org/line/webhook")
    webhook = account.find_webhook()
    assert webhook is not None
    assert webhook.url == "https://example.org/line/webhook"
    seen = account.test_webhook("http://127.0.0.1:9/line/webhook")
    assert not seen.success
    assert seen.at.astimezone(UTC) <= line.now()
