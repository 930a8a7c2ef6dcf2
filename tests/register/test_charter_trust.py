"""Which charter rules: only what the owner of the one before approved, from when they approved it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reprieve.record.charter import charter_digest
from reprieve.register.register import Register
from tests.register.build import (
    ADMIN,
    CAROL,
    CHARTER_FILE,
    MALLORY,
    RECORD,
    SAM,
    SIGNERS_FILE,
    Key,
    Yard,
    charter,
    excepts,
    gate,
    identity,
    refusal,
    signers,
)
from tests.support import CHARTER, PEOPLE, git, record_file

Keys = dict[str, Key]
MALLORYS = charter(security_team=MALLORY)
OWEN = "owen@example.com"


def digest(text: str, allowed: str = "") -> str:
    """What the approval of a charter names."""
    return charter_digest(text.encode(), allowed.encode())


def approve(yard: Yard, text: str, *, who: str = CAROL, allowed: str = "", key: Key | None = None) -> str:
    """The commit that approves a charter, on what is checked out."""
    return yard.commit(
        None, f"Approve the charter\n\nReprieve-Charter: {digest(text, allowed)}\n", who=who, key=key
    )


def change(yard: Yard, text: str, *, allowed: str | None = None, who: str = MALLORY) -> str:
    """A commit that replaces the charter, and `allowed_signers` with it."""
    files: dict[str, str | bytes | None] = {CHARTER_FILE: text}
    if allowed is not None:
        files[SIGNERS_FILE] = allowed
    return yard.commit(files, "Change the charter", who=who)


def mallorys_approval_counts(yard: Yard) -> bool:
    """Whether mallory has become the security team, by the verdict on a record that only she approved."""
    yard.ask()
    yard.decide(who=MALLORY)
    yard.merge()
    return excepts(yard.gate())


def sams_approval_counts(yard: Yard) -> bool:
    """The same for sam."""
    yard.active("EXC-002")
    return excepts(yard.gate())


def test_a_charter_that_nobody_approved_does_not_rule(yard: Yard) -> None:
    change(yard, MALLORYS)
    assert not mallorys_approval_counts(yard)
    assert sams_approval_counts(yard)
    assert "charter-unapproved" in yard.problems()


def test_a_charter_that_its_owner_approved_rules(yard: Yard) -> None:
    change(yard, MALLORYS)
    approve(yard, MALLORYS)
    assert mallorys_approval_counts(yard)
    assert not yard.problems()


@pytest.mark.parametrize("who", [SAM, MALLORY, ADMIN, "carol@example.org"])
def test_only_the_owner_approves_a_charter(yard: Yard, who: str) -> None:
    change(yard, MALLORYS)
    approve(yard, MALLORYS, who=who)
    assert not mallorys_approval_counts(yard)


def test_the_owner_by_the_new_charter_does_not_approve_it(yard: Yard) -> None:
    grab = charter(ciso=MALLORY, security_team=MALLORY)
    change(yard, grab)
    approve(yard, grab, who=MALLORY)
    assert not mallorys_approval_counts(yard)


def test_another_owner_named_by_the_new_charter_does_not_approve_it(yard: Yard) -> None:
    grab = charter("charter_owner: security-team\n", security_team=MALLORY)
    change(yard, grab)
    approve(yard, grab, who=MALLORY)
    assert not mallorys_approval_counts(yard)


def test_approvals_go_from_charter_to_charter(yard: Yard) -> None:
    handover = charter(ciso=OWEN)
    change(yard, handover)
    approve(yard, handover)
    change(yard, MALLORYS)
    approve(yard, MALLORYS, who=CAROL)
    assert not mallorys_approval_counts(yard)
    last = charter(ciso=OWEN, security_team=(SAM, MALLORY))
    change(yard, last)
    approve(yard, last, who=OWEN)
    yard.ask("EXC-002")
    yard.decide(who=MALLORY, identifier="EXC-002")
    yard.merge("exception/EXC-002")
    assert excepts(yard.gate())


def test_an_approval_of_another_digest_approves_nothing(yard: Yard) -> None:
    approve(yard, MALLORYS.replace("\n", "\n# A comment.\n", 1))
    change(yard, MALLORYS)
    approve(yard, MALLORYS.replace("\n", "\n# A comment.\n", 1))
    approve(yard, CHARTER)
    assert not mallorys_approval_counts(yard)


def test_an_approval_from_before_the_text_was_there_approves_nothing(yard: Yard) -> None:
    approve(yard, MALLORYS)
    change(yard, MALLORYS)
    assert not mallorys_approval_counts(yard)


def test_an_approval_on_the_branch_that_changes_it_rules_once_merged(yard: Yard) -> None:
    yard.checkout("charter", start="main")
    change(yard, MALLORYS)
    approve(yard, MALLORYS)
    yard.checkout("main")
    assert not mallorys_approval_counts(yard)
    yard.merge("charter")
    yard.decide(who=MALLORY)
    assert not excepts(yard.gate()), "the charter of the time when the terms came in judges"
    yard.ask("EXC-002")
    yard.decide(who=MALLORY, identifier="EXC-002")
    yard.merge("exception/EXC-002")
    assert excepts(yard.gate())


def test_an_approval_on_an_unmerged_branch_approves_nothing(yard: Yard) -> None:
    change(yard, MALLORYS)
    yard.checkout("charter/approve", start="main")
    approve(yard, MALLORYS)
    yard.checkout("main")
    assert not mallorys_approval_counts(yard)


def test_an_approval_that_arrives_later_rules_from_then(yard: Yard) -> None:
    change(yard, MALLORYS)
    assert not mallorys_approval_counts(yard)
    approve(yard, MALLORYS)
    assert not excepts(yard.gate()), "what came in before is judged by the former charter"
    yard.ask("EXC-002")
    yard.decide(who=MALLORY, identifier="EXC-002")
    yard.merge("exception/EXC-002")
    assert excepts(yard.gate())


def test_a_charter_put_back_is_a_new_one_that_wants_its_own_approval(yard: Yard) -> None:
    change(yard, MALLORYS)
    approve(yard, MALLORYS)
    change(yard, CHARTER, who=CAROL)
    approve(yard, CHARTER)
    assert not mallorys_approval_counts(yard)
    change(yard, MALLORYS)
    yard.ask("EXC-002")
    yard.decide(who=MALLORY, identifier="EXC-002")
    yard.merge("exception/EXC-002")
    assert not excepts(yard.gate())
    approve(yard, MALLORYS)
    yard.ask("EXC-003")
    yard.decide(who=MALLORY, identifier="EXC-003")
    yard.merge("exception/EXC-003")
    assert excepts(yard.gate())


def test_an_approval_cherry_picked_on_top_is_a_claim_of_the_same_author(yard: Yard, keys: Keys) -> None:
    text, known = charter("signatures: required\n"), signers(carol=keys["carol"], sam=keys["sam"])
    yard = Yard(yard.directory.with_name("signing"), text, known)
    grab = charter("signatures: required\n", security_team=MALLORY)
    change(yard, grab)
    approve(yard, grab, allowed=known)
    yard.ask()
    yard.decide(key=keys["sam"])
    yard.merge()
    assert yard.status() == "active", "an unsigned approval of the charter approves nothing"
    approve(yard, grab, allowed=known, key=keys["sam"])
    assert "charter-unapproved" in yard.problems()
    approve(yard, grab, allowed=known, key=keys["carol"])
    assert "charter-unapproved" not in yard.problems()


def test_keys_beside_the_charter_want_the_same_approval(yard: Yard, keys: Keys) -> None:
    text = charter("signatures: required\n")
    yard = Yard(yard.directory.with_name("signing"), text, signers(carol=keys["carol"], sam=keys["sam"]))
    swapped = signers(carol=keys["carol"], sam=keys["mallory"])
    yard.commit({SIGNERS_FILE: swapped}, who=MALLORY)
    assert "charter-unapproved" in yard.problems()
    yard.active(key=keys["mallory"])
    assert not excepts(yard.gate())
    approve(yard, text, allowed=swapped, key=keys["carol"])
    yard.active("EXC-002", key=keys["mallory"])
    assert excepts(yard.gate())


@pytest.mark.parametrize("mode", ["delete", "link", "executable"])
def test_removing_the_keys_removes_nothing(yard: Yard, keys: Keys, mode: str) -> None:
    text = charter("signatures: required\n")
    yard = Yard(yard.directory.with_name("signing"), text, signers(carol=keys["carol"], sam=keys["sam"]))
    path = yard.directory / SIGNERS_FILE
    if mode == "executable":
        path.chmod(0o755)
    else:
        path.unlink()
    if mode == "link":
        path.symlink_to("charter.yaml")
    yard.git("add", "--all")
    yard.commit(None, who=MALLORY)
    yard.active(key=keys["sam"])
    assert excepts(yard.gate())
    assert "charter-unapproved" in yard.problems()


# Roles that change


def test_when_a_role_is_taken_away_old_approvals_stand_and_new_ones_do_not(yard: Yard) -> None:
    yard.active()
    text = charter(security_team=CAROL)
    change(yard, text, who=CAROL)
    approve(yard, text)
    assert yard.status() == "active"
    yard.ask("EXC-002")
    yard.decide(identifier="EXC-002")
    yard.merge("exception/EXC-002")
    assert yard.status("EXC-002") == "requested"


def test_an_approval_on_a_branch_from_before_the_role_was_taken_away_does_not_count_after(yard: Yard) -> None:
    yard.ask()
    yard.decide()
    yard.checkout("main")
    text = charter(security_team=CAROL)
    change(yard, text, who=CAROL)
    approve(yard, text)
    yard.merge()
    assert yard.status() == "requested"


def test_who_lost_the_role_cannot_approve_what_was_merged_before(yard: Yard) -> None:
    yard.ask()
    yard.merge()
    text = charter(security_team=CAROL)
    change(yard, text, who=CAROL)
    approve(yard, text)
    yard.decide(who=SAM)
    assert not excepts(yard.gate())


def test_a_tighter_charter_does_not_end_what_was_in_force(yard: Yard) -> None:
    yard.active()
    text = charter("limits: {duration_days: 10}\nsignatures: required\n")
    change(yard, text, who=CAROL)
    approve(yard, text)
    assert excepts(yard.gate())
    yard.active("EXC-002")
    assert "duration" in yard.problems()


def test_a_looser_charter_does_not_help_what_came_before(yard: Yard) -> None:
    fields = {"risk": "high"}
    yard.ask(**fields)
    yard.decide("security-team")
    yard.merge()
    text = charter("approvers: {high: [security-team]}\n")
    change(yard, text, who=CAROL)
    approve(yard, text)
    assert not excepts(yard.gate())


# Where it starts


def test_a_pin_on_the_first_charter_is_right(yard: Yard) -> None:
    yard.active()
    assert excepts(yard.gate("--charter-root", digest(CHARTER)))


@pytest.mark.parametrize("pin", ["sha256:" + "0" * 64, "", "latest", digest(MALLORYS)])
def test_a_pin_on_another_charter_is_an_error(yard: Yard, pin: str) -> None:
    yard.active()
    assert "charter" in refusal(yard.gate("--charter-root", pin))


def test_a_pin_on_a_later_charter_starts_there(yard: Yard) -> None:
    yard = Yard(yard.directory.with_name("mallorys"), MALLORYS)
    assert mallorys_approval_counts(yard)
    change(yard, CHARTER)
    yard.ask("EXC-002", scope=[{"checks": ["KSV001"], "namespaces": ["billing"]}])
    yard.merge("exception/EXC-002")
    assert not excepts(yard.gate("--charter-root", digest(CHARTER)))


def test_a_pin_from_the_environment_counts_as_well(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPRIEVE_CHARTER_ROOT", digest(MALLORYS))
    refusal(yard.gate())


def test_a_pin_says_where_to_start_and_not_what_may_come_back(yard: Yard) -> None:
    yard = Yard(yard.directory.with_name("mallorys"), MALLORYS)
    change(yard, CHARTER, who=CAROL)
    approve(yard, CHARTER)
    change(yard, MALLORYS)
    yard.ask()
    yard.decide(who=MALLORY)
    yard.merge()
    assert not excepts(yard.gate())
    assert not excepts(yard.gate("--charter-root", digest(MALLORYS)))


def remove(yard: Yard) -> None:
    yard.commit({CHARTER_FILE: None}, who=MALLORY)


def link(yard: Yard) -> None:
    yard.commit({"loose.yaml": charter("approvals: merged\n")}, who=MALLORY)
    (yard.directory / CHARTER_FILE).unlink()
    (yard.directory / CHARTER_FILE).symlink_to("../../loose.yaml")
    yard.git("add", "--all")
    yard.commit(None, who=MALLORY)


def malform(yard: Yard) -> None:
    yard.commit({CHARTER_FILE: "version: 1\nroles: [\n"}, who=MALLORY)


def empty(yard: Yard) -> None:
    yard.commit({CHARTER_FILE: ""}, who=MALLORY)


def bomb(yard: Yard) -> None:
    yard.commit({CHARTER_FILE: "a: &a [1]\nb: [" + "*a, " * 9999 + "]\n"}, who=MALLORY)


def inflate(yard: Yard) -> None:
    yard.commit({CHARTER_FILE: MALLORYS + "# filler\n" * 100_000}, who=MALLORY)


LATER = [remove, link, malform, empty, bomb, inflate]


@pytest.mark.parametrize("damage", LATER)
def test_a_later_charter_that_is_gone_or_broken_changes_nothing(
    yard: Yard, damage: Callable[[Yard], None]
) -> None:
    damage(yard)
    assert not mallorys_approval_counts(yard)
    assert {"charter-unapproved", "charter-missing"} & set(yard.problems())
    assert sams_approval_counts(yard)


@pytest.mark.parametrize("damage", LATER)
def test_a_first_charter_that_is_gone_or_broken_is_an_error(
    yard: Yard, damage: Callable[[Yard], None]
) -> None:
    damage(yard)
    yard.git("checkout", "--quiet", "--orphan", "fresh")
    yard.commit()
    yard.git("branch", "--force", "main", "fresh")
    yard.checkout("main")
    assert "charter" in refusal(yard.gate())


def test_records_from_before_the_first_charter_are_judged_by_it(yard: Yard) -> None:
    yard.git("checkout", "--quiet", "--orphan", "fresh")
    yard.git("rm", "--quiet", "--force", "-r", ".")
    yard.commit({RECORD: record_file()})
    yard.decide(who=MALLORY)
    yard.commit({CHARTER_FILE: CHARTER}, who=ADMIN)
    yard.git("branch", "--force", "main", "fresh")
    assert not excepts(yard.gate())
    yard.decide()
    yard.git("branch", "--force", "main", "fresh")
    assert excepts(yard.gate())


# History turned round


def test_a_merge_that_puts_another_beginning_first_does_not_bring_its_charter(yard: Yard) -> None:
    sams_approval_counts(yard)
    yard.git("checkout", "--quiet", "--orphan", "takeover")
    yard.git("rm", "--quiet", "--force", "-r", ".")
    yard.commit({CHARTER_FILE: MALLORYS}, who=MALLORY)
    options = ("--no-edit", "--allow-unrelated-histories", "-s", "ours")
    yard.git("merge", "--quiet", *options, "main", **identity(MALLORY))
    yard.merge("takeover", mode="--ff-only")
    yard.ask()
    yard.decide(who=MALLORY)
    yard.merge()
    result = yard.gate()
    assert result.code == 2 or not excepts(result)


def test_a_merge_that_puts_another_beginning_first_fails_the_pin(yard: Yard) -> None:
    yard.git("checkout", "--quiet", "--orphan", "takeover")
    yard.git("rm", "--quiet", "--force", "-r", ".")
    yard.commit({CHARTER_FILE: MALLORYS}, who=MALLORY)
    options = ("--no-edit", "--allow-unrelated-histories", "-s", "ours")
    yard.git("merge", "--quiet", *options, "main", **identity(MALLORY))
    yard.merge("takeover", mode="--ff-only")
    refusal(yard.gate("--charter-root", digest(CHARTER)))


def test_a_merge_that_takes_an_approved_charter_off_the_line_does_not_bring_the_old_one_back(
    yard: Yard,
) -> None:
    yard = Yard(yard.directory.with_name("mallorys"), charter(security_team=(SAM, MALLORY)))
    yard.checkout("aside", start="main")
    yard.commit({"README.md": "Other work.\n"}, who=MALLORY)
    yard.checkout("main")
    change(yard, CHARTER, who=CAROL)
    approve(yard, CHARTER)
    yard.checkout("aside")
    yard.git("merge", "--quiet", "--no-edit", "-s", "ours", "main", **identity(MALLORY))
    yard.merge("aside", mode="--ff-only")
    assert not mallorys_approval_counts(yard)


def test_every_clone_names_the_same_ruling(yard: Yard) -> None:
    change(yard, MALLORYS)
    clone = yard.clone()
    assert not excepts(gate(clone))
    (ruling,) = Register.open(clone).snapshot.rulings
    assert ruling.digest == digest(CHARTER)
    assert ruling.charter.holders("security-team") == {PEOPLE["security-team"]}
    git(clone, "push", "--quiet", "origin", "main:elsewhere")
    assert Register.open(clone, fetch=True).snapshot.rulings == (ruling,)
