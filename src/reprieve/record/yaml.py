"""The YAML that people write here: one plain document, no anchors, aliases or tags.

Values are read by a fast YAML 1.2 parser that keeps no positions; ruamel.yaml looks up a line only
where one is to be reported.
"""

from __future__ import annotations

import datetime as dt
import difflib
import functools
import re
from collections.abc import Sequence
from typing import Any, Union, get_args, get_origin

import msgspec
import yaml12

KeyPath = tuple[str | int, ...]

MAX_SIZE = 64 * 1024
"""Bytes of YAML that are read: the exact answers about quoting and lines take their time."""

# An anchor, alias or tag can only stand where a node begins. Whoever writes one of these characters in a
# quoted string gets the slow, exact answer instead of this quick one.
_INDICATOR = re.compile(r"""(?:^|[\s\[{,]|["'\]}]:)[&*!]""", re.MULTILINE)


# The fast parser recurses into block collections without a limit of its own, and takes the process down with
# it; each level costs a column at the start of some line.
_DEEP = "nested or indented too deeply"
_TOO_DEEP = re.compile(r"^(?:[ \t]|[-?:][ \t]){100}", re.MULTILINE)


class YamlError(Exception):
    """Text that is not the YAML we take. `line` is 1-based, within the text."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def load_mapping(text: str) -> dict[str, Any]:
    """The one mapping that the text holds. Errors: `YamlError`."""
    deep = _TOO_DEEP.search(text)
    if deep:
        raise YamlError(_DEEP, text.count("\n", 0, deep.start()) + 1)
    if _INDICATOR.search(text):
        _refuse_indicators(text)
    try:
        documents: Any = yaml12.parse_yaml(text, multi=True)
    except ValueError as error:
        message = str(error).removeprefix("YAML parse error: ")
        found = re.search(r" at byte \d+ line (\d+) column \d+$", message)
        line = int(found[1]) if found else None
        raise YamlError(message[: found.start()] if found else message, line) from None
    if len(documents) != 1 or not isinstance(documents[0], dict):
        raise YamlError("expected one mapping of keys to values")
    data: dict[str, Any] = documents[0]
    _refuse_duplicates(text, data)
    return data


def line_of(text: str, path: Sequence[str | int]) -> int:
    """The 1-based line of the key or item at `path`, or of its nearest parent that exists."""
    try:
        node = _composed(text)
    except YamlError:
        return 1
    line = 1
    for step in path:
        found = _child(node, step)
        if found is None:
            break
        mark, node = found
        line = mark + 1
    return line


@functools.lru_cache(maxsize=1)
def _composed(text: str) -> Any:
    """The text as nodes that know their lines; kept, since a file that is wrong is often so many times."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        return YAML(typ="rt").compose(text)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise YamlError("not valid YAML, or the same key twice", mark.line + 1 if mark else None) from None
    except RecursionError:
        raise YamlError(_DEEP) from None


def _child(node: Any, step: str | int) -> tuple[int, Any] | None:
    if isinstance(step, int):
        children = node.value if node is not None and node.id == "sequence" else []
        return (children[step].start_mark.line, children[step]) if step < len(children) else None
    for key, value in node.value if node is not None and node.id == "mapping" else []:
        if key.value == step:
            return key.start_mark.line, value
    return None


def _refuse_indicators(text: str) -> None:
    from ruamel.yaml import YAML, tokens
    from ruamel.yaml.error import YAMLError

    names = {
        tokens.AliasToken: "alias (*)",
        tokens.AnchorToken: "anchor (&)",
        tokens.TagToken: "tag (!)",
    }
    depth = 0
    try:
        for token in YAML(typ="rt").scan(text):
            depth += isinstance(token, tokens.FlowSequenceStartToken | tokens.FlowMappingStartToken)
            depth -= isinstance(token, tokens.FlowSequenceEndToken | tokens.FlowMappingEndToken)
            line = token.start_mark.line + 1
            if depth > 100:  # the scanner's time grows with the square of it
                raise YamlError(_DEEP, line)
            if type(token) in names:
                message = f"a YAML {names[type(token)]} is not allowed here; put a value that starts with it"
                raise YamlError(f"{message} in quotes", line)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not valid YAML"
        if "while scanning an a" in str(getattr(error, "context", "")):  # an alias, an anchor
            problem = "a value that starts with * or & must be in quotes"
        raise YamlError(problem, mark.line + 1 if mark else None) from None


# Everything that can end a key: no fewer places than there are keys in the text.
_KEY_END = re.compile(r""":(?=[\s,}\]]|$)|["']:""")


