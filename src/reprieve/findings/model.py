"""What a scanner said, in one shape for every tool (design: "finding").

A `Finding` is immutable and cheap: a million of them must fit in memory beside the decoded report.
Text that a scanner may have copied from source (messages, snippets) is masked by the readers before
it gets here; a `Finding` never holds a secret.
"""

from __future__ import annotations

import msgspec

from reprieve.words import CHECK_TYPES, SEVERITIES, CheckType, Environment, Severity

__all__ = ["CHECK_TYPES", "SEVERITIES", "CheckType", "Finding", "Report", "Severity"]


class Exemption(msgspec.Struct, frozen=True):
    """A clause of an `exception` rule in Rego: it exempts results of rules, records or no records."""

    path: str
    line: int
    package: str
    """The package it stands in: a check's own, or `namespace.exceptions`."""
    record: str | None = None
    """The record that it cites (`EXC-007`)."""


class Policy(msgspec.Struct, frozen=True):
    """The Rego rule that reported a finding, and what would exempt it."""

    package: str
    rule: str
    exemptions: tuple[Exemption, ...] = ()


class Finding(msgspec.Struct, frozen=True, gc=False):
    """One thing that one scanner reported: a check that failed on a target.

    Absent values are `None`, never an empty string: a scope key does not match a finding that lacks
    the value, so a made-up value would make an exception apply where it should not.
    """

    type: CheckType
    check: str
    """The tool's own id: `KSV012`, `CKV_K8S_6`, `CVE-2026-1234`."""
    severity: Severity
    tool: str
    """Lower-case name of the scanner: `trivy`, `checkov`."""
    message: str = ""
    aliases: tuple[str, ...] = ()
    """Other ids of the same check or advisory, as reported; see `findings.aliases` for the derived ones."""
    cluster: str | None = None
    namespace: str | None = None
    resource: str | None = None
    """`Kind/name` for Kubernetes; the tool's own address (`aws_s3_bucket.logs`) elsewhere."""
    path: str | None = None
    """File, `/`-separated, as reported."""
    line: int | None = None
    end_line: int | None = None
    image: str | None = None
    package: str | None = None
    """Package URL (purl-spec): `pkg:npm/lodash@4.17.4`."""
    repository: str | None = None
    fix: str | None = None
    """The version or change that fixes it, when the scanner says that there is one."""
    context: str = ""
    """What tells this finding from its siblings and survives line shifts: a snippet, a field, a hash."""
    suppressed: str | None = None
    """Why the scanner itself suppressed it (may be empty); `None` when it did not."""
    policy: Policy | None = None
    """Of a finding of our own policy engine."""


class ExemptionUse(msgspec.Struct, frozen=True):
    """What one clause exempted in one run."""

    exemption: Exemption
    failing: int = 0
    """Results that it named: excepted, if it holds."""
    passing: int = 0
    """Rules that it named, on documents where they report nothing."""
    unknown: tuple[str, ...] = ()
    """Packages or rules that it named and that there are not."""


class Fault(msgspec.Struct, frozen=True):
    """Something that was not looked at: a file that is not what it claims to be, a check that crashed."""

    path: str
    message: str
    line: int | None = None
    column: int | None = None
    rule: str | None = None
    """Of a check: `data.builtin.kubernetes.KSV012.deny`."""
    count: int = 1
    """How many documents it was the same for."""


class Target(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Something that was looked at, in the words of a finding; None for what its report does not say."""

    namespace: str | None = None
    resource: str | None = None
    path: str | None = None
    image: str | None = None


class Extent(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a report lists as looked at by one tool for one type of thing, be something wrong there or not."""

    tool: str
    type: CheckType
    targets: tuple[Target, ...] = ()
    """All of them; none where the report does not list them."""
    checks: tuple[str, ...] = ()
    """Every check that ran there, whatever came of it; none where the report does not list them."""
    among: str = ""
    """What the checks were chosen from (frameworks, a provider): lists from another choice do not compare."""
    cluster: str | None = None
    repository: str | None = None
    environment: Environment | None = None
    """What a gate took it for; None: the charter's map says."""


class Report(msgspec.Struct, frozen=True):
    """One report, read whole.

    `findings` holds what failed and what the tool itself suppressed (`Finding.suppressed`); `passed`
    counts the checks that the report says passed, were skipped as not applicable, or need no action.
    """

    source: str
    """The file name as given, `-` for standard input."""
    format: str
    findings: list[Finding]
    passed: int = 0
    unread: tuple[str, ...] = ()
    """What the scanner says it could not look at: files, checks that did not run, pages left out."""
    exemptions: tuple[ExemptionUse, ...] = ()
    """Exceptions in Rego, used or not."""
    faults: tuple[Fault, ...] = ()
    """What was not looked at; nothing passes while there are any."""
    cluster: str | None = None
    """Where it was taken, as the caller says; each finding has it as well."""
    repository: str | None = None
    knows: dict[str, frozenset[str]] = {}
    """Tool -> every check that it knows, where the report lists them all and not only what failed."""
    extents: tuple[Extent, ...] = ()
    """What it lists as looked at."""
    objects: frozenset[tuple[str | None, str]] | None = None
    """Namespace and resource of every object that was looked at, where the report lists them all."""
