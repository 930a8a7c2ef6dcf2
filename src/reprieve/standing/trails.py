"""What each exception covered over time, from each place that a scanner looked at it from.

A vantage is one tool looking for one type of thing in one cluster and repository. Results of different
vantages say nothing about each other: that an exception for two clusters covers nothing in the one does
not mean that it is not needed in the other. So there is a trail for each exception and vantage, and they
are put together at the end (`stale`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from reprieve.findings.aliases import names_of
from reprieve.findings.model import Extent, Finding, Target
from reprieve.match.matcher import Matcher
from reprieve.match.model import Scoped
from reprieve.record import glob
from reprieve.record.model import Record, ScopeEntry
from reprieve.record.scope import values_of
from reprieve.standing.listing import Listing, Scopes, target_of
from reprieve.standing.results import Result
from reprieve.words import CheckType, Environment


class Vantage(NamedTuple):
    """From where something was looked at."""

    environment: Environment
    tool: str
    type: CheckType
    cluster: str | None
    repository: str | None

    @property
    def named(self) -> bool:
        """Whether two results of it are about the same thing for sure."""
        return self.cluster is not None or self.repository is not None


class Mark(msgspec.Struct, frozen=True, order=True):
    """A result, as evidence."""

    at: dt.datetime
    path: str
    digest: str


class Trail(msgspec.Struct):
    """One exception from one vantage. Marks are the first since things are as they are, but for `matched`."""

    looks: int = 0
    """Results that looked at its target."""
    matched: Mark | None = None
    """The last result in which it covered something."""
    findings: int = 0
    """What it covered there; those that the scanner suppressed, and those with a fix, are of these."""
    native: int = 0
    fixable: int = 0
    fixed: Mark | None = None
    builtin: bool = False
    """Whether a built-in check of ours found it."""
    missed: Mark | None = None
    """Its target was looked at, and it covered nothing."""
    places: frozenset[Target] = frozenset()
    """Where that was, if the result lists what it looked at; so the next."""
    listed: bool = False
    """Whether its target was ever on a list, or it covered something."""
    among: frozenset[str] = frozenset()
    """What checks were chosen from when its own was among those that ran."""
    retired: Mark | None = None
    """As before, a list of the same kind lacks its check, though the target is on it."""
    hidden: Mark | None = None
    """The same, or the next, where a native ignore file exported from the register may be why."""
    gone: Mark | None = None
    """Its target is not on the list of what was looked at, and what was on it beside the target is."""
    unseen: Mark | None = None
    """The vantage was looked at, and nothing at all was found at its target, which no list tells of."""
    neighbours: frozenset[str] = frozenset()
    """What else was listed when its target was seen last; and found, where the vantage has no name."""

    @property
    def alive(self) -> bool:
        """Whether it covers something, as far as is known."""
        return self.matched is not None and not (self.hidden or self.ended)

    @property
    def ended(self) -> Mark | None:
        """When it covered nothing any more."""
        return min((mark for mark in (self.missed, self.gone, self.unseen) if mark), default=None)


MayHide = Callable[[Record, str], bool]
"""Record and tool -> whether an export of ours may hide from the tool's report what the record covers."""


