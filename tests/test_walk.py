"""The shortest walk through the whole: ask, decide, gate."""

from __future__ import annotations

from tests.support import Office, dispositions, gate


def test_request_is_pending_and_an_approved_one_suppresses(office: Office) -> None:
    identifier = office.request()
    pending = gate(office.desk())
    assert pending.code == 1
    assert dispositions(pending.json()) == ["pending"]
    office.approve(identifier, "security-team")
    passed = gate(office.desk())
    assert passed.code == 0, passed.out
    assert dispositions(passed.json()) == ["excepted"]
    assert passed.json()["findings"][0]["exception"] == identifier


def test_finding_outside_the_scope_stays_open(office: Office) -> None:
    office.active()
    from tests.support import trivy_report

    result = gate(office.desk(), trivy_report({"namespace": "shipping"}))
    assert (result.code, dispositions(result.json())) == (1, ["open"])
