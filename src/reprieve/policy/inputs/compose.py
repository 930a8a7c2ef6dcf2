"""Compose files: `compose.yaml`, `docker-compose.override.yml` and their like."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from reprieve.policy.inputs.interface import Document, InputError
from reprieve.policy.inputs.yaml import load

_NAME = re.compile(r"(?:docker-|podman-)?compose(?:[.-].*)?\.ya?ml", re.IGNORECASE)
_SERVICES = re.compile(r"^services[ \t]*:", re.MULTILINE)


def claims(name: str, text: str) -> bool:
    """Whether the file is called as Compose files are, and has services."""
    return bool(_NAME.fullmatch(PurePosixPath(name).name) and _SERVICES.search(text))


def read(path: str, text: str) -> list[Document]:
    """One document, merge keys resolved. Errors: `InputError`."""
    loaded = load(text)
    if len(loaded) != 1 or not isinstance(loaded[0].value, dict):
        raise InputError("expected one mapping with `services`", 1)
    return [Document("compose", path, loaded[0].value, loaded[0].lines)]
