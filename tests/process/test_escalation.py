"""Escalations: four cases, each of them for the ciso to decide."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.process.hosts import branches, merge_on_host, on_main, propose, push_main, standing
from tests.support import (
    CHARTER,
    FOLDER,
    PEOPLE,
    Office,
    dispositions,
    gate,
    git,
    record_file,
    trivy_report,
)

CASES = ["renewal-denied", "critical-in-production", "team-disagrees", "controls-not-implementable"]
REASON = "Payments stop otherwise."
CRITICAL = {"case": "critical-in-production", "reason": REASON}


def escalate(office: Office, identifier: str, case: str, who: str = "dana@example.com") -> str:
    """Escalates; what was said."""
    return office.desk(who).ok("escalate", identifier, "--case", case, "--reason", REASON)


@pytest.mark.parametrize("case", CASES)
def test_each_case_puts_the_decision_to_the_ciso_as_well(office: Office, case: str) -> None:
    identifier = office.request()
    out = escalate(office, identifier, case)
    assert "ciso" in out
    assert set(standing(office.desk(), identifier).missing) == {"ciso", "security-team"}
    office.approve(identifier, "security-team")
    assert standing(office.desk(), identifier).status == "in-review"
    assert dispositions(gate(office.desk()).json()) == ["pending"]
    office.approve(identifier, "ciso")
    assert standing(office.desk(), identifier).status == "active"
    assert f"case: {case}" in office.record(identifier)
    assert REASON in office.record(identifier)
    assert REASON in git(office.remote, "log", "--format=%B", "main")


def test_the_ciso_can_refuse(office: Office) -> None:
    identifier = office.request()
    escalate(office, identifier, "team-disagrees")
    office.approve(identifier, "security-team")
    office.desk("ciso").ok("decide", identifier, "deny", "--reason", "Stop it, then.")
    assert standing(office.desk(), identifier).status == "denied"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--case", "urgent", "--reason", "x"), "renewal-denied"),
        (("--reason", "x"), "--case"),
        (("--case", "team-disagrees"), "--reason"),
    ],
)
def test_case_and_reason_are_required(office: Office, arguments: tuple[str, ...], said: str) -> None:
    result = office.desk().run("escalate", office.request(), *arguments)
    assert (result.code, said in result.err) == (2, True)


def test_an_escalation_without_words_is_refused(office: Office) -> None:
    identifier = office.request()
    before = branches(office.remote)
    assert office.desk().run("escalate", identifier, "--case", CASES[0], "--reason", "").code == 2
    assert branches(office.remote) == before


def test_former_decisions_end_with_it(office: Office) -> None:
    identifier = office.request(risk="high")
    office.approve(identifier, "security-lead")
    escalate(office, identifier, "team-disagrees")
    missing = standing(office.desk(), identifier).missing
    assert set(missing) == {"ciso", "security-lead", "engineering-manager"}


def test_who_escalates_wrote_the_terms_and_does_not_decide(office: Office) -> None:
    identifier = office.request()
    escalate(office, identifier, "team-disagrees", "ciso")
    result = office.desk("ciso").run("decide", identifier, "approve")
    assert (result.code, "cannot decide" in result.err) == (2, True)


def test_a_denied_request_goes_on_when_the_team_disagrees(office: Office) -> None:
    identifier = office.request()
    office.desk("security-team").ok("decide", identifier, "deny", "--reason", "v4 is out")
    escalate(office, identifier, "team-disagrees")
    assert standing(office.desk(), identifier).status == "requested"
    office.approve(identifier, "ciso", "security-team")
    assert standing(office.desk(), identifier).status == "active"


def test_a_denied_renewal_goes_on_when_the_business_is_blocked(office: Office) -> None:
    first = office.active()
    out = office.desk().ok("renew", first, "--why", "The vendor slipped.", "--plan", "v4 in March.")
    new = out.split("requested ")[1].split()[0]
    office.desk("security-team").ok("decide", new, "deny", "--reason", "Enough.")
    escalate(office, new, "renewal-denied")
    office.approve(new, "ciso", "security-team")
    assert standing(office.desk(), new).status == "active"


def test_what_is_in_force_stays_as_it_is_until_the_ciso_has_decided(office: Office) -> None:
    identifier = office.active()
    before = git(office.remote, "rev-parse", "main")
    escalate(office, identifier, "team-disagrees")
    assert git(office.remote, "rev-parse", "main") == before
    assert dispositions(gate(office.desk()).json()) == ["excepted"]
    office.approve(identifier, "ciso")
    assert dispositions(gate(office.desk()).json()) == ["excepted"]
    office.approve(identifier, "security-team")
    assert on_main(office.desk(), identifier) == "active"
    assert "escalation:" in office.record(identifier)
    assert list(branches(office.remote)) == ["main"]


def test_controls_that_cannot_be_implemented_stay_promised_whoever_decides(office: Office) -> None:
    # The escalation puts the question to the ciso; only a change of the record takes a control back.
    controls = [{"id": "np", "kind": "preventive", "description": "Only the gateway."}]
    identifier = office.active(controls=controls)
    escalate(office, identifier, "controls-not-implementable")
    office.approve(identifier, "ciso", "security-team")
    assert on_main(office.desk(), identifier) == "approved"
    assert dispositions(gate(office.desk()).json()) == ["pending"]


def test_what_has_ended_is_not_escalated(office: Office) -> None:
    identifier = office.active()
    office.desk().ok("revoke", identifier, "--reason", "x")
    result = office.desk().run("escalate", identifier, "--case", CASES[0], "--reason", REASON)
    assert (result.code, "revoked" in result.err) == (2, True)


def test_comments_and_order_survive_an_escalation(office: Office) -> None:
    content = record_file().replace(b"risk: medium\n", b"risk: medium   # agreed on Monday\n")
    propose(office.desk(), content)
    escalate(office, "EXC-001", "team-disagrees")
    after = git(office.remote, "show", f"exception/EXC-001:{FOLDER}/EXC-001-by-hand.md")
    assert "risk: medium   # agreed on Monday\n" in after


# --- critical in production


def critical(**fields: object) -> bytes:
    """A record of critical risk in production."""
    return record_file(risk="critical", **fields)


def blocked(office: Office) -> bool:
    """Whether the gate still stops the critical finding."""
    return gate(office.desk(), trivy_report({"severity": "critical"})).code == 1


def test_critical_in_production_cannot_be_asked_for_without_an_escalation(office: Office) -> None:
    draft = office.root / "draft.md"
    draft.write_bytes(critical())
    result = office.desk().run("request", "--file", str(draft))
    assert (result.code, "escalation" in result.err) == (2, True)


def test_critical_in_production_with_an_escalation_waits_for_the_ciso(office: Office) -> None:
    identifier = office.request(risk="critical", escalation=CRITICAL)
    assert blocked(office)
    office.approve(identifier, "vp-engineering")
    assert standing(office.desk(), identifier).missing == ("ciso",)
    assert office.desk().run("merge", identifier).code == 2
    assert blocked(office)
    office.approve(identifier, "ciso")
    assert standing(office.desk(), identifier).status == "active"
    assert not blocked(office)


def test_a_record_by_hand_can_be_escalated_and_decided(office: Office) -> None:
    propose(office.desk(), critical())
    assert standing(office.desk(), "EXC-001").status == "invalid"
    escalate(office, "EXC-001", "critical-in-production")
    office.approve("EXC-001", "vp-engineering", "ciso")
    assert standing(office.desk(), "EXC-001").status == "active"


@pytest.mark.parametrize("escalation", [None, CRITICAL])
def test_merging_it_on_the_host_does_not_make_it_active(
    office: Office, escalation: dict[str, str] | None
) -> None:
    propose(office.desk(), critical(escalation=escalation))
    office.desk("vp-engineering").run("decide", "EXC-001", "approve", "--no-merge")
    merge_on_host(office, "exception/EXC-001")
    assert on_main(office.desk(), "EXC-001") != "active"
    assert blocked(office)


def test_the_ciso_decides_though_the_charter_asks_others_for_critical_risk(tmp_path: Path) -> None:
    office = Office(tmp_path, CHARTER + "approvers: {critical: [security-team]}\n")
    identifier = office.request(risk="critical", escalation=CRITICAL)
    office.approve(identifier, "security-team")
    assert standing(office.desk(), identifier).missing == ("ciso",)
    assert blocked(office)


def test_one_person_as_ciso_and_approver_is_not_enough(tmp_path: Path) -> None:
    carol = PEOPLE["ciso"]
    office = Office(tmp_path, CHARTER.replace(PEOPLE["vp-engineering"], carol))
    identifier = office.request(risk="critical", escalation=CRITICAL)
    office.desk(carol).ok("decide", identifier, "approve", "--role", "ciso")
    second = office.desk(carol).run("decide", identifier, "approve", "--role", "vp-engineering")
    assert second.code == 2
    assert blocked(office)


def test_raising_the_risk_after_approval_is_no_way_around(office: Office) -> None:
    identifier = office.active()
    content = office.record(identifier) + "\n"
    raised = content.replace("risk: medium", "risk: critical")
    push_main(office.desk(), {office.record_path(identifier): raised})
    assert on_main(office.desk(), identifier) in {"void", "invalid"}
    assert blocked(office)
