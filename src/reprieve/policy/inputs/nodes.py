"""Values that know their lines, from JSON and from the YAML that CloudFormation is written in.

Both are read token by token, with a count of how deep one is: no text, however nested, can exhaust the stack,
and no alias can make a small file stand for a large one.
"""

from __future__ import annotations

import bisect
import json
import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from reprieve.policy.inputs.interface import InputError, Lines

MAX_DEPTH = 100
MAX_NODES = 1_000_000
_DEEP = f"nested more than {MAX_DEPTH} levels deep"


class Node(msgspec.Struct):
    """A value and its first and last line: a scalar, a dict of nodes or a list of nodes."""

    value: Any
    first: int
    last: int
    block: bool = False
    """Whether it stands for a part of a resource that a finding may point at."""
    path: str = ""
    """Its file, where that is another one than the resource's."""


def plain(node: Node) -> Any:
    """The value without its lines."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


def lines_at(node: Node, path: Sequence[str | int]) -> Lines:
    """The lines of what `path` leads to, or of its nearest parent that exists."""
    for step in path:
        try:
            node = node.value[step]
        except (KeyError, IndexError, TypeError):
            break
    return node.first, node.last


def from_json(text: str) -> Node:
    """Errors: `InputError`, also for the same key twice and for more than 100 levels."""
    return _Json(text).document()


_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+|"')


def representable(value: Any) -> Any:
    """What Rego's engine can hold: no half characters, and digits beyond 64 bits as text."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return str(value)
    return value


