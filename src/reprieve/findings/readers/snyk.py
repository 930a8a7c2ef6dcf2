"""Snyk CLI JSON: open source (one project or a list), container with applications, infrastructure as code.

Source: snyk/cli `src/lib/snyk-test/legacy.ts`, `src/lib/formatters/test/format-test-results.ts`; snyk/policy
`lib/filter/ignore.ts`. One finding is one dependency path, or one issue with `--group-issues`. Ignored issues
move to `filtered.ignore`; in infrastructure as code they stay, marked. Snyk Code writes SARIF.
Before critical existed for everybody, `severity` said high and `severityWithCritical` critical.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from reprieve.errors import ReportError
from reprieve.findings.model import Finding, Report, Severity
from reprieve.findings.purl import purl
from reprieve.findings.readers.interface import Reader
from reprieve.findings.severity import severity_of_word
from reprieve.findings.source import Source

NAME = "snyk"


class _Camel(msgspec.Struct, rename="camel", gc=False):
    """Snyk's field names: `displayTargetFile` for our `display_target_file`."""


class _Ignored(_Camel):
    reason: str | None = None


class _Filtered(_Camel):
    ignored: list[_Ignored] | None = None


class _Identifiers(msgspec.Struct, gc=False):
    cve: list[str] | None = msgspec.field(name="CVE", default=None)
    ghsa: list[str] | None = msgspec.field(name="GHSA", default=None)


class _Vulnerability(_Camel):
    id: str
    title: str | None = None
    type: str | None = None
    severity: str | None = None
    severity_with_critical: str | None = None
    name: str | list[str] | None = None
    package_name: str | None = None
    version: str | None = None
    package_manager: str | None = None
    identifiers: _Identifiers | None = None
    dependency_path: list[Any] | None = msgspec.field(name="from", default=None)
    fixed_in: list[str] | None = None
    nearest_fixed_in_version: str | None = None
    filtered: _Filtered | None = None


class _Issue(_Camel):
    id: str
    title: str | None = None
    severity: str | None = None
    public_id: str | None = None
    path: list[Any] | None = None
    cloud_config_path: list[Any] | None = None
    line_number: int | None = None
    msg: str | None = None
    is_ignored: bool | None = None
    ignore_reason: str | None = None


class _Lists(_Camel):
    ignore: list[_Vulnerability] | None = None
    patch: list[_Vulnerability] | None = None


class _OldResult(_Camel):
    cloud_config_results: list[_Issue] | None = None


class _Project(_Camel):
    error: str | None = None
    vulnerabilities: list[_Vulnerability] | None = None
    infrastructure_as_code_issues: list[_Issue] | None = None
    result: _OldResult | None = None
    infrastructure_as_code_successes: list[msgspec.Raw] | None = None
    filtered: _Lists | None = None
    applications: list[_Project] | None = None
    docker: dict[str, msgspec.Raw] | None = None
    package_manager: str | None = None
    project_name: str | None = None
    display_target_file: str | None = None
    target_file: str | None = None
    path: str | None = None


class _Place(msgspec.Struct, gc=False):
    """Where a project's findings are."""

    path: str | None = None
    image: str | None = None
    repository: str | None = None
    manager: str | None = None


_ERROR = frozenset({"ok", "error", "path"})


def _recognises(source: Source) -> bool:
    keys = source.keys
    if "infrastructureAsCodeIssues" in keys or keys >= _ERROR:
        return True
    return "vulnerabilities" in keys and bool(keys & {"ok", "packageManager", "dependencyCount"})


def _read(source: Source) -> Report:
    projects = source.decode(list[_Project]) if source.shape == "array" else [source.decode(_Project)]
    findings: list[Finding] = []
    passed = 0
    for project in projects:
        _require_tested(source, project)
        image = _image(project)
        for part in (project, *(project.applications or ())):
            findings.extend(_findings(part, _place(part, image)))
            passed += len(part.infrastructure_as_code_successes or ())
    return Report(source.name, NAME, findings, passed)


def _require_tested(source: Source, project: _Project) -> None:
    is_code = (project.package_manager or "").endswith("config")  # k8sconfig, terraformconfig, …
    if (_issues(project) if is_code else project.vulnerabilities) is None:
        raise ReportError(
            f"snyk did not test {project.path or 'a project'}: {project.error or 'its results are missing'}",
            where=source.name,
            hint="fix or exclude what cannot be tested; its findings would be missing",
        )


def _issues(project: _Project) -> list[_Issue] | None:
    """Infrastructure as code issues, also where early versions put them."""
    if project.infrastructure_as_code_issues is None and project.result:
        return project.result.cloud_config_results
    return project.infrastructure_as_code_issues


def _image(project: _Project) -> str | None:
    """The tested image. A dependency path starts at it, `docker-image|name@tag`; `path` may be an archive."""
    prefix = "docker-image|"
    name = project.project_name or ""
    if not name.startswith(prefix):
        return project.path or None if project.docker is not None else None
    for vulnerability in project.vulnerabilities or ():
        root = _steps(vulnerability)[:1]
        if root and root[0].startswith(prefix):
            image, _, tag = root[0].removeprefix(prefix).partition("@")
            return f"{image}@{tag}" if tag.startswith("sha256:") else f"{image}:{tag}" if tag else image
    return project.path or name.removeprefix(prefix)


