"""The door itself: who may knock, what a body may be, and what is answered."""

import json
from pathlib import Path

import pytest

from handlers.front_door import LARGEST_BODY
from tests.handlers.door import NEXT_SECRET, Door, body_of, person, say, sign

HELLO = body_of([say("ไฟถนนดับทั้งซอย")])


# --- who may knock ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Line-Signature": ""},
        {"X-Line-Signature": "garbage"},
        {"X-Line-Signature": "ลายเซ็น".encode().decode("latin-1")},
        {"X-Line-Signature": "é" * 44},
        {"X-Line-Signature": "A" * 100_000},
        {"X-Line-Signature": sign(HELLO, "0" * 32)},
        {"X-Line-Signature": sign(HELLO + b" ")},
        {"Authorization": sign(HELLO)},
    ],
)
def test_an_unsigned_body_is_refused_and_nothing_kept(quick_door: Door, headers: dict[str, str]) -> None:
    assert quick_door.post(HELLO, headers) == 403
    assert quick_door.list_kept() == []


def test_a_body_written_anew_on_the_way_is_refused(quick_door: Door) -> None:
    anew = json.dumps(json.loads(HELLO)).encode()

    assert quick_door.post(anew, {"X-Line-Signature": sign(HELLO)}) == 403
    assert quick_door.list_kept() == []


def test_while_the_secret_is_changed_both_open_the_door(quick_door: Door) -> None:
    other = body_of([say("ถนนพัง", person(2))])

    assert quick_door.post(HELLO) == 200
    assert quick_door.post(other, {"X-Line-Signature": sign(other, NEXT_SECRET)}) == 200
    assert quick_door.list_states() == ["done", "done"]


def test_the_headers_name_may_be_written_in_any_case(quick_door: Door) -> None:
    assert quick_door.post(HELLO, {"x-line-signature": sign(HELLO)}) == 200
    assert quick_door.post(HELLO, {"X-LINE-SIGNATURE": sign(HELLO)}) == 200


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_only_posts_are_taken(quick_door: Door, method: str) -> None:
    answer = quick_door.ask(method, "/line/webhook", data=HELLO, headers={"X-Line-Signature": sign(HELLO)})

    assert answer.status_code == 405
    assert quick_door.list_kept() == []


# --- what a body may be -------------------------------------------------------------------------------------
@pytest.mark.parametrize("body", [b"{}", b'{"events":[]}', b'{"destination":"U1","events":[]}', b" {} \n"])
def test_lines_own_check_carries_nothing(quick_door: Door, body: bytes) -> None:
    assert quick_door.post(body) == 200
    assert quick_door.list_kept() == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"\x00",
        b"\xff\xfe\xfd",
        "ไฟดับ".encode("cp874"),
        b'{"events":[',
        b"[" * 100_000,
        b'{"events":' * 100_000,
        b"[]",
        b"[{}]",
        b"NaN",
        b"-Infinity",
        b"9" * 5000,
        b"null",
        b'"\\ud800"',
        b'{"events":{}}',
        b'{"events":[NaN]}',
        b'{"events":[null]}',
        b'{"events":["\\u0000"]}',
        b'{"events":[[[]]]}',
    ],
)
def test_a_signed_body_of_no_known_form_is_kept_with_its_reason(quick_door: Door, body: bytes) -> None:
    assert quick_door.post(body) == 200
    assert quick_door.post(body) == 200, "the same once more is the same"

    (kept,) = quick_door.list_kept()
    assert (kept.state, kept.kind) == ("failed", "undigested")
    assert kept.event_id.startswith("body-") and kept.reason
    json.loads(kept.raw)


def test_of_two_keys_with_one_name_the_last_counts(quick_door: Door) -> None:
    event = say("ไฟถนนดับทั้งซอย")
    twice = body_of([event]).replace(b'"mode"', b'"webhookEventId": "x\\u0000", "mode"', 1)

    assert quick_door.post(twice) == 200
    assert quick_door.get_kept(event).state == "done"


def test_bytes_that_are_no_utf8_cost_only_themselves(quick_door: Door) -> None:
    event = say("ไฟถนนดับทั้งซอย xx")

    assert quick_door.post(body_of([event]).replace(b"xx", b"x\xffx")) == 200
    assert quick_door.get_kept(event).state == "done"


def test_a_body_larger_than_line_ever_sends_is_not_read(quick_door: Door) -> None:
    largest = body_of([say("ก")]).ljust(LARGEST_BODY)

    assert quick_door.post(largest) == 200
    assert quick_door.post(largest + b" ") == 413
    assert quick_door.ask("POST", "/line/webhook", data=largest + b" ").status_code == 403, (
        "unsigned: not even measured"
    )
    assert len(quick_door.list_kept()) == 1


@pytest.mark.parametrize("inside", ["timestamp", "text", "unknown"])
def test_no_depth_of_nesting_is_an_error_of_ours(quick_door: Door, inside: str) -> None:
    depths = [*range(10, 100, 45), *range(100, 1100, 9), 5000]
    for depth in depths:
        event = say("ไฟถนนดับ", person(depth))
        nested = "[" * depth + "]" * depth
        (event["message"] if inside == "text" else event)[inside] = "HERE"
        assert quick_door.post(body_of([event]).replace(b'"HERE"', nested.encode())) == 200, depth

    assert len(quick_door.list_kept()) == len(depths)
    assert set(quick_door.list_states()) <= {"done", "failed"}


# --- what else is answered ----------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["/", "/line", "/line/webhook/", "/simulator/", "/simulator/api", "/console/x"])
def test_nothing_else_is_there(quick_door: Door, path: str) -> None:
    assert quick_door.get(path).status_code == 404


def test_health_is_told(quick_door: Door) -> None:
    assert quick_door.get("/healthz").status_code == 200
    assert quick_door.get("/readyz").status_code == 200
    assert b"python_info" in quick_door.get("/metrics").content


def test_it_is_not_ready_over_a_database_that_is_not_ours(tmp_path: Path) -> None:
    empty = Door(f"sqlite:///{tmp_path}/empty.db", tmp_path)

    assert empty.get("/readyz").status_code == 503
    assert empty.get("/healthz").status_code == 200
    empty.close()
