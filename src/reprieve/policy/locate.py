"""From the offending element that a check names back to its lines in the file.

Rego has values and no places, so the element is looked for by its value. Where the same value stands in
several places, the one whose name the message quotes is meant: two containers with the same security
context, say.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from reprieve.policy.inputs.interface import Document, Lines

_encode = msgspec.json.Encoder().encode

Path = tuple[str | int, ...]
Element = tuple[Path, Any]
"""A value and where it is."""

_START_KEYS = ("__start_line__", "StartLine", "startline", "__startline__")
_END_KEYS = ("__end_line__", "EndLine", "endline", "__endline__")
_OWN = frozenset((*_START_KEYS, *_END_KEYS))


class Known:
    """What was looked up in one document: many findings share a cause."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._same: dict[int, tuple[Any, list[Path]]] = {}
        self._places: dict[bytes, list[Path]] = {}
        self._lines: dict[Path, Lines] = {}

    @functools.cached_property
    def elements(self) -> list[Element]:
        """All of the document: it is gone through once, however many causes are looked for."""
        return _elements(self._document.value)

    def places(self, cause: Any) -> list[Path]:
        """Where an element is, by its value."""
        _, places = self._same.get(id(cause), (None, None))
        if places is None:
            key = _encode(cause)
            places = self._places.get(key)
            if places is None:
                places = self._places[key] = list(_among(self.elements, cause))
            self._same[id(cause)] = (cause, places)  # kept, so that no other takes its place in memory
        return places

    def lines(self, path: Path) -> Lines:
        """The lines of what is at a path, of a document that knows them."""
        lines = self._lines.get(path)
        if lines is None:
            assert self._document.lines is not None  # noqa: S101
            lines = self._lines[path] = self._document.lines(path)
        return lines


def lines_of(document: Document, cause: Any, message: str, known: Known) -> Lines | None:
    """First and last line of a cause in its document; of the whole where nothing tells better.

    Args:
        document: what was evaluated.
        cause: the element, as `result.new` got it or the result carries it; None when the check named none.
        message: what the check said.
        known: of this document.
    """
    if isinstance(cause, Mapping):
        said = _said(cause)
        if said:
            return said
    if document.lines is None:
        return None
    if isinstance(cause, (dict, list)) and cause:
        places = known.places(cause)
        if places:
            return known.lines(_meant(document.value, places, message))
    # No cause, or one that the check made up (a container merged with its pod): what it names is meant.
    return known.lines(_named(known.elements, message))


def holds(value: Any, cause: Any) -> bool:
    """Whether a cause is an element of a value, or all of it."""
    if not isinstance(cause, (dict, list)) or not cause:
        return False
    return any(True for _ in _among(_elements(value), cause))


def _said(cause: Mapping[str, Any]) -> Lines | None:
    """The lines that an element carries itself: of Dockerfile commands, of Terraform blocks."""
    if _OWN.isdisjoint(cause):
        return None
    start = next((cause[key] for key in _START_KEYS if isinstance(cause.get(key), int)), None)
    end = next((cause[key] for key in _END_KEYS if isinstance(cause.get(key), int)), start)
    return (start, max(start, end)) if start and end else None


def _among(elements: Iterable[Element], wanted: Any) -> Iterator[Path]:
    """Where the wanted value is."""
    kind = type(wanted)
    return (path for path, value in elements if type(value) is kind and value == wanted)


def _elements(root: Any) -> list[Element]:
    """A value and every mapping and list in it, outer ones first."""
    found: list[Element] = []

    def take(path: Path, value: Any) -> None:
        found.append((path, value))
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(item, (dict, list)):
                take((*path, step), item)

    if isinstance(root, (dict, list)):
        take((), root)
    return found


def _meant(root: Any, places: list[Path], message: str) -> Path:
    """Of several places of the same value, the one within the element that the message names first."""
    if len(places) == 1:
        return places[0]
    return min(places, key=lambda place: _quoted(_names_on(root, place), message))


def _names_on(root: Any, path: Path) -> list[str]:
    """The names of the elements around a place, without the object's own."""
    names: list[str] = []
    value = root
    for step in path:
        value = value[step]
        if isinstance(value, dict) and isinstance(value.get("name"), str):
            names.append(value["name"])
    return names


def _quoted(names: list[str], message: str) -> int:
    """How far into a message the first of these names stands in quotes; its length when none does."""
    found = (message.find(f"{quote}{name}{quote}") for name in names for quote in "'\"`")
    return min((place for place in found if place >= 0), default=len(message))


def _named(elements: Iterable[Element], message: str) -> Path:
    """The list item whose name the message quotes first: a container, of a check that says no more."""
    place, path = min(
        ((_quoted([name], message), path) for name, path in _items(elements)),
        key=lambda found: found[0],
        default=(len(message), ()),
    )
    return path if place < len(message) else ()


def _items(elements: Iterable[Element]) -> Iterator[tuple[str, Path]]:
    """Every item of a list that has a name."""
    for path, value in elements:
        if path and isinstance(path[-1], int) and isinstance(value, dict):
            name = value.get("name")
            if isinstance(name, str):
                yield name, path
