"""The HTTP control does what the Python API does, for this machine only, and says what it was not given."""

import base64
import json
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from simulator.operations.by_name import list_operations
from simulator.running import RunningSimulator
from tests.simulator.bot import Clients, EchoBot

ROOT = Path(__file__).resolve().parents[2]


def ask(base_url: str, operation: str, content_type: str = "application/json", **arguments: Any) -> Any:
    request = urllib.request.Request(
        f"{base_url}/simulator/api/{operation}",
        json.dumps(arguments).encode(),
        {"Content-Type": content_type},
    )
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.load(answer)["result"]


def refused(base_url: str, operation: str, content_type: str = "application/json", **arguments: Any) -> str:
    with pytest.raises(urllib.error.HTTPError) as caught:
        ask(base_url, operation, content_type, **arguments)
    with caught.value:
        assert caught.value.code in (400, 415)
        return str(json.load(caught.value)["error"])


def test_what_is_asked_wrongly(sim: RunningSimulator) -> None:
    assert "no operation" in refused(sim.base_url, "fly")
    assert "missing a required argument" in refused(sim.base_url, "say", chat="U1")
    assert "no argument colour" in refused(sim.base_url, "say", chat="U1", text="a", colour="red")
    assert "no chat U1" in refused(sim.base_url, "say", chat="U1", text="a")
    assert "application/json" in refused(sim.base_url, "say", "text/plain", chat="U1", text="a")
    nid = ask(sim.base_url, "add_user", name="Nid")
    assert "cannot read" in refused(sim.base_url, "send_image", chat=nid, data="no base64!")
    assert "time zone" in refused(sim.base_url, "say", chat=nid, text="a", at="2026-11-21T10:00:00")


def test_a_conversation_over_http(sim: RunningSimulator, line: Clients, bot: EchoBot) -> None:
    bot.api = line.api
    nid = ask(sim.base_url, "add_user", name="Nid")
    said = ask(sim.base_url, "say", chat=nid, text="hello", at="2026-11-21T10:00:00+07:00")
    assert (said["ok"], said["event"]["timestamp"]) == (True, 1795230000000)
    (message,) = ask(sim.base_url, "received", chat=nid)
    assert (message["text"], message["endpoint"]) == ("hello", "reply")
    photo = base64.b64encode(b"jpeg").decode()
    sent = ask(sim.base_url, "send_album", chat=nid, images=[photo], together=True)
    assert line.blob.get_message_content(sent[0]["message_id"]) == b"jpeg"
    assert ask(sim.base_url, "wire", endpoint="reply")[0]["status"] == 200
    assert ask(sim.base_url, "list_refusals") == []


def test_the_list_of_operations(sim: RunningSimulator) -> None:
    with urllib.request.urlopen(f"{sim.base_url}/simulator/api", timeout=5) as answer:
        told = json.load(answer)
    assert told["botUserId"] == sim.bot_user_id
    assert set(told["operations"]) == set(list_operations())
    assert "by" in told["operations"]["say"] and "push" in told["endpoints"]


def test_every_operation_is_a_method_of_the_running_simulator() -> None:
    missing = [name for name in list_operations() if not hasattr(RunningSimulator, name)]
    assert missing == ["list_refusals"]  # there it is the property `refusals`


def test_it_runs_on_its_own() -> None:
    command = [sys.executable, "-m", "simulator", "--port", "0", "--secret", "s", "--token", "t"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            base_url = running.stdout.readline().strip()
            nid = ask(base_url, "add_user")
            assert Clients(base_url, "t").api.get_profile(nid).user_id == nid
        finally:
            running.terminate()
    assert running.returncode == 0
