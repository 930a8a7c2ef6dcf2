"""What an exception silences: counted as the gate counts, for one as for many, and by hand."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reprieve.findings.model import Finding
from reprieve.match.matcher import Matcher
from reprieve.match.model import Scoped
from reprieve.record.model import Record, ScopeEntry
from reprieve.standing.radius import Radius, Share, blast, blasts
from tests.record.records import record
from tests.standing.results import finding
from tests.support import CHARTER, Office, record_file, trivy_report

CHECKS = ("KSV012", "KSV-0012", "KSV001", "CVE-2026-1")
FINDINGS = st.lists(
    st.builds(
        finding,
        check=st.sampled_from(CHECKS),
        severity=st.sampled_from(("critical", "high", "medium", "low", "info", "unknown")),
        cluster=st.sampled_from(("prod-eu-1", "dev-1", None)),
        namespace=st.sampled_from(("billing", "shipping", None)),
        fix=st.none() | st.just("2"),
        suppressed=st.none() | st.just(""),
    ),
    max_size=20,
)
SCOPES = st.lists(
    st.fixed_dictionaries(
        {"checks": st.lists(st.sampled_from((*CHECKS, "KSV*")), min_size=1, max_size=2)},
        optional={
            "clusters": st.just(["prod-*"]),
            "namespaces": st.lists(st.sampled_from(("billing", "s*")), min_size=1, max_size=1),
        },
    ),
    min_size=1,
    max_size=2,
)
RECORDS = st.lists(
    st.tuples(
        SCOPES,
        st.sampled_from(("high", "medium", "low")),
        st.lists(st.sampled_from(("fix-available", "severity-raised")), max_size=2, unique=True),
        st.sampled_from(("production", "development")),
    ),
    max_size=4,
).map(
    lambda found: [
        record(id=f"EXC-{number:03d}", scope=scope, risk=risk, voids=voids, environment=environment)
        for number, (scope, risk, voids, environment) in enumerate(found, start=1)
    ]
)


def environment_of(cluster: str | None) -> Any:
    return "development" if cluster == "dev-1" else "production"


@settings(deadline=None)
@given(RECORDS, FINDINGS)
def test_each_radius_is_what_a_gate_with_that_record_alone_excepts(
    records: list[Record], findings: list[Finding]
) -> None:
    together = blasts(records, findings, environment_of=environment_of, samples=3)
    for one in records:
        outcomes = Matcher([Scoped.of(one)], environment_of).outcomes(findings)
        silenced = [f for f, o in zip(findings, outcomes, strict=True) if o.disposition == "excepted"]
        radius = together[one.id]
        assert radius == blast(one, findings, environment_of=environment_of, samples=3)
        assert radius.findings == len(silenced)
        assert radius.native == sum(each.suppressed is not None for each in silenced)
        assert radius.voided == sum(outcome.voided_by is not None for outcome in outcomes)
        for shares, field in (
            (radius.clusters, "cluster"),
            (radius.namespaces, "namespace"),
            (radius.checks, "check"),
            (radius.severities, "severity"),
        ):
            counted = Counter(getattr(each, field) for each in silenced)
            assert {share.value: share.findings for share in shares} == counted
        assert len(radius.samples) == min(3, len(silenced))
        rest = Counter(map(id, silenced))
        rest.subtract(map(id, radius.samples))
        assert min(rest.values(), default=0) >= 0, "samples are of what is silenced, each once"


def test_shares_are_in_order() -> None:
    found = blast(
        record(scope=[{"checks": ["KSV*"], "resources": ["*-api"]}]),
        [
            finding("KSV001", severity="low"),
            finding("KSV012", severity="critical", namespace=None),
            finding("KSV012", severity="unknown", namespace="a"),
        ],
    )
    assert found.checks == (Share("KSV012", 2), Share("KSV001", 1))
    assert found.namespaces == (Share("a", 1), Share("billing", 1), Share(None, 1))
    assert [share.value for share in found.severities] == ["critical", "low", "unknown"]
    assert [each.severity for each in found.samples] == ["critical", "low", "unknown"]


def test_samples_are_of_different_places_and_checks_first() -> None:
    many = [finding(resource=f"Deployment/billing-{n}") for n in range(50)]
    found = blast(record(), [*many, finding(cluster="prod-us-1", resource="Deployment/billing-x")], samples=3)
    assert [each.cluster for each in found.samples] == ["prod-eu-1", "prod-us-1", "prod-eu-1"]


def test_a_scope_alone_has_no_environment_and_no_voids() -> None:
    entry = ScopeEntry(checks=("KSV012",), namespaces=("billing",))
    assert blast([entry], [finding(fix="2", severity="critical"), finding("KSV001")]).findings == 1


def test_fingerprints_are_worked_out_when_nobody_gives_them() -> None:
    from reprieve.findings.fingerprint import fingerprints

    findings = [finding(), finding(), finding("KSV001")]
    own = record(scope=[{"fingerprints": [fingerprints(findings)[1]]}])
    assert blast(own, findings).findings == 1


def test_two_records_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="one id"):
        blasts([record(), record()], [])


def test_nothing_is_a_radius_too() -> None:
    assert blasts([record()], []) == {"EXC-001": Radius()}
    assert blasts([], [finding()]) == {}


def test_a_million_findings_are_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a step for each record: the matcher sees each finding once, however many records there are."""
    seen = 0
    outcomes = Matcher.outcomes

    def counted(self: Matcher, findings: Any, fingerprints: Any = None) -> Any:
        nonlocal seen
        seen += len(findings)
        return outcomes(self, findings, fingerprints)

    monkeypatch.setattr(Matcher, "outcomes", counted)
    records = [record(id=f"EXC-{number:03d}") for number in range(1, 40)]
    findings = list(itertools.repeat(finding(), 1000))
    assert all(radius.findings == 1000 for radius in blasts(records, findings).values())
    assert seen == 1000


