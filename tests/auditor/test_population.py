"""The population of a period: complete, and counts that add up."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from reprieve.auditor.period import Period
from reprieve.auditor.population import Population, population
from reprieve.auditor.spans import spans
from reprieve.auditor.timeseries import endings, status_by_day
from reprieve.register.eras import eras
from reprieve.register.register import Register
from tests.register.build import EMIL, LENA, MALLORY, SAM, Yard, charter, day, moment
from tests.support import REQUESTER, run_cli


def of(where: Path, first: float, last: float) -> Population:
    period = Period(day(first), day(last))
    return population(eras(Register.open(where)), period, moment(0))


@pytest.fixture(scope="module")
def told(shop: Path) -> dict[str, Population]:
    followed, now = eras(Register.open(shop)), moment(0)
    spans_ = {"all": (170, 0), "late": (60, 0), "middle": (75, 20), "early": (170, 100), "one day": (30, 30)}
    return {name: population(followed, Period(day(a), day(b)), now) for name, (a, b) in spans_.items()}


@pytest.mark.parametrize("name", ["all", "late", "middle", "early", "one day"])
def test_every_id_is_accounted_for_and_the_balance_adds_up(told: dict[str, Population], name: str) -> None:
    found = told[name]
    ids = [*(member.id for member in found.members), *found.others, *found.later, *found.gaps]
    assert sorted(ids) == [f"EXC-{number:03d}" for number in range(1, 21)]
    balance = found.balance
    assert balance.at_start + balance.became - sum(balance.left.values()) == balance.at_end
    assert balance.at_end == sum(member.at_end == "active" for member in found.members)
    assert balance.ever == sum(member.active_days > 0 for member in found.members)
    timing = found.timing
    assert timing.decided == timing.on_time + timing.late
    assert timing.not_separate == 0


def test_balance_is_what_single_days_say(told: dict[str, Population], shop: Path) -> None:
    found = told["middle"]
    for ago, number in ((76, found.balance.at_start), (20, found.balance.at_end)):
        last = dt.datetime.combine(day(ago), dt.time(23, 59, 59), dt.UTC)
        cases = Register.open(shop, as_of=last).cases(last)
        assert number == sum(standing.status == "active" for _, standing in cases)


def test_one_life(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    yard.ask(ago=60, requested=day(60), expires=day(20), risk="high")
    yard.decide("security-lead", ago=59)
    yard.decide("engineering-manager", ago=50)
    yard.merge(ago=50)
    yard.ask("EXC-002", ago=30, requested=day(30), renews="EXC-001")
    yard.decide(identifier="EXC-002", ago=29)
    yard.merge("exception/EXC-002", ago=28)
    yard.ask("EXC-004", ago=27, requested=day(27))
    yard.decide(identifier="EXC-004", verdict="deny", ago=26)
    yard.checkout("main")
    found = of(yard.directory, 65, 10)
    assert found.gaps == ("EXC-003",)
    first, second, fourth = found.members
    assert first.happened == ("requested", "approved", "activated", "expired", "renewed")
    assert (first.at_start, first.at_end, first.renewed_by) == (None, "expired", ("EXC-002",))
    assert first.active_days == 31, "from the day of the merge to the last day, both included"
    assert second.happened == ("requested", "approved", "activated")
    assert fourth.happened == ("requested", "denied")
    assert (found.counts.requested, found.counts.approved, found.counts.denied) == (3, 2, 1)
    assert found.balance.left == {"expired": 1}
    (review,) = [review for review in found.reviews if review.id == "EXC-001"]
    assert [(a.person, a.role) for a in review.approvers] == [
        (LENA, "security-lead"),
        (EMIL, "engineering-manager"),
    ]
    assert (review.requester, review.separate, review.limit, review.late) == (REQUESTER, True, "1bd", True)
    assert review.limit_hours == 8 < review.taken_hours
    assert [r.denier.person for r in found.reviews if r.denier] == [SAM]
    later = of(yard.directory, 8, 0)
    assert [member.id for member in later.members] == ["EXC-001", "EXC-002"]
    assert later.others == ("EXC-004",)
    earlier = of(yard.directory, 65, 55)
    assert [(member.id, member.at_end) for member in earlier.members] == [("EXC-001", "in-review")]
    assert earlier.later == ("EXC-002", "EXC-004")
    assert (earlier.timing.open, earlier.timing.open_late) == (1, 1)


def test_terms_changed_before_and_after_the_decision_are_rounds_of_their_own(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    yard.ask(ago=30, requested=day(30))
    yard.edit("KSV012", "KSV001", ago=25)
    yard.decide(ago=24)
    yard.merge(ago=23)
    yard.edit("KSV001", "KSV014", who=MALLORY, ago=10)
    found = of(yard.directory, 40, 0)
    assert [review.outcome for review in found.reviews] == ["dropped", "approved", "open"]
    assert len({review.terms for review in found.reviews}) == 3
    assert MALLORY in found.reviews[-1].submitters
    assert [(change.before, change.after) for change in found.changes][-1] == ("active", "void")
    assert found.balance.left == {"void": 1}


def test_a_question_stops_the_clock(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    yard.ask(ago=30, requested=day(30))
    yard.decide(verdict="ask", ago=30)
    answer = "Answer\n\nReprieve-Exception: EXC-001\nReprieve-Answer: yes\n"
    yard.commit(None, answer, ago=2)
    yard.decide(ago=2)
    yard.merge(ago=2)
    (review,) = of(yard.directory, 40, 0).reviews
    assert (review.outcome, review.late) == ("approved", False)
    assert review.taken_hours < 1


def test_where_what_is_merged_counts_as_approved(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register", charter("approvals: merged\n"))
    yard.ask(ago=9, requested=day(9))
    yard.merge(ago=5)
    found = of(yard.directory, 20, 0)
    (review,) = found.reviews
    assert (review.outcome, review.approvers, review.separate, review.late) == ("merged", (), None, False)
    assert (found.counts.approved, found.timing.decided) == (1, 0)
    text = run_cli("report", cwd=yard.directory).out
    assert "the charter takes what the protected branch holds as approved" in text
    assert "| who may merge | merged |" in text


def test_calendar_says_what_ends_when_and_whether_it_goes_on(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    yard.active(ago=30, requested=day(30), expires=day(5))
    yard.active("EXC-002", ago=20, requested=day(20), expires=day(-9), renews="EXC-001")
    yard.active("EXC-003", ago=20, requested=day(20), expires=day(-3))
    found = endings(spans(eras(Register.open(yard.directory))), moment(0))
    assert [(ending.id, ending.status, ending.renewed) for ending in found] == [
        ("EXC-001", "expired", True),
        ("EXC-003", "active", False),
        ("EXC-002", "active", False),
    ]


def test_days_before_the_register_began_count_nothing(shop: Path) -> None:
    followed = spans(eras(Register.open(shop)))
    for one in status_by_day(followed, Period(dt.date(2001, 1, 1), dt.date(2001, 1, 3))):
        assert not any(one.status.values())
