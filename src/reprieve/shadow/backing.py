"""Which record stands behind a suppression: one that it cites, or an active one whose scope covers it.

A record stands behind no more than it covers. What a suppression silences is held against the scope key by
key; where the suppression is wider than the record, or about something else, the record doesn't hold.

- **Cited**, a record need not be matched by what nobody can read from the file: a comment doesn't say which
  cluster it is about, and whoever cites the record does.
- **Not cited**, every key of the scope has to be matched, as the matcher does for findings: a key never
  matches what lacks the value. The matcher finds the records that may cover; each is then held against the
  patterns, since an entry may be about more than one value.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from reprieve.findings.aliases import names_of
from reprieve.findings.model import Finding
from reprieve.judging import scoped
from reprieve.match.matcher import Matcher
from reprieve.match.model import Outcome
from reprieve.record import glob
from reprieve.record.charter import Charter
from reprieve.record.lifecycle import Standing
from reprieve.record.model import Record, ScopeEntry, id_number
from reprieve.record.scope import values_of
from reprieve.register.register import Register
from reprieve.register.snapshot import Case
from reprieve.report.text import enumeration
from reprieve.shadow.model import PLACES, Behind, Silenced, Suppression
from reprieve.words import CHECK_TYPES, CheckType, Environment

_KEY_OF_FIELD = {
    "paths": "path",
    "namespaces": "namespace",
    "resources": "resource",
    "clusters": "cluster",
    "images": "image",
    "packages": "package",
}
_NONE = Behind(None, holds=False, why="no record")


class Backing:
    """A register at a moment, asked what stands behind suppressions.

    Args:
        register: None when none is in play.
        now: the moment; aware.
        repositories: names by which a scope may call the repository that is looked at.
        environment: of everything; by the charter's map of clusters when None.
    """

    def __init__(
        self,
        register: Register | None,
        now: dt.datetime,
        repositories: Sequence[str] = (),
        environment: Environment | None = None,
    ) -> None:
        self._repositories = tuple(repositories)
        self._environment = environment
        self._charter = register.snapshot.charter if register else Charter(version=1)
        cases = list(register.cases(now)) if register else []
        self._cases: defaultdict[int, list[tuple[Case, Standing]]] = defaultdict(list)
        for case, standing in cases:
            self._cases[case.number].append((case, standing))
        self._records = {
            case.id: (case.record, standing) for case, standing in cases if case.record is not None
        }
        self._matcher = Matcher([one for pair in cases if (one := scoped(*pair))], self._environment_of)
        self.active = sum(standing.status == "active" for _, standing in cases)
        """How many records suppress."""

    def behind(self, suppressions: Sequence[Suppression]) -> list[Behind]:
        """What stands behind each, in their order."""
        found = [self._by_citation(one) if one.cites else None for one in suppressions]
        uncited = [index for index, behind in enumerate(found) if behind is None]
        judged = self._by_scope([suppressions[index] for index in uncited])
        for index, behind in zip(uncited, judged, strict=True):
            found[index] = behind
        return [behind or _NONE for behind in found]

    def _environment_of(self, cluster: str | None) -> Environment:
        return self._environment or self._charter.environment_of(cluster)

    def _by_citation(self, one: Suppression) -> Behind:
        """By the first cited record that holds; else why the first doesn't. All checks must be covered."""
        refusals: list[Behind] = []
        holding: list[Record] = []
        for identifier in one.cites:
            case, standing = self._case(identifier)
            if case is None or standing is None:
                refusals.append(
                    Behind(identifier, holds=False, why=f"cites {identifier}, which is not in the register")
                )
            elif case.record is None or standing.status != "active":
                why = f"cites {case.id}, which is {standing.status}"
                refusals.append(Behind(case.id, holds=False, why=why))
            else:
                holding.append(case.record)
        silenced = one.silenced
        for checks in [silenced.checks] if not silenced.checks else [(check,) for check in silenced.checks]:
            part = msgspec.structs.replace(silenced, checks=checks)
            why_not = [self._objection(record, part) for record in holding]
            if None not in why_not and holding:
                refusals.append(
                    Behind(holding[0].id, holds=False, why=f"cites {holding[0].id}, {why_not[0]}")
                )
                break
        if refusals and (not holding or refusals[-1].record in {record.id for record in holding}):
            return refusals[-1] if holding else refusals[0]
        ids = enumeration([record.id for record in holding])
        wide = (
            ""
            if silenced.checks
            else f", but silences every check of {one.tool}: name those that it is about"
        )
        return Behind(holding[0].id, holds=True, why=f"cites {ids}{wide}")

    def _case(self, identifier: str) -> tuple[Case | None, Standing | None]:
        """The merged case of an id; else one on a branch."""
        pairs = self._cases.get(id_number(identifier) or -1, [])
        merged = [pair for pair in pairs if pair[0].branch is None]
        return next(iter(merged or pairs), (None, None))

    def _objection(self, record: Record, silenced: Silenced) -> str | None:
        """Why a cited record doesn't cover; None when it does."""
        known = [None] if self._environment else _literals(silenced.clusters)
        here = {self._environment_of(cluster) for cluster in known}
        if here - {record.environment}:
            return f"which is for {record.environment}, not for {enumeration(sorted(here))}"
        objections = [self._entry_objection(entry, silenced, cited=True) for entry in record.scope]
        if None in objections:
            return None
        nearest = (why for why in objections if why and not why.startswith("which is about"))
        return next(nearest, objections[0])

    def _entry_objection(self, entry: ScopeEntry, silenced: Silenced, *, cited: bool) -> str | None:
        """Why an entry of a scope doesn't cover; None when it does."""
        if entry.type and (silenced.type or not cited) and entry.type != silenced.type and silenced.type:
            return f"which is about another type of check ({entry.type})"
        checks = values_of(entry, "checks")
        if checks and (silenced.checks or not cited) and not _names_admitted(checks, silenced):
            return f"which is about other checks ({_few(checks)})"
        for key in PLACES:
            wide, narrow = values_of(entry, key), getattr(silenced, key)
            if wide and (narrow or not cited) and not _all_in(wide, narrow):
                return f"which covers less: {key} {_few(wide)}"
        repositories = values_of(entry, "repositories")
        if repositories and (self._repositories or not cited) and not self._repository_in(repositories):
            return f"which is for other repositories ({_few(repositories)})"
        if values_of(entry, "fingerprints") and not cited:
            return "which is for single findings"
        return None

    def _repository_in(self, patterns: Iterable[str]) -> bool:
        return any(glob.matches(pattern, name) for pattern in patterns for name in self._repositories)

    def _by_scope(self, suppressions: Sequence[Suppression]) -> list[Behind]:
        """By the records that cover every check of each."""
        findings: list[Finding] = []
        owners: list[tuple[int, str]] = []
        for index, one in enumerate(suppressions):
            for check in one.silenced.checks:
                for finding in self._probes(one, check):
                    findings.append(finding)
                    owners.append((index, check))
        outcomes = self._matcher.outcomes(findings, [""] * len(findings))
        answers: defaultdict[tuple[int, str], list[Outcome]] = defaultdict(list)
        for owner, outcome in zip(owners, outcomes, strict=True):
            answers[owner].append(outcome)
        return [self._covered(one, index, answers) for index, one in enumerate(suppressions)]

    def _probes(self, one: Suppression, check: str) -> list[Finding]:
        """Findings that a record covers if it covers the suppression: by its first value of each key."""
        silenced = one.silenced
        values: dict[str, Any] = {
            field: next(iter(getattr(silenced, key)), None) for key, field in _KEY_OF_FIELD.items()
        }
        types: tuple[CheckType, ...] = (silenced.type,) if silenced.type else CHECK_TYPES
        return [
            Finding(
                type=type_,
                check=check,
                aliases=_aliases(silenced, check),
                severity="low",
                tool=one.tool,
                repository=name,
                **values,
            )
            for type_ in types
            for name in (self._repositories or (None,))
        ]

    def _covered(self, one: Suppression, index: int, answers: dict[tuple[int, str], list[Outcome]]) -> Behind:
        if not one.silenced.checks:
            return Behind(None, holds=False, why="no record can cover every check of a tool; none is cited")
        holding: dict[str, None] = {}
        for check in one.silenced.checks:
            part = msgspec.structs.replace(one.silenced, checks=(check,))
            outcomes = answers[index, check]
            covering = dict.fromkeys(identifier for outcome in outcomes for identifier in outcome.covering)
            able = [identifier for identifier in covering if self._covers(identifier, part)]
            active = next((i for i in able if self._records[i][1].status == "active"), None)
            if active is None:
                return self._nearly(able)
            holding[active] = None
        return Behind(next(iter(holding)), holds=True, why=f"covered by {enumeration(list(holding))}")

    def _covers(self, identifier: str, silenced: Silenced) -> bool:
        record, _ = self._records[identifier]
        return any(self._entry_objection(entry, silenced, cited=False) is None for entry in record.scope)

    def _nearly(self, able: Sequence[str]) -> Behind:
        """What a record that is not active says of it."""
        for identifier in able:
            record, standing = self._records[identifier]
            if standing.status == "expired":
                why = f"{identifier} covered it until {record.expires}"
                return Behind(identifier, holds=False, why=why)
            return Behind(
                identifier, holds=False, why=f"{identifier} would cover it, but is {standing.status}"
            )
        return _NONE


def _literals(patterns: Iterable[str]) -> list[str]:
    return [pattern for pattern in patterns if glob.is_literal(pattern)]


def _names_admitted(patterns: Sequence[str], silenced: Silenced) -> bool:
    """Whether each check, by any of its names, is within one of the patterns."""
    return bool(silenced.checks) and all(
        any(
            glob.contains(pattern, name)
            for pattern in patterns
            for name in names_of(check, _aliases(silenced, check))
        )
        for check in silenced.checks
    )


def _aliases(silenced: Silenced, check: str) -> tuple[str, ...]:
    """Of a constraint, `Kind/name`: its kind, as in reports of Gatekeeper."""
    head, slash, _ = check.partition("/")
    return (head,) if slash and silenced.type == "admission" else ()


def _all_in(patterns: Sequence[str], values: Sequence[str]) -> bool:
    return bool(values) and all(
        any(glob.contains(pattern, value) for pattern in patterns) for value in values
    )


def _few(patterns: Sequence[str]) -> str:
    more = f" and {len(patterns) - 3} more" if len(patterns) > 3 else ""
    return ", ".join(patterns[:3]) + more
