"""Where the chain of charters begins, what damages it, and history that somebody turned round."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reprieve.register.register import Register
from tests.register.build import (
    ADMIN,
    CAROL,
    CHARTER_FILE,
    MALLORY,
    RECORD,
    SAM,
    Yard,
    charter,
    digest,
    excepts,
    gate,
    identity,
    refusal,
)
from tests.register.scenes import MALLORYS, mallorys_approval_counts, sams_approval_counts
from tests.support import CHARTER, PEOPLE, git, record_file

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
    yard.change_charter(CHARTER)
    yard.ask("EXC-002", scope=[{"checks": ["KSV001"], "namespaces": ["billing"]}])
    yard.merge("exception/EXC-002")
    assert not excepts(yard.gate("--charter-root", digest(CHARTER)))


def test_a_pin_from_the_environment_counts_as_well(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPRIEVE_CHARTER_ROOT", digest(MALLORYS))
    refusal(yard.gate())


def test_a_pin_says_where_to_start_and_not_what_may_come_back(yard: Yard) -> None:
    yard = Yard(yard.directory.with_name("mallorys"), MALLORYS)
    yard.change_charter(CHARTER, who=CAROL)
    yard.approve_charter(CHARTER)
    yard.change_charter(MALLORYS)
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


@pytest.mark.parametrize("damage", [malform, empty, bomb])
def test_a_first_charter_that_was_mended_says_how_to_trust_that(
    yard: Yard, damage: Callable[[Yard], None]
) -> None:
    damage(yard)
    yard.git("checkout", "--quiet", "--orphan", "fresh")
    yard.commit()
    yard.git("branch", "--force", "main", "fresh")
    yard.checkout("main")
    assert "mend it on the protected branch" in refusal(yard.gate())
    yard.change_charter(CHARTER, who=CAROL)
    yard.active()
    said = refusal(yard.gate())
    assert "the charter cannot be read" in said
    assert f"--charter-root {digest(CHARTER)}" in said
    assert excepts(yard.gate("--charter-root", digest(CHARTER)))


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
    yard.change_charter(CHARTER, who=CAROL)
    yard.approve_charter(CHARTER)
    yard.checkout("aside")
    yard.git("merge", "--quiet", "--no-edit", "-s", "ours", "main", **identity(MALLORY))
    yard.merge("aside", mode="--ff-only")
    assert not mallorys_approval_counts(yard)


def test_every_clone_names_the_same_ruling(yard: Yard) -> None:
    yard.change_charter(MALLORYS)
    clone = yard.clone()
    assert not excepts(gate(clone))
    (ruling,) = Register.open(clone).snapshot.rulings
    assert ruling.digest == digest(CHARTER)
    assert ruling.charter.holders("security-team") == {PEOPLE["security-team"]}
    git(clone, "push", "--quiet", "origin", "main:elsewhere")
    assert Register.open(clone, fetch=True).snapshot.rulings == (ruling,)
