"""What a scope may say: never a blanket; and whether two scopes overlap."""

from __future__ import annotations

import functools

from reprieve.record import glob
from reprieve.record.model import PLACE_KEYS, SCOPE_KEYS, Record, ScopeEntry


def values_of(entry: ScopeEntry, key: str) -> tuple[str, ...]:
    """The patterns of one key, none when the entry does not have it."""
    values: tuple[str, ...] = getattr(entry, key) or ()
    return values


def blanket(entry: ScopeEntry) -> str | None:
    """Why the entry is too wide to be an exception, or None when it is not.

    It needs checks, packages or fingerprints; and, unless it has fingerprints or both checks and
    packages, a place. A key that holds a value of only `*` and `?` says nothing.
    """
    limits = {key for key in SCOPE_KEYS if _limits(entry, key)}
    if "fingerprints" in limits or {"checks", "packages"} <= limits:
        return None
    if not limits & {"checks", "packages"}:
        return "it names no checks, packages or fingerprints"
    if not limits & set(PLACE_KEYS):
        return "it names no place: " + ", ".join(PLACE_KEYS)
    return None


def _limits(entry: ScopeEntry, key: str) -> bool:
    """Any value may match, so one that says nothing makes the whole key say nothing."""
    values = values_of(entry, key)
    return bool(values) and not any(glob.says_nothing(value) for value in values)


def overlap(one: Record, other: Record) -> bool:
    """Whether some finding could be in the scope of both: every shared key's globs intersect."""
    if one.environment != other.environment:
        return False
    return any(_entries_overlap(a, b) for a in one.scope for b in other.scope)


@functools.lru_cache(maxsize=65536)
def _entries_overlap(a: ScopeEntry, b: ScopeEntry) -> bool:
    if a.type and b.type and a.type != b.type:
        return False
    for key in SCOPE_KEYS:
        left, right = values_of(a, key), values_of(b, key)
        if left and right and not any(glob.intersect(x, y) for x in left for y in right):
            return False
    return True


def covers(wide: Record, narrow: Record) -> bool:
    """Whether everything in the scope of `narrow` is plainly in that of `wide`.

    Conservative: a pattern covers another only when they are equal or the other is a literal that it
    matches; so False may be wrong, True never is.
    """
    if wide.environment != narrow.environment:
        return False
    return all(any(_entry_covers(outer, inner) for outer in wide.scope) for inner in narrow.scope)


def _entry_covers(outer: ScopeEntry, inner: ScopeEntry) -> bool:
    if outer.type and outer.type != inner.type:
        return False
    return all(
        values_of(inner, key)
        and all(any(_covers(p, value) for p in values_of(outer, key)) for value in values_of(inner, key))
        for key in SCOPE_KEYS
        if values_of(outer, key)
    )


def _covers(pattern: str, value: str) -> bool:
    return pattern == value or (glob.is_literal(value) and glob.matches(pattern, value))
