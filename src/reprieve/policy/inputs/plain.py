"""YAML, JSON and TOML that is nothing in particular: for custom policies, in conftest's shape."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import PurePosixPath

from reprieve.policy.inputs.interface import Document, InputError, Kind
from reprieve.policy.inputs.yaml import load, plain

FORMATS: dict[str, Kind] = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".toml": "toml"}


def claims(name: str, _text: str) -> bool:
    """Whether the file's name ends like one of the three."""
    return PurePosixPath(name).suffix.lower() in FORMATS


def read(path: str, text: str) -> list[Document]:
    """One document, or one for each document of a YAML stream. Errors: `InputError`."""
    kind = FORMATS.get(PurePosixPath(path).suffix.lower(), "yaml")
    return _READERS[kind](path, text)


def _yaml(path: str, text: str) -> list[Document]:
    return [Document("yaml", path, loaded.value, loaded.lines) for loaded in load(text)]


def _json(path: str, text: str) -> list[Document]:
    try:
        value = json.loads(text)
        json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", error.lineno, error.colno) from None
    except RecursionError:
        raise InputError("not JSON: nested too deeply") from None
    except UnicodeEncodeError:
        raise InputError("not JSON: it holds half a character (an unpaired surrogate)") from None
    return [Document("json", path, plain(value), None)]


def _toml(path: str, text: str) -> list[Document]:
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"not TOML: {error}") from None
    except RecursionError:
        raise InputError("not TOML: nested too deeply") from None
    return [Document("toml", path, plain(value), None)]


_READERS: dict[Kind, Callable[[str, str], list[Document]]] = {"yaml": _yaml, "json": _json, "toml": _toml}
