"""Globs as bmatcuk/doublestar, version 4, documents them: `*` and `?` stop at a slash, `**` is components."""

from __future__ import annotations

import functools
import re


def matches(pattern: str, path: str) -> bool:
    """Whether the whole path is one that the pattern describes."""
    return _matches(tuple(pattern.split("/")), tuple(path.split("/")))


def _matches(pattern: tuple[str, ...], path: tuple[str, ...]) -> bool:
    if not pattern:
        return not path
    if pattern[0] == "**":
        return any(_matches(pattern[1:], path[index:]) for index in range(len(path) + 1))
    return (
        bool(path)
        and _component(pattern[0]).fullmatch(path[0]) is not None
        and _matches(pattern[1:], path[1:])
    )


@functools.cache
def _component(pattern: str) -> re.Pattern[str]:
    found, index = "", 0
    while index < len(pattern):
        char = pattern[index]
        if char == "\\":
            index += 1
            found += re.escape(pattern[index])
        else:
            found += {"*": ".*", "?": "."}.get(char) or re.escape(char)
            assert char not in "[]{}", f"not escaped in {pattern}"
        index += 1
    return re.compile(found, re.DOTALL)
