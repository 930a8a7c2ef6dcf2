"""The life cycle: every status of the table, every way from one to another, at any moment."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reprieve.record.charter import Charter
from reprieve.record.lifecycle import (
    DISPOSITION,
    Decision,
    Facts,
    Final,
    Standing,
    Status,
    missing_roles,
    pauses_of,
    review_due,
    standing,
    unfilled,
)
from tests.record.records import DAY, record
from tests.support import PEOPLE

UTC = dt.UTC
MORNING = dt.datetime.combine(DAY, dt.time(9), UTC)  # a Monday
HELD = Charter(version=1, roles={role: (email,) for role, email in PEOPLE.items()})
MERGED = Charter(version=1, approvals="merged")
TERMS = "sha256:terms"


def hours(number: float) -> dt.datetime:
    """That long after the request, on the wall."""
    return MORNING + dt.timedelta(hours=number)


def decision(verdict: str = "approve", role: str = "security-team", **fields: Any) -> Decision:
    person = fields.pop("person", PEOPLE.get(role, "sam@example.com"))
    defaults = {"commit": "c" * 40, "at": hours(1), "terms": TERMS}
    return Decision(**{**defaults, "verdict": verdict, "person": person, "role": role, **fields})


def facts(*decisions: Decision, merged: bool = True, **fields: Any) -> Facts:
    return Facts(merged=merged, added=MORNING, asked=MORNING, decisions=decisions, **fields)


APPROVED = facts(decision())
ASKED = facts(merged=False)


def at(moment: dt.datetime, of: Facts = APPROVED, charter: Charter = HELD, **changes: Any) -> Standing:
    return standing(record(**changes), of, charter, moment)


# The table of statuses


@pytest.mark.parametrize(
    ("of", "status"),
    [
        (ASKED, "requested"),
        (facts(decision("ask"), merged=False), "in-review"),
        (facts(decision(), merged=False), "in-review"),
        (facts(decision("deny"), merged=False), "denied"),
        (facts(decision()), "active"),
        (facts(decision("deny")), "denied"),
        (facts(), "requested"),  # merged without its decisions: a squash merge
        (facts(decision("ask")), "in-review"),
        (facts(decision(ended=hours(2))), "void"),
        (facts(decision(ended=hours(2)), decision(at=hours(3))), "active"),
        (facts(decision("ask", ended=hours(2))), "requested"),
        (facts(decision(refused="not security-team")), "requested"),
        (facts(decision(refused="no", ended=hours(2))), "requested"),
        (facts(decision("deny", refused="no"), decision()), "active"),
        (facts(decision("deny", ended=hours(2)), decision(at=hours(3))), "active"),
    ],
)
def test_decisions_make_the_status(of: Facts, status: Status) -> None:
    assert at(hours(8), of).status == status


def test_what_each_status_does_to_a_finding() -> None:
    assert set(DISPOSITION) == set(get_args(Status))
    assert [status for status, disposition in DISPOSITION.items() if disposition == "excepted"] == ["active"]
    pending = {"requested", "in-review", "approved"}
    assert {status for status, disposition in DISPOSITION.items() if disposition == "pending"} == pending
    assert DISPOSITION["expired"] == "expired"


@pytest.mark.parametrize("verdict", ["approve", "deny", "ask"])
def test_the_latest_word_of_a_person_in_a_role_counts(verdict: str) -> None:
    first = "deny" if verdict != "deny" else "approve"
    of = facts(decision(first), decision(verdict, at=hours(2)))
    expected = {"approve": "active", "deny": "denied", "ask": "in-review"}[verdict]
    assert at(hours(8), of).status == expected


def test_one_denial_denies_whoever_approves() -> None:
    of = facts(
        decision("deny", "security-lead", note="v4 shipped last week"),
        decision("approve", "engineering-manager"),
        merged=False,
    )
    found = at(hours(8), of, risk="high")
    assert (found.status, found.reason) == (
        "denied",
        "lena@example.com (security-lead): v4 shipped last week",
    )


def test_a_record_that_cannot_be_read_is_invalid() -> None:
    found = standing(None, APPROVED, HELD, hours(8), ["`risk` is missing", "`owner` is missing"])
    assert (found.status, found.reason) == ("invalid", "`risk` is missing; `owner` is missing")


def test_an_invalid_record_is_so_whoever_approved_it() -> None:
    assert standing(record(), APPROVED, HELD, hours(8), ["a blanket scope"]).status == "invalid"


@pytest.mark.parametrize("of", [APPROVED, ASKED], ids=["merged", "asked"])
def test_a_date_in_the_future_is_invalid_until_then(of: Facts) -> None:
    tomorrow = DAY + dt.timedelta(days=1)
    control = {"id": "a", "kind": "monitoring", "description": "b", "implemented": tomorrow}
    for changes in ({"requested": tomorrow}, {"controls": [control]}):
        assert at(hours(8), of, **changes).status == "invalid"
        assert at(hours(8), of, **changes).reason.endswith("is in the future (2026-11-03)")
        assert at(hours(24), of, **changes).status != "invalid"


@pytest.mark.parametrize("status", ["revoked", "closed"])
@pytest.mark.parametrize("problems", [[], ["a blanket scope"]])
@pytest.mark.parametrize("of", [APPROVED, facts(decision("deny")), ASKED])
def test_a_final_event_is_final(status: Any, problems: list[str], of: Facts) -> None:
    final = Final(status, hours(2), "c" * 40, "sam@example.com", "bypassed")
    ended = Facts(merged=of.merged, added=of.added, asked=of.asked, decisions=of.decisions, final=final)
    for moment in (hours(3), hours(24 * 365)):
        found = standing(record(), ended, HELD, moment, problems)
        assert (found.status, found.reason) == (status, "bypassed")


# In force

END = dt.datetime.combine(DAY + dt.timedelta(days=61), dt.time(), UTC)
SECOND = dt.timedelta(seconds=1)


def test_it_holds_until_the_end_of_its_last_day() -> None:
    assert at(END - SECOND).status == "active"
    assert at(END).status == "expired"
    assert at(END).reason == "expired on 2027-01-01"


def test_it_is_expiring_in_its_last_fourteen_days() -> None:
    begin = END - dt.timedelta(days=14)
    assert not at(begin - SECOND).expiring
    assert at(begin).expiring
    assert at(END - SECOND).expiring
    assert not at(END).expiring


def test_it_is_not_active_before_every_control_is_in() -> None:
    done = {"id": "a", "kind": "preventive", "description": "b", "implemented": DAY}
    promised = {"id": "alert", "kind": "monitoring", "description": "c"}
    found = at(hours(8), controls=[done, promised])
    assert (found.status, found.reason) == ("approved", "controls not implemented: alert")
    assert at(hours(8), controls=[done, {**promised, "implemented": DAY}]).status == "active"
    assert at(END, controls=[done, promised]).status == "expired"


def test_without_controls_where_none_are_needed() -> None:
    assert at(hours(8), reason="false-positive", controls=[]).status == "active"


def test_where_merging_approves() -> None:
    assert at(hours(8), facts(), MERGED).status == "active"
    assert at(hours(8), ASKED, MERGED).status == "requested"
    assert at(hours(8), facts(decision("deny")), MERGED).status == "denied"


# Under review


def test_a_request_waits_for_its_roles_until_its_time_is_up() -> None:
    found = at(hours(1), ASKED, risk="high")
    assert found.missing == ("security-lead", "engineering-manager")
    assert found.due == hours(8)
    assert not found.overdue
    assert at(hours(8) + SECOND, ASKED, risk="high").overdue
    of = facts(decision(role="security-lead"), merged=False)
    assert at(hours(2), of, risk="high").missing == ("engineering-manager",)


def test_approved_but_not_merged_is_not_overdue() -> None:
    found = at(hours(500), facts(decision(), merged=False))
    assert (found.status, found.missing, found.overdue) == ("in-review", (), False)
    assert "waiting to be merged" in found.reason


def test_a_squash_merge_is_told_what_it_lost() -> None:
    found = at(hours(8), facts())
    assert (found.status, found.missing) == ("requested", ("security-team",))
    assert "squash merge" in found.reason


def test_changed_terms_are_told_to_be_approved_again() -> None:
    found = at(hours(8), facts(decision(ended=hours(2))))
    assert (found.status, found.missing) == ("void", ("security-team",))
    assert "approve them again" in found.reason


def test_an_open_question_pauses() -> None:
    found = at(hours(8), facts(decision("ask"), merged=False), risk="high")
    assert (found.status, found.paused, found.due, found.overdue) == ("in-review", True, None, False)


def test_an_answer_lets_the_clock_go_on() -> None:
    asked = decision("ask", "security-lead", at=hours(1))
    of = facts(asked, merged=False, answers=(hours(3),))
    assert pauses_of(of) == [(hours(1), hours(3))]
    found = at(hours(4), of, risk="high")
    assert (found.paused, found.due) == (False, hours(26))  # two hours later: 11:00 on Tuesday


@pytest.mark.parametrize(
    ("fields", "answered"),
    [
        ({"answers": (hours(0.5),)}, None),  # before the question
        ({"answers": (hours(5), hours(2))}, hours(2)),
    ],
)
def test_the_next_answer_is_the_answer(fields: dict[str, Any], answered: dt.datetime | None) -> None:
    assert pauses_of(facts(decision("ask"), merged=False, **fields)) == [(hours(1), answered)]


def test_who_asked_answers_by_deciding() -> None:
    question = decision("ask", "security-lead")
    assert pauses_of(facts(question, decision("approve", "security-lead", at=hours(2)))) == [
        (hours(1), hours(2))
    ]
    other = decision("approve", "engineering-manager", at=hours(2))
    assert pauses_of(facts(question, other)) == [(hours(1), None)]


def test_new_terms_end_a_question() -> None:
    assert pauses_of(facts(decision("ask", ended=hours(4)))) == [(hours(1), hours(4))]
    assert pauses_of(facts(decision("ask", refused="not a role"))) == []


def test_the_clock_is_that_of_the_risk() -> None:
    for risk, due in {"critical": 4, "high": 8, "medium": 56, "low": 104}.items():
        assert review_due(record(risk=risk), ASKED, HELD) == hours(due)


# Who is missing

ROLES = ("ciso", "vp-engineering", "security-lead")
PERSONS = ("a@x.com", "b@x.com", "c@x.com")
pairs = st.lists(st.tuples(st.sampled_from(ROLES), st.sampled_from(PERSONS)), max_size=7, unique=True)


@given(st.lists(st.sampled_from(ROLES), max_size=4), pairs)
def test_as_many_roles_as_possible_are_filled_by_different_people(
    required: list[str], approvals: list[tuple[str, str]]
) -> None:
    left = unfilled(required, approvals)
    assert len(required) - len(left) == most_filled(required, approvals)
    rest = list(required)
    for role in left:
        rest.remove(role)
    assert most_filled(rest, approvals) == len(rest), "the roles it calls filled cannot all be"


def most_filled(required: list[str], approvals: list[tuple[str, str]]) -> int:
    """Every way to give each role one of its approvers or nobody."""
    given = set(approvals)
    choices = [[None, *(p for p in PERSONS if (role, p) in given)] for role in required]
    best = 0
    for people in itertools.product(*choices):
        filled = [person for person in people if person is not None]
        if len(filled) == len(set(filled)):
            best = max(best, len(filled))
    return best


def test_one_person_in_two_roles_fills_one() -> None:
    both = [decision(role=role, person="x@example.com") for role in ("security-lead", "engineering-manager")]
    assert len(missing_roles(record(risk="high"), facts(*both), HELD)) == 1


def test_another_approver_makes_room() -> None:
    both = [decision(role=role, person="x@example.com") for role in ("security-lead", "engineering-manager")]
    third = decision(role="security-lead", person="y@example.com")
    assert missing_roles(record(risk="high"), facts(*both, third), HELD) == ()


def test_an_escalation_needs_the_ciso() -> None:
    escalated = record(risk="medium", escalation={"case": "team-disagrees", "reason": "Not so."})
    assert missing_roles(escalated, APPROVED, HELD) == ("ciso",)
    assert missing_roles(escalated, facts(decision(), decision(role="ciso")), HELD) == ()


# Whatever the facts

moments = st.integers(-50, 24 * 100).map(hours)
decisions = st.builds(
    decision,
    st.sampled_from(["approve", "deny", "ask"]),
    st.sampled_from(["security-team", "ciso"]),
    at=moments,
    ended=st.none() | moments,
    refused=st.none() | st.just("no"),
)


@given(st.lists(decisions, max_size=4), st.booleans(), moments, st.lists(moments, max_size=2))
def test_nothing_is_active_but_what_is_merged_approved_and_in_its_time(
    made: list[Decision], merged: bool, now: dt.datetime, answers: list[dt.datetime]
) -> None:
    of = facts(*made, merged=merged, answers=tuple(answers))
    found = at(now, of)
    if found.status == "active":
        standing_ones = [d for d in made if d.stands]
        assert merged
        assert MORNING.date() <= now.date()
        assert now < END
        assert any(d.verdict == "approve" and d.role == "security-team" for d in standing_ones)
        assert found.missing == ()
    if found.overdue:
        assert found.due is not None
        assert found.missing
