"""Whatever exceptions say: nothing is lost, nothing is made up, and no record means no exception."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reprieve.findings.model import Exemption, ExemptionUse, Finding, Policy, Report
from reprieve.judging import judge_reports
from reprieve.match import exempt
from reprieve.match.model import Outcome
from reprieve.policy.bundle import Bundle
from reprieve.policy.check import check_of, reporting
from reprieve.policy.evaluate import Evaluator, Shape
from reprieve.policy.exceptions import clauses_of
from reprieve.policy.module import Module, parse
from reprieve.policy.results import Evaluated
from tests.policy.scanning import module

PACKAGES = ("user.a", "user.b")
SUFFIXES = ("", "foo", "myfoo", "foo_bar")
KEYS = ("x", "y", "z")
RULES = [
    f"{kind}{'_' if suffix else ''}{suffix}" for kind in ("deny", "violation", "warn") for suffix in SUFFIXES
]


def check(package: str, shift: int) -> Module:
    """Each rule reports under a condition of its own; some report several things."""
    clauses = []
    for number, rule in enumerate(RULES):
        key = KEYS[(number + shift) % len(KEYS)]
        clauses.append(f'{rule} contains sprintf("%s %d", ["{rule}", n]) if {{ some n in input.{key} }}')
    return parse(f"{package}.rego", module(package, *clauses))


CHECKS = [check(package, shift) for shift, package in enumerate(PACKAGES)]

names = st.sampled_from([*SUFFIXES, "oo", "nosuch"])
conditions = st.sampled_from(
    ["", *(f" if count(input.{key}) > {n}" for key in KEYS for n in (0, 1)), " if false"]
)
by_rule = st.builds(
    lambda package, rules, condition: (package, f"exception contains {json.dumps(rules)}{condition}"),
    st.sampled_from(PACKAGES),
    st.lists(names, max_size=3),
    conditions,
)
by_namespace = st.builds(
    lambda package, condition: ("namespace.exceptions", f'exception contains "{package}"{condition}'),
    st.sampled_from([*PACKAGES, "user", "user.nosuch"]),
    conditions,
)
clauses = st.lists(st.one_of(by_rule, by_namespace), max_size=5)
documents = st.fixed_dictionaries({key: st.lists(st.integers(0, 3), max_size=3) for key in KEYS})


def bundle_of(exceptions: list[tuple[str, str]]) -> Bundle:
    """The checks and these exceptions, without files."""
    modules = [*CHECKS, *(parse(f"e{n}.rego", module(*one)) for n, one in enumerate(exceptions))]
    checks = tuple(check_of(one, tuple(reporting(one)), {}, {}, builtin=False) for one in CHECKS)
    found: list[Any] = []
    for one in modules:
        found += clauses_of(one, len(found))
    return Bundle(tuple(modules), checks, tuple(found), {"namespaces": list(PACKAGES)}, ())


def evaluated(bundle: Bundle, document: Any, **options: Any) -> Evaluated:
    return Evaluator(bundle, **options).evaluate(Shape("yaml", "yaml"), document)


def keys(results: list[Any]) -> list[tuple[int, int, str]]:
    return sorted((one.check, one.rule, one.message) for one in results)


@settings(max_examples=60, deadline=None)
@given(clauses, documents, st.booleans())
def test_exceptions_take_nothing_away_and_add_nothing(
    exceptions: list[tuple[str, str]], document: Any, trivy: bool
) -> None:
    bundle = bundle_of(exceptions)
    with_them, without = evaluated(bundle, document, trivy=trivy), evaluated(bundle_of([]), document)
    assert with_them.faults == without.faults == []
    assert keys(with_them.results) == keys(without.results), "exempted plus open is all"
    still_open = [one for one in with_them.results if not one.clauses]
    assert set(keys(still_open)) <= set(keys(without.results))
    assert with_them.passed == without.passed


@settings(max_examples=60, deadline=None)
@given(clauses, documents, st.booleans())
def test_rule_by_rule_says_the_same_as_all_at_once(
    exceptions: list[tuple[str, str]], document: Any, trivy: bool
) -> None:
    evaluator = Evaluator(bundle_of(exceptions), trivy=trivy)
    shape, data = Shape("yaml", "yaml"), document
    assert evaluator.evaluate(shape, data) == evaluator.evaluate(shape, data, alone=True)


@settings(max_examples=60, deadline=None)
@given(clauses, documents)
def test_the_exact_reading_exempts_no_more_than_trivys(
    exceptions: list[tuple[str, str]], document: Any
) -> None:
    bundle = bundle_of(exceptions)
    exact, trivy = (evaluated(bundle, document, trivy=flag).results for flag in (False, True))
    for one, other in zip(exact, trivy, strict=True):
        assert set(one.clauses) <= set(other.clauses)


@settings(max_examples=60, deadline=None)
@given(clauses, documents)
def test_what_a_clause_did_adds_up(exceptions: list[tuple[str, str]], document: Any) -> None:
    found = evaluated(bundle_of(exceptions), document)
    for number, (failing, passing) in found.exempt.items():
        assert failing == sum(number in one.clauses for one in found.results)
        assert failing + passing > 0


# --- governed

IDS = ("EXC-001", "EXC-002", "EXC-7")
cited = st.one_of(st.none(), st.sampled_from([*IDS, "EXC-1", "EXC-007", "EXC-999", "nonsense"]))
exemptions = st.builds(
    Exemption, st.sampled_from(["e.rego", "f.rego"]), st.integers(1, 3), st.just("user.a"), cited
)
outcomes = st.builds(
    lambda covering, disposition: Outcome(
        disposition if covering else "open", "production", covering=covering
    ),
    st.lists(st.sampled_from(IDS), unique=True).map(tuple),
    st.sampled_from(["open", "expired", "pending"]),
)
findings = st.builds(
    lambda named: Finding(
        "misconfiguration", "C", "high", "reprieve", policy=Policy("user.a", "deny", named)
    ),
    st.lists(exemptions, max_size=3).map(tuple),
)
registers = st.builds(exempt.Register, st.frozensets(st.sampled_from(IDS)), st.booleans())


def number(identifier: str) -> int | None:
    _, _, digits = identifier.partition("EXC-")
    return int(digits) if digits.isdigit() else None


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(findings, outcomes), max_size=8), registers)
def test_nothing_is_excepted_that_no_active_record_covers(
    pairs: list[tuple[Finding, Outcome]], register: exempt.Register
) -> None:
    said = exempt.exempted([one for one, _ in pairs], [one for _, one in pairs], register)
    assert len(said) == len(pairs)
    for (finding, before), after in zip(pairs, said, strict=True):
        assert finding.policy is not None
        covering = {number(one) for one in register.active.intersection(before.covering)}
        grounds = [
            one
            for one in finding.policy.exemptions
            if (number(one.record) in covering if one.record else not register.governed)
        ]
        if not grounds:
            assert after == before
            continue
        assert (after.disposition, after.source) == ("excepted", "rego")
        assert after.place in [(one.path, one.line) for one in grounds]
        if register.governed:
            assert number(after.exception or "") in covering


@settings(max_examples=100, deadline=None)
@given(st.lists(findings, max_size=8))
def test_without_a_register_every_exemption_holds_and_the_tally_adds_up(found: list[Finding]) -> None:
    named = {one for finding in found if finding.policy for one in finding.policy.exemptions}
    uses = tuple(ExemptionUse(one, failing=1) for one in sorted(named, key=repr))
    report = Report("-", "reprieve", list(found), exemptions=uses)
    verdict = judge_reports([report], None, dt.datetime.now(dt.UTC))
    exempted = sum(bool(finding.policy and finding.policy.exemptions) for finding in found)
    assert verdict.summary.exempted == verdict.summary.excepted == exempted
    assert verdict.summary.open == len(found) - exempted
    assert verdict.verdict == ("fail" if verdict.summary.open else "pass")
