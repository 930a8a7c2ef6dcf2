"""What each exception covered over time, and what follows from it: by results made by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reprieve.record.charter import Charter, Export
from reprieve.standing.results import Result
from reprieve.standing.uses import CLOSING, why
from tests.standing.results import day, finding, result, scope, use

OTHER = finding("KSV001")
"""Another check at the same target: it shows that the target was looked at."""
ELSEWHERE = finding("KSV001", namespace="shipping")


def at(use_: Any) -> int | None:
    return None if use_.since is None else (use_.since - day(1)).days + 1


# --- needed


def test_what_covers_something_now_is_needed() -> None:
    found = use([result(1, OTHER), result(2, finding(), finding(resource="Deployment/billing-web"))])
    assert (found.state, found.findings, at(found), found.looks) == ("needed", 2, None, 2)
    assert found.state not in CLOSING


def test_a_result_that_did_not_look_there_says_nothing() -> None:
    elsewhere = finding("KSV012", cluster="prod-us-1", namespace="shipping")
    assert use([result(1, finding()), result(2, elsewhere)]).state == "needed"


def test_one_cluster_that_is_clean_does_not_speak_for_another() -> None:
    both = scope(clusters=["prod-*"], namespaces=["billing"])
    clean = finding("KSV001", cluster="prod-us-1")
    assert use([result(1, finding()), result(2, clean)], scope=both).state == "needed"


def test_one_tool_does_not_speak_for_another() -> None:
    named = [{"checks": ["KSV012", "CKV_K8S_6"], "namespaces": ["billing"]}]
    checkov = finding("CKV_K8S_8", tool="checkov")
    assert use([result(1, finding()), result(2, checkov)], scope=named).state == "needed"


def test_what_the_scanner_itself_suppresses_is_there() -> None:
    found = use([result(1, finding(suppressed="later"))])
    assert (found.state, found.findings, found.native) == ("needed", 1, 1)
    assert "suppressed by the scanner" in why(found)


def test_a_void_does_not_hide_that_it_matches() -> None:
    found = use([result(1, finding(severity="critical"))], voids=["severity-raised"])
    assert found.state == "needed"


def test_of_another_environment_it_covers_nothing() -> None:
    assert use([result(1, finding(), environment="staging")]).state == "not-looked-at"


def test_what_was_not_looked_at_whole_shows_only_what_is_there() -> None:
    partial = result(2, OTHER, whole=False)
    assert use([result(1, finding()), partial]).state == "needed"
    assert use([partial]).state == "not-looked-at"
    assert use([result(1, OTHER), result(2, finding(), whole=False)]).state == "needed"


# --- not needed any more


def test_never_matched_since_its_target_was_first_looked_at() -> None:
    found = use([result(1, ELSEWHERE), result(2, OTHER), result(3, OTHER)])
    assert (found.state, at(found), found.looks, found.last_match) == ("never-matched", 2, 2, None)


def test_no_longer_matching_since_the_first_result_without_it() -> None:
    found = use([result(n, *(x,)) for n, x in ((1, finding()), (2, finding()), (3, OTHER), (4, OTHER))])
    assert (found.state, at(found)) == ("no-longer-matching", 3)
    assert found.last_match is not None
    assert (found.last_match.at, found.result and found.result.path) == (day(2), "gate-3.json")


def test_what_comes_back_is_needed_again() -> None:
    assert use([result(1, finding()), result(2, OTHER), result(3, finding())]).state == "needed"
    found = use([result(1, finding()), result(2, OTHER), result(3, finding()), result(4, OTHER)])
    assert (found.state, at(found)) == ("no-longer-matching", 4)


def test_no_longer_anywhere_since_the_last_place_was_clean() -> None:
    both = scope(namespaces=["billing"])
    us = finding(cluster="prod-us-1")
    us_clean = finding("KSV001", cluster="prod-us-1")
    found = use([result(1, finding(), us), result(2, OTHER, us), result(3, OTHER, us_clean)], scope=both)
    assert (found.state, at(found)) == ("no-longer-matching", 3)


def test_not_seen_when_its_cluster_is_looked_at_without_it() -> None:
    found = use([result(1, finding(), ELSEWHERE), result(2, ELSEWHERE)])
    assert (found.state, at(found)) == ("not-seen", 2)


def test_a_target_that_is_back_is_not_gone() -> None:
    assert use([result(1, finding()), result(2, ELSEWHERE), result(3, OTHER)]).state == "no-longer-matching"


def test_gone_is_not_said_of_what_another_type_of_scan_looked_at() -> None:
    vulnerability = finding("CVE-2026-1", type="vulnerability", namespace="shipping")
    assert use([result(1, finding()), result(2, vulnerability)]).state == "needed"


def test_a_clean_report_of_the_same_cluster_is_one_that_looked() -> None:
    clean = result(2, clean=[("trivy", "prod-eu-1", None)])
    found = use([result(1, finding()), clean])
    assert (found.state, at(found)) == ("not-seen", 2)
    assert use([result(1, finding()), result(2, clean=[("trivy", "prod-us-1", None)])]).state == "needed"
    assert use([result(1, finding()), result(2, clean=[("checkov", "prod-eu-1", None)])]).state == "needed"


def test_a_clean_report_of_a_tool_that_does_several_things_says_nothing() -> None:
    other = finding("CVE-2026-1", type="vulnerability")
    clean = result(2, clean=[("trivy", "prod-eu-1", None)])
    assert use([result(1, finding(), other), clean]).state == "needed"


def test_where_the_repository_itself_is_the_target_it_is_not_gone() -> None:
    own = finding(cluster=None, namespace=None, repository="shop", path="a.tf", resource=None)
    named = scope(repositories=["shop"])
    clean = result(2, clean=[("trivy", None, "shop")])
    assert use([result(1, own), clean], scope=named).state == "no-longer-matching"


def files(check: str, *paths: str) -> list[Any]:
    place = {"cluster": None, "namespace": None, "resource": None}
    return [finding(check, path=path, **place) for path in paths]


PATHS = scope(paths=["deploy/*"])


def test_trees_without_a_name_are_the_same_when_they_share_a_file() -> None:
    before = result(1, *files("KSV012", "deploy/a.yaml", "lib/b.yaml"))
    assert use([before, result(2, *files("KSV012", "lib/b.yaml"))], scope=PATHS).state == "not-seen"


def test_other_trees_say_nothing() -> None:
    before = result(1, *files("KSV012", "deploy/a.yaml", "lib/b.yaml"))
    assert use([before, result(2, *files("KSV012", "other/c.yaml"))], scope=PATHS).state == "needed"


# --- a fix


def vulnerable(**fields: Any) -> Any:
    defaults: dict[str, Any] = {"type": "vulnerability", "package": "pkg:npm/lodash@4.17.4", "resource": None}
    return finding(**{"check": "CVE-2026-1", **defaults, **fields})


CVE = [{"type": "vulnerability", "checks": ["CVE-2026-1"], "clusters": ["prod-eu-1"]}]


def test_a_fix_is_available_since_the_first_result_that_says_so() -> None:
    fixed = vulnerable(fix="4.17.21")
    results = [result(1, vulnerable()), result(2, fixed), result(3, fixed, vulnerable(package="pkg:npm/a@1"))]
    found = use(results, scope=CVE)
    assert (found.state, at(found), found.fixable, found.findings) == ("fix-available", 2, 1, 2)
    assert "fix-available" not in CLOSING


@pytest.mark.parametrize(
    ("check", "aliases", "package", "state"),
    [
        ("GHSA-1", ("CVE-2026-1",), "pkg:npm/lodash@4.17.4", "fix-available"),
        ("CVE-2026-1", (), "pkg:npm/lodash@4.17.5?x=y", "fix-available"),
        ("CVE-2026-1", (), "pkg:npm/lodash.merge@4.17.4", "needed"),
        ("CVE-2026-2", (), "pkg:npm/lodash@4.17.4", "needed"),
    ],
)
def test_another_tool_knows_the_fix(check: str, aliases: tuple[str, ...], package: str, state: str) -> None:
    other = vulnerable(
        check=check, aliases=aliases, package=package, tool="osv-scanner", fix="5", cluster="dev"
    )
    assert use([result(1, vulnerable(), other)], scope=CVE).state == state


def test_a_scoped_package_keeps_its_name() -> None:
    ours = vulnerable(package="pkg:npm/%40babel/core@7.0.0")
    other = vulnerable(package="pkg:npm/%40babel/traverse@7.0.0", tool="grype", fix="8", cluster="dev")
    assert use([result(1, ours, other)], scope=CVE).state == "needed"
    plain = vulnerable(package="pkg:npm/@babel/core", tool="grype", fix="8", cluster="dev")
    assert (
        use([result(1, vulnerable(package="pkg:npm/@babel/core@7"), plain)], scope=CVE).state
        == "fix-available"
    )


# --- hidden by what we export


def exports(format_: Any, **more: Any) -> Charter:
    return Charter(1, exports=(Export(format_, "f", **more),))


TRIVY = exports("trivyignore")


def test_what_an_export_may_hide_is_unknown() -> None:
    found = use([result(1, OTHER), result(2, OTHER)], TRIVY)
    assert (found.state, at(found)) == ("unknown", 1)
    found = use([result(1, finding()), result(2, OTHER), result(3, OTHER)], TRIVY)
    assert (found.state, at(found)) == ("unknown", 2)
    assert use([result(1, finding(), ELSEWHERE), result(2, ELSEWHERE)], TRIVY).state == "unknown"
    assert "unknown" not in CLOSING


def test_another_tools_export_hides_nothing() -> None:
    assert use([result(1, OTHER)], exports("checkov")).state == "never-matched"
    assert use([result(1, OTHER)], exports("sarif")).state == "never-matched"


def test_an_export_for_another_environment_hides_nothing() -> None:
    assert use([result(1, OTHER)], exports("trivyignore", environment="staging")).state == "never-matched"
    assert use([result(1, OTHER)], exports("trivyignore", environment="production")).state == "unknown"


def test_a_report_that_shows_what_it_suppressed_would_show_this_too() -> None:
    shown = finding("KSV003", suppressed="exported")
    assert use([result(1, OTHER, shown)], TRIVY).state == "never-matched"


def test_what_matches_is_needed_whatever_is_exported() -> None:
    assert use([result(1, finding())], TRIVY).state == "needed"


# --- checks that are no more


def knows(*checks: str, tool: str = "trivy") -> dict[str, frozenset[str]]:
    return {tool: frozenset(checks)}


def test_a_check_that_its_tool_does_not_know_any_more() -> None:
    found = use([result(1, finding()), result(2, OTHER, knows=knows("KSV001"))])
    assert (found.state, at(found)) == ("check-retired", 2)


@pytest.mark.parametrize("known", ["KSV012", "AVD-KSV-0012"])
def test_a_check_that_is_known_by_any_name_is_not_retired(known: str) -> None:
    found = use([result(1, finding()), result(2, OTHER, knows=knows(known))])
    assert found.state == "no-longer-matching"


def test_what_another_tool_knows_retires_nothing() -> None:
    found = use([result(1, finding()), result(2, OTHER, knows=knows("CKV_1", tool="checkov"))])
    assert found.state == "no-longer-matching"


def test_patterns_and_what_never_matched_are_not_retired() -> None:
    wide = [{"checks": ["KSV01*"], "namespaces": ["billing"]}]
    listed = result(2, OTHER, knows=knows("KSV001"))
    assert use([result(1, finding()), listed], scope=wide).state == "no-longer-matching"
    assert use([listed]).state == "never-matched"


def test_built_in_checks_are_those_of_the_catalogue() -> None:
    from reprieve.findings.model import Policy

    ours = {"tool": "reprieve", "policy": Policy("builtin.kubernetes.KSV012", "deny")}
    before, after = result(1, finding(**ours)), result(2, finding("KSV001", **ours))
    assert use([before, after], builtin=frozenset({"KSV001"})).state == "check-retired"
    assert use([before, after], builtin=frozenset({"KSV012"})).state == "no-longer-matching"
    theirs = finding(tool="reprieve", policy=Policy("user.billing", "deny"))
    assert use([result(1, theirs), after], builtin=frozenset({"KSV001"})).state == "no-longer-matching"


# --- whatever comes


MOMENTS = st.lists(
    st.lists(
        st.builds(
            finding,
            check=st.sampled_from(["KSV012", "KSV001"]),
            cluster=st.sampled_from(["prod-eu-1", "prod-us-1", None]),
            namespace=st.sampled_from(["billing", "shipping", None]),
            suppressed=st.none() | st.just(""),
            tool=st.sampled_from(["trivy", "kubescape"]),
        ),
        max_size=4,
    ),
    max_size=6,
)


@given(MOMENTS, st.booleans())
def test_what_is_said_follows_from_the_results(moments: list[list[Any]], exported: bool) -> None:
    """By the plain rules, recomputed here: never closable while a finding is there, or might be."""
    results = [result(number, *found) for number, found in enumerate(moments, start=1)]
    said = use(results, TRIVY if exported else None)
    covered = [[f for f in found if (f.check, f.namespace) == ("KSV012", "billing")] for found in moments]
    matched = [number for number, found in enumerate(covered, start=1) if found]
    assert (said.last_match is not None) == bool(matched)
    if matched:
        assert said.last_match is not None
        assert said.last_match.at == day(matched[-1])
    if moments and covered[-1]:
        assert said.state == "needed"
    if said.state in CLOSING:
        assert said.since is not None
        views = {(f.tool, f.cluster) for found in covered for f in found}
        for tool, cluster in views:
            last = max(
                n
                for n, found in enumerate(covered, 1)
                if any((f.tool, f.cluster) == (tool, cluster) for f in found)
            )
            later = [
                found
                for found in moments[last:]
                if any((f.tool, f.cluster) == (tool, cluster) for f in found)
            ]
            assert later, "nobody has looked since"
    if said.state == "never-matched":
        assert not matched
    if not any(moments):
        assert said.state == "not-looked-at"


def test_results_come_in_order() -> None:
    """The order of moments is that of `results.find`, not of files."""
    results: list[Result] = [result(2, OTHER), result(1, finding())]
    assert use(sorted(results, key=lambda each: each.place.at)).state == "no-longer-matching"
