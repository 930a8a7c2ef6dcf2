"""The tools that scanning is measured against: pinned, each in its own folder; or why one is not there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests import peers

from bench.made import WORK

CHECKOV = "3.3.30"
CONFTEST = peers.version("conftest")
OPA = peers.version("opa")

_TOOLS = WORK / "tools"
_PATIENCE = 1200


class Absent(NamedTuple):
    """A tool that could not be installed."""

    reason: str


def checkov() -> Path | Absent:
    """checkov from PyPI, in an environment of its own."""
    folder = _TOOLS / f"checkov-{CHECKOV}"
    program = folder / "bin" / "checkov"
    if program.exists():
        return program
    print(f"installing checkov {CHECKOV}", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    failed = _failed([sys.executable, "-m", "venv", str(folder)]) or _failed(
        [str(folder / "bin" / "pip"), "install", "--quiet", "--no-input", f"checkov=={CHECKOV}"]
    )
    return Absent(f"checkov {CHECKOV}: {failed}") if failed else program


def conftest() -> Path | Absent:
    """conftest, built with Go."""
    return _built("conftest", CONFTEST)


def opa() -> Path | Absent:
    """opa, built with Go."""
    return _built("opa", OPA)


def _built(name: str, version: str) -> Path | Absent:
    """The one that the tests compare with."""
    if failed := peers.build_rego(name):
        return Absent(f"{name} {version}: {failed}")
    return peers.FOLDER / "go" / name


def _failed(arguments: Sequence[str], environment: Mapping[str, str] = {}) -> str | None:
    """The last line of what a command complained about; None when it went well."""
    try:
        run = subprocess.run(
            arguments,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE,
            env={**os.environ, **environment},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if run.returncode == 0:
        return None
    lines = [line for line in run.stderr.splitlines() if line.strip()]
    return lines[-1].strip() if lines else f"exit code {run.returncode}"
