"""SARIF 2.1.0 of any tool, with what real writers leave out.

Source: OASIS SARIF 2.1.0 sections 3.27 (result), 3.35 (suppression), 3.49 (reportingDescriptor).
The level is on the result, or in its rule, or nowhere (then `warning`, 3.27.10); a numeric
`security-severity` (the convention of code-scanning services) or a severity word among the rule's tags
says more and wins. A result counts as suppressed when it has suppressions and none of them is under
review or rejected.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

import msgspec

from reprieve.findings.extents import extents_of
from reprieve.findings.masking import mask_within
from reprieve.findings.model import CheckType, Extent, Finding, Report, Severity, Target
from reprieve.findings.readers.interface import Reader
from reprieve.findings.severity import severity_of_score, severity_of_word
from reprieve.findings.source import Source

NAME = "sarif"


class _Camel(msgspec.Struct, rename="camel", gc=False):
    """SARIF's field names: `ruleId` for our `rule_id`."""


class _Text(_Camel):
    text: str | None = None
    markdown: str | None = None


class _Artifact(_Camel):
    uri: str | None = None
    uri_base_id: str | None = None
    index: int | None = None


class _Snippet(_Camel):
    text: str | None = None


class _Region(_Camel):
    start_line: int | None = None
    end_line: int | None = None
    snippet: _Snippet | None = None


class _Physical(_Camel):
    artifact_location: _Artifact | None = None
    region: _Region | None = None


class _Logical(_Camel):
    fully_qualified_name: str | None = None
    name: str | None = None
    kind: str | None = None


class _Location(_Camel):
    physical_location: _Physical | None = None
    logical_locations: list[_Logical] | None = None


class _Suppression(_Camel):
    status: str | None = None
    state: str | None = None
    justification: str | None = None


class _RuleReference(_Camel):
    id: str | None = None
    index: int | None = None


class _Result(_Camel):
    rule_id: str | None = None
    rule_index: int | None = None
    rule: _RuleReference | None = None
    level: str | None = None
    kind: str | None = None
    baseline_state: str | None = None
    message: _Text | None = None
    locations: list[_Location] | None = None
    fingerprints: dict[str, str] | None = None
    partial_fingerprints: dict[str, str] | None = None
    suppressions: list[_Suppression] | None = None
    properties: dict[str, object] | None = None


class _Configuration(_Camel):
    level: str | None = None


class _Rule(_Camel):
    id: str
    name: str | None = None
    short_description: _Text | None = None
    full_description: _Text | None = None
    help: _Text | None = None
    default_configuration: _Configuration | None = None
    properties: dict[str, object] | None = None


class _Driver(_Camel):
    name: str | None = None
    rules: list[_Rule] | None = None


class _Tool(_Camel):
    driver: _Driver | None = None
    extensions: list[_Driver] | None = None


class _RunArtifact(_Camel):
    location: _Artifact | None = None
    roles: list[str] | None = None


class _Run(_Camel):
    tool: _Tool | None = None
    results: list[_Result] | None = None
    artifacts: list[_RunArtifact] | None = None
    properties: dict[str, object] | None = None


class _Log(_Camel):
    runs: list[_Run]


def _recognises(source: Source) -> bool:
    return "runs" in source.keys and ("version" in source.keys or "$schema" in source.keys)


def _read(source: Source) -> Report:
    findings: list[Finding] = []
    passed = 0
    knows: dict[str, frozenset[str]] = {}
    extents: list[Extent] = []
    for run in source.decode(_Log).runs:
        context = _RunContext(run)
        for result in run.results or ():
            if result.kind in {"pass", "notApplicable"} or result.baseline_state == "absent":
                passed += 1
            else:
                findings.append(_finding(result, context))
        if listed := context.listed(run.results or ()):
            knows[context.tool] = knows.get(context.tool, frozenset()) | listed
        extents += _extents(context)
    return Report(source.name, NAME, findings, passed, knows=knows, extents=tuple(extents))


