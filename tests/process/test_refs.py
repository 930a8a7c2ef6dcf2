"""Where commits go: a push, a branch for a pull request, a working tree (design section 4, rule 11)."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reprieve.register.writing import upkeep
from tests.process.hosts import branches, merge_on_host, on_main, propose, protect, push_main, standing
from tests.support import (
    CHARTER,
    FOLDER,
    PEOPLE,
    Desk,
    Office,
    dispositions,
    gate,
    git,
    record_file,
    run_cli,
)

SAM = PEOPLE["security-team"]


def alone(root: Path, *, bare: bool = False) -> Desk:
    """A register without a remote, whose `main` holds an undecided record EXC-001."""
    directory = root / "alone"
    git(root, "init", "--quiet", "--initial-branch=main", str(directory))
    record = {f"{FOLDER}/EXC-001-by-hand.md": record_file()}
    files: dict[str, str | bytes | None] = {
        f"{FOLDER}/charter.yaml": CHARTER,
        "app.py": "print()\n",
        **record,
    }
    Desk(directory, "dana@example.com").commit(files, "Start")
    if not bare:
        return Desk(directory, SAM)
    git(root, "clone", "--quiet", "--bare", str(directory), str(root / "bare.git"))
    git(root / "bare.git", "remote", "remove", "origin")
    return Desk(root / "bare.git", SAM)


def record_at(desk: Desk) -> Path:
    """Its record in the working tree."""
    return desk.directory / FOLDER / "EXC-001-by-hand.md"


# --- from the fetched ref, compare-and-swap


def test_a_step_starts_from_what_others_pushed_a_moment_ago(office: Office) -> None:
    identifier = office.active()
    dana, eve = office.desk(), office.desk("eve@example.com")
    dana.ok("progress", identifier, "one")
    eve.ok("progress", identifier, "two")  # her clone had not fetched
    assert "one" in office.record(identifier)
    assert "two" in office.record(identifier)


def test_without_fetching_it_starts_from_what_was_fetched_last_and_loses_nothing(office: Office) -> None:
    identifier = office.active()
    dana, eve = office.desk(), office.desk("eve@example.com")
    dana.git("fetch", "--quiet")
    eve.git("fetch", "--quiet")
    dana.ok("progress", identifier, "one")
    result = eve.run("progress", identifier, "two", "--no-fetch")
    assert "one" in office.record(identifier)
    if result.code == 0:
        assert "two" in office.record(identifier)
    else:
        assert "fetch" in result.err  # what would help is said, and not only that others were faster


def test_a_writer_that_comes_second_starts_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    identifier = office.active()
    eve, planned, plans = office.desk("eve@example.com"), upkeep.edit_plan, []

    def overtaken(*arguments: Any) -> Any:
        plan = planned(*arguments)
        plans.append(plan)
        if len(plans) == 1:
            eve.ok("progress", identifier, "hers")
        return plan

    monkeypatch.setattr(upkeep, "edit_plan", overtaken)
    office.desk().ok("progress", identifier, "mine")
    assert len(plans) == 3  # mine, hers, mine again
    assert "note: mine" in office.record(identifier)
    assert "note: hers" in office.record(identifier)


# --- with a remote: pushed, or held


def test_nothing_is_pushed_with_no_push(office: Office) -> None:
    desk = office.desk()
    draft = office.root / "draft.md"
    draft.write_bytes(record_file())
    out = desk.ok("request", "--file", str(draft), "--no-push")
    assert list(branches(office.remote)) == ["main"]
    assert "exception/EXC-001" in branches(desk.directory)
    assert "git push origin exception/EXC-001" in out
    desk.git("push", "--quiet", "origin", "exception/EXC-001")
    assert standing(desk, "EXC-001").status == "requested"


def test_what_was_held_back_goes_along_with_the_next_push(office: Office) -> None:
    desk = office.desk()
    draft = office.root / "draft.md"
    draft.write_bytes(record_file())
    desk.ok("request", "--file", str(draft), "--no-push")
    desk.ok("progress", "EXC-001", "v4 is in staging")
    assert "v4 is in staging" in git(office.remote, "log", "--format=%B", "exception/EXC-001")
    assert standing(office.desk(SAM), "EXC-001").status == "requested"


def test_steps_held_back_on_a_branch_of_the_remote_build_on_each_other(office: Office) -> None:
    identifier = office.request(risk="high")
    lena = office.desk("security-lead")
    branch = f"exception/{identifier}"
    lena.ok("decide", identifier, "ask", "--question", "Why?", "--no-push")
    lena.ok("decide", identifier, "approve", "--no-push")
    assert git(office.remote, "rev-list", "--count", f"main..{branch}") == "1"
    lena.git("push", "--quiet", "origin", branch)
    assert git(office.remote, "rev-list", "--count", f"main..{branch}") == "3"
    assert standing(office.desk(), identifier).missing == ("engineering-manager",)


def test_steps_on_main_are_held_on_a_branch_and_build_on_each_other(office: Office) -> None:
    identifier = office.active()
    desk = office.desk()
    main = branches(desk.directory)["main"]
    for note in ("one", "two"):
        desk.ok("progress", identifier, note, "--no-push")
    branch = f"exception/{identifier}-progress"
    assert branches(desk.directory)["main"] == main
    desk.git("push", "--quiet", "origin", branch)
    merge_on_host(office, branch)
    assert "one" in office.record(identifier)
    assert "two" in office.record(identifier)


def test_local_main_and_what_is_dirty_there_do_not_matter_where_there_is_a_remote(office: Office) -> None:
    identifier = office.active()
    desk = office.desk()
    desk.git("pull", "--quiet")
    (desk.directory / office.record_path(identifier)).write_text("half an edit\n")
    before = branches(desk.directory)["main"]
    out = desk.ok("progress", identifier, "note")
    assert "note" in office.record(identifier)
    assert "your local main was left behind: main is checked out with uncommitted changes" in out
    assert "git merge --ff-only origin/main" in out
    assert branches(desk.directory)["main"] == before
    assert (desk.directory / office.record_path(identifier)).read_text() == "half an edit\n"


def test_local_main_that_is_behind_goes_along_with_its_files(office: Office) -> None:
    identifier = office.active()
    desk = office.desk()
    (desk.directory / "scratch.txt").write_text("mine\n")
    out = desk.ok("progress", identifier, "note")
    assert "left behind" not in out
    assert branches(desk.directory)["main"] == branches(office.remote)["main"]
    assert "note: note" in (desk.directory / office.record_path(identifier)).read_text()
    assert desk.git("status", "--porcelain", "--untracked-files=no") == ""
    assert (desk.directory / "scratch.txt").read_text() == "mine\n"


def test_a_merge_and_a_closing_take_local_main_along(office: Office) -> None:
    identifier = office.request()
    desk = office.desk(SAM)
    desk.ok("decide", identifier, "approve")
    path = desk.directory / office.record_path(identifier)
    assert path.exists()
    desk.ok("close", identifier, "--reason", "not-needed")
    assert not path.exists()
    assert (path.parent / "archive" / path.name).exists()
    assert desk.git("status", "--porcelain") == ""


def test_an_untracked_file_in_the_way_keeps_local_main_back(office: Office) -> None:
    identifier = office.active()
    desk = office.desk("eve@example.com")
    desk.git("reset", "--quiet", "--hard", "HEAD~1")
    (path := desk.directory / office.record_path(identifier)).parent.mkdir(exist_ok=True)
    path.write_text("mine\n")
    out = desk.ok("progress", identifier, "note")
    assert "left behind" in out
    assert path.name in out
    assert path.read_text() == "mine\n"
    assert "note" in office.record(identifier)


def test_local_main_with_commits_of_its_own_stays_where_it_is(office: Office) -> None:
    identifier = office.active()
    desk = office.desk()
    mine = desk.commit({"app.py": "print()\n"}, "Mine")
    assert "left behind" not in desk.ok("progress", identifier, "note")
    assert branches(desk.directory)["main"] == mine


def test_local_main_of_another_remote_stays_where_it_is(office: Office) -> None:
    identifier = office.active()
    desk = office.desk()
    fork = office.root / "fork.git"
    git(office.root, "clone", "--quiet", "--bare", str(office.remote), str(fork))
    desk.git("remote", "add", "fork", str(fork))
    desk.git("fetch", "--quiet", "fork")
    desk.git("branch", "--quiet", "--set-upstream-to", "fork/main")
    before = branches(desk.directory)["main"]
    desk.ok("progress", identifier, "note")
    assert branches(desk.directory)["main"] == before


def test_a_remote_that_cannot_be_reached_is_an_error_that_says_what_to_do(office: Office) -> None:
    identifier = office.active()
    desk = office.desk()
    desk.git("fetch", "--quiet")
    office.remote.rename(office.root / "elsewhere.git")
    assert "--no-fetch" in desk.run("progress", identifier, "note").err
    result = desk.run("progress", identifier, "note", "--no-fetch")
    assert (result.code, "--no-push" in result.err) == (2, True)
    desk.ok("progress", identifier, "note", "--no-fetch", "--no-push")


# --- a host that takes no pushes to main


@pytest.mark.parametrize(
    ("hook", "verb", "arguments"),
    [
        ("pre-receive", "progress", ["progress", "EXC-001", "note"]),
        ("update", "incident", ["incident", "EXC-001", "note"]),
        (
            "update",
            "control",
            ["control", "EXC-001", "network-policy", "--evidence", "https://git.example.com/1"],
        ),
        ("update", "revoke", ["revoke", "EXC-001", "--reason", "note"]),
        ("update", "close", ["close", "EXC-001", "--reason", "not-needed"]),
    ],
)
def test_a_refused_push_waits_on_a_branch_and_counts_once_merged(
    office: Office, hook: str, verb: str, arguments: list[str]
) -> None:
    identifier = office.active()
    protect(office, hook=hook)
    before, status = office.record(identifier), on_main(office.desk(), identifier)
    out = office.desk().ok(*arguments)
    branch = f"exception/{identifier}-{verb}"
    assert f"open a pull request from {branch} into main" in out
    assert (office.record(identifier), on_main(office.desk(), identifier)) == (before, status)
    assert sorted(branches(office.remote)) == [branch, "main"]
    merge_on_host(office, branch)
    assert office.record(identifier) != before
    expected = {"revoke": "revoked", "close": "closed"}.get(verb, "active")
    assert on_main(office.desk(), identifier) == expected


def test_the_host_s_own_words_are_passed_on(office: Office) -> None:
    identifier = office.active()
    protect(office, "GH006: changes must be made through a pull request")
    out = office.desk().ok("progress", identifier, "note")
    assert "takes no pushes" in out
    assert "hook declined" in out or "GH006" in out


@pytest.mark.parametrize(
    "saying",
    [
        "non-fast-forward and direct pushes are refused",
        "fetch first, then open a pull request",
        "but expected",
    ],
)
def test_no_words_of_a_host_are_taken_for_a_lost_race(office: Office, saying: str) -> None:
    identifier = office.active()
    protect(office, saying)
    office.desk().ok("progress", identifier, "note")
    assert f"exception/{identifier}-progress" in branches(office.remote)


def test_the_last_approval_waits_as_a_pull_request_and_counts_once_merged(office: Office) -> None:
    identifier = office.request()
    protect(office)
    out = office.desk(SAM).ok("decide", identifier, "approve")
    waiting = [name for name in branches(office.remote) if name != f"exception/{identifier}"]
    (branch,) = [name for name in waiting if name != "main"]
    assert branch in out
    assert dispositions(gate(office.desk()).json()) == ["pending"]
    merge_on_host(office, branch)
    assert dispositions(gate(office.desk()).json()) == ["excepted"]


def test_merging_the_record_s_own_branch_on_the_host_counts_too(office: Office) -> None:
    identifier = office.request()
    protect(office)
    office.desk(SAM).ok("decide", identifier, "approve", "--no-merge")
    merge_on_host(office, f"exception/{identifier}")
    assert dispositions(gate(office.desk()).json()) == ["excepted"]


def test_several_steps_wait_together(office: Office) -> None:
    identifier = office.active()
    protect(office)
    for note in ("one", "two"):
        office.desk().ok("progress", identifier, note)
    office.desk("eve@example.com").ok("incident", identifier, "three")
    assert on_main(office.desk(), identifier) == "active"
    for branch in [name for name in branches(office.remote) if name.startswith("exception/")]:
        merge_on_host(office, branch)
    for note in ("one", "two", "three"):
        assert note in office.record(identifier)


def test_the_same_step_again_while_it_waits_is_not_a_lost_race(office: Office) -> None:
    identifier = office.active()
    protect(office)
    office.desk().ok("close", identifier, "--reason", "not-needed")
    again = office.desk("eve@example.com").run("close", identifier, "--reason", "not-needed")
    assert "faster" not in again.err
    merge_on_host(office, f"exception/{identifier}-close")
    assert on_main(office.desk(), identifier) == "closed"


def test_a_waiting_step_does_not_keep_what_is_in_force_from_counting(office: Office) -> None:
    identifier = office.active()
    protect(office)
    office.desk().ok("progress", identifier, "note")
    verdict = gate(office.desk())
    assert (verdict.code, dispositions(verdict.json())) == (0, ["excepted"])


def test_deciding_on_a_merged_record_waits_on_a_branch_too(office: Office) -> None:
    propose(office.desk(), record_file())
    merge_on_host(office, "exception/EXC-001")
    protect(office)
    office.desk(SAM).ok("decide", "EXC-001", "approve")
    assert on_main(office.desk(), "EXC-001") == "requested"
    merge_on_host(office, "exception/EXC-001-approve")
    assert on_main(office.desk(), "EXC-001") == "active"


def test_a_host_that_takes_nothing_is_an_error_and_nothing_is_left_behind(office: Office) -> None:
    desk = office.desk()
    hook = office.remote / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'read only' >&2\nexit 1\n")
    hook.chmod(0o755)
    draft = office.root / "draft.md"
    draft.write_bytes(record_file())
    result = desk.run("request", "--file", str(draft))
    assert (result.code, "refused" in result.err) == (2, True)
    assert "exception/EXC-001" not in branches(desk.directory)


# --- what is checked out


def test_a_checked_out_branch_goes_along_with_its_files(office: Office) -> None:
    identifier = office.request()
    desk = office.desk()
    desk.git("checkout", "--quiet", f"exception/{identifier}")
    (path,) = (desk.directory / FOLDER).glob(f"{identifier}-*.md")
    desk.ok("progress", identifier, "note")
    assert "note: note" in path.read_text()
    assert desk.git("status", "--porcelain") == ""


def test_a_checked_out_branch_that_is_dirty_is_refused_before_anything_is_pushed(office: Office) -> None:
    identifier = office.request()
    desk = office.desk()
    desk.git("checkout", "--quiet", f"exception/{identifier}")
    (path,) = (desk.directory / FOLDER).glob(f"{identifier}-*.md")
    path.write_text(path.read_text() + "half an edit\n")
    before = branches(office.remote)
    result = desk.run("progress", identifier, "note")
    assert (result.code, "uncommitted" in result.err) == (2, True)
    assert branches(office.remote) == before
    assert path.read_text().endswith("half an edit\n")


def test_an_edit_of_the_branch_that_was_not_pushed_is_not_lost(office: Office) -> None:
    identifier = office.request()
    desk = office.desk()
    desk.git("checkout", "--quiet", f"exception/{identifier}")
    desk.commit({f"{FOLDER}/notes.txt": "mine\n"}, "Mine")
    desk.run("progress", identifier, "note")
    assert "Mine" in desk.git("log", "--format=%s", f"exception/{identifier}")


def test_without_a_remote_main_is_updated_with_its_files(tmp_path: Path) -> None:
    desk = alone(tmp_path)
    desk.ok("decide", "EXC-001", "approve")
    desk.ok("progress", "EXC-001", "note")
    assert "note: note" in record_at(desk).read_text()
    desk.ok("close", "EXC-001", "--reason", "not-needed")
    assert not record_at(desk).exists()
    assert (desk.directory / FOLDER / "archive" / record_at(desk).name).exists()
    assert desk.git("status", "--porcelain") == ""
    assert desk.git("log", "--format=%s", "main").count("\n") == 3


def test_without_a_remote_the_whole_process_works(tmp_path: Path) -> None:
    desk = alone(tmp_path)
    draft = tmp_path / "draft.md"
    scope = [{"checks": ["KSV001"], "namespaces": ["shipping"]}]
    draft.write_bytes(record_file(scope=scope, requester="dana@example.com", summary="Another."))
    desk.git("config", "user.email", "dana@example.com")
    desk.ok("request", "--file", str(draft))
    desk.git("config", "user.email", SAM)
    desk.ok("decide", "EXC-002", "approve")
    assert list(branches(desk.directory)) == ["main"]
    assert standing(desk, "EXC-002").status == "active"
    assert (desk.directory / FOLDER / "EXC-002-another.md").exists()


@pytest.mark.parametrize("where", ["the record", "another file", "added"])
def test_a_dirty_main_is_refused_and_nothing_changes(tmp_path: Path, where: str) -> None:
    desk = alone(tmp_path)
    if where == "the record":
        record_at(desk).write_text(record_at(desk).read_text() + "half an edit\n")
    elif where == "another file":
        (desk.directory / "app.py").write_text("print(1)\n")
    else:
        (desk.directory / "new.py").write_text("print(1)\n")
        desk.git("add", "new.py")
    before, dirt = branches(desk.directory), desk.git("status", "--porcelain")
    result = desk.run("progress", "EXC-001", "note")
    assert (result.code, "uncommitted" in result.err) == (2, True)
    assert (branches(desk.directory), desk.git("status", "--porcelain")) == (before, dirt)


def test_untracked_files_do_not_matter_unless_they_are_in_the_way(tmp_path: Path) -> None:
    desk = alone(tmp_path)
    (desk.directory / "scratch.txt").write_text("mine\n")
    desk.ok("progress", "EXC-001", "note")
    archive = desk.directory / FOLDER / "archive"
    archive.mkdir()
    (archive / "EXC-001-by-hand.md").write_text("mine\n")
    before = branches(desk.directory)
    result = desk.run("close", "EXC-001", "--reason", "not-needed")
    assert (result.code, "EXC-001-by-hand.md" in result.err) == (2, True)
    assert branches(desk.directory) == before
    assert (archive / "EXC-001-by-hand.md").read_text() == "mine\n"
    assert record_at(desk).exists()


def test_files_that_were_only_touched_are_not_in_the_way(tmp_path: Path) -> None:
    # As after a copy of the clone: git's index no longer knows the files' times.
    desk = alone(tmp_path)
    os.utime(record_at(desk), (1, 1))
    desk.ok("progress", "EXC-001", "note")
    shutil.copytree(desk.directory, tmp_path / "copy")
    copy = Desk(tmp_path / "copy", SAM)
    copy.ok("progress", "EXC-001", "another")
    assert "note: another" in record_at(copy).read_text()
    assert copy.git("status", "--porcelain") == ""


def test_main_in_another_working_tree_is_updated_there(tmp_path: Path) -> None:
    desk = alone(tmp_path)
    desk.git("checkout", "--quiet", "-b", "feature")
    desk.git("worktree", "add", "--quiet", str(tmp_path / "linked main"), "main")
    desk.ok("progress", "EXC-001", "note")
    linked = tmp_path / "linked main" / FOLDER / "EXC-001-by-hand.md"
    assert "note: note" in linked.read_text()
    assert git(tmp_path / "linked main", "status", "--porcelain") == ""
    assert "note: note" not in record_at(desk).read_text()
    assert desk.git("status", "--porcelain") == ""


def test_main_that_is_not_checked_out_is_moved_alone(tmp_path: Path) -> None:
    desk = alone(tmp_path)
    desk.git("checkout", "--quiet", "-b", "feature")
    (desk.directory / "app.py").write_text("print(1)\n")
    desk.ok("progress", "EXC-001", "note")
    assert "note: note" in desk.git("show", f"main:{FOLDER}/EXC-001-by-hand.md")
    assert desk.git("status", "--porcelain") == "M app.py"  # the helper strips the first blank


# --- bare registers, registers at a URL


def test_a_bare_register_is_written_to_where_it_is(tmp_path: Path) -> None:
    bare = alone(tmp_path, bare=True)
    run = run_cli("decide", "1", "approve", "--register", str(bare.directory), cwd=tmp_path)
    assert run.code == 0, run.err
    assert standing(bare, "EXC-001").status == "active"
    run = run_cli("progress", "1", "note", "--register", str(bare.directory), cwd=tmp_path)
    assert run.code == 0, run.err
    assert "note: note" in bare.git("show", f"main:{FOLDER}/EXC-001-by-hand.md")


def test_a_register_at_a_url_is_mirrored_and_pushed_to(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The identity is the user's own, or that of the repository they work in.
    elsewhere = office.root / "shop"
    git(office.root, "init", "--quiet", str(elsewhere))
    git(elsewhere, "config", "--global", "user.email", "dana@example.com")
    git(elsewhere, "config", "--global", "user.name", "Dana")
    url = f"file://{office.remote}"
    draft = office.root / "draft.md"
    draft.write_bytes(record_file())
    for _ in range(2):
        run = run_cli("request", "--file", str(draft), "--register", url, cwd=elsewhere)
        assert run.code == 0, run.err
    assert "EXC-001 covers this already" in run.out
    assert sorted(branches(office.remote)) == ["exception/EXC-001", "main"]
    assert git(elsewhere, "for-each-ref") == ""
    office.approve("EXC-001", "security-team")
    run = run_cli("progress", "EXC-001", "note", "--register", url, cwd=elsewhere)
    assert run.code == 0, run.err
    assert "note: note" in office.record("EXC-001")


def test_at_a_url_the_identity_of_the_repository_one_works_in_counts(office: Office) -> None:
    identifier = office.active()
    url = f"file://{office.remote}"
    run = run_cli("progress", identifier, "note", "--register", url, cwd=office.desk().directory)
    assert run.code == 0, run.err
    assert git(office.remote, "log", "-1", "--format=%ae", "main") == "dana@example.com"


def test_another_protected_branch_is_written_to_when_it_is_named(office: Office) -> None:
    desk = office.desk()
    desk.git("push", "--quiet", "origin", "main:refs/heads/release")
    draft = office.root / "draft.md"
    draft.write_bytes(record_file())
    desk.ok("request", "--file", str(draft), "--ref", "release")
    office.desk(SAM).ok("decide", "EXC-001", "approve", "--ref", "release")
    assert "EXC-001" in git(office.remote, "ls-tree", "-r", "--name-only", "release")
    assert "EXC-001" not in git(office.remote, "ls-tree", "-r", "--name-only", "main")


def test_nothing_is_written_to_a_bare_commit_id(office: Office) -> None:
    identifier = office.active()
    commit = git(office.remote, "rev-parse", "main")
    desk = office.desk()
    desk.git("fetch", "--quiet")
    result = desk.run("progress", identifier, "note", "--ref", commit)
    assert (result.code, "--ref" in result.err) == (2, True)


# --- the user's git setup


def test_hooks_of_the_clone_and_of_the_user_are_not_run(office: Office) -> None:
    desk = office.desk()
    for name in ("pre-commit", "commit-msg", "pre-push", "post-commit", "reference-transaction"):
        hook = desk.directory / ".git" / "hooks" / name
        hook.write_text("#!/bin/sh\nexit 1\n")
        hook.chmod(0o755)
    draft = office.root / "draft.md"
    draft.write_bytes(record_file())
    desk.ok("request", "--file", str(draft))


def test_files_are_stored_as_they_are_whatever_filters_say(office: Office) -> None:
    identifier = office.active()
    desk = office.desk("admin@example.com")
    push_main(desk, {".gitattributes": "*.md text eol=crlf filter=shout\n"})
    desk.git("config", "filter.shout.clean", "tr a-z A-Z")
    before = office.record(identifier)
    desk.ok("progress", identifier, "note")
    after = office.record(identifier)
    assert "\r" not in after
    assert [line for line in before.splitlines() if line not in after] == []


# --- signatures


@pytest.fixture
def sign(tmp_path: Path) -> Callable[[Desk], str]:
    """Gives a desk an SSH key and a git that signs with it; gives its line for `allowed_signers`."""
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed")

    def setup(desk: Desk) -> str:
        key = tmp_path / f"{desk.email}.key"
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", desk.email, "-f", str(key)]
        subprocess.run(command, check=True, capture_output=True)
        desk.git("config", "gpg.format", "ssh")
        desk.git("config", "user.signingkey", str(key))
        kind, public, _ = key.with_suffix(".key.pub").read_text().split()
        return f"{desk.email} {kind} {public}\n"

    return setup


def strict(office: Office, signers: str) -> None:
    """The charter asks for signatures from the start, of these people."""
    charter = CHARTER.replace("roles:", "signatures: required\nroles:")
    desk = Desk(office.root / "first", "admin@example.com")
    desk.commit({f"{FOLDER}/charter.yaml": charter, f"{FOLDER}/allowed_signers": signers})
    # The first charter is the one that is trusted, so history starts with it.
    tree = desk.git("rev-parse", "HEAD^{tree}")
    commit = desk.git("commit-tree", tree, "-m", "Start the register")
    desk.git("push", "--quiet", "--force", str(office.remote), f"{commit}:refs/heads/main")


def test_where_signatures_are_required_steps_are_signed_with_the_user_s_key(
    office: Office, sign: Callable[[Desk], str]
) -> None:
    dana, sam = office.desk(), office.desk(SAM)
    strict(office, sign(dana) + sign(sam))
    identifier = office.request()
    sam.ok("decide", identifier, "approve", "--no-merge")
    raw = git(office.remote, "cat-file", "commit", f"exception/{identifier}")
    assert "gpgsig -----BEGIN SSH SIGNATURE-----" in raw
    assert standing(dana, identifier).missing == ()
    sam.ok("merge", identifier)
    verdict = gate(dana).json()
    assert dispositions(verdict) == ["excepted"]
    assert verdict["register"]["trust"] == "signed"


def test_where_signatures_are_required_who_asks_needs_a_listed_key_too(
    office: Office, sign: Callable[[Desk], str]
) -> None:
    dana, sam = office.desk(), office.desk(SAM)
    listed = sign(sam)
    sign(dana)  # a key, but nobody listed it
    strict(office, listed)
    draft = office.root / "draft.md"
    draft.write_bytes(record_file())
    out = dana.ok("request", "--file", str(draft))
    assert "nobody can approve it yet: its terms were set by an unsigned commit" in out
    before = branches(office.remote)
    result = sam.run("decide", "EXC-001", "approve")
    assert (result.code, "set by an unsigned commit" in result.err) == (2, True)
    assert branches(office.remote) == before
    assert "denied" in sam.ok("decide", "EXC-001", "deny", "--reason", "no")


def test_without_a_setup_for_signing_a_decision_is_refused_with_what_to_do(
    office: Office, sign: Callable[[Desk], str]
) -> None:
    dana, sam = office.desk(), office.desk(SAM)
    strict(office, sign(dana))
    identifier = office.request()
    before = branches(office.remote)
    result = sam.run("decide", identifier, "approve")
    assert result.code == 2
    assert "gpg.format ssh" in result.err
    sam.git("config", "gpg.format", "ssh")
    result = sam.run("decide", identifier, "approve")
    assert result.code == 2
    assert "signingkey" in result.err
    assert branches(office.remote) == before


def test_a_decision_with_a_key_that_does_not_count_is_not_called_an_approval(
    office: Office, sign: Callable[[Desk], str]
) -> None:
    dana, sam = office.desk(), office.desk(SAM)
    strict(office, sign(dana))
    sign(sam)  # a key, but nobody listed it
    identifier = office.request()
    result = sam.run("decide", identifier, "approve")
    assert standing(dana, identifier).missing == ("security-team",)
    assert result.code != 0 or "allowed_signers" in result.out + result.err


def test_the_user_s_own_wish_to_sign_is_kept(office: Office, sign: Callable[[Desk], str]) -> None:
    desk = office.desk()
    sign(desk)
    desk.git("config", "commit.gpgsign", "true")
    identifier = office.request()
    assert "gpgsig" in git(office.remote, "cat-file", "commit", f"exception/{identifier}")
