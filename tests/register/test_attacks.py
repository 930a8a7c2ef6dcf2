"""Nobody grants themselves an exception: not with a pull request, nor by an edit after the approval."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reprieve.register.register import Register
from tests.register.build import (
    ADMIN,
    BRANCH,
    CHARTER_FILE,
    MALLORY,
    RECORD,
    SAM,
    WIDER,
    Yard,
    charter,
    excepts,
    gate,
    identity,
    standing_of,
    terms_in,
    trailers,
)
from tests.support import git, record_file


def grant_yourself(clone: Path, branch: str | None = "feature") -> None:
    """A record that claims sam's approval, committed in a clone on a branch, or on main when None."""
    if branch:
        git(clone, "checkout", "--quiet", "-b", branch)
    (clone / RECORD).write_bytes(record_file())
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", "Ask", **identity(MALLORY))
    approval = f"Decide\n\n{trailers('security-team', terms_in(clone))}"
    git(clone, "commit", "--quiet", "--allow-empty", "--message", approval, **identity(SAM))


def pull_request(clone: Path) -> None:
    grant_yourself(clone)


def detached_head(clone: Path) -> None:
    grant_yourself(clone)
    git(clone, "checkout", "--quiet", "--detach")
    git(clone, "branch", "--quiet", "-D", "feature")


def local_main_ahead(clone: Path) -> None:
    grant_yourself(clone, None)


def local_main_moved(clone: Path) -> None:
    grant_yourself(clone)
    git(clone, "branch", "--quiet", "--force", "main", "feature")


def exception_branch(clone: Path) -> None:
    grant_yourself(clone, BRANCH)


def edited_worktree(clone: Path) -> None:
    (clone / RECORD).write_bytes(record_file())


def staged_only(clone: Path) -> None:
    (clone / RECORD).write_bytes(record_file())
    git(clone, "add", "--all")


def approvals_switched_off(clone: Path) -> None:
    (clone / CHARTER_FILE).write_text(charter("approvals: merged\n"))
    grant_yourself(clone, None)


def linked_worktree(clone: Path) -> None:
    git(clone, "worktree", "add", "--quiet", "-b", "other", str(clone / "linked"))
    grant_yourself(clone / "linked", None)


@pytest.mark.parametrize(
    "attack",
    [
        pull_request,
        detached_head,
        local_main_ahead,
        local_main_moved,
        exception_branch,
        edited_worktree,
        staged_only,
        approvals_switched_off,
        linked_worktree,
    ],
)
@pytest.mark.parametrize("fetch", ["--fetch", "--no-fetch"])
def test_a_checkout_cannot_grant_itself_an_exception(
    yard: Yard, attack: Callable[[Path], None], fetch: str
) -> None:
    clone = yard.clone()
    attack(clone)
    assert not excepts(gate(clone, fetch))
    linked = clone / "linked"
    assert not excepts(gate(linked if linked.exists() else clone / "security", fetch))


def test_the_same_record_works_once_the_protected_branch_has_it(yard: Yard) -> None:
    clone = yard.clone()
    grant_yourself(clone)
    git(clone, "push", "--quiet", "origin", "feature:other")
    assert not excepts(gate(clone, "--fetch"))
    yard.git("merge", "--quiet", "--no-ff", "--no-edit", "other", **identity(ADMIN))
    assert not excepts(gate(clone, "--no-fetch"))
    assert excepts(gate(clone, "--fetch"))


# After the approval


def test_an_approved_and_merged_record_is_active(yard: Yard) -> None:
    yard.active()
    assert yard.status() == "active"
    assert excepts(yard.gate())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("KSV012", "KSV001"),
        ("risk: medium", "risk: low"),
        ("billing-*", "*"),
        ("owner: payments", "owner: billing"),
        ("Only the gateway may reach", "Anybody may reach"),
        ("Contained: no host access", "Contained: host access"),
        ("scope:\n", "voids: [fix-available]\nscope:\n"),
    ],
)
def test_an_edit_of_the_terms_after_approval_voids_them(yard: Yard, old: str, new: str) -> None:
    yard.active()
    yard.edit(old, new)
    assert yard.status() == "void"
    assert not excepts(yard.gate())


def edit_on_main(yard: Yard, old: str, new: str) -> None:
    yard.edit(old, new)


def edit_on_a_branch(yard: Yard, old: str, new: str) -> None:
    yard.checkout("edit", start="main")
    yard.edit(old, new)
    yard.merge("edit")
    yard.git("branch", "--quiet", "-D", "edit")


def edit_in_the_merge_commit(yard: Yard, old: str, new: str) -> None:
    yard.checkout("edit", start="main")
    yard.commit()
    yard.checkout("main")
    yard.git("merge", "--quiet", "--no-ff", "--no-commit", "edit")
    yard.edit(old, new)
    yard.git("branch", "--quiet", "-D", "edit")


