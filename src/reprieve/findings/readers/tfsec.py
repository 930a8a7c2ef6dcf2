"""tfsec JSON, from the releases that numbered their rules (`AWS050`) to the last (`AVD-AWS-0030`).

Source: aquasecurity/defsec `pkg/scan/flat.go`, `pkg/scan/result.go`. With `--include-passed` and
`--include-ignored` the list also holds what passed (`passed: true`, status `passed` or 1) and what a
comment in the code ignored (status `ignored` or 2). `legacy_rule_id` is no alias: one old number may
stand for two rules.
"""

from __future__ import annotations

import re

import msgspec

from reprieve.findings.model import Finding, Report
from reprieve.findings.readers.interface import Reader
from reprieve.findings.severity import severity_of_word
from reprieve.findings.source import Source

NAME = "tfsec"

_PASSED = frozenset({1, "passed"})
_IGNORED = frozenset({2, "ignored"})


class _Location(msgspec.Struct, gc=False):
    filename: str | None = None
    start_line: int | None = None
    end_line: int | None = None


class _Result(msgspec.Struct, gc=False):
    rule_id: str
    long_id: str | None = None
    rule_description: str | None = None
    description: str | None = None
    severity: str | None = None
    status: int | str | None = None
    passed: bool = False
    resource: str | None = None
    location: _Location | None = None


class _Document(msgspec.Struct, gc=False):
    results: list[_Result] | None


def _recognises(source: Source) -> bool:
    if source.shape != "object" or "results" not in source.keys:
        return False
    nothing_found = source.keys == {"results"} and not source.head.get("results", True)
    return nothing_found or {"rule_id", "location"} <= source.within("results")


def _read(source: Source) -> Report:
    findings: list[Finding] = []
    passed = 0
    for result in source.decode(_Document).results or ():
        if result.passed or result.status in _PASSED:
            passed += 1
        else:
            findings.append(_finding(result))
    return Report(source.name, NAME, findings, passed)


def _finding(result: _Result) -> Finding:
    names = list(dict.fromkeys(name for name in (result.rule_id, result.long_id) if name))
    check, *aliases = names or ("unknown-rule",)
    location = result.location or _Location()
    message = result.description or result.rule_description or ""
    return Finding(
        type="secret" if any(name.startswith("general-secrets-") for name in names) else "misconfiguration",
        check=check,
        severity=severity_of_word(result.severity),
        tool=NAME,
        message=message,
        aliases=tuple(aliases),
        resource=result.resource or _resource_in(message),
        path=location.filename.replace("\\", "/") if location.filename else None,
        line=location.start_line or None,
        end_line=location.end_line or None,
        suppressed="ignored by a comment in the code" if result.status in _IGNORED else None,
    )


_RESOURCE = re.compile(r"(?:Resource|Block|Module|Variable|Local|Data source) '([^']+)'")


def _resource_in(message: str) -> str | None:
    """The address that releases without a field for it write at the start of the message."""
    match = _RESOURCE.match(message)
    return match[1] if match else None


READER = Reader(NAME, "tfsec JSON", _recognises, _read)
