"""What reports looked at, so that an exception whose target was scanned in vain can be told from the others.

The findings of one check type, check family and cluster are a slice: which entries they can be in at all is
decided once for all of them. Within it a room is a namespace, an image and a repository; reports are mostly
in the order of rooms, so that what fits there is decided when a room is entered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reprieve.match.answers import Answers
from reprieve.match.patterns import MaskMemo
from reprieve.match.scopes import Scopes

Room = tuple[str | None, str | None, str | None]
"""Namespace, image and repository."""


class Slice:
    """The findings of one check type, check family and cluster."""

    __slots__ = ("_far", "_mask", "_scopes", "answers", "fine", "paths", "resources")

    def __init__(self, mask: int, scopes: Scopes, answers: Answers) -> None:
        self._scopes = scopes
        self._mask = mask
        self._far = mask & scopes.coarse
        self.answers = answers
        """The answers in the cluster's environment."""
        self.fine = bool(mask & scopes.fine)
        """Whether `resources` and `paths` need to be noted."""
        self.resources: set[str | None] = set()
        self.paths: set[str | None] = set()

    def enter(self, room: Room) -> int:
        """The entries that fit by slice and room; notes that these were scanned."""
        namespace, image, repository = room
        scopes = self._scopes
        here = self._mask & scopes.namespaces[namespace] & scopes.images[image]
        here &= scopes.repositories[repository]
        if self._far:
            self._far ^= self._far & here
        return here

    def scanned(self) -> int:
        """The entries whose target some finding was at, as `Matcher.scanned` has it."""
        fine = self._mask & self._scopes.fine
        elsewhere = _elsewhere(fine, self._scopes.resources, self.resources)
        elsewhere = _elsewhere(elsewhere, self._scopes.paths, self.paths)
        return self._mask ^ self._far ^ elsewhere


class Slices(dict[str | None, Slice]):
    """The slices of one check type and check family, by cluster; made when first asked for."""

    def __init__(self, scopes: Scopes, mask: int, answers_in: Callable[[str | None], Answers]) -> None:
        self._scopes = scopes
        self._mask = mask
        self._answers_in = answers_in

    def __missing__(self, cluster: str | None) -> Slice:
        scopes, answers = self._scopes, self._answers_in(cluster)
        mask = self._mask & scopes.clusters.mask(cluster) & scopes.environments.mask(answers.environment)
        self[cluster] = made = Slice(mask, scopes, answers)
        return made


def _elsewhere(mask: int, memo: MaskMemo, values: Iterable[str | None]) -> int:
    """Those of the entries that lack the key, or have it and fit none of the values."""
    far = mask & memo.index.having
    lacking = mask ^ far
    for value in values:
        if not far:
            break
        far ^= far & memo[value]
    return lacking | far
