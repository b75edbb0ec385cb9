"""Thousands of messages, several deliverers, trouble all along: each message arrives once, in its turn."""

from collections import defaultdict
from datetime import timedelta
from random import Random
from threading import Event, Thread

import pytest

from simulator.running import RunningSimulator
from tests.bot.post_office import CALL_SECONDS, PostOffice, StartDelivery
from tests.databases import OpenDatabase

TROUBLE = ("error", "lost", "drop", "rate_limit", "hang", "taken")


def make_trouble(line: RunningSimulator, ended: Event, seed: int) -> None:
    """Now and then one call goes wrong, in some way."""
    random = Random(seed)
    while not ended.wait(0.02):
        kind = random.choice(TROUBLE)
        line.add_fault(
            random.choice(("reply", "push")),
            "hang" if kind == "taken" else kind,  # type: ignore[arg-type]
            status=random.choice((500, 502, 503)),
            seconds=CALL_SECONDS * 1.2,
            accepted=kind == "taken",
        )


def write_all(post: PostOffice, chats: list[str], name: str, rounds: int) -> None:
    """So many messages to each chat, replies and pushes, some of two bubbles."""
    for number in range(rounds):
        for place, chat in enumerate(chats):
            texts = [f"{name} {number}"] + ([f"{name} {number}b"] if (number + place) % 5 == 0 else [])
            if (number + place) % 3:
                post.reply(chat, *texts)
            else:
                post.push(chat, *texts)


def expect(name: str, place: int, rounds: int) -> list[str]:
    """What `write_all` says to the chat at this place."""
    found = []
    for number in range(rounds):
        found += [f"{name} {number}"] + ([f"{name} {number}b"] if (number + place) % 5 == 0 else [])
    return found


@pytest.mark.slow
def test_thousands_of_messages_arrive_once_and_in_order_through_trouble(
    line: RunningSimulator, open_post: PostOffice
) -> None:
    users, rounds, ended = [line.add_user() for _ in range(200)], 10, Event()
    trouble = Thread(target=make_trouble, args=(line, ended, 1))
    trouble.start()
    try:
        write_all(open_post, users, "m", rounds)
    finally:
        ended.set()
        trouble.join()
    line.clear_faults()
    open_post.wait_until_no_more_open(timeout=60)
    assert {row.state for row in open_post.list_rows()} == {"sent"}
    for place, user in enumerate(users):
        assert open_post.read(user) == expect("m", place, rounds)


@pytest.mark.slow
def test_two_processes_on_one_database_send_each_message_once(
    line: RunningSimulator, open_database: OpenDatabase, database_url: str, start_delivery: StartDelivery
) -> None:
    posts = {name: PostOffice(line, open_database(database_url)) for name in ("a", "b")}
    for post in posts.values():
        start_delivery(post.database, lease=timedelta(seconds=5))
    users, rounds, ended = [line.add_user() for _ in range(40)], 8, Event()
    writers = [Thread(target=write_all, args=(post, users, name, rounds)) for name, post in posts.items()]
    trouble = Thread(target=make_trouble, args=(line, ended, 2))
    for thread in (trouble, *writers):
        thread.start()
    for writer in writers:
        writer.join()
    ended.set()
    trouble.join()
    line.clear_faults()
    posts["a"].wait_until_no_more_open(timeout=60)
    for place, user in enumerate(users):
        by_writer = defaultdict(list)
        for text in posts["a"].read(user):
            by_writer[text[0]].append(text)
        assert by_writer == {name: expect(name, place, rounds) for name in posts}
