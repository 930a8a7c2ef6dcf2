"""Checks as people look them up: by any spelling of their id, with the examples that lie beside them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from reprieve.errors import UsageError
from reprieve.findings.aliases import names_of
from reprieve.policy.bundle import HERE
from reprieve.policy.check import Check
from reprieve.policy.compliance import FRAMEWORKS, speaks_to

CUSTOM = "custom"
"""The pack of checks that are not ours."""

_OURS = "builtin/"


class Example(msgspec.Struct, frozen=True):
    """A file that shows what a check is about."""

    path: str
    text: str


class Examples(msgspec.Struct, frozen=True):
    """What a check finds something in, and what it does not."""

    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()


def pack_of(check: Check) -> str:
    """`kubernetes`, `dockerfile`, `aws`; `custom` of checks that are not ours."""
    return Path(check.path).parts[2] if check.builtin and check.path.startswith(_OURS) else CUSTOM


def file_of(check: Check) -> Path:
    """Where the file of a check is on this machine."""
    return HERE / check.path.removeprefix(_OURS) if check.builtin else Path(check.path)


def examples_of(check: Check) -> Examples:
    """The files `bad.*`, `bad-….*`, `good.*` and `good-….*` in the folder of a check."""
    folder = file_of(check).parent
    return Examples(tuple(_examples(folder, "bad")), tuple(_examples(folder, "good")))


def _examples(folder: Path, word: str) -> Iterator[Example]:
    for path in sorted(folder.iterdir()):
        stem = path.name.partition(".")[0]
        if path.is_file() and path.suffix != ".rego" and (stem == word or stem.startswith(f"{word}-")):
            yield Example(path.name, path.read_text(encoding="utf-8", errors="replace"))


def spellings(check: Check) -> tuple[str, ...]:
    """Every name of a check, its id first: aliases and what is derived from both."""
    return names_of(check.id, check.aliases)


def frameworks_of(check: Check) -> tuple[str, ...]:
    """The frameworks that can be scanned for and that a check speaks to."""
    return tuple(name for name in FRAMEWORKS if speaks_to(check, name))


def find(checks: Sequence[Check], name: str) -> Check:
    """The check that goes by a name: id, alias, derived spelling or package, whatever its case.

    Errors: `UsageError` with the nearest name where there is none.
    """
    wanted = _folded((*names_of(name.strip().upper()), name.strip()))
    for check in checks:
        if wanted & _folded((*spellings(check), check.package)):
            return check
    known = {spelling.casefold(): spelling for check in checks for spelling in spellings(check)}
    near = difflib.get_close_matches(name.strip().casefold(), known, n=1)
    hint = f"did you mean {known[near[0]]}?" if near else "see: reprieve check list"
    raise UsageError(f"no check is called {name!r}", hint=hint)


def _folded(names: Iterable[str]) -> set[str]:
    return {name.casefold() for name in names}
