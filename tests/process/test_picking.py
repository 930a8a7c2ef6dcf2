"""Asking from a report: what is picked is covered, and nothing else."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reprieve.findings.aliases import names_of
from reprieve.findings.fingerprint import fingerprints
from reprieve.findings.model import Finding
from reprieve.findings.reading import read_report
from reprieve.match.exact import exact_scope
from reprieve.record import glob
from reprieve.record.charter import Charter
from reprieve.record.document import Document, parse
from reprieve.record.model import ScopeEntry
from reprieve.record.rules import problems_of
from tests.process.asking import document, flags, without_scope, write
from tests.process.hosts import EXECUTABLE, branches
from tests.support import CHARTER, FOLDER, Desk, Office, dispositions, gate, record_file, trivy_report
from tests.waiting import PATIENCE

# --- from a report


def test_a_finding_is_picked_by_its_fingerprint_and_nothing_else_is_covered(office: Office) -> None:
    report = trivy_report(
        {"check": "KSV012"}, {"check": "KSV001"}, {"check": "KSV012", "resource": "Deployment/other"}
    )
    path = write(office, report, "trivy.json")
    desk = office.desk()
    picked = fingerprints(read_report(path).findings)[1]
    desk.ok("request", "--from", path, "--finding", picked, *without_scope())
    assert dispositions(gate(desk, report).json()) == ["open", "pending", "open"]
    office.approve("EXC-001", "security-team")
    desk.ok("control", "EXC-001", "network-policy")
    assert dispositions(gate(desk, report).json()) == ["open", "excepted", "open"]


def test_the_risk_is_that_of_the_worst_finding_picked(office: Office) -> None:
    path = write(office, trivy_report({"severity": "low"}, {"check": "KSV001", "severity": "high"}))
    prints = fingerprints(read_report(path).findings)
    picks = [part for mark in prints for part in ("--finding", mark[:8])]
    office.desk().ok("request", "--from", path, *picks, *without_scope(risk=None))
    assert document(office).record.risk == "high"


def test_without_a_terminal_it_lists_what_can_be_picked(office: Office) -> None:
    path = write(office, trivy_report({}, {"check": "KSV001"}))
    result = office.desk().run("request", "--from", path, *without_scope())
    assert result.code == 2
    for fingerprint in fingerprints(read_report(path).findings):
        assert fingerprint in result.err
    assert "--finding" in result.err


@pytest.mark.parametrize("finding", ["ffffffffffff", "abc", ""])
def test_a_fingerprint_that_names_no_finding_is_refused(office: Office, finding: str) -> None:
    path = write(office, trivy_report())
    result = office.desk().run("request", "--from", path, "--finding", finding, *without_scope())
    assert result.code == 2
    assert "--finding" in result.err
    assert list(branches(office.remote)) == ["main"]


@pytest.mark.parametrize("content", ["", "{", '{"Results": "?"}', "hello"])
def test_a_report_that_cannot_be_read_is_an_error(office: Office, content: str) -> None:
    path = write(office, content, "report.json")
    result = office.desk().run("request", "--from", path, "--finding", "0" * 8, *without_scope())
    assert result.code == 2
    assert "report.json" in result.err


def test_nothing_to_pick_in_a_clean_report(office: Office) -> None:
    clean = json.dumps({"ClusterName": "prod-eu-1", "Resources": []})
    result = office.desk().run("request", "--from", write(office, clean), *without_scope())
    assert (result.code, "nothing fails" in result.err) == (2, True)


def test_scope_flags_beside_a_report_are_refused(office: Office) -> None:
    result = office.desk().run("request", "--from", write(office, trivy_report()), *flags())
    assert (result.code, "--from" in result.err) == (2, True)


def test_what_is_picked_is_covered_in_the_environment_it_is_in(tmp_path: Path) -> None:
    office = Office(tmp_path, CHARTER + "environments: {stage-*: staging}\n")
    report = trivy_report(cluster="stage-1")
    path = write(office, report)
    picked = fingerprints(read_report(path).findings)[0]
    office.desk().ok("request", "--from", path, "--finding", picked, *without_scope())
    assert document(office).record.environment == "staging"
    assert dispositions(gate(office.desk(), report).json()) == ["pending"]


@pytest.mark.parametrize(("answer", "picked"), [("1, 3-4", [0, 2, 3]), ("2", [1]), ("all", [0, 1, 2, 3])])
def test_in_a_terminal_findings_are_picked_from_a_list(
    office: Office, answer: str, picked: list[int]
) -> None:
    checks = ["KSV001", "KSV003", "KSV012", "KSV014"]
    report = trivy_report(*({"check": check} for check in checks))
    path = write(office, report)
    code, shown = in_terminal(office.desk(), answer, "request", "--from", path, *without_scope())
    assert code == 0, shown
    for check in checks:
        assert check in shown
    expected = ["pending" if index in picked else "open" for index in range(4)]
    assert dispositions(gate(office.desk(), report).json()) == expected


def test_in_a_terminal_a_wrong_answer_changes_nothing(office: Office) -> None:
    path = write(office, trivy_report())
    code, shown = in_terminal(office.desk(), "7", "request", "--from", path, *without_scope())
    assert (code, "1 to 1" in shown) == (2, True)
    assert list(branches(office.remote)) == ["main"]


def in_terminal(desk: Desk, answer: str, *arguments: str) -> tuple[int, str]:
    """The installed command in a terminal of its own; the answer is typed when it asks."""
    terminal, theirs = pty.openpty()
    process = subprocess.Popen(
        [EXECUTABLE, *arguments], cwd=desk.directory, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    shown, typed, until = "", False, time.monotonic() + PATIENCE
    try:
        while time.monotonic() < until:
            ready, _, _ = select.select([terminal], [], [], 1)
            if ready:
                try:
                    data = os.read(terminal, 65536)
                except OSError:  # Linux says EIO when the other side is closed
                    break
                if not data:
                    break
                shown += data.decode("utf-8", "replace")
            if "Which?" in shown and not typed:
                os.write(terminal, f"{answer}\n".encode())
                typed = True
        return process.wait(timeout=PATIENCE), shown
    finally:
        os.close(terminal)


# --- the exact scope, for any report


# What YAML, the pattern language or the document format could take for something else.
_ODD = ["yes", "null", "~", "1.20", "2026-01-01", "0x1F", "1_000", "<<", "=", "a: b", "- a", "TRUE", " a"]
_ODD += ["&a", "!a", "#a", "'a", '"a', "[a", "{a", "a, b", "%a", "@a", "`a", "a\\b", "ä", "a\u0308", "a/b"]
_HOSTILE = ["a" * 1001, "*", "?", "a*", "b?", "a\n", "a\tb", "\x1b[2Ja", "\u202eab", "\ufeffa"]
_NAMES = st.sampled_from(["a", "b", "billing", *_ODD, *_HOSTILE])
_CHECKS = st.sampled_from(["a", "b", "KSV012", "KSV-0012", "AVD-KSV-0012", *_ODD])
_MAYBE = st.none() | _NAMES
_FINDINGS = st.lists(
    st.builds(
        Finding,
        type=st.sampled_from(["misconfiguration", "vulnerability"]),
        check=_CHECKS,
        severity=st.just("high"),
        tool=st.just("tool"),
        aliases=st.lists(_CHECKS, max_size=1).map(tuple),
        cluster=_MAYBE,
        namespace=_MAYBE,
        resource=_MAYBE,
        path=_MAYBE,
        image=_MAYBE,
        package=_MAYBE,
        repository=_MAYBE,
        fix=st.none() | st.just("1.2"),
        context=st.sampled_from(["", "one", "two"]),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=200, deadline=None, phases=[Phase.explicit, Phase.generate, Phase.shrink])
@given(_FINDINGS, st.data())
def test_the_scope_is_valid_and_covers_exactly_what_was_picked(
    findings: list[Finding], data: st.DataObject
) -> None:
    chosen = data.draw(st.sets(st.integers(0, len(findings) - 1), min_size=1))
    _assert_exact(findings, chosen)


@pytest.mark.parametrize("check", _HOSTILE)
@pytest.mark.parametrize("namespace", ["billing", None])
def test_a_check_with_a_hostile_name_can_be_picked_too(check: str, namespace: str | None) -> None:
    # Rule ids of SARIF are any text at all.
    one = Finding("misconfiguration", check, "high", "tool", namespace=namespace, resource="Deployment/a")
    _assert_exact([one, replace(one, resource="Deployment/b")], {0})
    _assert_exact([one, replace(one, check="other")], {0})


def _assert_exact(findings: list[Finding], chosen: set[int]) -> None:
    """The scope of what was picked makes a valid record, which covers that and nothing else."""
    prints = fingerprints(findings)
    entries = exact_scope(chosen, findings, prints)
    parsed = parse(f"{FOLDER}/EXC-001-billing.md", record_file(scope=entries))
    assert isinstance(parsed, Document), parsed
    assert problems_of(parsed, Charter(version=1)) == []
    covered = {
        index
        for index, finding in enumerate(findings)
        if any(_within(entry, finding, prints[index]) for entry in parsed.record.scope)
    }
    assert covered == chosen


def _within(entry: ScopeEntry, finding: Finding, fingerprint: str) -> bool:
    """Design section 2, read off the page: every key given must match, by any of its values."""
    values: dict[str, tuple[str, ...]] = {
        "checks": names_of(finding.check, finding.aliases),
        "clusters": (finding.cluster,) if finding.cluster else (),
        "namespaces": (finding.namespace,) if finding.namespace else (),
        "resources": (finding.resource,) if finding.resource else (),
        "paths": (finding.path,) if finding.path else (),
        "images": (finding.image,) if finding.image else (),
        "repositories": (finding.repository,) if finding.repository else (),
        "packages": (finding.package,) if finding.package else (),
        "fingerprints": (fingerprint,),
    }
    return (not entry.type or entry.type == finding.type) and all(
        any(glob.matches(pattern, value) for pattern in getattr(entry, key) for value in values[key])
        for key in values
        if getattr(entry, key)
    )


def test_neighbours_that_differ_in_one_thing_stay_outside(office: Office) -> None:
    chosen = {"check": "KSV012", "namespace": "billing", "resource": "Deployment/billing-api"}
    report = trivy_report(
        chosen,
        {**chosen, "check": "KSV0121"},
        {**chosen, "namespace": "billing-2"},
        {**chosen, "resource": "Deployment/billing-api-2"},
        {**chosen, "resource": "DaemonSet/billing-api"},
    )
    path = write(office, report)
    mark = fingerprints(read_report(path).findings)[0]
    office.desk().ok("request", "--from", path, "--finding", mark, *without_scope())
    assert dispositions(gate(office.desk(), report).json()) == ["pending", *["open"] * 4]
