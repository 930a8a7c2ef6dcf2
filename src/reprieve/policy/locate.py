"""From the offending element that a check names back to its lines in the file.

Rego has values and no places, so the element is looked for by its value. Where the same value stands in
several places, the one whose name the message quotes is meant: two containers with the same security
context, say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reprieve.policy.inputs.interface import Document, Lines

Path = tuple[str | int, ...]

_START_KEYS = ("__start_line__", "StartLine", "startline", "__startline__")
_END_KEYS = ("__end_line__", "EndLine", "endline", "__endline__")


def lines_of(document: Document, cause: Any, message: str) -> Lines | None:
    """First and last line of a cause in its document; of the whole document where it is not found in it.

    Args:
        document: what was evaluated.
        cause: the element, as `result.new` got it or the result carries it; None when the check named none.
        message: what the check said.
    """
    if isinstance(cause, Mapping):
        said = _said(cause)
        if said:
            return said
    if document.lines is None:
        return None
    if not isinstance(cause, (dict, list)) or not cause:
        found = _named(document.value, message)
    elif cause == document.value:
        found = ()
    else:
        found = _meant(document.value, list(_places(document.value, cause, ())), message)
    return document.lines(found or ())


def holds(value: Any, cause: Any) -> bool:
    """Whether a cause is an element of a value, or all of it."""
    return isinstance(cause, (dict, list)) and bool(cause) and any(True for _ in _places(value, cause, ()))


def _said(cause: Mapping[str, Any]) -> Lines | None:
    """The lines that an element carries itself: of Dockerfile commands, of Terraform blocks."""
    start = next((cause[key] for key in _START_KEYS if isinstance(cause.get(key), int)), None)
    end = next((cause[key] for key in _END_KEYS if isinstance(cause.get(key), int)), start)
    return (start, max(start, end)) if start and end else None


def _places(value: Any, wanted: Any, path: Path) -> Iterator[Path]:
    """Where the wanted value is; what it holds itself cannot be it again."""
    if type(value) is type(wanted) and value == wanted:
        yield path
    elif isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, (dict, list)):
                yield from _places(item, wanted, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, (dict, list)):
                yield from _places(item, wanted, (*path, index))


def _meant(root: Any, places: list[Path], message: str) -> Path:
    if len(places) < 2:
        return places[0] if places else ()
    return next((place for place in places if _quoted(_names_on(root, place), message)), places[0])


def _names_on(root: Any, path: Path) -> list[str]:
    """The names of the elements around a place, without the object's own."""
    names: list[str] = []
    value = root
    for step in path:
        value = value[step]
        if isinstance(value, dict) and isinstance(value.get("name"), str):
            names.append(value["name"])
    return names


def _quoted(names: list[str], message: str) -> bool:
    return any(f"{quote}{name}{quote}" in message for name in names for quote in "'\"`")


def _named(value: Any, message: str, path: Path = ()) -> Path:
    """The list item with a name that the message quotes: a container, of a check that says no more."""
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, (dict, list)) and (found := _named(item, message, (*path, key))):
                return found
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if (
                isinstance(item, dict)
                and isinstance(item.get("name"), str)
                and _quoted([item["name"]], message)
            ):
                return (*path, index)
            if isinstance(item, (dict, list)) and (found := _named(item, message, (*path, index))):
                return found
    return ()
