"""From a judged report to rows for the temporary tables, in one pass over its findings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import msgspec

from reprieve import progress
from reprieve.console.index import text
from reprieve.console.index.staging import Row
from reprieve.errors import ReportError
from reprieve.findings.model import Finding, Policy, Report
from reprieve.match.model import Outcome
from reprieve.record.model import id_number
from reprieve.words import SEVERITIES

_BYTES = 500
"""What an index of the database holds of a check, a cluster, a namespace."""
_TITLE = 200
_MAX_LINE = 2**31 - 1
_RANKS = {severity: rank for rank, severity in enumerate(SEVERITIES)}
_PORTION = 1 << 15

Place = tuple[str | None, ...]


class Rows:
    """The rows of one report. `findings` is read to its end first: it finds the places and subjects."""

    def __init__(
        self, report: Report, fingerprints: Sequence[str], outcomes: Sequence[Outcome], *, native: bool
    ) -> None:
        self._report = report
        self._fingerprints = fingerprints
        self._outcomes = outcomes
        self._native = native
        self._places: dict[Place, int] = {}
        self._subjects: dict[tuple[str, str, tuple[str, ...], str | None], tuple[int, str, str]] = {}
        self._aliases: dict[tuple[str, ...], str] = {}
        self._policies: dict[Policy, str] = {}

    def findings(self) -> Iterator[Row]:
        """As `merging.FINDING`, after a number, that of the place and that of the subject.

        Errors: `ReportError` for a value that the index cannot hold.
        """
        twins: dict[str, int] = {}
        judged = zip(self._report.findings, self._fingerprints, self._outcomes, strict=True)
        with progress.task("Writing", len(self._fingerprints), "findings") as advance:
            for number, (finding, fingerprint, outcome) in enumerate(judged):
                twin = twins.get(fingerprint, -1) + 1
                twins[fingerprint] = twin
                yield self._finding(number, finding, fingerprint, twin, outcome)
                if number % _PORTION == _PORTION - 1:
                    advance(_PORTION)

    def places(self) -> Iterator[Row]:
        """As `merging.PLACE`, after a number."""
        for values, number in self._places.items():
            search = " ".join(filter(None, values)).lower()
            yield (number, text.digest(*values), *values, search)

    def subjects(self) -> Iterator[Row]:
        """As `merging.SUBJECT`, after a number."""
        for (kind, check, aliases, package), (number, title, words) in self._subjects.items():
            key = text.digest(kind, check, json.dumps(aliases), package)
            search = " ".join((check, *aliases, package or "", words)).lower()
            yield (number, key, kind, check, self._encoded(aliases), package, title, text.storable(search))

    def _finding(
        self, number: int, finding: Finding, fingerprint: str, twin: int, outcome: Outcome
    ) -> tuple[object, ...]:
        check = self._bounded(finding.check, "check")
        cluster = self._bounded(finding.cluster, "cluster") if finding.cluster else finding.cluster
        namespace = self._bounded(finding.namespace, "namespace") if finding.namespace else finding.namespace
        resource, path, image = _text(finding.resource), _text(finding.path), _text(finding.image)
        repository, package = _text(finding.repository), _text(finding.package)
        message = text.storable(finding.message)
        place = cluster, namespace, resource, path, image, repository
        if (place_number := self._places.get(place)) is None:
            place_number = self._places[place] = len(self._places)
        subject = finding.type, check, finding.aliases, package
        if (known := self._subjects.get(subject)) is None:
            title = text.cut(message, _TITLE)
            known = self._subjects[subject] = len(self._subjects), title, _general(title, place)
        return (
            number,
            place_number,
            known[0],
            fingerprint,
            twin,
            finding.type,
            check,
            _RANKS[finding.severity],
            text.cut(finding.tool, 100),
            message,
            self._encoded(finding.aliases),
            cluster,
            namespace,
            resource,
            path,
            _line(finding.line),
            _line(finding.end_line),
            image,
            package,
            repository,
            _text(finding.fix),
            _text(finding.suppressed),
            self._native and finding.suppressed is not None,
            self._policy(finding.policy) if finding.policy else None,
            *judged(outcome),
        )

    def _bounded(self, value: str, what: str) -> str:
        value = text.storable(value)
        if len(value) > _BYTES // 4 and len(value.encode()) > _BYTES:
            raise ReportError(
                f"a {what} of more than {_BYTES} bytes: {value[:60]}…", where=self._report.source
            )
        return value

    def _encoded(self, aliases: tuple[str, ...]) -> str:
        if aliases not in self._aliases:
            self._aliases[aliases] = json.dumps(text.storable_json(aliases))
        return self._aliases[aliases]

    def _policy(self, policy: Policy) -> str:
        if policy not in self._policies:
            self._policies[policy] = json.dumps(text.storable_json(msgspec.to_builtins(policy)))
        return self._policies[policy]


def judged(outcome: Outcome) -> tuple[str, int | None, str | None, str | None, str | None]:
    """An outcome as columns: disposition, exception, voided_by, source, source_place."""
    place = f"{outcome.place[0]}:{outcome.place[1]}" if outcome.place else None
    exception = id_number(outcome.exception) if outcome.exception else None
    return outcome.disposition, exception, outcome.voided_by, outcome.source, _text(place)


def _general(title: str, place: Place) -> str:
    """A title without the names of the place that it happens to be about: a search for these finds places."""
    names = {part for value in place if value for part in (value, *value.split("/"))}
    return " ".join(word for word in title.split() if word.strip("'\"`.,:;()") not in names)


def _text(value: str | None) -> str | None:
    return None if value is None else text.storable(value)


def _line(number: int | None) -> int | None:
    return number if number is not None and 0 <= number <= _MAX_LINE else None
