"""Exceptions in Rego, of both kinds, on custom and on built-in checks, as a table; and through conftest."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from reprieve.verdict import Verdict
from tests import peers
from tests.policy.scanning import POD, module, rules, scan_cli, states, verdict_of, write

SHOP = "user.shop"
RULES = ("deny", "deny_foo", "deny_myfoo", "deny_foo_bar", "violation_foo", "warn", "warn_foo")
"""Each reports one thing of a document with `live: true`."""
CHECKS = module(SHOP, *(f'{rule} contains "{rule}" if input.live' for rule in RULES))
OTHER = module("user.other", 'deny_foo contains "other" if input.live')
LIVE: Mapping[str, Any] = {"live": True, "tier": "dev", "owner": None}


def by_rule(*clauses: str, package: str = SHOP, v0: bool = False) -> str:
    """A file of rule-based exceptions."""
    return module(package, *clauses, v0=v0)


def by_namespace(*clauses: str, v0: bool = False) -> str:
    """A file of namespace-based exceptions."""
    return module("namespace.exceptions", *clauses, v0=v0)


class Case(NamedTuple):
    """What is exempted of the checks above, by which exceptions."""

    exceptions: str
    exempt: tuple[str, ...] = ()
    """Rules of `user.shop`; `other` stands for the one of `user.other`."""
    states: tuple[str, ...] = ()
    document: Mapping[str, Any] = LIVE
    data: Mapping[str, Any] = {}
    trivy: bool = False
    v0: bool = False


ALL_FOO = ("deny_foo", "violation_foo", "warn_foo")
ENDING_FOO = ("deny_foo", "deny_myfoo", "violation_foo", "warn_foo")

BY_RULE: dict[str, Case] = {
    "a suffix exempts the three kinds of rule": Case(
        by_rule('exception contains ["foo"]'), ALL_FOO, ("failing",)
    ),
    "a suffix with an underscore is one suffix": Case(
        by_rule('exception contains ["foo_bar"]'), ("deny_foo_bar",), ("failing",)
    ),
    "the empty string exempts the bare rules": Case(
        by_rule('exception contains [""]'), ("deny", "warn"), ("failing",)
    ),
    "several rules in one list": Case(
        by_rule('exception contains ["foo", ""]'), (*ALL_FOO, "deny", "warn"), ("failing",)
    ),
    "several lists in one clause": Case(
        by_rule('exception contains rules if some rules in [["foo"], ["myfoo"]]'),
        (*ALL_FOO, "deny_myfoo"),
        ("failing",),
    ),
    "two clauses": Case(
        by_rule('exception contains ["foo"] if input.live', 'exception contains ["myfoo"] if input.live'),
        (*ALL_FOO, "deny_myfoo"),
        ("failing", "failing"),
    ),
    "two clauses that say the same": Case(
        by_rule('exception contains ["foo"]', 'exception contains ["foo", "foo"]'),
        ALL_FOO,
        ("failing", "failing"),
    ),
    "a condition that is true": Case(
        by_rule('exception contains ["foo"] if input.tier == "dev"'), ALL_FOO, ("failing",)
    ),
    "a condition that ends in a raw string": Case(
        by_rule('exception contains ["foo"] if input.tier == `dev`'), ALL_FOO, ("failing",)
    ),
    "a condition that is false": Case(
        by_rule('exception contains ["foo"] if input.tier == "prod"'), (), ("unmatched",)
    ),
    "one of two conditions is true": Case(
        by_rule(
            'exception contains ["foo"] if input.tier == "prod"',
            'exception contains ["myfoo"] if input.tier == "dev"',
        ),
        ("deny_myfoo",),
        ("unmatched", "failing"),
    ),
    "a condition on something that is not there": Case(
        by_rule('exception contains ["foo"] if input.no.such.thing'), (), ("unmatched",)
    ),
    "a condition on data that is true": Case(
        by_rule('exception contains ["foo"] if input.tier in data.exempt.tiers'),
        ALL_FOO,
        ("failing",),
        data={"exempt": {"tiers": ["dev"]}},
    ),
    "a condition on data that is false": Case(
        by_rule('exception contains ["foo"] if input.tier in data.exempt.tiers'),
        (),
        ("unmatched",),
        data={"exempt": {"tiers": ["test"]}},
    ),
    "a list out of data": Case(
        by_rule("exception contains data.exempt.rules"),
        ALL_FOO,
        ("failing",),
        data={"exempt": {"rules": ["foo"]}},
    ),
    "a suffix that is worked out": Case(
        by_rule('exception contains rules if rules := [sprintf("%s%s", ["f", "oo"])]'), ALL_FOO, ("failing",)
    ),
    "an unknown rule": Case(by_rule('exception contains ["nosuch"]'), (), ("unmatched",)),
    "a whole rule name is no suffix": Case(by_rule('exception contains ["deny_foo"]'), (), ("unmatched",)),
    "an ending is no suffix": Case(by_rule('exception contains ["bar"]'), (), ("unmatched",)),
    "case matters": Case(by_rule('exception contains ["FOO"]'), (), ("unmatched",)),
    "a list with what is no string": Case(
        by_rule('exception contains [1, null, true, ["foo"], "foo"]'), ALL_FOO, ("failing",)
    ),
    "a list of lists is one too deep": Case(by_rule('exception contains [["foo"]]'), (), ("unmatched",)),
    "the exception of another package": Case(
        by_rule('exception contains ["foo"]', package="user.other"), ("other",), ("failing",)
    ),
    "the exception of a package that has no checks": Case(
        by_rule('exception contains ["foo"]', package="user.nosuch"), (), ("unmatched",)
    ),
    "the exception of a package within": Case(
        by_rule('exception contains ["foo"]', package="user.shop.web"), (), ("unmatched",)
    ),
    "a complete rule": Case(by_rule('exception := [["foo"]]'), ALL_FOO, ("failing",)),
    "a complete rule with a condition that is false": Case(
        by_rule('exception := [["foo"]] if input.tier == "prod"'), (), ("unmatched",)
    ),
    "a complete rule with a default": Case(
        by_rule("default exception := []", 'exception := [["foo"]] if input.tier == "dev"'),
        ALL_FOO,
        ("failing",),
    ),
    "a helper in the file": Case(
        by_rule('exception contains ["foo"] if spared(input)', 'spared(x) if x.tier == "dev"'),
        ALL_FOO,
        ("failing",),
    ),
    "a helper that is an import": Case(
        by_rule("import data.exempt.tiers", 'exception contains ["foo"] if input.tier in tiers'),
        ALL_FOO,
        ("failing",),
        data={"exempt": {"tiers": ["dev"]}},
    ),
    "a helper that is a rule": Case(
        by_rule(
            'exception contains ["foo"] if spared', 'default spared := false\nspared if input.tier == "dev"'
        ),
        ALL_FOO,
        ("failing",),
    ),
    "the syntax of v0": Case(
        by_rule('exception[rules] {\n  input.tier == "dev"\n  rules = ["foo"]\n}', v0=True),
        ALL_FOO,
        ("failing",),
        v0=True,
    ),
    "the syntax of v0 with a condition that is false": Case(
        by_rule('exception[rules] {\n  input.tier == "prod"\n  rules := ["foo"]\n}', v0=True),
        (),
        ("unmatched",),
        v0=True,
    ),
    "the syntax of v0 with two clauses": Case(
        by_rule(
            'exception[["foo"]] { input.tier == "prod" }',
            'exception[["myfoo"]] { not input.owner.gone }',
            v0=True,
        ),
        ("deny_myfoo",),
        ("unmatched", "failing"),
        v0=True,
    ),
    "v0 with `in` of the future": Case(
        by_rule(
            "import future.keywords.in",
            'exception[rules] { input.tier in ["dev"]; rules := ["foo"] }',
            v0=True,
        ),
        ALL_FOO,
        ("failing",),
        v0=True,
    ),
    "an exception of what passes": Case(
        by_rule('exception contains ["foo"]'), (), ("passing",), document={"live": False}
    ),
    "of what passes and what fails": Case(
        by_rule('exception contains ["foo", "late"]', 'deny_late contains "late" if input.late'),
        ALL_FOO,
        ("failing",),
    ),
}
"""Those that conftest must agree with."""

ELSEWHERE: dict[str, Case] = {
    # conftest refuses these three as errors of type
    "an empty list": Case(by_rule("exception contains []"), (), ("unmatched",)),
    "a string that is no list": Case(by_rule('exception contains "foo"'), (), ("unmatched",)),
    "a default alone": Case(by_rule("default exception := []"), (), ()),
    "a package": Case(by_namespace(f'exception contains "{SHOP}"'), RULES, ("failing",)),
    "two packages": Case(
        by_namespace(f'exception contains ns if some ns in ["{SHOP}", "user.other"]'),
        (*RULES, "other"),
        ("failing",),
    ),
    "another package": Case(by_namespace('exception contains "user.other"'), ("other",), ("failing",)),
    "an unknown package": Case(by_namespace('exception contains "user.nosuch"'), (), ("unmatched",)),
    "the empty string is no package": Case(by_namespace('exception contains ""'), (), ("unmatched",)),
    "the beginning of a package's name": Case(by_namespace('exception contains "user"'), (), ("unmatched",)),
    "a package with `data.`": Case(by_namespace(f'exception contains "data.{SHOP}"'), (), ("unmatched",)),
    "a list is no package": Case(by_namespace(f'exception contains ["{SHOP}"]'), (), ("unmatched",)),
    "a package on a condition that is true": Case(
        by_namespace(f'exception contains "{SHOP}" if input.tier == "dev"'), RULES, ("failing",)
    ),
    "a package on a condition that is false": Case(
        by_namespace(f'exception contains "{SHOP}" if input.tier == "prod"'), (), ("unmatched",)
    ),
    "a package on a condition on data": Case(
        by_namespace("exception contains ns if some ns in data.exempt.packages"),
        RULES,
        ("failing",),
        data={"exempt": {"packages": [SHOP]}},
    ),
    "every package": Case(
        by_namespace("exception contains ns if some ns in data.namespaces"), (*RULES, "other"), ("failing",)
    ),
    "every package but one": Case(
        by_namespace(
            'exception contains ns if { some ns in data.namespaces; not startswith(ns, "user.other") }'
        ),
        RULES,
        ("failing",),
    ),
    "Trivy's own example, in v0": Case(
        by_namespace(
            'exception[ns] {\n  ns := data.namespaces[_]\n  startswith(ns, "user.shop")\n  input.live\n}',
            v0=True,
        ),
        RULES,
        ("failing",),
    ),
    "a package that passes": Case(
        by_namespace(f'exception contains "{SHOP}"'), (), ("passing",), document={"live": False}
    ),
    "Trivy: a suffix exempts whatever ends with it": Case(
        by_rule('exception contains ["foo"]'), ENDING_FOO, ("failing",), trivy=True
    ),
    "Trivy: so do a few letters": Case(
        by_rule('exception contains ["oo"]'), ENDING_FOO, ("failing",), trivy=True
    ),
    "Trivy: and the whole name": Case(
        by_rule('exception contains ["deny_foo"]'), ("deny_foo",), ("failing",), trivy=True
    ),
    "Trivy: the empty string exempts every rule": Case(
        by_rule('exception contains [""]'), RULES, ("failing",), trivy=True
    ),
    "Trivy: an unknown rule is unknown still": Case(
        by_rule('exception contains ["nosuch"]'), (), ("unmatched",), trivy=True
    ),
    "Trivy: a package is exact all the same": Case(
        by_namespace('exception contains "shop"'), (), ("unmatched",), trivy=True
    ),
}

EVERY = {**BY_RULE, **ELSEWHERE}


def estate(folder: Path, case: Case) -> Path:
    """The checks, the exceptions in a file beside them, and one document."""
    write(
        folder,
        {
            "policy/checks.rego": CHECKS,
            "policy/other.rego": OTHER,
            "policy/exceptions.rego": case.exceptions,
            "src/app.yaml": json.dumps(case.document),
        },
    )
    if case.data:
        write(folder, {"data/data.json": json.dumps(case.data)})
    return folder


def names(exempt: tuple[str, ...]) -> list[str]:
    return sorted("user.other.deny_foo" if rule == "other" else f"{SHOP}.{rule}" for rule in exempt)


@pytest.mark.parametrize("case", EVERY.values(), ids=EVERY)
def test_exceptions(tmp_path: Path, case: Case) -> None:
    verdict = verdict_of(estate(tmp_path, case), trivy=case.trivy)
    assert verdict.faults == []
    every = names((*RULES, "other")) if case.document.get("live") else []
    assert rules(verdict, "excepted") == names(case.exempt)
    assert rules(verdict, "open") == [rule for rule in every if rule not in names(case.exempt)]
    assert states(verdict) == list(case.states)
    assert verdict.summary.exempted == len(case.exempt)


def test_no_exceptions_at_all(tmp_path: Path) -> None:
    verdict = verdict_of(estate(tmp_path, Case("package user.empty\n")))
    assert (rules(verdict, "open"), verdict.exemptions) == (names((*RULES, "other")), [])


def test_namespace_and_rule_overlap(tmp_path: Path) -> None:
    """What both name is counted once; each is told what it names."""
    estate(tmp_path, Case(by_rule('exception contains ["foo"]')))
    write(tmp_path, {"policy/packages.rego": by_namespace(f'exception contains "{SHOP}"')})
    verdict = verdict_of(tmp_path)
    assert rules(verdict, "excepted") == names(RULES)
    assert verdict.summary.exempted == len(RULES)
    assert sum(one.excepted for one in verdict.exemptions) == len(RULES)
    assert {one.state for one in verdict.exemptions} == {"failing"}


def test_one_clause_passes_where_the_other_fails(tmp_path: Path) -> None:
    case = Case(by_rule('exception contains ["foo"]', 'exception contains ["late"] if input.live'))
    estate(tmp_path, case)
    write(tmp_path, {"policy/late.rego": module(SHOP, 'deny_late contains "late" if input.late')})
    assert states(verdict_of(tmp_path)) == ["failing", "passing"]


def test_a_clause_that_still_fails_somewhere_is_failing(tmp_path: Path) -> None:
    estate(tmp_path, Case(by_rule('exception contains ["foo"]')))
    write(tmp_path, {"src/passing.yaml": "live: false\n"})
    verdict = verdict_of(tmp_path)
    (one,) = verdict.exemptions
    assert (one.state, one.excepted) == ("failing", len(ALL_FOO))


def test_an_exception_holds_for_the_documents_whose_condition_is_true_alone(tmp_path: Path) -> None:
    estate(tmp_path, Case(by_rule('exception contains ["foo"] if input.tier == "dev"')))
    write(tmp_path, {"src/many.yaml": "live: true\ntier: dev\n---\nlive: true\ntier: prod\n"})
    verdict = verdict_of(tmp_path)
    foo = [f"{SHOP}.{rule}" for rule in ALL_FOO]
    assert rules(verdict, "excepted") == sorted(foo * 2)  # app.yaml and the first of many.yaml
    assert [rule for rule in rules(verdict, "open") if rule in foo] == foo


def test_names_that_there_are_not_are_told(tmp_path: Path) -> None:
    estate(tmp_path, Case(by_rule('exception contains ["foo", "nosuch"]')))
    write(
        tmp_path, {"policy/packages.rego": by_namespace('exception contains ["user.gone", "user.other"][_]')}
    )
    unknown = {one.exemption.package: one.unknown for one in verdict_of(tmp_path).exemptions}
    assert unknown == {SHOP: ("nosuch",), "namespace.exceptions": ("user.gone",)}


def test_the_exception_may_stand_in_the_file_of_the_checks(tmp_path: Path) -> None:
    checks = module(SHOP, 'deny_foo contains "foo" if input.live', 'exception contains ["foo"]')
    write(tmp_path, {"policy/checks.rego": checks, "src/app.yaml": "live: true\n"})
    verdict = verdict_of(tmp_path)
    assert rules(verdict, "excepted") == [f"{SHOP}.deny_foo"]
    (one,) = verdict.exemptions
    assert one.exemption.line == 4


def test_v0_exceptions_for_v1_checks_and_the_other_way_round(tmp_path: Path) -> None:
    old = module(SHOP, 'deny_old[msg] { input.live; msg := "old" }', v0=True)
    estate(tmp_path, Case(by_rule('exception[["foo"]] { true }', v0=True)))
    write(tmp_path, {"policy/old.rego": old, "policy/e1.rego": by_rule('exception contains ["old"]')})
    assert rules(verdict_of(tmp_path), "excepted") == names((*ALL_FOO, "deny_old"))


# --- an error within an exception exempts nothing, and is said

BROKEN = {
    "a crash": ('exception contains ["foo"] if to_number(input.tier) > 1', 3, "exception"),
    "a function that there is not": ('exception contains ["foo"] if no.such(input.tier)', 3, "exception"),
    "recursion": ('exception contains ["foo"] if looped\nlooped if again\nagain if looped', 4, "exception"),
    "syntax": ('exception contains ["foo"] if {', 4, None),
    "metadata that are no YAML": ('# METADATA\n# custom: }\nexception contains ["foo"]', 4, None),
}


@pytest.mark.parametrize(("clause", "line", "rule"), BROKEN.values(), ids=BROKEN)
def test_an_error_exempts_nothing_and_is_said(
    tmp_path: Path, clause: str, line: int, rule: str | None
) -> None:
    estate(tmp_path, Case(by_rule(clause)))
    verdict = verdict_of(tmp_path)
    assert rules(verdict, "excepted") == []
    assert rules(verdict, "open") == names((*RULES, "other"))
    (fault,) = verdict.faults
    assert (fault.path, fault.line) == (str(tmp_path / "policy/exceptions.rego"), line)
    if rule:
        assert fault.rule is not None and fault.rule.startswith(f"data.{SHOP}.")
    assert scan_cli(tmp_path).code == 2


def test_the_fault_of_an_exception_names_the_rule_as_it_is_written(tmp_path: Path) -> None:
    estate(tmp_path, Case(by_rule('exception contains ["foo"] if to_number(input.tier) > 1')))
    (fault,) = verdict_of(tmp_path).faults
    assert fault.rule == f"data.{SHOP}.exception"


def test_an_error_in_one_clause_leaves_the_others_in_force(tmp_path: Path) -> None:
    broken = 'exception contains ["myfoo"] if to_number(input.tier) > 1'
    estate(tmp_path, Case(by_rule(broken, 'exception contains ["foo"]')))
    verdict = verdict_of(tmp_path)
    assert rules(verdict, "excepted") == names(ALL_FOO)
    assert len(verdict.faults) == 1


def test_a_check_that_crashes_is_not_passing_for_its_exception(tmp_path: Path) -> None:
    checks = module(SHOP, "deny_foo contains input.tier if to_number(input.tier) > 1")
    exceptions = by_rule('exception contains ["foo"]')
    write(tmp_path, {"policy/c.rego": checks, "policy/e.rego": exceptions, "src/a.yaml": "tier: dev\n"})
    verdict = verdict_of(tmp_path)
    assert (states(verdict), len(verdict.faults), verdict.summary.passed) == (["unmatched"], 1, 0)


# --- on our own checks

PRIVILEGED = POD + "      securityContext:\n        privileged: true\n"
ON_BUILTIN = {
    "by package": by_namespace('exception contains "builtin.kubernetes.KSV017"'),
    "by package, with a condition": by_namespace(
        'exception contains "builtin.kubernetes.KSV017" if input.metadata.namespace == "billing"'
    ),
    "by rule, in another file of its package": by_rule(
        'exception contains [""]', package="builtin.kubernetes.KSV017"
    ),
    "by rule, in the syntax of v0": by_rule(
        'exception[rules] { input.metadata.name == "api"; rules := [""] }',
        package="builtin.kubernetes.KSV017",
        v0=True,
    ),
}


@pytest.mark.parametrize("exceptions", ON_BUILTIN.values(), ids=ON_BUILTIN)
def test_exceptions_of_built_in_checks(tmp_path: Path, exceptions: str) -> None:
    write(tmp_path, {"policy/exceptions.rego": exceptions, "src/pod.yaml": PRIVILEGED})
    verdict = verdict_of(tmp_path, builtin=True)
    assert rules(verdict, "excepted") == ["builtin.kubernetes.KSV017.deny"]
    assert states(verdict) == ["failing"]
    write(tmp_path, {"src/pod.yaml": POD})
    assert states(verdict_of(tmp_path, builtin=True)) == ["passing"]


def test_all_that_is_built_in_at_once(tmp_path: Path) -> None:
    everything = by_namespace("exception contains ns if some ns in data.namespaces")
    write(
        tmp_path,
        {"policy/e.rego": everything, "policy/c.rego": CHECKS, "src/pod.yaml": PRIVILEGED + "live: true\n"},
    )
    verdict = verdict_of(tmp_path, builtin=True)
    assert rules(verdict, "open") == []
    assert {f"{SHOP}.deny_foo", "builtin.kubernetes.KSV017.deny"} <= set(rules(verdict, "excepted"))


TAMPERED: dict[str, tuple[str, ...]] = {
    "a selector": ("builtin.kubernetes.KSV017", '__rego_input__ := {"selector": [{"type": "toml"}]}'),
    "metadata": ("builtin.kubernetes.KSV017", '__rego_metadata__ := {"id": "NOPE", "severity": "LOW"}'),
    "a helper of all checks": ("lib.kubernetes", "is_windows if true"),
}


@pytest.mark.parametrize(("package", "rule"), TAMPERED.values(), ids=TAMPERED)
def test_built_in_checks_are_silenced_by_exceptions_alone(tmp_path: Path, package: str, rule: str) -> None:
    foreign = PRIVILEGED.replace("shop/api", "registry.example.com/shop/api")
    write(tmp_path, {"policy/empty.rego": "package user.empty\n", "src/pod.yaml": foreign})
    before = verdict_of(tmp_path, builtin=True)
    write(tmp_path, {"policy/tampered.rego": module(package, rule)})
    after = verdict_of(tmp_path, builtin=True)
    assert "builtin.kubernetes.KSV0125.deny" in rules(before, "open")
    assert after.faults or _told(after) == _told(before)


def _told(verdict: Verdict) -> list[tuple[str, str]]:
    return sorted((finding.check, finding.severity) for finding in verdict.findings)


def test_a_file_that_is_named_twice_counts_once(tmp_path: Path) -> None:
    estate(tmp_path, Case(by_rule('exception contains ["foo"]')))
    folder = str(tmp_path / "policy")
    verdict = verdict_of(tmp_path, policies=(folder, f"{folder}/exceptions.rego", f"{folder}/../policy"))
    assert states(verdict) == ["failing"]


def test_checks_written_for_trivy_may_bring_their_own_library(tmp_path: Path) -> None:
    lib = module(
        "lib.kubernetes",
        "has_field(obj, field) if { obj[field] }",
        "has_field(obj, field) if { obj[field] == false }",
    )
    policy = module(
        "user.p", "import data.lib.kubernetes", 'deny contains "m" if kubernetes.has_field(input, "live")'
    )
    write(tmp_path, {"policy/lib.rego": lib, "policy/p.rego": policy, "src/a.yaml": "live: true\n"})
    verdict = verdict_of(tmp_path)
    assert (rules(verdict, "open"), verdict.faults) == (["user.p.deny"], [])


# --- through conftest

CONFTEST = peers.program("conftest")


@peers.needs("conftest")
@pytest.mark.parametrize("case", BY_RULE.values(), ids=BY_RULE)
def test_conftest_agrees(tmp_path: Path, case: Case) -> None:
    """The same rules fail, and the same are exempted, in conftest and here."""
    estate(tmp_path, case)
    if case.v0:  # one run of conftest knows one syntax
        checks = module(SHOP, *(f'{rule}[msg] {{ input.live; msg := "{rule}" }}' for rule in RULES), v0=True)
        other = module("user.other", 'deny_foo[msg] { input.live; msg := "other" }', v0=True)
        write(tmp_path, {"policy/checks.rego": checks, "policy/other.rego": other})
    failing, exempt = _conftest(tmp_path, v0=case.v0)
    verdict = verdict_of(tmp_path)
    assert rules(verdict, "open") == failing
    # conftest says which suffixes are exempt, whether their rules fail or not.
    assert {_by_suffix(rule) for rule in rules(verdict, "excepted")} <= exempt


def _conftest(folder: Path, *, v0: bool) -> tuple[list[str], set[tuple[str, str]]]:
    assert CONFTEST is not None
    command = [CONFTEST, "test", "src/app.yaml", "--policy", "policy", "--all-namespaces", "--output", "json"]
    command += ["--rego-version", "v0" if v0 else "v1"]
    command += ["--data", "data"] if (folder / "data").exists() else []
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    failing, exempt = [], set()
    for result in json.loads(done.stdout):
        for one in (*result.get("failures", ()), *result.get("warnings", ())):
            failing.append(str(one["metadata"]["query"]).removeprefix("data."))
        for one in result.get("exceptions", ()):
            package, _, suffix = str(one["msg"]).removeprefix("data.").partition(".exception[_][_] == ")
            exempt.add((package, json.loads(suffix)))
    return sorted(failing), exempt


def _by_suffix(rule: str) -> tuple[str, str]:
    package, _, name = rule.rpartition(".")
    return package, name.partition("_")[2]