class _Json:
    """One pass over the tokens of a JSON text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._tokens = _TOKEN.finditer(text)
        self._word, self._at = "", 0
        self._next()

    def document(self) -> Node:
        node = self._value(0)
        if self._word:
            raise self._unexpected()
        return node

    def _next(self) -> None:
        match = next(self._tokens, None)
        self._word = match[0] if match else ""
        self._at = match.start() if match else len(self._text)

    def _line(self, position: int) -> int:
        return bisect.bisect_left(self._ends, position) + 1

    def _value(self, depth: int) -> Node:
        first = self._line(self._at)
        if self._word not in ("{", "["):
            return Node(self._scalar(), first, first)
        if depth >= MAX_DEPTH:
            raise self._error(_DEEP)
        read = self._object if self._word == "{" else self._array
        self._next()
        value: Any = read(depth + 1)
        last = self._line(self._at)
        self._next()
        return Node(value, first, last)

    def _object(self, depth: int) -> dict[str, Node]:
        members: dict[str, Node] = {}
        while self._word != "}":
            start, at = self._line(self._at), self._at
            key = self._scalar() if self._word.startswith('"') else None
            if key is None or self._word != ":":
                raise self._unexpected()
            if key in members:
                self._at = at
                raise self._error(f"the key `{key}` twice")
            self._next()
            members[key] = self._value(depth)
            members[key].first = start
            self._comma("}")
        return members

    def _array(self, depth: int) -> list[Node]:
        items: list[Node] = []
        while self._word != "]":
            items.append(self._value(depth))
            self._comma("]")
        return items

    def _comma(self, end: str) -> None:
        if self._word == end:
            return
        if self._word != ",":
            raise self._unexpected()
        self._next()
        if self._word == end:
            raise self._unexpected()

    def _scalar(self) -> Any:
        word = self._word
        if len(word) > 1 and word.startswith('"') and "\\" not in word and word.isprintable():
            self._next()
            return word[1:-1]
        if not word or word in "[]{},:" or word.lstrip("-")[:1] in ("N", "I"):
            raise self._unexpected()  # Python takes NaN and Infinity, JSON does not
        try:
            value = representable(json.loads(word))
        except (ValueError, RecursionError):
            raise self._unexpected() from None
        if isinstance(value, float) and not math.isfinite(value):
            raise self._error("a number that is too large")
        self._next()
        return value

    def _unexpected(self) -> InputError:
        shown = self._word if len(self._word) <= 40 else self._word[:40] + "…"
        return self._error(f"not valid JSON: unexpected `{shown}`" if shown else "the JSON ends too early")

    def _error(self, message: str) -> InputError:
        start = self._text.rfind("\n", 0, self._at) + 1
        return InputError(message, self._line(self._at), self._at - start + 1)


Tagged = Callable[[str, Node], Node | None]
"""What a YAML tag makes of its node; None for a tag that is not known."""


def from_yaml(text: str, tagged: Tagged) -> Node:
    """The one document of a YAML text.

    Aliases and merge keys are followed; what an alias stands for keeps the lines where it is written.

    Errors: `InputError`, also for the same key twice, for more than 100 levels, for aliases that unfold to
    more than a million nodes, for tags that `tagged` does not know and for a second document.
    """
    import yaml

    try:
        return _Yaml(yaml.parse(text, Loader=_loader()), tagged).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = (mark.line + 1, mark.column + 1) if mark else (None, None)
        raise InputError(f"not valid YAML: {error.problem or error.context}", *place) from None
    except yaml.YAMLError as error:
        raise InputError(f"not valid YAML: {str(error).splitlines()[0]}") from None


def _loader() -> Any:
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Yaml:
    """One pass over the events of a YAML text; nothing here is recursive beyond `MAX_DEPTH`."""

    def __init__(self, events: Iterator[Any], tagged: Tagged) -> None:
        self._events = events
        self._tagged = tagged
        self._anchors: dict[str, tuple[Node, int]] = {}
        """What each stands for, and how many nodes that is."""
        self._made = 0

    def document(self) -> Node:
        found: list[Node] = []
        for event in self._events:
            if type(event).__name__ == "DocumentStartEvent":
                if found:
                    raise _misplaced("a second YAML document", event)
                found.append(self._node(next(self._events), 0))
        if not found:
            raise InputError("the file is empty", 1, 1)
        return found[0]

    def _node(self, event: Any, depth: int) -> Node:
        kind = type(event).__name__
        if depth >= MAX_DEPTH:
            raise _misplaced(_DEEP, event)
        first = event.start_mark.line + 1
        if kind == "AliasEvent":
            return self._alias(event, first)
        before = self._made
        self._made += 1
        if kind == "ScalarEvent":
            value = _scalar(event)
            node = Node(value, first, max(first, _last(event)))
        else:
            read = self._mapping if kind == "MappingStartEvent" else self._sequence
            node = Node(*read(first, depth))
        node = self._with_tag(event, node)
        if event.anchor:
            self._anchors[event.anchor] = (node, self._made - before)
        return node

    def _alias(self, event: Any, line: int) -> Node:
        known = self._anchors.get(event.anchor)
        if known is None:
            raise _misplaced(f"the alias `*{event.anchor}` stands for nothing before it", event)
        node, size = known
        self._made += size
        if self._made > MAX_NODES:
            raise _misplaced(f"aliases that unfold to more than {MAX_NODES:,} nodes", event)
        return Node(node.value, line, line, node.block, node.path)

    def _with_tag(self, event: Any, node: Node) -> Node:
        if not event.tag or event.tag == "!" or event.tag.startswith("tag:yaml.org,2002:"):
            return node
        made = self._tagged(event.tag, node)
        if made is None:
            raise _misplaced(f"the tag `{event.tag}` is not known", event)
        return made

    def _mapping(self, first: int, depth: int) -> tuple[dict[str, Node], int, int]:
        members: dict[str, Node] = {}
        merged: list[Node] = []
        last = first
        while type(event := next(self._events)).__name__ != "MappingEndEvent":
            key = self._key(event)
            if key in members:
                raise _misplaced(f"the key `{key}` twice", event)
            child = self._node(next(self._events), depth + 1)
            last = max(last, child.last)
            if key == "<<" and not getattr(event, "style", None):
                merged += _merged(child, event)
                continue
            child.first = event.start_mark.line + 1
            members[key] = child
        for other in merged:
            members |= {key: child for key, child in other.value.items() if key not in members}
        return members, first, _closed(event, last)

    def _key(self, event: Any) -> str:
        if type(event).__name__ == "AliasEvent":
            text = self._alias(event, event.start_mark.line + 1).value
            if not isinstance(text, str):
                raise _misplaced("a key that is not plain text", event)
            return text
        if type(event).__name__ != "ScalarEvent":
            raise _misplaced("a key that is not plain text", event)
        text = str(event.value)
        if event.anchor:
            line = event.start_mark.line + 1
            self._anchors[event.anchor] = (Node(text, line, line), 1)
        return text

    def _sequence(self, first: int, depth: int) -> tuple[list[Node], int, int]:
        items: list[Node] = []
        while type(event := next(self._events)).__name__ != "SequenceEndEvent":
            items.append(self._node(event, depth + 1))
        last = max([first, *(item.last for item in items)])
        return items, first, _closed(event, last)


def _merged(node: Node, event: Any) -> list[Node]:
    """The mappings of a merge key: of two that say the same key the first counts."""
    given = node.value if isinstance(node.value, list) else [node]
    if not all(isinstance(one.value, dict) for one in given):
        raise _misplaced("`<<` with something else than mappings", event)
    return list(given)


def _last(event: Any) -> int:
    """A block scalar's end mark is where the next token begins."""
    ended_before = event.end_mark.column == 0 and event.style in ("|", ">")
    return int(event.end_mark.line) + (0 if ended_before else 1)


def _closed(event: Any, last: int) -> int:
    """A closing bracket has a line of its own; a block ends with its last child."""
    start, end = event.start_mark, event.end_mark
    return last if start.index == end.index else int(end.line) + 1


def _misplaced(message: str, event: Any) -> InputError:
    return InputError(message, event.start_mark.line + 1, event.start_mark.column + 1)


_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,30})")
_FLOAT = re.compile(r"[-+]?(?:[0-9]{1,30}\.[0-9]{0,30}|\.[0-9]{1,30})(?:[eE][-+]?[0-9]{1,2})?")
_WORDS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_WORDS |= {"null": None, "~": None, "": None}  # type: ignore[dict-item]


def _scalar(event: Any) -> Any:
    """CloudFormation's reading: YAML 1.1 without dates, which are text there (`2012-10-17`)."""
    text: str = event.value
    if event.style or event.tag:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INTEGER.fullmatch(text):
        return representable(int(text))
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
