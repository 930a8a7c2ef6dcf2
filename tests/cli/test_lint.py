"""`reprieve lint` on files alone: every problem in one run, with file, line and hint, in four outputs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.linting import NAME, NOW, TODAY, Said, lint, record, rules, said, tree, write
from tests.cli.past import iso
from tests.support import CHARTER, FOLDER, git, run_cli


def test_a_good_register_has_no_problems(tmp_path: Path) -> None:
    result = lint(tree(tmp_path, **{NAME: record()}))
    assert (result.code, said(result)) == (0, [])
    assert result.json()["simulated"] is True


def test_without_history_it_says_so(tmp_path: Path) -> None:
    (note,) = lint(tree(tmp_path)).json()["problems"]
    assert (note["rule"], note["level"]) == ("history", "note")
    assert "not a git repository" in note["message"]
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    (note,) = lint(tmp_path).json()["problems"]
    assert "there are no commits" in note["message"]
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", "x", **IDENTITY)
    (note,) = lint(tmp_path).json()["problems"]
    assert "the protected branch holds no charter yet" in note["message"]
    git(tmp_path, "remote", "add", "origin", str(tmp_path / "nowhere"))
    (note,) = lint(tmp_path).json()["problems"]
    assert "nothing was pushed to the remote" in note["message"]


IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Dana"), ("EMAIL", "dana@example.com"))
}


def test_who_must_approve_and_by_when(tmp_path: Path) -> None:
    high = record(id="EXC-002", risk="high", scope=[{"checks": ["A"], "paths": ["b"]}])
    tree(
        tmp_path,
        **{NAME: record(), "EXC-002-high.md": high, "EXC-003-bad.md": record(id="EXC-003", owner="")},
    )
    result = lint(tmp_path)
    assert result.json()["reviews"] == [
        {
            "exception": "EXC-001",
            "path": f"{FOLDER}/{NAME}",
            "roles": [{"role": "security-team", "holders": ["sam@example.com"]}],
            "due": "2025-03-07T10:00:00Z",
            "paused": False,
        },
        {
            "exception": "EXC-002",
            "path": f"{FOLDER}/EXC-002-high.md",
            "roles": [
                {"role": "security-lead", "holders": ["lena@example.com"]},
                {"role": "engineering-manager", "holders": ["emil@example.com"]},
            ],
            "due": "2025-03-05T10:00:00Z",
            "paused": False,
        },
    ]
    text = run_cli("lint", "--now", iso(NOW), cwd=tmp_path).out
    assert (
        "EXC-002: to approve: security-lead (lena@example.com), engineering-manager (emil@example.com),"
        " by Wed 05 Mar 10:00 UTC"
    ) in text


def test_where_merging_approves_nobody_has_to(tmp_path: Path) -> None:
    tree(tmp_path, **{NAME: record(), "charter.yaml": CHARTER + "approvals: merged\n"})
    (review,) = lint(tmp_path).json()["reviews"]
    assert (review["roles"], review["due"]) == ([], None)
    assert "EXC-001: no approval is missing" in run_cli("lint", "--now", iso(NOW), cwd=tmp_path).out


# Every problem of every file


def test_all_problems_of_all_files_in_one_run(tmp_path: Path) -> None:
    blanket = record(scope=[{"checks": ["*"]}], controls=[]).replace("risk: medium", "risk: medium # !")
    tree(
        tmp_path,
        **{
            NAME: blanket,
            "EXC-002-form.md": record(id="EXC-002").replace("owner:", "ower:"),
            "EXC-003-words.md": "no front matter",
            "archive/EXC-004-old.md": record(id="EXC-004").replace("risk: medium", "risk: mild"),
            "charter.yaml": CHARTER.replace("roles:", "rules: {}\nroles:"),
        },
    )
    result = lint(tmp_path)
    assert result.code == 1
    assert said(result) == [
        Said("blanket-scope", "error", NAME, 12),
        Said("controls", "error", NAME, 13),
        Said("format", "error", "EXC-002-form.md", 2),
        Said("format", "error", "EXC-002-form.md", 8),
        Said("front-matter", "error", "EXC-003-words.md", 1),
        Said("format", "error", "archive/EXC-004-old.md", 5),
        Said("charter", "error", "charter.yaml", 2),
    ]
    problems = result.json()["problems"]
    assert all(p["hint"] for p in problems if p["rule"] in ("controls", "front-matter", "charter"))


CONTROL = {"id": "alert", "kind": "monitoring", "description": "Pages the team."}


@pytest.mark.parametrize(
    ("changes", "rule", "level"),
    [
        ({"requested": TODAY.replace(day=5), "controls": [CONTROL]}, "future-date", "error"),
        ({"requested": TODAY.replace(month=1), "expires": TODAY.replace(day=3)}, "expired", "warning"),
        ({"requested": TODAY.replace(month=1), "expires": TODAY}, None, None),
        ({"risk": "critical"}, "critical-in-production", "error"),
        ({"requester": "sam@example.com"}, "approvers", "warning"),
        ({"renews": "EXC-900"}, "renewals", "warning"),  # without history nobody can know
    ],
)
def test_what_a_record_can_get_wrong(
    tmp_path: Path, changes: dict[str, Any], rule: str | None, level: str | None
) -> None:
    found = said(lint(tree(tmp_path, **{NAME: record(**changes)})))
    assert [(one.rule, one.level) for one in found] == ([(rule, level)] if rule else [])


def test_a_control_of_tomorrow(tmp_path: Path) -> None:
    control = {"id": "a", "kind": "monitoring", "description": "b", "implemented": TODAY.replace(day=5)}
    content = record(controls=[control])
    (found,) = said(lint(tree(tmp_path, **{NAME: content})))
    assert found.rule == "future-date"
    assert content.splitlines()[(found.line or 0) - 1].strip() == "implemented: 2025-03-05"


def test_the_archive_is_judged_by_form_alone(tmp_path: Path) -> None:
    old = record(requested=TODAY.replace(year=2020), scope=[{"checks": ["*"]}], controls=[])
    assert said(lint(tree(tmp_path, **{f"archive/{NAME}": old}))) == []


@pytest.mark.parametrize(
    "name",
    ["EXC-001.md", "EXC-001-Billing.md", "exc-001-billing.md", "EXC-1-billing.md", "EXC-001-billing.md~"],
)
def test_what_looks_like_a_record_is_named_like_one(tmp_path: Path, name: str) -> None:
    result = lint(tree(tmp_path, **{name: record()}))
    assert said(result) == [Said("file-name", "error", name, None)]
    (problem,) = [p for p in result.json()["problems"] if p["rule"] == "file-name"]
    assert problem["hint"] == "name it EXC-001-billing-runs-as-root-until-the.md"


def test_a_record_under_any_other_name_is_found_by_its_id(tmp_path: Path) -> None:
    tree(
        tmp_path, **{"legacy-billing.md": record(), "archive/old.md": record(), "notes.md": "# id: EXC-001\n"}
    )
    assert said(lint(tmp_path)) == [
        Said("file-name", "error", "archive/old.md", None),
        Said("file-name", "error", "legacy-billing.md", None),
    ]


def test_records_in_subfolders_cover_nothing(tmp_path: Path) -> None:
    tree(
        tmp_path,
        **{f"billing/{NAME}": record(), f"archive/2024/{NAME}": record(), f"examples/{NAME}": record()},
    )
    result = lint(tmp_path)
    assert [(one.rule, one.level, one.path) for one in said(result)] == [
        ("file-place", "warning", f"archive/2024/{NAME}"),
        ("file-place", "warning", f"billing/{NAME}"),
    ]
    assert result.code == 0


def test_ids_are_used_once_also_in_the_archive_and_as_numbers(tmp_path: Path) -> None:
    tree(tmp_path, **{NAME: record(), "EXC-0001-same.md": record(), f"archive/{NAME}": record()})
    found = [one for one in said(lint(tmp_path)) if one.rule == "duplicate-id"]
    assert [one.path for one in found] == ["EXC-0001-same.md", NAME, f"archive/{NAME}"]


# Hostile files


def test_links_and_the_like_are_no_records(tmp_path: Path) -> None:
    tree(tmp_path, **{"examples/real.md": record()})
    folder = tmp_path / FOLDER
    (folder / NAME).symlink_to("examples/real.md")
    (folder / "EXC-002-dangling.md").symlink_to("nowhere")
    (folder / "EXC-003-folder.md").mkdir()
    os.mkfifo(folder / "EXC-004-pipe.md")
    write(tmp_path, {"EXC-005-executable.md": record(id="EXC-005")})
    (folder / "EXC-005-executable.md").chmod(0o755)
    (folder / "allowed_signers").symlink_to("examples/real.md")
    result = lint(tmp_path)
    messages = {p["path"].removeprefix(f"{FOLDER}/"): p["message"] for p in result.json()["problems"]}
    assert set(rules(result)) == {"file-mode"}
    assert messages[NAME] == messages["EXC-002-dangling.md"] == "a symbolic link is not a record"
    assert messages["EXC-003-folder.md"] == "a folder is not a record"
    assert messages["EXC-004-pipe.md"] == "a named pipe is not a record"
    assert messages["EXC-005-executable.md"] == "executable (git's mode 100755) is not a record"
    assert messages["allowed_signers"] == "a symbolic link is not read"


def test_a_linked_folder_is_no_register(tmp_path: Path) -> None:
    tree(tmp_path / "real")
    (tmp_path / "here").mkdir()
    (tmp_path / "here/security").symlink_to("../real/security")
    result = lint(tmp_path / "here")
    assert result.code == 2
    assert "a symbolic link" in result.err


def test_what_a_file_says_does_not_steer_the_terminal(tmp_path: Path) -> None:
    tree(tmp_path, **{"EXC-001-\x1b[2J.md": "x", NAME: record().replace("owner:", '"o\\eer":')})
    out = run_cli("lint", cwd=tmp_path).out
    assert "\x1b" not in out
    assert "EXC-001-\N{REPLACEMENT CHARACTER}[2J.md" in out


def test_a_huge_record_is_refused_unread(tmp_path: Path) -> None:
    tree(tmp_path, **{NAME: record() + "x" * 300_000, "charter.yaml": CHARTER + "#" * 300_000})
    assert rules(lint(tmp_path)) == ["too-large", "too-large"]


# The charter


def test_the_scaffold_is_told_to_name_its_people(tmp_path: Path) -> None:
    assert run_cli("init", cwd=tmp_path).code == 0
    result = lint(tmp_path)
    assert {one.level for one in said(result)} == {"warning"}
    assert result.code == 0
    assert "charter-owner" in rules(result)
    assert lint(tmp_path, "--strict").code == 1


def test_a_charter_is_needed(tmp_path: Path) -> None:
    write(tmp_path, {NAME: record()})
    assert said(lint(tmp_path)) == [Said("charter-missing", "error", "charter.yaml", None)]


def test_a_broken_charter_does_not_keep_records_from_being_judged(tmp_path: Path) -> None:
    tree(
        tmp_path,
        **{NAME: record(controls=[]), "EXC-002-b.md": record(id="EXC-002"), "charter.yaml": "version: 2"},
    )
    result = lint(tmp_path)
    assert rules(result) == ["controls", "charter"]
    assert result.json()["reviews"] == []


def test_the_charter_here_judges_where_no_other_rules(tmp_path: Path) -> None:
    tree(tmp_path, **{NAME: record(), "charter.yaml": CHARTER + "limits: {duration_days: 30}\n"})
    assert rules(lint(tmp_path)) == ["duration"]


def test_allowed_signers(tmp_path: Path) -> None:
    tree(tmp_path, allowed_signers="# keys\ncarol@example.com ssh-ed25519 AAAA\n")
    assert said(lint(tmp_path)) == [Said("signers", "error", "allowed_signers", 2)]


# Which files


def test_paths_limit_what_is_reported(tmp_path: Path) -> None:
    tree(tmp_path, **{NAME: "x", "EXC-002-b.md": "x", "archive/EXC-003-c.md": "x", "README.md": "x"})
    assert len(said(lint(tmp_path))) == 3
    for paths, expected in (
        ([f"{FOLDER}/{NAME}"], [NAME]),
        ([f"{FOLDER}/{NAME}", f"{FOLDER}/EXC-002-b.md"], [NAME, "EXC-002-b.md"]),
        ([f"{FOLDER}/archive"], ["archive/EXC-003-c.md"]),
        ([FOLDER], [NAME, "EXC-002-b.md", "archive/EXC-003-c.md"]),
        (["security"], [NAME, "EXC-002-b.md", "archive/EXC-003-c.md"]),
        (["."], [NAME, "EXC-002-b.md", "archive/EXC-003-c.md"]),
        ([f"{FOLDER}/README.md"], []),
        ([str(tmp_path / FOLDER / NAME)], [NAME]),
    ):
        assert [one.path for one in said(lint(tmp_path, *paths))] == expected


def test_a_duplicate_is_found_whichever_file_is_asked_about(tmp_path: Path) -> None:
    tree(tmp_path, **{NAME: record(), "EXC-001-same.md": record()})
    assert rules(lint(tmp_path, f"{FOLDER}/EXC-001-same.md")) == ["duplicate-id"]


def test_it_is_found_from_inside_and_from_outside(tmp_path: Path) -> None:
    tree(tmp_path / "here", **{NAME: "x"})
    for directory, arguments in (
        (tmp_path / "here" / FOLDER / "archive", ()),
        (tmp_path, ("--register", "here")),
        (tmp_path, (f"here/{FOLDER}/{NAME}",)),
    ):
        directory.mkdir(exist_ok=True)
        assert rules(lint(directory, *arguments)) == ["front-matter"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "no folder security/exceptions"),
        (("nothing.md",), "no such file or folder"),
        (("--now", "soon"), "expected an ISO date"),
    ],
)
def test_what_cannot_be_looked_at(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    result = lint(tmp_path, *arguments)
    assert result.code == 2
    assert message in result.err


def test_a_draft_elsewhere_is_not_linted(tmp_path: Path) -> None:
    (tree(tmp_path) / "draft.md").write_text(record())
    result = lint(tmp_path, "draft.md")
    assert result.code == 2
    assert "reprieve request --file DRAFT --dry-run" in result.err


def test_a_register_lies_at_the_top_of_its_repository(tmp_path: Path) -> None:
    tree(tmp_path / "team")
    git(tmp_path, "init", "--quiet")
    result = lint(tmp_path / "team")
    assert result.code == 2
    assert "lies at the top of its repository" in result.err


def test_a_repository_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    git(tree(tmp_path), "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", "x", **IDENTITY)
    git(tmp_path, "branch", "--move", "other")
    result = lint(tmp_path)
    assert (result.code, "--ref" in result.err) == (2, True)