class _RunContext:
    """What the results of one run share: the tool, its rules by id and by index, its artifacts."""

    def __init__(self, run: _Run) -> None:
        driver = (run.tool.driver if run.tool else None) or _Driver()
        self.tool = (driver.name or "sarif").lower()
        self.rules = driver.rules or []
        extensions = (run.tool.extensions if run.tool else None) or []
        every = [*self.rules, *(rule for extension in extensions for rule in extension.rules or ())]
        self.by_id = {rule.id: rule for rule in every}
        self.artifacts = run.artifacts or []
        image = (run.properties or {}).get("imageName")
        self.image = image if isinstance(image, str) and image else None
        self.facts: dict[str, tuple[CheckType, Severity | None]] = {}

    def rule_of(self, result: _Result) -> tuple[str, _Rule | None]:
        """The check id and, when the run describes it, its rule."""
        reference = result.rule or _RuleReference()
        identifier = result.rule_id or reference.id
        if identifier is not None:
            return identifier, self.by_id.get(identifier) or self.by_id.get(identifier.rpartition("/")[0])
        index = result.rule_index if result.rule_index is not None else reference.index
        if index is not None and 0 <= index < len(self.rules):
            return self.rules[index].id, self.rules[index]
        return "unknown-rule", None

    def listed(self, results: Iterable[_Result]) -> frozenset[str]:
        """Every check of the tool; none where it describes only those that found something, as some do."""
        found = {rule.id for _, rule in map(self.rule_of, results) if rule}
        listed = frozenset(self.by_id)
        return listed if listed - found else frozenset()

    def facts_of(self, check: str, rule: _Rule | None) -> tuple[CheckType, Severity | None]:
        """Check type and the severity that the rule states better than a level does; once a rule."""
        if check not in self.facts:
            self.facts[check] = (_type_of(self.tool, check, rule), _stated_severity(rule))
        return self.facts[check]


def _extents(context: _RunContext) -> Iterable[Extent]:
    """The files that the tool was told to scan (3.24.6): of the type of thing that the tool looks for."""
    targets = (
        Target(path=_path(artifact.location, context))
        for artifact in context.artifacts
        if "analysisTarget" in (artifact.roles or ())
    )
    return extents_of(context.tool, _type_of(context.tool, "", None), targets)


def _finding(result: _Result, context: _RunContext) -> Finding:
    check, rule = context.rule_of(result)
    type_, stated = context.facts_of(check, rule)
    location = result.locations[0] if result.locations else _Location()
    physical = location.physical_location or _Physical()
    region = physical.region or _Region()
    snippet = region.snippet.text if region.snippet else None
    message = (result.message.text or result.message.markdown if result.message else None) or ""
    stated_line = _TRIVY_MESSAGE.search(message)
    if stated_line:
        message = stated_line[1]
    if type_ == "secret":
        message = mask_within(message, snippet)
    return Finding(
        type=type_,
        check=check,
        severity=_own_severity(result) or stated or _severity_of_level(result, rule),
        tool=context.tool,
        message=message,
        aliases=_aliases(check),
        resource=_resource(location),
        path=_path(physical.artifact_location, context),
        line=region.start_line,
        end_line=region.end_line,
        image=context.image,
        context=_context(result, None if type_ == "secret" else snippet),
        suppressed=_suppressed(result.suppressions),
    )


# Trivy writes a whole block of lines; the one that says what is wrong is this.
_TRIVY_MESSAGE = re.compile(r"^Artifact: .*\n(?:.*\n)*?Message: *(.+)$", re.MULTILINE)


_NOT_A_FILE = "TARGET"
"""The base of addresses that are not files, in our own SARIF output."""


def _suppressed(suppressions: list[_Suppression] | None) -> str | None:
    if not suppressions:
        return None
    if any((entry.status or entry.state) in {"underReview", "rejected"} for entry in suppressions):
        return None
    return next((entry.justification for entry in suppressions if entry.justification), "")


def _path(artifact: _Artifact | None, context: _RunContext) -> str | None:
    if artifact is None or artifact.uri_base_id == _NOT_A_FILE:
        return None
    uri = artifact.uri
    if uri is None and artifact.index is not None and 0 <= artifact.index < len(context.artifacts):
        location = context.artifacts[artifact.index].location
        uri = location.uri if location else None
    if not uri:
        return None
    return unquote(uri).removeprefix("file://").removeprefix("./").replace("\\", "/") or None


def _resource(location: _Location) -> str | None:
    for logical in location.logical_locations or ():
        if logical.kind == "resource":
            return logical.fully_qualified_name or logical.name
    return None


