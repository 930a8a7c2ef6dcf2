"""Where findings are: reports say many things of one target, so what its place admits is decided once.

It is also how an exception whose target was scanned, and which covered nothing, can be told from one
whose target was not.
"""

from __future__ import annotations

from collections.abc import Callable

from reprieve.match.answers import Answers
from reprieve.match.scopes import Scopes

_REMEMBERED_BITS = 1 << 28
"""What the masks of remembered targets may take, for each check type and family: 32 MB."""

Place = tuple[str | None, str | None, str | None, str | None, str | None, str | None]
"""Cluster, namespace, resource, path, image and repository of a finding."""
Area = tuple[int, Answers]
"""The entries that fit a cluster and its environment, and the answers of that environment."""


class Targets(dict[Place, Area]):
    """For the findings of one check type and family: the entries that each place admits.

    Forgets places rather than grow without end: most reports are ordered by target.
    """

    def __init__(self, scopes: Scopes, fitting: int, area_of: Callable[[str | None], Area]) -> None:
        self._scopes = scopes
        self._fitting = fitting
        self._area_of = area_of
        self._limit = _REMEMBERED_BITS // (len(scopes.owners) + 1)
        self._not_scanned = fitting

    @property
    def scanned(self) -> int:
        """The entries whose target some finding was at, as `Matcher.scanned` has it."""
        return self._fitting ^ self._not_scanned

    def __missing__(self, place: Place) -> Area:
        cluster, namespace, resource, path, image, repository = place
        scopes = self._scopes
        area, answers = self._area_of(cluster)
        mask = area & self._fitting & scopes.namespaces[namespace]
        mask = mask & scopes.images[image] & scopes.repositories[repository]
        self._note(mask, resource, path)
        mask = mask & scopes.resources[resource] & scopes.paths[path]
        if len(self) >= self._limit:
            self.clear()
        self[place] = mask, answers
        return mask, answers

    def _note(self, coarsely: int, resource: str | None, path: str | None) -> None:
        """Mark as scanned what fits by all coarse keys; of what has none, only what fits by a fine one."""
        scopes = self._scopes
        scanned = coarsely & self._not_scanned
        fine = scanned & scopes.fine
        if fine:
            resources = scopes.resources[resource] & scopes.resources.index.having
            paths = scopes.paths[path] & scopes.paths.index.having
            scanned ^= fine ^ (fine & (resources | paths))
        self._not_scanned ^= scanned