EDITS = [edit_on_main, edit_on_a_branch, edit_in_the_merge_commit]


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("back", EDITS)
def test_terms_that_were_edited_and_edited_back_stay_void(
    yard: Yard, edit: Callable[[Yard, str, str], None], back: Callable[[Yard, str, str], None]
) -> None:
    yard.active()
    terms = yard.terms()
    edit(yard, "KSV012", "KSV001")
    assert yard.status() == "void"
    back(yard, "KSV001", "KSV012")
    assert yard.terms() == terms
    assert yard.status() == "void"
    assert not excepts(yard.gate())
    yard.decide()
    assert yard.status() == "active"


@pytest.mark.parametrize("back", [False, True])
def test_an_edit_on_its_branch_between_approval_and_merge_ends_the_approval(yard: Yard, back: bool) -> None:
    yard.ask()
    yard.decide()
    yard.edit("KSV012", "KSV001")
    if back:
        yard.edit("KSV001", "KSV012")
    yard.merge()
    assert yard.status() == "void"
    assert not excepts(yard.gate())


@pytest.mark.parametrize(
    "order", [("edit", "approval"), ("approval", "edit")], ids=["edit-first", "approval-first"]
)
def test_an_edit_beside_the_approval_is_not_approved(yard: Yard, order: tuple[str, str]) -> None:
    # Both start from the request, so neither is after the other; only the merge brings them together.
    asked = yard.ask()
    yard.decide()
    yard.git("branch", "approval")
    yard.checkout("edit", start=asked)
    yard.edit("KSV012", "KSV*")
    edited = (yard.directory / RECORD).read_bytes()
    yard.checkout(order[0])
    yard.git("merge", "--quiet", "--no-ff", "--no-commit", "-s", "ours", order[1])
    yard.commit({RECORD: edited})
    yard.checkout("main")
    yard.git("merge", "--quiet", "--ff-only", order[0])
    assert "KSV*" in yard.show(RECORD)
    assert yard.status() == "void"
    assert not excepts(yard.gate())


def test_an_approval_left_on_an_old_branch_does_not_bring_back_what_it_approved(yard: Yard) -> None:
    asked = yard.ask(ago=9, scope=WIDER)
    yard.decide(ago=8)
    yard.git("branch", "old")
    yard.git("reset", "--quiet", "--hard", asked)
    wide = (yard.directory / RECORD).read_bytes()
    yard.commit({RECORD: record_file()}, "Ask for less", ago=7)
    yard.decide(ago=6)
    yard.merge(ago=5)
    assert yard.status() == "active"
    yard.commit({RECORD: wide}, who=MALLORY)
    assert yard.status() == "void"
    yard.git("merge", "--quiet", "--no-edit", "old")
    assert "KSV001" in yard.show(RECORD)
    assert yard.status() == "void"
    assert not excepts(yard.gate())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("implemented: ", "evidence: https://git.example.com/pull/412\n    implemented: "),
        ("scope:\n", "incidents:\n  - {date: 2026-01-05, summary: A scan from outside.}\nscope:\n"),
        ("remediation:\n", "remediation:\n  progress: [{date: 2026-01-05, note: v4 in staging}]\n"),
        ("scope:\n", "# A comment is not a term.\nscope:\n"),
        ("reason: legacy-system", "reason: 'legacy-system'"),
        ("## Risk assessment\n", "## Risk assessment   \n"),
    ],
)
def test_operational_edits_keep_it_active(yard: Yard, old: str, new: str) -> None:
    yard.active()
    yard.edit(old, new, who=MALLORY)
    assert yard.status() == "active"
    assert excepts(yard.gate())


def test_a_squash_merge_is_a_request_with_advice(yard: Yard) -> None:
    yard.ask()
    yard.decide()
    yard.checkout("main")
    yard.git("merge", "--quiet", "--squash", BRANCH)
    yard.commit(None, "Ask (#12)", who=ADMIN)
    yard.git("branch", "--quiet", "-D", BRANCH)
    assert not excepts(yard.gate())
    standing = standing_of(Register.open(yard.directory))
    assert standing.status == "requested"
    assert "squash merge" in standing.reason
    yard.decide()
    assert excepts(yard.gate())


def test_a_fast_forward_merge_keeps_the_decisions(yard: Yard) -> None:
    yard.ask()
    yard.decide()
    yard.merge(mode="--ff-only")
    assert excepts(yard.gate())


def test_a_rebase_merge_keeps_the_decisions_as_claims(yard: Yard) -> None:
    yard.ask()
    yard.decide()
    yard.checkout("main")
    yard.commit({"README.md": "Other work.\n"}, who=ADMIN)
    yard.checkout(BRANCH)
    yard.git("rebase", "--quiet", "--empty=keep", "main", **identity_of_the_host())
    yard.merge(mode="--ff-only")
    result = yard.gate()
    assert excepts(result)
    assert result.json()["register"]["trust"] == "claimed"


def identity_of_the_host() -> dict[str, str]:
    """The host rebases: it is the committer, and the authors stay who they were."""
    return {key: value for key, value in identity(ADMIN).items() if key.startswith("GIT_COMMITTER_")}
