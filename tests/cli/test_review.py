"""`reprieve review`: what waits for whom, and the weekly review."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from reprieve.register.writing.decide import answer
from reprieve.register.writing.renewal import escalate, renew
from reprieve.register.writing.upkeep import incident, progress
from reprieve.standing.agenda import agenda, markdown, week_of
from reprieve.standing.recording import record
from reprieve.standing.view import View
from tests.cli.past import Past, iso, later, scope
from tests.support import CHARTER, FOLDER, PEOPLE, REQUESTER, Office, git


def ids(found: dict[str, Any]) -> list[str]:
    return [entry["id"] for entry in found["queue"]]


def edited(past: Past, identifier: str, old: str, new: str, branch: str = "main") -> None:
    """Somebody changes the file of a record on a branch."""
    desk = past.desk
    desk.git("fetch", "--quiet")
    desk.git("checkout", "--quiet", "-B", "work", f"origin/{branch}")
    (path,) = (desk.directory / FOLDER).glob(f"{identifier}-*.md")
    text = path.read_text()
    assert old in text
    desk.commit({f"{FOLDER}/{path.name}": text.replace(old, new)})
    desk.git("push", "--quiet", "origin", f"work:{branch}")


def test_overdue_first_then_by_due_time_then_open_questions(past: Past) -> None:
    past.request(later(), scope=scope("a"), risk="low")  # five days
    past.request(later(), scope=scope("b"), risk="high")  # one day
    past.request(later(), scope=scope("c"), risk="medium")  # three days
    past.request(later(), scope=scope("d"), risk="high")
    past.decide(later(hours=1), "EXC-004", "ask", "security-lead", "Who watches?")
    past.active(later(), scope=scope("e"))
    found = past.json("review", "--now", iso(later(days=2)))
    assert ids(found) == ["EXC-002", "EXC-003", "EXC-001", "EXC-004"]
    assert [entry["overdue"] for entry in found["queue"]] == [True, False, False, False]
    assert found["simulated"]


def test_who_must_still_decide_by_the_charter(past: Past) -> None:
    past.request(later(), risk="high")
    past.decide(later(hours=1), "EXC-001", "approve", "engineering-manager")
    (entry,) = past.json("review")["queue"]
    assert entry["needs"] == [{"role": "security-lead", "holders": [PEOPLE["security-lead"]]}]
    assert "security-lead: lena@example.com" in past.say("review")


def test_nobody_who_may_decide_is_said(tmp_path: Any) -> None:
    charter = CHARTER.replace(PEOPLE["security-team"], REQUESTER)
    office = Office(tmp_path, charter)
    office.request()
    assert "security-team: nobody can: see the charter" in office.desk().ok("review")


def test_questions_pause_until_they_are_answered(past: Past) -> None:
    past.request(later())
    past.decide(later(hours=1), "EXC-001", "ask", "security-team", "Who watches?")
    (entry,) = past.json("review", "--now", iso(later(days=30)))["queue"]
    assert (entry["due"], entry["overdue"]) == (None, False)
    assert entry["questions"][0]["text"] == "Who watches?"
    out = past.say("review")
    assert "question open" in out
    assert "sam@example.com (security-team) asked on 2025-03-03 11:00 UTC: Who watches?" in out
    answer(past.clerk(later(hours=4)), "EXC-001", "We do.")
    (entry,) = past.json("review")["queue"]
    assert (entry["due"], entry["questions"]) == ("2025-03-06T13:00:00Z", [])


def test_what_is_merged_undecided_is_in_the_queue(past: Past) -> None:
    past.request(later())
    past.desk.git("fetch", "--quiet")
    past.desk.git("merge", "--quiet", "--squash", "origin/exception/EXC-001")
    past.desk.git("commit", "--quiet", "-m", "Squashed")
    past.desk.git("push", "--quiet", "origin", "main", ":exception/EXC-001")
    (entry,) = past.json("review")["queue"]
    assert (entry["status"], entry["branch"]) == ("requested", None)
    assert "squash merge?" in past.say("review")


def test_what_is_approved_waits_to_be_merged(past: Past) -> None:
    past.request(later())
    past.decide(later(hours=1), "EXC-001", "approve", "security-team")
    (entry,) = past.json("review", "--now", iso(later(days=9)))["queue"]
    assert (entry["needs"], entry["overdue"]) == ([], False)
    assert "reprieve merge EXC-001" in past.say("review")


def test_what_nobody_can_decide_is_named(past: Past) -> None:
    past.request(later())
    edited(past, "EXC-001", "namespaces: [billing]", "namespaces: ['*']", "exception/EXC-001")
    edited(past, "EXC-001", "Deployment/billing-*", "'*'", "exception/EXC-001")
    found = past.json("review")
    assert (ids(found), [entry["id"] for entry in found["undecidable"]]) == ([], ["EXC-001"])
    assert "EXC-001 cannot be decided" in past.say("review")


def test_one_id_shows_the_document_of_a_new_request(past: Past) -> None:
    past.request(later(), scope=scope("a"))
    past.request(later(), scope=scope("b"))
    found = past.json("review", "EXC-002")
    assert ids(found) == ["EXC-002"]
    diff = found["queue"][0]["diff"].splitlines()
    assert "+id: EXC-002" in diff
    assert "+    namespaces: [b]" in diff
    assert "+  - type: misconfiguration" in past.say("review", "2").splitlines()


def test_no_diff_of_all_unless_asked_for(past: Past) -> None:
    past.request(later())
    assert past.json("review")["queue"][0]["diff"] is None
    assert "+id: EXC-001" in past.json("review", "--diff")["queue"][0]["diff"]


def test_a_renewal_is_shown_against_what_it_renews(past: Past) -> None:
    past.active(later())
    renew(past.clerk(later(days=50)), "EXC-001", why="slipped", plan="v4 in May")
    diff = past.json("review", "EXC-002")["queue"][0]["diff"].splitlines()
    assert {"-id: EXC-001", "+id: EXC-002", "+renews: EXC-001", "+v4 in May"} <= set(diff)
    assert "+owner: payments" not in diff


def test_an_escalation_is_shown_against_the_protected_branch(past: Past) -> None:
    past.active(later())
    escalate(past.clerk(later(days=1)), "EXC-001", "team-disagrees", "we do")
    diff = past.json("review", "EXC-001")["queue"][0]["diff"].splitlines()
    changed = [line for line in diff if line[0] in "+-" and line[:3] not in ("+++", "---")]
    assert changed == ["+escalation:", "+  case: team-disagrees", "+  reason: we do"]


def test_terms_changed_after_approval_are_shown_against_what_was_approved(past: Past) -> None:
    past.active(later())
    edited(past, "EXC-001", "owner: payments", "owner: shipping")
    (entry,) = past.json("review", "EXC-001")["queue"]
    assert entry["status"] == "void"
    assert entry["due"] is not None
    diff = entry["diff"].splitlines()
    assert {"-owner: payments", "+owner: shipping"} <= set(diff)
    assert "+id: EXC-001" not in diff


def test_markdown_fences_the_diff_whatever_it_holds(past: Past) -> None:
    past.request(later(), prose={**_prose(), "Justification": "````\nfour\n````"})
    out = past.say("review", "--output", "markdown", "--diff")
    assert "\n`````diff\n" in out
    assert f"\nterms {past.json('review')['queue'][0]['terms']}\n" in out
    assert "| EXC-001 |" in out


def _prose() -> dict[str, str]:
    from tests.support import PROSE

    return PROSE


def test_an_id_that_waits_for_nothing(past: Past) -> None:
    past.active(later())
    assert "0 exceptions wait for a decision" in past.say("review", "EXC-001")
    assert past.desk.run("review", "EXC-044").code == 2


@pytest.fixture
def busy(past: Past) -> Past:
    """Within seven weeks: one late, one expiring, one expired, one without its controls, one asked for."""
    control = {"id": "alerts", "kind": "monitoring", "description": "Alert on egress."}
    past.request(later(), scope=scope("a"), summary="Decided late.", expires=later(days=80).date())
    past.approve(later(days=8), "EXC-001", "security-team")
    progress(past.clerk(later(days=39)), "EXC-001", "v4 in staging", later(days=39).date())
    past.active(later(), scope=scope("b"), summary="Expiring soon.", expires=later(days=55).date())
    past.active(later(), scope=scope("c"), summary="Expired already.", expires=later(days=40).date())
    past.active(later(days=42), scope=scope("d"), summary="Without alerts.", controls=[control])
    past.request(later(days=44), scope=scope("e"), summary="Undecided.", risk="high")
    incident(
        past.clerk(later(days=45)), "EXC-002", "Port scan", "https://i.example.com/8", later(days=45).date()
    )
    return past


NOW = later(days=49)


def test_the_agenda_holds_all_there_is_to_talk_about(busy: Past) -> None:
    found = busy.json("review", "--weekly", "--now", iso(NOW))
    active = {entry["id"]: (entry["last_note"], entry["days_since"]) for entry in found["active"]}
    assert active == {"EXC-001": ("v4 in staging", 10), "EXC-002": (None, 49)}
    assert [(e["id"], e["controls"], e["days_since"]) for e in found["controls"]] == [
        ("EXC-004", ["alerts"], 7)
    ]
    assert [(i["id"], i["incident"]["summary"]) for i in found["incidents"]] == [("EXC-002", "Port scan")]
    assert [e["id"] for e in found["expiring"]] == ["EXC-002"]
    assert [e["id"] for e in found["expired"]] == ["EXC-003"]
    assert [e["id"] for e in found["queue"]] == ["EXC-005"]
    assert found["missed"] == [
        {"id": "EXC-001", "due": "2025-03-06T10:00:00Z", "decided": "2025-03-11T10:00:00Z"},
        {"id": "EXC-005", "due": "2025-04-17T10:00:00Z", "decided": None},
    ]
    assert found["week"] == "2025-W17"
    _assert_markdown(busy)


def _assert_markdown(busy: Past) -> None:
    out = busy.say("review", "--weekly", "--now", iso(NOW))
    assert out.startswith("# Exception review, 2025-W17\n\nAs of 2025-04-21, UTC. **Simulated.**\n")
    for line in (
        "- EXC-004, payments: approved 7 days ago, not implemented: alerts",
        "- 2025-04-17 EXC-002: Port scan (<https://i.example.com/8>)",
        "- EXC-002, payments: 2025-04-27 (in 6 days). Expiring soon.",
        "- EXC-003, payments: 2025-04-12 (9 days ago). Expired already.",
        "- EXC-001: due 2025-03-06 10:00 UTC, decided 2025-03-11 10:00 UTC",
        "- EXC-005: due 2025-04-17 10:00 UTC, not decided yet",
    ):
        assert line in out.splitlines()
    assert "| v4 in staging, 10 days ago |" in out


def test_an_invalid_record_and_a_void_one_are_problems(past: Past) -> None:
    past.active(later())
    edited(past, "EXC-001", "owner: payments", "owner: shipping")
    past.desk.commit({f"{FOLDER}/EXC-9.md": "---\n"})
    past.desk.git("push", "--quiet", "origin", "work:main")
    rules = [problem["rule"] for problem in past.json("review", "--weekly")["problems"]]
    assert sorted(rules) == ["file-name", "void"]


def test_a_review_within_its_time_is_not_missed(past: Past) -> None:
    past.request(later())
    past.approve(later(days=3), "EXC-001", "security-team")
    assert past.json("review", "--weekly", "--now", iso(later(days=4)))["missed"] == []


def test_recorded_once_a_week_and_brought_up_to_date(past: Past) -> None:
    path = f"{FOLDER}/reviews/2025-W10.md"
    past.active(later())
    assert record(past.clerk(later(days=1))) is not None
    held = git(past.office.remote, "show", f"main:{path}")
    assert "# Exception review, 2025-W10" in held
    assert "Simulated" not in held
    assert record(past.clerk(later(days=1, hours=3))) is None
    progress(past.clerk(later(days=1)), "EXC-001", "v4 in production", later(days=1).date())
    assert record(past.clerk(later(days=1, hours=4))) is not None
    assert "v4 in production" in git(past.office.remote, "show", f"main:{path}")
    assert git(past.office.remote, "ls-tree", "--name-only", "main", f"{FOLDER}/reviews/") == path
    assert past.json("review", "--weekly")["problems"] == []  # it is not taken for a record


def test_recording_through_the_command_line(office: Office) -> None:
    office.active()
    desk = office.desk()
    assert "recorded the review of" in desk.ok("review", "--weekly", "--record")
    assert "nothing has changed" in desk.ok("review", "--weekly", "--record")
    week = week_of(dt.datetime.now(dt.UTC))
    assert "EXC-001" in git(office.remote, "show", f"main:{FOLDER}/reviews/{week}.md")


def test_where_the_protected_branch_takes_no_pushes_it_waits_and_goes_on_there(past: Past) -> None:
    past.active(later())
    hook = past.office.remote / "hooks" / "update"
    hook.write_text('#!/bin/sh\n[ "$1" != refs/heads/main ]\n')
    hook.chmod(0o755)
    step = record(past.clerk(later(days=1)))
    assert step is not None
    assert (step.written.branch, bool(step.written.refused)) == ("review/2025-W10", True)
    assert record(past.clerk(later(days=1))) is None
    again = record(past.clerk(later(days=2)))
    assert again is not None
    assert again.written.branch == "review/2025-W10"
    assert git(past.office.remote, "rev-list", "--count", "main..review/2025-W10") == "2"


def test_kept_on_a_local_branch(office: Office) -> None:
    desk = office.desk()
    out = desk.ok("review", "--weekly", "--record", "--no-push")
    branch = f"review/{week_of(dt.datetime.now(dt.UTC))}"
    assert f"committed on {branch}" in out
    assert desk.git("rev-list", "--count", f"main..{branch}") == "1"
    assert git(office.remote, "branch", "--list", "review/*") == ""


def test_the_document_does_not_depend_on_the_hour(past: Past) -> None:
    past.active(later())
    register = past.clerk(later()).register()
    one, other = (markdown(agenda(View(register, later(hours=h), False))) for h in (1, 6))
    assert one == other


def test_combinations_that_make_no_sense(past: Past) -> None:
    for options in (
        ["--record"],
        ["--no-push"],
        ["--weekly", "EXC-001"],
        ["--weekly", "--no-push"],
        ["--weekly", "--record", "--now", "2025-04-01"],
        ["--weekly", "--record", "--as-of", "2025-04-01"],
        ["--weekly", "--record", "--output", "json"],
    ):
        assert past.desk.run("review", *options).code == 2, options
