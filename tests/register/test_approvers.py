"""Whose decision counts: the roles that the risk needs, and nobody who asked for it or wrote its terms."""

from __future__ import annotations

from typing import Any

import pytest

from tests.register.build import (
    BRANCH,
    CAROL,
    EMIL,
    LENA,
    MALLORY,
    RECORD,
    SAM,
    VICTOR,
    Yard,
    charter,
    excepts,
    trailers,
)
from tests.support import REQUESTER, record_file

OTHER = "other@example.com"
SCOPE_OF_SHIPPING = [{"type": "misconfiguration", "checks": ["KSV012"], "namespaces": ["shipping"]}]
CRITICAL = {"risk": "critical", "escalation": {"case": "critical-in-production", "reason": "A sale."}}


def new_yard(yard: Yard, text: str) -> Yard:
    """A yard beside the first, under another charter."""
    return Yard(yard.directory.with_name("other"), text)


# Who may


@pytest.mark.parametrize(
    ("fields", "decisions"),
    [
        ({}, [("security-team", SAM)]),
        ({"risk": "low"}, [("security-team", SAM)]),
        ({"risk": "high"}, [("security-lead", LENA), ("engineering-manager", EMIL)]),
        (CRITICAL, [("vp-engineering", VICTOR), ("ciso", CAROL)]),
        ({"environment": "staging", "risk": "critical"}, [("vp-engineering", VICTOR), ("ciso", CAROL)]),
    ],
)
def test_the_roles_that_the_risk_needs_are_enough_and_needed(
    yard: Yard, fields: dict[str, Any], decisions: list[tuple[str, str]]
) -> None:
    options = ("--environment", fields.get("environment", "production"))
    yard.ask(**fields)
    for role, who in decisions:
        yard.merge()
        assert not excepts(yard.gate(*options)), f"active without {role}"
        yard.decide(role, who=who)
        yard.git("branch", "--force", BRANCH, "main")
    assert excepts(yard.gate(*options))


@pytest.mark.parametrize(
    ("role", "who", "fields"),
    [
        ("security-team", REQUESTER, {}),
        ("security-team", MALLORY, {}),
        ("security-lead", SAM, {"risk": "high"}),
        ("ciso", SAM, {}),
        ("ciso", CAROL, {}),
        ("security-lead", LENA, {}),
        ("security-team", LENA, {}),
        ("admin", SAM, {}),
        ("", SAM, {}),
        ("Security-Team", SAM, {}),
        ("security-team,ciso", SAM, {}),
        ("security-team", "sam@example.com.evil.example", {}),
        ("security-team", "sam", {}),
        ("security-team", "sam@EXAMPLE.org", {}),
    ],
)
def test_no_approval_without_the_role(yard: Yard, role: str, who: str, fields: dict[str, Any]) -> None:
    yard.ask(**fields)
    yard.decide(role, who=who)
    yard.merge()
    assert yard.status() == "requested"
    assert not excepts(yard.gate())


def test_addresses_compare_without_letter_case(yard: Yard) -> None:
    yard.ask()
    yard.decide(who="Sam@Example.COM")
    yard.merge()
    assert yard.status() == "active"


@pytest.mark.parametrize("requester", [SAM, "Sam@Example.com", "SAM@EXAMPLE.COM"])
def test_the_requester_cannot_approve(yard: Yard, requester: str) -> None:
    yard.ask(requester=requester)
    yard.decide()
    yard.merge()
    assert yard.status() == "requested"


@pytest.mark.parametrize("author", [SAM, "SAM@example.com"])
def test_the_author_of_the_terms_cannot_approve(yard: Yard, author: str) -> None:
    yard.ask(who=author)
    yard.decide()
    yard.merge()
    assert yard.status() == "requested"


def test_the_author_of_an_earlier_version_of_the_terms_cannot_approve(yard: Yard) -> None:
    yard.ask()
    yard.edit("KSV012", "KSV001", who=SAM)
    yard.edit("KSV001", "KSV012", who=REQUESTER)
    yard.decide()
    yard.merge()
    assert yard.status() == "requested"


def test_the_author_of_an_earlier_version_on_main_cannot_approve(yard: Yard) -> None:
    yard.ask(who=SAM)
    yard.merge()
    yard.edit("KSV012", "KSV001", who=REQUESTER)
    yard.decide()
    assert yard.status() == "requested"


def test_who_changes_terms_in_the_merge_commit_has_set_them(yard: Yard) -> None:
    yard.ask()
    yard.checkout("main")
    yard.git("merge", "--quiet", "--no-ff", "--no-commit", BRANCH)
    yard.edit("KSV012", "KSV001", who=SAM)
    yard.decide()
    assert yard.status() == "requested"


def test_who_decides_in_the_commit_that_sets_the_terms_has_set_them(yard: Yard) -> None:
    yard.ask()
    terms = yard.terms()
    yard.git("reset", "--quiet", "--hard", "main")
    yard.commit({RECORD: record_file()}, f"Ask\n\n{trailers('security-team', terms)}", who=SAM)
    yard.merge()
    assert yard.status() == "requested"


def test_who_only_merges_or_implements_controls_may_approve(yard: Yard) -> None:
    yard.ask(controls=[{"id": "wall", "kind": "preventive", "description": "A wall."}])
    yard.edit("description: A wall.", f"description: A wall.\n    implemented: {yard.today}", who=SAM)
    yard.merge(who=SAM)
    assert yard.status() == "requested"
    yard.decide()
    assert yard.status() == "active"


def test_one_person_cannot_fill_two_roles(yard: Yard) -> None:
    yard = new_yard(yard, charter(security_lead=(LENA, OTHER), engineering_manager=(LENA, EMIL)))
    yard.ask(risk="high")
    yard.decide("security-lead", who=LENA)
    yard.decide("engineering-manager", who=LENA)
    yard.merge()
    assert yard.status() == "in-review"
    yard.decide("security-lead", who=OTHER)
    assert yard.status() == "active"


def test_two_letter_cases_are_one_person(yard: Yard) -> None:
    yard = new_yard(yard, charter(security_lead=LENA, engineering_manager="LENA@example.com"))
    yard.ask(risk="high")
    yard.decide("security-lead", who=LENA)
    yard.decide("engineering-manager", who="Lena@example.com")
    yard.merge()
    assert yard.status() == "in-review"


def test_a_raised_risk_needs_the_approvers_of_the_new_risk(yard: Yard) -> None:
    yard.active()
    yard.edit("risk: medium", "risk: high")
    yard.decide("security-team")
    assert yard.status() == "void"
    yard.decide("security-lead")
    yard.decide("engineering-manager")
    assert yard.status() == "active"
