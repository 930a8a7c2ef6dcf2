"""Files that list what a scanner leaves out: `.semgrepignore`, `.trufflehogignore`, `.dockleignore`, ….

`.semgrepignore` has the syntax of `.gitignore`; `:include` brings another file's lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reprieve.shadow.entries import entry, listed
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File, literal, of_expression, widened
from reprieve.words import CheckType


class _Kind(NamedTuple):
    """What the lines of such a file are."""

    tool: str
    type: CheckType | None
    holds: str
    """`paths` as git has them, `expressions` of paths, or `checks`."""


_KINDS: Mapping[str, _Kind] = {
    ".semgrepignore": _Kind("semgrep", "code", "paths"),
    ".trufflehogignore": _Kind("trufflehog", "secret", "expressions"),
    ".dockleignore": _Kind("dockle", "misconfiguration", "checks"),
    ".nancy-ignore": _Kind("nancy", "vulnerability", "checks"),
    ".terrascanignore": _Kind("terrascan", "misconfiguration", "paths"),
    ".snykignore": _Kind("snyk", None, "paths"),
    ".gosecignore": _Kind("gosec", "code", "paths"),
    ".brakemanignore": _Kind("brakeman", "code", "paths"),
}
NAMES = tuple(_KINDS)
CUES: tuple[str, ...] = ()
SYNTAXES: tuple[Syntax, ...] = ()


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    kind = _KINDS[file.basename.lower()]
    for number, line, comments in listed(file):
        if line.startswith("!"):
            continue
        yield entry(
            file,
            number,
            tool=kind.tool,
            form=file.basename.removeprefix("."),
            text=line,
            type=kind.type,
            checks=[line.split()[0]] if kind.holds == "checks" else (),
            paths=_paths(kind, file, line),
            comments=comments,
        )


def _paths(kind: _Kind, file: File, line: str) -> list[str] | None:
    if kind.holds == "checks":
        return None
    if kind.holds == "expressions":
        return [of_expression(line)]
    base = f"{literal(file.folder)}/" if file.folder else ""
    pattern = widened(line.rstrip("/"))
    rooted = "/" in line.rstrip("/")
    head = base if rooted else f"{base}*"
    return [f"{head}{pattern}", f"{head}{pattern}/*"] if not pattern.endswith("*") else [f"{head}{pattern}"]
