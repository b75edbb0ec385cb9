"""A small language for tables of properties: which there are, which must be, and what each may hold.

The tables that use it (actions, Flex, templates, messages, rich menus) read like LINE's reference, and a test
holds them against LINE's published schema.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.rules.lengths import count_graphemes, has_half_pair, utf16_length
from simulator.rules.report import Path, Report

Scalar = Callable[[Any], str | None]  # the problem with a value, or None
Across = Callable[[dict[str, Any], Path, Report], None]  # a rule over several properties of one object


@dataclass(frozen=True, slots=True)
class Deep:
    """A rule that looks inside its value and reports for itself."""

    run: Callable[[Any, Path, Report], None]


Rule = Scalar | Deep


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of object. Unknown properties are refused, as LINE does in Flex; a null counts as absent."""

    properties: Mapping[str, Rule]
    required: tuple[str, ...] = ()
    across: tuple[Across, ...] = field(default=())
    missing: str = "must be specified"


def examine(value: Any, shape: Shape, path: Path, report: Report) -> None:
    """Hold one value against a shape."""
    if not isinstance(value, dict):
        report.add(path, "invalid property")
        return
    properties = shape.properties
    for key, given in value.items():
        rule = properties.get(key)
        if rule is None:
            report.add((*path, key), "unknown field")
        elif given is None:
            continue
        elif isinstance(rule, Deep):
            rule.run(given, (*path, key), report)
        else:
            problem = rule(given)
            if problem is not None:
                report.add((*path, key), problem)
    for key in shape.required:
        if value.get(key) is None:
            report.add((*path, key), shape.missing)
    for across in shape.across:
        across(value, path, report)


def anything(value: Any) -> str | None:
    """A property whose value somebody else has looked at already, such as `type`."""
    return None


def boolean(value: Any) -> str | None:
    return None if isinstance(value, bool) else "invalid property"


def number(value: Any) -> str | None:
    return None if isinstance(value, int | float) and not isinstance(value, bool) else "invalid property"


def integer(least: int | None = None, most: int | None = None) -> Scalar:
    def rule(value: Any) -> str | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return "invalid property"
        if least is not None and value < least:
            return f"Must be greater than or equal to {least}"
        if most is not None and value > most:
            return f"Must be less than or equal to {most}"
        return None

    return rule


def text(most: int, *, least: int = 0, graphemes: bool = False, empty: str | None = None) -> Scalar:
    """Text up to a length; `empty` is what LINE says of "" where it has a sentence of its own."""

    def rule(value: Any) -> str | None:
        if not isinstance(value, str) or has_half_pair(value):
            return "invalid property"
        if value == "" and empty is not None:
            return empty
        # A text of fewer characters than the limit allows in the worst case need not be counted.
        if least <= len(value) <= most // 2:
            return None
        length = count_graphemes(value) if graphemes else utf16_length(value)
        if least <= length <= most:
            return None
        return f"Length must be between {least} and {most}"

    return rule


def one_of(*values: str) -> Scalar:
    allowed = frozenset(values)
    listed = ", ".join(values)

    def rule(value: Any) -> str | None:
        if isinstance(value, str) and value in allowed:
            return None
        return f"Must be one of the following values: [{listed}]"

    return rule


def one(shape: Shape) -> Deep:
    """An object of one shape."""
    return Deep(lambda value, path, report: examine(value, shape, path, report))


def many(rule: Rule, least: int, most: int | None) -> Deep:
    """A list, each of whose items keeps the rule."""

    def run(value: Any, path: Path, report: Report) -> None:
        if not isinstance(value, list):
            report.add(path, "invalid property")
            return
        if len(value) < least or (most is not None and len(value) > most):
            report.add(path, f"Size must be between {least} and {most}")
        for index, item in enumerate(value):
            if isinstance(rule, Deep):
                rule.run(item, (*path, index), report)
            else:
                problem = rule(item)
                if problem is not None:
                    report.add((*path, index), problem)

    return Deep(run)


def by_type(shapes: Mapping[str, Shape]) -> Deep:
    """An object whose `type` says which shape it must have."""
    listed = ", ".join(shapes)

    def run(value: Any, path: Path, report: Report) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        shape = shapes.get(kind) if isinstance(kind, str) else None
        if shape is None:
            report.add((*path, "type"), f"Must be one of the following values: [{listed}]")
        else:
            examine(value, shape, path, report)

    return Deep(run)