class Trails:
    """Follows exceptions through results, which must come oldest first."""

    def __init__(self, records: Sequence[Record], may_hide: MayHide) -> None:
        self._records = {record.id: record for record in records}
        self._may_hide = may_hide
        self._coarse = {record.id for record in records if not any(map(_is_fine, record.scope))}
        self._names = {record.id: _names(record) for record in records}
        exceptions = [msgspec.structs.replace(Scoped.of(record), voids=()) for record in records]
        self._matcher = Matcher(exceptions, lambda _: "production")
        self._scopes = Scopes(exceptions)
        self.of: dict[str, dict[Vantage, Trail]] = {record.id: {} for record in records}
        self._at: defaultdict[Vantage, set[str]] = defaultdict(set)
        self._types: defaultdict[tuple[str, str | None, str | None], set[CheckType]] = defaultdict(set)
        self._nothing = Listing((), self._scopes, Finding("code", "", "unknown", ""), "production")
        self.knows: dict[str, tuple[Mark, frozenset[str]]] = {}
        """Tool -> the last result that lists every check that it knows, and these."""

    def follow(self, result: Result) -> None:
        """Takes in one more result."""
        mark = Mark(result.place.at, result.place.path, result.digest)
        advisories = _fixed_advisories(result.findings)
        vantages = _vantages(result)
        listings = self._listings(result.extents)
        shown = {finding.tool for finding in result.findings if finding.suppressed is not None}
        for vantage in dict.fromkeys((*vantages, *listings)):
            indexes, listing = vantages.get(vantage, []), listings.get(vantage, self._nothing)
            found = _Found(self._matcher, vantage, indexes, result, advisories, listing)
            if not vantage.named:
                found.near |= _neighbours(result.findings[index] for index in indexes)
            self._types[vantage.tool, vantage.cluster, vantage.repository].add(vantage.type)
            for identifier in found.findings:
                self._matched(identifier, vantage, mark, found)
            if result.whole:
                self._looked(vantage, mark, found, shows=vantage.tool in shown)
        if result.whole:
            self._clean(result, mark)
        for tool, checks in result.knows.items():
            self.knows[tool] = (mark, checks)

    def _listings(self, extents: Iterable[Extent]) -> dict[Vantage, Listing]:
        by_vantage: defaultdict[Vantage, list[Extent]] = defaultdict(list)
        for extent in extents:
            environment = extent.environment or "production"
            vantage = Vantage(environment, extent.tool, extent.type, extent.cluster, extent.repository)
            by_vantage[vantage].append(extent)
        return {
            vantage: Listing(found, self._scopes, _like(vantage), vantage.environment)
            for vantage, found in by_vantage.items()
        }

    def _matched(self, identifier: str, vantage: Vantage, mark: Mark, found: _Found) -> None:
        trail = self.of[identifier].setdefault(vantage, Trail())
        self._at[vantage].add(identifier)
        trail.looks += 1
        trail.matched, trail.listed = mark, True
        trail.missed, trail.hidden, trail.gone, trail.unseen = None, None, None, None
        trail.findings = found.findings[identifier]
        trail.native = found.native[identifier]
        trail.fixable = found.fixable[identifier]
        trail.fixed = (trail.fixed or mark) if trail.fixable else None
        trail.builtin = identifier in found.builtin
        trail.neighbours, trail.places = found.near, frozenset(found.places[identifier])
        trail.among |= {among for among, ran in found.listing.ran.items() if self._names[identifier] & ran}
        trail.retired = None

    def _looked(self, vantage: Vantage, mark: Mark, found: _Found, *, shows: bool) -> None:
        """What the result says about exceptions that it does not show.

        It says nothing about those whose check was not among those that were chosen to run.
        """
        listing, trails = found.listing, {one: self.of[one][vantage] for one in self._at[vantage]}
        known = {one for one, trail in trails.items() if _tells(listing, trail)} - found.findings.keys()
        gone = {
            one
            for one in known & listing.told - listing.here
            if trails[one].listed and trails[one].neighbours & found.near
        }
        ran = {one for one in listing.here if any(self._names[one] & names for names in listing.ran.values())}
        fresh = (found.scanned | ran) - trails.keys()
        for identifier in fresh | ((found.scanned | listing.here) & known) - gone:
            self._seen(identifier, vantage, mark, found, shows=shows)
        for identifier in gone:
            self._ended(identifier, vantage, mark, shows=shows, gone=True)
        for identifier in known - found.scanned - listing.here - gone:
            if (vantage.named and found.any) or trails[identifier].neighbours & found.near:
                self._ended(identifier, vantage, mark, shows=shows)

    def _seen(self, identifier: str, vantage: Vantage, mark: Mark, found: _Found, *, shows: bool) -> None:
        """Its target was looked at, and it covers nothing there."""
        trail = self.of[identifier].setdefault(vantage, Trail())
        self._at[vantage].add(identifier)
        trail.looks += 1
        trail.listed |= identifier in found.listing.here
        trail.gone, trail.unseen, trail.neighbours = None, None, found.near
        if self._hides(identifier, vantage, shows=shows):
            trail.hidden = trail.hidden or mark
            return
        trail.missed = trail.missed or mark
        ran = found.listing.ran
        listed = {among for among in ran if self._names[identifier] & ran[among]}
        trail.among |= listed
        if listed:
            trail.retired = None
        elif trail.among & ran.keys() and found.listing.holds(trail.places):
            trail.retired = trail.retired or mark

    def _clean(self, result: Result, mark: Mark) -> None:
        """Reports that found nothing: they tell no type, so only where the vantage never had another."""
        for tool, cluster, repository in result.clean:
            if len(self._types[tool, cluster, repository]) != 1:
                continue
            for vantage, identifiers in self._at.items():
                if (vantage.tool, vantage.cluster, vantage.repository) == (tool, cluster, repository):
                    for identifier in identifiers:
                        self._ended(identifier, vantage, mark, shows=False)

    def _ended(
        self, identifier: str, vantage: Vantage, mark: Mark, *, shows: bool, gone: bool = False
    ) -> None:
        """Nothing is found at its target any more, which is `gone` by a list, or else just not seen."""
        trail = self.of[identifier][vantage]
        if self._hides(identifier, vantage, shows=shows):
            trail.hidden = trail.hidden or mark
        elif identifier in self._coarse:
            trail.missed = trail.missed or mark
        elif gone:
            trail.gone = trail.gone or mark
        else:
            trail.unseen = trail.unseen or mark

    def _hides(self, identifier: str, vantage: Vantage, *, shows: bool) -> bool:
        """Not where the report shows what its scanner suppressed: then it would show this, too."""
        return not shows and self._may_hide(self._records[identifier], vantage.tool)


