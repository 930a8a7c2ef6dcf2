"""What a report lists as looked at, put together by its reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reprieve.findings.model import CheckType, Extent, Finding, Target


def extents_of(
    tool: str,
    type_: CheckType,
    targets: Iterable[Target] = (),
    checks: Iterable[str] = (),
    *,
    among: str = "",
    cluster: str | None = None,
    repository: str | None = None,
) -> tuple[Extent, ...]:
    """The extent of one tool's look for one type of thing, each value once; none where nothing is listed."""
    found = tuple(dict.fromkeys(target for target in targets if target != Target()))
    ran = tuple(dict.fromkeys(checks))
    return (Extent(tool, type_, found, ran, among, cluster, repository),) if found or ran else ()


class _Key(NamedTuple):
    tool: str
    type: CheckType
    among: str
    cluster: str | None
    repository: str | None


class Listed:
    """Results one by one, failed or passed, each as if it were a finding; the extents that they amount to."""

    def __init__(self) -> None:
        self._found: dict[_Key, tuple[list[Target], list[str]]] = {}

    def add(self, result: Finding, among: str = "") -> None:
        """Takes in a result, of a check that was chosen from `among`."""
        key = _Key(result.tool, result.type, among, result.cluster, result.repository)
        targets, checks = self._found.setdefault(key, ([], []))
        targets.append(Target(result.namespace, result.resource, result.path, result.image))
        checks += (result.check, *result.aliases)

    def extents(self) -> tuple[Extent, ...]:
        """One for each tool, type, choice of checks, cluster and repository."""
        return tuple(
            extent
            for key, (targets, checks) in self._found.items()
            for extent in extents_of(
                key.tool,
                key.type,
                targets,
                checks,
                among=key.among,
                cluster=key.cluster,
                repository=key.repository,
            )
        )
