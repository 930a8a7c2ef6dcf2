"""What reports list as looked at: a target that is gone, one that is clean, and checks that run no more."""

from __future__ import annotations

from typing import Any

import pytest

from reprieve.findings.model import Extent, Target
from reprieve.record.charter import Charter, Export
from reprieve.standing.uses import CLOSING
from tests.standing.results import day, finding, result, scope, use

API, WEB = "Deployment/billing-api", "Deployment/billing-web"
OTHER = finding("KSV001", namespace="shipping", resource="Deployment/shop")
ONE = scope(namespaces=["billing"], resources=[API])


def listed(*resources: str, checks: tuple[str, ...] = (), **more: Any) -> Extent:
    """All of billing, and one object of another namespace that is always there."""
    targets = (*(Target("billing", name) for name in resources), Target("shipping", "Deployment/shop"))
    fields: dict[str, Any] = {
        "tool": "trivy",
        "type": "misconfiguration",
        "cluster": "prod-eu-1",
        "environment": "production",
    }
    return Extent(**{"targets": targets, "checks": checks, **fields, **more})


def state(*results: Any, **fields: Any) -> tuple[str, int | None]:
    found = use(results, **{"scope": ONE, **fields})
    return found.state, None if found.since is None else (found.since - day(1)).days + 1


def test_a_target_that_is_off_the_list_is_gone() -> None:
    before = result(1, finding(), extents=[listed(API, WEB)])
    assert state(before, result(2, OTHER, extents=[listed(WEB)])) == ("target-gone", 2)
    assert state(before, result(2, extents=[listed(WEB)])) == ("target-gone", 2)
    assert state(before, result(2, extents=[listed(WEB)]), scope=scope(namespaces=["billing"])) == (
        "no-longer-matching",
        2,
    )


def test_a_target_on_the_list_without_findings_is_clean() -> None:
    before = result(1, finding(), extents=[listed(API)])
    assert state(before, result(2, OTHER, extents=[listed(API)])) == ("no-longer-matching", 2)
    assert state(before, result(2, extents=[listed(API)])) == ("no-longer-matching", 2)


def test_gone_since_it_is_off_the_list_and_not_since_it_is_clean() -> None:
    before, clean = result(1, finding(), extents=[listed(API)]), result(2, OTHER, extents=[listed(API)])
    assert state(before, clean, result(3, extents=[listed(WEB)])) == ("target-gone", 3)


def test_gone_and_back_again() -> None:
    before, gone = result(1, finding(), extents=[listed(API)]), result(2, extents=[listed(WEB)])
    assert state(before, gone, result(3, extents=[listed(API)])) == ("no-longer-matching", 3)
    assert state(before, gone, result(3, finding(), extents=[listed(API)])) == ("needed", None)


def test_a_list_of_other_things_says_nothing() -> None:
    """`--include-namespaces` of another namespace, or another folder: nothing that was beside it is there."""
    before = result(1, finding(), extents=[listed(API)])
    elsewhere = listed(WEB, targets=(Target("web", "Deployment/front"),))
    assert state(before, result(2, extents=[elsewhere])) == ("needed", None)
    for more in ({"cluster": "prod-us-1"}, {"tool": "kubescape"}, {"type": "compliance"}):
        assert state(before, result(2, extents=[listed(WEB, **more)])) == ("needed", None)
    assert state(before, result(2, extents=[listed(WEB)], whole=False)) == ("needed", None)


def test_a_list_that_lacks_what_the_scope_names_cannot_tell_gone_from_clean() -> None:
    """Files are listed, and the scope is about resources."""
    files = [Target(path="deploy/a.yaml"), Target(path="deploy/b.yaml")]
    before = result(1, finding(path="deploy/a.yaml"), extents=[listed(targets=files)])
    assert state(before, result(2, extents=[listed(targets=files[1:])])) == ("not-seen", 2)
    assert state(before, result(2, OTHER, extents=[listed(targets=files[1:])])) == ("not-seen", 2)
    named = scope(paths=["deploy/a.*"])
    assert state(before, result(2, OTHER, extents=[listed(targets=files[1:])]), scope=named) == (
        "target-gone",
        2,
    )


def test_what_an_export_may_hide_is_unknown_still() -> None:
    charter = Charter(1, exports=(Export("trivyignore", "f"),))
    before = result(1, finding(), extents=[listed(API, checks=("KSV012",))])
    for later in (listed(WEB), listed(API), listed(API, checks=("KSV001",))):
        assert use([before, result(2, extents=[later])], charter, scope=ONE).state == "unknown"


# --- checks


