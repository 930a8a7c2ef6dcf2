"""The register's word over the findings in the index is the gate's, whatever changed in between."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reprieve.api import gate
from reprieve.findings.fingerprint import fingerprints
from reprieve.findings.reading import read_report
from reprieve.match.model import Scoped
from reprieve.record.charter import Charter
from reprieve.record.model import ScopeEntry, id_number
from reprieve.register.register import Register
from tests.console.desk import Console
from tests.console.uploads import several, stored, taken
from tests.support import CHARTER, FOLDER, today, trivy_report

_SHOP = {"scope": [{"checks": ["KSV001"], "namespaces": ["shop"]}]}


def _register(console: Console) -> Register:
    return Register.open(str(console.office.desk("console@example.com").directory), fetch=True)


def _agrees(console: Console, reports: dict[str, str], tmp_path: Path) -> None:
    """What the index says of these targets' findings is what the gate says of the reports."""
    from reprieve.console.config import config
    from reprieve.console.index.models import Case, Finding

    covered: dict[int, int] = {}
    for target, text in reports.items():
        path = tmp_path / f"{target}.json"
        path.write_text(text)
        verdict = gate([read_report(str(path))], _register(console), now=config().present())
        expected = {
            fingerprint: (
                outcome.disposition,
                id_number(outcome.exception) if outcome.exception else None,
                outcome.voided_by,
            )
            for fingerprint, outcome in zip(fingerprints(verdict.findings), verdict.outcomes, strict=True)
        }
        rows = Finding.objects.filter(target__name=target)
        columns = ("fingerprint", "disposition", "exception", "voided_by")
        assert {row[0]: row[1:] for row in rows.values_list(*columns)} == expected
        for one in verdict.exceptions:
            number = id_number(one.id) or 0
            covered[number] = covered.get(number, 0) + one.covered
    for number, count in Case.objects.values_list("number", "covered"):
        assert count == covered.get(number, 0)


def test_follow_a_request_through_its_life(console: Console, tmp_path: Path) -> None:
    from reprieve.console.index.models import Finding

    office = console.office
    reports = {"a": several(3), "b": trivy_report({}, {"check": "KSV001", "namespace": "other"})}
    for target, report in reports.items():
        taken(report, target=target)

    def now() -> list[str]:
        console.sync()
        _agrees(console, reports, tmp_path)
        found = Finding.objects.filter(check_id="KSV001", namespace="shop")
        return sorted(set(found.values_list("disposition", flat=True)))

    assert now() == ["open"]
    identifier = office.request(risk="medium", expires=today() + dt.timedelta(days=20), **_SHOP)
    assert now() == ["pending"]
    office.approve(identifier, "security-team")
    assert now() == ["excepted"]
    console.at(dt.datetime.combine(today() + dt.timedelta(days=21), dt.time(), dt.UTC))
    assert now() == ["expired"]
    office.desk("security-team").ok("revoke", identifier, "--reason", "over")
    assert now() == ["open"]


def test_an_upload_is_judged_as_it_comes(console: Console, tmp_path: Path) -> None:
    console.office.active(**_SHOP)
    console.sync()
    counts = taken(several(4), target="a").scan.counts
    assert counts == {"medium": {"excepted": 4}}
    _agrees(console, {"a": several(4)}, tmp_path)


def test_an_upload_between_two_looks_is_judged_anew_by_the_next(console: Console, tmp_path: Path) -> None:
    taken(several(2), target="a")
    console.office.active(**_SHOP)
    taken(several(3), target="b")
    console.sync()
    _agrees(console, {"a": several(2), "b": several(3)}, tmp_path)


def test_the_charter_changes(console: Console, tmp_path: Path) -> None:
    console.office.active(**_SHOP)
    console.sync()
    reports = {"a": several(2, cluster="stage-1")}
    taken(reports["a"], target="a")
    admin = console.office.desk("admin@example.com")
    admin.git("pull", "--quiet")
    admin.commit({f"{FOLDER}/charter.yaml": CHARTER + "environments: {stage-*: staging}\n"})
    admin.git("push", "--quiet", "origin", "main")
    console.office.desk("security-lead").run("charter", "approve")
    console.sync()
    _agrees(console, reports, tmp_path)


