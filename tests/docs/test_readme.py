"""The README is run: every command of it, in order, by the people it names; recipes and Python too."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml12

from reprieve.findings.fingerprint import fingerprints
from reprieve.findings.readers import FORMATS
from reprieve.findings.reading import read_report
from tests.ports import Port
from tests.support import Desk, git, today, trivy_report

README = Path(__file__).parents[2] / "README.md"
TEXT = README.read_text()
CENTRAL = "https://git.example.com/security/register.git"
ESTATE = README.parent / "examples" / "estate"
OBJECTS = {"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Pod", "metadata": {}}]}
BLOCK = re.compile(r"(?:<!-- run: desk=(\w+) -->\n)?```(\w+)\n(.*?)```", re.DOTALL)
BLOCKS = [(desk or "dana", language, text) for desk, language, text in BLOCK.findall(TEXT)]


class Shop:
    """What the README's reader has: an empty remote, clones, scanners' reports, a scanner to call."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.remote = root / "register.git"
        git(root, "init", "--quiet", "--bare", "--initial-branch=main", str(self.remote))
        git(root, "config", "--global", f"url.{self.remote}.insteadOf", CENTRAL)
        tools = root / "bin"
        tools.mkdir()
        (tools / "trivy").write_text(
            '#!/bin/sh\ncase "$*" in *--output*) ;; *) cat "$HERE/trivy.json" ;; esac\n'
        )
        (tools / "kubectl").write_text(f"#!/bin/sh\nprintf '%s' '{json.dumps(OBJECTS)}'\n")
        (tools / "helm").write_text(f"#!/bin/sh\ncat {ESTATE}/deploy/rendered/ledger.yaml\n")
        for tool in tools.iterdir():
            tool.chmod(0o755)
        self.path = f"{tools}:{Path(sys.executable).parent}:{os.environ['PATH']}"
        self.desks: dict[str, Desk] = {}

    def desk(self, name: str) -> Desk:
        if name not in self.desks:
            directory = self.root / name
            git(self.root, "clone", "--quiet", str(self.remote), str(directory))
            git(directory, "checkout", "--quiet", "-B", "main")
            self.desks[name] = Desk(directory, f"{name}@example.com")
            self._reports(directory)
            self._files(directory)
        return self.desks[name]

    def _files(self, directory: Path) -> None:
        """What is scanned, outside of git's sight like the reports, and the policies that are shown."""
        for folder in ("deploy", "services"):
            shutil.copytree(ESTATE / folder, directory / folder)
        shutil.copytree(ESTATE / "policies" / "data", directory / "policies" / "data")
        for _, language, text in BLOCKS:
            if language == "rego":
                (directory / text.split()[1]).write_text(text)

    def _reports(self, directory: Path) -> None:
        (directory / "trivy.json").write_text(trivy_report())
        (directory / "kubescape.json").write_text(trivy_report())
        (directory / "fixed.json").write_text(trivy_report({"check": "KSV014", "severity": "LOW"}))
        (directory / "checkov.json").write_text(
            json.dumps({"check_type": "terraform", "results": {"passed_checks": [], "failed_checks": []}})
        )

    def run(self, desk: Desk, line: str, **env: str) -> int:
        """One line of shell, as printed, with dates moved to today."""
        if (desk.directory / ".git/refs/remotes/origin").exists() and "init" not in line:
            desk.git("fetch", "--quiet", "--prune")
        finding = fingerprints(read_report(str(desk.directory / "trivy.json")).findings)[0]
        done = subprocess.run(
            ["bash", "-c", re.sub(r"2026-09-\d\d", str(today()), line)],
            cwd=desk.directory,
            env={**os.environ, "PATH": self.path, "HERE": str(desk.directory), "FINGERPRINT": finding, **env},
            capture_output=True,
            text=True,
            check=False,
        )
        allowed = {0, 1} if re.search(r"reprieve (gate|scan|simulate)\b", line) else {0}
        assert done.returncode in allowed, f"{line}\n{done.stdout}{done.stderr}"
        return done.returncode

    def serve(self, desk: Desk, line: str) -> None:
        """A console, until it has printed the link that signs in."""
        pytest.importorskip("django")
        from tests.console.serving import untouched

        port = Port()
        more = f"exec {line} --no-open --port {port.number}"
        env = {
            **untouched(),
            "PATH": self.path,
            "XDG_STATE_HOME": str(self.root / "state"),
            "PYTHONUNBUFFERED": "1",
        }
        with subprocess.Popen(
            ["bash", "-c", more], cwd=desk.directory, env=env, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            told = any("/sign-in/" in said for said in process.stdout)
            process.terminate()
        port.close()
        assert told


def test_every_command_runs_from_init_to_close(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    ran = []
    for name, language, text in BLOCKS:
        if language != "console":
            continue
        for line in text.replace("\\\n", " ").splitlines():
            assert line.startswith("$ "), line
            if line.startswith("$ reprieve serve"):
                shop.serve(shop.desk(name), line.removeprefix("$ "))
                continue
            code = shop.run(shop.desk(name), line.removeprefix("$ "))
            if line == "$ reprieve gate trivy.json --fetch":
                assert code == 0, "active: the only finding is excepted"
            ran += re.findall(r"\breprieve (\w+)", line)
    assert {"init", "request", "decide", "control", "gate", "close", "scan", "check", "policy"} <= set(ran)
    listing = git(shop.remote, "ls-tree", "-r", "--name-only", "main", "security/exceptions/archive/")
    assert "EXC-001" in listing


def recipes() -> list[tuple[str, list[str]]]:
    found = []
    for _, language, text in BLOCKS:
        if language != "yaml":
            continue
        document = yaml12.parse_yaml(text)
        assert isinstance(document, dict)
        job = document.get("jobs", document)["gate"]
        lines = job.get("script") or [step["run"] for step in job["steps"] if "run" in step]
        found.append((text, lines))
    return found


@pytest.mark.parametrize("number", range(4))
def test_recipe_runs_on_a_runner(tmp_path: Path, number: int) -> None:
    """A runner's clone: detached, no idea of the remote's default branch, CI set."""
    text, lines = recipes()[number]
    shop = Shop(tmp_path)
    admin = shop.desk("admin")
    for line in next(text for desk, _, text in BLOCKS if desk == "admin").splitlines():
        shop.run(admin, line.removeprefix("$ "))
    runner = shop.desk("runner")
    runner.git("fetch", "--quiet")
    if CENTRAL in text:
        git(runner.directory, "remote", "remove", "origin")
    else:
        runner.git("checkout", "--quiet", "--detach", "origin/main")
        runner.git("remote", "set-head", "origin", "--delete")
        assert "fetch-depth: 0" in text or "GIT_DEPTH: 0" in text
    codes = [shop.run(runner, line, CI="true") for line in lines]
    assert 1 in codes, "nothing is excepted: the gate fails"


def test_python_example_runs(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    admin = shop.desk("admin")
    for line in next(text for desk, _, text in BLOCKS if desk == "admin").splitlines():
        shop.run(admin, line.removeprefix("$ "))
    (code,) = [text for _, language, text in BLOCKS if language == "python"]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=admin.directory, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("open KSV012")


def test_every_format_is_named() -> None:
    for name in FORMATS:
        assert f"`{name}`" in TEXT or name == "none-found", name


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", TEXT):
        assert (README.parent / target).exists(), target
