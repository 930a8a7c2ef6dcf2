"""Which exceptions cover which findings: a million findings against ten thousand exceptions in seconds.

What a finding has becomes masks of the scope entries that it fits (`scopes`), remembered by check, by
target and by package. The entries that it is in are the AND of three integers, and findings with the same
answer share one `Outcome`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from itertools import repeat

from reprieve.findings.aliases import names_of
from reprieve.findings.model import Finding
from reprieve.match.answers import Answers, Decide
from reprieve.match.model import Outcome, Scoped
from reprieve.match.patterns import numbers_of
from reprieve.match.scopes import Scopes, family_of
from reprieve.match.targets import Area, Targets
from reprieve.words import ENVIRONMENTS, CheckType, Environment


class Matcher:
    """What a register says of findings. Exceptions come in the order of their ids: the first decides."""

    def __init__(
        self, exceptions: Sequence[Scoped], environment_of: Callable[[str | None], Environment]
    ) -> None:
        self._scopes = scopes = Scopes(exceptions)
        decide = Decide(scopes.owners)
        self._answers = {environment: Answers(decide, environment) for environment in ENVIRONMENTS}
        self._checks = _Checks(scopes, functools.cache(self._area_of))
        self._environment_of = environment_of
        self.covered: dict[str, int] = {exception.id: 0 for exception in exceptions}
        """For each exception, the findings that it covered so far, but for those of `covered_native`."""
        self.covered_native = dict(self.covered)
        """For each exception, the findings that it covered and that the scanner itself suppressed."""

    @property
    def needs_fingerprints(self) -> bool:
        """Whether a scope names fingerprints, so that `outcomes` must be given those of the findings."""
        return self._scopes.fingerprints.having != 0

    def outcomes(
        self, findings: Sequence[Finding], fingerprints: Sequence[str] | None = None
    ) -> list[Outcome]:
        """What the gate says of each finding, in their order; adds to `covered` and `covered_native`.

        Raises ValueError when fingerprints are needed and not given, one for each finding.
        """
        if not self.needs_fingerprints:
            fingerprints = None
        elif fingerprints is None or len(fingerprints) != len(findings):
            raise ValueError("a scope names fingerprints: give that of each finding")
        found = self._match(findings, fingerprints)
        self._count()
        return found

    def scanned(self) -> frozenset[str]:
        """The exceptions whose target was scanned, as far as the findings so far, suppressed or not, tell.

        There is a finding of the entry's type, of the family of one of its checks and in its environment
        that matches its clusters, namespaces, images and repositories, or, if it has none of these keys,
        its resources or its paths. Whatever covered a finding was scanned.
        """
        owners = self._scopes.owners
        masks = (targets.scanned for targets in self._checks.kinds.values())
        return frozenset(owners[number].id for mask in masks for number in numbers_of(mask))

    def _match(self, findings: Sequence[Finding], fingerprints: Sequence[str] | None) -> list[Outcome]:
        checks, packages, marks = self._checks, self._scopes.packages, self._scopes.fingerprints.mask
        found: list[Outcome] = []
        append = found.append
        for finding, fingerprint in zip(findings, fingerprints or repeat(None), strict=False):
            mask, targets = checks[finding.check, finding.type, finding.aliases]
            admitted, answers = targets[
                finding.cluster,
                finding.namespace,
                finding.resource,
                finding.path,
                finding.image,
                finding.repository,
            ]
            mask &= admitted
            if mask and fingerprint is not None:
                mask &= marks(fingerprint)
            if mask:
                mask &= packages[finding.package]
            if not mask:
                append(answers.open)
                continue
            answer = answers[mask, finding.fix is not None, finding.severity]
            if finding.suppressed is None:
                answer.count += 1
            else:
                answer.native += 1
            append(answer.outcome)
        return found

    def _area_of(self, cluster: str | None) -> Area:
        environment = self._environment_of(cluster)
        mask = self._scopes.clusters.mask(cluster) & self._scopes.environments.mask(environment)
        return mask, self._answers[environment]

    def _count(self) -> None:
        """Move the counts of the answers to the exceptions."""
        for answers in self._answers.values():
            for answer in answers.given:
                for identifier in answer.outcome.covering:
                    self.covered[identifier] += answer.count
                    self.covered_native[identifier] += answer.native
                answer.count = answer.native = 0


class _Checks(dict[tuple[str, CheckType, tuple[str, ...]], tuple[int, Targets]]):
    """By check, type and aliases: the entries that admit one of its names; the targets of its type and family."""

    def __init__(self, scopes: Scopes, area_of: Callable[[str | None], Area]) -> None:
        self._scopes = scopes
        self._area_of = area_of
        self.kinds: dict[tuple[CheckType, frozenset[str]], Targets] = {}

    def __missing__(self, key: tuple[str, CheckType, tuple[str, ...]]) -> tuple[int, Targets]:
        check, check_type, aliases = key
        names = names_of(check, aliases)
        kind = check_type, frozenset(map(family_of, names))
        if kind not in self.kinds:
            fitting = self._scopes.types.mask(check_type) & self._scopes.of_families(kind[1])
            self.kinds[kind] = Targets(self._scopes, fitting, self._area_of)
        self[key] = found = self._scopes.of_names(names), self.kinds[kind]
        return found
