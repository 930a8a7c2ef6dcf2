"""Whether the objects that an exception is about were among those that were looked at."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from reprieve.record import glob
from reprieve.record.model import ScopeEntry
from reprieve.record.scope import values_of

Object = tuple[str | None, str]
"""Namespace, None without one, and resource: `Deployment/api`."""


def among(scope: Sequence[ScopeEntry], objects: Collection[Object]) -> bool:
    """Whether some entry names no resources, or one of these objects by namespace and resource.

    Args:
        scope: the entries of a record.
        objects: every object that was looked at.
    """
    return any(_names(entry, objects) for entry in scope)


def _names(entry: ScopeEntry, objects: Collection[Object]) -> bool:
    resources = values_of(entry, "resources")
    namespaces = values_of(entry, "namespaces")
    return not resources or any(
        _fits(resources, resource) and (not namespaces or _fits(namespaces, namespace))
        for namespace, resource in objects
    )


def _fits(patterns: Sequence[str], value: str | None) -> bool:
    return value is not None and any(glob.matches(pattern, value) for pattern in patterns)
