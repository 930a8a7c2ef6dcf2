"""Our Kubernetes pack against checkov's over the same manifests, each as a whole process without a cache.

The packs differ, so what counts is the rate: manifests × checks that were evaluated in a second.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

from bench import rivals, scans
from bench.made import SCALE, WORK, manifests_of
from bench.measure import Run, Words, command
from bench.page import Row, at_least, faster, show, skipped

NOTES = (
    """- **Our pack against checkov's.** Ours are Rego, evaluated as Python made from it
  ([0017](../docs/adr/0017-checks-in-python.md)): 0.15 ms for all checks on a manifest. Reading its YAML takes
  0.2 ms, placing and describing what was found 0.1 ms; that is spread over the cores. What is not: the start
  of the process, finding and reading the files, and writing the report, some 0.3 s together. Checkov hardly
  uses the second core: the ratio grows with them, and falls when others use them.
- opa with our pack: `result.new` is put in as a function of Rego, and each check is evaluated on each
  manifest, where ours are chosen by kind. It compiles and indexes rules; our engine walks their tree.""",
)


def rows() -> list[Row]:
    """Against checkov, and for plausibility against opa."""
    folder = manifests_of(2_000 // SCALE)
    ours = command(scans.command(folder), runs=3, output=scans.OUTPUT)
    evaluated = scans.evaluated(scans.OUTPUT)
    return [_against_checkov(folder, ours, evaluated), _against_opa(folder, ours)]


def _against_checkov(folder: Path, ours: Run, evaluated: int) -> Row:
    what = f"scan: our Kubernetes pack on {2_000 // SCALE:,} manifests, manifests × checks a second"
    shown = _rate(ours, evaluated)
    tool = rivals.checkov()
    if isinstance(tool, rivals.Absent):
        return skipped(what, shown, tool.reason)
    output = WORK / "checkov.json"
    arguments: Words = [tool, "--framework", "kubernetes", "--skip-download", "--quiet", "--compact"]
    command([*arguments, "--directory", manifests_of(20)], runs=1)  # its files are read from the disk once
    theirs = command([*arguments, "--output", "json", "--directory", folder], runs=2, output=output)
    summary = json.loads(output.read_bytes())["summary"]
    count = int(summary["passed"]) + int(summary["failed"])
    ratio = (evaluated / ours.seconds) / (count / theirs.seconds)
    row = Row(what, shown, f"{_rate(theirs, count)} (checkov {rivals.CHECKOV})")
    return at_least(row, ratio, 10.0)


def _rate(run: Run, evaluated: int) -> str:
    return f"{evaluated / run.seconds:,.0f} /s ({evaluated:,} in {show(run)})"


def _against_opa(folder: Path, ours: Run) -> Row:
    """Plausibility: the same checks in the reference engine; it evaluates all of them on each manifest."""
    what = "the same against opa with our pack, for plausibility"
    tool = rivals.opa()
    if isinstance(tool, rivals.Absent):
        return skipped(what, show(ours), tool.reason)
    pack = WORK / "pack"
    _rewrite(pack)
    check = subprocess.run([tool, "check", pack], capture_output=True, text=True, check=False)
    if check.returncode:
        return skipped(what, show(ours), f"opa does not take the pack: {check.stderr.splitlines()[-1]}")
    arguments: Words = [tool, "exec", "--decision", "builtin/kubernetes", "--bundle", pack, folder]
    theirs = command(arguments, runs=1, output=WORK / "opa.json")
    return faster(what, ours, theirs, f"opa exec {rivals.OPA}", None)


def _rewrite(into: Path) -> None:
    """The pack with `result.new`, which opa does not have, as a function in Rego."""
    from reprieve.policy.bundle import HERE

    shutil.rmtree(into, ignore_errors=True)
    for path in (*HERE.glob("lib/*.rego"), *HERE.glob("checks/kubernetes/*/check.rego")):
        if path.name.endswith("_test.rego"):
            continue
        copy = into / path.relative_to(HERE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(re.sub(r'(?<![\w."])result\.new\(', "data.lib.outcome.new(", path.read_text()))
    function = 'new(message, cause) := {"msg": message, "cause": cause}'
    (into / "outcome.rego").write_text(f"package lib.outcome\n\nimport rego.v1\n\n{function}\n")
