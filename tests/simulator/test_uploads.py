"""Photos, albums, voice and files come from a browser as people's phones send them, and can be looked at again."""

import io
from typing import Any

import pytest
import requests
from PIL import Image

from simulator.running import RunningSimulator
from tests.simulator.bot import Clients, EchoBot


def picture(colour: str, kind: str = "JPEG", size: tuple[int, int] = (1600, 1200)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, kind)
    return written.getvalue()


def upload(sim: RunningSimulator, fields: dict[str, str], *files: tuple[str, bytes, str]) -> requests.Response:
    parts: list[tuple[str, Any]] = [("files", file) for file in files]
    return requests.post(f"{sim.base_url}/simulator/uploads", data=fields, files=parts, timeout=10)


def test_what_cannot_be_sent_is_refused_in_words(sim: RunningSimulator) -> None:
    nid = sim.add_user("Nid")
    photo = ("a.jpg", picture("red"), "image/jpeg")
    for fields, files, said in (
        ({"chat": nid, "kind": "image"}, [("a.jpg", b"no picture", "image/jpeg")], "a.jpg is no picture"),
        ({"chat": nid, "kind": "hologram"}, [photo], "no kind 'hologram'"),
        ({"chat": "U1", "kind": "image"}, [photo], "no chat U1"),
        ({"chat": nid, "kind": "image", "colour": "red"}, [photo], "no field 'colour'"),
        ({"chat": nid, "kind": "file"}, [("a", b"x", "text/plain")] * 21, "more than 20 files"),
    ):
        answer = upload(sim, fields, *files)
        assert (answer.status_code, said in answer.json()["error"]) == (400, True), answer.text
    bare = requests.post(f"{sim.base_url}/simulator/uploads", json={"chat": nid}, timeout=5)
    assert bare.status_code == 415
    assert sim.conversation(nid) == []


def test_in_a_group_somebody_holds_the_phone(sim: RunningSimulator) -> None:
    pim = sim.add_user("Pim")
    group = sim.add_group("Office", [pim])
    photo = ("a.jpg", picture("red"), "image/jpeg")
    assert "say who does it" in upload(sim, {"chat": group, "kind": "image"}, photo).json()["error"]
    assert upload(sim, {"chat": group, "by": pim, "kind": "image"}, photo).status_code == 200


def test_an_album_comes_photo_by_photo_and_each_has_its_bytes(
    sim: RunningSimulator, bot: EchoBot, line: Clients
) -> None:
    nid = sim.add_user("Nid")
    colours = ("red", "green", "blue", "white", "black")
    photos = [(f"{colour}.jpg", picture(colour), "image/jpeg") for colour in colours]
    answer = upload(sim, {"chat": nid, "kind": "image"}, *photos)

    sent = answer.json()["result"]
    sets = [outcome["event"]["message"]["imageSet"] for outcome in sent]
    assert len({each["id"] for each in sets}) == 1
    assert sorted(each["index"] for each in sets) == [1, 2, 3, 4, 5] and {each["total"] for each in sets} == {5}
    assert len(bot.bodies) == 5, "one request each"
    for outcome, each in zip(sent, sets, strict=True):
        data = photos[each["index"] - 1][1]
        assert bytes(line.blob.get_message_content(outcome["message_id"])) == data
        assert requests.get(f"{sim.base_url}/simulator/media/{outcome['message_id']}", timeout=5).content == data


@pytest.mark.parametrize(("kind", "name"), [("PNG", "a.png"), ("WEBP", "a.webp"), ("HEIF", "a.heic")])
def test_a_picture_of_another_kind_becomes_a_jpeg(sim: RunningSimulator, kind: str, name: str) -> None:
    nid = sim.add_user("Nid")
    sent = upload(sim, {"chat": nid, "kind": "image"}, (name, picture("red", kind), "")).json()["result"][0]
    whole = requests.get(f"{sim.base_url}/simulator/media/{sent['message_id']}", timeout=5)
    small = requests.get(f"{sim.base_url}/simulator/media/{sent['message_id']}/preview", timeout=5)
    assert (whole.headers["Content-Type"], small.headers["Content-Type"]) == ("image/jpeg", "image/jpeg")
    assert Image.open(io.BytesIO(whole.content)).size == (1600, 1200)
    assert max(Image.open(io.BytesIO(small.content)).size) == 480


def test_voice_can_be_played_in_parts(sim: RunningSimulator, bot: EchoBot) -> None:
    nid = sim.add_user("Nid")
    voice = ("voice.webm", b"0123456789", "audio/webm")
    sent = upload(sim, {"chat": nid, "kind": "audio", "duration_ms": "4200"}, voice).json()["result"][0]
    assert bot.events[0].message.duration == 4200
    url = f"{sim.base_url}/simulator/media/{sent['message_id']}"
    part = requests.get(url, headers={"Range": "bytes=2-4"}, timeout=5)
    assert (part.status_code, part.content, part.headers["Content-Range"]) == (206, b"234", "bytes 2-4/10")
    assert requests.get(url, headers={"Range": "bytes=99-"}, timeout=5).status_code == 416


def test_a_file_is_only_ever_downloaded(sim: RunningSimulator) -> None:
    nid = sim.add_user("Nid")
    page = ("page.html", b"<script>alert(1)</script>", "text/html")
    sent = upload(sim, {"chat": nid, "kind": "file"}, page).json()["result"][0]
    answer = requests.get(f"{sim.base_url}/simulator/media/{sent['message_id']}", timeout=5)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="page.html"'


def test_what_was_taken_back_is_gone(sim: RunningSimulator) -> None:
    nid = sim.add_user("Nid")
    photo = upload(sim, {"chat": nid, "kind": "image"}, ("a.jpg", picture("red"), "image/jpeg")).json()["result"][0]
    sim.unsend(photo["message_id"])
    for path in (photo["message_id"], f"{photo['message_id']}/preview", "1"):
        assert requests.get(f"{sim.base_url}/simulator/media/{path}", timeout=5).status_code == 404
