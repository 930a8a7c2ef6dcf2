"""Renewals: at most two, then only with an escalation; by `renew`, by `renews:` or under another name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from reprieve.record.document import Document, parse
from reprieve.record.model import Record
from reprieve.register.rules import refiled
from tests.process.hosts import branches, expired, on_main, push_main, standing
from tests.support import (
    CHARTER,
    FOLDER,
    Office,
    dispositions,
    gate,
    git,
    record_file,
    today,
)

WHY = "The vendor slipped by a month."
PLAN = "v4 in March, then remove."
NARROW = [{"checks": ["KSV012"], "namespaces": ["billing"], "resources": ["Deployment/billing-api"]}]


def renew(office: Office, identifier: str, *extra: str) -> str:
    """Asks for a renewal; gives the new id."""
    out = office.desk().ok("renew", identifier, "--why", WHY, "--plan", PLAN, *extra)
    return out.split("requested ")[1].split()[0]


def refused(office: Office, identifier: str, *extra: str) -> str:
    """A renewal that must be refused; what was said."""
    before = branches(office.remote)
    result = office.desk().run("renew", identifier, "--why", WHY, "--plan", PLAN, *extra)
    assert result.code == 2, result.out
    assert branches(office.remote) == before
    return result.err


def renewed(office: Office, identifier: str) -> str:
    """The renewal of an exception, approved and merged."""
    new = renew(office, identifier)
    office.approve(new, "security-team")
    return new


def record_on(office: Office, branch: str, identifier: str) -> tuple[Record, str]:
    """The record of an id as a branch has it, and its text."""
    names = git(office.remote, "ls-tree", "-r", "--name-only", branch, FOLDER).splitlines()
    (path,) = [name for name in names if f"/{identifier}-" in name]
    text = git(office.remote, "show", f"{branch}:{path}") + "\n"
    parsed = parse(path, text.encode())
    assert isinstance(parsed, Document), parsed
    return parsed.record, text


# --- one renewal


def test_a_renewal_is_a_request_of_its_own_with_the_plan_brought_up_to_date(office: Office) -> None:
    first = office.active(voids=["fix-available"])
    new = renew(office, first)
    assert new != first
    record, text = record_on(office, f"exception/{new}", new)
    before, _ = record_on(office, "main", first)
    assert (record.renews, record.requested) == (first, today())
    assert record.expires == today() + dt.timedelta(days=90)
    assert (record.scope, record.controls, record.voids) == (before.scope, before.controls, before.voids)
    assert f"## Why the original timeline was not met\n\n{WHY}" in text
    assert f"## Remediation plan\n\n{PLAN}" in text
    assert "The vendor's image cannot be changed by us." in text  # the justification goes along
    assert standing(office.desk(), new).status == "requested"
    assert on_main(office.desk(), first) == "active"
    office.approve(new, "security-team")
    assert dispositions(gate(office.desk()).json()) == ["excepted"]


def test_dates_can_be_given_within_the_limit(office: Office) -> None:
    first = office.active()
    end = str(today() + dt.timedelta(days=30))
    target = str(today() + dt.timedelta(days=20))
    new = renew(office, first, "--expires", end, "--target", target)
    record, _ = record_on(office, f"exception/{new}", new)
    assert (str(record.expires), str(record.remediation.target)) == (end, target)
    over = refused(office, first, "--expires", str(today() + dt.timedelta(days=91)))
    assert "at most 90" in over


def test_why_and_plan_are_required(office: Office) -> None:
    first = office.active()
    for given in (["--why", WHY], ["--plan", PLAN]):
        result = office.desk().run("renew", first, *given)
        assert result.code == 2
        assert "--why" in result.err or "--plan" in result.err
    assert "Remediation plan" in _said(office, first, "--why", WHY, "--plan", " ")
    assert "original timeline" in _said(office, first, "--why", "", "--plan", PLAN)


def _said(office: Office, identifier: str, *arguments: str) -> str:
    result = office.desk().run("renew", identifier, *arguments)
    assert result.code == 2, result.out
    return result.err


def test_a_file_that_renews_needs_the_section_too(office: Office) -> None:
    first = office.active()
    prose = {
        "Justification": "x",
        "Risk assessment": "x",
        "Compensating controls": "x",
        "Remediation plan": "x",
    }
    draft = office.root / "draft.md"
    draft.write_bytes(record_file(renews=first, prose=prose))
    result = office.desk().run("request", "--file", str(draft))
    assert (result.code, "original timeline" in result.err) == (2, True)


def test_a_dry_run_shows_it_and_changes_nothing(office: Office) -> None:
    first = office.active()
    before = branches(office.remote)
    shown = office.desk().ok("renew", first, "--why", WHY, "--plan", PLAN, "--dry-run")
    assert f"renews: {first}" in shown
    assert branches(office.remote) == before


def test_what_has_expired_can_be_renewed(office: Office) -> None:
    first = expired(office)
    assert dispositions(gate(office.desk()).json()) == ["expired"]
    renewed(office, first)
    assert dispositions(gate(office.desk()).json()) == ["excepted"]


@pytest.mark.parametrize("state", ["requested", "denied", "revoked", "closed"])
def test_only_what_is_or_was_in_force_is_renewed(office: Office, state: str) -> None:
    first = office.request()
    if state == "denied":
        office.desk("security-team").ok("decide", first, "deny", "--reason", "v4 is out")
    elif state == "revoked":
        office.approve(first, "security-team")
        office.desk().ok("revoke", first, "--reason", "x")
    elif state == "closed":
        office.desk().ok("close", first, "--reason", "withdrawn")
    assert state in refused(office, first)


def test_a_renewal_that_was_asked_for_already_is_answered_with_that_one(office: Office) -> None:
    first = office.active()
    new = renew(office, first)
    again = office.desk("eve@example.com").ok("renew", first, "--why", WHY, "--plan", PLAN)
    assert new in again
    assert sorted(branches(office.remote)) == [f"exception/{new}", "main"]


def test_what_is_in_force_can_be_renewed_though_a_change_is_asked_for(office: Office) -> None:
    first = office.active()
    office.desk().ok("escalate", first, "--case", "team-disagrees", "--reason", "It blocks us")
    assert renew(office, first)


# --- two renewals, and then


def test_two_renewals_and_the_third_is_refused_until_it_is_escalated(office: Office) -> None:
    third = renewed(office, renewed(office, office.active()))
    assert on_main(office.desk(), third) == "active"
    said = refused(office, third)
    assert "2" in said
    assert "--escalate" in said
    fourth = renew(office, third, "--escalate", "renewal-denied", "--reason", "Payments stop otherwise")
    record, _ = record_on(office, f"exception/{fourth}", fourth)
    assert record.escalation
    assert record.escalation.case == "renewal-denied"
    office.approve(fourth, "security-team")
    assert standing(office.desk(), fourth).missing == ("ciso",)
    office.approve(fourth, "ciso")
    assert standing(office.desk(), fourth).status == "active"
    assert "--escalate" in refused(office, fourth)


def test_an_escalated_renewal_wants_a_reason(office: Office) -> None:
    said = refused(office, office.active(), "--escalate", "renewal-denied")
    assert "--reason" in said


def test_the_charter_says_how_many(tmp_path: Path) -> None:
    office = Office(tmp_path, CHARTER + "limits: {renewals: 0}\n")
    assert "--escalate" in refused(office, office.active())


# --- the same under another name


def test_renews_in_a_file_counts_like_renew(office: Office) -> None:
    third = renewed(office, renewed(office, office.active()))
    assert "renew" in _file_refused(office, renews=third)


def test_skipping_back_in_the_chain_does_not_reset_the_count(office: Office) -> None:
    first = office.active()
    renewed(office, renewed(office, first))
    assert "renew" in refused(office, first)
    assert "renew" in _file_refused(office, renews=first)


def test_renewing_something_else_does_not_reset_the_count(office: Office) -> None:
    renewed(office, renewed(office, office.active()))
    other = office.active(summary="Another.", scope=[{"checks": ["KSV001"], "namespaces": ["shipping"]}])
    assert "renew" in _file_refused(office, renews=other)


def test_renewing_what_never_was_is_refused(office: Office) -> None:
    office.active()
    assert "EXC-077" in _file_refused(office, renews="EXC-077")


@pytest.mark.parametrize("end", ["active", "closed", "revoked"])
def test_the_same_scope_asked_for_anew_is_refused_past_the_limit(office: Office, end: str) -> None:
    third = renewed(office, renewed(office, office.active()))
    if end == "closed":
        office.desk().ok("close", third, "--reason", "not-needed")
    elif end == "revoked":
        office.desk().ok("revoke", third, "--reason", "x")
    wider = [{"checks": ["KSV0*"], "namespaces": ["bill*"], "resources": ["*/billing-api"]}]
    said = _file_refused(office, summary="Something else entirely.", scope=wider)
    assert third in said
    assert "renewed 2 times" in said
    elsewhere = [{"checks": ["KSV012"], "namespaces": ["shipping"]}]
    assert office.request(summary="Elsewhere.", scope=elsewhere)
    assert office.request(summary="In staging.", scope=wider, environment="staging")


def test_refiling_counts_as_renewing(office: Office) -> None:
    for _ in range(3):
        office.desk().ok("close", office.active(), "--reason", "not-needed")
    assert "overlaps" in _file_refused(office)


def test_refiling_and_renewing_are_counted_together(office: Office) -> None:
    office.desk().ok("close", office.active(), "--reason", "not-needed")
    second = office.active()  # the same again: one
    third = renewed(office, second)  # two
    assert "--escalate" in refused(office, third)


def test_an_escalated_one_may_be_asked_for(office: Office) -> None:
    for _ in range(3):
        office.desk().ok("close", office.active(), "--reason", "not-needed")
    escalation = {"case": "renewal-denied", "reason": "Payments stop otherwise"}
    again = office.request(escalation=escalation)
    assert set(standing(office.desk(), again).missing) == {"ciso", "security-team"}


def test_what_was_never_in_force_counts_nothing(office: Office) -> None:
    for _ in range(3):
        office.desk().ok("close", office.request(), "--reason", "withdrawn")
    assert office.request()


def test_the_rule_that_lint_uses_says_the_same(office: Office) -> None:
    third = renewed(office, renewed(office, office.active()))
    clerk = office.desk().clerk()
    register, now = clerk.register(), clerk.now()

    def found(**fields: object) -> str | None:
        path = f"{FOLDER}/EXC-009-again.md"
        parsed = parse(path, record_file(id="EXC-009", **fields))
        assert isinstance(parsed, Document)
        problem = refiled(parsed.record, path, register, now)
        return problem.message if problem else None

    assert third in (found(scope=NARROW) or "")
    assert found(scope=[{"checks": ["KSV012"], "namespaces": ["shipping"]}]) is None
    assert found(scope=NARROW, environment="staging") is None
    assert found(scope=NARROW, escalation={"case": "renewal-denied", "reason": "x"}) is None
    assert found(scope=NARROW, renews="EXC-001")


def test_one_renewal_too_many_is_invalid_even_when_somebody_merges_it(office: Office) -> None:
    third = renewed(office, renewed(office, office.active()))
    content = record_file(id="EXC-004", renews=third, summary="Once more.")
    push_main(office.desk(), {f"{FOLDER}/EXC-004-once-more.md": content})
    office.desk("security-team").run("decide", "EXC-004", "approve")
    assert on_main(office.desk(), "EXC-004") == "invalid"


def _file_refused(office: Office, **fields: object) -> str:
    """A request from a file that must be refused; what was said."""
    before = branches(office.remote)
    draft = office.root / "again.md"
    draft.write_bytes(record_file(**fields))
    result = office.desk().run("request", "--file", str(draft))
    assert result.code == 2, result.out
    assert branches(office.remote) == before
    return result.err
