"""From the entries that a finding is in to what the gate says of it."""

from __future__ import annotations

from collections.abc import Sequence

from reprieve.match.model import Outcome, Scoped
from reprieve.match.patterns import mask_of, numbers_of
from reprieve.record.model import Void
from reprieve.words import SEVERITIES, Environment, Risk, Severity

_RANK = {"excepted": 0, "expired": 1, "pending": 2}
_REMEMBERED_BITS = 1 << 29
"""What the masks of remembered answers may take, for each environment: 64 MB."""

Traits = tuple[bool, Severity]
"""Whether a finding has a fix, and its severity: what voids look at."""


class Answer:
    """An outcome, and how many findings have it: those that the scanner suppressed are counted apart."""

    __slots__ = ("count", "native", "outcome")

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.count = 0
        self.native = 0


class Answers(dict[tuple[int, bool, Severity], Answer]):
    """The answers in one environment, by the entries that a finding is in and its traits.

    Forgets them, but for `given`, rather than grow without end.
    """

    def __init__(self, decide: Decide, environment: Environment) -> None:
        self._decide = decide
        self.environment: Environment = environment
        self._limit = _REMEMBERED_BITS // (decide.size + 1)
        self.open = Outcome(disposition="open", environment=environment)
        """What is said of a finding that is in no entry."""
        self.given: list[Answer] = []

    def __missing__(self, key: tuple[int, bool, Severity]) -> Answer:
        if len(self) >= self._limit:
            self.clear()
        mask, has_fix, severity = key
        self[key] = answer = Answer(self._decide(mask, (has_fix, severity), self.environment))
        self.given.append(answer)
        return answer


class Decide:
    """The rule: voids first, then the best disposition, then the lowest id."""

    def __init__(self, owners: Sequence[Scoped]) -> None:
        self._owners = owners
        self._ranks = [_RANK[exception.disposition] for exception in owners]
        self._voided: dict[Traits, int] = {}
        self.size = len(owners)

    def __call__(self, mask: int, traits: Traits, environment: Environment) -> Outcome:
        """The outcome of a finding that is in these entries."""
        voided = mask & self._voided_by(traits)
        numbers = sorted(numbers_of(mask ^ voided), key=self._ranks.__getitem__)
        if not numbers:
            return Outcome("open", environment, voided_by=self._void_of_active(voided, traits))
        best = self._owners[numbers[0]]
        active = best.disposition == "excepted"
        return Outcome(
            disposition=best.disposition,
            environment=environment,
            exception=best.id,
            covering=tuple(dict.fromkeys(self._owners[number].id for number in numbers)),
            voided_by=None if active else self._void_of_active(voided, traits),
            source="record",
        )

    def _voided_by(self, traits: Traits) -> int:
        """The entries whose exception is void for a finding with these traits."""
        if traits not in self._voided:
            voided = (n for n, exception in enumerate(self._owners) if void_of(exception, traits))
            self._voided[traits] = mask_of(voided)
        return self._voided[traits]

    def _void_of_active(self, voided: int, traits: Traits) -> str | None:
        """`EXC-007: fix-available` for the first active exception among these entries."""
        for number in numbers_of(voided):
            if self._ranks[number] == 0:
                return f"{self._owners[number].id}: {void_of(self._owners[number], traits)}"
        return None


def void_of(exception: Scoped, traits: Traits) -> Void | None:
    """The first of the exception's voids that applies, in the order in which it states them."""
    has_fix, severity = traits
    for void in exception.voids:
        if has_fix if void == "fix-available" else _above(severity, exception.risk):
            return void
    return None


def _above(severity: Severity, risk: Risk) -> bool:
    """Whether a finding is worse than what was accepted; for all we know, `unknown` is."""
    return severity == "unknown" or SEVERITIES.index(severity) < SEVERITIES.index(risk)
