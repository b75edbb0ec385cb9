"""What was there when a simulator stopped is there when it starts again."""

import io
import sqlite3
from pathlib import Path

import pytest
import requests
from linebot.v3.messaging import MessageAction as Action
from linebot.v3.messaging import PushMessageRequest, QuickReply, QuickReplyItem, TextMessage
from PIL import Image

from simulator.running import RunningSimulator, start_simulator
from simulator.state.keeping import KeepingProblem
from tests.simulator.bot import SECRET, TOKEN, Clients

MENU = {
    "size": {"width": 2500, "height": 843},
    "selected": True,
    "name": "menu",
    "chatBarText": "Menu",
    "areas": [{"bounds": {"x": 0, "y": 0, "width": 2500, "height": 843}, "action": {"type": "message", "text": "hi"}}],
}


def begin(folder: Path) -> RunningSimulator:
    return start_simulator(channel_secret=SECRET, access_token=TOKEN, keep_in=folder / "line.db")


def look(sim: RunningSimulator) -> dict[str, object]:
    told: dict[str, object] = requests.get(f"{sim.base_url}/simulator/state.json", timeout=5).json()
    for passing in ("wire", "director", "n"):
        del told[passing]
    return told


def fill(sim: RunningSimulator) -> str:
    """A little of everything; the id of a photo."""
    line = Clients(sim.base_url)
    nid = sim.add_user("Nid", about={"th": "ผู้แจ้ง"}, part="citizen")
    pim, tee = sim.add_user("Pim"), sim.add_user("Tee", friend=False)
    group = sim.add_group("Office", [pim, tee], bot_in=False)
    sim.invite_bot(group)
    said = sim.say(group, "wrong", by=pim)
    sim.edit(said.message_id or "", "right", by=pim)
    sim.unsend(sim.send_image(group, by=tee).message_id or "", by=tee)
    photo = sim.send_image(nid, b"the photo").message_id or ""
    sim.say(nid, "I quote", quotes=photo)
    sim.block(tee)
    chips = QuickReply(items=[QuickReplyItem(action=Action(label="Yes", text="yes"))])
    line.api.push_message(PushMessageRequest(to=nid, messages=[TextMessage(text="well?", quickReply=chips)]))
    sim.see_chat(nid, nid)
    sim.set_notes([{"th": "จด", "en": "a note"}])
    menu = line.post("/v2/bot/richmenu", MENU)
    picture = io.BytesIO()
    Image.new("RGB", (2500, 843), "red").save(picture, "PNG")
    requests.post(
        f"{sim.base_url}/v2/bot/richmenu/{menu_id(sim)}/content",
        data=picture.getvalue(),
        headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": "image/png"},
        timeout=5,
    )
    line.post(f"/v2/bot/user/all/richmenu/{menu_id(sim)}", None)
    assert menu is not None
    return photo


def menu_id(sim: RunningSimulator) -> str:
    """The only rich menu there is."""
    asked = requests.get(
        f"{sim.base_url}/v2/bot/richmenu/list", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=5
    )
    return str(asked.json()["richmenus"][0]["richMenuId"])


def test_everything_is_there_again(tmp_path: Path) -> None:
    with begin(tmp_path) as sim:
        photo = fill(sim)
        before = look(sim)
        used = sim.quota_used()
    with begin(tmp_path) as sim:
        assert look(sim) == before
        assert (sim.quota_used(), used) == (used, 1)
        assert requests.get(f"{sim.base_url}/simulator/media/{photo}", timeout=5).content == b"the photo"
        assert requests.get(f"{sim.base_url}/simulator/menus/{menu_id(sim)}", timeout=5).content[:4] == b"\x89PNG"
        assert sim.tap(sim.list_chats()[0], "Yes").message_id, "its chips are still on the screen"
        assert sim.redeliver().attempts == 0, "the last event is known, though nobody hears it"
    with begin(tmp_path) as sim:
        assert sim.conversation(sim.list_chats()[0])[-1].message["text"] == "yes"


def test_ids_are_never_given_twice(tmp_path: Path) -> None:
    ids = []
    for _ in range(3):
        with begin(tmp_path) as sim:
            nid = sim.list_chats()[0] if sim.list_chats() else sim.add_user("Nid")
            ids.append(sim.say(nid, "hello").message_id)
            assert [line.message_id for line in sim.conversation(nid)] == ids
    assert len(set(ids)) == 3


def test_trouble_and_a_quota_that_was_gone_end_with_the_run(tmp_path: Path) -> None:
    with begin(tmp_path) as sim:
        sim.add_user("Nid")
        sim.set_trouble("quota_gone", True)
        sim.set_trouble("down", True)
    with begin(tmp_path) as sim:
        Clients(sim.base_url).api.push_message(
            PushMessageRequest(to=sim.list_chats()[0], messages=[TextMessage(text="hello")])
        )


def test_what_was_written_a_moment_ago_survives_a_kill(tmp_path: Path) -> None:
    with begin(tmp_path) as sim:
        nid = sim.add_user("Nid")
        sim.say(nid, "hello")
        sim.wait_until(lambda: count_lines(tmp_path) == 1, what="the line in the file")


def count_lines(folder: Path) -> int:
    database = sqlite3.connect(folder / "line.db")
    try:
        found: int = database.execute("SELECT count(*) FROM kept WHERE kind = 'line'").fetchone()[0]
        return found
    finally:
        database.close()


@pytest.mark.parametrize("content", [b"no database at all, but some words that are long enough to be read" * 20, None])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "line.db"
    if content is None:
        database = sqlite3.connect(file)
        database.execute("PRAGMA user_version = 99")
        database.close()
    else:
        file.write_bytes(content)
    with pytest.raises(KeepingProblem, match=r"line\.db cannot be read.*remove it"):
        begin(tmp_path)


def test_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    with begin(tmp_path):
        assert (tmp_path / "line.db").stat().st_mode & 0o077 == 0
