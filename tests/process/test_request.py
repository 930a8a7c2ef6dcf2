"""Asking for an exception: from flags, from a file, from a report; under an id that nobody else has."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from reprieve.findings.fingerprint import fingerprints
from reprieve.findings.reading import read_report
from tests.process.asking import PROSE_FLAGS, document, flags, write
from tests.process.hosts import branches, propose, push_main, standing
from tests.support import (
    FOLDER,
    PROSE,
    Office,
    git,
    record_file,
    run_cli,
    today,
    trivy_report,
)

# --- from flags


def test_flags_become_one_commit_with_the_record_on_a_branch_of_its_own(office: Office) -> None:
    before = git(office.remote, "rev-parse", "main")
    out = office.desk().ok("request", *flags(ticket="https://tickets.example.com/PAY-318"))
    assert "EXC-001" in out
    assert git(office.remote, "rev-list", f"{before}..exception/EXC-001").count("\n") == 0
    assert git(office.remote, "rev-parse", "exception/EXC-001^") == before
    changed = git(office.remote, "diff", "--name-status", before, "exception/EXC-001")
    assert changed == f"A\t{FOLDER}/EXC-001-billing-runs-as-root-until-the.md"
    assert git(office.remote, "rev-parse", "main") == before
    assert git(office.remote, "log", "-1", "--format=%ae %ce", "exception/EXC-001") == (
        "dana@example.com dana@example.com"
    )
    record = document(office).record
    assert (record.id, record.requester, record.owner) == ("EXC-001", "dana@example.com", "payments")
    assert (record.requested, record.expires) == (today(), today() + dt.timedelta(days=90))
    assert record.remediation.target == record.expires
    assert record.remediation.tickets == ("https://tickets.example.com/PAY-318",)
    assert record.scope[0].resources == ("Deployment/billing-*",)


def test_what_was_asked_for_is_pending_and_says_who_decides_by_when(office: Office) -> None:
    out = office.desk().ok("request", *flags(risk="high"))
    assert "security-lead" in out
    assert "engineering-manager" in out
    due = standing(office.desk(), "EXC-001").due
    assert due is not None
    assert f"{due:%H:%M}" in out


def test_everything_missing_is_named_in_one_refusal(office: Office) -> None:
    prose = {name.removeprefix("--").replace("-", "_"): None for name in PROSE_FLAGS}
    result = office.desk().run("request", *flags(**prose))
    assert result.code == 2
    for heading in ("Justification", "Risk assessment", "Compensating controls", "Remediation plan"):
        assert heading in result.err
    assert list(branches(office.remote)) == ["main"]


def test_missing_flags_are_all_named(office: Office) -> None:
    result = office.desk().run("request", "--check", "KSV012", "--namespace", "billing")
    assert result.code == 2
    for flag in ("--summary", "--reason", "--owner", "--risk"):
        assert flag in result.err


def test_every_rule_that_is_broken_is_named_in_one_refusal(office: Office) -> None:
    wrong = flags(
        namespace="*",
        resource=None,
        control=None,
        plan=None,
        expires=str(today() + dt.timedelta(days=120)),
        target=str(today() + dt.timedelta(days=130)),
    )
    result = office.desk().run("request", *wrong)
    assert result.code == 2
    for part in ("blanket", "compensating control", "Remediation plan", "at most 90", "after `expires`"):
        assert part in result.err
    assert str(today() + dt.timedelta(days=90)) in result.err  # the hint: the latest date that will do


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"expires": "next week"}, "--expires"),
        ({"target": "soon"}, "--target"),
        ({"control": "network-policy"}, "--control"),
        ({"control": "np:magic:Something"}, "--control"),
        ({"check": None, "namespace": None, "resource": None}, "scope"),
    ],
)
def test_flags_that_cannot_be_read_are_refused_by_name(
    office: Office, change: dict[str, str | None], named: str
) -> None:
    result = office.desk().run("request", *flags(**change))
    assert result.code == 2
    assert named in result.err


def test_false_positives_need_no_controls(office: Office) -> None:
    office.desk().ok("request", *flags(reason="false-positive", control=None))
    assert document(office).record.controls == ()


def test_the_working_tree_and_what_is_checked_out_do_not_matter(office: Office) -> None:
    desk = office.desk()
    desk.git("checkout", "--quiet", "-b", "feature")
    desk.commit({"app.py": "print()\n"})
    (desk.directory / "app.py").write_text("print(1)\n")
    (desk.directory / "new.txt").write_text("not yet added\n")
    before = desk.git("status", "--porcelain", "--branch")
    (desk.directory / "src").mkdir()
    run = run_cli("request", *flags(), cwd=desk.directory / "src")
    assert run.code == 0, run.err
    assert desk.git("status", "--porcelain", "--branch") == before
    changed = git(office.remote, "diff", "--name-only", "main", "exception/EXC-001")
    assert changed.splitlines() == [document(office).path]


# --- from a file


def test_a_file_with_an_id_gets_the_next_free_one(office: Office) -> None:
    assert office.request() == "EXC-001"
    draft = write(office, record_file(id="EXC-001", summary="Another one entirely.", scope=_other_scope()))
    office.desk().ok("request", "--file", draft)
    record = document(office, "EXC-002").record
    assert (record.id, record.summary) == ("EXC-002", "Another one entirely.")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_without_an_id_gets_one(office: Office, newline: str) -> None:
    text = record_file().decode().replace("id: EXC-001\n", "", 1)
    office.desk().ok("request", "--file", write(office, text.replace("\n", newline)))
    assert document(office).record.id == "EXC-001"


def test_a_file_from_standard_input(office: Office) -> None:
    office.desk().ok("request", "--file", "-", stdin=record_file())
    assert document(office).record.owner == "payments"


def test_of_a_file_only_the_id_is_given_anew(office: Office) -> None:
    # What a person wrote stays as it was written: comments, order, quoting, and sections of their own.
    text = record_file().decode()
    text = text.replace("reason: legacy-system\n", 'reason: "legacy-system"   # see the inventory\n')
    text = text.replace("owner: payments\n", "").replace("id: EXC-001\n", "owner: payments\nid: EXC-001\n")
    text += "\n## Background\n\nThe vendor was bought in spring.\n"
    office.desk().ok("request", "--file", write(office, text))
    stored = git(office.remote, "show", f"exception/EXC-001:{document(office).path}")
    assert "## Background\n\nThe vendor was bought in spring." in stored
    assert 'reason: "legacy-system"   # see the inventory\n' in stored
    assert stored.index("owner:") < stored.index("id:")


def test_a_file_keeps_its_voids_tickets_and_evidence(office: Office) -> None:
    controls = [
        {
            "id": "network-policy",
            "kind": "monitoring",
            "description": "Alerts on the gateway.",
            "implemented": today(),
            "evidence": "https://git.example.com/infra/pull/412",
        }
    ]
    remediation = {
        "target": today() + dt.timedelta(days=20),
        "tickets": ["https://tickets.example.com/PAY-318"],
    }
    content = record_file(voids=["fix-available"], controls=controls, remediation=remediation)
    office.desk().ok("request", "--file", write(office, content))
    record = document(office).record
    assert record.voids == ("fix-available",)
    assert record.remediation.tickets == ("https://tickets.example.com/PAY-318",)
    assert record.remediation.target == today() + dt.timedelta(days=20)
    assert record.controls[0].evidence == "https://git.example.com/infra/pull/412"


def test_a_flag_beside_a_file_is_not_silently_ignored(office: Office) -> None:
    draft = write(office, record_file())
    result = office.desk().run("request", "--file", draft, "--risk", "high", "--owner", "web")
    if result.code == 0:
        assert (document(office).record.risk, document(office).record.owner) == ("high", "web")
    else:
        assert "--risk" in result.err


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "---"),
        (b"# only prose\n", "---"),
        (b"---\nsummary: x\n---\n", "missing"),
        (b"---\nsummry: x\n---\n", "summary"),
        (b"---\n[1, 2\n---\n", "draft.md"),
    ],
)
def test_a_file_that_is_no_record_is_refused_with_the_reason(
    office: Office, content: bytes, named: str
) -> None:
    result = office.desk().run("request", "--file", write(office, content))
    assert result.code == 2
    assert named in result.err
    assert list(branches(office.remote)) == ["main"]


@pytest.mark.parametrize("identifier", ["", "id: EXC-001\n"])
def test_a_file_in_another_encoding_is_refused_and_not_garbled(office: Office, identifier: str) -> None:
    text = record_file(summary="Café runs as root.").decode().replace("id: EXC-001\n", identifier, 1)
    result = office.desk().run("request", "--file", write(office, text.encode("latin-1")))
    assert (result.code, "UTF-8" in result.err) == (2, True)


def test_a_file_that_is_not_there_is_an_error(office: Office) -> None:
    result = office.desk().run("request", "--file", "nowhere.md")
    assert (result.code, "nowhere.md" in result.err) == (2, True)


def test_the_template_of_a_register_is_refused_until_it_is_filled_in(office: Office, tmp_path: Path) -> None:
    run_cli("init", str(tmp_path / "new"), cwd=tmp_path)
    template = (tmp_path / "new" / FOLDER / "template.md").read_text()
    expired = template.replace("2026-01-01", str(today())).replace("2026-03-31", str(today()))
    result = office.desk().run("request", "--file", write(office, expired))
    assert result.code == 2
    for heading in list(PROSE)[:4]:
        assert heading in result.err
    filled = expired
    for heading in list(PROSE)[:4]:
        filled = filled.replace(f"## {heading}\n", f"## {heading}\n\n{PROSE[heading]}\n")
    office.desk().ok("request", "--file", write(office, filled))


def _other_scope() -> list[dict[str, Any]]:
    return [{"type": "misconfiguration", "checks": ["KSV001"], "namespaces": ["shipping"]}]


# --- dry run


def test_a_dry_run_shows_a_document_that_file_takes_and_changes_nothing(office: Office) -> None:
    desk = office.desk()
    shown = desk.ok("request", *flags(), "--dry-run")
    assert list(branches(office.remote)) == ["main"]
    assert desk.git("for-each-ref", "refs/heads/exception") == ""
    desk.ok("request", "--file", write(office, shown))
    assert git(office.remote, "show", f"exception/EXC-001:{document(office).path}") == shown.rstrip("\n")


def test_a_dry_run_from_a_report_is_a_draft_to_fill_in(office: Office) -> None:
    desk = office.desk()
    path = write(office, trivy_report())
    mark = fingerprints(read_report(path).findings)[0]
    shown = desk.run("request", "--from", path, "--finding", mark, "--dry-run")
    assert shown.code == 0
    for heading in list(PROSE)[:4]:
        assert heading in shown.err
    refused = desk.run("request", "--file", write(office, shown.out))
    assert refused.code == 2
    for heading in list(PROSE)[:4]:
        assert heading in refused.err


def test_a_dry_run_says_that_summary_reason_and_owner_are_still_to_be_given(office: Office) -> None:
    path = write(office, trivy_report())
    mark = fingerprints(read_report(path).findings)[0]
    shown = office.desk().run("request", "--from", path, "--finding", mark, "--dry-run")
    for field in ("summary", "reason", "owner"):
        assert field in shown.err
    filled = shown.out
    for heading in list(PROSE)[:4]:
        filled = filled.replace(f"## {heading}\n", f"## {heading}\n\n{PROSE[heading]}\n")
    filled = filled.replace("controls: []", _CONTROLS)
    refused = office.desk().run("request", "--file", write(office, filled))
    assert refused.code == 2, "a summary that is still the placeholder is no summary"
    assert "summary" in refused.err


_CONTROLS = "controls:\n  - {id: np, kind: preventive, description: Only the gateway.}"


# --- asked already


def test_what_an_open_request_covers_is_answered_with_that_one(office: Office) -> None:
    office.desk().ok("request", *flags())
    again = office.desk("eve@example.com").ok("request", *flags(summary="The same by somebody else."))
    assert "EXC-001" in again
    assert sorted(branches(office.remote)) == ["exception/EXC-001", "main"]


def test_a_narrower_scope_is_answered_too_and_a_wider_one_is_not(office: Office) -> None:
    office.desk().ok("request", *flags())
    narrower = office.desk().ok("request", *flags(resource="Deployment/billing-api"))
    assert "EXC-001" in narrower
    office.desk().ok("request", *flags(resource="Deployment/*"))
    assert sorted(branches(office.remote)) == ["exception/EXC-001", "exception/EXC-002", "main"]


def test_another_environment_is_another_request(office: Office) -> None:
    office.desk().ok("request", *flags())
    office.desk().ok("request", *flags(environment="staging"))
    assert "exception/EXC-002" in branches(office.remote)


def test_a_denied_request_answers_nobody(office: Office) -> None:
    office.desk().ok("request", *flags())
    office.desk("security-team").ok("decide", "EXC-001", "deny", "--reason", "v4 is out")
    office.desk().ok("request", *flags())
    assert "exception/EXC-002" in branches(office.remote)


# --- ids


def test_ids_of_closed_deleted_and_unmerged_records_are_never_given_again(office: Office) -> None:
    first, second = office.active(), office.request(summary="Second.", scope=_other_scope())
    office.desk().ok("close", second, "--reason", "withdrawn")
    assert second not in "".join(branches(office.remote))
    office.desk().ok("close", first, "--reason", "not-needed")
    desk = office.desk("admin@example.com")
    push_main(desk, {f"{FOLDER}/EXC-041-by-hand.md": record_file(id="EXC-041")})
    push_main(desk, {f"{FOLDER}/EXC-041-by-hand.md": None})
    assert office.request() == "EXC-042"


def test_ids_on_branches_are_taken_whatever_the_branch_holds(office: Office) -> None:
    desk = office.desk()
    propose(desk, record_file(id="EXC-001"), "EXC-001")
    desk.git("push", "--quiet", "origin", "main:refs/heads/exception/EXC-002")
    desk.git("push", "--quiet", "origin", "main:refs/heads/exception/EXC-003-progress")
    number = office.request(scope=_other_scope())
    assert number not in {"EXC-001", "EXC-002"}
    assert f"exception/{number}" in branches(office.remote)


def test_ids_grow_beyond_three_digits(office: Office) -> None:
    desk = office.desk("admin@example.com")
    push_main(desk, {f"{FOLDER}/EXC-999-by-hand.md": record_file(id="EXC-999")})
    assert office.request(scope=_other_scope()) == "EXC-1000"
    office.approve("EXC-1000", "security-team")
    assert standing(office.desk(), "EXC-1000").status == "active"


@pytest.mark.parametrize("digits", ["9" * 12, "9" * 13, "9" * 60])
def test_a_branch_with_a_huge_number_keeps_nobody_from_asking(office: Office, digits: str) -> None:
    office.desk().git("push", "--quiet", "origin", f"main:refs/heads/exception/EXC-{digits}")
    office.approve(office.request(), "security-team")


@pytest.mark.parametrize(
    ("summary", "slug"),
    [
        ("Billing runs as root until the vendor ships v4.", "billing-runs-as-root-until-the"),
        ("Über-alte Straße: 100 % kaputt!", "uber-alte-strae-100-kaputt"),
        ("../../etc/passwd --force", "etc-passwd-force"),
        ("日本語だけ", "exception"),
        ("x" * 180, "x" * 50),
        ("a" * 49 + " b c", "a" * 49),
    ],
)
def test_the_file_is_named_after_the_summary(office: Office, summary: str, slug: str) -> None:
    office.request(summary=summary)
    assert document(office).path == f"{FOLDER}/EXC-001-{slug}.md"


# --- who asks


def test_without_an_identity_it_says_what_to_configure(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EMAIL", raising=False)
    desk = office.desk()
    desk.git("config", "--unset", "user.email")
    desk.git("config", "--unset", "user.name")
    result = desk.run("request", *flags())
    assert result.code == 2
    assert "git config user.email" in result.err
    assert list(branches(office.remote)) == ["main"]


def test_asking_for_somebody_else_makes_both_of_them_requesters(office: Office) -> None:
    # The author of the commit wrote the terms; the field names who wants them.
    draft = write(office, record_file(requester="eve@example.com"))
    office.desk("security-team").ok("request", "--file", draft)
    own = office.desk("security-team").run("decide", "EXC-001", "approve")
    assert own.code == 2
    assert "cannot decide" in own.err


# --- what cannot be asked for


def test_critical_in_production_is_refused_with_a_way_that_leads_on(office: Office) -> None:
    # The id in the hint does not exist: a command that names it cannot work.
    result = office.desk().run("request", *flags(risk="critical"))
    if result.code == 0:  # asked for, and waiting to be escalated
        assert standing(office.desk(), "EXC-001").status in {"requested", "invalid"}
        return
    assert "escalat" in result.err
    assert "reprieve escalate EXC-" not in result.err


def test_nothing_is_asked_where_there_is_no_register(tmp_path: Path) -> None:
    assert run_cli("request", *flags(), cwd=tmp_path).code == 2
    git(tmp_path, "init", "--quiet", "--initial-branch=main", ".")
    result = run_cli("request", *flags(), cwd=tmp_path)
    assert result.code == 2
    assert "main" in result.err or "register" in result.err
