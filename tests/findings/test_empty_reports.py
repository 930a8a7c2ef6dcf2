"""A file without a byte: an error, but for a tool that is named and writes nothing when it finds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from reprieve.errors import ReportError
from reprieve.findings.reading import read_report
from tests.support import Office


@pytest.fixture(params=[b"", b"\n", b"\xef\xbb\xbf"], ids=["no byte", "a line end", "a mark"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    path = tmp_path / "report.json"
    path.write_bytes(request.param)
    return str(path)


def test_trufflehog_by_name_found_nothing(empty: str) -> None:
    report = read_report(empty, format="trufflehog")
    assert (report.format, report.findings, report.passed) == ("trufflehog", [], 0)


@pytest.mark.parametrize("format_", [None, "gitleaks", "trivy", "sarif", "none-found"])
def test_an_empty_file_of_any_other_is_an_error(empty: str, format_: str | None) -> None:
    with pytest.raises(ReportError, match="the report is empty") as caught:
        read_report(empty, format=format_)
    assert "--format trufflehog" in str(caught.value)


def test_the_gate_passes_only_when_the_tool_is_named(office: Office) -> None:
    desk = office.desk()
    (desk.directory / "trufflehog.ndjson").write_bytes(b"")
    assert desk.run("gate", "trufflehog.ndjson").code == 2
    assert desk.run("gate", "trufflehog.ndjson", "--format", "trufflehog").code == 0
