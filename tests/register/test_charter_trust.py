"""Which charter rules: only what the owner of the one before approved, from when they approved it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.register.build import (
    ADMIN,
    CAROL,
    CHARTER_FILE,
    MALLORY,
    SAM,
    SIGNERS_FILE,
    Yard,
    charter,
    excepts,
    identity,
    signers,
)
from tests.register.scenes import MALLORYS, OWEN, Keys, mallorys_approval_counts, sams_approval_counts
from tests.support import CHARTER


def test_a_charter_that_nobody_approved_does_not_rule(yard: Yard) -> None:
    yard.change_charter(MALLORYS)
    assert not mallorys_approval_counts(yard)
    assert sams_approval_counts(yard)
    assert "charter-unapproved" in yard.problems()


def test_a_charter_that_its_owner_approved_rules(yard: Yard) -> None:
    yard.change_charter(MALLORYS)
    yard.approve_charter(MALLORYS)
    assert mallorys_approval_counts(yard)
    assert not yard.problems()


@pytest.mark.parametrize("who", [SAM, MALLORY, ADMIN, "carol@example.org"])
def test_only_the_owner_approves_a_charter(yard: Yard, who: str) -> None:
    yard.change_charter(MALLORYS)
    yard.approve_charter(MALLORYS, who=who)
    assert not mallorys_approval_counts(yard)


def test_the_owner_by_the_new_charter_does_not_approve_it(yard: Yard) -> None:
    grab = charter(ciso=MALLORY, security_team=MALLORY)
    yard.change_charter(grab)
    yard.approve_charter(grab, who=MALLORY)
    assert not mallorys_approval_counts(yard)


def test_another_owner_named_by_the_new_charter_does_not_approve_it(yard: Yard) -> None:
    grab = charter("charter_owner: security-team\n", security_team=MALLORY)
    yard.change_charter(grab)
    yard.approve_charter(grab, who=MALLORY)
    assert not mallorys_approval_counts(yard)


def test_approvals_go_from_charter_to_charter(yard: Yard) -> None:
    handover = charter(ciso=OWEN)
    yard.change_charter(handover)
    yard.approve_charter(handover)
    yard.change_charter(MALLORYS)
    yard.approve_charter(MALLORYS, who=CAROL)
    assert not mallorys_approval_counts(yard)
    last = charter(ciso=OWEN, security_team=(SAM, MALLORY))
    yard.change_charter(last)
    yard.approve_charter(last, who=OWEN)
    yard.ask("EXC-002")
    yard.decide(who=MALLORY, identifier="EXC-002")
    yard.merge("exception/EXC-002")
    assert excepts(yard.gate())


def test_an_approval_of_another_digest_approves_nothing(yard: Yard) -> None:
    yard.approve_charter(MALLORYS.replace("\n", "\n# A comment.\n", 1))
    yard.change_charter(MALLORYS)
    yard.approve_charter(MALLORYS.replace("\n", "\n# A comment.\n", 1))
    yard.approve_charter(CHARTER)
    assert not mallorys_approval_counts(yard)


def test_an_approval_from_before_the_text_was_there_approves_nothing(yard: Yard) -> None:
    yard.approve_charter(MALLORYS)
    yard.change_charter(MALLORYS)
    assert not mallorys_approval_counts(yard)


def test_an_approval_on_the_branch_that_changes_it_rules_once_merged(yard: Yard) -> None:
    yard.checkout("charter", start="main")
    yard.change_charter(MALLORYS)
    yard.approve_charter(MALLORYS)
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
    yard.change_charter(MALLORYS)
    yard.checkout("charter/approve", start="main")
    yard.approve_charter(MALLORYS)
    yard.checkout("main")
    assert not mallorys_approval_counts(yard)


def test_an_approval_that_arrives_later_rules_from_then(yard: Yard) -> None:
    yard.change_charter(MALLORYS)
    assert not mallorys_approval_counts(yard)
    yard.approve_charter(MALLORYS)
    assert not excepts(yard.gate()), "what came in before is judged by the former charter"
    yard.ask("EXC-002")
    yard.decide(who=MALLORY, identifier="EXC-002")
    yard.merge("exception/EXC-002")
    assert excepts(yard.gate())


def test_a_charter_put_back_is_a_new_one_that_wants_its_own_approval(yard: Yard) -> None:
    yard.change_charter(MALLORYS)
    yard.approve_charter(MALLORYS)
    yard.change_charter(CHARTER, who=CAROL)
    yard.approve_charter(CHARTER)
    assert not mallorys_approval_counts(yard)
    yard.change_charter(MALLORYS)
    yard.ask("EXC-002")
    yard.decide(who=MALLORY, identifier="EXC-002")
    yard.merge("exception/EXC-002")
    assert not excepts(yard.gate())
    yard.approve_charter(MALLORYS)
    yard.ask("EXC-003")
    yard.decide(who=MALLORY, identifier="EXC-003")
    yard.merge("exception/EXC-003")
    assert excepts(yard.gate())


def test_an_approval_cherry_picked_on_top_is_a_claim_of_the_same_author(yard: Yard, keys: Keys) -> None:
    text = charter("signatures: required\n")
    known = signers(carol=keys["carol"], sam=keys["sam"], dana=keys["dana"])
    yard = Yard(yard.directory.with_name("signing"), text, known, keys["dana"])
    grab = charter("signatures: required\n", security_team=MALLORY)
    yard.change_charter(grab)
    yard.approve_charter(grab, allowed=known)
    yard.ask()
    yard.decide(key=keys["sam"])
    yard.merge()
    assert yard.status() == "active", "an unsigned approval of the charter approves nothing"
    yard.approve_charter(grab, allowed=known, key=keys["sam"])
    assert "charter-unapproved" in yard.problems()
    yard.approve_charter(grab, allowed=known, key=keys["carol"])
    assert "charter-unapproved" not in yard.problems()


@pytest.mark.parametrize("strategy", ["ours", "theirs"])
def test_an_approval_left_on_an_old_branch_does_not_rule_when_somebody_merges_it(
    yard: Yard, strategy: str
) -> None:
    # Carol approved a draft, then another charter came to rule: the draft's approval never knew of that.
    yard.checkout("draft", start="main")
    yard.change_charter(MALLORYS)
    yard.approve_charter(MALLORYS)
    yard.checkout("main")
    last = charter("limits: {duration_days: 80}\n")
    yard.change_charter(last, who=CAROL)
    yard.approve_charter(last)
    option = ("-s", "ours") if strategy == "ours" else ("-X", "theirs")
    yard.git("merge", "--quiet", "--no-ff", "--no-edit", *option, "draft")
    assert not mallorys_approval_counts(yard)
    assert sams_approval_counts(yard)


def test_of_several_approved_drafts_on_one_branch_the_last_rules(yard: Yard) -> None:
    last = charter(security_team=OWEN)
    yard.checkout("draft", start="main")
    for text in (charter("limits: {duration_days: 80}\n"), MALLORYS, last):
        yard.change_charter(text)
        yard.approve_charter(text)
    yard.merge("draft")
    assert not yard.problems()
    assert not mallorys_approval_counts(yard)
    yard.ask("EXC-002")
    yard.decide(who=OWEN, identifier="EXC-002")
    yard.merge("exception/EXC-002")
    assert excepts(yard.gate())


def another(yard: Yard) -> None:
    yard.change_charter(charter("limits: {duration_days: 80}\n"), who=CAROL)


def withdraw(yard: Yard) -> None:
    yard.change_charter(CHARTER, who=CAROL)


def comment(yard: Yard) -> None:
    yard.change_charter(MALLORYS + "# And a comment.\n", who=CAROL)


def remove(yard: Yard) -> None:
    yard.commit({CHARTER_FILE: None}, "Remove", who=CAROL)


def add_keys(yard: Yard) -> None:
    yard.commit({SIGNERS_FILE: "# nobody yet\n"}, "Keys", who=CAROL)


@pytest.mark.parametrize("change", [another, withdraw, comment, remove, add_keys])
@pytest.mark.parametrize("strategy", [(), ("-s", "ours")], ids=["merged", "ours"])
def test_a_draft_changed_between_its_approval_and_the_merge_does_not_rule(
    yard: Yard, change: Callable[[Yard], None], strategy: tuple[str, ...]
) -> None:
    yard.checkout("draft", start="main")
    yard.change_charter(MALLORYS)
    yard.approve_charter(MALLORYS)
    change(yard)
    yard.checkout("main")
    yard.git("merge", "--quiet", "--no-ff", "--no-edit", *strategy, "draft", **identity(MALLORY))
    assert not mallorys_approval_counts(yard)
    assert sams_approval_counts(yard)


def test_a_draft_changed_in_the_merge_itself_does_not_rule(yard: Yard) -> None:
    yard.checkout("draft", start="main")
    yard.change_charter(MALLORYS)
    yard.approve_charter(MALLORYS)
    yard.checkout("main")
    yard.git("merge", "--quiet", "--no-ff", "--no-commit", "draft")
    yard.commit({CHARTER_FILE: charter("approvals: merged\n", security_team=MALLORY)}, who=MALLORY)
    assert len(yard.git("show", "--no-patch", "--format=%P", "HEAD").split()) == 2
    assert not mallorys_approval_counts(yard)
    assert "charter-unapproved" in yard.problems()


def test_the_approval_of_a_draft_that_was_withdrawn_is_spent(yard: Yard) -> None:
    yard.checkout("draft", start="main")
    yard.change_charter(MALLORYS)
    yard.approve_charter(MALLORYS)
    withdraw(yard)
    yard.merge("draft")
    yard.change_charter(MALLORYS)
    assert not mallorys_approval_counts(yard)
    assert "charter-unapproved" in yard.problems()


def test_an_approval_renewed_after_the_other_charter_rules(yard: Yard) -> None:
    last = charter("limits: {duration_days: 80}\n")
    yard.checkout("draft", start="main")
    yard.change_charter(MALLORYS)
    yard.checkout("main")
    yard.change_charter(last, who=CAROL)
    yard.approve_charter(last)
    yard.checkout("draft")
    yard.git("merge", "--quiet", "--no-edit", "-s", "ours", "main")
    yard.approve_charter(MALLORYS)
    yard.merge("draft")
    assert mallorys_approval_counts(yard)


def test_keys_beside_the_charter_want_the_same_approval(yard: Yard, keys: Keys) -> None:
    text = charter("signatures: required\n")
    known = signers(carol=keys["carol"], sam=keys["sam"], dana=keys["dana"])
    yard = Yard(yard.directory.with_name("signing"), text, known, keys["dana"])
    swapped = signers(carol=keys["carol"], sam=keys["mallory"], dana=keys["dana"])
    yard.commit({SIGNERS_FILE: swapped}, who=MALLORY)
    assert "charter-unapproved" in yard.problems()
    yard.active(key=keys["mallory"])
    assert not excepts(yard.gate())
    yard.approve_charter(text, allowed=swapped, key=keys["carol"])
    yard.active("EXC-002", key=keys["mallory"])
    assert excepts(yard.gate())


@pytest.mark.parametrize("mode", ["delete", "link", "executable"])
def test_removing_the_keys_removes_nothing(yard: Yard, keys: Keys, mode: str) -> None:
    text = charter("signatures: required\n")
    known = signers(carol=keys["carol"], sam=keys["sam"], dana=keys["dana"])
    yard = Yard(yard.directory.with_name("signing"), text, known, keys["dana"])
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
    yard.change_charter(text, who=CAROL)
    yard.approve_charter(text)
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
    yard.change_charter(text, who=CAROL)
    yard.approve_charter(text)
    yard.merge()
    assert yard.status() == "requested"


def test_who_lost_the_role_cannot_approve_what_was_merged_before(yard: Yard) -> None:
    yard.ask()
    yard.merge()
    text = charter(security_team=CAROL)
    yard.change_charter(text, who=CAROL)
    yard.approve_charter(text)
    yard.decide(who=SAM)
    assert not excepts(yard.gate())


def test_a_tighter_charter_does_not_end_what_was_in_force(yard: Yard) -> None:
    yard.active()
    text = charter("limits: {duration_days: 10}\nsignatures: required\n")
    yard.change_charter(text, who=CAROL)
    yard.approve_charter(text)
    assert excepts(yard.gate())
    yard.active("EXC-002")
    assert "duration" in yard.problems()


def test_a_looser_charter_does_not_help_what_came_before(yard: Yard) -> None:
    yard.ask(risk="high")
    yard.decide("security-team")
    yard.merge()
    text = charter("approvers: {high: [security-team]}\n")
    yard.change_charter(text, who=CAROL)
    yard.approve_charter(text)
    assert not excepts(yard.gate())
