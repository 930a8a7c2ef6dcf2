"""Verdicts made by hand: what the gate would say of a small, telling set of findings."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from typing import Any

from reprieve.findings.model import Finding
from reprieve.match.model import Outcome
from reprieve.record.model import Problem
from reprieve.report import OUTPUTS
from reprieve.verdict import Covered, RegisterInfo, Summary, Verdict, counts
from reprieve.words import SEVERITIES

NOW = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
REGISTER = RegisterInfo(commit="3f9a2c1d" + "0" * 32, ref="origin/main", age_hours=5, trust="claimed")

Pair = tuple[Finding, Outcome]


def finding(check: str = "KSV012", **fields: Any) -> Finding:
    defaults: dict[str, Any] = {
        "type": "misconfiguration",
        "severity": "high",
        "tool": "trivy",
        "message": "Runs as root user",
    }
    return Finding(check=check, **{**defaults, **fields})


def outcome(disposition: Any = "open", exception: str | None = None, **fields: Any) -> Outcome:
    covering = (exception,) if exception else ()
    source: Any = "record" if exception else None
    return Outcome(disposition, "production", exception, covering, source=source, **fields)


def verdict_of(pairs: list[Pair], *, fail_on: Any = "low", passed: int = 0, **fields: Any) -> Verdict:
    """A verdict over these findings, counted as the gate counts."""
    refuse = fields.get("native_suppressions") == "refuse"
    found: Counter[str] = Counter()
    raw: Counter[str] = Counter()
    net: Counter[str] = Counter()
    for each, result in pairs:
        if each.suppressed is not None and not refuse:
            found["native_suppressed"] += 1
            continue
        raw[each.severity] += 1
        net[each.severity] += result.disposition != "excepted"
        counted = result.disposition == "excepted" or counts(each.severity, fail_on)
        found[result.disposition if counted else "below_threshold"] += 1
    fails = found["open"] or found["expired"] or found["pending"]
    defaults: dict[str, Any] = {
        "now": NOW,
        "simulated": False,
        "verdict": "fail" if fails else "pass",
        "fail_on": fail_on,
        "register": REGISTER,
        "summary": Summary(**found, passed=passed),
        "raw": {severity: raw[severity] for severity in SEVERITIES},
        "net": {severity: net[severity] for severity in SEVERITIES},
        "findings": [each for each, _ in pairs],
        "outcomes": [result for _, result in pairs],
        "fingerprints": [f"{number:032x}" for number in range(len(pairs))],
        "exceptions": [],
        "problems": [],
    }
    return Verdict(**{**defaults, **fields})


def written(output: str, verdict: Verdict) -> str:
    """What one of the outputs writes."""
    out = io.StringIO()
    OUTPUTS[output](verdict, out)
    return out.getvalue()


def live(name: str, check: str = "KSV012", **fields: Any) -> Finding:
    return finding(check, cluster="prod-eu-1", namespace="billing", resource=name, **fields)


EXCEPTIONS = [
    Covered("EXC-003", "Old gateway needs the host network.", "expired", 2, False, -21),
    Covered(
        "EXC-007",
        "Legacy billing runs as root until the vendor ships v4.",
        "active",
        2,
        False,
        12,
        expiring=True,
    ),
    Covered("EXC-008", "Base image is rebuilt every Friday.", "active", 1, False, 61),
    Covered("EXC-010", "Debug sidecar of the staging cluster.", "active", 0, True, 40),
    Covered(
        "EXC-012",
        "Chart has no resource limits before the next release.",
        "in-review",
        1,
        False,
        70,
        missing=("security-team", "ciso"),
        due=dt.datetime(2026, 11, 23, 17, 0, tzinfo=dt.UTC),
    ),
    Covered(
        "EXC-013",
        "Scanner account reads all secrets.",
        "approved",
        1,
        False,
        30,
        reason="controls not implemented: audit-log",
    ),
]

PROBLEMS = [
    Problem(
        rule="blanket-scope",
        message="an entry needs `checks`, `packages` or `fingerprints`",
        path="security/exceptions/EXC-014-everything.md",
        line=9,
        hint="name the checks that the exception is for",
        exception="EXC-014",
    )
]

LODASH = "pkg:npm/lodash@4.17.4"
IMAGE = "registry.example.com/billing/api:2.3.0"

PAIRS: list[Pair] = [
    (
        live("Deployment/api", "KSV014", severity="low", message="Root file system can be written"),
        outcome(),
    ),
    (
        finding(
            "CVE-2026-1234",
            type="vulnerability",
            severity="critical",
            image=IMAGE,
            package=LODASH,
            fix="4.17.21",
            message="lodash: prototype pollution through the merge function, with a long explanation of it",
        ),
        outcome(voided_by="EXC-008: fix-available"),
    ),
    (finding("CKV_K8S_20", severity="medium", tool="checkov", path="deploy/api.yaml", line=14), outcome()),
    (live("Deployment/gateway", "KSV009", message="Access to host network"), outcome("expired", "EXC-003")),
    (
        live("DaemonSet/gateway-with-a-name-that-goes-on", "KSV010", severity="medium", message="Host PID"),
        outcome("expired", "EXC-003"),
    ),
    (
        finding("CKV_K8S_11", severity="low", tool="checkov", path="charts/web.yaml", line=3, message=""),
        outcome("pending", "EXC-012"),
    ),
    (live("ClusterRole/scanner", "KSV041", severity="critical", message=""), outcome("pending", "EXC-013")),
    (live("Deployment/billing-web"), outcome("excepted", "EXC-007")),
    (live("Deployment/billing-jobs"), outcome("excepted", "EXC-007")),
    (
        finding("CVE-2025-0001", type="vulnerability", image=IMAGE, package="pkg:deb/debian/zlib1g@1.2"),
        outcome("excepted", "EXC-008"),
    ),
    (finding("KSV020", severity="info", path="deploy/web.yaml"), outcome()),
    (finding("B105", type="code", tool="bandit", path="app.py", line=2, suppressed="test data"), outcome()),
]

RICH = verdict_of(PAIRS, passed=1204, exceptions=EXCEPTIONS, problems=PROBLEMS)
"""Everything at once: the worst first, one of each disposition, a void, a stale exception, a problem."""

CALM = verdict_of(PAIRS[7:8], exceptions=EXCEPTIONS[1:2])
"""A gate that passes."""
