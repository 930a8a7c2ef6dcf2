"""Native formats: one module each. What a file is, is told by its name, or by a cue in its text."""

from __future__ import annotations

import fnmatch
import functools
import re
from collections.abc import Mapping
from typing import cast

from reprieve.shadow.interface import Native
from reprieve.shadow.native import (
    audit_lists,
    brakeman,
    checkov_baseline,
    cloudformation,
    conforma,
    dependency_check,
    detect_secrets,
    gatekeeper,
    gitleaks_config,
    gitleaksignore,
    golangci,
    grype,
    ignored_paths,
    inspec,
    kubescape,
    kyverno,
    osv_scanner,
    polaris,
    prowler,
    python_linters,
    rego,
    rule_levels,
    sarif,
    semgrep_options,
    settings,
    snyk,
    trivyignore,
    trivyignore_yaml,
    vex,
)

NATIVES: Mapping[str, Native] = {
    "audit-lists": cast(Native, audit_lists),
    "brakeman": cast(Native, brakeman),
    "checkov-baseline": cast(Native, checkov_baseline),
    "cloudformation": cast(Native, cloudformation),
    "conforma": cast(Native, conforma),
    "dependency-check": cast(Native, dependency_check),
    "detect-secrets": cast(Native, detect_secrets),
    "gatekeeper": cast(Native, gatekeeper),
    "gitleaks-config": cast(Native, gitleaks_config),
    "gitleaksignore": cast(Native, gitleaksignore),
    "golangci": cast(Native, golangci),
    "grype": cast(Native, grype),
    "ignored-paths": cast(Native, ignored_paths),
    "inspec": cast(Native, inspec),
    "kubescape": cast(Native, kubescape),
    "kyverno": cast(Native, kyverno),
    "osv-scanner": cast(Native, osv_scanner),
    "polaris": cast(Native, polaris),
    "prowler": cast(Native, prowler),
    "python-linters": cast(Native, python_linters),
    "rego": cast(Native, rego),
    "rule-levels": cast(Native, rule_levels),
    "sarif": cast(Native, sarif),
    "semgrep-options": cast(Native, semgrep_options),
    "settings": cast(Native, settings),
    "snyk": cast(Native, snyk),
    "trivyignore": cast(Native, trivyignore),
    "trivyignore-yaml": cast(Native, trivyignore_yaml),
    "vex": cast(Native, vex),
}
"""Every format."""

NATIVE_CUES: Mapping[str, tuple[str, ...]] = {
    cue: tuple(name for name, native in NATIVES.items() if cue in native.CUES)
    for native in NATIVES.values()
    for cue in native.CUES
}
"""Cue -> the formats that it may be of."""


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile("|".join(f"(?:.*/)?{fnmatch.translate(one)}" for one in native.NAMES)))
        for name, native in NATIVES.items()
        if native.NAMES
    )


@functools.cache
def _any() -> re.Pattern[str]:
    names = [one for native in NATIVES.values() for one in native.NAMES]
    return re.compile("|".join(f"(?:.*/)?(?:{fnmatch.translate(one)})" for one in names))


def named(name: str) -> tuple[str, ...]:
    """The formats whose files are called so; `name` is relative to the repository, `/`-separated."""
    lower = name.lower()
    if not _any().match(lower):
        return ()
    return tuple(format_ for format_, pattern in _patterns() if pattern.match(lower))
