"""Amazon Inspector's findings: `aws inspector2 list-findings`, its reports in S3, or a bare list.

Source: Amazon Inspector API reference, `ListFindings`, `Finding`, `PackageVulnerabilityDetails`,
`VulnerablePackage`, `CodeVulnerabilityDetails`, `CodeFilePath`, `NetworkReachabilityDetails`,
`AwsEcrContainerImageDetails`. One object is one finding, as in ASFF: of several packages none is named. A
closed finding is fixed or gone, so it passed; a page that says where the next one begins is not all.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from reprieve.findings.advisories import same_advisory
from reprieve.findings.model import CheckType, Finding, Report
from reprieve.findings.readers.clouds import NOT_FIXED, image_of, only_of_its_type, package_of
from reprieve.findings.readers.interface import Reader
from reprieve.findings.severity import severity_of_word
from reprieve.findings.source import Source

NAME = "inspector"


class _Camel(msgspec.Struct, rename="camel", gc=False):
    """Inspector's field names: `findingArn` for our `finding_arn`."""


class _Package(_Camel):
    name: str | None = None
    version: str | None = None
    package_manager: str | None = None
    fixed_in_version: str | None = None


class _Advisory(_Camel):
    vulnerability_id: str
    related_vulnerabilities: list[str] | None = None
    vulnerable_packages: list[_Package] | None = None


class _Place(_Camel):
    file_path: str | None = None
    start_line: int | None = None
    end_line: int | None = None


class _Code(_Camel):
    detector_id: str
    rule_id: str | None = None
    detector_name: str | None = None
    file_path: _Place | None = None


class _Ports(_Camel):
    begin: int | None = None
    end: int | None = None


class _Network(_Camel):
    protocol: str | None = None
    open_port_range: _Ports | None = None

    @property
    def ports(self) -> str:
        """`TCP/22`, `TCP/8000-8080`: part of what a check is, so that an exception for one is not for all."""
        found = self.open_port_range or _Ports()
        numbers = dict.fromkeys(str(number) for number in (found.begin, found.end) if number is not None)
        return "/".join(part for part in (self.protocol, "-".join(numbers)) if part)


class _Resource(_Camel):
    id: str
    type: str | None = None
    region: str | None = None


class _Finding(_Camel):
    finding_arn: str
    type: str
    severity: str | None = None
    status: str | None = None
    title: str | None = None
    aws_account_id: str | None = None
    resources: list[_Resource] | None = None
    advisory: _Advisory | None = msgspec.field(name="packageVulnerabilityDetails", default=None)
    code: _Code | None = msgspec.field(name="codeVulnerabilityDetails", default=None)
    network: _Network | None = msgspec.field(name="networkReachabilityDetails", default=None)


class _Page(msgspec.Struct, gc=False):
    findings: list[_Finding]
    next_token: str | None = msgspec.field(name="nextToken", default=None)
    cli_token: str | None = msgspec.field(name="NextToken", default=None)
    """What the AWS CLI writes with `--max-items`."""


_KEYS = frozenset({"findingArn", "awsAccountId", "type"})


def _recognises(source: Source) -> bool:
    if source.shape == "array":
        return source.keys >= _KEYS
    return "findings" in source.keys and source.within("findings") >= _KEYS


def _read(source: Source) -> Report:
    is_list = source.shape == "array"
    page = _Page(source.decode(list[_Finding])) if is_list else source.decode(_Page)
    findings = [_finding(found) for found in page.findings if found.status != "CLOSED"]
    unread = ("the pages after this one",) if page.next_token or page.cli_token else ()
    return Report(source.name, NAME, findings, len(page.findings) - len(findings), unread=unread)


def _finding(found: _Finding) -> Finding:
    resource = _resource(found.resources or ())
    image = image_of(resource.id) if resource else None
    packages = found.advisory.vulnerable_packages or [] if found.advisory else []
    place = (found.code.file_path if found.code else None) or _Place()
    type_, check, aliases = _check(found)
    return Finding(
        type=type_,
        check=check,
        severity=severity_of_word(found.severity),
        tool=NAME,
        message=found.title or check,
        aliases=aliases,
        resource=resource.id if resource and not image else None,
        path=place.file_path.replace("\\", "/") or None if place.file_path else None,
        line=place.start_line,
        end_line=place.end_line,
        image=image,
        package=_only(package_of(p.package_manager, p.name, p.version) for p in packages),
        fix=_only(_fix(package) for package in packages),
        context=_context(found, resource),
        suppressed="" if found.status == "SUPPRESSED" else None,
    )


def _check(found: _Finding) -> tuple[CheckType, str, tuple[str, ...]]:
    if found.advisory:
        check = found.advisory.vulnerability_id
        return "vulnerability", check, same_advisory(check, found.advisory.related_vulnerabilities or ())
    if found.code:
        return "code", found.code.rule_id or found.code.detector_id, ()
    ports = found.network.ports if found.network else None
    return "misconfiguration", "/".join(part for part in (found.type, ports) if part), ()


def _resource(resources: Iterable[_Resource]) -> _Resource | None:
    every = list(resources)
    return every[0] if only_of_its_type([resource.type for resource in every]) else None


def _only(values: Iterable[str | None]) -> str | None:
    """The one value that all share."""
    distinct = set(values)
    return distinct.pop() if len(distinct) == 1 else None


def _fix(package: _Package) -> str | None:
    return package.fixed_in_version if package.fixed_in_version not in {None, "", NOT_FIXED} else None


def _context(found: _Finding, resource: _Resource | None) -> str:
    """Account and region; without one resource, the finding's own name."""
    region = resource.region if resource else found.finding_arn
    return "\n".join(part for part in (found.aws_account_id, region) if part)


READER = Reader(NAME, "Amazon Inspector JSON", _recognises, _read)
