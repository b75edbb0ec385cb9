"""The bytes people sent: ready, still being prepared (202), unknown (404), or taken back (410)."""

from simulator.protocol.calls import Answer, Call, Refused
from simulator.state.platform import Platform
from simulator.state.screens import BOT, Line, Media

PREVIEWED = ("image", "video")
PREPARED = ("video", "audio")


def get_content(platform: Platform, call: Call, message_id: str) -> Answer:
    line, media = _get_media(platform, message_id)
    if line.kind in PREPARED and media.waits != 0:
        media.waits -= 1 if media.waits > 0 else 0
        return Answer(202, b"", content_type="application/octet-stream")
    return Answer(body=media.data, content_type=media.content_type)


def get_preview(platform: Platform, call: Call, message_id: str) -> Answer:
    """A smaller picture at LINE; here the picture itself, which is as good for whoever asks."""
    line, media = _get_media(platform, message_id)
    if line.kind not in PREVIEWED:
        raise Refused(404, "not found")
    if line.kind == "video" and media.waits != 0:
        return Answer(202, b"", content_type="application/octet-stream")
    return Answer(body=media.data, content_type="image/jpeg")


def get_transcoding(platform: Platform, call: Call, message_id: str) -> Answer:
    line, media = _get_media(platform, message_id)
    if line.kind not in PREPARED:
        raise Refused(400, "Transcoding status doesn't support this type of content")
    status = "succeeded" if media.waits == 0 else "failed" if media.waits < 0 else "processing"
    if media.waits > 0:
        media.waits -= 1
    return Answer(body={"status": status})


def _get_media(platform: Platform, message_id: str) -> tuple[Line, Media]:
    line = platform.screens.find(message_id)
    if line is None or line.by == BOT:
        raise Refused(404, "not found")
    if line.unsent:
        raise Refused(410, "The content is gone")
    if line.media is None:
        raise Refused(404, "not found")
    return line, line.media
