"""Following records through time gives what judging the register at each moment gives."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from reprieve.auditor.period import Period
from reprieve.auditor.spans import Span, at, spans, stays
from reprieve.auditor.timeseries import STATUSES, status_by_day
from reprieve.register.eras import eras
from reprieve.register.register import Register
from tests.register.build import (
    CAROL,
    MALLORY,
    RECORD,
    WIDER,
    Key,
    Yard,
    charter,
    day,
    make_key,
    moment,
    signers,
)
from tests.register.scenes import signing_yard
from tests.support import record_file

Followed = dict[int, list[Span]]


def same_as_judging_afresh(where: Path, moments: Iterator[dt.datetime]) -> Followed:
    """Fails the test where any record stands elsewhere by its spans than by `--as-of`."""
    found = spans(eras(Register.open(where)))
    asked = 0
    for when in moments:
        register = Register.open(where, as_of=when)
        afresh = {}
        for case, standing in [*register.cases(when)][::-1]:  # what is merged comes first, and counts
            afresh[case.number] = (standing.status, standing.expiring, case.renewals, case.record)
        followed = {}
        for number, own in found.items():
            span = at(own, when)
            if span:
                case = span.case
                followed[number] = (span.status, span.expiring, case.renewals, case.record)
        assert followed == afresh, when
        asked += len(afresh)
    assert asked
    return found


def days(first: float, last: float, step: float = 1) -> Iterator[dt.datetime]:
    ago = first
    while ago >= last:
        yield moment(ago)
        ago -= step


def statuses(own: list[Span]) -> list[str]:
    """What it was so far, one after the other."""
    return [span.status for span in stays(own) if span.since <= moment(0)]


def test_half_a_year_of_an_organisation(shop: Path) -> None:
    found = same_as_judging_afresh(shop, days(160, 1, 9.7))
    seen = {span.status for own in found.values() for span in own}
    assert seen == set(STATUSES)
    assert any(span.expiring for own in found.values() for span in own)


def test_a_day_counts_as_its_last_second_would(shop: Path) -> None:
    period = Period(day(60), day(1))
    counted = status_by_day(spans(eras(Register.open(shop))), period)
    assert [one.day for one in counted] == list(period.each_day())
    for one in counted[::13]:
        last = dt.datetime.combine(one.day, dt.time(23, 59, 59), dt.UTC)
        cases = Register.open(shop, as_of=last).cases(last)
        merged = {case.number: standing for case, standing in cases[::-1]}
        assert Counter(standing.status for standing in merged.values()) == {
            status: number for status, number in one.status.items() if number
        }
        assert one.expiring == sum(standing.expiring for standing in merged.values())
        assert sum(one.active_by_risk.values()) == one.status["active"]


def test_terms_changed_changed_back_and_approved_again(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    yard.active(ago=60, requested=day(60), expires=day(-20))
    yard.edit("KSV012", "KSV001", who=MALLORY, ago=50)
    yard.edit("KSV001", "KSV012", who=MALLORY, ago=45)
    yard.decide(ago=40)
    found = same_as_judging_afresh(yard.directory, days(62, 1, 4.9))
    assert statuses(found[1]) == ["active", "void", "active"]


def test_duplicates_deletion_and_what_nobody_can_read(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    yard.active(ago=60, requested=day(60))
    twin = RECORD.replace("billing-root", "twin")
    yard.commit({twin: record_file(requested=day(60))}, ago=50)
    yard.commit({twin: None}, ago=45)
    yard.commit({RECORD: "---\nnonsense\n"}, ago=40)
    yard.commit({RECORD: record_file(requested=day(60))}, ago=35)
    yard.commit({RECORD: None}, ago=30)
    yard.commit({RECORD: record_file(requested=day(60))}, ago=20)
    found = same_as_judging_afresh(yard.directory, days(62, 1, 4.9))
    assert statuses(found[1]) == ["active", "invalid", "void", "invalid", "void", "closed"]


def test_a_new_charter_judges_what_comes_after_it(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    yard.active(ago=60, requested=day(60))
    new = charter("limits: {critical_in_production: 1}\n", security_team=MALLORY)
    yard.commit({"security/exceptions/charter.yaml": new}, "Change the charter", who=MALLORY, ago=50)
    yard.approve_charter(new, who=CAROL)
    same_as_judging_afresh(yard.directory, days(62, 1, 6.9))


def test_critical_ones_are_counted_together(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register", charter("limits: {critical_in_production: 1}\n"))
    for number, ago in (("EXC-001", 60), ("EXC-002", 50), ("EXC-003", 40)):
        yard.ask(number, ago=ago, requested=day(ago), risk="critical", scope=WIDER)
        yard.decide("ciso", identifier=number, ago=ago)
        yard.decide("vp-engineering", identifier=number, ago=ago)
        yard.merge(f"exception/{number}", ago=ago)
    closed = f"closed: {{date: {day(30)}, by: sam, reason: remediated}}\nrequester:"
    yard.edit("requester:", closed, ago=30)
    found = same_as_judging_afresh(yard.directory, days(62, 1, 4.9))
    assert statuses(found[2])[-2:] == ["invalid", "active"]
    assert statuses(found[3])[-1] == "invalid"


def test_a_renewal_and_what_it_renews(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    yard.ask("EXC-002", ago=60, requested=day(60), renews="EXC-001")
    yard.decide(identifier="EXC-002", ago=59)
    yard.merge("exception/EXC-002", ago=58)
    yard.active("EXC-001", ago=50, requested=day(50))
    yard.active("EXC-003", ago=40, requested=day(40), renews="EXC-002")
    yard.ask("EXC-004", ago=30, requested=day(30), renews="EXC-003")
    found = same_as_judging_afresh(yard.directory, days(62, 1, 4.9))
    assert statuses(found[2])[-2:] == ["invalid", "active"]
    assert found[3][-1].case.renewals == 2


def test_squashed_and_fast_forwarded_merges(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    yard.ask(ago=60, requested=day(60))
    yard.decide(ago=58)
    yard.checkout("main")
    yard.git("merge", "--quiet", "--squash", "exception/EXC-001")
    yard.commit(None, "Squashed", ago=50)
    yard.decide(ago=40)
    yard.ask("EXC-002", ago=30, requested=day(30))
    yard.decide(identifier="EXC-002", ago=28)
    yard.merge("exception/EXC-002", ago=20, mode="--ff-only")
    found = same_as_judging_afresh(yard.directory, days(62, 1, 4.9))
    assert statuses(found[1]) == ["requested", "in-review", "requested", "active"], "a squash loses decisions"
    assert statuses(found[2]) == ["requested", "active"], "committed to main, as far as history can tell"


def test_keys_of_their_time(tmp_path: Path) -> None:
    keys: dict[str, Key] = {name: make_key(tmp_path, name) for name in ("dana", "sam", "mallory")}
    yard = signing_yard(Yard(tmp_path / "plain"), keys, signers(sam=keys["sam"]))
    yard.active(ago=60, requested=day(60), key=keys["sam"])
    yard.ask("EXC-002", ago=50, requested=day(50))
    yard.decide(identifier="EXC-002", ago=49, key=keys["mallory"])
    yard.decide(identifier="EXC-002", ago=45, key=keys["sam"])
    yard.merge("exception/EXC-002", ago=40)
    found = same_as_judging_afresh(yard.directory, days(62, 1, 6.9))
    assert statuses(found[2])[:2] == ["requested", "in-review"]


@pytest.mark.parametrize("seed", range(3))
def test_any_history(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    yard = Yard(tmp_path / "register", charter("limits: {critical_in_production: 1, renewals: 1}\n"))
    held: list[str] = []
    for step in range(14):
        ago = 70 - 4.7 * step
        identifier = f"EXC-{step + 1:03d}"
        known = chance.choice(held) if held else identifier
        path = RECORD.replace("EXC-001", known)
        act = chance.choice(["ask", "active", "edit", "decide", "close", "delete", "renew", "leave"])
        if act in {"ask", "leave"} or not held:
            yard.ask(identifier, ago=ago, requested=day(ago), risk=chance.choice(["low", "critical"]))
            yard.decide(identifier=identifier, ago=ago - 1, verdict=chance.choice(["approve", "deny", "ask"]))
            if act == "leave":
                yard.checkout("main")
            else:
                yard.merge(f"exception/{identifier}", ago=ago - 2)
                held.append(identifier)
        elif act in {"active", "renew"}:
            renews = {"renews": known} if act == "renew" else {}
            yard.active(identifier, ago=ago, requested=day(ago), expires=day(ago - 30), **renews)
            held.append(identifier)
        elif act == "decide":
            yard.decide(identifier=known, ago=ago, verdict=chance.choice(["approve", "deny", "ask"]))
        elif act == "edit":
            yard.edit("namespaces:", "paths: ['*.yaml']\n    namespaces:", ago=ago, path=path)
        elif act == "close":
            closed = f"closed: {{date: {day(ago)}, by: x, reason: remediated}}\nrequester:"
            yard.edit("requester:", closed, ago=ago, path=path)
            held.remove(known)
        else:
            yard.commit({path: None}, ago=ago)
            held.remove(known)
    same_as_judging_afresh(yard.directory, days(72, 0, 6.3))
