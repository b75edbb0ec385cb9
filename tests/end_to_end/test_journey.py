"""The whole program between a citizen and a district office: in one process, and in two."""

from pathlib import Path

import pytest

from tests.end_to_end.program import Program
from tests.end_to_end.served import ServedChat, list_cards

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.mark.parametrize("worker", [False, True], ids=["serve", "serve-and-worker"])
def test_a_report_reaches_the_group_and_comes_back(
    migrated: Program, worker: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ServedChat(migrated.as_installed, tmp_path, monkeypatch, worker=worker) as chat:
        office = chat.coordinators("district:1026")
        nid = chat.citizen()
        number = nid.reports()
        card = office.gets_card(number)
        office.member().taps("button.acknowledge", card).sees("card.update", number=number)
        nid.sees("told.acknowledge", number=number)
        nid.sends_photo().sees("talk.unasked")
        chat.redelivers_everything().changes_nothing()

        assert len(list_cards(office, number)) == 1
        assert chat.history(number)[:3] == ["report", "dispatch", "acknowledge"]
        chat.must_be_clean()


def test_what_is_said_while_nobody_delivers_waits_for_the_worker(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ServedChat(program, tmp_path, monkeypatch, worker=True) as chat:
        serve, worker = chat.served
        assert worker.stop() == 0
        chat.served = [serve]
        nid = chat.citizen(follows=False).says("ไฟถนนดับทั้งซอย มืดมาก")
        assert chat.line.received(nid.id) == []

        chat.served.append(program.start("worker"))
        nid.sees("report.ask_place")
        chat.must_be_clean()
