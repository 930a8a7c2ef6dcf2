"""What a scan wrote, read again: the same findings under the same names, for records to be made of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.policy.scanning import POD, write
from tests.support import Office, run_cli

KEY = "".join(("0123456789abcdef",) * 4)
SCAN = ("scan", ".", "--no-cache", "--output", "json")


def estate(folder: Path) -> Path:
    token = "AKIA" + "Q3EGRLXP" + "TZ5MWYHV"
    return write(folder, {"pod.yaml": POD, "a.py": f'key = "{token}"\n', "b.py": f'key = "{token}"\n'})


def office_in(folder: Path) -> Office:
    (folder / "office").mkdir()
    return Office(folder / "office")


def test_fingerprints_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPRIEVE_SECRET_KEY", KEY)
    scanned = run_cli(*SCAN, "--no-register", cwd=estate(tmp_path)).out
    (tmp_path / "scan.json").write_text(scanned)
    desk = office_in(tmp_path).desk()
    gated = run_cli("gate", str(tmp_path / "scan.json"), "--output", "json", cwd=desk.directory)
    first, second = json.loads(scanned)["findings"], gated.json()["findings"]
    keys = ("check", "severity", "path", "line", "resource", "fingerprint", "policy")
    assert [[one[key] for key in keys] for one in first] == [[one[key] for key in keys] for one in second]
    secrets = [one for one in second if one["type"] == "secret"]
    assert len(secrets) == 2
    assert len({one["fingerprint"] for one in secrets}) == 1


def test_a_scan_that_could_not_look_everywhere_passes_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"pod.yaml": POD + "  broken: [\n"})
    scanned = run_cli(*SCAN, "--no-register", cwd=tmp_path)
    assert scanned.code == 2
    (tmp_path / "scan.json").write_text(scanned.out)
    desk = office_in(tmp_path).desk()
    gated = run_cli("gate", str(tmp_path / "scan.json"), cwd=desk.directory)
    assert gated.code == 2
    assert "pod.yaml:11:1" in gated.out


def test_an_exception_is_asked_for_from_what_a_scan_wrote(tmp_path: Path) -> None:
    scanned = run_cli(*SCAN, "--no-register", cwd=estate(tmp_path)).json()
    (tmp_path / "scan.json").write_text(json.dumps(scanned))
    fingerprint = next(one["fingerprint"] for one in scanned["findings"] if one["check"] == "KSV012")
    desk = office_in(tmp_path).desk()
    shown = run_cli(
        "request", "--from", str(tmp_path / "scan.json"), "--finding", fingerprint, "--dry-run",
        "--summary", "The vendor's image needs root.", "--reason", "legacy-system", "--risk", "medium",
        cwd=desk.directory,
    )  # fmt: skip
    assert "checks:" in shown.out, shown
    assert "KSV012" in shown.out
    assert "Pod/api" in shown.out
