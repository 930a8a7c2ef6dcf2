"""The scanners that pipelines run: what their commands are called, and which options silence them.

From the `--help` of each tool. Options that only choose what is looked for (`--severity`, `--check`) are left
out: what they leave aside was never asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from reprieve.words import CheckType

Holds = Literal["checks", "globs", "expressions", "folders", "packages", "file", "zero", "flag"]
"""What the value of an option is: ids; globs, expressions or folders; packages; a file of ignores; a number
that silences when it is 0; or no value, and the option itself silences."""


class Scanner(NamedTuple):
    """One scanner."""

    tool: str
    type: CheckType | None
    options: Mapping[str, Holds]
    """Those that silence."""
    needs: frozenset[str] = frozenset()
    """Words one of which has to be among its arguments, where the command does more than scan."""


_M: CheckType = "misconfiguration"
_V: CheckType = "vulnerability"
_S: CheckType = "secret"
_C: CheckType = "code"

SCANNERS: Mapping[str, Scanner] = {
    "trivy": Scanner("trivy", None, {
        "--exit-code": "zero", "--skip-dirs": "folders", "--skip-files": "globs", "--ignore-unfixed": "flag",
        "--ignorefile": "file", "--ignore-policy": "file", "--ignore-status": "flag",
    }),
    "tfsec": Scanner("tfsec", _M, {
        "--soft-fail": "flag", "-s": "flag", "--exclude": "checks", "-e": "checks", "--exclude-path": "globs",
    }),
    "checkov": Scanner("checkov", _M, {
        "--skip-check": "checks", "--soft-fail": "flag", "-s": "flag", "--soft-fail-on": "checks",
        "--skip-path": "expressions", "--skip-framework": "flag", "--skip-cve-package": "packages",
        "--baseline": "file",
    }),
    "terrascan": Scanner("terrascan", _M, {"--skip-rules": "checks"}),
    "kics": Scanner("kics", _M, {
        "--exclude-queries": "checks", "--exclude-paths": "globs", "-e": "globs",
        "--exclude-categories": "flag", "--exclude-severities": "flag", "--exclude-results": "flag",
        "--ignore-on-exit": "flag",
    }),
    "semgrep": Scanner("semgrep", _C, {"--exclude-rule": "checks", "--exclude": "globs"}),
    "opengrep": Scanner("opengrep", _C, {"--exclude-rule": "checks", "--exclude": "globs"}),
    "grype": Scanner("grype", _V, {
        "--only-fixed": "flag", "--ignore-states": "flag", "--exclude": "globs", "--vex": "file",
    }),
    "osv-scanner": Scanner("osv-scanner", _V, {}),
    "snyk": Scanner("snyk", None, {
        "--exclude": "globs",
    }, frozenset({"test", "container", "iac", "code", "monitor"})),
    "prowler": Scanner("prowler", "compliance", {
        "--mutelist-file": "file", "-w": "file", "--excluded-checks": "checks", "-e": "checks",
        "--excluded-check": "checks", "--excluded-services": "flag", "--excluded-service": "flag",
        "--ignore-exit-code-3": "flag", "-z": "flag",
    }),
    "gitleaks": Scanner("gitleaks", _S, {"--exit-code": "zero", "--baseline-path": "file", "-b": "file"}),
    "trufflehog": Scanner("trufflehog", _S, {
        "--exclude-paths": "file", "-x": "file", "--exclude-detectors": "checks", "--exclude-globs": "globs",
    }),
    "detect-secrets": Scanner("detect-secrets", _S, {
        "--exclude-files": "expressions", "--exclude-lines": "flag", "--exclude-secrets": "flag",
        "--disable-plugin": "checks",
    }),
    "detect-secrets-hook": Scanner("detect-secrets", _S, {
        "--exclude-files": "expressions", "--exclude-lines": "flag", "--exclude-secrets": "flag",
        "--disable-plugin": "checks",
    }),
    "ggshield": Scanner("ggshield", _S, {
        "--exit-zero": "flag", "--exclude": "globs", "--ignore-known-secrets": "flag",
    }),
    "bandit": Scanner("bandit", _C, {
        "--skip": "checks", "-s": "checks", "--exclude": "folders", "-x": "folders", "--exit-zero": "flag",
        "--baseline": "file", "-b": "file",
    }),
    "gosec": Scanner("gosec", _C, {
        "-exclude": "checks", "--exclude": "checks", "-exclude-dir": "folders", "--exclude-dir": "folders",
        "-no-fail": "flag", "--no-fail": "flag", "-exclude-generated": "flag",
    }),
    "hadolint": Scanner("hadolint", _M, {"--ignore": "checks", "--no-fail": "flag"}),
    "dockle": Scanner("dockle", _M, {"--ignore": "checks", "-i": "checks", "--exit-code": "zero"}),
    "kube-linter": Scanner("kube-linter", _M, {"--exclude": "checks", "--ignore-paths": "globs"}),
    "kube-score": Scanner("kube-score", _M, {"--ignore-test": "checks"}),
    "polaris": Scanner("polaris", _M, {}, frozenset({"audit"})),
    "kubescape": Scanner("kubescape", "compliance", {"--exceptions": "file"}, frozenset({"scan"})),
    "kubesec": Scanner("kubesec", _M, {"--exit-code": "zero"}, frozenset({"scan"})),
    "kube-bench": Scanner("kube-bench", "compliance", {"--skip": "checks"}),
    "conftest": Scanner("conftest", _M, {
        "--no-fail": "flag", "--ignore": "expressions",
    }, frozenset({"test", "verify"})),
    "brakeman": Scanner("brakeman", _C, {
        "--ignore-config": "file", "-i": "file", "--except": "checks", "-x": "checks",
        "--skip-files": "globs", "--no-exit-on-warn": "flag", "--no-exit-on-error": "flag",
    }),
    "bundler-audit": Scanner("bundler-audit", _V, {"--ignore": "checks", "-i": "checks"}),
    "bundle-audit": Scanner("bundler-audit", _V, {"--ignore": "checks", "-i": "checks"}),
    "pip-audit": Scanner("pip-audit", _V, {"--ignore-vuln": "checks"}),
    "safety": Scanner("safety", _V, {
        "--ignore": "checks", "-i": "checks", "--exit-zero": "flag", "--continue-on-error": "flag",
    }, frozenset({"check", "scan"})),
    "npm": Scanner("npm-audit", _V, {}, frozenset({"audit"})),
    "pnpm": Scanner("pnpm-audit", _V, {"--ignore": "checks"}, frozenset({"audit"})),
    "yarn": Scanner("yarn-audit", _V, {"--ignore": "checks", "--exclude": "packages"}, frozenset({"audit"})),
    "cargo": Scanner("cargo-audit", _V, {"--ignore": "checks"}, frozenset({"audit", "deny"})),
    "govulncheck": Scanner("govulncheck", _V, {}),
    "zizmor": Scanner("zizmor", _M, {"--no-exit-codes": "flag"}),
    "dependency-check": Scanner("dependency-check", _V, {"--suppression": "file", "--exclude": "globs"}),
    "dependency-check.sh": Scanner("dependency-check", _V, {"--suppression": "file", "--exclude": "globs"}),
    "docker-scout": Scanner("docker-scout", _V, {"--only-fixed": "flag", "--ignore-base": "flag"}),
    "nuclei": Scanner("nuclei", _V, {
        "-exclude-id": "checks", "-eid": "checks", "-exclude-templates": "file",
    }),
    "cfn_nag_scan": Scanner("cfn-nag", _M, {"--deny-list-path": "file", "--blacklist-path": "file"}),
    "cfn_nag": Scanner("cfn-nag", _M, {"--deny-list-path": "file", "--blacklist-path": "file"}),
    "gator": Scanner("gatekeeper", "admission", {}, frozenset({"test", "verify"})),
    "kyverno": Scanner("kyverno", "admission", {
        "--exception": "file", "-e": "file", "--exceptions": "file",
    }, frozenset({"apply"})),
    "inspec": Scanner("inspec", "compliance", {"--waiver-file": "file"}, frozenset({"exec"})),
    "cinc-auditor": Scanner("inspec", "compliance", {"--waiver-file": "file"}, frozenset({"exec"})),
    "ec": Scanner("conforma", "compliance", {}, frozenset({"validate"})),
    "codeql": Scanner("codeql", _C, {}, frozenset({"analyze"})),
    "devskim": Scanner("devskim", _C, {"--ignore-globs": "globs", "--ignore-rule-ids": "checks"}),
    "horusec": Scanner("horusec", _C, {"--ignore": "globs", "-i": "globs", "--false-positive": "checks"}),
    "regula": Scanner("regula", _M, {"--exclude": "checks", "-x": "checks"}),
}  # fmt: skip
"""By the name of the command."""

_COMMON = frozenset({"npm", "pnpm", "yarn", "cargo", "ec", "gator", "safety", "codeql", "inspec", "kyverno"})
"""Names that much else has in it."""
CUES: tuple[bytes, ...] = tuple(
    cue.encode()
    for cue in (
        *(name for name in SCANNERS if name not in _COMMON),
        *(
            "npm audit",
            "pnpm audit",
            "yarn audit",
            "yarn npm audit",
            "cargo audit",
            "cargo deny",
            "cargo-deny",
        ),
        *("ec validate", "gator ", "safety check", "safety scan", "codeql", "inspec exec", "kyverno apply"),
        *("sast_", "secret_detection", "container_scanning", "dependency_scanning", "anchore", "_disabled"),
    )
)
"""Lower-case text, one of which is in every file that runs one of them."""

_IN_ACTIONS: tuple[tuple[str, str], ...] = (
    ("trivy-action", "trivy"),
    ("tfsec", "tfsec"),
    ("checkov", "checkov"),
    ("terrascan", "terrascan"),
    ("kics", "kics"),
    ("semgrep", "semgrep"),
    ("anchore/scan-action", "grype"),
    ("grype", "grype"),
    ("osv-scanner", "osv-scanner"),
    ("snyk/actions", "snyk"),
    ("prowler", "prowler"),
    ("gitleaks", "gitleaks"),
    ("trufflehog", "trufflehog"),
    ("detect-secrets", "detect-secrets"),
    ("ggshield", "ggshield"),
    ("bandit", "bandit"),
    ("gosec", "gosec"),
    ("hadolint", "hadolint"),
    ("dockle", "dockle"),
    ("kube-linter", "kube-linter"),
    ("kube-score", "kube-score"),
    ("polaris", "polaris"),
    ("kubescape", "kubescape"),
    ("conftest", "conftest"),
    ("brakeman", "brakeman"),
    ("pip-audit", "pip-audit"),
    ("audit-check", "cargo"),
    ("cargo-deny", "cargo"),
    ("govulncheck", "govulncheck"),
    ("zizmor", "zizmor"),
    ("dependency-check", "dependency-check"),
    ("docker/scout-action", "docker-scout"),
    ("codeql-action/analyze", "codeql"),
    ("devskim", "devskim"),
)


def in_action(uses: str) -> Scanner | None:
    """The scanner that an action or a hook runs, by its address; None for any other."""
    name = uses.lower().partition("@")[0]
    found = next((command for part, command in _IN_ACTIONS if part in name), None)
    return SCANNERS[found] if found else None


_INSTALLS = re.compile(r"setup-|install|/setup")


def only_installs(uses: str) -> bool:
    """Whether an action installs a scanner and runs none."""
    return _INSTALLS.search(uses.lower().partition("@")[0]) is not None
