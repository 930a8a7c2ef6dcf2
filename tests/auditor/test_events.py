"""Events of the whole register, filtered."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from reprieve.auditor.events import HEADS, AuditEvent, Query, events, matching, rows
from reprieve.auditor.period import Period
from reprieve.register.register import Register
from reprieve.report import csv
from tests.register.build import CAROL, LENA, MALLORY, SAM, Yard, charter, day, moment


@pytest.fixture(scope="module")
def told(shop: Path) -> list[AuditEvent]:
    return events(Register.open(shop))


@pytest.mark.parametrize(
    "query",
    [
        Query(people=("Security-Lead@example.com",)),
        Query(ids=("EXC-7", "exc-012")),
        Query(kinds=("approved", "denied")),
        Query(period=Period(day(60), day(30))),
        Query(merged=False),
        Query(text="NETWORK policy"),
        Query(people=("security-lead@example.com",), kinds=("approved",), period=Period(day(150), day(20))),
    ],
)
def test_filters_keep_what_fits_and_nothing_else(told: list[AuditEvent], query: Query) -> None:
    kept = matching(told, query)
    assert 0 < len(kept) < len(told)
    for event in told:
        fits = (
            (not query.people or event.who == "security-lead@example.com")
            and (not query.ids or event.id in {"EXC-007", "EXC-012"})
            and (not query.kinds or event.kind in query.kinds)
            and (query.period is None or query.period.first <= event.at.date() <= query.period.last)
            and (query.merged is None or event.branch is not None)
            and (not query.text or "network policy" in event.text.lower())
        )
        assert (event in kept) == fits


def test_no_question_keeps_everything(told: list[AuditEvent]) -> None:
    assert matching(told, Query()) == told
    assert [event.at for event in told] == sorted(event.at for event in told)


def test_decisions_say_in_which_role_and_on_what_they_rest(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    yard.ask(ago=9, requested=day(9), risk="high")
    approved = yard.decide("security-lead", ago=8)
    refused = yard.decide("engineering-manager", who=MALLORY, ago=7)
    yard.checkout("main")
    by_commit = {e.commit: e for e in events(Register.open(yard.directory)) if e.kind == "approved"}
    good, bad = by_commit[approved], by_commit[refused]
    assert (good.who, good.role, good.trust, good.counts) == (LENA, "security-lead", "claimed", True)
    assert good.terms == yard.terms(revision=approved)
    assert (bad.who, bad.role, bad.counts) == (MALLORY, "engineering-manager", False)
    assert "does not count" in bad.text


def test_charter_and_the_past(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    yard.active(ago=9, requested=day(9))
    new = charter(security_team=(SAM, MALLORY))
    yard.change_charter(new)
    yard.approve_charter(new, who=CAROL)
    found = events(Register.open(yard.directory))
    kinds = [event.kind for event in matching(found, Query(ids=("charter",)))]
    assert kinds == ["charter-changed", "charter-changed", "charter-approved"]
    early = events(Register.open(yard.directory), until=moment(5))
    assert {event.kind for event in early} == {"charter-changed", "requested", "approved", "merged"}


def test_cells_run_nothing_in_a_spreadsheet(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    yard.ask(ago=1, requested=day(1), summary="=HYPERLINK(1)")
    yard.checkout("main")
    out = io.StringIO()
    csv.write(out, HEADS, rows(events(Register.open(yard.directory))))
    assert ",'=HYPERLINK(1)," in out.getvalue()
