"""YAML, JSON and TOML that is nothing in particular, but for the Kubernetes objects that are in it after all.

What a file is cannot be seen from its text alone: a key may be quoted, escaped, tagged or in braces, and
kubectl takes it. So what might hold an object is parsed before it is passed over.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from reprieve.policy.inputs import kubernetes, plain
from reprieve.policy.inputs.interface import Document, InputError
from reprieve.policy.inputs.yaml import load_any

_ESCAPE = re.compile(r"\\[xuU]")
_SUFFIXES = frozenset({".yaml", ".yml", ".json"})

claims = plain.claims


def suspects(name: str, text: str) -> bool:
    """Whether a file may hold an object of Kubernetes that its text does not show plainly."""
    return (name == "-" or PurePosixPath(name).suffix.lower() in _SUFFIXES) and (
        ("kind" in text and "apiVersion" in text) or bool(_ESCAPE.search(text))
    )


def read(path: str, text: str) -> list[Document]:
    """Its documents, each as what it is. Errors: `InputError`."""
    if PurePosixPath(path).suffix.lower() == ".toml":
        return plain.read(path, text)
    kind = plain.FORMATS.get(PurePosixPath(path).suffix.lower(), "yaml")
    found: list[Document] = []
    for loaded in load_any(text):
        objects = list(kubernetes.objects(path, loaded))
        found += objects or [Document(kind, path, loaded.value, loaded.lines)]
    return found


def read_if_possible(path: str, text: str) -> list[Document]:
    """The same; nothing of what cannot be parsed, since nothing but a suspicion says that it should be."""
    try:
        return read(path, text)
    except InputError:
        return []
