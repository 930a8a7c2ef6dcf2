"""What tests of scanning share: files in a folder, one scan of them, and what was said of each rule."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reprieve.judging import judge_reports
from reprieve.scan.model import Options
from reprieve.scan.scan import Scanned, scan
from reprieve.verdict import Verdict
from tests.support import Result, run_cli

V1 = "import rego.v1\n"
POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: api
  namespace: billing
spec:
  containers:
    - name: api
      image: shop/api:1.2.3
"""


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Writes files below a folder; text is dedented."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else textwrap.dedent(content).encode())
    return folder


def module(package: str, *rules: str, v0: bool = False) -> str:
    """A file of Rego."""
    return f"package {package}\n{'' if v0 else V1}" + "".join(f"{textwrap.dedent(rule)}\n" for rule in rules)


def report_of(folder: Path, *paths: str, **options: Any) -> Scanned:
    """What a scan of `src` says, with `policy` (and `data`, where it is) and without our own checks."""
    chosen = {
        "policies": (str(folder / "policy"),),
        "data": (str(folder / "data"),) if (folder / "data").exists() else (),
        "builtin": False,
        "secrets": False,
        "cache": False,
    }
    return scan(paths or [str(folder / "src")], Options(**{**chosen, **options}))


def verdict_of(folder: Path, *paths: str, **options: Any) -> Verdict:
    """The same, judged without a register."""
    return judge_reports([report_of(folder, *paths, **options).report], None, dt.datetime.now(dt.UTC))


def scan_cli(folder: Path, *arguments: str, stdin: str | bytes | None = None) -> Result:
    """`reprieve scan src --policy policy` without our own checks and without secrets."""
    common = ("--policy", "policy", "--no-builtin", "--scanners", "misconfig")
    return run_cli(
        "scan", *([] if "-" in arguments else ["src"]), *common, *arguments, cwd=folder, stdin=stdin
    )


def rules(verdict: Verdict, disposition: str) -> list[str]:
    """The rules of the findings of one disposition, without `data.`; of every package, in order."""
    return sorted(
        f"{finding.policy.package}.{finding.policy.rule}"
        for finding, outcome in zip(verdict.findings, verdict.outcomes, strict=True)
        if finding.policy and outcome.disposition == disposition
    )


def states(verdict: Verdict) -> list[str]:
    """What each exception in Rego did, in the order of files and lines."""
    found = sorted(verdict.exemptions, key=lambda one: (one.exemption.path, one.exemption.line))
    return [one.state for one in found]
