"""It ends when it is told, in order; and when it is killed nothing of it stays behind."""

import os
import random
import signal
import sqlite3
import threading
import time
from pathlib import Path

import psutil
import pytest
import requests

from tests.end_to_end.program import Program, Served
from tests.handlers.door import body_of, person, say, sign

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def _wait_until_gone(processes: list[psutil.Process]) -> None:
    _, alive = psutil.wait_procs(processes, timeout=30)
    assert alive == [], "an orphan stays behind"


def _post(served: Served, chat: str = person()) -> int:
    body = body_of([say("ไฟถนนดับทั้งซอย มืดมาก", chat)])
    headers = {"X-Line-Signature": sign(body)}
    return requests.post(f"{served.url}/line/webhook", data=body, headers=headers, timeout=30).status_code


def _ask(program: Program, question: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(program.folder / "fasttrack.db")
    found = connection.execute(question).fetchall()
    connection.close()
    return found


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_ends_when_told_and_its_port_is_free_at_once(program: Program, number: signal.Signals) -> None:
    served = program.as_installed.serve()
    processes = served.list_processes()

    assert served.stop(number) == 0

    _wait_until_gone(processes)
    assert '"event": "stopped"' in served.read_log()
    assert "Traceback" not in served.read_log()
    assert program.serve().stop() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_worker_ends_when_told(program: Program, number: signal.Signals) -> None:
    worker = program.as_installed.start("worker")
    worker.wait_until_it_says('"event": "delivering"')

    assert worker.stop(number) == 0
    assert '"event": "stopped"' in worker.read_log()


def test_a_webhook_under_way_is_answered_before_it_ends(program: Program) -> None:
    served = program.serve()
    assert _post(served) == 200
    other = sqlite3.connect(program.folder / "fasttrack.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")  # the webhook must wait
    answers: list[int] = []
    posting = threading.Thread(target=lambda: answers.append(_post(served, person(2))))
    posting.start()
    time.sleep(0.5)

    served.process.terminate()
    time.sleep(0.3)
    other.execute("COMMIT")
    other.close()
    posting.join()

    assert answers == [200]
    assert served.wait_until_ended() == 0
    assert _ask(program, "SELECT count(*) FROM inbox_events WHERE state = 'done'") == [(2,)]


def test_what_it_held_for_sending_is_given_back_when_it_ends(program: Program) -> None:
    served = program.serve()  # there is no LINE: whatever is said waits for another try
    assert [_post(served, person(number)) for number in range(20)] == [200] * 20

    assert served.stop() == 0

    assert _ask(program, "SELECT DISTINCT state FROM outbox") == [("ready",)]


def test_killed_it_leaves_no_orphan_and_a_free_port(program: Program) -> None:
    for _ in range(2):
        served = program.serve()
        processes = served.list_processes()
        served.kill()
        _wait_until_gone(processes)
    assert program.serve().stop() == 0


def test_killed_while_it_starts_it_leaves_no_orphan(on_sqlite: Program) -> None:
    chance = random.Random(1676)
    for _ in range(5):
        served = on_sqlite.as_installed.start("serve")
        pid, processes = served.process.pid, set[psutil.Process]()
        until = time.monotonic() + chance.uniform(0.1, 1.5)
        while time.monotonic() < until:
            processes |= set(served.list_processes())
            time.sleep(0.01)
        os.kill(pid, signal.SIGKILL)
        served.process.wait()
        _wait_until_gone(list(processes))
    assert on_sqlite.serve().stop() == 0


def test_a_disk_that_is_full_is_500_until_there_is_room(program: Program) -> None:
    resource = pytest.importorskip("resource", reason="limits on files are set by Unix only")
    if not hasattr(resource, "prlimit"):
        pytest.skip("the limit of another process can be set on Linux only")
    served = program.serve()
    assert _post(served) == 200
    limit = Path(program.folder / "fasttrack.db-wal").stat().st_size
    application = served.process.pid
    before = resource.prlimit(application, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

    refused = [_post(served, person(number)) for number in range(2, 12)]
    resource.prlimit(application, resource.RLIMIT_FSIZE, before)

    assert 500 in refused and set(refused) <= {200, 500}
    assert _post(served, person(20)) == 200
    taken = refused.count(200) + 2
    assert _ask(program, "SELECT count(*) FROM inbox_events") == [(taken,)], "only what was answered 200 is kept"
    assert served.stop() == 0
