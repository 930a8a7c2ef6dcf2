"""YAML and JSON text as values that know where they stood.

YAML as Kubernetes, Compose and their tools read it: 1.1, with anchors and merge keys; dates stay text, keys
become text, unknown tags are ignored. Bounded: nesting is counted before anything recurses, and what
aliases would unfold to is counted before anything copies it.
"""

from __future__ import annotations

import contextlib
import functools
import json
import math
import re
from collections.abc import Sequence
from typing import Any

import msgspec
import yaml

from reprieve.policy.inputs.interface import InputError, Lines

MAX_DEPTH = 200
MAX_NODES = 1_000_000

_MAYBE_DEEP = rf"(?m)^(?:[ \t]|[-?:][ \t]){{{MAX_DEPTH}}}|[\[{{](?:[^\]}}]*?[\[{{]){{{MAX_DEPTH}}}"
"""Cheap, and true of everything too deep; of a few other texts too, which are then counted exactly."""


_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
"""Half a character, perhaps: JSON's parser lets it pass, and nothing can write it again."""


_STR, _MAP, _SEQ, *_FEW = (
    f"tag:yaml.org,2002:{name}" for name in ("str", "map", "seq", "int", "float", "bool", "null")
)
_SCALARS = frozenset(_FEW)
_SCALAR, _MAPPING, _SEQUENCE = yaml.ScalarNode, yaml.MappingNode, yaml.SequenceNode


