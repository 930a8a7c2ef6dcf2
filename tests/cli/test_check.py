"""`reprieve check`: which checks there are, and everything about one."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.policy.scanning import module, write
from tests.support import run_cli

CUSTOM = """\
# METADATA
# title: Runs as root
# description: Nobody should.
# related_resources: ["https://example.com/root"]
# custom:
#   id: USR001
#   aliases: [ROOT-1]
#   severity: CRITICAL
#   recommended_action: Set a user.
#   compliance: {cis-k8s: ["5.2.7"]}
#   input: {selector: [{type: kubernetes, subtypes: [{kind: Pod}]}]}
""" + module("user.root", 'deny contains "a" if input.a', 'warn_soon contains "b" if input.b')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A custom check with examples beside it."""
    files = {"root.rego": CUSTOM, "bad.yaml": "kind: Pod\n", "good-1.yaml": "kind: Job\n", "badly.txt": ""}
    return write(tmp_path, {f"policy/{name}": text for name, text in files.items()})


def listed(folder: Path, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run_cli("check", "list", "--output", "json", *options, cwd=folder).json()
    return found


def shown(folder: Path, name: str, *options: str) -> dict[str, Any]:
    said: dict[str, Any] = run_cli("check", "show", name, "--output", "json", *options, cwd=folder).json()
    return said


def test_every_check_is_listed_by_pack_and_id(folder: Path) -> None:
    rows = listed(folder, "--policy", "policy")
    assert list(dict.fromkeys(row["pack"] for row in rows)) == ["kubernetes", "dockerfile", "aws", "custom"]
    assert rows[-1] == {
        "id": "USR001",
        "aliases": ["ROOT-1"],
        "severity": "critical",
        "pack": "custom",
        "title": "Runs as root",
        "package": "user.root",
        "frameworks": ["cis-k8s"],
        "path": "policy/root.rego",
        "line": 12,
    }
    for pack in ("kubernetes", "dockerfile", "aws"):
        ids = [row["id"] for row in rows if row["pack"] == pack]
        assert ids == sorted(ids)


@pytest.mark.parametrize(
    ("options", "there", "absent"),
    [
        (("--pack", "dockerfile"), {"DS002"}, {"KSV012", "USR001"}),
        (("--pack", "custom"), {"USR001"}, {"KSV012"}),
        (("--pack", "custom", "--pack", "kubernetes"), {"USR001", "KSV012"}, {"DS002"}),
        (("--framework", "cis-k8s"), {"USR001", "KSV012"}, {"DS002"}),
        (("--framework", "pss-baseline"), {"KSV017"}, {"KSV012", "USR001"}),
        (("--framework", "pss-restricted"), {"KSV017", "KSV012"}, {"USR001"}),
        (("--severity", "critical"), {"USR001"}, {"KSV012"}),
        (("--severity", "critical", "--severity", "medium"), {"USR001", "KSV012"}, set()),
    ],
)
def test_filters(folder: Path, options: tuple[str, ...], there: set[str], absent: set[str]) -> None:
    ids = {row["id"] for row in listed(folder, "--policy", "policy", *options)}
    assert there <= ids
    assert not absent & ids


def test_a_framework_that_there_is_not(folder: Path) -> None:
    done = run_cli("check", "list", "--framework", "cis", cwd=folder)
    assert done.code == 2
    assert "expected one of pss-baseline, pss-restricted, cis-k8s" in done.err


def test_a_table_and_a_spreadsheet(folder: Path) -> None:
    options = ("--pack", "custom", "--policy", "policy")
    head, row, count = run_cli("check", "list", *options, cwd=folder).out.splitlines()
    assert head.split() == ["id", "severity", "pack", "title", "frameworks"]
    assert row.split() == ["USR001", "critical", "custom", "Runs", "as", "root", "cis-k8s"]
    assert count == "1 check"
    text = run_cli("check", "list", *options, "--output", "csv", cwd=folder).out
    (cells,) = csv.DictReader(io.StringIO(text))
    assert (cells["id"], cells["frameworks"], cells["line"]) == ("USR001", "cis-k8s", "12")


def test_everything_about_a_check(folder: Path) -> None:
    assert shown(folder, "USR001", "--policy", "policy") == {
        "id": "USR001",
        "aliases": ["ROOT-1"],
        "title": "Runs as root",
        "severity": "critical",
        "pack": "custom",
        "description": "Nobody should.",
        "recommendation": "Set a user.",
        "references": ["https://example.com/root"],
        "compliance": {"cis-k8s": ["5.2.7"]},
        "frameworks": ["cis-k8s"],
        "package": "user.root",
        "rules": [
            {"name": "deny", "suffix": "", "path": "policy/root.rego", "line": 14},
            {"name": "warn_soon", "suffix": "soon", "path": "policy/root.rego", "line": 15},
        ],
        "inputs": [{"kind": "kubernetes", "kinds": ["Pod"]}],
        "combine": False,
        "path": "policy/root.rego",
        "line": 12,
        "examples": {
            "bad": [{"path": "bad.yaml", "text": "kind: Pod\n"}],
            "good": [{"path": "good-1.yaml", "text": "kind: Job\n"}],
        },
    }


@pytest.mark.parametrize(
    "name",
    ["KSV012", "ksv012", "KSV-0012", "AVD-KSV-0012", "avd-ksv-0012", "KSV-012", "builtin.kubernetes.KSV012"],
)
def test_any_spelling_will_do(folder: Path, name: str) -> None:
    about = shown(folder, name)
    assert about["id"] == "KSV012"
    assert {"KSV-0012", "AVD-KSV-0012"} <= set(about["aliases"])
    assert about["examples"]["bad"]
    assert about["examples"]["good"]


def test_an_alias_will_do(folder: Path) -> None:
    assert shown(folder, "root-1", "--policy", "policy")["id"] == "USR001"


@pytest.mark.parametrize(
    ("name", "hint"), [("KSV0012", "did you mean KSV-0012?"), ("nothing", "see: reprieve check list")]
)
def test_an_unknown_id(folder: Path, name: str, hint: str) -> None:
    done = run_cli("check", "show", name, cwd=folder)
    assert done.code == 2
    assert f"no check is called '{name}'" in done.err
    assert hint in done.err


@pytest.mark.parametrize("name", ["KSV012", "DS031", "AWS-0107", "USR001"])
def test_the_page_for_people_fits_100_columns(folder: Path, name: str) -> None:
    done = run_cli("check", "show", name, "--policy", "policy", cwd=folder)
    assert done.code == 0
    head = done.out.partition("\nBad: ")[0]
    assert all(len(line) <= 100 for line in head.splitlines() if "http" not in line)
    assert "An exception in Rego names\n  package   " in head
    assert f'"{name}"' not in head


def test_the_page_names_what_exceptions_name(folder: Path) -> None:
    text = run_cli("check", "show", "USR001", "--policy", "policy", cwd=folder).out
    assert '  rule      deny, as ""\n  rule      warn_soon, as "soon"\n' in text
    assert "\nBad: bad.yaml\n  │ kind: Pod\n" in text
    assert "\nGood: good-1.yaml\n" in text
    assert "badly" not in text


def test_what_a_custom_check_says_cannot_steer_the_terminal(tmp_path: Path) -> None:
    text = CUSTOM.replace("Nobody should.", '"\\e[2J no"').replace("Runs as root", '"a\\e]0;x"')
    write(tmp_path, {"policy/root.rego": text, "policy/bad.txt": "\x1b[2J\n"})
    done = run_cli("check", "show", "USR001", "--policy", "policy", cwd=tmp_path)
    assert done.code == 0
    assert "\x1b" not in done.out
    assert "\x1b" not in run_cli("check", "list", "--pack", "custom", "--policy", "policy", cwd=tmp_path).out


def test_a_file_that_does_not_parse_is_said_and_the_others_are_listed(folder: Path) -> None:
    write(folder, {"policy/broken.rego": "package broken\n\ndeny {\n"})
    done = run_cli("check", "list", "--pack", "custom", "--policy", "policy", cwd=folder)
    assert done.code == 0
    assert "warning: policy/broken.rego:" in done.err
    assert "USR001" in done.out


def test_programs_do_not_pay_for_tables(folder: Path) -> None:
    code = (
        "import sys; from click.testing import CliRunner; from reprieve.cli.main import cli;"
        "done = CliRunner().invoke(cli, ['check', 'list', '--pack', 'dockerfile', '--output', 'json']);"
        "assert done.exit_code == 0, done.output; sys.exit('rich.table' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
