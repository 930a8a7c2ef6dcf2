"""Structured files with their lines: YAML and JSON, TOML, and INI, as values of plain Python."""

from __future__ import annotations

import configparser
import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

from reprieve.policy.inputs.interface import InputError
from reprieve.policy.inputs.yaml import Loaded, load_any
from reprieve.shadow.source import File

_MANY = 40
"""Lines of an entry in which comments are looked for."""
_INLINE = re.compile(r"\s(#|//)\s*(.*)$")
_AT_LINE = re.compile(r" \(at line (\d+), column (\d+)\)")
_TEMPLATE = "{{"

Path = tuple[str | int, ...]


class Doc:
    """One document: its value, and where in the file the node at a path is."""

    def __init__(self, file: File, value: Any, loaded: Loaded | None = None) -> None:
        self.file = file
        self.value = value
        self._loaded = loaded

    def lines(self, *path: str | int) -> tuple[int, int]:
        """First and last line of a node, or of its nearest parent that there is."""
        if self._loaded is not None:
            return self._loaded.lines(path)
        line = _searched(self.file, path)
        return line, line

    def line(self, *path: str | int) -> int:
        """The first of them."""
        return self.lines(*path)[0]

    def comments(self, *path: str | int) -> tuple[str, ...]:
        """The comments that go with a node: above it, and at the ends of its lines."""
        first, last = self.lines(*path)
        inline = [
            found[2]
            for number in range(first, min(last, first + _MANY) + 1)
            if (found := _INLINE.search(self.file.line(number)))
        ]
        return (*inline, *self.file.comments_above(first))


def documents(file: File) -> list[Doc]:
    """The documents of YAML or JSON. Errors: `InputError`."""
    return [Doc(file, loaded.value, loaded) for loaded in load_any(file.text)]


def is_template(file: File) -> bool:
    """Whether it is the template of a manifest, which nobody can read before it is rendered."""
    return _TEMPLATE in file.text


def toml(file: File) -> Doc:
    """A file of TOML. Errors: `InputError`."""
    try:
        return Doc(file, tomllib.loads(file.text.replace("\r\n", "\n").removeprefix("\ufeff")))
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        message = _AT_LINE.sub("", str(error))
        raise InputError(f"not TOML: {message}", int(found[1]) if found else None) from None
    except RecursionError:
        raise InputError("not TOML: nested too deeply") from None


def ini(file: File) -> Doc:
    """A file of sections with keys, all lower case. Errors: `InputError`."""
    parser = configparser.RawConfigParser(strict=False, allow_no_value=True, inline_comment_prefixes=None)
    try:
        parser.read_string(file.text.removeprefix("\ufeff"))
    except configparser.Error as error:
        line = getattr(error, "lineno", None)
        raise InputError(f"not an INI file: {str(error).splitlines()[0]}", line) from None
    return Doc(file, {name: dict(parser.items(name)) for name in parser.sections()})


def _searched(file: File, path: Sequence[str | int]) -> int:
    """Where a node of TOML or INI is: found by tables and keys, since their parsers keep no lines."""
    at, table = 1, ""
    for step in path:
        if isinstance(step, int):
            at = _item(file, at, table, step)
            continue
        table = f"{table}.{step}" if table else str(step)
        at = _key(file, at, table, str(step))
    return at


def _key(file: File, at: int, table: str, key: str) -> int:
    quoted = rf"[\"']?{re.escape(key)}[\"']?"
    names = re.escape(table).replace(r"\.", r"[\"']?\s*\.\s*[\"']?")
    header = re.compile(rf"\s*\[\[?\s*[\"']?{names}[\"']?\s*(?:\]|\.)", re.IGNORECASE)
    own = re.compile(rf"\s*(?:[\w\"'-]+\s*\.\s*)*{quoted}\s*[=:]", re.IGNORECASE)
    for pattern in (header, own):
        for number in range(at, len(file.lines) + 1):
            if pattern.match(file.line(number)):
                return number
    return at


def _item(file: File, at: int, table: str, index: int) -> int:
    """The table of an array of tables that has this index; else where the array begins."""
    names = re.escape(table).replace(r"\.", r"[\"']?\s*\.\s*[\"']?")
    header = re.compile(rf"\s*\[\[\s*[\"']?{names}[\"']?\s*\]\]")
    found = [number for number in range(at, len(file.lines) + 1) if header.match(file.line(number))]
    return found[index] if index < len(found) else at


def line_with(file: File, text: str, start: int) -> int:
    """The first line from `start` that holds a text; `start` where none does."""
    return next((n for n in range(start, len(file.lines) + 1) if text in file.line(n)), start)


def get(value: Any, *path: str | int) -> Any:
    """The node at a path of keys and indexes; None where there is none."""
    for step in path:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def texts(value: Any, *, split: bool = False) -> list[str]:
    """A text, or those of a list; with `split`, what commas part counts as a list."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()] if split else [value]
    if isinstance(value, list):
        return [part for one in value for part in texts(one, split=split)]
    return [str(value)] if isinstance(value, int | float) and not isinstance(value, bool) else []


def mappings(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """The mappings of a list, by index."""
    for index, one in enumerate(value if isinstance(value, list) else ()):
        if isinstance(one, dict):
            yield index, one


def expect(doc: Doc, what: str) -> dict[str, Any]:
    """The document's value, which is a mapping. Errors: `InputError`."""
    if not isinstance(doc.value, dict):
        raise InputError(f"expected {what}: keys and values", 1)
    return doc.value


def objects(file: File) -> Iterator[tuple[Doc, Path, dict[str, Any]]]:
    """The objects of a cluster that a file holds, also those in lists, with where they are."""
    for doc in documents(file):
        if not isinstance(doc.value, dict):
            continue
        items = doc.value.get("items")
        if str(doc.value.get("kind", "")).endswith("List") and isinstance(items, list):
            for index, one in mappings(items):
                yield doc, ("items", index), one
        else:
            yield doc, (), doc.value
