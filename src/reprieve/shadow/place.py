"""What a line of configuration is about: the Kubernetes object or the Terraform block that it stands in."""

from __future__ import annotations

import re
from typing import NamedTuple

from reprieve.shadow.source import File, literal


class Place(NamedTuple):
    """What a finding there would name; empty where nobody can tell."""

    namespaces: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()


_NOWHERE = Place()
_DOCUMENT = re.compile(r"---(?:\s|$)")
_KIND = re.compile(r"^kind:[ \t]*[\"']?(\w+)[\"']?[ \t\r]*(?:#.*)?$", re.MULTILINE)
_METADATA = re.compile(
    r"^metadata:[ \t\r]*(?:#.*)?\n((?:[ \t]+[^\n]*(?:\n|\Z)|[ \t\r]*\n|#[^\n]*\n)*)", re.MULTILINE
)
_NAME = r"^(?P<indent>[ \t]+){key}:[ \t]*[\"']?([\w.:-]+)[\"']?[ \t\r]*(?:#.*)?$"
_NAMES = {key: re.compile(_NAME.replace("{key}", key), re.MULTILINE) for key in ("name", "namespace")}
_BLOCK = re.compile(r"^(resource|data|module)\s+\"?([\w-]+)\"?(?:\s+\"?([\w-]+)\"?)?\s*\{")
_FAR = 5000
"""Lines that are looked at around one."""


def place_of(file: File, number: int) -> Place:
    """Where a line, from 1, is."""
    if file.syntax == "yaml":
        return _object(file, number)
    if file.syntax == "hcl":
        return _block(file, number)
    return _NOWHERE


def _object(file: File, number: int) -> Place:
    first = number
    while first > max(1, number - _FAR) and not _DOCUMENT.match(file.line(first)):
        first -= 1
    last = number + 1
    while last <= min(len(file.lines), number + _FAR) and not _DOCUMENT.match(file.line(last)):
        last += 1
    text = "\n".join(file.lines[first - 1 : last - 1])
    kind, metadata = _KIND.search(text), _METADATA.search(text)
    if kind is None or metadata is None:
        return _NOWHERE
    about = {key: _least_indented(pattern, metadata[1]) for key, pattern in _NAMES.items()}
    return Place(
        namespaces=(literal(about["namespace"]),) if about["namespace"] else (),
        resources=(literal(f"{kind[1]}/{about['name']}"),) if about["name"] else (),
    )


def _least_indented(pattern: re.Pattern[str], text: str) -> str | None:
    """The value of a key of the metadata itself, not of a label that is called so."""
    first = re.match(r"(?:[ \t]*(?:#.*)?\r?\n)*([ \t]+)", text)
    own = first[1] if first else None
    return next((match[2] for match in pattern.finditer(text) if match["indent"] == own), None)


def _block(file: File, number: int) -> Place:
    at = number
    while at > max(0, number - _FAR):
        line = file.line(at)
        if found := _BLOCK.match(line):
            return _address(found)
        if at != number and line.startswith("}"):
            break
        at -= 1
    at = number
    while at <= min(len(file.lines), number + 50) and (
        not file.line(at).strip() or file.whole_line_comment(at)
    ):
        at += 1
    found = _BLOCK.match(file.line(at))
    return _address(found) if found else _NOWHERE


def _address(found: re.Match[str]) -> Place:
    kind, first, second = found[1], found[2], found[3]
    if kind == "module":
        return Place(resources=(f"module.{first}",))
    address = f"{first}.{second}" if second else first
    return Place(resources=(address if kind == "resource" else f"data.{address}",))
