"""`reprieve report`: the register at a date, from Git alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from reprieve.record.charter import charter_digest
from tests.register.build import LENA, Yard, day
from tests.support import git, run_cli


def test_register_at_a_date_is_not_the_register_of_today(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    yard.active(ago=40, requested=day(40), expires=day(-20))
    yard.active("EXC-002", ago=5, requested=day(5), expires=day(-30))
    early = run_cli("report", "--as-of", str(day(20)), "--format", "json", cwd=yard.directory).json()
    late = run_cli("report", "--format", "json", cwd=yard.directory).json()
    assert [(e["id"], e["status"], e["days_left"]) for e in early["register"]] == [("EXC-001", "active", 40)]
    assert [(e["id"], e["status"]) for e in late["register"]] == [
        ("EXC-001", "active"),
        ("EXC-002", "active"),
    ]
    assert early["provenance"]["commit"] != late["provenance"]["commit"] == yard.head()
    assert early["provenance"]["tip"] == yard.head()


def test_who_decided_in_which_role_and_who_asked(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    yard.ask(ago=3, risk="high", requested=day(3))
    yard.decide("security-lead", ago=3)
    yard.decide("security-lead", who=LENA, verdict="deny", ago=2)
    (entry,) = run_cli("report", "--format", "json", cwd=yard.directory).json()["register"]
    assert entry["status"] == "denied"
    assert entry["submitters"] == ["dana@example.com"]
    assert [
        (d["person"], d["role"], d["verdict"], d["separate"], d["trust"]) for d in entry["decisions"]
    ] == [
        (LENA, "security-lead", "approve", True, "claimed"),
        (LENA, "security-lead", "deny", True, "claimed"),
    ]


def test_the_same_commit_and_dates_give_the_same_bytes(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    yard.active(ago=40, requested=day(40))
    for form in ("md", "json"):
        arguments = ("report", "--as-of", str(day(1)), "--format", form)
        assert run_cli(*arguments, cwd=yard.directory).out == run_cli(*arguments, cwd=yard.directory).out


def test_a_report_is_about_the_past(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=3)
    future = run_cli("report", "--as-of", str(tomorrow), cwd=yard.directory)
    assert future.code == 2
    assert "has not come" in future.err
    assert run_cli("pack", "EXC-001", "--as-of", str(tomorrow), cwd=yard.directory).code == 2
    late = run_cli("report", "--period", f"{day(9)}..{tomorrow}", cwd=yard.directory)
    assert late.code == 2
    assert "ends after" in late.err
    for slip in (
        "2026-07-01",
        "2026-07-01..soon",
        "2026-07-02..2026-07-01",
        "0001-01-01..2026-01-01",
        "0001-01-01..0001-01-02",
    ):
        assert run_cli("report", "--period", slip, cwd=yard.directory).code == 2


def test_what_it_rests_on_is_what_git_says(shop: Path) -> None:
    when = day(25)
    source = run_cli("report", "--as-of", str(when), "--format", "json", cwd=shop).json()["provenance"]
    before = git(shop, "rev-list", "--first-parent", "-1", f"--before={when}T23:59:59Z", "origin/main")
    assert source["commit"] == before
    assert source["commits"] == int(git(shop, "rev-list", "--count", before))
    assert source["merges"] == int(git(shop, "rev-list", "--count", "--first-parent", before))
    assert source["root"] == git(shop, "rev-list", "--max-parents=0", before)
    assert source["tip"] == git(shop, "rev-parse", "origin/main")
    folder = "security/exceptions"
    listing = git(shop, "ls-tree", "-r", "--name-only", before, folder).splitlines()
    assert source["files"] == sum("/EXC-" in name for name in listing)
    shown = git(shop, "show", f"{before}:{folder}/charter.yaml") + "\n"
    assert source["charter"]["digest"] == charter_digest(shown.encode(), b"")


def test_the_cache_changes_nothing(shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ("report", "--as-of", str(day(3)), "--format", "json")
    warm = run_cli(*arguments, cwd=shop).out
    monkeypatch.setenv("REPRIEVE_CACHE_DIR", str(tmp_path / "another"))
    assert run_cli(*arguments, cwd=shop).out == warm