class _Found:
    """What exceptions cover in one vantage of one result."""

    def __init__(
        self,
        matcher: Matcher,
        vantage: Vantage,
        indexes: Sequence[int],
        result: Result,
        advisories: Mapping[tuple[str, str], str],
        listing: Listing,
    ) -> None:
        findings = [result.findings[index] for index in indexes]
        own = matcher.anew(lambda _: vantage.environment)
        outcomes = own.outcomes(findings, [result.fingerprints[index] for index in indexes])
        self.findings: Counter[str] = Counter()
        self.native: Counter[str] = Counter()
        self.fixable: Counter[str] = Counter()
        self.builtin: set[str] = set()
        self.places: defaultdict[str, set[Target]] = defaultdict(set)
        """Where, if there is a list to hold it against."""
        self.any = bool(indexes)
        self.listing = listing
        self.near = listing.values
        for finding, outcome in zip(findings, outcomes, strict=True):
            if not outcome.covering:
                continue
            self.findings.update(outcome.covering)
            if finding.suppressed is not None:
                self.native.update(outcome.covering)
            if finding.fix is not None or _has_advised_fix(finding, advisories):
                self.fixable.update(outcome.covering)
            if listing.told:
                for identifier in outcome.covering:
                    self.places[identifier].add(target_of(finding))
            if finding.policy is not None and finding.policy.package.startswith("builtin."):
                self.builtin.update(outcome.covering)
        self.scanned = own.scanned()


def _like(vantage: Vantage) -> Finding:
    """A finding of a vantage, that is nowhere in particular."""
    return Finding(
        vantage.type, "", "unknown", vantage.tool, cluster=vantage.cluster, repository=vantage.repository
    )


def _tells(listing: Listing, trail: Trail) -> bool:
    """Whether what ran was chosen as when the exception's check was among it, as far as is known."""
    return not listing.ran or not trail.among or bool(trail.among & listing.ran.keys())


def _names(record: Record) -> frozenset[str]:
    """Every spelling of the checks that a scope names without wildcards."""
    checks = (check for entry in record.scope for check in values_of(entry, "checks"))
    return frozenset(name for check in checks if glob.is_literal(check) for name in names_of(check))


def _is_fine(entry: ScopeEntry) -> bool:
    """Whether it says where by more than the cluster or repository that a vantage is about."""
    return any(values_of(entry, key) for key in ("namespaces", "resources", "paths", "images"))


def _vantages(result: Result) -> dict[Vantage, list[int]]:
    vantages: defaultdict[Vantage, list[int]] = defaultdict(list)
    for index, (finding, environment) in enumerate(zip(result.findings, result.environments, strict=True)):
        vantage = Vantage(environment, finding.tool, finding.type, finding.cluster, finding.repository)
        vantages[vantage].append(index)
    return vantages


def _neighbours(findings: Iterable[Finding]) -> frozenset[str]:
    """Files, resources and images: when two results share one, they are about the same thing."""
    return frozenset(
        value for finding in findings for value in (finding.path, finding.resource, finding.image) if value
    )


def _fixed_advisories(findings: Sequence[Finding]) -> dict[tuple[str, str], str]:
    """Any name of an advisory, and a package without its version -> the fix that some tool knows."""
    return {
        (name, _package(finding.package)): finding.fix
        for finding in findings
        if finding.fix is not None and finding.package is not None and finding.type == "vulnerability"
        for name in names_of(finding.check, finding.aliases)
    }


def _has_advised_fix(finding: Finding, advisories: Mapping[tuple[str, str], str]) -> bool:
    if finding.package is None or finding.type != "vulnerability" or not advisories:
        return False
    package = _package(finding.package)
    return any((name, package) in advisories for name in names_of(finding.check, finding.aliases))


def _package(purl: str) -> str:
    """Without version, qualifiers and subpath (purl-spec)."""
    head = purl.partition("#")[0].partition("?")[0]
    name, at, version = head.rpartition("@")
    return name if at and "/" not in version else head
