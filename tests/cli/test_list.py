"""`reprieve list`: which exceptions there are, at any moment, for people, programs and spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from reprieve.cli.output import Columns
from reprieve.register.writing.ending import close, revoke
from reprieve.register.writing.renewal import escalate
from reprieve.report.csv import harmless
from tests.cli.past import Past, iso, later, scope
from tests.support import FOLDER, REQUESTER, record_file


def statuses(entries: list[dict[str, Any]]) -> dict[str, str]:
    return {entry["id"]: entry["status"] for entry in entries}


def ids(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["id"] for entry in entries]


@pytest.fixture
def many(past: Past) -> Past:
    """One active, one asked for, one revoked, one closed, one approved but for its controls."""
    past.active(later(), scope=scope("a"))
    past.request(later(), scope=scope("b", type="vulnerability"), risk="high", owner="shipping")
    past.active(later(), scope=scope("c"), environment="staging")
    revoke(past.clerk(later(days=10)), "EXC-003", "bypassed")
    past.active(later(), scope=scope("d"))
    close(past.clerk(later(days=11)), "EXC-004", "not-needed", lambda _: "")
    control = {"id": "alerts", "kind": "monitoring", "description": "Alert on egress."}
    past.active(later(), scope=scope("e"), controls=[control])
    return past


def test_every_exception_is_listed_by_id_with_where_it_stands(many: Past) -> None:
    entries = many.json("list", "--now", iso(later(days=20)))
    assert statuses(entries) == {
        "EXC-001": "active",
        "EXC-002": "requested",
        "EXC-003": "revoked",
        "EXC-004": "closed",
        "EXC-005": "approved",
    }
    assert ids(entries) == sorted(ids(entries))


def test_an_entry_says_what_where_who_and_until_when(past: Past) -> None:
    past.request(later(), scope=scope("b", type="vulnerability"), risk="high", owner="shipping")
    (entry,) = past.json("list", "--now", iso(later(days=1)))
    assert entry == {
        "id": "EXC-001",
        "status": "requested",
        "expiring": False,
        "summary": "Billing runs as root until the vendor ships v4.",
        "reason": "legacy-system",
        "risk": "high",
        "environment": "production",
        "requester": REQUESTER,
        "owner": "shipping",
        "requested": "2025-03-03",
        "expires": "2025-05-02",
        "expires_in_days": 59,
        "scope": scope("b", type="vulnerability"),
        "branch": "exception/EXC-001",
        "missing": ["security-lead", "engineering-manager"],
        "due": "2025-03-04T10:00:00Z",
        "overdue": False,
        "renews": None,
        "renewals": 0,
        "path": f"{FOLDER}/EXC-001-billing-runs-as-root-until-the.md",
        "why": "",
        "simulated": True,
    }


_FILTERS: list[tuple[list[str], list[str]]] = [
    (["--status", "active"], ["EXC-001"]),
    (["--status", "revoked", "--status", "closed"], ["EXC-003", "EXC-004"]),
    (["--risk", "high"], ["EXC-002"]),
    (["--owner", "Shipping"], ["EXC-002"]),
    (["--environment", "staging"], ["EXC-003"]),
    (["--type", "vulnerability"], ["EXC-002"]),
    (["--type", "secret"], []),
    (["--search", "deployment/*-API", "--status", "approved"], ["EXC-005"]),
    (["--search", "bypassed"], ["EXC-003"]),
    (["--expiring"], []),
    (["--expiring", "60"], ["EXC-001"]),
]


def test_filters_narrow_the_list(many: Past) -> None:
    for options, expected in _FILTERS:
        assert ids(many.json("list", "--now", iso(later(days=20)), *options)) == expected, options


def test_an_entry_without_a_type_is_of_every_type(past: Past) -> None:
    untyped = [{"checks": ["KSV012"], "namespaces": ["a"]}]
    identifier = past.active(later(), scope=untyped)
    assert ids(past.json("list", "--type", "secret")) == [identifier]


def test_expiring_is_marked_exactly_in_the_last_fourteen_days(past: Past) -> None:
    past.active(later())  # until 2 May, inclusive
    before, first = "2025-04-18T23:59:00Z", "2025-04-19T00:00:00Z"
    assert past.json("list", "--expiring", "--now", before) == []
    (entry,) = past.json("list", "--expiring", "--now", first)
    assert (entry["expiring"], entry["expires_in_days"]) == (True, 13)
    assert "active (expiring)" in past.say("list", "--now", first)


def test_table_says_what_is_due_and_what_is_overdue(past: Past) -> None:
    past.request(later(), risk="high")
    assert "requested (due 2025-03-04 10:00 UTC)" in past.say("list", "--now", iso(later(hours=1)))
    assert "requested (overdue since 2025-03-04 10:00 UTC)" in past.say("list", "--now", iso(later(days=2)))


def test_table_cuts_nothing_where_nobody_looks_on(past: Past) -> None:
    summary = "Nothing of this sentence may be lost, whatever the width of a terminal that is not there. " * 2
    past.request(later(), summary=summary.strip(), owner="the-team-with-a-remarkably-long-name")
    out = past.say("list")
    assert summary.strip() in out
    assert "the-team-with-a-remarkably-long-name" in out


def test_text_of_a_record_is_shown_and_never_obeyed(past: Past) -> None:
    past.request(later(), summary="[red]not markup[/red] :smile: a\u200bb")
    out = past.say("list")
    assert "[red]not markup[/red] :smile: a\N{REPLACEMENT CHARACTER}b" in out


def test_csv_holds_the_same_and_no_formulas(past: Past) -> None:
    past.request(later(), summary="=HYPERLINK(A1)", owner="@payments")
    (row,) = csv.DictReader(io.StringIO(past.say("list", "--output", "csv")))
    assert (row["summary"], row["owner"]) == ("'=HYPERLINK(A1)", "'@payments")
    assert (row["id"], row["checks"], row["missing"]) == ("EXC-001", "KSV012", "security-team")


def test_a_negative_number_is_a_number(past: Past) -> None:
    past.active(later())
    (row,) = csv.DictReader(io.StringIO(past.say("list", "--output", "csv", "--now", "2025-05-12")))
    assert (row["status"], row["expires_in_days"]) == ("expired", "-10")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1"])
def test_whatever_starts_a_formula_is_quoted(text: str) -> None:
    assert harmless(text).startswith("'")


def test_as_of_a_day_before_the_merge_it_was_requested(past: Past) -> None:
    identifier = past.request(later())
    past.approve(later(days=3), identifier, "security-team")
    assert statuses(past.json("list")) == {identifier: "expired"}
    (then,) = past.json("list", "--as-of", "2025-03-04")
    assert (then["status"], then["branch"], then["simulated"]) == ("requested", "exception/EXC-001", True)
    assert past.json("list", "--as-of", "2025-03-02") == []


def test_as_of_a_day_before_the_revocation_it_was_active(past: Past) -> None:
    identifier = past.active(later())
    revoke(past.clerk(later(days=10)), identifier, "bypassed")
    assert statuses(past.json("list")) == {identifier: "revoked"}
    assert statuses(past.json("list", "--as-of", "2025-03-12")) == {identifier: "active"}
    assert statuses(past.json("list", "--as-of", "2025-03-13")) == {identifier: "revoked"}


def test_simulated_is_said_wherever_it_is_printed(past: Past) -> None:
    past.active(later())
    assert "SIMULATED as of 2025-03-04" in past.say("list", "--as-of", "2025-03-04")
    machine = past.desk.run("list", "--as-of", "2025-03-04", "--output", "csv")
    assert "SIMULATED" in machine.err
    assert "SIMULATED" not in machine.out
    assert "SIMULATED" not in past.say("list")


def test_one_id_twice_when_a_branch_asks_for_a_change(past: Past) -> None:
    past.active(later())
    escalate(past.clerk(later(days=1)), "EXC-001", "team-disagrees", "we do")
    entries = past.json("list", "--now", iso(later(days=1)))
    assert [(entry["status"], entry["branch"]) for entry in entries] == [
        ("active", None),
        ("requested", "exception/EXC-001-escalate"),
    ]
    assert "on exception/EXC-001-escalate" in past.say("list")


def test_a_record_that_cannot_be_read_is_listed_as_invalid(past: Past) -> None:
    path = f"{FOLDER}/EXC-009-broken.md"
    past.desk.commit({path: record_file(id="EXC-009").replace(b"owner:", b"ownr:")})
    past.desk.git("push", "--quiet", "origin", "main")
    (entry,) = past.json("list")
    assert (entry["id"], entry["status"], entry["owner"]) == ("EXC-009", "invalid", None)
    assert "owner" in past.say("list", "--status", "invalid")


def test_problems_of_the_register_go_to_standard_error(past: Past) -> None:
    past.desk.commit({f"{FOLDER}/EXC-9.md": "---\n"})
    past.desk.git("push", "--quiet", "origin", "main")
    result = past.desk.run("list", "--fetch", "--output", "json")
    assert result.json() == []
    assert "not named as one" in result.err


def test_an_empty_register_says_so(past: Past) -> None:
    assert past.say("list").startswith("0 exceptions")


def test_a_narrow_terminal_loses_the_least_needed_columns_first() -> None:
    columns = Columns(("id", "status", "owner", "checks"), wraps=("status",), spare=("checks", "owner"))
    rows = [["EXC-001", "active", "payments", "KSV012"]]
    assert columns.fitting(rows, 200) == ["id", "status", "owner", "checks"]
    assert columns.fitting(rows, 40) == ["id", "status", "owner"]
    assert columns.fitting(rows, 10) == ["id", "status"]
