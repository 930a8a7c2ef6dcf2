"""What a table of a scan says beside the verdict: what was looked at, and controls that pass or fail."""

from __future__ import annotations

from collections import defaultdict
from typing import TextIO

import msgspec

from reprieve.report.text import amount, clean, shorten
from reprieve.verdict import Verdict


class Looked(msgspec.Struct, frozen=True):
    """What a scan looked at."""

    files: int
    skipped: dict[str, int]
    """Reason -> files."""
    controls: dict[str, tuple[str, ...]]
    """Control of a framework -> ids of the checks that speak to it; empty without a framework."""
    applied: dict[str, int]
    """Check id -> documents that it looked at."""


def write(looked: Looked, verdict: Verdict, out: TextIO) -> None:
    """Writes one line on the files, and one for each control."""
    skipped = ", ".join(f"{number:,} {reason}" for reason, number in sorted(looked.skipped.items()))
    out.write(
        f"\nScanned   {amount(looked.files, 'file')}{f'; left out: {clean(skipped)}' if skipped else ''}\n"
    )
    if looked.controls:
        out.write("\nControls\n")
        for control, (state, failing) in controls(looked, verdict).items():
            number = f"  {amount(failing, 'finding')}" if failing else ""
            out.write(f"  {state:<12}  {shorten(clean(control), 70)}{number}\n")


def controls(looked: Looked, verdict: Verdict) -> dict[str, tuple[str, int]]:
    """Each control: `pass`, `fail` or `not checked`, and the findings that make it fail."""
    failing: defaultdict[str, int] = defaultdict(int)
    for index, finding in enumerate(verdict.findings):
        if verdict.failing(index):
            failing[finding.check] += 1
    found = {}
    for control, checks in sorted(looked.controls.items()):
        number = sum(failing[check] for check in checks)
        looked_at = any(looked.applied.get(check) for check in checks)
        found[control] = ("fail" if number else "pass" if looked_at else "not checked", number)
    return found
