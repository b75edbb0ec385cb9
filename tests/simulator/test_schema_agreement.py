"""Our tables name the same properties, requirements and values as LINE's schema, where that is at hand."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.rules import (
    actions,
    flex,
    flex_components,
    imagemap,
    messages,
    rich_menu,
    templates,
    text_messages,
)
from simulator.rules.shapes import Shape

SCHEMA = Path(__file__).resolve().parents[3] / "shared" / "line-openapi" / "messaging-api.yml"
pytestmark = pytest.mark.skipif(not SCHEMA.exists(), reason="LINE's OpenAPI files are not beside the project")

# Where we know better than the schema, which states less than LINE's reference.
STRICTER_REQUIRED = {
    "BubbleStyles": set(),
    "Emoji": {"index", "productId", "emojiId"},
    "QuickReply": {"items"},
    "QuickReplyItem": {"type", "action"},
    "ImagemapExternalLink": {"linkUri", "label"},
    "FlexBoxLinearGradient": {"type", "angle", "startColor", "endColor"},
    "RichMenuRequest": {"size", "selected", "name", "chatBarText", "areas"},
    "RichMenuSize": {"width", "height"},
    "RichMenuArea": {"bounds", "action"},
    "RichMenuBounds": {"x", "y", "width", "height"},
    "FlexBox": {"layout"},  # `contents` is asked for by the box's own rule
}


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    with SCHEMA.open(encoding="utf-8") as file:
        found: dict[str, Any] = yaml.safe_load(file)["components"]["schemas"]
    return found


def flatten(schemas: dict[str, Any], name: str) -> tuple[dict[str, Any], set[str]]:
    """Properties and required names, with those inherited."""
    schema = schemas[name]
    properties: dict[str, Any] = dict(schema.get("properties", {}))
    required = set(schema.get("required", ()))
    for part in schema.get("allOf", ()):
        if "$ref" in part:
            inherited, needed = flatten(schemas, part["$ref"].rsplit("/", 1)[1])
            properties |= inherited
            required |= needed
        else:
            properties |= part.get("properties", {})
            required |= set(part.get("required", ()))
    return properties, required


PAIRS: list[tuple[str, Shape]] = [
    ("TextMessage", messages.MESSAGES["text"]),
    ("TextMessageV2", messages.MESSAGES["textV2"]),
    ("StickerMessage", messages.MESSAGES["sticker"]),
    ("ImageMessage", messages.MESSAGES["image"]),
    ("VideoMessage", messages.MESSAGES["video"]),
    ("AudioMessage", messages.MESSAGES["audio"]),
    ("LocationMessage", messages.MESSAGES["location"]),
    ("ImagemapMessage", messages.MESSAGES["imagemap"]),
    ("TemplateMessage", messages.MESSAGES["template"]),
    ("FlexMessage", messages.MESSAGES["flex"]),
    ("CouponMessage", messages.MESSAGES["coupon"]),
    ("QuickReply", messages.QUICK_REPLY_BAR),
    ("QuickReplyItem", messages.QUICK_REPLY_ITEM),
    ("Sender", messages.SENDER),
    ("Emoji", text_messages.EMOJI),
    ("MentionSubstitutionObject", text_messages.MENTION),
    ("EmojiSubstitutionObject", text_messages.EMOJI_SUBSTITUTE),
    ("UserMentionTarget", text_messages.USER_TARGET),
    ("AllMentionTarget", text_messages.ALL_TARGET),
    ("ImagemapBaseSize", imagemap.BASE_SIZE),
    ("ImagemapArea", imagemap.AREA),
    ("ImagemapVideo", imagemap.VIDEO),
    ("ImagemapExternalLink", imagemap.EXTERNAL_LINK),
    ("MessageImagemapAction", imagemap.ACTIONS["message"]),
    ("URIImagemapAction", imagemap.ACTIONS["uri"]),
    ("ClipboardImagemapAction", imagemap.ACTIONS["clipboard"]),
    ("ButtonsTemplate", templates.BUTTONS),
    ("ConfirmTemplate", templates.CONFIRM),
    ("CarouselTemplate", templates.CAROUSEL),
    ("CarouselColumn", templates.COLUMN),
    ("ImageCarouselTemplate", templates.IMAGES),
    ("ImageCarouselColumn", templates.IMAGE_COLUMN),
    ("FlexBubble", flex.BUBBLE),
    ("FlexCarousel", flex.CAROUSEL),
    ("FlexBubbleStyles", flex.STYLES),
    ("FlexBlockStyle", flex.BLOCK_STYLE),
    ("FlexBox", flex_components.BOX),
    ("FlexButton", flex_components.BUTTON),
    ("FlexImage", flex_components.IMAGE),
    ("FlexVideo", flex_components.VIDEO),
    ("FlexIcon", flex_components.ICON),
    ("FlexText", flex_components.TEXT),
    ("FlexSpan", flex_components.SPAN),
    ("FlexSeparator", flex_components.SEPARATOR),
    ("FlexFiller", flex_components.FILLER),
    ("FlexBoxLinearGradient", flex_components.GRADIENT),
    ("AltUri", actions.ALT_URI),
    ("RichMenuRequest", rich_menu.RICH_MENU_OBJECT),
    ("RichMenuSize", rich_menu.SIZE),
    ("RichMenuArea", rich_menu.AREA),
    ("RichMenuBounds", rich_menu.BOUNDS),
]


@pytest.mark.parametrize(("name", "shape"), PAIRS, ids=[name for name, _ in PAIRS])
def test_the_same_properties_and_requirements(schemas: dict[str, Any], name: str, shape: Shape) -> None:
    properties, required = flatten(schemas, name)
    assert set(shape.properties) == set(properties)
    assert set(shape.required) | {"type"} == STRICTER_REQUIRED.get(name, required) | {"type"}


@pytest.mark.parametrize(("name", "shape"), PAIRS, ids=[name for name, _ in PAIRS])
def test_every_value_of_an_enum_is_taken_and_no_other(schemas: dict[str, Any], name: str, shape: Shape) -> None:
    for key, schema in flatten(schemas, name)[0].items():
        rule = shape.properties[key]
        if "enum" in schema and callable(rule):
            assert [rule(value) for value in schema["enum"]] == [None] * len(schema["enum"]), key
            assert rule("nothing of the kind") is not None, key


def test_lengths_of_the_schema_are_ours(schemas: dict[str, Any]) -> None:
    for name, shape in PAIRS:
        for key, schema in flatten(schemas, name)[0].items():
            rule = shape.properties[key]
            if "maxLength" in schema and callable(rule) and schema.get("format") != "uri" and name != "AltUri":
                assert rule("x" * schema["maxLength"]) is None, (name, key)
                assert rule("x" * (schema["maxLength"] + 1)) is not None, (name, key)


def test_actions_have_the_schemas_properties(schemas: dict[str, Any]) -> None:
    kinds = schemas["Action"]["discriminator"]["mapping"]
    assert set(kinds) == set(actions.OWN)
    for kind, reference in kinds.items():
        properties, _ = flatten(schemas, reference.rsplit("/", 1)[1])
        assert set(properties) - {"type", "label"} == set(actions.OWN[kind][0]), kind


def test_every_kind_of_message_and_component_is_known(schemas: dict[str, Any]) -> None:
    assert set(schemas["Message"]["discriminator"]["mapping"]) == set(messages.MESSAGES)
    assert set(schemas["Template"]["discriminator"]["mapping"]) == set(templates.TEMPLATES)
    components = set(schemas["FlexComponent"]["discriminator"]["mapping"])
    assert components == set(flex_components.COMPONENTS) | {"span", "video"}


@pytest.mark.parametrize(
    ("name", "shape", "key"),
    [
        ("FlexBoxBorderWidth", flex_components.BOX, "borderWidth"),
        ("FlexBoxCornerRadius", flex_components.BOX, "cornerRadius"),
        ("FlexBoxSpacing", flex_components.BOX, "spacing"),
        ("FlexMargin", flex_components.TEXT, "margin"),
        ("FlexBoxPadding", flex_components.BOX, "paddingAll"),
        ("FlexImageSize", flex_components.IMAGE, "size"),
        ("FlexIconSize", flex_components.ICON, "size"),
        ("FlexTextFontSize", flex_components.TEXT, "size"),
        ("FlexSpanSize", flex_components.SPAN, "size"),
        ("FlexOffset", flex_components.BOX, "offsetTop"),
    ],
)
def test_every_keyword_size_is_taken(schemas: dict[str, Any], name: str, shape: Shape, key: str) -> None:
    rule = shape.properties[key]
    assert callable(rule)
    assert [rule(value) for value in schemas[name]["enum"]] == [None] * len(schemas[name]["enum"])
