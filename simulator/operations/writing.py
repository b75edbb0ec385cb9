"""What people send to the bot: every kind of message, edits, unsends, and any event at all."""

from collections.abc import Sequence
from typing import Any, Unpack

from simulator.operations.base import OperationsBase
from simulator.operations.samples import TINY_AUDIO, TINY_JPEG, TINY_VIDEO
from simulator.outcomes import EventOptions, Mention, Outcome
from simulator.phones import writing
from simulator.phones.chats import get_chat, get_line
from simulator.state.screens import Media
from simulator.webhook.courier import as_outcome
from simulator.webhook.events import Draft, make_event


class WritingOperations(OperationsBase):
    """Messages from people."""

    async def say(
        self,
        chat: str,
        text: str,
        *,
        quotes: str | None = None,
        mentions: Sequence[Mention] = (),
        emojis: Sequence[dict[str, Any]] = (),
        **options: Unpack[EventOptions],
    ) -> Outcome:
        """A text; `quotes` is the id of the message it replies to."""
        record = writing.say(
            self.platform, chat, text, quotes=quotes, mentions=mentions, emojis=emojis, options=options
        )
        return await self._send(record, options)

    async def send_image(
        self,
        chat: str,
        data: bytes = TINY_JPEG,
        *,
        content_type: str = "image/jpeg",
        external_url: str | None = None,
        image_set: dict[str, Any] | None = None,
        **options: Unpack[EventOptions],
    ) -> Outcome:
        """A photo; with `external_url` one that LINE does not keep (sent by a LIFF app)."""
        content = _provided(external_url)
        if image_set is not None:
            content["imageSet"] = image_set
        media = None if external_url else Media(data, content_type)
        return await self._send(writing.post(self.platform, chat, "image", content, options, media=media), options)

    async def send_album(
        self,
        chat: str,
        images: Sequence[bytes],
        *,
        order: Sequence[int] | None = None,
        numbered: bool = True,
        together: bool = False,
        **options: Unpack[EventOptions],
    ) -> list[Outcome]:
        """Several photos at once: one event each, in any `order` (0-based), sharing an imageSet id."""
        set_id = self.platform.ids.image_set_id()
        records = []
        for index in range(len(images)) if order is None else order:
            image_set: dict[str, Any] = {"id": set_id}
            if numbered:
                image_set |= {"index": index + 1, "total": len(images)}
            content = {**_provided(None), "imageSet": image_set}
            media = Media(images[index], "image/jpeg")
            records.append(writing.post(self.platform, chat, "image", content, options, media=media))
        if together:
            await self._carry(records, options)
            return [as_outcome(record) for record in records]
        return [await self._send(record, options) for record in records]

    async def send_video(
        self,
        chat: str,
        data: bytes = TINY_VIDEO,
        *,
        duration_ms: int = 5000,
        content_type: str = "video/mp4",
        ready_after: int = 0,
        **options: Unpack[EventOptions],
    ) -> Outcome:
        """A video; the bot gets 202 for its content `ready_after` times, for ever with -1."""
        content = {"duration": duration_ms, **_provided(None)}
        media = Media(data, content_type, ready_after)
        return await self._send(writing.post(self.platform, chat, "video", content, options, media=media), options)

    async def send_audio(
        self,
        chat: str,
        data: bytes = TINY_AUDIO,
        *,
        duration_ms: int = 3000,
        content_type: str = "audio/m4a",
        ready_after: int = 0,
        **options: Unpack[EventOptions],
    ) -> Outcome:
        """A voice message."""
        content = {"duration": duration_ms, **_provided(None)}
        media = Media(data, content_type, ready_after)
        return await self._send(writing.post(self.platform, chat, "audio", content, options, media=media), options)

    async def send_file(self, chat: str, name: str, data: bytes, **options: Unpack[EventOptions]) -> Outcome:
        """A file of any kind."""
        content = {"fileName": name, "fileSize": len(data)}
        media = Media(data, "application/octet-stream")
        return await self._send(writing.post(self.platform, chat, "file", content, options, media=media), options)

    async def send_location(
        self,
        chat: str,
        latitude: float,
        longitude: float,
        *,
        title: str | None = None,
        address: str | None = None,
        **options: Unpack[EventOptions],
    ) -> Outcome:
        """A place from LINE's location picker."""
        content: dict[str, Any] = {}
        if title is not None:
            content["title"] = title
        if address is not None:
            content["address"] = address
        content |= {"latitude": latitude, "longitude": longitude}
        return await self._send(writing.post(self.platform, chat, "location", content, options), options)

    async def send_sticker(
        self,
        chat: str,
        package_id: str = "446",
        sticker_id: str = "1988",
        *,
        resource_type: str = "STATIC",
        keywords: Sequence[str] = (),
        text: str | None = None,
        quotes: str | None = None,
        **options: Unpack[EventOptions],
    ) -> Outcome:
        """A sticker."""
        content: dict[str, Any] = {
            "packageId": package_id,
            "stickerId": sticker_id,
            "stickerResourceType": resource_type,
        }
        if keywords:
            content["keywords"] = list(keywords)
        if text is not None:
            content["text"] = text
        record = writing.send_sticker(self.platform, chat, content, quotes=quotes, options=options)
        return await self._send(record, options)

    async def edit(self, message_id: str, text: str, **options: Unpack[EventOptions]) -> Outcome:
        """Change a text in a group: messageEdited."""
        return await self._send(writing.edit(self.platform, message_id, text, options), options)

    async def unsend(self, message_id: str, **options: Unpack[EventOptions]) -> Outcome:
        """Take a message back."""
        return await self._send(writing.unsend(self.platform, message_id, options), options)

    async def send_event(
        self,
        chat: str | None,
        type: str,
        payload: dict[str, Any] | None = None,
        *,
        reply_token: bool = True,
        **options: Unpack[EventOptions],
    ) -> Outcome:
        """Any event, known to LINE or not, with `payload` merged into it."""
        found = None if chat is None else get_chat(self.platform, chat)
        actor = options.get("by")
        if found is not None and found.kind == "user":
            actor = found.chat_id
        draft = Draft(type, payload or {}, actor, answerable=reply_token)
        return await self._send(make_event(self.platform, found, draft, options), options)

    async def expire_content(self, message_id: str) -> None:
        """LINE clears old bytes at a time it does not tell: content is 404 from now on."""
        self.platform.screens.drop_media(get_line(self.platform, message_id))


def _provided(external_url: str | None) -> dict[str, Any]:
    if external_url is None:
        return {"contentProvider": {"type": "line"}}
    return {
        "contentProvider": {
            "type": "external",
            "originalContentUrl": external_url,
            "previewImageUrl": external_url,
        }
    }