def _context(result: _Result, snippet: str | None) -> str:
    """The tool's own stable fingerprint if it has one, else the code itself."""
    stable = dict(result.fingerprints or {})
    for key, value in (result.partial_fingerprints or {}).items():
        if key.startswith("primaryLocationLineHash"):
            stable[key] = value
    if stable:
        return "\n".join(f"{key}={stable[key]}" for key in sorted(stable))
    return " ".join(snippet.split()) if snippet else ""


_CVE = re.compile(r"CVE-\d{4}-\d{4,}|GHSA(?:-[0-9a-z]{4}){3}")


def _aliases(check: str) -> tuple[str, ...]:
    """The advisory inside a composite check id: Grype writes `CVE-2008-0732-geronimo`.

    A rule's name is no alias: tools give many rules one name (`Misconfiguration`).
    """
    found = _CVE.search(check)
    return (found[0],) if found and found[0] != check else ()


def _severity_of_level(result: _Result, rule: _Rule | None) -> Severity:
    default = rule.default_configuration.level if rule and rule.default_configuration else None
    level = result.level or default or "warning"
    return "info" if level == "none" else severity_of_word(level)


def _own_severity(result: _Result) -> Severity | None:
    return _numeric((result.properties or {}).get("security-severity"))


_SEVERITY_LINE = re.compile(r"^Severity: *(critical|high|medium|low|negligible)\b", re.I | re.M)


def _stated_severity(rule: _Rule | None) -> Severity | None:
    if rule is None:
        return None
    properties = rule.properties or {}
    score = _numeric(properties.get("security-severity"))
    if score:
        return score
    tags = properties.get("tags")
    for tag in tags if isinstance(tags, list) else ():
        if isinstance(tag, str) and tag.lower() in {"critical", "high", "medium", "low"}:
            return severity_of_word(tag)
    match = _SEVERITY_LINE.search(rule.help.text or "") if rule.help else None
    return severity_of_word(match[1]) if match else None


def _numeric(value: object) -> Severity | None:
    try:
        score = float(value) if isinstance(value, (int, float, str)) else None
    except ValueError:
        return None
    return severity_of_score(score) if score is not None else None


_TYPE_OF_TOOL: tuple[tuple[str, CheckType], ...] = (
    ("gitleaks", "secret"),
    ("trufflehog", "secret"),
    ("detect-secrets", "secret"),
    ("grype", "vulnerability"),
    ("osv-scanner", "vulnerability"),
    ("snyk open source", "vulnerability"),
    ("snyk container", "vulnerability"),
    ("dependency-check", "vulnerability"),
    ("checkov", "misconfiguration"),
    ("kics", "misconfiguration"),
    ("tfsec", "misconfiguration"),
    ("terrascan", "misconfiguration"),
    ("snyk iac", "misconfiguration"),
    ("hadolint", "misconfiguration"),
    ("kube-linter", "misconfiguration"),
    ("kubelinter", "misconfiguration"),
    ("polaris", "misconfiguration"),
    ("zizmor", "misconfiguration"),
    ("kubescape", "compliance"),
    ("prowler", "compliance"),
)
_TAGS: tuple[CheckType, ...] = ("vulnerability", "secret", "misconfiguration", "license", "compliance")
_MISCONFIGURATION = re.compile(r"CKV2?_|KSV|DS\d{3}|AVD-|(?:AWS|AZU|GCP)-\d{4}")


def _type_of(tool: str, check: str, rule: _Rule | None) -> CheckType:
    """By the tool, then the rule's tags, then the look of the id; code when nothing says otherwise."""
    for prefix, type_ in _TYPE_OF_TOOL:
        if tool.startswith(prefix):
            return type_
    tags = (rule.properties or {}).get("tags") if rule else None
    words = {tag.lower() for tag in tags if isinstance(tag, str)} if isinstance(tags, list) else set()
    for type_ in _TAGS:
        if type_ in words:
            return type_
    if _CVE.search(check):
        return "vulnerability"
    return "misconfiguration" if _MISCONFIGURATION.match(check) else "code"


READER = Reader(NAME, "SARIF 2.1.0, of any tool", _recognises, _read)