def _place(project: _Project, image: str | None) -> _Place:
    file = project.display_target_file or project.target_file
    is_remote = (project.path or "").startswith(("https://", "http://", "git@"))
    return _Place(
        path=file.replace("\\", "/") if file else None,
        image=image,
        repository=project.path if is_remote else None,
        manager=project.package_manager,
    )


def _findings(project: _Project, place: _Place) -> Iterator[Finding]:
    for vulnerability in project.vulnerabilities or ():
        yield _vulnerability(vulnerability, place)
    for issue in _issues(project) or ():
        yield _issue(issue, place)
    if project.filtered:
        for vulnerability in project.filtered.ignore or ():
            yield _vulnerability(vulnerability, place, _reason(vulnerability))
        for vulnerability in project.filtered.patch or ():
            yield _vulnerability(vulnerability, place, "patched by snyk")


def _reason(vulnerability: _Vulnerability) -> str:
    rules = (vulnerability.filtered.ignored if vulnerability.filtered else None) or ()
    return next((rule.reason for rule in rules if rule.reason), "")


def _vulnerability(found: _Vulnerability, place: _Place, suppressed: str | None = None) -> Finding:
    name = found.name[0] if isinstance(found.name, list) and found.name else found.name
    name = name if isinstance(name, str) and name else found.package_name
    is_license = found.type == "license"
    fixed = ", ".join(found.fixed_in or ()) or found.nearest_fixed_in_version
    return Finding(
        type="license" if is_license else "vulnerability",
        check=found.id,
        severity=_severity(found),
        tool=NAME,
        message=f"{found.title or found.id} in {name or 'an unnamed package'}",
        aliases=_aliases(found.identifiers or _Identifiers()),
        path=place.path,
        image=place.image,
        package=_package(found.package_manager or place.manager, name, found.version),
        repository=place.repository,
        fix=fixed or None,
        context=_route(found) or name or "",
        suppressed=suppressed,
    )


def _severity(found: _Vulnerability) -> Severity:
    if found.severity == "high" and found.severity_with_critical == "critical":
        return "critical"
    return severity_of_word(found.severity)


def _aliases(identifiers: _Identifiers) -> tuple[str, ...]:
    """The CVE and the GHSA of the issue; none of several, since each would stand for the others too."""
    known = (identifiers.cve or [], identifiers.ghsa or [])
    return tuple(names[0] for names in known if len(set(names)) == 1)


_MANAGERS = {
    "amzn": "amazon",
    "golangdep": "golang",
    "gomodules": "golang",
    "govendor": "golang",
    "paket": "nuget",
    "rhel": "redhat",
    "sbt": "maven",
    "sles": "suse",
}
_SYSTEMS = frozenset(
    {"alpine", "amazon", "centos", "chainguard", "debian", "fedora"}
    | {"oracle", "redhat", "rocky", "suse", "ubuntu", "wolfi"}
)


def _package(manager: str | None, name: str | None, version: str | None) -> str | None:
    """Snyk names a system package with its source, `openssl/libssl1.1`, and the manager with a release."""
    word = (manager or "").lower().partition(":")[0]
    ecosystem = _MANAGERS.get(word, word)
    if name and ecosystem in _SYSTEMS:
        name = name.rpartition("/")[2]
    return purl(ecosystem, name, (version or "").lstrip("#"))  # `#` marks a commit of a Go module


def _steps(found: _Vulnerability) -> list[str]:
    """The dependency path, or the first of them where issues are grouped."""
    path = found.dependency_path or []
    if path and isinstance(path[0], list):
        path = path[0]
    return [step for step in path if isinstance(step, str)]


def _route(found: _Vulnerability) -> str:
    """The dependency path without the project and without versions, which change with every release."""
    steps = _steps(found)[1:]
    return " > ".join(step[:1] + step[1:].partition("@")[0] for step in steps)


def _issue(found: _Issue, place: _Place) -> Finding:
    steps = [str(step) for step in found.cloud_config_path or found.path or ()]
    is_numbered = found.line_number is not None and found.line_number > 0
    return Finding(
        type="misconfiguration",
        check=found.id,
        severity=severity_of_word(found.severity),
        tool=NAME,
        message=found.title or found.id,
        aliases=(found.public_id,) if found.public_id and found.public_id != found.id else (),
        resource=_resource(steps),
        path=place.path,
        line=found.line_number if is_numbered else None,
        repository=place.repository,
        context=".".join(steps) or found.msg or "",
        suppressed=(found.ignore_reason or "") if found.is_ignored else None,
    )


_TERRAFORM = re.compile(r"(?P<type>[a-z][a-z0-9]*_\w+)\[(?P<name>[^\]]+)\]$")


def _resource(steps: list[str]) -> str | None:
    """Terraform's address of the resource: `aws_s3_bucket.logs` for the step `aws_s3_bucket[logs]`."""
    for step in steps:
        found = _TERRAFORM.match(step)
        if found:
            return f"{found['type']}.{found['name']}"
    return None


READER = Reader(NAME, "Snyk JSON", _recognises, _read)
