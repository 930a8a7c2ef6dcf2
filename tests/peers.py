"""Other tools that we are tried with, each in an environment of its own: `make peers` installs them.

Their pins conflict with ours, so none is among our requirements. They are looked for in the folder that
REPRIEVE_PEERS names, else in `.peers`; what is not there has its tests marked, with the reason.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FOLDER = Path(os.environ.get("REPRIEVE_PEERS") or HERE.parent / ".peers").absolute()
PYTHON = ("checkov", "semgrep", "prowler", "vex")
"""Environments of Python: `requirements/<name>.txt` lists every package."""
GITLEAKS = "github.com/zricethezav/gitleaks/v8@v8.30.0"
NPM = {"sarif": "@microsoft/jest-sarif@1.0.0-beta.0", "axe": "axe-core@4.14.1"}
"""Folder -> package that is only unpacked: the schema of SARIF; what finds barriers on pages."""
SNYK = "snyk-policy@4.1.6"
"""What the Snyk CLI reads `.snyk` with, installed with what it needs."""
_PATIENCE = 1200


def found(name: str) -> Path | None:
    """A file below the folder; None when it is not there."""
    path = FOLDER / name
    return path if path.exists() else None


def needs(name: str) -> pytest.MarkDecorator:
    """For tests that use it. Not `skipif`: where every test must run, it is still one that may be absent."""
    reason = f"{name} is not there: make peers"
    return pytest.mark.xfail(found(name) is None, run=False, reason=reason)


def run(
    program: str, *arguments: str, cwd: Path, stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    """One of them, away from the network as far as it can be told to."""
    environment = {
        **os.environ,
        "SEMGREP_ENABLE_VERSION_CHECK": "0",
        "SEMGREP_SEND_METRICS": "off",
        "CHECKOV_RUN_SCA_PACKAGE_SCAN_V2": "false",
        "LOG_LEVEL": "ERROR",
        "PYTHONWARNINGS": "ignore",
    }
    command = [str(FOLDER / program), *arguments]
    return subprocess.run(
        command, cwd=cwd, input=stdin, capture_output=True, text=True, check=False, env=environment
    )


def install() -> None:
    """Whatever is missing; what cannot be had is named, and is no failure."""
    FOLDER.mkdir(exist_ok=True)
    for name in PYTHON:
        _report(name, _python(name))
    _report(
        "globs", _go("globs", ["go", "build", "-o", str(FOLDER / "go" / "globs"), "."], HERE / "go" / "globs")
    )
    _report("gitleaks", _go("gitleaks", ["go", "install", GITLEAKS], HERE))
    for name, package in NPM.items():
        _report(name, _npm(name, package))
    _report("snyk", _snyk())


def _report(name: str, failure: str | None) -> None:
    print(f"{name}: {failure or 'here'}", flush=True)


def _python(name: str) -> str | None:
    requirements = HERE / "requirements" / f"{name}.txt"
    folder = FOLDER / name
    mark = folder / f".{hashlib.sha256(requirements.read_bytes()).hexdigest()[:16]}"
    if mark.exists():
        return None
    shutil.rmtree(folder, ignore_errors=True)
    pip = [str(folder / "bin" / "pip"), "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    failure = _failure([sys.executable, "-m", "venv", str(folder)])
    failure = failure or _failure([*pip, "--no-deps", "-r", str(requirements)])
    if failure is None:
        mark.touch()
    return failure


def _go(name: str, command: Sequence[str], cwd: Path) -> str | None:
    if found(f"go/{name}"):
        return None
    if shutil.which("go") is None:
        return "there is no Go here to build it with"
    return _failure(command, cwd, GOBIN=str(FOLDER / "go"))


def _npm(name: str, package: str) -> str | None:
    if found(f"{name}/package"):
        return None
    if shutil.which("npm") is None:
        return "there is no npm here to fetch it with"
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    failure = _failure(["npm", "pack", "--silent", package], folder)
    for archive in folder.glob("*.tgz"):
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
    if failure:
        shutil.rmtree(folder)
    return failure


def _snyk() -> str | None:
    if found("snyk/node_modules"):
        return None
    if shutil.which("npm") is None:
        return "there is no npm here to install it with"
    folder = FOLDER / "snyk"
    folder.mkdir(exist_ok=True)
    (folder / "package.json").write_text('{"private": true}')
    options = ("--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock")
    return _failure(["npm", "install", *options, SNYK], folder)


def _failure(command: Sequence[str], cwd: Path = HERE, **environment: str) -> str | None:
    """The last line of what a command complained about; None when it went well."""
    try:
        done = subprocess.run(
            command,
            cwd=cwd,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE,
            env={**os.environ, **environment},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if done.returncode == 0:
        return None
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    return lines[-1].strip() if lines else f"exit code {done.returncode}"


if __name__ == "__main__":
    install()
