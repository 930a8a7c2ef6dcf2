"""What a result lists as looked at, held against exceptions: whose target is on it, and which checks ran."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import UNSET, UnsetType

from reprieve.findings.aliases import names_of
from reprieve.findings.model import Extent, Finding, Target
from reprieve.match.matcher import Matcher
from reprieve.match.model import Scoped
from reprieve.record.model import ScopeEntry
from reprieve.record.scope import values_of
from reprieve.words import Environment

_KEYS = {"namespace": "namespaces", "resource": "resources", "path": "paths", "image": "images"}
"""Field of a target -> the key of a scope that is about it."""
_OF_FINDINGS = ("checks", "packages", "fingerprints")
Fields = tuple[str, ...]


def target_of(finding: Finding) -> Target:
    """Where it is, as a list of targets would say."""
    return Target(finding.namespace, finding.resource, finding.path, finding.image)


class Scopes:
    """Exceptions, by their scopes as far as a list of targets can tell of them."""

    def __init__(self, exceptions: Sequence[Scoped]) -> None:
        self._exceptions = exceptions
        self._matchers: dict[Fields, Matcher] = {}
        self._told: dict[Fields, frozenset[str]] = {}

    def among(
        self, targets: Iterable[Target], fields: Fields, like: Finding, environment: Environment
    ) -> frozenset[str]:
        """Those whose target is among these.

        Args:
            targets: what was looked at.
            fields: of which some target has a value; the others are not asked about.
            like: a finding of the same type, cluster and repository.
            environment: of all of it.
        """
        if fields not in self._matchers:
            self._matchers[fields] = Matcher(self._places(fields), lambda _: "production")
        matcher = self._matchers[fields].anew(lambda _: environment)
        matcher.outcomes([_at(target, like) for target in targets])
        return frozenset(identifier for identifier, number in matcher.covered.items() if number)

    def told(self, fields: Fields) -> frozenset[str]:
        """Those of which such a list tells: every entry says where, and only by what the list has."""
        if fields not in self._told:
            keys = {_KEYS[field] for field in fields}
            self._told[fields] = frozenset(
                one.id for one in self._exceptions if all(_says_where(entry, keys) for entry in one.scope)
            )
        return self._told[fields]

    def _places(self, fields: Fields) -> list[Scoped]:
        """The same exceptions, of which nothing is asked but where."""
        dropped: dict[str, UnsetType] = dict.fromkeys(_OF_FINDINGS, UNSET)
        dropped |= {key: UNSET for field, key in _KEYS.items() if field not in fields}
        return [
            msgspec.structs.replace(
                one, scope=tuple(msgspec.structs.replace(entry, **dropped) for entry in one.scope)
            )
            for one in self._exceptions
        ]


class Listing:
    """What one result lists as looked at by one tool for one type of thing in one place."""

    def __init__(
        self, extents: Sequence[Extent], scopes: Scopes, like: Finding, environment: Environment
    ) -> None:
        targets = frozenset(target for extent in extents for target in extent.targets)
        self._fields: Fields = tuple(
            field for field in _KEYS if any(getattr(target, field) for target in targets)
        )
        self._targets = frozenset(map(self._kept, targets))
        self.told = scopes.told(self._fields)
        """Exceptions of whose target the list tells."""
        among = scopes.among(targets, self._fields, like, environment) if self.told else frozenset()
        self.here = among & self.told
        """Those of them whose target is on it."""
        self.values = frozenset(
            value
            for target in targets
            for value in (target.resource, target.path, target.image)
            if value is not None
        )
        """The files, resources and images on it."""
        self.ran: Mapping[str, frozenset[str]] = {
            extent.among: frozenset(name for check in extent.checks for name in names_of(check))
            for extent in extents
            if extent.checks
        }
        """What checks were chosen from -> every name of those that ran."""

    def holds(self, places: Iterable[Target]) -> bool:
        """Whether one of these is still on the list, or it lists checks only."""
        return not self._targets or any(self._kept(place) in self._targets for place in places)

    def _kept(self, where: Target) -> tuple[str | None, ...]:
        return tuple(getattr(where, field) for field in self._fields)


def _says_where(entry: ScopeEntry, keys: set[str]) -> bool:
    """By some of these keys, and by no other of those that a list of targets can have."""
    said = {key for key in _KEYS.values() if values_of(entry, key)}
    return bool(said) and said <= keys


def _at(target: Target, like: Finding) -> Finding:
    return msgspec.structs.replace(
        like,
        namespace=target.namespace,
        resource=target.resource,
        path=target.path,
        image=target.image,
    )
