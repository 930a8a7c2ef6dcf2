"""Conftest JSON: failures, warnings and exceptions for each file and namespace, of every version.

Source: open-policy-agent/conftest `output/result.go`, `policy/engine.go`, `output/sarif.go`; for old forms
the tags v0.15 (texts, capital keys) and v0.18 (lists of successes). Rules have no ids: the check is the
query without `data.`, as in `main.deny_run_as_root`. There is no severity: failures and warnings are
what Conftest's own SARIF makes of them, error and warning, unless the rule's metadata has a `severity`.
An exception exempts a rule for a whole file; its message is the query that found it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from reprieve.findings.extents import extents_of
from reprieve.findings.model import Finding, Report, Severity, Target
from reprieve.findings.readers.interface import Reader
from reprieve.findings.severity import severity_of_word
from reprieve.findings.source import Source

NAME = "conftest"


class _Location(msgspec.Struct, gc=False):
    file: str | None = None
    line: int | None = None


class _Result(msgspec.Struct, gc=False):
    msg: str
    loc: _Location | None = None
    metadata: dict[str, Any] | None = None


_Results = list[_Result | str] | None


class _File(msgspec.Struct, gc=False):
    filename: str
    namespace: str | None = None
    successes: int | list[Any] | None = None
    skipped: list[Any] | None = None
    warnings: _Results = None
    failures: _Results = None
    exceptions: _Results = None
    old_successes: list[str] | None = msgspec.field(name="Successes", default=None)
    old_warnings: _Results = msgspec.field(name="Warnings", default=None)
    old_failures: _Results = msgspec.field(name="Failures", default=None)


def _recognises(source: Source) -> bool:
    return "filename" in source.keys and bool(
        source.keys & {"successes", "failures", "warnings", "exceptions", "Successes", "Failures", "Warnings"}
    )


def _read(source: Source) -> Report:
    files = source.decode(list[_File]) if source.shape == "array" else [source.decode(_File)]
    findings = [finding for file in files for finding in _findings(file)]
    passed = sum(_passed(file) for file in files)
    extents = extents_of(NAME, "misconfiguration", (Target(path=_path(file.filename)) for file in files))
    return Report(source.name, NAME, findings, passed, extents=extents)


def _passed(file: _File) -> int:
    successes = file.successes if isinstance(file.successes, int) else len(file.successes or ())
    return successes + len(file.old_successes or ()) + len(file.skipped or ())


def _findings(file: _File) -> Iterator[Finding]:
    namespace = file.namespace or "main"
    for failure in file.failures or file.old_failures or ():
        yield _finding(file, failure, f"{namespace}.deny", "high")
    for warning in file.warnings or file.old_warnings or ():
        yield _finding(file, warning, f"{namespace}.warn", "medium")
    for exception in file.exceptions or ():
        yield _exception(file, exception, namespace)


def _finding(file: _File, result: _Result | str, rule: str, level: Severity) -> Finding:
    """`rule` names the check for versions that did not write the query."""
    if isinstance(result, str):
        result = _Result(result)
    metadata = result.metadata or {}
    location = result.loc or _Location()
    query = metadata.get("query")
    severity = metadata.get("severity")
    stated = severity_of_word(severity) if isinstance(severity, str) else "unknown"
    return Finding(
        type="misconfiguration",
        check=query.removeprefix("data.") if isinstance(query, str) and query else rule,
        severity=level if stated == "unknown" else stated,
        tool=NAME,
        message=result.msg,
        aliases=_ids(metadata),
        path=_path(location.file or file.filename),
        line=location.line or None,
    )


def _ids(metadata: dict[str, Any]) -> tuple[str, ...]:
    """The rule's own id, where its author passes one on."""
    values = (metadata.get("id"), metadata.get("code"))
    return tuple(dict.fromkeys(value for value in values if isinstance(value, str) and value))


_EXEMPTED = re.compile(r'exception\[_\]\[_\] == "(?P<rule>[^"]*)"')


def _exception(file: _File, exception: _Result | str, namespace: str) -> Finding:
    """The exempted rule; whether it is a deny, a violation or a warn is not said, so all three are names."""
    text = exception if isinstance(exception, str) else exception.msg
    found = _EXEMPTED.search(text)
    suffix = f"_{found['rule']}" if found and found["rule"] else ""
    check, *aliases = (f"{namespace}.{kind}{suffix}" for kind in ("deny", "violation", "warn"))
    return Finding(
        type="misconfiguration",
        check=check,
        severity="unknown",
        tool=NAME,
        message=text,
        aliases=tuple(aliases),
        path=_path(file.filename),
        suppressed="excepted by a Rego exception",
    )


def _path(name: str) -> str | None:
    """The file; Conftest leaves the name of standard input empty."""
    return name.replace("\\", "/") or None


READER = Reader(NAME, "Conftest JSON", _recognises, _read)
