"""However a body is made, its good events are found, and the one that cannot be read costs only itself."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.webhook_body import read_events

GOOD = '{"webhookEventId":"A","type":"message","message":{"text":"ไฟดับ \\"มืด\\" ],}{ , [ "}}'
NINES = "9" * 5000
DEEP = "[" * 50_000 + "]" * 50_000
POISONS = [
    f'{{"timestamp":{NINES}}}',
    f'{{"message":{DEEP}}}',
    "nonsense",
    '{"a":tru}',
    "{'a':1}",
    '{"a":"\\x"}',
    "01",
    '{"a":1,}',
]


@pytest.mark.parametrize("poison", POISONS)
def test_a_poisoned_event_costs_only_itself(poison: str) -> None:
    body = f'{{"destination":"U1", "events" : [{GOOD}, {poison} ,{GOOD.replace("A", "B", 1)}]}}'

    first, kept, last = read_events(body.encode())

    assert first[0]["webhookEventId"] == "A" and last[0]["webhookEventId"] == "B"
    assert first[0]["message"] == last[0]["message"] == json.loads(GOOD)["message"]
    assert kept[0] == {"unreadable": f" {poison} "}
    assert json.loads(kept[1]) == kept[0]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"not json",
        b"\xff\xfe\x00",
        b'{"events":',
        b'{"events":[',
        b'{"events":[{"a":"',
        b'"' * 1000,
        b"[" * 100_000,
        NINES.encode(),
        b'{"deep":{"events":[1]',
        b'{"events" [1',
    ],
)
def test_a_body_that_cannot_be_read_at_all_is_kept_as_one(body: bytes) -> None:
    ((event, kept),) = read_events(body)

    assert event == {"unreadable": body.decode("utf-8", "replace")}
    assert json.loads(kept) == event


@pytest.mark.parametrize("body", ["null", "3", "NaN", '"events"', "[]", "[1, 2]", "true"])
def test_json_that_is_no_body_is_kept_as_one(body: str) -> None:
    ((event, kept),) = read_events(body.encode())

    assert kept == json.dumps(event, separators=(",", ":"))


@pytest.mark.parametrize("body", ["{}", '{"events":[]}', '{"destination":"U1","events":[ ]}'])
def test_a_body_without_events_has_none(body: str) -> None:
    assert read_events(body.encode()) == []


@pytest.mark.parametrize("events", ["null", "{}", "3", '"x"'])
def test_events_that_are_no_list_are_kept_as_one(events: str) -> None:
    ((event, _),) = read_events(f'{{"events":{events}}}'.encode())

    assert event == {"events": json.loads(events)}


def test_the_last_of_two_lists_counts_as_every_parser_has_it() -> None:
    assert [event for event, _ in read_events(b'{"events":[1],"events":[2]}')] == [2]


def test_what_is_kept_is_plain_ascii_however_strange_the_words() -> None:
    ((event, kept),) = read_events(rb'{"events":[{"text":"\u0000\ud83d\u0e01","n":NaN}]}')

    assert kept.isascii() and "\x00" not in kept
    assert json.loads(kept)["text"] == event["text"] == "\x00\ud83dก"


def test_bytes_that_are_no_utf8_are_replaced_where_they_stand() -> None:
    body = b'{"events":[{"a":"\xff"},{"b":"\xe0\xb8\x81"}]}'

    assert [event for event, _ in read_events(body)] == [{"a": "�"}, {"b": "ก"}]


@pytest.mark.parametrize(
    "body",
    [
        b'{"events":[' + b'"\\"' * 600_000,
        b'{"events":[' + b'"' * 1_900_001,
        b'{"events":[' + b"[" * 1_900_000,
        b'{"events":[1' + b",1" * 300_000 + b",x]}",
    ],
)
@pytest.mark.timeout(20)
def test_two_megabytes_of_malice_take_no_longer_than_reading_them(body: bytes) -> None:
    assert read_events(body)


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_event_comes_back_as_it_was(event: object) -> None:
    body = json.dumps({"events": [event, event]})

    assert [found for found, _ in read_events(body.encode("utf-8", "surrogatepass"))] == [event, event]
    assert [json.loads(kept) for _, kept in read_events(body.encode())] == [event, event]


@given(st.lists(st.dictionaries(st.text(), st.text() | st.lists(st.text())), max_size=4))
def test_each_event_is_cut_out_whole_beside_a_poisoned_one(events: list[object]) -> None:
    parts = [json.dumps(event, ensure_ascii=False) for event in events]
    body = '{"events":[' + ",".join([*parts, "poison"]) + "]}"

    found = [event for event, _ in read_events(body.encode("utf-8", "replace"))]

    assert found == [*events, {"unreadable": "poison"}]
