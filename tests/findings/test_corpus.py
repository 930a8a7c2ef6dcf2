"""Reports that real tools wrote, read without `--format` and counted; set REPRIEVE_CORPUS to their folder.

The folder holds `<format>/<file>` and a table `PROVENANCE.md` that says how many findings each file has.
What that number includes differs from format to format: `COUNTED` follows its counting rules.
"""

from __future__ import annotations

import functools
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from reprieve.findings import source as sources
from reprieve.findings.fingerprint import fingerprints
from reprieve.findings.model import Report
from reprieve.findings.readers import FORMATS, readers
from reprieve.findings.reading import read_report

if not os.environ.get("REPRIEVE_CORPUS"):
    pytest.skip("REPRIEVE_CORPUS does not name the folder of reports", allow_module_level=True)

CORPUS = Path(os.environ["REPRIEVE_CORPUS"])
OPEN, PASSED, SUPPRESSED = "open", "passed", "suppressed"


class Counted(NamedTuple):
    """The format of a folder, and which of our numbers its counting rule adds up."""

    format: str
    parts: tuple[str, ...] = (OPEN,)


COUNTED = {
    "asff": Counted("asff", (OPEN, PASSED, SUPPRESSED)),
    "checkov-json": Counted("checkov"),
    "conftest-json": Counted("conftest"),
    "cyclonedx-vex": Counted("cyclonedx", (OPEN, SUPPRESSED)),
    "detect-secrets": Counted("detect-secrets", (OPEN, SUPPRESSED)),
    "gatekeeper": Counted("gatekeeper", (OPEN, SUPPRESSED)),
    "gitleaks-json": Counted("gitleaks"),
    "gosec-json": Counted("gosec", (OPEN, SUPPRESSED)),
    "grype-json": Counted("grype"),
    "hadolint-json": Counted("hadolint"),
    "kics-json": Counted("kics"),
    "kube-bench": Counted("kube-bench"),
    "kube-linter-json": Counted("kube-linter"),
    "kubescape-json": Counted("kubescape", (OPEN, SUPPRESSED)),  # by status, which exceptions leave failed
    "ocsf": Counted("ocsf", (OPEN, PASSED, SUPPRESSED)),
    "openvex": Counted("openvex", (OPEN, SUPPRESSED)),
    "osv-scanner-json": Counted("osv-scanner"),
    "polaris-json": Counted("polaris"),
    "policyreport": Counted("policyreport"),
    "prowler-csv": Counted("prowler-csv", (OPEN, PASSED, SUPPRESSED)),
    "prowler-ocsf": Counted("prowler-ocsf", (OPEN, PASSED, SUPPRESSED)),
    "sarif": Counted("sarif", (OPEN, PASSED, SUPPRESSED)),
    "semgrep-json": Counted("semgrep", (OPEN, SUPPRESSED)),
    "snyk-json": Counted("snyk"),
    "terrascan-json": Counted("terrascan"),
    "tfsec-json": Counted("tfsec", (OPEN, PASSED, SUPPRESSED)),
    "trivy-json": Counted("trivy"),
    "trivy-operator": Counted("trivy-operator"),
    "trufflehog": Counted("trufflehog"),
}

GENERAL_FORM = {"prowler-ocsf": "ocsf"}
"""The format that a more specific one, earlier in the registry, is an instance of."""


def _rows() -> Iterator[tuple[str, int]]:
    """File and number of findings, from the table of PROVENANCE.md."""
    for line in (CORPUS / "PROVENANCE.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == 7 and "/" in cells[0] and cells[4].isdigit():
            yield cells[0], int(cells[4])


ROWS = list(_rows())
FILES = [name for name, _ in ROWS]


@functools.lru_cache(maxsize=8)
def _report(name: str) -> Report:
    expected = COUNTED[name.partition("/")[0]].format
    if expected not in FORMATS:
        pytest.skip(f"no reader for {expected}")
    return read_report(str(CORPUS / name))


def test_the_table_lists_every_file() -> None:
    present = {str(path.relative_to(CORPUS)) for path in CORPUS.glob("*/*") if path.is_file()}
    assert present == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_format_is_recognised_by_content(name: str) -> None:
    assert _report(name).format == COUNTED[name.partition("/")[0]].format


@pytest.mark.parametrize("name", FILES)
def test_only_one_reader_recognises_it(name: str) -> None:
    expected = COUNTED[name.partition("/")[0]].format
    source = sources.load(str(CORPUS / name))
    others = {reader.name for reader in readers() if reader.recognises(source)} - {expected}
    assert others <= {GENERAL_FORM.get(expected)}


@pytest.mark.parametrize(("name", "count"), ROWS, ids=FILES)
def test_nothing_is_lost_or_counted_twice(name: str, count: int) -> None:
    report = _report(name)
    suppressed = sum(finding.suppressed is not None for finding in report.findings)
    numbers = {OPEN: len(report.findings) - suppressed, PASSED: report.passed, SUPPRESSED: suppressed}
    assert sum(numbers[part] for part in COUNTED[name.partition("/")[0]].parts) == count, numbers


@pytest.mark.parametrize("name", FILES)
def test_findings_can_be_told_apart(name: str) -> None:
    findings = _report(name).findings
    assert len(set(fingerprints(findings))) == len(findings)
    assert all(finding.check for finding in findings)


SECRET_SHAPES = re.compile(
    r"AKIA(?!\w*EXAMPLE)[A-Z0-9]{16}|gh[pousr]_\w{36}|xox[abprs]-\w{10,}|AIza[\w-]{35}|sk_live_\w{16,}"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----|eyJ[\w-]{10,}\.eyJ[\w-]{10,}|[a-z]+://[^\s:/@]+:[^\s:/@*]+@"
)
SECRET_FIELDS = {"Secret", "Match", "match", "offender", "Raw", "RawV2", "hashed_secret", "secret"}


def _secrets(value: Any) -> Iterator[str]:
    """What the report itself holds in the fields that tools write secrets and matched lines to."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in SECRET_FIELDS and isinstance(inner, str):
                yield inner
            else:
                yield from _secrets(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _secrets(inner)


def _content(name: str) -> Any:
    source = sources.load(str(CORPUS / name))
    return None if source.shape == "csv" else json.loads(source.data)


@pytest.mark.parametrize("name", FILES)
def test_no_secret_gets_out(name: str) -> None:
    written = msgspec.json.encode(_report(name).findings).decode()
    assert not SECRET_SHAPES.search(written)
    for secret in _secrets(_content(name)):
        plain = secret.strip()
        if len(plain) >= 8 and "*" not in plain and "REDACTED" not in plain:
            assert json.dumps(plain)[1:-1] not in written