def test_rebuilt_it_is_the_same(console: Console) -> None:
    from reprieve.console.index.models import Ground
    from reprieve.console.index.sync import rebuild

    console.office.active(**_SHOP)
    console.office.request(summary="Asked", scope=[{"checks": ["KSV0*"], "namespaces": ["billing"]}])
    console.sync()
    taken(several(3))
    taken(trivy_report({}, {"check": "KSV001"}), "other.json", target="other")
    before, grounds = stored(), Ground.objects.count()
    rebuild()
    assert stored() == before
    assert Ground.objects.count() == grounds == 2


def test_emptied_and_pushed_again_it_is_the_same(console: Console) -> None:
    from django.core.management import call_command

    console.office.active(**_SHOP)
    console.sync()
    moment = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)

    def push() -> list[tuple[Any, ...]]:
        taken(several(3), taken=moment)
        return stored()

    before = push()
    call_command("flush", verbosity=0, interactive=False)
    console.sync()
    assert push() == before


def test_only_checks_that_a_changed_scope_admits_are_looked_at(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reprieve.console.index import dispositions

    taken(several(5), target="a")
    taken(several(7, check="KSV014"), target="b")
    console.sync()
    looked: list[int] = []
    real = dispositions._changes

    def counted(rows: Any, judge: Any) -> Any:
        kept = list(rows)
        looked.append(len(kept))
        return real(kept, judge)

    monkeypatch.setattr(dispositions, "_changes", counted)
    console.office.request(**_SHOP)
    console.sync()
    assert sum(looked) == 5


def test_who_waits_for_a_page_does_not_wait_for_a_million_findings(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reprieve.console.index import dispositions
    from reprieve.console.index.models import Case, Finding
    from reprieve.console.index.sync import nudge

    taken(several(5))
    monkeypatch.setattr(dispositions, "_AT_ONCE", 3)
    console.office.active(**_SHOP)
    state = nudge()
    assert not state.matched
    assert Case.objects.get().status == "active"
    assert not Finding.objects.filter(disposition="excepted").exists()
    console.sync()
    assert Finding.objects.filter(disposition="excepted").count() == 5


def test_exceptions_in_rego_count_as_they_do_at_the_gate(console: Console, tmp_path: Path) -> None:
    identifier = console.office.active(scope=[{"checks": ["user.x"], "namespaces": ["shop"]}])
    console.sync()

    def row(cited: str | None, namespace: str) -> dict[str, Any]:
        exemption = {"file": "ex.rego", "line": 3, "package": "user.exceptions", "exception": cited}
        policy = {"package": "user.x", "rule": "deny", "exemptions": [exemption]}
        return {"type": "misconfiguration", "check": "user.x", "severity": "high", "tool": "reprieve",
                "namespace": namespace, "policy": policy, "context": str(cited)}  # fmt: skip

    rows = [row(identifier, "shop"), row(None, "shop"), row(identifier, "other"), row(None, "other")]
    report = json.dumps({"version": 1, "verdict": "fail", "summary": {}, "findings": rows})
    taken(report, "scan.json", target="a")
    _agrees(console, {"a": report}, tmp_path)
    from reprieve.console.index.models import Finding

    assert Finding.objects.filter(source="rego").values_list("source_place", flat=True).get() == "ex.rego:3"
    console.office.desk("security-team").ok("revoke", identifier, "--reason", "over")
    console.sync()
    _agrees(console, {"a": report}, tmp_path)


# What a register may say, and what a scanner may find: few values, so that they meet.
_CHECKS = ("KSV001", "KSV-0001", "KSV012", "CVE-2026-1")
_ENTRIES = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(("misconfiguration", "vulnerability")),
        "checks": st.lists(st.sampled_from((*_CHECKS, "KSV*", "*")), min_size=1, max_size=2).map(tuple),
        "namespaces": st.sampled_from((("a",), ("b*",), ("a", "b"))),
        "resources": st.sampled_from((("Pod/*",), ("Pod/1",))),
        "clusters": st.sampled_from((("prod-*",), ("stage-1",))),
    },
)
_SCOPED = st.builds(
    lambda **told: told,
    disposition=st.sampled_from(("excepted", "excepted", "expired", "pending")),
    environment=st.sampled_from(("production", "staging")),
    risk=st.sampled_from(("high", "low")),
    voids=st.sampled_from(((), ("fix-available",), ("severity-raised",))),
    scope=st.lists(_ENTRIES, min_size=1, max_size=2),
)
_GROUNDS = st.lists(st.none() | _SCOPED, max_size=5)
_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(("misconfiguration", "vulnerability")),
            "check": st.sampled_from(_CHECKS),
            "severity": st.sampled_from(("critical", "low", "unknown")),
            "tool": st.just("t"),
            "cluster": st.sampled_from(("prod-1", "stage-1", None)),
            "namespace": st.sampled_from(("a", "b", "bb", None)),
            "resource": st.sampled_from(("Pod/1", "Pod/2", None)),
            "fix": st.sampled_from(("1.0", None)),
            "native_suppressed": st.sampled_from((None, None, "by hand")),
        }
    ),
    max_size=12,
)


