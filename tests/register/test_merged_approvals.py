"""`approvals: merged`: what the protected branch holds counts as approved, and nothing else is given up."""

from __future__ import annotations

import pytest

from tests.register.build import BRANCH, CAROL, MALLORY, RECORD, Yard, charter, excepts, gate
from tests.support import record_file

ESCALATION = {"case": "critical-in-production", "reason": "A sale depends on it."}


@pytest.fixture
def loose(yard: Yard) -> Yard:
    """A yard under such a charter."""
    return Yard(yard.directory.with_name("loose"), charter("approvals: merged\n"))


def test_merged_is_approved_and_the_verdict_says_so(loose: Yard) -> None:
    loose.ask()
    result = loose.gate()
    assert not excepts(result)
    assert result.json()["findings"][0]["disposition"] == "pending"
    loose.merge()
    result = loose.gate()
    assert excepts(result)
    assert result.json()["register"]["trust"] == "merged"


def test_a_squash_merge_is_as_good(loose: Yard) -> None:
    loose.ask()
    loose.checkout("main")
    loose.git("merge", "--quiet", "--squash", BRANCH)
    loose.commit(None, "Ask (#12)")
    assert excepts(loose.gate())


def test_a_pull_request_still_cannot_grant_itself_anything(loose: Yard) -> None:
    clone = loose.clone()
    (clone / RECORD).write_bytes(record_file())
    assert not excepts(gate(clone))
    loose.ask()
    assert not excepts(gate(clone, "--fetch"))


def test_a_merged_edit_is_approved_with_its_merge(loose: Yard) -> None:
    loose.ask()
    loose.merge()
    loose.edit("owner: payments", "owner: billing")
    assert excepts(loose.gate())


def test_a_denial_still_denies(loose: Yard) -> None:
    loose.ask()
    loose.decide(verdict="deny")
    loose.merge()
    assert loose.status() == "denied"
    assert not excepts(loose.gate())


def test_a_denial_without_the_role_still_denies_nothing(loose: Yard) -> None:
    loose.ask()
    loose.decide(verdict="deny", who=MALLORY)
    loose.merge()
    assert excepts(loose.gate())


def test_critical_in_production_still_needs_an_escalation(loose: Yard) -> None:
    loose.ask(risk="critical")
    loose.merge()
    assert loose.status() == "invalid"
    assert "critical-in-production" in loose.problems()
    loose.commit({RECORD: record_file(risk="critical", escalation=ESCALATION)})
    loose.decide("ciso")
    assert excepts(loose.gate())


def test_an_escalation_that_a_ciso_denied_is_denied(loose: Yard) -> None:
    loose.ask(risk="critical", escalation=ESCALATION)
    loose.decide("ciso", verdict="deny")
    loose.merge()
    assert not excepts(loose.gate())


def test_what_has_ended_still_stays_ended(loose: Yard) -> None:
    loose.ask()
    before = loose.merge()
    loose.commit({RECORD: None}, who=CAROL)
    loose.git("checkout", "--quiet", before, "--", RECORD)
    loose.commit(None, "Back", who=MALLORY)
    assert loose.status() == "closed"
    assert not excepts(loose.gate())


@pytest.mark.parametrize(
    ("old", "new"),
    [("KSV012", "'*'"), ("risk: medium", "risk: none"), ("expires: ", "expires: 9999-12-31 #")],
)
def test_an_invalid_record_still_covers_nothing(loose: Yard, old: str, new: str) -> None:
    loose.ask()
    loose.edit(old, new)
    loose.merge()
    assert loose.status() == "invalid"
    assert not excepts(loose.gate())


def test_promised_controls_must_still_be_in(loose: Yard) -> None:
    loose.ask(controls=[{"id": "wall", "kind": "preventive", "description": "A wall."}])
    loose.merge()
    assert loose.status() == "approved"
    assert not excepts(loose.gate())


def test_nobody_switches_to_it_without_the_owner(yard: Yard) -> None:
    text = charter("approvals: merged\n")
    yard.ask()
    yard.commit({"security/exceptions/charter.yaml": text}, who=MALLORY)
    yard.merge()
    assert not excepts(yard.gate())


def test_switching_to_it_does_not_approve_what_was_merged_before(yard: Yard) -> None:
    text = charter("approvals: merged\n")
    yard.ask()
    yard.merge()
    yard.change_charter(text)
    yard.approve_charter(text)
    assert not excepts(yard.gate())
    yard.ask("EXC-002")
    yard.merge("exception/EXC-002")
    assert excepts(yard.gate())