# --- the command


@pytest.fixture
def mapped(tmp_path: Path) -> Office:
    return Office(tmp_path, CHARTER + "environments: {dev-*: development}\n")


def scan(office: Office, *names: str, cluster: str = "prod-eu-1", file: str = "scan.json") -> str:
    found = ({"resource": f"Deployment/billing-{name}"} for name in names)
    (office.desk().directory / file).write_text(trivy_report(*found, cluster=cluster))
    return file


def radius_of(office: Office, *arguments: str) -> Any:
    result = office.desk().run("blast-radius", *arguments, "--fetch", "--output", "json")
    assert result.code == 0, result.err
    return result.json()


def test_of_a_record_a_request_and_a_draft(mapped: Office) -> None:
    active, file = mapped.active(), scan(mapped, "a", "b")
    asked = mapped.request(scope=[{"checks": ["KSV*"], "namespaces": ["billing"]}], summary="Wider.")
    (mapped.desk().directory / "draft.md").write_bytes(record_file(id=None, summary="A draft."))
    for what, status in ((active, "active"), (asked, "requested"), ("draft.md", None), ("exc-1", "active")):
        found = radius_of(mapped, what, file)
        assert (found["status"], found["reach"]["radius"]["findings"]) == (status, 2), what
    said = mapped.desk().ok("blast-radius", asked, file, "--fetch")
    assert "would silence 2 findings of 2 in scan.json" in said
    assert "silences 2 findings" in mapped.desk().ok("blast-radius", active, file, "--fetch")
    assert "in no register" in mapped.desk().ok("blast-radius", "draft.md", file, "--fetch")


def test_a_draft_needs_no_register(tmp_path: Path) -> None:
    from tests.support import run_cli

    (tmp_path / "draft.md").write_bytes(record_file())
    (tmp_path / "scan.json").write_text(trivy_report())
    result = run_cli("blast-radius", "draft.md", "scan.json", cwd=tmp_path)
    assert (result.code, "no register" in result.out) == (0, True)


