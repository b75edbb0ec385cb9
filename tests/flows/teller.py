"""Somebody who tells a report to the flow itself: no chat, no database, only questions and answers."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Self

from flows import engine
from flows.answers import Answer, Setting
from flows.engine import Draft, Flow, Rejected
from flows.report import REPORT
from places.boundaries import Layer
from places.routing import Routing, route
from texts.catalog import say

NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


class Teller:
    """Holds a draft; each act gives one answer. `said` is what came back, `refused` the key of a refusal."""

    def __init__(self, flow: Flow = REPORT, *, layer: Layer | None = None, language: str = "th", **slots: Any) -> None:
        def find(lat: float | None, lng: float | None, words: str) -> Routing | None:
            return route(lat, lng, words, layer)

        self.flow = flow
        self.setting = Setting(language, NOW, "run1", find)
        self.draft = Draft(flow.name, "run1", dict(slots))
        self.said: list[dict[str, Any]] = []
        self.refused: str | None = None
        self.finished = False
        self._messages = 0

    @property
    def asked(self) -> str | None:
        """The question that is open."""
        return self.draft.asked

    @property
    def slots(self) -> dict[str, Any]:
        return self.draft.slots

    def says(self, text: str) -> Self:
        self._messages += 1
        return self._give(Answer("text", text=text, message_id=f"m{self._messages}"))

    def taps(self, step: str, value: str = "") -> Self:
        return self._give(Answer("tap", step=step, value=value))

    def pins(self, latitude: float, longitude: float, address: str = "") -> Self:
        return self._give(Answer("location", latitude=latitude, longitude=longitude, address=address))

    def sends(self, media_id: int, *, kind: str = "image", seen: int = 0, total: int = 0) -> Self:
        return self._give(Answer(kind, media_id=media_id, album_seen=seen, album_total=total))

    def edits(self, step: str) -> Self:
        return self._take(engine.edit(self.flow, self.draft, step, self.setting))

    def goes_back(self) -> Self:
        return self._take(engine.go_back(self.flow, self.draft, self.setting))

    def unsends(self, message_id: str) -> Self:
        self.draft = engine.forget(self.flow, self.draft, message_id)
        return self

    def speaks(self, language: str) -> Self:
        self.setting = replace(self.setting, language=language)
        return self._take(engine.begin(self.flow, self.draft, self.setting))

    def heard(self, key: str, **values: object) -> bool:
        """Whether one of the bubbles that came back has these words."""
        words = say(self.setting.language, key, **values)
        return any(words in (message.get("text", ""), message.get("altText", "")) for message in self.said)

    def to_review(self) -> Self:
        """Everything answered but the last look."""
        self.says("ไฟถนนดับทั้งซอย มืดมาก").says("ซอยประชาสงเคราะห์ 5 เขตดินแดง").taps("place_ok", "yes")
        self.taps("photos", "done").taps("phone", "none").taps("name", "hidden")
        assert self.asked == "review"
        return self

    def _give(self, answer: Answer) -> Self:
        self.refused = None
        try:
            return self._take(engine.advance(self.flow, self.draft, answer, self.setting))
        except Rejected as why:
            self.refused = why.key
            self.said = []
            return self

    def _take(self, outcome: engine.Outcome) -> Self:
        self.draft = Draft.from_json(self.flow.name, "run1", outcome.draft.to_json())
        self.said, self.finished = list(outcome.says), outcome.finished
        return self
