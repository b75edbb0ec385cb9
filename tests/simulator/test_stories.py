"""A story is played step by step, waits for what the bot says, and says plainly what did not come."""

from typing import Any

import pytest
from linebot.v3.messaging import MessageAction, PushMessageRequest, QuickReply, QuickReplyItem, TextMessage

from simulator.outcomes import SimulatorError
from simulator.running import RunningSimulator
from tests.simulator.bot import Clients, EchoBot
from tests.simulator.browser import Browser


def tell(words: str) -> dict[str, str]:
    return {"th": words, "en": words}


def story(nid: str, *steps: dict[str, Any]) -> dict[str, Any]:
    given = [{"said": tell("a step"), "person": nid, "chat": nid, **step} for step in steps]
    return {"story": "short", "title": tell("Short"), "about": tell("A short one"), "steps": given}


def say(nid: str, words: str, **more: str) -> dict[str, Any]:
    return {"operation": "say", "arguments": {"chat": nid, "text": words, **more}}


def test_step_by_step_and_what_was_awaited_can_be_quoted(sim: RunningSimulator, line: Clients, bot: EchoBot) -> None:
    bot.api = line.api
    nid = sim.add_user("Nid")
    first = {"does": [say(nid, "hello")], "waits": [{"chat": nid, "words": "hell", "as": "greeting"}]}
    sim.give_stories([story(nid, first, {"does": [say(nid, "you said?", quotes="$greeting")]})])
    with Browser(sim.base_url) as browser:
        assert sim.play_story("short").step == 0
        after = sim.next_step()
        assert (after.step, after.steps, after.status) == (1, 2, "ready")
        browser.waits(lambda: browser.shown["stories"]["playing"]["status"] == "ready")
        playing = browser.shown["stories"]["playing"]
        assert (playing["look"], playing["next"]) == ({"person": nid, "chat": nid}, tell("a step"))
        assert sim.next_step().status == "done"
        browser.waits(lambda: browser.shown["stories"]["playing"]["status"] == "done")
        sim.stop_story()
        browser.waits(lambda: browser.shown["stories"]["playing"] is None)
    greeting = sim.received(nid)[0].message_id
    assert [each.message.get("quotedMessageId") for each in sim.conversation(nid) if each.by == nid] == [None, greeting]


def test_by_itself(sim: RunningSimulator) -> None:
    nid = sim.add_user("Nid")
    sim.give_stories([story(nid, {"does": [say(nid, "hello")]})])
    sim.play_story("short", auto=True)
    with Browser(sim.base_url) as browser:
        browser.waits(lambda: (browser.shown["stories"]["playing"] or {}).get("status") == "done")
    assert [each.message["text"] for each in sim.conversation(nid)] == ["hello"]


def test_what_does_not_come_is_named(sim: RunningSimulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.stories.player.PATIENCE", 0.2)
    nid = sim.add_user("Nid")
    sim.give_stories([story(nid, {"does": [say(nid, "hello")], "waits": [{"chat": nid, "words": "good day"}]})])
    sim.play_story("short")
    failed = sim.next_step()
    assert failed.status == "failed" and "'good day' did not come to Nid" in (failed.error or "")
    with pytest.raises(SimulatorError, match="it is failed"):
        sim.next_step()
    assert sim.play_story("short").status == "ready", "it can be begun again"


def test_a_button_of_an_older_story_is_left_alone(
    sim: RunningSimulator, line: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.stories.player.PATIENCE", 0.2)
    nid = sim.add_user("Nid")
    chips = QuickReply(items=[QuickReplyItem(action=MessageAction(label="Yes", text="yes"))])
    line.api.push_message(PushMessageRequest(to=nid, messages=[TextMessage(text="old?", quickReply=chips)]))
    tap = {"operation": "tap", "arguments": {"chat": nid, "label": "Yes"}}
    sim.give_stories([story(nid, {"does": [tap]})])
    sim.play_story("short")
    assert sim.next_step().status == "failed"
    sim.give_stories([story(nid, {"does": [tap | {"if_label": "Yes"}, tap | {"if_label": "Yes"}]})])
    sim.play_story("short")
    assert sim.next_step().status == "done", "but an open question can be cleared away, if there is one"
    assert [each.message["text"] for each in sim.conversation(nid)] == ["old?", "yes"]


def test_what_is_asked_wrongly(sim: RunningSimulator) -> None:
    with pytest.raises(SimulatorError, match="no story is being played"):
        sim.next_step()
    with pytest.raises(SimulatorError, match="no story 'long'"):
        sim.play_story("long")
    with pytest.raises(SimulatorError, match="cannot be read"):
        sim.give_stories([{"story": "half"}])
    nid = sim.add_user("Nid")
    sim.give_stories([story(nid, {"does": [say(nid, "x", quotes="$nothing")]}, {"does": []})])
    sim.play_story("short")
    assert "no step has awaited" in (sim.next_step().error or "")


def test_a_person_may_have_switched_to_another_language(sim: RunningSimulator, line: Clients, bot: EchoBot) -> None:
    bot.api = line.api
    nid = sim.add_user("Nid")
    chips = QuickReply(items=[QuickReplyItem(action=MessageAction(label="Yes", text="yes"))])
    asked = TextMessage(text="Well?", quickReply=chips)
    tap = {"operation": "tap", "arguments": {"chat": nid, "label": ["Oui", "Yes"]}}
    steps: list[dict[str, Any]] = [{"waits": []}, {"does": [tap], "waits": [{"chat": nid, "words": ["oui", "yes"]}]}]
    sim.give_stories([story(nid, *steps)])
    sim.play_story("short")
    assert sim.next_step().status == "ready"
    line.api.push_message(PushMessageRequest(to=nid, messages=[asked]))
    assert sim.next_step().status == "done"


def test_those_who_watch_are_told_what_is_missing_and_where(
    sim: RunningSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.stories.player.PATIENCE", 0.2)
    nid = sim.add_user("Nid")
    tap = {"operation": "tap", "arguments": {"chat": nid, "label": ["Oui", "Yes"]}}
    sim.give_stories([story(nid, {"does": [tap]})])
    sim.play_story("short")
    assert "'Oui' or 'Yes'" in (sim.next_step().error or "")
    with Browser(sim.base_url) as browser:
        browser.waits(lambda: (browser.shown["stories"]["playing"] or {}).get("status") == "failed")
        problem = browser.shown["stories"]["playing"]["problem"]
    assert problem == {"kind": "button", "wanted": ["Oui", "Yes"], "where": "Nid"}
