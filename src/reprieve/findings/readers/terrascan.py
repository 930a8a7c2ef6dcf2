"""Terrascan JSON and YAML, with the image vulnerabilities of `--find-vuln`.

Source: tenable/terrascan `pkg/results/types.go`. What a `ts:skip` comment or annotation silenced is in
`skipped_violations`; `passed_rules` comes with `--show-passed`. A rule's name is no alias: some rules of
different clouds share one. `PodSecurityPolicy` in a manifest is written `kubernetes_pod_security_policy`,
like the resource of Terraform's Kubernetes provider.
"""

from __future__ import annotations

import msgspec

from reprieve.findings.model import Finding, Report
from reprieve.findings.readers.interface import Reader
from reprieve.findings.severity import severity_of_score, severity_of_word
from reprieve.findings.source import Source

NAME = "terrascan"


class _Place(msgspec.Struct, gc=False):
    resource_name: str | None = None
    resource_type: str | None = None
    file: str | None = None
    line: int | None = None


class _Violation(_Place, kw_only=True):
    rule_id: str
    rule_name: str | None = None
    description: str | None = None
    severity: str | None = None
    skip_comment: str | None = None
    module_name: str | None = None


class _Score(msgspec.Struct, gc=False):
    v2_score: float | None = None
    v3_score: float | None = None


class _Vulnerability(_Place, kw_only=True):
    vulnerability_id: str
    image: str | None = None
    container: str | None = None
    package: str | None = None
    installed_version: str | None = None
    description: str | None = None
    severity: str | None = None
    cvss_score: _Score | None = None


class _Results(msgspec.Struct, gc=False):
    violations: list[_Violation] | None
    skipped_violations: list[_Violation] | None = None
    passed_rules: list[msgspec.Raw] | None = None
    vulnerabilities: list[_Vulnerability] | None = None


class _Document(msgspec.Struct, gc=False):
    results: _Results


def _recognises(source: Source) -> bool:
    return source.shape == "object" and "violations" in source.within("results")


def _read(source: Source) -> Report:
    results = source.decode(_Document).results
    findings = [_violation(found, None) for found in results.violations or ()]
    findings += [_violation(found, found.skip_comment or "") for found in results.skipped_violations or ()]
    findings += [_vulnerability(found) for found in results.vulnerabilities or ()]
    return Report(source.name, NAME, findings, len(results.passed_rules or ()))


def _violation(found: _Violation, suppressed: str | None) -> Finding:
    return Finding(
        type="misconfiguration",
        check=found.rule_id or "unknown-rule",
        severity=severity_of_word(found.severity),
        tool=NAME,
        message=found.description or found.rule_name or "",
        resource=_resource(found),
        path=_path(found),
        line=found.line or None,
        context=found.module_name or "",
        suppressed=suppressed,
    )


def _vulnerability(found: _Vulnerability) -> Finding:
    score = found.cvss_score or _Score()
    stated = severity_of_word(found.severity)
    return Finding(
        type="vulnerability",
        check=found.vulnerability_id or "unknown-vulnerability",
        severity=stated if stated != "unknown" else severity_of_score(score.v3_score or score.v2_score),
        tool=NAME,
        message=found.description
        or f"{found.package or 'a package'} {found.installed_version or ''}".strip(),
        resource=_resource(found),
        path=_path(found),
        line=found.line or None,
        image=found.image or None,
        context=f"{found.container or ''}\n{found.package or ''}",
    )


def _resource(found: _Place) -> str | None:
    """`Kind/name` for manifests, the address for everything else."""
    kind, name = found.resource_type, found.resource_name
    if not kind or not name:
        return name or None
    if kind.startswith("kubernetes_") and not (found.file or "").endswith((".tf", ".tf.json")):
        words = kind.removeprefix("kubernetes_").replace("daemonset", "daemon_set").split("_")
        return f"{''.join(word.capitalize() for word in words)}/{name}"
    return f"{kind}.{name}"


def _path(found: _Place) -> str | None:
    return found.file.replace("\\", "/") if found.file else None


READER = Reader(NAME, "Terrascan JSON or YAML", _recognises, _read)
