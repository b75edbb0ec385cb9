"""The whole program between a citizen and a district office: in one process, in two, and as the demo."""

from pathlib import Path

import psutil
import pytest

from simulator.running import start_simulator
from tests.end_to_end.program import Program
from tests.end_to_end.served import ServedChat, list_cards

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.mark.parametrize("worker", [False, True], ids=["serve", "serve-and-worker"])
def test_a_report_reaches_the_group_and_comes_back(
    migrated: Program, worker: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ServedChat(migrated, tmp_path, monkeypatch, worker=worker) as chat:
        office = chat.coordinators("district:1026")
        nid = chat.citizen()
        number = nid.reports()
        card = office.gets_card(number)
        office.member().taps("button.acknowledge", card).sees("card.update", number=number)
        nid.sees("told.acknowledge", number=number)
        nid.sends_photo().sees("report.ask_description_with_media")
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


def test_the_demo_plays_through(program: Program) -> None:
    line = start_simulator(channel_secret="somebody's", access_token="real-service")
    settings = {"SERVE_DELIVERS": "0", "CLOCK_OFFSET_FILE": "clock", "SMTP_URL": "smtp://real.example"}
    try:  # whatever stands in the environment of somebody who also runs the real service
        played = program.run("demo", **settings)
        assert line.wire() == []
    finally:
        line.stop()

    assert played.code == 0, played
    assert "0 that LINE would refuse" in played.out
    assert "FT" in played.out
    assert not (program.folder / "fasttrack.db").exists(), "the demo keeps to its own folder"


def test_the_demo_stays_until_it_is_told_and_leaves_nothing_behind(program: Program) -> None:
    demo = program.start("demo", "--stay")
    demo.wait_until_it_says("Ctrl-C ends it")
    processes = demo.list_processes()
    assert len(processes) >= 2, "the demo, and serve"

    assert demo.stop() in (143, -15)

    _, alive = psutil.wait_procs(processes, timeout=30)
    assert alive == []