@given(
    steps=st.lists(st.tuples(_GROUNDS, st.booleans(), st.integers(0, 1), _ROWS), min_size=1, max_size=4),
)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_comes_in_whatever_order(
    console: Console, tmp_path: Path, steps: list[tuple[Any, bool, int, Any]]
) -> None:
    """Uploads and changes of the register, in any order: as if all had been judged at once at the end."""
    from reprieve.console.index import dispositions, grounds
    from reprieve.console.index.models import Case, Finding, RegisterState, Target

    Target.objects.all().delete()
    latest: dict[str, str] = {}
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    ground = grounds.Grounds(Charter(version=1), [])
    for number, (exceptions, accept, target, rows) in enumerate(steps):
        charter = Charter(
            version=1,
            environments={"stage-*": "staging"},
            native_suppressions="accept" if accept else "refuse",
        )
        ground = grounds.Grounds(
            charter,
            [
                (f"main {index}", Scoped(id=f"EXC-{index:03d}", **{**one, "scope": _scope(one["scope"])}))
                for index, one in enumerate(exceptions, start=1)
                if one is not None
            ],
        )
        state, _ = RegisterState.objects.update_or_create(pk=1, defaults={"judged_at": moment})
        if number % 2:
            _upload(latest, target, rows, number)
        assert dispositions._rematch(ground, state, patient=True)
        if not number % 2:
            _upload(latest, target, rows, number)
    _is_as_judged_at_once(ground, latest, tmp_path)
    assert not Finding.objects.exclude(target__grounds=ground.digest).exists()
    assert not Case.objects.exclude(covered=0).exists()


def _scope(entries: list[dict[str, Any]]) -> tuple[ScopeEntry, ...]:
    return tuple(ScopeEntry(**entry) for entry in entries)


def _upload(latest: dict[str, str], target: int, rows: Any, day: int) -> None:
    report = json.dumps({"version": 1, "verdict": "fail", "summary": {}, "findings": rows})
    taken(report, "scan.json", target=f"t{target}", days=day)
    latest[f"t{target}"] = report


def _is_as_judged_at_once(ground: Any, latest: dict[str, str], tmp_path: Path) -> None:
    from django.db.models import Sum

    from reprieve.console.index.models import Coverage, Finding, Tally

    covered: dict[int, int] = {}
    for target, text in latest.items():
        path = tmp_path / "scan.json"
        path.write_text(text)
        report = read_report(str(path))
        judge = ground.judge()
        prints = fingerprints(report.findings)
        outcomes = judge.outcomes(report.findings, prints)
        expected = sorted(
            (mark, outcome.disposition, id_number(outcome.exception) if outcome.exception else None,
             outcome.voided_by or "", judge.accepts_native and finding.suppressed is not None)
            for mark, outcome, finding in zip(prints, outcomes, report.findings, strict=True)
        )  # fmt: skip
        columns = ("fingerprint", "disposition", "exception", "voided_by", "native")
        rows = Finding.objects.filter(target__name=target).values_list(*columns)
        assert sorted((*row[:3], row[3] or "", row[4]) for row in rows) == expected
        tallied = Tally.objects.filter(target__name=target).aggregate(sum=Sum("number"))["sum"] or 0
        assert tallied == len(expected)
        for number, count in judge.covered().items():
            covered[number] = covered.get(number, 0) + count
    told: dict[int, int] = {}
    for number, count in Coverage.objects.values_list("number", "covered"):
        told[number] = told.get(number, 0) + count
    assert told == covered
