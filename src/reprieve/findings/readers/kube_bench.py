"""kube-bench JSON: `{"Controls": [...]}`, a bare list of them (`--nototals`, old versions), or a single one.

Source: aquasecurity/kube-bench `check/controls.go`, `check/check.go`. FAIL and WARN are findings (WARN asks
for a manual check), PASS and INFO (skipped) are not. There is no severity, and no name of the node or the
cluster. A check id is a section of one version of one benchmark.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal

import msgspec

from reprieve.errors import ReportError
from reprieve.findings.extents import extents_of
from reprieve.findings.model import Finding, Report
from reprieve.findings.readers.interface import Reader
from reprieve.findings.source import Source

NAME = "kube-bench"


class _Check(msgspec.Struct, gc=False):
    test_number: str
    status: Literal["PASS", "FAIL", "WARN", "INFO"]
    test_desc: str | None = None
    reason: str | None = None


class _Group(msgspec.Struct, gc=False):
    results: list[_Check] | None = None


class _Controls(msgspec.Struct, gc=False):
    """One benchmark section's results, or the wrapper around several."""

    version: str | None = None
    node_type: str | None = None
    tests: list[_Group] | msgspec.UnsetType | None = msgspec.UNSET
    controls: list[_Controls] | None = msgspec.field(name="Controls", default=None)


def _recognises(source: Source) -> bool:
    return "Controls" in source.keys or {"tests", "node_type"} <= source.keys


def _read(source: Source) -> Report:
    documents = source.decode(list[_Controls]) if source.shape == "array" else [source.decode(_Controls)]
    findings: list[Finding] = []
    ran: defaultdict[str, list[str]] = defaultdict(list)
    passed = 0
    for controls, check in _checks(source, documents):
        ran[controls.node_type or ""].append(check.test_number)
        if check.status in {"PASS", "INFO"}:
            passed += 1
        else:
            findings.append(_finding(check, controls))
    extents = (
        extent
        for node, checks in ran.items()
        for extent in extents_of(NAME, "compliance", checks=checks, among=node)
    )
    return Report(source.name, NAME, findings, passed, extents=tuple(extents) if passed else ())


def _checks(source: Source, documents: list[_Controls]) -> Iterator[tuple[_Controls, _Check]]:
    for document in documents:
        if document.controls is not None:
            yield from _checks(source, document.controls)
        elif document.tests is msgspec.UNSET:
            raise ReportError("controls without tests", where=source.name, hint="did kube-bench finish?")
        else:
            # null where a filter (`--check`) left nothing of a section
            for group in document.tests or ():
                yield from ((document, check) for check in group.results or ())


def _finding(check: _Check, controls: _Controls) -> Finding:
    text = check.test_desc or check.test_number
    return Finding(
        type="compliance",
        check=check.test_number,
        severity="unknown",
        tool=NAME,
        message=f"{text} ({check.reason})" if check.reason else text,
        context=" ".join(part for part in (controls.version, controls.node_type) if part),
    )


READER = Reader(NAME, "kube-bench JSON", _recognises, _read)
