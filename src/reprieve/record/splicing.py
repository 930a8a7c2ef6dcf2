"""Putting what is new into the author's own text: only the lines that an edit changes are touched.

Dumping a document anew would reflow long lines and move comments, whatever the emitter is told. So the
new values are written where the parsed nodes say that the old ones end.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq


class Splice(NamedTuple):
    """Text for a stretch of the front matter, which may be empty."""

    start: int
    end: int
    text: str


def apply_splices(front: str, splices: Sequence[Splice], newline: str) -> str:
    """The text with each splice put in; they are sorted and do not overlap."""
    parts, at = [], 0
    for splice in splices:
        parts += [front[at : splice.start], splice.text.replace("\n", newline)]
        at = splice.end
    return "".join(parts) + front[at:]


def differences(
    front: str, node: Any, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Splice]:
    """What of a mapping is new or different; edits never remove anything."""
    nodes = {key.value: value for key, value in node.value}
    for key, value in after.items():
        if key not in nodes:
            yield _new_key(front, node, key, value)
        elif value != before[key]:
            yield from _changed(front, nodes[key], before[key], value)


def _changed(front: str, node: Any, before: Any, after: Any) -> Iterator[Splice]:
    if isinstance(after, Mapping):
        yield from differences(front, node, before, after)
    elif isinstance(after, list) and before:
        for index, item in enumerate(after):
            if index >= len(before):
                yield _new_item(front, node, item)
            elif item != before[index]:
                yield from _changed(front, node.value[index], before[index], item)
    else:
        yield Splice(node.start_mark.index, _end(front, node), _flow(after))


def _new_key(front: str, node: Any, key: str, value: Any) -> Splice:
    if node.flow_style:
        at = _end(front, node.value[-1][1])
        return Splice(at, at, f", {key}: {_flow(value)}")
    at = _line_end(front, _end(front, node))
    out = io.StringIO()
    round_trip().dump({key: value}, out)
    return Splice(at, at, "\n" + textwrap.indent(out.getvalue().rstrip("\n"), " " * node.start_mark.column))


def _new_item(front: str, node: Any, item: Any) -> Splice:
    end = _end(front, node.value[-1])
    if node.flow_style:
        return Splice(end, end, f", {_flow(item)}")
    at = _line_end(front, end)
    return Splice(at, at, f"\n{' ' * node.start_mark.column}- {_flow(item)}")


def _end(front: str, node: Any) -> int:
    """Where a value ends: of a block, where its last value does, before comments and blank lines."""
    if node.id != "scalar" and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(front, last[1] if isinstance(last, tuple) else last)
    end: int = node.end_mark.index
    if node.id == "scalar" and node.style in ("|", ">"):
        end = len(front[:end].rstrip())
    return end


def _line_end(front: str, at: int) -> int:
    """Before the line break that follows; what stands behind the value on its line stays there."""
    end = front.find("\n", at)
    if end < 0:
        return len(front)
    return end - 1 if front[end - 1] == "\r" else end


def _flow(value: Any) -> str:
    """A value on one line."""
    sequence = CommentedSeq([value])
    sequence.fa.set_flow_style()
    out = io.StringIO()
    round_trip().dump(sequence, out)
    return out.getvalue().strip()[1:-1].strip()


def round_trip() -> YAML:
    """The YAML library as we write with it: order and quotes kept, lines not broken."""
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 10_000
    yaml.allow_unicode = True
    yaml.representer.ignore_aliases = lambda _: True  # a date used twice is not an alias
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml
