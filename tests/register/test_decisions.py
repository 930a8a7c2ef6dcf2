"""Whose decision counts, and for what: rights, replays and the form of a decision."""

from __future__ import annotations

from typing import Any

import pytest

from tests.register.build import (
    ADMIN,
    BRANCH,
    CAROL,
    EMIL,
    LENA,
    MALLORY,
    RECORD,
    SAM,
    VICTOR,
    WIDER,
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


# What it says


@pytest.mark.parametrize("verdict", ["deny", "ask", "Approve", "approved", "approve!", ""])
def test_anything_but_approve_is_no_approval(yard: Yard, verdict: str) -> None:
    yard.ask()
    yard.decide(verdict=verdict)
    yard.merge()
    assert not excepts(yard.gate())


def test_one_denial_denies_what_all_others_approved(yard: Yard) -> None:
    yard = new_yard(yard, charter(security_team=(SAM, OTHER)))
    yard.ask()
    yard.decide(verdict="deny", who=OTHER)
    yard.decide()
    yard.merge()
    assert yard.status() == "denied"
    assert not excepts(yard.gate())
    yard.decide(who=OTHER)
    assert yard.status() == "active"


@pytest.mark.parametrize("who", [MALLORY, REQUESTER, LENA])
def test_a_denial_without_the_role_denies_nothing(yard: Yard, who: str) -> None:
    yard.ask()
    yard.decide()
    yard.decide(verdict="deny", who=who)
    yard.merge()
    assert yard.status() == "active"


@pytest.mark.parametrize("last", ["approve", "deny"])
def test_of_two_decisions_side_by_side_the_later_one_counts(yard: Yard, last: str) -> None:
    # No commit is after the other: only their dates tell which of them sam means.
    first = {"approve": "deny", "deny": "approve"}[last]
    asked = yard.ask(ago=3)
    yard.decide(verdict=first, ago=2)
    for order in ("a", "b"):
        yard.checkout(order, start=asked)
        yard.decide(verdict=last, ago=1)
    yard.checkout("a")
    yard.git("merge", "--quiet", "--no-edit", "-s", "ours", BRANCH)
    yard.checkout(BRANCH)
    yard.git("merge", "--quiet", "--no-edit", "-s", "ours", "b")
    for order in ("a", BRANCH):
        yard.git("branch", "--force", "main", order)
        assert yard.status() == {"approve": "active", "deny": "denied"}[last], f"merged in order {order}"


BROKEN = {
    "not-in-the-last-paragraph": "Decide\n\n{lines}\nThat is what I think.\n",
    "quoted": "Decide\n\n{quoted}",
    "in-the-subject": "{lines}",
    "verdict-twice": "Decide\n\n{lines}Reprieve-Decision: approve\n",
    "role-twice": "Decide\n\n{lines}Reprieve-Role: security-team\n",
    "terms-twice": "Decide\n\n{lines}Reprieve-Terms: sha256:{zeros}\n",
    "exception-twice": "Decide\n\n{lines}Reprieve-Exception: EXC-002\n",
    "verdict-both-ways": "Decide\n\n{lines}Reprieve-Decision: deny\n",
    "no-terms": "Decide\n\n{no_terms}",
    "short-terms": "Decide\n\n{short}",
    "other-hash": "Decide\n\n{md5}",
    "other-keys": "Decide\n\n{other}",
    "folded": "Decide\n\nNote: x\n {folded}",
}


def test_a_decision_in_the_form_that_the_broken_ones_start_from_counts(yard: Yard) -> None:
    yard.ask()
    yard.commit(None, f"Decide\n\n{trailers('security-team', yard.terms())}", who=SAM)
    yard.merge()
    assert yard.status() == "active"


@pytest.mark.parametrize("form", list(BROKEN))
def test_a_decision_that_is_not_plainly_one_is_none(yard: Yard, form: str) -> None:
    yard.ask()
    lines = trailers("security-team", yard.terms())
    text = BROKEN[form].format(
        lines=lines,
        zeros="0" * 64,
        quoted="".join(f"> {line}\n" for line in lines.splitlines()),
        no_terms="".join(f"{line}\n" for line in lines.splitlines() if "Terms" not in line),
        short=lines[:-20],
        md5=lines.replace("sha256:", "md5:"),
        other=lines.replace("Reprieve-", "X-Reprieve-"),
        folded=lines.replace("\n", "\n "),
    )
    yard.commit(None, text, who=SAM)
    yard.merge()
    assert yard.status() == "requested"
    assert not excepts(yard.gate())


# What it is about


def test_a_decision_on_one_record_does_not_count_for_another(yard: Yard) -> None:
    yard.active(scope=SCOPE_OF_SHIPPING)
    terms = yard.terms()
    yard.ask("EXC-002")
    yard.decide(identifier="EXC-002", terms=terms)
    yard.merge("exception/EXC-002")
    assert yard.status("EXC-002") == "requested"
    assert not excepts(yard.gate())


def test_trailers_copied_to_another_record_do_not_count(yard: Yard) -> None:
    yard.ask(scope=SCOPE_OF_SHIPPING)
    yard.decide()
    message = yard.git("log", "-1", "--format=%B")
    yard.merge()
    yard.ask("EXC-002")
    yard.commit(None, message.replace("EXC-001", "EXC-002"), who=SAM)
    yard.merge("exception/EXC-002")
    assert yard.status() == "active"
    assert yard.status("EXC-002") == "requested"
    assert not excepts(yard.gate())


def test_trailers_replayed_on_other_terms_do_not_count(yard: Yard) -> None:
    yard.ask()
    yard.decide()
    message = yard.git("log", "-1", "--format=%B")
    yard.git("reset", "--quiet", "--hard", "main")
    yard.commit({RECORD: record_file(scope=WIDER)})
    yard.commit(None, message, who=SAM)
    yard.merge()
    assert yard.status() == "requested"
    assert not excepts(yard.gate())


def test_a_decision_for_terms_still_to_come_does_not_count(yard: Yard) -> None:
    yard.ask()
    coming = yard.terms()
    yard.git("reset", "--quiet", "--hard", "main")
    yard.commit({RECORD: record_file(scope=WIDER)})
    yard.decide(terms=coming)
    yard.commit({RECORD: record_file()})
    yard.merge()
    assert yard.terms() == coming
    assert not excepts(yard.gate())


def test_a_decision_cherry_picked_to_where_the_record_is_not_does_not_count(yard: Yard) -> None:
    yard.ask()
    decision = yard.decide()
    yard.checkout("elsewhere", start="main")
    yard.git("cherry-pick", "--allow-empty", decision)
    yard.merge("elsewhere")
    yard.git("merge", "--quiet", "--squash", BRANCH)
    yard.commit(None, "Ask (#12)", who=ADMIN)
    assert yard.status() == "requested"
    assert not excepts(yard.gate())


def test_a_decision_cherry_picked_to_other_terms_does_not_count(yard: Yard) -> None:
    yard.ask()
    decision = yard.decide()
    yard.checkout("elsewhere", start="main")
    yard.commit({RECORD: record_file(scope=WIDER)})
    yard.git("cherry-pick", "--allow-empty", decision)
    yard.merge("elsewhere")
    assert yard.status() == "requested"
    assert not excepts(yard.gate())


def test_the_same_decision_merged_through_another_branch_counts(yard: Yard) -> None:
    yard.ask()
    yard.decide()
    yard.git("branch", "release")
    yard.checkout("release")
    yard.commit({"README.md": "Other work.\n"})
    yard.merge("release")
    assert yard.status() == "active"


def test_a_decision_that_was_never_merged_does_not_count(yard: Yard) -> None:
    yard.ask()
    yard.merge()
    yard.checkout("exception/EXC-001-approve", start="main")
    yard.decide()
    assert not excepts(yard.gate())
    yard.merge("exception/EXC-001-approve")
    assert excepts(yard.gate())


def test_a_decision_made_in_the_archive_does_not_count(yard: Yard) -> None:
    archived = RECORD.replace("exceptions/", "exceptions/archive/")
    yard.checkout("elsewhere", start="main")
    yard.commit({archived: record_file()})
    yard.decide()
    yard.git("mv", archived, RECORD)
    yard.commit(None, "Move")
    yard.merge("elsewhere")
    assert yard.status() == "requested"
    assert not excepts(yard.gate())
