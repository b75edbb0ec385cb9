"""What a browser is shown: each thing of the platform as one whole view, as simulator/browser/README.md lists them."""

from itertools import islice
from typing import Any

from simulator.phones.writing import QUOTABLE
from simulator.rules.messages import QUOTABLE as QUOTABLE_OF_BOT
from simulator.state.events import EventRecord
from simulator.state.people import Chat, User
from simulator.state.platform import Platform
from simulator.state.screens import BOT, LINE, Line
from simulator.state.wire import WireEntry
from simulator.stories.player import Player
from simulator.stories.script import Step

EVENTS = 100
WIRE = 200
View = dict[str, Any]


class Snapshot:
    """Makes views of one platform and of the story that is played on it."""

    def __init__(self, platform: Platform, player: Player, own_address: str = "") -> None:
        self._platform = platform
        self._player = player
        self._own_address = own_address

    def whole(self, number: int) -> View:
        """Everything at once."""
        platform = self._platform
        channel = platform.channel
        return {
            "n": number,
            "account": {
                "user_id": channel.bot_user_id,
                "basic_id": channel.basic_id,
                "name": channel.name,
                "own_address": self._own_address,
            },
            "people": [self.person(user) for user in platform.users.values()],
            "chats": [
                {**self.chat(chat), "lines": [self.line(line) for line in chat.lines]}
                for chat in platform.chats.values()
            ],
            "menus": self.menus(),
            "director": self.director(),
            "events": [self.event(record) for record in platform.events.list_newest(EVENTS)],
            "wire": [self.wire(entry) for entry in list(islice(reversed(platform.wire.entries), WIRE))[::-1]],
            "stories": self.stories(),
            "notes": platform.notes,
        }

    def person(self, user: User) -> View:
        menu = self._platform.rich_menus.find_shown(user.rich_menu_id)
        return {
            "user_id": user.user_id,
            "name": user.name,
            "about": user.about,
            "part": user.part,
            "language": user.language,
            "friend": user.friend,
            "blocked": user.blocked,
            "consented": user.consented,
            "rich_menu_id": menu.rich_menu_id if menu else None,
        }

    def chat(self, chat: Chat) -> View:
        quick = chat.quick_reply
        return {
            "chat": chat.chat_id,
            "kind": chat.kind,
            "name": chat.name,
            "about": chat.about,
            "members": chat.members,
            "bot_in": chat.bot_in,
            "quick_reply": {"message_id": quick[0], "items": quick[1]} if quick else None,
            "loading_seconds": max(0.0, round(chat.loading_until - self._platform.clock.now(), 1)),
            "seen": chat.seen,
        }

    def line(self, line: Line) -> View:
        quotable = QUOTABLE_OF_BOT if line.by == BOT else QUOTABLE
        return {
            "message_id": line.message_id,
            "chat": line.chat,
            "by": line.by,
            "kind": line.kind,
            "message": line.message,
            "at": int(line.at * 1000),
            "unsent": line.unsent,
            "edited": line.edited,
            "quotes": self._find_quoted(line),
            "quotable": line.by != LINE and line.kind in quotable and not line.unsent,
            "way": line.endpoint,
            "silent": line.silent,
            "read": line.read,
            "media": _view_media(line),
        }

    def menus(self) -> View:
        menus = self._platform.rich_menus
        return {
            "default_id": menus.default_id,
            "menus": {
                menu.rich_menu_id: {**menu.as_answer(), "has_image": menu.image is not None}
                for menu in menus.menus.values()
            },
        }

    def director(self) -> View:
        platform, director = self._platform, self._platform.director
        now = platform.clock.now()
        return {
            "now": int(now * 1000),
            "offset": platform.clock.offset(),
            "troubles": [
                trouble
                for trouble, fault_id in director.troubles.items()
                if not fault_id or platform.faults.is_on(fault_id)
            ],
            "quota": {"limit": platform.quota.limit, "used": platform.quota.used(now)},
            "redelivery": platform.channel.redelivery,
            "standby": director.standby,
            "holding": len(director.held),
            "hold_on": director.holding,
            "turning": None
            if director.turning is None
            else {"began": int(director.turning.began * 1000), "until": int(director.turning.until * 1000)},
        }

    def event(self, record: EventRecord) -> View:
        return {
            "event_id": record.event_id,
            "type": record.event["type"],
            "chat": record.chat,
            "at": int(record.at * 1000),
            "status": record.status,
            "error": record.error,
            "attempts": record.attempts,
            "seconds": round(record.seconds, 3),
            "event": record.event,
        }

    def wire(self, entry: WireEntry) -> View:
        return {
            "request_id": entry.request_id,
            "at": int(entry.at * 1000),
            "method": entry.method,
            "path": entry.path,
            "endpoint": entry.endpoint,
            "status": entry.status,
            "body": entry.body,
            "answer": entry.answer,
            "refused": entry.refused,
            "fault": entry.fault,
            "seconds": round(entry.seconds, 3),
        }

    def stories(self) -> View:
        return {
            "stories": [
                {"story": story.name, "title": story.title, "about": story.about, "steps": len(story.steps)}
                for story in self._player.stories.values()
            ],
            "playing": self._view_playing(),
        }

    def _view_playing(self) -> View | None:
        playing = self._player.playing
        if playing is None:
            return None
        begun, following = playing.begun, playing.following
        return {
            "story": playing.story.name,
            "step": playing.step,
            "steps": len(playing.story.steps),
            "said": begun.said if begun else None,
            "next": following.said if following else None,
            "look": _view_place(begun) if begun else None,
            "status": playing.status,
            "auto": playing.auto,
            "error": playing.error,
            "problem": playing.problem,
        }

    def _find_quoted(self, line: Line) -> str | None:
        if line.by != BOT:
            quoted: str | None = line.message.get("quotedMessageId")
            return quoted
        token = line.message.get("quoteToken")
        found = self._platform.screens.find_by_quote_token(token) if isinstance(token, str) else None
        return found.message_id if found else None


def _view_place(step: Step) -> View:
    return {"person": step.person, "chat": step.chat}


def _view_media(line: Line) -> View | None:
    if line.media is None:
        return None
    url = f"/simulator/media/{line.message_id}"
    return {
        "url": url,
        "preview_url": f"{url}/preview" if line.kind == "image" else None,
        "content_type": line.media.content_type,
        "bytes": len(line.media.data),
    }
