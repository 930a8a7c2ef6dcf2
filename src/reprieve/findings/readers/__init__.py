"""Every format that can be read: name -> the module of this folder that reads it.

The order is that of recognition: common formats first, and the specific before the general (`ocsf`
would take what Prowler writes, `empty` takes what nobody claims). A module is imported when its turn
comes, so that a report of a common format does not pay for thirty others.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator

from reprieve.findings.readers.interface import Reader

FORMATS: dict[str, str] = {
    "sarif": "sarif",
    "trivy": "trivy",
    "checkov": "checkov",
    "kubescape": "kubescape",
    "kubescape-v1": "kubescape_v1",
    "grype": "grype",
    "policyreport": "policyreport",
    "gatekeeper": "gatekeeper",
    "trivy-operator": "trivy_operator",
    "gitleaks": "gitleaks",
    "semgrep": "semgrep",
    "osv-scanner": "osv_scanner",
    "snyk": "snyk",
    "prowler-ocsf": "prowler_ocsf",
    "prowler-csv": "prowler_csv",
    "prowler-json": "prowler_json",
    "ocsf": "ocsf",
    "asff": "asff",
    "inspector": "inspector",
    "kube-bench": "kube_bench",
    "conftest": "conftest",
    "trufflehog": "trufflehog",
    "detect-secrets": "detect_secrets",
    "cyclonedx": "cyclonedx",
    "openvex": "openvex",
    "hadolint": "hadolint",
    "tfsec": "tfsec",
    "terrascan": "terrascan",
    "kics": "kics",
    "gosec": "gosec",
    "polaris": "polaris",
    "kube-linter": "kube_linter",
    "reprieve": "reprieve",
    "none-found": "empty",
}
"""By the name that `--format` takes."""


def reader_of(name: str) -> Reader:
    """The reader of a format. Errors: `KeyError`."""
    module = importlib.import_module(f"reprieve.findings.readers.{FORMATS[name]}")
    reader: Reader = module.READER
    return reader


def readers() -> Iterator[Reader]:
    """All of them, in the order of recognition."""
    return map(reader_of, FORMATS)
