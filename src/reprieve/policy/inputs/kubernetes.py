"""Kubernetes objects in YAML and JSON: many in a file, in a `List`, as kubectl and Helm print them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from reprieve.policy.inputs.interface import Document, InputError, Lines
from reprieve.policy.inputs.yaml import MAX_NODES, Loaded, load_any

_API_VERSION = re.compile(r"""^[ \t\-{]*["']?apiVersion["']?[ \t]*:|[{,]\s*"apiVersion"\s*:""", re.MULTILINE)
_KIND = re.compile(r"""^[ \t\-{]*["']?kind["']?[ \t]*:|[{,]\s*"kind"\s*:""", re.MULTILINE)


def claims(_name: str, text: str) -> bool:
    """Whether the text speaks of an API version and a kind."""
    return bool(_API_VERSION.search(text) and _KIND.search(text))


def read(path: str, text: str) -> list[Document]:
    """Each object as a document; what is no object (an empty document, a values file beside) is left out.

    Errors: `InputError`.
    """
    found = [document for loaded in load_any(text) for document in objects(path, loaded)]
    if len(found) > MAX_NODES:
        raise InputError(f"more than {MAX_NODES:,} objects")
    return found


def objects(path: str, loaded: Loaded) -> Iterator[Document]:
    """The objects that a document of a stream is or lists."""
    yield from _objects(path, loaded, loaded.value, ())


def _objects(path: str, loaded: Loaded, value: Any, steps: tuple[str | int, ...]) -> Iterator[Document]:
    if isinstance(value, list) and not steps:
        for index, item in enumerate(value):
            yield from _objects(path, loaded, item, (index,))
        return
    if not isinstance(value, dict) or "apiVersion" not in value or not isinstance(value.get("kind"), str):
        return
    items = value.get("items")
    if value["kind"].endswith("List") and isinstance(items, list):
        # Objects in a typed list (`PodList`) may leave out what the list says already.
        common = {"apiVersion": value["apiVersion"], "kind": value["kind"].removesuffix("List")}
        for index, item in enumerate(items):
            if isinstance(item, dict):
                whole = {**common, **item} if common["kind"] else item
                yield from _objects(path, loaded, whole, (*steps, "items", index))
        return

    def lines(within: Sequence[str | int]) -> Lines:
        return loaded.lines((*steps, *within))

    yield Document("kubernetes", path, value, lines)