def test_by_the_charters_environments(mapped: Office) -> None:
    identifier = mapped.active()
    file = scan(mapped, "a", cluster="dev-1")
    assert radius_of(mapped, identifier, file)["reach"]["radius"]["findings"] == 0
    options = ("--environment", "production")
    assert radius_of(mapped, identifier, file, *options)["reach"]["radius"]["findings"] == 1
    assert radius_of(mapped, identifier, file, "--cluster", "prod")["reach"]["radius"]["findings"] == 1


def test_growth_since_the_approval_is_flagged(mapped: Office) -> None:
    identifier = mapped.request(risk="medium")
    before = scan(mapped, "a", "b", "c", file="before.json")
    sam = mapped.desk("security-team")
    (sam.directory / before).write_text((mapped.desk().directory / before).read_text())
    sam.ok("decide", identifier, "approve", "--report", before)
    now = scan(mapped, *map(str, range(41)), file="now.json")
    found = radius_of(mapped, identifier, now)
    assert found["reach"]["noted"] == {"findings": 3, "by": sam.email, "approved": True}
    assert (found["grew"], found["too_broad"]) == (True, False)
    assert "It grew from 3 to 41 findings" in mapped.desk().ok("blast-radius", identifier, now, "--fetch")
    same = mapped.desk().ok("blast-radius", identifier, before, "--fetch")
    assert "3 findings when it was approved" in same
    assert "grew" not in same


def test_who_asked_from_a_report_has_counted(mapped: Office) -> None:
    file = scan(mapped, "a", "b")
    desk = mapped.desk()
    prints = [row["fingerprint"] for row in desk.run("gate", file, "-o", "json").json()["findings"]]
    desk.ok(
        *("request", "--from", file, "--finding", prints[0], "--finding", prints[1], "--risk", "medium"),
        *("--summary", "Root.", "--reason", "false-positive", "--owner", "payments", "--plan", "v4"),
        *("--justification", "x", "--risk-assessment", "y", "--compensating-controls", "none"),
    )
    noted = radius_of(mapped, "EXC-001", file)["reach"]["noted"]
    assert noted == {"findings": 2, "by": desk.email, "approved": False}
    assert "2 findings when it was asked for" in desk.ok("blast-radius", "EXC-001", file, "--fetch")


def test_above_the_limit_though_approved_as_within(tmp_path: Path) -> None:
    office = Office(tmp_path, CHARTER + "limits: {breadth: 3}\n")
    identifier = office.request(risk="medium")
    sam = office.desk("security-team")
    (sam.directory / "few.json").write_text(trivy_report())
    sam.ok("decide", identifier, "approve", "--report", "few.json")
    said = office.desk().ok("blast-radius", identifier, scan(office, *"abcd"), "--fetch")
    assert "More than the 3 above which the charter wants a higher approver" in said
    assert "More than" not in office.desk().ok("blast-radius", identifier, scan(office, *"abc"), "--fetch")


def test_names_from_reports_cannot_steer_a_terminal(mapped: Office) -> None:
    identifier = mapped.active(scope=[{"checks": ["KSV012"], "namespaces": ["*ing", "b*"]}])
    report = trivy_report({"namespace": "b\x1b[31m\n::error::x", "resource": "Deployment/\u202ex"})
    (mapped.desk().directory / "scan.json").write_text(report)
    said = mapped.desk().ok("blast-radius", identifier, "scan.json", "--fetch")
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert not any(line.startswith("::") for line in said.splitlines())


@pytest.mark.parametrize(
    "arguments", [("EXC-099", "scan.json"), ("nowhere.md", "scan.json"), ("EXC-001", "x.json")]
)
def test_what_cannot_be_told_is_an_error(mapped: Office, arguments: tuple[str, ...]) -> None:
    mapped.active()
    scan(mapped, "a")
    assert mapped.desk().run("blast-radius", *arguments).code == 2
