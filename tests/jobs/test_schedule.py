"""Jobs run at the start and then by their interval; one that fails holds up neither the others nor itself."""

import ast
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Semaphore

import pytest

import clock
from config import home
from jobs import schedule
from jobs.schedule import JOBS, Schedule, run_job
from storage import conversations
from storage.session import Database


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    opened = Database(sqlite_url)
    yield opened
    opened.close()


def test_a_job_that_fails_is_logged_and_no_more(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(_: Database) -> None:
        raise LookupError("gone")

    run_job("broken", fail, database)

    told = capsys.readouterr()
    assert "job failed" in told.out + told.err and "broken" in told.out + told.err


def test_a_database_that_is_away_ends_no_job(tmp_path: Path) -> None:
    away = Database(f"sqlite:///{tmp_path}/empty.db")
    for name, (_, job) in JOBS.items():
        run_job(name, job, away)
    away.close()


def test_every_job_may_run_twice_over_an_empty_database(database: Database) -> None:
    for name, (seconds, job) in JOBS.items():
        assert seconds > 0
        run_job(name, job, database)
        run_job(name, job, database)


def test_what_fell_due_while_it_was_down_is_done_at_the_start(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offset = tmp_path / "clock"
    monkeypatch.setenv("CLOCK_OFFSET_FILE", str(offset))
    now = clock.now()
    with database.begin(now) as session:
        standing, _ = conversations.lock(session, "U1", now)
        standing.flow, standing.run, standing.draft, standing.draft_at = "report", "r1", {"slots": {}}, now
        conversations.save(session, standing, now)
    offset.write_text(str(25 * 3600))

    kept, waiting = Schedule(database), Event()
    kept.start()
    for _ in range(200):
        with database.begin() as session:
            if conversations.lock(session, "U1", clock.now())[0].flow is None:
                break
        waiting.wait(0.05)
    else:
        pytest.fail("the draft of yesterday is still there")
    kept.stop()


def test_it_stops_when_told_also_twice_and_when_it_never_began(database: Database) -> None:
    idle = Schedule(database)
    idle.stop()
    kept = Schedule(database)
    kept.start()
    kept.stop()
    kept.stop()


def test_a_clock_that_is_turned_runs_what_fell_due_on_the_way(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offset, ran = tmp_path / "clock", Semaphore(0)
    monkeypatch.setenv("CLOCK_OFFSET_FILE", str(offset))
    monkeypatch.setattr(schedule, "JOBS", {"often": (900.0, lambda _: ran.release())})
    kept = Schedule(database)
    kept.start()
    assert ran.acquire(timeout=8), "not run at the start"

    for turned in ("100000", "0", "901", "901.5"):
        offset.write_text(turned)
        assert turned == "901.5" or ran.acquire(timeout=8), f"not run at {turned}"

    kept.stop()
    assert not ran.acquire(blocking=False), "run more often than it fell due"


def test_a_long_job_holds_up_no_other_and_is_not_begun_twice(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offset, ran, begun, done = tmp_path / "clock", Semaphore(0), Semaphore(0), Event()
    monkeypatch.setenv("CLOCK_OFFSET_FILE", str(offset))

    def take_long(_: Database) -> None:
        begun.release()
        done.wait(20)

    monkeypatch.setattr(schedule, "JOBS", {"long": (900.0, take_long), "short": (900.0, lambda _: ran.release())})
    kept = Schedule(database)
    kept.start()
    assert begun.acquire(timeout=8) and ran.acquire(timeout=8)
    offset.write_text("100000")
    assert ran.acquire(timeout=8)

    done.set()
    kept.stop()
    assert not begun.acquire(blocking=False)


def test_every_job_written_stands_in_the_schedule() -> None:
    scheduled = {job.__name__ for _, job in JOBS.values()}
    written = {
        node.name
        for file in (home() / "jobs").glob("*.py")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and [ast.unparse(given.annotation) for given in node.args.args if given.annotation] == ["Database"]
        and not node.name.startswith("_")
    }

    assert written == scheduled, "add the job to JOBS in jobs/schedule.py, or make it private"
