"""Thousands of signed webhooks that nobody should send: no error of ours, and nobody is stuck afterwards."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from handlers.front_door import LARGEST_BODY
from storage.models import Case
from tests.chat import Chat, words_of
from tests.handlers.door import Door, group, person, say
from tests.handlers.hostile import GROUPS, PEOPLE, Hostile

PROBLEM = "ไฟถนนดับทั้งซอย มืดมาก"
BODIES = int(os.environ.get("HOSTILE_BODIES", "4000"))
ON_POSTGRES = 1_000
ATTACKERS = 8


def _report_before(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A case, its card in a group, a bubble that can be quoted: something for the hostile to hit."""
    with Chat(url, folder, monkeypatch) as chat:
        chat.coordinators("district:1026")
        chat.citizen().reports(PROBLEM)
        chat.settles()
    door = Door(url, folder)
    door.run("DELETE FROM groups")
    for number in range(1, GROUPS):
        door.run(
            "INSERT INTO groups (chat_id, organisation, bound_at, wrong_codes, created_at)"
            " VALUES (:chat, :organisation, :at, 0, :at)",
            chat=group(number),
            organisation="district:1026" if number > 1 else "omb",
            at="2026-11-01 00:00:00+00:00" if door.database.dialect == "postgresql" else "2026-11-01 00:00:00",
        )
    door.run("UPDATE sent_messages SET chat_id = :chat WHERE case_id IS NOT NULL", chat=group(2))
    door.close()


def _attack(door: Door, count: int) -> None:
    with ThreadPoolExecutor(ATTACKERS) as threads:
        list(threads.map(lambda seed: _send_all(door, seed, count // ATTACKERS), range(ATTACKERS)))


def _send_all(door: Door, seed: int, count: int) -> None:
    def run_of(chat: str) -> str:
        with door.database.engine.connect() as connection:
            runs = connection.exec_driver_sql(f"SELECT run FROM conversations WHERE chat_id = '{chat}'")
            return str(runs.scalar())

    hostile = Hostile(seed, run_of)
    for number in range(count):
        body = hostile.make_body()
        expected = 200 if len(body) <= LARGEST_BODY else 413
        assert door.post(body) == expected, f"seed {seed}, body {number}: {body[:2000]!r}"


def _nobody_is_stuck(door: Door) -> None:
    for number in range(1, PEOPLE + 1):
        chat = person(number)
        assert door.tell(say("ยกเลิก", chat), say("ไทย", chat), say(PROBLEM, chat)) == 200
        assert door.hear(chat)[-1] == words_of("report.ask_place"), chat


def _no_fault_of_ours(door: Door) -> None:
    """What failed did so for what LINE would never send, not for an error in our code."""
    reasons = {kept.reason or "" for kept in door.list_kept() if kept.state == "failed"}
    assert [reason for reason in reasons if "Error" in reason or "Exception" in reason] == []


def _a_citizen_still_reports(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Chat(url, folder, monkeypatch) as chat:
        office = chat.coordinators("district:1026")
        before = chat.count(Case)
        healthy = chat.citizen("Healthy", follows=False)
        chat.line.follow(healthy.id)
        number = healthy.reports(PROBLEM)
        office.gets_card(number)
        assert chat.count(Case) == before + 1
        chat.redelivers_everything().changes_nothing()


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("kind", "count"),
    [("sqlite", BODIES), pytest.param("postgres", ON_POSTGRES, marks=pytest.mark.postgres)],
)
def test_hostile_webhooks_do_no_harm(
    kind: str, count: int, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url: str = request.getfixturevalue(f"{kind}_url")
    _report_before(url, tmp_path, monkeypatch)
    door = Door(url, tmp_path)

    _attack(door, count)

    _no_fault_of_ours(door)
    _nobody_is_stuck(door)
    door.run("UPDATE outbox SET state = 'sent'", "UPDATE groups SET organisation = NULL")
    door.run("UPDATE media SET state = 'gone' WHERE state = 'wanted'")
    door.close()
    _a_citizen_still_reports(url, tmp_path, monkeypatch)
