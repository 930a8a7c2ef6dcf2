"""`# METADATA` blocks: YAML in the comments above a package or a rule (Open Policy Agent, "Annotations")."""

from __future__ import annotations

import re
from typing import Any

import yaml

from reprieve.policy.engine import RegoError

Annotations = dict[str, Any]

_START = re.compile(r"^#\s*METADATA\s*$")
_COMMENT = re.compile(r"^#\s?(.*)$")


def annotations_of(path: str, text: str) -> dict[int, Annotations]:
    """Each block by the number of the line that it stands above: the next that is neither blank nor comment.

    Errors: `RegoError` where a block is not a YAML mapping.
    """
    found: dict[int, Annotations] = {}
    if "METADATA" not in text:
        return found
    lines = text.splitlines()
    number = 0
    while number < len(lines):
        if not _START.match(lines[number]):
            number += 1
            continue
        start = number = number + 1
        block: list[str] = []
        while number < len(lines) and (comment := _COMMENT.match(lines[number])):
            block.append(comment[1])
            number += 1
        target = number
        while target < len(lines) and (not lines[target].strip() or lines[target].startswith("#")):
            target += 1
        found[target + 1] = {**_mapping(path, block, start), **found.get(target + 1, {})}
    return found


def _mapping(path: str, block: list[str], start: int) -> Annotations:
    try:
        data = yaml.load("\n".join(block), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = start + 1 + (mark.line if mark else 0)
        raise RegoError(f"METADATA is not YAML: {getattr(error, 'problem', error)}", path, line) from None
    if not isinstance(data, dict):
        raise RegoError("METADATA is not a mapping of keys to values", path, start)
    return data
