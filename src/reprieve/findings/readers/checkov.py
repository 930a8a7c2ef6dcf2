"""Checkov JSON: one framework (an object) or several (a list).

Source: bridgecrewio/checkov `checkov/common/output/{report,record}.py`, `checkov/common/sca/output.py`,
`checkov/kubernetes/kubernetes_utils.py`. A scan that found no file to check prints the bare counters
of its summary. Paths are those of its SARIF output: from the folder where it ran, without the
leading slash. Code blocks are not read: in a secret's record they show the line.
"""

from __future__ import annotations

import hashlib
import re

import msgspec

from reprieve.errors import ReportError
from reprieve.findings.extents import extents_of
from reprieve.findings.kubernetes import resource_name
from reprieve.findings.model import CheckType, Extent, Finding, Report, Target
from reprieve.findings.purl import purl
from reprieve.findings.readers.interface import Reader
from reprieve.findings.severity import severity_of_word
from reprieve.findings.source import Source

NAME = "checkov"


class _Outcome(msgspec.Struct, gc=False):
    suppress_comment: str | None = None


class _Package(msgspec.Struct, gc=False):
    """What Checkov knows of a vulnerable package, or of one under a licence."""

    id: str | None = None
    package_name: str | None = None
    package_version: str | None = None
    package_type: str | None = None
    lowest_fixed_version: str | None = None
    fix_version: str | None = None
    license: str | None = None


class _Passed(msgspec.Struct, gc=False):
    """A check that passed; it may be on a list without more."""

    check_id: str | None = None
    file_path: str | None = None
    repo_file_path: str | None = None
    resource: str | None = None


class _Record(msgspec.Struct, gc=False):
    check_id: str
    bc_check_id: str | None = None
    check_name: str | None = None
    check_result: _Outcome | None = None
    file_path: str | None = None
    repo_file_path: str | None = None
    file_line_range: list[int | None] | None = None
    resource: str | None = None
    severity: str | None = None
    short_description: str | None = None
    vulnerability_details: _Package | None = None


class _Results(msgspec.Struct, gc=False):
    failed_checks: list[_Record]
    passed_checks: list[_Passed] | None = None
    skipped_checks: list[_Record] | None = None
    parsing_errors: list[str] | None = None


class _Framework(msgspec.Struct, gc=False):
    check_type: str
    results: _Results | None = None
    checks: _Results | None = None


class _Counters(msgspec.Struct, gc=False):
    failed: int
    skipped: int = 0


def _recognises(source: Source) -> bool:
    is_framework = "check_type" in source.keys and bool(source.keys & {"results", "checks"})
    return is_framework or {"checkov_version", "failed", "passed"} <= source.keys


def _read(source: Source) -> Report:
    findings: list[Finding] = []
    unread: dict[str, None] = {}  # a file that two frameworks stumble over is one file
    extents: list[Extent] = []
    passed = 0
    for framework in _frameworks(source):
        results = framework.results or framework.checks
        if results is None:
            raise ReportError(f"the {framework.check_type} part has no results", where=source.name)
        kind = framework.check_type
        findings.extend(_finding(record, kind, None) for record in results.failed_checks)
        findings.extend(_finding(record, kind, _comment(record)) for record in results.skipped_checks or ())
        unread |= dict.fromkeys(
            file.replace("\\", "/").removeprefix("/") for file in results.parsing_errors or ()
        )
        passed += len(results.passed_checks or ())
        extents += _extents(kind, results)
    return Report(source.name, NAME, findings, passed, unread=tuple(unread), extents=tuple(extents))


def _extents(framework: str, results: _Results) -> tuple[Extent, ...]:
    """What was looked at: told by what passed, so not where the report leaves that out (`--quiet`)."""
    if not results.passed_checks or framework.startswith(("secrets", "sast", "sca_")):
        return ()
    looked: list[_Passed | _Record] = [
        *results.failed_checks,
        *results.passed_checks,
        *(results.skipped_checks or ()),
    ]
    targets = (Target(*_target(framework, one.resource or ""), _path(one)) for one in looked)
    checks = (one.check_id for one in looked if one.check_id)
    return extents_of(NAME, "misconfiguration", targets, checks, among=framework)


