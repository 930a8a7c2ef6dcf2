"""The words that records and findings share (design section 1), as types."""

from __future__ import annotations

from typing import Literal, get_args

CheckType = Literal[
    "misconfiguration", "compliance", "admission", "vulnerability", "secret", "code", "license"
]
Severity = Literal["critical", "high", "medium", "low", "info", "unknown"]
Risk = Literal["critical", "high", "medium", "low"]
Environment = Literal["production", "staging", "development", "test"]
ExportFormat = Literal[
    "trivyignore",
    "trivyignore-yaml",
    "trivy-policy",
    "rego",
    "kyverno",
    "gatekeeper",
    "kubescape",
    "kubescape-crd",
    "checkov",
    "checkov-baseline",
    "grype",
    "osv-scanner",
    "snyk",
    "prowler",
    "gitleaks",
    "detect-secrets",
    "semgrep",
    "sarif",
    "openvex",
    "cyclonedx",
]
"""Native formats that records are written to, by the name that command and charter take."""

CHECK_TYPES: tuple[CheckType, ...] = get_args(CheckType)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""Worst first; `unknown` last, though the gate always counts it."""
RISKS: tuple[Risk, ...] = get_args(Risk)
ENVIRONMENTS: tuple[Environment, ...] = get_args(Environment)
EXPORT_FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)
