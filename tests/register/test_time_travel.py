"""Clocks: the last second, other moments, the register of the past, and dates that people make up."""

from __future__ import annotations

import datetime as dt
import os
import time
from typing import Any

import pytest

from reprieve.register.register import Register
from tests.register.build import (
    ADMIN,
    CAROL,
    CHARTER_FILE,
    MALLORY,
    Yard,
    charter,
    day,
    excepts,
    gate,
    moment,
    refusal,
    standing_of,
)

REVOKED = "revoked: {date: 2026-01-02, by: carol@example.com, reason: Abuse.}\n"


def shown(result: Any) -> dict[str, Any]:
    """The one exception of a verdict."""
    (row,) = result.json()["exceptions"]
    found: dict[str, Any] = row
    return found


# The end


@pytest.mark.parametrize(
    ("time", "holds"),
    [
        ("T00:00:00Z", True),
        ("T12:00:00", True),
        ("T23:59:59Z", True),
        ("T23:59:59.999999Z", True),
        ("T23:59:59+00:00", True),
        ("T23:59:59-00:01", False),
        ("T23:30:00+01:00", True),
        ("T23:30:00-01:00", False),
        ("", True),
    ],
)
def test_it_holds_to_the_last_second_of_its_last_day_in_utc(yard: Yard, time: str, holds: bool) -> None:
    expires = yard.today + dt.timedelta(days=20)
    yard.active(expires=expires)
    result = yard.gate("--now", f"{expires}{time}")
    assert excepts(result) == holds
    assert shown(result)["status"] == ("active" if holds else "expired")
    assert result.json()["findings"][0]["disposition"] == ("excepted" if holds else "expired")


def test_the_first_second_after_it_does_not_hold(yard: Yard) -> None:
    expires = yard.today + dt.timedelta(days=20)
    yard.active(expires=expires)
    assert not excepts(yard.gate("--now", f"{expires + dt.timedelta(days=1)}T00:00:00Z"))


def test_expired_today_by_the_real_clock(yard: Yard) -> None:
    yard.active(ago=30, requested=day(30), expires=day(1))
    result = yard.gate()
    assert not excepts(result)
    assert shown(result)["status"] == "expired"
    yard.active("EXC-002", requested=day(30), expires=day(0))
    assert excepts(yard.gate())


@pytest.mark.parametrize(("left", "expiring"), [(15, False), (14, False), (13, True), (0, True)])
def test_the_last_fourteen_days_are_expiring_and_still_cover(yard: Yard, left: int, expiring: bool) -> None:
    expires = yard.today + dt.timedelta(days=40)
    yard.active(expires=expires)
    at = dt.datetime.combine(expires - dt.timedelta(days=left), dt.time(12), dt.UTC)
    assert excepts(yard.gate("--now", at.isoformat()))
    assert standing_of(Register.open(yard.directory), now=at).expiring is expiring


# Another moment


def test_now_and_as_of_mark_the_verdict_as_simulated(yard: Yard) -> None:
    yard.active(ago=3)
    assert yard.gate().json()["simulated"] is False
    assert yard.gate("--now", f"{yard.today}").json()["simulated"] is True
    assert yard.gate("--as-of", f"{yard.today}").json()["simulated"] is True


def test_now_moves_the_clock_and_not_the_register(yard: Yard) -> None:
    yard.active(ago=30, requested=day(30), expires=day(10))
    before = yard.gate("--now", moment(20).isoformat())
    assert excepts(before)
    assert before.json()["register"]["commit"] == yard.head("main")
    yard.edit("scope:\n", f"{REVOKED}scope:\n", who=CAROL)
    assert not excepts(yard.gate("--now", moment(20).isoformat())), "revoked is revoked at any moment"


def test_before_it_was_requested_it_does_not_hold(yard: Yard) -> None:
    yard.active()
    assert not excepts(yard.gate("--now", moment(5).isoformat()))


@pytest.mark.parametrize(
    "text",
    ["yesterday", "", "2026-13-01", "2026-02-30", "2026-01-01T25:00:00", "0000-01-01", "1e9", "now",
     "2026-1-1", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59",
     "99999-01-01", "2026-01-01T00:00:00+99:99"],
)  # fmt: skip
@pytest.mark.parametrize("option", ["--now", "--as-of"])
def test_a_moment_that_is_none_is_an_error(yard: Yard, option: str, text: str) -> None:
    assert option in refusal(yard.gate(option, text))


@pytest.mark.parametrize("text", ["9999-12-31", "9999-12-31T23:59:59Z", "0001-01-01", "1969-12-31T23:59:59Z"])
def test_the_ends_of_time_are_no_crash(yard: Yard, text: str) -> None:
    yard.active()
    yard.ask("EXC-002")
    assert not excepts(yard.gate("--now", text))


# The past


def history(yard: Yard) -> dict[str, str]:
    """Asked 20 days ago, merged 15 days ago, revoked 5 days ago; gives the commits of main."""
    commits = {"start": yard.head()}
    yard.ask(ago=20, requested=day(20))
    yard.decide(ago=15)
    commits["merged"] = yard.merge(ago=15)
    commits["revoked"] = yard.edit("scope:\n", f"{REVOKED}scope:\n", who=CAROL, ago=5)
    return commits


