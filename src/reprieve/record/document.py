"""Markdown file ⇄ record: front matter between `---` lines, prose after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from reprieve.record import glob, yaml
from reprieve.record.model import SCOPE_KEYS, Problem, Record, id_number
from reprieve.record.terms import terms_digest

MAX_SIZE = 256 * 1024
"""Bytes; a record is a page or two of text."""
MAX_PROBLEMS = 100
"""Of form in one file; nobody reads more, and finding the line of each takes its time."""

# Control characters but tab and newline (a lone carriage return breaks the line for YAML, and not for most
# eyes), and what can turn the reading direction of a line around (Unicode TR36; CVE-2021-42574).
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]"
)

_MISLEADING = "control and bidirectional characters make a text look like another"


class Document(msgspec.Struct, frozen=True):
    """One readable record file: typed, decoded and as text."""

    path: str
    record: Record
    data: dict[str, Any]
    front: str
    body: str
    digest: str
    """The terms digest, `sha256:…`."""

    def line_of(self, *keys: str | int) -> int:
        """The 1-based line in the file of a key of the front matter."""
        return 1 + yaml.line_of(self.front, keys)

    def body_line(self, offset: int) -> int:
        """The 1-based line in the file of a line (from 0) of the body."""
        return self.front.count("\n") + 3 + offset


def parse(path: str, raw: bytes) -> Document | list[Problem]:
    """The document, or everything that keeps it from being one.

    Only form is judged here (encoding, YAML, keys, types); what the rules say of it is
    `record.lint`'s business.
    """
    try:
        text = _text(raw)
        front, body = _split(text)
        data = _front_matter(front)
        return _typed(path, data, front, body)
    except _FormError as error:
        return [
            Problem(rule=error.rule, message=message, path=path, line=line, hint=hint)
            for line, message, hint in error.details
        ]


class _FormError(Exception):
    def __init__(self, rule: str, *details: tuple[int | None, str, str | None]) -> None:
        super().__init__(rule)
        self.rule = rule
        self.details = details


def _text(raw: bytes) -> str:
    if len(raw) > MAX_SIZE:
        raise _FormError("too-large", (None, f"a record over {MAX_SIZE // 1024} KiB", None))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _FormError("encoding", (line, "not valid UTF-8", "save the file as UTF-8")) from None
    text = text.replace("\r\n", "\n")
    _refuse_characters(text)
    return text


def _refuse_characters(text: str) -> None:
    found = FORBIDDEN.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        message = f"the character U+{ord(found[0]):04X} is not allowed in a record"
        hint = "save the file without a byte-order mark" if found[0] == "\ufeff" else _MISLEADING
        raise _FormError("forbidden-character", (line, message, hint))


def _split(text: str) -> tuple[str, str]:
    if not text.startswith("---\n"):
        raise _FormError("front-matter", (1, "the file must start with a line `---`", "see the template"))
    end = text.find("\n---\n", 3)
    if end < 0:
        if not text.endswith("\n---"):
            raise _FormError("front-matter", (1, "no line `---` ends the front matter", "see the template"))
        end = len(text) - 4
    return text[4 : end + 1], text[end + 5 :]


def _front_matter(front: str) -> dict[str, Any]:
    size = len(front.encode())
    if size > yaml.MAX_SIZE:
        message = f"front matter of {size // 1024} KiB, at most {yaml.MAX_SIZE // 1024} are read"
        hint = "name what is covered by patterns (billing-*), or ask for several exceptions"
        raise _FormError("too-large", (1, message, hint))
    try:
        data = yaml.load_mapping(front)
    except yaml.YamlError as error:
        line = error.line + 1 if error.line else 1
        raise _FormError("yaml", (line, error.message, None)) from None
    return data


def _typed(path: str, data: dict[str, Any], front: str, body: str) -> Document:
    try:
        record = msgspec.convert(data, Record)
        digest = terms_digest(data, body)
    except (msgspec.ValidationError, TypeError, ValueError):
        errors = yaml.shape_errors(data, Record) or [((), "not the front matter of a record", None)]
        located = (
            (1 + yaml.line_of(front, keys), message, hint) for keys, message, hint in errors[:MAX_PROBLEMS]
        )
        raise _FormError("format", *located) from None
    _refuse_escaped(data, front)
    _refuse_patterns(record, front)
    return Document(path, record, data, front, body, digest)


def _refuse_escaped(data: dict[str, Any], front: str) -> None:
    """A YAML escape (`"\\u202e"`) brings in what the text itself may not hold."""
    if "\\" not in front:
        return
    for path, value in _strings(data, ()):
        found = FORBIDDEN.search(value)
        if found:
            message = f"an escape stands for the forbidden character U+{ord(found[0]):04X}"
            raise _FormError("forbidden-character", (1 + yaml.line_of(front, path), message, _MISLEADING))


def _refuse_patterns(record: Record, front: str) -> None:
    """Scope patterns that would take too long to compare."""
    faults = [
        (("scope", number, key, index), fault)
        for number, entry in enumerate(record.scope)
        for key in SCOPE_KEYS
        for index, pattern in enumerate(getattr(entry, key) or ())
        if (fault := glob.fault(pattern))
    ]
    if faults:
        located = (
            (1 + yaml.line_of(front, keys), f"`{keys[2]}`: {message}", hint)
            for keys, (message, hint) in faults[:MAX_PROBLEMS]
        )
        raise _FormError("pattern", *located)


def _strings(value: Any, path: yaml.KeyPath) -> Iterator[tuple[yaml.KeyPath, str]]:
    """Every text in the front matter of a record, and where it is."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from _strings(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _strings(child, (*path, index))


def same_id(one: str, other: str) -> bool:
    """Ids compare as numbers."""
    return id_number(one) is not None and id_number(one) == id_number(other)
