"""All worlds."""

from __future__ import annotations

from tests.export.worlds import World, code, findings, kubernetes, packages, trivy

WORLDS: tuple[World, ...] = (
    trivy.YAML_FILE,
    trivy.LINES,
    trivy.POLICY,
    code.REGO,
    kubernetes.KYVERNO,
    kubernetes.GATEKEEPER,
    kubernetes.KUBESCAPE,
    kubernetes.KUBESCAPE_CRD,
    kubernetes.PROWLER,
    code.CHECKOV,
    code.BASELINE,
    code.SEMGREP,
    packages.GRYPE,
    packages.OSV,
    packages.SNYK,
    findings.GITLEAKS,
    findings.DETECT_SECRETS,
    findings.SARIF,
    findings.OPENVEX,
    findings.CYCLONEDX,
)
