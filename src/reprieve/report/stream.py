"""JSON that is written as it is made: a million findings never stand in memory as text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TextIO

import msgspec

_ENCODER = msgspec.json.Encoder()
_PORTION = 256
"""Items that are text at once."""


def encode(value: object) -> str:
    """The value as JSON, on one line."""
    try:
        return _ENCODER.encode(value).decode()
    except UnicodeEncodeError:  # a file name that is not UTF-8 arrives with lone surrogates
        text = json.dumps(msgspec.to_builtins(value), ensure_ascii=False)
        return text.encode(errors="replace").decode()


def write_array(out: TextIO, items: Iterable[object]) -> None:
    """Writes a JSON array, one item on each line."""
    out.write("[")
    separator = "\n"
    remaining = iter(items)
    while portion := list(islice(remaining, _PORTION)):
        out.write(separator + _joined(portion))
        separator = ",\n"
    out.write("\n]")


def _joined(items: Sequence[object]) -> str:
    try:
        return b",\n".join(map(_ENCODER.encode, items)).decode()
    except UnicodeEncodeError:
        return ",\n".join(map(encode, items))
