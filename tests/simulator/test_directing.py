"""The director's switches do to the bot what they say, and every browser sees which are on."""

import pytest
import requests
from linebot.v3.messaging import FlexMessage, MessageAction, PushMessageRequest, QuickReply, QuickReplyItem, TextMessage
from linebot.v3.messaging.exceptions import ApiException

from simulator.outcomes import SimulatorError
from simulator.running import RunningSimulator
from tests.simulator.bot import Clients, EchoBot

CARD = {
    "type": "bubble",
    "body": {
        "type": "box",
        "layout": "vertical",
        "contents": [
            {"type": "button", "action": {"type": "postback", "label": "Take", "data": "take", "displayText": "Taken"}},
            {"type": "button", "action": {"type": "datetimepicker", "label": "When", "data": "when", "mode": "date"}},
            {"type": "button", "action": {"type": "uri", "label": "Open", "uri": "https://example.org/"}},
        ],
    },
}
WHERE = {"type": "location", "label": "Where"}


def push(line: Clients, to: str, words: str = "hello") -> None:
    line.api.push_message(PushMessageRequest(to=to, messages=[TextMessage(text=words)]), _request_timeout=20)


def director(sim: RunningSimulator) -> dict[str, object]:
    told: dict[str, object] = requests.get(f"{sim.base_url}/simulator/state.json", timeout=5).json()["director"]
    return told


def push_card(sim: RunningSimulator, line: Clients, to: str) -> tuple[str, dict[str, dict[str, object]]]:
    line.api.push_message(
        PushMessageRequest(
            to=to,
            messages=[
                FlexMessage.from_dict(
                    {
                        "type": "flex",
                        "altText": "a card",
                        "contents": CARD,
                        "quickReply": {"items": [{"type": "action", "action": WHERE}]},
                    }
                )
            ],
        )
    )
    message = sim.received(to)[-1]
    return message.message_id, {each.label: each.action for each in sim.list_tappable(to)}


def test_down_is_no_answer_and_rate_limited_is_429(sim: RunningSimulator, line: Clients) -> None:
    nid = sim.add_user("Nid")
    with pytest.raises(SimulatorError, match="no trouble 'rain'"):
        sim.set_trouble("rain", True)
    sim.set_trouble("down", True)
    sim.set_trouble("down", True)
    with pytest.raises(Exception, match="onnection"):
        push(line, nid)
    sim.set_trouble("down", False)
    sim.set_trouble("rate_limited", True)
    assert director(sim)["troubles"] == ["rate_limited"]
    with pytest.raises(ApiException) as caught:
        push(line, nid)
    assert caught.value.status == 429
    assert line.api.get_profile(nid).user_id == nid, "only messages are too many"
    sim.mend_everything()
    push(line, nid)
    assert (director(sim)["troubles"], len(sim.received(nid))) == ([], 1)


def test_a_lost_answer_is_lost_once_and_the_message_is_there(sim: RunningSimulator, line: Clients) -> None:
    nid = sim.add_user("Nid")
    sim.set_trouble("answer_lost", True)
    with pytest.raises(Exception, match="onnection"):
        push(line, nid, "twice?")
    assert [message.text for message in sim.received(nid)] == ["twice?"]
    assert director(sim)["troubles"] == []
    push(line, nid)


def test_a_quota_that_is_gone_comes_back_as_it_was(sim: RunningSimulator, line: Clients) -> None:
    nid = sim.add_user("Nid")
    sim.set_quota(500)
    push(line, nid)
    sim.set_trouble("quota_gone", True)
    with pytest.raises(ApiException, match="monthly limit"):
        push(line, nid)
    sim.set_trouble("quota_gone", False)
    push(line, nid)
    assert director(sim)["quota"] == {"limit": 500, "used": 2}


def test_held_events_go_out_newest_first(sim: RunningSimulator, bot: EchoBot) -> None:
    nid = sim.add_user("Nid")
    sim.hold_events(True)
    outcomes = [sim.say(nid, words) for words in ("one", "two", "three")]
    assert {outcome.error for outcome in outcomes} == {"held"} and bot.events == []
    assert (director(sim)["holding"], director(sim)["hold_on"]) == (3, True)
    assert all(outcome.ok for outcome in sim.hold_events(False))
    assert [event.message.text for event in bot.events] == ["three", "two", "one"]
    sim.say(nid, "four")
    assert len(bot.events) == 4


def test_standby_is_for_all_until_switched_off(sim: RunningSimulator, bot: EchoBot) -> None:
    nid = sim.add_user("Nid")
    sim.set_standby(True)
    assert sim.say(nid, "hello").event["mode"] == "standby"
    sim.set_standby(False)
    assert sim.say(nid, "hello").event["mode"] == "active"


def test_a_tap_is_the_very_action_on_the_screen(sim: RunningSimulator, line: Clients, bot: EchoBot) -> None:
    nid = sim.add_user("Nid")
    card, actions = push_card(sim, line, nid)
    with pytest.raises(SimulatorError, match="not on the screen"):
        sim.act(nid, {**actions["Take"], "data": "steal"}, place="flex", message_id=card)
    with pytest.raises(SimulatorError, match="asks for a date"):
        sim.act(nid, actions["When"], place="flex", message_id=card)
    sim.act(nid, actions["When"], place="flex", message_id=card, params={"date": "2026-11-28"})
    assert bot.events[-1].postback.params == {"date": "2026-11-28"}
    assert not sim.act(nid, actions["Open"], place="flex", message_id=card).ok, "a link is the phone's own business"


def test_a_place_is_chosen_and_the_chips_are_gone(sim: RunningSimulator, line: Clients, bot: EchoBot) -> None:
    nid = sim.add_user("Nid")
    card, actions = push_card(sim, line, nid)
    tapped = sim.act(
        nid, actions["Where"], place="quickReply", message_id=card, position=(13.77, 100.55), address="Din Daeng"
    )
    assert tapped.event["message"]["address"] == "Din Daeng"
    with pytest.raises(SimulatorError, match="not on the screen"):
        sim.act(nid, actions["Where"], place="quickReply", message_id=card, position=(13.77, 100.55))


def test_display_text_is_a_bubble_that_nobody_can_take_back(sim: RunningSimulator, line: Clients) -> None:
    nid = sim.add_user("Nid")
    card, actions = push_card(sim, line, nid)
    sim.act(nid, actions["Take"], place="flex", message_id=card)
    assert [(each.kind, each.message["text"]) for each in sim.conversation(nid)[1:]] == [("postback", "Taken")]


def test_line_says_who_came_and_went_and_chips_stay(sim: RunningSimulator, line: Clients) -> None:
    pim, tee = sim.add_user("Pim"), sim.add_user("Tee")
    group = sim.add_group("Office", [pim], bot_in=False)
    sim.invite_bot(group)
    chips = QuickReply(items=[QuickReplyItem(action=MessageAction(label="Yes", text="yes"))])
    line.api.push_message(PushMessageRequest(to=group, messages=[TextMessage(text="well?", quickReply=chips)]))
    sim.add_members(group, [tee])
    sim.tap(group, "Yes", by=tee)
    sim.remove_members(group, [tee])
    sim.remove_bot(group)
    notices = [each.message["notice"] for each in sim.conversation(group) if each.kind == "notice"]
    assert notices == ["bot_joined", "joined", "left", "bot_left"]
