"""`reprieve history`: what happened, from Git alone."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from reprieve.register.writing.decide import answer
from reprieve.register.writing.ending import close, revoke
from reprieve.register.writing.renewal import escalate
from reprieve.register.writing.upkeep import control, incident, progress
from tests.cli.past import Past, iso, later, scope
from tests.support import CHARTER, FOLDER, PEOPLE, REQUESTER, Desk, git


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [event["kind"] for event in events]


def push(desk: Desk, branch: str = "main") -> None:
    desk.git("push", "--quiet", "origin", f"HEAD:{branch}")


def path_of(past: Past, identifier: str) -> str:
    return past.office.record_path(identifier)


@pytest.fixture
def whole(past: Past) -> Past:
    """One exception with a full life."""
    unimplemented = {"id": "alerts", "kind": "monitoring", "description": "Alert on egress."}
    past.request(later(), controls=[unimplemented], risk="medium")
    past.decide(later(hours=1), "EXC-001", "ask", "security-team", "Who watches?")
    answer(past.clerk(later(hours=2)), "EXC-001", "The platform team.")
    past.approve(later(hours=3), "EXC-001", "security-team")
    control(
        past.clerk(later(days=1)), "EXC-001", "alerts", later(days=1).date(), "https://git.example.com/pull/4"
    )
    progress(past.clerk(later(days=2)), "EXC-001", "v4 in staging", later(days=2).date())
    incident(past.clerk(later(days=3)), "EXC-001", "Port scan", None, later(days=3).date())
    revoke(past.clerk(later(days=4)), "EXC-001", "bypassed")
    return past


def test_a_whole_life_in_order_with_who_and_commit(whole: Past) -> None:
    events = whole.json("history", "EXC-001")
    sam = PEOPLE["security-team"]
    assert [(event["kind"], event["who"]) for event in events] == [
        ("requested", REQUESTER),
        ("asked", sam),
        ("answered", REQUESTER),
        ("approved", sam),
        ("merged", sam),
        ("control", REQUESTER),
        ("progress", REQUESTER),
        ("incident", REQUESTER),
        ("revoked", REQUESTER),
    ]
    assert [event["at"] for event in events[:3]] == [
        "2025-03-03T10:00:00Z",
        "2025-03-03T11:00:00Z",
        "2025-03-03T12:00:00Z",
    ]
    known = git(whole.office.remote, "rev-list", "--all").split()
    assert {event["commit"] for event in events} <= set(known)
    assert all(event["branch"] is None and event["counts"] for event in events)


def test_each_event_says_what(whole: Past) -> None:
    texts = {event["kind"]: event["text"] for event in whole.json("history", "EXC-001")}
    assert texts["asked"] == "as security-team: Who watches?"
    assert texts["answered"] == "The platform team."
    assert texts["control"] == "alerts implemented on 2025-03-04 (https://git.example.com/pull/4)"
    assert texts["progress"] == "v4 in staging (2025-03-05)"
    assert texts["incident"] == "Port scan (2025-03-06)"
    assert texts["revoked"] == f"bypassed (by {REQUESTER})"


_FILTERS: list[tuple[list[str], list[str]]] = [
    (["--kind", "asked", "--kind", "answered"], ["asked", "answered"]),
    (["--by", "SAM@example.com"], ["asked", "approved", "merged"]),
    (["--since", "2025-03-06"], ["incident", "revoked"]),
    (["--until", "2025-03-03", "--by", REQUESTER], ["requested", "answered"]),
]


def test_filters(whole: Past) -> None:
    for options, expected in _FILTERS:
        assert kinds(whole.json("history", "EXC-001", *options)) == expected, options


def test_as_of_shows_what_had_happened_by_then(whole: Past) -> None:
    assert kinds(whole.json("history", "EXC-001", "--as-of", iso(later(hours=1)))) == ["requested", "asked"]
    waiting = whole.json("history", "EXC-001", "--as-of", iso(later(hours=1)))
    assert waiting[0]["branch"] == "exception/EXC-001"
    assert kinds(whole.json("history", "EXC-001", "--as-of", "2025-03-04"))[-1] == "control"


def test_all_of_them_and_the_charter(whole: Past) -> None:
    whole.request(later(days=5), scope=scope("other"))
    events = whole.json("history")
    assert {event["id"] for event in events} == {"charter", "EXC-001", "EXC-002"}
    assert (events[0]["kind"], events[0]["who"]) == ("charter-changed", "admin@example.com")
    assert [event["at"] for event in events] == sorted(event["at"] for event in events)


def test_table_and_csv(whole: Past) -> None:
    out = whole.say("history", "EXC-001")
    assert "2025-03-03 11:00 UTC  EXC-001  asked" in out
    assert "9 events" in out
    rows = list(csv.DictReader(io.StringIO(whole.say("history", "EXC-001", "--output", "csv"))))
    assert [row["kind"] for row in rows] == kinds(whole.json("history", "EXC-001"))


def test_changed_terms_say_which_and_end_what_was_decided(past: Past) -> None:
    past.request(later(), risk="high")
    past.decide(later(hours=1), "EXC-001", "approve", "security-lead")
    desk = past.desk
    desk.git("checkout", "--quiet", "-B", "exception/EXC-001", "origin/exception/EXC-001")
    desk.git("fetch", "--quiet")
    desk.git("reset", "--quiet", "--hard", "origin/exception/EXC-001")
    (name,) = [path.name for path in (desk.directory / FOLDER).glob("EXC-001-*.md")]
    text = (desk.directory / FOLDER / name).read_text()
    text = text.replace("owner: payments", "owner: shipping").replace(
        "namespaces: [billing]", "namespaces: [b]"
    )
    desk.commit({f"{FOLDER}/{name}": text.replace("then remove.", "then remove it.")})
    push(desk, "exception/EXC-001")
    approved, amended = past.json("history", "EXC-001")[1:]
    assert not approved["counts"]
    assert "when the terms changed" in approved["text"]
    assert amended["kind"] == "amended"
    assert amended["text"] == "owner: payments → shipping; scope; section Remediation plan"


def test_a_decision_that_does_not_count_says_why(past: Past) -> None:
    past.request(later(), risk="medium")
    desk = past.office.desk("mallory@example.com")
    desk.git("fetch", "--quiet")
    desk.git("checkout", "--quiet", "exception/EXC-001")
    terms = past.json("show", "EXC-001")["terms"]
    trailers = [
        "Reprieve-Exception: EXC-001",
        "Reprieve-Decision: approve",
        "Reprieve-Role: security-team",
        f"Reprieve-Terms: {terms}",
    ]
    desk.git("commit", "--quiet", "--allow-empty", "-m", "Approve", "-m", "\n".join(trailers))
    push(desk, "exception/EXC-001")
    event = past.json("history", "EXC-001", "--kind", "approved")[0]
    assert (event["who"], event["counts"]) == ("mallory@example.com", False)
    assert "does not count: mallory@example.com is not security-team" in event["text"]


def test_an_escalation_waits_on_its_branch(past: Past) -> None:
    past.active(later())
    escalate(past.clerk(later(days=1)), "EXC-001", "team-disagrees", "we do")
    event = past.json("history", "EXC-001")[-1]
    assert (event["kind"], event["branch"]) == ("amended", "exception/EXC-001-escalate")
    assert event["text"] == "escalated (team-disagrees): we do"
    assert "(not merged: exception/EXC-001-escalate)" in past.say("history", "EXC-001")


def test_closing_a_request_is_no_merge(past: Past) -> None:
    past.request(later())
    close(past.clerk(later(days=1)), "EXC-001", "withdrawn", lambda _: "")
    assert kinds(past.json("history", "EXC-001")) == ["requested", "closed"]


def test_closing_moves_and_says_it_once(past: Past) -> None:
    past.active(later())
    close(past.clerk(later(days=1)), "EXC-001", "remediated", lambda _: "evidence: https://x.example.com")
    events = past.json("history", "EXC-001")[3:]
    assert sorted(kinds(events)) == ["closed", "progress"]


def test_a_deleted_record_keeps_its_history(past: Past) -> None:
    past.active(later())
    desk = past.desk
    desk.git("pull", "--quiet")
    desk.commit({path_of(past, "EXC-001"): None}, "Tidy up")
    push(desk)
    events = past.json("history", "EXC-001")
    assert kinds(events) == ["requested", "approved", "merged", "deleted"]
    assert "not judged" in events[1]["text"]


def test_an_edit_that_revives_is_told_and_changes_nothing(past: Past) -> None:
    past.active(later())
    revoke(past.clerk(later(days=1)), "EXC-001", "bypassed")
    desk = past.desk
    desk.git("pull", "--quiet")
    path = path_of(past, "EXC-001")
    lines = (desk.directory / path).read_text().splitlines(keepends=True)
    desk.commit({path: "".join(line for line in lines if not line.startswith("revoked:"))})
    push(desk)
    event = past.json("history", "EXC-001")[-1]
    assert (event["kind"], event["text"]) == ("revoked", "taken out of the document; it stays ended")


def test_notes_and_incidents_that_are_taken_out_are_told(past: Past) -> None:
    past.active(later())
    incident(past.clerk(later(days=1)), "EXC-001", "Port scan", None, later(days=1).date())
    desk = past.desk
    desk.git("pull", "--quiet")
    path = path_of(past, "EXC-001")
    text = (desk.directory / path).read_text()
    desk.commit({path: text[: text.index("incidents:")] + text[text.index("---\n\n") :]})
    push(desk)
    assert past.json("history", "EXC-001")[-1]["text"] == "taken out: Port scan (2025-03-04)"


def test_a_record_that_becomes_unreadable(past: Past) -> None:
    past.active(later())
    desk = past.desk
    desk.git("pull", "--quiet")
    path = path_of(past, "EXC-001")
    desk.commit({path: "nothing of a record\n"})
    push(desk)
    event = past.json("history", "EXC-001")[-1]
    assert event["kind"] == "amended"
    assert event["text"].startswith("cannot be read as a record: ")


def test_a_squash_merge_is_no_second_request(past: Past) -> None:
    past.request(later())
    desk = past.desk
    desk.git("fetch", "--quiet")
    desk.git("merge", "--quiet", "--squash", "origin/exception/EXC-001")
    desk.git("commit", "--quiet", "-m", "Squashed")
    push(desk)
    events = past.json("history", "EXC-001")
    assert kinds(events) == ["requested", "merged"]
    assert events[1]["text"] == "committed without a merge commit"


def test_a_merge_repeats_nothing_but_tells_what_it_changes_itself(past: Past) -> None:
    past.request(later())
    desk = past.desk
    desk.git("fetch", "--quiet")
    desk.git("merge", "--quiet", "--no-ff", "--no-commit", "origin/exception/EXC-001")
    (record,) = (desk.directory / FOLDER).glob("EXC-001-*.md")
    record.write_text(record.read_text().replace("owner: payments", "owner: nobody"))
    desk.git("add", "--all")
    desk.git("commit", "--quiet", "-m", "Merge it")
    push(desk)
    events = past.json("history", "EXC-001")
    assert kinds(events) == ["requested", "amended", "merged"]
    assert events[1]["text"] == "owner: payments → nobody"


def test_an_id_used_again_after_deletion_shows(past: Past) -> None:
    past.active(later())
    desk = past.desk
    desk.git("pull", "--quiet")
    path = path_of(past, "EXC-001")
    text = (desk.directory / path).read_text()
    desk.commit({path: None})
    desk.commit({path: text.replace("owner: payments", "owner: nobody")})
    push(desk)
    events = past.json("history", "EXC-001")[-3:]
    assert sorted(kinds(events)) == ["amended", "deleted", "merged"]


def test_charter_changes_and_their_approval(past: Past) -> None:
    desk = past.office.desk("ciso")
    desk.commit({f"{FOLDER}/charter.yaml": CHARTER + "limits: {duration_days: 30}\n"}, "Shorter")
    push(desk)
    desk.ok("charter", "approve")
    events = [event for event in past.json("history") if event["id"] == "charter"]
    assert kinds(events) == ["charter-changed", "charter-changed", "charter-approved"]
    assert "rules since" in events[-1]["text"]


def test_an_unknown_id_is_an_error(past: Past) -> None:
    result = past.desk.run("history", "EXC-044")
    assert result.code == 2
    assert "holds no EXC-044" in result.err
