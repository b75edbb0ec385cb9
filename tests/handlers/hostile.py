"""Makes webhooks that nobody should send: valid events bent, emptied, blown up and poisoned, from a seed."""

import copy
import json
import random
from collections.abc import Callable
from typing import Any

from tests.handlers.door import Event, again, body_of, group, make_event, make_message, person

PEOPLE, GROUPS = 24, 4
ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    2**31,
    2**63,
    10**400,
    1.5,
    1e308,
    float("nan"),
    float("-inf"),
    "",
    " ",
    "\x00",
    "\ud800",
    "\u202e",
    "x" * 300,
    "ก้" * 3000,
    "9" * 2000,
    [],
    {},
    [None],
    [[[[]]]],
    {"type": "user"},
    {"": ""},
    ["text"],
)
POISON = (
    "\x00",
    "\x07",
    "\x1b[31m",
    "\ud83d",
    "\udfff",
    "\u2028",
    "\u200b",
    "\ufffe",
    "\u0e49" * 40,
    "{0}{x}",
    "%s%n",
)
WORDS = (
    "ไฟถนนดับทั้งซอย มืดมาก",
    "น้ำท่วมขังหน้าบ้าน รถผ่านไม่ได้ และขยะก็ไม่มีคนเก็บ",
    "ซอยประชาสงเคราะห์ 5 เขตดินแดง",
    "10400",
    "0812345678",
    "๐๘๑-๒๓๔ ๕๖๗๘",
    "ใช่",
    "ไม่ใช่",
    "ไม่มี",
    "ยืนยัน",
    "แจ้งเรื่อง",
    "ติดตามเรื่อง",
    "ยกเลิก",
    "ย้อนกลับ",
    "เริ่มใหม่",
    "english",
    "ไทย",
    "FT6911-00001",
    "FT6911-00001 เสร็จแล้วครับ",
    "FT6911-99999999999999999999 เสร็จ",
    "รับทราบครับ พรุ่งนี้ส่งช่าง",
    "นัดวันที่ ๓๑ กุมภาพันธ์ 2570 เวลา 25.61 น.",
    "งานค้าง",
    "ช่วยเหลือ",
    "ผูกกลุ่ม ABCDEFGH",
    "มีคนโดนไฟดูด หายใจไม่ออก",
    "😀👨‍👩‍👧‍👦🇹🇭",
    "a",
)
LONG = (
    "ก",
    "เ",
    "้",
    "ซ.",
    "เขต",
    "FT",
    "1",
    "๑",
    " ",
    "\n",
    "ๆ",
    "(",
    "5/11/",
    "วันที่ 1 ",
    "ไม่",
    "เสร็จ",
    "e\u0301",
    "a@b.",
)
DATA = (
    "m:report",
    "m:track",
    "m:human",
    "m:english",
    "m:cancel",
    "m:restart",
    "m:back",
    "m:nothing",
    "c:1:show",
    "c:1:add",
    "c:1:closure:no",
    "c:99999999999999999:show",
    "c:๑:show",
    "g:1:acknowledge",
    "g:1:start",
    "g:1:promise:2026-02-31",
    "g:1:resolve",
    "g:1:undo:1",
    "g:1:ask_send:x",
    "g:1:photo:1",
    "g:1:card",
    "g:0:card",
    "f:0:place:x",
    "f::::",
    "::::",
)


