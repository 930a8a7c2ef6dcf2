"""The audit page: every event from Git, filtered, as a table and as CSV; the register as of any day."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from tests.console.desk import Console
from tests.support import PEOPLE, REQUESTER, today


def _events(console: Console, query: str = "") -> list[dict[str, str]]:
    answer = console.as_().get(f"/audit/?format=csv&{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


@pytest.fixture
def lived(console: Console) -> str:
    """An exception that was asked for, approved, merged and revoked; its id."""
    identifier = console.office.active()
    console.office.desk("security-team").ok("revoke", identifier, "--reason", "=the vendor shipped")
    console.sync()
    return identifier


def test_tells_the_whole_story(console: Console, lived: str) -> None:
    told = [(event["kind"], event["who"]) for event in _events(console, f"record={lived}")]
    sam = PEOPLE["security-team"]
    assert told == [("requested", REQUESTER), ("approved", sam), ("merged", sam), ("revoked", sam)]


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("kind=revoked", {"revoked"}),
        (f"who={REQUESTER}", {"requested"}),
        ("record=EXC-999", set()),
        ("since=2999-01-01", set()),
        ("until=1999-01-01", set()),
        ("kind=nonsense&since=nonsense", {"requested", "approved", "merged", "revoked", "charter-changed"}),
    ],
)
def test_filters(console: Console, lived: str, query: str, kinds: set[str]) -> None:
    assert {event["kind"] for event in _events(console, query)} == kinds


def test_no_cell_is_a_formula(console: Console, lived: str) -> None:
    (event,) = _events(console, "kind=revoked")
    assert not event["text"].startswith("=")
    assert "the vendor shipped" in event["text"]


def test_as_of_shows_where_each_exception_stood(console: Console, lived: str) -> None:
    page = console.as_().get(f"/audit/?as_of={today()}").content.decode()
    assert "s-revoked" in page
    before = today() - dt.timedelta(days=400)
    page = console.as_().get(f"/audit/?as_of={before}").content.decode()
    assert "s-revoked" not in page


def test_a_new_event_appears_and_no_other_is_written_again(console: Console, lived: str) -> None:
    from reprieve.console.history.models import Event

    known = set(Event.objects.values_list("pk", flat=True))
    console.office.request(scope=[{"checks": ["KSV001"], "namespaces": ["shop"]}])
    console.sync()
    after = set(Event.objects.values_list("pk", flat=True))
    assert known < after
    assert len(after - known) == 1


def test_days_are_counted_for_the_plot(console: Console) -> None:
    from reprieve.console.history.models import Day

    console.office.active()
    console.sync()
    assert Day.objects.get(cluster="", day=today()).active == 1
    assert Day.objects.get(cluster="", day=today() - dt.timedelta(days=1)).active == 0
