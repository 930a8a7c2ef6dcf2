"""Text of records and reports, as a database can hold it: anybody may have written it."""

from __future__ import annotations

import hashlib

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def storable(text: str) -> str:
    """The text without what PostgreSQL refuses: NUL, and halves of surrogate pairs."""
    if "\0" in text:
        text = text.replace("\0", _REPLACEMENT)
    if text.isascii():
        return text
    return text.encode("utf-8", "replace").decode()


def cut(text: str, length: int) -> str:
    """The beginning of a storable text, with an ellipsis where something is left out."""
    text = storable(text)
    return text if len(text) <= length else text[: length - 1] + "…"


def storable_json(value: object) -> object:
    """The same for what is kept as JSON: lists, objects and what they hold."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(str(key)): storable_json(item) for key, item in value.items()}
    return [storable_json(item) for item in value] if isinstance(value, list | tuple) else value


def digest(*parts: str | None) -> str:
    """32 hexadecimal digits that name a list of texts."""
    told = "\0".join("\1" if part is None else part for part in parts)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]