def _frameworks(source: Source) -> list[_Framework]:
    if source.shape == "array":
        return source.decode(list[_Framework])
    if "check_type" in source.keys:
        return [source.decode(_Framework)]
    counters = source.decode(_Counters)
    if counters.failed or counters.skipped:
        raise ReportError(
            "only the counters of a scan that failed: the checks are missing",
            where=source.name,
            hint="write the report with --output json",
        )
    return []


def _comment(record: _Record) -> str:
    return (record.check_result.suppress_comment if record.check_result else None) or ""


def _finding(record: _Record, framework: str, suppressed: str | None) -> Finding:
    lines = record.file_line_range or [None]
    package = record.vulnerability_details or _Package()
    type_ = _type(framework, record)
    namespace, resource = _target(framework, record.resource or "")
    aliases = dict.fromkeys(name for name in (record.bc_check_id, package.id) if name)
    aliases.pop(record.check_id, None)
    path = _path(record)
    return Finding(
        type=type_,
        check=record.check_id,
        severity=severity_of_word(record.severity),
        tool=NAME,
        message=record.short_description or record.check_name or record.check_id,
        aliases=tuple(aliases),
        namespace=namespace,
        resource=None if type_ == "secret" else resource,
        path=path,
        line=lines[0] or None,
        end_line=lines[-1] or None,
        package=_purl(package, path),
        fix=_fix(package),
        context=_hash_again(path, record.resource) if type_ == "secret" else "",
        suppressed=suppressed,
    )


def _hash_again(path: str | None, resource: str | None) -> str:
    """A secret's `resource` is its bare SHA-1, against which guesses could be tried."""
    return hashlib.sha256(f"{path}\0{resource}".encode()).hexdigest()


def _type(framework: str, record: _Record) -> CheckType:
    if framework == "secrets":
        return "secret"
    if framework.startswith("sast"):
        return "code"
    if not framework.startswith("sca_"):
        return "misconfiguration"
    return "license" if "_LIC_" in record.check_id else "vulnerability"


_WORKLOAD = re.compile(
    r"(?:(?:base|overlay):(?:[^:]*:)?)?"  # what Kustomize puts before
    r"(?P<kind>[A-Z]\w*)\.(?P<namespace>[a-z0-9-]+)\.(?P<name>.+)"
)


def _target(framework: str, resource: str) -> tuple[str | None, str | None]:
    """Namespace and resource of `Deployment.billing.web`; of other frameworks the resource as it is."""
    if framework in {"kubernetes", "helm", "kustomize"}:
        match = _WORKLOAD.fullmatch(resource)
        if match is not None:
            return match["namespace"], resource_name(match["kind"], match["name"])
    return None, resource or None


def _path(record: _Record | _Passed) -> str | None:
    path = record.repo_file_path or record.file_path or ""
    return path.replace("\\", "/").removeprefix("/") or None


_ECOSYSTEMS = {
    "package-lock.json": "npm",
    "package.json": "npm",
    "yarn.lock": "npm",
    "requirements.txt": "pypi",
    "Pipfile": "pypi",
    "Pipfile.lock": "pypi",
    "go.mod": "golang",
    "go.sum": "golang",
    "Gemfile": "gem",
    "Gemfile.lock": "gem",
    "pom.xml": "maven",
    "build.gradle": "maven",
    "composer.json": "composer",
    "composer.lock": "composer",
    "nodejs": "npm",
    "javascript": "npm",
}


def _purl(package: _Package, path: str | None) -> str | None:
    """By the package's type or the name of the file that asks for it; None for a system's own packages."""
    file = (path or "").rpartition("/")[2]
    ecosystem = package.package_type or file
    return purl(_ECOSYSTEMS.get(ecosystem, ecosystem), package.package_name, package.package_version)


def _fix(package: _Package) -> str | None:
    if package.lowest_fixed_version not in {None, "", "N/A"}:
        return package.lowest_fixed_version
    version = package.fix_version or ""
    return version.removeprefix("fixed in ") if version.startswith("fixed in ") else None


READER = Reader(NAME, "Checkov JSON", _recognises, _read)
