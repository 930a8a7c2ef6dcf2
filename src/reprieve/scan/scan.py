"""`scan`: files in, one report out, as if a scanner had written it."""

from __future__ import annotations

import functools
import hashlib
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import chain
from pathlib import Path

import msgspec

from reprieve import progress
from reprieve.collector import gc_paused
from reprieve.findings.extents import extents_of
from reprieve.findings.model import ExemptionUse, Extent, Fault, Finding, Report, Target
from reprieve.policy import bundle as bundles
from reprieve.policy.check import Check, suffix_of
from reprieve.policy.compliance import controls_of, speaks_to
from reprieve.policy.describe import TOOL
from reprieve.register.locate import cache_directory
from reprieve.scan import memory
from reprieve.scan.model import Header, Options, Outcome, Usage
from reprieve.scan.pool import outcomes
from reprieve.scan.sources import Sources, shown
from reprieve.verdict import Looked


class Scanned(msgspec.Struct, frozen=True):
    """A scan's report, and what is said about it beside."""

    report: Report
    looked: Looked


@gc_paused()
def scan(paths: Sequence[str], options: Options | None = None) -> Scanned:
    """Scans files and folders.

    Args:
        paths: `-` is standard input.
        options: what to evaluate and how.

    Errors: `ReprieveError` for a path, policy or data folder that is not there. Files that cannot be parsed
    and checks that crash are faults of the report.
    """
    options = options or Options()
    sources = Sources(paths, options)
    units = sources.units()
    bundle = _Bundle(options, {source.kind for unit in units for source in unit.sources if source.kind})
    known = _known(paths, options, bundle) if options.cache else None
    remembered = memory.recall(known) if known else None
    if remembered and not remembered.header.lasting:
        remembered = None
    header = remembered.header if remembered else bundle.header()
    if header.combining:
        units += sources.combined(units)
    keys = [memory.key_of(unit) for unit in units] if known else []
    done = (
        {number: remembered.outcomes[key] for number, key in enumerate(keys) if key in remembered.outcomes}
        if remembered
        else {}
    )
    missing = [number for number in range(len(units)) if number not in done]
    stray: list[Outcome] = []
    loaded = bundle.loaded() if missing and options.misconfigurations else None
    with progress.task("Scanning", len(missing), "files") as advance:
        for index, outcome in outcomes(
            [units[number] for number in missing],
            loaded,
            options.limits,
            trivy=options.trivy,
            key=options.key,
        ):
            if index < 0:
                stray.append(outcome)
            else:
                done[missing[index]] = outcome
                advance(1)
    if known and missing and header.lasting and not stray:
        memory.remember(known, header, ((keys[number], outcome) for number, outcome in done.items()))
    ordered = [done[number] for number in sorted(done)]
    return _scanned(header, [*ordered, *stray], sources)


def in_cluster(report: Report, cluster: str | None) -> Report:
    """The same report, with the cluster that its Kubernetes objects are for; other files are in none."""
    if cluster is None:
        return report
    placed = [
        msgspec.structs.replace(one, cluster=cluster) if one.resource and "/" in one.resource else one
        for one in report.findings
    ]
    extents = tuple(
        msgspec.structs.replace(one, cluster=cluster) if one.among == _KUBERNETES else one
        for one in report.extents
    )
    return msgspec.structs.replace(report, findings=placed, extents=extents)


_KUBERNETES = "kubernetes"
"""Of targets that are objects of a cluster; the others are addresses in Terraform and the like."""


class _Bundle:
    """The bundle, loaded when it is first needed: where nothing changed it is not."""

    def __init__(self, options: Options, kinds: Set[str]) -> None:
        self._options = options
        self._packs = _packs(options, kinds)
        self._bundle: bundles.Bundle | None = None

    @functools.cache  # noqa: B019  (one bundle a scan)
    def digest(self) -> str:
        """Of everything that it is made from."""
        options = self._options
        digest = hashlib.sha256()
        for path in bundles.files(self._policies(), self._data()):
            digest.update(f"{path}\0".encode("utf-8", "surrogateescape"))
            if path.is_file():  # if not, loading it says so
                digest.update(hashlib.sha256(path.read_bytes()).digest())
        digest.update(msgspec.json.encode(options))
        return digest.hexdigest()

    def loaded(self) -> bundles.Bundle:
        options = self._options
        if self._bundle is None:
            found = (
                memory.bundle(cache_directory(), self._packs, self.digest(), self._load)
                if options.cache
                else self._load()
            )
            framework = options.compliance
            if framework:
                found = found.choose(lambda check: speaks_to(check, framework))
            self._bundle = found
        return self._bundle

    def _load(self) -> bundles.Bundle:
        return bundles.load(
            self._policies(),
            self._data(),
            namespaces=self._options.namespaces,
            limits=self._options.limits,
            packs=self._packs,
        )

    def header(self) -> Header:
        if not self._options.misconfigurations:
            return Header()
        bundle = self.loaded()
        packages = frozenset(bundle.data.get("namespaces", ()))
        rules: defaultdict[str, set[str]] = defaultdict(set)
        for check in bundle.checks:
            for rule in check.rules:
                # Trivy's reading takes any ending of a rule's name.
                endings = [rule.name[index:] for index in range(len(rule.name) + 1)]
                rules[check.package].update(endings if self._options.trivy else [suffix_of(rule.name) or ""])
        return Header(
            exemptions=tuple(clause.exemption for clause in bundle.clauses),
            known=tuple(
                packages if clause.by_namespace else frozenset(rules[clause.package])
                for clause in bundle.clauses
            ),
            lasting=bundle.lasting(),
            combining=any(check.combine for check in bundle.checks),
            controls=_controls(bundle.checks, self._options.compliance),
            faults=bundle.faults,
        )

    def _policies(self) -> list[Path]:
        return [Path(path) for path in self._options.policies]

    def _data(self) -> list[Path]:
        return [Path(path) for path in self._options.data]


