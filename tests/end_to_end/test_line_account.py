"""The commands that set up a LINE account and look at it, as an operator runs them."""

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.rich_menu_fonts import FontProblem, find_letters
from simulator.running import RunningSimulator, start_simulator
from tests.chat import KEY, SECRET, TOKEN
from tests.end_to_end.program import Program
from tests.menus import open_menus


@pytest.fixture
def line() -> Iterator[RunningSimulator]:
    """The LINE of an account that was just made."""
    with start_simulator(channel_secret=SECRET, access_token=TOKEN, seed=7) as running:
        yield running


@pytest.fixture
def operator(program: Program, line: RunningSimulator) -> Program:
    """The program, told of that account."""
    program.set(LINE_API_BASE_URL=line.base_url, LINE_DATA_API_BASE_URL=line.base_url, PUBLIC_BASE_URL=program.url)
    return program


@pytest.fixture
def font() -> None:
    try:
        find_letters("")
    except FontProblem as problem:
        pytest.skip(f"no font to draw with: {problem}")


def _codes(told: str, state: str) -> set[str]:
    return {one["code"] for one in json.loads(told)["findings"] if one["state"] == state}


# --- richmenu -----------------------------------------------------------------------------------------------
def test_the_menu_is_not_deployed_with_a_wrong_token_or_no_font_or_line_down(
    operator: Program, line: RunningSimulator
) -> None:
    wrong = operator.run("richmenu", "deploy", LINE_CHANNEL_ACCESS_TOKEN="pasted-from-elsewhere").complaint
    assert "401" in wrong and "LINE_CHANNEL_ACCESS_TOKEN" in wrong
    assert "RICH_MENU_FONT" in operator.run("richmenu", "deploy", RICH_MENU_FONT="/nowhere/thai.ttf").complaint
    assert (
        "Not set: LINE_CHANNEL_ACCESS_TOKEN"
        in operator.run("richmenu", "deploy", LINE_CHANNEL_ACCESS_TOKEN="").complaint
    )
    line.refuse_connections()
    assert "LINE_API_BASE_URL" in operator.run("richmenu", "deploy", "--remove").complaint
    line.accept_connections()
    assert open_menus(line).list_menus() == []
    assert operator.run("richmenu", "deploy", "--dry-run", "--remove").code == 2


def test_a_dry_run_draws_and_tells_line_nothing(operator: Program, line: RunningSimulator, font: None) -> None:
    ended = operator.as_installed.run("richmenu", "deploy", "--dry-run", "--to", "pictures")
    assert ended.code == 0, ended
    assert line.wire() == []
    for language in ("th", "en"):
        with Image.open(operator.folder / "pictures" / f"{language}.png") as picture:
            assert picture.size == (2500, 1686)
    assert not (operator.folder / "fasttrack.db").exists()


def test_the_menu_is_deployed_again_and_taken_away(operator: Program, line: RunningSimulator, font: None) -> None:
    nid = line.add_user("Nid")
    first = operator.as_installed.run("richmenu", "deploy")
    assert (first.code, first.out.splitlines()[-1]) == (0, "0 older menus deleted"), first
    assert [area["action"].get("label") for area in (line.find_rich_menu(nid) or {})["areas"]][:3] == [
        "แจ้งเรื่อง",
        "ติดตามเรื่อง",
        "โทร 1676",
    ]
    assert operator.run("richmenu", "deploy").out.splitlines()[-1] == "2 older menus deleted"
    assert len(open_menus(line).list_menus()) == 2
    assert operator.run("richmenu", "deploy", "--remove").out == "2 menus taken away\n"
    assert line.find_rich_menu(nid) is None
    assert [call.refused for call in line.refusals] == []


# --- doctor -------------------------------------------------------------------------------------------------
def test_the_doctor_names_each_thing_and_its_cure(operator: Program, line: RunningSimulator) -> None:
    """A made-up account: no webhook, no messages left, no group, no menu; and the service does not run."""
    line.set_quota(300, used=300)

    ended = operator.as_installed.run("doctor")

    assert ended.code == 1
    assert "Traceback" not in ended.err
    for named in (
        "✗ webhook     No webhook URL is set",
        f"{operator.url}/line/webhook",
        "✗ quota       This month's messages are used up: 300 of 300.",
        "! menu        No rich menu of ours is in LINE.",
        "fasttrack richmenu deploy",
        '"Allow bot to join group chats": Enabled',
        "Webhook redelivery: on",
    ):
        assert named in ended.out, ended.out
    assert not any(secret in ended.out + ended.err for secret in (SECRET, TOKEN, KEY))


def test_the_doctor_speaks_to_machines_and_says_by_its_exit_code_how_it_is(
    operator: Program, line: RunningSimulator
) -> None:
    operator.serve()
    line.set_bot_url(f"{operator.url}/line/webhook")

    ended = operator.run("doctor", "--json")
    told: dict[str, Any] = json.loads(ended.out)

    assert (ended.code, told["ok"], told["counts"]["wrong"]) == (0, True, 0), ended
    assert {"webhook.tested", "database.fine"} <= _codes(ended.out, "ok")
    assert "menu.none" in _codes(ended.out, "warning")
    assert operator.run("doctor", "--strict").code == 1, "the menu is missing"

    wrong = operator.run("doctor", "--json", LINE_CHANNEL_ACCESS_TOKEN="pasted-from-elsewhere")
    assert (wrong.code, _codes(wrong.out, "wrong")) == (1, {"token.refused"})


def test_the_doctor_ends_where_nothing_answers(operator: Program) -> None:
    """A network that swallows what is sent: connections are taken, and never a word comes back."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        kept: list[socket.socket] = []
        threading.Thread(target=lambda: kept.extend(_accept_all(silent)), daemon=True).start()
        nowhere = f"http://127.0.0.1:{silent.getsockname()[1]}"
        ended = operator.run("doctor", "--json", LINE_API_BASE_URL=nowhere, LINE_DATA_API_BASE_URL=nowhere)
    assert ended.code == 1
    assert "token.away" in _codes(ended.out, "wrong")


def test_settings_that_cannot_be_read_are_told_too(operator: Program) -> None:
    ended = operator.run("doctor", "--json", PORT="many")
    assert (ended.code, _codes(ended.out, "wrong")) == (1, {"settings.unreadable"})
    assert "PORT" in ended.out


def test_nothing_at_all_is_set(operator: Program, tmp_path: Path) -> None:
    operator.set(LINE_CHANNEL_SECRET="", LINE_CHANNEL_ACCESS_TOKEN="", SECRET_KEY="", DATABASE_URL="", MEDIA_URL="")
    ended = operator.run("doctor")
    assert ended.code == 1
    assert "Not set: LINE_CHANNEL_SECRET, LINE_CHANNEL_ACCESS_TOKEN, SECRET_KEY." in ended.out
    assert not (tmp_path / "var" / "fasttrack.db").exists()


def _accept_all(server: socket.socket) -> Iterator[socket.socket]:
    while True:
        try:
            yield server.accept()[0]
        except OSError:
            return
