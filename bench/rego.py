"""Our engine against conftest and opa: the same Rego over the same manifests, and over one of them.

opa evaluates one input a process with `opa eval`, which would measure its start 2,000 times; `opa exec` takes
a folder and evaluates every file in one process. A run counts only when all found the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from bench import rivals, scans
from bench.made import SCALE, WORK, manifests_of
from bench.measure import Run, Words, command
from bench.page import Row, faster, show, skipped

Results = set[tuple[str, str, str]]
"""File, package, message."""

NOTES = (
    """- **One file** has no budget. What separates us from programs written in Go is the start of Python and
  its imports; evaluation takes milliseconds.
- opa is no budget either: it evaluates faster than our engine, on one core; we use them all.""",
)


def rows() -> list[Row]:
    """Many manifests, then one."""
    folder = manifests_of(2_000 // SCALE)
    file = next(path for path in sorted(folder.rglob("*-deployment-*.yaml")))
    return [
        *_on(folder, f"scan: the same Rego on {2_000 // SCALE:,} manifests, whole process", 3, 1.0),
        *_on(file, "scan: the same Rego on one file, whole process", 15, None),
    ]


def _on(target: Path, what: str, runs: int, budget: float | None) -> list[Row]:
    ours = command(scans.custom(target), runs=runs, output=scans.OUTPUT)
    found = scans.results(scans.OUTPUT)
    return [
        _against("conftest", rivals.conftest(), target, what, ours, found, runs, budget),
        _against("opa", rivals.opa(), target, what, ours, found, runs, None),
    ]


def _against(
    name: str,
    tool: Path | rivals.Absent,
    target: Path,
    what: str,
    ours: Run,
    found: Results,
    runs: int,
    budget: float | None,
) -> Row:
    if isinstance(tool, rivals.Absent):
        return skipped(what, show(ours), tool.reason)
    arguments, results, label = _HOW[name]
    output = WORK / f"{name}.json"
    theirs = command([tool, *arguments(target)], runs=runs, output=output)
    differ = found ^ results(output)
    if differ:
        raise SystemExit(f"{name} and reprieve do not find the same: {sorted(differ)[0]}")
    return faster(what, ours, theirs, label, budget)


def _conftest(target: Path) -> Words:
    return ["test", target, "--policy", scans.POLICIES, "--output", "json", "--all-namespaces"]


def _of_conftest(output: Path) -> Results:
    return {
        (result["filename"], result["namespace"], failure["msg"])
        for result in json.loads(output.read_bytes())
        for key in ("failures", "warnings")
        for failure in result.get(key, ())
    }


def _opa(target: Path) -> Words:
    return ["exec", "--decision", "bench", "--bundle", scans.POLICIES, target]


def _of_opa(output: Path) -> Results:
    return {
        (result["path"], f"bench.{package}", message)
        for result in json.loads(output.read_bytes())["result"]
        for package, rules in result["result"].items()
        for rule, messages in rules.items()
        if rule.startswith(("deny", "warn"))
        for message in messages
    }


_HOW: dict[str, tuple[Callable[[Path], Words], Callable[[Path], Results], str]] = {
    "conftest": (_conftest, _of_conftest, f"conftest {rivals.CONFTEST}"),
    "opa": (_opa, _of_opa, f"opa exec {rivals.OPA}"),
}
