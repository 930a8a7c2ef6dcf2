"""One OCSF finding event, and what every OCSF reader asks of it: does it stand, how bad, about what.

Source: schema.ocsf.io, category 2, versions 1.0 to 1.8. Real producers fill `status` and forget `status_id`,
or contradict one with the other, so the word wins. Up to 1.0 the finding was in `finding` and its life in
`state`; up to 1.1 there could be a single `resource`.
"""

from __future__ import annotations

from typing import Literal, TypeVar

import msgspec

from reprieve.errors import ReportError
from reprieve.findings.model import Severity
from reprieve.findings.readers.clouds import only_of_its_type
from reprieve.findings.severity import severity_of_word
from reprieve.findings.source import Source

SECURITY_FINDING, VULNERABILITY_FINDING = 2001, 2002
EventT = TypeVar("EventT", bound="Event")


class _Feature(msgspec.Struct, gc=False):
    uid: str | None = None


class Product(msgspec.Struct, gc=False):
    """The producer."""

    name: str | None = None
    vendor_name: str | None = None
    feature: _Feature | None = None


class Metadata(msgspec.Struct, gc=False):
    """Who wrote the event, about which of its rules."""

    product: Product | None = None
    event_code: str | None = None


class Analytic(msgspec.Struct, gc=False):
    """The rule, as far as the producer names it."""

    uid: str | None = None
    name: str | None = None


class FindingInfo(msgspec.Struct, gc=False):
    """`finding_info`, or `finding` up to OCSF 1.0."""

    uid: str | None = None
    title: str | None = None
    types: list[str] | None = None
    analytic: Analytic | None = None


class Resource(msgspec.Struct, gc=False):
    """What is affected."""

    uid: str | None = None
    name: str | None = None
    type: str | None = None
    namespace: str | None = None
    region: str | None = None


class _Account(msgspec.Struct, gc=False):
    uid: str | None = None


class Cloud(msgspec.Struct, gc=False):
    """Where the resource is."""

    account: _Account | None = None
    account_uid: str | None = None
    region: str | None = None


class _Check(msgspec.Struct, gc=False):
    uid: str | None = None


class Compliance(msgspec.Struct, gc=False):
    """What a compliance check said."""

    status: str | None = None
    status_id: int | None = None
    control: str | None = None
    checks: list[_Check] | None = None
    requirements: list[str] | None = None


class Package(msgspec.Struct, gc=False):
    """An affected package."""

    name: str | None = None
    version: str | None = None
    purl: str | None = None
    package_manager: str | None = None
    fixed_in_version: str | None = None


class Identified(msgspec.Struct, gc=False):
    """An advisory or a CVE entry."""

    uid: str | None = None


class File(msgspec.Struct, gc=False):
    """A file."""

    path: str | None = None
    name: str | None = None


class Code(msgspec.Struct, gc=False):
    """A range of lines."""

    file: File | None = None
    start_line: int | None = None
    end_line: int | None = None


class Vulnerability(msgspec.Struct, gc=False):
    """One advisory, with what it affects."""

    cve: Identified | None = None
    advisory: Identified | None = None
    affected_packages: list[Package] | None = None
    packages: list[Package] | None = None
    affected_code: list[Code] | None = None
    is_fix_available: bool | None = None
    fix_available: bool | None = None


class Event(msgspec.Struct, gc=False):
    """One OCSF finding event."""

    class_uid: int
    metadata: Metadata | None = None
    activity_id: int | None = None
    severity: str | None = None
    severity_id: int | None = None
    status: str | None = None
    status_id: int | None = None
    status_code: str | None = None
    status_detail: str | None = None
    state: str | None = None
    state_id: int | None = None
    message: str | None = None
    comment: str | None = None
    finding_info: FindingInfo | None = None
    finding: FindingInfo | None = None
    resources: list[Resource] | None = None
    resource: Resource | None = None
    cloud: Cloud | None = None
    compliance: Compliance | None = None
    vulnerabilities: list[Vulnerability] | None = None


def events_of(source: Source, one: type[EventT], many: type[list[EventT]]) -> list[EventT]:
    """The events of a list or of a single event. Errors: `ReportError` for one that is no finding."""
    events = source.decode(many) if source.shape == "array" else [source.decode(one)]
    return findings_only(source, events)


def findings_only(source: Source, events: list[EventT]) -> list[EventT]:
    """The same events. Errors: `ReportError` for one of another category."""
    for event in events:
        if event.class_uid // 1000 != 2:
            raise ReportError(
                f"OCSF class {event.class_uid} is not a finding",
                where=source.name,
                hint="export the classes of category 2 only",
            )
    return events


_GOOD = frozenset(
    {"pass", "passed", "success", "compliant", "manual", "skipped", "not_available", "not_applicable"}
)
_BAD = frozenset({"fail", "failed", "failure", "warning", "non_compliant", "noncompliant"})
_RESULTS = frozenset({"pass", "passed", "manual", "fail", "failed"})
_OVER = frozenset({"resolved", "archived", "deleted"})
_LIFE_IDS = {3: "suppressed", 4: "resolved", 5: "archived", 6: "deleted"}
_CLOSED = 3


def life_of(event: Event) -> Literal["open", "suppressed", "resolved", "over"]:
    """Whether the finding stands.

    `over` needs no action: the check passed, or its producer closed the finding. `resolved` was closed
    although its check still fails, which somebody must have done by hand.
    """
    verdict = _verdict(event)
    if verdict == "good":
        return "over"
    words = {word.lower() for word in (event.state, event.status) if word}
    if not words:
        is_security_finding = event.class_uid == SECURITY_FINDING
        number = event.state_id if is_security_finding else event.status_id
        words = {_LIFE_IDS.get(number or 0, "")}
    if "suppressed" in words:
        return "suppressed"
    if words & _OVER or event.activity_id == _CLOSED:
        return "resolved" if verdict == "bad" else "over"
    return "open"


def _verdict(event: Event) -> Literal["good", "bad"] | None:
    compliance = event.compliance or Compliance()
    # a status code can mean anything, and "success" that of the scan: only words of a check's result count
    code = (event.status_code or "").lower()
    for word in (compliance.status or "", code if code in _RESULTS else ""):
        normal = word.lower().replace(" ", "_").replace("-", "_")
        if normal in _GOOD:
            return "good"
        if normal in _BAD:
            return "bad"
    if compliance.status_id in {2, 3}:
        return "bad"
    return "good" if compliance.status_id == 1 else None


_SEVERITY_WORDS = ("unknown", "informational", "low", "medium", "high", "critical", "fatal")


def severity_of(event: Event) -> Severity:
    """By the word, else by `severity_id` (0 unknown, 1 informational … 6 fatal)."""
    if event.severity:
        return severity_of_word(event.severity)
    number = event.severity_id or 0
    return severity_of_word(_SEVERITY_WORDS[number]) if 0 < number < len(_SEVERITY_WORDS) else "unknown"


def subject_of(event: Event) -> Resource:
    """The resource that the event is about; an empty one for none, or for several of one type."""
    resources = [event.resource] if event.resource else event.resources or []
    is_clear = only_of_its_type([resource.type for resource in resources])
    return resources[0] if is_clear else Resource()
