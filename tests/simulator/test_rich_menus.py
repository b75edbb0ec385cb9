"""Rich menus from making to tapping, in the order LINE demands."""

import io
import json
from typing import Any

import pytest
from linebot.v3.messaging import (
    ApiException,
    CreateRichMenuAliasRequest,
    RichMenuRequest,
    UpdateRichMenuAliasRequest,
)
from PIL import Image

from simulator.outcomes import SimulatorError
from simulator.running import RunningSimulator
from tests.simulator.bot import Clients, EchoBot

TILE = {"x": 0, "y": 0, "width": 400, "height": 500}


def menu(*actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "size": {"width": 800, "height": 500},
        "selected": True,
        "name": "main",
        "chatBarText": "เมนู",
        "areas": [{"bounds": TILE, "action": action} for action in actions],
        **more,
    }


def picture(width: int = 800, height: int = 500, kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height)).save(file, kind)
    return file.getvalue()


def create(line: Clients, definition: dict[str, Any]) -> str:
    return str(line.api.create_rich_menu(RichMenuRequest.from_dict(definition)).rich_menu_id)


def upload(line: Clients, menu_id: str, data: bytes, content_type: str = "image/png") -> None:
    line.blob.set_rich_menu_image(menu_id, body=data, _headers={"Content-Type": content_type})


SWITCH = {"type": "richmenuswitch", "label": "more", "richMenuAliasId": "more", "data": "to=more"}
REPORT = {"type": "postback", "label": "report", "data": "report"}


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"name": None}, "name"),
        ({"chatBarText": "x" * 15}, "chatBarText"),
        ({"size": {"width": 800, "height": 800}}, "size"),
        ({"size": {"width": 2501, "height": 800}}, "size.width"),
        ({"areas": [{"bounds": {**TILE, "x": 500}, "action": REPORT}]}, "areas[0].bounds"),
        ({"areas": [{"bounds": TILE, "action": {"type": "camera", "label": "c"}}]}, "areas[0].action.type"),
        ({"areas": [{"bounds": TILE, "action": {"type": "uri", "uri": "ftp://a"}}]}, "areas[0].action.uri"),
        ({"areas": [{"bounds": TILE, "action": REPORT}] * 21}, "areas"),
    ],
)
def test_menus_line_would_not_take(sim: RunningSimulator, line: Clients, wrong: dict[str, Any], place: str) -> None:
    for path in ("/v2/bot/richmenu", "/v2/bot/richmenu/validate"):
        with pytest.raises(ApiException) as caught:
            line.post(path, menu(REPORT, **wrong))
        assert caught.value.status == 400
        assert place in [detail["property"] for detail in json.loads(caught.value.body)["details"]]


def test_a_thai_bar_text_is_counted_as_people_count(sim: RunningSimulator, line: Clients) -> None:
    line.post("/v2/bot/richmenu/validate", menu(chatBarText="แจ้งเรื่องที่นี่"))


def test_pictures_must_fit_and_cannot_be_replaced(sim: RunningSimulator, line: Clients) -> None:
    menu_id = create(line, menu(REPORT))
    with pytest.raises(ApiException) as caught:
        line.api.set_default_rich_menu(menu_id)
    assert caught.value.status == 400
    for data, content_type, status in (
        (picture(1200), "image/png", 400),
        (b"no picture", "image/png", 400),
        (picture(), "image/gif", 415),
    ):
        with pytest.raises(ApiException) as caught:
            upload(line, menu_id, data, content_type)
        assert caught.value.status == status
    upload(line, menu_id, picture(kind="JPEG"), "image/jpeg")
    with pytest.raises(ApiException, match="already been uploaded"):
        upload(line, menu_id, picture())
    assert line.blob.get_rich_menu_image(menu_id) == picture(kind="JPEG")


def test_a_persons_menu_comes_before_the_default(sim: RunningSimulator, line: Clients, bot: EchoBot) -> None:
    nid, pim = sim.add_user("Nid"), sim.add_user("Pim")
    first, second = create(line, menu(REPORT, SWITCH)), create(line, menu({**REPORT, "label": "again"}))
    for menu_id in (first, second):
        upload(line, menu_id, picture())
    assert sim.find_rich_menu(nid) is None
    with pytest.raises(SimulatorError):
        sim.tap_rich_menu(nid, "report")
    line.api.set_default_rich_menu(first)
    assert line.api.get_default_rich_menu_id().rich_menu_id == first
    line.api.link_rich_menu_id_to_user(pim, second)
    assert sim.tap_rich_menu(nid, "report").ok
    assert [found["richMenuId"] for who in (nid, pim) if (found := sim.find_rich_menu(who))] == [
        first,
        second,
    ]
    line.api.unlink_rich_menu_id_from_user(pim)
    assert (sim.find_rich_menu(pim) or {})["richMenuId"] == first


def test_tabs_switch_by_alias(sim: RunningSimulator, line: Clients, bot: EchoBot) -> None:
    nid = sim.add_user("Nid")
    first, second = create(line, menu(SWITCH)), create(line, menu(REPORT))
    upload(line, first, picture())
    line.api.set_default_rich_menu(first)
    assert sim.tap_rich_menu(nid, "more").event["postback"]["params"] == {"status": "RICHMENU_ALIAS_ID_NOTFOUND"}
    alias = CreateRichMenuAliasRequest(richMenuAliasId="more", richMenuId=second)
    with pytest.raises(ApiException):
        line.api.create_rich_menu_alias(alias)
    upload(line, second, picture())
    line.api.create_rich_menu_alias(alias)
    with pytest.raises(ApiException, match="conflict"):
        line.api.create_rich_menu_alias(alias)
    tapped = sim.tap_rich_menu(nid, "more").event["postback"]
    assert tapped == {"data": "to=more", "params": {"newRichMenuAliasId": "more", "status": "SUCCESS"}}
    assert (sim.find_rich_menu(nid) or {})["richMenuId"] == second
    line.api.update_rich_menu_alias("more", UpdateRichMenuAliasRequest(richMenuId=first))
    assert line.api.get_rich_menu_alias_list().aliases[0].rich_menu_id == first
    line.api.delete_rich_menu_alias("more")
    with pytest.raises(ApiException, match="alias not found"):
        line.api.get_rich_menu_alias("more")


def test_deleting_takes_it_off_every_screen(sim: RunningSimulator, line: Clients) -> None:
    nid = sim.add_user("Nid")
    menu_id = create(line, menu(REPORT))
    upload(line, menu_id, picture())
    line.api.set_default_rich_menu(menu_id)
    line.api.delete_rich_menu(menu_id)
    assert sim.find_rich_menu(nid) is None
    assert line.api.get_rich_menu_list().richmenus == []
    with pytest.raises(ApiException, match="no default richmenu"):
        line.api.get_default_rich_menu_id()


def test_who_is_no_friend_is_not_linked(sim: RunningSimulator, line: Clients) -> None:
    stranger = sim.add_user("Stranger", friend=False)
    menu_id = create(line, menu(REPORT))
    upload(line, menu_id, picture())
    line.api.link_rich_menu_id_to_user(stranger, menu_id)
    with pytest.raises(ApiException, match="the user has no richmenu"):
        line.api.get_rich_menu_id_of_user(stranger)
