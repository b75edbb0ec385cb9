"""The strict check of message objects: every limit of LINE's, at the limit and just beyond it."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.messages import check_messages
from simulator.rules.report import Report

URL = "https://example.com/a.jpg"


def check(*messages: Any, body_bytes: int | None = None, plain_media: bool = False) -> dict[str, Any] | None:
    report = Report(plain_media=plain_media)
    weight = len(json.dumps(messages)) if body_bytes is None else body_bytes
    check_messages(list(messages), report, body_bytes=weight)
    return report.as_body()


def places(*messages: Any) -> list[str]:
    return [detail["property"] for detail in (check(*messages) or {"details": []})["details"]]


def text(words: Any, **more: Any) -> dict[str, Any]:
    return {"type": "text", "text": words, **more}


def flex(contents: Any, **more: Any) -> dict[str, Any]:
    return {"type": "flex", "altText": "card", "contents": contents, **more}


def bubble(*components: Any, **more: Any) -> dict[str, Any]:
    return {
        "type": "bubble",
        "body": {"type": "box", "layout": "vertical", "contents": list(components)},
        **more,
    }


def button(action: Any, **more: Any) -> dict[str, Any]:
    return {"type": "button", "action": action, **more}


def quick(*actions: Any) -> dict[str, Any]:
    return text("?", quickReply={"items": [{"type": "action", "action": action} for action in actions]})


def postback(**more: Any) -> dict[str, Any]:
    return {"type": "postback", "label": "ok", "data": "a=1", **more}


def uri(address: str, label: str = "open") -> dict[str, Any]:
    return {"type": "uri", "label": label, "uri": address}


def video(size: str = "mega") -> dict[str, Any]:
    hero = {
        "type": "video",
        "url": "https://example.com/a.mp4",
        "previewUrl": URL,
        "altContent": {"type": "image", "url": URL},
    }
    return {"type": "bubble", "size": size, "hero": hero}


WRONG_TEXTS: list[tuple[Any, str]] = [
    (text(""), "messages[0].text"),
    (text("x" * 5001), "messages[0].text"),
    (text("🍎" * 2501), "messages[0].text"),
    (text("a\ud83c"), "messages[0].text"),
    (text(5), "messages[0].text"),
    (text(None), "messages[0].text"),
    ({"type": "text"}, "messages[0].text"),
    (text("hi", color="#FF0000"), "messages[0].color"),
    (text("hi", quoteToken=""), "messages[0].quoteToken"),
    (text("$", emojis=[{"index": 1, "productId": "p", "emojiId": "1"}]), "messages[0].emojis[0].index"),
    (text("$" * 21, emojis=[{"index": 0, "productId": "p", "emojiId": "1"}] * 21), "messages[0].emojis"),
    (text("hi", sender={"name": "x" * 21}), "messages[0].sender.name"),
    (text("hi", sender={"name": "LINE desk"}), "messages[0].sender.name"),
    (text("hi", sender={"iconUrl": "http://example.com/a.png"}), "messages[0].sender.iconUrl"),
    ({"type": "textV2", "text": "{who}"}, "messages[0].text"),
    ({"type": "textV2", "text": "a { b"}, "messages[0].text"),
    ({"type": "textV2", "text": "a } b"}, "messages[0].text"),
    (
        {
            "type": "textV2",
            "text": "{a-b}",
            "substitution": {"a-b": {"type": "mention", "mentionee": {"type": "all"}}},
        },
        "messages[0].substitution.a-b",
    ),
    (
        {
            "type": "textV2",
            "text": "{a}",
            "substitution": {"a": {"type": "mention", "mentionee": {"type": "user"}}},
        },
        "messages[0].substitution.a.mentionee.userId",
    ),
    ({"type": "note", "text": "hi"}, "messages[0].type"),
    ("hi", "messages[0].type"),
    ({"type": "sticker", "packageId": "446"}, "messages[0].stickerId"),
    ({"type": "image", "originalContentUrl": URL}, "messages[0].previewImageUrl"),
    (
        {"type": "image", "originalContentUrl": "http://example.com/a.jpg", "previewImageUrl": URL},
        "messages[0].originalContentUrl",
    ),
    (
        {"type": "image", "originalContentUrl": "https://example.com/รูป.jpg", "previewImageUrl": URL},
        "messages[0].originalContentUrl",
    ),
    (
        {"type": "image", "originalContentUrl": "https://example.com/" + "a" * 1981, "previewImageUrl": URL},
        "messages[0].originalContentUrl",
    ),
    ({"type": "audio", "originalContentUrl": URL, "duration": 0}, "messages[0].duration"),
    (
        {"type": "video", "originalContentUrl": URL, "previewImageUrl": URL, "trackingId": "ก"},
        "messages[0].trackingId",
    ),
    (
        {"type": "location", "title": "x" * 101, "address": "a", "latitude": 1, "longitude": 2},
        "messages[0].title",
    ),
    ({"type": "location", "title": "a", "address": "", "latitude": 1, "longitude": 2}, "messages[0].address"),
    (
        {"type": "location", "title": "a", "address": "b", "latitude": 91, "longitude": 2},
        "messages[0].latitude",
    ),
    ({"type": "flex", "altText": "", "contents": bubble()}, "messages[0].altText"),
    ({"type": "flex", "altText": "x" * 1501, "contents": bubble()}, "messages[0].altText"),
    ({"type": "flex", "altText": "card"}, "messages[0].contents"),
    (quick(*[postback()] * 14), "messages[0].quickReply.items"),
    (quick(postback(label="x" * 21)), "messages[0].quickReply.items[0].action.label"),
    (quick({"type": "postback", "data": "a"}), "messages[0].quickReply.items[0].action.label"),
    (quick(postback(data="x" * 301)), "messages[0].quickReply.items[0].action.data"),
    (
        quick({"type": "richmenuswitch", "label": "a", "data": "a", "richMenuAliasId": "a"}),
        "messages[0].quickReply.items[0].action.type",
    ),
    (text("hi", quickReply={"items": []}), "messages[0].quickReply.items"),
]


@pytest.mark.parametrize(("message", "place"), WRONG_TEXTS)
def test_what_a_request_body_is_refused_for(message: Any, place: str) -> None:
    body = check(message) or {}
    assert place in [detail["property"] for detail in body["details"]]
    assert body["message"] == f"The request body has {len(body['details'])} error(s)"


WRONG_ACTIONS: list[tuple[dict[str, Any], str]] = [
    (postback(label="x" * 41), "label"),
    (postback(label=""), "label"),
    (postback(data="ก" * 301), "data"),
    (postback(displayText="x" * 301), "displayText"),
    (postback(displayText="a", text="b"), "displayText"),
    (postback(fillInText="#1 "), "fillInText"),
    (postback(inputOption="openWindow"), "inputOption"),
    (postback(colour="red"), "colour"),
    ({"type": "message", "label": "ok", "text": ""}, "text"),
    ({"type": "message", "label": "ok", "text": "x" * 301}, "text"),
    ({"type": "message", "label": "ok"}, "text"),
    ({"type": "location", "label": "where"}, "type"),
    ({"type": "camera", "label": "photo"}, "type"),
    (uri("ftp://example.com"), "uri"),
    (uri("javascript:alert(1)"), "uri"),
    (uri("https://"), "uri"),
    (uri("https://example.com/น้ำ"), "uri"),
    (uri("https://example.com/a b"), "uri"),
    (uri("https://example.com/100%"), "uri"),
    (uri("https://example.com/" + "a" * 981), "uri"),
    ({"type": "clipboard", "label": "copy", "clipboardText": "x" * 1001}, "clipboardText"),
    ({"type": "datetimepicker", "label": "day", "data": "d"}, "mode"),
    ({"type": "datetimepicker", "label": "day", "data": "d", "mode": "week"}, "mode"),
    (
        {"type": "datetimepicker", "label": "day", "data": "d", "mode": "date", "initial": "21/11/2026"},
        "initial",
    ),
    ({"type": "datetimepicker", "label": "day", "data": "d", "mode": "date", "max": "2101-01-01"}, "max"),
    (
        {"type": "datetimepicker", "label": "t", "data": "d", "mode": "time", "min": "10:00", "max": "09:00"},
        "max",
    ),
    (
        {
            "type": "datetimepicker",
            "label": "t",
            "data": "d",
            "mode": "datetime",
            "initial": "2026-11-21T10:00",
            "max": "2026-11-21T09:00",
        },
        "initial",
    ),
]


@pytest.mark.parametrize(("action", "name"), WRONG_ACTIONS)
def test_actions_that_are_refused_on_a_button(action: dict[str, Any], name: str) -> None:
    assert places(flex(bubble(button(action)))) == [f"/body/contents/0/action/{name}"]


RIGHT_ACTIONS = [
    postback(label="ก" * 40, data="x" * 300),
    postback(label="ที่" * 40),
    postback(inputOption="openKeyboard", fillInText="FT6911-00042 "),
    uri("tel:1676"),
    uri("line://nv/location"),
    uri("https://line.me/R/oaMessage/%40abc/?%E0%B9%81"),
    uri("https://example.com:8443/a?b=c&d=[1]#e"),
    {"type": "datetimepicker", "label": "t", "data": "", "mode": "datetime", "initial": "2026-11-21t10:00"},
    {"type": "clipboard", "label": "copy", "clipboardText": "FT6911-00042"},
]


@pytest.mark.parametrize("action", RIGHT_ACTIONS)
def test_actions_that_are_taken_on_a_button(action: dict[str, Any]) -> None:
    assert check(flex(bubble(button(action)))) is None


WRONG_FLEX: list[tuple[Any, str, str]] = [
    (bubble({"type": "text", "text": ""}), "/body/contents/0/text", "must be non-empty text"),
    (bubble({"type": "text"}), "/body/contents/0/text", "must be non-empty text"),
    (bubble({"type": "text", "text": "a", "colour": "#000000"}), "/body/contents/0/colour", "unknown field"),
    (bubble({"type": "text", "text": "a", "color": "red"}), "/body/contents/0/color", "invalid property"),
    (bubble({"type": "text", "text": "a", "size": "50%"}), "/body/contents/0/size", "invalid property"),
    (bubble({"type": "text", "text": "a", "size": "large"}), "/body/contents/0/size", "invalid property"),
    (bubble({"type": "text", "text": "a", "wrap": "yes"}), "/body/contents/0/wrap", "invalid property"),
    (
        bubble({"type": "text", "text": "a", "flex": -1}),
        "/body/contents/0/flex",
        "greater than or equal to 0",
    ),
    (bubble({"type": "text", "text": "a", "weight": "heavy"}), "/body/contents/0/weight", "Must be one of"),
    (bubble({"type": "text", "contents": []}), "/body/contents/0/contents", "Size must be"),
    (bubble({"type": "spacer"}), "/body/contents/0", "invalid property"),
    (bubble({"type": "icon", "url": URL}), "/body/contents/0", "invalid property"),
    (bubble({"type": "span", "text": "a"}), "/body/contents/0", "invalid property"),
    (bubble("text"), "/body/contents/0", "invalid property"),
    (bubble({"type": "image"}), "/body/contents/0/url", "must be specified"),
    (bubble({"type": "image", "url": "http://example.com/a"}), "/body/contents/0/url", "invalid uri scheme"),
    (
        bubble({"type": "image", "url": URL, "aspectRatio": "1:4"}),
        "/body/contents/0/aspectRatio",
        "invalid property",
    ),
    (
        bubble({"type": "image", "url": URL, "aspectRatio": "0:1"}),
        "/body/contents/0/aspectRatio",
        "invalid property",
    ),
    (bubble({"type": "button"}), "/body/contents/0/action", "must be specified"),
    (bubble(button(postback(), height="lg")), "/body/contents/0/height", "Must be one of"),
    (bubble({"type": "box", "layout": "vertical"}), "/body/contents/0/contents", "must be specified"),
    (bubble({"type": "box", "contents": []}), "/body/contents/0/layout", "must be specified"),
    (
        bubble({"type": "box", "layout": "baseline", "contents": [button(postback())]}),
        "/body/contents/0/contents/0",
        "invalid property",
    ),
    (
        bubble(
            {
                "type": "box",
                "layout": "baseline",
                "contents": [{"type": "text", "text": "a", "gravity": "top"}],
            }
        ),
        "/body/contents/0/contents/0/gravity",
        "unknown field",
    ),
    (
        bubble({"type": "box", "layout": "vertical", "contents": [], "background": {"type": "linearGradient"}}),
        "/body/contents/0/background/angle",
        "must be specified",
    ),
    (bubble({"type": "text", "text": "a", "position": "absolute"}), "/", "absolute"),
    (bubble(size="huge"), "/size", "Must be one of"),
    (bubble(styles={"type": "x"}), "/styles/type", "unknown field"),
    (bubble(styles={"footer": {"separator": 1}}), "/styles/footer/separator", "invalid property"),
    ({"type": "bubble"}, "/body", "at least one block"),
    ({"type": "bubble", "body": {"type": "text", "text": "a"}}, "/body/type", "Must be one of"),
    ({"type": "bubble", "hero": button(postback())}, "/hero/type", "Must be one of"),
    ({"type": "card"}, "/type", "Must be one of"),
    ("card", "/type", "Must be one of"),
    ({"type": "carousel", "contents": []}, "/contents", "Size must be between 1 and 12"),
    ({"type": "carousel", "contents": [bubble()] * 13}, "/contents", "Size must be between 1 and 12"),
    (
        {"type": "carousel", "contents": [bubble(), bubble(size="kilo")]},
        "/contents",
        "same size",
    ),
    (video("micro"), "/hero", "kilo, mega or giga"),
    ({"type": "carousel", "contents": [video()]}, "/contents/0/hero", "carousel"),
]


@pytest.mark.parametrize(("contents", "place", "said"), WRONG_FLEX)
def test_what_flex_is_refused_for(contents: Any, place: str, said: str) -> None:
    body = check(text("fine"), flex(contents)) or {}
    assert body["message"] == "A message (messages[1]) in the request body is invalid"
    found = {detail["property"]: detail["message"] for detail in body["details"]}
    assert said in found[place]


def test_flex_that_is_taken() -> None:
    card = bubble(
        {
            "type": "text",
            "text": "FT6911-00042",
            "weight": "bold",
            "size": "13.5px",
            "wrap": True,
            "maxLines": 2,
        },
        {
            "type": "text",
            "contents": [{"type": "span", "text": "a", "color": "#112233FF"}],
            "lineSpacing": "4px",
        },
        {
            "type": "box",
            "layout": "baseline",
            "margin": "md",
            "contents": [
                {"type": "icon", "url": URL, "size": "sm"},
                {"type": "text", "text": "4", "flex": 0},
            ],
        },
        {"type": "separator", "margin": "10px", "color": "#EEEEEE"},
        {"type": "image", "url": URL, "size": "full", "aspectRatio": "20:13", "aspectMode": "cover"},
        {
            "type": "box",
            "layout": "horizontal",
            "contents": [],
            "paddingAll": "5%",
            "width": "50%",
            "cornerRadius": "xxl",
            "borderWidth": "semi-bold",
            "offsetTop": "-2px",
            "background": {
                "type": "linearGradient",
                "angle": "23.5deg",
                "startColor": "#FFFFFF",
                "endColor": "#000000",
                "centerPosition": "10%",
            },
            "action": postback(label=""),
        },
        size="giga",
        direction="ltr",
        styles={"footer": {"separator": True, "backgroundColor": "#FFFFFF"}},
        hero={"type": "image", "url": URL},
        footer={"type": "box", "layout": "vertical", "contents": [button(postback(), style="primary")]},
    )
    assert check(flex(card)) is None
    assert check(flex({"type": "carousel", "contents": [card] * 12})) is None
    assert check(flex(video())) is None


def test_nulls_count_as_absent() -> None:
    assert check(text("hi", quickReply=None, sender=None)) is None
    assert check(flex(bubble({"type": "text", "text": "a", "color": None}))) is None


def test_how_much_flex_may_weigh() -> None:
    heavy = bubble(*[{"type": "text", "text": "x" * 3000} for _ in range(10)])
    assert places(flex(heavy)) == ["/"]
    light = bubble(*[{"type": "text", "text": "x" * 2800} for _ in range(10)])
    assert check(flex(light)) is None
    body = check(flex({"type": "carousel", "contents": [light, light]})) or {}
    assert "50 KB" in body["details"][0]["message"]


def test_thai_is_weighed_in_utf8_however_it_was_escaped() -> None:
    card = flex(bubble(*[{"type": "text", "text": "ก" * 900} for _ in range(10)]))
    assert len(json.dumps(card)) > 50_000
    assert check(card) is None


def test_ten_animated_images_are_enough() -> None:
    animated = {"type": "image", "url": URL, "animated": True}
    assert check(flex(bubble(*[animated] * 10))) is None
    assert "animated" in (check(flex(bubble(*[animated] * 11))) or {})["details"][0]["message"]


def template(**inner: Any) -> dict[str, Any]:
    return {"type": "template", "altText": "menu", "template": inner}


COLUMN = {"text": "a", "actions": [postback()]}
WRONG_TEMPLATES: list[tuple[dict[str, Any], str]] = [
    (template(type="list"), "/template/type"),
    (template(type="buttons", text="x" * 161, actions=[postback()]), "/template/text"),
    (template(type="buttons", text="x" * 61, title="a", actions=[postback()]), "/template/text"),
    (template(type="buttons", text="a", title="x" * 41, actions=[postback()]), "/template/title"),
    (template(type="buttons", text="a", actions=[postback()] * 5), "/template/actions"),
    (template(type="buttons", text="a", actions=[postback(label="x" * 21)]), "/template/actions/0/label"),
    (template(type="confirm", text="x" * 241, actions=[postback()] * 2), "/template/text"),
    (template(type="confirm", text="a", actions=[postback()]), "/template/actions"),
    (template(type="carousel", columns=[COLUMN] * 11), "/template/columns"),
    (template(type="carousel", columns=[COLUMN, {**COLUMN, "title": "b"}]), "/template/columns"),
    (
        template(type="carousel", columns=[COLUMN, {**COLUMN, "actions": [postback()] * 2}]),
        "/template/columns",
    ),
    (template(type="carousel", columns=[{**COLUMN, "text": "x" * 121}]), "/template/columns/0/text"),
    (
        template(type="image_carousel", columns=[{"imageUrl": URL, "action": postback(label="x" * 13)}]),
        "/template/columns/0/action/label",
    ),
]


@pytest.mark.parametrize(("message", "place"), WRONG_TEMPLATES)
def test_what_templates_are_refused_for(message: dict[str, Any], place: str) -> None:
    assert place in places(message)


def test_templates_that_are_taken() -> None:
    assert check(template(type="confirm", text="ที่" * 240, actions=[postback()] * 2)) is None
    assert check(template(type="buttons", text="x" * 160, actions=[postback(label="ที่" * 20)])) is None
    assert check(template(type="carousel", columns=[{**COLUMN, "text": "x" * 120}] * 10)) is None


IMAGEMAP: dict[str, Any] = {
    "type": "imagemap",
    "baseUrl": "https://example.com/map",
    "altText": "map",
    "baseSize": {"width": 1040, "height": 700},
    "actions": [
        {"type": "message", "text": "a", "area": {"x": 0, "y": 0, "width": 1, "height": 1}},
        {"type": "uri", "linkUri": "tel:1676", "area": {"x": 0, "y": 0, "width": 1, "height": 1}},
    ],
}


def test_imagemaps() -> None:
    assert check(IMAGEMAP) is None
    wrong = deepcopy(IMAGEMAP)
    wrong["baseSize"]["width"] = 1000
    wrong["actions"][0]["text"] = "x" * 401
    wrong["actions"][1]["area"]["x"] = -1
    wrong["video"] = {"originalContentUrl": URL}
    assert set(places(wrong)) == {
        "messages[0].baseSize.width",
        "messages[0].actions[0].text",
        "messages[0].actions[1].area.x",
        "messages[0].video.previewImageUrl",
        "messages[0].video.area",
    }


RIGHT_MESSAGES = [
    text("x" * 5000),
    text("🍎" * 2500),
    text("a $ b", emojis=[{"index": 2, "productId": "5ac1bfd5040ab15980c9b435", "emojiId": "001"}]),
    text("hi", sender={"name": "เขตดินแดง", "iconUrl": URL}),
    {
        "type": "textV2",
        "text": "{{not}} {who}",
        "substitution": {"who": {"type": "mention", "mentionee": {"type": "all"}}},
    },
    {"type": "sticker", "packageId": "446", "stickerId": "1988"},
    {"type": "image", "originalContentUrl": URL, "previewImageUrl": URL},
    {"type": "video", "originalContentUrl": URL, "previewImageUrl": URL, "trackingId": "a.b-1"},
    {"type": "audio", "originalContentUrl": URL, "duration": 1000},
    {"type": "location", "title": "a", "address": "b", "latitude": 13.75, "longitude": 100.5},
    quick(*[postback(label="ที่" * 20)] * 13),
    quick(
        {"type": "camera", "label": "a"},
        {"type": "cameraRoll", "label": "b"},
        {"type": "location", "label": "c"},
    ),
    {"type": "coupon", "couponId": "01JYNW8JMQVFBNWF1APF8Z3FS7"},
]


@pytest.mark.parametrize("message", RIGHT_MESSAGES)
def test_messages_that_are_taken(message: dict[str, Any]) -> None:
    assert check(message) is None


def test_plain_media_of_this_machine_is_for_demos_only() -> None:
    local = {
        "type": "image",
        "originalContentUrl": "http://127.0.0.1:8000/a.jpg",
        "previewImageUrl": "http://localhost:8000/a.jpg",
    }
    assert check(local) is not None
    assert check(local, plain_media=True) is None
    assert check({**local, "previewImageUrl": "http://example.com/a.jpg"}, plain_media=True) is not None


def places_in(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a JSON value."""
    found = [path]
    if isinstance(value, dict):
        found += [place for key, item in value.items() for place in places_in(item, (*path, key))]
    elif isinstance(value, list):
        found += [place for index, item in enumerate(value) for place in places_in(item, (*path, index))]
    return found


WHOLE = [
    *RIGHT_MESSAGES,
    IMAGEMAP,
    flex({"type": "carousel", "contents": [bubble(button(RIGHT_ACTIONS[2]), size="mega")] * 2}),
    flex(video()),
    template(type="carousel", columns=[{**COLUMN, "title": "a"}] * 2),
    quick({"type": "datetimepicker", "label": "t", "data": "d", "mode": "time", "min": "09:00", "max": "10:00"}),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)


@given(message=st.sampled_from(WHOLE), value=JSON, data=st.data())
def test_any_nonsense_anywhere_is_judged_and_never_fails(
    message: dict[str, Any], value: Any, data: st.DataObject
) -> None:
    spoilt: Any = deepcopy(message)
    *way, last = data.draw(st.sampled_from(places_in(spoilt)[1:]))
    holder = spoilt
    for step in way:
        holder = holder[step]
    holder[last] = value
    body = check(spoilt)
    assert body is None or body["details"]
