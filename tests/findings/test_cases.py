"""Golden cases: `tests/cases/<format>/<case>/input.*` read without `--format` gives `expected.json`.

A new case is a new folder; nothing else needs to change. In `expected.json` a finding holds only the
fields that differ from their defaults. `python -m tests.findings.test_cases` rewrites all of them: read the
diff before believing it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reprieve.findings.fingerprint import fingerprints
from reprieve.findings.model import CHECK_TYPES, SEVERITIES, Finding, Report
from reprieve.findings.readers import FORMATS
from reprieve.findings.reading import read_report

CASES = Path(__file__).parent.parent / "cases"
ALL_CASES = sorted(path.parent for path in CASES.glob("*/*/expected.json"))


def input_of(case: Path) -> Path:
    (found,) = case.glob("input.*")
    return found


def summary_of(report: Report) -> dict[str, Any]:
    return {
        "format": report.format,
        "passed": report.passed,
        "findings": [_without_defaults(finding) for finding in report.findings],
        **({"unread": list(report.unread)} if report.unread else {}),
    }


def _without_defaults(finding: Finding) -> dict[str, Any]:
    fields = msgspec.structs.fields(Finding)
    values = {field.encode_name: getattr(finding, field.name) for field in fields}
    kept = {f.encode_name for f in fields if values[f.encode_name] != f.default}
    return json.loads(msgspec.json.encode({key: values[key] for key in values if key in kept}))


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_report_is_read_as_expected(case: Path) -> None:
    report = read_report(str(input_of(case)))
    assert summary_of(report) == json.loads((case / "expected.json").read_text())
    assert report.format == case.parent.name


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_findings_are_well_formed(case: Path) -> None:
    report = read_report(str(input_of(case)))
    assert len(set(fingerprints(report.findings))) == len(report.findings)
    for finding in report.findings:
        assert finding.type in CHECK_TYPES
        assert finding.severity in SEVERITIES
        assert finding.check
        assert "" not in (finding.cluster, finding.namespace, finding.resource, finding.path, finding.image)
        assert "" not in (finding.package, finding.repository, finding.fix)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_a_case(name: str) -> None:
    assert any(case.parent.name == name for case in ALL_CASES), f"no case for {name}"


if __name__ == "__main__":
    for found in sorted(path.parent for path in CASES.glob("*/*/input.*")):
        text = json.dumps(summary_of(read_report(str(input_of(found)))), indent=2, ensure_ascii=False)
        (found / "expected.json").write_text(text + "\n")
