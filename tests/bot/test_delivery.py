"""Messages reach LINE once, in order, by the cheapest way, and their ids are kept."""

import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from bot.delivery import Delivery
from simulator.running import RunningSimulator
from tests.bot.post_office import LEASE, PostOffice, StartDelivery, open_client
from tests.databases import OpenDatabase


def test_a_lease_shorter_than_a_call_is_refused(line: RunningSimulator, post: PostOffice) -> None:
    with pytest.raises(ValueError, match="choose_call_seconds"):
        Delivery(post.database, open_client(line), lease=LEASE / 10)


def test_a_refused_message_is_dead_is_seen_and_can_be_sent_again(line: RunningSimulator, open_post: PostOffice) -> None:
    user = line.add_user()
    open_post.push(user, "")
    open_post.push(user, "after it")
    open_post.wait_for_state("dead", "sent")
    dead, _ = open_post.list_rows()
    assert dead.last_error is not None
    assert dead.last_error.startswith("400 ")
    assert "messages[0].text" in dead.last_error
    assert open_post.read(user) == ["after it"]


def test_what_the_group_that_put_us_out_should_read_is_dead(line: RunningSimulator, open_post: PostOffice) -> None:
    group = line.add_group(members=[line.add_user()], bot_in=False)
    open_post.push(group, "card")
    open_post.wait_for_state("dead")
    assert open_post.get_row().last_error == "400 Failed to send messages"


def test_a_reply_costs_nothing_and_keeps_the_ids_of_its_bubbles(line: RunningSimulator, open_post: PostOffice) -> None:
    user = line.add_user()
    token = open_post.reply(user, "one", "two")
    open_post.wait_for_state("sent")
    row = open_post.get_row()
    assert (row.sent_by, row.attempts, row.reply_token) == ("reply", 1, token)
    assert row.first_push_at is None
    assert row.lease_until is None
    assert line.quota_used() == 0
    told = {(m.message_id, m.text, m.quote_token) for m in line.received(user)}
    kept = {(b.message_id, b.quote_token) for b in open_post.list_bubbles()}
    assert {text for _, text, _ in told} == {"one", "two"}
    assert kept == {(message_id, quote) for message_id, _, quote in told}
    assert line.refusals == []


def test_ids_belong_to_the_cases_of_their_bubbles(line: RunningSimulator, open_post: PostOffice) -> None:
    group = line.add_group(members=[line.add_user()])
    for case_id in (11, 12):
        open_post.push(group, f"case {case_id}", case_id=case_id)
    open_post.wait_for_state("sent", "sent")
    by_id = {m.message_id: m.text for m in line.received(group)}
    assert {by_id[b.message_id]: b.case_id for b in open_post.list_bubbles()} == {"case 11": 11, "case 12": 12}
    assert {b.chat_id for b in open_post.list_bubbles()} == {group}
    assert [row.sent_by for row in open_post.list_rows()] == ["push", "push"]


def test_more_than_a_call_holds_goes_in_several_in_order(line: RunningSimulator, open_post: PostOffice) -> None:
    user = line.add_user()
    texts = [f"no. {number}" for number in range(23)]
    open_post.reply(user, *texts)
    open_post.wait_until_no_more_open()
    assert open_post.read(user) == texts
    assert [row.sent_by for row in open_post.list_rows()] == ["reply", "push", "push", "push", "push"]


def test_what_waited_before_the_start_goes_out_in_order(
    line: RunningSimulator, post: PostOffice, start_delivery: StartDelivery
) -> None:
    users = [line.add_user() for _ in range(3)]
    for number in range(4):
        for user in users:
            post.push(user, f"no. {number}")
    start_delivery(post.database)
    post.wait_until_no_more_open()
    assert {tuple(post.read(user)) for user in users} == {("no. 0", "no. 1", "no. 2", "no. 3")}


def test_what_another_process_wrote_is_found(
    line: RunningSimulator, open_post: PostOffice, open_database: OpenDatabase, sqlite_url: str
) -> None:
    user = line.add_user()
    PostOffice(line, open_database(sqlite_url)).push(user, "from elsewhere")
    line.wait_for(user, "from elsewhere")


def test_stopping_sends_what_is_in_hand_and_claims_no_more(
    line: RunningSimulator, post: PostOffice, start_delivery: StartDelivery
) -> None:
    delivery = start_delivery(post.database)
    line.add_fault("push", "slow", seconds=0.2, times=None)
    users = [line.add_user() for _ in range(5)]
    for user in users:
        post.push(user, "before")
    assert delivery.stop(timeout=10)
    assert [row.state for row in post.list_rows()] == ["sent"] * 5
    post.push(users[0], "after")
    assert post.list_rows()[-1].state == "ready"


def test_stopping_in_a_hurry_gives_back_what_was_not_begun(
    line: RunningSimulator, post: PostOffice, start_delivery: StartDelivery
) -> None:
    delivery = start_delivery(post.database, threads=1)
    line.add_fault("push", "slow", seconds=0.7, times=None)
    for number in range(12):
        post.push(line.add_user(), f"no. {number}")
    delivery.stop(timeout=2)
    states = [row.state for row in post.list_rows()]
    assert "ready" in states
    assert all(row.attempts == 0 and not row.maybe_taken for row in post.list_rows() if row.state == "ready")
    line.clear_faults()
    start_delivery(post.database)
    post.wait_until_no_more_open()
    assert sorted(m.text for m in line.received_anywhere()) == sorted(f"no. {number}" for number in range(12))


def test_the_log_holds_neither_words_nor_tokens_but_what_line_would_ask_for(
    line: RunningSimulator, post: PostOffice, start_delivery: StartDelivery
) -> None:
    user, group = line.add_user(), line.add_group(members=[line.add_user()], bot_in=False)
    for endpoint, kind in (("reply", "error"), ("push", "lost"), ("push", "rate_limit"), ("push", "quota")):
        line.add_fault(endpoint, kind, chat=user)  # type: ignore[arg-type]
    with capture_logs() as logs:
        start_delivery(post.database)
        token = post.reply(user, "my phone is 0812345678")
        for _ in range(3):
            post.push(user, "my phone is 0812345678")
        post.push(group, "my phone is 0812345678")
        post.wait_until_no_more_open()
        line.wait_quiet()
    told = str(logs)
    assert "0812345678" not in told
    assert token not in told
    assert line.access_token not in told
    for call in line.wire():
        if call.fault != "lost":
            assert call.request_id in told


def test_what_is_done_is_counted(line: RunningSimulator, post: PostOffice, start_delivery: StartDelivery) -> None:
    def read(name: str, **labels: str) -> float:
        return REGISTRY.get_sample_value(f"fasttrack_line_{name}", labels) or 0.0

    names = (("sent_total", "reply"), ("sent_total", "push"), ("retried_total", "push"))
    before = {name: read(name[0], endpoint=name[1]) for name in names}
    dead = read("dead_total")
    start_delivery(post.database)
    user = line.add_user()
    line.add_fault("push", "error")
    post.push(user, "card")
    post.reply(user, "answer")
    post.push(user, "")
    post.wait_for_state("sent", "sent", "dead")
    line.wait_until(lambda: read("dead_total") == dead + 1)
    assert {name: read(name[0], endpoint=name[1]) - before[name] for name in names} == dict.fromkeys(names, 1.0)
