"""Kubernetes objects are found in every wrapping, and one that is out of place is an error."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reprieve.errors import ReportError
from reprieve.findings import source as sources
from reprieve.findings.kubernetes import first_group, objects
from reprieve.findings.reading import read_source

REPORT = {
    "apiVersion": "wgpolicyk8s.io/v1alpha2",
    "kind": "PolicyReport",
    "metadata": {"name": "one", "namespace": "billing"},
    "results": [{"policy": "p", "result": "fail"}],
}
CONSTRAINT = {
    "apiVersion": "constraints.gatekeeper.sh/v1beta1",
    "kind": "K8sRequiredLabels",
    "metadata": {"name": "owner"},
    "status": {"auditTimestamp": "2026-03-02T08:00:00Z", "totalViolations": 1},
}


def source_of(document: Any) -> sources.Source:
    return sources.parse("report.json", json.dumps(document).encode())


def list_of(*items: Any) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "List", "items": list(items), "metadata": {}}


@pytest.mark.parametrize(
    "document",
    [
        REPORT,
        [REPORT],
        list_of(REPORT),
        [list_of(REPORT), list_of()],
        list_of(list_of(REPORT)),
        {"apiVersion": "wgpolicyk8s.io/v1alpha2", "kind": "PolicyReportList", "items": [REPORT]},
        {
            "apiVersion": "wgpolicyk8s.io/v1alpha2",
            "kind": "PolicyReportList",
            "items": [{"metadata": REPORT["metadata"], "results": REPORT["results"]}],
        },
    ],
)
def test_every_wrapping_is_taken_off(document: Any) -> None:
    source = source_of(document)
    (found,) = objects(source)
    assert (found.group, found.kind) == ("wgpolicyk8s.io", "PolicyReport")
    assert first_group(source) == "wgpolicyk8s.io"
    assert len(read_source(source).findings) == 1


def test_a_large_list_is_recognised_though_its_items_are_not_among_the_short_values() -> None:
    many = source_of(list_of(*[REPORT] * 100))
    assert "items" not in many.head
    assert read_source(many).format == "policyreport"


def test_an_empty_list_says_nothing_unless_its_format_is_named() -> None:
    empty = source_of(list_of())
    assert first_group(empty) == ""
    with pytest.raises(ReportError, match="nobody here knows"):
        read_source(empty)
    assert read_source(empty, format="policyreport").findings == []


@pytest.mark.parametrize("first", [REPORT, CONSTRAINT])
def test_kinds_of_report_do_not_mix(first: Any) -> None:
    other = CONSTRAINT if first is REPORT else REPORT
    with pytest.raises(ReportError, match=f"an object of kind {other['kind']} among"):
        read_source(source_of(list_of(first, other)))


def test_an_object_of_another_shape_is_an_error_that_names_the_file() -> None:
    with pytest.raises(ReportError, match=r"report\.json: not in the shape of its format"):
        read_source(source_of(list_of(REPORT, {**REPORT, "results": {"policy": "p"}})))