class Hostile:
    """An endless, repeatable supply of bodies; `run_of` gives the run of a person's open conversation."""

    def __init__(self, seed: int, run_of: Callable[[str], str]) -> None:
        self._random = random.Random(seed)
        self._run_of = run_of
        self._earlier: list[Event] = []

    def make_body(self) -> bytes:
        """One webhook body."""
        events: list[Any] = [self.make_event() for _ in range(self._random.choice((1, 1, 1, 2, 4)))]
        if self._random.random() < 0.05:
            events.insert(0, self._random.choice(ODD))
        body = body_of(events)
        return self._break(body) if self._random.random() < 0.1 else body

    def make_event(self) -> Event:
        """One event: come again, bent in up to four places, or as it should be."""
        chance = self._random.random()
        if self._earlier and chance < 0.1:
            return again(self._random.choice(self._earlier))
        event = copy.deepcopy(self._make_valid())
        if chance < 0.6:
            for _ in range(self._random.choice((1, 1, 1, 2, 4))):
                self._bend(event)
        self._earlier = [*self._earlier[-50:], event]
        return event

    def _make_valid(self) -> Event:
        pick = self._random
        person_id = person(pick.randint(1, PEOPLE))
        chat = pick.choice((person_id, person_id, group(pick.randint(1, GROUPS))))
        kind = pick.choice(("text", "text", "text", "media", "place", "tap", "sticker", "event"))
        if kind == "text":
            return make_message("text", chat, text=self._write(), quotedMessageId=pick.choice(("", "quoted", "x")))
        if kind == "media":
            parts: dict[str, Any] = {"contentProvider": {"type": pick.choice(("line", "external"))}}
            parts |= {"imageSet": {"id": "A", "index": pick.randint(0, 12), "total": pick.randint(0, 12)}}
            parts |= {"duration": 5000, "fileName": "a.pdf", "fileSize": 3}
            return make_message(pick.choice(("image", "image", "video", "audio", "file")), chat, **parts)
        if kind == "place":
            at = {"latitude": pick.uniform(-95, 95), "longitude": pick.uniform(-190, 190)}
            near = {"latitude": pick.uniform(13.5, 13.9), "longitude": pick.uniform(100.3, 100.9)}
            return make_message("location", chat, address=self._write(), **pick.choice((at, near, near)))
        if kind == "tap":
            steps = (
                "category",
                "place_ok",
                "photos",
                "phone",
                "name",
                "review",
                "edit",
                "back",
                "resume",
                "whose",
            )
            value = pick.choice(("yes", "no", "done", "none", "hidden", "place", "page1", "lighting", "", "0", "-1"))
            mine = f"f:{self._run_of(person_id)}:{pick.choice(steps)}:{value}"
            return make_event("postback", chat, postback={"data": pick.choice((mine, mine, pick.choice(DATA)))})
        if kind == "sticker":
            return make_message("sticker", chat, packageId="446", stickerId="1988", keywords=["ok", "thumbs up"])
        name, parts = pick.choice(
            (
                ("follow", {"follow": {"isUnblocked": False}}),
                ("unfollow", {}),
                ("join", {}),
                ("leave", {}),
                ("unsend", {"unsend": {"messageId": "500000000000000001"}}),
                ("memberJoined", {"joined": {"members": [{"type": "user", "userId": person_id}]}}),
                ("messageEdited", {"message": {"id": "5", "type": "text", "text": self._write()}}),
                ("accountLink", {"link": {"result": "ok", "nonce": "n"}}),
                ("hologram", {"hologram": {"depth": 3}}),
            )
        )
        return make_event(name, chat, **parts)

    def _write(self) -> str:
        if self._random.random() < 0.08:
            piece = self._random.choice(LONG)
            return piece * (self._random.choice((600, 5000, 12_000)) // len(piece))
        return " ".join(self._random.sample(WORDS, self._random.choice((1, 1, 1, 2, 3))))

    def _bend(self, event: Event) -> None:
        """Change one spot, anywhere in the event."""
        spots = [(event, key) for key in event]
        for holder in (event.get(name) for name in ("source", "message", "postback", "deliveryContext", "joined")):
            if isinstance(holder, dict):
                spots += [(holder, key) for key in holder] * 2
        holder, key = self._random.choice(spots)
        value, how = holder[key], self._random.randint(0, 5)
        if how == 0:
            del holder[key]
        elif how == 1 or (how in (2, 3) and not isinstance(value, str)):
            holder[key] = copy.deepcopy(self._random.choice(ODD))
        elif how == 2:
            place = self._random.randint(0, len(value))
            holder[key] = value[:place] + self._random.choice(POISON) + value[place:]
        elif how == 3:
            holder[key] = value * self._random.choice((2, 50, 500))
        elif how == 4:
            holder[key + self._random.choice(("", "\x00", "X"))] = {"deep": [value] * 3}
        else:
            holder[self._random.choice(("text", "type", "id", "userId", "extra\ud800"))] = self._random.choice(ODD)

    def _break(self, body: bytes) -> bytes:
        """A body that is wrong as bytes."""
        pick, place = self._random, self._random.randint(0, len(body))
        return pick.choice(
            (
                body[:place],
                body[:place] + bytes([pick.randint(0, 255)]) + body[place:],
                body[:place] + b"\xff\xfe" + body[place:],
                body.replace(b'"type"', b'"type":"message","type"'),
                body.replace(b"{", b'{"deep":' + b"[" * 1200 + b"]" * 1200 + b",", 2),
                body.replace(b"17", b"9" * 4400 + b"17"),
                body.replace(b"}", b",}", 1),
                json.dumps(pick.choice(ODD)).encode(),
                body * 2,
                body.decode("utf-8", "replace").encode("utf-16"),
            )
        )
