"""Other tools that we are tried with, each in an environment of its own: `make peers` installs them.

Their pins conflict with ours, so none is among our requirements. They are looked for in the folder that
REPRIEVE_PEERS names, else in `.peers`; what is not there has its tests marked, with the reason. What takes
minutes of a compiler each is installed by `python -m tests.peers --heavy` only.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FOLDER = Path(os.environ.get("REPRIEVE_PEERS") or HERE.parent / ".peers").absolute()
PYTHON = ("bandit", "checkov", "semgrep", "prowler", "vex")
"""Environments of Python: `requirements/<name>.txt` lists every package."""
GITLEAKS = "github.com/zricethezav/gitleaks/v8@v8.30.0"
REGO = ("conftest", "opa")
"""Tools of the module `go/rego`: most of what they are built of is the same, and compiled once."""
NATIVES = ("osv-scanner",)
"""Programs of `go/<name>`, around a tool's own package. Versions are in `go.mod`, sums in Go's database."""
HEAVY = ("gatekeeper", "grype", "kubescape", "kyverno", "trivy")
"""The same of tools that take minutes to be compiled."""
SCHEMAS = {
    "kyverno.io_policyexceptions.yaml": ("github.com/kyverno/kyverno@v1.19.1", "config/crds/kyverno"),
    "match.gatekeeper.sh_matchcrd.yaml": (
        "github.com/open-policy-agent/gatekeeper/v3@v3.23.1",
        "config/crd/bases",
    ),
}
"""Schema that objects are held to -> module of Go that it is in, and the folder."""
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
    is_heavy = name.removeprefix("go/") in HEAVY
    reason = f"{name} is not there: {'python -m tests.peers --heavy' if is_heavy else 'make peers'}"
    is_there = program(name) if name in REGO else found(name)
    return pytest.mark.xfail(is_there is None, run=False, reason=reason)


def program(name: str) -> str | None:
    """One of `REGO`: as built here, else as it is on PATH; None when there is neither."""
    built = found(f"go/{name}")
    return str(built) if built else shutil.which(name)


def version(name: str) -> str:
    """Of one of `PYTHON` or `REGO`, as pinned."""
    if name in PYTHON:
        file, pattern = HERE / "requirements" / f"{name}.txt", rf"(?m)^{name}==(\S+)"
    else:
        file, pattern = HERE / "go" / "rego" / "go.mod", rf"/{name} (v\S+)"
    (pinned,) = re.findall(pattern, file.read_text(encoding="utf-8"))
    return str(pinned)


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


def install(*, heavy: bool = False) -> None:
    """Whatever is missing; what cannot be had is named, and is no failure."""
    FOLDER.mkdir(exist_ok=True)
    for name in PYTHON:
        _report(name, install_python(name))
    _report(
        "globs", _go("globs", ["go", "build", "-o", str(FOLDER / "go" / "globs"), "."], HERE / "go" / "globs")
    )
    for name in REGO:
        _report(name, build_rego(name))
    _report("gitleaks", _go("gitleaks", ["go", "install", GITLEAKS], HERE))
    for name in (*NATIVES, *(HEAVY if heavy else ())):
        _report(name, _native(name))
    for name, (module, inside) in SCHEMAS.items():
        _report(name, _schema(name, module, inside))
    for name, package in NPM.items():
        _report(name, _npm(name, package))
    _report("snyk", _snyk())


def _report(name: str, failure: str | None) -> None:
    print(f"{name}: {failure or 'here'}", flush=True)


def install_python(name: str) -> str | None:
    """Makes one of the environments of `PYTHON` unless it is there; why it cannot be had."""
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


def build_rego(name: str) -> str | None:
    """Builds one of `REGO` unless it is there; why it cannot be had."""
    source = f"github.com/open-policy-agent/{name}"
    return _go(name, ["go", "install", "-trimpath", "-ldflags=-s -w", source], HERE / "go" / "rego")


def _native(name: str) -> str | None:
    """Built in a copy: what its module needs, and the sums of that, are found out and checked by Go."""
    if shutil.which("go") is None or found(f"go/{name}"):
        return _go(name, (), HERE)
    with tempfile.TemporaryDirectory() as folder:
        for source in (*(HERE / "go" / name).iterdir(), HERE / "go" / "serve" / "serve.go"):
            shutil.copy(source, folder)
        output = str(FOLDER / "go" / name)
        return _go(name, ["go", "build", "-mod=mod", "-o", output, "."], Path(folder))


def _schema(name: str, module: str, inside: str) -> str | None:
    if found(f"schemas/{name}"):
        return None
    if shutil.which("go") is None:
        return "there is no Go here to fetch it with"
    done = subprocess.run(
        ["go", "mod", "download", "-json", module], capture_output=True, text=True, check=False, cwd=HERE
    )
    answer = json.loads(done.stdout or "{}")
    if "Dir" not in answer:
        return str(answer.get("Error") or done.stderr.strip() or f"exit code {done.returncode}")
    (FOLDER / "schemas").mkdir(exist_ok=True)
    shutil.copyfile(Path(answer["Dir"]) / inside / name, FOLDER / "schemas" / name)
    return None


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
    install(heavy="--heavy" in sys.argv[1:])
