"""`reprieve scan` as it is measured: the command, and what its JSON says was evaluated."""

from __future__ import annotations

import json
from pathlib import Path

from bench.made import WORK
from bench.measure import PYTHON, Words

POLICIES = Path(__file__).parent / "policies"
"""Plain Rego that conftest and opa evaluate as well."""

OUTPUT = WORK / "scan.json"


def command(target: Path, *options: str | Path) -> Words:
    """A scan of configuration alone, by our packs, without register and cache."""
    return [*cached(target), "--no-cache", "--scanners", "misconfig", *options]


def custom(target: Path) -> Words:
    """The same by the policies of the bench alone."""
    return command(target, "--no-builtin", "--policy", POLICIES)


def cached(target: Path) -> Words:
    """A scan for everything, as somebody types it."""
    return [PYTHON, "-m", "reprieve", "scan", target, "--no-register", "--output", "json"]


def evaluated(output: Path) -> int:
    """Manifests × checks: those that passed, and those that found something, once for each manifest."""
    report = json.loads(output.read_bytes())
    if report["faults"]:
        raise SystemExit(f"a scan had faults: {report['faults'][0]}")
    found = {
        (finding["path"], finding["namespace"], finding["resource"], finding["check"])
        for finding in report["findings"]
    }
    return int(report["summary"]["passed"]) + len(found)


def results(output: Path) -> set[tuple[str, str, str]]:
    """What was found: file, package, message."""
    report = json.loads(output.read_bytes())
    return {
        (finding["path"], finding["policy"]["package"], finding["message"]) for finding in report["findings"]
    }
