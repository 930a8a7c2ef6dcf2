"""What has ended stays ended: no edit, move, copy or other spelling of the id revives an exception."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reprieve.register.register import Register
from tests.register.build import ADMIN, BRANCH, CAROL, MALLORY, RECORD, Yard, excepts, identity, standing_of
from tests.support import FOLDER, record_file

ARCHIVED = RECORD.replace(FOLDER, f"{FOLDER}/archive")
REVOKED = "revoked: {date: 2026-01-02, by: carol@example.com, reason: An attacker used it.}\n"
CLOSED = "closed: {date: 2026-01-02, by: dana@example.com, reason: remediated}\n"


def revoke(yard: Yard) -> None:
    yard.edit("scope:\n", f"{REVOKED}scope:\n", who=CAROL)


def revoke_on_a_branch(yard: Yard) -> None:
    yard.checkout("revoke", start="main")
    revoke(yard)
    yard.merge("revoke")


def revoke_in_an_executable_file(yard: Yard) -> None:
    yard.git("update-index", "--chmod=+x", RECORD)
    (yard.directory / RECORD).chmod(0o755)
    revoke(yard)


def close(yard: Yard) -> None:
    yard.edit("scope:\n", f"{CLOSED}scope:\n")


def close_into_the_archive(yard: Yard) -> None:
    close(yard)
    archive(yard)


def archive(yard: Yard) -> None:
    (yard.directory / ARCHIVED).parent.mkdir(exist_ok=True)
    yard.git("mv", RECORD, ARCHIVED)
    yard.commit(None, "Archive")


def delete(yard: Yard) -> None:
    yard.commit({RECORD: None}, "Delete", who=CAROL)


def delete_the_folder(yard: Yard) -> None:
    yard.git("rm", "--quiet", "-r", "security")
    yard.commit(None, "Delete", who=CAROL)


def move_out(yard: Yard) -> None:
    yard.git("mv", RECORD, "EXC-001-billing-root.md")
    yard.commit(None, "Move", who=CAROL)


def misname(yard: Yard) -> None:
    yard.git("mv", RECORD, RECORD.replace(".md", ".txt"))
    yard.commit(None, "Rename", who=CAROL)


def put_the_old_file_back(yard: Yard, before: str) -> None:
    """By whatever names and places it has now, to exactly what was approved."""
    for path in yard.git("ls-files", "*EXC-001*").splitlines():
        yard.git("rm", "--quiet", "--force", path)
    yard.git("checkout", "--quiet", before, "--", "security")
    yard.commit(None, "Put it back", who=MALLORY)


def revert_the_commit(yard: Yard, before: str) -> None:
    for commit in yard.git("rev-list", "--first-parent", f"{before}..main").splitlines():
        mainline = ["-m", "1"] if " " in yard.git("log", "-1", "--format=%P", commit) else []
        yard.git("revert", "--no-edit", *mainline, commit)


def under_another_name(yard: Yard, before: str) -> None:
    put_the_old_file_back(yard, before)
    yard.git("mv", RECORD, f"{FOLDER}/EXC-001-billing.md")
    yard.commit(None, "Rename", who=MALLORY)


def with_more_zeros(yard: Yard, before: str) -> None:
    put_the_old_file_back(yard, before)
    text = (yard.directory / RECORD).read_text().replace("id: EXC-001", "id: EXC-0001")
    yard.commit({RECORD: None, f"{FOLDER}/EXC-0001-billing.md": text}, "Ask", who=MALLORY)
    yard.decide(identifier="EXC-0001")


def on_a_branch(yard: Yard, before: str) -> None:
    yard.checkout("back", start="main")
    put_the_old_file_back(yard, before)
    yard.decide()
    yard.merge("back")


ENDS = [
    revoke,
    revoke_on_a_branch,
    revoke_in_an_executable_file,
    close,
    close_into_the_archive,
    archive,
    delete,
    delete_the_folder,
    move_out,
    misname,
]
REVIVALS = [revert_the_commit, under_another_name, with_more_zeros, on_a_branch]


@pytest.mark.parametrize(
    ("end", "revive"),
    [(end, put_the_old_file_back) for end in ENDS]
    + [(end, revive) for end in (revoke, archive, delete) for revive in REVIVALS],
)
def test_what_has_ended_is_not_revived(
    yard: Yard, end: Callable[[Yard], None], revive: Callable[[Yard, str], None]
) -> None:
    before = yard.active()
    assert excepts(yard.gate())
    end(yard)
    if end is not delete_the_folder:
        assert not excepts(yard.gate())
    revive(yard, before)
    assert not excepts(yard.gate()), "revived"
    yard.decide(identifier="EXC-0001" if revive is with_more_zeros else "EXC-001")
    assert not excepts(yard.gate()), "revived by another approval"
    if revive is not with_more_zeros:
        assert yard.status() == ("revoked" if "revoke" in end.__name__ else "closed")


def test_a_change_of_the_slug_alone_is_no_end(yard: Yard) -> None:
    yard.active()
    yard.git("mv", RECORD, f"{FOLDER}/EXC-001-another-name.md")
    yard.commit(None, "Rename", who=MALLORY)
    assert excepts(yard.gate())


def test_more_zeros_in_the_file_name_alone_are_no_end(yard: Yard) -> None:
    yard.active()
    yard.git("mv", RECORD, f"{FOLDER}/EXC-0001-billing-root.md")
    yard.commit(None, "Rename", who=MALLORY)
    assert excepts(yard.gate())


def test_an_active_record_in_the_archive_never_suppresses(yard: Yard) -> None:
    yard.checkout("exception/EXC-001", start="main")
    yard.commit({ARCHIVED: record_file()})
    yard.decide()
    yard.merge()
    assert not excepts(yard.gate())


def test_an_unmerged_end_ends_nothing(yard: Yard) -> None:
    yard.active()
    yard.checkout("exception/EXC-001-revoke", start="main")
    revoke(yard)
    yard.checkout("main")
    assert excepts(yard.gate())


def test_a_revocation_behind_a_copy_of_the_record_is_still_one(yard: Yard) -> None:
    # The copy sorts before the record, so whoever looks at one file of an id only sees the copy.
    yard.active()
    copy = f"{FOLDER}/EXC-001-a.md"
    yard.commit({copy: (yard.directory / RECORD).read_bytes()}, who=MALLORY)
    assert "duplicate-id" in yard.problems()
    assert not excepts(yard.gate())
    revoke(yard)
    yard.write({copy: None})
    yard.edit(REVOKED, "", who=MALLORY)
    assert yard.status() == "revoked"
    assert not excepts(yard.gate())


def test_a_merge_that_makes_the_past_a_side_branch_revives_nothing(yard: Yard) -> None:
    # The merge commit's first parent is a branch that never saw the revocation, its second one is main:
    # pushed as a fast-forward, it takes the revocation off the first-parent history.
    yard.active()
    yard.checkout("aside", start="main")
    yard.commit({"README.md": "Other work.\n"}, who=MALLORY)
    yard.checkout("main")
    revoke(yard)
    yard.checkout("aside")
    yard.git("merge", "--quiet", "--no-edit", "-s", "ours", "main", **identity(MALLORY))
    yard.merge("aside", mode="--ff-only")
    assert not excepts(yard.gate())


def test_a_merge_from_the_wrong_side_that_keeps_everything_is_harmless(yard: Yard) -> None:
    yard.checkout("aside", start="main")
    yard.commit({"README.md": "Other work.\n"}, who=ADMIN)
    yard.active()
    yard.checkout("aside")
    yard.git("merge", "--quiet", "--no-edit", "main", **identity(ADMIN))
    yard.merge("aside", mode="--ff-only")
    assert excepts(yard.gate())


# Ids


def test_an_id_reused_for_something_else_covers_nothing(yard: Yard) -> None:
    yard.active()
    delete(yard)
    yard.git("branch", "--quiet", "-D", BRANCH)
    shipping = [{"type": "misconfiguration", "checks": ["KSV001"], "namespaces": ["billing"]}]
    yard.ask(path=f"{FOLDER}/EXC-001-shipping.md", scope=shipping)
    yard.decide()
    yard.merge()
    assert standing_of(Register.open(yard.directory)).status == "closed"
    assert "final" in yard.problems()


@pytest.mark.parametrize("name", ["EXC-001-another.md", "EXC-0001-another.md", "EXC-000001-another.md"])
def test_two_files_with_one_id_are_both_invalid(yard: Yard, name: str) -> None:
    yard.active()
    yard.checkout("other", start="main")
    text = record_file(id="-".join(name.split("-")[:2]), summary="Another one.")
    yard.commit({f"{FOLDER}/{name}": text})
    yard.merge("other")
    assert "duplicate-id" in yard.problems()
    assert not excepts(yard.gate())


@pytest.mark.parametrize(
    "written", ["EXC-002", "EXC-1", "exc-001", "EXC-00l", "EXC-\u0660\u0660\u0661", "EXC-001 ", "001"]
)
def test_an_id_other_than_the_file_says_is_invalid(yard: Yard, written: str) -> None:
    yard.checkout("exception/EXC-001", start="main")
    text = record_file().decode().replace("id: EXC-001", f'id: "{written}"')
    yard.commit({RECORD: text})
    yard.decide()
    yard.merge()
    assert not excepts(yard.gate())
    assert "id" in yard.problems()


def test_a_deleted_record_is_named_no_more(yard: Yard) -> None:
    yard.active()
    delete(yard)
    result = yard.gate()
    assert result.json()["exceptions"] == []
    assert not excepts(result)


def test_the_next_record_is_not_held_to_account_for_an_ended_one(yard: Yard) -> None:
    yard.active()
    revoke(yard)
    yard.active("EXC-002")
    assert excepts(yard.gate())