def _packs(options: Options, kinds: Set[str]) -> tuple[str, ...]:
    """Ours that are needed: those of the kinds that there are; all where somebody may name any of them."""
    if not options.builtin:
        return ()
    if options.policies or options.data or options.compliance or not kinds <= _PACK_OF.keys():
        return bundles.PACKS
    wanted = {_PACK_OF[kind] for kind in kinds}
    return tuple(pack for pack in bundles.PACKS if pack in wanted)


_PACK_OF = {
    "kubernetes": "kubernetes",
    "dockerfile": "dockerfile",
    "terraform": "aws",
    "plan": "aws",
    "cloudformation": "aws",
}
"""Kind of file -> the pack whose checks look at it; any other kind may be looked at by any."""


def _controls(checks: Sequence[Check], framework: str | None) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for check in checks if framework else ():
        for control in controls_of(check, framework or ""):
            found[control].append(check.id)
    return {control: tuple(ids) for control, ids in found.items()}


def _known(paths: Sequence[str], options: Options, bundle: _Bundle) -> Path | None:
    """Where this scan is remembered; nowhere when it is of standard input."""
    if "-" in paths:
        return None
    digest = bundle.digest() if options.misconfigurations else msgspec.json.encode(options).hex()
    return memory.place(cache_directory(), digest, os.getcwd(), sorted(paths))


def _scanned(header: Header, done: Sequence[Outcome], sources: Sources) -> Scanned:
    findings: list[Finding] = []
    applied: Counter[str] = Counter()
    usage: dict[int, Usage] = {}
    skipped = Counter(sources.skipped)
    for outcome in done:
        findings += outcome.findings
        skipped.update(outcome.skipped)
        applied.update(outcome.applied)
        for number, used in outcome.usage.items():
            before = usage.get(number, Usage())
            usage[number] = Usage(
                before.failing + used.failing, before.passing + used.passing, before.named | used.named
            )
    objects = frozenset(chain.from_iterable(outcome.objects for outcome in done))
    faults = [*header.faults, *sources.faults, *(fault for outcome in done for fault in outcome.faults)]
    report = Report(
        source=" ".join(map(shown, sources.paths)),
        format=TOOL,
        findings=findings,
        passed=sum(outcome.passed for outcome in done),
        exemptions=tuple(
            ExemptionUse(
                exemption,
                usage.get(number, Usage()).failing,
                usage.get(number, Usage()).passing,
                tuple(sorted(usage.get(number, Usage()).named - known)),
            )
            for number, (exemption, known) in enumerate(zip(header.exemptions, header.known, strict=True))
        ),
        faults=tuple(_together(faults)),
        objects=objects,
        extents=tuple(_extents(objects)),
    )
    return Scanned(report, Looked(sources.read, dict(skipped), header.controls, dict(applied)))


def _extents(objects: Iterable[tuple[str | None, str]]) -> Iterator[Extent]:
    """What was looked at, as far as it has a name: not files that are one thing, such as a Dockerfile."""
    every = [Target(namespace, resource) for namespace, resource in sorted(objects, key=str)]
    of_clusters = [target for target in every if "/" in (target.resource or "")]
    others = [target for target in every if "/" not in (target.resource or "")]
    yield from extents_of(TOOL, "misconfiguration", of_clusters, among=_KUBERNETES)
    yield from extents_of(TOOL, "misconfiguration", others)


def _together(faults: Iterable[Fault]) -> list[Fault]:
    """A check that crashes on every document is one fault, with a count."""
    counted = Counter(faults)
    return [msgspec.structs.replace(fault, count=number) for fault, number in counted.items()]
