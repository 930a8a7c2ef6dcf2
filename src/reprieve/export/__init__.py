"""Every native format that records are written to: name -> the module of this folder that writes it."""

from __future__ import annotations

from importlib import import_module

from reprieve.export.interface import Format
from reprieve.words import ExportFormat

FORMATS: dict[ExportFormat, str] = {
    "trivyignore": "trivyignore",
    "trivyignore-yaml": "trivyignore_yaml",
    "trivy-policy": "trivy_policy",
    "rego": "rego",
    "kyverno": "kyverno",
    "gatekeeper": "gatekeeper",
    "kubescape": "kubescape",
    "kubescape-crd": "kubescape_crd",
    "checkov": "checkov",
    "checkov-baseline": "checkov_baseline",
    "grype": "grype",
    "osv-scanner": "osv_scanner",
    "snyk": "snyk",
    "prowler": "prowler",
    "gitleaks": "gitleaks",
    "detect-secrets": "detect_secrets",
    "semgrep": "semgrep",
    "sarif": "sarif",
    "openvex": "openvex",
    "cyclonedx": "cyclonedx",
}
"""By the name that the command and the charter take."""


def format_of(name: ExportFormat) -> Format:
    """A format by its name. Errors: `KeyError`."""
    found: Format = import_module(f"reprieve.export.{FORMATS[name]}").FORMAT
    return found
