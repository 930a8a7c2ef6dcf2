"""Whether a native ignore file, exported from the register, may hide findings from a scanner's report."""

from __future__ import annotations

from collections.abc import Mapping

from reprieve.record.charter import Charter
from reprieve.record.model import Record
from reprieve.words import ExportFormat

TOOLS: Mapping[ExportFormat, frozenset[str]] = {
    "trivyignore": frozenset({"trivy"}),
    "trivyignore-yaml": frozenset({"trivy"}),
    "trivy-policy": frozenset({"trivy"}),
    "rego": frozenset({"conftest", "trivy", "reprieve"}),
    "kyverno": frozenset({"kyverno"}),
    "gatekeeper": frozenset({"gatekeeper"}),
    "kubescape": frozenset({"kubescape"}),
    "kubescape-crd": frozenset({"kubescape"}),
    "checkov": frozenset({"checkov"}),
    "checkov-baseline": frozenset({"checkov"}),
    "grype": frozenset({"grype"}),
    "osv-scanner": frozenset({"osv-scanner"}),
    "snyk": frozenset({"snyk"}),
    "prowler": frozenset({"prowler"}),
    "gitleaks": frozenset({"gitleaks"}),
    "detect-secrets": frozenset({"detect-secrets"}),
    "semgrep": frozenset({"semgrep"}),
    "openvex": frozenset({"trivy", "grype"}),
    "cyclonedx": frozenset({"trivy", "grype"}),
}
"""The tools that read each format; those it lacks are statements for people and services."""


class Hiding:
    """What the charter exports."""

    def __init__(self, charter: Charter) -> None:
        self._exports = charter.exports

    def may_hide(self, record: Record, tool: str) -> bool:
        """Whether some exported file may keep this tool from reporting what the record covers.

        Any file that the tool reads, but one for another environment. Which cluster or repository it is
        for is left out of account: a scanner can be given a file that is meant for another.
        """
        return any(
            _reads(tool, export.format) and export.environment in {None, record.environment}
            for export in self._exports
        )


def _reads(tool: str, format_: ExportFormat) -> bool:
    return any(tool == name or tool.startswith(f"{name}-") for name in TOOLS.get(format_, ()))
