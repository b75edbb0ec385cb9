"""Runs the echo and the product in turn, over the same load, and prints the table with the ratios."""

import argparse
import asyncio
import socket
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.chart import write_chart
from benchmarks.load import Load, Measured
from benchmarks.servers import serving

SECRET, TOKEN = "benchmark-secret", "benchmark-token"
NAMES = ("echo", "product")
COSTS = (("cpu_ms", "CPU ms/reply"), ("memory_mb", "memory MB"), ("ready_s", "ready s"))


@dataclass(frozen=True, slots=True)
class Row:
    """One round of one server."""

    replies_per_s: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float
    memory_mb: float
    ready_s: float
    failures: int


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=6.0, help="of load in a round, after a warm-up of a third")
    parser.add_argument("--chats", type=int, default=32)
    parser.add_argument("--text", default="ไฟถนนดับทั้งซอย มืดมาก")
    parser.add_argument("--chart", type=Path, default=Path("var/bench.svg"), help="where the picture goes")
    options = parser.parse_args()
    rows = asyncio.run(_measure(options))
    _print_table(rows, options)
    write_chart(options.chart, _list_bars(rows), _tell(options))
    print(f"\nchart: {options.chart}")


async def _measure(options: argparse.Namespace) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {name: [] for name in NAMES}
    for number in range(options.rounds):
        for name in NAMES if number % 2 == 0 else NAMES[::-1]:
            rows[name].append(await _round(name, options))
            print(f"round {number + 1} {name}: {rows[name][-1].replies_per_s:.0f} replies/s", flush=True)
    return rows


async def _round(name: str, options: argparse.Namespace) -> Row:
    load = Load(secret=SECRET, token=TOKEN, chats=options.chats)
    api = await load.open()
    try:
        with tempfile.TemporaryDirectory() as folder:
            environment = {
                "LINE_CHANNEL_SECRET": SECRET,
                "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
                "LINE_API_BASE_URL": api,
                "LINE_DATA_API_BASE_URL": api,
                "DATABASE_URL": f"sqlite:///{folder}/bench.db",
                "MEDIA_URL": f"file://{folder}/media",
                "SECRET_KEY": "a key for benchmarks only",
                "LOG_LEVEL": "WARNING",
            }
            # Starting blocks this loop, which is well: nothing has to answer yet.
            with serving(name, _free_port(), environment) as server:
                webhook = f"{server.url}/line/webhook"
                await load.run(webhook, text=options.text, seconds=options.seconds / 3)
                before = server.cpu_seconds()
                measured = await load.run(webhook, text=options.text, seconds=options.seconds)
                used = server.cpu_seconds() - before
                return _row(measured, used, server.memory_mb(), server.ready_after)
    finally:
        await load.close()


def _row(measured: Measured, cpu_seconds: float, memory_mb: float, ready_s: float) -> Row:
    count = len(measured.latencies)
    hundredths = statistics.quantiles(measured.latencies, n=100)
    return Row(
        replies_per_s=count / measured.seconds,
        p50_ms=hundredths[49] * 1000,
        p99_ms=hundredths[98] * 1000,
        cpu_ms=cpu_seconds / count * 1000,
        memory_mb=memory_mb,
        ready_s=ready_s,
        failures=measured.failures + measured.refused,
    )


def _print_table(rows: dict[str, list[Row]], options: argparse.Namespace) -> None:
    print(f"\n{_tell(options)}; medians (min-max)\n")
    titles = ("replies_per_s", "p50_ms", "p99_ms", "cpu_ms", "memory_mb", "ready_s", "failures")
    heads = ("replies/s", "p50 ms", "p99 ms", "CPU ms/reply", "memory MB", "ready s", "failures")
    print(f"{'':14}{'echo':>26}{'product':>26}{'product/echo':>14}")
    for title, head in zip(titles, heads, strict=True):
        cells, middles = [], []
        for name in NAMES:
            values = [float(getattr(row, title)) for row in rows[name]]
            middles.append(statistics.median(values))
            cells.append(f"{middles[-1]:.2f} ({min(values):.2f}-{max(values):.2f})")
        ratio = f"{middles[1] / middles[0]:.2f}" if middles[0] else "-"
        print(f"{head:14}{cells[0]:>26}{cells[1]:>26}{ratio:>14}")


def _list_bars(rows: dict[str, list[Row]]) -> list[tuple[str, float, float, bool]]:
    bars = []
    for title, head in (("replies_per_s", "replies/s"), ("p50_ms", "p50 ms"), ("p99_ms", "p99 ms"), *COSTS):
        echo, product = (statistics.median(float(getattr(row, title)) for row in rows[name]) for name in NAMES)
        bars.append((head, echo, product, title == "replies_per_s"))
    return bars


def _tell(options: argparse.Namespace) -> str:
    return f"{options.chats} chats in a closed loop, {options.seconds:g} s a round, {options.rounds} rounds in turn"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