@pytest.mark.parametrize(
    ("ago", "commit", "disposition"),
    [
        (50, "start", "open"),
        (18, "start", "pending"),
        (15, "merged", "excepted"),
        (6, "merged", "excepted"),
        (5, "revoked", "open"),
        (0, "revoked", "open"),
    ],
)
def test_as_of_reads_the_last_commit_of_main_by_then(
    yard: Yard, ago: int, commit: str, disposition: str
) -> None:
    commits = history(yard)
    result = yard.gate("--as-of", f"{day(ago)}")
    assert result.json()["register"]["commit"] == commits[commit]
    assert result.json()["findings"][0]["disposition"] == disposition
    assert result.json()["now"][:10] == f"{day(ago)}"


def test_as_of_a_second_is_exact(yard: Yard) -> None:
    commits = history(yard)
    (merged,) = yard.git("log", "-1", "--format=%ct", commits["merged"]).split()
    at = dt.datetime.fromtimestamp(int(merged), dt.UTC)
    assert excepts(yard.gate("--as-of", at.isoformat()))
    assert not excepts(yard.gate("--as-of", (at - dt.timedelta(seconds=1)).isoformat()))


def test_before_the_register_began_is_an_error(yard: Yard) -> None:
    assert "begins" in refusal(yard.gate("--as-of", "2001-01-01"))


def test_as_of_does_not_know_what_was_approved_later(yard: Yard) -> None:
    yard.ask(ago=20, requested=day(20))
    yard.merge(ago=15)
    yard.decide(ago=5)
    assert not excepts(yard.gate("--as-of", f"{day(10)}"))
    assert excepts(yard.gate("--as-of", f"{day(5)}"))


def test_as_of_is_judged_by_the_charter_of_that_time(yard: Yard) -> None:
    yard.ask(ago=20, requested=day(20))
    yard.decide(ago=20, who=MALLORY)
    yard.merge(ago=20)
    yard.commit({CHARTER_FILE: charter(security_team=MALLORY)}, ago=10)
    assert not excepts(yard.gate("--as-of", f"{day(15)}"))
    assert yard.gate("--as-of", f"{day(15)}").json()["problems"] == []
    assert yard.gate("--as-of", f"{day(5)}").json()["problems"] != []


def test_as_of_and_now_together_read_then_and_judge_otherwise(yard: Yard) -> None:
    history(yard)
    assert excepts(yard.gate("--as-of", f"{day(6)}", "--now", f"{yard.today}"))
    late = yard.today + dt.timedelta(days=300)
    assert shown(yard.gate("--as-of", f"{day(6)}", "--now", f"{late}"))["status"] == "expired"


def test_as_of_now_is_what_is_now(yard: Yard) -> None:
    yard.active(ago=3)
    now = (dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)).isoformat()
    assert excepts(yard.gate("--as-of", now))


def test_a_commit_that_dates_itself_back_does_not_change_the_past(yard: Yard) -> None:
    history(yard)
    assert excepts(yard.gate("--as-of", f"{day(6)}"))
    yard.edit("KSV012", "KSV001", ago=10)
    assert excepts(yard.gate("--as-of", f"{day(6)}"))


def test_a_merge_that_dates_itself_back_does_not_grant_in_the_past(yard: Yard) -> None:
    yard.commit({"README.md": "Other work.\n"}, who=ADMIN, ago=5)
    yard.active(ago=20, requested=day(20))
    assert not excepts(yard.gate("--as-of", f"{day(10)}"))
    assert excepts(yard.gate())


def test_a_commit_that_dates_itself_ahead_does_not_stop_the_clock(yard: Yard) -> None:
    yard.active(ago=20, requested=day(20))
    yard.commit({"README.md": "Other work.\n"}, who=MALLORY, ago=-3000)
    yard.edit("scope:\n", f"{REVOKED}scope:\n", who=CAROL)
    assert not excepts(yard.gate())
    assert not excepts(yard.gate("--now", f"{yard.today}"))


def test_the_environment_of_a_record_must_be_that_of_the_finding(yard: Yard) -> None:
    yard.active(environment="staging")
    assert not excepts(yard.gate())
    assert excepts(yard.gate("--environment", "staging"))
    assert not excepts(yard.gate("--environment", "production"))


def test_a_map_of_clusters_counts_only_where_it_was_approved(yard: Yard) -> None:
    yard.active(environment="staging")
    yard.commit({CHARTER_FILE: charter("environments: {prod-*: staging}\n")}, who=MALLORY)
    assert not excepts(yard.gate())
    other = Yard(yard.directory.with_name("other"), charter("environments: {prod-*: staging}\n"))
    other.active(environment="staging")
    assert excepts(other.gate())


def test_a_clone_that_was_not_fetched_says_how_old_it_is(yard: Yard) -> None:
    clone = yard.clone()
    past = time.time() - 50 * 3600
    for path in (clone / ".git").rglob("*"):
        os.utime(path, (past, past))
    assert gate(clone).json()["register"]["age_hours"] == 50
    assert gate(clone, "--fetch").json()["register"]["age_hours"] == 0


def test_the_review_clock_starts_again_with_new_terms_only(yard: Yard) -> None:
    yard.ask(ago=30, requested=day(30))
    first = due(yard)
    yard.edit("implemented: ", "evidence: https://git.example.com/pull/412\n    implemented: ", ago=20)
    assert due(yard) == first
    yard.edit("owner: payments", "owner: billing", ago=10)
    assert due(yard) > first


def due(yard: Yard) -> dt.datetime:
    """When the only request must be decided on."""
    ((_, standing),) = Register.open(yard.directory).cases(moment(0))
    assert standing.due is not None
    return standing.due
