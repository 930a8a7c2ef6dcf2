"""What a scan looked at, and which controls of a framework pass."""

from __future__ import annotations

from collections import Counter
from typing import Literal, NamedTuple

from reprieve.report.text import amount, clean, in_order
from reprieve.verdict import Looked, Verdict


class Control(NamedTuple):
    """One control of a framework."""

    name: str
    state: Literal["pass", "fail", "not checked"]
    """Not checked: no document was of a kind that its checks look at."""
    findings: int
    """Those that make it fail."""
    checks: tuple[str, ...]


def files_line(looked: Looked) -> str:
    """`12 files; left out: 3 binary`."""
    skipped = ", ".join(f"{number:,} {reason}" for reason, number in sorted(looked.skipped.items()))
    return amount(looked.files, "file") + (f"; left out: {clean(skipped)}" if skipped else "")


def controls(verdict: Verdict) -> list[Control]:
    """Each control of the framework that was asked for, in its order; none without one."""
    if verdict.scan is None:
        return []
    failing = Counter(
        finding.check for index, finding in enumerate(verdict.findings) if verdict.failing(index)
    )
    found = []
    for name, checks in sorted(verdict.scan.controls.items(), key=lambda one: in_order(one[0])):
        number = sum(failing[check] for check in checks)
        looked_at = any(verdict.scan.applied.get(check) for check in checks)
        found.append(
            Control(name, "fail" if number else "pass" if looked_at else "not checked", number, checks)
        )
    return found
