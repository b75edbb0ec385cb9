"""What was compiled of pages for one application serves for every other.

Each test has an application of its own, and each would compile its addresses and every template it shows anew: most of
what a test of the console took. In service there is one application, which compiles each of them once.
"""

from collections.abc import Callable
from types import CodeType
from typing import Any

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule


def share_compiled_pages(patch: pytest.MonkeyPatch) -> None:
    """From now on, in this process."""
    patch.setattr(Flask, "jinja_options", Flask.jinja_options | {"bytecode_cache": _Kept()})
    compile_address: Any = Rule._compile_builder
    kept: dict[Any, Callable[..., tuple[str, str]]] = {}

    def compile_once(rule: Any, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        if rule.defaults:  # then it depends on more than the address
            return compile_address(rule, append_unknown)  # type: ignore[no-any-return]
        told = (rule.rule, tuple(rule._trace), append_unknown)
        if told not in kept:
            kept[told] = compile_address(rule, append_unknown)
        return kept[told]

    patch.setattr(Rule, "_compile_builder", compile_once)


class _Kept(BytecodeCache):
    """Compiled templates, by where they lie and what they say."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is kept."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        assert bucket.code is not None
        self._codes[bucket.key, bucket.checksum] = bucket.code