RAN = ("KSV012", "KSV001")


def test_a_check_that_ran_and_runs_no_more_is_retired() -> None:
    before = result(1, finding(), extents=[listed(API, checks=RAN)])
    assert state(before, result(2, extents=[listed(API, checks=("KSV001",))])) == ("check-retired", 2)
    assert state(before, result(2, extents=[listed(API, checks=RAN)])) == ("no-longer-matching", 2)
    assert state(before, result(2, extents=[listed(API, checks=("AVD-KSV-0012",))])) == (
        "no-longer-matching",
        2,
    )
    assert state(before, result(2, extents=[listed(API)])) == ("no-longer-matching", 2)


def test_a_check_that_ran_since_is_not_retired() -> None:
    before, without = (
        result(1, finding(), extents=[listed(API, checks=RAN)]),
        result(2, extents=[listed(API, checks=("KSV001",))]),
    )
    assert state(before, without, result(3, extents=[listed(API, checks=RAN)])) == ("no-longer-matching", 2)
    again = result(3, finding(), extents=[listed(API, checks=RAN)])
    assert state(before, without, again) == ("needed", None)


def test_a_check_whose_target_is_gone_is_not_retired() -> None:
    before = result(1, finding(), extents=[listed(API, WEB, checks=RAN)])
    later = result(2, extents=[listed(WEB, checks=("KSV001",))])
    assert state(before, later) == ("target-gone", 2)
    wide = scope(namespaces=["billing"])
    assert state(before, later, scope=wide) == ("no-longer-matching", 2)


def test_silence_before_proves_nothing() -> None:
    """That it ran is not on any list: what is listed now may have been chosen otherwise."""
    later = result(2, extents=[listed(API, checks=("KSV001",))])
    assert state(result(1, finding(), extents=[listed(API)]), later) == ("no-longer-matching", 2)
    assert state(result(1, finding()), later) == ("no-longer-matching", 2)
    assert state(later) == ("not-looked-at", None)


def test_other_frameworks_say_nothing_of_the_check() -> None:
    """Kubescape for one framework on Mondays, and for another on Tuesdays."""
    before = result(1, finding(), extents=[listed(API, checks=RAN, among="MITRE")])
    other = result(2, OTHER, extents=[listed(API, checks=("KSV001",), among="NSA")])
    assert state(before, other) == ("needed", None)
    same = result(3, OTHER, extents=[listed(API, checks=("KSV001",), among="MITRE")])
    assert state(before, other, same) == ("check-retired", 3)


def test_patterns_are_not_retired() -> None:
    wide = [{**ONE[0], "checks": ["KSV01*"]}]
    before = result(1, finding(), extents=[listed(API, checks=RAN)])
    later = result(2, extents=[listed(API, checks=("KSV001",))])
    assert state(before, later, scope=wide) == ("no-longer-matching", 2)


def test_a_list_of_checks_alone_is_held_against_one_of_the_same_kind() -> None:
    """kube-bench: no targets, one list for each type of node."""
    alone: dict[str, Any] = {"targets": (), "among": "master"}
    before = result(1, finding(), extents=[listed(checks=RAN, **alone)])
    billing = finding("KSV001")
    nodes = result(2, billing, extents=[listed(checks=("KSV001",), targets=(), among="node")])
    assert state(before, nodes) == ("needed", None)
    masters = result(3, billing, extents=[listed(checks=("KSV001",), **alone)])
    assert state(before, masters, scope=scope(namespaces=["billing"])) == ("check-retired", 3)


def test_what_ran_there_and_never_found_anything_has_never_matched() -> None:
    ran = result(1, extents=[listed(API, checks=RAN)])
    assert state(ran) == ("never-matched", 1)
    assert state(result(1, extents=[listed(API, checks=("KSV001",))])) == ("not-looked-at", None)
    assert state(result(1, extents=[listed(WEB, checks=RAN)])) == ("not-looked-at", None)


def test_what_never_was_there_is_not_gone() -> None:
    """Found nothing where it applies, time and again: the exception was never for anything."""
    there = listed(WEB)
    results = [result(n, finding("KSV001", resource=WEB), extents=[there]) for n in (1, 2)]
    assert state(*results) == ("never-matched", 1)


def test_of_another_environment_nothing_is_said() -> None:
    ran = result(1, extents=[listed(API, checks=RAN, environment="staging")])
    assert state(ran) == ("not-looked-at", None)


@pytest.mark.parametrize("named", ["target-gone", "not-seen", "check-retired", "no-longer-matching"])
def test_all_of_them_can_be_closed(named: str) -> None:
    assert named in CLOSING
