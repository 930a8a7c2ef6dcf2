"""How the files are serialised: YAML, JSON, TOML by their libraries, so that no text breaks out of its place.

YAML is read by parsers of 1.1 and of 1.2: whatever is not plainly a word is in double quotes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from reprieve.export.interface import Grant

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*")
_RESERVED = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
MARK = "reprieve export"
"""In the first line of every file that can hold a comment: the next export may replace it."""


def header(name: str) -> str:
    """The first line of a file, without the sign that makes it a comment."""
    return f"Written by `{MARK} {name}` from the register of security exceptions: do not edit."


def json_text(value: Any) -> str:
    """Indented, with a line end."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"


class Commented(msgspec.Struct, frozen=True):
    """A value of YAML with a comment of its own in front of it."""

    comment: str
    value: Any


def yaml_text(documents: Sequence[Any], comment: str) -> str:
    """YAML documents with a comment at the top; `Commented` items of mappings and lists get theirs."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = 1 << 20
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.explicit_start = len(documents) > 1
    out = io.StringIO()
    out.write(f"# {comment}\n")
    for document in documents:
        yaml.dump(_node(document), out)
    return out.getvalue()


def _node(value: Any, column: int = 0) -> Any:
    """A value as ruamel.yaml has it; `column` is where its keys begin."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    if isinstance(value, dict):
        mapping = CommentedMap()
        for key, item in value.items():
            name = _scalar(key)
            mapping[name] = _node(_bare(item), column + 2)
            if isinstance(item, Commented):
                mapping.yaml_set_comment_before_after_key(name, before=item.comment, indent=column)
        return mapping
    if isinstance(value, list):
        sequence = CommentedSeq(_node(_bare(item), column + 2) for item in value)
        for index, item in enumerate(value):
            if isinstance(item, Commented):
                sequence.yaml_set_comment_before_after_key(index, before=item.comment, indent=column)
        return sequence
    return _scalar(value) if isinstance(value, str) else value


def _bare(item: Any) -> Any:
    return item.value if isinstance(item, Commented) else item


def _scalar(text: str) -> str:
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    plain = _PLAIN.fullmatch(text) and text.lower() not in _RESERVED
    return text if plain else DoubleQuotedScalarString(text)


def lines_text(name: str, lines: Iterable[str]) -> str:
    """A line format whose comments begin with `#`."""
    return "".join(f"{line}\n" for line in (f"# {header(name)}", *lines))


def midnight(grant: Grant) -> str:
    """The instant from which the exception no longer holds, RFC 3339."""
    return f"{grant.over}T00:00:00Z"


def toml_text(name: str, document: dict[str, Any]) -> str:
    """TOML with a comment at the top."""
    import tomlkit

    found = tomlkit.document()
    found.add(tomlkit.comment(header(name)))
    for key, value in document.items():
        found.add(tomlkit.nl())
        found.add(key, tomlkit.item(value))
    return tomlkit.dumps(found)
