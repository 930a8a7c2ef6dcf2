"""Starting from today: a baseline survives shifts of lines, and nothing else; and git says since when."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shadow.support import plant, rows, run
from tests.support import Office, git, run_cli

START = "import a\n\n\ndef f():\n    x()  # nosec B602\n    y()  # nosec B602\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree with a baseline of what is in it."""
    root = plant(tmp_path / "tree", {"a.py": START, ".trivyignore": "CVE-2026-1\n"})
    result = run(root, "--write-baseline", "../baseline.json")
    assert result.code == 0
    assert "3 suppressions without a record" in result.out
    return root


def new(tree: Path) -> list[tuple[str, int]]:
    """What is not in the baseline."""
    found = rows(tree, "--baseline", "../baseline.json")
    assert {row["state"] for row in found} <= {"shadow", "known"}
    return [(row["path"], row["line"]) for row in found if row["state"] == "shadow"]


def test_nothing_is_new(tree: Path) -> None:
    assert new(tree) == []
    result = run(tree, "--baseline", "../baseline.json", "--fail-on-shadow")
    assert result.code == 0
    assert "3 in the baseline" in result.out


def test_lines_may_shift(tree: Path) -> None:
    plant(tree, {"a.py": "# new\n" * 30 + START, ".trivyignore": "# why\n\nCVE-2026-1\n"})
    assert new(tree) == []


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"a.py": START + "    z()  # nosec B602\n"}, [("a.py", 7)]),
        ({"a.py": START + "    x()  # nosec B602\n"}, [("a.py", 7)]),
        ({"a.py": START.replace("y()  # nosec B602", "y()  # nosec B602,B607")}, [("a.py", 6)]),
        ({"a.py": START.replace("y()  # nosec B602", "other()  # nosec B602")}, [("a.py", 6)]),
        ({"b.py": START}, [("b.py", 5), ("b.py", 6)]),
        ({".trivyignore": "CVE-2026-1\nCVE-2026-2\n"}, [(".trivyignore", 2)]),
    ],
    ids=["one more", "a twin", "wider", "other code", "another file", "another id"],
)
def test_what_is_new(tree: Path, files: dict[str, str | bytes], found: list[tuple[str, int]]) -> None:
    plant(tree, files)
    assert new(tree) == found
    assert run(tree, "--baseline", "../baseline.json", "--fail-on-shadow").code == 1


def test_what_is_gone_is_said(tree: Path) -> None:
    plant(tree, {".trivyignore": ""})
    result = run(tree, "--baseline", "../baseline.json")
    assert "1 entry of the baseline is gone" in result.out
    only = run_cli("audit", "a.py", "--baseline", "../baseline.json", cwd=tree)
    assert "gone" not in only.out, "it was not looked at"
    run(tree, "--baseline", "../baseline.json", "--write-baseline", "../baseline.json")
    assert "gone" not in run(tree, "--baseline", "../baseline.json").out


def test_it_is_the_same_from_anywhere(tmp_path: Path) -> None:
    root = plant(tmp_path / "tree", {"sub/a.py": START})
    git(root, "init", "--quiet")
    run(root, "--write-baseline", "../baseline.json")
    text = (tmp_path / "baseline.json").read_text()
    assert run(root / "sub", "--baseline", "../../baseline.json", "--fail-on-shadow").code == 0
    result = run_cli(
        "audit", str(root / "sub/a.py"), "--baseline", "baseline.json", "--fail-on-shadow", cwd=tmp_path
    )
    assert result.code == 0, result.out
    run(root, "--write-baseline", "../baseline.json")
    assert (tmp_path / "baseline.json").read_text() == text, "the same tree gives the same file"


def test_it_holds_no_code(tmp_path: Path) -> None:
    hidden = "hunter" + "2-hunter2"
    plant(tmp_path, {"a.py": f'password = "{hidden}"  # nosec B105\nkey = {hidden}  # gitleaks:allow\n'})
    run(tmp_path, "--write-baseline", "b.json")
    assert hidden not in (tmp_path / "b.json").read_text()
    before = [row["identity"] for row in rows(tmp_path)]
    other = "other" + "-secret"
    plant(tmp_path, {"a.py": f'password = "{other}"  # nosec B105\nkey = {other}  # gitleaks:allow\n'})
    assert [row["identity"] for row in rows(tmp_path)] == before, "nor a digest of it"


@pytest.mark.parametrize(
    "text", ["", "[]", '{"version": 1}', '{"version": 9, "suppressions": []}', "{", "\x00"]
)
def test_one_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    plant(tmp_path, {"b.json": text, "a.py": "x()  # nosec\n"})
    result = run(tmp_path, "--baseline", "b.json")
    assert result.code == 2
    assert "b.json" in result.err
    assert result.out == ""
    assert run(tmp_path, "--baseline", "missing.json").code == 2


def test_backed_ones_are_not_written(office: Office) -> None:
    office.active(scope=[{"type": "code", "checks": ["B602"], "paths": ["a.py"]}])
    desk = office.desk()
    plant(desk.directory, {"a.py": START, "b.py": START})
    desk.ok("audit", ".", "--fetch", "--write-baseline", "b.json")
    written = json.loads((desk.directory / "b.json").read_text())
    assert {one["path"] for one in written["suppressions"]} == {"b.py"}


def test_since_when_and_by_whom(office: Office) -> None:
    desk = office.desk("dana@example.com")
    desk.commit({"a.py": "x()  # nosec B602\n"}, "One")
    desk.git("config", "user.email", "emil@example.com")
    other = desk.commit({"a.py": "x()  # nosec B602\n\ny()  # nosec B607\n"}, "Two")
    plant(desk.directory, {"b.py": "x()  # nosec B101\n"})
    (desk.directory / "a.py").write_text("new()  # nosec B1\nx()  # nosec B602\n\ny()  # nosec B607\n")
    result = desk.run("audit", ".", "--output", "json")
    found = [row["since"] for row in result.json()["suppressions"]]
    assert [since and since["email"] for since in found] == [
        None,
        "dana@example.com",
        "emil@example.com",
        None,
    ]
    assert found[2]["commit"] == other
    assert "emil@example.com, 20" in desk.ok("audit", ".")
    assert [
        row["since"] for row in desk.run("audit", ".", "--no-blame", "-o", "json").json()["suppressions"]
    ] == [None] * 4
