"""One place tells the time, so that a check or the simulator can turn the clock for the whole program."""

import ast

from tests.rules.tree import list_python, parse, refuse

TELLERS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "date.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
}
OUTSIDE = ("clock.py", "simulator/", "benchmarks/")


def test_only_the_clock_looks_at_the_clock() -> None:
    refuse(
        (
            f"{name}:{node.lineno} {ast.unparse(node)[:60]}"
            for name in list_python()
            if not name.startswith(OUTSIDE)
            for node in ast.walk(parse(name))
            if isinstance(node, ast.Call) and ast.unparse(node.func) in TELLERS
        ),
        "Take `now` as an argument; at the edge, where it starts, call clock.now(). "
        "To measure how long something takes, time.monotonic() or time.perf_counter() is right.",
    )
