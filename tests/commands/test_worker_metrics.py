"""What `worker` counts can be read on its own machine, where a port is named for it."""

import socket

import click
import pytest
import requests

from commands.worker import show_metrics


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_without_a_port_nothing_is_shown() -> None:
    assert show_metrics(0) is None


def test_with_one_the_counters_of_delivery_are_there() -> None:
    port = _free_port()
    shown = show_metrics(port)
    assert shown is not None
    try:
        assert "fasttrack_line_quota_gone" in requests.get(f"http://127.0.0.1:{port}/metrics", timeout=10).text
    finally:
        shown.shutdown()
        shown.server_close()


def test_a_port_that_is_taken_is_refused_in_plain_words() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(click.ClickException, match="WORKER_METRICS_PORT"):
            show_metrics(other.getsockname()[1])
