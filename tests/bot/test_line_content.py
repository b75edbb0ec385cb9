"""LINE's content server, with everything it is known to answer, and some of what only breaks."""

import pytest

from bot.content_answers import Answer, Content, Gone, NotReady, TooBig, TryLater
from bot.line_content import LineContent
from simulator.running import RunningSimulator

PHOTO = b"\xff\xd8" + bytes(range(256)) * 400


@pytest.fixture
def citizen(line: RunningSimulator) -> str:
    return line.add_user("Nid")


@pytest.fixture
def content(line: RunningSimulator) -> LineContent:
    return LineContent(line.base_url + "/", line.access_token, max_bytes=200_000)


def read(answer: Answer) -> bytes | None:
    """The bytes where they came; None where they did not."""
    if not isinstance(answer, Content):
        return None
    with answer.file:
        data = answer.file.read()
    assert len(data) == answer.size
    return data


def sent(message_id: str | None) -> str:
    assert message_id is not None
    return message_id


def test_a_message_line_does_not_know(content: LineContent) -> None:
    assert content.fetch("999") == Gone("not_found")
    assert isinstance(content.fetch("../../../v2/bot/info"), Gone | TryLater)


def test_a_message_taken_back(line: RunningSimulator, citizen: str, content: LineContent) -> None:
    message = sent(line.send_image(citizen, PHOTO).message_id)
    line.unsend(message)
    assert content.fetch(message) == Gone("taken_back")


def test_content_that_line_has_cleared_away(line: RunningSimulator, citizen: str, content: LineContent) -> None:
    message = sent(line.send_image(citizen, PHOTO).message_id)
    line.expire_content(message)
    assert content.fetch(message) == Gone("not_found")


def test_a_video_that_is_still_being_prepared(line: RunningSimulator, citizen: str, content: LineContent) -> None:
    message = sent(line.send_video(citizen, PHOTO, ready_after=3).message_id)
    assert content.fetch(message) == NotReady()
    assert any(read(content.fetch(message)) == PHOTO for _ in range(3))


def test_a_video_that_line_could_not_prepare(line: RunningSimulator, citizen: str, content: LineContent) -> None:
    message = sent(line.send_video(citizen, PHOTO, ready_after=-1).message_id)
    assert content.fetch(message) == Gone("not_prepared")


def test_more_than_we_take(line: RunningSimulator, citizen: str) -> None:
    message = sent(line.send_image(citizen, PHOTO).message_id)
    small = LineContent(line.base_url, line.access_token, max_bytes=1000)
    assert small.fetch(message) == TooBig(1000)


@pytest.mark.parametrize("kind", ["error", "rate_limit", "drop", "lost"])
def test_trouble_that_passes(line: RunningSimulator, citizen: str, content: LineContent, kind: str) -> None:
    message = sent(line.send_image(citizen, PHOTO).message_id)
    line.add_fault("content", kind)  # type: ignore[arg-type]
    assert isinstance(content.fetch(message), TryLater)
    assert read(content.fetch(message)) == PHOTO


def test_nobody_there(line: RunningSimulator, citizen: str, content: LineContent) -> None:
    message = sent(line.send_image(citizen, PHOTO).message_id)
    line.refuse_connections()
    assert isinstance(content.fetch(message), TryLater)
    line.accept_connections()
    assert read(content.fetch(message)) == PHOTO


def test_a_token_that_was_revoked_loses_nothing(line: RunningSimulator, citizen: str, content: LineContent) -> None:
    message = sent(line.send_image(citizen, PHOTO).message_id)
    line.revoke_access_token()
    assert content.fetch(message) == TryLater("HTTP 401")


def test_a_photo_comes_whole(line: RunningSimulator, citizen: str, content: LineContent) -> None:
    message = sent(line.send_image(citizen, PHOTO).message_id)
    assert read(content.fetch(message)) == PHOTO
    assert line.refusals == []


def test_a_long_video_comes_whole(line: RunningSimulator, citizen: str) -> None:
    film = bytes(range(256)) * 50_000
    message = sent(line.send_video(citizen, film).message_id)
    content = LineContent(line.base_url, line.access_token, max_bytes=200_000_000)
    assert read(content.fetch(message)) == film