class _Loader(yaml.CSafeLoader):  # type: ignore[misc]
    """libyaml's parser, with resolvers and constructors of our own."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """The tag of a node that has none: the words of manifests are few, and looked up once."""
        if kind is not _SCALAR:
            return _MAP if kind is _MAPPING else _SEQ
        if not implicit[0]:  # in quotes, or a block
            return _STR
        tag = _TAGS.get(value)
        if tag is None:
            tag = str(super().resolve(kind, value, implicit))
            _remember(_TAGS, value, value, tag)
        return tag


_WORD = 40
_WORDS = 20_000
_TAGS: dict[str, str] = {}
"""Plain scalar -> its tag."""
_VALUES: dict[tuple[str, str], Any] = {}
"""Tag and scalar -> the number, boolean or null that it is."""


def _remember(known: dict[Any, Any], key: Any, scalar: str, what: Any) -> None:
    """Keeps what a scalar is, if it is a short one; and not of too many."""
    if len(scalar) <= _WORD:
        if len(known) > _WORDS:
            known.clear()
        known[key] = what


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _untagged(loader: Any, _suffix: str, node: Any) -> Any:
    """The value under a tag that nobody knows."""
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_mapping(node, deep=True)


_Loader.add_multi_constructor("", _untagged)


class Loaded(msgspec.Struct, frozen=True):
    """One document of a stream."""

    value: Any
    node: Any = None
    """Its nodes as the parser composed them, only to find lines; None of JSON."""
    text: str = ""
    """Of JSON: what the nodes can be had from, once lines are asked for."""

    def lines(self, path: Sequence[str | int]) -> Lines:
        """First and last line of the node at a path, of its nearest parent that exists."""
        root = self.node or _composed(self.text)
        if root is None:
            return 1, self.text.count("\n") + 1
        start, node = root.start_mark.line, root
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            start, node = found
        return start + 1, max(_last_line(node), start) + 1


def load(text: str) -> list[Loaded]:
    """Every document that the text holds. Errors: `InputError` with line and column."""
    if _large(text) and re.search(_MAYBE_DEEP, text):
        _refuse_deep(text)
    found: list[Loaded] = []
    try:
        loader = _Loader(text)
        try:
            while loader.check_node():
                node = loader.get_node()
                if node is not None:
                    found.append(Loaded(_value(loader, node, text), node))
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = " ".join(filter(None, (error.problem, error.context)))
        raise InputError(f"not YAML: {message}", mark and mark.line + 1, mark and mark.column + 1) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        code = error.character if isinstance(error.character, int) else ord(error.character[:1] or "\0")
        raise InputError(f"not YAML: {error.reason} (U+{code:04X})", line) from None
    except (ValueError, OverflowError, LookupError, RecursionError, TypeError) as error:
        raise InputError(f"not YAML: {error}") from None
    return found


def _large(text: str) -> bool:
    """Whether there is room in it for anything too deep: in one line, or with so many brackets."""
    return text.count("[") + text.count("{") >= MAX_DEPTH or max(map(len, text.split("\n"))) >= MAX_DEPTH


def _value(loader: Any, node: Any, text: str) -> Any:
    """What a document holds: where nothing in it is rare, straight from its nodes."""
    if "&" not in text and len(text) < MAX_NODES:  # nothing can be there twice, or in itself, or be too much
        with contextlib.suppress(_Rare):
            return _straight(loader, node)
    return plain(loader.construct_document(node))


class _Rare(Exception):  # noqa: N818  (no error: it is constructed the long way)
    """A tag, or a key, that only the constructor knows what to make of."""


def _straight(loader: Any, node: Any) -> Any:
    """The plain value of a node of the common kinds. Raises `_Rare`."""
    kind, tag = node.__class__, node.tag
    if kind is _SCALAR:
        return node.value if tag == _STR else _scalar(loader, node)
    if kind is _MAPPING and tag == _MAP:
        made = {}
        for key, item in node.value:
            if key.__class__ is not _SCALAR or key.tag != _STR:
                raise _Rare
            plain_text = item.__class__ is _SCALAR and item.tag == _STR
            made[key.value] = item.value if plain_text else _straight(loader, item)
        return made
    if kind is _SEQUENCE and tag == _SEQ:
        return [_straight(loader, item) for item in node.value]
    raise _Rare


def _scalar(loader: Any, node: Any) -> Any:
    """A number, a boolean or null. Raises `_Rare` for anything else."""
    if node.tag not in _SCALARS:
        raise _Rare
    known = node.tag, node.value
    value = _VALUES.get(known, _VALUES)
    if value is _VALUES:
        value = _plain(loader.construct_object(node))
        _remember(_VALUES, known, node.value, value)
    return value


def load_any(text: str) -> list[Loaded]:
    """The same of JSON, by a parser of its own: it may be indented with tabs. Errors: `InputError`."""
    if text.lstrip()[:1] in ("{", "[") and not _SURROGATE.search(text):
        with contextlib.suppress(ValueError, RecursionError):
            return [Loaded(plain(json.loads(text)), text=text)]
    return load(text)


@functools.lru_cache(maxsize=4)
def _composed(text: str) -> Any:
    try:
        return yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, RecursionError):
        return None


def plain(value: Any) -> Any:
    """The value as JSON has it: keys and dates as text, no infinities, nothing that unfolds beyond reason.

    Errors: `InputError` when aliases would make more than a million nodes, or a loop.
    """
    _Counter().count(value)
    return _plain(value)


class _Counter:
    """How many nodes a value unfolds to, each shared one counted once and remembered."""

    def __init__(self) -> None:
        self._sizes: dict[int, int] = {}

    def count(self, value: Any) -> int:
        if not isinstance(value, (dict, list, tuple, set)):
            return 1
        known = self._sizes.get(id(value))
        if known == 0:
            raise InputError("an alias that holds itself")
        if known is None:
            self._sizes[id(value)] = 0
            known = 1 + sum(map(self.count, value.values() if isinstance(value, dict) else value))
            self._sizes[id(value)] = known
        if known > MAX_NODES:
            raise InputError(f"aliases that unfold to more than {MAX_NODES:,} nodes")
        return known


def _plain(value: Any) -> Any:  # noqa: PLR0911  (a table of types)
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, dict):
        return {key if isinstance(key, str) else _key(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [_plain(item) for item in value]
    if isinstance(value, int):
        # Beyond what JSON readers keep exactly, digits are text.
        return value if -(2**63) <= value < 2**64 else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def _key(key: Any) -> str:
    if key is None:
        return "null"
    return str(key).lower() if isinstance(key, bool) else str(_plain(key))


def _refuse_deep(text: str) -> None:
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    mark = event.start_mark
                    raise InputError(f"nested more than {MAX_DEPTH} deep", mark.line + 1, mark.column + 1)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        return  # the loader says what is wrong with it


def _child(node: Any, step: str | int) -> tuple[int, Any] | None:
    """The line where a child begins, with its key, and its node."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step or (isinstance(step, str) and str(key.value).lower() == step.lower()):
                return key.start_mark.line, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line, node.value[step]
    return None


def _last_line(node: Any) -> int:
    """The last line that is written of a node, from 0: a block's own end is where the next token begins."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        child = node.value[-1]
        if isinstance(child, tuple):
            key, child = child
            if child.start_mark.index == child.end_mark.index:  # nothing was written: the key is all there is
                child = key
        node = child
    end = node.end_mark
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") and end.column == 0:
        return int(end.line) - 1
    return int(end.line)
