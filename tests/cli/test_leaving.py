"""How the program ends: with everything written, and with the exit code of the verdict."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import Office, trivy_report


def gate(folder: Path, *options: str, **how: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reprieve", "gate", "-", *options]
    return subprocess.run(
        command, cwd=folder, text=True, capture_output=True, check=False, input=trivy_report(), **how
    )  # type: ignore[call-overload]


def test_all_of_it_is_written_before_the_gate_leaves(office: Office) -> None:
    desk = office.desk()
    report = trivy_report(*({"resource": f"Deployment/billing-{number}"} for number in range(3000)))
    (desk.directory / "trivy.json").write_text(report)
    command = [sys.executable, "-m", "reprieve", "gate", "trivy.json", "--output", "json"]
    done = subprocess.run(command, cwd=desk.directory, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stdout.endswith(b"]}\n")
    assert done.stdout.count(b'"check":"KSV012"') == 3000


@pytest.mark.parametrize(("options", "code"), [((), 1), (("--fail-on", "high"), 0), (("--fail-on", "x"), 2)])
def test_the_exit_code_is_that_of_the_verdict(office: Office, options: tuple[str, ...], code: int) -> None:
    assert gate(office.desk().directory, *options).returncode == code


def test_a_reader_who_has_left_is_no_crash(office: Office) -> None:
    desk = office.desk()
    (desk.directory / "trivy.json").write_text(trivy_report(*({} for _ in range(2000))))
    line = f"{sys.executable} -m reprieve gate trivy.json --output json | head -c 10; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", line], cwd=desk.directory, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    assert done.stdout.startswith('{"version"')


def test_a_reader_who_never_came_is_not_a_pass(office: Office) -> None:
    read, write = os.pipe()
    os.close(read)
    desk = office.desk()
    (desk.directory / "trivy.json").write_text(trivy_report())
    command = [sys.executable, "-m", "reprieve", "gate", "trivy.json", "--fail-on", "high"]
    done = subprocess.run(command, cwd=desk.directory, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert done.returncode != 0
    assert b"bug in reprieve" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here, which is always full")
@pytest.mark.parametrize("size", [1, 2000])
def test_a_full_disk_is_named_and_is_not_a_pass(office: Office, size: int) -> None:
    desk = office.desk()
    (desk.directory / "trivy.json").write_text(trivy_report(*({} for _ in range(size))))
    command = [
        sys.executable,
        "-m",
        "reprieve",
        "gate",
        "trivy.json",
        "--output",
        "json",
        "--fail-on",
        "high",
    ]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, cwd=desk.directory, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode not in {0, 1}
    assert b"No space left on device" in done.stderr
    assert b"bug in reprieve" not in done.stderr
