"""The ends of an exception: closed with proof and archived, withdrawn, revoked at once; and nothing after."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from tests.process.hosts import branches, expired, merge_on_host, on_main, propose, push_main, standing
from tests.support import (
    FOLDER,
    Office,
    dispositions,
    gate,
    git,
    record_file,
    run_cli,
    today,
    trivy_report,
)

FIXED = trivy_report({"check": "KSV001"}, {"namespace": "shipping"})
EVIDENCE = "https://git.example.com/infra/pull/500"
TICKETS = ["https://tickets.example.com/PAY-318", "https://tickets.example.com/PAY-319"]


def scan(office: Office, content: str = FIXED, name: str = "scan.json") -> str:
    """A report on disk; gives its path."""
    path = office.root / name
    path.write_text(content)
    return str(path)


def remediation() -> dict[str, Any]:
    """A plan with tickets."""
    return {"target": today() + dt.timedelta(days=20), "tickets": TICKETS}


# --- closing with proof


def test_remediated_wants_proof(office: Office) -> None:
    identifier = office.active()
    result = office.desk().run("close", identifier, "--reason", "remediated")
    assert result.code == 2
    assert "--report" in result.err
    assert "--evidence" in result.err
    assert on_main(office.desk(), identifier) == "active"


def test_a_scan_that_still_shows_it_is_no_proof(office: Office) -> None:
    identifier = office.active()
    still = trivy_report({"check": "KSV001"}, {"resource": "Deployment/billing-web"})
    result = office.desk().run("close", identifier, "--reason", "remediated", "--report", scan(office, still))
    assert result.code == 2
    assert "KSV012" in result.err
    assert "Deployment/billing-web" in result.err
    assert on_main(office.desk(), identifier) == "active"


def test_of_several_scans_all_must_be_clean(office: Office) -> None:
    identifier = office.active()
    clean, still = scan(office), scan(office, trivy_report(), "still.json")
    reports = ("--report", clean, "--report", still)
    result = office.desk().run("close", identifier, "--reason", "remediated", *reports)
    assert (result.code, "still.json" in result.err) == (2, True)


def test_a_finding_that_the_scanner_was_told_to_ignore_is_no_proof(office: Office) -> None:
    identifier = office.active()
    report = json.loads(trivy_report())
    (result,) = report["Resources"][0]["Results"]
    (finding,) = result.pop("Misconfigurations")
    result["ExperimentalModifiedFindings"] = [
        {"Type": "misconfiguration", "Status": "ignored", "Statement": "later", "Finding": finding}
    ]
    path = scan(office, json.dumps(report))
    answer = office.desk().run("close", identifier, "--reason", "remediated", "--report", path)
    assert answer.code == 2
    assert on_main(office.desk(), identifier) == "active"


@pytest.mark.parametrize("content", ["", "{", "hello", '{"Results": "?"}'])
def test_a_scan_that_cannot_be_read_is_no_proof(office: Office, content: str) -> None:
    identifier = office.active()
    path = scan(office, content)
    result = office.desk().run("close", identifier, "--reason", "remediated", "--report", path)
    assert (result.code, "scan.json" in result.err) == (2, True)
    assert on_main(office.desk(), identifier) == "active"


def test_a_clean_scan_closes_archives_and_lists_the_tickets(office: Office) -> None:
    identifier = office.active(remediation=remediation())
    name = Path(office.record_path(identifier)).name
    before = office.record(identifier)
    out = office.desk().ok("close", identifier, "--reason", "remediated", "--report", scan(office))
    for ticket in TICKETS:
        assert ticket in out
    assert office.record_path(identifier) == f"{FOLDER}/archive/{name}"
    after = office.record(identifier)
    assert f"closed: {{date: {today()}, by: dana@example.com, reason: remediated}}" in after
    assert "scan.json" in after  # the proof is in the record
    assert [line for line in before.splitlines() if line not in after] == []
    assert on_main(office.desk(), identifier) == "closed"
    assert dispositions(gate(office.desk()).json()) == ["open"]


def test_evidence_is_proof_too_and_is_kept(office: Office) -> None:
    identifier = office.active()
    office.desk().ok("close", identifier, "--reason", "remediated", "--evidence", EVIDENCE)
    assert EVIDENCE in office.record(identifier)
    assert EVIDENCE in git(office.remote, "log", "-1", "--format=%B", "main")
    assert on_main(office.desk(), identifier) == "closed"


@pytest.mark.parametrize("reason", ["superseded", "withdrawn", "not-needed"])
def test_other_reasons_need_no_proof(office: Office, reason: str) -> None:
    identifier = office.active()
    office.desk().ok("close", identifier, "--reason", reason)
    assert f"reason: {reason}}}" in office.record(identifier)
    assert on_main(office.desk(), identifier) == "closed"


def test_a_reason_that_is_none_is_refused(office: Office) -> None:
    result = office.desk().run("close", office.active(), "--reason", "tired")
    assert (result.code, "remediated" in result.err) == (2, True)


def test_what_has_expired_can_be_closed(office: Office) -> None:
    identifier = expired(office)
    assert on_main(office.desk(), identifier) == "expired"
    office.desk().ok("close", identifier, "--reason", "expired")
    assert on_main(office.desk(), identifier) == "closed"


def test_the_history_tells_the_end(office: Office) -> None:
    identifier = office.active()
    office.desk().ok("close", identifier, "--reason", "remediated", "--evidence", EVIDENCE)
    shown = office.desk().ok("history", identifier, "--fetch", "--output", "json")
    kinds = [event["kind"] for event in json.loads(shown)]
    assert {"requested", "approved", "merged", "closed"} <= set(kinds)


# --- withdrawing


def test_a_request_is_withdrawn_with_its_history(office: Office) -> None:
    identifier = office.request(remediation=remediation())
    office.desk("security-team").ok("decide", identifier, "ask", "--question", "Really?")
    office.desk().ok("close", identifier, "--reason", "withdrawn")
    assert list(branches(office.remote)) == ["main"]
    assert "/archive/" in office.record_path(identifier)
    assert on_main(office.desk(), identifier) == "closed"
    assert "Really?" in git(office.remote, "log", "--format=%B", "main")
    assert dispositions(gate(office.desk()).json()) == ["open"]


def test_withdrawing_lists_the_tickets_too(office: Office) -> None:
    identifier = office.request(remediation=remediation())
    out = office.desk().ok("close", identifier, "--reason", "withdrawn")
    for ticket in TICKETS:
        assert ticket in out


def test_what_else_a_withdrawn_branch_changed_does_not_reach_main(office: Office) -> None:
    identifier = office.request()
    desk = office.desk()
    desk.git("checkout", "--quiet", f"exception/{identifier}")
    desk.commit({"app.py": "print()\n", f"{FOLDER}/charter.yaml": "version: 1\napprovals: merged\n"})
    desk.git("push", "--quiet", "origin", f"exception/{identifier}")
    desk.git("checkout", "--quiet", "main")
    before = git(office.remote, "rev-parse", "main")
    office.desk("security-team").ok("close", identifier, "--reason", "withdrawn")
    changed = git(office.remote, "diff", "--name-only", before, "main")
    assert changed == office.record_path(identifier)


def test_a_denied_request_is_closed_the_same_way(office: Office) -> None:
    identifier = office.request()
    office.desk("security-team").ok("decide", identifier, "deny", "--reason", "v4 is out")
    office.desk().ok("close", identifier, "--reason", "withdrawn")
    assert on_main(office.desk(), identifier) == "closed"


# --- revoking


def test_revoking_takes_effect_at_once(office: Office) -> None:
    identifier = office.active()
    assert dispositions(gate(office.desk()).json()) == ["excepted"]
    office.desk("eve@example.com").ok("revoke", identifier, "--reason", "The gateway was bypassed")
    assert dispositions(gate(office.desk()).json()) == ["open"]
    now = standing(office.desk(), identifier)
    assert (now.status, now.reason) == ("revoked", "The gateway was bypassed")
    assert "by: eve@example.com" in office.record(identifier)
    assert "/archive/" not in office.record_path(identifier)


def test_revoking_wants_a_reason(office: Office) -> None:
    result = office.desk().run("revoke", office.active())
    assert (result.code, "--reason" in result.err) == (2, True)


def test_a_request_is_withdrawn_and_not_revoked(office: Office) -> None:
    identifier = office.request()
    result = office.desk().run("revoke", identifier, "--reason", "No.")
    assert result.code == 2
    assert f"reprieve close {identifier} --reason withdrawn" in result.err


@pytest.mark.parametrize("name", ["escalate", "change", "zzz"])
def test_a_branch_of_the_same_id_does_not_keep_anybody_from_ending_it(office: Office, name: str) -> None:
    # Anybody may push a branch; what is in force is ended all the same.
    identifier = office.active()
    content = record_file(id=identifier, owner="web")
    file = Path(office.record_path(identifier)).stem.removeprefix(f"{identifier}-")
    propose(office.desk(), content, identifier, branch=f"exception/{identifier}-{name}", name=file)
    office.desk().ok("revoke", identifier, "--reason", "The gateway was bypassed")
    assert on_main(office.desk(), identifier) == "revoked"


def test_closing_while_a_change_is_asked_for_leaves_one_file(office: Office) -> None:
    identifier = office.active()
    escalation = ("--case", "team-disagrees", "--reason", "It blocks us")
    office.desk().ok("escalate", identifier, *escalation)
    office.desk().ok("close", identifier, "--reason", "not-needed")
    assert "/archive/" in office.record_path(identifier)
    assert on_main(office.desk(), identifier) == "closed"
    assert standing(office.desk(), identifier).status == "closed"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"controls": [{"id": "np", "kind": "preventive", "description": "Soon."}]}, "approved"),
        ({"risk": "high"}, "requested"),
    ],
)
def test_whatever_is_merged_can_be_revoked(office: Office, fields: dict[str, Any], status: str) -> None:
    propose(office.desk(), record_file(**fields), "EXC-001")
    if status == "approved":
        office.desk("security-team").ok("decide", "1", "approve", "--no-merge")
    merge_on_host(office, "exception/EXC-001")
    assert on_main(office.desk(), "EXC-001") == status
    office.desk().ok("revoke", "EXC-001", "--reason", "No.")
    assert on_main(office.desk(), "EXC-001") == "revoked"


def test_an_invalid_record_can_be_ended_or_says_why_not(office: Office) -> None:
    desk = office.desk("admin@example.com")
    push_main(desk, {f"{FOLDER}/EXC-001-wide.md": record_file(scope=[{"checks": ["*"]}])})
    desk.ok("revoke", "EXC-001", "--reason", "Far too wide.")
    assert on_main(desk, "EXC-001") == "revoked"
    broken = record_file(id="EXC-002").replace(b"risk: medium", b"risk: enormous")
    push_main(desk, {f"{FOLDER}/EXC-002-broken.md": broken})
    for arguments in (
        ["revoke", "2", "--reason", "x"],
        ["close", "2", "--reason", "not-needed"],
        ["close", "2", "--reason", "remediated", "--report", scan(office)],
    ):
        result = desk.run(*arguments)
        assert (result.code, "EXC-002" in result.err) == (2, True)


# --- nothing after the end


_LATER = [
    ["progress", "EXC-001", "note"],
    ["incident", "EXC-001", "note"],
    ["control", "EXC-001", "network-policy"],
    ["decide", "EXC-001", "approve", "--role", "security-team"],
    ["decide", "EXC-001", "deny", "--reason", "x"],
    ["decide", "EXC-001", "ask", "--question", "x"],
    ["answer", "EXC-001", "--text", "x"],
    ["merge", "EXC-001"],
    ["revoke", "EXC-001", "--reason", "x"],
    ["close", "EXC-001", "--reason", "not-needed"],
    ["escalate", "EXC-001", "--case", "team-disagrees", "--reason", "x"],
    ["renew", "EXC-001", "--why", "x", "--plan", "x"],
]


@pytest.mark.parametrize("end", ["close", "revoke", "withdraw", "delete"])
def test_nothing_is_done_to_what_has_ended(office: Office, end: str) -> None:
    identifier = office.request() if end == "withdraw" else office.active()
    desk = office.desk("security-team")
    if end == "delete":
        push_main(desk, {office.record_path(identifier): None})
    elif end == "revoke":
        desk.ok("revoke", identifier, "--reason", "Over.")
    else:
        desk.ok("close", identifier, "--reason", "withdrawn")
    before = branches(office.remote)
    for arguments in _LATER:
        result = desk.run(*arguments)
        assert result.code == 2, f"{arguments}: {result.out}"
        assert (
            "clos" in result.err
            or "revoked" in result.err
            or "merged" in result.err
            or (arguments[0] == "answer")
        ), f"{arguments}: {result.err}"
    assert branches(office.remote) == before


def test_the_same_may_be_asked_for_again_under_another_id(office: Office) -> None:
    identifier = office.active()
    office.desk().ok("close", identifier, "--reason", "not-needed")
    again = office.active()
    assert again != identifier
    assert dispositions(gate(office.desk()).json()) == ["excepted"]


def test_on_its_last_day_it_was_still_in_force(office: Office) -> None:
    identifier = expired(office)
    late = today() - dt.timedelta(days=1)
    shown = run_cli(
        "gate",
        "-",
        "--now",
        str(late),
        "--output",
        "json",
        cwd=office.desk("eve@example.com").directory,
        stdin=trivy_report(),
    )
    assert dispositions(shown.json()) == ["excepted"]
    assert shown.json()["findings"][0]["exception"] == identifier
