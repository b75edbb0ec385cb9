"""Only LINE may tell us anything: the signature is over the bytes as they came, and nothing else will do."""

import base64
import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.signature import is_signed

# LINE's own example (Messaging API documentation, "Verify webhook signature").
SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
BODY = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
SIGNATURE = "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="


def _sign(body: bytes, secret: str) -> str:
    return base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        " ",
        "=",
        "====",
        "not base64 at all",
        SIGNATURE[:-1],
        SIGNATURE[1:],
        SIGNATURE + "=",
        SIGNATURE + "\n",
        SIGNATURE.lower(),
        SIGNATURE.replace("+", "-").replace("/", "_"),
        base64.b64decode(SIGNATURE).hex(),
        "ลายเซ็น",
        "\udcff" * 44,
        "\x00" * 44,
        "A" * 1_000_000,
    ],
)
def test_anything_else_in_the_header_is_refused(header: str | None) -> None:
    assert not is_signed(BODY, header, [SECRET])


def test_lines_own_example_is_accepted() -> None:
    assert is_signed(BODY, SIGNATURE, [SECRET])


@pytest.mark.parametrize(
    "body",
    [
        json.dumps(json.loads(BODY)).encode(),
        BODY + b"\n",
        b" " + BODY,
        BODY.decode().encode("utf-16"),
        BODY[:-1],
        b"",
    ],
)
def test_a_body_written_anew_is_refused(body: bytes) -> None:
    assert not is_signed(body, SIGNATURE, [SECRET])


def test_escaped_and_plain_thai_are_different_bodies() -> None:
    events = {"events": [{"type": "message", "message": {"type": "text", "text": "ไฟดับ"}}]}
    escaped, plain = (json.dumps(events, ensure_ascii=ascii).encode() for ascii in (True, False))

    assert is_signed(escaped, _sign(escaped, SECRET), [SECRET])
    assert is_signed(plain, _sign(plain, SECRET), [SECRET])
    assert not is_signed(plain, _sign(escaped, SECRET), [SECRET])


def test_while_the_secret_is_changed_both_sign_and_no_third() -> None:
    after = "f" * 32

    assert is_signed(BODY, SIGNATURE, [SECRET, after])
    assert is_signed(BODY, _sign(BODY, after), [SECRET, after])
    assert not is_signed(BODY, _sign(BODY, "e" * 32), [SECRET, after])
    assert not is_signed(BODY, SIGNATURE, [after])


def test_without_a_secret_nothing_is_signed() -> None:
    assert not is_signed(BODY, SIGNATURE, [])


@given(st.binary(max_size=300), st.text(max_size=100))
def test_no_header_is_too_strange(body: bytes, header: str) -> None:
    assert is_signed(body, header, [SECRET]) == (header == _sign(body, SECRET))
