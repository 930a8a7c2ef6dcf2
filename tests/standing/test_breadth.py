"""The limit of breadth: who must count, what counts, and that no claim of anybody else widens anything."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reprieve.record.charter import Charter, Limits, parse_charter
from reprieve.record.lifecycle import Decision, Facts, missing_roles, standing
from reprieve.record.model import Problem
from reprieve.register.register import Register
from reprieve.words import RISKS
from tests.record.records import record
from tests.register.build import MALLORY, SAM, Yard, charter, excepts, standing_of, trailers
from tests.support import CHARTER, PEOPLE, Office, trivy_report

LIMITED = charter("limits: {breadth: 20}\n")
NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


@pytest.fixture
def yard(tmp_path: Path) -> Yard:
    return Yard(tmp_path / "yard", LIMITED)


def approve(yard: Yard, role: str, *lines: str, who: str | None = None) -> str:
    """An approval with more trailers."""
    text = trailers(role, yard.terms()) + "".join(f"{line}\n" for line in lines)
    return yard.commit(None, f"Decide\n\n{text}", who=who or PEOPLE[role])


def asked(yard: Yard) -> Yard:
    yard.ask()
    return yard


def holds(yard: Yard) -> bool:
    yard.merge()
    return excepts(yard.gate())


# --- who must have counted


def test_an_approval_within_the_limit_suffices(yard: Yard) -> None:
    approve(asked(yard), "security-team", "Reprieve-Covers: 20")
    assert holds(yard)


def test_above_the_limit_the_next_higher_risk_must_approve_as_well(yard: Yard) -> None:
    approve(asked(yard), "security-team", "Reprieve-Covers: 21")
    assert not holds(yard)
    found = standing_of(Register.open(yard.directory))
    assert found.missing == ("security-lead", "engineering-manager")
    assert "above 20" in found.reason
    yard.checkout("exception/EXC-001")
    approve(yard, "security-lead")
    approve(yard, "engineering-manager")
    assert holds(yard)


def test_the_higher_ones_alone_do_not_suffice(yard: Yard) -> None:
    asked(yard)
    approve(yard, "security-lead", "Reprieve-Covers: 500")
    approve(yard, "engineering-manager", "Reprieve-Covers: 500")
    assert not holds(yard)
    assert standing_of(Register.open(yard.directory)).missing == ("security-team",)


def test_without_a_limit_nobody_has_to_count(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "yard")
    approve(asked(yard), "security-team")
    assert holds(yard)


def test_without_a_limit_a_number_changes_nothing(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "yard")
    approve(asked(yard), "security-team", "Reprieve-Covers: 40000")
    assert holds(yard)


NOTHING_SAID = (
    (),
    ("Reprieve-Covers: 0",),
    ("Reprieve-Covers: -3",),
    ("Reprieve-Covers: +3",),
    ("Reprieve-Covers: 3.0",),
    ("Reprieve-Covers: 1e0",),
    ("Reprieve-Covers: 0x3",),
    ("Reprieve-Covers: 03",),
    ("Reprieve-Covers: ٣",),
    ("Reprieve-Covers: three",),
    ("Reprieve-Covers: 3 of 41",),
    ("Reprieve-Covers: 3", "Reprieve-Covers: 3"),
    ("Reprieve-Covers: 3", "reprieve-covers: 41"),
)


@pytest.mark.parametrize("lines", NOTHING_SAID)
def test_what_says_no_number_is_no_small_number(yard: Yard, lines: tuple[str, ...]) -> None:
    approve(asked(yard), "security-team", *lines)
    assert not holds(yard)
    found = standing_of(Register.open(yard.directory))
    assert found.missing == ("security-team",)
    assert "--report" in found.reason


def test_uncounted_it_takes_the_higher_approvers_as_well(yard: Yard) -> None:
    asked(yard)
    for role in ("security-team", "security-lead", "engineering-manager"):
        approve(yard, role)
    assert holds(yard)


# --- whose number counts


def test_what_the_requester_counts_decides_nothing(yard: Yard) -> None:
    asked(yard)
    (yard.directory / "security/exceptions/EXC-001-billing-root.md").touch()
    yard.edit("until the vendor ships v4", "until v4 ships")
    message = "Ask\n\nReprieve-Covers: 3\n"
    yard.rewrite(lambda raw: raw.split("\n\n", 1)[0] + "\n\n" + message)
    approve(yard, "security-team")
    assert not holds(yard)
    (case,) = Register.open(yard.directory).snapshot.cases
    assert case.facts.asked_for is not None
    assert case.facts.asked_for.findings == 3


def test_nor_what_somebody_counts_who_may_not_decide(yard: Yard) -> None:
    asked(yard)
    approve(yard, "security-team", "Reprieve-Covers: 3", who=MALLORY)
    approve(yard, "security-team")
    assert not holds(yard)


def test_a_number_in_prose_is_none(yard: Yard) -> None:
    asked(yard)
    text = f"Decide\n\nReprieve-Covers: 3\n\n{trailers('security-team', yard.terms())}"
    yard.commit(None, text, who=SAM)
    assert not holds(yard)


def test_a_number_for_other_terms_is_none(yard: Yard) -> None:
    asked(yard)
    approve(yard, "security-team", "Reprieve-Covers: 3")
    yard.edit("namespaces: [billing]", "namespaces: ['b*']")
    approve(yard, "security-team")
    assert not holds(yard)


def test_who_counts_again_corrects_the_own_number(yard: Yard) -> None:
    asked(yard)
    approve(yard, "security-team", "Reprieve-Covers: 500")
    approve(yard, "security-team", "Reprieve-Covers: 3")
    assert holds(yard)


def test_who_counted_more_and_then_only_asks_has_still_counted(yard: Yard) -> None:
    asked(yard)
    approve(yard, "security-lead", "Reprieve-Covers: 500")
    yard.decide("security-lead", verdict="ask")
    approve(yard, "security-team", "Reprieve-Covers: 3")
    assert not holds(yard)


def test_the_highest_number_counts(tmp_path: Path) -> None:
    both = charter("limits: {breadth: 20}\n", security_team=(SAM, "sue@example.com"))
    yard = asked(Yard(tmp_path / "yard", both))
    approve(yard, "security-team", "Reprieve-Covers: 500", who="sue@example.com")
    approve(yard, "security-team", "Reprieve-Covers: 3")
    assert not holds(yard)


@pytest.mark.parametrize("first", ["Reprieve-Covers: 500", "Reprieve-Covers: none"])
@pytest.mark.parametrize("ago", [0, 0.2])
def test_of_approvals_side_by_side_the_broader_counts(yard: Yard, first: str, ago: float) -> None:
    """Whatever their dates: the narrow one is dated later, or earlier."""
    asked(yard)
    start = yard.head()
    terms = trailers("security-team", yard.terms())
    yard.commit(None, f"Decide\n\n{terms}{first}\n", who=SAM, ago=0.1)
    broad = yard.head()
    yard.git("reset", "--quiet", "--hard", start)
    yard.commit(None, f"Decide\n\n{terms}Reprieve-Covers: 3\n", who=SAM, ago=ago)
    yard.git("merge", "--quiet", "--no-ff", "--no-edit", broad)
    assert not holds(yard)


def test_a_limit_that_comes_later_leaves_what_was_approved(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "yard", CHARTER)
    yard.active()
    yard.change_charter(LIMITED)
    yard.approve_charter(LIMITED)
    assert excepts(yard.gate())
    yard.ask("EXC-002", scope=[{"checks": ["KSV001"], "namespaces": ["billing"]}])
    yard.decide(identifier="EXC-002")
    yard.merge("exception/EXC-002")
    assert yard.status("EXC-002") == "in-review"


# --- the rule itself


PERSONS = {role: f"{role}@example.com" for role in PEOPLE}


def decided(role: str, covers: int | None) -> Decision:
    return Decision("c", "approve", PERSONS[role], role, NOW, "sha256:0", covers=covers)


@given(
    st.sampled_from(RISKS),
    st.dictionaries(st.sampled_from(sorted(PEOPLE)), st.none() | st.integers(1, 50), max_size=5),
)
def test_a_limit_never_makes_an_approval_easier(risk: Any, given_: dict[str, int | None]) -> None:
    facts = Facts(True, NOW, NOW, decisions=tuple(decided(*pair) for pair in given_.items()))
    free, limited = Charter(1), Charter(1, limits=Limits(breadth=20))
    assert not missing_roles(record(risk=risk), facts, free) or missing_roles(
        record(risk=risk), facts, limited
    )


@given(
    st.sampled_from(RISKS),
    st.dictionaries(st.sampled_from(sorted(PEOPLE)), st.integers(1, 50), min_size=1, max_size=5),
    st.sampled_from(sorted(PEOPLE)),
)
def test_counting_more_or_nothing_never_makes_it_easier(
    risk: Any, given_: dict[str, int], whose: str
) -> None:
    limited = Charter(1, limits=Limits(breadth=20))

    def missing(numbers: dict[str, int | None]) -> tuple[str, ...]:
        facts = Facts(True, NOW, NOW, decisions=tuple(decided(*pair) for pair in numbers.items()))
        return missing_roles(record(risk=risk), facts, limited)

    if whose in given_ and missing(dict(given_)):
        assert missing({**given_, whose: 99})
    if whose in given_ and whose in limited.approvers[risk] and missing(dict(given_)):
        assert missing({**given_, whose: None})


def test_higher_roles_are_those_of_the_next_risk_that_asks_for_more() -> None:
    rules = Charter(1)
    assert rules.higher_roles("low", escalated=False) == ("security-lead", "engineering-manager")
    assert rules.higher_roles("medium", escalated=False) == ("security-lead", "engineering-manager")
    assert rules.higher_roles("high", escalated=False) == ("ciso", "vp-engineering")
    assert rules.higher_roles("critical", escalated=False) == ()
    assert rules.higher_roles("high", escalated=True) == ("vp-engineering",)
    twice = Charter(1, approvers={**rules.approvers, "high": ("security-team", "security-team")})
    assert twice.higher_roles("medium", escalated=False) == ("security-team",)


def test_nobody_who_counts_is_a_contradiction() -> None:
    found = parse_charter("charter.yaml", b"version: 1\napprovals: merged\nlimits: {breadth: 5}\n")
    assert isinstance(found, list)
    assert [problem.line for problem in found if isinstance(problem, Problem)] == [3]


def test_before_anybody_decided_the_roles_of_the_risk_are_missing() -> None:
    facts = Facts(False, NOW, NOW)
    found = standing(record(), facts, Charter(1, limits=Limits(breadth=20)), NOW)
    assert (found.missing, found.reason) == (("security-team",), "")


# --- through the commands


@pytest.fixture
def limited(tmp_path: Path) -> Office:
    return Office(tmp_path, CHARTER + "limits: {breadth: 2}\n")


def scan(office: Office, *names: str) -> str:
    path = office.root / f"scan-{len(names)}.json"
    path.write_text(trivy_report(*({"resource": f"Deployment/billing-{name}"} for name in names)))
    return str(path)


def test_whoever_approves_counts(limited: Office) -> None:
    identifier = limited.request(risk="medium")
    sam = limited.desk("security-team")
    refused = sam.run("decide", identifier, "approve")
    assert refused.code == 2
    assert "--report" in refused.err
    assert "security-lead and engineering-manager" in refused.err
    elsewhere = limited.root / "elsewhere.json"
    elsewhere.write_text(trivy_report({"namespace": "shipping"}))
    nothing = sam.run("decide", identifier, "approve", "--report", str(elsewhere))
    assert (nothing.code, "covers nothing" in nothing.err) == (2, True)
    out = sam.ok("decide", identifier, "approve", "--report", scan(limited, "a", "b"))
    assert "merged" in out
    assert "covering 2" in sam.ok("history", identifier, "--fetch")


def test_a_broad_one_goes_on_to_the_higher_approvers(limited: Office) -> None:
    identifier = limited.request(risk="medium")
    out = limited.desk("security-team").ok(
        "decide", identifier, "approve", "--report", scan(limited, "a", "b", "c")
    )
    assert "still to approve: security-lead, engineering-manager" in out
    waits = limited.desk().ok("review", "--fetch")
    assert "above 2" in waits
    for role in ("security-lead", "engineering-manager"):
        limited.desk(role).ok("decide", identifier, "approve")
    assert limited.desk().run("show", identifier, "--fetch", "-o", "json").json()["status"] == "active"


def test_a_denial_says_nothing_of_breadth(limited: Office) -> None:
    identifier = limited.request(risk="medium")
    sam = limited.desk("security-team")
    result = sam.run("decide", identifier, "deny", "--reason", "no", "--report", scan(limited, "a"))
    assert (result.code, "only an approval" in result.err) == (2, True)
    sam.ok("decide", identifier, "deny", "--reason", "no")


def test_the_charter_says_so(limited: Office) -> None:
    assert "at most 2 findings without a higher approver" in limited.desk().ok("charter")
