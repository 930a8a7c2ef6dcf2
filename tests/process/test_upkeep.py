"""Keeping a record current: controls, progress, incidents; none of them touches what was approved."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from reprieve.record.document import Document, parse
from reprieve.record.model import Record
from tests.process.hosts import branches, case_of, push_main, standing
from tests.support import FOLDER, Office, dispositions, gate, git, record_file, today

YESTERDAY = today() - dt.timedelta(days=1)
TOMORROW = today() + dt.timedelta(days=1)
EVIDENCE = "https://git.example.com/infra/pull/412"


def record(office: Office, identifier: str = "EXC-001") -> Record:
    """The record on main, typed."""
    parsed = parse(office.record_path(identifier), office.record(identifier).encode() + b"\n")
    assert isinstance(parsed, Document), parsed
    return parsed.record


def promised(*kinds: str) -> list[dict[str, Any]]:
    """Controls that nobody has implemented yet: control-1, control-2…"""
    return [
        {"id": f"control-{number}", "kind": kind, "description": "What it does."}
        for number, kind in enumerate(kinds, start=1)
    ]


# --- controls


def test_an_exception_is_active_once_all_controls_are_in_monitoring_ones_too(office: Office) -> None:
    identifier = office.active(controls=promised("preventive", "monitoring"))
    desk = office.desk()
    assert standing(desk, identifier).status == "approved"
    assert dispositions(gate(desk).json()) == ["pending"]
    first = desk.ok("control", identifier, "control-1")
    assert "control-2" in first  # what is still missing
    assert dispositions(gate(desk).json()) == ["pending"]
    desk.ok("control", identifier, "control-2")
    assert standing(desk, identifier).status == "active"
    assert dispositions(gate(desk).json()) == ["excepted"]


def test_date_and_evidence_are_in_the_record(office: Office) -> None:
    identifier = office.active(controls=promised("preventive", "preventive"))
    desk = office.desk()
    desk.ok("control", identifier, "control-1", "--implemented", str(today()), "--evidence", EVIDENCE)
    desk.ok("control", identifier, "control-2")
    one, two = record(office).controls
    assert (one.implemented, one.evidence) == (today(), EVIDENCE)
    assert (two.implemented, bool(two.evidence)) == (today(), False)
    assert EVIDENCE in git(office.remote, "log", "-2", "--format=%B", "main")


def test_a_control_can_be_corrected(office: Office) -> None:
    identifier = office.active()
    office.desk().ok("control", identifier, "network-policy", "--evidence", EVIDENCE)
    (control,) = record(office).controls
    assert (control.implemented, control.evidence) == (today(), EVIDENCE)


def test_controls_implemented_under_review_leave_the_approvals_alone(office: Office) -> None:
    identifier = office.request(risk="high", controls=promised("preventive"))
    office.approve(identifier, "security-lead")
    digest = case_of(office.desk(), identifier)[0].digest
    office.desk().ok("control", identifier, "control-1", "--evidence", EVIDENCE)
    case, now = case_of(office.desk(), identifier)
    assert (case.digest, now.missing) == (digest, ("engineering-manager",))
    assert list(branches(office.remote)) == [f"exception/{identifier}", "main"]
    office.approve(identifier, "engineering-manager")
    assert standing(office.desk(), identifier).status == "active"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("firewall",), ["firewall", "network-policy"]),
        (("network-policy", "--implemented", str(TOMORROW)), ["future"]),
        (("network-policy", "--implemented", "5.11.2026"), ["--implemented", "2026-11-05"]),
        (("network-policy", "--implemented", "2026-02-30"), ["--implemented"]),
    ],
)
def test_a_control_that_cannot_be_is_refused(
    office: Office, arguments: tuple[str, ...], said: list[str]
) -> None:
    identifier = office.active()
    before = branches(office.remote)
    result = office.desk().run("control", identifier, *arguments)
    assert result.code == 2
    for words in said:
        assert words in result.err
    assert branches(office.remote) == before


# --- progress and incidents


def test_notes_are_kept_in_order_with_their_dates(office: Office) -> None:
    identifier = office.active()
    desk = office.desk()
    desk.ok("progress", identifier, "v4 is in staging", "--date", str(YESTERDAY))
    office.desk("eve@example.com").ok("progress", identifier, "v4 is in production")
    notes = [(note.date, note.note) for note in record(office).remediation.progress]
    assert notes == [(YESTERDAY, "v4 is in staging"), (today(), "v4 is in production")]
    assert "v4 is in staging" in git(office.remote, "log", "--format=%B", "main")
    assert standing(desk, identifier).status == "active"


def test_incidents_are_linked(office: Office) -> None:
    identifier = office.active()
    url = "https://incidents.example.com/88"
    office.desk().ok("incident", identifier, "Port scan", "--url", url, "--date", str(YESTERDAY))
    office.desk().ok("incident", identifier, "Another one")
    first, second = record(office).incidents
    assert (first.summary, first.url, first.date) == ("Port scan", url, YESTERDAY)
    assert (second.summary, bool(second.url), second.date) == ("Another one", False, today())


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "a \"quote\", an 'apostrophe' and a: colon # no comment",
        "- [x] {curly} & *star* !bang %percent @at `tick`",
        "yes",
        "2026-01-01",
        "1.20",
        "two\nlines",
        "---",
        "ends with a colon:",
        "Größe, 日本, 🚀",
        "x" * 500,
        " blanks at both ends ",
    ],
)
def test_any_words_come_back_as_they_were_given(office: Office, text: str) -> None:
    desk = office.desk("admin@example.com")
    push_main(desk, {f"{FOLDER}/EXC-001-by-hand.md": record_file()})
    desk.ok("progress", "EXC-001", "--", text)
    assert record(office).remediation.progress[0].note == text
    desk.ok("incident", "EXC-001", "--", text)
    assert record(office).incidents[0].summary == text


@pytest.mark.parametrize("text", ["", "left\u202eright", "bell\x07"])
def test_words_that_a_record_cannot_hold_are_refused(office: Office, text: str) -> None:
    identifier = office.active()
    before = branches(office.remote)
    for command in ("progress", "incident"):
        assert office.desk().run(command, identifier, text).code == 2
    assert branches(office.remote) == before


@pytest.mark.parametrize("command", ["progress", "incident"])
def test_nothing_is_noted_for_the_future(office: Office, command: str) -> None:
    identifier = office.active()
    result = office.desk().run(command, identifier, "Soon.", "--date", str(TOMORROW))
    assert (result.code, "future" in result.err) == (2, True)


def test_a_request_is_kept_current_on_its_branch(office: Office) -> None:
    identifier = office.request()
    main = git(office.remote, "rev-parse", "main")
    office.desk("eve@example.com").ok("progress", identifier, "v4 is in staging")
    assert git(office.remote, "rev-parse", "main") == main
    assert "v4 is in staging" in git(office.remote, "log", "-1", "--format=%B", f"exception/{identifier}")
    assert standing(office.desk(), identifier).status == "requested"
    office.approve(identifier, "security-team")
    assert record(office).remediation.progress[0].note == "v4 is in staging"


def test_who_notes_progress_may_still_approve(office: Office) -> None:
    identifier = office.request()
    office.desk("security-team").ok("progress", identifier, "I saw v4 in staging")
    office.approve(identifier, "security-team")
    assert standing(office.desk(), identifier).status == "active"


def test_an_unreadable_record_is_an_error_that_says_where(office: Office) -> None:
    content = record_file().decode().replace("risk: medium", "risk: enormous")
    desk = office.desk("admin@example.com")
    push_main(desk, {f"{FOLDER}/EXC-001-by-hand.md": content})
    before = branches(office.remote)
    for arguments in (["progress", "1", "x"], ["incident", "1", "x"], ["control", "1", "network-policy"]):
        result = desk.run(*arguments)
        assert result.code == 2
        assert "EXC-001-by-hand.md" in result.err
        assert "enormous" in result.err or "risk" in result.err
    assert branches(office.remote) == before


@pytest.mark.parametrize("command", ["control", "progress", "incident"])
def test_an_id_that_nobody_has_is_refused(office: Office, command: str) -> None:
    result = office.desk().run(command, "EXC-009", "network-policy")
    assert (result.code, "EXC-009" in result.err) == (2, True)


# --- while a change of the record is asked for


@pytest.mark.parametrize("arguments", [("control", "control-1"), ("progress", "note"), ("incident", "note")])
def test_what_is_in_force_is_kept_current_though_a_change_is_asked_for(
    office: Office, arguments: tuple[str, str]
) -> None:
    # Else nothing that happens to an exception in force would be noted until somebody decides.
    identifier = office.active(controls=promised("preventive"))
    reason = ("--case", "team-disagrees", "--reason", "It blocks us")
    office.desk().ok("escalate", identifier, *reason)
    before = office.record(identifier)
    office.desk().ok(arguments[0], identifier, arguments[1])
    assert office.record(identifier) != before
