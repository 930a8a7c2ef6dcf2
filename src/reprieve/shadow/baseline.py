"""The baseline: the suppressions that a team has from before, so that only new ones count.

An identity is a digest of the file, the tool, and what stands there with the code that it is about; no line
numbers, so that it survives shifts. Equal ones in a file are told apart by their order (as fingerprints of
twins are): one more is a new one. Whoever may change the baseline may add to it, so have it reviewed.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from reprieve.errors import ReprieveError, UsageError
from reprieve.shadow.model import Suppression

VERSION = 1
_encode = msgspec.json.Encoder().encode


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of them; all but `identity` is for who reads the file."""

    identity: str
    path: str
    tool: str
    form: str
    checks: tuple[str, ...] = ()


class Baseline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file."""

    version: int
    suppressions: tuple[Known, ...]


def identities(suppressions: Sequence[Suppression]) -> list[str]:
    """The identity of each, in their order, which is that of places."""
    seen: Counter[bytes] = Counter()
    found = []
    for one in suppressions:
        base = _encode((VERSION, one.name, one.tool, one.form, one.context, one.silenced.checks))
        seen[base] += 1
        found.append(hashlib.sha256(base + b"#%d" % seen[base]).hexdigest()[:32])
    return found


def read(path: str) -> dict[str, str]:
    """The identities in a baseline, each with its file. Errors: `ReprieveError` for a file that is none."""
    try:
        baseline = msgspec.json.decode(Path(path).read_bytes(), type=Baseline)
    except OSError as error:
        hint = "make one with --write-baseline"
        raise UsageError(f"cannot read the baseline: {error.strerror}", where=path, hint=hint) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        hint = "make it anew with --write-baseline, and review what changes"
        raise ReprieveError(f"not a baseline: {error}", where=path, hint=hint) from None
    if baseline.version != VERSION:
        raise ReprieveError(f"a baseline of version {baseline.version}; this is {VERSION}", where=path)
    return {one.identity: one.path for one in baseline.suppressions}


def write(path: str, pairs: Iterable[tuple[str, Suppression]]) -> int:
    """Writes a baseline, a line for each in the order of files; gives how many. Errors: `UsageError`."""
    known = sorted(
        (Known(identity, one.name, one.tool, one.form, one.silenced.checks) for identity, one in pairs),
        key=lambda one: (one.path, one.tool, one.form, one.identity),
    )
    rows = ",\n".join(_encode(one).decode() for one in known)
    text = (
        f'{{"version":{VERSION},"suppressions":[\n{rows}\n]}}\n'
        if known
        else f'{{"version":{VERSION},"suppressions":[]}}\n'
    )
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write the baseline: {error.strerror}", where=path) from None
    return len(known)
