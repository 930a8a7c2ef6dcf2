"""What reports looked at, so that an exception whose target was scanned in vain can be told from the others.

The findings of one check type, check family and cluster are a slice: which entries they can be in at all is
decided once for all of them. Where else they were is noted while matching, and looked at when someone asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reprieve.match.answers import Answers
from reprieve.match.patterns import MaskMemo
from reprieve.match.scopes import Scopes


class Slice:
    """The findings of one check type, check family and cluster."""

    __slots__ = ("answers", "coarse", "fine", "mask", "paths", "resources", "rooms")

    def __init__(self, mask: int, scopes: Scopes, answers: Answers) -> None:
        self.mask = mask
        """The entries that fit type, family, cluster and its environment."""
        self.answers = answers
        """The answers in that environment."""
        self.coarse = bool(mask & scopes.coarse)
        """Whether `rooms` matter; otherwise they are not noted."""
        self.fine = bool(mask & scopes.fine)
        """Whether `resources` and `paths` matter; otherwise they are not noted."""
        self.rooms: set[tuple[str | None, str | None, str | None]] = set()
        """Namespaces, images and repositories, as they occurred together."""
        self.resources: set[str | None] = set()
        self.paths: set[str | None] = set()

    def scanned(self, scopes: Scopes) -> int:
        """The entries whose target some finding was at, as `Matcher.scanned` has it."""
        far = self.mask & scopes.coarse
        images, namespaces, repositories = scopes.images, scopes.namespaces, scopes.repositories
        for namespace, image, repository in self.rooms:
            far ^= far & images[image] & namespaces[namespace] & repositories[repository]
        without_resource = _missed(self.mask & scopes.fine, scopes.resources, self.resources)
        return self.mask ^ far ^ _missed(without_resource, scopes.paths, self.paths)


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


def _missed(mask: int, memo: MaskMemo, values: Iterable[str | None]) -> int:
    """Those of the entries that don't have the key, or have it and fit none of the values."""
    far = mask & memo.index.having
    missed = mask ^ far
    for value in values:
        if not far:
            break
        far ^= far & memo[value]
    return missed | far
