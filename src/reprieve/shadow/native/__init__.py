"""Native formats: one module each. What a file is, is told by its name, or by a cue in its text."""

from __future__ import annotations

import fnmatch
import functools
import re
from collections.abc import Mapping
from typing import cast

from reprieve.shadow.interface import Native
from reprieve.shadow.native import trivyignore

NATIVES: Mapping[str, Native] = {
    "trivyignore": cast(Native, trivyignore),
}
"""Every format."""

NATIVE_CUES: Mapping[str, tuple[str, ...]] = {
    cue: tuple(name for name, native in NATIVES.items() if cue in native.CUES)
    for native in NATIVES.values()
    for cue in native.CUES
}
"""Cue -> the formats that it may be of."""


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile("|".join(f"(?:.*/)?{fnmatch.translate(one)}" for one in native.NAMES)))
        for name, native in NATIVES.items()
        if native.NAMES
    )


@functools.cache
def _any() -> re.Pattern[str]:
    names = [one for native in NATIVES.values() for one in native.NAMES]
    return re.compile("|".join(f"(?:.*/)?(?:{fnmatch.translate(one)})" for one in names))


def named(name: str) -> tuple[str, ...]:
    """The formats whose files are called so; `name` is relative to the repository, `/`-separated."""
    lower = name.lower()
    if not _any().match(lower):
        return ()
    return tuple(format_ for format_, pattern in _patterns() if pattern.match(lower))
