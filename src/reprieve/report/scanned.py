"""What a scan looked at, and which controls of a framework pass."""

from __future__ import annotations

from collections import Counter
from typing import Literal, NamedTuple

from reprieve.report.text import amount, clean, in_order
from reprieve.verdict import Looked, Verdict

State = Literal["pass", "fail", "excepted", "not checked"]


class Control(NamedTuple):
    """One control of a framework."""

    name: str
    state: State
    """Excepted: it would fail. Not checked: no document was of a kind that its checks look at."""
    findings: int
    """Those that make it fail."""
    excepted: int
    checks: tuple[str, ...]

    @property
    def why(self) -> str:
        """`3 findings`, `1 excepted`; empty where there is nothing to say."""
        failing = amount(self.findings, "finding") if self.findings else ""
        return ", ".join(filter(None, (failing, f"{self.excepted:,} excepted" if self.excepted else "")))


def files_line(looked: Looked) -> str:
    """`12 files; left out: 3 binary`."""
    skipped = ", ".join(f"{number:,} {reason}" for reason, number in sorted(looked.skipped.items()))
    return amount(looked.files, "file") + (f"; left out: {clean(skipped)}" if skipped else "")


def controls(verdict: Verdict) -> list[Control]:
    """Each control of the framework that was asked for, in its order; none without one."""
    if verdict.scan is None:
        return []
    failing: Counter[str] = Counter()
    excepted: Counter[str] = Counter()
    for index, (finding, outcome) in enumerate(zip(verdict.findings, verdict.outcomes, strict=True)):
        if verdict.failing(index):
            failing[finding.check] += 1
        elif outcome.disposition == "excepted":
            excepted[finding.check] += 1
    found = []
    for name, checks in sorted(verdict.scan.controls.items(), key=lambda one: in_order(one[0])):
        number, spared = (sum(counted[check] for check in checks) for counted in (failing, excepted))
        looked_at = any(verdict.scan.applied.get(check) for check in checks)
        state: State = "fail" if number else "excepted" if spared else "pass" if looked_at else "not checked"
        found.append(Control(name, state, number, spared, checks))
    return found
