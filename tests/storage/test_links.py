"""Signed links: nobody can make one, bend one, or be given two for the same photo on one day."""

import string
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.links import (
    LIFE,
    OFFICE_LIFE,
    BadToken,
    Links,
    OfficeLink,
    link_expiry,
    media_url,
    read_form,
    read_media_token,
    read_office_token,
    sign_form,
    sign_media,
    sign_office,
)

KEY = "a key of thirty-two letters, say"
NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


def token_of(path: str) -> str:
    assert path.startswith("/media/")
    return path.removeprefix("/media/")


TOKEN = token_of(sign_media(KEY, 42, "card", NOW))


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "42",
        "2ak6a",
        TOKEN + "A",
        TOKEN[:-1],
        TOKEN.split(".")[0],
        TOKEN.replace("k", "w"),
        "3" + TOKEN,
        TOKEN.upper(),
        TOKEN + "\n",
        " " + TOKEN,
        TOKEN.replace(".", "%2E"),
        "๔" + TOKEN[1:],
        "../" + TOKEN,
        "f" * 5000,
    ],
)
def test_what_we_did_not_sign_is_no_link(token: str) -> None:
    with pytest.raises(BadToken):
        read_media_token(KEY, token)


@given(st.integers(0, len(TOKEN) - 1), st.sampled_from(string.ascii_letters + string.digits + "-_."))
def test_no_single_letter_can_be_changed(place: int, letter: str) -> None:
    bent = TOKEN[:place] + letter + TOKEN[place + 1 :]
    if bent == TOKEN:
        assert read_media_token(KEY, bent).media_id == 42
    else:
        with pytest.raises(BadToken):
            read_media_token(KEY, bent)


@given(st.text(max_size=80))
def test_nonsense_is_no_link(token: str) -> None:
    with pytest.raises(BadToken):
        read_media_token(KEY, token)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(BadToken):
        read_media_token("another key", TOKEN)


def test_without_a_key_nothing_is_signed() -> None:
    with pytest.raises(ValueError, match="SECRET_KEY"):
        sign_media("", 1, "full", NOW)


@given(st.integers(1, 2**62), st.sampled_from(["full", "card"]), st.integers(0, 4_000_000_000))
def test_a_link_says_what_was_signed(media_id: int, variant: str, moment: int) -> None:
    expires_at = datetime.fromtimestamp(moment, UTC)
    link = read_media_token(KEY, token_of(sign_media(KEY, media_id, variant, expires_at)))  # type: ignore[arg-type]
    assert (link.media_id, link.variant, link.expires_at) == (media_id, variant, expires_at)


def test_a_photo_has_one_address_all_day_in_bangkok_and_lives_its_time() -> None:
    midnight = datetime(2026, 11, 19, 17, 0, tzinfo=UTC)
    last = midnight + timedelta(days=1, microseconds=-1)
    address = media_url("https://example.org/", KEY, 7, "card", now=midnight)
    assert address == media_url("https://example.org", KEY, 7, "card", now=last)
    assert address != media_url("https://example.org", KEY, 7, "card", now=last + timedelta(seconds=1))
    assert address != media_url("https://example.org", KEY, 7, "full", now=midnight)
    assert address.startswith("https://example.org/media/") and len(address) < 100
    assert LIFE <= link_expiry(last) - last <= link_expiry(midnight) - midnight <= LIFE + timedelta(days=1)


def test_messages_get_links_that_line_takes_or_none() -> None:
    assert Links("http://127.0.0.1:8000", KEY).media_url(7, "card", NOW) is None
    plain = Links("http://127.0.0.1:8000", KEY, plain=True).media_url(7, "card", NOW)
    assert plain and plain.startswith("http://127.0.0.1:8000/media/"), "a play LINE of this machine takes it"
    address = Links("https://example.org", KEY).media_url(7, "card", NOW)
    assert address == media_url("https://example.org", KEY, 7, "card", now=NOW)


OFFICE = sign_office(KEY, OfficeLink(42, "resolve", 7, NOW))


def test_a_mailed_link_says_what_it_is_for() -> None:
    assert read_office_token(KEY, OFFICE) == OfficeLink(42, "resolve", 7, NOW)


@given(st.integers(0, len(OFFICE) - 1), st.sampled_from(string.ascii_letters + string.digits + "-_."))
def test_no_single_letter_of_a_mailed_link_can_be_changed(place: int, letter: str) -> None:
    bent = OFFICE[:place] + letter + OFFICE[place + 1 :]
    if bent != OFFICE:
        with pytest.raises(BadToken):
            read_office_token(KEY, bent)


@given(st.text(max_size=80))
def test_no_other_text_is_a_mailed_link(words: str) -> None:
    with pytest.raises(BadToken):
        read_office_token(KEY, words)


def test_links_of_one_kind_are_none_of_the_other() -> None:
    with pytest.raises(BadToken):
        read_office_token(KEY, TOKEN)
    with pytest.raises(BadToken):
        read_media_token(KEY, OFFICE)
    said = OFFICE.split(".")[0].replace("x", "")
    with pytest.raises(BadToken):
        read_office_token(KEY, said + "." + TOKEN.split(".")[1])


def test_each_mail_renews_its_links_and_none_is_for_two_things() -> None:
    links = Links("https://fasttrack.example/", KEY)
    first = links.office_url(42, "resolve", 7, NOW)
    assert first.startswith("https://fasttrack.example/office/")
    assert read_office_token(KEY, first.rsplit("/", 1)[1]).expires_at == NOW + OFFICE_LIFE
    others = {
        links.office_url(42, "resolve", 7, NOW + timedelta(seconds=1)),
        links.office_url(42, "ask", 7, NOW),
        links.office_url(42, "resolve", 8, NOW),
        links.office_url(43, "resolve", 7, NOW),
    }
    assert len(others - {first}) == 4


def test_a_form_belongs_to_its_page() -> None:
    form = sign_form(KEY, OFFICE)
    assert form != sign_form(KEY, OFFICE)
    assert read_form(KEY, OFFICE, form) == form.split(".")[0]
    for token, other in ((OFFICE + "x", form), (OFFICE, form[:-1]), (OFFICE, ""), (OFFICE, "A" * 22 + form[22:])):
        with pytest.raises(BadToken):
            read_form(KEY, token, other)
