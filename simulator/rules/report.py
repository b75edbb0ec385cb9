"""What LINE would say against a request: problems found, each with the place, worded in LINE's two manners.

LINE names places in a request body as `messages[0].text`, but inside Flex and template objects as
`/body/contents/0/text`, under another headline; both are rendered from the same path here.
"""

from dataclasses import dataclass, field
from typing import Any

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Report:
    """Problems of one request. `plain_media` lets media URLs of this machine go without TLS (demo only)."""

    plain_media: bool = False
    problems: list[tuple[Path, str]] = field(default_factory=list)
    inside: dict[int, list[tuple[Path, str]]] = field(default_factory=dict)

    def add(self, path: Path, problem: str) -> None:
        self.problems.append((path, problem))

    def add_inside(self, message_index: int, problems: list[tuple[Path, str]]) -> None:
        """Problems inside the Flex or template object of one message; their paths start there."""
        if problems:
            self.inside[message_index] = problems

    def as_body(self) -> dict[str, Any] | None:
        """LINE's error body; None when there is nothing to say."""
        if self.problems:
            return {
                "message": f"The request body has {len(self.problems)} error(s)",
                "details": [{"message": said, "property": dotted(path)} for path, said in self.problems],
            }
        for index, problems in sorted(self.inside.items()):
            return {
                "message": f"A message (messages[{index}]) in the request body is invalid",
                "details": [{"message": said, "property": pointer(path)} for path, said in problems],
            }
        return None


def dotted(path: Path) -> str:
    """messages[0].text"""
    written = ""
    for part in path:
        written += f"[{part}]" if isinstance(part, int) else f".{part}" if written else part
    return written


def pointer(path: Path) -> str:
    """/body/contents/0/text"""
    return "/" + "/".join(str(part) for part in path)
