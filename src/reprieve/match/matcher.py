"""Which exceptions cover which findings: a million findings against ten thousand exceptions in seconds.

Each thing that a finding has becomes, once for each value, the mask of the scope entries that it fits
(`scopes`). The entries that the finding is in are the AND of these integers, which is mostly zero after a
few; and findings with the same answer share one `Outcome` (`answers`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, repeat

from reprieve import progress
from reprieve.findings.aliases import names_of
from reprieve.findings.model import Finding
from reprieve.match.answers import Answers, Decide
from reprieve.match.model import Outcome, Scoped
from reprieve.match.patterns import numbers_of, union
from reprieve.match.scopes import Scopes, family_of
from reprieve.match.slices import Room, Slice, Slices
from reprieve.words import ENVIRONMENTS, CheckType, Environment

_PORTION = 1 << 15
"""Findings between two reports of progress: a tenth of a second, and few enough to cost nothing."""


class Matcher:
    """What a register says of findings. Exceptions come in the order of their ids: the first decides."""

    def __init__(
        self, exceptions: Sequence[Scoped], environment_of: Callable[[str | None], Environment]
    ) -> None:
        self._begin(Scopes(exceptions), exceptions, environment_of)

    def anew(self, environment_of: Callable[[str | None], Environment]) -> Matcher:
        """The same exceptions, with nothing counted yet; what was found out about their patterns is kept."""
        other = Matcher.__new__(Matcher)
        other._begin(self._scopes, self._exceptions, environment_of)
        return other

    def _begin(
        self,
        scopes: Scopes,
        exceptions: Sequence[Scoped],
        environment_of: Callable[[str | None], Environment],
    ) -> None:
        self._scopes, self._exceptions = scopes, exceptions
        decide = Decide(scopes.owners)
        self._answers = {environment: Answers(decide, environment) for environment in ENVIRONMENTS}
        self._checks = _Checks(scopes, self._answers_in)
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
        elif len(fingerprints or ()) != len(findings):
            raise ValueError("a scope names fingerprints: give that of each finding")
        found: list[Outcome] = []
        with progress.task("Matching", len(findings), "findings") as advance:
            for start in range(0, len(findings), _PORTION):
                part = slice(start, start + _PORTION)
                found += self._match(findings[part], fingerprints[part] if fingerprints else None)
                advance(_PORTION)
        self._count()
        return found

    def scanned(self) -> frozenset[str]:
        """The exceptions whose target was scanned, as far as the findings so far, suppressed or not, tell.

        There is a finding of the entry's type, of the family of one of its checks and in its environment
        that matches its clusters, namespaces, images and repositories, or, if it has none of these keys,
        its resources or its paths. Whatever covered a finding was scanned.
        """
        parts = chain.from_iterable(map(dict.values, self._checks.slices.values()))
        numbers = numbers_of(union(part.scanned() for part in parts))
        return frozenset(self._scopes.owners[number].id for number in numbers)

    def _match(self, findings: Sequence[Finding], fingerprints: Sequence[str] | None) -> list[Outcome]:
        scopes, checks = self._scopes, self._checks
        packages, resources, paths = scopes.packages, scopes.resources, scopes.paths
        with_resources, with_paths = resources.index.having, paths.index.having
        marks = scopes.fingerprints.mask
        found: list[Outcome] = []
        part: Slice | None = None
        room: Room | None = None
        here = 0
        for finding, fingerprint in zip(findings, fingerprints or repeat(None), strict=False):
            mask, slices = checks[finding.check, finding.type, finding.aliases]
            last, part = part, slices[finding.cluster]
            last_room, room = room, (finding.namespace, finding.image, finding.repository)
            if part is not last or room != last_room:
                here = part.enter(room)
            if part.fine:
                part.resources.add(finding.resource)
                part.paths.add(finding.path)
            if (
                (mask := mask & here)
                and (fingerprint is None or (mask := mask & marks(fingerprint)))
                and (mask := mask & packages[finding.package])
                and (not mask & with_resources or (mask := mask & resources[finding.resource]))
                and (not mask & with_paths or (mask := mask & paths[finding.path]))
            ):
                answer = part.answers[mask, finding.fix is not None, finding.severity]
                if finding.suppressed is None:
                    answer.count += 1
                else:
                    answer.native += 1
                found.append(answer.outcome)
            else:
                found.append(part.answers.open)
        return found

    def _answers_in(self, cluster: str | None) -> Answers:
        return self._answers[self._environment_of(cluster)]

    def _count(self) -> None:
        """Move the counts of the answers to the exceptions."""
        for answers in self._answers.values():
            for answer in answers.given:
                for identifier in answer.outcome.covering:
                    self.covered[identifier] += answer.count
                    self.covered_native[identifier] += answer.native
                answer.count = answer.native = 0


class _Checks(dict[tuple[str, CheckType, tuple[str, ...]], tuple[int, Slices]]):
    """By check, type and aliases: the entries that admit one of its names; the slices of such findings."""

    def __init__(self, scopes: Scopes, answers_in: Callable[[str | None], Answers]) -> None:
        self._scopes = scopes
        self._answers_in = answers_in
        self.slices: dict[tuple[CheckType, frozenset[str]], Slices] = {}

    def __missing__(self, key: tuple[str, CheckType, tuple[str, ...]]) -> tuple[int, Slices]:
        check, check_type, aliases = key
        names = names_of(check, aliases)
        kind = check_type, frozenset(map(family_of, names))
        if kind not in self.slices:
            mask = self._scopes.types.mask(check_type) & self._scopes.of_families(kind[1])
            self.slices[kind] = Slices(self._scopes, mask, self._answers_in)
        self[key] = found = self._scopes.of_names(names), self.slices[kind]
        return found
