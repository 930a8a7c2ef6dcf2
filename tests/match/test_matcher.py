"""The matcher agrees with its plain twin, and each rule has an example to read."""

from __future__ import annotations

import itertools
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import UNSET

from reprieve.findings.model import Finding
from reprieve.match import answers
from reprieve.match.matcher import Matcher
from reprieve.match.model import Outcome, Scoped
from reprieve.record.model import SCOPE_KEYS, ScopeEntry
from reprieve.words import Environment
from tests.match import plain

VALUES = st.sampled_from(("a", "b", "ab", "a/b"))
MAYBE = st.sampled_from(("a", "b", "ab", "a/b", None))
PATTERNS = st.sampled_from(("a", "b", "*", "a*", "*b", "?", "a?b", "*/*", "??*"))
CHECKS = ("KSV012", "KSV-0012", "AVD-KSV-0012", "KSV001", "CK_1", "CVE-2026-1", "1.2", "no-root")
CHECK_PATTERNS = (*CHECKS, "KSV*", "K*", "AVD*12", "*", "?.?", "CVE-*", "*-root", "no*", "C?_*")
ENVIRONMENTS = ("production", "staging")


def environment_of(cluster: str | None) -> Environment:
    return "staging" if cluster and cluster.startswith("a") else "production"


def lists_of(patterns: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(patterns, min_size=1, max_size=2).map(tuple)


ENTRIES = st.builds(
    lambda keys, **more: ScopeEntry(**keys, **more),
    st.dictionaries(st.sampled_from(SCOPE_KEYS[1:]), lists_of(PATTERNS), max_size=3),
    type=st.sampled_from((UNSET, UNSET, "code", "secret")),
    checks=st.just(UNSET) | lists_of(st.sampled_from(CHECK_PATTERNS)),
)
EXCEPTIONS = st.lists(
    st.builds(
        Scoped,
        id=st.just(""),
        disposition=st.sampled_from(("excepted", "excepted", "expired", "pending")),
        environment=st.sampled_from(ENVIRONMENTS),
        risk=st.sampled_from(("critical", "high", "medium", "low")),
        voids=st.lists(st.sampled_from(("fix-available", "severity-raised")), max_size=2).map(tuple),
        scope=st.lists(ENTRIES, min_size=1, max_size=3).map(tuple),
    ),
    max_size=12,
).map(
    lambda found: [
        msgspec.structs.replace(exception, id=f"EXC-{n:03d}") for n, exception in enumerate(found, start=1)
    ]
)
FINDINGS = st.lists(
    st.builds(
        Finding,
        type=st.sampled_from(("code", "secret")),
        check=st.sampled_from(CHECKS),
        aliases=st.lists(st.sampled_from(CHECKS), max_size=1).map(tuple),
        severity=st.sampled_from(plain.WORST_FIRST),
        tool=st.just("tool"),
        cluster=MAYBE,
        namespace=MAYBE,
        resource=MAYBE,
        path=MAYBE,
        image=MAYBE,
        repository=MAYBE,
        package=MAYBE,
        fix=st.none() | st.just("2.0"),
        suppressed=st.none() | st.just(""),
    ),
    max_size=12,
)


FINGERPRINTS = st.lists(VALUES, min_size=12, max_size=12)


def non_zero(counts: dict[str, int]) -> dict[str, int]:
    return {identifier: count for identifier, count in counts.items() if count}


@settings(deadline=None, max_examples=200)
@given(EXCEPTIONS, FINDINGS, FINGERPRINTS)
def test_it_agrees_with_the_plain_twin(
    exceptions: list[Scoped], findings: list[Finding], fingerprints: list[str]
) -> None:
    fingerprints = fingerprints[: len(findings)]
    matcher = Matcher(exceptions, environment_of)
    found = matcher.outcomes(findings, fingerprints)
    assert found == plain.outcomes(exceptions, environment_of, findings, fingerprints)
    assert non_zero(matcher.covered) == plain.covered(found, findings, native=False)
    assert non_zero(matcher.covered_native) == plain.covered(found, findings, native=True)
    assert matcher.scanned() == plain.scanned(exceptions, environment_of, findings)
    assert matcher.scanned() >= {identifier for outcome in found for identifier in outcome.covering}


@settings(deadline=None, max_examples=50)
@given(EXCEPTIONS, FINDINGS, FINGERPRINTS)
def test_reports_add_up(exceptions: list[Scoped], findings: list[Finding], fingerprints: list[str]) -> None:
    whole, parts = Matcher(exceptions, environment_of), Matcher(exceptions, environment_of)
    fingerprints = fingerprints[: len(findings)]
    half = len(findings) // 2
    found = parts.outcomes(findings[:half], fingerprints[:half])
    assert found + parts.outcomes(findings[half:], fingerprints[half:]) == whole.outcomes(
        findings, fingerprints
    )
    assert (parts.covered, parts.covered_native) == (whole.covered, whole.covered_native)
    assert parts.scanned() == whole.scanned()


@settings(deadline=None, max_examples=20)
@given(EXCEPTIONS, FINDINGS, FINGERPRINTS)
def test_it_may_forget_answers(
    exceptions: list[Scoped], findings: list[Finding], fingerprints: list[str]
) -> None:
    fingerprints = fingerprints[: len(findings)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answers, "_REMEMBERED_BITS", 0)
        matcher = Matcher(exceptions, environment_of)
    found = matcher.outcomes(findings, fingerprints)
    assert found == plain.outcomes(exceptions, environment_of, findings, fingerprints)
    assert non_zero(matcher.covered) == plain.covered(found, findings, native=False)


def test_an_answer_does_not_depend_on_the_finding_before() -> None:
    places = itertools.product(("code", "secret"), (None, "a", "b"), ("a", "b"), (None, "a"))
    targets = [
        finding(type=kind, cluster=cluster, namespace=namespace, image=image)
        for kind, cluster, namespace, image in places
    ]
    scopes = [
        ScopeEntry(type="code", namespaces=("a",)),
        ScopeEntry(clusters=("b",), namespaces=("b",)),
        ScopeEntry(images=("a",)),
    ]
    exceptions = [exception(number, scope) for number, scope in enumerate(scopes, start=1)]
    alone = {target: outcome_of(target, *exceptions) for target in targets}
    matcher = Matcher(exceptions, environment_of)
    for pair in itertools.product(targets, repeat=2):
        assert matcher.outcomes(pair) == [alone[target] for target in pair]


def finding(**fields: Any) -> Finding:
    return Finding(
        **{"type": "misconfiguration", "check": "KSV012", "severity": "medium", "tool": "trivy"} | fields
    )


def exception(number: int = 7, *scope: ScopeEntry, **fields: Any) -> Scoped:
    defaults = {"disposition": "excepted", "environment": "production", "risk": "high", "voids": ()}
    scope = scope or (ScopeEntry(checks=("KSV012",)),)
    return Scoped(id=f"EXC-{number:03d}", scope=scope, **defaults | fields)


def outcome_of(target: Finding, *exceptions: Scoped) -> Outcome:
    (found,) = Matcher(exceptions, environment_of).outcomes([target], None)
    return found


def in_scope(target: Finding, **keys: Any) -> bool:
    return outcome_of(target, exception(7, ScopeEntry(**keys))).disposition == "excepted"


def test_within_an_entry_every_key_must_match_and_within_a_key_any_value() -> None:
    target = finding(namespace="billing", resource="Deployment/billing-api")
    assert in_scope(target, checks=("KSV001", "KSV012"), namespaces=("billing",))
    assert not in_scope(target, checks=("KSV012",), namespaces=("payments",))
    assert not in_scope(target, checks=("KSV001",), namespaces=("billing",))


def test_any_entry_of_a_scope_may_match() -> None:
    first, second = ScopeEntry(checks=("KSV001",)), ScopeEntry(checks=("KSV012",))
    assert outcome_of(finding(), exception(7, first, second)).exception == "EXC-007"


def test_not_even_a_star_matches_a_value_that_is_missing() -> None:
    assert not in_scope(finding(namespace=None), checks=("*",), namespaces=("*",))
    assert in_scope(finding(namespace="x"), checks=("*",), namespaces=("*",))


def test_matching_is_case_sensitive() -> None:
    assert not in_scope(finding(), checks=("ksv012",))
    assert not in_scope(finding(namespace="Billing"), checks=("KSV012",), namespaces=("bill*",))


def test_a_star_matches_slashes_and_a_question_mark_is_one_character() -> None:
    assert in_scope(finding(path="src/legacy/a.tf"), checks=("*",), paths=("src/*.tf",))
    assert in_scope(finding(path="a/b"), checks=("*",), paths=("a?b",))
    assert not in_scope(finding(path="ab"), checks=("*",), paths=("a?b",))


def test_brackets_mean_themselves() -> None:
    assert in_scope(finding(resource="module.web[0].host"), checks=("*",), resources=("module.web[0].*",))
    assert not in_scope(finding(resource="module.web0.host"), checks=("*",), resources=("module.web[0].*",))


def test_a_check_matches_by_any_of_its_names() -> None:
    assert in_scope(finding(check="AVD-KSV-0012"), checks=("KSV012",))
    assert in_scope(finding(check="GHSA-x", aliases=("CVE-2026-1",)), checks=("CVE-2026-*",))


def test_the_type_must_be_equal_when_given() -> None:
    assert in_scope(finding(), type="misconfiguration", checks=("KSV012",))
    assert not in_scope(finding(), type="compliance", checks=("KSV012",))


def test_a_record_of_another_environment_does_not_cover() -> None:
    staging = exception(7, environment="staging")
    assert outcome_of(finding(cluster="b"), staging).disposition == "open"
    assert outcome_of(finding(cluster="a"), staging).disposition == "excepted"


def test_the_best_disposition_decides_and_then_the_lowest_id() -> None:
    pending, expired = exception(1, disposition="pending"), exception(2, disposition="expired")
    assert outcome_of(finding(), pending, expired).exception == "EXC-002"
    found = outcome_of(finding(), pending, expired, exception(3), exception(4))
    assert (found.disposition, found.exception) == ("excepted", "EXC-003")
    assert found.covering == ("EXC-003", "EXC-004", "EXC-002", "EXC-001")


def test_a_fix_voids() -> None:
    voids = exception(7, voids=("fix-available",))
    assert outcome_of(finding(), voids).disposition == "excepted"
    found = outcome_of(finding(fix="2.0"), voids)
    assert found == Outcome("open", "production", voided_by="EXC-007: fix-available")


@pytest.mark.parametrize(
    ("severity", "disposition"),
    [("info", "excepted"), ("high", "excepted"), ("critical", "open"), ("unknown", "open")],
)
def test_a_severity_above_the_risk_voids_and_an_unknown_one_may_be(severity: str, disposition: str) -> None:
    voids = exception(7, risk="high", voids=("severity-raised",))
    assert outcome_of(finding(severity=severity), voids).disposition == disposition


def test_a_void_leaves_the_next_best_and_says_so() -> None:
    voids, pending = exception(1, voids=("fix-available",)), exception(2, disposition="pending")
    found = outcome_of(finding(fix="2.0"), voids, pending)
    assert (found.disposition, found.voided_by) == ("pending", "EXC-001: fix-available")
    found = outcome_of(finding(fix="2.0"), voids, pending, exception(3))
    assert (found.disposition, found.voided_by) == ("excepted", None)


def test_what_the_scanner_suppressed_is_counted_apart() -> None:
    matcher = Matcher([exception(7)], environment_of)
    matcher.outcomes([finding(), finding(suppressed=""), finding(suppressed="see ticket")])
    assert (matcher.covered, matcher.covered_native) == ({"EXC-007": 1}, {"EXC-007": 2})


def test_fingerprints_are_needed_only_where_a_scope_names_them() -> None:
    assert not Matcher([exception(7)], environment_of).needs_fingerprints
    matcher = Matcher([exception(7, ScopeEntry(fingerprints=("0af3",)))], environment_of)
    assert matcher.needs_fingerprints
    found = matcher.outcomes([finding(), finding()], ["0af3", "77c0"])
    assert [outcome.disposition for outcome in found] == ["excepted", "open"]
    assert matcher.outcomes([]) == []
    for fingerprints in (None, ["0af3"]):
        with pytest.raises(ValueError, match="fingerprints"):
            matcher.outcomes([finding(), finding()], fingerprints)


def scanned(target: Finding, **keys: Any) -> bool:
    matcher = Matcher([exception(7, ScopeEntry(**keys))], environment_of)
    matcher.outcomes([target], ["0af3"])
    return bool(matcher.scanned())


def test_a_target_was_scanned_when_its_kind_of_check_ran_where_it_is() -> None:
    target = finding(check="KSV001", namespace="billing", resource="Deployment/api")
    assert scanned(target, checks=("KSV012",), namespaces=("billing",), resources=("Deployment/other",))
    assert not scanned(target, checks=("KSV012",), namespaces=("payments",))
    assert not scanned(target, checks=("CVE-2026-1",), namespaces=("billing",))
    assert not scanned(target, type="compliance", checks=("KSV012",), namespaces=("billing",))


def test_without_a_coarse_place_a_fine_one_tells() -> None:
    target = finding(check="KSV001", path="deploy/api.yaml", resource="Deployment/api")
    assert scanned(target, checks=("KSV012",), paths=("deploy/*",), resources=("Deployment/other",))
    assert not scanned(target, checks=("KSV012",), paths=("charts/*",))


def test_a_cluster_is_a_coarse_place() -> None:
    target = finding(check="KSV001", cluster="b", resource="Deployment/api")
    assert scanned(target, checks=("KSV012",), clusters=("b",), resources=("Deployment/other",))
    assert not scanned(target, checks=("KSV012",), clusters=("c",), resources=("Deployment/api",))


def test_without_any_place_type_and_family_tell() -> None:
    assert scanned(finding(), fingerprints=("77c0",))
    assert scanned(finding(check="CVE-2026-1"), checks=("CVE-2026-*",), packages=("pkg:npm/*",))
    assert not scanned(finding(), checks=("CVE-2026-*",), packages=("pkg:npm/*",))


def test_nothing_was_scanned_before_a_finding_was_seen() -> None:
    matcher = Matcher([exception(7)], environment_of)
    assert matcher.outcomes([]) == []
    assert matcher.scanned() == frozenset()