def _refuse_duplicates(text: str, data: dict[str, Any]) -> None:
    """The fast parser keeps the last of two equal keys; a reviewer may have seen only the first."""
    if len(_KEY_END.findall(text)) <= _count_keys(data):
        return
    _walk_duplicates(_composed(text))


def _walk_duplicates(node: Any) -> None:
    if node.id == "sequence":
        for child in node.value:
            _walk_duplicates(child)
    elif node.id == "mapping":
        seen: set[str] = set()
        for key, value in node.value:
            if str(key.value) in seen:
                raise YamlError(f"the key `{key.value}` twice", key.start_mark.line + 1)
            seen.add(str(key.value))
            _walk_duplicates(value)


def _count_keys(value: Any) -> int:
    number, left = 0, [value]
    while left:
        item = left.pop()
        if isinstance(item, dict):
            number += len(item)
            left += item.values()
        elif isinstance(item, list):
            left += item
    return number


def shape_errors(value: Any, type_: Any, path: KeyPath = ()) -> list[tuple[KeyPath, str, str | None]]:
    """Everything about `value` that does not fit `type_`: (where, what, hint), not only the first.

    Walks nested structs and lists of structs; every other type is checked by msgspec itself.
    """
    structure = _struct_in(type_)
    if structure is not None:
        return _struct_errors(value, structure, path)
    item = _item_struct(type_)
    if item is not None and isinstance(value, list):
        errors = [_convert_error(value, type_, path)] if not value else []
        for index, child in enumerate(value):
            errors += shape_errors(child, item, (*path, index))
        return [error for error in errors if error]
    error = _convert_error(value, type_, path)
    return [error] if error else []


def _struct_errors(value: Any, type_: Any, path: KeyPath) -> list[tuple[KeyPath, str, str | None]]:
    if not isinstance(value, dict):
        return [(path, "expected keys and values", None)]
    fields = {field.encode_name: field for field in msgspec.structs.fields(type_)}
    errors: list[tuple[KeyPath, str, str | None]] = []
    for key in value:
        if key not in fields:
            near = difflib.get_close_matches(str(key), fields, n=1)
            hint = f"did you mean `{near[0]}`?" if near else "known keys: " + ", ".join(fields)
            errors.append(((*path, str(key)), f"unknown key `{key}`", hint))
    for name, field in fields.items():
        if name in value:
            errors += shape_errors(value[name], field.type, (*path, name))
        elif field.required:
            errors.append((path, f"`{name}` is missing", None))
    return errors


def _convert_error(value: Any, type_: Any, path: KeyPath) -> tuple[KeyPath, str, str | None] | None:
    try:
        msgspec.convert(value, type_)
    except msgspec.ValidationError as error:
        message = str(error).split(" - at ")[0]
        name = f"`{path[-1]}`" if path and isinstance(path[-1], str) else "this item"
        return path, f"{name}: {message[0].lower()}{message[1:]}", _hint(type_, value)
    return None


def _hint(type_: Any, value: Any) -> str | None:
    """What to write instead, where that is clear."""
    if value is None:
        return "give it a value, or leave the key out"
    if type_ is dt.date:
        return "a date such as 2026-11-05"
    if isinstance(value, bool | int | float):
        return _choices(type_, value) or "put it in quotes"
    return _choices(type_, value)


def _choices(type_: Any, value: Any) -> str | None:
    """The allowed words, nearest first, where the type is a choice."""
    words = [word for word in _literal_words(type_) if isinstance(word, str)]
    if not words:
        return None
    near = difflib.get_close_matches(str(value), words, n=1)
    return f"did you mean `{near[0]}`?" if near else "one of: " + ", ".join(words)


def _literal_words(type_: Any) -> tuple[Any, ...]:
    if getattr(get_origin(type_), "__name__", str(get_origin(type_))) == "Literal" or "Literal" in str(
        get_origin(type_)
    ):
        return get_args(type_)
    return tuple(word for part in get_args(type_) for word in _literal_words(part))


def _struct_in(type_: Any) -> Any:
    """The struct that a type is, or wraps in a union with UNSET."""
    if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        return type_
    if get_origin(type_) is Union or "UnionType" in str(type(type_)):
        return next((part for part in get_args(type_) if _struct_in(part)), None)
    return None


def _item_struct(type_: Any) -> Any:
    """The struct that a tuple type holds, also inside Annotated."""
    if hasattr(type_, "__metadata__"):
        return _item_struct(type_.__origin__)
    if get_origin(type_) is tuple:
        return _struct_in(get_args(type_)[0])
    return None
