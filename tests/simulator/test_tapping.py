"""People tap what they see: nested buttons, quick replies while they last, pickers, and the rich menu."""

from typing import Any

import pytest

from simulator.outcomes import SimulatorError
from simulator.running import RunningSimulator
from tests.simulator.bot import Clients, EchoBot


def postback(label: str, data: str, **more: Any) -> dict[str, Any]:
    return {"type": "postback", "label": label, "data": data, **more}


def bar(*actions: dict[str, Any]) -> dict[str, Any]:
    return {"items": [{"type": "action", "action": action} for action in actions]}


def say(label: str) -> dict[str, Any]:
    return {"type": "message", "label": label, "text": label}


CARD = {
    "type": "flex",
    "altText": "FT6911-00042",
    "contents": {
        "type": "carousel",
        "contents": [
            {
                "type": "bubble",
                "body": {
                    "type": "box",
                    "layout": "vertical",
                    "contents": [
                        {
                            "type": "text",
                            "text": "more",
                            "action": {"type": "uri", "uri": "https://example.com"},
                        },
                        {
                            "type": "box",
                            "layout": "horizontal",
                            "contents": [{"type": "button", "action": postback("รับทราบ", f"ack={number}")}],
                        },
                    ],
                },
            }
            for number in (1, 2)
        ],
    },
}


@pytest.fixture
def nid(sim: RunningSimulator) -> str:
    return sim.add_user("Nid")


def push(line: Clients, to: str, *messages: dict[str, Any]) -> None:
    line.post("/v2/bot/message/push", {"to": to, "messages": list(messages)})


def text(words: str, *actions: dict[str, Any]) -> dict[str, Any]:
    return {"type": "text", "text": words, **({"quickReply": bar(*actions)} if actions else {})}


def test_a_button_that_is_not_there_is_named_with_those_that_are(
    sim: RunningSimulator, line: Clients, nid: str
) -> None:
    push(line, nid, CARD)
    with pytest.raises(SimulatorError, match=r"nothing labelled 'ยืนยัน' .* there is .*รับทราบ"):
        sim.tap(nid, "ยืนยัน")


def test_a_nested_button_sends_its_postback(sim: RunningSimulator, line: Clients, bot: EchoBot, nid: str) -> None:
    push(line, nid, CARD)
    tapped = sim.tap(nid, "รับทราบ")
    assert tapped.ok and bot.events[-1].postback.data == "ack=1"
    assert tapped.action == postback("รับทราบ", "ack=1")
    assert sim.received(nid)[0].labels == ["more", "รับทราบ", "more", "รับทราบ"]


def test_an_old_card_still_works_when_named(sim: RunningSimulator, line: Clients, bot: EchoBot, nid: str) -> None:
    push(line, nid, CARD)
    old = sim.received(nid)[0].message_id
    push(line, nid, text("newer", postback("รับทราบ", "newer")))
    sim.tap(nid, "รับทราบ")
    sim.tap(nid, "รับทราบ", message_id=old)
    assert [event.postback.data for event in bot.events] == ["newer", "ack=1"]


def test_a_link_tells_the_bot_nothing(sim: RunningSimulator, line: Clients, bot: EchoBot, nid: str) -> None:
    push(line, nid, CARD)
    tapped = sim.tap(nid, "more")
    assert tapped.error == "not sent" and tapped.action == {"type": "uri", "uri": "https://example.com"}
    assert bot.events == []


def test_display_text_is_shown_and_not_sent(sim: RunningSimulator, line: Clients, bot: EchoBot, nid: str) -> None:
    push(line, nid, text("sure?", postback("yes", "ok=1", displayText="Yes, do")))
    sim.tap(nid, "yes")
    assert [event.type for event in bot.events] == ["postback"]
    assert [entry.message["text"] for entry in sim.conversation(nid)] == ["sure?", "Yes, do"]


def test_quick_replies_vanish_when_anyone_posts(sim: RunningSimulator, line: Clients, nid: str) -> None:
    group = sim.add_group("North", [nid, pim := sim.add_user("Pim")])
    push(line, group, text("when?", say("today"), say("tomorrow")))
    assert [found.label for found in sim.list_tappable(group)] == ["today", "tomorrow"]
    sim.say(group, "wait", by=pim)
    assert sim.list_tappable(group) == []
    with pytest.raises(SimulatorError):
        sim.tap(group, "today", by=nid)


def test_only_the_last_bubbles_quick_replies_are_shown(sim: RunningSimulator, line: Clients, nid: str) -> None:
    push(line, nid, text("one", say("a")), text("two", say("b")))
    assert [found.label for found in sim.list_tappable(nid)] == ["b"]
    push(line, nid, text("three", say("c")), text("four"))
    assert sim.list_tappable(nid) == []


def test_a_tapped_quick_reply_is_gone_and_its_text_arrives(
    sim: RunningSimulator, line: Clients, bot: EchoBot, nid: str
) -> None:
    push(line, nid, text("when?", say("today")))
    sim.tap(nid, "today")
    assert bot.events[-1].message.text == "today"
    assert sim.list_tappable(nid) == []


def test_pickers_ask_for_what_they_pick(sim: RunningSimulator, line: Clients, bot: EchoBot, nid: str) -> None:
    pick_day = {"type": "datetimepicker", "label": "day", "data": "due", "mode": "date"}
    where, photo = {"type": "location", "label": "where"}, {"type": "camera", "label": "photo"}
    push(line, nid, text("tell", pick_day, where, photo))
    for label, missing in (("day", "params"), ("where", "position"), ("photo", "image")):
        with pytest.raises(SimulatorError, match=missing):
            sim.tap(nid, label)
    assert len(sim.list_tappable(nid)) == 3
    sim.tap(nid, "day", params={"date": "2026-11-28"})
    assert bot.events[-1].postback.params == {"date": "2026-11-28"}
    push(line, nid, text("where", where))
    sim.tap(nid, "where", position=(13.75, 100.5))
    assert bot.events[-1].message.latitude == 13.75
    push(line, nid, text("photo", photo))
    sim.tap(nid, "photo", image=b"jpeg")
    assert line.blob.get_message_content(bot.events[-1].message.id) == b"jpeg"


def test_templates_and_imagemaps_are_searched_too(sim: RunningSimulator, line: Clients, nid: str) -> None:
    template = {"type": "confirm", "text": "sure?", "actions": [postback("yes", "y"), say("no")]}
    push(line, nid, {"type": "template", "altText": "sure?", "template": template})
    area = {"x": 0, "y": 0, "width": 1040, "height": 520}
    imagemap = {
        "type": "imagemap",
        "baseUrl": "https://example.com/map",
        "altText": "map",
        "baseSize": {"width": 1040, "height": 1040},
        "actions": [{"type": "message", "label": "north", "text": "north", "area": area}],
    }
    push(line, nid, imagemap)
    assert [(found.place, found.label) for found in sim.list_tappable(nid)] == [
        ("imagemap", "north"),
        ("template", "yes"),
        ("template", "no"),
    ]
    assert sim.received(nid)[0].words == "sure?\nyes\nno"
